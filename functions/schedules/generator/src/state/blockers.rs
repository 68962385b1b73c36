//! Which lessons keep an event from an hour.

use super::State;
use crate::instance::{NONE, weeks_of};

impl State<'_> {
    /// Collects events that have somebody in common with the event at an hour.
    pub(crate) fn clashes(&self, event: usize, hour: usize, found: &mut Vec<u16>) {
        let instance = self.instance;
        let (unit, length) = (instance.unit(event), instance.events[event].length);
        let (day, span) = (instance.day(hour), instance.span(hour, length));
        let mut push = |other: u16| {
            if other != NONE && usize::from(other) != event && !found.contains(&other) {
                found.push(other);
            }
        };
        for (stream, weeks) in &unit.streams {
            for week in weeks_of(*weeks).filter(|week| self.stream_mask(*week, *stream, day) & span != 0) {
                (hour..hour + length).for_each(|hour| push(self.attended(week, *stream, hour)));
            }
        }
        for (teacher, weeks) in &unit.teachers {
            for week in weeks_of(*weeks).filter(|week| self.teacher_mask(*week, *teacher, day) & span != 0) {
                (hour..hour + length).for_each(|hour| push(self.given(week, *teacher, hour)));
            }
        }
    }

    /// Collects events whose removal would let the event in at an hour: those that clash, and enough of those that
    /// fill the day, the subject's day and the rooms, chosen by the lowest price. False when pinned lessons stay in
    /// the way.
    pub(crate) fn blockers(&self, event: usize, hour: usize, price: &[u32], found: &mut Vec<u16>) -> bool {
        found.clear();
        self.clashes(event, hour, found);
        self.fill_subject(event, hour, price, found)
            && self.fill_days(event, hour, price, found)
            && self.fill_rooms(event, hour, price, found)
            && found
                .iter()
                .all(|other| self.instance.events[usize::from(*other)].pin.is_none())
    }

    /// The cheapest event of a day that `counts` and that is neither pinned nor found.
    fn cheapest(
        &self,
        events: impl Iterator<Item = u16>,
        price: &[u32],
        found: &[u16],
        counts: impl Fn(usize) -> bool,
    ) -> Option<u16> {
        events
            .filter(|other| *other != NONE && !found.contains(other))
            .filter(|other| {
                self.instance.events[usize::from(*other)].pin.is_none() && counts(usize::from(*other))
            })
            .min_by_key(|other| (price[usize::from(*other)], *other))
    }

    fn fill_subject(&self, event: usize, hour: usize, price: &[u32], found: &mut Vec<u16>) -> bool {
        let instance = self.instance;
        let day = instance.day(hour);
        for (tally, weeks) in &instance.unit(event).tallies {
            let data = &instance.tallies[usize::from(*tally)];
            for week in weeks_of(*weeks) {
                let held = |other: usize| {
                    let tallies = &instance.unit(other).tallies;
                    tallies
                        .iter()
                        .any(|(other, weeks)| other == tally && weeks >> week & 1 == 1)
                };
                let leaving = |found: &[u16]| {
                    let of_day = found.iter().filter(|other| {
                        let other = usize::from(**other);
                        instance.day(usize::from(self.hour[other])) == day && held(other)
                    });
                    of_day.count()
                };
                while usize::from(self.tallied(week, *tally, day)) >= usize::from(data.limit) + leaving(found)
                {
                    let hours = day * instance.slots..(day + 1) * instance.slots;
                    let events = hours.map(|hour| self.attended(week, data.stream, hour));
                    let Some(other) = self.cheapest(events, price, found, held) else {
                        return false;
                    };
                    found.push(other);
                }
            }
        }
        true
    }

    fn fill_days(&self, event: usize, hour: usize, price: &[u32], found: &mut Vec<u16>) -> bool {
        let instance = self.instance;
        let unit = instance.unit(event);
        for (stream, weeks) in &unit.streams {
            let class = usize::from(instance.streams[usize::from(*stream)].class);
            let limit = instance.day_limit(class);
            for week in weeks_of(*weeks) {
                let attended = |hour| self.attended(week, *stream, hour);
                if !self.fill_day(event, hour, limit, &attended, price, found) {
                    return false;
                }
            }
        }
        unit.teachers.iter().all(|(teacher, weeks)| {
            let limit = instance.teachers[usize::from(*teacher)].max;
            weeks_of(*weeks).all(|week| {
                let given = |hour| self.given(week, *teacher, hour);
                self.fill_day(event, hour, limit, &given, price, found)
            })
        })
    }

    /// Makes a day short enough for the event; `held` tells whose lesson an hour has.
    fn fill_day(
        &self,
        event: usize,
        hour: usize,
        limit: u32,
        held: &impl Fn(usize) -> u16,
        price: &[u32],
        found: &mut Vec<u16>,
    ) -> bool {
        let instance = self.instance;
        let day = instance.day(hour);
        let hours = || day * instance.slots..(day + 1) * instance.slots;
        let length = instance.events[event].length as u32;
        loop {
            let staying = hours()
                .map(held)
                .filter(|other| *other != NONE && !found.contains(other))
                .count();
            if staying as u32 + length <= limit {
                return true;
            }
            let Some(other) = self.cheapest(hours().map(held), price, found, |_| true) else {
                return false;
            };
            found.push(other);
        }
    }

    fn fill_rooms(&self, event: usize, hour: usize, price: &[u32], found: &mut Vec<u16>) -> bool {
        let instance = self.instance;
        let data = &instance.events[event];
        for seat in data.first_seat..data.first_seat + data.seats {
            let pinned = instance.seats[seat].pin.map(|room| vec![room]);
            let Some(rooms) = pinned.as_ref().or(instance.part(seat).rooms.as_ref()) else {
                continue;
            };
            let mut best: Option<(u32, Vec<u16>)> = None;
            for room in rooms {
                if self.has_place(seat, *room, hour) {
                    best = None;
                    break;
                }
                let bits = ((1_u128 << data.length) - 1) << hour;
                let rule = &instance.rooms[usize::from(*room)];
                let holders = self.holders(seat, *room, hour);
                let mut events: Vec<u16> = holders
                    .iter()
                    .map(|holder| instance.seats[*holder].event)
                    .collect();
                events.sort_unstable();
                events.dedup();
                events.retain(|other| !found.contains(other));
                let pinned = events
                    .iter()
                    .any(|other| instance.events[usize::from(*other)].pin.is_some());
                if rule.closed & bits != 0 || pinned {
                    continue;
                }
                let total = events.iter().map(|other| price[usize::from(*other)] + 1).sum();
                if best.as_ref().is_none_or(|(least, _)| total < *least) {
                    best = Some((total, events));
                }
            }
            let free = rooms.iter().any(|room| self.has_place(seat, *room, hour));
            match best {
                Some((_, events)) => found.extend(events),
                None if free => {}
                None => return false,
            }
        }
        true
    }
}
