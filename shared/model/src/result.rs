//! Results of periods and of years.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde_with::{DeserializeFromStr, SerializeDisplay};

use crate::{Mark, MarkingRule, ParseError, Weight};

/// A result of a period or a year. The rule proposes, the teacher decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, SerializeDisplay, DeserializeFromStr)]
pub enum ResultMark {
    /// A figure from 1 to 5.
    Grade(u8),
    /// Зачёт.
    Pass,
    /// Незачёт.
    Fail,
    /// Н/а: not assessed.
    NotAssessed,
    /// Осв.: exempt from the subject.
    Exempt,
}

impl ResultMark {
    /// Every result, in the order in which pickers offer them.
    pub const ALL: [Self; 9] = [
        Self::Grade(5),
        Self::Grade(4),
        Self::Grade(3),
        Self::Grade(2),
        Self::Grade(1),
        Self::Pass,
        Self::Fail,
        Self::NotAssessed,
        Self::Exempt,
    ];

    /// The figure, if the result has one.
    pub const fn grade(self) -> Option<u8> {
        match self {
            Self::Grade(grade) => Some(grade),
            _ => None,
        }
    }

    /// Whether the pupil has coped with the subject: no 1 or 2, no незачёт, not left without assessment.
    pub const fn is_sufficient(self) -> bool {
        match self {
            Self::Grade(grade) => grade >= 3,
            Self::Pass | Self::Exempt => true,
            Self::Fail | Self::NotAssessed => false,
        }
    }

    /// Whether it is a result «на 4 и 5».
    pub const fn is_good(self) -> bool {
        match self {
            Self::Grade(grade) => grade >= 4,
            Self::Pass | Self::Exempt => true,
            Self::Fail | Self::NotAssessed => false,
        }
    }
}

impl fmt::Display for ResultMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Grade(grade) => write!(f, "{grade}"),
            Self::Pass => f.write_str("зач"),
            Self::Fail => f.write_str("нез"),
            Self::NotAssessed => f.write_str("н/а"),
            Self::Exempt => f.write_str("осв"),
        }
    }
}

impl FromStr for ResultMark {
    type Err = ParseError;

    /// Reads what a teacher types: a figure 1–5, `зач`, `нез`, `н/а`, `осв` with or without its full stop.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        if matches!(text.trim().to_lowercase().as_str(), "осв" | "осв.") {
            return Ok(Self::Exempt);
        }
        match text.parse()? {
            Mark::Grade(grade) => Ok(Self::Grade(grade)),
            Mark::Pass => Ok(Self::Pass),
            Mark::Fail => Ok(Self::Fail),
            Mark::NotAssessed => Ok(Self::NotAssessed),
            Mark::Owed { .. } => Err(ParseError("result")),
        }
    }
}

/// The result of a year that its periods' results propose, given in the order of the periods; nothing while one is missing.
///
/// Figures come to their mean, rounded as the institution rounds. A year of credits is passed when every one is. With н/а
/// there is nothing to propose; a period from which the pupil was exempt is left out.
pub fn year_proposal(rule: MarkingRule, results: &[Option<ResultMark>]) -> Option<ResultMark> {
    let results: Vec<ResultMark> = results.iter().copied().collect::<Option<_>>()?;
    if results.contains(&ResultMark::NotAssessed) {
        return None;
    }
    let counted: Vec<ResultMark> = results
        .iter()
        .copied()
        .filter(|result| *result != ResultMark::Exempt)
        .collect();
    if counted.is_empty() {
        return (!results.is_empty()).then_some(ResultMark::Exempt);
    }
    let figures: Vec<u8> = counted.iter().filter_map(|result| result.grade()).collect();
    match figures.len() {
        0 if counted.contains(&ResultMark::Fail) => Some(ResultMark::Fail),
        0 => Some(ResultMark::Pass),
        known if known == counted.len() => {
            let marks = figures.into_iter().map(|grade| (Mark::Grade(grade), Weight::ONE));
            rule.average(marks)
                .map(|average| ResultMark::Grade(average.rounded(rule.threshold)))
        }
        // Figures beside credits have no common measure.
        _ => None,
    }
}

