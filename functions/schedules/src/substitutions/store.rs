//! What substitutions read and write.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::{try_join, try_join_all};
use model::{GroupId, InstitutionCalendar, InstitutionId, PersonId, Week};
use rosters::{Institution, Rosters};
use store::{Index, Query, StoreError, Stored, Table, Untyped, Write};
use timetables::{
    ChangeEdit, Concerned, InstitutionDays, Owner, Timetable, Timetables, VersionedChange, WeekChanges,
};

use super::{
    clash::Pupils,
    concerned::{TeacherRevisions, writes},
    plan::{Plan, teacher_cards},
    week::SchoolWeek,
};
use crate::item::InstitutionRules;

/// The tables that substitutions read; the schedules' own is written.
#[derive(Debug)]
pub(crate) struct SubstitutionStore {
    timetables: Timetables,
    rosters: Rosters,
}

/// The changes of a week as last written, and how many edits they have seen.
#[derive(Default)]
struct Standing {
    changes: Vec<VersionedChange>,
    revision: u64,
}

impl Standing {
    fn of(item: &Untyped) -> Result<Self, StoreError> {
        Ok(Self {
            changes: WeekChanges::read(item)?,
            revision: WeekChanges::revision(item)?,
        })
    }
}

/// The published weeks of an institution, with the groups in them that belong to others.
struct Published {
    timetables: Vec<Timetable>,
    foreign: BTreeSet<GroupId>,
}

impl SubstitutionStore {
    pub(crate) const fn new(schedules: Table, registry: Table) -> Self {
        Self {
            timetables: Timetables::new(schedules),
            rosters: Rosters::new(registry),
        }
    }

    /// What is held at an institution in the weeks. Three queries and a batch of gets, all in parallel;
    /// what follows is asked only where teachers work at several institutions or a week is older than the one published last.
    pub(crate) async fn plan(
        &self,
        institution: InstitutionId,
        weeks: &BTreeSet<Week>,
    ) -> Result<Plan, StoreError> {
        let standing = self.standing_in(institution, weeks);
        let settings = self.settings(institution);
        let ((published, mut standing), (calendar, rules)) =
            try_join(try_join(self.published(institution), standing), settings).await?;
        let mut found = BTreeMap::new();
        for week in weeks {
            let standing = standing.remove(week).unwrap_or_default();
            let timetables = self.holding_in(*week, &published.timetables).await?;
            let school = SchoolWeek::new(*week, calendar.clone(), &timetables, &published.foreign);
            found.insert(*week, school.with_changes(standing.changes, standing.revision));
        }
        self.add_elsewhere(&mut found, &published).await?;
        let names = self.names(&found).await?;
        Ok(Plan {
            institution,
            teachers: teacher_cards(&found, &names),
            weeks: found,
            rules,
        })
    }

    /// The changes of a week by the time of the published lessons, and how many edits they have seen. One get.
    pub(crate) async fn changes(
        &self,
        institution: InstitutionId,
        week: Week,
    ) -> Result<(Vec<VersionedChange>, u64), StoreError> {
        let standing = self.standing(institution, week).await?;
        Ok((standing.changes, standing.revision))
    }

    async fn standing(&self, institution: InstitutionId, week: Week) -> Result<Standing, StoreError> {
        self.standing_of(Concerned::Institution(institution), week).await
    }

    async fn standing_of(&self, of: Concerned, week: Week) -> Result<Standing, StoreError> {
        let key = WeekChanges::key_of(of, week);
        let item = self.timetables.table().get_latest_untyped(&key).await?;
        item.as_ref()
            .map_or_else(|| Ok(Standing::default()), Standing::of)
    }

    /// What is changed from the first to the last of the weeks, as last written. One query.
    async fn standing_in(
        &self,
        institution: InstitutionId,
        weeks: &BTreeSet<Week>,
    ) -> Result<BTreeMap<Week, Standing>, StoreError> {
        let key = |week: &Week| WeekChanges::key_of(Concerned::Institution(institution), *week);
        let (Some(first), Some(last)) = (weeks.first().map(key), weeks.last().map(key)) else {
            return Ok(BTreeMap::new());
        };
        let query = Query::partition(Index::Table, first.pk)
            .between(first.sk, last.sk)
            .consistent();
        let items = self.timetables.table().query_untyped(&query).await?;
        let of_week = |item: &Untyped| {
            let week = item.text("sk").strip_prefix("CHANGES#")?.parse().ok()?;
            Some(Standing::of(item).map(|standing| (week, standing)))
        };
        items.iter().filter_map(of_week).collect()
    }

