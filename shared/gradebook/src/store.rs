//! Reads of the journals table.

use jiff::{Timestamp, civil::Date};
use model::{AcademicYear, GroupId, InstitutionId, LessonKey, PeriodId, PersonId, Week};
use serde::de::DeserializeOwned;
use store::{Index, Query, Record, StoreError, Stored, Table, Untyped};

use crate::{
    AnswerEntry, AnswerKey, AnswerThread, CellChange, ChangePlace, ClassLesson, ClassNotice,
    InstitutionMarking, Lesson, LessonPlan, MarkingChange, NotableChange, PeriodState, PupilNotices,
    PupilRow, ResultChange, RowKey, Sight, StateChange, Term, YearResults, class_week::ClassWeek, lesson,
};

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
    /// How the period stands, from its first lesson on.
    pub state: Option<Stored<PeriodState>>,
}

/// What a class has in a week.
#[derive(Debug, Clone, Default)]
pub struct WeekOfClass {
    /// The lessons that were opened, by time.
    pub lessons: Vec<ClassLesson>,
    /// The notices of absence of its pupils that touch the week.
    pub notices: Vec<ClassNotice>,
}

fn period_query(journal: GroupId, period: &PeriodId) -> Query {
    Query::partition(Index::Table, lesson::partition(journal)).starting_with(format!("{period}#"))
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
        self.period_by(period_query(journal, period)).await
    }

    /// A period of a journal as last written, at twice the price: for decisions about all of its cells.
    pub async fn period_latest(
        &self,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<JournalPeriod, StoreError> {
        self.period_by(period_query(journal, period).consistent()).await
    }

    async fn period_by(&self, query: Query) -> Result<JournalPeriod, StoreError> {
        let mut found = JournalPeriod::default();
        for item in self.table.query_untyped(&query).await? {
            match item.entity() {
                PupilRow::ENTITY => found.rows.push(PupilRow::of(&item)?),
                PeriodState::ENTITY => found.state = Some(item.read()?),
                _ => found.lessons.push(item.read()?),
            }
        }
        Ok(found)
    }

    /// The lessons of a period of a journal, by time.
    pub async fn lessons(&self, journal: GroupId, period: &PeriodId) -> Result<Vec<Lesson>, StoreError> {
        let query = Query::partition(Index::Table, lesson::partition(journal))
            .starting_with(format!("{period}#LESSON#"));
        let found = self.table.query::<Stored<Lesson>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }

    /// The lesson plan of a journal's year, as last written.
    pub async fn plan(
        &self,
        journal: GroupId,
        year: AcademicYear,
    ) -> Result<Option<Stored<LessonPlan>>, StoreError> {
        self.table.get_latest(&LessonPlan::key_of(journal, year)).await
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

    /// How a period of a journal stands, as last written; nothing before its first lesson.
    pub async fn state(
        &self,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<Option<Stored<PeriodState>>, StoreError> {
        self.table.get_latest(&PeriodState::key_of(journal, period)).await
    }

    /// A pupil's rows of a period in all subjects, as far as the reader may see them.
    pub async fn rows_of(
        &self,
        pupil: PersonId,
        period: &PeriodId,
        sight: Sight,
    ) -> Result<Vec<PupilRow>, StoreError> {
        let query = Query::partition(Index::First, RowKey::pupil_partition(pupil))
            .starting_with(format!("{period}#"));
        self.table
            .query_untyped(&query)
            .await?
            .iter()
            .map(|item| Ok(PupilRow::of(item)?.seen(sight)))
            .collect()
    }

    /// A pupil's results of a year in all subjects that have any.
    pub async fn results_of(
        &self,
        pupil: PersonId,
        year: AcademicYear,
    ) -> Result<Vec<YearResults>, StoreError> {
        let query = Query::partition(Index::First, RowKey::pupil_partition(pupil))
            .starting_with(YearResults::prefix(year));
        self.year_results(query).await
    }

    /// A pupil's results of all years in all subjects that have any.
    pub async fn results_of_all_years(&self, pupil: PersonId) -> Result<Vec<YearResults>, StoreError> {
        let query = Query::partition(Index::First, RowKey::pupil_partition(pupil))
            .starting_with(YearResults::EVERY_YEAR);
        self.year_results(query).await
    }

    /// A pupil's rows of some periods in all subjects, as far as the reader may see them: one query from the first of them
    /// to the last by their names.
    pub async fn rows_of_periods(
        &self,
        pupil: PersonId,
        periods: &[PeriodId],
        sight: Sight,
    ) -> Result<Vec<PupilRow>, StoreError> {
        let (Some(first), Some(last)) = (periods.iter().min(), periods.iter().max()) else {
            return Ok(vec![]);
        };
        // What follows the name of a period in a sort key begins with a sign before this one.
        let query = Query::partition(Index::First, RowKey::pupil_partition(pupil))
            .between(format!("{first}#"), format!("{last}$"));
        let mut rows = vec![];
        for item in self.table.query_untyped(&query).await? {
            let row = PupilRow::of(&item)?;
            rows.extend(periods.contains(&row.key.period).then(|| row.seen(sight)));
        }
        Ok(rows)
    }

    /// The results of a journal's year: of those pupils who have any.
    pub async fn results(
        &self,
        journal: GroupId,
        year: AcademicYear,
    ) -> Result<Vec<YearResults>, StoreError> {
        let query = Query::partition(Index::Table, lesson::partition(journal))
            .starting_with(YearResults::prefix(year));
        self.year_results(query).await
    }

    async fn year_results(&self, query: Query) -> Result<Vec<YearResults>, StoreError> {
        let items = self.table.query_untyped(&query).await?;
        items.iter().map(YearResults::of).collect()
    }

    /// The results of a pupil in a journal's year, as last written.
    pub async fn results_in(
        &self,
        journal: GroupId,
        year: AcademicYear,
        pupil: PersonId,
    ) -> Result<Option<YearResults>, StoreError> {
        let key = YearResults::key_of(journal, year, pupil);
        let item = self.table.get_latest_untyped(&key).await?;
        item.as_ref().map(YearResults::of).transpose()
    }

    /// An institution's settings for marks, as last written.
    pub async fn marking(
        &self,
        institution: InstitutionId,
    ) -> Result<Option<Stored<InstitutionMarking>>, StoreError> {
        self.table
            .get_latest(&InstitutionMarking::key_of(institution))
            .await
    }

    /// What the settings were, the last first, up to so many.
    pub async fn marking_history(
        &self,
        institution: InstitutionId,
        limit: i32,
    ) -> Result<Vec<MarkingChange>, StoreError> {
        let query = Query::partition(Index::Table, MarkingChange::partition(institution))
            .starting_with(MarkingChange::PREFIX)
            .newest_first()
            .at_most(limit);
        self.changes(query).await
    }

    /// The lessons of a class in the weeks of a period, by time: as its diaries show them.
    pub async fn weeks_of(
        &self,
        class: GroupId,
        first: Week,
        last: Week,
    ) -> Result<Vec<ClassLesson>, StoreError> {
        let (first, last) = (ClassWeek::key_of(class, first), ClassWeek::key_of(class, last));
        let query = Query::partition(Index::Table, first.pk).between(first.sk, last.sk);
        let mut lessons = vec![];
        for item in self.table.query_untyped(&query).await? {
            lessons.extend(ClassWeek::lessons_of(&item)?);
        }
        Ok(lessons)
    }

    /// The lessons of a class in a week, by time.
    pub async fn week_of(&self, class: GroupId, week: Week) -> Result<Vec<ClassLesson>, StoreError> {
        Ok(self.class_week(class, week).await?.lessons)
    }

    /// The lessons of a class in a week, and the notices of absence of its pupils.
    pub async fn class_week(&self, class: GroupId, week: Week) -> Result<WeekOfClass, StoreError> {
        let item = self.table.get_untyped(&ClassWeek::key_of(class, week)).await?;
        item.as_ref().map_or(Ok(WeekOfClass::default()), |item| {
            Ok(WeekOfClass {
                lessons: ClassWeek::lessons(week, item)?,
                notices: ClassNotice::of_week(item)?,
            })
        })
    }

    /// The notices of absence of the pupils of some classes that touch any of the weeks, each once, by pupil and time.
    pub async fn class_notices(
        &self,
        classes: &[GroupId],
        weeks: &[Week],
    ) -> Result<Vec<ClassNotice>, StoreError> {
        let of_class = |class: &GroupId| {
            let class = *class;
            weeks.iter().map(move |week| ClassWeek::key_of(class, *week))
        };
        let keys: Vec<_> = classes.iter().flat_map(of_class).collect();
        let mut notices = vec![];
        for item in self.table.get_many_untyped(&keys).await? {
            notices.extend(ClassNotice::of_week(&item)?);
        }
        notices.sort_by_key(|notice| (notice.pupil, notice.id));
        notices.dedup();
        Ok(notices)
    }

    /// The notices of a pupil in a class, as last written: of the last year with any and of the one before.
    pub async fn notices_of(
        &self,
        pupil: PersonId,
        class: GroupId,
    ) -> Result<Vec<Stored<PupilNotices>>, StoreError> {
        let query = Query::partition(Index::Table, PupilNotices::partition(pupil))
            .starting_with(PupilNotices::prefix(class))
            .newest_first()
            .at_most(2)
            .consistent();
        self.table.query(&query).await
    }

    /// How the work of each pupil on the homework of a lesson stands, of those who have answered.
    pub async fn answers(
        &self,
        journal: GroupId,
        lesson: LessonKey,
    ) -> Result<Vec<AnswerThread>, StoreError> {
        let partition = AnswerKey::threads(journal, lesson);
        self.changes(Query::partition(Index::Table, partition)).await
    }

    /// How a pupil's work on the homework of the lessons of some days stands, in all subjects.
    pub async fn answers_of(
        &self,
        pupil: PersonId,
        (from, until): (Date, Date),
    ) -> Result<Vec<AnswerThread>, StoreError> {
        let (first, last) = AnswerThread::days(from, until);
        let partition = AnswerThread::pupil_partition(pupil);
        self.changes(Query::partition(Index::First, partition).between(first, last))
            .await
    }

    /// What was said of a pupil's work, as last written, the first first.
    pub async fn answer_entries(&self, thread: AnswerKey) -> Result<Vec<AnswerEntry>, StoreError> {
        self.changes(Query::partition(Index::Table, thread.entries()).consistent())
            .await
    }

    /// The rows of a period of a journal, without its lessons.
    pub async fn rows_in(&self, journal: GroupId, period: &PeriodId) -> Result<Vec<PupilRow>, StoreError> {
        let query = Query::partition(Index::Table, lesson::partition(journal))
            .starting_with(format!("{period}#ROW#"));
        self.table
            .query_untyped(&query)
            .await?
            .iter()
            .map(PupilRow::of)
            .collect()
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
        self.changes(query).await
    }

    /// The changes of a result, the last first.
    pub async fn result_history(
        &self,
        journal: GroupId,
        year: AcademicYear,
        term: &Term,
        pupil: PersonId,
    ) -> Result<Vec<ResultChange>, StoreError> {
        let partition = ResultChange::partition(journal, year, term, pupil);
        self.changes(Query::partition(Index::Table, partition).newest_first())
            .await
    }

    /// The locks and reopenings of a period, the last first.
    pub async fn state_history(
        &self,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<Vec<StateChange>, StoreError> {
        let partition = StateChange::partition(journal, period);
        self.changes(Query::partition(Index::Table, partition).newest_first())
            .await
    }

    /// The notable changes of a journal from a moment to a moment, the last first, up to so many.
    pub async fn notable_changes(
        &self,
        journal: GroupId,
        (first, last): (Timestamp, Timestamp),
        limit: i32,
    ) -> Result<Vec<NotableChange>, StoreError> {
        let last = ChangePlace::after(last);
        self.notable_changes_until(journal, (first, &last), limit).await
    }

    /// The same up to a place, itself included: how the next portion is read after one that was cut.
    pub async fn notable_changes_until(
        &self,
        journal: GroupId,
        (first, last): (Timestamp, &ChangePlace),
        limit: i32,
    ) -> Result<Vec<NotableChange>, StoreError> {
        let query = Query::partition(Index::First, NotableChange::partition(journal))
            .between(NotableChange::moment(first), last.as_str())
            .newest_first()
            .at_most(limit);
        let items = self.table.query_untyped(&query).await?;
        let read = |item: &Untyped| match item.as_record::<CellChange>() {
            Some(change) => change.map(NotableChange::Cell),
            None => item.read().map(NotableChange::Result),
        };
        items.iter().map(read).collect()
    }

    async fn changes<T: Record + DeserializeOwned>(&self, query: Query) -> Result<Vec<T>, StoreError> {
        let found = self.table.query::<Stored<T>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }
}