/// An academic year, by the calendar year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AcademicYear(i16);

impl AcademicYear {
    /// The year to which a date belongs. It turns in August: results are settled by then and lists are new.
    pub fn of(date: Date) -> Self {
        Self(if date.month() >= 8 {
            date.year()
        } else {
            date.year() - 1
        })
    }

    /// The calendar year in which it begins.
    pub const fn first(self) -> i16 {
        self.0
    }
}

impl fmt::Display for AcademicYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl FromStr for AcademicYear {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let year = text.parse().ok().filter(|year| (1900..=2200).contains(year));
        year.filter(|_| text.len() == 4)
            .map(Self)
            .ok_or(ParseError("academic year"))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn year(results: &[&str]) -> Option<String> {
        let results: Vec<Option<ResultMark>> = results.iter().map(|text| text.parse().ok()).collect();
        year_proposal(MarkingRule::USUAL, &results).map(|result| result.to_string())
    }

    #[test]
    fn what_is_shown_can_be_typed_back() {
        for result in ResultMark::ALL {
            assert_eq!(result.to_string().parse(), Ok(result));
        }
        assert_eq!("Осв.".parse(), Ok(ResultMark::Exempt));
        for wrong in ["", "6", "н", "•2026-12-07", "осв 5"] {
            assert!(wrong.parse::<ResultMark>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_year_is_the_rounded_mean_of_its_periods() {
        assert_eq!(year(&["4", "5", "4", "5"]).as_deref(), Some("5"));
        assert_eq!(year(&["4", "4", "4", "5"]).as_deref(), Some("4"));
        assert_eq!(
            year(&["3", "осв", "4", "4"]).as_deref(),
            Some("4"),
            "exempt periods are left out"
        );
        assert_eq!(year(&["зач", "зач"]).as_deref(), Some("зач"));
        assert_eq!(year(&["зач", "нез"]).as_deref(), Some("нез"));
        assert_eq!(year(&["осв", "осв"]).as_deref(), Some("осв"));
    }

    #[test]
    fn without_all_periods_or_with_one_not_assessed_nothing_is_proposed() {
        assert_eq!(year(&["4", "", "4"]), None);
        assert_eq!(year(&["4", "н/а", "4"]), None);
        assert_eq!(year(&["4", "зач"]), None);
        assert_eq!(year(&[]), None);
    }

    #[test]
    fn a_year_turns_in_august() {
        assert_eq!(
            AcademicYear::of(date(2026, 9, 1)),
            AcademicYear::of(date(2027, 5, 26))
        );
        assert_ne!(
            AcademicYear::of(date(2026, 5, 26)),
            AcademicYear::of(date(2026, 9, 1))
        );
        assert_eq!(
            AcademicYear::of(date(2027, 1, 11)).to_string().parse(),
            Ok(AcademicYear(2026))
        );
    }

    proptest! {
        #[test]
        fn a_year_of_figures_lies_between_its_periods_and_better_periods_never_lower_it(
            results in prop::collection::vec(1u8..=5, 1..6), place in any::<prop::sample::Index>()
        ) {
            let of = |grades: &[u8]| {
                let results: Vec<_> = grades.iter().map(|grade| Some(ResultMark::Grade(*grade))).collect();
                year_proposal(MarkingRule::USUAL, &results).and_then(ResultMark::grade).expect("a proposal")
            };
            let mut better = results.clone();
            let place = place.index(results.len());
            better[place] = (better[place] + 1).min(5);
            let proposal = of(&results);
            prop_assert!(results.iter().min() <= Some(&proposal) && Some(&proposal) <= results.iter().max());
            prop_assert!(proposal <= of(&better));
        }
    }
}
