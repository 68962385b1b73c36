//! What feeds read and write.

use std::collections::{BTreeMap, HashMap};

use futures_util::future::try_join;
use model::{GroupId, InstitutionId, PersonId, Week};
use rosters::{Group, PersonCard, Rosters};
use store::{Index, Query, StoreError, Stored, Table, Untyped};
use timetables::{InstitutionDays, Owner, Timetable, Timetables, WeekChanges, WeekPlan};

use super::{
    item::{Feed, OwnFeed},
    secret::FeedId,
};
use crate::days::{Days, Place};

/// The tables of feeds.
#[derive(Debug)]
pub(crate) struct FeedStore {
    timetables: Timetables,
    rosters: Rosters,
}

/// A week of a feed.
#[derive(Debug)]
pub(crate) struct FeedWeek {
    pub(crate) week: Week,
    pub(crate) days: Days,
    /// How many edits the owner's changes of the week have seen.
    pub(crate) revision: u64,
}

/// What differs in one week of an owner.
struct Changes {
    week: Week,
    item: Untyped,
}

impl FeedStore {
    pub(crate) const fn new(schedules: Table, registry: Table) -> Self {
        Self {
            timetables: Timetables::new(schedules),
            rosters: Rosters::new(registry),
        }
    }

    const fn table(&self) -> &Table {
        self.timetables.table()
    }

    /// The link of a secret's hash, as last written: one that was taken back shows nothing from then on. One get.
    pub(crate) async fn find(&self, feed: &FeedId) -> Result<Option<Feed>, StoreError> {
        let found = self
            .table()
            .get_latest::<Stored<Feed>>(&Feed::key_of(feed))
            .await?;
        Ok(found.map(|item| item.record))
    }

    /// The links of a person, the newest first. One query.
    pub(crate) async fn of(&self, owner: PersonId) -> Result<Vec<Feed>, StoreError> {
        let query = Query::partition(Index::Table, Feed::partition_of(owner))
            .starting_with(OwnFeed::PREFIX)
            .consistent();
        let found = self.table().query::<Stored<OwnFeed>>(&query).await?;
        let mut feeds: Vec<Feed> = found.into_iter().map(|item| item.record.0).collect();
        feeds.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| a.feed.cmp(&b.feed)));
        Ok(feeds)
    }

    /// Makes a link known.
    pub(crate) async fn create(&self, feed: &Feed) -> Result<(), StoreError> {
        self.table().write(feed.create()?.to_vec()).await
    }

    /// Takes a link back.
    ///
    /// # Errors
    /// A conflict, if the owner has no such link.
    pub(crate) async fn revoke(&self, owner: PersonId, feed: &FeedId) -> Result<(), StoreError> {
        self.table().write(Feed::revoke(owner, feed).to_vec()).await
    }

    /// Puts a link in the place of another one, which shows nothing from then on.
    ///
    /// # Errors
    /// A conflict, if the owner has no such link.
    pub(crate) async fn renew(&self, old: &FeedId, new: &Feed) -> Result<(), StoreError> {
        let writes = Feed::revoke(new.owner, old).into_iter().chain(new.create()?);
        self.table().write(writes.collect()).await
    }

    /// What an owner has in weeks: a batch of gets and a query, in parallel; one more query where a week is older than what
    /// was published last.
    pub(crate) async fn weeks(
        &self,
        owner: Owner,
        at: &[InstitutionId],
        weeks: &[Week],
        places: &HashMap<GroupId, Place>,
    ) -> Result<Vec<FeedWeek>, StoreError> {
        let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else {
            return Ok(vec![]);
        };
        let calendars = at.iter().map(|place| InstitutionDays::key_of(*place));
        let keys: Vec<_> = calendars.chain([owner.key()]).collect();
        let (published, changes) = try_join(
            self.table().get_many_untyped(&keys),
            self.changes(owner, *first, *last),
        )
        .await?;
        let (mut versions, mut calendars) = (vec![], BTreeMap::new());
        for item in published {
            if let Some(found) = item.as_record::<Timetable>() {
                versions.push(found?);
            } else if let Some(found) = item.as_record::<InstitutionDays>() {
                let found = found?;
                calendars.insert(found.institution, found.calendar);
            }
        }
        if versions.iter().any(|timetable| !timetable.has_begun(*first)) {
            versions.extend(self.earlier(owner, *first).await?);
        }
        weeks
            .iter()
            .map(|week| {
                let found = changes.iter().find(|changes| changes.week == *week);
                let standing = found.map_or(Ok(vec![]), |found| WeekChanges::read(&found.item))?;
                let plan = WeekPlan {
                    timetable: versions.iter().find(|version| holds(version, *week)).cloned(),
                    calendars: calendars.clone(),
                    changes: standing.into_iter().map(|found| found.change).collect(),
                };
                Ok(FeedWeek {
                    week: *week,
                    revision: found.map_or(Ok(0), |found| WeekChanges::revision(&found.item))?,
                    days: Days {
                        plan,
                        places: places.clone(),
                    },
                })
            })
            .collect()
    }

    async fn changes(&self, owner: Owner, first: Week, last: Week) -> Result<Vec<Changes>, StoreError> {
        let query = Query::partition(Index::Table, owner.key().pk).between(
            format!("CHANGES#{}", first.monday()),
            format!("CHANGES#{}", last.monday()),
        );
        let found = self.table().query_untyped(&query).await?.into_iter();
        let of_week = |item: Untyped| {
            let week = item.text("sk").strip_prefix("CHANGES#")?.parse().ok()?;
            Some(Changes { week, item })
        };
        Ok(found.filter_map(of_week).collect())
    }

    async fn earlier(&self, owner: Owner, first: Week) -> Result<Vec<Timetable>, StoreError> {
        let from = owner.key_of_version_until(first.next().monday());
        let query = Query::partition(Index::Table, from.pk).between(from.sk, "TIMETABLE#9");
        let found = self.table().query::<Stored<Timetable>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }

    /// All that is known of a person.
    pub(crate) async fn card(&self, person: PersonId) -> Result<Option<PersonCard>, StoreError> {
        self.rosters.card(person).await
    }

    /// Groups by their ids, in any order.
    pub(crate) async fn groups(&self, groups: &[GroupId]) -> Result<Vec<Group>, StoreError> {
        if groups.is_empty() {
            return Ok(vec![]);
        }
        self.rosters.groups(groups).await
    }

    /// Where a teacher's groups are taught. One query.
    pub(crate) async fn places(&self, teacher: PersonId) -> Result<HashMap<GroupId, Place>, StoreError> {
        let taught = self.rosters.teaching(teacher).await?.into_iter();
        Ok(taught
            .map(|held| {
                let place = Place {
                    institution: held.institution,
                    name: held.institution_name,
                };
                (held.group, place)
            })
            .collect())
    }

    /// A room as the published weeks of an institution's classes name it; spaces do not matter, so «2/214» is «2 / 214». One
    /// query.
    pub(crate) async fn room(
        &self,
        institution: InstitutionId,
        text: &str,
    ) -> Result<Option<String>, StoreError> {
        let folded = |text: &str| text.split_whitespace().collect::<String>();
        let wanted = folded(text);
        let classes = self.timetables.classes_of(institution).await?;
        let mut slots = classes.iter().flat_map(|week| &week.slots);
        let found = slots.find(|slot| folded(&slot.room) == wanted);
        Ok(found.map(|slot| slot.room.clone()))
    }
}

/// Whether a version of the week holds in a week.
fn holds(version: &Timetable, week: Week) -> bool {
    version.has_begun(week) && version.until.is_none_or(|until| week.monday() < until)
}
