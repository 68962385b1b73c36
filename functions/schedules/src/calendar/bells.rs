//! Bells as people set them: a regime for a shift, for years of study, from a date. Pure.
//!
//! A regime is set as a whole. Of several for the same pupils that hold from different dates the latest holds: grade 1 has
//! three lessons in September and four from November on (СП 2.4.3648-20, п. 3.4.16).

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use model::LessonKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::item::{BellRule, InstitutionRules};

/// The most regimes of an institution: two shifts, eleven years, and steps within the year.
const MOST_REGIMES: usize = 40;
/// The greatest year of study.
const LAST_GRADE: u8 = 12;

/// When a lesson begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct BellTime {
    /// The number in the day, 1–16.
    pub(crate) number: u8,
    /// The beginning, local time.
    #[schema(value_type = String, example = "08:30:00")]
    pub(crate) start: Time,
    /// The end, local time.
    #[schema(value_type = String, example = "09:15:00")]
    pub(crate) end: Time,
}

/// Bells that hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Regime {
    /// The shift, 1 or 2.
    pub(crate) shift: u8,
    /// The years of study; empty for all that no other regime names.
    #[serde(default)]
    pub(crate) grades: Vec<u8>,
    /// The first day on which they hold; always, where there is none.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(default)]
    pub(crate) from: Option<Date>,
    /// The lessons of a day, by number.
    pub(crate) lessons: Vec<BellTime>,
}

impl Regime {
    /// Checks a regime as it was sent. The error names the field.
    pub(crate) fn parse(mut self) -> Result<Self, &'static str> {
        if !(1..=2).contains(&self.shift) {
            return Err("shift");
        }
        let grades: BTreeSet<u8> = self.grades.iter().copied().collect();
        if grades.iter().any(|grade| !(1..=LAST_GRADE).contains(grade)) {
            return Err("grades");
        }
        self.grades = grades.into_iter().collect();
        if self
            .from
            .is_some_and(|from| !(2000..=2100).contains(&from.year()))
        {
            return Err("from");
        }
        self.lessons.sort_by_key(|lesson| lesson.number);
        let is_sound = |lesson: &BellTime| {
            (1..=LessonKey::MOST_A_DAY).contains(&lesson.number) && lesson.start < lesson.end
        };
        let in_order = |pair: &[BellTime]| pair[0].number < pair[1].number && pair[0].end <= pair[1].start;
        if self.lessons.iter().all(is_sound) && self.lessons.windows(2).all(in_order) {
            Ok(self)
        } else {
            Err("lessons")
        }
    }

    fn is_of(&self, bell: &BellRule) -> bool {
        (self.shift, &self.grades, self.from) == (bell.shift, &bell.grades, bell.from)
    }

    /// The regimes of an institution: by shift, years of study and date.
    pub(crate) fn all(rules: &InstitutionRules) -> Vec<Self> {
        let mut regimes: Vec<Self> = Vec::new();
        for bell in &rules.bells {
            let lesson = BellTime {
                number: bell.number,
                start: bell.start,
                end: bell.end,
            };
            match regimes.iter_mut().find(|regime| regime.is_of(bell)) {
                Some(regime) => regime.lessons.push(lesson),
                None => regimes.push(Self {
                    shift: bell.shift,
                    grades: bell.grades.clone(),
                    from: bell.from,
                    lessons: vec![lesson],
                }),
            }
        }
        for regime in &mut regimes {
            regime.lessons.sort_by_key(|lesson| lesson.number);
        }
        regimes.sort_by(|a, b| (a.shift, &a.grades, a.from).cmp(&(b.shift, &b.grades, b.from)));
        regimes
    }

    /// Puts it in the place of the one for the same pupils from the same day; without lessons it takes that one away.
    pub(crate) fn put(&self, rules: &mut InstitutionRules) -> Result<(), &'static str> {
        rules.bells.retain(|bell| !self.is_of(bell));
        rules.bells.extend(self.lessons.iter().map(|lesson| BellRule {
            shift: self.shift,
            number: lesson.number,
            grades: self.grades.clone(),
            from: self.from,
            start: lesson.start,
            end: lesson.end,
        }));
        rules.bells.sort();
        if Self::all(rules).len() > MOST_REGIMES {
            Err("lessons")
        } else {
            Ok(())
        }
    }
}

/// Years of study as people write them: «1», «5, 9–11»; empty for all.
pub(crate) fn read_grades(text: &str) -> Option<Vec<u8>> {
    let mut grades = BTreeSet::new();
    for part in text.split([',', ' ', ';']).filter(|part| !part.is_empty()) {
        let (first, last) = part.split_once(['-', '–', '—']).unwrap_or((part, part));
        let (first, last): (u8, u8) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first < 1 || last < first || last > LAST_GRADE {
            return None;
        }
        grades.extend(first..=last);
    }
    Some(grades.into_iter().collect())
}

