//! The making of a report of an institution: who asked for it, how far it is, who is at it. The rules are pure.
//!
//! A message may come twice, and whoever works at a report may end in the middle of it. So a run says when somebody last
//! worked at it: as long as that is not long ago nobody else begins, and after that anybody may. Every note of progress is
//! written over the version that was read; who has been overtaken stops.

use std::{fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp};
use model::{InstitutionId, ParseError, PeriodId, PersonId};
use serde::{Deserialize, Deserializer, Serialize, de};
use store::{Key, Record};
use utoipa::ToSchema;

/// Which report of an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReportKind {
    /// Results by class, subject and teacher.
    Results,
    /// What was missed, by class and reason.
    Attendance,
    /// What teachers had to give and gave.
    Load,
    /// What does not fit together in the journals.
    Checks,
    /// Changes of marks that are out of the ordinary.
    Changes,
}

impl ReportKind {
    /// Every kind, in the order in which lists show them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Results,
        Self::Attendance,
        Self::Load,
        Self::Checks,
        Self::Changes,
    ];

    /// The name in keys, addresses and translations.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Results => "results",
            Self::Attendance => "attendance",
            Self::Load => "load",
            Self::Checks => "checks",
            Self::Changes => "changes",
        }
    }
}

impl fmt::Display for ReportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ReportKind {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(ParseError("kind of a report"))
    }
}

impl<'de> Deserialize<'de> for ReportKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// Which report, of what, of when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Subject {
    /// The institution.
    pub(crate) institution: InstitutionId,
    /// The period.
    pub(crate) period: PeriodId,
    /// Which report.
    pub(crate) kind: ReportKind,
}

impl Subject {
    /// The partition of an institution's reports.
    pub(crate) fn partition(institution: InstitutionId) -> String {
        format!("INSTITUTION#{institution}")
    }

    /// The sort keys of the runs of a period begin so.
    pub(crate) fn runs(period: &PeriodId) -> String {
        format!("RUN#{period}#")
    }

    /// Where its run is kept.
    pub(crate) fn run_key(&self) -> Key {
        Key {
            pk: Self::partition(self.institution),
            sk: format!("{}{}", Self::runs(&self.period), self.kind),
        }
    }

    /// Where its last finished content is kept.
    pub(crate) fn content_key(&self) -> Key {
        Key {
            pk: Self::partition(self.institution),
            sk: format!("CONTENT#{}#{}", self.period, self.kind),
        }
    }
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RunState {
    /// Asked for; nobody is at it yet.
    Queued,
    /// Somebody is at it.
    Running,
    /// It is made.
    Done,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// Of which report.
    #[serde(flatten)]
    pub(crate) subject: Subject,
    /// Counts the times that the report was asked for, from 1: a message of an earlier time means nothing any more.
    pub(crate) number: u64,
    /// How it stands.
    pub(crate) state: RunState,
    /// Who asked.
    pub(crate) by: PersonId,
    /// When.
    pub(crate) asked_at: Timestamp,
    /// When somebody last worked at it.
    pub(crate) touched_at: Timestamp,
    /// Classes done.
    pub(crate) done: usize,
    /// Classes to do; 0 before they are known.
    pub(crate) total: usize,
}

/// What whoever got a message has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    /// Make the report.
    Take,
    /// Nothing: it is made, or was asked for anew.
    Nothing,
    /// Come again later: somebody else is at it, and may end in the middle.
    Later,
}

impl Run {
    /// After so long without a step whoever was at it is taken to have ended: a function ends after 5 minutes at the latest,
    /// and a class takes seconds.
    const STALE: SignedDuration = SignedDuration::from_mins(5);

    /// The run of a report that is asked for.
    pub(crate) fn asked(subject: Subject, before: Option<&Self>, by: PersonId, now: Timestamp) -> Self {
        Self {
            subject,
            number: before.map_or(0, |before| before.number) + 1,
            state: RunState::Queued,
            by,
            asked_at: now,
            touched_at: now,
            done: 0,
            total: 0,
        }
    }

