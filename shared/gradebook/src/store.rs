//! Reads of the journals table.

use model::{GroupId, LessonKey, PeriodId, PersonId, Week};
use store::{Index, Query, StoreError, Stored, Table};

use crate::{CellChange, ClassLesson, Lesson, PupilRow, RowKey, class_week::ClassWeek, lesson};

/// The journals table.
#[derive(Debug, Clone)]
pub struct Gradebook {
    table: Table,
}

/// A period of a journal: its lessons by time, and the rows of those pupils who have any cell.
#[derive(Debug, Clone, Default)]
pub struct JournalPeriod {
    /// The lessons with their versions.
    pub lessons: Vec<Stored<Lesson>>,
    /// The rows.
    pub rows: Vec<PupilRow>,
}

impl Gradebook {
    /// The gradebook in `table`.
    pub const fn new(table: Table) -> Self {
        Self { table }
    }

    /// The table, for the journals' own store.
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// A period of a journal.
    pub async fn period(&self, journal: GroupId, period: &PeriodId) -> Result<JournalPeriod, StoreError> {
        let query =
            Query::partition(Index::Table, lesson::partition(journal)).starting_with(format!("{period}#"));
        let mut found = JournalPeriod::default();
        for item in self.table.query_untyped(&query).await? {
            if item.entity() == PupilRow::ENTITY {
                found.rows.push(PupilRow::of(&item)?);
            } else {
                found.lessons.push(item.read()?);
            }
        }
        Ok(found)
    }

    /// One lesson, as last written.
    pub async fn lesson(
        &self,
        journal: GroupId,
        period: &PeriodId,
        lesson: LessonKey,
    ) -> Result<Option<Stored<Lesson>>, StoreError> {
        self.table
            .get_latest(&Lesson::key_of(journal, period, lesson))
            .await
    }

    /// One pupil's row, as last written.
    pub async fn row(&self, row: &RowKey) -> Result<Option<PupilRow>, StoreError> {
        self.table
            .get_latest_untyped(&row.key())
            .await?
            .as_ref()
            .map(PupilRow::of)
            .transpose()
    }

    /// A pupil's rows of a period in all subjects.
    pub async fn rows_of(&self, pupil: PersonId, period: &PeriodId) -> Result<Vec<PupilRow>, StoreError> {
        let query = Query::partition(Index::First, RowKey::pupil_partition(pupil))
            .starting_with(format!("{period}#"));
        self.table
            .query_untyped(&query)
            .await?
            .iter()
            .map(PupilRow::of)
            .collect()
    }

    /// The lessons of a class in a week, by time.
    pub async fn week_of(&self, class: GroupId, week: Week) -> Result<Vec<ClassLesson>, StoreError> {
        let item = self.table.get_untyped(&ClassWeek::key_of(class, week)).await?;
        item.as_ref()
            .map_or(Ok(vec![]), |item| ClassWeek::lessons(week, item))
    }

    /// The changes of a cell, the last first.
    pub async fn history(
        &self,
        journal: GroupId,
        lesson: LessonKey,
        pupil: PersonId,
    ) -> Result<Vec<CellChange>, StoreError> {
        let query =
            Query::partition(Index::Table, CellChange::partition(journal, lesson, pupil)).newest_first();
        Ok(self
            .table
            .query::<Stored<CellChange>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }
}
