//! Which stored weeks have to be written so that groups have given ones: what an import and the publication of a draft share.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use model::{GroupId, InstitutionId};
use store::{StoreError, Write};
use timetables::{Owner, Timetable};

use super::{
    plan::{self, Builder, Change, GroupWeek},
    store::{ImportStores, Versions},
};
use crate::item::WeekCounts;

/// From when the written weeks hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// They replace those that were published last, from the same Mondays.
    AsStored,
    /// From a Monday on. What holds until then stays as an earlier version.
    From(Date),
}

/// Writes of weeks: those of classes and teachers first, then those of groups with what they feed, so that a repetition
/// finds the same work left to do.
#[derive(Debug, Default)]
pub(crate) struct WeekWrites {
    /// Each unit goes into one transaction.
    pub(crate) units: Vec<Vec<Write>>,
    pub(crate) counts: WeekCounts,
    /// The weeks of the groups as they were stored.
    pub(crate) groups: Versions<Owner, Timetable>,
}

/// Plans the writes of all weeks that differ. `known` says of groups in which institutions they are; others are looked up.
pub(crate) async fn plan_weeks(
    stores: &ImportStores,
    weeks: &[GroupWeek],
    known: HashMap<GroupId, InstitutionId>,
    holds: Holds,
) -> Result<WeekWrites, StoreError> {
    let groups: Vec<GroupId> = weeks.iter().map(|week| week.group).collect();
    let of_groups: Vec<Owner> = groups.iter().map(|group| Owner::Group(*group)).collect();
    let stored_groups = stores.weeks(&of_groups).await?;
    let stored_feeds = stores.feeds(&groups).await?;
    let stood = stored_feeds
        .iter()
        .map(|(group, (feeds, _))| (*group, feeds.clone()))
        .collect();
    let owners: Vec<Owner> = plan::affected(weeks, &stood).into_iter().collect();
    let stored = stores.weeks(&owners).await?;
    let places = places(stores, known, weeks, &stored).await?;

    let builder = Builder::new(weeks, &places);
    let mut writes = WeekWrites::default();
    for owner in owners {
        let old = stored.get(&owner);
        let Some(week) = builder.week(owner, old.map(|(week, _)| week)) else {
            continue;
        };
        let unit = writes.week(week, old, holds)?;
        writes.units.push(unit);
    }
    for week in weeks {
        let old = stored_groups.get(&Owner::Group(week.group));
        let mut unit = writes.week(week.timetable(), old, holds)?;
        let feeds = Change::to(week.feeds.clone(), stored_feeds.get(&week.group));
        unit.extend(feeds.map(Change::write).transpose()?);
        writes.units.push(unit);
    }
    writes.groups = stored_groups;
    Ok(writes)
}

impl WeekWrites {
    /// The writes that put a week in the place of the stored one, counted.
    fn week(
        &mut self,
        week: Timetable,
        stored: Option<&(Timetable, u64)>,
        holds: Holds,
    ) -> Result<Vec<Write>, StoreError> {
        let (change, earlier) = follow(week, stored, holds);
        self.counts.count(change.as_ref());
        let earlier = earlier.map(|record| Change { record, over: None });
        let writes = [earlier, change].into_iter().flatten();
        writes.map(Change::write).collect()
    }
}

/// What has to be written for a week: the week itself, if it differs, and the stored one as the version that held until then.
fn follow(
    week: Timetable,
    stored: Option<&(Timetable, u64)>,
    holds: Holds,
) -> (Option<Change<Timetable>>, Option<Timetable>) {
    let from = stored.and_then(|(old, _)| old.from);
    let kept = Timetable { from, ..week };
    let Holds::From(monday) = holds else {
        return (Change::to(kept, stored), None);
    };
    let Some((old, _)) = stored else {
        let first = Timetable {
            from: Some(monday),
            ..kept
        };
        return (Change::to(first, None), None);
    };
    // A week that goes on as it was needs no second version, and one that begins on the Monday or later is replaced: nothing
    // of it has held before.
    if kept == *old || from.is_some_and(|from| monday <= from) {
        return (Change::to(kept, stored), None);
    }
    let earlier = Timetable {
        until: Some(monday),
        ..old.clone()
    };
    let new = Timetable {
        from: Some(monday),
        ..kept
    };
    (Change::to(new, stored), Some(earlier))
}

