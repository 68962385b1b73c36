//! One change of a draft: a lesson is put in, taken out, or stands otherwise. Undoing it is the same with both sides swapped.

use std::collections::BTreeSet;

use model::{GroupId, RoomName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    conflict::{Board, Conflict},
    draft::{Bells, Draft, DraftLesson},
    terms::Terms,
};

/// What somebody wants: `now` in the place of `was`. Only `now` puts a lesson in, only `was` takes one out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Edit {
    /// The lesson as it was seen.
    #[serde(default)]
    pub was: Option<DraftLesson>,
    /// The lesson as it should be.
    #[serde(default)]
    pub now: Option<DraftLesson>,
}

/// Why an edit is not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It names a group or a teacher that the draft does not know, or changes the group of a lesson, or nothing.
    Meaningless(&'static str),
    /// The lesson does not stand as it was seen: somebody else has changed it. These are the group's lessons as they stand.
    Changed(Vec<DraftLesson>),
    /// It cannot be: these conflicts would come in.
    Conflicts(DraftLesson, Vec<Conflict>),
}

impl Edit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn undone(self) -> Self {
        Self {
            was: self.now,
            now: self.was,
        }
    }

    /// Makes the edit. Says what was done, with what the caller had left open filled in, and which classes it touches.
    ///
    /// # Errors
    /// The draft is as it was; see [`Refusal`].
    pub fn apply(self, draft: &mut Draft, bells: &Bells) -> Result<(Self, BTreeSet<GroupId>), Refusal> {
        let group = self
            .was
            .as_ref()
            .or(self.now.as_ref())
            .map(|lesson| lesson.group)
            .ok_or(Refusal::Meaningless("lesson"))?;
        if let Some(was) = &self.was {
            let stands = draft.course(group).and_then(|course| draft.first_class(course));
            let class = stands.and_then(|class| draft.classes.get(&class));
            if !class.is_some_and(|class| class.lessons.contains(was)) {
                let current = class
                    .map(|class| class.lessons_of(group).cloned().collect())
                    .unwrap_or_default();
                return Err(Refusal::Changed(current));
            }
        }
        let now = self
            .now
            .map(|now| completed(draft, bells, group, now))
            .transpose()?;
        if let Some(now) = &now {
            let board = Board { draft, bells };
            let conflicts = board.new_conflicts(now, self.was.as_ref());
            if !conflicts.is_empty() {
                return Err(Refusal::Conflicts(now.clone(), conflicts));
            }
        }
        let done = Self { was: self.was, now };
        let classes = done.write(draft, group);
        Ok((done, classes))
    }

    /// Writes it into every class of the group.
    fn write(&self, draft: &mut Draft, group: GroupId) -> BTreeSet<GroupId> {
        let mut touched = BTreeSet::new();
        for class in draft.classes.values_mut() {
            if class.course(group).is_none() {
                continue;
            }
            if let Some(was) = &self.was {
                class.lessons.remove(was);
            }
            class.lessons.extend(self.now.clone());
            touched.insert(class.class);
        }
        touched
    }
}

/// The lesson with everything that a kept one has.
fn completed(
    draft: &Draft,
    bells: &Bells,
    group: GroupId,
    mut now: DraftLesson,
) -> Result<DraftLesson, Refusal> {
    let course = draft
        .course(now.group)
        .filter(|_| now.group == group)
        .ok_or(Refusal::Meaningless("group"))?;
    if !now.is_in_week() {
        return Err(Refusal::Meaningless("number"));
    }
    let room = room_name(&now.room).ok_or(Refusal::Meaningless("room"))?;
    now.room = bells.buildings().canonical(&room).into_owned();
    if now.teachers.is_empty() {
        now.teachers.clone_from(&course.teachers);
    }
    now.teachers.sort_unstable();
    now.teachers.dedup();
    if now
        .teachers
        .iter()
        .any(|teacher| draft.person(*teacher).is_none())
    {
        return Err(Refusal::Meaningless("teachers"));
    }
    Ok(now)
}

