//! Breaks between lessons that follow each other by number.

use std::collections::{BTreeMap, BTreeSet};

use super::{Gathered, Scope};
use crate::{Finding, Measure, pupils::Hour, week::minutes_between};

/// A break of a pupil's day.
struct Break<'h, 'w> {
    before: &'h Hour<'w>,
    after: &'h Hour<'w>,
    /// Of the lesson before it, from 1.
    place: u8,
}

impl Break<'_, '_> {
    fn minutes(&self) -> u16 {
        minutes_between(self.before.end(), self.after.start())
    }

    fn is_after(&self, lessons: &BTreeSet<u8>) -> bool {
        lessons.contains(&self.place) || lessons.contains(&self.before.number)
    }

    fn ids(&self) -> impl Iterator<Item = String> {
        self.before.ids().chain(self.after.ids())
    }
}

fn breaks_of<'h, 'w>(hours: &'h [Hour<'w>]) -> Vec<Break<'h, 'w>> {
    hours
        .iter()
        .zip(hours.iter().skip(1))
        .zip(1..)
        .filter(|((before, after), _)| before.number.checked_add(1) == Some(after.number))
        .map(|((before, after), place)| Break { before, after, place })
        .collect()
}

/// No break is shorter.
pub(super) fn shortest(scope: Scope<'_>, limit: u16) -> Vec<Finding> {
    let mut found: BTreeMap<_, Gathered> = BTreeMap::new();
    for pupil in scope.pupils() {
        for (day, hours) in pupil.lessons_of_curriculum() {
            for short in breaks_of(&hours).iter().filter(|known| known.minutes() < limit) {
                let key = (
                    short.before.number,
                    short.before.end(),
                    short.after.start(),
                    short.minutes(),
                );
                found.entry(key).or_default().add(pupil.class, day, short.ids());
            }
        }
    }
    found
        .into_iter()
        .map(|((number, from, to, minutes), gathered)| {
            let arguments = vec![
                ("classes", gathered.titles()),
                ("number", number.into()),
                ("start", from.into()),
                ("end", to.into()),
                ("measured", minutes.into()),
                ("limit", limit.into()),
            ];
            let measures = (Measure::Minutes(minutes.into()), Measure::Minutes(limit.into()));
            scope
                .cite
                .finding(gathered.place(), measures, "norm-break", arguments)
        })
        .collect()
}

/// What makes a break a long one.
pub(super) struct Long<'r> {
    pub(super) after: &'r BTreeSet<u8>,
    pub(super) at_least: u16,
    pub(super) at_most: Option<u16>,
    pub(super) pair: Option<u16>,
}

impl Long<'_> {
    fn is_kept(&self, minutes: &[u16]) -> bool {
        let is_long =
            |minutes: &u16| *minutes >= self.at_least && self.at_most.is_none_or(|most| *minutes <= most);
        let of_pair = |pair: u16| minutes.iter().filter(|minutes| **minutes >= pair).count() >= 2;
        minutes.iter().any(is_long) || self.pair.is_some_and(of_pair)
    }
}

/// Each day that has the named breaks has a long one among them.
pub(super) fn long(scope: Scope<'_>, long: &Long<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<u16, Gathered> = BTreeMap::new();
    for pupil in scope.pupils() {
        for (day, hours) in pupil.lessons_of_curriculum() {
            let breaks = breaks_of(&hours);
            let named: Vec<&Break<'_, '_>> =
                breaks.iter().filter(|known| known.is_after(long.after)).collect();
            let minutes: Vec<u16> = named.iter().map(|known| known.minutes()).collect();
            let Some(longest) = minutes.iter().max().filter(|_| !long.is_kept(&minutes)) else {
                continue;
            };
            let lessons = named.iter().flat_map(|known| known.ids());
            found.entry(*longest).or_default().add(pupil.class, day, lessons);
        }
    }
    let after: Vec<String> = long.after.iter().map(u8::to_string).collect();
    found
        .into_iter()
        .map(|(longest, gathered)| {
            let arguments = vec![
                ("classes", gathered.titles()),
                ("after", after.join(", ").into()),
                ("measured", longest.into()),
                ("limit", long.at_least.into()),
                ("most", long.at_most.unwrap_or_default().into()),
                ("pair", long.pair.unwrap_or_default().into()),
            ];
            let measures = (
                Measure::Minutes(longest.into()),
                Measure::Minutes(long.at_least.into()),
            );
            scope
                .cite
                .finding(gathered.place(), measures, "norm-long-break", arguments)
        })
        .collect()
}
