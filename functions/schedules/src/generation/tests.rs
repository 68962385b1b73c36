//! From a draft to the problem and back: nothing is lost, nothing is broken, whatever the draft.

mod school;

use std::collections::BTreeSet;

use jiff::civil::{date, time};
use model::{GroupId, InstitutionKind};
use proptest::prelude::*;
use timetable_generator::{Control, Options, solve};
use timetable_norms::NormTable;
use timetables::WeekCycle;

use school::*;

use super::{
    limits::Limits,
    outcome::{Outcome, Why},
    plan::{Mode, Plan, Wish},
    tasks::tasks,
};
use crate::{
    drafts::{Bells, Board, DraftLesson, Hour, Terms},
    item::{BellRule, InstitutionRules},
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_lesson_is_lost_and_nothing_that_is_written_back_is_in_conflict(
        hours in proptest::collection::vec(0u8..9, 8), lessons in lessons(), mode in 0usize..3, seed in any::<u64>(),
    ) {
        let draft = with(school(&hours), &lessons);
        let outcome = generated(&draft, Mode::ALL[mode], seed);
        let bells = bells();
        let board = Board { draft: &outcome.draft, bells: &bells };
        prop_assert_eq!(board.all_conflicts(), vec![]);
        prop_assert_eq!(halves_of(&outcome), wanted(&draft));
        prop_assert!(outcome.left.iter().all(|left| !left.reasons.is_empty()));
    }

    #[test]
    fn lessons_that_are_pinned_where_they_can_be_stay_there(hours in proptest::collection::vec(1u8..7, 8), lessons in lessons()) {
        let pins: Vec<Put> = lessons.into_iter().map(|(class, of, day, number, _, _)| (class, of, day, number, 0, true)).collect();
        let mut draft = school(&hours);
        for pin in &pins {
            let tried = with(draft.clone(), std::slice::from_ref(pin));
            if (Board { draft: &tried, bells: &bells() }).all_conflicts().is_empty() {
                draft = tried;
            }
        }
        let standing: BTreeSet<DraftLesson> = draft.lessons().map(|(_, lesson)| lesson.clone()).collect();
        let outcome = generated(&draft, Mode::Anew, 1);
        let kept: BTreeSet<DraftLesson> = outcome
            .draft
            .lessons()
            .map(|(_, lesson)| lesson.clone())
            .collect();
        let lost: Vec<&DraftLesson> = standing.difference(&kept).collect();
        prop_assert!(lost.is_empty(), "{lost:?} of {:?}", outcome.left);
        prop_assert_eq!(halves_of(&outcome), wanted(&draft));
    }
}

#[test]
fn equal_seeds_give_equal_timetables_and_hours_of_a_half_stand_every_other_week() {
    let draft = school(&[3, 4, 5]);
    let (one, again) = (generated(&draft, Mode::Anew, 7), generated(&draft, Mode::Anew, 7));
    assert_eq!(one, again);
    let of_weeks = one
        .draft
        .lessons()
        .filter(|(_, lesson)| lesson.cycle != WeekCycle::Every);
    let odd = tasks(&draft)
        .iter()
        .filter(|task| task.cycle != WeekCycle::Every)
        .count();
    assert!(odd > 0);
    assert_eq!(
        of_weeks.count()
            + one
                .left
                .iter()
                .filter(|left| left.cycle != WeekCycle::Every)
                .count(),
        odd
    );
}

#[test]
fn only_missing_lessons_are_placed_when_nothing_else_may_move() {
    let standing = [
        (1, 1, 1, 1, 0, false),
        (2, 1, 1, 2, 0, false),
        (1, 2, 1, 2, 0, false),
    ];
    let draft = with(school(&[4]), &standing);
    let before: BTreeSet<DraftLesson> = draft.lessons().map(|(_, lesson)| lesson.clone()).collect();
    let outcome = generated(&draft, Mode::Complete, 3);
    let after: BTreeSet<DraftLesson> = outcome
        .draft
        .lessons()
        .map(|(_, lesson)| lesson.clone())
        .collect();
    assert!(before.is_subset(&after), "{before:?}");
    assert!(after.len() > before.len());
}

#[test]
fn a_teacher_with_more_lessons_than_hours_is_named() {
    let mut draft = school(&[4]);
    for weekday in 1..=5 {
        for number in 1..=6 {
            draft.terms.set_available(
                teacher(7),
                Hour(day(weekday), number),
                (weekday, number) == (1, 1),
            );
        }
    }
    let choir = GroupId::from_bits(9);
    for class in draft.classes.values_mut() {
        let course = class
            .courses
            .iter_mut()
            .find(|course| course.group == choir)
            .expect("a choir");
        course.hours = Some(6);
    }
    let outcome = generated(&draft, Mode::Anew, 1);
    let left = outcome
        .left
        .iter()
        .find(|left| left.group == choir)
        .expect("a lesson without a place");
    assert!(
        left.reasons.contains(&Why::TeacherOverloaded {
            teacher: teacher(7),
            lessons: 3,
            hours: 1
        }),
        "{left:?}"
    );
}

