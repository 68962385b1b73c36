//! What is to be done, and by when. Pure.

use std::{collections::BTreeMap, str::FromStr};

use gradebook::{ClassLesson, Homework, LaterTask};
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
    /// When it begins; nothing where it is chosen and beyond the weeks looked at, or not held any more.
    pub(crate) start: Option<Time>,
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
    /// By when: the lesson that the teacher has chosen, whatever has become of it; else the next lesson of the group on a
    /// later day, by timetable, changes and calendar. Nothing where no such lesson is within the weeks looked at.
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

/// What was set to a pupil: at lessons that were opened, and before them for the weeks that are looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SetTasks<'a> {
    /// The lessons.
    pub(crate) opened: &'a [ClassLesson],
    /// What weeks show because it is due in them; what was set at one of the lessons stands among these too.
    pub(crate) later: &'a [LaterTask],
    /// Where the pupil learns.
    pub(crate) learns_in: &'a [LearnsIn],
}

impl<'a> SetTasks<'a> {
    /// The tasks that were set to the pupil, each once, as their lesson says where it is known.
    fn each(self) -> impl Iterator<Item = (GroupId, LessonKey, &'a str, &'a Homework)> {
        let of_lesson = |lesson: &'a ClassLesson| {
            let homework = lesson.homework.as_ref()?;
            Some((lesson.journal, lesson.lesson, lesson.subject.as_str(), homework))
        };
        let is_opened = move |task: &&LaterTask| {
            let mut opened = self.opened.iter();
            opened.any(|lesson| (lesson.journal, lesson.lesson) == (task.journal, task.set_at))
        };
        let earlier = self.later.iter().filter(move |task| !is_opened(task));
        let earlier = earlier.map(|task| (task.journal, task.set_at, task.subject.as_str(), &task.homework));
        self.opened
            .iter()
            .filter_map(of_lesson)
            .chain(earlier)
            .filter(move |(journal, set_at, ..)| learns(self.learns_in, *journal, set_at.date))
    }
}

/// The tasks whose lesson the teacher has chosen, by that lesson: a day shows what is due on it.
pub(crate) fn chosen(set: SetTasks<'_>) -> Vec<Task> {
    let mut tasks = tasks(set, &Horizon::default());
    tasks.retain(|task| task.due.is_some());
    tasks
}

/// The tasks that were set to a pupil, by the lesson at which they are due and then by when they were set.
pub(crate) fn tasks(set: SetTasks<'_>, horizon: &Horizon) -> Vec<Task> {
    let mut tasks: Vec<Task> = set
        .each()
        .map(|(journal, set_at, subject, homework)| Task {
            journal,
            set_at,
            subject: subject.to_owned(),
            text: homework.text.clone(),
            minutes: homework.minutes,
            due: due(journal, set_at, homework, horizon),
        })
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

/// At which lesson homework is due.
fn due(journal: GroupId, set_at: LessonKey, homework: &Homework, horizon: &Horizon) -> Option<Due> {
    if let Some(lesson) = homework.due {
        return Some(Due {
            lesson,
            start: horizon.start_of(journal, lesson),
        });
    }
    let (date, next) = horizon.next_of(journal, set_at.date)?;
    Some(Due {
        lesson: LessonKey {
            date,
            number: next.slot.number,
        },
        start: Some(next.slot.start),
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
