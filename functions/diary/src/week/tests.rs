use gradebook::{CellMark, CellValue, Homework, RowKey};
use jiff::civil::{date, time};
use model::{
    DayOff, DayOffKind, InstitutionCalendar, InstitutionId, Mark, PersonId, Weekday, Weight, WorkId, WorkKind,
};
use timetables::{DatedLesson, LessonChange, Owner, Slot, Timetable, WeekCycle};

use super::*;

const MONDAY: Date = date(2026, 11, 23);

fn group(number: u128) -> GroupId {
    GroupId::from_bits(number)
}

fn slot(number: u8, group_number: u128, subject: &str) -> Slot {
    Slot {
        weekday: Weekday::of(MONDAY),
        number,
        start: time(8, 30, 0, 0),
        end: time(9, 15, 0, 0),
        cycle: WeekCycle::Every,
        group: group(group_number),
        subject: subject.to_owned(),
        title: "7А".to_owned(),
        teacher: None,
        teacher_name: "Иванова А. П.".to_owned(),
        room: "12".to_owned(),
    }
}

fn timetable(slots: Vec<Slot>) -> Timetable {
    Timetable::new(Owner::Class(group(1)), InstitutionId::from_bits(1), slots)
}

fn calendar(days_off: Vec<DayOff>) -> InstitutionCalendar {
    InstitutionCalendar {
        time_zone: "Europe/Moscow".to_owned(),
        days_off,
    }
}

fn opened(group_number: u128, number: u8) -> ClassLesson {
    ClassLesson {
        journal: group(group_number),
        lesson: LessonKey { date: MONDAY, number },
        subject: "Алгебра".to_owned(),
        topic: "Дроби".to_owned(),
        homework: Some(Homework {
            pupils: vec![],
            due: None,
            text: "№ 5".to_owned(),
            minutes: Some(20),
        }),
    }
}

fn row(group_number: u128, number: u8) -> PupilRow {
    let mark = CellMark {
        work: WorkId::FIRST,
        mark: Mark::Grade(5),
        kind: WorkKind::Answer,
        weight: Weight::ONE,
        publication: model::Publication::AT_ONCE,
    };
    let value = CellValue {
        attendance: Some(Attendance::Late),
        marks: vec![mark],
        comment: None,
    };
    PupilRow {
        key: RowKey {
            journal: group(group_number),
            period: "q2".parse().expect("a period"),
            pupil: PersonId::from_bits(9),
        },
        subject: "Алгебра".to_owned(),
        rule: model::MarkingRule::USUAL,
        cells: [(LessonKey { date: MONDAY, number }, Cell { version: 1, value })].into(),
        result: None,
    }
}

fn monday(
    timetable: &Timetable,
    calendar: &InstitutionCalendar,
    opened: &[ClassLesson],
    rows: &[PupilRow],
) -> Day {
    let learns_in = [10, 11].map(|number| learns(number, None, None));
    monday_of((timetable, &[]), calendar, opened, rows, &learns_in)
}

fn learns(group_number: u128, from: Option<Date>, until: Option<Date>) -> LearnsIn {
    LearnsIn {
        group: group(group_number),
        from,
        until,
    }
}

fn monday_of(
    (timetable, changes): (&Timetable, &[LessonChange]),
    calendar: &InstitutionCalendar,
    opened: &[ClassLesson],
    rows: &[PupilRow],
    learns_in: &[LearnsIn],
) -> Day {
    let plan = WeekPlan {
        timetable: Some(timetable.clone()),
        calendars: [(InstitutionId::from_bits(1), calendar.clone())].into(),
        changes: changes.to_vec(),
    };
    let sources = Sources {
        plan: &plan,
        opened,
        later: &[],
        rows,
        learns_in,
    };
    days(Week::of(MONDAY), &sources).remove(0)
}

