//! What imports read and write.

use std::collections::{BTreeSet, HashMap};

use bundles::{
    Bundle,
    oneroster::{FileKind, Reference},
};
use model::{GroupId, InstitutionId, PersonId, SnilsHash};
use rosters::{Group, Member, Membership, Person, Rosters, SnilsOwner};
use serde::de::DeserializeOwned;
use store::{Index, Key, Query, StoreError, Stored, Table, Write};
use tokio::task::JoinSet;

use super::{
    item::{SourceCourse, SourceSession},
    known::{Known, Place, ids_of},
    people::{NamedPerson, StoredPeople},
};

/// Calls to the database that are under way at one time.
const AT_ONCE: usize = 8;
/// Keys of one batch read.
const BATCH: usize = 100;

/// The registry's records, as an import compares and writes them.
#[derive(Debug, Clone)]
pub(crate) struct RecordStore {
    rosters: Rosters,
}

impl RecordStore {
    /// The records of the registry table.
    pub(crate) const fn new(table: Table) -> Self {
        Self {
            rosters: Rosters::new(table),
        }
    }

    const fn table(&self) -> &Table {
        self.rosters.table()
    }

    /// Looks up what the bundle names and does not hold.
    pub(crate) async fn known(
        &self,
        bundle: &Bundle,
        outward: &BTreeSet<Reference>,
        place: &Place,
    ) -> Result<Known, StoreError> {
        let mut known = Known::default();
        let region = place.region;
        let keys: Vec<Key> = ids_of(outward, FileKind::AcademicSessions)
            .map(|id| SourceSession::key_of(region, id.as_str()))
            .collect();
        let found = self.stored::<SourceSession>(keys).await?;
        known.sessions = found
            .into_iter()
            .map(|item| (item.record.sourced_id.clone(), item.record))
            .collect();
        let keys = ids_of(outward, FileKind::Courses)
            .map(|id| SourceCourse::key_of(region, id.as_str()))
            .collect();
        let found = self.stored::<SourceCourse>(keys).await?;
        known.courses = found
            .into_iter()
            .map(|item| (item.record.sourced_id.clone(), item.record))
            .collect();

        let groups: Vec<GroupId> = ids_of(outward, FileKind::Classes)
            .map(|id| place.group(id))
            .collect();
        known.groups = self
            .rosters
            .groups(&groups)
            .await?
            .into_iter()
            .map(|group| (group.group, group))
            .collect();
        let of_groups = known.groups.values().map(|group| group.institution);
        // An organisation that the bundle takes out of use is still the place of what it names there.
        let closing = bundle.orgs.iter().filter(|org| !org.row.base.is_active());
        let institutions: BTreeSet<InstitutionId> = ids_of(outward, FileKind::Orgs)
            .chain(closing.map(|org| &org.row.base.sourced_id))
            .map(|id| place.institution(id))
            .chain(of_groups)
            .collect();
        let found = self
            .rosters
            .institutions(&institutions.into_iter().collect::<Vec<_>>())
            .await?;
        known.institutions = found
            .into_iter()
            .map(|found| (found.institution, found))
            .collect();
        let people: Vec<PersonId> = ids_of(outward, FileKind::Users)
            .map(|id| place.person(id))
            .collect();
        known.people = self.rosters.people_behind(&people).await?.into_iter().collect();
        Ok(known)
    }

