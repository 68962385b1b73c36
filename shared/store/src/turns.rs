//! Waiting one's turn when two transactions meet on one item.

use std::time::Duration;

/// How often a transaction is tried again, and how long it waits before.
#[derive(Debug)]
pub(crate) struct Turns {
    taken: u32,
}

impl Turns {
    /// With the waits before them, about a second: a person still waits, and the other transaction has long ended.
    const MOST: u32 = 6;
    const FIRST: Duration = Duration::from_millis(12);

    pub(crate) const fn new() -> Self {
        Self { taken: 0 }
    }

    /// Waits for the next turn; false when it has been tried often enough.
    pub(crate) async fn wait(&mut self) -> bool {
        if self.taken == Self::MOST {
            return false;
        }
        let longest = Self::longest(self.taken);
        self.taken += 1;
        tokio::time::sleep(longest.mul_f64(jitter())).await;
        true
    }

    fn longest(taken: u32) -> Duration {
        Self::FIRST * 2u32.pow(taken)
    }
}

/// Between a half and one, different in every process and at every call: two that met shall not meet again.
fn jitter() -> f64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let random = RandomState::new().build_hasher().finish();
    0.5 + f64::from((random >> 40) as u32) / f64::from(1u32 << 24) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_turns_end_within_a_second() {
        let longest: Duration = (0..Turns::MOST).map(Turns::longest).sum();
        assert!(
            longest > Duration::from_millis(500) && longest < Duration::from_secs(1),
            "{longest:?}"
        );
    }

    #[test]
    fn two_that_met_wait_for_different_times() {
        let waits: Vec<f64> = (0..8).map(|_| jitter()).collect();
        assert!(waits.iter().all(|wait| (0.5..=1.0).contains(wait)), "{waits:?}");
        assert!(waits.windows(2).any(|pair| pair[0] != pair[1]), "{waits:?}");
    }
}
