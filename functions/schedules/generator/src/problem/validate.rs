//! The checks before a search.

use std::collections::BTreeSet;

use super::{Activity, Class, Fault, Problem, RoomNeed};
use crate::hour::{Hour, MAX_DAYS, MAX_SLOTS};
use crate::index::{ActivityIndex, ClassIndex, CohortIndex, GroupIndex, RoomIndex, TeacherIndex};

/// Lessons are numbered by 16 bits, of which the last value means none.
const MAX_LESSONS: usize = 60_000;

impl Problem {
    /// All contradictions of the data, in the order of the lists.
    pub fn faults(&self) -> Vec<Fault> {
        if !(1..=MAX_DAYS).contains(&self.days) || !(1..=MAX_SLOTS).contains(&self.slots) {
            return vec![Fault::Week {
                days: self.days,
                slots: self.slots,
            }];
        }
        let mut faults = Vec::new();
        let lessons = self
            .activities
            .iter()
            .map(|activity| usize::from(activity.lessons))
            .sum();
        let resources = [
            self.cohorts.len(),
            self.teachers.len(),
            self.rooms.len(),
            self.classes.len(),
        ];
        if lessons > MAX_LESSONS || resources.into_iter().any(|count| count > MAX_LESSONS) {
            faults.push(Fault::TooLarge(lessons));
        }
        self.resource_faults(&mut faults);
        for (at, activity) in self.activities.iter().enumerate() {
            self.activity_faults(ActivityIndex::from(at), activity, &mut faults);
        }
        if faults.is_empty() {
            self.block_faults(&mut faults);
        }
        let mut days = self.curve.peak.iter().chain(&self.curve.light);
        if days.any(|day| *day >= self.days) {
            faults.push(Fault::Curve);
        }
        faults
    }

    /// Whether the hour is one of the week's.
    pub(crate) fn has_hour(&self, hour: Hour) -> bool {
        hour.day < self.days && (1..=self.slots).contains(&hour.slot)
    }

    /// The pupils of an activity, ascending; a pupil of two of its groups is there twice.
    pub(crate) fn cohorts_of(&self, activity: &Activity) -> Vec<CohortIndex> {
        let mut cohorts: Vec<CohortIndex> = activity
            .groups
            .iter()
            .flat_map(|group| self.groups[group.at()].cohorts.iter().copied())
            .collect();
        cohorts.sort_unstable();
        cohorts
    }

    fn resource_faults(&self, faults: &mut Vec<Fault>) {
        for (at, class) in self.classes.iter().enumerate() {
            if !self.is_shift(class) {
                faults.push(Fault::Shift(ClassIndex::from(at)));
            }
        }
        for (at, cohort) in self.cohorts.iter().enumerate() {
            if cohort.class.at() >= self.classes.len() {
                faults.push(Fault::Cohort(at));
            }
        }
        for (at, group) in self.groups.iter().enumerate() {
            let distinct: BTreeSet<_> = group.cohorts.iter().collect();
            let known = group
                .cohorts
                .iter()
                .all(|cohort| cohort.at() < self.cohorts.len());
            if group.cohorts.is_empty() || distinct.len() != group.cohorts.len() || !known {
                faults.push(Fault::Group(GroupIndex::from(at)));
            }
        }
        for (at, teacher) in self.teachers.iter().enumerate() {
            let mut hours = teacher.unavailable.iter().chain(&teacher.undesired);
            let has_home = teacher.home.is_none_or(|room| room.at() < self.rooms.len());
            if !has_home || hours.any(|hour| !self.has_hour(*hour)) {
                faults.push(Fault::Teacher(TeacherIndex::from(at)));
            }
        }
        for (at, room) in self.rooms.iter().enumerate() {
            if room.places == 0 || room.closed.iter().any(|hour| !self.has_hour(*hour)) {
                faults.push(Fault::Room(RoomIndex::from(at)));
            }
        }
    }

