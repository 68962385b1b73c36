//! Names are copied into what lists show, so that a list is one query. When a name or a group changes and the bundle does
//! not name everything that shows it (a delta), the copies follow.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{GroupKind, PersonId, PersonName};
use rosters::{Group, Guardianship, GuardianshipSide, Membership};
use store::{Key, Record, StoreError, Stored};

use super::{
    belonging::Belonging,
    change::{Unit, Wanted},
    store::RecordStore,
};

/// Units for the copies that the bundle itself does not write.
pub(crate) async fn units(
    store: &RecordStore,
    renamed: &BTreeMap<PersonId, PersonName>,
    changed: &[Group],
    belonging: &Belonging,
) -> Result<Vec<Unit>, StoreError> {
    let mut memberships: BTreeMap<Key, (Stored<Membership>, Membership)> = BTreeMap::new();
    let mut pairs: BTreeSet<(PersonId, PersonId)> = BTreeSet::new();
    for (person, name) in renamed {
        for item in store.partition(*person).await? {
            if item.as_record::<Membership>().is_some() {
                let stored: Stored<Membership> = item.read()?;
                copy_of(&mut memberships, stored).name.clone_from(name);
            } else if let Some(side) = item.as_record::<GuardianshipSide>() {
                let Guardianship { guardian, child, .. } = side?.guardianship;
                pairs.insert((guardian, child));
            }
        }
    }
    for group in changed {
        for stored in store.members(group.group).await? {
            show(group, copy_of(&mut memberships, stored));
        }
    }
    let written =
        |key: &Key| belonging.memberships.contains_key(key) || belonging.ended_memberships.contains_key(key);
    let mut units = Vec::new();
    for (stored, record) in memberships
        .into_values()
        .filter(|(stored, _)| !written(stored.key()))
    {
        units.push(Unit::of(
            Wanted {
                record,
                rows: Vec::new(),
            },
            Some(&stored),
        )?);
    }
    pairs.retain(|pair| !belonging.guardianships.contains_key(pair));
    units.extend(guardianships(store, renamed, &pairs).await?);
    Ok(units)
}

/// The copy under way of a stored membership.
fn copy_of(
    copies: &mut BTreeMap<Key, (Stored<Membership>, Membership)>,
    stored: Stored<Membership>,
) -> &mut Membership {
    let key = stored.key().clone();
    let record = stored.record.clone();
    &mut copies.entry(key).or_insert((stored, record)).1
}

fn show(group: &Group, membership: &mut Membership) {
    membership.title.clone_from(&group.title);
    membership.subject.clone_from(&group.subject);
    membership.grade = group.grade;
    if group.kind == GroupKind::Class {
        membership.periods.clone_from(&group.periods);
        membership.time_zone.clone_from(&group.time_zone);
    }
}

async fn guardianships(
    store: &RecordStore,
    renamed: &BTreeMap<PersonId, PersonName>,
    pairs: &BTreeSet<(PersonId, PersonId)>,
) -> Result<Vec<Unit>, StoreError> {
    let keys = pairs.iter().flat_map(|(guardian, child)| {
        [
            GuardianshipSide::key_of_guardian(*guardian, *child),
            GuardianshipSide::key_of_child(*guardian, *child),
        ]
    });
    let stored: HashMap<Key, Stored<GuardianshipSide>> = store.stored_by_key(keys.collect()).await?;
    let mut units = Vec::with_capacity(stored.len());
    for side in stored.into_values() {
        let mut record = side.record.clone();
        let Guardianship { guardian, child, .. } = record.guardianship;
        if let Some(name) = renamed.get(&guardian) {
            record.guardianship.guardian_name.clone_from(name);
        }
        if let Some(name) = renamed.get(&child) {
            record.guardianship.child_name.clone_from(name);
        }
        debug_assert_eq!(&record.key(), side.key(), "a name is no part of a key");
        units.push(Unit::of(
            Wanted {
                record,
                rows: Vec::new(),
            },
            Some(&side),
        )?);
    }
    Ok(units)
}
