//! The average of a subject, exact and with its reasons.

use std::fmt;

use serde::Serialize;

use crate::{Mark, Threshold, Weight};

/// A mark as it entered the average: what, and with which weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Contribution {
    /// The figure of the mark.
    pub grade: u8,
    /// The weight of its work.
    pub weight: Weight,
}

/// Σ(mark · weight) / Σ weight, kept as a fraction of integers; it is rounded only when it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Average {
    /// Σ(mark · weight), in hundredths.
    total: u64,
    /// Σ weight, in hundredths; never zero.
    weight: u64,
    /// How many marks entered.
    marks: u32,
}

impl Average {
    /// The sum of marks times weights, in hundredths: the numerator that an explanation shows.
    pub const fn total_hundredths(self) -> u64 {
        self.total
    }

    /// The sum of the weights, in hundredths: the denominator that an explanation shows.
    pub const fn weight_hundredths(self) -> u64 {
        self.weight
    }

    /// How many marks entered it.
    pub const fn marks(self) -> u32 {
        self.marks
    }

    /// The average in hundredths, half rounded up: 4.665 is 467.
    pub const fn hundredths(self) -> u64 {
        (self.total * 200 + self.weight) / (self.weight * 2)
    }

    /// The mark that the average comes to: rounded up from a threshold on, by the exact value and not by the shown one.
    ///
    /// With a threshold of a half, 4.495 is shown as 4.50 but comes to 4.
    pub const fn rounded(self, threshold: Threshold) -> u8 {
        let (whole, rest) = (self.total / self.weight, self.total % self.weight);
        let is_up = rest * 100 >= self.weight * threshold.hundredths() as u64;
        whole as u8 + is_up as u8
    }
}

impl fmt::Display for Average {
    /// Two decimals with a decimal comma: `4,67`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = self.hundredths();
        write!(f, "{},{:02}", hundredths / 100, hundredths % 100)
    }
}

/// The average of those marks that are figures, or nothing when none is. Order does not matter.
pub fn average(marks: impl IntoIterator<Item = (Mark, Weight)>) -> Option<Average> {
    let mut sum = Average {
        total: 0,
        weight: 0,
        marks: 0,
    };
    for (mark, weight) in marks {
        if let Some(grade) = mark.grade() {
            sum.total += u64::from(grade) * u64::from(weight.hundredths());
            sum.weight += u64::from(weight.hundredths());
            sum.marks += 1;
        }
    }
    (sum.weight > 0).then_some(sum)
}

/// "What if": the average once `mark` with `weight` has come to it.
pub fn average_if(now: Option<Average>, mark: Mark, weight: Weight) -> Option<Average> {
    let more = average([(mark, weight)]);
    match (now, more) {
        (Some(now), Some(more)) => Some(Average {
            total: now.total + more.total,
            weight: now.weight + more.weight,
            marks: now.marks + more.marks,
        }),
        (now, more) => now.or(more),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(marks: &[(u8, u16)]) -> Option<Average> {
        average(
            marks
                .iter()
                .map(|(grade, weight)| (Mark::Grade(*grade), Weight::try_from(*weight).expect("a weight"))),
        )
    }

    #[test]
    fn weights_count() {
        // (5·1 + 3·3) / 4 = 3.5
        let average = of(&[(5, 100), (3, 300)]).expect("marks");
        assert_eq!(average.to_string(), "3,50");
        assert_eq!(average.rounded(Threshold::HALF), 4);
    }

    #[test]
    fn marks_without_a_figure_stay_outside() {
        assert_eq!(
            average([(Mark::Pass, Weight::ONE), (Mark::NotAssessed, Weight::ONE)]),
            None
        );
        assert_eq!(
            average([(Mark::Pass, Weight::ONE), (Mark::Grade(4), Weight::ONE)]).map(|a| a.to_string()),
            Some("4,00".to_owned())
        );
    }

    #[test]
    fn rounding_looks_at_the_exact_value_and_not_at_the_shown_one() {
        // 4.495: 99 fours and... 101 fours with 99 fives = 4.495
        let average = of(&vec![(4, 100); 101]
            .into_iter()
            .chain(vec![(5, 100); 99])
            .collect::<Vec<_>>())
        .expect("marks");
        assert_eq!(average.to_string(), "4,50");
        assert_eq!(average.rounded(Threshold::HALF), 4);
    }

    proptest! {
        #[test]
        fn the_average_lies_between_the_least_and_the_greatest_mark(
            marks in proptest::collection::vec((1u8..=5, 1u16..=1_000), 1..60)
        ) {
            let average = of(&marks).expect("marks");
            let least = marks.iter().map(|m| m.0).min().unwrap_or(0);
            let greatest = marks.iter().map(|m| m.0).max().unwrap_or(0);
            prop_assert!(average.hundredths() >= u64::from(least) * 100);
            prop_assert!(average.hundredths() <= u64::from(greatest) * 100);
            prop_assert!((least..=greatest).contains(&average.rounded(Threshold::HALF)));
        }

        #[test]
        fn order_does_not_matter(mut marks in proptest::collection::vec((1u8..=5, 1u16..=1_000), 1..60)) {
            let forwards = of(&marks);
            marks.reverse();
            prop_assert_eq!(forwards, of(&marks));
        }

        #[test]
        fn equal_weights_give_the_plain_mean(grades in proptest::collection::vec(1u8..=5, 1..60), weight in 1u16..=1_000) {
            let plain = of(&grades.iter().map(|grade| (*grade, 100)).collect::<Vec<_>>()).expect("marks");
            let weighted = of(&grades.iter().map(|grade| (*grade, weight)).collect::<Vec<_>>()).expect("marks");
            prop_assert_eq!(plain.hundredths(), weighted.hundredths());
            prop_assert_eq!(plain.rounded(Threshold::HALF), weighted.rounded(Threshold::HALF));
        }

        #[test]
        fn what_if_is_what_comes_when_it_comes(
            marks in proptest::collection::vec((1u8..=5, 1u16..=1_000), 0..20), grade in 1u8..=5, weight in 1u16..=1_000
        ) {
            let weight = Weight::try_from(weight).expect("a weight");
            let asked = average_if(of(&marks), Mark::Grade(grade), weight);
            let mut then = marks.clone();
            then.push((grade, weight.hundredths()));
            prop_assert_eq!(asked, of(&then));
        }
    }
}
