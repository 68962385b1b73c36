//! What several views are made of: the weeks around today with their plans, and the lessons that set what is due.

use gradebook::ClassLesson;
use model::Week;

use crate::{
    App,
    handlers::Reading,
    homework::{Task, tasks},
    horizon::{Horizon, weeks_around},
    store,
};
use web::Problem;

/// The weeks around today: from the last one whose homework may still be due, to the next.
#[derive(Debug)]
pub(crate) struct Agenda {
    /// What is held in the weeks.
    pub(crate) horizon: Horizon,
    /// The lessons that teachers have opened in them, of all groups that draw from the class.
    pub(crate) opened: Vec<ClassLesson>,
}

impl Agenda {
    /// The week that contains today.
    pub(crate) fn this_week(reading: &Reading) -> Week {
        Week::of(reading.today)
    }

    /// All tasks of the weeks.
    pub(crate) fn tasks(&self, reading: &Reading) -> Vec<Task> {
        tasks(&self.opened, &reading.class.learns_in, &self.horizon)
    }
}

impl App {
    /// Reads the weeks around today: 2 calls in parallel.
    pub(crate) async fn agenda(&self, reading: &Reading) -> Result<Agenda, Problem> {
        let class = &reading.class;
        let this = Agenda::this_week(reading);
        let weeks = weeks_around(this, &class.periods);
        let first = weeks.first().copied().unwrap_or(this);
        let (plans, opened) = tokio::try_join!(
            store::plans(&self.timetables, class.group, class.institution, &weeks),
            self.gradebook.weeks_of(class.group, first, this)
        )?;
        let child = reading.child.person.person;
        let own = opened.into_iter().map(|lesson| lesson.for_pupil(child));
        Ok(Agenda {
            horizon: Horizon::of(plans),
            opened: own.collect(),
        })
    }
}
