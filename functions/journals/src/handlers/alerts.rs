//! Unusual changes of marks and results: whoever leads the institution is told of them, and says what they have seen.

use std::{collections::BTreeMap, sync::Arc};

use access::Resource;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use gradebook::{Alert, AlertId, AlertSeen, CellChange, NotableChange, Signed, UnusualChanges, UnusualKind};
use jiff::tz::TimeZone;
use model::{Actor, GroupId, InstitutionId, PersonId};
use rosters::{Group, GroupRoster, Institution};
use serde::Deserialize;
use web::{CurrentUser, Form, Json, PageContext, Path, Problem, Query, html, see_other};

use crate::{
    App,
    api::alerts::{AlertsView, SeeAlert},
    handlers::results::Done,
    pages::alerts::AlertsPage,
};

/// The unusual changes of the last days with what is needed to name them.
#[derive(Debug)]
pub(crate) struct Alerts {
    /// Whose.
    pub(crate) place: Institution,
    /// Those with the last change first.
    pub(crate) told: Vec<UnusualChanges>,
    /// The journals.
    pub(crate) groups: BTreeMap<GroupId, Group>,
    /// The pupils' names; who is not known any more is not among them.
    pub(crate) names: BTreeMap<PersonId, String>,
}

/// The button beside an alert.
#[derive(Debug, Deserialize)]
pub(crate) struct SeenForm {
    /// How many changes the page showed.
    changes: usize,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(institution): Path<InstitutionId>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let alerts = app.alerts(&actor, institution).await?;
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("alerts-title"), Some(&actor));
    frame.notice = done.saved.map(|_| texts.get("alerts-seen-now"));
    html(&AlertsPage { frame, alerts })
}

/// Says from the page that an alert was seen.
pub(crate) async fn see_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((institution, alert)): Path<(InstitutionId, String)>,
    Form(form): Form<SeenForm>,
) -> Result<Response, Problem> {
    app.see_alert(&actor, institution, &alert, form.changes).await?;
    Ok(see_other(&format!("/journals/alerts/{institution}?saved=1")))
}

/// The unusual changes of marks and results at an institution in the last 30 days, with who has seen them. For who leads it.
#[utoipa::path(get, path = "/api/journals/alerts/{institution}", tag = "journals",
    params(("institution" = String, Path)),
    responses((status = 200, body = AlertsView), (status = 404, description = "no such institution, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
) -> Result<axum::Json<AlertsView>, Problem> {
    Ok(axum::Json(AlertsView::of(
        &app.alerts(&actor, institution).await?,
    )))
}

/// Says that an alert was seen with so many changes. What came after stays unseen, and of two who say it the first stands.
#[utoipa::path(post, path = "/api/journals/alerts/{institution}/{alert}", tag = "journals",
    params(("institution" = String, Path), ("alert" = String, Path, description = "id of the alert")),
    request_body = SeeAlert,
    responses((status = 204), (status = 404, description = "no such institution or alert, or not for the caller"),
        (status = 422, description = "the alert has fewer changes")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((institution, alert)): Path<(InstitutionId, String)>,
    Json(body): Json<SeeAlert>,
) -> Result<Response, Problem> {
    app.see_alert(&actor, institution, &alert, body.changes).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

impl App {
    fn admit_to_alerts(&self, actor: &Actor, institution: InstitutionId) -> Result<(), Problem> {
        let resource = Resource::Institution { id: institution };
        match self.access.allows(actor, "see_alerts", &resource) {
            true => Ok(()),
            false => Err(Problem::not_found()),
        }
    }

    /// The alerts of the last days, 1 query; then their journals and pupils, 2 batches of gets in parallel.
    async fn alerts(&self, actor: &Actor, institution: InstitutionId) -> Result<Alerts, Problem> {
        self.admit_to_alerts(actor, institution)?;
        let days = UnusualChanges::shown_on(self.clock.today(&TimeZone::UTC));
        let (told, place) = tokio::try_join!(
            self.journals.gradebook.unusual_changes(institution, days),
            self.rosters.institution(institution)
        )?;
        let mut journals: Vec<GroupId> = told.iter().map(|group| group.id.journal).collect();
        journals.sort_unstable();
        journals.dedup();
        let changes = told.iter().flat_map(|group| &group.changes);
        let mut pupils: Vec<PersonId> = changes.map(NotableChange::pupil).collect();
        pupils.sort_unstable();
        pupils.dedup();
        let (groups, people) =
            tokio::try_join!(self.rosters.groups(&journals), self.rosters.people(&pupils))?;
        let named = people
            .into_iter()
            .map(|person| (person.person, person.name.short()));
        Ok(Alerts {
            place: place.ok_or_else(Problem::not_found)?,
            told,
            groups: groups.into_iter().map(|group| (group.group, group)).collect(),
            names: named.collect(),
        })
    }

    /// Notes that an alert was seen as it stood, 1 query of its day, 1 get of who says it, 1 write.
    async fn see_alert(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        alert: &str,
        changes: usize,
    ) -> Result<(), Problem> {
        self.admit_to_alerts(actor, institution)?;
        let id: AlertId = alert.parse().map_err(|_| Problem::not_found())?;
        let own = [actor.person];
        let (told, people) = tokio::try_join!(
            self.journals
                .gradebook
                .unusual_changes(institution, (id.day, id.day)),
            self.rosters.people(&own)
        )?;
        let told = told.iter().find(|group| group.id == id);
        let known = told.ok_or_else(Problem::not_found)?.changes.len();
        if !(1..=known).contains(&changes) {
            return Err(Problem::invalid("changes"));
        }
        let seen = AlertSeen {
            institution,
            alert: id.to_string(),
            changes,
            signed: Signed {
                at: self.clock.now(),
                by: actor.person,
                by_name: people
                    .first()
                    .map(|person| person.name.initials())
                    .unwrap_or_default(),
            },
        };
        Ok(self.journals.see_alert(seen).await?)
    }

    /// Whether somebody is told of a change of a cell that is about to be made, and why. A change that is notable and no more
    /// costs 1 query of the journal's last changes; an ordinary entry costs nothing.
    pub(crate) async fn alert_of(
        &self,
        change: &CellChange,
        roster: &GroupRoster,
    ) -> Result<Option<Alert>, Problem> {
        let alert = |kind| Alert {
            institution: roster.group.institution,
            kind,
        };
        if let Some(kind) = change.unusual() {
            return Ok(Some(alert(kind)));
        }
        if !change.is_notable() {
            return Ok(None);
        }
        let since = change.at.saturating_sub(UnusualKind::WINDOW);
        let since = since.unwrap_or(change.at);
        // Colleagues may change something in the same minutes.
        let most = i32::try_from(UnusualKind::MANY * 3).unwrap_or(i32::MAX);
        let gradebook = &self.journals.gradebook;
        let recent = gradebook
            .notable_changes(change.journal, (since, change.at), most)
            .await?;
        Ok(UnusualKind::makes_many(&recent, change.by).then(|| alert(UnusualKind::Many)))
    }
}
