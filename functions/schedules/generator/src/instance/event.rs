//! The events of units: their pins, the hours they had before, the hours they may take.

use std::collections::BTreeSet;

use super::{Event, Instance, Seat, Unit};
use crate::hour::Hour;
use crate::problem::Problem;
use crate::solution::Placement;

/// An hour to give to an event: a pin or the place it had.
struct Wish {
    hour: Hour,
    double: bool,
}

/// Makes the events of all units.
pub(super) fn add_events(instance: &mut Instance, problem: &Problem, previous: &[Placement]) {
    for at in 0..instance.units.len() {
        let members: Vec<usize> = instance.units[at]
            .parts
            .iter()
            .map(|part| part.activity)
            .collect();
        let activity = &problem.activities[members[0]];
        let (pins, homes) = (pins(problem, &members), homes(previous, &members));
        let mut lengths = vec![2; usize::from(activity.doubles)];
        lengths.resize(usize::from(activity.lessons - activity.doubles), 1);
        let mut pinned = assign(&lengths, &pins);
        let taken: BTreeSet<Hour> = pinned.iter().flatten().copied().collect();
        let free: Vec<Wish> = homes
            .into_iter()
            .filter(|wish| !taken.contains(&wish.hour))
            .collect();
        // A pinned lesson is no longer to be moved, so that the places before are for the others.
        let open: Vec<usize> = lengths
            .iter()
            .zip(&pinned)
            .map(|(length, pin)| if pin.is_some() { 0 } else { *length })
            .collect();
        let homes = assign(&open, &free);
        for (event, length) in lengths.into_iter().enumerate() {
            let pin = pinned[event].take();
            add_event(instance, problem, previous, at, length, pin, homes[event]);
        }
        // The hour of a pin is for the lesson it pins, even when that cannot be held.
        let number = |hour: &Hour| usize::from(hour.day) * instance.slots + usize::from(hour.slot) - 1;
        let reserved = taken.iter().fold(0_u128, |bits, hour| bits | 1 << number(hour));
        for event in instance
            .events
            .iter_mut()
            .filter(|event| event.unit == at && event.pin.is_none())
        {
            event.allowed &= !reserved;
        }
    }
}

/// Gives each wish to the first event of its length without one.
fn assign(lengths: &[usize], wishes: &[Wish]) -> Vec<Option<Hour>> {
    let mut given = vec![None; lengths.len()];
    for wish in wishes {
        let length = if wish.double { 2 } else { 1 };
        let free = (0..lengths.len()).find(|at| lengths[*at] == length && given[*at].is_none());
        if let Some(at) = free {
            given[at] = Some(wish.hour);
        }
    }
    given
}

fn pins(problem: &Problem, members: &[usize]) -> Vec<Wish> {
    let all = members
        .iter()
        .flat_map(|member| &problem.activities[*member].pins);
    let hours: BTreeSet<(Hour, bool)> = all.map(|pin| (pin.hour, pin.double)).collect();
    hours
        .into_iter()
        .map(|(hour, double)| Wish { hour, double })
        .collect()
}

/// The hours that the first activity of the unit had; a block moves as one.
fn homes(previous: &[Placement], members: &[usize]) -> Vec<Wish> {
    let first = previous
        .iter()
        .filter(|placement| placement.activity.at() == members[0]);
    let hours: BTreeSet<(Hour, bool)> = first
        .map(|placement| (placement.hour, placement.length == 2))
        .collect();
    hours
        .into_iter()
        .map(|(hour, double)| Wish { hour, double })
        .collect()
}

fn add_event(
    instance: &mut Instance,
    problem: &Problem,
    previous: &[Placement],
    unit: usize,
    length: usize,
    pin: Option<Hour>,
    home: Option<Hour>,
) {
    let event = instance.events.len() as u16;
    let first_seat = instance.seats.len();
    let number = |hour: Hour| u16::from(hour.day) * u16::from(problem.slots) + u16::from(hour.slot) - 1;
    let parts = instance.units[unit].parts.iter().enumerate();
    for (part, data) in parts.filter(|(_, part)| part.rooms.is_some()) {
        let activity = &problem.activities[data.activity];
        let before = previous.iter().find(|placement| {
            placement.activity.at() == data.activity && Some(placement.hour) == pin.or(home)
        });
        instance.seats.push(Seat {
            event,
            part,
            pin: activity
                .pins
                .iter()
                .find(|candidate| Some(candidate.hour) == pin)
                .and_then(|pin| pin.room)
                .map(|room| room.0 as u16),
            home: before
                .and_then(|placement| placement.room)
                .map(|room| room.0 as u16),
        });
    }
    let seats = instance.seats.len() - first_seat;
    let in_week = |hour: &Hour| problem.has_hour(*hour);
    let pin = pin.map(number);
    let mut allowed = allowed(
        instance,
        &instance.units[unit],
        length,
        first_seat..first_seat + seats,
    );
    if let Some(pin) = pin {
        allowed &= 1 << pin;
    }
    instance.events.push(Event {
        unit,
        length,
        first_seat,
        seats,
        allowed,
        pin,
        home: home.filter(in_week).map(number),
        standing: Vec::new(),
    });
}

/// The start hours at which every hour is open to all classes, teachers and some room of each part.
fn allowed(instance: &Instance, unit: &Unit, length: usize, seats: std::ops::Range<usize>) -> u128 {
    let mut hours = 0;
    for hour in 0..instance.hours() {
        if hour % instance.slots + length > instance.slots {
            continue;
        }
        let (day, span) = (instance.day(hour), instance.span(hour, length));
        let taught = unit.classes.iter().all(|class| {
            let open = instance.classes[usize::from(*class)].open[day];
            span & !open == 0
        });
        let available = unit
            .teachers
            .iter()
            .all(|(teacher, _)| instance.teachers[usize::from(*teacher)].unavailable[day] & span == 0);
        let bits = ((1_u128 << length) - 1) << hour;
        let mut seats = instance.seats[seats.clone()].iter();
        let housed = seats.all(|seat| {
            let open = |room: &u16| instance.rooms[usize::from(*room)].closed & bits == 0;
            match (seat.pin, &unit.parts[seat.part].rooms) {
                (Some(room), _) => open(&room),
                (None, Some(rooms)) => rooms.iter().any(open),
                (None, None) => true,
            }
        });
        if taught && available && housed {
            hours |= 1 << hour;
        }
    }
    hours
}
