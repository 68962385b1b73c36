//! Construction: pins, what was there before, the hardest lessons first, and ejection until all have an hour.

use super::{OUTSIDE, Search};
use crate::instance::NONE;
use crate::progress::Phase;

/// Chains tried after each forced insertion, to shake the timetable.
const SHAKES: usize = 40;
/// Warmth of these chains, in units of the soft cost.
const WARMTH: f64 = 12.0;
/// Insertions for each event without a better result after which construction gives up for a while.
const PATIENCE: usize = 60;

impl Search<'_, '_> {
    /// The first timetable: pinned lessons, then those of a repair at their hours, then all others where they fit.
    pub(super) fn begin(&mut self) {
        let instance = self.state.instance;
        for (event, data) in instance.events.iter().enumerate() {
            if let Some(pin) = data.pin {
                self.state.place(event, usize::from(pin));
            }
        }
        for (event, data) in instance.events.iter().enumerate() {
            if let (Some(home), None) = (data.home, data.pin) {
                self.state.place(event, usize::from(home));
            }
        }
        self.state.keep();
        let mut rest = self.pool();
        rest.sort_by_cached_key(|event| {
            let event = usize::from(*event);
            let unit = instance.unit(event);
            let freedom = self.hours[event].len() as i64;
            let size = unit.streams.len() + unit.teachers.len() * 4 + instance.events[event].length * 16;
            (freedom - size as i64, self.random.bits())
        });
        for event in rest {
            if !self.tick() {
                break;
            }
            self.insert_free(usize::from(event));
        }
        self.remember();
    }

    /// The events without an hour that some hour would take.
    pub(super) fn pool(&self) -> Vec<u16> {
        let events = 0..self.state.instance.events.len();
        events
            .filter(|event| self.state.hour[*event] == NONE && !self.hours[*event].is_empty())
            .filter(|event| self.state.instance.events[*event].pin.is_none())
            .map(|event| event as u16)
            .collect()
    }

    /// Places what is still without an hour by ejection, until all is placed, nothing gets better for long, or the
    /// step `until` is reached.
    pub(super) fn construct(&mut self, until: u64) {
        self.phase = Phase::Placing;
        let mut pool = self.pool();
        let patience = PATIENCE * self.state.instance.events.len().max(50);
        let (mut least, mut idle) = (self.state.unplaced, 0);
        while !pool.is_empty() && idle < patience && self.step < until {
            if !self.tick() {
                break;
            }
            let at = self.random.below(pool.len());
            let event = usize::from(pool.swap_remove(at));
            if !self.insert_free(event) {
                if !self.insert_by_force(event, &mut pool) {
                    pool.push(event as u16);
                }
                self.shake();
            }
            idle += 1;
            if self.state.unplaced < least {
                (least, idle) = (self.state.unplaced, 0);
            }
            if self.state.unplaced <= least {
                self.remember();
            }
        }
    }

    /// Some random chains that are about as good as what they change.
    fn shake(&mut self) {
        for _ in 0..SHAKES {
            if !self.tick() {
                return;
            }
            let before = self.state.soft + OUTSIDE * self.state.outside;
            self.random_chain(WARMTH, |state| state.soft + OUTSIDE * state.outside, before);
        }
    }
}
