//! What an action on a lesson does, and why it cannot be done.

use jiff::Timestamp;
use model::{LessonKey, PersonId};
use timetables::{ChangeEdit, DatedLesson, LessonChange, Slot};

use super::{
    clash::{Clash, Pupils, are_one, clashes},
    name::LessonName,
    plan::{Lesson, Plan},
    week::Held,
};

/// What somebody wants of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Another teacher holds it, with the subject and room as they are or with others.
    Assign {
        teacher: PersonId,
        subject: Option<String>,
        room: Option<String>,
    },
    /// It is held in another room.
    Room(String),
    /// It is not held.
    Cancel,
    /// It is held at another time, in its room or in another one.
    Move { to: LessonKey, room: Option<String> },
    /// It and another lesson of a class take each other's place.
    Swap { with: LessonName, seen: u64 },
    /// The teacher of another group of the same hour takes this one too, in their room.
    Merge { with: LessonName },
    /// It is held as published.
    TakeBack,
}

/// A wish with what goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) lesson: LessonName,
    /// The version of the lesson's change on which the wish is based; 0: it had none.
    pub(crate) seen: u64,
    pub(crate) wish: Wish,
    /// Why, as people read it.
    pub(crate) note: String,
    pub(crate) by: PersonId,
    pub(crate) at: Timestamp,
}

/// Why an order is not carried out. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such lesson at the institution.
    Unknown,
    /// Somebody else has changed the lesson since; what stands now.
    Stale(Box<Lesson>),
    /// Nobody of that id teaches at the institution.
    UnknownTeacher,
    /// The day has no lesson of that number.
    NoBell,
    /// It is so already, or nothing is there to take back.
    Already,
    /// It is called off: only a new teacher or another time bring it back.
    NotHeld,
    /// The two lessons are not of one class, or for a merge not at one time.
    NotTogether,
    /// Something is not free.
    Clashes(Vec<Clash>),
    /// The lessons concern more classes and teachers than one transaction can tell.
    TooMany,
}

impl Order {
    /// The edits that carry the order out.
    pub(crate) fn edits(&self, plan: &Plan, pupils: &Pupils) -> Result<Vec<ChangeEdit>, Refusal> {
        let edits = self.wanted(plan)?;
        let after = plan.with(&edits);
        let mut found = vec![];
        for name in changed(&edits) {
            let lesson = after.lesson(name).filter(|lesson| lesson.is_held);
            let Some(lesson) = lesson else { continue };
            let date = lesson.now.lesson.date;
            let Some(week) = after.week_of(date) else {
                continue;
            };
            if date != lesson.before.date
                && let Some(day) = week.calendar.day_off(date)
            {
                found.push(Clash::DayOff(day.title.clone()));
            }
            let before = plan.lesson(name);
            found.extend(clashes(week, &lesson.now, pupils, |other| {
                self.merges(plan, before.as_ref(), other)
            }));
        }
        if found.is_empty() {
            Ok(edits)
        } else {
            Err(Refusal::Clashes(found))
        }
    }

    /// Whether a lesson is meant to be held together with another one: the order says so, or it is held so already.
    fn merges(&self, plan: &Plan, before: Option<&Lesson>, other: &Held) -> bool {
        let host = match &self.wish {
            Wish::Merge { with } => plan.lesson(*with),
            _ => None,
        };
        let joins = |host: &Lesson| other.id == host.now.id || are_one(&host.now, other);
        let is_joined = |before: &Lesson| before.is_held && are_one(&before.now, other);
        host.as_ref().is_some_and(joins) || before.is_some_and(is_joined)
    }

    /// The lessons that it names.
    pub(crate) fn lessons(&self) -> Vec<LessonName> {
        match &self.wish {
            Wish::Swap { with, .. } => vec![self.lesson, *with],
            _ => vec![self.lesson],
        }
    }

    /// The edits without asking whether everything is free.
    pub(crate) fn wanted(&self, plan: &Plan) -> Result<Vec<ChangeEdit>, Refusal> {
        let lesson = seen(plan, self.lesson, self.seen)?;
        let slot = &lesson.now.lesson.slot;
        let held = |slot: Slot| DatedLesson {
            date: lesson.now.lesson.date,
            slot,
        };
        let after = match &self.wish {
            Wish::TakeBack => {
                let other = partner(plan, &lesson);
                return [Some(&lesson), other.as_ref()]
                    .into_iter()
                    .flatten()
                    .map(taken_back)
                    .collect();
            }
            Wish::Swap { with, seen: version } => {
                let other = seen(plan, *with, *version)?;
                return self.swapped(&lesson, &other);
            }
            Wish::Cancel => None,
            Wish::Assign {
                teacher,
                subject,
                room,
            } => {
                let card = plan.teachers.get(teacher).ok_or(Refusal::UnknownTeacher)?;
                let changed = Slot {
                    teacher: Some(*teacher),
                    teacher_name: card.name.clone(),
                    subject: subject.clone().unwrap_or_else(|| slot.subject.clone()),
                    room: room
                        .as_ref()
                        .map_or_else(|| slot.room.clone(), |room| plan.room(room)),
                    ..slot.clone()
                };
                Some(held(changed))
            }
            Wish::Room(room) if lesson.is_held => Some(held(Slot {
                room: plan.room(room),
                ..slot.clone()
            })),
            Wish::Room(_) => return Err(Refusal::NotHeld),
            Wish::Move { to, room } => Some(moved(plan, &lesson, *to, room.as_deref())?),
            Wish::Merge { with } => Some(held(merged(plan, &lesson, *with)?)),
        };
        Ok(vec![self.edit(&lesson, after)?])
    }

