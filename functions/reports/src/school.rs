//! What the reports of an institution hold, and how they are gathered class by class. Pure.

pub(crate) mod attendance;
pub(crate) mod changes;
pub(crate) mod checks;
pub(crate) mod load;
pub(crate) mod results;

use serde::{Deserialize, Serialize};
use timetables::Timetable;
use utoipa::ToSchema;

use crate::{run::ReportKind, source::ClassSource};

/// A finished report of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(crate) enum Content {
    /// Results by class, subject and teacher.
    Results(results::SchoolResults),
    /// What was missed, by class and reason.
    Attendance(attendance::SchoolAttendance),
    /// What teachers had to give and gave.
    Load(load::SchoolLoad),
    /// What does not fit together in the journals.
    Checks(checks::Findings),
    /// Changes that are out of the ordinary.
    Changes(changes::UnusualChanges),
}

impl Content {
    /// The most bytes of JSON that one item holds, with room for its other attributes below the 400 KB of an item.
    const MOST_BYTES: usize = 300_000;

    /// The text that keeps it. Lists that would not fit are cut, the gravest first; how many there are in all stays told.
    ///
    /// # Errors
    /// None in practice: all of it can be written as text.
    pub(crate) fn kept(mut self) -> serde_json::Result<String> {
        loop {
            let text = serde_json::to_string(&self)?;
            let cut = text.len() > Self::MOST_BYTES
                && match &mut self {
                    Self::Checks(found) => halve(&mut found.listed),
                    Self::Changes(found) => halve(&mut found.listed),
                    Self::Results(_) | Self::Attendance(_) | Self::Load(_) => false,
                };
            if !cut {
                return Ok(text);
            }
        }
    }
}

fn halve<T>(list: &mut Vec<T>) -> bool {
    list.truncate(list.len() / 2);
    !list.is_empty()
}

/// A report in the making.
#[derive(Debug)]
pub(crate) enum Gathering {
    Results(results::Gathered),
    Attendance(attendance::SchoolAttendance),
    Load(load::Gathered),
    Checks(checks::Gathered),
    Changes(changes::Gathered),
}

impl Gathering {
    /// Nothing yet. Of the weeks of the teachers only their load is made.
    pub(crate) fn new(kind: ReportKind, weeks: Vec<Timetable>) -> Self {
        match kind {
            ReportKind::Results => Self::Results(results::Gathered::default()),
            ReportKind::Attendance => Self::Attendance(attendance::SchoolAttendance::default()),
            ReportKind::Load => Self::Load(load::Gathered::new(weeks)),
            ReportKind::Checks => Self::Checks(checks::Gathered::default()),
            ReportKind::Changes => Self::Changes(changes::Gathered::default()),
        }
    }

    /// Adds a class. Unusual changes are not in its journals but in their histories: see [`changes::Gathered::add`].
    pub(crate) fn add(&mut self, class: &ClassSource) {
        match self {
            Self::Results(gathered) => gathered.add(class),
            Self::Attendance(gathered) => gathered.add(class),
            Self::Load(gathered) => gathered.add(class),
            Self::Checks(gathered) => gathered.add(class),
            Self::Changes(_) => {}
        }
    }

    /// All classes are there.
    pub(crate) fn finish(self) -> Content {
        match self {
            Self::Results(gathered) => Content::Results(gathered.finish()),
            Self::Attendance(gathered) => Content::Attendance(gathered),
            Self::Load(gathered) => Content::Load(gathered.finish()),
            Self::Checks(gathered) => Content::Checks(gathered.finish()),
            Self::Changes(gathered) => Content::Changes(gathered.finish()),
        }
    }
}

#[cfg(test)]
mod tests;
