//! Processor time, user and system together, which unlike the time on the clock does not depend on who else is busy.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Processor time used so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Used {
    process: Duration,
    thread: Duration,
}

impl Used {
    /// Up to now.
    pub(crate) fn now() -> Self {
        let read = |clock| {
            let time = clock_gettime(clock);
            let seconds = u64::try_from(time.tv_sec).expect("processor time is not negative");
            let nanoseconds = u32::try_from(time.tv_nsec).expect("less than a second");
            Duration::new(seconds, nanoseconds)
        };
        Self {
            process: read(ClockId::ProcessCPUTime),
            thread: read(ClockId::ThreadCPUTime),
        }
    }

    /// Milliseconds of the whole process and of this thread for each of so many requests since `self`.
    pub(crate) fn milliseconds_each(self, requests: u32) -> (f64, f64) {
        let now = Self::now();
        let each = |from: Duration, to: Duration| (to - from).as_secs_f64() * 1_000.0 / f64::from(requests);
        (each(self.process, now.process), each(self.thread, now.thread))
    }
}

/// The middle of the figures.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
