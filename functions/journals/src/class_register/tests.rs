//! Who of a class is there.

use gradebook::{AbsenceReason, Cell, CellValue, NoticeId, NoticeSender, RowKey};
use jiff::civil::{date, time};
use model::{AcademicYear, GroupKind, InstitutionId, MarkingRule, PersonName, Weekday};
use proptest::prelude::*;
use rosters::{LearnsIn, MemberRole};
use timetables::{LessonState, Slot, WeekCycle};

use super::*;

const TODAY: Date = date(2026, 11, 23);
const PUPIL: PersonId = PersonId::from_bits(1);

fn group(number: u128) -> GroupId {
    GroupId::from_bits(number)
}

fn learns(number: u128) -> LearnsIn {
    LearnsIn {
        group: group(number),
        from: None,
        until: None,
    }
}

fn pupil(person: u128, learns_in: Vec<LearnsIn>) -> Membership {
    Membership {
        person: PersonId::from_bits(person),
        group: group(7),
        group_kind: GroupKind::Class,
        role: MemberRole::Pupil,
        name: PersonName::parse("Ёлкина", "Вера", None).expect("a name"),
        institution: InstitutionId::from_bits(1),
        institution_name: "Школа № 12".to_owned(),
        title: "7А".to_owned(),
        subject: None,
        grade: Some(7),
        periods: vec![],
        time_zone: String::new(),
        from: None,
        until: None,
        learns_in,
    }
}

fn planned(number: u8, journal: u128, subject: &str, state: LessonState) -> PlannedLesson {
    PlannedLesson {
        slot: Slot {
            weekday: Weekday::of(TODAY),
            number,
            start: time(8, 30, 0, 0),
            end: time(9, 15, 0, 0),
            cycle: WeekCycle::Every,
            group: group(journal),
            subject: subject.to_owned(),
            title: "7А".to_owned(),
            teacher: None,
            teacher_name: String::new(),
            room: String::new(),
        },
        state,
        note: String::new(),
    }
}

fn opened(number: u8, journal: u128, subject: &str) -> ClassLesson {
    ClassLesson {
        journal: group(journal),
        lesson: LessonKey { date: TODAY, number },
        subject: subject.to_owned(),
        topic: String::new(),
        homework: None,
    }
}

fn row(person: u128, journal: u128, number: u8, attendance: Option<Attendance>) -> PupilRow {
    let key = RowKey {
        journal: group(journal),
        period: "2026-q2".parse().expect("a period"),
        pupil: PersonId::from_bits(person),
    };
    let mut row = PupilRow::empty(key, "Алгебра", MarkingRule::USUAL);
    let value = CellValue {
        attendance,
        ..CellValue::default()
    };
    row.cells
        .insert(LessonKey { date: TODAY, number }, Cell { version: 1, value });
    row
}

fn notice(reason: AbsenceReason) -> ClassNotice {
    ClassNotice {
        pupil: PUPIL,
        id: NoticeId {
            year: AcademicYear::of(TODAY),
            number: 1,
        },
        from: TODAY,
        until: TODAY,
        reason,
        sender: NoticeSender::Family,
        has_document: false,
    }
}

/// The only pupil's line: a lesson for each element, in a journal of its own; nothing for one that is not opened, nothing
/// inside for one without an entry.
fn line(lessons: &[Option<Option<Attendance>>], notices: &[ClassNotice]) -> RegisterPupil {
    let numbers = || (1u8..).zip(lessons);
    let of = |number: u8| u128::from(number) + 10;
    let planned: Vec<_> = numbers()
        .map(|(number, _)| planned(number, of(number), "Алгебра", LessonState::Usual))
        .collect();
    let held = numbers().filter(|(_, lesson)| lesson.is_some());
    let opened: Vec<_> = held
        .clone()
        .map(|(number, _)| opened(number, of(number), "Алгебра"))
        .collect();
    let rows: Vec<_> = held
        .filter_map(|(number, lesson)| Some(row(1, of(number), number, Some((*lesson)??))))
        .collect();
    let pupils = [pupil(
        1,
        numbers().map(|(number, _)| learns(of(number))).collect(),
    )];
    let register = ClassRegister::new(&RegisterSources {
        date: TODAY,
        pupils: &pupils,
        planned: &planned,
        opened: &opened,
        rows: &rows,
        notices,
    });
    register.pupils.into_iter().next().expect("the pupil")
}

const ILL: Option<Option<Attendance>> = Some(Some(Attendance::Ill));
const LATE: Option<Option<Attendance>> = Some(Some(Attendance::Late));
const THERE: Option<Option<Attendance>> = Some(None);
const NOT_OPENED: Option<Option<Attendance>> = None;

