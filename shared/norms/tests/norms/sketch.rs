//! Weeks written as text.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, date, time};
use model::{Bell, InstitutionKind, Weekday};
use timetable_norms::{
    BellRegime, Class, Cycle, Finding, Lesson, NormTable, Report, Teacher, Week, WeekLength, check,
};

/// A day in the middle of November: SP 2.4.3648-20 and SanPiN 1.2.3685-21 hold, grade 1 has four lessons of 35 minutes.
pub(crate) const NOVEMBER: Date = date(2026, 11, 16);

/// 45 minutes, breaks of 10, 20, 20, 10, 10, 10.
pub(crate) const MORNING: [(Time, Time); 8] = [
    (time(8, 30, 0, 0), time(9, 15, 0, 0)),
    (time(9, 25, 0, 0), time(10, 10, 0, 0)),
    (time(10, 30, 0, 0), time(11, 15, 0, 0)),
    (time(11, 35, 0, 0), time(12, 20, 0, 0)),
    (time(12, 30, 0, 0), time(13, 15, 0, 0)),
    (time(13, 25, 0, 0), time(14, 10, 0, 0)),
    (time(14, 20, 0, 0), time(15, 5, 0, 0)),
    (time(15, 15, 0, 0), time(16, 0, 0, 0)),
];

/// Grade 1: 35 minutes, a pause of 40 after the second lesson.
pub(crate) const FIRST_GRADE: [(Time, Time); 5] = [
    (time(8, 30, 0, 0), time(9, 5, 0, 0)),
    (time(9, 15, 0, 0), time(9, 50, 0, 0)),
    (time(10, 30, 0, 0), time(11, 5, 0, 0)),
    (time(11, 15, 0, 0), time(11, 50, 0, 0)),
    (time(12, 0, 0, 0), time(12, 35, 0, 0)),
];

/// The second shift, which ends in time.
pub(crate) const AFTERNOON: [(Time, Time); 6] = [
    (time(13, 15, 0, 0), time(14, 0, 0, 0)),
    (time(14, 10, 0, 0), time(14, 55, 0, 0)),
    (time(15, 15, 0, 0), time(16, 0, 0, 0)),
    (time(16, 10, 0, 0), time(16, 55, 0, 0)),
    (time(17, 5, 0, 0), time(17, 50, 0, 0)),
    (time(18, 0, 0, 0), time(18, 45, 0, 0)),
];

pub(crate) fn table() -> NormTable {
    NormTable::shipped().expect("the shipped table is valid")
}

pub(crate) fn weekday(number: u8) -> Weekday {
    Weekday::try_from(number).expect("a day of the week")
}

/// A week without classes.
pub(crate) fn empty_week() -> Week {
    Week {
        date: NOVEMBER,
        institution: InstitutionKind::General,
        classes: Vec::new(),
        teachers: Vec::new(),
        lessons: Vec::new(),
        bells: Vec::new(),
    }
}

pub(crate) fn class(id: &str, grade: u8) -> Class {
    Class {
        id: id.to_owned(),
        title: id.to_owned(),
        grade,
        shift: 1,
        days: WeekLength::Five,
        special_needs: false,
        bells: "1".to_owned(),
        streams: Vec::new(),
    }
}

pub(crate) fn teacher(id: &str) -> Teacher {
    Teacher {
        id: id.to_owned(),
        name: format!("{id} name"),
        asked_for_windows: false,
    }
}

pub(crate) fn regime(id: &str, bells: &[(Time, Time)]) -> BellRegime {
    let bells: Vec<Bell> = (1..)
        .zip(bells)
        .map(|(number, &(start, end))| Bell { number, start, end })
        .collect();
    BellRegime {
        id: id.to_owned(),
        days: (1..=6).map(|day| (weekday(day), bells.clone())).collect(),
    }
}

/// Adds a class whose days are given from Monday on, lessons by commas, each at its bell. «-» is an empty hour, «A|B» are
/// two subgroups side by side, «+A» stands outside the curriculum, «A@a» is held in weeks A.
pub(crate) fn add(week: &mut Week, class: Class, bells: &[(Time, Time)], days: &[&str]) {
    for (day, text) in (1..).zip(days) {
        let hours = text.split(", ").filter(|hour| !hour.is_empty());
        for ((number, hour), &(start, end)) in (1..).zip(hours).zip(bells) {
            for (subgroup, name) in (1..).zip(hour.split('|')) {
                if name == "-" {
                    continue;
                }
                let split = hour.contains('|');
                let (name, cycle) = match name.split_once('@') {
                    Some((name, "a")) => (name, Cycle::A),
                    Some((name, _)) => (name, Cycle::B),
                    None => (name, Cycle::Every),
                };
                let subject = name.trim_start_matches('+');
                week.lessons.push(Lesson {
                    day: weekday(day),
                    number,
                    start,
                    end,
                    id: format!("{} {day}.{number} {name} {subgroup} {cycle:?}", class.id),
                    cycle,
                    subject: subject.to_owned(),
                    group: if split {
                        format!("{}/{subgroup}", class.id)
                    } else {
                        class.id.clone()
                    },
                    classes: vec![class.id.clone()],
                    teacher: Some(format!("{} {subject}", class.id)),
                    extracurricular: name.starts_with('+'),
                });
            }
        }
    }
    week.classes.push(class);
}

/// A week of one class on the morning's bells.
pub(crate) fn week_of(class: Class, days: &[&str]) -> Week {
    let mut week = empty_week();
    add(&mut week, class, &MORNING, days);
    week
}

/// The two sets of groups of a class with subgroups.
pub(crate) fn halves(class: &str) -> Vec<BTreeSet<String>> {
    let half = |number: u8| BTreeSet::from([class.to_owned(), format!("{class}/{number}")]);
    Class::streams_of([half(1), half(2), half(1)])
}

pub(crate) fn report(week: &Week) -> Report {
    check(week, &table())
}

/// What a norm finds in a week.
pub(crate) fn found(week: &Week, norm: &str) -> Vec<Finding> {
    let findings = report(week).findings;
    findings
        .into_iter()
        .filter(|finding| finding.norm == norm)
        .collect()
}

/// What a norm measures and allows, if it finds anything.
pub(crate) fn figures(week: &Week, norm: &str) -> Vec<(timetable_norms::Measure, timetable_norms::Measure)> {
    found(week, norm)
        .into_iter()
        .map(|finding| (finding.measured, finding.limit))
        .collect()
}
