//! The rules on generated schools: whatever is asked in whatever order, nobody is in two places.

mod rules;
mod school;

use std::collections::BTreeSet;

use proptest::prelude::*;
use timetables::ChangeEdit;

use super::{
    clash::Pupils,
    name::LessonName,
    offers::{rooms_for, teachers_for},
    order::{Order, Refusal, Wish},
    plan::Plan,
    week::Held,
};
use school::{ask, days, lesson_names, order, school, wish};

/// The pairs of lessons that somebody has ever merged.
type Merged = BTreeSet<[String; 2]>;

/// Whether the two lessons may go on at one time: one teacher takes two groups in one room, as somebody has said, or two
/// subgroups learn side by side.
fn may_meet(plan: &Plan, merged: &Merged, a: &Held, b: &Held) -> Result<(), String> {
    let one = (&a.lesson.slot, &b.lesson.slot);
    let mut pair = [a.id.clone(), b.id.clone()];
    pair.sort();
    let in_one_place = one.0.teacher == one.1.teacher && one.0.room == one.1.room && merged.contains(&pair);
    if !a.teachers.is_disjoint(&b.teachers) && !in_one_place {
        return Err(format!("a teacher twice: {a:?} {b:?}"));
    }
    if !one.0.room.is_empty() && one.0.room == one.1.room && !in_one_place {
        return Err(format!("a room twice: {a:?} {b:?}"));
    }
    let week = plan.week_of(a.lesson.date).expect("a week");
    let subgroups = week.side_by_side((one.0.group, one.1.group), |_, _| true);
    if a.shares_class(b) && !subgroups && !in_one_place {
        return Err(format!("a pupil twice: {a:?} {b:?}"));
    }
    Ok(())
}

/// What is wrong with the plan, if anything is.
fn fault(plan: &Plan, merged: &Merged) -> Result<(), String> {
    for week in plan.weeks.values() {
        for date in days(week.week) {
            let held = week.held_on(date);
            for (place, one) in held.iter().enumerate() {
                for other in held[place + 1..].iter().filter(|other| other.overlaps(one)) {
                    may_meet(plan, merged, one, other)?;
                }
            }
        }
    }
    Ok(())
}

/// Notes that a lesson has joined another one, and with it those that had joined that one before.
fn merge(merged: &mut Merged, plan: &Plan, name: LessonName, host: &Held) {
    let week = plan.week_of(host.lesson.date).expect("a week");
    let together = week.held_on(host.lesson.date);
    let together = together
        .iter()
        .filter(|held| held.id == host.id || super::clash::are_one(held, host));
    for other in together.filter(|held| held.id != name.to_string()) {
        let mut pair = [name.to_string(), other.id.clone()];
        pair.sort();
        merged.insert(pair);
    }
}

fn all_held(plan: &Plan) -> Vec<Held> {
    let weeks = plan.weeks.values();
    weeks
        .flat_map(|week| days(week.week).flat_map(|date| week.held_on(date)))
        .collect()
}

fn done(plan: &Plan, name: LessonName, wish: Wish) -> Result<(Plan, Vec<ChangeEdit>), Refusal> {
    let edits = order(plan, name, wish).edits(plan, &Pupils::new())?;
    Ok((plan.with(&edits), edits))
}

