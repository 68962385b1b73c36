//! The events of a room's feed.

use std::collections::BTreeMap;

use jiff::{ToSpan, tz::TimeZone};
use model::InstitutionId;
use timetables::{DatedLesson, LessonChange};
use ui::Texts;

use super::{
    calendar::{FeedEvent, moment},
    events::published_at,
};
use crate::substitutions::{Held, Plan, SchoolWeek};

/// The lessons that are held in a room, and those that would have been.
pub(crate) fn events(texts: Texts<'_>, plan: &Plan, room: &str) -> BTreeMap<String, FeedEvent> {
    let mut found: BTreeMap<String, FeedEvent> = BTreeMap::new();
    for week in plan.weeks.values() {
        let zone = week.calendar.zone();
        let make = |id: &str, lesson: &DatedLesson, is_held| {
            let change = week.change(id).map(|found| &found.change);
            let place = (plan.institution, &zone);
            event(texts, place, week, id, (lesson, change), is_held)
        };
        for date in week.week.monday().series(1.day()).take(7) {
            let held = week.held_on(date).into_iter();
            let here = |held: &Held| held.is_own && held.lesson.slot.room == room;
            for held in held.filter(here) {
                let event = make(&held.id, &held.lesson, true);
                found.insert(event.uid.clone(), event);
            }
        }
        for change in week.changes() {
            let id = change.change.id();
            let before = change
                .change
                .before
                .as_ref()
                .filter(|before| before.slot.room == room && model::Week::of(before.date) == week.week);
            // Where it is held goes before where it was to be held.
            if let Some(before) = before {
                let event = make(&id, before, false);
                found.entry(event.uid.clone()).or_insert(event);
            }
        }
    }
    found
}

fn event(
    texts: Texts<'_>,
    (institution, zone): (InstitutionId, &TimeZone),
    week: &SchoolWeek,
    id: &str,
    (lesson, change): (&DatedLesson, Option<&LessonChange>),
    is_held: bool,
) -> FeedEvent {
    let slot = &lesson.slot;
    let what = if slot.title == slot.subject {
        slot.subject.clone()
    } else {
        format!("{} · {}", slot.title, slot.subject)
    };
    let note = change.map(|change| change.note.clone()).unwrap_or_default();
    let parts = [slot.teacher_name.clone(), note].into_iter();
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    FeedEvent {
        uid: format!("{id}@{institution}"),
        sequence: week.revision,
        stamp: change.map_or_else(|| published_at(None, lesson.date), |change| change.at),
        start: moment(lesson.date.to_datetime(slot.start), zone),
        end: moment(lesson.date.to_datetime(slot.end), zone),
        summary: if is_held {
            what
        } else {
            texts.of("feeds-not-held", &what)
        },
        location: texts.room(&slot.room),
        description: parts.join(" · "),
        is_cancelled: !is_held,
    }
}
