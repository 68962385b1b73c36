//! Reads of the journals table.

mod answers;
mod history;

use jiff::ToSpan;
use model::{AcademicYear, GroupId, InstitutionId, LessonKey, PeriodId, PersonId, Week};
use serde::de::DeserializeOwned;
use store::{Index, Key, Query, Record, StoreError, Stored, Table};

use crate::{
    ClassLesson, ClassNotice, InstitutionMarking, LaterTask, Lesson, LessonPlan, MarkingChange, Newcomers,
    PeriodState, PupilNotices, PupilRow, RowKey, Sight, YearResults, class_week::ClassWeek, lesson,
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

    async fn changes<T: Record + DeserializeOwned>(&self, query: Query) -> Result<Vec<T>, StoreError> {
        let found = self.table.query::<Stored<T>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }
}
