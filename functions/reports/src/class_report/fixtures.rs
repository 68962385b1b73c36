//! A class of the tests: its groups, journals and rows.

use gradebook::{Cell, CellMark, CellValue, JournalPeriod, Lesson, PeriodResult, PupilRow, RowKey};
use jiff::civil::{Date, date};
use model::{
    Attendance, GroupKind, InstitutionId, MarkingRule, PersonName, Publication, Weight, Work, WorkId,
    WorkKind,
};
use rosters::{ClassTeaching, Group, GroupMemberships, LearnsIn, MemberRole};
use timetables::{LessonState, PlannedLesson, Slot, WeekCycle};

use super::*;

pub(crate) const CLASS: GroupId = GroupId::from_bits(7);
pub(crate) const ALGEBRA: GroupId = GroupId::from_bits(71);
pub(crate) const FIRST: GroupId = GroupId::from_bits(72);
pub(crate) const SECOND: GroupId = GroupId::from_bits(73);
pub(crate) const TODAY: Date = date(2026, 11, 23);

pub(crate) fn period() -> AcademicPeriod {
    AcademicPeriod {
        id: "2026-q2".parse().expect("a period"),
        title: "2 четверть".to_owned(),
        start: date(2026, 11, 9),
        end: date(2026, 12, 29),
    }
}

pub(crate) fn pupil(number: u128, groups: &[GroupId]) -> Membership {
    Membership {
        person: PersonId::from_bits(number),
        group: CLASS,
        group_kind: GroupKind::Class,
        role: MemberRole::Pupil,
        name: PersonName::parse(&format!("Андреев{number}"), "Саша", None).expect("a name"),
        institution: InstitutionId::from_bits(1),
        institution_name: String::new(),
        title: "7А".to_owned(),
        subject: None,
        grade: Some(7),
        periods: vec![],
        time_zone: String::new(),
        from: Some(date(2026, 9, 1)),
        until: None,
        learns_in: groups
            .iter()
            .map(|group| LearnsIn {
                group: *group,
                from: None,
                until: None,
            })
            .collect(),
    }
}

pub(crate) fn key(day: i8, number: u8) -> LessonKey {
    LessonKey {
        date: date(2026, 11, day),
        number,
    }
}

pub(crate) fn journal(
    group: GroupId,
    subject: &str,
    lessons: &[(i8, u8)],
    rows: Vec<PupilRow>,
) -> JournalSource {
    let taught = ClassTeaching {
        class: CLASS,
        group,
        subject: subject.to_owned(),
        title: "7А".to_owned(),
        teachers: vec![],
    };
    let lesson = |(day, number): &(i8, u8)| Lesson {
        journal: group,
        period: period().id,
        lesson: key(*day, *number),
        subject: subject.to_owned(),
        classes: vec![CLASS],
        topic: "Дроби".to_owned(),
        homework: None,
        works: vec![Work::answers()],
        opened_by: PersonId::from_bits(100),
    };
    let lessons = lessons.iter().map(|at| store::Stored::new(lesson(at))).collect();
    let period = JournalPeriod {
        lessons,
        rows,
        state: None,
    };
    JournalSource::new(taught, period, TODAY).expect("a journal")
}

pub(crate) fn row(
    group: GroupId,
    pupil: u128,
    cells: &[(i8, u8, Option<Attendance>, &[Mark])],
    result: Option<&str>,
) -> PupilRow {
    let key_of = RowKey {
        journal: group,
        period: period().id,
        pupil: PersonId::from_bits(pupil),
    };
    let mut row = PupilRow::empty(key_of, "Алгебра", MarkingRule::USUAL);
    for (day, number, attendance, marks) in cells {
        let marks = marks.iter().map(|mark| CellMark {
            work: WorkId::FIRST,
            mark: *mark,
            kind: WorkKind::Answer,
            weight: Weight::ONE,
            publication: Publication::AT_ONCE,
        });
        let value = CellValue {
            attendance: *attendance,
            marks: marks.collect(),
            comment: None,
        };
        row.cells.insert(key(*day, *number), Cell { version: 1, value });
    }
    row.result = result.map(|mark| PeriodResult {
        version: 1,
        mark: Some(mark.parse().expect("a result")),
        at: "2026-12-28T10:00:00Z".parse().expect("a moment"),
        by: PersonId::from_bits(100),
        attestation: None,
    });
    row
}

pub(crate) fn source(pupils: Vec<Membership>, journals: Vec<JournalSource>) -> ClassSource {
    let group = Group {
        group: CLASS,
        institution: InstitutionId::from_bits(1),
        kind: GroupKind::Class,
        title: "7А".to_owned(),
        subject: None,
        grade: Some(7),
        classes: vec![],
        periods: vec![period()],
        time_zone: "Europe/Moscow".to_owned(),
    };
    ClassSource {
        class: GroupMemberships {
            group,
            pupils,
            teachers: vec![],
        },
        period: period(),
        journals,
        planned: BTreeMap::new(),
        today: TODAY,
    }
}

/// A lesson of the timetable, given by nobody known.
pub(crate) fn planned(date: Date, group: GroupId, number: u8) -> PlannedLesson {
    PlannedLesson {
        slot: Slot {
            weekday: model::Weekday::of(date),
            number,
            start: jiff::civil::time(8, 30, 0, 0),
            end: jiff::civil::time(9, 15, 0, 0),
            cycle: WeekCycle::Every,
            group,
            subject: String::new(),
            title: String::new(),
            teacher: None,
            teacher_name: String::new(),
            room: String::new(),
        },
        state: LessonState::Usual,
        note: String::new(),
    }
}

pub(crate) const ILL: Option<Attendance> = Some(Attendance::Ill);
