//! The slots of the generator's day out of the bells.
//!
//! Years of study may have their lessons at different minutes and in different shifts, under the same numbers. The
//! generator knows one row of slots: bells that ring at the same time, if only for a minute, are one slot, so that whoever
//! is busy at one of them is busy at all of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use timetable_generator::MAX_SLOTS;

use crate::drafts::Bells;

/// Which slot a number is, for each year of study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slots {
    of_grade: BTreeMap<Option<u8>, BTreeMap<u8, u8>>,
    count: u8,
    /// From when to when each slot lasts, the first being slot 1; empty where slots are numbers only.
    row: Vec<(Time, Time)>,
}

impl Slots {
    /// The slots of these years of study.
    pub(crate) fn of(bells: &Bells, grades: &BTreeSet<Option<u8>>) -> Self {
        let rings: BTreeMap<Option<u8>, BTreeMap<u8, (Time, Time)>> = grades
            .iter()
            .map(|grade| (*grade, rings(bells, *grade)))
            .collect();
        let row = merged(rings.values().flat_map(|of_grade| of_grade.values().copied()));
        let slot = |(start, _): &(Time, Time)| {
            let at = row.iter().position(|(first, end)| first <= start && start < end);
            at.and_then(|at| u8::try_from(at + 1).ok())
        };
        let of_grade: Option<BTreeMap<_, _>> = rings
            .iter()
            .map(|(grade, of_grade)| Some((*grade, numbered(of_grade, slot)?)))
            .collect();
        let made = of_grade.map(|of_grade| Self {
            of_grade,
            count: u8::try_from(row.len()).unwrap_or(u8::MAX),
            row: row.clone(),
        });
        made.filter(|slots| slots.count <= MAX_SLOTS)
            .unwrap_or_else(|| Self::by_number(&rings))
    }

    /// Each number as a slot: where bells of neighbouring numbers overlap, which no row of slots can say. What then meets is
    /// found when the timetable is put together.
    fn by_number(rings: &BTreeMap<Option<u8>, BTreeMap<u8, (Time, Time)>>) -> Self {
        let of_grade: BTreeMap<Option<u8>, BTreeMap<u8, u8>> = rings
            .iter()
            .map(|(grade, of_grade)| (*grade, of_grade.keys().map(|number| (*number, *number)).collect()))
            .collect();
        let count = of_grade
            .values()
            .flat_map(|numbers| numbers.keys().copied())
            .max();
        Self {
            of_grade,
            count: count.unwrap_or(0),
            row: Vec::new(),
        }
    }

    /// The slots after which the break lasts so many minutes for everybody.
    pub(crate) fn long_breaks(&self, minutes: u8) -> Vec<u8> {
        let is_long = |pair: &[(Time, Time)]| {
            let pause = pair[1].0.duration_since(pair[0].1);
            pause.as_mins() >= i64::from(minutes)
        };
        let slots = (1u8..).zip(self.row.windows(2));
        slots
            .filter(|(_, pair)| is_long(pair))
            .map(|(slot, _)| slot)
            .collect()
    }

    /// How many slots a day has.
    pub(crate) const fn count(&self) -> u8 {
        self.count
    }

    /// The slot of a number in a year of study; none if no bell rings for it.
    pub(crate) fn slot(&self, grade: Option<u8>, number: u8) -> Option<u8> {
        self.of_grade.get(&grade)?.get(&number).copied()
    }

    /// The number of a slot in a year of study; none if it has no lesson then.
    pub(crate) fn number(&self, grade: Option<u8>, slot: u8) -> Option<u8> {
        let numbers = self.of_grade.get(&grade)?;
        numbers
            .iter()
            .find(|(_, at)| **at == slot)
            .map(|(number, _)| *number)
    }

    /// The slots at which a year of study has lessons.
    pub(crate) fn of_grade(&self, grade: Option<u8>) -> BTreeSet<u8> {
        let numbers = self.of_grade.get(&grade);
        numbers
            .map(|numbers| numbers.values().copied().collect())
            .unwrap_or_default()
    }