/// The institutions of all groups in question: of those that are known, and of those whose lessons stay in stored weeks.
async fn places(
    stores: &ImportStores,
    mut places: HashMap<GroupId, InstitutionId>,
    weeks: &[GroupWeek],
    stored: &Versions<Owner, Timetable>,
) -> Result<HashMap<GroupId, InstitutionId>, StoreError> {
    places.extend(weeks.iter().map(|week| (week.group, week.institution)));
    let slots = stored.values().flat_map(|(week, _)| &week.slots);
    let others: BTreeSet<_> = slots
        .map(|slot| slot.group)
        .filter(|group| !places.contains_key(group))
        .collect();
    if !others.is_empty() {
        places.extend(stores.places(&others.into_iter().collect::<Vec<_>>()).await?);
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::PersonId;

    use super::*;

    const MONDAY: Date = date(2027, 1, 11);

    fn week(lessons: usize, from: Option<Date>) -> Timetable {
        let slot = timetables::Slot {
            weekday: 1u8.try_into().expect("a weekday"),
            number: 1,
            start: jiff::civil::time(8, 30, 0, 0),
            end: jiff::civil::time(9, 15, 0, 0),
            cycle: timetables::WeekCycle::Every,
            group: GroupId::from_bits(1),
            subject: String::new(),
            title: String::new(),
            teacher: None,
            teacher_name: String::new(),
            room: String::new(),
        };
        let owner = Owner::Teacher(PersonId::from_bits(1));
        let slots = vec![slot; lessons];
        Timetable {
            from,
            ..Timetable::new(owner, InstitutionId::from_bits(1), slots)
        }
    }

    #[test]
    fn an_import_changes_the_last_week_and_not_when_it_begins() {
        let stored = (week(1, Some(MONDAY)), 4);
        let (change, earlier) = follow(week(2, None), Some(&stored), Holds::AsStored);
        let change = change.expect("a change");
        assert_eq!(
            (change.record.from, change.over, earlier),
            (Some(MONDAY), Some(4), None)
        );
        assert_eq!(
            follow(week(1, None), Some(&stored), Holds::AsStored),
            (None, None)
        );
    }

    #[test]
    fn a_published_week_leaves_the_one_before_as_a_version_until_its_monday() {
        let stored = (week(1, None), 2);
        let (change, earlier) = follow(week(2, None), Some(&stored), Holds::From(MONDAY));
        let (change, earlier) = (change.expect("a change"), earlier.expect("a version"));
        assert_eq!((change.record.from, change.record.until), (Some(MONDAY), None));
        assert_eq!(
            (earlier.from, earlier.until, earlier.slots.len()),
            (None, Some(MONDAY), 1)
        );
    }

    #[test]
    fn a_week_that_goes_on_as_it_was_is_not_written() {
        let stored = (week(1, None), 2);
        assert_eq!(
            follow(week(1, None), Some(&stored), Holds::From(MONDAY)),
            (None, None)
        );
    }

    #[test]
    fn publishing_for_the_same_monday_again_replaces_what_was_published() {
        let stored = (week(1, Some(MONDAY)), 2);
        let (change, earlier) = follow(week(2, None), Some(&stored), Holds::From(MONDAY));
        assert_eq!(change.expect("a change").record.from, Some(MONDAY));
        assert_eq!(earlier, None);
    }

    #[test]
    fn the_first_week_of_an_owner_begins_with_its_publication() {
        let (change, earlier) = follow(week(1, None), None, Holds::From(MONDAY));
        assert_eq!(change.expect("a change").record.from, Some(MONDAY));
        assert_eq!(earlier, None);
    }
}