proptest! {
    #[test]
    fn no_two_changes_leave_a_teacher_a_room_or_a_pupil_twice_at_one_time(
        school in school(),
        asks in proptest::collection::vec(ask(), 1..25),
    ) {
        let mut plan = school;
        let mut merged = Merged::new();
        let published = fault(&plan, &merged);
        prop_assert!(published.is_ok(), "the published week: {published:?}");
        for ask in asks {
            let names = lesson_names(&plan);
            let Some(name) = names.get(ask.lesson % names.len().max(1)).copied() else { continue };
            let wish = wish(&plan, &names, ask);
            if let Ok((after, _)) = done(&plan, name, wish.clone()) {
                plan = after;
                if let Wish::Merge { with } = wish {
                    let host = plan.lesson(with).expect("the other lesson").now;
                    merge(&mut merged, &plan, name, &host);
                }
                let found = fault(&plan, &merged);
                prop_assert!(found.is_ok(), "{found:?}");
            }
        }
    }

    #[test]
    fn what_is_done_and_taken_back_leaves_the_published_week(
        school in school(),
        asks in proptest::collection::vec(ask(), 1..12),
    ) {
        let published = all_held(&school);
        for ask in asks {
            let names = lesson_names(&school);
            let Some(name) = names.get(ask.lesson % names.len().max(1)).copied() else { continue };
            if let Ok((after, _)) = done(&school, name, wish(&school, &names, ask)) {
                let (back, _) = done(&after, name, Wish::TakeBack).expect("what was published is free");
                prop_assert_eq!(&all_held(&back), &published);
                prop_assert!(back.weeks.values().all(|week| week.changes().next().is_none()));
            }
        }
    }

    #[test]
    fn whoever_is_offered_is_free_and_so_is_each_room(
        school in school(),
        asks in proptest::collection::vec(ask(), 1..12),
    ) {
        let mut plan = school;
        for ask in asks {
            let names = lesson_names(&plan);
            let Some(name) = names.get(ask.lesson % names.len().max(1)).copied() else { continue };
            let lesson = plan.lesson(name).expect("a lesson");
            let week = plan.week_of(lesson.now.lesson.date).expect("a week");
            let held = week.held_on(lesson.now.lesson.date);
            let meets = |other: &&Held| other.id != lesson.now.id && other.overlaps(&lesson.now);
            for offer in teachers_for(week, &plan.teachers, &lesson.now, None) {
                let busy = held.iter().filter(meets).any(|other| other.teachers.contains(&offer.teacher));
                prop_assert!(!busy, "{offer:?}");
            }
            for offer in rooms_for(week, &lesson.now) {
                let taken = held.iter().filter(meets).any(|other| other.lesson.slot.room == offer.room);
                prop_assert!(!taken, "{offer:?}");
            }
            if let Ok((after, _)) = done(&plan, name, wish(&plan, &names, ask)) {
                plan = after;
            }
        }
    }

    #[test]
    fn a_change_is_written_where_it_stands_and_nowhere_else_twice(
        school in school(),
        asks in proptest::collection::vec(ask(), 1..12),
    ) {
        let mut plan = school;
        for ask in asks {
            let names = lesson_names(&plan);
            let Some(name) = names.get(ask.lesson % names.len().max(1)).copied() else { continue };
            let Ok((after, edits)) = done(&plan, name, wish(&plan, &names, ask)) else { continue };
            let written = super::concerned::grouped(&plan, &edits, &std::collections::BTreeMap::new());
            prop_assert!(written.len() <= store::Table::MOST_IN_TRANSACTION, "{}", written.len());
            for edit in edits.iter().filter(|edit| !edit.is_removed) {
                for week in edit.change.weeks() {
                    for teacher in edit.change.teachers() {
                        let of = timetables::Concerned::Week(timetables::Owner::Teacher(teacher));
                        let there = written.get(&(of, week)).expect("the teacher's week");
                        prop_assert!(there.iter().any(|there| there == edit));
                    }
                }
            }
            plan = after;
        }
    }
}

#[test]
fn an_order_on_an_older_version_is_stale_and_says_what_stands() {
    let plan = school::small();
    let name = lesson_names(&plan)[0];
    let (after, _) = done(&plan, name, Wish::Cancel).expect("it is cancelled");
    let late = Order {
        seen: 0,
        ..order(&after, name, Wish::Cancel)
    };
    let Err(Refusal::Stale(lesson)) = late.edits(&after, &Pupils::new()) else {
        panic!("not stale");
    };
    assert_eq!((lesson.version(), lesson.is_held), (1, false));
}
