//! What cannot be at one time: a teacher in two places, two lessons in a room, a pupil in two groups.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId};

use super::week::{Held, SchoolWeek};

/// Why a lesson cannot be held as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clash {
    /// Its teacher holds another lesson then.
    Teacher(Box<Held>),
    /// Its room is taken by another lesson.
    Room(Box<Held>),
    /// Its pupils have another lesson then.
    Pupils(Box<Held>),
    /// There are no lessons that day; what people call it.
    DayOff(String),
}

/// Who learns in groups, as far as it was looked up.
pub(crate) type Pupils = BTreeMap<GroupId, BTreeSet<PersonId>>;

/// With what a lesson of the week clashes. `pupils` are needed only for the groups that [`doubtful`] names; of others nothing
/// can be said in favour of two groups of one class at one time. `merged` says of another lesson that it is meant to be held
/// together with this one.
pub(crate) fn clashes(
    week: &SchoolWeek,
    wanted: &Held,
    pupils: &Pupils,
    merged: impl Fn(&Held) -> bool,
) -> Vec<Clash> {
    let mut found = vec![];
    for other in others(week, wanted) {
        if are_one(wanted, &other) && merged(&other) {
            continue;
        }
        if shares_teacher(week, wanted, &other) {
            found.push(Clash::Teacher(Box::new(other.clone())));
        }
        if shares_room(week, wanted, &other) {
            found.push(Clash::Room(Box::new(other.clone())));
        }
        if may_share_pupils(week, wanted, &other) && !are_disjoint(pupils, wanted, &other) {
            found.push(Clash::Pupils(Box::new(other)));
        }
    }
    found
}

/// The groups whose pupils decide whether a lesson clashes with another one: those of one class that the published week
/// never holds at one time.
pub(crate) fn doubtful(week: &SchoolWeek, wanted: &Held) -> BTreeSet<GroupId> {
    let own = wanted.lesson.slot.group;
    others(week, wanted)
        .filter(|other| may_share_pupils(week, wanted, other))
        .map(|other| other.lesson.slot.group)
        .filter(|group| *group != own)
        .flat_map(|group| [group, own])
        .collect()
}

fn others<'a>(week: &'a SchoolWeek, wanted: &'a Held) -> impl Iterator<Item = Held> + 'a {
    let held = week.held_on(wanted.lesson.date).into_iter();
    held.filter(|other| other.id != wanted.id && other.overlaps(wanted))
}

/// Whether one teacher can take two groups together: the same hour and the same room. That it is so does not yet say that it
/// is meant: most teachers have a room of their own.
pub(crate) fn are_one(a: &Held, b: &Held) -> bool {
    let (one, other) = (&a.lesson.slot, &b.lesson.slot);
    a.lesson.date == b.lesson.date
        && one.teacher.is_some()
        && one.teacher == other.teacher
        && one.room == other.room
        && (one.start, one.end) == (other.start, other.end)
        && one.group != other.group
}

/// A teacher cannot be in two places, unless the published week says so: then two groups are taught together.
fn shares_teacher(week: &SchoolWeek, a: &Held, b: &Held) -> bool {
    let shared: BTreeSet<_> = a.teachers.intersection(&b.teachers).copied().collect();
    let groups = (a.lesson.slot.group, b.lesson.slot.group);
    !shared.is_empty() && !week.side_by_side(groups, |a, b| shared.is_subset(&both(&a.teachers, &b.teachers)))
}

/// Two lessons cannot be in a room, unless the published week says so: a gym takes two classes.
fn shares_room(week: &SchoolWeek, a: &Held, b: &Held) -> bool {
    let (one, other) = (&a.lesson.slot, &b.lesson.slot);
    // The rooms of another institution have the same numbers and are others.
    let is_same = !one.room.is_empty() && one.room == other.room && a.is_own == b.is_own;
    let has_room = |taught: &super::week::Taught| taught.slot.room == one.room;
    is_same && !week.side_by_side((one.group, other.group), |a, b| has_room(a) && has_room(b))
}

/// Groups of one class share pupils, unless the published week holds them side by side.
fn may_share_pupils(week: &SchoolWeek, a: &Held, b: &Held) -> bool {
    let groups = (a.lesson.slot.group, b.lesson.slot.group);
    groups.0 == groups.1 || (a.shares_class(b) && !week.side_by_side(groups, |_, _| true))
}

/// A group without pupils is one whose list is not known.
fn are_disjoint(pupils: &Pupils, a: &Held, b: &Held) -> bool {
    let (one, other) = (a.lesson.slot.group, b.lesson.slot.group);
    let known = pupils.get(&one).zip(pupils.get(&other));
    let others = |one: &BTreeSet<_>, other: &BTreeSet<_>| {
        !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
    };
    one != other && known.is_some_and(|(one, other)| others(one, other))
}

fn both(a: &BTreeSet<PersonId>, b: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
    a.intersection(b).copied().collect()
}
