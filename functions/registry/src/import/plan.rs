//! Everything that a bundle needs written, in the order in which it may be written.

use std::collections::{BTreeMap, HashMap};

use bundles::{Bundle, Report};
use jiff::{ToSpan, civil::Date};
use rosters::{Group, Guardianship, GuardianshipSide, HeldRole, Membership};
use serde::{Serialize, de::DeserializeOwned};
use store::{Key, Record, StoreError, Stored};

use super::{
    belonging::{Belonging, Lookup},
    change::{RowRef, Unit, Wanted},
    known::Place,
    people::{self, People},
    places::Places,
    refresh,
    store::RecordStore,
    tally::Tally,
};

/// Units in steps: those of a step may go at once, a later step builds on an earlier one.
pub(crate) type Steps = Vec<Vec<Unit>>;

/// What an import depends on besides its bundle.
pub(crate) struct Circumstances<'c> {
    pub(crate) place: &'c Place,
    /// The key of the hash of СНИЛС.
    pub(crate) hash_key: &'c [u8],
    /// What is taken out of use today was in use until yesterday.
    pub(crate) today: Date,
}

/// Checks the bundle's references, compares it with what is stored and plans what has to be written.
pub(crate) async fn plan(
    store: &RecordStore,
    bundle: &mut Bundle,
    circumstances: &Circumstances<'_>,
    report: &mut Report,
) -> Result<(Steps, Tally), StoreError> {
    let place = circumstances.place;
    let outward = bundle.outward();
    let known = store.known(bundle, &outward, place).await?;
    bundle.check(&|reference| known.has(place, reference), report);
    let mut tally = Tally::of(bundle);

    let places = Places::of(bundle, place, &known, &mut tally);
    let named = people::named(bundle, place, circumstances.hash_key);
    let stored_people = store.people(&named).await?;
    let people = People::of(named, &stored_people, &mut tally)?;
    let lookup = Lookup {
        place,
        known: &known,
        places: &places,
        people: &people,
    };
    let mut belonging = Belonging::of(bundle, &lookup, &mut tally);
    end_what_leaves(store, &places, &people, &mut belonging).await?;

    let yesterday = circumstances.today.saturating_sub(1.day());
    let (mut first, changed_groups) = place_units(store, &places).await?;
    first.extend(people.units.iter().cloned());
    let refreshed = refresh::units(store, &people.renamed, &changed_groups, &belonging).await?;
    let mut second = belonging_units(store, belonging, yesterday).await?;
    second.extend(refreshed);
    Ok((vec![first, second], tally))
}

/// Classes and people that the bundle takes out of use lose what belongs to them.
async fn end_what_leaves(
    store: &RecordStore,
    places: &Places,
    people: &People,
    belonging: &mut Belonging,
) -> Result<(), StoreError> {
    for (group, row) in &places.closed {
        for member in store.members(*group).await? {
            belonging
                .ended_memberships
                .entry(member.key().clone())
                .or_default()
                .push(*row);
        }
    }
    for (person, row) in &people.leaving {
        for item in store.partition(*person).await? {
            if let Some(membership) = item.as_record::<Membership>() {
                belonging
                    .ended_memberships
                    .entry(membership?.key())
                    .or_default()
                    .push(*row);
            } else if let Some(role) = item.as_record::<HeldRole>() {
                belonging.ended_roles.entry(role?.key()).or_default().push(*row);
            }
        }
    }
    Ok(())
}

/// Institutions, sources, groups and what ties teaching groups to classes; and the groups that differ from what is stored.
async fn place_units(store: &RecordStore, places: &Places) -> Result<(Vec<Unit>, Vec<Group>), StoreError> {
    let mut units = compared(store, places.institutions.values().cloned().collect()).await?;
    units.extend(compared(store, places.sessions.clone()).await?);
    units.extend(compared(store, places.courses.clone()).await?);
    let closed = places.closed.keys().map(|group| Group::key_of(*group));
    let keys = places
        .groups
        .keys()
        .map(|group| Group::key_of(*group))
        .chain(closed)
        .collect();
    let stored: HashMap<Key, Stored<Group>> = store.stored_by_key(keys).await?;
    let mut changed = Vec::new();
    for wanted in places.groups.values() {
        let before = stored.get(&wanted.record.key());
        if before.is_some_and(|before| before.record != wanted.record) {
            changed.push(wanted.record.clone());
        }
        units.push(Unit::of(wanted.clone(), before)?);
    }
    units.extend(compared(store, places.teachings.clone()).await?);
    units.extend(loosened(store, places, &stored).await?);
    Ok((units, changed))
}

