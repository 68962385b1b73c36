use gradebook::PlanRow;
use jiff::civil::{date, time};
use model::{GroupKind, InstitutionId, PersonId, Weekday, Work, WorkId, WorkKind};
use timetables::{Owner, Slot, Timetable, WeekCycle};

use super::*;

const MONDAY: Date = date(2026, 11, 23);

fn group(number: u128) -> GroupId {
    GroupId::from_bits(number)
}

fn term() -> AcademicPeriod {
    AcademicPeriod {
        id: "q2".parse().expect("an id"),
        title: "2 четверть".to_owned(),
        start: date(2026, 11, 9),
        end: date(2026, 12, 29),
    }
}

fn class() -> Group {
    Group {
        group: group(100),
        institution: InstitutionId::from_bits(1),
        kind: GroupKind::Class,
        title: "7А".to_owned(),
        subject: None,
        grade: Some(7),
        classes: vec![],
        periods: vec![term()],
        time_zone: "Europe/Moscow".to_owned(),
    }
}

fn slot(number: u8, of: u128, subject: &str) -> Slot {
    Slot {
        weekday: Weekday::of(MONDAY),
        number,
        start: time(8 + i8::try_from(number).expect("few"), 0, 0, 0),
        end: time(8 + i8::try_from(number).expect("few"), 45, 0, 0),
        group: group(of),
        title: "7А".to_owned(),
        subject: subject.to_owned(),
        teacher: Some(PersonId::from_bits(1)),
        teacher_name: "Орлова А. П.".to_owned(),
        room: "12".to_owned(),
        cycle: WeekCycle::Every,
    }
}

fn journal(of: u128, subject: &str) -> JournalYear {
    JournalYear {
        taught: ClassTeaching {
            class: group(100),
            group: group(of),
            subject: subject.to_owned(),
            title: "7А".to_owned(),
            teachers: vec![],
        },
        opened: vec![],
        plan: None,
    }
}

fn control(journal: u128, day: Date, number: u8) -> Lesson {
    let test = Work {
        id: WorkId::try_from(2).expect("an id"),
        kind: WorkKind::Test,
        ..Work::answers()
    };
    Lesson {
        journal: group(journal),
        period: "q2".parse().expect("an id"),
        subject: "История".to_owned(),
        classes: vec![group(100)],
        opened_by: PersonId::from_bits(1),
        lesson: LessonKey { date: day, number },
        topic: String::new(),
        homework: None,
        works: vec![Work::answers(), test],
    }
}

fn row(hours: u8, control: &str) -> PlanRow {
    PlanRow {
        number: 1,
        topic: "Тема".to_owned(),
        hours,
        control: control.to_owned(),
        homework: String::new(),
    }
}

/// Four lessons on Mondays: algebra, history, English in two subgroups at one time, geography.
fn year(journals: Vec<JournalYear>) -> ClassYear {
    let slots = vec![
        slot(1, 1, "Алгебра"),
        slot(2, 2, "История"),
        slot(3, 3, "Английский язык"),
        slot(3, 4, "Английский язык"),
        slot(4, 5, "География"),
    ];
    let week = Timetable::new(Owner::Class(group(100)), InstitutionId::from_bits(1), slots);
    ClassYear {
        class: class(),
        institution: InstitutionKind::General,
        period: term(),
        terms: vec![term()],
        timetable: OwnerPlan {
            timetables: vec![week],
            changes: vec![],
        },
        calendar: None,
        settings: MarkingSettings::default(),
        journals,
    }
}

fn shown(year: &ClassYear) -> Vec<Planned> {
    schedule(year, NormTable::of_process().expect("the shipped norms"))
}

fn keys(planned: &Planned) -> Vec<&'static str> {
    planned
        .findings
        .iter()
        .map(|finding| finding.message.key)
        .collect()
}

#[test]
fn two_assessments_of_a_class_on_one_day_are_found_at_both() {
    let mut history = journal(2, "История");
    history.opened = vec![control(2, MONDAY, 2)];
    let mut english = journal(3, "Английский язык");
    english.opened = vec![control(3, MONDAY, 3)];
    let found = shown(&year(vec![history, english]));
    assert_eq!(found.len(), 2);
    for planned in &found {
        assert!(
            planned.is_held && keys(planned).contains(&"norm-assessments-a-day"),
            "{planned:?}"
        );
    }
}

#[test]
fn subgroups_of_one_subject_write_one_assessment() {
    let subgroups = [3, 4].map(|of| {
        let mut english = journal(of, "Английский язык");
        english.opened = vec![control(of, MONDAY, 3)];
        english
    });
    let found = shown(&year(subgroups.into()));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].journals, [group(3), group(4)]);
    assert!(!keys(&found[0]).contains(&"norm-assessments-a-day"), "{found:?}");
}

#[test]
fn a_row_of_the_plan_stands_at_its_last_lesson_until_that_is_opened() {
    let plan = LessonPlan {
        journal: group(2),
        year: "2026".to_owned(),
        rows: vec![row(2, "устный опрос"), row(1, "Контрольная работа № 1")],
    };
    let mut history = journal(2, "История");
    history.plan = Some(plan);
    let planned = shown(&year(vec![history]));
    assert_eq!(planned.len(), 1);
    assert_eq!((planned[0].lesson.date, planned[0].is_held), (MONDAY, false));
    assert_eq!(planned[0].form, "Контрольная работа № 1");
    let mut opened = journal(2, "История");
    opened.plan = Some(LessonPlan {
        journal: group(2),
        year: "2026".to_owned(),
        rows: vec![row(2, ""), row(1, "Контрольная работа № 1")],
    });
    opened.opened = vec![control(2, MONDAY, 2)];
    let held = shown(&year(vec![opened]));
    assert_eq!((held.len(), held[0].is_held), (1, true));
}

#[test]
fn the_first_and_the_last_lesson_of_a_day_are_told_by_the_timetable() {
    let bounds = |of: u128, subject: &str, number: u8| {
        let mut held = journal(of, subject);
        held.opened = vec![control(of, MONDAY, number)];
        let mut year = year(vec![held]);
        // Every day is like Monday, so that no subject is too rare for the norm.
        let monday = year.timetable.timetables[0].slots.clone();
        for day in 2..=5 {
            let weekday = Weekday::try_from(day).expect("a day");
            let slots = monday.iter().cloned().map(|slot| Slot { weekday, ..slot });
            year.timetable.timetables[0].slots.extend(slots);
        }
        let found = shown(&year);
        let keys = keys(&found[0]);
        (
            keys.contains(&"norm-assessment-first-lesson"),
            keys.contains(&"norm-assessment-last-lesson"),
        )
    };
    assert_eq!(bounds(1, "Алгебра", 1), (true, false));
    assert_eq!(bounds(2, "История", 2), (false, false));
    assert_eq!(bounds(5, "География", 4), (false, true));
}

#[test]
fn forms_of_control_are_told_apart_as_people_write_them() {
    for form in [
        "Контрольная работа",
        "к/р: контрольный диктант",
        "ТЕСТ",
        "зачет",
        "ВПР",
        "проверочная",
    ] {
        assert!(is_assessment(form), "{form}");
    }
    for form in ["", "устный опрос", "фронтальный опрос", "самооценка", "практикум"]
    {
        assert!(!is_assessment(form), "{form}");
    }
}
