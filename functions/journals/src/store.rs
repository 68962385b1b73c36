//! Writes of the journals table.

use ::store::{Record, StoreError, Stored, Table, Write};
use gradebook::{
    AlertSeen, AnswerEntry, AnswerThread, Cell, CellChange, Gradebook, InstitutionMarking, LaterTask, Lesson,
    LessonPlan, MarkingChange, PeriodResult, PeriodState, PupilNotices, PupilRow, ResultChange, RowHead,
    RowKey, StateChange, YearResults,
};
use model::{LessonKey, Work};

use crate::permit::Guard;

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
    /// Somebody else has changed the same thing first.
    Outdated,
    /// The thing is as it was seen, but what it rests on is not: the lesson's works, or whether the period is open.
    Overtaken,
}

/// A cell to be written otherwise without a new version, as it was read and as it shall be.
#[derive(Debug, Clone)]
pub(crate) struct Restated<'a> {
    /// The row.
    pub(crate) row: &'a PupilRow,
    /// As it was read.
    pub(crate) before: &'a Cell,
    /// As it shall stand.
    pub(crate) after: Cell,
}

impl JournalStore {
    /// How many cells one transaction restates: the guard takes a place in it.
    pub(crate) const MOST_RESTATED: usize = Table::MOST_IN_TRANSACTION - 1;

    /// The store over a gradebook.
    pub(crate) const fn new(gradebook: Gradebook) -> Self {
        Self { gradebook }
    }

    const fn table(&self) -> &Table {
        self.gradebook.table()
    }

    /// Opens a lesson that must not be open yet: the lesson, and a line for the diaries of each of its classes.
    pub(crate) async fn open_lesson(
        &self,
        lesson: Lesson,
        guard: &Guard,
    ) -> Result<Outcome<Stored<Lesson>>, StoreError> {
        let stored = Stored::new(lesson);
        let mut writes = vec![Write::create(&stored)?, guard.write()?];
        writes.extend(in_diaries(&stored.record, None)?);
        outcome(self.table().write(writes).await, 1, stored)
    }

    /// Changes the lesson that was read, and with it what the diaries show.
    pub(crate) async fn change_lesson(
        &self,
        lesson: Lesson,
        before: &Stored<Lesson>,
        guard: &Guard,
    ) -> Result<Outcome<Stored<Lesson>>, StoreError> {
        let stored = Stored::following(lesson, before.version);
        let mut writes = vec![Write::replace(&stored, before.version)?, guard.write()?];
        writes.extend(in_diaries(&stored.record, Some(&before.record))?);
        outcome(self.table().write(writes).await, 1, stored)
    }

    /// Sets a cell whose version must be the expected one, and keeps what was before in the history. One transaction: the
    /// cell has its version, the change its number to itself, the lesson still its works, and the period still takes marks.
    pub(crate) async fn set_cell(
        &self,
        row: RowHead<'_>,
        works: &[Work],
        guard: &Guard,
        change: CellChange,
    ) -> Result<Outcome<Cell>, StoreError> {
        let cell = Cell {
            version: change.number,
            value: change.to.clone(),
        };
        let lesson = Write::check(
            Lesson::key_of(row.key.journal, &row.key.period, change.lesson),
            "attribute_exists(pk) AND works = :works",
        )
        .typed_value(":works", &works)?;
        let update = row.set_cell(change.lesson, &cell);
        let history = Write::create(&Stored::new(change))?;
        let writes = vec![update, history, lesson, guard.write()?];
        outcome(self.table().write(writes).await, 2, cell)
    }

