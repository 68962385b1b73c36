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
