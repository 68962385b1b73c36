//! From lessons to weeks, and which of them differ from what is stored.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bundles::{FileReport, oneroster::FileKind};
use model::{DayOffKind, GroupId, InstitutionId};
use timetables::{GroupsOff, Owner, Slot, Timetable};

use super::{
    resolve::{Known, Lesson, Resolved, count, order},
    rows::Rows,
};
use crate::item::{Feeds, InstitutionGroups, InstitutionRules, WeekCounts};

/// The week that a group has from now on, and whose weeks show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupWeek {
    pub(crate) group: GroupId,
    pub(crate) institution: InstitutionId,
    pub(crate) lessons: Vec<Lesson>,
    pub(crate) off: Vec<GroupsOff>,
    pub(crate) feeds: Feeds,
}

impl GroupWeek {
    /// The lessons of a group of some classes.
    pub(crate) fn new(
        (group, institution): (GroupId, InstitutionId),
        classes: &[GroupId],
        lessons: Vec<Lesson>,
        off: Vec<GroupsOff>,
    ) -> Self {
        let classes = classes.iter().map(|class| Owner::Class(*class));
        let teachers = lessons
            .iter()
            .flat_map(|lesson| lesson.teachers.iter().map(|person| Owner::Teacher(*person)));
        let owners: BTreeSet<Owner> = classes.chain(teachers).collect();
        Self {
            group,
            institution,
            lessons,
            off,
            feeds: Feeds {
                group,
                owners: owners.into_iter().collect(),
            },
        }
    }

    /// The week of a group that has no lessons any more.
    pub(crate) const fn empty(group: GroupId, institution: InstitutionId) -> Self {
        Self {
            group,
            institution,
            lessons: Vec::new(),
            off: Vec::new(),
            feeds: Feeds {
                group,
                owners: Vec::new(),
            },
        }
    }

    pub(crate) fn timetable(&self) -> Timetable {
        let slots = self.lessons.iter().map(|lesson| lesson.slot.clone()).collect();
        let week = Timetable::new(Owner::Group(self.group), self.institution, slots);
        Timetable {
            groups_off: self.off.clone(),
            ..week
        }
    }

    /// The lessons that stand in the week of `owner`: a class has all of them, a teacher their own.
    fn slots_of(&self, owner: Owner) -> impl Iterator<Item = Slot> {
        self.lessons
            .iter()
            .filter(move |lesson| match owner {
                Owner::Teacher(teacher) => lesson.teachers.contains(&teacher),
                Owner::Class(_) | Owner::Group(_) => true,
            })
            .map(|lesson| lesson.slot.clone())
    }
}

/// The groups that have a week and that the file leaves out though it names their institution.
pub(crate) fn dropped(
    rows: &Rows,
    known: &Known,
    resolved: &Resolved,
    stored: &HashMap<InstitutionId, InstitutionGroups>,
) -> BTreeMap<GroupId, InstitutionId> {
    if rows.is_delta || !rows.is_whole(FileKind::Timetable) {
        return BTreeMap::new();
    }
    let institutions: BTreeSet<InstitutionId> = resolved
        .lessons
        .keys()
        .filter_map(|group| known.groups.get(group))
        .map(|group| group.institution)
        .collect();
    institutions
        .iter()
        .filter_map(|institution| stored.get(institution))
        .flat_map(|list| list.groups.iter().map(|group| (*group, list.institution)))
        .filter(|(group, _)| !resolved.named.contains(group))
        .collect()
}

/// The weeks of the groups that good rows name, and empty ones for those that are dropped.
pub(crate) fn group_weeks(
    known: &Known,
    resolved: &Resolved,
    dropped: &BTreeMap<GroupId, InstitutionId>,
) -> Vec<GroupWeek> {
    let emptied = dropped
        .iter()
        .map(|(group, institution)| GroupWeek::empty(*group, *institution));
    let filled = resolved.lessons.iter().filter_map(|(id, lessons)| {
        let group = known.groups.get(id)?;
        let rules = resolved.rules.get(&group.institution);
        let off = known
            .grade(group)
            .zip(rules)
            .map(|(grade, rules)| off(*id, grade, rules))
            .unwrap_or_default();
        let place = (*id, group.institution);
        Some(GroupWeek::new(place, &group.classes, lessons.clone(), off))
    });
    filled.chain(emptied).collect()
}

/// The days on which the group's year of study is free by itself, by what they are called.
pub(crate) fn off(group: GroupId, grade: u8, rules: &InstitutionRules) -> Vec<GroupsOff> {
    let mut found: Vec<GroupsOff> = Vec::new();
    for day in rules.days_off_of(grade) {
        match found
            .iter_mut()
            .find(|off| off.title == day.title && off.kind == day.kind)
        {
            Some(off) => off.dates.push(day.date),
            None => found.push(GroupsOff {
                title: day.title.clone(),
                kind: day.kind,
                dates: vec![day.date],
                groups: vec![group],
            }),
        }
    }
    found
}

/// The classes and teachers whose weeks have to follow: where a group stands now, and where it stood.
pub(crate) fn affected(weeks: &[GroupWeek], stood: &HashMap<GroupId, Feeds>) -> BTreeSet<Owner> {
    let now = weeks.iter().flat_map(|week| week.feeds.owners.iter());
    let before = weeks
        .iter()
        .filter_map(|week| stood.get(&week.group))
        .flat_map(|feeds| feeds.owners.iter());
    now.chain(before).copied().collect()
}

