//! Schools of two buildings.

mod tiny;

use timetable_generator::{
    Activity, BuildingIndex, Control, Criterion, Options, Problem, RoomIndex, RoomNeed, Solution, Travel,
    check, solve,
};
use tiny::{lesson, tiny};

/// Two classes, each in a building of its own, taught by the same two teachers, on three days of four lessons.
fn two_buildings(travel: Option<Travel>) -> Problem {
    let mut problem = tiny(2);
    (problem.days, problem.slots) = (3, 4);
    for class in &mut problem.classes {
        class.last = 4;
        class.max_per_day = 4;
    }
    for building in 0..2 {
        problem.rooms[building as usize].building = Some(BuildingIndex(building));
    }
    let in_room = |class: u32, teacher: u32, subject: u32| Activity {
        rooms: RoomNeed::OneOf(vec![RoomIndex(class)]),
        max_per_day: 2,
        ..lesson(class, teacher, subject, 3)
    };
    problem.activities = vec![
        in_room(0, 0, 0),
        in_room(0, 1, 1),
        in_room(1, 0, 0),
        in_room(1, 1, 1),
    ];
    problem.travel = travel;
    problem
}

fn solved(problem: &Problem) -> Solution {
    let options = Options {
        seed: 1,
        steps: 20_000,
        previous: Vec::new(),
    };
    let solution = solve(problem, &options, |_| Control::Continue).expect("a problem without faults");
    assert_eq!(check(problem, &solution.placements), []);
    assert!(solution.unplaced.is_empty(), "{:?}", solution.unplaced);
    solution
}

fn travel(long_breaks: Vec<u8>) -> Travel {
    Travel {
        slots: 1,
        long_breaks,
        hard: false,
    }
}

#[test]
fn teachers_change_buildings_only_where_there_is_time_if_that_is_possible() {
    // On four days each class can have two for itself, if nothing else is weighed as much.
    let mut problem = two_buildings(Some(travel(vec![])));
    problem.days = 4;
    problem.weights.travel = 1_000;
    assert_eq!(solved(&problem).score.amount(Criterion::Travel), 0);
    problem.weights.travel = 0;
    assert!(
        solved(&problem).score.amount(Criterion::Travel) > 0,
        "it does not come by itself"
    );
}

#[test]
fn a_break_that_is_long_enough_needs_no_free_lesson() {
    // Whatever stands after whatever, each break is long: nothing is counted.
    let problem = two_buildings(Some(travel(vec![1, 2, 3])));
    assert_eq!(solved(&problem).score.amount(Criterion::Travel), 0);
    // Three lessons of each teacher a day leave no free one before the way: only the break after the second lesson serves.
    let mut full = two_buildings(Some(travel(vec![2])));
    full.days = 2;
    for activity in &mut full.activities {
        activity.lessons = 4;
    }
    assert_eq!(solved(&full).score.amount(Criterion::Travel), 0);
    full.travel = Some(travel(vec![]));
    assert!(
        solved(&full).score.amount(Criterion::Travel) > 0,
        "nothing is left out for the way's sake"
    );
}
