//! Pinned lessons stay, and a repair keeps what it can.

mod school;

use school::{Size, school};
use timetable_generator::{
    Control, Criterion, Hour, Options, Pin, Placement, Problem, Solution, check, solve,
};

fn solved(problem: &Problem, steps: u64, previous: Vec<Placement>) -> Solution {
    let options = Options {
        seed: 1,
        steps,
        previous,
    };
    let solution = solve(problem, &options, |_| Control::Continue).expect("a problem without faults");
    assert_eq!(check(problem, &solution.placements), []);
    assert_eq!(solution.unplaced, []);
    solution
}

fn small() -> Problem {
    let size = Size {
        classes: 10,
        days: 5,
        two_shifts: false,
        fine_points: true,
        tight: false,
        seed: 4,
    };
    school(size)
}

#[test]
fn an_unchanged_problem_keeps_its_whole_timetable() {
    let problem = small();
    let before = solved(&problem, 40_000, Vec::new());
    let after = solved(&problem, 5_000, before.placements.clone());
    assert_eq!(
        (
            after.score.amount(Criterion::Moved),
            after.score.amount(Criterion::RoomMoved)
        ),
        (0, 0)
    );
    assert!(after.score.cost <= before.score.cost);
}

#[test]
fn a_teacher_who_loses_a_day_moves_few_lessons_of_others() {
    let mut problem = small();
    let before = solved(&problem, 40_000, Vec::new());
    let day = 2;
    // The teacher with the fewest lessons that day who has some, and no subject every day.
    let lessons_on = |teacher: usize| {
        let own = before.placements.iter().filter(|placement| {
            placement.hour.day == day
                && problem.activities[placement.activity.at()].teachers[0].at() == teacher
        });
        own.count()
    };
    let daily = |teacher: usize| {
        let own = problem
            .activities
            .iter()
            .filter(|activity| activity.teachers[0].at() == teacher);
        own.map(|activity| activity.lessons).max() >= Some(4)
    };
    let teacher = (0..problem.teachers.len())
        .filter(|teacher| lessons_on(*teacher) > 0 && !daily(*teacher))
        .min_by_key(|teacher| lessons_on(*teacher))
        .expect("somebody teaches on Wednesday");
    let lost = lessons_on(teacher);
    problem.teachers[teacher].unavailable = (1..=7).map(|slot| Hour::new(day, slot)).collect();
    let after = solved(&problem, 60_000, before.placements.clone());
    let moved = after.score.amount(Criterion::Moved);
    assert!(moved >= lost as i64);
    assert!(
        moved <= 8 * lost as i64 + 8,
        "{moved} of {} moved for {lost}",
        before.placements.len()
    );
}

#[test]
fn a_lesson_pinned_by_hand_stays_where_it_was_put() {
    let mut problem = small();
    let before = solved(&problem, 40_000, Vec::new());
    let lesson = before
        .placements
        .iter()
        .find(|placement| placement.length == 1)
        .expect("a single lesson");
    let other = before
        .placements
        .iter()
        .find(|other| other.activity == lesson.activity && other.hour != lesson.hour)
        .expect("the activity has several lessons");
    // The editor drags a lesson to another hour of a day on which the subject is not yet.
    let days: Vec<u8> = before
        .placements
        .iter()
        .filter(|p| p.activity == lesson.activity)
        .map(|p| p.hour.day)
        .collect();
    let class = problem.cohorts
        [problem.groups[problem.activities[lesson.activity.at()].groups[0].at()].cohorts[0].at()];
    let first = problem.classes[class.class.at()].first;
    let day = (0..5).find(|day| !days.contains(day)).unwrap_or(other.hour.day);
    let hour = Hour::new(day, first);
    let pin = Pin {
        hour,
        double: false,
        room: None,
    };
    problem.activities[lesson.activity.at()].pins.push(pin);
    let after = solved(&problem, 60_000, before.placements.clone());
    let held = after
        .placements
        .iter()
        .any(|placement| placement.activity == lesson.activity && placement.hour == hour);
    assert!(held);
    assert!(after.score.amount(Criterion::Moved) < before.placements.len() as i64 / 4);
}
