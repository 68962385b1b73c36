//! What the API takes and gives of answers to homework.

use gradebook::{AnswerEntry, AnswerThread};
use model::PersonId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is said in a thread. A pupil sends a text; who teaches the group also how the work stands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SayInThread {
    /// The number of the last entry that was seen; 0 where there was none.
    #[serde(default)]
    pub(crate) seen: u64,
    /// The text, up to 4,000 characters.
    #[serde(default)]
    pub(crate) text: String,
    /// Of a teacher: `accepted`, or `to_redo` with a text.
    #[serde(default)]
    pub(crate) verdict: String,
}

/// One thing said in a thread.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerEntryView {
    /// Its number, from 1.
    number: u64,
    /// `pupil` or `teacher`.
    side: &'static str,
    /// When, in UTC.
    at: String,
    /// As they were named then.
    by_name: String,
    /// What is said.
    text: String,
    /// How the work stands since: `sent`, `accepted`, `to_redo`.
    state: &'static str,
}

impl AnswerEntryView {
    fn of(entry: &AnswerEntry) -> Self {
        Self {
            number: entry.number,
            side: entry.side.as_str(),
            at: entry.signed.at.to_string(),
            by_name: entry.signed.by_name.clone(),
            text: entry.text.clone(),
            state: entry.state.as_str(),
        }
    }
}

/// What was said of a pupil's work on a homework.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerThreadView {
    /// The task.
    homework: String,
    /// How the work stands; nothing where there is no answer.
    state: Option<&'static str>,
    /// What was said, the first first.
    entries: Vec<AnswerEntryView>,
}

impl AnswerThreadView {
    /// The thread as the API shows it.
    pub(crate) fn of(homework: &str, entries: &[AnswerEntry]) -> Self {
        Self {
            homework: homework.to_owned(),
            state: entries.last().map(|last| last.state.as_str()),
            entries: entries.iter().map(AnswerEntryView::of).collect(),
        }
    }
}

/// How a pupil's work stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerView {
    /// The pupil.
    #[schema(value_type = String)]
    pupil: PersonId,
    /// `sent`, `accepted`, `to_redo`.
    state: &'static str,
    /// Since when, in UTC.
    at: String,
}

/// Who has answered to a homework.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswersView {
    /// By pupil.
    answers: Vec<AnswerView>,
}

impl AnswersView {
    /// The list as the API shows it.
    pub(crate) fn of(threads: &[AnswerThread]) -> Self {
        let answers = threads.iter().map(|thread| AnswerView {
            pupil: thread.pupil,
            state: thread.state.as_str(),
            at: thread.at.to_string(),
        });
        Self {
            answers: answers.collect(),
        }
    }
}
