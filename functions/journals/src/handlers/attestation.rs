//! Whether a journal is one of vocational education, and what is said there of the attestation.

use jiff::civil::Date;
use model::{AcademicPeriod, AcademicYear, InstitutionKind};
use rosters::GroupRoster;
use web::Problem;

use crate::{
    App,
    attestation::{Held, Offer},
    handlers::Sheet,
};

impl App {
    /// Whether the group learns at a vocational institution, where results have a form and a day: 1 get.
    pub(crate) async fn is_vocational(&self, roster: &GroupRoster) -> Result<bool, Problem> {
        let institution = self.rosters.institution(roster.group.institution).await?;
        Ok(institution.is_some_and(|found| found.kind == InstitutionKind::Vocational))
    }

    /// What the page of results offers of the attestation; nothing at a school.
    pub(crate) async fn offer(&self, sheet: &Sheet) -> Result<Option<Offer>, Problem> {
        let roster = &sheet.journal.roster;
        let today = self.today(roster);
        Ok(self.is_vocational(roster).await?.then(|| Offer::of(sheet, today)))
    }

    /// What was said of the attestation with the hours of the plan, or why it cannot be so: 2 gets in parallel, none where
    /// nothing was said.
    pub(crate) async fn held(
        &self,
        roster: &GroupRoster,
        period: &AcademicPeriod,
        (form, date): (&str, &str),
    ) -> Result<Option<Held>, Problem> {
        let said = Held::parse(form, date)
            .map_err(|code| Problem::unacceptable(code).with_field("attestation", code))?;
        let Some(said) = said else { return Ok(None) };
        let year = AcademicYear::of(period.start);
        let plan = async { Ok(self.journals.gradebook.plan(roster.group.group, year).await?) };
        let (is_vocational, plan) = tokio::try_join!(self.is_vocational(roster), plan)?;
        if !is_vocational {
            return Err(Problem::unacceptable("attestation_not_here"));
        }
        said.checked(period, self.today(roster), plan.map(|plan| plan.record).as_ref())
            .map(Some)
            .map_err(|code| Problem::unacceptable(code).with_field("attestation", code))
    }

    fn today(&self, roster: &GroupRoster) -> Date {
        self.clock.today(&roster.group.zone())
    }
}
