//! The end of a run: its timetable becomes visible.

use store::StoreError;
use timetable_generator::Solution;

use super::{ATTEMPTS, Generator, LetGo};
use crate::{
    drafts::{
        Bells, Board, DraftId,
        item::{DraftHead, DraftState},
        store::{By, DraftStore, Loaded},
    },
    generation::{
        item::{Failure, Run, RunState, Stop},
        outcome::Outcome,
        store::Held,
    },
};

impl Generator {
    /// Writes the timetable and ends the run, both in one transaction.
    pub(super) async fn finish(
        &self,
        held: &mut Held,
        loaded: &Loaded,
        outcome: &Outcome,
        solution: &Solution,
    ) -> Result<(), LetGo> {
        for _ in 0..ATTEMPTS {
            if held.run.stop == Some(Stop::Cancel) {
                return Err(self.end(held, RunState::Cancelled, None).await);
            }
            let Some(head) = self.drafts.head(held.run.draft).await? else {
                return self.fail(held, Failure::DraftClosed).await;
            };
            fill(&mut held.run, outcome, solution);
            let written = match self.write(held, loaded, outcome, &head).await {
                Err(StoreError::Conflict(_)) => None,
                other => Some(other?),
            };
            if written.is_some() {
                let missing = outcome.missing();
                tracing::info!(draft = %held.run.draft, lessons = held.run.reached.lessons, missing, penalty = solution.score.cost,
                    seconds = held.run.reached.seconds, attempts = held.run.attempts, "timetable generated");
                return Ok(());
            }
            if let Some(begun) = held.run.into.filter(|begun| *begun != held.run.draft) {
                self.drafts.clear_up(begun).await?;
            }
            self.hear(held).await?;
        }
        Err(LetGo::Store(StoreError::unavailable(
            "a draft that is edited without a pause",
        )))
    }

    async fn write(
        &self,
        held: &mut Held,
        loaded: &Loaded,
        outcome: &Outcome,
        head: &DraftHead,
    ) -> Result<(), StoreError> {
        let by = By {
            person: held.run.by,
            at: self.clock.now(),
        };
        held.run.touched_at = by.at;
        let touched = outcome.touched(&loaded.draft);
        let is_as_seen = head.is_open()
            && head.revision == loaded.head.revision
            && held.run.revision == loaded.head.revision;
        if is_as_seen && touched.len() <= DraftStore::MOST_AT_ONCE {
            held.run.into = Some(held.run.draft);
            held.run.state = RunState::Done;
            if touched.is_empty() {
                return self.runs.save(held).await;
            }
            let made = loaded.with(outcome.draft.clone());
            return self.drafts.save_with(&made, &touched, by, held.write()?).await;
        }
        // The name of the new draft is kept first, so that a successor can clear up what is left of it.
        let into = DraftId::new(by.at);
        held.run.into = Some(into);
        self.runs.save(held).await?;
        held.run.state = RunState::Done;
        let head = DraftHead {
            draft: into,
            title: held.run.title.clone(),
            state: DraftState::Draft,
            created_by: by.person,
            created_at: by.at,
            changed_by: by.person,
            changed_at: by.at,
            ..loaded.head.clone()
        };
        self.drafts
            .create_with(head, &outcome.draft, Some(held.write()?))
            .await?;
        Ok(())
    }
}

fn fill(run: &mut Run, outcome: &Outcome, solution: &Solution) {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let missing = count(outcome.missing());
    run.reached.lessons = count(solution.placements.len() + solution.unplaced.len());
    run.reached.placed = run.reached.lessons.saturating_sub(missing);
    run.reached.penalty = solution.score.cost;
    run.reached.step = solution.steps;
    run.reached.defects = 0;
    run.left = outcome.left.iter().take(Run::LISTED).cloned().collect();
    run.more_left = count(outcome.left.len().saturating_sub(Run::LISTED));
}

/// Whether a timetable breaks nothing: said here, since nothing that does may be written.
pub(super) fn is_sound(outcome: &Outcome, bells: &Bells) -> bool {
    let board = Board {
        draft: &outcome.draft,
        bells,
    };
    board.all_conflicts().is_empty()
}
