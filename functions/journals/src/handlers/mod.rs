//! One file a subject; here what they share: a journal is loaded and access to it is asked in one place.

pub(crate) mod average;
pub(crate) mod cell;
pub(crate) mod grid;
pub(crate) mod history;
pub(crate) mod lesson;
pub(crate) mod list;

use access::{Access, Resource};
use model::{AcademicPeriod, Actor, GroupId, GroupKind, PeriodId};
use rosters::GroupRoster;
use web::Problem;

use crate::{App, journal::Journal};

/// What the actor wants with a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    See,
    Write,
}

impl App {
    /// Lets the actor at a journal, or says why not: a stranger is not told that it exists.
    pub(crate) fn admit(&self, actor: &Actor, roster: &GroupRoster, purpose: Purpose) -> Result<(), Problem> {
        if roster.group.kind != GroupKind::Teaching {
            return Err(Problem::not_found());
        }
        let action = match purpose {
            Purpose::See => "see_journal",
            Purpose::Write => "write_journal",
        };
        match self
            .access
            .decide(actor, "see_journal", action, &resource(roster))
        {
            Access::Granted => Ok(()),
            Access::Forbidden => Err(Problem::forbidden()),
            Access::Hidden => Err(Problem::not_found()),
        }
    }

    /// Whether the actor may write, for pages that show how.
    pub(crate) fn may_write(&self, actor: &Actor, roster: &GroupRoster) -> bool {
        self.access.allows(actor, "write_journal", &resource(roster))
    }

    /// The group of a journal with its members.
    pub(crate) async fn roster(&self, journal: GroupId) -> Result<GroupRoster, Problem> {
        self.rosters.roster(journal).await?.ok_or_else(Problem::not_found)
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

fn resource(roster: &GroupRoster) -> Resource {
    Resource::Journal {
        id: roster.group.group,
        institution: roster.group.institution,
        teachers: roster.teachers.iter().map(|teacher| teacher.person).collect(),
    }
}
