//! Files beside OneRoster's: the weekly timetable, bells and days off. Described in `FORMAT.md`.

use std::borrow::Cow;

use jiff::civil::{Date, Time};
use model::{DayOffKind, Weekday};

use crate::{
    Columns,
    fields::{Fault, Fields, Word},
    oneroster::{Context, FileKind, SourcedId, Version, base::Entity, id, required_id},
    report::{Reason, ReasonCode},
};

/// The most lessons that a day can hold, both shifts counted.
const MOST_LESSONS: i16 = 16;

/// In which weeks a lesson is given. Weeks are counted from the one that contains 1 September, which is an `a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WeekPattern {
    /// `*`: in every week.
    Every,
    /// `a`: in the first, third … week.
    A,
    /// `b`: in the second, fourth … week.
    B,
}

impl Word for WeekPattern {
    const WORDS: &'static [(&'static str, Self)] = &[("*", Self::Every), ("a", Self::A), ("b", Self::B)];
}

impl Word for DayOffKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("holiday", Self::Holiday),
        ("break", Self::Break),
        ("moved", Self::Moved),
        ("closed", Self::Closed),
    ];
}

/// A lesson of the week: `timetable.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimetableRow {
    /// The teaching group.
    pub class: SourcedId,
    /// The day of the week.
    pub weekday: Weekday,
    /// The number in the day, 1–16.
    pub lesson: u8,
    /// In which weeks.
    pub week: WeekPattern,
    /// The room.
    pub room: Option<String>,
    /// The short name of the room's building, where the institution has several.
    pub building: Option<String>,
    /// The teacher, where the group has several; else it is the group's own.
    pub teacher: Option<SourcedId>,
}

impl Entity for TimetableRow {
    const FILE: FileKind = FileKind::Timetable;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["classSourcedId", "weekday", "lessonNumber"],
            optional: &["week", "room", "building", "teacherSourcedId"],
            unread: &[],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, _: Context) -> Result<Self, Fault> {
        Ok(Self {
            class: required_id(fields, "classSourcedId")?,
            weekday: weekday(fields)?,
            lesson: lesson(fields)?,
            week: fields.word("week")?.unwrap_or(WeekPattern::Every),
            room: fields.text("room", 40)?,
            building: fields.text("building", 12)?,
            teacher: id(fields, "teacherSourcedId")?,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        format!(
            "{} {}-{} {:?}",
            self.class,
            self.weekday.number(),
            self.lesson,
            self.week
        )
        .into()
    }
}

/// When a lesson begins and ends: `bells.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BellRow {
    /// The institution.
    pub org: SourcedId,
    /// The shift, 1 or 2.
    pub shift: u8,
    /// The years of study it applies to; empty for those that no other row of the shift names.
    pub grades: Vec<u8>,
    /// The lesson's number in the day, 1–16.
    pub lesson: u8,
    /// The beginning, local time.
    pub start: Time,
    /// The end, local time.
    pub end: Time,
}

impl Entity for BellRow {
    const FILE: FileKind = FileKind::Bells;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["orgSourcedId", "lessonNumber", "startTime", "endTime"],
            optional: &["shift", "grades"],
            unread: &[],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, _: Context) -> Result<Self, Fault> {
        let (start, end) = (
            fields.required_time("startTime")?,
            fields.required_time("endTime")?,
        );
        if end <= start {
            return Err(Fault::new(
                "endTime",
                Reason::new(ReasonCode::TimeInvalid).with("value", end),
            ));
        }
        Ok(Self {
            org: required_id(fields, "orgSourcedId")?,
            shift: if fields.optional("shift").is_some() {
                small(fields.required_number("shift", 1, 2)?)
            } else {
                1
            },
            grades: grades(fields)?,
            lesson: lesson(fields)?,
            start,
            end,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        format!("{} {} {:?} {}", self.org, self.shift, self.grades, self.lesson).into()
    }
}

/// A day without lessons: `daysOff.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOffRow {
    /// The institution.
    pub org: SourcedId,
    /// The day.
    pub date: Date,
    /// What people call it.
    pub title: String,
    /// Why it is free.
    pub kind: DayOffKind,
    /// The years of study it applies to; empty for all.
    pub grades: Vec<u8>,
}

impl Entity for DayOffRow {
    const FILE: FileKind = FileKind::DaysOff;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["orgSourcedId", "date", "title", "kind"],
            optional: &["grades"],
            unread: &[],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, _: Context) -> Result<Self, Fault> {
        Ok(Self {
            org: required_id(fields, "orgSourcedId")?,
            date: fields.required_date("date")?,
            title: fields.required_text("title", 100)?,
            kind: fields.required_word("kind")?,
            grades: grades(fields)?,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        format!("{} {} {:?}", self.org, self.date, self.grades).into()
    }
}

fn weekday(fields: &Fields<'_>) -> Result<Weekday, Fault> {
    let number = small(fields.required_number("weekday", 1, 7)?);
    Weekday::try_from(number).map_err(|_| Fault::new("weekday", Reason::new(ReasonCode::NumberInvalid)))
}

fn lesson(fields: &Fields<'_>) -> Result<u8, Fault> {
    fields.required_number("lessonNumber", 1, MOST_LESSONS).map(small)
}

/// A number that has been checked to be small and positive.
fn small(number: i16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// `1`, `5-9`, `2-4,10`.
fn grades(fields: &Fields<'_>) -> Result<Vec<u8>, Fault> {
    let grade = |text: &str| {
        text.trim()
            .parse::<u8>()
            .ok()
            .filter(|grade| (1..=12).contains(grade))
    };
    let mut grades = Vec::new();
    for part in fields.list("grades") {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        match (grade(first), grade(last)) {
            (Some(first), Some(last)) if first <= last => grades.extend(first..=last),
            _ => {
                let reason = Reason::new(ReasonCode::NumberInvalid).with("value", part);
                return Err(Fault::new("grades", reason.with("from", 1).with("to", 12)));
            }
        }
    }
    grades.sort_unstable();
    grades.dedup();
    Ok(grades)
}
