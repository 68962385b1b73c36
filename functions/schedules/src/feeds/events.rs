//! The events of a class's, a pupil's or a teacher's feed.

use std::collections::BTreeMap;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
    tz::TimeZone,
};
use model::{GroupId, LessonKey};
use rosters::LearnsIn;
use timetables::{LessonChange, LessonState, PlannedLesson, Timetable};
use ui::Texts;

use super::{
    calendar::{FeedEvent, moment},
    store::FeedWeek,
};
use crate::days::Days;

/// What the reader of a feed knows already.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader<'a> {
    /// Teaches: the class is worth saying.
    Teacher,
    /// Learns in the groups: the subject and the teacher are worth saying. Without groups all lessons of the class are shown.
    Pupil(&'a [LearnsIn]),
}

impl Reader<'_> {
    fn has(self, group: GroupId, date: Date) -> bool {
        match self {
            Self::Teacher => true,
            Self::Pupil([]) => true,
            Self::Pupil(groups) => groups
                .iter()
                .any(|held| held.group == group && held.holds_on(date)),
        }
    }
}

/// The events of weeks by their names. A lesson that was moved is one event, at its new time.
pub(crate) fn events(
    texts: Texts<'_>,
    weeks: &[FeedWeek],
    reader: Reader<'_>,
) -> BTreeMap<String, FeedEvent> {
    let mut found: BTreeMap<String, FeedEvent> = BTreeMap::new();
    for week in weeks {
        for date in week.week.monday().series(1.day()).take(7) {
            for lesson in week.days.lessons(date) {
                if !reader.has(lesson.slot.group, date) {
                    continue;
                }
                let event = event(texts, week, date, &lesson, reader);
                match found.get(&event.uid) {
                    // Where it is held goes before where it was to be held.
                    Some(other) if !other.is_cancelled => {}
                    _ => {
                        found.insert(event.uid.clone(), event);
                    }
                }
            }
        }
    }
    found
}

fn event(
    texts: Texts<'_>,
    week: &FeedWeek,
    date: Date,
    lesson: &PlannedLesson,
    reader: Reader<'_>,
) -> FeedEvent {
    let slot = &lesson.slot;
    let zone = week.days.zone_of(slot);
    let key = LessonKey {
        date,
        number: slot.number,
    };
    let published = match lesson.state {
        LessonState::MovedHere(from) => from,
        _ => key,
    };
    let change = change_of(&week.days, published, slot.group);
    let name = format!("{published}-{}", slot.group);
    let name = if lesson.state == LessonState::Additional {
        format!("new-{name}")
    } else {
        name
    };
    let place = week.days.institution_of(slot);
    FeedEvent {
        uid: place.map_or_else(|| name.clone(), |place| format!("{name}@{place}")),
        sequence: week.revision,
        stamp: change.map_or_else(
            || published_at(week.days.plan.timetable.as_ref(), date),
            |change| change.at,
        ),
        start: moment(date.to_datetime(slot.start), &zone),
        end: moment(date.to_datetime(slot.end), &zone),
        summary: summary(texts, lesson, reader),
        location: if slot.room.is_empty() {
            String::new()
        } else {
            texts.room(&slot.room)
        },
        description: description(texts, lesson, reader),
        is_cancelled: !lesson.state.is_held(),
    }
}

/// The change by which a lesson stands as it does.
fn change_of(days: &Days, published: LessonKey, group: GroupId) -> Option<&LessonChange> {
    days.plan.changes.iter().find(|change| {
        let lesson = change.before.as_ref().or(change.after.as_ref());
        lesson.is_some_and(|lesson| lesson.key() == published && lesson.slot.group == group)
    })
}

/// When a lesson that nobody has changed was made: with the week that was published, else with the academic year.
pub(crate) fn published_at(timetable: Option<&Timetable>, on: Date) -> Timestamp {
    let year = if on.month() >= 8 { on.year() } else { on.year() - 1 };
    let from = timetable.and_then(|timetable| timetable.from);
    let from = from.unwrap_or_else(|| Date::new(year, 9, 1).unwrap_or(date(2026, 9, 1)));
    moment(from.to_datetime(jiff::civil::Time::midnight()), &TimeZone::UTC)
}

/// What is taught, for teachers also to whom. A lesson that is not held says so first: not every program shows the status.
fn summary(texts: Texts<'_>, lesson: &PlannedLesson, reader: Reader<'_>) -> String {
    let slot = &lesson.slot;
    let what = match reader {
        Reader::Teacher if slot.title != slot.subject => format!("{} · {}", slot.title, slot.subject),
        _ => slot.subject.clone(),
    };
    if lesson.state.is_held() {
        what
    } else {
        texts.of("feeds-not-held", &what)
    }
}

/// Who teaches, how it differs from what was published, and why.
fn description(texts: Texts<'_>, lesson: &PlannedLesson, reader: Reader<'_>) -> String {
    let mut parts = vec![];
    if let (Reader::Pupil(_), false) = (reader, lesson.slot.teacher_name.is_empty()) {
        parts.push(lesson.slot.teacher_name.clone());
    }
    if let Some(kind) = lesson.state.change() {
        let mut words = texts.lesson_change(kind, lesson.state.other_lesson().as_ref());
        if let LessonState::Covered(name) = &lesson.state {
            words = format!("{words} {name}");
        }
        parts.push(words);
    }
    if !lesson.note.is_empty() {
        parts.push(lesson.note.clone());
    }
    parts.join(" · ")
}
