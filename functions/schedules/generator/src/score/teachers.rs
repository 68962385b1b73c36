//! The criteria of teachers and rooms.

use std::collections::{BTreeMap, BTreeSet};

use super::View;
use crate::problem::RoomNeed;
use crate::solution::Placement;

impl View<'_> {
    /// The slots of each teacher's days, ascending, for each week.
    fn days(&self) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        for week in self.weeks() {
            let mut days: BTreeMap<(u32, u8), Vec<u8>> = BTreeMap::new();
            for placement in week {
                for teacher in &self.activity(placement).teachers {
                    let slots = days.entry((teacher.0, placement.hour.day)).or_default();
                    slots.extend(placement.hour.slot..placement.hour.slot + placement.length);
                }
            }
            all.extend(days.into_values());
        }
        for slots in &mut all {
            slots.sort_unstable();
        }
        all
    }

    fn gaps(&self) -> impl Iterator<Item = i64> {
        let days = self.days().into_iter();
        days.flat_map(|slots| {
            let pairs: Vec<i64> = slots
                .windows(2)
                .map(|pair| i64::from(pair[1]) - i64::from(pair[0]) - 1)
                .collect();
            pairs
        })
    }

    pub(super) fn teacher_windows(&self) -> i64 {
        self.gaps().sum()
    }

    pub(super) fn long_windows(&self) -> i64 {
        self.gaps().map(|gap| (gap - 2).max(0)).sum()
    }

    pub(super) fn undesired_hours(&self) -> i64 {
        let mut total = 0;
        for placement in self.placements {
            for teacher in &self.activity(placement).teachers {
                let undesired = &self.problem.teachers[teacher.at()].undesired;
                let hours: BTreeSet<_> = undesired
                    .iter()
                    .filter(|hour| covers(placement, **hour))
                    .collect();
                total += hours.len() as i64 * self.held(placement);
            }
        }
        total
    }

    pub(super) fn free_days(&self) -> i64 {
        let mut lacking = 0;
        for week in self.weeks() {
            for (at, teacher) in self.problem.teachers.iter().enumerate() {
                let given = week.iter().filter(|placement| {
                    self.activity(placement)
                        .teachers
                        .iter()
                        .any(|other| other.at() == at)
                });
                let busy: BTreeSet<u8> = given.map(|placement| placement.hour.day).collect();
                let free = i64::from(self.problem.days) - busy.len() as i64;
                lacking += (i64::from(teacher.free_days) - free).max(0);
            }
        }
        lacking
    }

    pub(super) fn room_changes(&self) -> i64 {
        let mut rooms: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        let mut outside = 0;
        for placement in self.placements {
            let activity = self.activity(placement);
            let Some(room) = placement.room.filter(|_| activity.rooms != RoomNeed::None) else {
                continue;
            };
            for teacher in &activity.teachers {
                match self.problem.teachers[teacher.at()].home {
                    Some(home) => {
                        let fits = self.problem.is_suitable(activity, home);
                        outside += i64::from(fits && home != room);
                    }
                    None => {
                        rooms.entry(teacher.0).or_default().insert(room.0);
                    }
                }
            }
        }
        outside + rooms.values().map(|rooms| rooms.len() as i64 - 1).sum::<i64>()
    }

    /// Ways without enough time, where they are not forbidden.
    pub(super) fn travel(&self) -> i64 {
        match &self.problem.travel {
            Some(travel) if !travel.hard => self.ways().len() as i64,
            _ => 0,
        }
    }

    /// Pairs of lessons in different buildings with somebody in common and too little time between, once for each
    /// such person or cohort and week.
    pub(super) fn ways(&self) -> Vec<(Placement, Placement)> {
        let Some(travel) = &self.problem.travel else {
            return Vec::new();
        };
        let building = |placement: &Placement| self.problem.rooms[placement.room?.at()].building;
        let mut found = Vec::new();
        for week in self.weeks() {
            for one in &week {
                for other in &week {
                    let end = one.hour.slot + one.length;
                    let near = one.hour.day == other.hour.day
                        && other.hour.slot >= end
                        && travel.is_short(end - 1, other.hour.slot);
                    let (here, there) = (building(one), building(other));
                    if near && here.is_some() && there.is_some() && here != there {
                        let people = self.people(one, other);
                        found.extend(std::iter::repeat_n((**one, **other), people));
                    }
                }
            }
        }
        found
    }

    fn people(&self, one: &Placement, other: &Placement) -> usize {
        let (one, other) = (self.activity(one), self.activity(other));
        let cohorts: BTreeSet<_> = self.problem.cohorts_of(other).into_iter().collect();
        let pupils = self
            .problem
            .cohorts_of(one)
            .iter()
            .filter(|cohort| cohorts.contains(cohort))
            .count();
        pupils
            + one
                .teachers
                .iter()
                .filter(|teacher| other.teachers.contains(teacher))
                .count()
    }
}

/// The pairs of lessons that leave somebody too little time for the way between buildings.
pub(crate) fn short_ways(problem: &crate::Problem, placements: &[Placement]) -> Vec<(Placement, Placement)> {
    View::new(problem, placements).ways()
}

fn covers(placement: &Placement, hour: crate::Hour) -> bool {
    let slots = placement.hour.slot..placement.hour.slot + placement.length;
    placement.hour.day == hour.day && slots.contains(&hour.slot)
}
