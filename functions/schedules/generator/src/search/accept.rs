//! When a worse timetable is accepted: the rule of simulated annealing, by a table.
//!
//! A change for the worse by `d` is accepted at temperature `t` with probability exp(−d/t), that is when d ≤ −t·ln(u)
//! for a uniform u. The logarithms are computed once by arithmetic alone, so that machines with different
//! mathematical libraries make the same timetable.

use crate::random::Random;

const SIZE: usize = 4096;

/// The values of −ln(u) for evenly spaced u.
#[derive(Debug)]
pub(super) struct Acceptance(Vec<f64>);

impl Acceptance {
    pub(super) fn new() -> Self {
        Self(
            (0..SIZE)
                .map(|at| -logarithm((at as f64 + 0.5) / SIZE as f64))
                .collect(),
        )
    }

    /// Whether a change of the cost is accepted.
    pub(super) fn takes(&self, change: i64, temperature: f64, random: &mut Random) -> bool {
        change <= 0 || change as f64 <= temperature * self.0[random.below(SIZE)]
    }
}

/// The natural logarithm of a number in (0, 1]: ln(m·2⁻ᵏ) = 2·artanh((m−1)/(m+1)) − k·ln 2.
fn logarithm(number: f64) -> f64 {
    let (mut rest, mut halvings) = (number, 0.0);
    while rest < 0.5 {
        rest *= 2.0;
        halvings += 1.0;
    }
    let x = (rest - 1.0) / (rest + 1.0);
    let (mut power, mut sum) = (x, 0.0);
    for odd in 0..20 {
        sum += power / f64::from(2 * odd + 1);
        power *= x * x;
    }
    2.0 * sum - halvings * std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_that_of_the_mathematical_library() {
        for at in 1..=1000 {
            let number = f64::from(at) / 1000.0;
            assert!((logarithm(number) - number.ln()).abs() < 1e-12);
        }
    }

    #[test]
    fn a_change_of_one_temperature_is_accepted_in_about_a_third_of_cases() {
        let (accept, mut random) = (Acceptance::new(), Random::new(3));
        let taken = (0..10_000)
            .filter(|_| accept.takes(10, 10.0, &mut random))
            .count();
        assert!((3_500..3_860).contains(&taken), "{taken}");
        assert!(accept.takes(-1, 0.0, &mut random) && !accept.takes(1, 0.0, &mut random));
    }
}
