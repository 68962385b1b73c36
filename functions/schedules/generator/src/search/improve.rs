//! Improvement: simulated annealing with chains between two hours and changes of rooms, in rounds.
//!
//! Each round begins with the best timetable, warm, and cools; rounds double in length, so that whenever the search
//! is stopped a good part of its time has gone into a finished round. The last one ends with the last step.

use super::{DEFECT, Search, UNPLACED};
use crate::instance::NONE;
use crate::progress::Phase;
use crate::state::State;

/// The temperature at which the first round begins, in units of the soft cost.
const HOT: f64 = 30.0;
/// The same for later rounds.
const WARM: f64 = 14.0;
/// The same for a repair, which should not move what it must not.
const MILD: f64 = 4.0;
/// The temperature at which every round ends.
const COLD: f64 = 0.6;
/// Steps of the first round for each event.
const FIRST_ROUND: u64 = 600;
/// Steps between two changes of the temperature.
const SPELL: u64 = 256;

impl Search<'_, '_> {
    /// Construction and rounds of improvement until the steps are used up.
    pub(super) fn rounds(&mut self) {
        let mut length = FIRST_ROUND * self.state.instance.events.len().max(20) as u64;
        let mut first = true;
        while !self.is_over() && !self.is_settled() {
            let rest = self.steps - self.step;
            if self.pool().is_empty() {
                length = if rest < length + length / 2 { rest } else { length };
            } else {
                self.construct(self.step + (rest / 2).max(1));
                if self.best.wrong < self.wrong() {
                    self.recall();
                }
            }
            self.settle();
            let heat = match (self.repairs, first) {
                (true, _) => MILD,
                (false, true) => HOT,
                (false, false) => WARM,
            };
            self.improve(length.min(self.steps.saturating_sub(self.step)), heat);
            self.recall();
            length *= 2;
            first = false;
        }
    }

    /// Whether nothing is left to be made better, or nothing can be moved.
    fn is_settled(&self) -> bool {
        let is_perfect = self.best.wrong == 0 && self.best.soft == 0;
        is_perfect || (self.movable.is_empty() && self.choices.is_empty() && self.pool().is_empty())
    }

    /// One round.
    fn improve(&mut self, length: u64, heat: f64) {
        self.phase = Phase::Improving;
        let (begin, mut temperature) = (self.step, heat);
        let pool = self.pool();
        while self.step - begin < length {
            if !self.tick() {
                return;
            }
            let done = self.step - begin;
            if done.is_multiple_of(SPELL) {
                let left = 1.0 - done as f64 / length as f64;
                temperature = COLD + (heat - COLD) * left * left * left;
                self.fill(&pool);
                if self.is_settled() {
                    return;
                }
            }
            let before = energy(&self.state);
            if !self.choices.is_empty() && self.random.below(16) == 0 {
                self.random_room(temperature, before);
            } else {
                self.random_chain(temperature, energy, before);
            }
            if self.state.soft < self.best.soft || self.wrong() < self.best.wrong {
                self.remember();
            }
        }
    }

    /// Tries lessons without an hour again.
    fn fill(&mut self, pool: &[u16]) {
        for event in pool {
            if self.state.hour[usize::from(*event)] == NONE {
                self.insert_free(usize::from(*event));
            }
        }
    }

    /// A random event to a random hour with the chain it needs, if the result is accepted.
    pub(super) fn random_chain(&mut self, temperature: f64, energy: impl Fn(&State<'_>) -> i64, before: i64) {
        if self.movable.is_empty() {
            return;
        }
        let event = usize::from(self.movable[self.random.below(self.movable.len())]);
        let hours = &self.hours[event];
        let hour = hours[self.random.below(hours.len())];
        if !self.state.is_placed(event) || self.state.hour[event] == hour {
            return;
        }
        let mark = self.state.mark();
        if !self.chain.shift(&mut self.state, event, usize::from(hour)) {
            return;
        }
        let change = energy(&self.state) - before;
        if self.accept.takes(change, temperature, &mut self.random) {
            self.state.keep();
        } else {
            self.state.undo(mark);
        }
    }

    /// A random seat to another of its rooms, if the result is accepted.
    fn random_room(&mut self, temperature: f64, before: i64) {
        let seat = self.choices[self.random.below(self.choices.len())] as usize;
        let Some(rooms) = self.state.instance.part(seat).rooms.as_ref() else {
            return;
        };
        let room = rooms[self.random.below(rooms.len())];
        let placed = self
            .state
            .is_placed(usize::from(self.state.instance.seats[seat].event));
        if !placed || self.state.room[seat] == room {
            return;
        }
        let mark = self.state.mark();
        if !self.state.change_room(seat, room) {
            return;
        }
        let change = energy(&self.state) - before;
        if self.accept.takes(change, temperature, &mut self.random) {
            self.state.keep();
        } else {
            self.state.undo(mark);
        }
    }
}

pub(super) fn energy(state: &State<'_>) -> i64 {
    state.soft + DEFECT * state.defects + UNPLACED * state.unplaced
}
