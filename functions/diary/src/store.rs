//! Reads and writes of the diary's own table, and the reads of others that only the diary needs.

use std::collections::BTreeMap;

use gradebook::{Gradebook, Lesson};
use jiff::Timestamp;
use model::{AcademicPeriod, GroupId, InstitutionId, LessonKey, PersonId, Week};
use store::{Index, Query, StoreError, Stored, Table, Write};
use timetables::{Concerned, InstitutionDays, Owner, Timetable, Timetables, WeekChanges, WeekPlan};

use crate::item::{FamilyWeek, LastVisit, Tick};

/// The diary's table.
#[derive(Debug, Clone)]
pub(crate) struct DiaryStore {
    table: Table,
}

impl DiaryStore {
    /// The diary's data in `table`.
    pub(crate) const fn new(table: Table) -> Self {
        Self { table }
    }

    /// What the family keeps of a child's weeks, all in one: 1 batch of gets.
    pub(crate) async fn weeks(&self, child: PersonId, weeks: &[Week]) -> Result<FamilyWeek, StoreError> {
        let keys: Vec<_> = weeks
            .iter()
            .map(|week| FamilyWeek::key_of(child, *week))
            .collect();
        let mut found = FamilyWeek::default();
        for item in self.table.get_many_untyped(&keys).await? {
            found.add(&item)?;
        }
        Ok(found)
    }

    /// Who has read a week of each child, as far as anybody has: 1 batch of gets.
    pub(crate) async fn readings(
        &self,
        children: &[PersonId],
        week: Week,
    ) -> Result<BTreeMap<PersonId, BTreeMap<PersonId, Timestamp>>, StoreError> {
        let keys: Vec<_> = children
            .iter()
            .map(|child| FamilyWeek::key_of(*child, week))
            .collect();
        let mut found = BTreeMap::new();
        for item in self.table.get_many_untyped(&keys).await? {
            let mut kept = FamilyWeek::default();
            kept.add(&item)?;
            let child = FamilyWeek::child_of(&item)?;
            found.insert(child, kept.readings);
        }
        Ok(found)
    }

    /// A week of a child, and what the reader has seen of the diary: 1 batch of gets.
    pub(crate) async fn week_and_visit(
        &self,
        child: PersonId,
        week: Week,
        reader: PersonId,
    ) -> Result<(FamilyWeek, Option<LastVisit>), StoreError> {
        let keys = [FamilyWeek::key_of(child, week), LastVisit::key_of(child, reader)];
        let (mut found, mut visit) = (FamilyWeek::default(), None);
        for item in self.table.get_many_untyped(&keys).await? {
            if FamilyWeek::is(&item) {
                found.add(&item)?;
            } else {
                visit = item.as_record().transpose()?;
            }
        }
        Ok((found, visit))
    }

    /// What a reader has seen, as last written.
    pub(crate) async fn visit(
        &self,
        child: PersonId,
        reader: PersonId,
    ) -> Result<Option<Stored<LastVisit>>, StoreError> {
        self.table.get_latest(&LastVisit::key_of(child, reader)).await
    }

    /// Remembers a look over the one of `version`, 0 if there was none. Of two looks at one moment the first is remembered;
    /// the other's will be at the next one.
    pub(crate) async fn remember(&self, visit: LastVisit, version: u64) -> Result<(), StoreError> {
        let write = if version == 0 {
            Write::create(&Stored::new(visit))?
        } else {
            Write::replace(&Stored::following(visit, version), version)?
        };
        self.once(write).await
    }

    /// Ticks a task, or says it of one that is ticked already.
    pub(crate) async fn tick(
        &self,
        child: PersonId,
        lesson: LessonKey,
        journal: GroupId,
        tick: &Tick,
    ) -> Result<(), StoreError> {
        self.once(FamilyWeek::set_tick(child, lesson, journal, tick))
            .await
    }

    /// Takes a tick away, or leaves a task without one.
    pub(crate) async fn untick(
        &self,
        child: PersonId,
        lesson: LessonKey,
        journal: GroupId,
    ) -> Result<(), StoreError> {
        self.once(FamilyWeek::remove_tick(child, lesson, journal)).await
    }

    /// Notes that a reader has read a week; the first time stands.
    pub(crate) async fn note_reading(
        &self,
        child: PersonId,
        week: Week,
        reader: PersonId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.once(FamilyWeek::set_reading(child, week, reader, at)).await
    }

    /// A write whose condition fails only if it has been done already: a second click changes nothing and is no error.
    async fn once(&self, write: Write) -> Result<(), StoreError> {
        match self.table.write(vec![write]).await {
            Ok(()) | Err(StoreError::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// What a class has in each of some weeks: 1 batch of gets, and those of [`Timetables::plan`] for a week before the
/// timetable that was published last.
pub(crate) async fn plans(
    timetables: &Timetables,
    class: GroupId,
    at: InstitutionId,
    weeks: &[Week],
) -> Result<Vec<(Week, WeekPlan)>, StoreError> {
    let owner = Owner::Class(class);
    let changes = |week: Week| WeekChanges::key_of(Concerned::Week(owner), week);
    let shared = [owner.key(), InstitutionDays::key_of(at)];
    let keys: Vec<_> = shared
        .into_iter()
        .chain(weeks.iter().map(|week| changes(*week)))
        .collect();
    let items = timetables.table().get_many_untyped(&keys).await?;
    let timetable: Option<Timetable> = items.iter().find_map(|item| item.as_record()).transpose()?;
    let days: Option<InstitutionDays> = items.iter().find_map(|item| item.as_record()).transpose()?;
    let mut plans = vec![];
    for week in weeks {
        let has_begun = timetable.as_ref().is_none_or(|found| found.has_begun(*week));
        if !has_begun {
            plans.push((*week, timetables.plan(owner, &[at], *week).await?));
            continue;
        }
        let place = changes(*week).sk;
        let of_week = items.iter().find(|item| item.text("sk") == place);
        let found = of_week.map_or(Ok(vec![]), WeekChanges::read)?;
        let plan = WeekPlan {
            timetable: timetable.clone(),
            calendars: days
                .iter()
                .map(|days| (days.institution, days.calendar.clone()))
                .collect(),
            changes: found.into_iter().map(|found| found.change).collect(),
        };
        plans.push((*week, plan));
    }
    Ok(plans)
}

/// The lessons of a journal in a period, by time, without what others have in it: 1 query.
pub(crate) async fn lessons_of(
    gradebook: &Gradebook,
    journal: GroupId,
    period: &AcademicPeriod,
) -> Result<Vec<Lesson>, StoreError> {
    let key = |date, number| Lesson::key_of(journal, &period.id, LessonKey { date, number });
    let (first, last) = (key(period.start, 1), key(period.end, LessonKey::MOST_A_DAY));
    let query = Query::partition(Index::Table, first.pk).between(first.sk, last.sk);
    let found = gradebook.table().query::<Stored<Lesson>>(&query).await?;
    Ok(found.into_iter().map(|item| item.record).collect())
}
