//! The rules one by one, on a small school.

use std::collections::BTreeSet;

use jiff::civil::date;
use model::{DayOff, DayOffKind, LessonKey, PersonId, Week};

use super::{
    super::{
        clash::{Clash, Pupils, clashes, doubtful},
        name::LessonName,
        offers::{Fit, rooms_for, teachers_for},
        order::{Refusal, Wish},
    },
    done, order,
    school::{MONDAY, class, group, plan_of, slot, small, teacher},
};

fn name(number: u8, of: (u128, u128)) -> LessonName {
    LessonName {
        key: LessonKey { date: MONDAY, number },
        group: group(of.0, of.1),
    }
}

fn assign(teacher_number: u128) -> Wish {
    Wish::Assign {
        teacher: teacher(teacher_number),
        subject: None,
        room: None,
    }
}

#[test]
fn those_who_teach_the_subject_come_first_then_those_who_teach_the_class() {
    let plan = small();
    let lesson = plan.lesson(name(1, (0, 0))).expect("algebra");
    let week = plan.week_of(MONDAY).expect("a week");
    let offers = teachers_for(week, &plan.teachers, &lesson.now, None);
    let fits: Vec<_> = offers
        .iter()
        .map(|offer| (offer.teacher, offer.fit, offer.lessons))
        .collect();
    assert_eq!(
        fits,
        [
            (teacher(5), Fit::Subject, 0),
            (teacher(2), Fit::Class, 1),
            (teacher(3), Fit::Class, 1),
            (teacher(4), Fit::Class, 1),
        ]
    );
    let rooms: Vec<_> = rooms_for(week, &lesson.now)
        .into_iter()
        .map(|offer| (offer.room, offer.fit))
        .collect();
    assert_eq!(rooms[0], ("105".to_owned(), Fit::Subject));
    assert!(rooms.iter().all(|(room, _)| room != "101"), "{rooms:?}");
}

#[test]
fn whoever_is_absent_is_not_offered_and_whoever_was_relieved_comes_last() {
    let plan = small();
    let (plan, _) = done(&plan, name(2, (0, 1)), assign(5)).expect("history is covered");
    let lesson = plan.lesson(name(1, (0, 0))).expect("algebra");
    let week = plan.week_of(MONDAY).expect("a week");
    let offers = teachers_for(week, &plan.teachers, &lesson.now, Some(teacher(3)));
    assert!(offers.iter().all(|offer| offer.teacher != teacher(3)));
    let last = offers.last().expect("an offer");
    assert!(last.teacher == teacher(2) && last.is_relieved, "{last:?}");
}

#[test]
fn a_busy_teacher_is_refused_and_named() {
    let plan = small();
    let refused = done(&plan, name(2, (0, 1)), assign(1)).expect_err("algebra of the other class");
    let Refusal::Clashes(found) = refused else {
        panic!("{refused:?}")
    };
    assert!(
        matches!(found.as_slice(), [Clash::Teacher(held)] if held.lesson.slot.group == group(1, 0)),
        "{found:?}"
    );
}

#[test]
fn a_lesson_moves_where_its_class_teacher_and_room_are_free() {
    let plan = small();
    let to = |number| Wish::Move {
        to: LessonKey { date: MONDAY, number },
        room: None,
    };
    let (after, edits) = done(&plan, name(1, (0, 0)), Wish::Cancel).expect("called off");
    assert!(edits[0].change.after.is_none());
    // The second hour of the class is taken by history, its teacher teaches another class then, and so is the room.
    let Err(Refusal::Clashes(found)) = done(&after, name(1, (0, 0)), to(2)) else {
        panic!("it clashes")
    };
    let kinds: BTreeSet<_> = found
        .iter()
        .map(|clash| match clash {
            Clash::Teacher(_) => "teacher",
            Clash::Room(_) => "room",
            Clash::Pupils(_) => "pupils",
            Clash::DayOff(_) => "day off",
        })
        .collect();
    assert_eq!(kinds, BTreeSet::from(["pupils", "room", "teacher"]));
    assert_eq!(
        done(&plan, name(1, (0, 0)), to(9)).expect_err("no bell"),
        Refusal::NoBell
    );
    let tuesday = Wish::Move {
        to: LessonKey {
            date: date(2026, 11, 24),
            number: 2,
        },
        room: Some("7".to_owned()),
    };
    let (after, _) = done(&plan, name(1, (0, 0)), tuesday).expect("it is free");
    let lesson = after.lesson(name(1, (0, 0))).expect("the lesson");
    assert_eq!(
        (lesson.now.lesson.key().to_string(), lesson.now.lesson.slot.room),
        ("2026-11-24-02".to_owned(), "7".to_owned())
    );
}

#[test]
fn no_lesson_is_moved_to_a_day_off_and_next_week_is_as_good_as_this() {
    let off = DayOff {
        date: date(2026, 11, 25),
        title: "Карантин".to_owned(),
        kind: DayOffKind::Closed,
    };
    let plan = plan_of(&[(0, slot(1, 1, (0, 0), 1))], vec![off]);
    let to = |date| Wish::Move {
        to: LessonKey { date, number: 1 },
        room: None,
    };
    let Err(Refusal::Clashes(found)) = done(&plan, name(1, (0, 0)), to(date(2026, 11, 25))) else {
        panic!("it is a day off")
    };
    assert_eq!(found, [Clash::DayOff("Карантин".to_owned())]);
    let (after, edits) = done(&plan, name(1, (0, 0)), to(date(2026, 12, 1))).expect("it is free");
    assert_eq!(edits[0].change.weeks().count(), 2);
    for week in after.weeks.values() {
        assert!(week.change(&name(1, (0, 0)).to_string()).is_some());
    }
    let next = &after.weeks[&Week::of(date(2026, 12, 1))];
    assert_eq!(next.held_on(date(2026, 12, 1)).len(), 1);
}

