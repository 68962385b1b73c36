//! The school year 2026/27: periods, breaks, days off, bells.
//!
//! Days off are those of the production calendar (government decrees for 2026 and 2027); breaks are the region's own.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

/// The day on which the demonstration takes place: a Monday in the second quarter.
pub const TODAY: Date = date(2026, 11, 23);

/// The first day of lessons.
pub(crate) const FIRST_DAY: Date = date(2026, 9, 1);
/// The last day of lessons.
pub(crate) const LAST_DAY: Date = date(2027, 5, 26);

/// A session: id, title, type of OneRoster, first and last day, the session above.
pub(crate) struct Session {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) start: Date,
    pub(crate) end: Date,
}

/// The year under which all others stand.
pub(crate) const YEAR: &str = "2026-year";
/// Quarters: grades 1–9.
pub(crate) const QUARTERS: &[&str] = &["2026-q1", "2026-q2", "2026-q3", "2026-q4"];
/// Half-years: grades 10–11 and the art school.
pub(crate) const HALVES: &[&str] = &["2026-h1", "2026-h2"];
/// Semesters: the college.
pub(crate) const SEMESTERS: &[&str] = &["2026-s1", "2026-s2"];

pub(crate) const SESSIONS: &[Session] = &[
    Session {
        id: YEAR,
        title: "2026/27 учебный год",
        kind: "schoolYear",
        start: FIRST_DAY,
        end: date(2027, 8, 31),
    },
    Session {
        id: "2026-q1",
        title: "1 четверть",
        kind: "term",
        start: FIRST_DAY,
        end: date(2026, 10, 25),
    },
    Session {
        id: "2026-q2",
        title: "2 четверть",
        kind: "term",
        start: date(2026, 11, 9),
        end: date(2026, 12, 29),
    },
    Session {
        id: "2026-q3",
        title: "3 четверть",
        kind: "term",
        start: date(2027, 1, 11),
        end: date(2027, 3, 26),
    },
    Session {
        id: "2026-q4",
        title: "4 четверть",
        kind: "term",
        start: date(2027, 4, 5),
        end: LAST_DAY,
    },
    Session {
        id: "2026-h1",
        title: "1 полугодие",
        kind: "semester",
        start: FIRST_DAY,
        end: date(2026, 12, 29),
    },
    Session {
        id: "2026-h2",
        title: "2 полугодие",
        kind: "semester",
        start: date(2027, 1, 11),
        end: LAST_DAY,
    },
    Session {
        id: "2026-s1",
        title: "1 семестр",
        kind: "semester",
        start: FIRST_DAY,
        end: date(2026, 12, 29),
    },
    Session {
        id: "2026-s2",
        title: "2 семестр",
        kind: "semester",
        start: date(2027, 1, 11),
        end: date(2027, 6, 30),
    },
];

/// Breaks of schools that teach by quarters: title, first and last day.
const BREAKS: &[(&str, Date, Date)] = &[
    ("Осенние каникулы", date(2026, 10, 26), date(2026, 11, 8)),
    ("Зимние каникулы", date(2026, 12, 30), date(2027, 1, 10)),
    ("Весенние каникулы", date(2027, 3, 27), date(2027, 4, 4)),
];

/// The extra break of grade 1.
pub(crate) const FEBRUARY_BREAK: (&str, Date, Date) = (
    "Дополнительные каникулы первоклассников",
    date(2027, 2, 15),
    date(2027, 2, 21),
);

/// Days off of the production calendar within the year: date, title, kind.
const HOLIDAYS: &[(Date, &str, &str)] = &[
    (date(2026, 11, 4), "День народного единства", "holiday"),
    (date(2026, 12, 31), "Выходной, перенесённый с 4 января", "moved"),
    (date(2027, 1, 1), "Новогодние каникулы", "holiday"),
    (date(2027, 1, 2), "Новогодние каникулы", "holiday"),
    (date(2027, 1, 3), "Новогодние каникулы", "holiday"),
    (date(2027, 1, 4), "Новогодние каникулы", "holiday"),
    (date(2027, 1, 5), "Новогодние каникулы", "holiday"),
    (date(2027, 1, 6), "Новогодние каникулы", "holiday"),
    (date(2027, 1, 7), "Рождество Христово", "holiday"),
    (date(2027, 1, 8), "Новогодние каникулы", "holiday"),
    (date(2027, 2, 22), "Выходной, перенесённый с 20 февраля", "moved"),
    (date(2027, 2, 23), "День защитника Отечества", "holiday"),
    (date(2027, 3, 8), "Международный женский день", "holiday"),
    (date(2027, 5, 1), "Праздник Весны и Труда", "holiday"),
    (date(2027, 5, 3), "Выходной, перенесённый с 1 мая", "moved"),
    (date(2027, 5, 9), "День Победы", "holiday"),
    (date(2027, 5, 10), "Выходной, перенесённый с 9 мая", "moved"),
];

/// Days off of an institution; a holiday within a break keeps its own title.
pub(crate) fn days_off(with_autumn_and_spring: bool) -> BTreeMap<Date, (&'static str, &'static str)> {
    let breaks = BREAKS
        .iter()
        .filter(|(_, start, _)| with_autumn_and_spring || start.month() == 12);
    let mut days = BTreeMap::new();
    for (title, start, end) in breaks {
        days.extend(days_between(*start, *end).map(|day| (day, (*title, "break"))));
    }
    days.extend(HOLIDAYS.iter().map(|(day, title, kind)| (*day, (*title, *kind))));
    days
}

/// Every day from the first to the last.
pub(crate) fn days_between(start: Date, end: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(start), |day| day.tomorrow().ok()).take_while(move |day| *day <= end)
}

/// Bells of lessons 1, 2, …: beginning and end.
pub(crate) type Bells = &'static [(&'static str, &'static str)];

/// Grade 1 in November and December: lessons of 35 minutes, a long break for a walk after the second.
pub(crate) const FIRST_GRADE_BELLS: Bells = &[
    ("08:30", "09:05"),
    ("09:20", "09:55"),
    ("10:35", "11:10"),
    ("11:25", "12:00"),
    ("12:10", "12:45"),
];

/// Grades 2–11: lessons of 40 minutes, two breaks of 20.
pub(crate) const SCHOOL_BELLS: Bells = &[
    ("08:30", "09:10"),
    ("09:20", "10:00"),
    ("10:20", "11:00"),
    ("11:20", "12:00"),
    ("12:10", "12:50"),
    ("13:00", "13:40"),
    ("13:50", "14:30"),
];

/// The college: double lessons.
pub(crate) const COLLEGE_BELLS: Bells = &[
    ("08:30", "10:00"),
    ("10:10", "11:40"),
    ("12:10", "13:40"),
    ("13:50", "15:20"),
    ("15:30", "17:00"),
];

/// The art school: after lessons elsewhere.
pub(crate) const ART_BELLS: Bells = &[
    ("15:30", "16:10"),
    ("16:20", "17:00"),
    ("17:10", "17:50"),
    ("18:00", "18:40"),
];
