//! One file a subject; here what they share: a journal is loaded and access to it is asked in one place.

pub(crate) mod absences;
pub(crate) mod alerts;
pub(crate) mod answers;
pub(crate) mod assessments;
pub(crate) mod attestation;
pub(crate) mod average;
pub(crate) mod cell;
pub(crate) mod class_register;
pub(crate) mod class_results;
pub(crate) mod column;
pub(crate) mod grid;
pub(crate) mod history;
pub(crate) mod lesson;
pub(crate) mod list;
pub(crate) mod lock;
pub(crate) mod marking;
pub(crate) mod notices;
pub(crate) mod plan;
pub(crate) mod publication;
pub(crate) mod result_history;
pub(crate) mod results;
pub(crate) mod year;

use access::{Access, Resource};
use gradebook::Openness;
use model::{AcademicPeriod, Actor, GroupId, GroupKind, InstitutionKind, PeriodId};
use rosters::GroupRoster;
use web::Problem;

use crate::{App, journal::Journal};

/// What the actor wants with a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To read it.
    See,
    /// To keep it.
    Write,
    /// To lock or reopen its periods.
    Lock,
}

impl Purpose {
    const fn action(self) -> &'static str {
        match self {
            Self::See => "see_journal",
            Self::Write => "write_journal",
            Self::Lock => "lock_journal",
        }
    }
}

impl App {
    /// Lets the actor at a journal, or says why not: a stranger is not told that it exists.
    pub(crate) fn admit(&self, actor: &Actor, roster: &GroupRoster, purpose: Purpose) -> Result<(), Problem> {
        let action = purpose.action();
        match self
            .access
            .decide(actor, "see_journal", action, &self.resource(roster))
        {
            Access::Granted => Ok(()),
            Access::Forbidden => Err(Problem::forbidden()),
            Access::Hidden => Err(Problem::not_found()),
        }
    }

    /// Whether the actor may do it, for pages that show how.
    pub(crate) fn may(&self, actor: &Actor, roster: &GroupRoster, purpose: Purpose) -> bool {
        self.access
            .allows(actor, purpose.action(), &self.resource(roster))
    }

    fn resource(&self, roster: &GroupRoster) -> Resource {
        Resource::Journal {
            id: roster.group.group,
            institution: roster.group.institution,
            teachers: roster.teachers_on(self.clock.today(&roster.group.zone())),
        }
    }

    /// The group of a journal with its members. Teaching groups have journals, and the groups of a kindergarten have their
    /// registers by days; a school's class has none of its own.
    pub(crate) async fn roster(&self, journal: GroupId) -> Result<GroupRoster, Problem> {
        let roster = self
            .rosters
            .roster(journal)
            .await?
            .ok_or_else(Problem::not_found)?;
        if roster.group.kind == GroupKind::Class {
            let institution = self.rosters.institution(roster.group.institution).await?;
            if institution.is_none_or(|institution| institution.kind != InstitutionKind::Preschool) {
                return Err(Problem::not_found());
            }
        }
        Ok(roster)
    }

    /// A period of a journal, for somebody who may see it.
    pub(crate) async fn journal(
        &self,
        actor: &Actor,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<(Journal, AcademicPeriod), Problem> {
        let (roster, found) = tokio::try_join!(self.roster(journal), async {
            Ok(self.journals.gradebook.period(journal, period).await?)
        })?;
        self.admit(actor, &roster, Purpose::See)?;
        let period = period_of(&roster, period)?.clone();
        Ok((Journal::new(roster, &period, found), period))
    }
}

/// A period of a journal as its reader meets it.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The journal.
    pub(crate) journal: Journal,
    /// The period.
    pub(crate) period: AcademicPeriod,
    /// Whether it takes changes.
    pub(crate) openness: Openness,
    /// Whether the reader keeps it.
    pub(crate) is_keeper: bool,
}

impl Sheet {
    /// Whether the reader can write in it now.
    pub(crate) fn may_write(&self) -> bool {
        self.is_keeper && self.openness != Openness::Locked
    }

    /// Until when and why it is open again, if it is and the reader keeps it.
    pub(crate) fn reopening(&self) -> Option<&gradebook::Reopening> {
        match &self.openness {
            Openness::Reopened(reopening) => Some(reopening),
            Openness::Open | Openness::Locked => None,
        }
    }

    /// Whether it is locked.
    pub(crate) fn is_locked(&self) -> bool {
        self.openness == Openness::Locked
    }
}

impl App {
    /// A period of a journal, for somebody who may see it, with what they can do there.
    pub(crate) async fn sheet(
        &self,
        actor: &Actor,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<Sheet, Problem> {
        let (journal, period) = self.journal(actor, journal, period).await?;
        let today = self.clock.today(&journal.roster.group.zone());
        let openness = journal.state.as_ref().map_or(Openness::Open, |state| {
            state.record.openness(period.end, self.clock.now(), today)
        });
        Ok(Sheet {
            is_keeper: self.may(actor, &journal.roster, Purpose::Write),
            openness,
            journal,
            period,
        })
    }
}

/// A period of the group.
pub(crate) fn period_of<'a>(
    roster: &'a GroupRoster,
    period: &PeriodId,
) -> Result<&'a AcademicPeriod, Problem> {
    roster
        .group
        .periods
        .iter()
        .find(|known| known.id == *period)
        .ok_or_else(Problem::not_found)
}

/// How the actor is named in the history: as the group's list names them.
pub(crate) fn actor_name(actor: &Actor, roster: &GroupRoster) -> String {
    let teacher = roster
        .teachers
        .iter()
        .find(|teacher| teacher.person == actor.person);
    teacher.map(|teacher| teacher.name.initials()).unwrap_or_default()
}
