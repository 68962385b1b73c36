//! A week of the diary: the timetable, what the journals say of it, and the pupil's cells. Pure.

use gradebook::{Cell, ClassLesson, LaterTask, PupilRow};
use jiff::civil::{Date, DateTime, Time};
use model::{Attendance, GroupId, LessonKey, Week};
use rosters::LearnsIn;
use timetables::{LessonState, PlannedLesson, WeekPlan};

use crate::homework::{SetTasks, Task, chosen};

/// A day of the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    /// The date.
    pub(crate) date: Date,
    /// Why there are no lessons, on a day off.
    pub(crate) day_off: Option<String>,
    /// The lessons by number.
    pub(crate) lessons: Vec<DayLesson>,
    /// The homework whose lesson the teacher has chosen and that is due on this day, by that lesson. What is due at the next
    /// lesson stands at the lesson at which it was set.
    pub(crate) due: Vec<Task>,
}

/// A lesson of the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DayLesson {
    /// The number in the day.
    pub(crate) number: u8,
    /// Beginning and end, when the timetable knows the lesson.
    pub(crate) time: Option<(Time, Time)>,
    /// The journal.
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// Where.
    pub(crate) room: String,
    /// Who teaches.
    pub(crate) teacher: String,
    /// What it was about.
    pub(crate) topic: String,
    /// What was set for the next time.
    pub(crate) homework: String,
    /// How long the homework is expected to take.
    pub(crate) homework_minutes: Option<u16>,
    /// The lesson for which it is due, where the teacher has chosen one.
    pub(crate) homework_due: Option<LessonKey>,
    /// The marks, as shown.
    pub(crate) marks: Vec<String>,
    /// What the teacher says to the family.
    pub(crate) comment: Option<String>,
    /// How the pupil was at the lesson, if not simply present.
    pub(crate) attendance: Option<Attendance>,
    /// Whether it stands in the journal but not in the timetable.
    pub(crate) is_extra: bool,
    /// How it differs on this date from the published week.
    pub(crate) state: LessonState,
    /// Why it differs; may be empty.
    pub(crate) note: String,
}

impl Day {
    /// A day of which nothing is known: a Sunday, or one beyond the weeks that were read.
    pub(crate) const fn empty(date: Date) -> Self {
        Self {
            date,
            day_off: None,
            lessons: Vec::new(),
            due: Vec::new(),
        }
    }
}

/// What a week is put together from.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    /// What the class has in the week: timetable, calendar, changes.
    pub(crate) plan: &'a WeekPlan,
    /// The lessons that teachers have opened, of all groups that draw from the class.
    pub(crate) opened: &'a [ClassLesson],
    /// The pupil's homework of other weeks that is due in this one.
    pub(crate) later: &'a [LaterTask],
    /// The pupil's rows of the period.
    pub(crate) rows: &'a [PupilRow],
    /// The teaching groups in which the pupil learns; of two subgroups at one time only the own one is shown.
    pub(crate) learns_in: &'a [LearnsIn],
}

impl Sources<'_> {
    /// Whether the pupil learned in the group that day: it may be another subgroup from Monday on.
    fn concerns(&self, group: GroupId, date: Date) -> bool {
        self.learns_in
            .iter()
            .any(|held| held.group == group && held.holds_on(date))
    }
}

/// The days of a week, Monday to Saturday.
pub(crate) fn days(week: Week, sources: &Sources<'_>) -> Vec<Day> {
    let due = chosen(SetTasks {
        opened: sources.opened,
        later: sources.later,
        learns_in: sources.learns_in,
    });
    week.school_days().map(|date| day(date, sources, &due)).collect()
}

fn day(date: Date, sources: &Sources<'_>, due: &[Task]) -> Day {
    let mut lessons: Vec<DayLesson> = sources
        .plan
        .on(date)
        .into_iter()
        .filter(|planned| sources.concerns(planned.slot.group, date))
        .map(|planned| of_planned(date, planned, sources))
        .collect();
    for opened in sources.opened.iter().filter(|opened| opened.lesson.date == date) {
        let planned = lessons
            .iter()
            .any(|lesson| lesson.journal == opened.journal && lesson.number == opened.lesson.number);
        if !planned && sources.concerns(opened.journal, date) {
            lessons.push(extra(opened, sources));
        }
    }
    lessons.sort_by_key(|lesson| lesson.number);
    let due = due.iter().filter(|task| task.due_on() == Some(date));
    Day {
        due: due.cloned().collect(),
        date,
        day_off: day_off(date, sources.plan, lessons.is_empty()),
        lessons,
    }
}

/// What people call a day off; one of this grade only where nothing is held.
fn day_off(date: Date, plan: &WeekPlan, is_empty: bool) -> Option<String> {
    let of_all = plan
        .calendars
        .values()
        .find_map(|calendar| calendar.day_off(date));
    let of_groups = || plan.timetable.as_ref()?.groups_off_on(date).filter(|_| is_empty);
    of_all
        .map(|day| day.title.clone())
        .or_else(|| of_groups().map(|off| off.title.clone()))
}

fn of_planned(date: Date, planned: PlannedLesson, sources: &Sources<'_>) -> DayLesson {
    let PlannedLesson { slot, state, note } = planned;
    let key = LessonKey {
        date,
        number: slot.number,
    };
    let opened = sources
        .opened
        .iter()
        .find(|opened| opened.journal == slot.group && opened.lesson == key);
    DayLesson {
        time: Some((slot.start, slot.end)),
        room: slot.room,
        teacher: slot.teacher_name,
        is_extra: false,
        state,
        note,
        ..lesson(slot.group, key, &slot.subject, opened, sources)
    }
}

fn extra(opened: &ClassLesson, sources: &Sources<'_>) -> DayLesson {
    lesson(
        opened.journal,
        opened.lesson,
        &opened.subject,
        Some(opened),
        sources,
    )
}

fn lesson(
    journal: GroupId,
    key: LessonKey,
    subject: &str,
    opened: Option<&ClassLesson>,
    sources: &Sources<'_>,
) -> DayLesson {
    let homework = opened.and_then(|opened| opened.homework.as_ref());
    let cell = cell(journal, key, sources.rows);
    DayLesson {
        number: key.number,
        time: None,
        journal,
        subject: subject.to_owned(),
        room: String::new(),
        teacher: String::new(),
        topic: opened.map(|opened| opened.topic.clone()).unwrap_or_default(),
        homework: homework.map(|homework| homework.text.clone()).unwrap_or_default(),
        homework_minutes: homework.and_then(|homework| homework.minutes),
        homework_due: homework.and_then(|homework| homework.due),
        marks: cell
            .iter()
            .flat_map(|cell| &cell.value.marks)
            .map(|mark| mark.mark.short())
            .collect(),
        comment: cell.and_then(|cell| cell.value.comment.clone()),
        attendance: cell.and_then(|cell| cell.value.attendance),
        is_extra: true,
        state: LessonState::Usual,
        note: String::new(),
    }
}

fn cell(journal: GroupId, key: LessonKey, rows: &[PupilRow]) -> Option<&Cell> {
    rows.iter()
        .find(|row| row.key.journal == journal)?
        .cells
        .get(&key)
}

impl DayLesson {
    /// Whether the lesson is held at that moment.
    pub(crate) fn is_now(&self, date: Date, now: DateTime) -> bool {
        self.state.is_held()
            && self
                .time
                .is_some_and(|(start, end)| now.date() == date && (start..end).contains(&now.time()))
    }
}

#[cfg(test)]
mod tests;
