//! Constraints of single lessons and activities.

use std::collections::BTreeSet;

use super::Violation;
use crate::hour::Hour;
use crate::index::RoomIndex;
use crate::problem::{Problem, RoomNeed};
use crate::solution::Placement;

/// Whether a placement can be a lesson of the problem.
pub(super) fn is_known(problem: &Problem, placement: &Placement) -> bool {
    let last = Hour::new(
        placement.hour.day,
        placement
            .hour
            .slot
            .saturating_add(placement.length)
            .saturating_sub(1),
    );
    placement.activity.at() < problem.activities.len()
        && (1..=2).contains(&placement.length)
        && problem.has_hour(placement.hour)
        && problem.has_hour(last)
        && placement.room.is_none_or(|room| room.at() < problem.rooms.len())
}

/// The hours of a placement.
pub(super) fn hours(placement: &Placement) -> impl Iterator<Item = Hour> + use<> {
    let (day, slot) = (placement.hour.day, placement.hour.slot);
    (slot..slot + placement.length).map(move |slot| Hour::new(day, slot))
}

pub(super) fn check(problem: &Problem, placements: &[Placement], found: &mut Vec<Violation>) {
    for placement in placements {
        check_one(problem, placement, found);
    }
    for (at, activity) in problem.activities.iter().enumerate() {
        let own: Vec<&Placement> = placements
            .iter()
            .filter(|placement| placement.activity.at() == at)
            .collect();
        for length in [1, 2] {
            let doubles = usize::from(activity.doubles);
            let most = if length == 2 {
                doubles
            } else {
                usize::from(activity.lessons) - 2 * doubles
            };
            let of_length = own.iter().filter(|placement| placement.length == length);
            found.extend(
                of_length
                    .skip(most)
                    .map(|placement| Violation::NoSuchLesson(**placement)),
            );
        }
        for pin in &activity.pins {
            let length = if pin.double { 2 } else { 1 };
            let at_hour = own.iter().find(|placement| placement.hour == pin.hour);
            let held = at_hour.is_some_and(|placement| {
                placement.length == length && (pin.room.is_none() || placement.room == pin.room)
            });
            // As many lessons may lack an hour as the activity has placed too few; then the pin is one of those.
            let of_length = own.iter().filter(|placement| placement.length == length).count();
            let doubles = usize::from(activity.doubles);
            let all = if pin.double {
                doubles
            } else {
                usize::from(activity.lessons) - 2 * doubles
            };
            if !held && (at_hour.is_some() || of_length == all) {
                found.push(Violation::PinBroken(at.into(), pin.hour));
            }
        }
    }
    for block in &problem.blocks {
        let lessons = |member: usize| -> BTreeSet<(Hour, u8)> {
            let own = placements
                .iter()
                .filter(|placement| placement.activity.at() == member);
            own.map(|placement| (placement.hour, placement.length)).collect()
        };
        let first = lessons(block[0].at());
        for member in &block[1..] {
            if lessons(member.at()) != first {
                found.push(Violation::BlockApart(*member));
            }
        }
    }
}

fn check_one(problem: &Problem, placement: &Placement, found: &mut Vec<Violation>) {
    let activity = &problem.activities[placement.activity.at()];
    for hour in hours(placement) {
        for teacher in &activity.teachers {
            if problem.teachers[teacher.at()].unavailable.contains(&hour) {
                found.push(Violation::TeacherUnavailable(*teacher, hour));
            }
        }
        for cohort in problem.cohorts_of(activity) {
            let class = &problem.classes[problem.cohorts[cohort.at()].class.at()];
            if !(class.first..=class.last).contains(&hour.slot) || class.closed.contains(&hour) {
                found.push(Violation::ClassClosed(placement.activity, hour));
            }
        }
        let closed = |room: &RoomIndex| problem.rooms[room.at()].closed.contains(&hour);
        if let Some(room) = placement.room.filter(closed) {
            found.push(Violation::RoomClosed(room, hour));
        }
    }
    // A room that the school has fixed for a block's hour stands at the pin of that member.
    let pinned = |room: RoomIndex| {
        let mut pins = activity.pins.iter();
        pins.any(|pin| pin.hour == placement.hour && pin.room == Some(room))
    };
    let suits = match placement.room {
        Some(room) => {
            activity.rooms != RoomNeed::None && (pinned(room) || problem.is_suitable(activity, room))
        }
        None => activity.rooms == RoomNeed::None,
    };
    if !suits {
        found.push(Violation::WrongRoom(*placement));
    }
}
