//! The week as one pupil has it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use model::Weekday;

use crate::{Class, Cycle, Lesson, Week};

/// What a pupil of a class has in weeks of one cycle.
#[derive(Debug)]
pub(crate) struct PupilWeek<'w> {
    pub(crate) class: &'w Class,
    pub(crate) cycle: Cycle,
    pub(crate) days: BTreeMap<Weekday, Vec<Hour<'w>>>,
}

/// An hour of a pupil's day. Several lessons stand there if it is not known which of them is the pupil's.
#[derive(Debug)]
pub(crate) struct Hour<'w> {
    pub(crate) number: u8,
    pub(crate) lessons: Vec<&'w Lesson>,
}

impl Hour<'_> {
    pub(crate) fn ids(&self) -> impl Iterator<Item = String> {
        self.lessons.iter().map(|lesson| lesson.id.clone())
    }

    pub(crate) fn start(&self) -> Time {
        let starts = self.lessons.iter().map(|lesson| lesson.start);
        starts.min().unwrap_or(Time::MIN)
    }

    pub(crate) fn end(&self) -> Time {
        let ends = self.lessons.iter().map(|lesson| lesson.end);
        ends.max().unwrap_or(Time::MIN)
    }
}

impl<'w> PupilWeek<'w> {
    /// The days with the lessons of the curriculum only; days without any are left out.
    pub(crate) fn lessons_of_curriculum(&self) -> BTreeMap<Weekday, Vec<Hour<'w>>> {
        let mut days = BTreeMap::new();
        for (day, hours) in &self.days {
            let hours: Vec<Hour<'w>> = hours
                .iter()
                .map(|hour| Hour {
                    number: hour.number,
                    lessons: of_curriculum(&hour.lessons),
                })
                .filter(|hour| !hour.lessons.is_empty())
                .collect();
            if !hours.is_empty() {
                days.insert(*day, hours);
            }
        }
        days
    }
}

fn of_curriculum<'w>(lessons: &[&'w Lesson]) -> Vec<&'w Lesson> {
    lessons
        .iter()
        .filter(|lesson| !lesson.extracurricular)
        .copied()
        .collect()
}

/// The weeks of all different pupils of all classes.
pub(crate) fn pupil_weeks(week: &Week) -> Vec<PupilWeek<'_>> {
    let mut weeks = Vec::new();
    for class in &week.classes {
        let lessons: Vec<&Lesson> = lessons_of(week, class);
        let placed: BTreeSet<&String> = class.streams.iter().flatten().collect();
        let everybody = [BTreeSet::new()];
        let streams = if class.streams.is_empty() {
            everybody.as_slice()
        } else {
            class.streams.as_slice()
        };
        for stream in streams {
            // A group that is in nobody's set is new or still without pupils: nothing may be lost because of that.
            let own = |lesson: &&&Lesson| stream.contains(&lesson.group) || !placed.contains(&lesson.group);
            let own: Vec<&Lesson> = lessons.iter().filter(own).copied().collect();
            for &cycle in cycles(&lessons) {
                weeks.push(PupilWeek {
                    class,
                    cycle,
                    days: days_of(own.iter().filter(|lesson| lesson.cycle.meets(cycle)).copied()),
                });
            }
        }
    }
    weeks
}

/// The lessons of a class in order, whatever the order of the input.
pub(crate) fn lessons_of<'w>(week: &'w Week, class: &Class) -> Vec<&'w Lesson> {
    let mut lessons: Vec<&Lesson> = week
        .lessons
        .iter()
        .filter(|lesson| lesson.classes.contains(&class.id))
        .collect();
    lessons.sort();
    lessons
}

/// The kinds of weeks that differ.
pub(crate) fn cycles(lessons: &[&Lesson]) -> &'static [Cycle] {
    if lessons.iter().all(|lesson| lesson.cycle == Cycle::Every) {
        &[Cycle::Every]
    } else {
        &[Cycle::A, Cycle::B]
    }
}

fn days_of<'w>(lessons: impl Iterator<Item = &'w Lesson>) -> BTreeMap<Weekday, Vec<Hour<'w>>> {
    let mut days: BTreeMap<Weekday, Vec<Hour<'w>>> = BTreeMap::new();
    for lesson in lessons {
        let hours = days.entry(lesson.day).or_default();
        match hours.last_mut().filter(|hour| hour.number == lesson.number) {
            Some(hour) => hour.lessons.push(lesson),
            None => hours.push(Hour {
                number: lesson.number,
                lessons: vec![lesson],
            }),
        }
    }
    days
}
