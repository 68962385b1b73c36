//! What several views are made of: the weeks around today with their plans, and the lessons that set what is due.

use gradebook::{ClassLesson, LaterTask};
use model::Week;

use crate::{
    App,
    handlers::Reading,
    homework::{SetTasks, Task, tasks},
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
    /// The child's homework whose lesson a teacher has chosen, due from the first of the weeks on: what was set before them
    /// is found here alone.
    pub(crate) later: Vec<LaterTask>,
}

impl Agenda {
    /// The week that contains today.
    pub(crate) fn this_week(reading: &Reading) -> Week {
        Week::of(reading.today)
    }

    /// All tasks of the weeks.
    pub(crate) fn tasks(&self, reading: &Reading) -> Vec<Task> {
        let set = SetTasks {
            opened: &self.opened,
            later: &self.later,
            learns_in: &reading.class.learns_in,
        };
        tasks(set, &self.horizon)
    }
}

impl App {
    /// Reads the weeks around today, and of the later ones what is due in them: 2 calls in parallel.
    pub(crate) async fn agenda(&self, reading: &Reading) -> Result<Agenda, Problem> {
        let class = &reading.class;
        let this = Agenda::this_week(reading);
        let weeks = weeks_around(this, &class.periods);
        let first = weeks.first().copied().unwrap_or(this);
        let (plans, (opened, mut later)) = tokio::try_join!(
            store::plans(&self.timetables, class.group, class.institution, &weeks),
            self.gradebook.agenda_of(class.group, first, this)
        )?;
        let child = reading.child.person.person;
        let own = opened.into_iter().map(|lesson| lesson.for_pupil(child));
        // A lesson that is prepared for a week to come tells nobody its homework before.
        later.retain(|task| task.is_for(child) && Week::of(task.set_at.date) <= this);
        Ok(Agenda {
            horizon: Horizon::of(plans),
            opened: own.collect(),
            later,
        })
    }
}
