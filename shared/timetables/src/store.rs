//! Reads of the schedules table.

use model::{InstitutionCalendar, InstitutionId};
use store::{StoreError, Stored, Table};

use crate::{InstitutionDays, Owner, Timetable};

/// The schedules table.
#[derive(Debug, Clone)]
pub struct Timetables {
    table: Table,
}

/// A week, and the calendar by which it is read; either may be missing.
pub type WeekAndCalendar = (Option<Timetable>, Option<InstitutionCalendar>);

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

    /// The week of `owner` and the institution's calendar in one call.
    pub async fn week_and_calendar(
        &self,
        owner: Owner,
        institution: InstitutionId,
    ) -> Result<WeekAndCalendar, StoreError> {
        let keys = [owner.key(), InstitutionDays::key_of(institution)];
        let (mut week, mut calendar) = (None, None);
        for item in self.table.get_many_untyped(&keys).await? {
            if let Some(found) = item.as_record::<Timetable>() {
                week = Some(found?);
            } else if let Some(found) = item.as_record::<InstitutionDays>() {
                calendar = Some(found?.calendar);
            }
        }
        Ok((week, calendar))
    }
}
