//! Why a lesson has no hour.

mod proofs;

use crate::hour::Hour;
use crate::instance::{Instance, weeks_of};
use crate::solution::{Causes, Reason, Unplaced};
use crate::state::State;

/// The lessons of a timetable without an hour, with their reasons.
pub(crate) fn unplaced(state: &mut State<'_>) -> Vec<Unplaced> {
    let instance = state.instance;
    let mut list = Vec::new();
    for (event, data) in instance.events.iter().enumerate() {
        if state.is_placed(event) {
            continue;
        }
        let reasons = reasons(state, event);
        for part in &instance.units[data.unit].parts {
            list.push(Unplaced {
                activity: part.activity.into(),
                length: data.length as u8,
                reasons: reasons.clone(),
            });
        }
    }
    list.sort_by_key(|lesson| (lesson.activity, lesson.length));
    list
}

fn reasons(state: &mut State<'_>, event: usize) -> Vec<Reason> {
    let instance = state.instance;
    let mut reasons = proofs::of(instance, event);
    if let Some(pin) = instance.events[event].pin {
        reasons.extend(pin_reason(state, event, usize::from(pin)));
    }
    if instance.events[event].allowed != 0 || reasons.is_empty() {
        reasons.push(Reason::Occupied(causes(state, event)));
    }
    reasons
}

/// What stands against a pin.
fn pin_reason(state: &State<'_>, event: usize, pin: usize) -> Option<Reason> {
    let instance = state.instance;
    let hour = hour_of(instance, pin);
    if !instance.is_allowed(event, pin) {
        return Some(Reason::PinForbidden { hour });
    }
    let data = &instance.events[event];
    let mut others = Vec::new();
    state.clashes(event, pin, &mut others);
    for seat in data.first_seat..data.first_seat + data.seats {
        let full = |room: &u16| !state.has_place(seat, *room, pin);
        let rooms = instance.seats[seat].pin.into_iter().filter(full);
        let holders = rooms.flat_map(|room| state.holders(seat, room, pin));
        others.extend(holders.map(|holder| instance.seats[holder].event));
    }
    let pinned = others
        .into_iter()
        .find(|other| instance.events[usize::from(*other)].pin.is_some());
    pinned.map(|other| Reason::PinClash {
        hour,
        with: instance.unit(usize::from(other)).parts[0].activity.into(),
    })
}

fn hour_of(instance: &Instance, hour: usize) -> Hour {
    Hour::new(instance.day(hour) as u8, (hour % instance.slots) as u8 + 1)
}

/// Counts what closes each hour of the week to the event.
fn causes(state: &mut State<'_>, event: usize) -> Causes {
    let instance = state.instance;
    let (unit, length) = (instance.unit(event), instance.events[event].length);
    let mut causes = Causes::default();
    for hour in 0..instance.hours() {
        causes.hours += 1;
        let (day, span) = (instance.day(hour), instance.span(hour, length));
        let is_open = |class: &u16| span & !instance.classes[usize::from(*class)].open[day] == 0;
        if hour % instance.slots + length > instance.slots || !unit.classes.iter().all(is_open) {
            causes.class_closed += 1;
            continue;
        }
        let pupils = unit.streams.iter().any(|(stream, weeks)| {
            weeks_of(*weeks).any(|week| state.stream_mask(week, *stream, day) & span != 0)
        });
        let teachers = unit.teachers.iter().any(|(teacher, weeks)| {
            weeks_of(*weeks).any(|week| state.teacher_mask(week, *teacher, day) & span != 0)
        });
        let unavailable = unit
            .teachers
            .iter()
            .any(|(teacher, _)| instance.teachers[usize::from(*teacher)].unavailable[day] & span != 0);
        let subject = unit.tallies.iter().any(|(tally, weeks)| {
            let limit = instance.tallies[usize::from(*tally)].limit;
            weeks_of(*weeks).any(|week| state.tallied(week, *tally, day) >= limit)
        });
        causes.pupils_busy += u16::from(pupils);
        causes.teacher_busy += u16::from(teachers);
        causes.teacher_unavailable += u16::from(unavailable);
        causes.subject_on_day += u16::from(subject);
        causes.day_full += u16::from(!subject && !state.has_room_in_day(event, hour));
        let open = !pupils && !teachers && !unavailable && state.has_room_in_day(event, hour);
        if open {
            let mark = state.mark();
            if state.place(event, hour) {
                causes.window += u16::from(state.defects > 0);
                state.undo(mark);
            } else {
                causes.no_room += 1;
            }
        }
    }
    causes
}

/// The hours that events of a resource need in the fuller week.
fn fuller_week(instance: &Instance, uses: impl Fn(&crate::instance::Unit) -> u8) -> u16 {
    let mut lessons = [0_u16; 2];
    for event in &instance.events {
        for week in weeks_of(uses(&instance.units[event.unit])) {
            lessons[week] += event.length as u16;
        }
    }
    lessons[0].max(lessons[1])
}

/// The weeks in which a unit uses one of these resources.
fn weeks_in(list: &[(u16, u8)], resource: u16) -> u8 {
    list.iter()
        .find(|(other, _)| *other == resource)
        .map_or(0, |(_, weeks)| *weeks)
}
