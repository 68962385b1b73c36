//! What a pupil answers to homework, and what the teacher says to it.

use jiff::{Timestamp, civil::Date};
use model::{GroupId, LessonKey, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::{RowKey, Signed};

/// Who speaks in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerSide {
    /// The pupil.
    Pupil,
    /// Who teaches the group.
    Teacher,
}

impl AnswerSide {
    /// The name used in API and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pupil => "pupil",
            Self::Teacher => "teacher",
        }
    }
}

/// How the work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// Answered, and not looked at since.
    Sent,
    /// The teacher has taken it («принято»).
    Accepted,
    /// The teacher has given it back («доработать»).
    ToRedo,
}

impl AnswerState {
    /// The name used in API and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::ToRedo => "to_redo",
        }
    }
}

/// Whose answer to which homework: that of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerKey {
    /// The journal.
    pub journal: GroupId,
    /// The lesson at which it was set.
    pub lesson: LessonKey,
    /// The pupil.
    pub pupil: PersonId,
}

impl AnswerKey {
    /// The partition of the threads of a homework.
    pub(crate) fn threads(journal: GroupId, lesson: LessonKey) -> String {
        format!("ANSWERS#{journal}#{lesson}")
    }

    /// The partition of the entries of a thread.
    pub(crate) fn entries(&self) -> String {
        format!("{}#{}", Self::threads(self.journal, self.lesson), self.pupil)
    }
}

/// One thing said in a thread. Never changed, never removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerEntry {
    /// The journal.
    pub journal: GroupId,
    /// The lesson.
    pub lesson: LessonKey,
    /// The pupil whose thread it is.
    pub pupil: PersonId,
    /// Its number in the thread, from 1.
    pub number: u64,
    /// Who says it.
    pub side: AnswerSide,
    /// As whom, and when.
    #[serde(flatten)]
    pub signed: Signed,
    /// What is said; the teacher may accept without a word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How the work stands since.
    pub state: AnswerState,
}

impl AnswerEntry {
    /// Whose answer to which homework.
    pub const fn thread(&self) -> AnswerKey {
        AnswerKey {
            journal: self.journal,
            lesson: self.lesson,
            pupil: self.pupil,
        }
    }
}

impl Record for AnswerEntry {
    const ENTITY: &'static str = "answer_entry";

    fn key(&self) -> Key {
        Key {
            pk: self.thread().entries(),
            sk: format!("{:08}", self.number),
        }
    }
}

/// How a pupil's work on a homework stands: what lists show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerThread {
    /// The journal.
    pub journal: GroupId,
    /// The lesson.
    pub lesson: LessonKey,
    /// The pupil.
    pub pupil: PersonId,
    /// The number of its last entry.
    pub entries: u64,
    /// How it stands.
    pub state: AnswerState,
    /// Since when.
    pub at: Timestamp,
}

impl AnswerThread {
    const PREFIX: &'static str = "ANSWER#";

    /// The thread once an entry has come to it.
    pub const fn after(entry: &AnswerEntry) -> Self {
        Self {
            journal: entry.journal,
            lesson: entry.lesson,
            pupil: entry.pupil,
            entries: entry.number,
            state: entry.state,
            at: entry.signed.at,
        }
    }

    pub(crate) fn pupil_partition(pupil: PersonId) -> String {
        RowKey::pupil_partition(pupil)
    }

    /// Where the threads of lessons from a day on begin among a pupil's, and those of the day after it end.
    pub(crate) fn days(from: Date, until: Date) -> (String, String) {
        let prefix = Self::PREFIX;
        (format!("{prefix}{from}"), format!("{prefix}{until}~"))
    }
}

impl Record for AnswerThread {
    const ENTITY: &'static str = "answer_thread";

    fn key(&self) -> Key {
        Key {
            pk: AnswerKey::threads(self.journal, self.lesson),
            sk: self.pupil.to_string(),
        }
    }

    /// Beside the pupil's rows and results, by lesson: a diary shows them with what is to be done.
    fn first_index(&self) -> Option<Key> {
        Some(Key {
            pk: Self::pupil_partition(self.pupil),
            sk: format!("{}{}#{}", Self::PREFIX, self.lesson, self.journal),
        })
    }
}