#[test]
fn a_day_is_missed_as_a_whole_only_if_every_lesson_of_the_pupil_was_missed() {
    let whole = |is_whole_day| DayState::Absent {
        reason: Attendance::Ill,
        is_whole_day,
    };
    for (lessons, expected) in [
        (vec![ILL, ILL, ILL], whole(true)),
        (vec![ILL, ILL, NOT_OPENED], whole(false)),
        (vec![ILL, THERE], DayState::Partly),
        (vec![ILL, LATE], DayState::Partly),
        (vec![LATE, THERE], DayState::Present),
        (vec![THERE, NOT_OPENED], DayState::Present),
        (vec![NOT_OPENED, NOT_OPENED], DayState::Unknown),
        (vec![], DayState::Unknown),
    ] {
        assert_eq!(line(&lessons, &[]).day, expected, "{lessons:?}");
    }
}

#[test]
fn what_was_told_counts_until_a_journal_says_otherwise() {
    let told = [notice(AbsenceReason::Family)];
    let expected = DayState::Absent {
        reason: Attendance::Excused,
        is_whole_day: false,
    };
    assert_eq!(
        line(&[NOT_OPENED], &told).day,
        expected,
        "before the first lesson"
    );
    let begun = line(&[THERE, NOT_OPENED], &told);
    assert_eq!(
        (begun.day, begun.lessons[0]),
        (expected, Presence::Told(Attendance::Excused))
    );
    let noted = line(&[ILL, ILL], &told);
    let ill = DayState::Absent {
        reason: Attendance::Ill,
        is_whole_day: true,
    };
    assert_eq!(noted.day, ill);
    assert_eq!(
        line(&[LATE, NOT_OPENED], &told).day,
        DayState::Present,
        "came after all"
    );
}

#[test]
fn subgroups_of_a_subject_share_a_column_and_each_pupil_has_the_own_one() {
    let pupils = [
        pupil(1, vec![learns(11), learns(21)]),
        pupil(2, vec![learns(11), learns(22)]),
        pupil(3, vec![learns(11)]),
    ];
    let planned = [
        planned(1, 11, "Алгебра", LessonState::Usual),
        planned(2, 21, "Английский", LessonState::Usual),
        planned(2, 22, "Английский", LessonState::Usual),
        planned(3, 11, "Алгебра", LessonState::Cancelled),
    ];
    let opened = [
        opened(1, 11, "Алгебра"),
        opened(2, 21, "Английский"),
        opened(2, 22, "Английский"),
    ];
    let rows = [
        row(1, 11, 1, Some(Attendance::Absent)),
        row(1, 21, 2, Some(Attendance::Absent)),
        row(2, 22, 2, Some(Attendance::Ill)),
        row(3, 11, 1, Some(Attendance::Unexcused)),
    ];
    let register = ClassRegister::new(&RegisterSources {
        date: TODAY,
        pupils: &pupils,
        planned: &planned,
        opened: &opened,
        rows: &rows,
        notices: &[],
    });
    let columns: Vec<_> = register
        .lessons
        .iter()
        .map(|lesson| (lesson.number, lesson.journals.len()))
        .collect();
    assert_eq!(columns, [(1, 1), (2, 2)], "what is called off is no lesson");
    assert_eq!(register.pupils[1].lessons[1], Presence::Noted(Attendance::Ill));
    assert_eq!(register.pupils[2].lessons[1], Presence::NotTheirs);
    let totals = register.totals();
    assert_eq!(
        (totals.absent, totals.whole_day, totals.partly, totals.untold),
        (2, 2, 1, 2),
        "of who learns in no subgroup one lesson is the whole day"
    );
    assert_eq!(
        totals.reasons,
        [(Attendance::Absent, 1), (Attendance::Unexcused, 1)]
    );
}

#[test]
fn who_is_not_in_the_class_that_day_is_not_counted() {
    let mut gone = pupil(1, vec![learns(11)]);
    gone.until = Some(date(2026, 11, 22));
    let register = ClassRegister::new(&RegisterSources {
        date: TODAY,
        pupils: &[gone],
        planned: &[],
        opened: &[opened(1, 11, "Алгебра")],
        rows: &[],
        notices: &[],
    });
    assert_eq!(register.totals(), Totals::default());
}

proptest! {
    #[test]
    fn the_counts_add_up_and_a_whole_day_has_no_lesson_that_was_attended(
        pupils in prop::collection::vec(
            prop::collection::vec(
                prop::option::of(prop::option::of(prop::sample::select(&Attendance::OF_LESSONS[..]))), 0..8
            ), 0..12
        ),
        told: bool
    ) {
        let notices = if told { vec![notice(AbsenceReason::Illness)] } else { vec![] };
        let lines: Vec<RegisterPupil> = pupils.iter().map(|lessons| line(lessons, &notices)).collect();
        for line in &lines {
            let missed = line.lessons.iter().filter(|presence| presence.is_missed()).count();
            let is_whole = matches!(line.day, DayState::Absent { is_whole_day: true, .. });
            prop_assert_eq!(is_whole, missed > 0 && missed == line.lessons.len());
        }
        let totals = ClassRegister { lessons: vec![], pupils: lines }.totals();
        prop_assert_eq!(totals.pupils, totals.present + totals.partly + totals.absent + totals.unknown);
        prop_assert_eq!(totals.absent, totals.reasons.iter().map(|(_, count)| count).sum::<usize>());
        prop_assert!(totals.whole_day <= totals.absent && totals.untold <= totals.absent);
    }
}
