//! Giving an hour to a lesson without one.

use super::{OUTSIDE, Search};

/// How many hours are tried after the best of them proved impossible.
const TRIES: usize = 6;

impl Search<'_, '_> {
    /// Places an event at the free hour that costs least, if there is one.
    pub(super) fn insert_free(&mut self, event: usize) -> bool {
        let mut best: Option<(i64, u16)> = None;
        for at in 0..self.hours[event].len() {
            let hour = self.hours[event][at];
            let mark = self.state.mark();
            if self.state.place(event, usize::from(hour)) {
                let cost = self.state.soft + OUTSIDE * self.state.outside;
                let cost = cost * 8 + self.random.below(8) as i64;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, hour));
                }
                self.state.undo(mark);
            }
        }
        let placed = best.is_some_and(|(_, hour)| self.state.place(event, usize::from(hour)));
        self.state.keep();
        placed
    }

    /// Places an event at the hour whose lessons are cheapest to remove, and removes them; they are appended to the
    /// pool. The price of a lesson is how often it could not be placed: lessons that find a place easily give way
    /// (guided ejection search of Y. Nagata and O. Bräysy, here for timetables).
    pub(super) fn insert_by_force(&mut self, event: usize, pool: &mut Vec<u16>) -> bool {
        self.price[event] = self.price[event].saturating_add(1);
        let mut options: Vec<(u64, u64, u16)> = Vec::new();
        let mut found = Vec::new();
        for at in 0..self.hours[event].len() {
            let hour = self.hours[event][at];
            if !self
                .state
                .blockers(event, usize::from(hour), &self.price, &mut found)
            {
                continue;
            }
            let total: u64 = found
                .iter()
                .map(|other| u64::from(self.price[usize::from(*other)]))
                .sum();
            let standing = self.state.instance.events[event].standing[usize::from(hour)];
            let outside = standing.outside as u64;
            options.push((total + 3 * outside, self.random.bits(), hour));
        }
        options.sort_unstable();
        for (_, _, hour) in options.into_iter().take(TRIES) {
            self.state
                .blockers(event, usize::from(hour), &self.price, &mut found);
            let mark = self.state.mark();
            for other in &found {
                self.state.remove(usize::from(*other));
            }
            if self.state.place(event, usize::from(hour)) {
                self.state.keep();
                pool.extend_from_slice(&found);
                return true;
            }
            self.state.undo(mark);
        }
        false
    }
}
