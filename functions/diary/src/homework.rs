//! What is to be done, and by when. Pure.

use std::{collections::BTreeMap, str::FromStr};

use gradebook::ClassLesson;
use jiff::civil::{Date, Time};
use model::{GroupId, LessonKey, ParseError, Week};
use rosters::LearnsIn;

use crate::{
    fingerprint::fingerprint,
    horizon::{Horizon, learns},
};

/// At which lesson a task is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    /// Its date and number.
    pub(crate) lesson: LessonKey,
    /// When it begins.
    pub(crate) start: Time,
}

/// A task that was set at a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Task {
    /// The journal.
    pub(crate) journal: GroupId,
    /// At which lesson it was set.
    pub(crate) set_at: LessonKey,
    /// What is taught.
    pub(crate) subject: String,
    /// What is to be done.
    pub(crate) text: String,
    /// How long it is expected to take.
    pub(crate) minutes: Option<u16>,
    /// By when: the next lesson of the group on a later day, by timetable, changes and calendar. Nothing where no such
    /// lesson is within the weeks looked at.
    pub(crate) due: Option<Due>,
}

impl Task {
    /// By which a tick knows that the task is still the one that was done.
    pub(crate) fn fingerprint(&self) -> u64 {
        task_fingerprint(&self.text)
    }

    /// The date by which it is due.
    pub(crate) fn due_on(&self) -> Option<Date> {
        self.due.map(|due| due.lesson.date)
    }
}

/// The fingerprint of a task by its text. How long it takes may be corrected without making it another task.
pub(crate) fn task_fingerprint(text: &str) -> u64 {
    fingerprint(&[text])
}

/// The tasks that were set to a pupil at some lessons, by the lesson at which they are due and then by when they were set.
pub(crate) fn tasks(opened: &[ClassLesson], learns_in: &[LearnsIn], horizon: &Horizon) -> Vec<Task> {
    let mut tasks: Vec<Task> = opened
        .iter()
        .filter(|lesson| learns(learns_in, lesson.journal, lesson.lesson.date))
        .filter_map(|lesson| task(lesson, horizon))
        .collect();
    tasks.sort_by_key(|task| {
        (
            task.due.is_none(),
            task.due.map(|due| due.lesson),
            task.set_at,
            task.journal,
        )
    });
    tasks
}

fn task(lesson: &ClassLesson, horizon: &Horizon) -> Option<Task> {
    let homework = lesson.homework.as_ref()?;
    let next = horizon.next_of(lesson.journal, lesson.lesson.date);
    Some(Task {
        journal: lesson.journal,
        set_at: lesson.lesson,
        subject: lesson.subject.clone(),
        text: homework.text.clone(),
        minutes: homework.minutes,
        due: next.map(|(date, next)| Due {
            lesson: LessonKey {
                date,
                number: next.slot.number,
            },
            start: next.slot.start,
        }),
    })
}

/// Which tasks are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum When {
    /// All that are not past.
    #[default]
    All,
    /// Due today.
    Today,
    /// Due tomorrow.
    Tomorrow,
    /// Due this week, from today on.
    Week,
}

impl When {
    /// Every choice, in the order in which the page offers them.
    pub(crate) const ALL: [Self; 4] = [Self::All, Self::Today, Self::Tomorrow, Self::Week];

    /// Its name in the address and in translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Week => "week",
        }
    }

    /// Whether a task is looked at on the day `today`. What is due at no known lesson is among all only.
    pub(crate) fn includes(self, task: &Task, today: Date) -> bool {
        let Some(due) = task.due_on() else {
            return self == Self::All;
        };
        due >= today
            && match self {
                Self::All => true,
                Self::Today => due == today,
                Self::Tomorrow => today.tomorrow().is_ok_and(|tomorrow| due == tomorrow),
                Self::Week => due <= Week::of(today).sunday(),
            }
    }
}

impl FromStr for When {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL
            .into_iter()
            .find(|when| when.as_str() == text)
            .ok_or(ParseError("choice of days"))
    }
}

/// How much work some tasks are expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Load {
    /// The minutes of those tasks whose duration is known.
    pub(crate) minutes: u32,
    /// How many have no duration.
    pub(crate) unknown: usize,
}

impl Load {
    /// The load of some tasks.
    pub(crate) fn of<'a>(tasks: impl IntoIterator<Item = &'a Task>) -> Self {
        let mut load = Self::default();
        for task in tasks {
            match task.minutes {
                Some(minutes) => load.minutes += u32::from(minutes),
                None => load.unknown += 1,
            }
        }
        load
    }

    /// Whether it is more than a ceiling allows.
    pub(crate) fn is_over(self, ceiling: Option<u16>) -> bool {
        ceiling.is_some_and(|ceiling| self.minutes > u32::from(ceiling))
    }
}

/// The tasks of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DueDay {
    /// The day; nothing for what is due at no known lesson.
    pub(crate) date: Option<Date>,
    /// What is due then, by lesson.
    pub(crate) tasks: Vec<Task>,
    /// How much it is.
    pub(crate) load: Load,
}

/// Tasks by the day on which they are due, the nearest first and those without a day last.
pub(crate) fn by_day(tasks: Vec<Task>) -> Vec<DueDay> {
    let mut days: BTreeMap<(bool, Option<Date>), Vec<Task>> = BTreeMap::new();
    for task in tasks {
        let date = task.due_on();
        days.entry((date.is_none(), date)).or_default().push(task);
    }
    days.into_iter()
        .map(|((_, date), tasks)| DueDay {
            date,
            load: Load::of(&tasks),
            tasks,
        })
        .collect()
}

#[cfg(test)]
mod tests;
