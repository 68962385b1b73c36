//! A cell of the journal: one pupil at one lesson.

use model::{Attendance, Average, Mark, Weight, WorkId, WorkKind, average};
use serde::{Deserialize, Serialize};

/// A mark in a cell. It carries the kind and weight of its work, so that a diary needs no journal to explain an average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellMark {
    /// For which of the lesson's works.
    #[serde(rename = "w")]
    pub work: WorkId,
    /// The mark.
    #[serde(rename = "m")]
    pub mark: Mark,
    /// What the work was.
    #[serde(rename = "k")]
    pub kind: WorkKind,
    /// What it weighs.
    #[serde(rename = "x")]
    pub weight: Weight,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellValue {
    /// How the pupil was at the lesson; nothing means present.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
    /// The marks, by work; several for one work are possible.
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<CellMark>,
}

impl CellValue {
    /// How many marks one cell can hold.
    pub const MOST_MARKS: usize = 6;

    /// Whether nothing stands in it.
    pub const fn is_empty(&self) -> bool {
        self.attendance.is_none() && self.marks.is_empty()
    }
}

/// A cell with the number of its last change. A cell that was emptied keeps counting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Counts the changes, from 1.
    #[serde(rename = "v")]
    pub version: u64,
    /// What stands in it.
    #[serde(flatten)]
    pub value: CellValue,
}

/// The average of some cells' marks.
pub(crate) fn average_of<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<Average> {
    average(cells.flat_map(|cell| cell.value.marks.iter().map(|mark| (mark.mark, mark.weight))))
}