/// The same as it is shown: «5, 9–11».
pub(crate) fn written_grades(grades: &[u8]) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for grade in grades {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *grade => *last = *grade,
            _ => runs.push((*grade, *grade)),
        }
    }
    let run = |(first, last): &(u8, u8)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use model::InstitutionId;
    use proptest::prelude::*;

    use super::*;

    fn regime(grades: &[u8], from: Option<Date>, lessons: u8) -> Regime {
        let lesson = |number: u8| BellTime {
            number,
            start: time(7 + i8::try_from(number).expect("few"), 30, 0, 0),
            end: time(8 + i8::try_from(number).expect("few"), 5, 0, 0),
        };
        Regime {
            shift: 1,
            grades: grades.to_vec(),
            from,
            lessons: (1..=lessons).map(lesson).collect(),
        }
    }

    #[test]
    fn the_first_grade_climbs_its_steps_by_date() {
        let mut rules = InstitutionRules::none(InstitutionId::from_bits(1));
        let steps = [(None, 3), (Some(date(2026, 11, 1)), 4)];
        for (from, lessons) in steps {
            regime(&[1], from, lessons).put(&mut rules).expect("put");
        }
        regime(&[], None, 7).put(&mut rules).expect("put");
        let lessons = |on| {
            let rules = rules.as_of(on);
            (1..=9)
                .filter(|number| {
                    rules
                        .bells
                        .iter()
                        .any(|bell| bell.grades == [1] && bell.number == *number)
                })
                .count()
        };
        assert_eq!((lessons(date(2026, 9, 1)), lessons(date(2026, 11, 2))), (3, 4));
        assert_eq!(
            rules
                .as_of(date(2026, 11, 2))
                .bell(7, Some(5))
                .map(|bell| bell.number),
            Some(7)
        );
        assert_eq!(Regime::all(&rules).len(), 3);
        let november = rules.as_of(date(2026, 11, 2));
        let of_first = |number| november.bell(number, Some(1)).map(|bell| bell.number);
        assert_eq!(
            (of_first(4), of_first(5)),
            (Some(4), None),
            "no lesson of the others' day"
        );
    }

    #[test]
    fn of_regimes_that_name_a_grade_the_latest_holds_for_it() {
        let mut rules = InstitutionRules::none(InstitutionId::from_bits(1));
        regime(&[5, 6], None, 7).put(&mut rules).expect("put");
        let mut shorter = regime(&[5, 6, 7], Some(date(2027, 1, 12)), 6);
        shorter.lessons[0].start = time(8, 40, 0, 0);
        shorter.put(&mut rules).expect("put");
        let first = |on| rules.as_of(on).bell(1, Some(5)).map(|bell| bell.start);
        assert_eq!(first(date(2026, 12, 1)), Some(time(8, 30, 0, 0)));
        assert_eq!(first(date(2027, 1, 12)), Some(time(8, 40, 0, 0)));
        assert_eq!(rules.as_of(date(2027, 1, 12)).bell(7, Some(5)), None);
    }

    #[test]
    fn a_regime_without_lessons_goes_away_and_another_stays() {
        let mut rules = InstitutionRules::none(InstitutionId::from_bits(1));
        regime(&[], None, 7).put(&mut rules).expect("put");
        regime(&[1], None, 4).put(&mut rules).expect("put");
        regime(&[1], None, 0).put(&mut rules).expect("put");
        assert_eq!(Regime::all(&rules), [regime(&[], None, 7)]);
    }

    #[test]
    fn lessons_that_overlap_or_turn_around_are_refused() {
        let mut overlapping = regime(&[], None, 2);
        overlapping.lessons[1].start = time(8, 50, 0, 0);
        assert_eq!(overlapping.parse(), Err("lessons"));
        let mut twice = regime(&[], None, 2);
        twice.lessons[1].number = 1;
        assert_eq!(twice.parse(), Err("lessons"));
        let mut turned = regime(&[], None, 1);
        turned.lessons[0].end = time(8, 0, 0, 0);
        assert_eq!(turned.parse(), Err("lessons"));
        assert_eq!(regime(&[13], None, 1).parse(), Err("grades"));
        assert_eq!(
            Regime {
                shift: 3,
                ..regime(&[], None, 1)
            }
            .parse(),
            Err("shift")
        );
    }

    #[test]
    fn grades_are_read_as_people_write_them() {
        assert_eq!(read_grades("5, 9–11"), Some(vec![5, 9, 10, 11]));
        assert_eq!(read_grades("2-4 1"), Some(vec![1, 2, 3, 4]));
        assert_eq!(read_grades(""), Some(vec![]));
        for wrong in ["0", "13", "4-2", "пять", "1-"] {
            assert_eq!(read_grades(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_of_grades_reads_back(grades in prop::collection::btree_set(1u8..=12, 0..12)) {
            let grades: Vec<u8> = grades.into_iter().collect();
            prop_assert_eq!(read_grades(&written_grades(&grades)), Some(grades));
        }
    }
}
