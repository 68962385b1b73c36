//! What a check found, with all that a page needs to say it and to link to the place.

use jiff::civil::{Date, Time};
use model::Weekday;
use serde::Serialize;

use crate::{Cycle, Norm, Severity, Words};

/// A norm that is not kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The [`Norm::id`].
    pub norm: String,
    /// How the document is cited.
    pub document: Words,
    /// Where in the document.
    pub clause: Words,
    /// Since when this version of the norm holds.
    pub from: Date,
    /// Until when, if an end is known.
    pub until: Option<Date>,
    /// What follows.
    pub severity: Severity,
    /// What is still to be compared with the source.
    pub unsure: Option<Words>,
    /// What it is about.
    pub place: Place,
    /// What was found.
    pub measured: Measure,
    /// What the norm allows.
    pub limit: Measure,
    /// The words, as a Fluent message.
    pub message: Message,
}

/// What a finding is about. Every id is one of the checked input; lists are in order and without repetitions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The classes.
    pub classes: Vec<String>,
    /// The teacher.
    pub teacher: Option<String>,
    /// The days.
    pub days: Vec<Weekday>,
    /// In which weeks.
    pub cycle: Cycle,
    /// The date, of homework and assessments.
    pub date: Option<Date>,
    /// The lessons to look at.
    pub lessons: Vec<String>,
    /// The homework of the day.
    pub homework: Vec<String>,
    /// The assessments: the proposed one and those it collides with.
    pub assessments: Vec<String>,
}

impl Place {
    /// Nowhere yet.
    pub(crate) const fn nowhere() -> Self {
        Self {
            classes: Vec::new(),
            teacher: None,
            days: Vec::new(),
            cycle: Cycle::Every,
            date: None,
            lessons: Vec::new(),
            homework: Vec::new(),
            assessments: Vec::new(),
        }
    }

    fn in_order(mut self) -> Self {
        for list in [
            &mut self.classes,
            &mut self.lessons,
            &mut self.homework,
            &mut self.assessments,
        ] {
            list.sort();
            list.dedup();
        }
        self.days.sort();
        self.days.dedup();
        self
    }
}

/// A figure with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "unit", content = "value", rename_all = "snake_case")]
pub enum Measure {
    /// Lessons, also empty hours.
    Lessons(u32),
    /// Minutes.
    Minutes(u32),
    /// Days.
    Days(u32),
    /// A time of day.
    Time(Time),
    /// A lesson's number.
    Number(u32),
    /// A shift.
    Shift(u32),
    /// Points of difficulty.
    Points(u32),
    /// Assessments.
    Assessments(u32),
    /// Tenths of a percent.
    Permille(u32),
}

/// A message by its key and arguments. The words are in the crate's `locales`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Message {
    /// One of [`crate::MESSAGE_KEYS`].
    pub key: &'static str,
    /// What the message names, by name.
    pub arguments: Vec<(&'static str, Argument)>,
}

/// A value in a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Argument {
    /// A number: Fluent chooses the plural by it.
    Number(u32),
    /// A text of the input: titles of classes, a teacher's name, a subject, «08:00».
    Text(String),
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<u16> for Argument {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<u8> for Argument {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Time> for Argument {
    fn from(time: Time) -> Self {
        Self::Text(format!("{:02}:{:02}", time.hour(), time.minute()))
    }
}

impl From<Weekday> for Argument {
    /// Days are numbers, Monday = 1: the message chooses the word.
    fn from(day: Weekday) -> Self {
        Self::Number(day.number().into())
    }
}

impl From<Date> for Argument {
    /// As ISO 8601 writes it: a page that wants words has the date in [`Place::date`].
    fn from(date: Date) -> Self {
        Self::Text(date.to_string())
    }
}

/// A norm and its document: what every finding of it cites.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Citation<'t> {
    pub(crate) norm: &'t Norm,
    pub(crate) document: &'t Words,
}

impl Citation<'_> {
    /// A finding of the norm.
    pub(crate) fn finding(
        &self,
        place: Place,
        (measured, limit): (Measure, Measure),
        key: &'static str,
        arguments: Vec<(&'static str, Argument)>,
    ) -> Finding {
        Finding {
            norm: self.norm.id.clone(),
            document: self.document.clone(),
            clause: self.norm.clause.clone(),
            from: self.norm.from,
            until: self.norm.until,
            severity: self.norm.severity,
            unsure: self.norm.unsure.clone(),
            place: place.in_order(),
            measured,
            limit,
            message: Message { key, arguments },
        }
    }
}
