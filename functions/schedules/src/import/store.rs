//! What an import reads and writes.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use model::{GroupId, ImportId, InstitutionId, PersonId};
use rosters::{Member, Rosters};
use serde::{Serialize, de::DeserializeOwned};
use store::{Key, Record, StoreError, Stored, Table, Write};
use timetables::{InstitutionDays, Owner, Timetable, Timetables};
use tokio::task::JoinSet;

use super::{
    plan::Change,
    resolve::{Known, Teacher},
    rows::Rows,
};
use crate::item::{Feeds, InstitutionGroups, InstitutionRules, TimetableImport};

/// Queries to the registry that are under way at one time.
const AT_ONCE: usize = 16;

/// The tables of an import.
#[derive(Debug, Clone)]
pub struct ImportStores {
    timetables: Timetables,
    rosters: Rosters,
}

/// Records with the versions in which they are stored.
pub(crate) type Versions<K, T> = HashMap<K, (T, u64)>;

impl ImportStores {
    /// The schedules table, which is written, and the registry table, which is read.
    pub const fn new(schedules: Table, registry: Table) -> Self {
        Self {
            timetables: Timetables::new(schedules),
            rosters: Rosters::new(registry),
        }
    }

    const fn table(&self) -> &Table {
        self.timetables.table()
    }

    /// The report of an import that is done.
    pub(crate) async fn report(&self, import: ImportId) -> Result<Option<TimetableImport>, StoreError> {
        let key = TimetableImport::key_of(import);
        Ok(self
            .table()
            .get_latest::<Stored<TimetableImport>>(&key)
            .await?
            .map(|item| item.record))
    }

    /// Keeps the report. If the same import was done twice at once, the first report stays.
    pub(crate) async fn keep_report(&self, report: &TimetableImport) -> Result<(), StoreError> {
        match self
            .table()
            .write(vec![Write::create(&Stored::new(report.clone()))?])
            .await
        {
            Err(StoreError::Conflict(_)) => Ok(()),
            other => other,
        }
    }

    /// Looks up what the rows name in the registry. Batches of gets, and a query for each group whose rows name no teacher.
    pub(crate) async fn known(
        &self,
        rows: &Rows,
        region_code: &str,
        today: Date,
    ) -> Result<Known, StoreError> {
        let mut known = Known {
            region_code: region_code.to_owned(),
            today,
            ..Known::default()
        };
        let named: BTreeSet<GroupId> = rows
            .timetable
            .iter()
            .map(|row| known.group_id(&row.row.class))
            .collect();
        let groups = self
            .rosters
            .groups(&named.into_iter().collect::<Vec<_>>())
            .await?;
        let classes: BTreeSet<GroupId> = groups
            .iter()
            .flat_map(|group| group.classes.iter().copied())
            .collect();
        let classes = self
            .rosters
            .groups(&classes.into_iter().collect::<Vec<_>>())
            .await?;
        known.groups = groups
            .into_iter()
            .chain(classes)
            .map(|group| (group.group, group))
            .collect();
        let orgs = rows
            .bells
            .iter()
            .map(|row| &row.row.org)
            .chain(rows.days_off.iter().map(|row| &row.row.org));
        let of_groups = known.groups.values().map(|group| group.institution);
        let institutions: BTreeSet<InstitutionId> = orgs
            .map(|org| known.institution_id(org))
            .chain(of_groups)
            .collect();
        let institutions: Vec<_> = institutions.into_iter().collect();
        let found = self.rosters.institutions(&institutions).await?;
        known.institutions = found
            .into_iter()
            .map(|found| (found.institution, found))
            .collect();
        let named = rows.timetable.iter().filter_map(|row| row.row.teacher.as_ref());
        let named: BTreeSet<PersonId> = named.map(|id| known.person_id(id)).collect();
        let people = self
            .rosters
            .people_behind(&named.into_iter().collect::<Vec<_>>())
            .await?;
        known.people = people
            .into_iter()
            .map(|(id, person)| {
                (
                    id,
                    Teacher {
                        person: person.person,
                        name: person.name.initials(),
                    },
                )
            })
            .collect();
        let alone = rows.timetable.iter().filter(|row| row.row.teacher.is_none());
        let alone: BTreeSet<GroupId> = alone
            .map(|row| known.group_id(&row.row.class))
            .filter(|group| known.groups.contains_key(group))
            .collect();
        known.teachers = self.teachers(alone.into_iter().collect(), today).await?;
        Ok(known)
    }