    /// Writes cells of a lesson otherwise, each if it stands as it was read.
    pub(crate) async fn restate(
        &self,
        lesson: LessonKey,
        cells: &[Restated<'_>],
        guard: &Guard,
    ) -> Result<Outcome<()>, StoreError> {
        let restated = cells
            .iter()
            .map(|cell| cell.row.head().restate_cell(lesson, cell.before, &cell.after));
        let writes = restated.chain([guard.write()?]).collect();
        outcome(self.table().write(writes).await, cells.len(), ())
    }

    /// Sets the result of a period: in the pupil's row, among those of the year, and in the history.
    pub(crate) async fn set_result(
        &self,
        row: RowHead<'_>,
        year: &YearResults,
        guard: &Guard,
        result: &PeriodResult,
        change: ResultChange,
    ) -> Result<Outcome<()>, StoreError> {
        let writes = vec![
            row.set_result(result),
            year.set(&change.term, result),
            Write::create(&Stored::new(change))?,
            guard.write()?,
        ];
        outcome(self.table().write(writes).await, 3, ())
    }

    /// Sets the result of a year, while the last of its periods takes results.
    pub(crate) async fn set_year_result(
        &self,
        year: &YearResults,
        guard: &Guard,
        result: &PeriodResult,
        change: ResultChange,
    ) -> Result<Outcome<()>, StoreError> {
        let writes = vec![
            year.set(&change.term, result),
            Write::create(&Stored::new(change))?,
            guard.write()?,
        ];
        outcome(self.table().write(writes).await, 2, ())
    }

    /// Locks or reopens a period whose state is the one that was read, and keeps it in the history.
    pub(crate) async fn set_state(
        &self,
        guard: &Guard,
        state: PeriodState,
        change: StateChange,
    ) -> Result<Outcome<()>, StoreError> {
        let write = match guard {
            Guard::Known(known) => Write::replace(&Stored::following(state, known.version), known.version)?,
            Guard::New(_) => Write::create(&Stored::new(state))?,
        };
        let writes = vec![write, Write::create(&Stored::new(change))?];
        outcome(self.table().write(writes).await, 2, ())
    }

    /// Sets an institution's settings over those of the expected version; 0 where there are none.
    pub(crate) async fn set_marking(
        &self,
        marking: InstitutionMarking,
        version: u64,
        change: MarkingChange,
    ) -> Result<Outcome<()>, StoreError> {
        let write = match version {
            0 => Write::create(&Stored::new(marking))?,
            _ => Write::replace(&Stored::following(marking, version), version)?,
        };
        let writes = vec![write, Write::create(&Stored::new(change))?];
        outcome(self.table().write(writes).await, 2, ())
    }

    /// Puts the plan of a year over the one of the expected version; 0 where there is none.
    pub(crate) async fn set_plan(&self, plan: LessonPlan, version: u64) -> Result<Outcome<()>, StoreError> {
        let write = match version {
            0 => Write::create(&Stored::new(plan))?,
            _ => Write::replace(&Stored::following(plan, version), version)?,
        };
        outcome(self.table().write(vec![write]).await, 1, ())
    }

    /// Puts the notices of a pupil's year over those of the expected version, 0 where there are none, and shows the one that
    /// was changed in the weeks of the class.
    pub(crate) async fn set_notices(
        &self,
        notices: PupilNotices,
        version: u64,
        weeks: Vec<Write>,
    ) -> Result<Outcome<()>, StoreError> {
        let write = match version {
            0 => Write::create(&Stored::new(notices))?,
            _ => Write::replace(&Stored::following(notices, version), version)?,
        };
        let writes = [write].into_iter().chain(weeks).collect();
        outcome(self.table().write(writes).await, 1, ())
    }

    /// Notes that unusual changes were seen. Of two who say it at one moment the first stands, and who saw fewer of them than
    /// somebody before says nothing new.
    pub(crate) async fn see_alert(&self, seen: AlertSeen) -> Result<(), StoreError> {
        let stored = Stored::new(seen);
        let write = Write::put_if(&stored, "attribute_not_exists(pk) OR #changes < :changes")?
            .name("#changes", "changes")
            .typed_value(":changes", &stored.record.changes)?;
        match self.table().write(vec![write]).await {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Adds an entry to the thread about a homework: after the one before it, and while there is a homework.
    pub(crate) async fn add_answer(
        &self,
        lesson: &Lesson,
        entry: AnswerEntry,
    ) -> Result<Outcome<()>, StoreError> {
        let thread = AnswerThread::after(&entry);
        let before = entry.number - 1;
        let write = match before {
            0 => Write::create(&Stored::new(thread))?,
            _ => Write::replace(&Stored::following(thread, before), before)?,
        };
        let homework = Write::check(lesson.key(), "attribute_exists(homework)");
        let writes = vec![write, Write::create(&Stored::new(entry))?, homework];
        outcome(self.table().write(writes).await, 2, ())
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

/// The writes that show a lesson in the diaries of each of its classes, where they show it as it was before; and its homework
/// in the week in which it is due, where that is another one.
fn in_diaries(lesson: &Lesson, before: Option<&Lesson>) -> Result<Vec<Write>, StoreError> {
    let shown = lesson.for_diaries();
    let (was_due, is_due) = (before.and_then(LaterTask::of), LaterTask::of(lesson));
    let mut writes = vec![];
    for class in &lesson.classes {
        writes.push(shown.show(*class, before.is_none())?);
        writes.extend(LaterTask::show(*class, was_due.as_ref(), is_due.as_ref())?);
    }
    Ok(writes)
}

/// From how many classes a group may draw whose homework is due at a chosen lesson: a change can touch three weeks of each,
/// and all of it is one transaction with the lesson and the state of its period.
pub(crate) const MOST_CLASSES_OF_CHOSEN: usize = (Table::MOST_IN_TRANSACTION - 2) / 3;

/// What came of a transaction whose first `own` writes are of the thing itself and whose others are of what it rests on.
fn outcome<T>(written: Result<(), StoreError>, own: usize, value: T) -> Result<Outcome<T>, StoreError> {
    match written {
        Ok(()) => Ok(Outcome::Done(value)),
        Err(StoreError::Conflict(failed)) if failed.iter().any(|place| *place < own) => Ok(Outcome::Outdated),
        Err(StoreError::Conflict(_)) => Ok(Outcome::Overtaken),
        Err(error) => Err(error),
    }
}
