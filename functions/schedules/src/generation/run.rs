//! The worker's side: takes a run, searches, tells how far it is, writes the timetable.
//!
//! Every message may come twice and every step may be the last one before the process ends. A run belongs to one worker,
//! which holds it by the version of its item; who finds it changed by another one lets go. The timetable becomes visible in
//! the transaction that ends the run: in the draft itself, if it is as it was seen and one transaction holds the change,
//! else as the head of a new draft.

mod finish;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use model::InstitutionKind;
use serde::{Deserialize, Serialize};
use store::StoreError;
use timetable_generator::{Options, Placement, Solution, Weights};
use timetable_norms::NormTable;
use web::Clock;

use super::{
    item::{Best, Failure, RunState, Stop},
    limits::Limits,
    outcome::Outcome,
    plan::{Mode, Plan, Wish},
    search::{self, Watch},
    store::{GenerationStore, Held},
};
use crate::drafts::{
    DraftId,
    store::{DraftStore, Loaded},
};

/// How often a worker tells how far it is.
const TICK: Duration = Duration::from_secs(3);
/// After so many ticks the best timetable so far is kept.
const BEST_EVERY: u32 = 8;
/// So many times in a row the database may fail before a search is given up.
const PATIENCE: u32 = 5;
/// From this attempt on a run is ended with what its predecessors have found.
const LAST_ATTEMPT: u8 = 3;
/// Steps of a search that only puts in order what was found before.
const SHORT: u64 = 8192;
/// How long a search lasts at least, even if predecessors have used up its time.
const LEAST_TIME: Duration = Duration::from_secs(30);
/// How often the result is written anew when somebody has edited or stopped in between.
const ATTEMPTS: u32 = 5;

/// "Go on with the generation of this draft": a message on the queue of the schedules' jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GenerateMessage {
    /// The draft whose run it is.
    pub(crate) generate: DraftId,
}

/// All that generating needs.
#[derive(Debug, Clone)]
pub(crate) struct Generator {
    pub(crate) drafts: DraftStore,
    pub(crate) runs: GenerationStore,
    pub(crate) clock: Clock,
    /// Steps of a search for each lesson of the week; none for what the generator recommends.
    pub(crate) steps_per_lesson: Option<u64>,
}

/// Why a worker lets go of a run.
enum LetGo {
    /// Another one has it, or it is over.
    Lost,
    /// It has been ended without a result.
    Ended,
    Store(StoreError),
}

impl From<StoreError> for LetGo {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Generator {
    /// Carries out the run of a draft, if nobody else does. Doing it again changes nothing.
    ///
    /// # Errors
    /// The database failed; the run is then taken over when the message comes again.
    pub(crate) async fn carry_out(&self, draft: DraftId) -> Result<(), StoreError> {
        let Some(mut held) = self.runs.run(draft).await? else {
            return Ok(());
        };
        let now = self.clock.now();
        if !held.run.is_free(now) {
            return Ok(());
        }
        held.run.state = RunState::Running;
        held.run.worker = Some(rand::random());
        held.run.attempts = held.run.attempts.saturating_add(1);
        held.run.touched_at = now;
        match self.runs.save(&mut held).await {
            Err(StoreError::Conflict(_)) => return Ok(()),
            other => other?,
        }
        match self.generate(&mut held).await {
            Ok(()) | Err(LetGo::Lost | LetGo::Ended) => Ok(()),
            Err(LetGo::Store(error)) => Err(error),
        }
    }

