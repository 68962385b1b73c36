//! How an institution counts marks: its local act, as data.
//!
//! 273-ФЗ of 29.12.2012, art. 28 part 3 item 10 and art. 58 part 1, leaves forms, order and periodicity of assessment to the
//! institution. So weights, rounding and the least number of marks are settings; what stands here as default is usage.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};

use crate::{Average, Mark, ParseError, Weight, WorkKind, average, average_if};

/// From which part of a mark on an average rounds up, in hundredths from 1 to 99: 50 makes 4.50 a five, 60 makes 4.60 one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Threshold(u8);

impl Threshold {
    /// Half rounds up.
    pub const HALF: Self = Self(50);

    /// The hundredths.
    pub const fn hundredths(self) -> u8 {
        self.0
    }
}

impl From<Threshold> for u8 {
    fn from(threshold: Threshold) -> Self {
        threshold.0
    }
}

impl TryFrom<u8> for Threshold {
    type Error = ParseError;

    fn try_from(hundredths: u8) -> Result<Self, ParseError> {
        if (1..=99).contains(&hundredths) {
            Ok(Self(hundredths))
        } else {
            Err(ParseError("threshold of rounding"))
        }
    }
}

/// What the average of a period is and which mark it proposes. Fixed for a period of a journal once that has begun, so that
/// no average changes without a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct MarkingRule {
    /// Whether works weigh differently; if not, the average is the plain mean.
    pub weighted: bool,
    /// From where on an average rounds up.
    pub threshold: Threshold,
    /// With fewer marks than this no result is proposed.
    pub least_marks: u8,
}

impl MarkingRule {
    /// Usage where an institution has set nothing: weights, half rounds up, a result from three marks on.
    pub const USUAL: Self = Self {
        weighted: true,
        threshold: Threshold::HALF,
        least_marks: 3,
    };
    /// The most that can be asked for.
    pub const MOST_LEAST_MARKS: u8 = 20;

    /// What a weight counts for.
    pub const fn weight(self, weight: Weight) -> Weight {
        if self.weighted { weight } else { Weight::ONE }
    }

    /// The average of those marks that are figures.
    pub fn average(self, marks: impl IntoIterator<Item = (Mark, Weight)>) -> Option<Average> {
        average(
            marks
                .into_iter()
                .map(|(mark, weight)| (mark, self.weight(weight))),
        )
    }

    /// "What if": the average once one mark more has come to it.
    pub fn average_if(self, now: Option<Average>, mark: Mark, weight: Weight) -> Option<Average> {
        average_if(now, mark, self.weight(weight))
    }

    /// The mark that an average proposes for the period; nothing where there are too few marks. The teacher decides.
    pub fn proposal(self, average: Option<Average>) -> Option<u8> {
        average
            .filter(|average| average.marks() >= u32::from(self.least_marks))
            .map(|average| average.rounded(self.threshold))
    }
}

impl Default for MarkingRule {
    fn default() -> Self {
        Self::USUAL
    }
}

impl fmt::Display for MarkingRule {
    /// The short text that every row of a journal carries: `w50/3` weighted, `p60/5` plain.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.weighted { 'w' } else { 'p' };
        write!(f, "{kind}{}/{}", self.threshold.0, self.least_marks)
    }
}

impl FromStr for MarkingRule {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = ParseError("marking rule");
        let (weighted, rest) = match (text.strip_prefix('w'), text.strip_prefix('p')) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(error),
        };
        let (threshold, least) = rest.split_once('/').ok_or(error)?;
        let threshold: u8 = threshold.parse().map_err(|_| error)?;
        let least_marks: u8 = least.parse().map_err(|_| error)?;
        if least_marks > Self::MOST_LEAST_MARKS {
            return Err(error);
        }
        Ok(Self {
            weighted,
            threshold: threshold.try_into()?,
            least_marks,
        })
    }
}

/// All that an institution has settled about marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkingSettings {
    /// The average and its proposal.
    pub rule: MarkingRule,
    /// The weight of a new work by its kind, where it is another than the usual one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub weights: BTreeMap<WorkKind, Weight>,
    /// Which kinds of work count as control works.
    pub control: Vec<WorkKind>,
    /// After how many days a work that is owed becomes overdue, from 1 to 60.
    pub owed_days: u8,
    /// How many days after its end a period of a journal is locked, up to 60; not by itself where nothing is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_days: Option<u8>,
}

impl MarkingSettings {
    /// The longest of the spans that are set in days.
    pub const MOST_DAYS: u8 = 60;

    /// The weight of a new work of a kind.
    pub fn weight_of(&self, kind: WorkKind) -> Weight {
        self.weights
            .get(&kind)
            .copied()
            .unwrap_or_else(|| kind.proposed_weight())
    }