#[test]
fn a_lesson_shows_what_the_timetable_and_the_journal_say_of_it() {
    let day = monday(
        &timetable(vec![slot(1, 10, "Алгебра")]),
        &calendar(vec![]),
        &[opened(10, 1)],
        &[row(10, 1)],
    );
    let lesson = &day.lessons[0];
    assert_eq!(
        (
            lesson.topic.as_str(),
            lesson.homework.as_str(),
            lesson.room.as_str()
        ),
        ("Дроби", "№ 5", "12")
    );
    assert_eq!(
        (lesson.marks.as_slice(), lesson.attendance),
        (&["5".to_owned()][..], Some(Attendance::Late))
    );
    assert!(!lesson.is_extra);
}

#[test]
fn of_two_subgroups_only_the_own_one_is_shown() {
    let day = monday(
        &timetable(vec![
            slot(2, 11, "Английский язык"),
            slot(2, 12, "Английский язык"),
        ]),
        &calendar(vec![]),
        &[opened(12, 2)],
        &[],
    );
    assert_eq!(
        day.lessons
            .iter()
            .map(|lesson| lesson.journal)
            .collect::<Vec<_>>(),
        [group(11)]
    );
}

#[test]
fn from_the_day_of_a_move_the_lessons_of_the_new_subgroup_are_shown() {
    let week = timetable(vec![
        slot(2, 11, "Английский язык"),
        slot(2, 12, "Английский язык"),
    ]);
    let moved = |day: i8| {
        let new = date(2026, 11, day);
        [
            learns(11, None, new.yesterday().ok()),
            learns(12, Some(new), None),
        ]
    };
    for (day, expected) in [(23, 12), (24, 11)] {
        let shown = monday_of((&week, &[]), &calendar(vec![]), &[], &[], &moved(day));
        let journals: Vec<_> = shown.lessons.iter().map(|lesson| lesson.journal).collect();
        assert_eq!(journals, [group(expected)], "moved on the {day}th");
    }
}

#[test]
fn a_substitution_is_in_the_diary_at_its_next_reading() {
    let published = slot(1, 10, "Алгебра");
    let covered = Slot {
        teacher_name: "Лебедев П. И.".to_owned(),
        room: "31".to_owned(),
        ..published.clone()
    };
    let change = LessonChange {
        before: Some(DatedLesson::of(MONDAY, &published)),
        after: Some(DatedLesson::of(MONDAY, &covered)),
        note: "курсы".to_owned(),
        by: PersonId::from_bits(5),
        at: "2026-11-22T10:00:00Z".parse().expect("a moment"),
    };
    let learns_in = [learns(10, None, None)];
    let week = timetable(vec![published.clone()]);
    let day = monday_of(
        (&week, &[change]),
        &calendar(vec![]),
        &[opened(10, 1)],
        &[],
        &learns_in,
    );
    let lesson = &day.lessons[0];
    assert_eq!(
        (lesson.teacher.as_str(), lesson.room.as_str()),
        ("Лебедев П. И.", "31")
    );
    assert_eq!(
        (&lesson.state, lesson.topic.as_str()),
        (&LessonState::Replaced(published), "Дроби")
    );
}

#[test]
fn a_lesson_that_is_not_in_the_timetable_is_shown_as_additional() {
    let day = monday(
        &timetable(vec![]),
        &calendar(vec![]),
        &[opened(10, 7)],
        &[row(10, 7)],
    );
    assert!(day.lessons[0].is_extra);
    assert_eq!(day.lessons[0].marks, ["5"]);
}

#[test]
fn a_day_off_has_its_reason_and_no_planned_lessons() {
    let off = DayOff {
        date: MONDAY,
        title: "Карантин".to_owned(),
        kind: DayOffKind::Closed,
    };
    let day = monday(
        &timetable(vec![slot(1, 10, "Алгебра")]),
        &calendar(vec![off]),
        &[],
        &[],
    );
    assert_eq!((day.day_off.as_deref(), day.lessons.len()), (Some("Карантин"), 0));
}
