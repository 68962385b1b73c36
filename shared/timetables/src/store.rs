//! Reads of the schedules table.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{InstitutionCalendar, InstitutionId, Week};
use store::{Index, Query, StoreError, Stored, Table};

use crate::{
    Concerned, InstitutionDays, LessonChange, Owner, PlannedLesson, Timetable, VersionedChange, WeekChanges,
    timetable,
};

/// The schedules table.
#[derive(Debug, Clone)]
pub struct Timetables {
    table: Table,
}

/// All that was ever published for an owner, and what differs from it on single dates.
#[derive(Debug, Clone, Default)]
pub struct OwnerPlan {
    /// The weeks, in any order; each knows from when until when it holds.
    pub timetables: Vec<Timetable>,
    /// The changes.
    pub changes: Vec<LessonChange>,
}

impl OwnerPlan {
    /// The lessons of a date as they are held or not, by time.
    pub fn on(&self, date: Date, calendar: Option<&InstitutionCalendar>) -> Vec<PlannedLesson> {
        let week = Week::of(date);
        let holds = |timetable: &&Timetable| {
            timetable.has_begun(week) && timetable.until.is_none_or(|until| week.monday() < until)
        };
        let free = calendar.is_some_and(|calendar| calendar.day_off(date).is_some());
        let timetable = self.timetables.iter().find(holds);
        timetable
            .map(|timetable| timetable.planned(date, &self.changes, |_| free))
            .unwrap_or_default()
    }
}

/// All that says which lessons an owner has in a week.
#[derive(Debug, Clone, Default)]
pub struct WeekPlan {
    /// The week that was published, if any was.
    pub timetable: Option<Timetable>,
    /// The calendars asked for, as far as there are any.
    pub calendars: BTreeMap<InstitutionId, InstitutionCalendar>,
    /// What differs in this week, by time.
    pub changes: Vec<LessonChange>,
}

impl Timetables {
    /// The timetables in `table`.
    pub const fn new(table: Table) -> Self {
        Self { table }
    }

    /// The table, for the schedules' own store.
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// The week of `owner`.
    pub async fn week(&self, owner: Owner) -> Result<Option<Timetable>, StoreError> {
        Ok(self
            .table
            .get::<Stored<Timetable>>(&owner.key())
            .await?
            .map(|item| item.record))
    }

    /// An institution's calendar.
    pub async fn calendar(
        &self,
        institution: InstitutionId,
    ) -> Result<Option<InstitutionCalendar>, StoreError> {
        let key = InstitutionDays::key_of(institution);
        Ok(self
            .table
            .get::<Stored<InstitutionDays>>(&key)
            .await?
            .map(|item| item.record.calendar))
    }

    /// All that was published for an owner, with its changes: one query.
    pub async fn plan_of_all(&self, owner: Owner) -> Result<OwnerPlan, StoreError> {
        let query = Query::partition(Index::Table, owner.partition());
        let mut plan = OwnerPlan::default();
        for item in self.table.query_untyped(&query).await? {
            if let Some(found) = item.as_record::<Timetable>() {
                plan.timetables.push(found?);
            } else if item.entity() == WeekChanges::ENTITY {
                let changes = WeekChanges::read(&item)?.into_iter();
                plan.changes.extend(changes.map(|found| found.change));
            }
        }
        Ok(plan)
    }

    /// What an owner has in a week: one batch of gets, and a query if the week is older than what was published last.
    pub async fn plan(&self, owner: Owner, at: &[InstitutionId], week: Week) -> Result<WeekPlan, StoreError> {
        let changes = WeekChanges::key_of(Concerned::Week(owner), week);
        let calendars = at.iter().map(|institution| InstitutionDays::key_of(*institution));
        let keys: Vec<_> = calendars.chain([owner.key(), changes]).collect();
        let mut plan = WeekPlan::default();
        for item in self.table.get_many_untyped(&keys).await? {
            if let Some(found) = item.as_record::<Timetable>() {
                plan.timetable = Some(found?);
            } else if let Some(found) = item.as_record::<InstitutionDays>() {
                let found = found?;
                plan.calendars.insert(found.institution, found.calendar);
            } else if item.entity() == WeekChanges::ENTITY {
                let changes = WeekChanges::read(&item)?.into_iter();
                plan.changes = changes.map(|found| found.change).collect();
            }
        }
        if plan
            .timetable
            .as_ref()
            .is_some_and(|timetable| !timetable.has_begun(week))
        {
            plan.timetable = self.earlier(owner, week).await?;
        }
        Ok(plan)
    }

    /// The week that held before the one published last.
    async fn earlier(&self, owner: Owner, week: Week) -> Result<Option<Timetable>, StoreError> {
        let first = owner.key_of_version_until(week.next().monday()).sk;
        let query = Query::partition(Index::Table, owner.partition())
            .between(first, "TIMETABLE#9")
            .at_most(1);
        let found = self.table.query::<Stored<Timetable>>(&query).await?;
        let found = found.into_iter().map(|item| item.record);
        Ok(found.into_iter().find(|timetable| timetable.has_begun(week)))
    }

    /// The weeks of an institution's classes as published last. A lesson of several classes stands in the week of each.
    pub async fn classes_of(&self, institution: InstitutionId) -> Result<Vec<Timetable>, StoreError> {
        self.weeks_of(institution, timetable::CLASSES).await
    }

    /// The weeks of an institution's teachers as published last; of a teacher of several institutions only at that where
    /// they teach most.
    pub async fn teachers_of(&self, institution: InstitutionId) -> Result<Vec<Timetable>, StoreError> {
        self.weeks_of(institution, timetable::TEACHERS).await
    }

    async fn weeks_of(&self, institution: InstitutionId, prefix: &str) -> Result<Vec<Timetable>, StoreError> {
        let partition = timetable::institution_partition(institution);
        let query = Query::partition(Index::First, partition).starting_with(prefix);
        let found = self.table.query::<Stored<Timetable>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }

    /// The changes of a week with their versions, for those who make changes. As last written.
    pub async fn changes(&self, of: Concerned, week: Week) -> Result<Vec<VersionedChange>, StoreError> {
        let item = self
            .table
            .get_latest_untyped(&WeekChanges::key_of(of, week))
            .await?;
        item.as_ref().map_or(Ok(vec![]), WeekChanges::read)
    }
}

impl WeekPlan {
    /// The lessons of a date as they are held, by time; all by the calendar of one institution.
    pub fn on(&self, date: Date) -> Vec<PlannedLesson> {
        let free = self
            .calendars
            .values()
            .any(|calendar| calendar.day_off(date).is_some());
        self.timetable
            .as_ref()
            .map(|timetable| timetable.planned(date, &self.changes, |_| free))
            .unwrap_or_default()
    }
}
