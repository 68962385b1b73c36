//! Closing the holes in pupils' days that construction has left.

use super::Search;
use super::improve::energy;
use crate::instance::{NONE, holes};
use crate::progress::Phase;

/// Steps for each event after which settling gives up for a while.
const PATIENCE: u64 = 300;
/// The temperature: passing soft costs hardly matter here, defects do.
const WARMTH: f64 = 25.0;

/// A day of a stream with defects.
#[derive(Debug, Clone, Copy)]
struct Broken {
    week: usize,
    stream: u16,
    day: usize,
}

impl Search<'_, '_> {
    /// Moves lessons into holes, and out of days that are too long, until nothing is wrong or nothing helps.
    pub(super) fn settle(&mut self) {
        self.phase = Phase::Placing;
        let limit = self.step + PATIENCE * self.state.instance.events.len() as u64;
        while self.state.defects > 0 && self.step < limit && self.tick() {
            let broken = self.broken_days();
            if broken.is_empty() || self.random.below(3) == 0 {
                let before = energy(&self.state);
                self.random_chain(WARMTH, energy, before);
            } else {
                let day = broken[self.random.below(broken.len())];
                self.mend(day);
            }
            if self.wrong() < self.best.wrong {
                self.remember();
            }
        }
    }

    fn broken_days(&self) -> Vec<Broken> {
        let instance = self.state.instance;
        let mut broken = Vec::new();
        for week in 0..instance.weeks {
            for stream in 0..instance.streams.len() as u16 {
                let rule = &instance.classes[usize::from(instance.streams[usize::from(stream)].class)];
                for day in 0..instance.days {
                    let mask = self.state.stream_mask(week, stream, day);
                    let has_holes = !rule.windows_allowed && holes(mask, rule.open[day], rule.latest) > 0;
                    if has_holes || mask.count_ones() > rule.max {
                        broken.push(Broken { week, stream, day });
                    }
                }
            }
        }
        broken
    }

    /// Tries to move a lesson of the stream into a hole of its day, or one of its lessons anywhere else.
    fn mend(&mut self, broken: Broken) {
        let instance = self.state.instance;
        let Broken { week, stream, day } = broken;
        let rule = &instance.classes[usize::from(instance.streams[usize::from(stream)].class)];
        let mask = self.state.stream_mask(week, stream, day);
        let is_hole = |slot: &usize| {
            let bit = (1_u32 << slot) as u16;
            rule.open[day] & bit != 0 && mask & bit == 0 && mask >> slot != 0
        };
        let holes: Vec<usize> = (0..instance.slots).filter(is_hole).collect();
        let attended = (0..8)
            .map(|_| self.random.below(instance.hours()))
            .map(|hour| self.state.attended(week, stream, hour))
            .find(|event| *event != NONE);
        let Some(event) = attended.map(usize::from) else {
            return;
        };
        let elsewhere = instance.day(usize::from(self.state.hour[event])) != day;
        let hour = if !holes.is_empty() && (elsewhere || self.random.below(2) == 0) {
            day * instance.slots + holes[self.random.below(holes.len())]
        } else {
            usize::from(self.hours[event][self.random.below(self.hours[event].len())])
        };
        let is_fixed = instance.events[event].pin.is_some() || !instance.is_allowed(event, hour);
        if is_fixed || usize::from(self.state.hour[event]) == hour {
            return;
        }
        let before = energy(&self.state);
        let mark = self.state.mark();
        if !self.chain.shift(&mut self.state, event, hour) {
            return;
        }
        if self
            .accept
            .takes(energy(&self.state) - before, WARMTH, &mut self.random)
        {
            self.state.keep();
        } else {
            self.state.undo(mark);
        }
    }
}
