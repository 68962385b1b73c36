//! Reads of the registry table, and the writes of a sign-in.

use model::{GroupId, InstitutionId, PersonId, RegionId, Subject};
use store::{Index, Query, StoreError, Stored, Table};

use crate::{
    AccountOwner, Alias, ClassTeaching, Group, GroupMemberships, GroupRoster, Institution, Member,
    MemberRole, Membership, Person, PersonCard, Region, group, person,
};

/// The registry table.
#[derive(Debug, Clone)]
pub struct Rosters {
    table: Table,
}

impl Rosters {
    /// The registry in `table`.
    pub const fn new(table: Table) -> Self {
        Self { table }
    }

    /// The table, for the registry's own stores.
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// All that a page or a decision needs of a person.
    pub async fn card(&self, person: PersonId) -> Result<Option<PersonCard>, StoreError> {
        let query = Query::partition(Index::Table, person::partition(person)).below("TEACHING");
        PersonCard::of(&self.table.query_untyped(&query).await?)
    }

    /// The same, and the groups in which the person learns or teaches.
    pub async fn card_with_teaching(&self, person: PersonId) -> Result<Option<PersonCard>, StoreError> {
        let query = Query::partition(Index::Table, person::partition(person));
        PersonCard::of(&self.table.query_untyped(&query).await?)
    }

    /// The groups in which a person learns or teaches; a class teacher's own class among them.
    pub async fn teaching(&self, person: PersonId) -> Result<Vec<Membership>, StoreError> {
        let query = Query::partition(Index::Table, person::partition(person)).starting_with("TEACHING#");
        Ok(self
            .table
            .query::<Stored<Membership>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// A group and who belongs to it.
    pub async fn roster(&self, group: GroupId) -> Result<Option<GroupRoster>, StoreError> {
        let found = self.memberships(group).await?;
        Ok(found.map(|found| found.roster()))
    }

    /// A group with the memberships of all who belong to it: as [`Rosters::roster`], and of a class where each pupil learns.
    pub async fn memberships(&self, group: GroupId) -> Result<Option<GroupMemberships>, StoreError> {
        let query = Query::partition(Index::First, group::partition(group));
        let mut found = None;
        let (mut pupils, mut teachers) = (vec![], vec![]);
        for item in self.table.query_untyped(&query).await? {
            if let Some(group) = item.as_record::<Group>() {
                found = Some(group?);
            } else if let Some(membership) = item.as_record::<Membership>() {
                let membership = membership?;
                match membership.role {
                    MemberRole::Pupil => pupils.push(membership),
                    MemberRole::Teacher => teachers.push(membership),
                }
            }
        }
        Ok(found.map(|group| GroupMemberships {
            group,
            pupils,
            teachers,
        }))
    }

    /// Who teaches a group, past teachers too.
    pub async fn teachers_of(&self, group: GroupId) -> Result<Vec<Member>, StoreError> {
        let query = Query::partition(Index::First, group::partition(group)).starting_with("TEACHER#");
        let found = self.table.query::<Stored<Membership>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record.member()).collect())
    }

    /// A group without its members.
    pub async fn group(&self, group: GroupId) -> Result<Option<Group>, StoreError> {
        Ok(self
            .table
            .get::<Stored<Group>>(&Group::key_of(group))
            .await?
            .map(|item| item.record))
    }

