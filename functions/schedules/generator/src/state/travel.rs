//! The way between buildings.

use super::State;
use crate::instance::{NONE, Part};
use crate::weights::Criterion;

impl State<'_> {
    /// Whether nobody of a placed event lacks the time for the way, where that is forbidden.
    pub(super) fn respects_travel(&self, event: usize) -> bool {
        let data = &self.instance.events[event];
        (data.first_seat..data.first_seat + data.seats)
            .all(|seat| self.room[seat] == NONE || self.is_near(seat, self.room[seat]))
    }

    /// Whether a room leaves everybody of a seat the time for the way, where that is forbidden.
    pub(super) fn is_near(&self, seat: usize, room: u16) -> bool {
        let event = usize::from(self.instance.seats[seat].event);
        !self.instance.travel.is_some_and(|travel| travel.hard)
            || self.ways(seat, room, usize::from(self.hour[event])) == 0
    }

    /// What a seat's room costs in ways, where they are not forbidden.
    pub(super) fn cost_of_travel(&self, seat: usize, room: u16, hour: usize) -> i64 {
        let weight = self.instance.weights.of(Criterion::Travel);
        match self.instance.travel {
            Some(travel) if !travel.hard && weight > 0 => weight * self.ways(seat, room, hour),
            _ => 0,
        }
    }

    /// Ways without enough time between a seat in a room and the neighbouring lessons: each teacher's and each
    /// cohort's, week by week.
    fn ways(&self, seat: usize, room: u16, hour: usize) -> i64 {
        let instance = self.instance;
        let (Some(travel), Some(building)) = (instance.travel, instance.rooms[usize::from(room)].building)
        else {
            return 0;
        };
        let event = usize::from(instance.seats[seat].event);
        let part = instance.part(seat);
        let first = instance.day(hour) * instance.slots;
        let end = hour + instance.events[event].length;
        // Beyond a long break nobody is in a hurry.
        let is_long = |hour: usize| travel.long_breaks >> (hour - first) & 1 == 1;
        let from = hour.saturating_sub(travel.slots).max(first);
        let from = (from..hour)
            .rev()
            .find(|before| is_long(*before))
            .map_or(from, |before| before + 1);
        let to = (end + travel.slots).min(first + instance.slots);
        let to = (end..to).find(|after| is_long(after - 1)).unwrap_or(to);
        let mut seen: Vec<u16> = Vec::new();
        let mut ways = 0;
        for near in (from..hour).chain(end..to) {
            for other in &self.at_hour[near] {
                if seen.contains(other) {
                    continue;
                }
                seen.push(*other);
                let data = &instance.events[usize::from(*other)];
                for beside in data.first_seat..data.first_seat + data.seats {
                    let at = self.room[beside];
                    if at == NONE {
                        continue;
                    }
                    let elsewhere = instance.rooms[usize::from(at)].building;
                    if elsewhere.is_some_and(|other| other != building) {
                        ways += people(part, instance.part(beside));
                    }
                }
            }
        }
        ways
    }
}

/// Teachers and cohorts who are in both, for each week of both.
fn people(one: &Part, other: &Part) -> i64 {
    let teachers = one
        .teachers
        .iter()
        .filter(|teacher| other.teachers.contains(teacher))
        .count();
    let pupils = one
        .cohorts
        .iter()
        .filter(|cohort| other.cohorts.binary_search(cohort).is_ok())
        .count();
    (teachers + pupils) as i64 * i64::from((one.weeks & other.weeks).count_ones())
}