    /// Whether it is not done and nobody has worked at it for long.
    pub(crate) fn stands_still(&self, now: Timestamp) -> bool {
        self.state != RunState::Done && self.touched_at + Self::STALE < now
    }

    /// Whether somebody works at it, or soon will.
    pub(crate) fn is_under_way(&self, now: Timestamp) -> bool {
        self.state != RunState::Done && !self.stands_still(now)
    }

    /// What a message that asks for the time `number` means now.
    pub(crate) fn claim(&self, number: u64, now: Timestamp) -> Claim {
        match self.state {
            _ if self.number != number => Claim::Nothing,
            RunState::Done => Claim::Nothing,
            RunState::Running if !self.stands_still(now) => Claim::Later,
            RunState::Queued | RunState::Running => Claim::Take,
        }
    }

    /// The run at its next step.
    #[must_use]
    pub(crate) fn step(self, state: RunState, done: usize, total: usize, now: Timestamp) -> Self {
        Self {
            state,
            done,
            total,
            touched_at: now,
            ..self
        }
    }
}

impl Record for Run {
    const ENTITY: &'static str = "run";

    fn key(&self) -> Key {
        self.subject.run_key()
    }
}

/// What a finished run has made. It stays until the next one is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// Of which report.
    #[serde(flatten)]
    pub(crate) subject: Subject,
    /// The time that it was asked for.
    pub(crate) number: u64,
    /// When it was finished.
    pub(crate) finished_at: Timestamp,
    /// A [`crate::school::Content`] as JSON: one text is a third of the same as nested attributes.
    pub(crate) content: String,
}

impl Record for Made {
    const ENTITY: &'static str = "content";

    fn key(&self) -> Key {
        self.subject.content_key()
    }
}

/// "Make this report": a message on the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MakeMessage {
    /// Which.
    #[serde(flatten)]
    pub(crate) subject: Subject,
    /// The time that it was asked for.
    pub(crate) number: u64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minutes * 60).expect("a moment")
    }

    fn run(state: RunState) -> Run {
        let subject = Subject {
            institution: InstitutionId::from_bits(1),
            period: "2026-q2".parse().expect("a period"),
            kind: ReportKind::Checks,
        };
        Run {
            state,
            ..Run::asked(subject, None, PersonId::from_bits(1), at(0))
        }
    }

    #[test]
    fn a_report_is_made_once_for_each_time_it_was_asked_for() {
        assert_eq!(run(RunState::Queued).claim(1, at(1)), Claim::Take);
        assert_eq!(run(RunState::Queued).claim(2, at(1)), Claim::Nothing);
        assert_eq!(run(RunState::Done).claim(1, at(1)), Claim::Nothing);
    }

    #[test]
    fn whoever_is_at_it_is_left_alone_until_long_nothing_was_heard() {
        assert_eq!(run(RunState::Running).claim(1, at(5)), Claim::Later);
        assert_eq!(run(RunState::Running).claim(1, at(6)), Claim::Take);
    }

    #[test]
    fn a_message_that_was_never_sent_leaves_a_run_that_can_be_asked_for_anew() {
        let lost = run(RunState::Queued);
        assert!(lost.is_under_way(at(4)) && lost.stands_still(at(6)));
        let again = Run::asked(lost.subject.clone(), Some(&lost), PersonId::from_bits(2), at(6));
        assert_eq!((again.number, again.state), (2, RunState::Queued));
    }

    #[test]
    fn keys_of_one_period_lie_together_and_kinds_read_back() {
        for kind in ReportKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
            let mut run = run(RunState::Done);
            run.subject.kind = kind;
            assert!(run.key().sk.starts_with("RUN#2026-q2#"));
        }
    }

    proptest! {
        #[test]
        fn a_run_is_under_way_stands_still_or_is_done_and_never_two_of_them(minutes in 0i64..60, done: bool) {
            let run = run(if done { RunState::Done } else { RunState::Running });
            let now = at(minutes);
            let states = [run.is_under_way(now), run.stands_still(now), run.state == RunState::Done];
            prop_assert_eq!(states.into_iter().filter(|is| *is).count(), 1);
        }
    }
}
