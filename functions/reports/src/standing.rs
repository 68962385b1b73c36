//! How pupils stand by their results, and what that makes of a class: качество and успеваемость. Pure.
//!
//! качество = pupils with nothing but «4» and «5» / pupils who have any result; успеваемость = pupils without «2», незачёт and
//! н/а / pupils who have any result. No federal act fixes these formulas: they are the usage of schools' own reports, and
//! 273-ФЗ of 29.12.2012, art. 28 part 3 items 10 and 13, leaves assessment and its quality to the institution. Credits
//! («зачёт») and exemptions neither lower nor raise a standing.

use model::{Mark, ResultMark, Weight, average};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::share::Share;

/// How a pupil stands. Every pupil stands in exactly one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// Отличник: nothing but «5».
    Excellent,
    /// Хорошист: «4» and «5».
    Good,
    /// Copes with everything, with «3» among it.
    Satisfactory,
    /// Неуспевающий: a «2» or «1», a незачёт, or not assessed in a subject.
    Failing,
    /// Has no result.
    Unassessed,
}

impl Standing {
    /// Every standing, the best first.
    pub(crate) const ALL: [Self; 5] = [
        Self::Excellent,
        Self::Good,
        Self::Satisfactory,
        Self::Failing,
        Self::Unassessed,
    ];

    /// The name in translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Excellent => "excellent",
            Self::Good => "good",
            Self::Satisfactory => "satisfactory",
            Self::Failing => "failing",
            Self::Unassessed => "unassessed",
        }
    }

    /// How a pupil with these results stands.
    pub(crate) fn of(results: &[Option<ResultMark>]) -> Self {
        let found = || results.iter().flatten().copied();
        let mut grades = found().filter_map(ResultMark::grade).peekable();
        if found().next().is_none() {
            Self::Unassessed
        } else if !found().all(ResultMark::is_sufficient) {
            Self::Failing
        } else if !found().all(ResultMark::is_good) {
            Self::Satisfactory
        } else if grades.peek().is_some() && grades.all(|grade| grade == 5) {
            Self::Excellent
        } else {
            Self::Good
        }
    }
}

/// Where the one result is that keeps a pupil from a better standing: the one «4» of nothing but «5», the one «3» of «4» and «5».
pub(crate) fn only(grade: u8, results: &[Option<ResultMark>]) -> Option<usize> {
    let better = |result: &ResultMark| result.is_good() && result.grade().is_none_or(|other| other > grade);
    let mut at = None;
    for (place, result) in results.iter().enumerate() {
        match result {
            Some(ResultMark::Grade(found)) if *found == grade && at.is_none() => at = Some(place),
            Some(result) if !better(result) => return None,
            _ => {}
        }
    }
    at
}

/// How many stand in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Standings {
    /// Отличники.
    pub(crate) excellent: usize,
    /// Хорошисты.
    pub(crate) good: usize,
    /// With «3».
    pub(crate) satisfactory: usize,
    /// Неуспевающие.
    pub(crate) failing: usize,
    /// Without results.
    pub(crate) unassessed: usize,
    /// Of all: with nothing but «5» and one «4».
    pub(crate) one_four: usize,
    /// Of all: with nothing but «4» and «5» and one «3».
    pub(crate) one_three: usize,
}

impl Standings {
    /// Counts a pupil with these results, a place for each subject.
    pub(crate) fn count(&mut self, results: &[Option<ResultMark>]) {
        match Standing::of(results) {
            Standing::Excellent => self.excellent += 1,
            Standing::Good => self.good += 1,
            Standing::Satisfactory => self.satisfactory += 1,
            Standing::Failing => self.failing += 1,
            Standing::Unassessed => self.unassessed += 1,
        }
        self.one_four += usize::from(only(4, results).is_some());
        self.one_three += usize::from(only(3, results).is_some());
    }

    /// Counts all that another has counted.
    pub(crate) const fn add(&mut self, other: &Self) {
        self.excellent += other.excellent;
        self.good += other.good;
        self.satisfactory += other.satisfactory;
        self.failing += other.failing;
        self.unassessed += other.unassessed;
        self.one_four += other.one_four;
        self.one_three += other.one_three;
    }

    /// How many stand so.
    pub(crate) const fn of(&self, standing: Standing) -> usize {
        match standing {
            Standing::Excellent => self.excellent,
            Standing::Good => self.good,
            Standing::Satisfactory => self.satisfactory,
            Standing::Failing => self.failing,
            Standing::Unassessed => self.unassessed,
        }
    }

    /// Those who have any result.
    pub(crate) const fn assessed(&self) -> usize {
        self.excellent + self.good + self.satisfactory + self.failing
    }

    /// Качество.
    pub(crate) const fn quality(&self) -> Share {
        Share::new(self.excellent + self.good, self.assessed())
    }

    /// Успеваемость.
    pub(crate) const fn success(&self) -> Share {
        Share::new(self.assessed() - self.failing, self.assessed())
    }
}

/// The results of one subject, of one teacher, of anything: how many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Tally {
    /// «5».
    pub(crate) fives: usize,
    /// «4».
    pub(crate) fours: usize,
    /// «3».
    pub(crate) threes: usize,
    /// «2».
    pub(crate) twos: usize,
    /// «1».
    pub(crate) ones: usize,
    /// Зачёт.
    pub(crate) passed: usize,
    /// Незачёт.
    pub(crate) failed: usize,
    /// Н/а.
    pub(crate) not_assessed: usize,
    /// Освобождены.
    pub(crate) exempt: usize,
}

