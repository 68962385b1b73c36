//! From a draft to the generator's problem.
//!
//! Positions stand for ids: the plan keeps what they mean. Which lessons may move is the wish's: pinned ones never, those that
//! stand without a conflict not either if only the missing ones are wanted, and in a repair each moved lesson costs.

mod activities;
mod classes;
mod maker;

use std::collections::BTreeSet;

use model::{GroupId, PersonId};
use serde::{Deserialize, Serialize};
use timetable_generator::{Placement, Problem};
use utoipa::ToSchema;

use super::{
    limits::Limits,
    pupils::Pupils,
    slots::Slots,
    tasks::{Task, courses, tasks},
};
use crate::drafts::{Bells, Board, Draft, DraftLesson};
use maker::Maker;

/// Which lessons may move. Pinned ones never do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// Only those that have no place yet, and those in conflict.
    Complete,
    /// All, but as few as possible.
    Repair,
    /// All.
    Anew,
}

impl Mode {
    /// Every mode, the gentlest first.
    pub(crate) const ALL: [Self; 3] = [Self::Complete, Self::Repair, Self::Anew];

    /// Its name in the API and in the words of the page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Repair => "repair",
            Self::Anew => "anew",
        }
    }
}

/// What is wanted of a timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) mode: Mode,
    /// Days of the school's week.
    pub(crate) days: u8,
}

/// The problem of a draft, with what its positions stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) problem: Problem,
    /// Where lessons stand that may move.
    pub(crate) previous: Vec<Placement>,
    /// What each activity is.
    pub(crate) tasks: Vec<Task>,
    pub(crate) classes: Vec<GroupId>,
    pub(crate) teachers: Vec<PersonId>,
    pub(crate) rooms: Vec<String>,
    pub(crate) slots: Slots,
    /// The lessons that must stay where they stand.
    pub(crate) fixed: BTreeSet<DraftLesson>,
}

impl Plan {
    /// The problem of a draft whose lessons are held by these bells.
    pub(crate) fn of(draft: &Draft, bells: &Bells, limits: &Limits<'_>, wish: Wish) -> Self {
        let grades: BTreeSet<Option<u8>> = courses(draft).map(|(_, course)| course.grade).collect();
        let tasks = tasks(draft);
        let teachers: BTreeSet<PersonId> = tasks.iter().flat_map(|task| task.teachers.clone()).collect();
        let subjects: BTreeSet<&str> = courses(draft)
            .map(|(_, course)| course.subject.as_str())
            .collect();
        let maker = Maker {
            draft,
            limits,
            wish,
            slots: Slots::of(bells, &grades),
            pupils: Pupils::of(draft.classes.values()),
            teachers: teachers.into_iter().collect(),
            subjects: subjects.into_iter().collect(),
            rooms: rooms(draft, bells),
            buildings: bells.buildings(),
            fixed: fixed(draft, bells, wish.mode),
            tasks,
        };
        maker.plan()
    }

    /// The lessons of the week that are to be arranged.
    pub(crate) fn lessons(&self) -> usize {
        self.tasks.iter().map(|task| usize::from(task.lessons)).sum()
    }

    /// The lesson of a placement; none if no bell rings for it in its year of study.
    pub(crate) fn lesson(&self, placement: &Placement) -> Option<DraftLesson> {
        let task = self.tasks.get(placement.activity.at())?;
        let day = (placement.hour.day + 1).try_into().ok()?;
        let number = self.slots.number(task.grade, placement.hour.slot)?;
        let stood = task
            .standing
            .iter()
            .find(|lesson| (lesson.day, lesson.number) == (day, number));
        if let Some(stood) = stood.filter(|lesson| self.fixed.contains(*lesson)) {
            return Some(stood.clone());
        }
        let room = placement.room.and_then(|room| self.rooms.get(room.at()));
        Some(DraftLesson {
            group: task.group,
            day,
            number,
            cycle: task.cycle,
            room: room.cloned().unwrap_or_default(),
            teachers: task.teachers.clone(),
            pinned: false,
        })
    }
}

/// The rooms of a draft, each under the one name by which the institution knows it.
fn rooms(draft: &Draft, bells: &Bells) -> Vec<String> {
    let known = |room: &str| bells.buildings().canonical(room).into_owned();
    let rooms: BTreeSet<String> = draft.rooms().into_iter().map(known).collect();
    rooms.into_iter().collect()
}

/// The lessons that must stay where they are: the pinned ones, and if only the missing ones are wanted all that stand
/// without a conflict.
fn fixed(draft: &Draft, bells: &Bells, mode: Mode) -> BTreeSet<DraftLesson> {
    let all = || draft.lessons().map(|(_, lesson)| lesson);
    if mode != Mode::Complete {
        return all().filter(|lesson| lesson.pinned).cloned().collect();
    }
    let found = Board { draft, bells }.all_conflicts();
    let wrong: BTreeSet<DraftLesson> = found.into_iter().map(|(lesson, _)| lesson).collect();
    let stays = |lesson: &&DraftLesson| lesson.pinned || !wrong.contains(*lesson);
    all().filter(stays).cloned().collect()
}
