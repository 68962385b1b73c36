//! The cells of one pupil in one period of one journal.

use std::collections::BTreeMap;

use model::{Average, GroupId, LessonKey, PeriodId, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, StoreError, Untyped};

use crate::{Cell, cell::average_of};

/// Which row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowKey {
    /// The journal.
    pub journal: GroupId,
    /// The period.
    pub period: PeriodId,
    /// The pupil.
    pub pupil: PersonId,
}

impl RowKey {
    /// Where the row is kept.
    pub fn key(&self) -> Key {
        Key {
            pk: crate::lesson::partition(self.journal),
            sk: format!("{}#ROW#{}", self.period, self.pupil),
        }
    }

    /// Where the first index shows it: beside the pupil's rows of other subjects.
    pub fn first_index(&self) -> Key {
        Key {
            pk: Self::pupil_partition(self.pupil),
            sk: format!("{}#{}", self.period, self.journal),
        }
    }

    pub(crate) fn pupil_partition(pupil: PersonId) -> String {
        format!("PUPIL#{pupil}")
    }
}

/// All cells of a pupil in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PupilRow {
    /// Which row.
    pub key: RowKey,
    /// What is taught.
    pub subject: String,
    /// The cells that were ever set.
    pub cells: BTreeMap<LessonKey, Cell>,
}

#[derive(Deserialize)]
struct Head {
    #[serde(flatten)]
    key: RowKey,
    subject: String,
}

impl PupilRow {
    /// The kind of the item.
    pub const ENTITY: &'static str = "row";
    /// Cells are attributes of this prefix and the lesson's key.
    const CELL: &'static str = "c-";

    /// The name of a cell's attribute.
    pub fn attribute(lesson: LessonKey) -> String {
        format!("{}{lesson}", Self::CELL)
    }

    /// Reads a row from its item.
    pub(crate) fn of(item: &Untyped) -> Result<Self, StoreError> {
        let Head { key, subject } = item.read()?;
        let mut cells = BTreeMap::new();
        for attribute in item.attributes::<Cell>(Self::CELL) {
            let (lesson, cell) = attribute?;
            let lesson = lesson.parse().map_err(StoreError::malformed)?;
            cells.insert(lesson, cell);
        }
        Ok(Self { key, subject, cells })
    }

    /// The average of the period so far.
    pub fn average(&self) -> Option<Average> {
        average_of(self.cells.values())
    }
}
