//! The drafts of an institution, and new ones.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use model::{InstitutionId, Week};
use serde::Deserialize;
use web::{CurrentUser, Json, PageContext, Problem, Query, html, see_other};

use crate::{
    App,
    drafts::{
        creation::{Created, Creation},
        pages::{ListPage, Place},
        views::{DraftList, DraftView, NewDraft, SourceKind},
    },
};

/// The page: the drafts of every institution at which the actor makes timetables.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
) -> Result<Response, Problem> {
    let places = app.makes_timetables_at(&actor);
    if places.is_empty() {
        return Err(Problem::not_found());
    }
    let mut shown = Vec::with_capacity(places.len());
    for institution in app.drafts.institutions(&places).await? {
        let drafts = app.drafts.list(institution.institution).await?;
        let today = app.clock.today(&model::time_zone(&institution.time_zone));
        shown.push(Place {
            next_monday: Week::of(today).next().monday(),
            institution,
            drafts,
            today,
        });
    }
    let people: Vec<_> = shown
        .iter()
        .flat_map(|place| place.drafts.iter().map(|draft| draft.changed_by))
        .collect();
    let names = app.drafts.names(&people).await?;
    let texts = app.texts(&page);
    let frame = page.frame(texts, texts.get("drafts"), Some(&actor));
    html(&ListPage {
        frame,
        places: shown,
        names,
    })
}

/// Whose drafts are asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct ListQuery {
    institution: InstitutionId,
}

/// The drafts of an institution.
#[utoipa::path(get, path = "/api/schedules/drafts", tag = "schedules",
    params(("institution" = String, Query, description = "The institution.")),
    responses((status = 200, body = DraftList), (status = 404, description = "The actor makes no timetables there.")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    app.admit_to(&actor, query.institution)?;
    let drafts = app.drafts.list(query.institution).await?;
    let drafts = drafts.into_iter().map(DraftView::from).collect();
    Ok(axum::Json(DraftList { drafts }).into_response())
}

/// Makes a draft.
#[utoipa::path(post, path = "/api/schedules/drafts", tag = "schedules", request_body = NewDraft,
    responses((status = 200, body = DraftView), (status = 404, description = "The actor makes no timetables there, or no such draft to be copied."),
        (status = 422, description = "A field is not acceptable.")))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Json(new): Json<NewDraft>,
) -> Result<Response, Problem> {
    app.admit_to(&actor, new.institution)?;
    match app.create_draft(&actor, Creation::parse(&new)?, None).await? {
        Created::Done(head, left_out) => Ok(axum::Json(DraftView::made(head, left_out)).into_response()),
        Created::Refused(..) => Err(Problem::unacceptable("table_rows")),
    }
}

/// The form: `source` is `empty`, `published` or the id of a draft.
#[derive(Debug)]
pub(super) struct NewDraftForm {
    pub(super) institution: InstitutionId,
    pub(super) title: String,
    pub(super) from: String,
    pub(super) source: String,
    pub(super) date: String,
}

impl NewDraftForm {
    pub(super) fn read(self) -> Result<NewDraft, Problem> {
        let (source, draft) = match self.source.as_str() {
            "empty" => (SourceKind::Empty, None),
            "published" => (SourceKind::Published, None),
            other => (
                SourceKind::Copy,
                Some(other.parse().map_err(|_| Problem::invalid("draft"))?),
            ),
        };
        Ok(NewDraft {
            institution: self.institution,
            title: self.title,
            from: self.from,
            source,
            date: Some(self.date),
            draft,
        })
    }
}

/// The way to a new draft.
pub(super) fn opened(head: &crate::drafts::item::DraftHead, left_out: usize) -> Response {
    if left_out == 0 {
        see_other(&format!("/schedules/drafts/{}", head.draft))
    } else {
        see_other(&format!("/schedules/drafts/{}?left_out={left_out}", head.draft))
    }
}
