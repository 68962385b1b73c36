//! The week that is checked: a small model, made from a timetable, a draft or a generated solution.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use model::{Bell, InstitutionKind, Weekday};
use serde::{Deserialize, Serialize};

/// Everything that is checked at once: the week of an institution, or of some of its classes.
///
/// Ids are the caller's own texts (a group's id, the id of a slot of a draft); findings give them back. Those of
/// classes, teachers and lessons are each unique within the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// A date of the week. It chooses the versions of norms and the months' steps of grade 1; for a timetable that holds
    /// longer see [`crate::NormTable::dates_of_change`].
    pub date: Date,
    /// The kind of the institution.
    pub institution: InstitutionKind,
    /// The classes.
    pub classes: Vec<Class>,
    /// The teachers of whom more than the id is known.
    pub teachers: Vec<Teacher>,
    /// The lessons.
    pub lessons: Vec<Lesson>,
    /// The bells. Only teachers' empty hours are counted by them; without them numbers and times of lessons serve.
    pub bells: Vec<BellRegime>,
}

/// How many days a week a class is taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekLength {
    /// Monday to Friday.
    Five,
    /// Monday to Saturday.
    Six,
}

/// A class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// What findings name it by.
    pub id: String,
    /// What people call it: «7А».
    pub title: String,
    /// The year of education, 1–11 at schools.
    pub grade: u8,
    /// In which shift it is taught, from 1.
    pub shift: u8,
    /// How many days a week it is taught.
    pub days: WeekLength,
    /// Whether pupils with special needs (ОВЗ) are taught in it.
    pub special_needs: bool,
    /// The [`BellRegime::id`]; any text if there are no bells.
    pub bells: String,
    /// The different sets of teaching groups that its pupils are in: a class with two English subgroups has two. Made from
    /// the rosters by [`Class::streams_of`]. Empty: unknown; then a pupil is taken to have a lesson whenever the class
    /// has one, lessons side by side counted once, which is the most a pupil can have. A group that is in none of the
    /// sets is taken to be everybody's.
    pub streams: Vec<BTreeSet<String>>,
}

impl Class {
    /// The different sets of groups among those of the pupils.
    pub fn streams_of(pupils: impl IntoIterator<Item = BTreeSet<String>>) -> Vec<BTreeSet<String>> {
        let different: BTreeSet<BTreeSet<String>> = pupils.into_iter().collect();
        different.into_iter().collect()
    }
}

/// A teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teacher {
    /// What lessons and findings name them by.
    pub id: String,
    /// The name as it is shown: «Иванова А. П.».
    pub name: String,
    /// Whether they asked in writing for long empty hours (приказ № 536 of 2016, clause 3.1).
    pub asked_for_windows: bool,
}

/// In which weeks a lesson is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// In every week.
    Every,
    /// In weeks A.
    A,
    /// In weeks B.
    B,
}

impl Cycle {
    /// Whether a lesson of this cycle is held in weeks of the other one.
    pub(crate) fn meets(self, week: Self) -> bool {
        self == Self::Every || week == Self::Every || self == week
    }
}

/// A lesson of the week.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lesson {
    /// The day.
    pub day: Weekday,
    /// The number in the class's bells; 0 is a zero lesson.
    pub number: u8,
    /// The beginning, local time.
    pub start: Time,
    /// The end, local time.
    pub end: Time,
    /// What findings name it by.
    pub id: String,
    /// In which weeks.
    pub cycle: Cycle,
    /// What is taught, as the school writes it.
    pub subject: String,
    /// The teaching group.
    pub group: String,
    /// The classes whose pupils are in the group: one, or several of a group across classes.
    pub classes: Vec<String>,
    /// Who teaches.
    pub teacher: Option<String>,
    /// Whether it stands outside the curriculum («Разговоры о важном», clubs): such lessons are no load and have no
    /// norm of length or place here, but they fill empty hours.
    pub extracurricular: bool,
}

impl Lesson {
    /// How long it lasts, minutes; 0 if it ends before it begins.
    pub fn minutes(&self) -> u16 {
        minutes_between(self.start, self.end)
    }
}

/// The bells of a shift or of some grades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BellRegime {
    /// What classes name it by.
    pub id: String,
    /// The bells of each day.
    pub days: Vec<(Weekday, Vec<Bell>)>,
}

/// Minutes from one time of a day to a later one; 0 if it is not later.
pub(crate) fn minutes_between(from: Time, to: Time) -> u16 {
    let minutes = |time: Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    u16::try_from(minutes(to) - minutes(from)).unwrap_or(0)
}
