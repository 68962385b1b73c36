//! Which teaching groups draw from which classes, and who teaches them: what a class shows of its subjects.

use std::collections::{BTreeMap, HashMap};

use model::PersonId;
use rosters::{ClassTeaching, Group, Member};
use store::{Key, Record, StoreError, Stored};

use super::{
    change::{RowRef, Unit, Wanted},
    memberships::{Memberships, Teachers},
    places::Places,
    store::RecordStore,
};

/// Units for the ties between classes and teaching groups.
#[derive(Debug, Default)]
pub(crate) struct TaughtUnits {
    /// Ties that are there and stay.
    pub(crate) stored: Vec<Unit>,
    /// Ties that begin or end.
    pub(crate) others: Vec<Unit>,
}

/// Compares the ties that the bundle asks for with those stored; `groups` are the stored ones among the bundle's groups.
pub(crate) async fn units(
    store: &RecordStore,
    places: &Places,
    groups: &HashMap<Key, Stored<Group>>,
    memberships: &Memberships,
) -> Result<TaughtUnits, StoreError> {
    let teachers = memberships.teachers();
    let mut units = wanted(store, places, groups, &teachers).await?;
    units.stored.extend(unnamed(store, places, &teachers).await?);
    units.others.extend(loosened(store, places, groups).await?);
    Ok(units)
}

/// The ties that the bundle's groups ask for.
async fn wanted(
    store: &RecordStore,
    places: &Places,
    groups: &HashMap<Key, Stored<Group>>,
    teachers: &Teachers,
) -> Result<TaughtUnits, StoreError> {
    let keys = places.teachings.iter().map(|wanted| wanted.record.key());
    let stored: HashMap<Key, Stored<ClassTeaching>> = store.stored_by_key(keys.collect()).await?;
    // A group that was there before and is new to the class has teachers whom the bundle need not name.
    let news = places.teachings.iter().map(|wanted| &wanted.record);
    let news = news
        .filter(|tie| !stored.contains_key(&tie.key()) && groups.contains_key(&Group::key_of(tie.group)))
        .map(|tie| tie.group);
    let before = store.teachers_of(news).await?;
    let mut units = TaughtUnits::default();
    for Wanted { mut record, mut rows } in places.teachings.iter().cloned() {
        let stored = stored.get(&record.key());
        record.teachers = match stored {
            Some(stored) => stored.record.teachers.clone(),
            None => before.get(&record.group).cloned().unwrap_or_default(),
        };
        if stored.is_some_and(|stored| stored.record == record) {
            // What changes from here on is who teaches, which is no news to the rows of classes.
            rows.clear();
        }
        follow(&mut record.teachers, teachers.get(&record.group));
        let list = match stored {
            Some(_) => &mut units.stored,
            None => &mut units.others,
        };
        list.push(Unit::of(Wanted { record, rows }, stored)?);
    }
    Ok(units)
}

/// The ties of groups that the bundle does not name and of whose teachers it names some.
async fn unnamed(store: &RecordStore, places: &Places, teachers: &Teachers) -> Result<Vec<Unit>, StoreError> {
    let others = teachers
        .keys()
        .filter(|group| !places.groups.contains_key(group) && !places.closed.contains_key(group));
    let keys = others.map(|group| Group::key_of(*group)).collect();
    let groups = store.stored::<Group>(keys).await?;
    let ties = groups.iter().map(|stored| &stored.record).flat_map(|group| {
        group
            .classes
            .iter()
            .map(|class| ClassTeaching::key_of(*class, group.group))
    });
    let mut units = Vec::new();
    for stored in store.stored::<ClassTeaching>(ties.collect()).await? {
        let mut record = stored.record.clone();
        follow(&mut record.teachers, teachers.get(&record.group));
        let rows = Vec::new();
        units.push(Unit::of(Wanted { record, rows }, Some(&stored))?);
    }
    Ok(units)
}

/// Ties to classes from which a teaching group does not draw any more.
async fn loosened(
    store: &RecordStore,
    places: &Places,
    groups: &HashMap<Key, Stored<Group>>,
) -> Result<Vec<Unit>, StoreError> {
    let mut ties: BTreeMap<Key, Vec<RowRef>> = BTreeMap::new();
    for before in groups.values().map(|stored| &stored.record) {
        let wanted = places.groups.get(&before.group);
        let rows = wanted
            .map(|wanted| wanted.rows.clone())
            .or_else(|| places.closed.get(&before.group).map(|row| vec![*row]));
        for class in &before.classes {
            if !wanted.is_some_and(|wanted| wanted.record.classes.contains(class)) {
                let key = ClassTeaching::key_of(*class, before.group);
                ties.insert(key, rows.clone().unwrap_or_default());
            }
        }
    }
    let there: HashMap<Key, Stored<ClassTeaching>> =
        store.stored_by_key(ties.keys().cloned().collect()).await?;
    let there = ties.into_iter().filter(|(key, _)| there.contains_key(key));
    Ok(there.map(|(key, rows)| Unit::removal(key, rows)).collect())
}

/// Lets the teachers whom a tie carries be as they will be, in the order of lists.
fn follow(carried: &mut Vec<Member>, teachers: Option<&BTreeMap<PersonId, Option<Member>>>) {
    let Some(teachers) = teachers else { return };
    carried.retain(|member| !teachers.contains_key(&member.person));
    carried.extend(teachers.values().flatten().cloned());
    carried.sort_by_cached_key(|member| (member.name.sort_text(), member.person));
}