    /// Whether a kind of work is a control work here.
    pub fn is_control(&self, kind: WorkKind) -> bool {
        self.control.contains(&kind)
    }
}

impl Default for MarkingSettings {
    /// Usage where an institution has set nothing.
    fn default() -> Self {
        Self {
            rule: MarkingRule::USUAL,
            weights: BTreeMap::new(),
            control: vec![WorkKind::Test, WorkKind::Writing],
            owed_days: 14,
            lock_days: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_rule() -> impl Strategy<Value = MarkingRule> {
        (any::<bool>(), 1u8..=99, 0u8..=20).prop_map(|(weighted, threshold, least_marks)| MarkingRule {
            weighted,
            threshold: threshold.try_into().expect("a threshold"),
            least_marks,
        })
    }

    fn any_marks() -> impl Strategy<Value = Vec<(Mark, Weight)>> {
        let mark = (1u8..=5, 1u16..=1_000);
        prop::collection::vec(
            mark.prop_map(|(grade, weight)| (Mark::Grade(grade), weight.try_into().expect("a weight"))),
            1..40,
        )
    }

    proptest! {
        #[test]
        fn a_rule_reads_back_from_its_short_text(rule in any_rule()) {
            prop_assert_eq!(rule.to_string().parse(), Ok(rule));
        }

        #[test]
        fn a_better_mark_never_lowers_average_or_proposal(
            rule in any_rule(), marks in any_marks(), place in any::<prop::sample::Index>()
        ) {
            let place = place.index(marks.len());
            let mut better = marks.clone();
            if let Mark::Grade(grade) = better[place].0 {
                better[place].0 = Mark::Grade((grade + 1).min(5));
            }
            let (before, after) = (rule.average(marks), rule.average(better));
            prop_assert!(rule.proposal(before) <= rule.proposal(after));
            let value = |average: Option<Average>| average.map(|a| (a.total_hundredths(), a.weight_hundredths()));
            let ((total, weight), (more, same)) = (value(before).expect("marks"), value(after).expect("marks"));
            prop_assert!(weight == same && total <= more);
        }

        #[test]
        fn a_proposal_lies_between_the_least_and_the_greatest_mark(rule in any_rule(), marks in any_marks()) {
            let grades: Vec<u8> = marks.iter().filter_map(|(mark, _)| mark.grade()).collect();
            if let Some(proposal) = rule.proposal(rule.average(marks)) {
                prop_assert!(grades.iter().min() <= Some(&proposal) && Some(&proposal) <= grades.iter().max());
            }
        }

        #[test]
        fn order_does_not_matter_to_a_proposal(rule in any_rule(), marks in any_marks()) {
            let mut reversed = marks.clone();
            reversed.reverse();
            prop_assert_eq!(rule.average(marks), rule.average(reversed));
        }

        #[test]
        fn without_weights_the_average_is_the_plain_mean(mut rule in any_rule(), marks in any_marks()) {
            rule.weighted = false;
            let plain = average(marks.iter().map(|(mark, _)| (*mark, Weight::ONE)));
            prop_assert_eq!(rule.average(marks), plain);
        }

        #[test]
        fn a_higher_threshold_never_proposes_more(rule in any_rule(), marks in any_marks(), other in 1u8..=99) {
            let other = MarkingRule { threshold: other.try_into().expect("a threshold"), ..rule };
            let (stricter, milder) = if rule.threshold >= other.threshold { (rule, other) } else { (other, rule) };
            let average = rule.average(marks);
            prop_assert!(stricter.proposal(average) <= milder.proposal(average));
        }
    }

    #[test]
    fn with_a_threshold_of_sixty_a_half_does_not_round_up() {
        let rule = |threshold: u8| MarkingRule {
            threshold: threshold.try_into().expect("a threshold"),
            least_marks: 2,
            ..MarkingRule::USUAL
        };
        let half = rule(50).average([(Mark::Grade(5), Weight::ONE), (Mark::Grade(4), Weight::ONE)]);
        assert_eq!(
            (rule(50).proposal(half), rule(60).proposal(half)),
            (Some(5), Some(4))
        );
    }

    #[test]
    fn with_too_few_marks_nothing_is_proposed() {
        let two = MarkingRule::USUAL.average([(Mark::Grade(5), Weight::ONE), (Mark::Grade(5), Weight::ONE)]);
        assert_eq!(MarkingRule::USUAL.proposal(two), None);
        assert_eq!(MarkingRule::USUAL.proposal(None), None);
    }

    #[test]
    fn a_text_that_is_no_rule_is_refused() {
        for wrong in ["", "50/3", "w0/3", "w100/3", "w50", "x50/3", "w50/21"] {
            assert!(wrong.parse::<MarkingRule>().is_err(), "{wrong}");
        }
    }
}