    /// The calendar and the bells. One batch of gets.
    async fn settings(
        &self,
        institution: InstitutionId,
    ) -> Result<(InstitutionCalendar, InstitutionRules), StoreError> {
        let keys = [
            InstitutionDays::key_of(institution),
            InstitutionRules::key_of(institution),
        ];
        let mut calendar = InstitutionCalendar {
            time_zone: String::new(),
            days_off: vec![],
        };
        let mut rules = InstitutionRules::none(institution);
        for item in self.timetables.table().get_many_untyped(&keys).await? {
            if let Some(found) = item.as_record::<InstitutionDays>() {
                calendar = found?.calendar;
            } else if let Some(found) = item.as_record::<InstitutionRules>() {
                rules = found?;
            }
        }
        Ok((calendar, rules))
    }

    async fn published(&self, institution: InstitutionId) -> Result<Published, StoreError> {
        let classes = self.timetables.classes_of(institution);
        let teachers = self.timetables.teachers_of(institution);
        let (mut timetables, mut teachers) = try_join(classes, teachers).await?;
        let own: BTreeSet<GroupId> = groups(&timetables).collect();
        // Whoever teaches more elsewhere is listed there, and is known here by the lessons of the classes.
        let listed: BTreeSet<PersonId> = teachers.iter().filter_map(teacher_of).collect();
        let named = timetables.iter().flat_map(|week| &week.slots);
        let missing: BTreeSet<PersonId> = named
            .filter_map(|slot| slot.teacher)
            .filter(|teacher| !listed.contains(teacher))
            .collect();
        if !missing.is_empty() {
            let keys: Vec<_> = missing.into_iter().map(|id| Owner::Teacher(id).key()).collect();
            let found = self
                .timetables
                .table()
                .get_many::<Stored<Timetable>>(&keys)
                .await?;
            teachers.extend(found.into_iter().map(|item| item.record));
        }
        let unknown: BTreeSet<GroupId> = groups(&teachers).filter(|group| !own.contains(group)).collect();
        let mut foreign = BTreeSet::new();
        if !unknown.is_empty() {
            let unknown: Vec<_> = unknown.into_iter().collect();
            let found = self.rosters.groups(&unknown).await?.into_iter();
            foreign.extend(
                found
                    .filter(|group| group.institution != institution)
                    .map(|group| group.group),
            );
        }
        timetables.extend(teachers);
        Ok(Published { timetables, foreign })
    }

    /// The weeks that hold in a week: those published last, and earlier ones where these have not begun.
    async fn holding_in(&self, week: Week, last: &[Timetable]) -> Result<Vec<Timetable>, StoreError> {
        let (mut held, later): (Vec<_>, Vec<_>) = last
            .iter()
            .cloned()
            .partition(|timetable| timetable.has_begun(week));
        let earlier = later.iter().map(|later| self.earlier(later.owner, week));
        held.extend(try_join_all(earlier).await?.into_iter().flatten());
        Ok(held)
    }

    async fn earlier(&self, owner: Owner, week: Week) -> Result<Option<Timetable>, StoreError> {
        let first = owner.key_of_version_until(week.next().monday());
        let query = Query::partition(Index::Table, first.pk)
            .between(first.sk, "TIMETABLE#9")
            .at_most(1);
        let found = self.timetables.table().query::<Stored<Timetable>>(&query).await?;
        let found = found.into_iter().map(|item| item.record);
        Ok(found.into_iter().find(|timetable| timetable.has_begun(week)))
    }

    /// Adds what is changed at other institutions for the teachers who also work there. One batch of gets, if there are any.
    async fn add_elsewhere(
        &self,
        weeks: &mut BTreeMap<Week, SchoolWeek>,
        published: &Published,
    ) -> Result<(), StoreError> {
        if published.foreign.is_empty() {
            return Ok(());
        }
        let works_elsewhere = |timetable: &&Timetable| {
            let mut slots = timetable.slots.iter();
            slots.any(|slot| published.foreign.contains(&slot.group))
        };
        let teachers = published.timetables.iter().filter(works_elsewhere);
        let teachers: Vec<PersonId> = teachers.filter_map(teacher_of).collect();
        let of = |week: &Week| {
            let key = |id: &PersonId| WeekChanges::key_of(Concerned::Week(Owner::Teacher(*id)), *week);
            teachers.iter().map(key).collect::<Vec<_>>()
        };
        let keys: Vec<_> = weeks.keys().flat_map(of).collect();
        for item in self.timetables.table().get_many_untyped(&keys).await? {
            let changes = WeekChanges::read(&item)?;
            let week = item.text("sk").strip_prefix("CHANGES#");
            if let Some(school) = week.and_then(|week| weeks.get_mut(&week.parse().ok()?)) {
                school.add_elsewhere(elsewhere(changes, &published.foreign));
            }
        }
        Ok(())
    }

