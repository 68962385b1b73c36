//! The search: construct a timetable, improve it, keep the best.

mod accept;
mod chain;
mod construct;
mod finish;
mod improve;
mod insert;
mod settle;

use crate::instance::{Instance, NONE};
use crate::progress::{Control, Phase, Progress};
use crate::random::Random;
use crate::solution::Placement;
use crate::state::State;

use accept::Acceptance;
use chain::Chain;

/// What the search weighs against the soft criteria, in their units. Large enough that no soft gain pays for it, small
/// enough that sums stay far from the bounds of integers.
const UNPLACED: i64 = 5_000;
/// See [`UNPLACED`]; passing defects are the way between two good timetables, so that they cost less.
const DEFECT: i64 = 400;
/// What a lesson outside the compact week costs while lessons are placed.
const OUTSIDE: i64 = 60;
/// Steps between two looks at the observer.
const WATCH: u64 = 1024;

/// The best timetable so far.
#[derive(Debug, Clone)]
pub(crate) struct Best {
    /// Hours without a lesson and defects: what is wrong with it.
    pub(crate) wrong: i64,
    pub(crate) soft: i64,
    pub(crate) hour: Vec<u16>,
    pub(crate) room: Vec<u16>,
}

/// A search on its way.
pub(crate) struct Search<'a, 'o> {
    pub(crate) state: State<'a>,
    random: Random,
    accept: Acceptance,
    chain: Chain,
    best: Best,
    /// How often each event could not be placed without removing others.
    price: Vec<u32>,
    /// The hours each event may take.
    hours: Vec<Vec<u16>>,
    /// Events that can be moved.
    movable: Vec<u16>,
    /// Seats with a choice of rooms.
    choices: Vec<u32>,
    /// Whether the search begins with a timetable to be kept.
    repairs: bool,
    phase: Phase,
    step: u64,
    steps: u64,
    stopped: bool,
    observe: &'o mut dyn FnMut(&Progress<'_>) -> Control,
}

impl<'a, 'o> Search<'a, 'o> {
    pub(crate) fn new(
        instance: &'a Instance,
        seed: u64,
        steps: u64,
        observe: &'o mut dyn FnMut(&Progress<'_>) -> Control,
    ) -> Self {
        let state = State::new(instance);
        let hours = instance.events.iter().map(|event| {
            (0..instance.hours() as u16)
                .filter(|hour| event.allowed >> hour & 1 == 1)
                .collect()
        });
        let hours: Vec<Vec<u16>> = hours.collect();
        let movable = (0..instance.events.len() as u16)
            .filter(|event| {
                instance.events[usize::from(*event)].pin.is_none() && hours[usize::from(*event)].len() > 1
            })
            .collect();
        let choices = (0..instance.seats.len() as u32)
            .filter(|seat| {
                let rooms = instance.part(*seat as usize).rooms.as_ref().map_or(0, Vec::len);
                rooms > 1 && instance.seats[*seat as usize].pin.is_none()
            })
            .collect();
        Self {
            best: Best {
                wrong: i64::MAX,
                soft: i64::MAX,
                hour: state.hour.clone(),
                room: state.room.clone(),
            },
            random: Random::new(seed),
            accept: Acceptance::new(),
            chain: Chain::new(instance.events.len()),
            price: vec![1; instance.events.len()],
            hours,
            movable,
            choices,
            repairs: instance.events.iter().any(|event| event.home.is_some()),
            phase: Phase::Placing,
            step: 0,
            steps,
            stopped: false,
            observe,
            state,
        }
    }

    /// Runs to the end of the steps or until the observer stops it; the state is then the best timetable found, made
    /// free of defects.
    pub(crate) fn run(&mut self) -> u64 {
        self.begin();
        self.rounds();
        self.finish();
        self.step
    }

    /// Counts a step; false when the search is over.
    fn tick(&mut self) -> bool {
        self.step += 1;
        if self.step.is_multiple_of(WATCH) && !self.stopped {
            self.tell();
        }
        self.step < self.steps && !self.stopped
    }

    fn is_over(&self) -> bool {
        self.stopped || self.step >= self.steps
    }

    /// Shows the observer the best so far.
    fn tell(&mut self) {
        let instance = self.state.instance;
        let parts = |event: usize| instance.unit(event).parts.len();
        let lessons = (0..instance.events.len()).map(parts).sum();
        let placed = (0..instance.events.len())
            .filter(|event| self.best.hour[*event] != NONE)
            .map(parts)
            .sum();
        let best = &self.best;
        let missing: i64 = (0..instance.events.len())
            .filter(|event| best.hour[*event] == NONE)
            .map(|event| instance.events[event].length as i64)
            .sum();
        let progress = Progress {
            phase: self.phase,
            step: self.step,
            steps: self.steps,
            lessons,
            placed,
            defects: if best.wrong == i64::MAX {
                0
            } else {
                best.wrong - missing
            },
            cost: if placed == 0 { 0 } else { best.soft },
            best: &|| placements(instance, &best.hour, &best.room),
        };
        self.stopped = (self.observe)(&progress) == Control::Stop;
    }

    /// What is wrong with the present timetable, in hours.
    fn wrong(&self) -> i64 {
        self.state.unplaced + self.state.defects
    }

    /// Keeps the present timetable if it is the best.
    fn remember(&mut self) -> bool {
        let found = (self.wrong(), self.state.soft);
        if found >= (self.best.wrong, self.best.soft) {
            return false;
        }
        (self.best.wrong, self.best.soft) = found;
        self.best.hour.copy_from_slice(&self.state.hour);
        self.best.room.copy_from_slice(&self.state.room);
        true
    }

    /// Goes back to the best timetable.
    fn recall(&mut self) {
        self.state = State::of(self.state.instance, &self.best.hour, &self.best.room);
    }
}

/// A timetable as placements, by activity and hour.
pub(crate) fn placements(instance: &Instance, hours: &[u16], rooms: &[u16]) -> Vec<Placement> {
    use crate::hour::Hour;
    let mut list = Vec::new();
    for (event, data) in instance
        .events
        .iter()
        .enumerate()
        .filter(|(event, _)| hours[*event] != NONE)
    {
        let hour = usize::from(hours[event]);
        let unit = &instance.units[data.unit];
        for (part, of) in unit.parts.iter().enumerate() {
            let mut seats = data.first_seat..data.first_seat + data.seats;
            let seat = seats.find(|seat| instance.seats[*seat].part == part);
            list.push(Placement {
                activity: of.activity.into(),
                hour: Hour::new(instance.day(hour) as u8, (hour % instance.slots) as u8 + 1),
                length: data.length as u8,
                room: seat.map(|seat| usize::from(rooms[seat]).into()),
            });
        }
    }
    list.sort_unstable();
    list
}
