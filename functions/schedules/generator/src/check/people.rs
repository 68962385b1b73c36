//! Constraints of teachers', pupils' and rooms' weeks.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use super::lessons::hours;
use crate::hour::{Cycle, Hour};
use crate::index::{CohortIndex, SubjectIndex};
use crate::problem::Problem;
use crate::score::{missing, short_ways};
use crate::solution::Placement;

pub(super) fn check(problem: &Problem, placements: &[Placement], found: &mut Vec<Violation>) {
    for cycle in [Cycle::A, Cycle::B] {
        let week: Vec<&Placement> = placements
            .iter()
            .filter(|placement| problem.activities[placement.activity.at()].cycle.meets(cycle))
            .collect();
        check_teachers(problem, &week, found);
        check_rooms(problem, &week, found);
        check_pupils(problem, &week, found);
    }
    if problem.travel.as_ref().is_some_and(|travel| travel.hard) {
        let ways = short_ways(problem, placements);
        found.extend(ways.into_iter().map(|(one, other)| Violation::TooFar(one, other)));
    }
}

fn check_teachers(problem: &Problem, week: &[&Placement], found: &mut Vec<Violation>) {
    let mut taken = BTreeSet::new();
    let mut lengths: BTreeMap<_, u8> = BTreeMap::new();
    for placement in week {
        for teacher in &problem.activities[placement.activity.at()].teachers {
            for hour in hours(placement) {
                if !taken.insert((*teacher, hour)) {
                    found.push(Violation::TeacherClash(*teacher, hour));
                }
                *lengths.entry((*teacher, hour.day)).or_default() += 1;
            }
        }
    }
    for ((teacher, day), length) in lengths {
        if problem.teachers[teacher.at()]
            .max_per_day
            .is_some_and(|most| length > most)
        {
            found.push(Violation::TeacherDayTooLong(teacher, day));
        }
    }
}

fn check_rooms(problem: &Problem, week: &[&Placement], found: &mut Vec<Violation>) {
    let mut uses: BTreeMap<_, u32> = BTreeMap::new();
    for placement in week {
        if let Some(room) = placement.room {
            for hour in hours(placement) {
                *uses.entry((room, hour)).or_default() += 1;
            }
        }
    }
    for ((room, hour), count) in uses {
        if count > u32::from(problem.rooms[room.at()].places) {
            found.push(Violation::RoomClash(room, hour));
        }
    }
}

/// A cohort's week: the slots and the subjects of each day.
#[derive(Default)]
struct Week {
    slots: BTreeMap<u8, BTreeSet<u8>>,
    subjects: BTreeMap<(SubjectIndex, u8), u32>,
}

fn check_pupils(problem: &Problem, week: &[&Placement], found: &mut Vec<Violation>) {
    let mut weeks: BTreeMap<CohortIndex, Week> = BTreeMap::new();
    for placement in week {
        let activity = &problem.activities[placement.activity.at()];
        for cohort in problem.cohorts_of(activity) {
            let of = weeks.entry(cohort).or_default();
            *of.subjects
                .entry((activity.subject, placement.hour.day))
                .or_default() += 1;
            for Hour { day, slot } in hours(placement) {
                if !of.slots.entry(day).or_default().insert(slot) {
                    found.push(Violation::PupilClash(cohort, Hour { day, slot }));
                }
            }
        }
    }
    for (cohort, week) in &weeks {
        check_days(problem, *cohort, week, found);
        for ((subject, day), count) in &week.subjects {
            if *count > subject_limit(problem, *cohort, *subject) {
                found.push(Violation::SubjectTooOften(*cohort, *subject, *day));
            }
        }
    }
}

fn check_days(problem: &Problem, cohort: CohortIndex, week: &Week, found: &mut Vec<Violation>) {
    let class = &problem.classes[problem.cohorts[cohort.at()].class.at()];
    let extra = class.longer_days.map_or(0, |longer| longer.extra);
    let mut longer = 0;
    for (day, slots) in &week.slots {
        let length = slots.len();
        if length > usize::from(class.max_per_day) + usize::from(extra) {
            found.push(Violation::DayTooLong(cohort, *day));
        }
        if length > usize::from(class.max_per_day) {
            longer += 1;
            let with = class.longer_days.and_then(|longer| longer.with);
            if with.is_some_and(|subject| !week.subjects.contains_key(&(subject, *day))) {
                found.push(Violation::TooManyLongDays(cohort));
            }
        }
        if !class.windows_allowed && missing(class, *day, slots, class.latest_start) > 0 {
            found.push(Violation::Window(cohort, *day));
        }
    }
    if class
        .longer_days
        .is_some_and(|data| longer > usize::from(data.days))
    {
        found.push(Violation::TooManyLongDays(cohort));
    }
}

/// The largest of the limits a day that the cohort's activities in the subject have.
fn subject_limit(problem: &Problem, cohort: CohortIndex, subject: SubjectIndex) -> u32 {
    let activities = problem
        .activities
        .iter()
        .filter(|activity| activity.subject == subject);
    let own = activities.filter(|activity| problem.cohorts_of(activity).binary_search(&cohort).is_ok());
    own.map(|activity| u32::from(activity.max_per_day))
        .max()
        .unwrap_or(0)
}
