//! What generations read and write. Drafts are written by their own store.

use store::{StoreError, Stored, Table, Write};

use super::item::{Best, Run};
use crate::drafts::DraftId;

/// The schedules table as generations use it.
#[derive(Debug, Clone)]
pub(crate) struct GenerationStore(Table);

/// A run as it was read, with the version that a write has to hold against.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) run: Run,
    version: u64,
}

impl GenerationStore {
    pub(crate) const fn new(schedules: Table) -> Self {
        Self(schedules)
    }

    /// The run of a draft, as it stands this moment.
    pub(crate) async fn run(&self, draft: DraftId) -> Result<Option<Held>, StoreError> {
        let found = self.0.get_latest::<Stored<Run>>(&Run::key_of(draft)).await?;
        Ok(found.map(|item| Held {
            run: item.record,
            version: item.version,
        }))
    }

    /// Begins a run in the place of the one that was seen, or as the first one of its draft.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: somebody else has begun or ended one in between.
    pub(crate) async fn begin(&self, run: Run, seen: Option<&Held>) -> Result<Held, StoreError> {
        match seen {
            Some(held) => {
                let mut next = held.clone();
                next.run = run;
                self.save(&mut next).await?;
                Ok(next)
            }
            None => {
                self.0
                    .write(vec![Write::create(&Stored::new(run.clone()))?])
                    .await?;
                Ok(Held { run, version: 1 })
            }
        }
    }

    /// Writes a run over what was read.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: somebody has changed it in between.
    pub(crate) async fn save(&self, held: &mut Held) -> Result<(), StoreError> {
        self.0.write(vec![held.write()?]).await?;
        held.version += 1;
        Ok(())
    }

    /// Writes a run together with the best timetable so far, unless a better one of the same run is kept already.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: somebody has changed the run in between (0), or a better timetable is kept (1).
    pub(crate) async fn save_with_best(&self, held: &mut Held, best: &Best) -> Result<(), StoreError> {
        let condition = "attribute_not_exists(pk) OR #run <> :run OR #revision <> :revision OR #missing > :missing \
             OR (#missing = :missing AND #penalty >= :penalty)";
        let best = Write::put_if(&Stored::new(best.clone()), condition)?
            .name("#run", "run")
            .name("#revision", "revision")
            .name("#missing", "missing")
            .name("#penalty", "penalty")
            .typed_value(":run", &best.run)?
            .typed_value(":revision", &best.revision)?
            .typed_value(":missing", &best.missing)?
            .typed_value(":penalty", &best.penalty)?;
        self.0.write(vec![held.write()?, best]).await?;
        held.version += 1;
        Ok(())
    }

    /// The best timetable so far of a run, if one is kept.
    pub(crate) async fn best(&self, run: &Run) -> Result<Option<Best>, StoreError> {
        let found = self
            .0
            .get_latest::<Stored<Best>>(&Best::key_of(run.draft))
            .await?;
        Ok(found.map(|item| item.record).filter(|best| best.run == run.run))
    }
}

impl Held {
    /// The write that puts the run over what was read, for a transaction with others.
    pub(crate) fn write(&self) -> Result<Write, StoreError> {
        Write::replace(&Stored::following(self.run.clone(), self.version), self.version)
    }
}

#[cfg(test)]
mod tests {
    use testkit::TestDatabase;
    use timetable_generator::{Hour, Placement};

    use super::*;
    use crate::generation::item::{RunState, tests::run};

    const MOMENT: &str = "2026-11-23T10:00:00Z";

    fn best(missing: u32, penalty: i64, of: u64) -> Best {
        let mut run = run(RunState::Running, MOMENT);
        run.run = of;
        run.reached.lessons = 1000;
        run.reached.placed = 1000 - missing;
        run.reached.penalty = penalty;
        let placement = |activity: usize| Placement {
            activity: activity.into(),
            hour: Hour::new(4, 7),
            length: 1,
            room: Some(30usize.into()),
        };
        Best::new(&run, 4, &(0..1000).map(placement).collect::<Vec<_>>()).expect("a text")
    }

    #[tokio::test]
    async fn of_two_who_begin_or_change_a_run_at_once_one_is_told() {
        let database = TestDatabase::start().await;
        let store = GenerationStore::new(database.table("schedules").await);
        let queued = run(RunState::Queued, MOMENT);
        let mut held = store.begin(queued.clone(), None).await.expect("a run");
        assert!(matches!(
            store.begin(queued.clone(), None).await,
            Err(StoreError::Conflict(_))
        ));
        let mut other = store.run(queued.draft).await.expect("a read").expect("a run");
        held.run.state = RunState::Running;
        store.save(&mut held).await.expect("it is as it was read");
        assert!(matches!(
            store.save(&mut other).await,
            Err(StoreError::Conflict(_))
        ));
        // A second change by the same hand needs no second reading.
        held.run.reached.placed = 1;
        store.save(&mut held).await.expect("it is as it was written");
        let next = store
            .begin(queued.clone(), Some(&held))
            .await
            .expect("over the one that was seen");
        assert_eq!(next.run.state, RunState::Queued);
        assert!(store.begin(queued, Some(&held)).await.is_err());
    }

    #[tokio::test]
    async fn the_best_timetable_of_a_run_is_replaced_by_a_better_one_only() {
        let database = TestDatabase::start().await;
        let store = GenerationStore::new(database.table("schedules").await);
        let mut held = store
            .begin(run(RunState::Running, MOMENT), None)
            .await
            .expect("a run");
        for (kept, is_kept) in [
            (best(5, 100, 3), true),
            (best(6, 10, 3), false),
            (best(5, 101, 3), false),
            (best(5, 99, 3), true),
            (best(0, 500, 3), true),
            (best(900, 9, 4), true),
        ] {
            let written = store.save_with_best(&mut held, &kept).await;
            assert_eq!(written.is_ok(), is_kept, "{} {}", kept.missing, kept.penalty);
            if let Err(error) = written {
                assert!(error.is_conflict_at(1) && !error.is_conflict_at(0));
            }
        }
        let mut other = held.run.clone();
        assert_eq!(
            store.best(&other).await.expect("a read"),
            None,
            "that of another run is none"
        );
        other.run = 4;
        assert_eq!(store.best(&other).await.expect("a read"), Some(best(900, 9, 4)));
    }

    #[tokio::test]
    async fn telling_how_far_a_search_is_costs_what_the_table_of_costs_says() {
        let database = TestDatabase::start().await;
        let store = GenerationStore::new(database.table("schedules").await);
        let mut held = store
            .begin(run(RunState::Running, MOMENT), None)
            .await
            .expect("a run");
        let (told, cost) = store::metered(store.save(&mut held)).await;
        told.expect("it is written");
        assert!(cost.calls == 1 && cost.units <= 2.0, "{cost:?}");
        let (kept, cost) = store::metered(store.save_with_best(&mut held, &best(5, 100, 3))).await;
        kept.expect("it is written");
        assert!(cost.calls == 1 && cost.units <= 36.0, "{cost:?}");
    }
}
