//! Reasons that follow from the data alone: counts that no timetable can satisfy.

use std::collections::BTreeSet;

use super::{fuller_week, weeks_in};
use crate::instance::{Instance, Unit, weeks_of};
use crate::solution::Reason;

/// The proofs that concern an event.
pub(super) fn of(instance: &Instance, event: usize) -> Vec<Reason> {
    let (data, unit) = (&instance.events[event], instance.unit(event));
    let mut reasons = Vec::new();
    let seats = data.first_seat..data.first_seat + data.seats;
    let is_homeless = |seat: usize| {
        let rooms = instance.part(seat).rooms.as_ref();
        instance.seats[seat].pin.is_none() && rooms.is_some_and(Vec::is_empty)
    };
    if seats.clone().any(is_homeless) {
        reasons.push(Reason::NoSuchRoom);
    }
    if data.allowed == 0 && data.pin.is_none() && reasons.is_empty() {
        reasons.push(Reason::NoCommonHour {
            teachers: unit
                .teachers
                .iter()
                .map(|(teacher, _)| usize::from(*teacher).into())
                .collect(),
            classes: unit
                .classes
                .iter()
                .map(|class| usize::from(*class).into())
                .collect(),
        });
    }
    reasons.extend(
        unit.teachers
            .iter()
            .filter_map(|(teacher, _)| teacher_overload(instance, *teacher)),
    );
    for class in &unit.classes {
        reasons.extend(class_overload(instance, *class, unit));
    }
    let mut rooms = BTreeSet::new();
    for seat in seats.filter(|seat| instance.seats[*seat].pin.is_none()) {
        if let Some(suitable) = instance
            .part(seat)
            .rooms
            .as_ref()
            .filter(|suitable| !suitable.is_empty())
        {
            let suitable: BTreeSet<u16> = suitable.iter().copied().collect();
            if rooms.insert(suitable.clone()) {
                reasons.extend(rooms_overload(instance, &suitable));
            }
        }
    }
    if data.allowed != 0 {
        reasons.extend(
            unit.tallies
                .iter()
                .filter_map(|(tally, _)| too_many_for_days(instance, *tally)),
        );
    }
    reasons
}

fn teacher_overload(instance: &Instance, teacher: u16) -> Option<Reason> {
    let lessons = fuller_week(instance, |unit| weeks_in(&unit.teachers, teacher));
    let rule = &instance.teachers[usize::from(teacher)];
    let taught: BTreeSet<u16> = instance
        .units
        .iter()
        .filter(|unit| weeks_in(&unit.teachers, teacher) != 0)
        .flat_map(|unit| unit.classes.iter().copied())
        .collect();
    let hours = (0..instance.days).map(|day| {
        let open = taught.iter().fold(0, |open, class| {
            open | instance.classes[usize::from(*class)].open[day]
        });
        (open & !rule.unavailable[day]).count_ones().min(rule.max)
    });
    let hours = hours.sum::<u32>() as u16;
    (lessons > hours).then(|| Reason::TeacherOverloaded {
        teacher: usize::from(teacher).into(),
        lessons,
        hours,
    })
}

/// The lessons of the busiest of the unit's pupils in the class against the days' limits.
fn class_overload(instance: &Instance, class: u16, unit: &Unit) -> Option<Reason> {
    let streams = unit.streams.iter().map(|(stream, _)| *stream);
    let of_class = streams.filter(|stream| instance.streams[usize::from(*stream)].class == class);
    let lessons = of_class
        .map(|stream| fuller_week(instance, |unit| weeks_in(&unit.streams, stream)))
        .max()?;
    let rule = &instance.classes[usize::from(class)];
    let open = |day: &u16| day.count_ones();
    let mut hours: u32 = rule.open.iter().map(|day| open(day).min(rule.max)).sum();
    if let Some((days, extra, _)) = rule.longer {
        let mut more: Vec<u32> = rule
            .open
            .iter()
            .map(|day| open(day).saturating_sub(rule.max).min(extra))
            .collect();
        more.sort_unstable_by(|one, other| other.cmp(one));
        hours += more.iter().take(days as usize).sum::<u32>();
    }
    let hours = hours as u16;
    (lessons > hours).then(|| Reason::ClassOverloaded {
        class: usize::from(class).into(),
        lessons,
        hours,
    })
}

/// Lessons that fit only into these rooms against the hours of the rooms at which any class is taught.
fn rooms_overload(instance: &Instance, rooms: &BTreeSet<u16>) -> Option<Reason> {
    let mut lessons = [0_u16; 2];
    for (at, seat) in instance
        .seats
        .iter()
        .enumerate()
        .filter(|(_, seat)| seat.pin.is_none())
    {
        let part = instance.part(at);
        let suitable = part.rooms.as_ref();
        if suitable.is_some_and(|suitable| suitable.iter().all(|room| rooms.contains(room))) {
            for week in weeks_of(part.weeks) {
                lessons[week] += instance.events[usize::from(seat.event)].length as u16;
            }
        }
    }
    let lessons = lessons[0].max(lessons[1]);
    let taught = |hour: &usize| {
        let (day, span) = (instance.day(*hour), instance.span(*hour, 1));
        instance.classes.iter().any(|class| class.open[day] & span != 0)
    };
    let mut hours = 0_u16;
    for room in rooms {
        let rule = &instance.rooms[usize::from(*room)];
        let open = (0..instance.hours())
            .filter(taught)
            .filter(|hour| rule.closed >> hour & 1 == 0)
            .count();
        hours = hours.saturating_add(u16::from(rule.places).saturating_mul(open as u16));
    }
    (lessons > hours).then(|| Reason::RoomsOverloaded {
        rooms: rooms.iter().map(|room| usize::from(*room).into()).collect(),
        lessons,
        hours,
    })
}

/// Lessons of a subject against the days, with its limit a day, that some of them may take.
fn too_many_for_days(instance: &Instance, tally: u16) -> Option<Reason> {
    let limit = u16::from(instance.tallies[usize::from(tally)].limit);
    let (mut lessons, mut hours) = ([0_u16; 2], [0_u128; 2]);
    for event in &instance.events {
        for week in weeks_of(weeks_in(&instance.units[event.unit].tallies, tally)) {
            lessons[week] += 1;
            hours[week] |= event.allowed;
        }
    }
    let of_day = (1_u128 << instance.slots) - 1;
    let places = |week: usize| {
        let days = (0..instance.days).filter(|day| hours[week] >> (day * instance.slots) & of_day != 0);
        days.count() as u16 * limit
    };
    (0..2)
        .map(|week| (lessons[week], places(week)))
        .find(|(lessons, places)| lessons > places)
        .map(|(lessons, places)| Reason::TooManyForDays { lessons, places })
}