#[test]
fn a_day_has_no_more_lessons_than_the_norm_allows_and_grade_one_rests_on_saturdays() {
    let mut draft = school(&[2]);
    for class in draft.classes.values_mut() {
        for course in &mut class.courses {
            course.grade = Some(1);
        }
    }
    let table = NormTable::shipped().expect("the shipped norms");
    let limits = Limits::new(&table, date(2026, 11, 30), InstitutionKind::General);
    let plan = Plan::of(
        &draft,
        &bells(),
        &limits,
        Wish {
            mode: Mode::Anew,
            days: 6,
        },
    );
    let first = &plan.problem.classes[0];
    assert_eq!(
        (first.max_per_day, first.longer_days.map(|longer| longer.extra)),
        (4, Some(1))
    );
    assert_eq!(first.closed.iter().filter(|hour| hour.day == 5).count(), 6);
    let elsewhere = Limits::new(&table, date(2026, 11, 30), InstitutionKind::Additional);
    let plan = Plan::of(
        &draft,
        &bells(),
        &elsewhere,
        Wish {
            mode: Mode::Anew,
            days: 6,
        },
    );
    assert_eq!(
        (
            plan.problem.classes[0].max_per_day,
            plan.problem.classes[0].windows_allowed
        ),
        (6, true)
    );
}

#[test]
fn lessons_that_meet_by_bells_that_no_row_of_slots_can_say_are_taken_out_and_told() {
    let bell = |number, grades: &[u8], hour, minute| BellRule {
        shift: 1,
        number,
        grades: grades.to_vec(),
        from: None,
        start: time(hour, minute, 0, 0),
        end: time(hour, minute, 0, 0).saturating_add(jiff::ToSpan::minutes(40)),
    };
    // The only lesson of grade 1 lasts into the second one of the others.
    let rules = InstitutionRules {
        bells: vec![bell(1, &[], 8, 30), bell(2, &[], 9, 20), bell(1, &[1], 9, 0)],
        ..InstitutionRules::none(model::InstitutionId::from_bits(1))
    };
    let bells = Bells::new(rules);
    let mut draft = school(&[0]);
    draft.terms = Terms::default();
    for (number, grade) in [(1, 1), (2, 5)] {
        let class = draft.classes.get_mut(&group(number, 0)).expect("a class");
        class.courses.retain(|course| course.group == group(number, 1));
        class.courses[0].hours = Some(10);
        class.courses[0].grade = Some(grade);
        class.courses[0].teachers = vec![teacher(1)];
    }
    draft.classes.remove(&group(3, 0));
    let table = NormTable::shipped().expect("the shipped norms");
    let limits = Limits::new(&table, date(2026, 11, 30), InstitutionKind::Additional);
    let wish = Wish {
        mode: Mode::Anew,
        days: 5,
    };
    let plan = Plan::of(&draft, &bells, &limits, wish);
    let solution = solve(
        &plan.problem,
        &Options {
            seed: 1,
            steps: 4_000,
            previous: vec![],
        },
        |_| Control::Continue,
    );
    let solution = solution.expect("a problem without faults");
    let outcome = Outcome::of(&plan, &draft, &bells, &solution.placements, &solution.unplaced);
    let board = Board {
        draft: &outcome.draft,
        bells: &bells,
    };
    assert_eq!(board.all_conflicts(), []);
    assert_eq!(halves_of(&outcome), wanted(&draft));
    assert!(
        outcome.left.iter().any(|left| left.reasons == [Why::Bells]),
        "{:?}",
        outcome.left
    );
}

#[test]
fn a_school_of_two_buildings_has_ways_and_its_long_breaks() {
    let mut rules = bells().rules().clone();
    for short in ["1", "2"] {
        let building = crate::buildings::Building {
            short: short.to_owned(),
            name: short.to_owned(),
            address: String::new(),
        };
        rules.buildings.put(None, building, &[]).expect("a building");
    }
    rules.buildings.put_room("2/Спортзал", Some(60)).expect("a room");
    let mut draft = school(&[3]);
    draft.terms = Terms::default();
    let table = NormTable::shipped().expect("the shipped norms");
    let limits = Limits::new(&table, date(2026, 11, 30), InstitutionKind::Additional);
    let wish = Wish {
        mode: Mode::Anew,
        days: 5,
    };
    let planned = |draft: &crate::drafts::Draft, rules: &InstitutionRules| {
        Plan::of(draft, &Bells::new(rules.clone()), &limits, wish)
    };
    for class in draft.classes.values_mut() {
        for course in &mut class.courses {
            course.rooms = if course.subject == "Физическая культура" {
                vec!["2 / Спортзал".to_owned()]
            } else {
                vec!["214".to_owned(), "1 / 214".to_owned()]
            };
        }
    }
    assert_eq!(
        planned(&draft, &rules).problem.travel,
        None,
        "nobody has said how far it is"
    );
    rules.buildings.set_passage(10).expect("minutes");
    let plan = planned(&draft, &rules);
    assert_eq!(
        plan.rooms,
        ["1 / 214", "2 / Спортзал"],
        "one room under two names is one"
    );
    let buildings: Vec<_> = plan.problem.rooms.iter().map(|room| room.building).collect();
    assert_eq!(buildings, [Some(0.into()), Some(1.into())]);
    assert_eq!(plan.problem.rooms[1].capacity, Some(60));
    let travel = plan.problem.travel.expect("a way");
    assert_eq!((travel.slots, travel.hard), (1, false));
    assert_eq!(travel.long_breaks, plan.slots.long_breaks(10));
    for class in draft.classes.values_mut() {
        class
            .courses
            .iter_mut()
            .for_each(|course| course.rooms = vec!["214".to_owned()]);
    }
    assert_eq!(
        planned(&draft, &rules).problem.travel,
        None,
        "nobody leaves the main one"
    );
}