    /// Who teaches the groups now or will.
    async fn teachers(
        &self,
        groups: Vec<GroupId>,
        today: Date,
    ) -> Result<HashMap<GroupId, Vec<Teacher>>, StoreError> {
        let mut found = HashMap::new();
        for chunk in groups.chunks(AT_ONCE) {
            let mut queries = JoinSet::new();
            for group in chunk.iter().copied() {
                let rosters = self.rosters.clone();
                queries
                    .spawn(async move { rosters.teachers_of(group).await.map(|teachers| (group, teachers)) });
            }
            while let Some(answer) = queries.join_next().await {
                let (group, teachers) = answer.map_err(StoreError::unavailable)??;
                let stays = |teacher: &Member| teacher.until.is_none_or(|until| today <= until);
                let teachers = teachers.into_iter().filter(stays);
                let teachers = teachers.map(|held| Teacher {
                    person: held.person,
                    name: held.name.initials(),
                });
                found.insert(group, teachers.collect());
            }
        }
        Ok(found)
    }

    /// In which institutions groups are.
    pub(crate) async fn places(
        &self,
        groups: &[GroupId],
    ) -> Result<Vec<(GroupId, InstitutionId)>, StoreError> {
        Ok(self
            .rosters
            .groups(groups)
            .await?
            .into_iter()
            .map(|group| (group.group, group.institution))
            .collect())
    }

    /// The stored weeks of owners.
    pub(crate) async fn weeks(&self, owners: &[Owner]) -> Result<Versions<Owner, Timetable>, StoreError> {
        self.records(
            owners.iter().map(|owner| owner.key()).collect(),
            |week: &Timetable| week.owner,
        )
        .await
    }

    /// The stored feeds of groups.
    pub(crate) async fn feeds(&self, groups: &[GroupId]) -> Result<Versions<GroupId, Feeds>, StoreError> {
        self.records(
            groups.iter().map(|group| Feeds::key_of(*group)).collect(),
            |feeds: &Feeds| feeds.group,
        )
        .await
    }

    /// The stored rules of institutions.
    pub(crate) async fn rules(
        &self,
        of: &[InstitutionId],
    ) -> Result<Versions<InstitutionId, InstitutionRules>, StoreError> {
        let keys = of.iter().map(|id| InstitutionRules::key_of(*id)).collect();
        self.records(keys, |rules: &InstitutionRules| rules.institution)
            .await
    }

    /// The stored calendars of institutions.
    pub(crate) async fn calendars(
        &self,
        of: &[InstitutionId],
    ) -> Result<Versions<InstitutionId, InstitutionDays>, StoreError> {
        let keys = of.iter().map(|id| InstitutionDays::key_of(*id)).collect();
        self.records(keys, |days: &InstitutionDays| days.institution)
            .await
    }

    /// Which groups of institutions have a week.
    pub(crate) async fn groups(
        &self,
        of: &[InstitutionId],
    ) -> Result<Versions<InstitutionId, InstitutionGroups>, StoreError> {
        let keys = of.iter().map(|id| InstitutionGroups::key_of(*id)).collect();
        self.records(keys, |list: &InstitutionGroups| list.institution)
            .await
    }

    async fn records<K: std::hash::Hash + Eq, T: DeserializeOwned>(
        &self,
        keys: Vec<Key>,
        name: impl Fn(&T) -> K,
    ) -> Result<Versions<K, T>, StoreError> {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let found = self.table().get_many::<Stored<T>>(&keys).await?;
        Ok(found
            .into_iter()
            .map(|item| (name(&item.record), (item.record, item.version)))
            .collect())
    }

    /// Writes in the given order, the writes of a unit in one transaction.
    pub(crate) async fn write(&self, units: Vec<Vec<Write>>) -> Result<(), StoreError> {
        for transaction in transactions(units) {
            self.table().write(transaction).await?;
        }
        Ok(())
    }
}

/// Units of writes in as few transactions as hold them, in their order.
pub(crate) fn transactions(units: Vec<Vec<Write>>) -> Vec<Vec<Write>> {
    let mut transactions: Vec<Vec<Write>> = Vec::new();
    for unit in units.into_iter().filter(|unit| !unit.is_empty()) {
        match transactions.last_mut() {
            Some(last) if last.len() + unit.len() <= Table::MOST_IN_TRANSACTION => last.extend(unit),
            _ => transactions.push(unit),
        }
    }
    transactions
}

impl<T: Record + Serialize> Change<T> {
    /// The write, which holds only if the stored record is still the one that was read.
    pub(crate) fn write(self) -> Result<Write, StoreError> {
        match self.over {
            Some(version) => Write::replace(&Stored::following(self.record, version), version),
            None => Write::create(&Stored::new(self.record)),
        }
    }
}
