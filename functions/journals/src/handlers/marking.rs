//! An institution's settings for marks.

use std::{collections::BTreeMap, sync::Arc};

use access::{Access, Resource};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use gradebook::{InstitutionMarking, MarkingChange, Signed};
use model::{Actor, InstitutionId, MarkingSettings, Weight, WorkKind};
use web::{
    CurrentUser, ExpectedVersion, Form, Json, PageContext, Path, Problem, Query, etag, html, see_other,
};

use crate::{
    App,
    api::marking::{MarkingBody, MarkingView},
    handlers::results::Done,
    pages::marking::MarkingPage,
    store::Outcome,
};

/// So many changes the page shows.
const SHOWN_CHANGES: i32 = 20;

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(institution): Path<InstitutionId>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    app.admit_to_marking(&actor, institution, "see_marking")?;
    let (found, changes, place) = tokio::try_join!(
        app.marking(institution),
        async {
            Ok(app
                .journals
                .gradebook
                .marking_history(institution, SHOWN_CHANGES)
                .await?)
        },
        async { Ok(app.rosters.institution(institution).await?) }
    )?;
    let place = place.ok_or_else(Problem::not_found)?;
    let (version, marking) = found;
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("marking-title"), Some(&actor));
    frame.notice = done.saved.map(|_| texts.get("saved"));
    html(&MarkingPage {
        frame,
        zone: model::time_zone(&place.time_zone),
        place,
        version,
        settings: marking.settings,
        may_change: app.may_change_marking(&actor, institution),
        changes,
    })
}

/// The institution's settings for marks: for its teachers and for who leads it.
#[utoipa::path(get, path = "/api/journals/marking/{institution}", tag = "journals",
    params(("institution" = String, Path)),
    responses((status = 200, body = MarkingView), (status = 404, description = "no such institution, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
) -> Result<Response, Problem> {
    app.admit_to_marking(&actor, institution, "see_marking")?;
    let (version, marking) = app.marking(institution).await?;
    Ok(view(version, &marking.settings))
}

/// Sets them. `If-Match` carries the version that the caller saw, `"0"` while the usual ones hold. They hold for the periods
/// that begin from now on; a period of a journal that has had a lesson goes on as it began.
#[utoipa::path(put, path = "/api/journals/marking/{institution}", tag = "journals",
    params(("institution" = String, Path), ("If-Match" = String, Header, description = "version of the settings in quotes")),
    request_body = MarkingBody,
    responses((status = 200, body = MarkingView), (status = 403, description = "the caller only reads them"),
        (status = 404, description = "no such institution, or not for the caller"),
        (status = 409, description = "somebody else has changed them"), (status = 422, description = "a value out of bounds")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
    ExpectedVersion(version): ExpectedVersion,
    Json(body): Json<MarkingBody>,
) -> Result<Response, Problem> {
    app.admit_to_marking(&actor, institution, "change_marking")?;
    let settings = body.settings().map_err(Problem::invalid)?;
    app.set_marking(&actor, institution, version, settings.clone())
        .await?;
    Ok(view(version + 1, &settings))
}

/// The same from the page.
pub(crate) async fn set(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    app.admit_to_marking(&actor, institution, "change_marking")?;
    let (version, body) = parse(&form).map_err(Problem::invalid)?;
    let settings = body.settings().map_err(Problem::invalid)?;
    app.set_marking(&actor, institution, version, settings).await?;
    Ok(see_other(&format!("/journals/marking/{institution}?saved=1")))
}

fn view(version: u64, settings: &MarkingSettings) -> Response {
    let settings = MarkingBody::from(settings);
    ([etag(version)], axum::Json(MarkingView { version, settings })).into_response()
}

/// Reads the form: numbers as texts, weights as people write them, kinds by name. The error names the field.
fn parse(form: &[(String, String)]) -> Result<(u64, MarkingBody), &'static str> {
    let value = |name: &str| {
        let found = form.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    };
    let number = |name: &'static str| value(name).parse::<u8>().map_err(|_| name);
    let mut weights = BTreeMap::new();
    let mut control = vec![];
    for kind in WorkKind::ALL {
        let weight: Weight = value(&format!("weight-{}", kind.as_str()))
            .parse()
            .map_err(|_| "weight")?;
        weights.insert(kind, weight.hundredths());
        if !value(&format!("control-{}", kind.as_str())).is_empty() {
            control.push(kind);
        }
    }
    let body = MarkingBody {
        weighted: !value("weighted").is_empty(),
        threshold: number("threshold")?,
        least_marks: number("least_marks")?,
        weights,
        control,
        owed_days: number("owed_days")?,
        lock_days: match value("lock_days") {
            "" => None,
            text => Some(text.parse().map_err(|_| "lock_days")?),
        },
    };
    Ok((value("version").parse().map_err(|_| "version")?, body))
}

impl App {
    /// Lets the actor at the settings, or says why not.
    fn admit_to_marking(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        action: &str,
    ) -> Result<(), Problem> {
        let resource = Resource::Institution { id: institution };
        match self.access.decide(actor, "see_marking", action, &resource) {
            Access::Granted => Ok(()),
            Access::Forbidden => Err(Problem::forbidden()),
            Access::Hidden => Err(Problem::not_found()),
        }
    }

    fn may_change_marking(&self, actor: &Actor, institution: InstitutionId) -> bool {
        let resource = Resource::Institution { id: institution };
        self.access.allows(actor, "change_marking", &resource)
    }

    async fn set_marking(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        version: u64,
        settings: MarkingSettings,
    ) -> Result<(), Problem> {
        let people = self.rosters.people(&[actor.person]).await?;
        let change = MarkingChange {
            institution,
            number: version + 1,
            signed: Signed {
                at: self.clock.now(),
                by: actor.person,
                by_name: people
                    .first()
                    .map(|person| person.name.initials())
                    .unwrap_or_default(),
            },
            settings: settings.clone(),
        };
        let marking = InstitutionMarking {
            institution,
            settings,
        };
        match self.journals.set_marking(marking, version, change).await? {
            Outcome::Done(()) => Ok(()),
            Outcome::Outdated | Outcome::Overtaken => Err(Problem::conflict("marking_changed")),
        }
    }
}
