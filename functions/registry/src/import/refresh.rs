//! Names are copied into what lists show, so that a list is one query. When a name or a group changes and the bundle does
//! not name everything that shows it (a delta), the copies follow.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{GroupKind, PersonId, PersonName};
use rosters::{Group, Guardianship, GuardianshipSide, Membership};
use store::{Key, Record, StoreError, Stored};

use super::{
    belonging::Belonging,
    change::{Unit, Wanted},
    memberships::Memberships,
    store::RecordStore,
};

/// Lets memberships show new names of people and changed groups, and gives the units for guardianships that show them.
pub(crate) async fn follow(
    store: &RecordStore,
    renamed: &BTreeMap<PersonId, PersonName>,
    changed: &[Group],
    belonging: &Belonging,
    memberships: &mut Memberships,
) -> Result<Vec<Unit>, StoreError> {
    let mut pairs: BTreeSet<(PersonId, PersonId)> = BTreeSet::new();
    for (person, name) in renamed {
        for item in store.partition(*person).await? {
            if item.as_record::<Membership>().is_some() {
                memberships.copy(item.read()?).name.clone_from(name);
            } else if let Some(side) = item.as_record::<GuardianshipSide>() {
                let Guardianship { guardian, child, .. } = side?.guardianship;
                pairs.insert((guardian, child));
            }
        }
    }
    for group in changed {
        for stored in store.members(group.group).await? {
            show(group, memberships.copy(stored));
        }
    }
    pairs.retain(|pair| !belonging.guardianships.contains_key(pair));
    guardianships(store, renamed, &pairs).await
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
