//! Everything that a bundle needs written, in the order in which it may be written.

use std::collections::HashMap;

use bundles::{Bundle, Report};
use jiff::{ToSpan, civil::Date};
use rosters::{Group, Guardianship, GuardianshipSide, HeldRole, Membership};
use serde::{Serialize, de::DeserializeOwned};
use store::{Key, Record, StoreError, Stored};

use super::{
    belonging::{Belonging, Lookup},
    change::{Unit, Wanted},
    known::Place,
    memberships::Memberships,
    people::{self, People},
    places::Places,
    refresh,
    store::RecordStore,
    tally::Tally,
    taught,
};

/// Units in steps: those of a step may go at once, a later step builds on an earlier one.
///
/// Copies go before what they copy. The difference between the bundle and the original is how a repetition of an import that
/// ended in between finds out that copies have to follow. So stored things that show others come first; then institutions,
/// groups and people; then pupils' classes, which carry where pupils learn; then all other belonging.
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
    let groups = stored_groups(store, &places).await?;
    let mut memberships = Memberships::of(
        store,
        std::mem::take(&mut belonging.memberships),
        std::mem::take(&mut belonging.ended_memberships),
        yesterday,
    )
    .await?;
    let changed = changed_groups(&places, &groups);
    let mut copies = refresh::follow(store, &people.renamed, &changed, &belonging, &mut memberships).await?;
    memberships.carry_learning(store, &people.created).await?;
    let taught = taught::units(store, &places, &groups, &memberships).await?;
    let memberships = memberships.units()?;

    copies.extend(memberships.copies);
    copies.extend(taught.stored);
    let mut things = place_units(store, &places, &groups).await?;
    things.extend(taught.others);
    things.extend(people.units);
    let mut others = belonging_units(store, belonging, yesterday).await?;
    others.extend(memberships.others);
    Ok((vec![copies, things, memberships.classes, others], tally))
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

/// What is stored of the groups that the bundle names.
async fn stored_groups(
    store: &RecordStore,
    places: &Places,
) -> Result<HashMap<Key, Stored<Group>>, StoreError> {
    let named = places.groups.keys().chain(places.closed.keys());
    store
        .stored_by_key(named.map(|group| Group::key_of(*group)).collect())
        .await
}

/// The groups that differ from what is stored.
fn changed_groups(places: &Places, stored: &HashMap<Key, Stored<Group>>) -> Vec<Group> {
    let wanted = places.groups.values().map(|wanted| &wanted.record);
    wanted
        .filter(|group| {
            stored
                .get(&group.key())
                .is_some_and(|before| before.record != **group)
        })
        .cloned()
        .collect()
}

/// Institutions, sources and groups.
async fn place_units(
    store: &RecordStore,
    places: &Places,
    groups: &HashMap<Key, Stored<Group>>,
) -> Result<Vec<Unit>, StoreError> {
    let mut units = compared(store, places.institutions.values().cloned().collect()).await?;
    units.extend(compared(store, places.sessions.clone()).await?);
    units.extend(compared(store, places.courses.clone()).await?);
    for wanted in places.groups.values() {
        units.push(Unit::of(wanted.clone(), groups.get(&wanted.record.key()))?);
    }
    Ok(units)
}

/// Roles and guardianships.
async fn belonging_units(
    store: &RecordStore,
    belonging: Belonging,
    yesterday: Date,
) -> Result<Vec<Unit>, StoreError> {
    let mut units = compared(store, belonging.roles.into_values().collect()).await?;
    units.extend(guardianship_units(store, belonging.guardianships.into_values().collect()).await?);
    let roles: HashMap<Key, Stored<HeldRole>> = store
        .stored_by_key(belonging.ended_roles.keys().cloned().collect())
        .await?;
    for (key, stored) in roles {
        let mut record = stored.record.clone();
        record.until = Some(record.until.map_or(yesterday, |until| until.min(yesterday)));
        let rows = belonging.ended_roles.get(&key).cloned().unwrap_or_default();
        units.push(Unit::of(Wanted { record, rows }, Some(&stored))?);
    }
    Ok(units)
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
