//! The validator finds what is planted.

mod tiny;

use timetable_generator::{
    ActivityIndex, BuildingIndex, CohortIndex, Cycle, Hour, LongerDays, Pin, Placement, Problem, RoomIndex,
    RoomNeed, SubjectIndex, TeacherIndex, Travel, Violation, check,
};
use tiny::{lesson, tiny};

fn at(activity: u32, day: u8, slot: u8) -> Placement {
    Placement {
        activity: ActivityIndex(activity),
        hour: Hour::new(day, slot),
        length: 1,
        room: None,
    }
}

fn in_room(placement: Placement, room: u32) -> Placement {
    Placement {
        room: Some(RoomIndex(room)),
        ..placement
    }
}

/// Two classes, each with a lesson of the other's teacher.
fn problem() -> Problem {
    let mut problem = tiny(2);
    problem.activities = vec![lesson(0, 0, 0, 2), lesson(1, 1, 1, 2), lesson(0, 1, 2, 1)];
    problem
}

#[test]
fn a_good_timetable_has_no_violations_and_need_not_be_complete() {
    let list = [at(0, 0, 1), at(0, 1, 1), at(1, 0, 1), at(2, 0, 2)];
    assert_eq!(check(&problem(), &list), []);
    assert_eq!(check(&problem(), &[]), []);
}

#[test]
fn clashes_of_teachers_pupils_and_rooms_are_found() {
    let mut problem = problem();
    assert_eq!(
        check(&problem, &[at(0, 0, 1), at(2, 0, 1)]),
        [Violation::PupilClash(CohortIndex(0), Hour::new(0, 1))]
    );
    assert_eq!(
        check(&problem, &[at(1, 0, 1), at(2, 0, 1)]),
        [Violation::TeacherClash(TeacherIndex(1), Hour::new(0, 1))]
    );
    for activity in &mut problem.activities {
        activity.rooms = RoomNeed::Features(Vec::new());
    }
    let same_room = [in_room(at(0, 0, 1), 1), in_room(at(1, 0, 1), 1)];
    assert_eq!(
        check(&problem, &same_room),
        [Violation::RoomClash(RoomIndex(1), Hour::new(0, 1))]
    );
    problem.rooms[1].places = 2;
    assert_eq!(check(&problem, &same_room), []);
}

#[test]
fn lessons_of_different_weeks_do_not_clash() {
    let mut problem = problem();
    problem.activities[0].cycle = Cycle::A;
    problem.activities[2].cycle = Cycle::B;
    assert_eq!(check(&problem, &[at(0, 0, 1), at(2, 0, 1)]), []);
}

#[test]
fn what_is_closed_or_unavailable_is_found() {
    let mut problem = problem();
    let hour = Hour::new(0, 1);
    problem.teachers[0].unavailable = vec![hour];
    assert_eq!(
        check(&problem, &[at(0, 0, 1)]),
        [Violation::TeacherUnavailable(TeacherIndex(0), hour)]
    );
    problem.teachers[0].unavailable.clear();
    problem.classes[0].closed = vec![hour];
    assert_eq!(
        check(&problem, &[at(0, 0, 1)]),
        [Violation::ClassClosed(ActivityIndex(0), hour)]
    );
    problem.classes[0].closed.clear();
    problem.classes[0].last = 3;
    let late = check(&problem, &[at(0, 0, 1), at(2, 0, 4)]);
    assert!(late.contains(&Violation::ClassClosed(ActivityIndex(2), Hour::new(0, 4))));
    problem.activities[0].rooms = RoomNeed::Features(Vec::new());
    problem.rooms[0].closed = vec![hour];
    let list = [in_room(at(0, 0, 1), 0)];
    assert_eq!(
        check(&problem, &list),
        [Violation::RoomClosed(RoomIndex(0), hour)]
    );
}

#[test]
fn a_room_that_does_not_suit_is_found() {
    let mut problem = problem();
    let list = [in_room(at(0, 0, 1), 0)];
    assert_eq!(
        check(&problem, &list),
        [Violation::WrongRoom(list[0])],
        "none is needed"
    );
    problem.activities[0].rooms = RoomNeed::OneOf(vec![RoomIndex(1)]);
    assert_eq!(check(&problem, &list), [Violation::WrongRoom(list[0])]);
    assert_eq!(
        check(&problem, &[at(0, 0, 1)]),
        [Violation::WrongRoom(at(0, 0, 1))]
    );
    problem.activities[0].pins = vec![Pin {
        hour: Hour::new(0, 1),
        double: false,
        room: Some(RoomIndex(0)),
    }];
    assert_eq!(check(&problem, &list), [], "the school has chosen it");
}