/// The weeks of classes and teachers, built from the weeks of the groups and from what stays of the stored ones.
pub(crate) struct Builder<'a> {
    replaced: BTreeMap<GroupId, &'a GroupWeek>,
    by_owner: HashMap<Owner, Vec<&'a GroupWeek>>,
    /// The institutions of all groups in question, those of kept lessons too.
    places: &'a HashMap<GroupId, InstitutionId>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(weeks: &'a [GroupWeek], places: &'a HashMap<GroupId, InstitutionId>) -> Self {
        let mut by_owner: HashMap<Owner, Vec<&GroupWeek>> = HashMap::new();
        for week in weeks {
            for owner in &week.feeds.owners {
                by_owner.entry(*owner).or_default().push(week);
            }
        }
        Self {
            replaced: weeks.iter().map(|week| (week.group, week)).collect(),
            by_owner,
            places,
        }
    }

    /// The week of a class or a teacher; none if there is nothing to show and nothing to take away.
    pub(crate) fn week(&self, owner: Owner, stored: Option<&Timetable>) -> Option<Timetable> {
        let new = self.by_owner.get(&owner).map_or(&[][..], Vec::as_slice);
        let stays = |group: &GroupId| !self.replaced.contains_key(group);
        let kept = stored
            .iter()
            .flat_map(|week| &week.slots)
            .filter(|slot| stays(&slot.group))
            .cloned();
        let mut slots: Vec<Slot> = kept
            .chain(new.iter().flat_map(|week| week.slots_of(owner)))
            .collect();
        slots.sort_by_key(order);
        let institution = self
            .institution(&slots)
            .or_else(|| stored.map(|week| week.institution))?;
        let kept_off = stored
            .iter()
            .flat_map(|week| &week.groups_off)
            .map(|off| GroupsOff {
                groups: off.groups.iter().copied().filter(stays).collect(),
                ..off.clone()
            });
        let groups_off = merged(kept_off.chain(new.iter().flat_map(|week| week.off.iter().cloned())));
        Some(Timetable {
            groups_off,
            ..Timetable::new(owner, institution, slots)
        })
    }

    /// Where most of the lessons are.
    fn institution(&self, slots: &[Slot]) -> Option<InstitutionId> {
        let mut lessons: BTreeMap<InstitutionId, usize> = BTreeMap::new();
        for slot in slots {
            if let Some(institution) = self.places.get(&slot.group) {
                *lessons.entry(*institution).or_default() += 1;
            }
        }
        let most = lessons.values().max().copied()?;
        lessons
            .into_iter()
            .find(|(_, count)| *count == most)
            .map(|(institution, _)| institution)
    }
}

/// Groups that are free on the same days for the same reason are named together.
fn merged(all: impl Iterator<Item = GroupsOff>) -> Vec<GroupsOff> {
    const KINDS: [DayOffKind; 4] = [
        DayOffKind::Holiday,
        DayOffKind::Break,
        DayOffKind::Moved,
        DayOffKind::Closed,
    ];
    let mut together: BTreeMap<_, (DayOffKind, BTreeSet<GroupId>)> = BTreeMap::new();
    for off in all {
        let place = KINDS.iter().position(|kind| *kind == off.kind);
        together
            .entry((off.dates, off.title, place))
            .or_insert_with(|| (off.kind, BTreeSet::new()))
            .1
            .extend(off.groups);
    }
    together
        .into_iter()
        .filter(|(_, (_, groups))| !groups.is_empty())
        .map(|((dates, title, _), (kind, groups))| GroupsOff {
            title,
            kind,
            dates,
            groups: groups.into_iter().collect(),
        })
        .collect()
}

/// Counts the lessons of a group against its stored week.
pub(crate) fn count_lessons(report: &mut FileReport, week: &GroupWeek, stored: Option<&Timetable>) {
    let place = |slot: &Slot| (slot.weekday, slot.number, slot.cycle);
    for lesson in &week.lessons {
        let old = stored.and_then(|week| week.slots.iter().find(|old| place(old) == place(&lesson.slot)));
        count(report, old, &lesson.slot);
    }
}

/// A record that has to be written: over the stored version, or anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change<T> {
    pub(crate) record: T,
    pub(crate) over: Option<u64>,
}

impl<T: PartialEq> Change<T> {
    /// What has to be written so that `record` stands where `stored` is; nothing if it does.
    pub(crate) fn to(record: T, stored: Option<&(T, u64)>) -> Option<Self> {
        match stored {
            Some((old, _)) if *old == record => None,
            stored => Some(Self {
                over: stored.map(|(_, version)| *version),
                record,
            }),
        }
    }
}

impl WeekCounts {
    /// Counts a week that is there now.
    pub(crate) const fn count<T>(&mut self, change: Option<&Change<T>>) {
        match change {
            None => self.kept += 1,
            Some(Change { over: None, .. }) => self.created += 1,
            Some(Change { over: Some(_), .. }) => self.changed += 1,
        }
    }
}

#[cfg(test)]
mod tests;
