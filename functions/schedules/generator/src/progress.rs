//! What a search tells while it runs, and how it is told to stop.

use serde::{Deserialize, Serialize};

use crate::solution::Placement;

/// Whether the search goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// Go on.
    Continue,
    /// End with the best timetable so far: a deadline is near, or the user has cancelled.
    Stop,
}

/// What the search is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Finding an hour for every lesson.
    Placing,
    /// Making the timetable better.
    Improving,
}

/// How far a search is. Told about every thousand steps, some milliseconds apart; the observer writes it elsewhere as
/// rarely as it likes, and looks at its own clock if there is a deadline.
pub struct Progress<'a> {
    /// What the search is doing.
    pub phase: Phase,
    /// Steps done.
    pub step: u64,
    /// Steps allowed.
    pub steps: u64,
    /// Lessons (a double is one, each subgroup's counts) of the week to be placed.
    pub lessons: usize,
    /// Lessons placed in the best timetable so far.
    pub placed: usize,
    /// Windows in pupils' days, and lessons on days that may not be so long, in the best timetable so far. The search
    /// closes them; what is left at the end loses its lessons. The timetable is complete when every lesson is placed
    /// and this is 0.
    pub defects: i64,
    /// The weighted sum of its soft criteria.
    pub cost: i64,
    /// The best timetable so far, when it is asked for.
    pub(crate) best: &'a dyn Fn() -> Vec<Placement>,
}

impl Progress<'_> {
    /// Whether the best timetable so far has an hour for every lesson and breaks nothing.
    pub const fn is_complete(&self) -> bool {
        self.placed == self.lessons && self.defects == 0
    }

    /// The best timetable so far, to be kept where a later run can begin with it. While lessons are still without an
    /// hour pupils may have windows in it: the end of the search removes them.
    pub fn best(&self) -> Vec<Placement> {
        (self.best)()
    }
}
