//! What the calendar reads and writes.

use model::{InstitutionCalendar, InstitutionId};
use rosters::{Group, Institution, Rosters};
use store::{Record, StoreError, Stored, Table, Write};
use timetables::{InstitutionDays, Timetable, Timetables};
use web::Problem;

use crate::item::InstitutionRules;

/// The tables of the calendar.
#[derive(Debug)]
pub(crate) struct CalendarStore {
    table: Table,
    timetables: Timetables,
    rosters: Rosters,
}

/// A record with the version that stands; 0 while there is none.
#[derive(Debug, Clone)]
pub(crate) struct Versioned<T> {
    pub(crate) version: u64,
    pub(crate) record: T,
}

impl<T> Versioned<T> {
    fn of(found: Option<Stored<T>>, none: impl FnOnce() -> T) -> Self {
        match found {
            Some(Stored { version, record, .. }) => Self { version, record },
            None => Self {
                version: 0,
                record: none(),
            },
        }
    }

    /// The record, if it is still the one of the version that its editor saw.
    pub(crate) fn seen(&mut self, version: u64) -> Result<&mut T, Problem> {
        if self.version == version {
            Ok(&mut self.record)
        } else {
            Err(Problem::conflict("conflict"))
        }
    }
}

/// Days off and rules of an institution.
#[derive(Debug, Clone)]
pub(crate) struct Year {
    pub(crate) institution: Institution,
    pub(crate) days: Versioned<InstitutionDays>,
    pub(crate) rules: Versioned<InstitutionRules>,
}

/// The rules of an institution with the weeks of its classes as published last.
#[derive(Debug, Clone)]
pub(crate) struct School {
    pub(crate) institution: Institution,
    pub(crate) rules: Versioned<InstitutionRules>,
    pub(crate) weeks: Vec<Timetable>,
}

impl CalendarStore {
    pub(crate) fn new(schedules: Table, registry: Table) -> Self {
        Self {
            timetables: Timetables::new(schedules.clone()),
            table: schedules,
            rosters: Rosters::new(registry),
        }
    }

    /// The year of an institution, as last written: an edit of what was read before would undo what came since. Three gets
    /// in parallel.
    pub(crate) async fn year(&self, id: InstitutionId) -> Result<Option<Year>, StoreError> {
        let (days_key, rules_key) = (InstitutionDays::key_of(id), InstitutionRules::key_of(id));
        let (institution, days, rules) = tokio::try_join!(
            self.rosters.institution(id),
            self.table.get_latest::<Stored<InstitutionDays>>(&days_key),
            self.table.get_latest::<Stored<InstitutionRules>>(&rules_key)
        )?;
        let Some(institution) = institution else {
            return Ok(None);
        };
        let none = InstitutionDays {
            institution: id,
            calendar: InstitutionCalendar {
                time_zone: institution.time_zone.clone(),
                days_off: vec![],
            },
        };
        let days = Versioned::of(days, || none);
        let rules = Versioned::of(rules, || InstitutionRules::none(id));
        Ok(Some(Year {
            institution,
            days,
            rules,
        }))
    }

    /// The rules of an institution, as last written, and its published weeks. Two gets and a query in parallel.
    pub(crate) async fn school(&self, id: InstitutionId) -> Result<Option<School>, StoreError> {
        let key = InstitutionRules::key_of(id);
        let (institution, rules, weeks) = tokio::try_join!(
            self.rosters.institution(id),
            self.table.get_latest::<Stored<InstitutionRules>>(&key),
            self.timetables.classes_of(id)
        )?;
        let rules = Versioned::of(rules, || InstitutionRules::none(id));
        Ok(institution.map(|institution| School {
            institution,
            rules,
            weeks,
        }))
    }

    /// The classes of an institution. A query.
    pub(crate) async fn classes(&self, id: InstitutionId) -> Result<Vec<Group>, StoreError> {
        self.rosters.classes(id).await
    }

    /// Writes the days off over the version that was seen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if they have been changed since.
    pub(crate) async fn write_days(&self, days: &Versioned<InstitutionDays>) -> Result<(), StoreError> {
        self.write(days.record.clone(), days.version).await
    }

    /// Writes the rules over the version that was seen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if they have been changed since.
    pub(crate) async fn write_rules(&self, rules: &Versioned<InstitutionRules>) -> Result<(), StoreError> {
        self.write(rules.record.clone(), rules.version).await
    }

    async fn write<T>(&self, record: T, seen: u64) -> Result<(), StoreError>
    where
        T: Record + serde::Serialize,
    {
        let write = match seen {
            0 => Write::create(&Stored::new(record))?,
            seen => Write::replace(&Stored::following(record, seen), seen)?,
        };
        self.table.write(vec![write]).await
    }
}
