//! What the API gives of the family's own part of the diary: homework with ticks, news, who has read, all children.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use model::{Attendance, GroupId, LessonKey, PersonId, Week};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::DayView,
    handlers::{
        class_readers::{ClassReaders, PupilReaders},
        family::{FamilyChild, FamilyDay},
        homework::LoadedHomework,
        news::LoadedNews,
    },
    homework::{DueDay, Task},
    news::{Entry, Novelty, Thing},
};

/// A task.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskView {
    /// The journal.
    #[schema(value_type = String)]
    journal: GroupId,
    /// At which lesson it was set: date and number.
    #[schema(value_type = String)]
    lesson: LessonKey,
    /// What is taught.
    subject: String,
    /// What is to be done.
    text: String,
    /// How long it is expected to take.
    minutes: Option<u16>,
    /// At which lesson it is due: date and number; nothing where no such lesson is known yet.
    #[schema(value_type = Option<String>)]
    due: Option<LessonKey>,
    /// When that lesson begins, local time.
    #[schema(value_type = Option<String>)]
    due_at: Option<Time>,
    /// Whether the family has ticked it; left out for who is not of the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<bool>,
    /// How the pupil's answer to it stands, in the list of homework: `sent`, `accepted`, `to_redo`.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
}

impl TaskView {
    pub(crate) fn of(task: &Task, done: Option<bool>) -> Self {
        Self {
            journal: task.journal,
            lesson: task.set_at,
            subject: task.subject.clone(),
            text: task.text.clone(),
            minutes: task.minutes,
            due: task.due.map(|due| due.lesson),
            due_at: task.due.and_then(|due| due.start),
            done,
            answer: None,
        }
    }
}

/// What is due on one day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DueDayView {
    /// The day; nothing for tasks that are due at no known lesson.
    #[schema(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    /// The sum of the known durations.
    minutes: u32,
    /// How many tasks have no duration.
    without_duration: usize,
    /// Whether the sum is above the ceiling of the norms in force.
    is_over_ceiling: bool,
    /// The tasks by lesson.
    tasks: Vec<TaskView>,
}

/// Homework by days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HomeworkView {
    /// The most minutes for a day by the norms in force (СП 2.4.3648-20 and its successors), where they say any.
    ceiling_minutes: Option<u16>,
    /// The days, the nearest first.
    days: Vec<DueDayView>,
}

impl HomeworkView {
    pub(crate) fn of(loaded: &LoadedHomework) -> Self {
        let task = |task: &Task| {
            let done = loaded.ticks.as_ref().map(|_| loaded.tick(task).is_some());
            TaskView {
                answer: loaded.answer(task).map(|answer| answer.state.as_str()),
                ..TaskView::of(task, done)
            }
        };
        let day = |day: &DueDay| DueDayView {
            date: day.date,
            minutes: day.load.minutes,
            without_duration: day.load.unknown,
            is_over_ceiling: day.load.is_over(loaded.ceiling),
            tasks: day.tasks.iter().map(task).collect(),
        };
        Self {
            ceiling_minutes: loaded.ceiling,
            days: loaded.days.iter().map(day).collect(),
        }
    }
}

/// A thing that is new.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewsItemView {
    /// `new`, `changed` or `removed`.
    novelty: &'static str,
    /// `mark`, `homework` or `change`.
    kind: &'static str,
    /// At which lesson: date and number.
    #[schema(value_type = String)]
    lesson: LessonKey,
    /// What is taught.
    subject: String,
    /// The marks that stand there now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<String>,
    /// How the pupil was at the lesson.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    attendance: Option<Attendance>,
    /// The teacher's comment, the task, or why the lesson is changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    /// How the lesson is changed: `replaced`, `moved_away`, `cancelled`, `additional`.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
    /// To which lesson it was moved.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_to: Option<LessonKey>,
    /// When the lesson was changed. Of marks and homework no moment is kept here.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Timestamp>,
}

impl NewsItemView {
    fn of((novelty, entry): &(Novelty, Entry)) -> Self {
        let mut view = Self {
            novelty: novelty.as_str(),
            kind: "mark",
            lesson: entry.lesson,
            subject: entry.subject.clone(),
            marks: vec![],
            attendance: None,
            text: String::new(),
            change: None,
            moved_to: None,
            at: None,
        };
        match &entry.thing {
            Thing::Cell {
                marks,
                attendance,
                comment,
            } => {
                view.marks.clone_from(marks);
                view.attendance = *attendance;
                view.text = comment.clone().unwrap_or_default();
            }
            Thing::Homework(text) => {
                view.kind = "homework";
                view.text.clone_from(text);
            }
            Thing::Change {
                kind,
                other,
                note,
                at,
                ..
            } => {
                view.kind = "change";
                view.text.clone_from(note);
                view.change = Some(kind);
                view.moved_to = *other;
                view.at = Some(*at);
            }
        }
        view
    }
}