    fn is_shift(&self, class: &Class) -> bool {
        let shift = class.first..=class.last;
        class.first >= 1
            && class.last <= self.slots
            && shift.contains(&class.latest_start)
            && class.max_per_day > 0
            && class.closed.iter().all(|hour| self.has_hour(*hour))
    }

    fn activity_faults(&self, index: ActivityIndex, activity: &Activity, faults: &mut Vec<Fault>) {
        let groups_known = activity.groups.iter().all(|group| {
            self.groups.get(group.at()).is_some_and(|group| {
                group
                    .cohorts
                    .iter()
                    .all(|cohort| cohort.at() < self.cohorts.len())
            })
        });
        let teachers: BTreeSet<_> = activity.teachers.iter().collect();
        let known = teachers.len() == activity.teachers.len()
            && teachers.iter().all(|teacher| teacher.at() < self.teachers.len())
            && match &activity.rooms {
                RoomNeed::OneOf(rooms) => rooms.iter().all(|room| room.at() < self.rooms.len()),
                RoomNeed::None | RoomNeed::Features(_) => true,
            }
            && activity.max_per_day > 0
            && !activity.groups.is_empty()
            && groups_known;
        if !known
            || self
                .cohorts_of(activity)
                .windows(2)
                .any(|pair| pair[0] == pair[1])
        {
            faults.push(Fault::Activity(index));
        }
        if activity.lessons == 0 || usize::from(activity.doubles) * 2 > usize::from(activity.lessons) {
            faults.push(Fault::Lessons(index));
        }
        let hours: BTreeSet<_> = activity.pins.iter().map(|pin| pin.hour).collect();
        let doubles = activity.pins.iter().filter(|pin| pin.double).count();
        let singles = activity.pins.len() - doubles;
        let spare = usize::from(activity.lessons).saturating_sub(2 * usize::from(activity.doubles));
        let inside = activity
            .pins
            .iter()
            .all(|pin| self.has_hour(pin.hour) && pin.room.is_none_or(|room| room.at() < self.rooms.len()));
        if hours.len() != activity.pins.len()
            || doubles > usize::from(activity.doubles)
            || singles > spare
            || !inside
        {
            faults.push(Fault::Pins(index));
        }
    }

    fn block_faults(&self, faults: &mut Vec<Fault>) {
        let mut seen = BTreeSet::new();
        for (at, block) in self.blocks.iter().enumerate() {
            let known = block
                .iter()
                .all(|member| member.at() < self.activities.len() && seen.insert(*member));
            if block.is_empty() || !known || !self.is_simultaneous(block) {
                faults.push(Fault::Block(at));
            }
        }
    }

    /// Whether the activities of a block can be held together at all: equal lessons, nobody twice in a week, and no
    /// more pinned hours than lessons.
    fn is_simultaneous(&self, block: &[ActivityIndex]) -> bool {
        let members: Vec<&Activity> = block.iter().map(|index| &self.activities[index.at()]).collect();
        let first = members[0];
        let pinned = |double: bool| {
            let all = members.iter().flat_map(|member| &member.pins);
            all.filter(|pin| pin.double == double)
                .map(|pin| pin.hour)
                .collect::<BTreeSet<_>>()
        };
        let (doubles, singles) = (pinned(true), pinned(false));
        let fits = doubles.len() <= usize::from(first.doubles)
            && singles.len() + 2 * usize::from(first.doubles) <= usize::from(first.lessons)
            && doubles.is_disjoint(&singles);
        let alike = members
            .iter()
            .all(|member| member.lessons == first.lessons && member.doubles == first.doubles);
        fits && alike
            && members.iter().enumerate().all(|(at, member)| {
                members[..at]
                    .iter()
                    .filter(|other| other.cycle.meets(member.cycle))
                    .all(|other| !self.is_shared(member, other))
            })
    }

    fn is_shared(&self, one: &Activity, other: &Activity) -> bool {
        let cohorts = self.cohorts_of(one);
        one.teachers
            .iter()
            .any(|teacher| other.teachers.contains(teacher))
            || self
                .cohorts_of(other)
                .iter()
                .any(|cohort| cohorts.binary_search(cohort).is_ok())
    }
}