#[test]
fn windows_and_late_starts_of_pupils_are_found() {
    let mut problem = problem();
    let window = [Violation::Window(CohortIndex(0), 0)];
    assert_eq!(check(&problem, &[at(0, 0, 1), at(2, 0, 3)]), window);
    assert_eq!(check(&problem, &[at(0, 0, 2)]), window);
    problem.classes[0].latest_start = 2;
    assert_eq!(check(&problem, &[at(0, 0, 2), at(2, 0, 3)]), []);
    problem.classes[0].windows_allowed = true;
    assert_eq!(check(&problem, &[at(0, 0, 2), at(2, 0, 5)]), []);
}

#[test]
fn days_that_are_too_long_are_found() {
    let mut problem = problem();
    problem.classes[0].max_per_day = 1;
    let list = [at(0, 0, 1), at(2, 0, 2)];
    assert_eq!(check(&problem, &list), [Violation::DayTooLong(CohortIndex(0), 0)]);
    let mut longer = LongerDays {
        days: 1,
        extra: 1,
        with: Some(SubjectIndex(2)),
    };
    problem.classes[0].longer_days = Some(longer);
    assert_eq!(check(&problem, &list), []);
    longer.with = Some(SubjectIndex(5));
    problem.classes[0].longer_days = Some(longer);
    assert_eq!(
        check(&problem, &list),
        [Violation::TooManyLongDays(CohortIndex(0))]
    );
    problem.classes[0].longer_days = None;
    problem.classes[0].max_per_day = 6;
    problem.teachers[1].max_per_day = Some(1);
    let list = [at(1, 0, 1), at(2, 0, 2), at(0, 0, 1)];
    assert_eq!(
        check(&problem, &list),
        [Violation::TeacherDayTooLong(TeacherIndex(1), 0)]
    );
}

#[test]
fn a_subject_twice_a_day_is_found() {
    let mut problem = problem();
    let list = [at(0, 0, 1), at(0, 0, 2)];
    let expected = Violation::SubjectTooOften(CohortIndex(0), SubjectIndex(0), 0);
    assert_eq!(check(&problem, &list), [expected]);
    problem.activities[0].max_per_day = 2;
    assert_eq!(check(&problem, &list), []);
}

#[test]
fn blocks_that_come_apart_and_pins_that_move_are_found() {
    let mut problem = problem();
    problem.blocks = vec![vec![ActivityIndex(0), ActivityIndex(1)]];
    let apart = [at(0, 0, 1), at(1, 0, 1), at(0, 1, 1)];
    assert_eq!(check(&problem, &apart), [Violation::BlockApart(ActivityIndex(1))]);
    problem.blocks.clear();
    let hour = Hour::new(3, 1);
    problem.activities[2].pins = vec![Pin {
        hour,
        double: false,
        room: None,
    }];
    assert_eq!(
        check(&problem, &[at(2, 0, 1)]),
        [Violation::PinBroken(ActivityIndex(2), hour)]
    );
    assert_eq!(check(&problem, &[at(2, 3, 1)]), []);
}

#[test]
fn lessons_that_the_problem_does_not_have_are_found() {
    let problem = problem();
    let double = Placement {
        length: 2,
        ..at(0, 0, 1)
    };
    for wrong in [
        at(9, 0, 1),
        at(0, 7, 1),
        at(0, 0, 0),
        in_room(at(0, 0, 1), 9),
        double,
    ] {
        assert!(check(&problem, &[wrong]).contains(&Violation::NoSuchLesson(wrong)));
    }
    let list = [at(2, 0, 1), at(2, 1, 1)];
    assert_eq!(
        check(&problem, &list),
        [Violation::NoSuchLesson(list[1])],
        "one too many"
    );
}

#[test]
fn a_way_between_buildings_without_time_is_found() {
    let mut problem = problem();
    problem.activities[1].rooms = RoomNeed::Features(Vec::new());
    problem.activities[2].rooms = RoomNeed::Features(Vec::new());
    problem.rooms[0].building = Some(BuildingIndex(0));
    problem.rooms[1].building = Some(BuildingIndex(1));
    problem.travel = Some(Travel {
        slots: 1,
        long_breaks: vec![2],
        hard: true,
    });
    let list = [in_room(at(1, 0, 1), 0), in_room(at(2, 0, 2), 1), at(0, 0, 1)];
    assert_eq!(check(&problem, &list), [Violation::TooFar(list[0], list[1])]);
    problem.travel = Some(Travel {
        slots: 1,
        long_breaks: vec![1],
        hard: true,
    });
    assert_eq!(
        check(&problem, &list),
        [],
        "the break after the first lesson is long"
    );
    problem.travel = Some(Travel {
        slots: 1,
        long_breaks: vec![],
        hard: false,
    });
    assert_eq!(check(&problem, &list), []);
}