/// What is new.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewsView {
    /// Since when: the beginning of the last visit.
    #[schema(value_type = Option<String>)]
    since: Option<Timestamp>,
    /// Whether the caller has never looked: then nothing is new.
    is_first: bool,
    /// The things, the latest lessons first.
    news: Vec<NewsItemView>,
}

impl NewsView {
    pub(crate) fn of(loaded: &LoadedNews) -> Self {
        Self {
            since: loaded.since,
            is_first: loaded.is_first,
            news: loaded.news.iter().map(NewsItemView::of).collect(),
        }
    }
}

/// Somebody who has read a week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReaderView {
    /// Who.
    #[schema(value_type = String)]
    person: PersonId,
    /// How they are called.
    name: String,
    /// When they first said so.
    #[schema(value_type = String)]
    at: Timestamp,
}

/// Who has read a week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadersView {
    /// The Monday.
    #[schema(value_type = String, format = Date)]
    monday: Date,
    /// The readers, the first one first.
    readers: Vec<ReaderView>,
}

impl ReadersView {
    pub(crate) fn of(week: Week, readers: &[(PersonId, String, Timestamp)]) -> Self {
        let reader = |(person, name, at): &(PersonId, String, Timestamp)| ReaderView {
            person: *person,
            name: name.clone(),
            at: *at,
        };
        Self {
            monday: week.monday(),
            readers: readers.iter().map(reader).collect(),
        }
    }
}

/// When the diary of a pupil was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PupilReadersView {
    /// The pupil.
    #[schema(value_type = String)]
    pupil: PersonId,
    /// Family and given name.
    name: String,
    /// When the pupil said so, in UTC.
    #[schema(value_type = Option<String>, format = DateTime)]
    by_pupil: Option<Timestamp>,
    /// When the first of the family said so, in UTC.
    #[schema(value_type = Option<String>, format = DateTime)]
    by_family: Option<Timestamp>,
}

/// Which families of a class have read a week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassReadersView {
    /// The Monday.
    #[schema(value_type = String, format = Date)]
    monday: Date,
    /// The pupils of the week, by name.
    pupils: Vec<PupilReadersView>,
}

impl ClassReadersView {
    pub(crate) fn of(readers: &ClassReaders) -> Self {
        let pupil = |pupil: &PupilReaders| PupilReadersView {
            pupil: pupil.pupil,
            name: pupil.name.clone(),
            by_pupil: pupil.by_pupil,
            by_family: pupil.by_family,
        };
        Self {
            monday: readers.week.monday(),
            pupils: readers.pupils.iter().map(pupil).collect(),
        }
    }
}

/// A day of a child with what is due on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FamilyDayView {
    /// The day.
    #[serde(flatten)]
    day: DayView,
    /// The tasks that are due on it.
    due: Vec<TaskView>,
}

/// A child.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FamilyChildView {
    /// The child.
    #[schema(value_type = String)]
    child: PersonId,
    /// The given name.
    name: String,
    /// The class: «7А»; nothing for a child who belongs to none now.
    class: Option<String>,
    /// The institution's name.
    institution: Option<String>,
    /// Today, and the next day with lessons.
    days: Vec<FamilyDayView>,
}

/// The caller's children.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FamilyView {
    /// The children.
    children: Vec<FamilyChildView>,
}

impl FamilyView {
    pub(crate) fn of(family: &[FamilyChild]) -> Self {
        let day = |day: &FamilyDay| FamilyDayView {
            day: DayView::of(&day.day),
            due: day.due.iter().map(|task| TaskView::of(task, None)).collect(),
        };
        let child = |child: &FamilyChild| {
            let learns = child.learns.as_ref();
            FamilyChildView {
                child: child.child,
                name: child.name.clone(),
                class: learns.map(|learns| learns.class.clone()),
                institution: learns.map(|learns| learns.institution.clone()),
                days: learns.iter().flat_map(|learns| &learns.days).map(day).collect(),
            }
        };
        Self {
            children: family.iter().map(child).collect(),
        }
    }
}
