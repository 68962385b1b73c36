use jiff::civil::{Date, date, time};
use model::{GroupId, InstitutionId, PersonId, Weekday};

use super::*;
use crate::{WeekCycle, changes::LessonChange};

const MONDAY: Date = date(2026, 11, 23);
const TUESDAY: Date = date(2026, 11, 24);

fn slot(number: u8, teacher: u128) -> Slot {
    Slot {
        weekday: Weekday::of(MONDAY),
        number,
        start: time(7 + number as i8, 30, 0, 0),
        end: time(8 + number as i8, 15, 0, 0),
        cycle: WeekCycle::Every,
        group: GroupId::from_bits(1),
        subject: "Алгебра".to_owned(),
        title: "7А".to_owned(),
        teacher: Some(PersonId::from_bits(teacher)),
        teacher_name: format!("Учитель {teacher}"),
        room: "12".to_owned(),
    }
}

fn class() -> Owner {
    Owner::Class(GroupId::from_bits(1))
}

fn teacher(number: u128) -> Owner {
    Owner::Teacher(PersonId::from_bits(number))
}

fn change(before: Option<DatedLesson>, after: Option<DatedLesson>) -> LessonChange {
    LessonChange {
        before,
        after,
        note: "болезнь".to_owned(),
        by: PersonId::from_bits(9),
        at: "2026-11-22T10:00:00Z".parse().expect("a moment"),
    }
}

fn on(owner: Owner, slots: &[Slot], day: Date, changes: &[LessonChange]) -> Vec<(u8, LessonState)> {
    let week = Timetable::new(owner, InstitutionId::from_bits(1), slots.to_vec());
    let lessons = week.planned(day, changes, |_| false);
    lessons
        .into_iter()
        .map(|lesson| (lesson.slot.number, lesson.state))
        .collect()
}

#[test]
fn a_cover_stands_in_the_weeks_of_the_class_and_of_both_teachers() {
    let before = DatedLesson::of(MONDAY, &slot(2, 1));
    let after = DatedLesson::of(MONDAY, &slot(2, 5));
    let changes = [change(Some(before), Some(after))];
    let usual = (1, LessonState::Usual);
    assert_eq!(
        on(class(), &[slot(1, 1), slot(2, 1)], MONDAY, &changes),
        [usual.clone(), (2, LessonState::Replaced(slot(2, 1)))]
    );
    assert_eq!(
        on(teacher(1), &[slot(1, 1), slot(2, 1)], MONDAY, &changes),
        [usual, (2, LessonState::Covered("Учитель 5".to_owned()))]
    );
    assert_eq!(
        on(teacher(5), &[], MONDAY, &changes),
        [(2, LessonState::Replaced(slot(2, 1)))]
    );
    assert_eq!(on(class(), &[slot(2, 1)], TUESDAY, &changes), []);
}

#[test]
fn a_lesson_of_two_teachers_stays_with_both_when_only_its_room_changes() {
    let mut elsewhere = slot(2, 1);
    elsewhere.room = "305".to_owned();
    let (before, after) = (
        DatedLesson::of(MONDAY, &slot(2, 1)),
        DatedLesson::of(MONDAY, &elsewhere),
    );
    let changes = [change(Some(before), Some(after))];
    for holder in [teacher(1), teacher(2)] {
        assert_eq!(
            on(holder, &[slot(2, 1)], MONDAY, &changes),
            [(2, LessonState::Replaced(slot(2, 1)))]
        );
    }
    assert_eq!(on(teacher(2), &[], MONDAY, &changes), []);
}

#[test]
fn a_moved_lesson_is_named_at_both_its_times() {
    let moved = DatedLesson::of(TUESDAY, &slot(6, 1));
    let changes = [change(
        Some(DatedLesson::of(MONDAY, &slot(2, 1))),
        Some(moved.clone()),
    )];
    assert_eq!(
        on(class(), &[slot(2, 1)], MONDAY, &changes),
        [(2, LessonState::MovedAway(moved.key()))]
    );
    let from = DatedLesson::of(MONDAY, &slot(2, 1)).key();
    assert_eq!(
        on(class(), &[slot(2, 1)], TUESDAY, &changes),
        [(6, LessonState::MovedHere(from))]
    );
}

#[test]
fn a_cancelled_lesson_stays_in_sight_and_an_additional_one_appears() {
    let cancelled = change(Some(DatedLesson::of(MONDAY, &slot(2, 1))), None);
    let additional = change(None, Some(DatedLesson::of(MONDAY, &slot(7, 1))));
    let lessons = on(class(), &[slot(2, 1)], MONDAY, &[cancelled, additional]);
    assert_eq!(
        lessons,
        [(2, LessonState::Cancelled), (7, LessonState::Additional)]
    );
    assert!(!lessons[0].1.is_held() && lessons[1].1.is_held());
}

#[test]
fn a_change_of_a_lesson_that_is_no_longer_published_shows_nothing_of_it() {
    let cancelled = change(Some(DatedLesson::of(MONDAY, &slot(2, 1))), None);
    assert_eq!(on(class(), &[], MONDAY, &[cancelled]), []);
}

#[test]
fn a_lesson_brought_to_a_day_off_is_held() {
    let moved = change(
        Some(DatedLesson::of(TUESDAY, &slot(2, 1))),
        Some(DatedLesson::of(MONDAY, &slot(3, 1))),
    );
    let week = Timetable::new(class(), InstitutionId::from_bits(1), vec![slot(1, 1)]);
    let lessons = week.planned(MONDAY, &[moved], |_| true);
    assert_eq!(lessons.len(), 1);
    assert!(lessons[0].state.is_held());
}

#[test]
fn a_change_reads_back_and_has_one_name_for_one_published_lesson() {
    let before = DatedLesson::of(MONDAY, &slot(2, 1));
    let cancelled = change(Some(before.clone()), None);
    let covered = change(Some(before), Some(DatedLesson::of(MONDAY, &slot(2, 5))));
    assert_eq!(cancelled.id(), covered.id());
    let text = serde_json::to_string(&covered).expect("a text");
    assert_eq!(
        serde_json::from_str::<LessonChange>(&text).expect("a change"),
        covered
    );
    assert!(text.len() < 450, "{} bytes: {text}", text.len());
    assert_eq!((covered.teachers().count(), covered.weeks().count()), (2, 1));
}