    /// Those of the groups that exist, in any order.
    pub async fn groups(&self, groups: &[GroupId]) -> Result<Vec<Group>, StoreError> {
        let keys: Vec<_> = groups.iter().map(|group| Group::key_of(*group)).collect();
        Ok(self
            .table
            .get_many::<Stored<Group>>(&keys)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// Those of the people who exist, in any order.
    pub async fn people(&self, people: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        let keys: Vec<_> = people.iter().map(|person| Person::key_of(*person)).collect();
        Ok(self
            .table
            .get_many::<Stored<Person>>(&keys)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// The people behind ids that an import derived: each id with its person, whether it is the person's own id or an
    /// alias. Ids of nobody are left out. Two batches of gets, the second only if there are aliases.
    pub async fn people_behind(&self, ids: &[PersonId]) -> Result<Vec<(PersonId, Person)>, StoreError> {
        let keys: Vec<_> = ids
            .iter()
            .flat_map(|id| [Person::key_of(*id), Alias::key_of(*id)])
            .collect();
        let (mut people, mut aliases) = (vec![], vec![]);
        for item in self.table.get_many_untyped(&keys).await? {
            if let Some(person) = item.as_record::<Person>() {
                let person = person?;
                people.push((person.person, person));
            } else if let Some(alias) = item.as_record::<Alias>() {
                aliases.push(alias?);
            }
        }
        if !aliases.is_empty() {
            let meant: Vec<_> = aliases.iter().map(|alias| alias.person).collect();
            let meant = self.people(&meant).await?;
            people.extend(aliases.iter().filter_map(|alias| {
                let person = meant.iter().find(|person| person.person == alias.person)?;
                Some((alias.alias, person.clone()))
            }));
        }
        Ok(people)
    }

    /// The teaching groups that draw from a class.
    pub async fn teaching_of_class(&self, class: GroupId) -> Result<Vec<ClassTeaching>, StoreError> {
        let query =
            Query::partition(Index::Table, group::partition(class)).starting_with(ClassTeaching::PREFIX);
        Ok(self
            .table
            .query::<Stored<ClassTeaching>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// The classes of an institution, by year and title.
    pub async fn classes(&self, institution: InstitutionId) -> Result<Vec<Group>, StoreError> {
        let query =
            Query::partition(Index::Second, format!("INSTITUTION#{institution}")).starting_with("CLASS#");
        Ok(self
            .table
            .query::<Stored<Group>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// An institution.
    pub async fn institution(&self, institution: InstitutionId) -> Result<Option<Institution>, StoreError> {
        let key = Institution::key_of(institution);
        Ok(self
            .table
            .get::<Stored<Institution>>(&key)
            .await?
            .map(|item| item.record))
    }

    /// Those of the institutions that exist, in any order.
    pub async fn institutions(&self, institutions: &[InstitutionId]) -> Result<Vec<Institution>, StoreError> {
        let keys: Vec<_> = institutions
            .iter()
            .map(|institution| Institution::key_of(*institution))
            .collect();
        Ok(self
            .table
            .get_many::<Stored<Institution>>(&keys)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// The institutions of a region, by kind and name, up to `limit`.
    pub async fn institutions_of(
        &self,
        region: RegionId,
        limit: i32,
    ) -> Result<Vec<Institution>, StoreError> {
        let query = Query::partition(Index::First, format!("REGION#{region}"))
            .starting_with("INSTITUTION#")
            .at_most(limit);
        Ok(self
            .table
            .query::<Stored<Institution>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// A region.
    pub async fn region(&self, region: RegionId) -> Result<Option<Region>, StoreError> {
        Ok(self
            .table
            .get::<Stored<Region>>(&Region::key_of(region))
            .await?
            .map(|item| item.record))
    }

    /// All regions, by name: under a hundred.
    pub async fn regions(&self) -> Result<Vec<Region>, StoreError> {
        let query = Query::partition(Index::First, Region::LIST);
        Ok(self
            .table
            .query::<Stored<Region>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// Whose account it is.
    pub async fn person_of(&self, subject: &Subject) -> Result<Option<PersonId>, StoreError> {
        Ok(self.account(subject).await?.map(|account| account.person))
    }

    /// Whose account it is, and when they last signed in at Gosuslugi.
    pub async fn account(&self, subject: &Subject) -> Result<Option<AccountOwner>, StoreError> {
        let key = AccountOwner::key_of(subject);
        Ok(self
            .table
            .get_latest::<Stored<AccountOwner>>(&key)
            .await?
            .map(|item| item.record))
    }
}