    /// What is stored of the people whom a bundle names.
    pub(crate) async fn people(&self, named: &[NamedPerson<'_>]) -> Result<StoredPeople, StoreError> {
        let mut people = StoredPeople::default();
        let derived: Vec<PersonId> = named.iter().map(|person| person.derived).collect();
        let behind = self.rosters.people_behind(&derived).await?;
        // A number that a row corrects is looked up as well: its marker has to go.
        let old = behind.iter().filter_map(|(_, person)| person.snils_hash.as_ref());
        let hashes: BTreeSet<&SnilsHash> = named
            .iter()
            .filter_map(|person| person.snils.as_ref())
            .chain(old)
            .collect();
        let owners = self
            .stored::<SnilsOwner>(hashes.into_iter().map(SnilsOwner::key_of).collect())
            .await?;
        people.owners = owners
            .into_iter()
            .map(|item| (item.record.snils_hash.clone(), item))
            .collect();
        people.behind = behind.iter().map(|(id, person)| (*id, person.person)).collect();
        let own: BTreeSet<PersonId> = people
            .behind
            .values()
            .copied()
            .chain(people.owners.values().map(|owner| owner.record.person))
            .collect();
        let cards = self
            .stored::<Person>(own.into_iter().map(Person::key_of).collect())
            .await?;
        people.cards = cards.into_iter().map(|item| (item.record.person, item)).collect();
        Ok(people)
    }

    /// The stored records among keys, several batches at a time.
    pub(crate) async fn stored<T>(&self, keys: Vec<Key>) -> Result<Vec<Stored<T>>, StoreError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let batches = keys.chunks(BATCH).map(<[Key]>::to_vec).collect::<Vec<_>>();
        let found = self
            .each(batches, |store, batch| async move {
                store.table().get_many::<Stored<T>>(&batch).await
            })
            .await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Reads something for each of the asked, several at a time, in any order.
    async fn each<A, T, R>(
        &self,
        asked: impl IntoIterator<Item = A>,
        read: impl Fn(Self, A) -> R,
    ) -> Result<Vec<T>, StoreError>
    where
        T: Send + 'static,
        R: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let mut asked = asked.into_iter();
        let mut found = Vec::new();
        let mut reads = JoinSet::new();
        loop {
            while reads.len() < AT_ONCE
                && let Some(one) = asked.next()
            {
                reads.spawn(read(self.clone(), one));
            }
            let Some(read) = reads.join_next().await else {
                return Ok(found);
            };
            found.push(read.map_err(StoreError::unavailable)??);
        }
    }

    /// The stored records among keys, by key.
    pub(crate) async fn stored_by_key<T>(&self, keys: Vec<Key>) -> Result<HashMap<Key, Stored<T>>, StoreError>
    where
        T: DeserializeOwned + store::Record + Send + 'static,
    {
        Ok(self
            .stored::<T>(keys)
            .await?
            .into_iter()
            .map(|item| (item.key().clone(), item))
            .collect())
    }

    /// Everybody who belongs to a group or did.
    pub(crate) async fn members(&self, group: GroupId) -> Result<Vec<Stored<Membership>>, StoreError> {
        let query = Query::partition(Index::First, Group::key_of(group).pk);
        let items = self.table().query_untyped(&query).await?;
        let of_members = items
            .iter()
            .filter(|item| item.as_record::<Membership>().is_some());
        of_members.map(store::Untyped::read).collect()
    }

    /// All that a person's partition holds.
    pub(crate) async fn partition(&self, person: PersonId) -> Result<Vec<store::Untyped>, StoreError> {
        self.table()
            .query_untyped(&Query::partition(Index::Table, Person::key_of(person).pk).consistent())
            .await
    }

    /// All that people belong to or did. One query each.
    pub(crate) async fn memberships_of(
        &self,
        people: &[PersonId],
    ) -> Result<Vec<(PersonId, Vec<Stored<Membership>>)>, StoreError> {
        self.each(people.to_vec(), |store, person| async move {
            let items = store.partition(person).await?;
            let held = items
                .iter()
                .filter(|item| item.as_record::<Membership>().is_some());
            let held: Result<Vec<_>, _> = held.map(store::Untyped::read).collect();
            Ok((person, held?))
        })
        .await
    }

    /// Who teaches each of the groups. One query each.
    pub(crate) async fn teachers_of(
        &self,
        groups: impl IntoIterator<Item = GroupId>,
    ) -> Result<HashMap<GroupId, Vec<Member>>, StoreError> {
        let groups: BTreeSet<GroupId> = groups.into_iter().collect();
        let found = self
            .each(groups, |store, group| async move {
                Ok((group, store.rosters.teachers_of(group).await?))
            })
            .await?;
        Ok(found.into_iter().collect())
    }

    /// All of the writes or none.
    pub(crate) async fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.table().write(writes).await
    }
}
