//! What an event costs at an hour, whatever else is in the timetable.

use super::{Event, Instance};
use crate::weights::Criterion;

/// The costs of one event at one hour.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Standing {
    /// Soft cost: undesired hours, hard lessons outside the best slots, moved lessons.
    pub(crate) soft: i32,
    /// Hours outside the compact weeks of its classes.
    pub(crate) outside: i32,
}

/// The costs of an event at each hour of the week.
pub(super) fn of(instance: &Instance, event: &Event) -> Vec<Standing> {
    let at = |hour: usize| {
        if event.allowed >> hour & 1 == 0 {
            return Standing::default();
        }
        Standing {
            soft: soft(instance, event, hour),
            outside: outside(instance, event, hour),
        }
    };
    (0..instance.hours()).map(at).collect()
}

fn soft(instance: &Instance, event: &Event, hour: usize) -> i32 {
    let unit = &instance.units[event.unit];
    let (day, span) = (instance.day(hour), instance.span(hour, event.length));
    let mut undesired = 0;
    for (teacher, weeks) in &unit.teachers {
        let hours = instance.teachers[usize::from(*teacher)].undesired[day] & span;
        undesired += i64::from(hours.count_ones() * weeks.count_ones());
    }
    let mut hard = 0;
    for (first, last, weeks) in &unit.hard {
        let best = (2_u32 << last) - (1_u32 << first);
        hard += i64::from((u32::from(span) & !best).count_ones() * weeks.count_ones());
    }
    let is_moved = event.home.is_some_and(|home| usize::from(home) != hour);
    let cost = instance.weights.of(Criterion::UndesiredHours) * undesired
        + instance.weights.of(Criterion::HardSlots) * hard
        + instance.weights.of(Criterion::Moved) * i64::from(is_moved) * unit.parts.len() as i64;
    i32::try_from(cost).unwrap_or(i32::MAX)
}

fn outside(instance: &Instance, event: &Event, hour: usize) -> i32 {
    let (day, span) = (instance.day(hour), instance.span(hour, event.length));
    let classes = instance.units[event.unit].classes.iter();
    let outside = classes.map(|class| {
        let grid = instance.classes[usize::from(*class)].grid[day];
        (span & !grid).count_ones()
    });
    outside.sum::<u32>() as i32
}