    async fn generate(&self, held: &mut Held) -> Result<(), LetGo> {
        if let Some(begun) = held.run.into.take() {
            self.drafts.clear_up(begun).await?;
        }
        let loaded = self.drafts.whole(held.run.draft).await?;
        let Some(loaded) = loaded.filter(|loaded| loaded.head.is_open()) else {
            return self.fail(held, Failure::DraftClosed).await;
        };
        let institution = loaded.head.institution;
        let (bells, institution) = tokio::try_join!(
            self.drafts.bells(institution, loaded.head.from),
            self.drafts.institution(institution)
        )?;
        let kind = institution.map_or(InstitutionKind::General, |institution| institution.kind);
        let table = NormTable::of_process().map_err(StoreError::malformed)?;
        let limits = Limits::new(table, loaded.head.from, kind);
        let wish = Wish {
            mode: held.run.mode,
            days: held.run.days,
        };
        let plan = Plan::of(&loaded.draft, &bells, &limits, wish);
        if plan.lessons() == 0 {
            return self.fail(held, Failure::NothingToPlace).await;
        }
        let (plan, solution) = self.search(held, plan, &loaded).await?;
        let outcome = Outcome::of(
            &plan,
            &loaded.draft,
            &bells,
            &solution.placements,
            &solution.unplaced,
        );
        debug_assert!(
            finish::is_sound(&outcome, &bells),
            "a generated timetable has no conflicts"
        );
        self.finish(held, &loaded, &outcome, &solution).await
    }

    /// Searches to the end, and tells how far it is as long as it lasts.
    async fn search(
        &self,
        held: &mut Held,
        mut plan: Plan,
        loaded: &Loaded,
    ) -> Result<(Arc<Plan>, Solution), LetGo> {
        let revision = loaded.head.revision;
        let found = if held.run.attempts > 1 {
            self.runs.best(&held.run).await?
        } else {
            None
        };
        let found = found.filter(|best| best.revision == revision);
        if held.run.attempts > LAST_ATTEMPT && found.is_none() {
            return Err(self.end(held, RunState::Failed, Some(Failure::Broken)).await);
        }
        let is_short = held.run.attempts >= LAST_ATTEMPT || held.run.stop == Some(Stop::Finish);
        let mut previous = plan.previous.clone();
        if let Some(found) = &found {
            // What a predecessor has found is where the search begins; it is not what people had.
            previous = found.placements().map_err(StoreError::malformed)?;
            if held.run.mode != Mode::Repair {
                plan.problem.weights = Weights {
                    moved: 0,
                    room_moved: 0,
                    ..Weights::default()
                };
            }
        }
        let options = Options {
            seed: held.run.seed.into(),
            steps: if is_short && found.is_some() {
                SHORT
            } else {
                self.steps(&plan)
            },
            previous,
        };
        let plan = Arc::new(plan);
        let watch = Arc::new(Watch::default());
        let before = Duration::from_secs(held.run.reached.seconds.into());
        let time = Duration::from_secs(60 * u64::from(held.run.minutes))
            .saturating_sub(before)
            .max(LEAST_TIME);
        let mut eye = Eye {
            begun: Instant::now(),
            before,
            revision,
            ticks: 0,
            failures: 0,
        };
        let mut thread = search::begin(&plan, options, &watch, time);
        let mut ticks = tokio::time::interval(TICK);
        let ended = loop {
            tokio::select! {
                ended = &mut thread => break ended,
                _ = ticks.tick() => {
                    if let Err(let_go) = self.look(held, &watch, &mut eye).await {
                        watch.stop();
                        // The thread must not outlive the message: the process may be frozen after it.
                        drop(thread.await);
                        return Err(let_go);
                    }
                }
            }
        };
        let (reached, _) = watch.look(false);
        held.run.reached = reached;
        held.run.reached.seconds = eye.seconds();
        held.run.out_of_time = watch.is_out_of_time();
        Ok((plan, self.ended(held, ended).await?))
    }

    fn steps(&self, plan: &Plan) -> u64 {
        match self.steps_per_lesson {
            Some(steps) => steps * plan.lessons() as u64,
            None => timetable_generator::recommended_steps(&plan.problem),
        }
    }

