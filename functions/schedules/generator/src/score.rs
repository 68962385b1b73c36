//! How good a timetable is, computed from the timetable alone.
//!
//! The search keeps its own running sums; this is the plain computation that answers, pages and tests use.

mod pupils;
mod teachers;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::hour::Hour;
use crate::problem::{Activity, Problem};
use crate::solution::Placement;
use crate::weights::Criterion;

pub(crate) use pupils::missing;
pub(crate) use teachers::short_ways;

/// The amounts of all criteria and what they cost together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The weighted sum: smaller is better, 0 is a timetable that nothing can be said against.
    pub cost: i64,
    /// Each criterion, in the order of [`Criterion::ALL`].
    pub criteria: Vec<Amount>,
}

/// How much of a criterion a timetable has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Which.
    pub criterion: Criterion,
    /// In the criterion's unit, summed over the weeks of the cycle.
    pub amount: i64,
    /// Times its weight.
    pub cost: i64,
}

impl Score {
    /// The amount of a criterion.
    pub fn amount(&self, criterion: Criterion) -> i64 {
        let found = self.criteria.iter().find(|amount| amount.criterion == criterion);
        found.map_or(0, |amount| amount.amount)
    }
}

/// Scores a timetable of a problem without faults. `previous` is the timetable that a repair began with, or empty.
pub fn score(problem: &Problem, placements: &[Placement], previous: &[Placement]) -> Score {
    let view = View::new(problem, placements);
    let criteria: Vec<Amount> = Criterion::ALL
        .into_iter()
        .map(|criterion| {
            let amount = match criterion {
                Criterion::TeacherWindows => view.teacher_windows(),
                Criterion::LongWindows => view.long_windows(),
                Criterion::UndesiredHours => view.undesired_hours(),
                Criterion::FreeDays => view.free_days(),
                Criterion::Spread => view.spread(),
                Criterion::PeakDay => view.peak_day(),
                Criterion::LightDay => view.light_day(),
                Criterion::HardSlots => view.hard_slots(),
                Criterion::Neighbours => view.neighbours(),
                Criterion::DayLengths => view.day_lengths(),
                Criterion::PupilWindows => view.pupil_windows(),
                Criterion::RoomChanges => view.room_changes(),
                Criterion::Travel => view.travel(),
                Criterion::Moved => view.moved(previous).0,
                Criterion::RoomMoved => view.moved(previous).1,
            };
            Amount {
                criterion,
                amount,
                cost: amount * problem.weights.of(criterion),
            }
        })
        .collect();
    Score {
        cost: criteria.iter().map(|amount| amount.cost).sum(),
        criteria,
    }
}

/// A timetable looked at week by week.
struct View<'a> {
    problem: &'a Problem,
    placements: &'a [Placement],
    /// 1, or 2 when some activity has a cycle.
    weeks: u8,
}

impl<'a> View<'a> {
    fn new(problem: &'a Problem, placements: &'a [Placement]) -> Self {
        let cycles = problem
            .activities
            .iter()
            .any(|activity| activity.cycle != crate::Cycle::Every);
        Self {
            problem,
            placements,
            weeks: if cycles { 2 } else { 1 },
        }
    }

    fn activity(&self, placement: &Placement) -> &'a Activity {
        &self.problem.activities[placement.activity.at()]
    }

    /// The lessons of each week of the cycle.
    fn weeks(&self) -> impl Iterator<Item = Vec<&'a Placement>> {
        (0..self.weeks).map(|week| {
            let held = |placement: &&Placement| self.activity(placement).cycle.weeks() >> week & 1 == 1;
            self.placements.iter().filter(held).collect()
        })
    }

    /// The number of weeks in which a placement is held.
    fn held(&self, placement: &Placement) -> i64 {
        let weeks = self.activity(placement).cycle.weeks() & ((1 << self.weeks) - 1);
        i64::from(weeks.count_ones())
    }

    /// Lessons that lost their hour, and lessons that kept it and lost their room. Pinned lessons do not count.
    fn moved(&self, previous: &[Placement]) -> (i64, i64) {
        let free = |list: &[Placement]| {
            let mut of: BTreeMap<u32, Vec<(Hour, u8, Placement)>> = BTreeMap::new();
            for placement in list {
                let pins = &self.activity(placement).pins;
                if !pins.iter().any(|pin| pin.hour == placement.hour) {
                    let entry = (placement.hour, placement.length, *placement);
                    of.entry(placement.activity.0).or_default().push(entry);
                }
            }
            of
        };
        let (before, after) = (free(previous), free(self.placements));
        let (mut moved, mut rooms) = (0, 0);
        for (activity, before) in &before {
            let Some(after) = after.get(activity) else {
                continue;
            };
            let mut kept = 0;
            for (hour, length, old) in before {
                if let Some((_, _, new)) = after.iter().find(|new| (new.0, new.1) == (*hour, *length)) {
                    kept += 1;
                    rooms += i64::from(old.room.is_some() && old.room != new.room);
                }
            }
            moved += before.len().min(after.len()) as i64 - kept;
        }
        (moved, rooms)
    }
}
