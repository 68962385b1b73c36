//! Lessons without an hour say why.

mod tiny;

use timetable_generator::{
    ClassIndex, Control, FeatureIndex, Hour, Options, Pin, Problem, Reason, RoomIndex, RoomNeed, Solution,
    TeacherIndex, check, solve,
};
use tiny::{lesson, tiny};

fn solved(problem: &Problem) -> Solution {
    let options = Options {
        seed: 1,
        steps: 20_000,
        previous: Vec::new(),
    };
    let solution = solve(problem, &options, |_| Control::Continue).expect("a problem without faults");
    assert_eq!(check(problem, &solution.placements), []);
    solution
}

/// The reasons of the only unplaced activity.
fn reasons(problem: &Problem) -> Vec<Reason> {
    let solution = solved(problem);
    let first = solution.unplaced.first().expect("some lesson has no hour");
    assert!(
        solution
            .unplaced
            .iter()
            .all(|lesson| lesson.activity == first.activity)
    );
    first.reasons.clone()
}

#[test]
fn a_timetable_that_fits_has_nothing_unplaced() {
    let mut problem = tiny(2);
    problem.activities = vec![lesson(0, 0, 0, 5), lesson(1, 1, 1, 5), lesson(0, 1, 1, 5)];
    assert_eq!(solved(&problem).unplaced, []);
}

#[test]
fn a_teacher_with_more_lessons_than_hours_is_overloaded() {
    let mut problem = tiny(1);
    problem.teachers[0].unavailable = (0..5)
        .flat_map(|day| (2..=6).map(move |slot| Hour::new(day, slot)))
        .collect();
    problem.teachers[0]
        .unavailable
        .retain(|hour| hour.day > 0 || hour.slot > 2);
    problem.activities = vec![lesson(0, 0, 0, 7)];
    problem.activities[0].max_per_day = 2;
    let expected = Reason::TeacherOverloaded {
        teacher: TeacherIndex(0),
        lessons: 7,
        hours: 6,
    };
    assert!(reasons(&problem).contains(&expected));
}

#[test]
fn a_class_with_more_lessons_than_its_days_allow_is_overloaded() {
    let mut problem = tiny(1);
    problem.classes[0].max_per_day = 2;
    problem.activities = vec![lesson(0, 0, 0, 11)];
    problem.activities[0].max_per_day = 6;
    let expected = Reason::ClassOverloaded {
        class: ClassIndex(0),
        lessons: 11,
        hours: 10,
    };
    assert!(reasons(&problem).contains(&expected));
}

#[test]
fn a_teacher_of_classes_with_short_days_has_only_their_hours() {
    let mut problem = tiny(2);
    for class in &mut problem.classes {
        class.max_per_day = 3;
    }
    problem.activities = vec![lesson(0, 0, 0, 8), lesson(1, 0, 1, 8)];
    for activity in &mut problem.activities {
        activity.max_per_day = 2;
    }
    let expected = Reason::TeacherOverloaded {
        teacher: TeacherIndex(0),
        lessons: 16,
        hours: 15,
    };
    let solution = solved(&problem);
    assert!(
        solution
            .unplaced
            .iter()
            .all(|lesson| lesson.reasons.contains(&expected))
    );
    assert!(!solution.unplaced.is_empty());
}

#[test]
fn lessons_that_need_one_room_are_more_than_its_hours() {
    let mut problem = tiny(2);
    problem.rooms[0].closed = (2..=6)
        .flat_map(|slot| (0..5).map(move |day| Hour::new(day, slot)))
        .collect();
    problem.activities = vec![lesson(0, 0, 0, 6)];
    problem.activities[0].rooms = RoomNeed::OneOf(vec![RoomIndex(0)]);
    problem.activities[0].max_per_day = 2;
    let found = reasons(&problem);
    let expected = Reason::RoomsOverloaded {
        rooms: vec![RoomIndex(0)],
        lessons: 6,
        hours: 5,
    };
    assert!(found.contains(&expected), "{found:?}");
}

#[test]
fn features_that_no_room_has_are_named() {
    let mut problem = tiny(1);
    problem.activities = vec![lesson(0, 0, 0, 1)];
    problem.activities[0].rooms = RoomNeed::Features(vec![FeatureIndex(9)]);
    assert_eq!(reasons(&problem), [Reason::NoSuchRoom]);
}

#[test]
fn a_room_that_is_too_small_is_no_such_room() {
    let mut problem = tiny(1);
    problem.groups[0].size = 40;
    problem.activities = vec![lesson(0, 0, 0, 1)];
    problem.activities[0].rooms = RoomNeed::OneOf(vec![RoomIndex(0)]);
    assert_eq!(reasons(&problem), [Reason::NoSuchRoom]);
}

#[test]
fn a_teacher_who_comes_only_when_the_class_is_away_has_no_common_hour_with_it() {
    let mut problem = tiny(1);
    problem.classes[0].last = 3;
    problem.teachers[0].unavailable = (0..5)
        .flat_map(|day| (1..=3).map(move |slot| Hour::new(day, slot)))
        .collect();
    problem.activities = vec![lesson(0, 0, 0, 1)];
    let found = reasons(&problem);
    assert!(matches!(&found[0], Reason::NoCommonHour { teachers, .. } if teachers == &[TeacherIndex(0)]));
}

#[test]
fn a_pin_at_a_closed_hour_is_forbidden_and_two_pins_of_one_teacher_clash() {
    let mut problem = tiny(2);
    let hour = Hour::new(0, 1);
    let pin = Pin {
        hour,
        double: false,
        room: None,
    };
    problem.activities = vec![lesson(0, 0, 0, 1)];
    problem.activities[0].pins = vec![pin];
    problem.teachers[0].unavailable = vec![hour];
    assert!(reasons(&problem).contains(&Reason::PinForbidden { hour }));
    problem.teachers[0].unavailable.clear();
    problem.activities.push(lesson(1, 0, 1, 1));
    problem.activities[1].pins = vec![pin];
    let found = reasons(&problem);
    assert!(
        matches!(found[0], Reason::PinClash { hour: at, .. } if at == hour),
        "{found:?}"
    );
}

#[test]
fn a_subject_once_a_day_has_at_most_as_many_lessons_as_days() {
    let mut problem = tiny(1);
    problem.activities = vec![lesson(0, 0, 0, 6)];
    let expected = Reason::TooManyForDays {
        lessons: 6,
        places: 5,
    };
    assert!(reasons(&problem).contains(&expected));
}

#[test]
fn what_cannot_be_proven_is_counted() {
    // Three subjects of one day's teacher for three classes, of which each may begin only with the first hour: one
    // class always has a window.
    let mut problem = tiny(3);
    problem.days = 1;
    for class in &mut problem.classes {
        class.last = 2;
    }
    problem.activities = vec![lesson(0, 0, 0, 1), lesson(1, 0, 1, 1), lesson(2, 1, 2, 1)];
    let found = reasons(&problem);
    let [Reason::Occupied(causes)] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!((causes.hours, causes.class_closed), (6, 4));
    assert_eq!((causes.teacher_busy, causes.window), (1, 1));
}
