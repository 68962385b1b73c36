//! What was changed in a cell, when and by whom. Never changed, never removed.

use jiff::Timestamp;
use model::{GroupId, LessonKey, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::CellValue;

/// One change of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellChange {
    /// The journal.
    pub journal: GroupId,
    /// The lesson.
    pub lesson: LessonKey,
    /// The pupil.
    pub pupil: PersonId,
    /// The number of the change, from 1: the version that the cell then had.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// As they were named then.
    pub by_name: String,
    /// What stood before.
    pub from: CellValue,
    /// What stands since.
    pub to: CellValue,
    /// Why, where a locked period had been opened for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl CellChange {
    pub(crate) fn partition(journal: GroupId, lesson: LessonKey, pupil: PersonId) -> String {
        format!("HISTORY#{journal}#{lesson}#{pupil}")
    }
}

impl Record for CellChange {
    const ENTITY: &'static str = "cell_change";

    fn key(&self) -> Key {
        Key {
            pk: Self::partition(self.journal, self.lesson, self.pupil),
            sk: format!("{:08}", self.number),
        }
    }
}