    fn swapped(&self, one: &Lesson, other: &Lesson) -> Result<Vec<ChangeEdit>, Refusal> {
        if !(one.is_held && other.is_held) {
            return Err(Refusal::NotHeld);
        }
        if one.name == other.name || !one.now.shares_class(&other.now) {
            return Err(Refusal::NotTogether);
        }
        let in_place_of = |lesson: &Lesson, place: &Lesson| {
            let (slot, place) = (&lesson.now.lesson.slot, &place.now.lesson);
            let slot = Slot {
                number: place.slot.number,
                start: place.slot.start,
                end: place.slot.end,
                ..slot.clone()
            };
            Some(DatedLesson::of(place.date, &slot))
        };
        Ok(vec![
            self.edit(one, in_place_of(one, other))?,
            self.edit(other, in_place_of(other, one))?,
        ])
    }

    /// The edit after which the lesson is held so, or not at all. What is as published is no change.
    fn edit(&self, lesson: &Lesson, after: Option<DatedLesson>) -> Result<ChangeEdit, Refusal> {
        if after.as_ref() == Some(&lesson.before) {
            return taken_back(lesson);
        }
        let change = LessonChange {
            before: Some(lesson.before.clone()),
            after,
            note: self.note.clone(),
            by: self.by,
            at: self.at,
        };
        let stands = lesson.change.as_ref().map(|found| &found.change);
        if stands.is_some_and(|stands| stands.after == change.after && stands.note == change.note) {
            return Err(Refusal::Already);
        }
        Ok(ChangeEdit {
            change,
            seen: lesson.version(),
            is_removed: false,
        })
    }
}

/// The lessons that edits change.
pub(crate) fn changed(edits: &[ChangeEdit]) -> impl Iterator<Item = LessonName> {
    edits.iter().filter_map(|edit| edit.change.id().parse().ok())
}

/// The lesson with which a lesson has changed places: neither can go back to its own place alone.
fn partner(plan: &Plan, lesson: &Lesson) -> Option<Lesson> {
    let after = lesson.change.as_ref()?.change.after.as_ref()?;
    if after.key() == lesson.before.key() {
        return None;
    }
    let week = plan.week_of(after.date)?;
    let is_partner = |other: &Lesson| {
        other.name != lesson.name
            && other.is_held
            && other.now.lesson.key() == lesson.before.key()
            && other.before.key() == after.key()
            && other.now.shares_class(&lesson.now)
    };
    let mut changes = week.changes().filter_map(|found| found.change.id().parse().ok());
    changes.find_map(|name| plan.lesson(name).filter(is_partner))
}

/// A lesson as it was when the wish was made.
fn seen(plan: &Plan, name: LessonName, version: u64) -> Result<Lesson, Refusal> {
    let lesson = plan.lesson(name).ok_or(Refusal::Unknown)?;
    if lesson.version() == version {
        Ok(lesson)
    } else {
        Err(Refusal::Stale(Box::new(lesson)))
    }
}

fn taken_back(lesson: &Lesson) -> Result<ChangeEdit, Refusal> {
    let stands = lesson.change.as_ref().ok_or(Refusal::Already)?;
    Ok(ChangeEdit {
        change: stands.change.clone(),
        seen: stands.version,
        is_removed: true,
    })
}

fn moved(plan: &Plan, lesson: &Lesson, to: LessonKey, room: Option<&str>) -> Result<DatedLesson, Refusal> {
    let (start, end) = plan
        .bell(&lesson.now, to.date, to.number)
        .ok_or(Refusal::NoBell)?;
    let slot = &lesson.now.lesson.slot;
    let back = to == lesson.before.key();
    let slot = Slot {
        number: to.number,
        // Brought back to its own place it has its own times, whatever the bells say today.
        start: if back { lesson.before.slot.start } else { start },
        end: if back { lesson.before.slot.end } else { end },
        room: room.map_or_else(|| slot.room.clone(), |room| plan.room(room)),
        ..slot.clone()
    };
    Ok(DatedLesson::of(to.date, &slot))
}

fn merged(plan: &Plan, lesson: &Lesson, with: LessonName) -> Result<Slot, Refusal> {
    let host = plan.lesson(with).ok_or(Refusal::Unknown)?;
    if !host.is_held {
        return Err(Refusal::NotHeld);
    }
    let (slot, place) = (&lesson.now.lesson.slot, &host.now.lesson.slot);
    let at_once = host.now.lesson.date == lesson.now.lesson.date
        && (place.start, place.end) == (slot.start, slot.end)
        && host.name.group != lesson.name.group;
    let akin = lesson.now.shares_class(&host.now) || slot.subject == place.subject;
    if !at_once || !akin || place.teacher.is_none() {
        return Err(Refusal::NotTogether);
    }
    Ok(Slot {
        teacher: place.teacher,
        teacher_name: place.teacher_name.clone(),
        room: place.room.clone(),
        ..slot.clone()
    })
}