    /// The names of the teachers whom no lesson names alone. One batch of gets, if there are any.
    async fn names(
        &self,
        weeks: &BTreeMap<Week, SchoolWeek>,
    ) -> Result<BTreeMap<PersonId, String>, StoreError> {
        let cards = teacher_cards(weeks, &BTreeMap::new());
        let nameless = cards.into_iter().filter(|(_, card)| card.name.is_empty());
        let nameless: Vec<PersonId> = nameless.map(|(id, _)| id).collect();
        if nameless.is_empty() {
            return Ok(BTreeMap::new());
        }
        let people = self.rosters.people(&nameless).await?.into_iter();
        Ok(people
            .map(|person| (person.person, person.name.initials()))
            .collect())
    }

    /// The weeks of teachers as last written: adds to the plan what other institutions have changed, and says which revision
    /// of each the decision is made on.
    pub(crate) async fn look_again(
        &self,
        plan: &mut Plan,
        teachers: &BTreeSet<PersonId>,
    ) -> Result<TeacherRevisions, StoreError> {
        let places: Vec<(PersonId, Week)> = teachers
            .iter()
            .flat_map(|teacher| plan.weeks.keys().map(|week| (*teacher, *week)))
            .collect();
        let reads = places
            .iter()
            .map(|(teacher, week)| self.standing_of(Concerned::Week(Owner::Teacher(*teacher)), *week));
        let mut revisions = TeacherRevisions::new();
        for (place, standing) in places.iter().zip(try_join_all(reads).await?) {
            revisions.insert(*place, standing.revision);
            if let Some(week) = plan.weeks.get_mut(&place.1) {
                let own: BTreeSet<GroupId> = week
                    .taught()
                    .iter()
                    .filter(|taught| taught.is_own)
                    .map(|taught| taught.slot.group)
                    .collect();
                let changes = standing.changes.into_iter();
                week.add_elsewhere(
                    changes
                        .filter(|found| group_of(found).is_some_and(|group| !own.contains(&group)))
                        .collect(),
                );
            }
        }
        Ok(revisions)
    }

    /// The classes from which groups draw. One batch of gets.
    pub(crate) async fn classes_of_groups(
        &self,
        groups: &BTreeSet<GroupId>,
    ) -> Result<BTreeMap<GroupId, BTreeSet<GroupId>>, StoreError> {
        let groups: Vec<_> = groups.iter().copied().collect();
        let found = self.rosters.groups(&groups).await?.into_iter();
        Ok(found
            .map(|group| (group.group, group.classes.into_iter().collect()))
            .collect())
    }

    /// Who learns in groups on a date. A query for each group.
    pub(crate) async fn pupils(
        &self,
        groups: &BTreeSet<GroupId>,
        date: jiff::civil::Date,
    ) -> Result<Pupils, StoreError> {
        let rosters = try_join_all(groups.iter().map(|group| self.rosters.roster(*group))).await?;
        let known = groups
            .iter()
            .zip(rosters)
            .filter_map(|(group, roster)| Some((*group, roster?)));
        Ok(known
            .map(|(group, roster)| {
                let pupils = roster.pupils.into_iter().filter(|pupil| pupil.holds_on(date));
                (group, pupils.map(|pupil| pupil.person).collect())
            })
            .collect())
    }

    /// Institutions by their ids, by name. One batch of gets.
    pub(crate) async fn institutions(&self, of: &[InstitutionId]) -> Result<Vec<Institution>, StoreError> {
        let mut found = self.rosters.institutions(of).await?;
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// Writes the edits into the weeks of all whom they concern, in one transaction.
    ///
    /// # Errors
    /// A conflict, if anything has been changed at the institution or for the teachers in question since the plan was read.
    pub(crate) async fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        self.timetables.table().write(writes).await
    }
}

/// The writes of edits; none if they are more than one transaction takes.
pub(crate) fn transaction(
    plan: &Plan,
    edits: &[ChangeEdit],
    classes: &BTreeMap<GroupId, BTreeSet<GroupId>>,
    teachers: &TeacherRevisions,
) -> Result<Option<Vec<Write>>, StoreError> {
    let writes = writes(plan, edits, classes, teachers)?;
    Ok((writes.len() <= Table::MOST_IN_TRANSACTION).then_some(writes))
}

fn groups(timetables: &[Timetable]) -> impl Iterator<Item = GroupId> {
    timetables
        .iter()
        .flat_map(|week| week.slots.iter().map(|slot| slot.group))
}

const fn teacher_of(timetable: &Timetable) -> Option<PersonId> {
    match timetable.owner {
        Owner::Teacher(teacher) => Some(teacher),
        Owner::Class(_) | Owner::Group(_) => None,
    }
}

fn group_of(found: &VersionedChange) -> Option<GroupId> {
    let lesson = found.change.before.as_ref().or(found.change.after.as_ref());
    lesson.map(|lesson| lesson.slot.group)
}

fn elsewhere(changes: Vec<VersionedChange>, foreign: &BTreeSet<GroupId>) -> Vec<VersionedChange> {
    let is_foreign = |found: &VersionedChange| group_of(found).is_some_and(|group| foreign.contains(&group));
    changes.into_iter().filter(is_foreign).collect()
}
