//! The reports of an institution: what there is, asking for one, how far it is, what was made.

use std::sync::Arc;

use access::Resource;
use axum::{
    extract::State,
    http::{HeaderValue, header::REFRESH},
    response::Response,
};
use jiff::tz::TimeZone;
use model::{AcademicPeriod, Actor, InstitutionId, PeriodId};
use serde::Deserialize;
use store::StoreError;
use web::{CurrentUser, PageContext, Path, Problem, Query, html, see_other};

use super::workbook;
use crate::{
    App,
    api::SchoolReportView,
    class_report::{period_of, periods_of},
    pages::school::{MadePage, SchoolPage, Standing},
    run::{MakeMessage, ReportKind, Run, RunState, Subject},
    school::{Content, checks::FindingKind},
    table::school::{self as tables, Table},
};

/// A page of a report in the making comes anew after so many seconds.
const COMES_ANEW: &str = "5";

type Place = (InstitutionId, PeriodId, ReportKind);

/// Which findings, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    finding: Option<FindingKind>,
}

/// How a report stands.
fn standing(run: Option<&Run>, now: jiff::Timestamp) -> Standing {
    match run {
        None => Standing::None,
        Some(run) if run.state == RunState::Done => Standing::Done,
        Some(run) if run.stands_still(now) => Standing::Stopped,
        Some(_) => Standing::UnderWay,
    }
}

pub(crate) async fn overview(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((institution, period)): Path<(InstitutionId, PeriodId)>,
) -> Result<Response, Problem> {
    app.admit(&actor, institution)?;
    let ((periods, _), runs) = tokio::try_join!(app.periods(institution), async {
        Ok(app.store.runs(institution, &period).await?)
    })?;
    let period = period_of(&periods, &period).ok_or_else(Problem::not_found)?;
    let now = app.clock.now();
    let of_kind = |kind| runs.iter().find(|run| run.subject.kind == kind);
    let texts = app.translations.of(page.locale);
    html(&SchoolPage {
        frame: page.frame(
            texts,
            texts.of("reports-school-title", &period.title),
            Some(&actor),
        ),
        institution,
        reports: ReportKind::ALL
            .map(|kind| (kind, standing(of_kind(kind), now)))
            .to_vec(),
        periods,
        period,
    })
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(place): Path<Place>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Problem> {
    let ((period, zone), run, view) = app.report(&actor, place).await?;
    let texts = app.translations.of(page.locale);
    let title = format!(
        "{}, {}",
        texts.get(&format!("reports-kind-{}", view.kind)),
        period.title
    );
    let standing = standing(run.as_ref(), app.clock.now());
    let mut answer = html(&MadePage {
        frame: page.frame(texts, title, Some(&actor)),
        period,
        zone,
        view,
        standing,
        chosen: chosen.finding,
    })?;
    if standing == Standing::UnderWay {
        // A header and no element: the page's own content says nothing of it, and no script is needed.
        answer
            .headers_mut()
            .insert(REFRESH, HeaderValue::from_static(COMES_ANEW));
    }
    Ok(answer)
}

/// A report of an institution in a period: how far its making is, and what was made last, if anything was.
#[utoipa::path(get, path = "/api/reports/institutions/{institution}/{period}/{kind}", tag = "reports",
    params(("institution" = String, Path), ("period" = String, Path), ("kind" = ReportKind, Path)),
    responses((status = 200, body = SchoolReportView), (status = 404, description = "no such institution or period, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(place): Path<Place>,
) -> Result<axum::Json<SchoolReportView>, Problem> {
    Ok(axum::Json(app.report(&actor, place).await?.2))
}

/// Asks for a report to be made of what the journals hold now. While one is being made nothing new is begun.
#[utoipa::path(post, path = "/api/reports/institutions/{institution}/{period}/{kind}", tag = "reports",
    params(("institution" = String, Path), ("period" = String, Path), ("kind" = ReportKind, Path)),
    responses((status = 200, body = SchoolReportView), (status = 404, description = "no such institution or period, or not for the caller")))]
