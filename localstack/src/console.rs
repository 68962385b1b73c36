//! What the program shows: steps with their times, the way in, failures. The only place that prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::time::{Duration, Instant};

use crate::failure::{Advice, causes};

/// Where progress goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Console {
    shown: bool,
}

impl Console {
    /// Shows every step.
    pub fn shown() -> Self {
        Self { shown: true }
    }

    /// Shows failures only.
    pub fn quiet() -> Self {
        Self { shown: false }
    }

    /// Whether programs started by a step may write to the terminal.
    pub(crate) fn is_shown(self) -> bool {
        self.shown
    }

    /// Carries out a step: its name before, its time after.
    pub(crate) async fn step<T>(
        self,
        name: &str,
        work: impl Future<Output = anyhow::Result<T>>,
    ) -> anyhow::Result<T> {
        let start = Instant::now();
        let result = work.await;
        let took = start.elapsed();
        match &result {
            Ok(_) => self.line(&format!("  ✓ {name:<44} {}", seconds(took))),
            Err(_) => self.line(&format!("  ✗ {name:<44} {}", seconds(took))),
        }
        result.map_err(|error| {
            let name = name.to_owned();
            error.context(format!("step “{name}”"))
        })
    }

    /// A line of progress.
    pub fn line(self, text: &str) {
        if self.shown {
            println!("{text}");
        }
    }

    /// What went wrong and what to do about it, in one line on standard error.
    pub fn failure(self, error: &anyhow::Error) {
        let advice = error.downcast_ref::<Advice>();
        let advice = advice
            .map(|advice| format!("; what to do: {advice}"))
            .unwrap_or_default();
        eprintln!("localstack: {}{advice}", causes(error));
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:>6.1} s", duration.as_secs_f64())
}
