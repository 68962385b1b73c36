//! Reads of the journals table.

use jiff::{Timestamp, ToSpan, civil::Date};
use model::{AcademicYear, GroupId, InstitutionId, LessonKey, PeriodId, PersonId, Week};
use serde::de::DeserializeOwned;
use store::{Index, Key, Query, Record, StoreError, Stored, Table, Untyped};

use crate::{
    Alert, AlertSeen, AnswerEntry, AnswerKey, AnswerThread, CellChange, ChangePlace, ClassLesson, ClassNotice,
    InstitutionMarking, LaterTask, Lesson, LessonPlan, MarkingChange, Newcomers, NotableChange, PeriodState,
    PupilNotices, PupilRow, ResultChange, RowKey, Sight, StateChange, Term, UnusualChanges, YearResults,
    class_week::ClassWeek, lesson,
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
    /// The homework that was set in other weeks and is due in this one, by the lesson for which it is due.
    pub later: Vec<LaterTask>,
    /// The notices of absence of its pupils that touch the week.
    pub notices: Vec<ClassNotice>,
}

/// A change of a cell or of a result.
fn notable(item: &Untyped) -> Result<NotableChange, StoreError> {
    match item.as_record::<CellChange>() {
        Some(change) => change.map(NotableChange::Cell),
        None => item.read().map(NotableChange::Result),
    }
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

    /// The lessons of a class from a week to a week, by time, and the homework of other weeks that is due from the first of
    /// them on, up to [`LaterTask::MOST_WEEKS`] after the last: weeks to come hold little more than that.
    pub async fn agenda_of(
        &self,
        class: GroupId,
        first: Week,
        last: Week,
    ) -> Result<(Vec<ClassLesson>, Vec<LaterTask>), StoreError> {
        let until = Week::of(last.monday().saturating_add(LaterTask::MOST_WEEKS.weeks()));
        let (from, until) = (ClassWeek::key_of(class, first), ClassWeek::key_of(class, until));
        let query = Query::partition(Index::Table, from.pk).between(from.sk, until.sk);
        let (mut lessons, mut later) = (vec![], vec![]);
        for item in self.table.query_untyped(&query).await? {
            lessons.extend(ClassWeek::lessons_of(&item)?);
            later.extend(LaterTask::of_week(&item)?);
        }
        lessons.retain(|lesson| Week::of(lesson.lesson.date) <= last);
        Ok((lessons, later))
    }

    /// The lessons of a class in a week, by time.
    pub async fn week_of(&self, class: GroupId, week: Week) -> Result<Vec<ClassLesson>, StoreError> {
        let item = self.table.get_untyped(&ClassWeek::key_of(class, week)).await?;
        item.as_ref()
            .map_or(Ok(vec![]), |item| ClassWeek::lessons(week, item))
    }

    /// The lessons of a class in a week, what is due in it, and the notices of absence of its pupils: 1 get, or 1 batch of
    /// gets where pupils came to the class in the course of the year.
    pub async fn class_week(
        &self,
        class: GroupId,
        week: Week,
        newcomers: &Newcomers,
    ) -> Result<WeekOfClass, StoreError> {
        let key = ClassWeek::key_of(class, week);
        let weeks = [week];
        let items = if newcomers.pupils.is_empty() {
            self.table.get_untyped(&key).await?.into_iter().collect()
        } else {
            let keys: Vec<Key> = [key].into_iter().chain(newcomers.keys(&weeks)).collect();
            self.table.get_many_untyped(&keys).await?
        };
        let (mut found, mut notices) = (WeekOfClass::default(), vec![]);
        for item in &items {
            notices.extend(ClassNotice::of_item(item, &weeks)?);
            if item.entity() == ClassWeek::ENTITY {
                found.lessons = ClassWeek::lessons(week, item)?;
                found.later = LaterTask::of_week(item)?;
            }
        }
        found.notices = ClassNotice::each_once(notices);
        Ok(found)
    }

    /// The notices of absence of the pupils of some classes that touch any of the weeks, each once, by pupil and time: 1 batch
    /// of gets, with half a unit for each of those who came to the classes in the course of the year.
    pub async fn class_notices(
        &self,
        classes: &[GroupId],
        weeks: &[Week],
        newcomers: &Newcomers,
    ) -> Result<Vec<ClassNotice>, StoreError> {
        let of_class = |class: &GroupId| {
            let class = *class;
            weeks.iter().map(move |week| ClassWeek::key_of(class, *week))
        };
        let of_classes = classes.iter().flat_map(of_class);
        let keys: Vec<Key> = of_classes.chain(newcomers.keys(weeks)).collect();
        let mut notices = vec![];
        for item in self.table.get_many_untyped(&keys).await? {
            notices.extend(ClassNotice::of_item(&item, weeks)?);
        }
        Ok(ClassNotice::each_once(notices))
    }

    /// The notices of a pupil at an institution, as last written: of the last year with any and of the one before.
    pub async fn notices_of(
        &self,
        pupil: PersonId,
        institution: InstitutionId,
    ) -> Result<Vec<Stored<PupilNotices>>, StoreError> {
        let query = Query::partition(Index::Table, PupilNotices::partition(pupil))
            .starting_with(PupilNotices::prefix(institution))
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

    /// How a pupil's work on some homework stands, as far as there is any: 1 batch of gets.
    pub async fn answers_to(
        &self,
        pupil: PersonId,
        tasks: &[(GroupId, LessonKey)],
    ) -> Result<Vec<AnswerThread>, StoreError> {
        let key = |(journal, lesson): &(GroupId, LessonKey)| Key {
            pk: AnswerKey::threads(*journal, *lesson),
            sk: pupil.to_string(),
        };
        let keys: Vec<_> = tasks.iter().map(key).collect();
        let found = self.table.get_many::<Stored<AnswerThread>>(&keys).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
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
        items.iter().map(notable).collect()
    }

    /// The unusual changes at an institution from a day to a day (UTC) with who has seen them, those with the last change
    /// first. Of more than [`UnusualChanges::MOST_READ`] items the latest are read, and the first of their days is left out:
    /// the rest of it is not known.
    pub async fn unusual_changes(
        &self,
        institution: InstitutionId,
        (first, last): (Date, Date),
    ) -> Result<Vec<UnusualChanges>, StoreError> {
        // What follows the day in a sort key comes before this sign.
        let query = Query::partition(Index::Second, Alert::partition(institution))
            .between(first.to_string(), format!("{last}~"))
            .newest_first()
            .at_most(UnusualChanges::MOST_READ);
        let items = self.table.query_untyped(&query).await?;
        let (mut changes, mut seen) = (vec![], vec![]);
        for item in &items {
            match item.as_record::<AlertSeen>() {
                Some(found) => seen.push(found?),
                None => changes.push(notable(item)?),
            }
        }
        let is_cut = usize::try_from(UnusualChanges::MOST_READ).is_ok_and(|most| items.len() >= most);
        let mut gathered = UnusualChanges::gather(changes, seen);
        let earliest = gathered.iter().map(|group| group.id.day).min();
        gathered.retain(|group| !is_cut || Some(group.id.day) != earliest);
        Ok(gathered)
    }

    async fn changes<T: Record + DeserializeOwned>(&self, query: Query) -> Result<Vec<T>, StoreError> {
        let found = self.table.query::<Stored<T>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }
}
