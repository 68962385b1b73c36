//! The criteria of classes and pupils.

use std::collections::{BTreeMap, BTreeSet};

use super::View;
use crate::problem::{Activity, Problem};
use crate::solution::Placement;
use crate::spread::uneven;

impl View<'_> {
    /// For every class and week the value of each day on which the class is taught at all, summed over the class's
    /// cohorts, and the number of these.
    fn sums(&self, value: impl Fn(&Activity) -> i64) -> Vec<(BTreeMap<u8, i64>, i64)> {
        let mut all = Vec::new();
        for week in self.weeks() {
            for (class, data) in self.problem.classes.iter().enumerate() {
                let is_of = |cohort: usize| self.problem.cohorts[cohort].class.at() == class;
                let cohorts = (0..self.problem.cohorts.len())
                    .filter(|cohort| is_of(*cohort))
                    .count();
                let is_taught = |day: &u8| {
                    (data.first..=data.last).any(|slot| !data.closed.contains(&crate::Hour::new(*day, slot)))
                };
                let mut days: BTreeMap<u8, i64> = (0..self.problem.days)
                    .filter(is_taught)
                    .map(|day| (day, 0))
                    .collect();
                for placement in &week {
                    let activity = self.activity(placement);
                    let of = self.problem.cohorts_of(activity);
                    let share = of.iter().filter(|cohort| is_of(cohort.at())).count() as i64;
                    if let Some(sum) = days.get_mut(&placement.hour.day) {
                        *sum += share * i64::from(placement.length) * value(activity);
                    }
                }
                if cohorts > 0 && !days.is_empty() {
                    all.push((days, cohorts as i64));
                }
            }
        }
        all
    }

    fn points(&self) -> Vec<(BTreeMap<u8, i64>, i64)> {
        self.sums(|activity| i64::from(activity.difficulty))
    }

    pub(super) fn peak_day(&self) -> i64 {
        let peak = &self.problem.curve.peak;
        if peak.is_empty() {
            return 0;
        }
        let excess = |(days, cohorts): (BTreeMap<u8, i64>, i64)| {
            let high = days.values().max().copied().unwrap_or(0);
            let of_peak = peak
                .iter()
                .filter_map(|day| days.get(day))
                .max()
                .copied()
                .unwrap_or(0);
            (high - of_peak) / cohorts
        };
        self.points().into_iter().map(excess).sum()
    }

    pub(super) fn light_day(&self) -> i64 {
        let light = &self.problem.curve.light;
        let excess = |(days, cohorts): (BTreeMap<u8, i64>, i64)| {
            let low = days.values().min().copied().unwrap_or(0);
            let of_light = light
                .iter()
                .filter_map(|day| days.get(day))
                .min()
                .copied()
                .unwrap_or(low);
            (of_light - low) / cohorts
        };
        self.points().into_iter().map(excess).sum()
    }

    pub(super) fn day_lengths(&self) -> i64 {
        let excess = |(days, cohorts): (BTreeMap<u8, i64>, i64)| {
            let most = days.values().max().copied().unwrap_or(0);
            let least = days.values().min().copied().unwrap_or(0);
            ((most - least) / cohorts - 1).max(0)
        };
        self.sums(|_| 1).into_iter().map(excess).sum()
    }

    pub(super) fn hard_slots(&self) -> i64 {
        let mut total = 0;
        for placement in self.placements {
            if let Some((first, last)) = self.problem.best_slots(self.activity(placement)) {
                let mut slots = placement.hour.slot..placement.hour.slot + placement.length;
                let outside = slots
                    .by_ref()
                    .filter(|slot| !(first..=last).contains(slot))
                    .count();
                total += outside as i64 * self.held(placement);
            }
        }
        total
    }

    pub(super) fn neighbours(&self) -> i64 {
        let mut pairs = 0;
        for week in self.weeks() {
            for one in &week {
                for other in &week {
                    let follows = one.hour.day == other.hour.day
                        && one.hour.slot + one.length == other.hour.slot
                        && self
                            .problem
                            .apart
                            .contains(&(self.activity(one).subject, self.activity(other).subject));
                    pairs += i64::from(follows && share_pupils(self.problem, one, other));
                }
            }
        }
        pairs
    }

    pub(super) fn pupil_windows(&self) -> i64 {
        let mut windows = 0;
        for week in self.weeks() {
            for (at, cohort) in self.problem.cohorts.iter().enumerate() {
                let class = &self.problem.classes[cohort.class.at()];
                if !class.windows_allowed {
                    continue;
                }
                let mut days: BTreeMap<u8, BTreeSet<u8>> = BTreeMap::new();
                for placement in &week {
                    let cohorts = self.problem.cohorts_of(self.activity(placement));
                    if cohorts.iter().any(|cohort| cohort.at() == at) {
                        let slots = placement.hour.slot..placement.hour.slot + placement.length;
                        days.entry(placement.hour.day).or_default().extend(slots);
                    }
                }
                for (day, slots) in days {
                    windows += missing(class, day, &slots, class.last) as i64;
                }
            }
        }
        windows
    }

    pub(super) fn spread(&self) -> i64 {
        let members: BTreeSet<u32> = self
            .problem
            .blocks
            .iter()
            .flat_map(|block| block[1..].iter().map(|index| index.0))
            .collect();
        let mut total = 0;
        for week in 0..self.weeks {
            let mut courses: BTreeMap<_, Vec<u8>> = BTreeMap::new();
            for placement in self
                .placements
                .iter()
                .filter(|placement| !members.contains(&placement.activity.0))
            {
                let held = self.block_weeks(placement) >> week & 1 == 1;
                let activity = self.activity(placement);
                let days = courses
                    .entry((activity.subject, &activity.groups))
                    .or_insert_with(|| vec![0; usize::from(self.problem.days)]);
                days[usize::from(placement.hour.day)] += u8::from(held);
            }
            total += courses.values().map(|days| uneven(days)).sum::<i64>();
        }
        total
    }

    /// The weeks in which the placement's activity, or another of its block, is held.
    fn block_weeks(&self, placement: &Placement) -> u8 {
        let own = self.activity(placement).cycle.weeks();
        let block = self
            .problem
            .blocks
            .iter()
            .find(|block| block.contains(&placement.activity));
        let others = block.into_iter().flatten();
        others.fold(own, |weeks, index| {
            weeks | self.problem.activities[index.at()].cycle.weeks()
        })
    }
}

/// Open slots of a class's day without a lesson, from the first lesson or `latest`, whichever is earlier, to the last
/// lesson.
pub(crate) fn missing(class: &crate::Class, day: u8, slots: &BTreeSet<u8>, latest: u8) -> usize {
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else {
        return 0;
    };
    let is_open = |slot: &u8| !class.closed.contains(&crate::Hour::new(day, *slot));
    let from = (*first).min(latest).max(class.first);
    (from..=*last)
        .filter(|slot| !slots.contains(slot))
        .filter(is_open)
        .count()
}

/// Whether two lessons have pupils in common.
pub(crate) fn share_pupils(problem: &Problem, one: &Placement, other: &Placement) -> bool {
    let of = |placement: &Placement| problem.cohorts_of(&problem.activities[placement.activity.at()]);
    let other = of(other);
    of(one).iter().any(|cohort| other.binary_search(cohort).is_ok())
}
