//! Who is free for a lesson, and which rooms are.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId};

use super::{plan::TeacherCard, week::Held, week::SchoolWeek};

/// How well somebody or something suits a lesson; the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fit {
    /// Teaches the subject; in this room it is taught.
    Subject,
    /// Teaches the class; in this room the class is taught.
    Class,
    /// Is free.
    Free,
}

impl Fit {
    /// Its name in API and translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Class => "class",
            Self::Free => "free",
        }
    }
}

/// A teacher who is free for a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TeacherOffer {
    pub(crate) teacher: PersonId,
    pub(crate) name: String,
    pub(crate) fit: Fit,
    /// Whether they have been relieved of a lesson of that day: then they may be absent themselves.
    pub(crate) is_relieved: bool,
    /// How many other lessons they hold that day: whoever has none would have to come for this one.
    pub(crate) lessons: usize,
}

/// The teachers who are free for a lesson, best first. `absent` is never offered.
pub(crate) fn teachers_for(
    week: &SchoolWeek,
    teachers: &BTreeMap<PersonId, TeacherCard>,
    lesson: &Held,
    absent: Option<PersonId>,
) -> Vec<TeacherOffer> {
    let day = week.held_on(lesson.lesson.date);
    let busy: BTreeSet<PersonId> = day
        .iter()
        .filter(|other| other.id != lesson.id && other.overlaps(lesson))
        .flat_map(|other| other.teachers.iter().copied())
        .collect();
    let mut offers: Vec<TeacherOffer> = teachers
        .iter()
        .filter(|(id, _)| !busy.contains(id) && !lesson.teachers.contains(id) && absent != Some(**id))
        .map(|(id, card)| TeacherOffer {
            teacher: *id,
            name: card.name.clone(),
            fit: fit(
                card.subjects.contains(&lesson.lesson.slot.subject),
                &card.classes,
                lesson,
            ),
            is_relieved: is_relieved(week, lesson, *id),
            lessons: day
                .iter()
                .filter(|other| other.is_own && other.teachers.contains(id))
                .count(),
        })
        .collect();
    offers.sort_by(|a, b| {
        let key = |offer: &TeacherOffer| (offer.is_relieved, offer.fit, offer.lessons == 0);
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
    });
    offers
}

fn fit(teaches_subject: bool, classes: &BTreeSet<GroupId>, lesson: &Held) -> Fit {
    if teaches_subject {
        Fit::Subject
    } else if !classes.is_disjoint(&lesson.classes) {
        Fit::Class
    } else {
        Fit::Free
    }
}

/// Whether a lesson that the teacher would have held that day is held by somebody else or not at all.
fn is_relieved(week: &SchoolWeek, lesson: &Held, teacher: PersonId) -> bool {
    week.changes().any(|standing| {
        let change = &standing.change;
        let had = change
            .before
            .as_ref()
            .is_some_and(|before| before.date == lesson.lesson.date && before.slot.teacher == Some(teacher));
        let has = change
            .after
            .as_ref()
            .is_some_and(|after| after.slot.teacher == Some(teacher));
        had && !has && change.id() != lesson.id
    })
}

/// A room that is free for a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoomOffer {
    pub(crate) room: String,
    pub(crate) fit: Fit,
}

/// The rooms that are free for a lesson, best first, its own not among them.
pub(crate) fn rooms_for(week: &SchoolWeek, lesson: &Held) -> Vec<RoomOffer> {
    let taken: BTreeSet<String> = week
        .held_on(lesson.lesson.date)
        .into_iter()
        .filter(|other| other.is_own && other.id != lesson.id && other.overlaps(lesson))
        .map(|other| other.lesson.slot.room)
        .collect();
    let mut found: BTreeMap<&str, Fit> = BTreeMap::new();
    for taught in week.taught().iter().filter(|taught| taught.is_own) {
        let slot = &taught.slot;
        if slot.room.is_empty() || taken.contains(&slot.room) || slot.room == lesson.lesson.slot.room {
            continue;
        }
        let fit = fit(
            slot.subject == lesson.lesson.slot.subject,
            &taught.classes,
            lesson,
        );
        let best = found.entry(&slot.room).or_insert(fit);
        *best = fit.min(*best);
    }
    let mut offers: Vec<RoomOffer> = found
        .into_iter()
        .map(|(room, fit)| RoomOffer {
            room: room.to_owned(),
            fit,
        })
        .collect();
    offers.sort_by(|a, b| a.fit.cmp(&b.fit).then_with(|| by_number(&a.room, &b.room)));
    offers
}

/// «9» before «10», «2.14» among the second floor's.
fn by_number(a: &str, b: &str) -> std::cmp::Ordering {
    let number = |room: &str| {
        let digits: String = room.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or(u32::MAX)
    };
    number(a).cmp(&number(b)).then_with(|| a.cmp(b))
}
