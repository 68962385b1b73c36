//! What is found in the published week, as a page and by API.

use std::sync::Arc;

use access::{Access, Resource};
use axum::{Json, extract::State, response::Response};
use jiff::civil::Date;
use model::{Actor, GroupId, InstitutionId, Role};
use rosters::Institution;
use serde::{Deserialize, Serialize};
use timetable_norms::{Finding, NormTable, Report, Words, check};
use timetables::Owner;
use ui::Texts;
use utoipa::ToSchema;
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use super::{page::ChecksPage, week::week};
use crate::{
    App,
    buildings::{ShortWay, Walker, WithoutBell, short_ways, without_bell, without_bells, written},
    handlers::DateQuery,
    store::Published,
};

/// Which institution, and as of which date.
#[derive(Debug, Deserialize)]
pub(crate) struct ChecksQuery {
    institution: Option<InstitutionId>,
    date: Option<String>,
}

/// What is found in the week of an institution.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChecksView {
    /// The date by which norms were chosen: several change within a school year.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// What is not kept, the gravest first: norm, document, clause, dates, severity, place, what was found and what is
    /// allowed.
    #[schema(value_type = Vec<Object>)]
    findings: Vec<Finding>,
    /// Subjects whose difficulty is not known, so that days with them weigh less than they are.
    subjects_not_matched: Vec<String>,
    /// Ways between buildings for which the break is too short, in words.
    ways: Vec<String>,
    /// Classes with lessons for which no bell rings any more, in words.
    without_bells: Vec<String>,
}

/// What was checked, for the page.
pub(crate) struct Checked {
    pub(crate) institution: Institution,
    pub(crate) date: Date,
    pub(crate) report: Report,
    /// Norms that end within half a year without a successor in the table.
    pub(crate) lapsing: Vec<Lapsing>,
    /// Minutes between buildings, and the ways for which breaks are too short.
    pub(crate) passage: u8,
    pub(crate) ways: Vec<ShortWay>,
    pub(crate) without_bells: Vec<WithoutBell>,
}

impl Checked {
    /// The short ways in words, each with the class whose week shows it, if it is a class's.
    pub(crate) fn ways(&self, texts: Texts<'_>) -> Vec<(String, Option<GroupId>)> {
        let class = |way: &ShortWay| match way.walker {
            Walker::Class(class, _) => Some(class),
            Walker::Teacher(..) => None,
        };
        let ways = self.ways.iter();
        ways.map(|way| (written(texts, way, self.passage), class(way)))
            .collect()
    }

    /// The classes with lessons without a bell in words.
    pub(crate) fn without_bells(&self, texts: Texts<'_>) -> Vec<(String, GroupId)> {
        let silent = self.without_bells.iter();
        silent
            .map(|silent| (without_bell(texts, silent), silent.class))
            .collect()
    }
}

/// A norm that ends without a successor: document, clause and last day.
pub(crate) struct Lapsing {
    pub(crate) document: Words,
    pub(crate) clause: Words,
    pub(crate) until: Date,
}

/// The page: of the institution asked for, or of the first that the actor leads.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(query): Query<ChecksQuery>,
) -> Result<Response, Problem> {
    let institution = query
        .institution
        .or_else(|| led(&actor))
        .ok_or_else(Problem::not_found)?;
    let checked = app
        .checked(&actor, institution, &DateQuery { date: query.date })
        .await?;
    let texts = app.texts(&page);
    let frame = page.frame(texts, texts.get("checks-title"), Some(&actor));
    html(&ChecksPage::new(frame, checked))
}

/// The published week of an institution against the norms.
#[utoipa::path(
    get, path = "/api/schedules/institutions/{institution}/checks", tag = "schedules",
    params(
        ("institution" = String, Path, description = "The institution."),
        ("date" = Option<String>, Query, description = "As of which date norms are chosen, today by default."),
    ),
    responses((status = 200, body = ChecksView), (status = 404, description = "No such institution for the actor.")),
)]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(institution): Path<InstitutionId>,
    Query(query): Query<DateQuery>,
) -> Result<Json<ChecksView>, Problem> {
    let checked = app.checked(&actor, institution, &query).await?;
    let texts = app.texts(&page);
    let (ways, silent) = (checked.ways(texts), checked.without_bells(texts));
    let Report { findings, unmatched } = checked.report;
    Ok(Json(ChecksView {
        date: checked.date,
        findings,
        subjects_not_matched: unmatched.into_iter().map(|subject| subject.subject).collect(),
        ways: ways.into_iter().map(|(text, _)| text).collect(),
        without_bells: silent.into_iter().map(|(text, _)| text).collect(),
    }))
}

/// The first institution that the actor leads or administers.
fn led(actor: &Actor) -> Option<InstitutionId> {
    const LEADS: [Role; 3] = [Role::Deputy, Role::Head, Role::Administrator];
    let held = actor.roles.0.iter().filter(|held| LEADS.contains(&held.role));
    held.filter_map(|held| held.institution).next()
}

impl App {
    async fn checked(&self, actor: &Actor, id: InstitutionId, query: &DateQuery) -> Result<Checked, Problem> {
        let asked = query.date()?;
        let resource = Resource::Institution { id };
        match self
            .access
            .decide(actor, "check_timetable", "check_timetable", &resource)
        {
            Access::Granted => {}
            Access::Forbidden | Access::Hidden => return Err(Problem::not_found()),
        }
        let Published {
            institution,
            classes,
            weeks,
            rules,
        } = self.store.published(id).await?;
        let institution = institution.ok_or_else(Problem::not_found)?;
        let date = asked.unwrap_or_else(|| self.clock.today(&model::time_zone(&institution.time_zone)));
        let table = NormTable::of_process().map_err(Problem::unavailable)?;
        let mut report = check(&week(institution.kind, date, &classes, &weeks), table);
        report
            .findings
            .sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.cmp(b)));
        let rules = rules.as_of(date);
        let titled = classes.iter().filter_map(|class| {
            let week = weeks
                .iter()
                .find(|week| week.owner == Owner::Class(class.group))?;
            Some((class.title.as_str(), week))
        });
        Ok(Checked {
            passage: rules.buildings.passage(),
            ways: short_ways(&rules.buildings, &titled.collect::<Vec<_>>()),
            without_bells: without_bells(&rules, &classes, &weeks),
            institution,
            date,
            report,
            lapsing: lapsing(table, date),
        })
    }
}

/// The norms that end within half a year of the date.
fn lapsing(table: &NormTable, date: Date) -> Vec<Lapsing> {
    let half_a_year = date.saturating_add(jiff::ToSpan::months(6));
    let ending = table.lapsing(date, half_a_year).into_iter();
    ending
        .filter_map(|norm| {
            let document = table
                .documents()
                .iter()
                .find(|document| document.id == norm.document)?;
            Some(Lapsing {
                document: document.title.clone(),
                clause: norm.clause.clone(),
                until: norm.until?,
            })
        })
        .collect()
}