impl Tally {
    /// Counts a result.
    pub(crate) const fn count(&mut self, result: ResultMark) {
        let counted = match result {
            ResultMark::Grade(5) => &mut self.fives,
            ResultMark::Grade(4) => &mut self.fours,
            ResultMark::Grade(3) => &mut self.threes,
            ResultMark::Grade(2) => &mut self.twos,
            ResultMark::Grade(_) => &mut self.ones,
            ResultMark::Pass => &mut self.passed,
            ResultMark::Fail => &mut self.failed,
            ResultMark::NotAssessed => &mut self.not_assessed,
            ResultMark::Exempt => &mut self.exempt,
        };
        *counted += 1;
    }

    /// Counts all that another has counted.
    pub(crate) const fn add(&mut self, other: &Self) {
        self.fives += other.fives;
        self.fours += other.fours;
        self.threes += other.threes;
        self.twos += other.twos;
        self.ones += other.ones;
        self.passed += other.passed;
        self.failed += other.failed;
        self.not_assessed += other.not_assessed;
        self.exempt += other.exempt;
    }

    /// Results by which quality is counted: those who are exempt are neither good nor bad.
    pub(crate) const fn assessed(&self) -> usize {
        self.fives + self.fours + self.threes + self.insufficient() + self.passed
    }

    /// «2», «1», незачёт, н/а.
    pub(crate) const fn insufficient(&self) -> usize {
        self.twos + self.ones + self.failed + self.not_assessed
    }

    /// Качество.
    pub(crate) const fn quality(&self) -> Share {
        Share::new(self.fives + self.fours + self.passed, self.assessed())
    }

    /// Успеваемость.
    pub(crate) const fn success(&self) -> Share {
        Share::new(self.assessed() - self.insufficient(), self.assessed())
    }

    /// The mean of the figures, in hundredths.
    pub(crate) fn mean(&self) -> Option<u64> {
        let figures = [
            (5, self.fives),
            (4, self.fours),
            (3, self.threes),
            (2, self.twos),
            (1, self.ones),
        ];
        let marks = figures
            .into_iter()
            .flat_map(|(grade, times)| std::iter::repeat_n((Mark::Grade(grade), Weight::ONE), times));
        average(marks).map(model::Average::hundredths)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn results(text: &str) -> Vec<Option<ResultMark>> {
        text.split(' ').map(|result| result.parse().ok()).collect()
    }

    fn standing(text: &str) -> Standing {
        Standing::of(&results(text))
    }

    #[test]
    fn a_pupil_stands_by_the_worst_of_the_results() {
        for (text, expected) in [
            ("5 5 зач", Standing::Excellent),
            ("5 осв 5", Standing::Excellent),
            ("5 4 зач", Standing::Good),
            ("зач зач", Standing::Good),
            ("5 5 3", Standing::Satisfactory),
            ("5 5 2", Standing::Failing),
            ("5 н/а 5", Standing::Failing),
            ("нез 5", Standing::Failing),
            ("- -", Standing::Unassessed),
        ] {
            assert_eq!(standing(text), expected, "{text}");
        }
    }

    #[test]
    fn one_four_and_one_three_name_their_place() {
        assert_eq!(only(4, &results("5 4 зач -")), Some(1));
        assert_eq!(only(4, &results("5 4 4")), None);
        assert_eq!(
            only(4, &results("4 5 3")),
            None,
            "it is not the four that stands in the way"
        );
        assert_eq!(only(3, &results("5 4 3 осв")), Some(2));
        assert_eq!(only(3, &results("3 3 5")), None);
        assert_eq!(only(3, &results("3 н/а 5")), None);
        assert_eq!(only(4, &results("5 5")), None);
    }

    #[test]
    fn quality_and_success_are_of_those_who_have_results() {
        let mut class = Standings::default();
        for pupil in ["5 5 5", "5 4 5", "5 3 4", "2 4 4", "- - -"] {
            class.count(&results(pupil));
        }
        assert_eq!(
            (class.quality(), class.success()),
            (Share::new(2, 4), Share::new(3, 4))
        );
        assert_eq!((class.one_four, class.one_three), (1, 1));
    }

    #[test]
    fn who_is_exempt_lowers_nothing() {
        let mut tally = Tally::default();
        for result in results("5 4 2 осв").into_iter().flatten() {
            tally.count(result);
        }
        assert_eq!(
            (tally.quality(), tally.success()),
            (Share::new(2, 3), Share::new(2, 3))
        );
        assert_eq!(tally.mean(), Some(367));
    }

    fn any_results() -> impl Strategy<Value = Vec<Option<ResultMark>>> {
        prop::collection::vec(
            prop::option::of(prop::sample::select(&ResultMark::ALL[..])),
            0..16,
        )
    }

    proptest! {
        #[test]
        fn every_pupil_stands_in_exactly_one_way(pupils in prop::collection::vec(any_results(), 0..40)) {
            let mut class = Standings::default();
            for pupil in &pupils {
                class.count(pupil);
            }
            let sum: usize = Standing::ALL.into_iter().map(|standing| class.of(standing)).sum();
            prop_assert_eq!(sum, pupils.len());
            prop_assert!(class.quality().part <= class.success().part && class.success().part <= class.assessed());
            prop_assert!(class.one_four <= class.good && class.one_three <= class.satisfactory);
        }

        #[test]
        fn the_tally_of_two_is_the_tally_of_all(first in any_results(), second in any_results()) {
            let of = |results: &[Option<ResultMark>]| {
                let mut tally = Tally::default();
                results.iter().flatten().for_each(|result| tally.count(*result));
                tally
            };
            let mut sum = of(&first);
            sum.add(&of(&second));
            prop_assert_eq!(sum, of(&[first, second].concat()));
            prop_assert!(sum.quality().part <= sum.success().part);
        }
    }
}
