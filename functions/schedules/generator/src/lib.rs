//! Makes the weekly timetable of a school.
//!
//! From curriculum hours, teachers, rooms and availability ([`Problem`]) to lessons with hours and rooms
//! ([`Solution`]). Pure: no I/O, no clock, no threads. What it promises:
//!
//! * **Hard constraints are never violated**, whatever is asked: a lesson that finds no place stays out, with its
//!   reasons as data ([`Unplaced`]). [`check`] is an independent validator of the same constraints.
//! * **Deterministic**: the same problem, seed and number of steps give the same timetable on any machine. A deadline
//!   is the observer's: it looks at its own clock and stops the search.
//! * **Anytime**: the best timetable so far is kept and shown to the observer ([`Progress`]).
//! * **Pin and repair**: pinned lessons stay; with the timetable of before in [`Options::previous`] as much as possible
//!   stays where it was, and each moved lesson costs.
//!
//! # What is forbidden and what is weighed
//!
//! | hard | where it comes from |
//! |---|---|
//! | nobody and no room twice at an hour; availability; shifts; suitable rooms; blocks; pins | the school's data |
//! | no windows in pupils' days, which begin with the shift | the rule of general schools; [`Class`] data |
//! | lessons a day | [`Class`] data from the caller's table of norms, which names the source of each figure |
//! | a subject at most so often a day | the school's data |
//! | time for the way between buildings | the school's data, may be soft |
//!
//! | soft ([`Criterion`]) | where it comes from |
//! |---|---|
//! | teachers' windows, above all more than two in a row | приказ Минобрнауки России of 11.05.2016 № 536 |
//! | the week's curve of difficulty, hard lessons at the best hours | СанПиН 1.2.3685-21, tables 6.9–6.11; points are [`Activity`] data |
//! | even spread, free days, undesired hours, own rooms, neighbouring subjects | schools' practice |
//!
//! # How it works
//!
//! `instance` compiles the problem: lessons become events that occupy streams of pupils, teachers and rooms.
//! `state` holds a timetable with running sums of all costs and takes any change back. `search` constructs (hardest
//! lessons first, then guided ejection), improves (simulated annealing with chains of lessons that change places
//! between two hours) and cleans up. Measured results: `README.md` beside this crate.

mod check;
pub mod cohorts;
mod hour;
mod index;
mod instance;
mod problem;
mod progress;
mod random;
mod reasons;
mod score;
mod search;
mod solution;
mod spread;
mod state;
mod weights;

pub use check::{Violation, check};
pub use hour::{Cycle, Hour, MAX_DAYS, MAX_SLOTS};
pub use index::{
    ActivityIndex, BuildingIndex, ClassIndex, CohortIndex, FeatureIndex, GroupIndex, RoomIndex, SubjectIndex,
    TeacherIndex,
};
pub use problem::{
    Activity, Class, Cohort, Curve, Fault, Group, LongerDays, Pin, Problem, Room, RoomNeed, Teacher, Travel,
};
pub use progress::{Control, Phase, Progress};
pub use random::Random;
pub use score::{Amount, Score, score};
pub use solution::{Causes, Placement, Reason, Solution, Unplaced};
pub use weights::{Criterion, Weights};

/// How to search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Chooses among equally good ways: another seed gives another timetable.
    pub seed: u64,
    /// Steps after which the search ends; a step is one attempted change. See [`recommended_steps`].
    pub steps: u64,
    /// The timetable to be repaired, empty to begin anew. Lessons that no longer exist are ignored.
    pub previous: Vec<Placement>,
}

/// Steps that give a good timetable: some thousand for each lesson of the week. More steps give a better one, slowly.
pub fn recommended_steps(problem: &Problem) -> u64 {
    let lessons: u64 = problem
        .activities
        .iter()
        .map(|activity| u64::from(activity.lessons))
        .sum();
    40_000 * lessons.max(100)
}

/// Makes the best timetable it finds within the steps, or until the observer says [`Control::Stop`].
///
/// # Errors
/// The faults of a problem whose data contradict each other.
pub fn solve(
    problem: &Problem,
    options: &Options,
    mut observe: impl FnMut(&Progress<'_>) -> Control,
) -> Result<Solution, Vec<Fault>> {
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    let known = |placement: &&Placement| placement.activity.at() < problem.activities.len();
    let previous: Vec<Placement> = options.previous.iter().filter(known).copied().collect();
    let instance = instance::Instance::new(problem, &previous);
    let mut search = search::Search::new(&instance, options.seed, options.steps, &mut observe);
    let steps = search.run();
    let placements = search::placements(&instance, &search.state.hour, &search.state.room);
    Ok(Solution {
        score: score(problem, &placements, &previous),
        unplaced: reasons::unplaced(&mut search.state),
        placements,
        steps,
    })
}
