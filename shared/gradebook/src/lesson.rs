//! A lesson that was held or is planned.

use model::{GroupId, LessonKey, PeriodId, PersonId, Work};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::ClassLesson;

/// The partition of a journal.
pub(crate) fn partition(journal: GroupId) -> String {
    format!("JOURNAL#{journal}")
}

/// What is to be done by the next lesson, or by a later one that the teacher has chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Homework {
    /// The task.
    pub text: String,
    /// How long it is expected to take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// For whom, if not for all of the group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pupils: Vec<PersonId>,
    /// The lesson for which it is due, where the teacher has chosen one. Nothing means the next lesson by the timetable,
    /// whichever that turns out to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<LessonKey>,
}

impl Homework {
    /// Whether it is set to a pupil of the group.
    pub fn is_for(&self, pupil: PersonId) -> bool {
        self.pupils.is_empty() || self.pupils.contains(&pupil)
    }
}

/// A lesson in a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// The journal.
    pub journal: GroupId,
    /// The period into which it falls.
    pub period: PeriodId,
    /// Its date and number.
    pub lesson: LessonKey,
    /// What is taught.
    pub subject: String,
    /// The classes whose diaries show it.
    pub classes: Vec<GroupId>,
    /// What it was about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub topic: String,
    /// What was set for the next time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub homework: Option<Homework>,
    /// The works for which marks can be given.
    pub works: Vec<Work>,
    /// Who opened it.
    pub opened_by: PersonId,
}

impl Lesson {
    /// Where a lesson is kept.
    pub fn key_of(journal: GroupId, period: &PeriodId, lesson: LessonKey) -> Key {
        Key {
            pk: partition(journal),
            sk: format!("{period}#LESSON#{lesson}"),
        }
    }

    /// The lesson as the diaries of its classes show it.
    pub fn for_diaries(&self) -> ClassLesson {
        ClassLesson {
            journal: self.journal,
            lesson: self.lesson,
            subject: self.subject.clone(),
            topic: self.topic.clone(),
            homework: self.homework.clone(),
        }
    }
}

impl Record for Lesson {
    const ENTITY: &'static str = "lesson";

    fn key(&self) -> Key {
        Self::key_of(self.journal, &self.period, self.lesson)
    }
}