pub(crate) async fn start(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(place): Path<Place>,
) -> Result<axum::Json<SchoolReportView>, Problem> {
    app.ask(&actor, place.clone()).await?;
    Ok(axum::Json(app.report(&actor, place).await?.2))
}

pub(crate) async fn start_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(place): Path<Place>,
) -> Result<Response, Problem> {
    app.ask(&actor, place.clone()).await?;
    let (institution, period, kind) = place;
    Ok(see_other(&format!(
        "/reports/institutions/{institution}/{period}/{kind}"
    )))
}

/// What was made last, as a workbook.
pub(crate) async fn table(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(place): Path<Place>,
) -> Result<Response, Problem> {
    let ((period, zone), _, view) = app.report(&actor, place).await?;
    let content = view.content.ok_or_else(Problem::not_found)?;
    let texts = app.translations.of(page.locale);
    let sheets = tables::tables(&texts, (&period.id, &zone), &content, None);
    let sheets: Vec<_> = sheets.into_iter().map(Table::sheet).collect();
    workbook(&format!("{}-{}", view.kind, period.id), &sheets)
}

impl App {
    /// Lets those in who lead the institution; to everybody else its reports do not exist.
    fn admit(&self, actor: &Actor, institution: InstitutionId) -> Result<(), Problem> {
        let resource = Resource::Institution { id: institution };
        if self.access.allows(actor, "see_reports", &resource) {
            Ok(())
        } else {
            Err(Problem::not_found())
        }
    }

    /// The periods of an institution's classes, and the time zone in which they learn.
    async fn periods(&self, institution: InstitutionId) -> Result<(Vec<AcademicPeriod>, TimeZone), Problem> {
        let classes = self.sources.rosters.classes(institution).await?;
        let zone = classes.first().map_or(TimeZone::UTC, rosters::Group::zone);
        let periods = periods_of(classes.iter().map(|class| class.periods.as_slice()));
        Ok((periods, zone))
    }

    async fn report(
        &self,
        actor: &Actor,
        (institution, period, kind): Place,
    ) -> Result<((AcademicPeriod, TimeZone), Option<Run>, SchoolReportView), Problem> {
        self.admit(actor, institution)?;
        let subject = Subject {
            institution,
            period,
            kind,
        };
        let own = async {
            Ok(tokio::try_join!(
                self.store.run(&subject),
                self.store.made(&subject)
            )?)
        };
        let ((periods, zone), (run, made)) = tokio::try_join!(self.periods(institution), own)?;
        let period = period_of(&periods, &subject.period).ok_or_else(Problem::not_found)?;
        let run = run.map(|stored| stored.record);
        let content: Option<Content> = match &made {
            Some(made) => Some(serde_json::from_str(&made.content).map_err(Problem::unavailable)?),
            None => None,
        };
        let finished_at = made.map(|made| made.finished_at);
        let view = SchoolReportView::new(subject, run.as_ref(), finished_at, content, self.clock.now());
        Ok(((period, zone), run, view))
    }

    /// Asks for a report unless it is under way. Who comes second at one moment finds it asked for.
    async fn ask(&self, actor: &Actor, (institution, period, kind): Place) -> Result<(), Problem> {
        self.admit(actor, institution)?;
        let (periods, _) = self.periods(institution).await?;
        period_of(&periods, &period).ok_or_else(Problem::not_found)?;
        let subject = Subject {
            institution,
            period,
            kind,
        };
        let (before, now) = (self.store.run(&subject).await?, self.clock.now());
        if before
            .as_ref()
            .is_some_and(|before| before.record.is_under_way(now))
        {
            return Ok(());
        }
        let run = Run::asked(
            subject,
            before.as_ref().map(|before| &before.record),
            actor.person,
            now,
        );
        let message = MakeMessage {
            subject: run.subject.clone(),
            number: run.number,
        };
        match self.store.note(run, before.map(|before| before.version)).await {
            Ok(_) => {}
            Err(StoreError::Conflict(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        let queue = self.queue.as_ref();
        let queue = queue.ok_or_else(|| Problem::unavailable("no queue of jobs is configured"))?;
        queue.send(&message).await.map_err(Problem::unavailable)
    }
}
