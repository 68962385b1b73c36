//! The lessons of a date: what the week says, and what is changed on that date.

use jiff::civil::Date;
use model::{LessonKey, PersonId};

use crate::{DatedLesson, LessonChange, Owner, Slot, Timetable};

/// How a lesson of a date stands to the published week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonState {
    /// As published.
    Usual,
    /// At its time, with another teacher, subject or room; what was published.
    Replaced(Slot),
    /// Brought here from another time.
    MovedHere(LessonKey),
    /// Held besides what was published.
    Additional,
    /// Not held here: brought to another time.
    MovedAway(LessonKey),
    /// Not held.
    Cancelled,
    /// In a teacher's week: somebody else holds it, who is named so.
    Covered(String),
}

impl LessonState {
    /// The name of the difference in API and translations; none for a lesson as published.
    pub const fn change(&self) -> Option<&'static str> {
        match self {
            Self::Usual => None,
            Self::Replaced(_) => Some("replaced"),
            Self::MovedHere(_) => Some("moved_here"),
            Self::Additional => Some("additional"),
            Self::MovedAway(_) => Some("moved_away"),
            Self::Cancelled => Some("cancelled"),
            Self::Covered(_) => Some("covered"),
        }
    }

    /// From or to which lesson it was moved.
    pub const fn other_lesson(&self) -> Option<LessonKey> {
        match self {
            Self::MovedHere(other) | Self::MovedAway(other) => Some(*other),
            _ => None,
        }
    }

    /// Whether the lesson is held, by the one in whose week it stands.
    pub const fn is_held(&self) -> bool {
        matches!(
            self,
            Self::Usual | Self::Replaced(_) | Self::MovedHere(_) | Self::Additional
        )
    }
}

/// A lesson of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedLesson {
    /// What is held; for a lesson that is not held: what would have been.
    pub slot: Slot,
    /// How it stands to the published week.
    pub state: LessonState,
    /// Why it is changed, as people read it; may be empty.
    pub note: String,
}

impl PlannedLesson {
    fn usual(slot: &Slot) -> Self {
        Self {
            slot: slot.clone(),
            state: LessonState::Usual,
            note: String::new(),
        }
    }
}

impl Timetable {
    /// The lessons of a date with its changes, by time. `is_free` says of a published lesson that its institution is closed
    /// that day; a lesson that is brought to such a day is held.
    pub fn planned(
        &self,
        date: Date,
        changes: &[LessonChange],
        is_free: impl Fn(&Slot) -> bool,
    ) -> Vec<PlannedLesson> {
        let due = self
            .slots
            .iter()
            .filter(|slot| self.is_due(slot, date) && !is_free(slot));
        let mut lessons: Vec<PlannedLesson> = due.map(PlannedLesson::usual).collect();
        for change in changes {
            apply(&mut lessons, self.owner, date, change);
        }
        lessons.sort_by_key(|lesson| (lesson.slot.start, lesson.slot.number, lesson.slot.group));
        lessons
    }
}

/// Lets one change show in the lessons of a date.
fn apply(lessons: &mut Vec<PlannedLesson>, owner: Owner, date: Date, change: &LessonChange) {
    let on_date = |lesson: &&DatedLesson| lesson.date == date;
    let before = change.before.as_ref().filter(on_date);
    let after = change.after.as_ref().filter(on_date);
    let published = before.and_then(|before| {
        lessons
            .iter_mut()
            .find(|lesson| lesson.slot.group == before.slot.group && lesson.slot.number == before.slot.number)
    });
    if change.is_in_place() {
        if before.is_some() {
            in_place(lessons, owner, change);
        }
        return;
    }
    if let Some(lesson) = published {
        lesson.state = match &change.after {
            Some(after) => LessonState::MovedAway(after.key()),
            None => LessonState::Cancelled,
        };
        lesson.note.clone_from(&change.note);
    }
    if let Some(after) = after.filter(|after| concerns(owner, after)) {
        let state = match &change.before {
            Some(before) => LessonState::MovedHere(before.key()),
            None => LessonState::Additional,
        };
        lessons.push(PlannedLesson {
            slot: after.slot.clone(),
            state,
            note: change.note.clone(),
        });
    }
}

/// A change of teacher, subject or room: it stands in place of the published lesson; a teacher who takes it over has none.
fn in_place(lessons: &mut Vec<PlannedLesson>, owner: Owner, change: &LessonChange) {
    let (Some(before), Some(after)) = (&change.before, &change.after) else {
        return;
    };
    let published = lessons.iter().position(|lesson| {
        lesson.slot.group == before.slot.group && lesson.slot.number == before.slot.number
    });
    // Where only room or subject change, nobody takes the lesson over: each of its teachers still holds it.
    let stays = before.slot.teacher == after.slot.teacher || concerns(owner, after);
    let lesson = if stays {
        PlannedLesson {
            slot: after.slot.clone(),
            state: LessonState::Replaced(before.slot.clone()),
            note: change.note.clone(),
        }
    } else {
        PlannedLesson {
            slot: before.slot.clone(),
            state: LessonState::Covered(after.slot.teacher_name.clone()),
            note: change.note.clone(),
        }
    };
    match published {
        Some(place) => lessons[place] = lesson,
        None if concerns(owner, after) => lessons.push(lesson),
        None => {}
    }
}

/// Whether a lesson is held by the one in whose week it would stand: a class's always is.
fn concerns(owner: Owner, lesson: &DatedLesson) -> bool {
    match owner {
        Owner::Teacher(teacher) => lesson.slot.teacher == Some::<PersonId>(teacher),
        Owner::Class(_) | Owner::Group(_) => true,
    }
}

#[cfg(test)]
mod tests;
