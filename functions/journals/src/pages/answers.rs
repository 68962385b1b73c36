//! A pupil's work on a homework: what was said, and the form to say more.

use askama::Template;
use gradebook::{AnswerEntry, AnswerSide, AnswerState};
use model::PeriodId;
use ui::{DateStyle, Frame};

use super::moment;
use crate::{answers::AnswerError, handlers::answers::Thread};

/// The thread.
#[derive(Template)]
#[template(path = "answers.html")]
pub(crate) struct ThreadPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The period of the lesson.
    pub(crate) period: PeriodId,
    /// What was said, and who reads it.
    pub(crate) thread: Thread,
    /// What was typed and not taken.
    pub(crate) text: String,
    /// Why not.
    pub(crate) refusal: Option<AnswerError>,
}

impl ThreadPage<'_> {
    fn lesson(&self) -> String {
        let key = self.thread.key;
        format!("/journals/{}/{}/lessons/{}", key.journal, self.period, key.lesson)
    }

    fn address(&self) -> String {
        format!("{}/answers/{}", self.lesson(), self.thread.key.pupil)
    }

    fn subject(&self) -> &str {
        self.thread.roster.group.subject.as_deref().unwrap_or_default()
    }

    fn set_on(&self) -> String {
        let day = self.frame.texts.date(self.thread.key.lesson.date, DateStyle::Day);
        self.frame.texts.of("answers-set-on", &day)
    }

    fn refusal_text(&self) -> Option<String> {
        let error = self.refusal?;
        Some(self.frame.texts.get(&format!("problem-{}", error.code())))
    }

    fn signature(&self, entry: &AnswerEntry) -> String {
        let zone = self.thread.roster.group.zone();
        format!(
            "{}, {}",
            entry.signed.by_name,
            moment(self.frame.texts, &zone, entry.signed.at)
        )
    }

    fn state(&self, entry: &AnswerEntry) -> String {
        self.frame.texts.get(&format!("answers-{}", entry.state.as_str()))
    }

    /// Whether the reader is the pupil and there is something to be done.
    fn can_answer(&self) -> bool {
        let state = self.thread.entries.last().map(|last| last.state);
        self.thread.side == Some(AnswerSide::Pupil) && state != Some(AnswerState::Accepted)
    }

    /// Whether the reader teaches the group and there is an answer.
    fn can_reply(&self) -> bool {
        self.thread.side == Some(AnswerSide::Teacher) && !self.thread.entries.is_empty()
    }
}
