//! A problem compiled for the search: lessons as events that occupy streams of pupils, teachers and rooms.
//!
//! * A *unit* is an activity, or the activities of a block; its *parts* are those activities.
//! * An *event* is a lesson (or a double) of a unit: it takes one start hour for all parts, and a room for each part
//!   that needs one; such a place to be filled is a *seat*.
//! * A *stream* stands for cohorts of a class that take part in the same units in the same weeks: mostly a whole
//!   class, since subgroups are taught in parallel.
//! * A *tally* counts lessons of one subject of one stream by day.
//! * A *course* is all units that teach the same subject to the same groups: its lessons should be spread evenly.

mod build;
mod day;
mod event;
mod grid;
mod standing;

use crate::spread::Spread;
use crate::weights::Weights;

pub(crate) use day::{holes, long_windows, windows};
pub(crate) use standing::Standing;

/// No event, no hour, no room.
pub(crate) const NONE: u16 = u16::MAX;

/// The compiled problem. Hours are numbered `day * slots + slot - 1`; masks of a day have slot 1 as the lowest bit.
#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) days: usize,
    pub(crate) slots: usize,
    /// 1, or 2 when some activity has a cycle.
    pub(crate) weeks: usize,
    pub(crate) events: Vec<Event>,
    pub(crate) units: Vec<Unit>,
    pub(crate) seats: Vec<Seat>,
    pub(crate) streams: Vec<Stream>,
    pub(crate) classes: Vec<ClassRule>,
    pub(crate) teachers: Vec<TeacherRule>,
    pub(crate) rooms: Vec<RoomRule>,
    pub(crate) tallies: Vec<Tally>,
    /// How many courses there are.
    pub(crate) courses: usize,
    pub(crate) spread: Spread,
    pub(crate) travel: Option<TravelRule>,
    /// Bits of days.
    pub(crate) peak: u8,
    pub(crate) light: u8,
    pub(crate) apart: Vec<(u32, u32)>,
    pub(crate) weights: Weights,
}

#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) unit: usize,
    pub(crate) length: usize,
    /// The seats `first_seat..first_seat + parts that need a room`.
    pub(crate) first_seat: usize,
    pub(crate) seats: usize,
    /// Start hours that shift, closed hours, teachers and rooms allow, as bits; a pinned event has one at most.
    pub(crate) allowed: u128,
    pub(crate) pin: Option<u16>,
    /// The hour it had before, in a repair.
    pub(crate) home: Option<u16>,
    /// What it costs at each hour.
    pub(crate) standing: Vec<Standing>,
}

#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) parts: Vec<Part>,
    /// Who is taught, with the weeks as bits.
    pub(crate) streams: Vec<(u16, u8)>,
    pub(crate) teachers: Vec<(u16, u8)>,
    pub(crate) tallies: Vec<(u16, u8)>,
    pub(crate) course: usize,
    pub(crate) weeks: u8,
    pub(crate) loads: Vec<Load>,
    /// Hard lessons, as `(first, last, weeks)` of their best slots' bits.
    pub(crate) hard: Vec<(u8, u8, u8)>,
    /// Whether some part's subject is in a pair that should be apart.
    pub(crate) is_apart: bool,
    pub(crate) classes: Vec<u16>,
}

/// What a unit adds to a class's day, summed over the class's cohorts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) class: u16,
    pub(crate) weeks: u8,
    pub(crate) points: i32,
    pub(crate) cohorts: i32,
}

#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) activity: usize,
    pub(crate) weeks: u8,
    pub(crate) subject: u32,
    pub(crate) streams: Vec<u16>,
    /// Ascending.
    pub(crate) cohorts: Vec<u32>,
    pub(crate) teachers: Vec<u16>,
    /// Suitable rooms, the preferred first; none when no room is needed.
    pub(crate) rooms: Option<Vec<u16>>,
}

#[derive(Debug)]
pub(crate) struct Seat {
    pub(crate) event: u16,
    /// The part of the event's unit.
    pub(crate) part: usize,
    /// The room that a pin fixes.
    pub(crate) pin: Option<u16>,
    /// The room it had before, in a repair.
    pub(crate) home: Option<u16>,
}

#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) class: u16,
    /// How many cohorts it stands for.
    pub(crate) cohorts: i64,
    /// The tally of the subject that a longer day of its class must contain.
    pub(crate) longer_tally: Option<u16>,
}

#[derive(Debug)]
pub(crate) struct ClassRule {
    /// Bits of the days' slots at which pupils can have lessons.
    pub(crate) open: Vec<u16>,
    /// The bit number of the latest start.
    pub(crate) latest: u32,
    pub(crate) windows_allowed: bool,
    pub(crate) max: u32,
    /// Days, extra lessons and subject of longer days.
    pub(crate) longer: Option<(u32, u32, Option<u32>)>,
    pub(crate) cohorts: i32,
    /// The slots that a compact week of the class uses, as bits: what construction aims at.
    pub(crate) grid: Vec<u16>,
}

#[derive(Debug)]
pub(crate) struct TeacherRule {
    pub(crate) unavailable: Vec<u16>,
    pub(crate) undesired: Vec<u16>,
    pub(crate) max: u32,
    pub(crate) free_days: i64,
    pub(crate) home: Option<u16>,
}

#[derive(Debug)]
pub(crate) struct RoomRule {
    pub(crate) places: u8,
    pub(crate) closed: u128,
    pub(crate) building: Option<u32>,
}

/// The way between buildings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TravelRule {
    /// Free slots that it needs.
    pub(crate) slots: usize,
    pub(crate) hard: bool,
    /// The slots of a day, the first being bit 0, after which the break is long enough.
    pub(crate) long_breaks: u16,
}

#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) limit: u8,
    /// A stream whose lessons it counts.
    pub(crate) stream: u16,
}

impl Instance {
    pub(crate) const fn hours(&self) -> usize {
        self.days * self.slots
    }

    pub(crate) const fn day(&self, hour: usize) -> usize {
        hour / self.slots
    }

    /// The bits that an event of this length occupies in its day.
    pub(crate) const fn span(&self, hour: usize, length: usize) -> u16 {
        (((1_u32 << length) - 1) << (hour % self.slots)) as u16
    }

    pub(crate) fn unit(&self, event: usize) -> &Unit {
        &self.units[self.events[event].unit]
    }

    pub(crate) fn part(&self, seat: usize) -> &Part {
        let seat = &self.seats[seat];
        &self.unit(usize::from(seat.event)).parts[seat.part]
    }

    pub(crate) fn is_allowed(&self, event: usize, hour: usize) -> bool {
        self.events[event].allowed >> hour & 1 == 1
    }

    /// The most lessons a pupil of the class may have on a day.
    pub(crate) fn day_limit(&self, class: usize) -> u32 {
        let rule = &self.classes[class];
        rule.max + rule.longer.map_or(0, |(_, extra, _)| extra)
    }
}

/// The weeks of a cycle that bits name.
pub(crate) fn weeks_of(bits: u8) -> impl Iterator<Item = usize> {
    (0..2).filter(move |week| bits >> week & 1 == 1)
}
