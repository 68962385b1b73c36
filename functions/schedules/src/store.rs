//! What the pages read.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use model::{GroupId, GroupKind, ImportId, InstitutionId, PersonId, Week};
use rosters::{Group, Institution, MemberRole, Membership, PersonCard, Rosters};
use store::{StoreError, Stored, Table};
use timetables::{Owner, Timetable, Timetables};

use crate::{
    TimetableImport,
    days::{Days, Place},
    item::InstitutionRules,
};

/// The tables that the pages read.
#[derive(Debug)]
pub(crate) struct SchedulesStore {
    timetables: Timetables,
    rosters: Rosters,
}

/// What is published at an institution.
#[derive(Debug)]
pub(crate) struct Published {
    pub(crate) institution: Option<Institution>,
    pub(crate) classes: Vec<Group>,
    pub(crate) weeks: Vec<Timetable>,
    pub(crate) rules: InstitutionRules,
}

impl SchedulesStore {
    pub(crate) const fn new(schedules: Table, registry: Table) -> Self {
        Self {
            timetables: Timetables::new(schedules),
            rosters: Rosters::new(registry),
        }
    }

    /// The week of a teacher who works at the institutions. One batch of gets; for several institutions a query beside it.
    pub(crate) async fn teacher(
        &self,
        teacher: PersonId,
        at: &[InstitutionId],
        week: Week,
    ) -> Result<Days, StoreError> {
        let places = async {
            if at.len() > 1 {
                self.places(teacher).await
            } else {
                Ok(HashMap::new())
            }
        };
        let plan = self.timetables.plan(Owner::Teacher(teacher), at, week);
        let (plan, places) = tokio::try_join!(plan, places)?;
        Ok(Days { plan, places })
    }

    async fn places(&self, teacher: PersonId) -> Result<HashMap<GroupId, Place>, StoreError> {
        let taught = self.rosters.teaching(teacher).await?.into_iter();
        Ok(taught
            .map(|held| {
                (
                    held.group,
                    Place {
                        institution: held.institution,
                        name: held.institution_name,
                    },
                )
            })
            .collect())
    }

    /// The week of a class. One batch of gets.
    pub(crate) async fn class_week(
        &self,
        class: GroupId,
        at: InstitutionId,
        week: Week,
    ) -> Result<Days, StoreError> {
        let plan = self.timetables.plan(Owner::Class(class), &[at], week).await?;
        Ok(Days {
            plan,
            places: HashMap::new(),
        })
    }

    /// A class, if there is one of that id.
    pub(crate) async fn class(&self, class: GroupId) -> Result<Option<Group>, StoreError> {
        Ok(self
            .rosters
            .group(class)
            .await?
            .filter(|group| group.kind == GroupKind::Class))
    }

    /// Those of the people who learn in the class on the date. One batch of gets, none for nobody.
    pub(crate) async fn pupils_among(
        &self,
        people: &[PersonId],
        class: GroupId,
        date: Date,
    ) -> Result<Vec<PersonId>, StoreError> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let key = |person: &PersonId| Membership::key_of(*person, class, GroupKind::Class, MemberRole::Pupil);
        let keys: Vec<_> = people.iter().map(key).collect();
        let found = self
            .rosters
            .table()
            .get_many::<Stored<Membership>>(&keys)
            .await?
            .into_iter();
        Ok(found
            .map(|item| item.record)
            .filter(|held| held.holds_on(date))
            .map(|held| held.person)
            .collect())
    }

    /// All that is known of a person.
    pub(crate) async fn card(&self, person: PersonId) -> Result<Option<PersonCard>, StoreError> {
        self.rosters.card(person).await
    }

    /// An institution.
    pub(crate) async fn institution(&self, id: InstitutionId) -> Result<Option<Institution>, StoreError> {
        self.rosters.institution(id).await
    }

    /// The classes of institutions, each institution with its name. A query for each, and a batch of gets for the names.
    pub(crate) async fn classes(
        &self,
        of: &[InstitutionId],
    ) -> Result<Vec<(Institution, Vec<Group>)>, StoreError> {
        let institutions: BTreeMap<_, _> = self
            .rosters
            .institutions(of)
            .await?
            .into_iter()
            .map(|found| (found.institution, found))
            .collect();
        let mut found = Vec::with_capacity(institutions.len());
        for (id, institution) in institutions {
            found.push((institution, self.rosters.classes(id).await?));
        }
        Ok(found)
    }

    /// An institution, its classes, their weeks as published last and the rules by which they were made: four reads in
    /// parallel.
    pub(crate) async fn published(&self, id: InstitutionId) -> Result<Published, StoreError> {
        let key = InstitutionRules::key_of(id);
        let (institution, classes, weeks, rules) = tokio::try_join!(
            self.rosters.institution(id),
            self.rosters.classes(id),
            self.timetables.classes_of(id),
            self.timetables.table().get::<Stored<InstitutionRules>>(&key)
        )?;
        Ok(Published {
            institution,
            classes,
            weeks,
            rules: rules.map_or_else(|| InstitutionRules::none(id), |item| item.record),
        })
    }

    /// The report of an import.
    pub(crate) async fn import(&self, import: ImportId) -> Result<Option<TimetableImport>, StoreError> {
        let key = TimetableImport::key_of(import);
        let found = self
            .timetables
            .table()
            .get::<Stored<TimetableImport>>(&key)
            .await?;
        Ok(found.map(|item| item.record))
    }
}
