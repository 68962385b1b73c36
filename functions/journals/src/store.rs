//! Writes of the journals table.

use ::store::{Record, StoreError, Stored, Table, Write};
use gradebook::{Cell, CellChange, Gradebook, Lesson, PupilRow, RowKey};
use model::{LessonKey, Work};

/// The journals table, to write in.
#[derive(Debug, Clone)]
pub(crate) struct JournalStore {
    /// Reads.
    pub(crate) gradebook: Gradebook,
}

/// How an attempt to change something ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome<T> {
    /// It is done.
    Done(T),
    /// Somebody else was first.
    Outdated,
}

impl JournalStore {
    /// The store over a gradebook.
    pub(crate) const fn new(gradebook: Gradebook) -> Self {
        Self { gradebook }
    }

    const fn table(&self) -> &Table {
        self.gradebook.table()
    }

    /// Opens a lesson that must not be open yet: the lesson, and a line for the diaries of each of its classes.
    pub(crate) async fn open_lesson(&self, lesson: Lesson) -> Result<Outcome<Stored<Lesson>>, StoreError> {
        let stored = Stored::new(lesson);
        let mut writes = vec![Write::create(&stored)?];
        writes.extend(in_diaries(&stored.record, true)?);
        outcome(self.table().write(writes).await, stored)
    }

    /// Changes a lesson of the expected version, and with it what the diaries show.
    pub(crate) async fn change_lesson(
        &self,
        lesson: Lesson,
        version: u64,
    ) -> Result<Outcome<Stored<Lesson>>, StoreError> {
        let stored = Stored::following(lesson, version);
        let mut writes = vec![Write::replace(&stored, version)?];
        writes.extend(in_diaries(&stored.record, false)?);
        outcome(self.table().write(writes).await, stored)
    }

    /// Sets a cell whose version must be the expected one, and keeps what was before in the history. One transaction:
    /// the lesson must still have its works, the cell its version, and the change its number to itself.
    pub(crate) async fn set_cell(
        &self,
        row: &RowKey,
        subject: &str,
        works: &[Work],
        change: CellChange,
    ) -> Result<Outcome<Cell>, StoreError> {
        let cell = Cell {
            version: change.number,
            value: change.to.clone(),
        };
        let lesson = Write::check(
            Lesson::key_of(row.journal, &row.period, change.lesson),
            "attribute_exists(pk) AND works = :works",
        )
        .typed_value(":works", &works)?;
        let update = PupilRow::set(row, subject, change.lesson, &cell);
        let history = Write::create(&Stored::new(change))?;
        outcome(self.table().write(vec![lesson, update, history]).await, cell)
    }

    /// What stands in a cell, as last written.
    pub(crate) async fn cell(&self, row: &RowKey, lesson: LessonKey) -> Result<Cell, StoreError> {
        let row = self.gradebook.row(row).await?;
        Ok(row
            .and_then(|mut row| row.cells.remove(&lesson))
            .unwrap_or_default())
    }

    /// Whether the last change of a cell is the very one that is being asked for again: a double click, or a repeat
    /// after the answer was lost on the way.
    pub(crate) async fn is_repeat(&self, change: &CellChange, current: &Cell) -> Result<bool, StoreError> {
        if current.version != change.number || current.value != change.to {
            return Ok(false);
        }
        let key = change.key();
        let last = self.table().get_latest::<Stored<CellChange>>(&key).await?;
        Ok(last.is_some_and(|last| last.record.by == change.by))
    }
}

/// The writes that show a lesson in the diaries of each of its classes.
fn in_diaries(lesson: &Lesson, is_new: bool) -> Result<Vec<Write>, StoreError> {
    let shown = lesson.for_diaries();
    lesson
        .classes
        .iter()
        .map(|class| shown.show(*class, is_new))
        .collect()
}

fn outcome<T>(written: Result<(), StoreError>, value: T) -> Result<Outcome<T>, StoreError> {
    match written {
        Ok(()) => Ok(Outcome::Done(value)),
        Err(StoreError::Conflict(_)) => Ok(Outcome::Outdated),
        Err(error) => Err(error),
    }
}
