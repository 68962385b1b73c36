//! Pages with results.

use askama::Template;
use gradebook::ResultChange;
use jiff::tz::TimeZone;
use model::{AcademicPeriod, Attestation, AttestationForm, PeriodId, PersonId, ResultMark};
use rosters::{Group, Member};
use ui::Frame;

use crate::{
    attestation::{Offer, attestation},
    handlers::Sheet,
    journal::Row,
    pages::moment,
    year::{YearRow, YearSheet},
};

/// Those whose result was not taken, and why.
pub(crate) type Refusals = Vec<(PersonId, String)>;

/// The results of a period.
#[derive(Template)]
#[template(path = "results.html")]
pub(crate) struct ResultsPage<'a> {
    frame: Frame<'a>,
    sheet: Sheet,
    offer: Option<Offer>,
    refused: Refusals,
}

impl<'a> ResultsPage<'a> {
    /// The results with those that were just refused; in vocational education with what is said of the attestation.
    pub(crate) const fn new(frame: Frame<'a>, sheet: Sheet, offer: Option<Offer>, refused: Refusals) -> Self {
        Self {
            frame,
            sheet,
            offer,
            refused,
        }
    }

    fn group(&self) -> &Group {
        &self.sheet.journal.roster.group
    }

    fn address(&self) -> String {
        format!("/journals/{}/{}", self.group().group, self.sheet.period.id)
    }

    fn average(&self, row: &Row) -> String {
        row.average()
            .map_or_else(|| "—".to_owned(), |average| average.to_string())
    }

    fn version(&self, row: &Row) -> u64 {
        row.cells.result.as_ref().map_or(0, |result| result.version)
    }

    fn refusal(&self, row: &Row) -> Option<String> {
        refusal(&self.frame, &self.refused, row.member.person)
    }

    /// Every form of attestation with its name.
    fn forms(&self) -> Vec<(AttestationForm, String)> {
        let named = |form: AttestationForm| (form, self.frame.texts.get(&form_name(form)));
        AttestationForm::ALL.into_iter().map(named).collect()
    }

    /// How the result of a row was given.
    fn given(&self, row: &Row) -> String {
        attestation(row).map_or_else(String::new, |said| given(&self.frame, said))
    }

    /// How many results are proposed that do not stand yet.
    fn proposals(&self) -> usize {
        let open = |row: &&Row| row.result().is_none() && row.proposal().is_some();
        self.sheet.journal.rows.iter().filter(open).count()
    }
}

fn refusal(frame: &Frame<'_>, refused: &Refusals, pupil: PersonId) -> Option<String> {
    let (_, code) = refused.iter().find(|(known, _)| *known == pupil)?;
    Some(frame.texts.get(&format!("problem-{code}")))
}

fn form_name(form: AttestationForm) -> String {
    format!("attestation-{}", form.as_str().replace('_', "-"))
}

/// «экзамен, 25.12.2026, пересдача».
fn given(frame: &Frame<'_>, said: &Attestation) -> String {
    let mut parts = vec![
        frame.texts.get(&form_name(said.form)),
        said.date.strftime("%d.%m.%Y").to_string(),
    ];
    if said.retakes > 0 {
        parts.push(frame.texts.get("attestation-retake"));
    }
    parts.join(", ")
}

/// The text of a result; empty where none stands.
fn text(result: Option<ResultMark>) -> String {
    result.map(|mark| mark.to_string()).unwrap_or_default()
}

/// The results of a year.
#[derive(Template)]
#[template(path = "year.html")]
pub(crate) struct YearPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The period from which one came.
    pub(crate) period: PeriodId,
    /// The table.
    pub(crate) sheet: YearSheet,
    /// Whether the reader keeps the journal.
    pub(crate) is_keeper: bool,
    /// Those whose result was not taken, and why.
    pub(crate) refused: Refusals,
}

impl YearPage<'_> {
    fn group(&self) -> &Group {
        &self.sheet.roster.group
    }

    fn address(&self) -> String {
        format!("/journals/{}/{}", self.group().group, self.period)
    }

    fn refusal(&self, row: &YearRow) -> Option<String> {
        refusal(&self.frame, &self.refused, row.member.person)
    }

    fn proposals(&self) -> usize {
        let open = |row: &&YearRow| row.result().is_none() && row.proposed.is_some();
        self.sheet.rows.iter().filter(open).count()
    }
}

/// The changes of a result.
#[derive(Template)]
#[template(path = "result_history.html")]
pub(crate) struct ResultHistoryPage<'a> {
    /// The layout.
    pub(crate) frame: Frame<'a>,
    /// The school's time zone.
    pub(crate) zone: TimeZone,
    /// The group.
    pub(crate) group: Group,
    /// The period.
    pub(crate) period: AcademicPeriod,
    /// The pupil.
    pub(crate) pupil: Member,
    /// The changes, the last first.
    pub(crate) changes: Vec<ResultChange>,
}

impl ResultHistoryPage<'_> {
    fn when(&self, change: &ResultChange) -> String {
        moment(self.frame.texts, &self.zone, change.at)
    }

    /// Whether of any change it was said how the result was given.
    fn has_attestations(&self) -> bool {
        self.changes.iter().any(|change| change.attestation.is_some())
    }

    fn given(&self, change: &ResultChange) -> String {
        let said = change.attestation.as_ref();
        said.map_or_else(String::new, |said| given(&self.frame, said))
    }

    fn shown(&self, result: &Option<ResultMark>) -> String {
        result.map_or_else(|| self.frame.texts.get("history-empty"), |mark| mark.to_string())
    }
}