/// Ties to classes from which a teaching group does not draw any more.
async fn loosened(
    store: &RecordStore,
    places: &Places,
    stored: &HashMap<Key, Stored<Group>>,
) -> Result<Vec<Unit>, StoreError> {
    let mut ties: BTreeMap<Key, Vec<RowRef>> = BTreeMap::new();
    for before in stored.values().map(|stored| &stored.record) {
        let wanted = places.groups.get(&before.group);
        let row = wanted
            .map(|wanted| wanted.rows.clone())
            .or_else(|| places.closed.get(&before.group).map(|row| vec![*row]));
        for class in &before.classes {
            if !wanted.is_some_and(|wanted| wanted.record.classes.contains(class)) {
                let tie = rosters::ClassTeaching {
                    class: *class,
                    group: before.group,
                    subject: String::new(),
                    title: String::new(),
                };
                ties.insert(tie.key(), row.clone().unwrap_or_default());
            }
        }
    }
    let there: HashMap<Key, Stored<rosters::ClassTeaching>> =
        store.stored_by_key(ties.keys().cloned().collect()).await?;
    let there = ties.into_iter().filter(|(key, _)| there.contains_key(key));
    Ok(there.map(|(key, rows)| Unit::removal(key, rows)).collect())
}

async fn belonging_units(
    store: &RecordStore,
    belonging: Belonging,
    yesterday: Date,
) -> Result<Vec<Unit>, StoreError> {
    let mut units = compared(store, belonging.roles.into_values().collect()).await?;
    units.extend(compared(store, belonging.memberships.into_values().collect()).await?);
    units.extend(guardianship_units(store, belonging.guardianships.into_values().collect()).await?);
    let roles: HashMap<Key, Stored<HeldRole>> = store
        .stored_by_key(belonging.ended_roles.keys().cloned().collect())
        .await?;
    for (key, stored) in roles {
        let mut record = stored.record.clone();
        end(&mut record.until, yesterday);
        let rows = belonging.ended_roles.get(&key).cloned().unwrap_or_default();
        units.push(Unit::of(Wanted { record, rows }, Some(&stored))?);
    }
    let memberships: HashMap<Key, Stored<Membership>> = store
        .stored_by_key(belonging.ended_memberships.keys().cloned().collect())
        .await?;
    for (key, stored) in memberships {
        let mut record = stored.record.clone();
        end(&mut record.until, yesterday);
        let rows = belonging.ended_memberships.get(&key).cloned().unwrap_or_default();
        units.push(Unit::of(Wanted { record, rows }, Some(&stored))?);
    }
    Ok(units)
}

fn end(until: &mut Option<Date>, yesterday: Date) {
    *until = Some(until.map_or(yesterday, |until| until.min(yesterday)));
}

/// Both sides of each guardianship in one unit. One that was revoked stays revoked, and one that Gosuslugi named keeps that
/// stronger source.
async fn guardianship_units(
    store: &RecordStore,
    wanted: Vec<Wanted<Guardianship>>,
) -> Result<Vec<Unit>, StoreError> {
    let keys = wanted
        .iter()
        .flat_map(|wanted| wanted.record.sides().map(|side| side.key()))
        .collect();
    let stored: HashMap<Key, Stored<GuardianshipSide>> = store.stored_by_key(keys).await?;
    let mut units = Vec::with_capacity(wanted.len());
    for mut wanted in wanted {
        let [side, _] = wanted.record.sides();
        if let Some(before) = stored.get(&side.key()) {
            wanted.record.source = before.record.guardianship.source;
            wanted.record.revoked_at = before.record.guardianship.revoked_at;
        }
        let mut unit: Option<Unit> = None;
        for side in wanted.record.sides() {
            let before = stored.get(&side.key());
            let part = Unit::of(
                Wanted {
                    record: side,
                    rows: wanted.rows.clone(),
                },
                before,
            )?;
            match &mut unit {
                Some(unit) => unit.writes.extend(part.writes),
                None => unit = Some(part),
            }
        }
        units.extend(unit);
    }
    Ok(units)
}

/// Units for records of one kind, compared with what is stored.
async fn compared<T>(store: &RecordStore, wanted: Vec<Wanted<T>>) -> Result<Vec<Unit>, StoreError>
where
    T: Record + Serialize + DeserializeOwned + PartialEq + Send + 'static,
{
    let keys = wanted.iter().map(|wanted| wanted.record.key()).collect();
    let stored: HashMap<Key, Stored<T>> = store.stored_by_key(keys).await?;
    let unit = |wanted: Wanted<T>| {
        let before = stored.get(&wanted.record.key());
        Unit::of(wanted, before)
    };
    wanted.into_iter().map(unit).collect()
}
