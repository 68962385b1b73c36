//! Whether a period takes a change, and what the change has to carry.

use gradebook::{InstitutionMarking, Openness, PeriodState, Reopening};
use jiff::Timestamp;
use model::{AcademicPeriod, MarkingSettings};
use rosters::GroupRoster;
use store::{Record, StoreError, Stored, Write};
use web::{Problem, Session};

use crate::App;

/// The longest reason for a change, in characters.
const LONGEST_REASON: usize = 300;

/// How a period stood when it was read. Every write into the period carries it: what was locked meanwhile takes nothing.
#[derive(Debug, Clone)]
pub(crate) enum Guard {
    /// It must still be of that version.
    Known(Stored<PeriodState>),
    /// It has had no lesson and begins with this write.
    New(Stored<PeriodState>),
}

impl Guard {
    /// The state.
    pub(crate) const fn state(&self) -> &PeriodState {
        match self {
            Self::Known(state) | Self::New(state) => &state.record,
        }
    }

    /// The version that follows.
    pub(crate) const fn next(&self) -> u64 {
        match self {
            Self::Known(state) => state.version + 1,
            Self::New(_) => 1,
        }
    }

    /// The write that makes a transaction hold it.
    pub(crate) fn write(&self) -> Result<Write, StoreError> {
        match self {
            Self::Known(state) => Write::check(state.record.key(), "#version = :version")
                .name("#version", "version")
                .typed_value(":version", &state.version),
            Self::New(state) => Write::create(state),
        }
    }

    /// How the period stands after a write has gone through.
    pub(crate) fn written(self) -> Self {
        match self {
            Self::Known(state) | Self::New(state) => Self::Known(state),
        }
    }
}

/// What is allowed in a period now.
#[derive(Debug, Clone)]
pub(crate) struct Permit {
    /// What each write carries.
    pub(crate) guard: Guard,
    /// Whether it takes changes.
    pub(crate) openness: Openness,
    now: Timestamp,
}

impl Permit {
    /// The settings by which the period counts.
    pub(crate) const fn marking(&self) -> &MarkingSettings {
        &self.guard.state().marking
    }

    /// Whether topics, homework and works can be changed.
    pub(crate) fn for_lesson(&self) -> Result<(), Problem> {
        match self.openness {
            Openness::Locked => Err(Problem::conflict("period_locked")),
            Openness::Open | Openness::Reopened(_) => Ok(()),
        }
    }

    /// Whether marks and results can be changed; the reason that goes into the history. In a period that was locked and is
    /// open for a time a reason is asked for, and a sign-in of this very hour: marks are altered with passwords of others.
    pub(crate) fn for_mark(&self, session: &Session, reason: &str) -> Result<Option<String>, Problem> {
        self.for_lesson()?;
        let Openness::Reopened(Reopening { .. }) = &self.openness else {
            return Ok(None);
        };
        let reason = parse_reason(reason)?;
        if session.is_fresh(self.now) {
            Ok(Some(reason))
        } else {
            Err(Problem::fresh_sign_in_needed())
        }
    }
}

/// A reason as a form or a program sent it.
pub(crate) fn parse_reason(text: &str) -> Result<String, Problem> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(Problem::unacceptable("reason_needed").with_field("reason", "reason"));
    }
    if text.chars().count() > LONGEST_REASON || text.chars().any(char::is_control) {
        return Err(Problem::invalid("reason"));
    }
    Ok(text)
}

impl App {
    /// What is allowed in a period whose state was just read. A period without one takes the settings that are in force.
    pub(crate) async fn permit(
        &self,
        roster: &GroupRoster,
        period: &AcademicPeriod,
        state: Option<Stored<PeriodState>>,
    ) -> Result<Permit, Problem> {
        let group = &roster.group;
        let guard = match state {
            Some(state) => Guard::Known(state),
            None => {
                let marking = self.journals.gradebook.marking(group.institution).await?;
                let marking = marking.map(|found| found.record.settings).unwrap_or_default();
                let state = PeriodState::new(group.group, period.id.clone(), marking);
                Guard::New(Stored::new(state))
            }
        };
        let now = self.clock.now();
        let today = self.clock.today(&group.zone());
        Ok(Permit {
            openness: guard.state().openness(period.end, now, today),
            guard,
            now,
        })
    }

    /// The settings that are in force at an institution, with their version; the usual ones have none.
    pub(crate) async fn marking(
        &self,
        institution: model::InstitutionId,
    ) -> Result<(u64, InstitutionMarking), Problem> {
        let found = self.journals.gradebook.marking(institution).await?;
        Ok(found.map_or_else(
            || {
                let settings = MarkingSettings::default();
                (
                    0,
                    InstitutionMarking {
                        institution,
                        settings,
                    },
                )
            },
            |found| (found.version, found.record),
        ))
    }
}
