//! Homework that is due in another week than the one in which it was set, as the week in which it is due shows it.

use model::{GroupId, LessonKey, PersonId, Week};
use serde::{Deserialize, Serialize};
use store::{StoreError, Untyped, Write};

use crate::{Homework, Lesson, class_week::ClassWeek};

/// Homework that is due in another week than the one in which it was set.
///
/// The lesson keeps it; the week in which it is due shows it too, so that whoever reads that week needs no other. It is
/// written in one transaction with the lesson, and only where the teacher has chosen a lesson: what is due at the next one
/// is found by the timetable, whatever becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterTask {
    /// The journal.
    pub journal: GroupId,
    /// At which lesson it was set.
    pub set_at: LessonKey,
    /// For which lesson it is due.
    pub due: LessonKey,
    /// What is taught.
    pub subject: String,
    /// The homework itself.
    pub homework: Homework,
}

/// A task as it is kept: the lesson for which it is due, subject, text, minutes, and for whom it is if not for all.
#[derive(Serialize, Deserialize)]
struct KeptTask(
    LessonKey,
    String,
    String,
    Option<u16>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")] Vec<PersonId>,
);

impl LaterTask {
    /// So many weeks after its lesson homework can be due at the most: ten lessons of a subject that is taught once a week,
    /// and a break.
    pub const MOST_WEEKS: i64 = 13;

    /// What the week shows in which the homework of a lesson is due; nothing where that is the lesson's own week, which shows
    /// the lesson, or where it is due at the next lesson.
    pub fn of(lesson: &Lesson) -> Option<Self> {
        let homework = lesson.homework.as_ref()?;
        let due = homework.due?;
        (Week::of(due.date) != Week::of(lesson.lesson.date)).then(|| Self {
            journal: lesson.journal,
            set_at: lesson.lesson,
            due,
            subject: lesson.subject.clone(),
            homework: homework.clone(),
        })
    }

    /// Whether it is set to a pupil of the group.
    pub fn is_for(&self, pupil: PersonId) -> bool {
        self.homework.is_for(pupil)
    }

    /// The writes that make the weeks of a class show the homework of a lesson as it is now, where they show it as it was
    /// before: at most one in each of the two weeks.
    ///
    /// # Errors
    /// None in practice: a task can always be written as text.
    pub fn show(
        class: GroupId,
        before: Option<&Self>,
        after: Option<&Self>,
    ) -> Result<Vec<Write>, StoreError> {
        if before == after {
            return Ok(vec![]);
        }
        let week = |task: &Self| Week::of(task.due.date);
        let stays = before.map(week) == after.map(week);
        let mut writes = vec![];
        if let Some(before) = before.filter(|_| !stays) {
            let removed = Write::update_if(
                ClassWeek::key_of(class, week(before)),
                "REMOVE #task",
                "attribute_exists(#task)",
            );
            writes.push(removed.name("#task", before.attribute()));
        }
        if let Some(after) = after {
            let condition = if stays {
                "attribute_exists(#task)"
            } else {
                "attribute_not_exists(#task)"
            };
            let text = serde_json::to_string(&after.kept()).map_err(StoreError::malformed)?;
            let shown = Write::update_if(
                ClassWeek::key_of(class, week(after)),
                "SET #task = :task, #entity = :entity",
                condition,
            )
            .name("#task", after.attribute())
            .name("#entity", "entity")
            .text(":entity", ClassWeek::ENTITY)
            .text(":task", text);
            writes.push(shown);
        }
        Ok(writes)
    }

    /// The tasks that a week shows because they are due in it, by the lesson for which they are due.
    pub(crate) fn of_week(item: &Untyped) -> Result<Vec<Self>, StoreError> {
        let mut tasks = item
            .texts(ClassWeek::LATER)
            .map(|(name, text)| Self::read(name, text))
            .collect::<Result<Vec<_>, _>>()?;
        tasks.sort_by_key(|task| (task.due, task.journal, task.set_at));
        Ok(tasks)
    }

    fn attribute(&self) -> String {
        format!("{}{}-{}", ClassWeek::LATER, self.set_at, self.journal)
    }

    fn kept(&self) -> KeptTask {
        KeptTask(
            self.due,
            self.subject.clone(),
            self.homework.text.clone(),
            self.homework.minutes,
            self.homework.pupils.clone(),
        )
    }

    /// Reads a task from the rest of its attribute's name, `2026-11-23-02-grp_…`, and its value.
    fn read(name: &str, text: &str) -> Result<Self, StoreError> {
        let KeptTask(due, subject, homework, minutes, pupils) =
            serde_json::from_str(text).map_err(StoreError::malformed)?;
        let place = || {
            let (set_at, journal) = name.rsplit_once('-')?;
            Some((set_at.parse().ok()?, journal.parse().ok()?))
        };
        let (set_at, journal) = place().ok_or_else(|| StoreError::malformed("a task without a place"))?;
        Ok(Self {
            journal,
            set_at,
            due,
            subject,
            homework: Homework {
                text: homework,
                minutes,
                pupils,
                due: Some(due),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;

    fn key(date: Date, number: u8) -> LessonKey {
        LessonKey { date, number }
    }

    fn lesson(due: Option<LessonKey>, pupils: Vec<PersonId>) -> Lesson {
        Lesson {
            journal: GroupId::from_bits(1),
            period: "2026-q2".parse().expect("a period"),
            lesson: key(date(2026, 11, 23), 2),
            subject: "История".to_owned(),
            classes: vec![GroupId::from_bits(7)],
            topic: String::new(),
            homework: Some(Homework {
                text: "Реферат".to_owned(),
                minutes: Some(90),
                pupils,
                due,
            }),
            works: vec![],
            opened_by: PersonId::from_bits(2),
        }
    }

    #[test]
    fn only_what_is_due_in_another_week_stands_there() {
        assert_eq!(LaterTask::of(&lesson(None, vec![])), None);
        assert_eq!(
            LaterTask::of(&lesson(Some(key(date(2026, 11, 27), 1)), vec![])),
            None
        );
        assert!(LaterTask::of(&lesson(Some(key(date(2026, 11, 30), 2)), vec![])).is_some());
    }

    #[test]
    fn a_task_reads_back_as_it_was_kept() {
        for pupils in [vec![], vec![PersonId::from_bits(5)]] {
            let task = LaterTask::of(&lesson(Some(key(date(2026, 12, 14), 2)), pupils)).expect("a task");
            let text = serde_json::to_string(&task.kept()).expect("a text");
            let name = task.attribute();
            let rest = name.strip_prefix(ClassWeek::LATER).expect("the prefix");
            assert_eq!(LaterTask::read(rest, &text).expect("a task"), task);
        }
    }

    #[test]
    fn it_is_written_once_moved_by_two_writes_and_taken_away_by_one() {
        let class = GroupId::from_bits(7);
        let due = |day| LaterTask::of(&lesson(Some(key(date(2026, 12, day), 2)), vec![]));
        let writes = |before: Option<LaterTask>, after: Option<LaterTask>| {
            let shown = LaterTask::show(class, before.as_ref(), after.as_ref());
            shown.expect("writes").len()
        };
        assert_eq!(writes(None, None), 0);
        assert_eq!(writes(None, due(7)), 1);
        assert_eq!(writes(due(7), due(7)), 0);
        assert_eq!(writes(due(7), due(8)), 1, "another day of the same week");
        assert_eq!(writes(due(7), due(14)), 2);
        assert_eq!(writes(due(14), None), 1);
    }
}
