//! A search on a thread of its own, and the eye that is kept on it.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use timetable_generator::{Control, Fault, Options, Placement, Progress, Solution, solve};
use tokio::task::{JoinError, JoinHandle};

use super::{item::Reached, plan::Plan};

/// What the search last told, and what it is told.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    seen: Mutex<Seen>,
    stop: AtomicBool,
    out_of_time: AtomicBool,
}

#[derive(Debug, Default)]
struct Seen {
    reached: Reached,
    /// Filled at the next look when it is wanted.
    best: Option<Vec<Placement>>,
    wants_best: bool,
}

impl Watch {
    /// How far the search is, with the best timetable so far if one was wanted at the look before.
    pub(crate) fn look(&self, wants_best: bool) -> (Reached, Option<Vec<Placement>>) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.wants_best |= wants_best;
        (seen.reached, seen.best.take())
    }

    /// Lets the search end with the best timetable so far.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether the search ended because its time was over.
    pub(crate) fn is_out_of_time(&self) -> bool {
        self.out_of_time.load(Ordering::Relaxed)
    }

    fn observe(&self, progress: &Progress<'_>, deadline: Instant) -> Control {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.reached = Reached {
            phase: progress.phase,
            lessons: count(progress.lessons),
            placed: count(progress.placed),
            defects: progress.defects,
            penalty: progress.cost,
            step: progress.step,
            steps: progress.steps,
            seconds: 0,
        };
        if std::mem::take(&mut seen.wants_best) {
            seen.best = Some(progress.best());
        }
        if Instant::now() >= deadline {
            self.out_of_time.store(true, Ordering::Relaxed);
            return Control::Stop;
        }
        if self.stop.load(Ordering::Relaxed) {
            Control::Stop
        } else {
            Control::Continue
        }
    }
}

/// How a search ended.
pub(crate) type Ended = Result<Result<Solution, Vec<Fault>>, JoinError>;

/// Begins a search that ends by itself, when it is stopped, or after `time`.
pub(crate) fn begin(
    plan: &Arc<Plan>,
    options: Options,
    watch: &Arc<Watch>,
    time: Duration,
) -> JoinHandle<Result<Solution, Vec<Fault>>> {
    let (plan, watch) = (Arc::clone(plan), Arc::clone(watch));
    let deadline = Instant::now() + time;
    tokio::task::spawn_blocking(move || {
        solve(&plan.problem, &options, |progress| {
            watch.observe(progress, deadline)
        })
    })
}