    async fn ended(&self, held: &mut Held, ended: search::Ended) -> Result<Solution, LetGo> {
        match ended {
            Ok(Ok(solution)) => Ok(solution),
            Ok(Err(faults)) => {
                tracing::error!(draft = %held.run.draft, ?faults, "a draft is a problem without sense");
                Err(self
                    .end(held, RunState::Failed, Some(Failure::Contradiction))
                    .await)
            }
            Err(broken) => {
                tracing::error!(draft = %held.run.draft, %broken, "a search broke off");
                Err(self.end(held, RunState::Failed, Some(Failure::Broken)).await)
            }
        }
    }

    /// Tells how far the search is, keeps the best so far now and then, and hears whether it is to stop.
    async fn look(&self, held: &mut Held, watch: &Watch, eye: &mut Eye) -> Result<(), LetGo> {
        eye.ticks += 1;
        let (reached, best) = watch.look(eye.ticks % BEST_EVERY == 1);
        held.run.reached = reached;
        held.run.reached.seconds = eye.seconds();
        held.run.touched_at = self.clock.now();
        let told = match best.filter(|_| reached.placed > 0) {
            Some(best) => self.tell_with_best(held, eye.revision, &best).await,
            None => self.runs.save(held).await,
        };
        match told {
            Ok(()) => eye.failures = 0,
            Err(StoreError::Conflict(_)) => self.hear(held).await?,
            Err(_) if eye.failures < PATIENCE => eye.failures += 1,
            Err(error) => return Err(error.into()),
        }
        match held.run.stop {
            Some(Stop::Cancel) => Err(self.end(held, RunState::Cancelled, None).await),
            Some(Stop::Finish) => {
                watch.stop();
                Ok(())
            }
            None => Ok(()),
        }
    }

    async fn tell_with_best(
        &self,
        held: &mut Held,
        revision: u64,
        best: &[Placement],
    ) -> Result<(), StoreError> {
        let best = Best::new(&held.run, revision, best).map_err(StoreError::malformed)?;
        match self.runs.save_with_best(held, &best).await {
            Err(error) if error.is_conflict_at(1) && !error.is_conflict_at(0) => self.runs.save(held).await,
            other => other,
        }
    }

    /// Reads the run anew after somebody has changed it: it was stopped, or is another's now.
    async fn hear(&self, held: &mut Held) -> Result<(), LetGo> {
        let found = self.runs.run(held.run.draft).await?;
        let Some(found) =
            found.filter(|found| found.run.worker == held.run.worker && !found.run.state.is_over())
        else {
            return Err(LetGo::Lost);
        };
        let own = held.run.clone();
        *held = found;
        held.run.reached = own.reached;
        held.run.touched_at = own.touched_at;
        held.run.out_of_time = own.out_of_time;
        Ok(())
    }

    async fn fail(&self, held: &mut Held, failure: Failure) -> Result<(), LetGo> {
        Err(self.end(held, RunState::Failed, Some(failure)).await)
    }

    /// Ends a run without a result.
    async fn end(&self, held: &mut Held, state: RunState, failure: Option<Failure>) -> LetGo {
        for _ in 0..ATTEMPTS {
            held.run.state = state;
            held.run.failure = failure;
            held.run.touched_at = self.clock.now();
            match self.runs.save(held).await {
                Ok(()) => return LetGo::Ended,
                Err(StoreError::Conflict(_)) => {
                    if let Err(let_go) = self.hear(held).await {
                        return let_go;
                    }
                }
                Err(error) => return error.into(),
            }
        }
        LetGo::Store(StoreError::unavailable("a run that is changed without a pause"))
    }
}

/// What is remembered from look to look.
struct Eye {
    begun: Instant,
    /// How long predecessors have searched.
    before: Duration,
    revision: u64,
    ticks: u32,
    failures: u32,
}

impl Eye {
    fn seconds(&self) -> u32 {
        u32::try_from((self.before + self.begun.elapsed()).as_secs()).unwrap_or(u32::MAX)
    }
}
