//! Chains of lessons that change places between two hours.
//!
//! To move a lesson from hour P to hour Q, those at Q with whom it clashes go to P, those at P with whom these clash
//! go to Q, and so on (a Kempe chain of the graph of clashes). Nobody has two lessons at once afterwards; limits of
//! days, rooms and ways decide whether the chain is possible.

use crate::instance::NONE;
use crate::state::State;

/// The longest chain tried.
const LONGEST: usize = 24;

/// Memory of a chain, kept between moves.
#[derive(Debug)]
pub(super) struct Chain {
    /// Where each event of the chain goes; [`NONE`] for the others.
    target: Vec<u16>,
    moves: Vec<u16>,
    clashes: Vec<u16>,
}

impl Chain {
    pub(super) fn new(events: usize) -> Self {
        Self {
            target: vec![NONE; events],
            moves: Vec::new(),
            clashes: Vec::new(),
        }
    }

    /// Moves a placed event to an hour with whatever must change places with it. Without success nothing changes;
    /// with success the caller may undo to the mark it took before.
    pub(super) fn shift(&mut self, state: &mut State<'_>, event: usize, hour: usize) -> bool {
        self.moves.clear();
        let possible = self.collect(state, event, hour);
        let done = possible && self.apply(state);
        for event in &self.moves {
            self.target[usize::from(*event)] = NONE;
        }
        done
    }

    fn add(&mut self, event: usize, hour: usize) {
        self.target[event] = hour as u16;
        self.moves.push(event as u16);
    }

    fn collect(&mut self, state: &State<'_>, event: usize, hour: usize) -> bool {
        let instance = state.instance;
        let (here, there) = (usize::from(state.hour[event]), hour);
        let length = instance.events[event].length;
        let other_day = instance.day(here) != instance.day(there);
        // With doubles the lesson of the subject may leave at another hour of the interval.
        let is_full = |state: &State<'_>, event: usize, hour: usize| {
            other_day && length == 1 && state.is_subject_full(event, hour)
        };
        if is_full(state, event, hour) {
            return false;
        }
        let overlaps = here.abs_diff(there) < length;
        self.add(event, hour);
        let mut at = 0;
        while at < self.moves.len() {
            let moving = usize::from(self.moves[at]);
            let to = usize::from(self.target[moving]);
            let (side, other) = if (there..there + length).contains(&to) {
                (there, here)
            } else {
                (here, there)
            };
            self.clashes.clear();
            state.clashes(moving, to, &mut self.clashes);
            for clash in 0..self.clashes.len() {
                let clash = usize::from(self.clashes[clash]);
                if self.target[clash] != NONE {
                    continue;
                }
                let (data, start) = (&instance.events[clash], usize::from(state.hour[clash]));
                let inside = start >= side && start + data.length <= side + length;
                if overlaps || !inside || data.pin.is_some() || self.moves.len() == LONGEST {
                    return false;
                }
                let target = other + start - side;
                if !instance.is_allowed(clash, target) || is_full(state, clash, target) {
                    return false;
                }
                self.add(clash, target);
            }
            at += 1;
        }
        true
    }

    fn apply(&self, state: &mut State<'_>) -> bool {
        let mark = state.mark();
        for event in &self.moves {
            state.remove(usize::from(*event));
        }
        for event in &self.moves {
            if !state.place(usize::from(*event), usize::from(self.target[usize::from(*event)])) {
                state.undo(mark);
                return false;
            }
        }
        true
    }
}
