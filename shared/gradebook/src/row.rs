//! The cells of one pupil in one period of one journal.

use std::collections::BTreeMap;

use model::{Average, GroupId, LessonKey, PeriodId, PersonId};
use store::{Key, StoreError, Untyped, Write};

use crate::{Cell, cell::average_of};

const PUPIL: &str = "PUPIL#";

/// Which row.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        format!("{PUPIL}{pupil}")
    }

    /// The row that stands at a place of the first index.
    fn at(pk: &str, sk: &str) -> Option<Self> {
        let (period, journal) = sk.split_once('#')?;
        Some(Self {
            journal: journal.parse().ok()?,
            period: period.parse().ok()?,
            pupil: pk.strip_prefix(PUPIL)?.parse().ok()?,
        })
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

impl PupilRow {
    /// The kind of the item.
    pub const ENTITY: &'static str = "row";
    /// Cells are attributes of this prefix and the lesson's key.
    const CELL: &'static str = "c-";

    fn attribute(lesson: LessonKey) -> String {
        format!("{}{lesson}", Self::CELL)
    }

    /// The write that sets a cell of the row if its version is the one before; the row comes into being with its first
    /// cell.
    pub fn set(row: &RowKey, subject: &str, lesson: LessonKey, cell: &Cell) -> Write {
        let index = row.first_index();
        let is_first = cell.version == 1;
        let condition = if is_first {
            "attribute_not_exists(#cell)"
        } else {
            "begins_with(#cell, :before)"
        };
        let write = Write::update_if(
            row.key(),
            "SET #cell = :cell, gsi1pk = :gsi1pk, gsi1sk = :gsi1sk, #entity = :entity, subject = :subject",
            condition,
        )
        .name("#cell", Self::attribute(lesson))
        .name("#entity", "entity")
        .text(":cell", cell.to_string())
        .text(":gsi1pk", index.pk)
        .text(":gsi1sk", index.sk)
        .text(":entity", Self::ENTITY)
        .text(":subject", subject);
        if is_first {
            write
        } else {
            write.text(":before", Cell::beginning(cell.version - 1))
        }
    }

    /// Reads a row from its item.
    pub(crate) fn of(item: &Untyped) -> Result<Self, StoreError> {
        let key = RowKey::at(item.text("gsi1pk"), item.text("gsi1sk"))
            .ok_or_else(|| StoreError::malformed("a row without its place in the index"))?;
        let mut cells = BTreeMap::new();
        for (lesson, cell) in item.texts(Self::CELL) {
            let lesson = lesson.parse().map_err(StoreError::malformed)?;
            cells.insert(lesson, cell.parse().map_err(StoreError::malformed)?);
        }
        Ok(Self {
            key,
            subject: item.text("subject").to_owned(),
            cells,
        })
    }

    /// The average of the period so far.
    pub fn average(&self) -> Option<Average> {
        average_of(self.cells.values())
    }
}