    /// The slots that are a lesson of this number to anybody.
    pub(crate) fn of_number(&self, number: u8) -> BTreeSet<u8> {
        let slots = self.of_grade.values().filter_map(|numbers| numbers.get(&number));
        slots.copied().collect()
    }
}

fn rings(bells: &Bells, grade: Option<u8>) -> BTreeMap<u8, (Time, Time)> {
    let ring = |number| {
        bells
            .times(number, grade)
            .map(|times| (number, (times.start, times.end)))
    };
    (1..=bells.last()).filter_map(ring).collect()
}

/// Times that overlap, directly or by way of others, as one span.
fn merged(times: impl Iterator<Item = (Time, Time)>) -> Vec<(Time, Time)> {
    let times: BTreeSet<(Time, Time)> = times.collect();
    let mut row: Vec<(Time, Time)> = Vec::new();
    for (start, end) in times {
        match row.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => row.push((start, end)),
        }
    }
    row
}

/// The slots of the numbers of one year of study; none if two of its lessons are in one slot.
fn numbered(
    rings: &BTreeMap<u8, (Time, Time)>,
    slot: impl Fn(&(Time, Time)) -> Option<u8>,
) -> Option<BTreeMap<u8, u8>> {
    let numbers: BTreeMap<u8, u8> = rings
        .iter()
        .map(|(number, times)| Some((*number, slot(times)?)))
        .collect::<Option<_>>()?;
    let slots: BTreeSet<u8> = numbers.values().copied().collect();
    (slots.len() == numbers.len()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use model::InstitutionId;

    use super::*;
    use crate::item::{BellRule, InstitutionRules};

    fn bells(rules: &[(&[u8], u8, i8, i8, i64)]) -> Bells {
        let bell = |(grades, number, hour, minute, length): &(&[u8], u8, i8, i8, i64)| {
            let start = time(*hour, *minute, 0, 0);
            BellRule {
                shift: 1,
                number: *number,
                grades: grades.to_vec(),
                from: None,
                start,
                end: start.saturating_add(jiff::ToSpan::minutes(*length)),
            }
        };
        let rules = InstitutionRules {
            bells: rules.iter().map(bell).collect(),
            ..InstitutionRules::none(InstitutionId::from_bits(1))
        };
        Bells::new(rules)
    }

    #[test]
    fn shorter_lessons_of_grade_one_are_the_same_slots_and_the_second_shift_comes_after_the_first() {
        let bells = bells(&[
            (&[], 1, 8, 30, 45),
            (&[1], 1, 8, 30, 35),
            (&[], 2, 9, 25, 45),
            (&[1], 2, 9, 20, 35),
            (&[6], 1, 14, 0, 40),
            (&[6], 2, 14, 50, 40),
        ]);
        let slots = Slots::of(&bells, &[Some(1), Some(5), Some(6)].into());
        assert_eq!(slots.count(), 4);
        assert_eq!([1, 5].map(|grade| slots.slot(Some(grade), 2)), [Some(2); 2]);
        assert_eq!(slots.slot(Some(6), 1), Some(3));
        assert_eq!(slots.number(Some(6), 4), Some(2));
        assert_eq!(slots.number(Some(5), 4), None);
        assert_eq!(slots.of_number(1), [1, 3].into());
        assert_eq!(slots.of_grade(Some(6)), [3, 4].into());
        // From 09:15 to 09:20 only, since grade 1 begins earlier; then a free hour until the second shift.
        assert_eq!(slots.long_breaks(10), [2, 3]);
        assert_eq!(slots.long_breaks(60), [2]);
    }

    #[test]
    fn bells_that_no_row_of_slots_can_say_are_slots_by_their_numbers() {
        // The lesson of grade 1 lasts from the first to the second lesson of the others.
        let bells = bells(&[(&[], 1, 8, 30, 40), (&[], 2, 9, 20, 40), (&[1], 1, 9, 0, 40)]);
        let slots = Slots::of(&bells, &[Some(1), Some(5)].into());
        assert_eq!(slots.count(), 2);
        assert_eq!(slots.slot(Some(5), 2), Some(2));
        assert_eq!(slots.slot(Some(1), 1), Some(1));
    }
}