#[test]
fn two_lessons_of_a_class_change_places_and_go_back_together() {
    let plan = small();
    let swap = Wish::Swap {
        with: name(2, (0, 1)),
        seen: 0,
    };
    // History's teacher is free at the first hour, but algebra's has another class at the second.
    assert!(matches!(
        done(&plan, name(1, (0, 0)), swap.clone()),
        Err(Refusal::Clashes(_))
    ));
    let (plan, _) = done(&plan, name(2, (1, 0)), assign(5)).expect("the other class is covered");
    // Its room is still taken by the other class.
    let (plan, _) = done(&plan, name(2, (1, 0)), Wish::Room("7".to_owned())).expect("a free room");
    let (after, edits) = done(&plan, name(1, (0, 0)), swap).expect("they change places");
    assert_eq!(edits.len(), 2);
    let numbers = |plan: &super::super::plan::Plan| {
        [name(1, (0, 0)), name(2, (0, 1))]
            .map(|name| plan.lesson(name).expect("a lesson").now.lesson.slot.number)
    };
    assert_eq!(numbers(&after), [2, 1]);
    let (back, edits) = done(&after, name(2, (0, 1)), Wish::TakeBack).expect("both go back");
    assert_eq!((numbers(&back), edits.len()), ([1, 2], 2));
}

#[test]
fn a_teacher_takes_both_subgroups_in_one_room() {
    let plan = small();
    let merge = Wish::Merge {
        with: name(3, (0, 3)),
    };
    let (after, _) = done(&plan, name(3, (0, 2)), merge).expect("they are merged");
    let slot = after.lesson(name(3, (0, 2))).expect("a lesson").now.lesson.slot;
    assert_eq!((slot.teacher, slot.room.as_str()), (Some(teacher(4)), "104"));
    // Whoever takes one of them alone leaves the other in a room that is taken.
    assert!(matches!(
        done(&after, name(3, (0, 3)), assign(2)),
        Err(Refusal::Clashes(_))
    ));
    let other_hour = Wish::Merge {
        with: name(2, (0, 1)),
    };
    assert_eq!(
        done(&plan, name(3, (0, 2)), other_hour).expect_err("another hour"),
        Refusal::NotTogether
    );
}

#[test]
fn groups_of_one_class_clash_unless_their_pupils_are_others() {
    // Algebra of the class and the first subgroup are never taught at one time.
    let plan = small();
    let moved = Wish::Move {
        to: LessonKey {
            date: MONDAY,
            number: 1,
        },
        room: None,
    };
    let order = order(&plan, name(3, (0, 2)), moved);
    let after = plan.with(&order.wanted(&plan).expect("a time"));
    let week = after.week_of(MONDAY).expect("a week");
    let lesson = after.lesson(name(3, (0, 2))).expect("a lesson");
    assert_eq!(
        doubtful(week, &lesson.now),
        BTreeSet::from([group(0, 0), group(0, 2)])
    );
    let pupils = |algebra: &[u128]| -> Pupils {
        let of = |ids: &[u128]| ids.iter().copied().map(PersonId::from_bits).collect();
        [(group(0, 0), of(algebra)), (group(0, 2), of(&[51, 52]))].into()
    };
    let found = |pupils: &Pupils| clashes(week, &lesson.now, pupils, |_| false);
    assert_eq!(found(&pupils(&[53])), []);
    assert!(matches!(found(&pupils(&[52])).as_slice(), [Clash::Pupils(_)]));
    assert_eq!(found(&Pupils::new()).len(), 1);
    // A group of which nobody is known to learn in it is not one without pupils.
    assert_eq!(found(&pupils(&[])).len(), 1);
}

#[test]
fn taking_back_is_refused_while_somebody_else_has_what_the_lesson_needs() {
    let plan = small();
    let (plan, _) = done(&plan, name(2, (0, 1)), Wish::Cancel).expect("history is called off");
    let (plan, _) = done(&plan, name(2, (1, 0)), assign(2)).expect("its teacher is free");
    let Err(Refusal::Clashes(found)) = done(&plan, name(2, (0, 1)), Wish::TakeBack) else {
        panic!("the teacher is busy")
    };
    assert!(matches!(found.as_slice(), [Clash::Teacher(_)]), "{found:?}");
}

#[test]
fn what_is_so_already_is_said_and_the_published_teacher_is_a_way_back() {
    let plan = small();
    assert_eq!(
        done(&plan, name(1, (0, 0)), Wish::TakeBack).expect_err("nothing to take back"),
        Refusal::Already
    );
    assert_eq!(
        done(&plan, name(1, (0, 0)), assign(77)).expect_err("nobody"),
        Refusal::UnknownTeacher
    );
    let (after, _) = done(&plan, name(1, (0, 0)), assign(5)).expect("covered");
    let (back, edits) = done(&after, name(1, (0, 0)), assign(1)).expect("back");
    assert!(edits[0].is_removed);
    assert_eq!(back.lesson(name(1, (0, 0))).expect("a lesson").version(), 0);
    assert!(
        back.week_of(MONDAY)
            .expect("a week")
            .classes_of(group(0, 0))
            .contains(&class(0))
    );
}