/// A room's name with its white space folded, so that one room has one name; nothing for what cannot be one. The building does
/// not count to its length.
pub(crate) fn room_name(text: &str) -> Option<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let RoomName { building, room } = RoomName::of(&name);
    let is_short = building.is_none_or(|building| building.chars().count() <= DraftLesson::LONGEST_ROOM);
    let fits =
        is_short && room.chars().count() <= DraftLesson::LONGEST_ROOM && !name.contains(char::is_control);
    fits.then_some(name)
}

/// Sets the hours of the curriculum of a group, in halves; none takes them away. Says which classes it touches.
///
/// # Errors
/// No such group, or more hours of it stand in the week already.
pub fn set_hours(draft: &mut Draft, group: GroupId, hours: Option<u8>) -> Result<BTreeSet<GroupId>, Refusal> {
    let course = draft.course(group).ok_or(Refusal::Meaningless("group"))?;
    let first = draft.first_class(course).and_then(|id| draft.classes.get(&id));
    let placed = first.map_or(0, |class| class.placed(group));
    if let (Some(planned), Some(class)) = (hours.filter(|planned| *planned < placed), first) {
        let last = class
            .lessons_of(group)
            .max_by_key(|lesson| lesson.order())
            .cloned();
        return match last {
            Some(lesson) => Err(Refusal::Conflicts(
                lesson,
                vec![Conflict::Hours { planned, placed }],
            )),
            None => Err(Refusal::Meaningless("hours")),
        };
    }
    let mut touched = BTreeSet::new();
    for class in draft.classes.values_mut() {
        if let Some(course) = class.courses.iter_mut().find(|course| course.group == group) {
            course.hours = hours;
            touched.insert(class.class);
        }
    }
    Ok(touched)
}

/// The most rooms that can be chosen for a course.
const MOST_ROOMS: usize = 8;

/// Reads rooms as people write them: «214, 215». Nothing if one of the names cannot be a room's, or there are too many.
pub(crate) fn read_rooms(text: &str) -> Option<Vec<String>> {
    let mut rooms: Vec<String> = text.split([',', ';']).map(room_name).collect::<Option<_>>()?;
    rooms.retain(|room| !room.is_empty());
    rooms.sort_unstable();
    rooms.dedup();
    (rooms.len() <= MOST_ROOMS).then_some(rooms)
}

/// Chooses the rooms in any of which a group may be taught. Says which classes it touches; lessons that stand elsewhere stay.
///
/// # Errors
/// No such group.
pub fn set_rooms(draft: &mut Draft, group: GroupId, rooms: &[String]) -> Result<BTreeSet<GroupId>, Refusal> {
    draft.course(group).ok_or(Refusal::Meaningless("group"))?;
    let mut touched = BTreeSet::new();
    for class in draft.classes.values_mut() {
        if let Some(course) = class.courses.iter_mut().find(|course| course.group == group) {
            rooms.clone_into(&mut course.rooms);
            touched.insert(class.class);
        }
    }
    Ok(touched)
}

/// Sets what binds the lessons, if those that stand already keep to it as well as they did.
///
/// # Errors
/// A lesson would be where its teacher cannot teach, or one too many in its room.
pub fn set_terms(draft: &mut Draft, bells: &Bells, terms: Terms) -> Result<(), Refusal> {
    let changed = Draft {
        terms,
        ..draft.clone()
    };
    let before = Board { draft, bells };
    let after = Board {
        draft: &changed,
        bells,
    };
    for (lesson, mut conflicts) in after.all_conflicts() {
        let known = before.conflicts(&lesson, Some(&lesson));
        conflicts.retain(|conflict| !known.contains(conflict) && !is_eased(conflict, &known));
        if !conflicts.is_empty() {
            return Err(Refusal::Conflicts(lesson, conflicts));
        }
    }
    draft.terms = changed.terms;
    Ok(())
}

/// Whether a room that is still too full is not fuller than it was.
fn is_eased(conflict: &Conflict, known: &[Conflict]) -> bool {
    let Conflict::Room { places, .. } = conflict else {
        return false;
    };
    known
        .iter()
        .any(|before| matches!(before, Conflict::Room { places: had, .. } if had <= places))
}
