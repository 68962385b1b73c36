//! The weekly timetable: every class has its lessons one after another from the first, and nobody is in two places.

mod solver;

use std::collections::BTreeMap;

use crate::{
    random::Chance,
    world::{Lesson, Org, World},
};
use solver::{ClassWeek, Event, Problem};

/// Adds the lessons of an institution's teaching groups.
pub(crate) fn add(world: &mut World, chance: &mut Chance, org: Org) {
    let (problem, groups) = pose(world, org);
    let solved = solver::solve(&problem, chance);
    for (slot, groups) in solved.into_iter().zip(groups) {
        world.lessons.extend(groups.into_iter().map(|group| Lesson {
            group,
            weekday: slot.day + 1,
            number: slot.lesson + 1,
        }));
    }
}

/// One event for each lesson of a class; halves of a class have theirs at one time, so they share an event.
fn pose(world: &World, org: Org) -> (Problem, Vec<Vec<usize>>) {
    let mut problem = Problem::default();
    let mut groups_of_events = Vec::new();
    for (homeroom, class) in world.homerooms_of(org) {
        let mut by_subject: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, group) in world
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.homeroom == homeroom)
        {
            by_subject.entry(group.course.as_str()).or_default().push(place);
        }
        let class_number = problem.weeks.len();
        let mut total = 0;
        for (subject, groups) in by_subject.values().enumerate() {
            let lessons = world.groups[groups[0]].hours;
            total += lessons;
            for _ in 0..lessons {
                let teachers = groups.iter().map(|group| world.groups[*group].teacher).collect();
                problem.events.push(Event {
                    class: class_number,
                    subject,
                    teachers,
                });
                groups_of_events.push(groups.clone());
            }
        }
        problem
            .weeks
            .push(week(total, days_of(org, class.grade.unwrap_or(1))));
    }
    (problem, groups_of_events)
}

/// Days on which a class learns: five for little ones and outside schools.
fn days_of(org: Org, grade: u8) -> usize {
    if org == Org::School && grade >= 5 { 6 } else { 5 }
}

/// Lessons a day, as even as can be; Tuesday and Wednesday carry more than the ends of the week.
fn week(total: usize, days: usize) -> ClassWeek {
    const HEAVIEST_FIRST: [usize; 6] = [1, 2, 3, 0, 4, 5];
    let mut lessons = vec![total / days; days];
    for day in HEAVIEST_FIRST
        .into_iter()
        .filter(|day| *day < days)
        .take(total % days)
    {
        lessons[day] += 1;
    }
    ClassWeek(
        lessons
            .into_iter()
            .map(|count| u8::try_from(count).unwrap_or(u8::MAX))
            .collect(),
    )
}
