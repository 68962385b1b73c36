//! The editor: a grid of days and numbers for a class, a teacher or a room.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use model::{GroupId, GroupKind, Week};
use rosters::Group;
use serde::Deserialize;
use timetable_norms::Finding;
use web::{CurrentUser, PageContext, Path, Problem, Query, etag, html};

use crate::{
    App,
    checks::norms::of_class,
    drafts::{
        diff,
        draft::{Bells, Draft, DraftClass},
        id::DraftId,
        item::DraftHead,
        pages::{EditorPage, Opened},
        publication::class_week,
        view::{View, ViewQuery},
        views::{DraftClassView, DraftView},
    },
};

/// What is asked of the editor besides the view.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct NoticeQuery {
    left_out: Option<usize>,
    saved: Option<String>,
}

/// The page. Without a view it opens the first class.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Query(query): Query<ViewQuery>,
    Query(notice): Query<NoticeQuery>,
) -> Result<Response, Problem> {
    let (head, draft, view) = match query.view() {
        Some(View::Class(class)) => {
            let found = app.drafts.class(draft, class).await?;
            let (head, draft) = found.ok_or_else(Problem::not_found)?;
            app.admit_to(&actor, head.institution)?;
            (head, draft, View::Class(class))
        }
        Some(view) => {
            let loaded = app.whole_draft(&actor, draft).await?;
            (loaded.head, loaded.draft, view)
        }
        None => {
            let head = app.draft_head(&actor, draft).await?;
            let first = head.classes.first().map(|(class, _)| *class);
            let first = first.unwrap_or_else(|| GroupId::from_bits(0));
            let found = app.drafts.class(draft, first).await?;
            let (head, draft) = found.ok_or_else(Problem::not_found)?;
            (head, draft, View::Class(first))
        }
    };
    if !exists(&view, &head, &draft) {
        return Err(Problem::not_found());
    }
    let Beside {
        bells,
        counts,
        findings,
    } = app.beside(&head, &draft, &view).await?;
    let texts = app.texts(&page);
    let title = texts.of("drafts-of", &head.title);
    let mut frame = page.frame(texts, title, Some(&actor));
    frame.notice = match (&notice.left_out, &notice.saved) {
        (Some(count), _) => Some(texts.count("drafts-left-out", *count)),
        (None, Some(_)) => Some(texts.get("drafts-saved")),
        (None, None) => None,
    };
    let opened = Opened {
        head,
        draft,
        bells,
        view,
    };
    html(&EditorPage::new(frame, opened, counts, &findings))
}

/// Whether there is something to be shown: an empty draft still has its empty page.
fn exists(view: &View, head: &DraftHead, draft: &Draft) -> bool {
    match view {
        View::Class(class) => head.classes.is_empty() || draft.classes.contains_key(class),
        View::Teacher(teacher) => draft.person(*teacher).is_some(),
        View::Room(_) => true,
    }
}

/// What is shown beside the lessons in view.
struct Beside {
    bells: Bells,
    /// How the lessons of a class differ from those that are published for the draft's Monday.
    counts: Option<diff::LessonCounts>,
    /// What the norms of that Monday find in the week of a class.
    findings: Vec<Finding>,
}

impl App {
    async fn beside(&self, head: &DraftHead, draft: &Draft, view: &View) -> Result<Beside, Problem> {
        let class = match view {
            View::Class(class) if head.is_open() => draft.classes.get(class),
            _ => None,
        };
        let institution = async {
            match class {
                Some(_) => Ok::<_, Problem>(self.drafts.institution(head.institution).await?),
                None => Ok(None),
            }
        };
        let week = Week::of(head.from);
        let published = async { Ok(self.drafts.weeks(class.into_iter(), week).await?) };
        let bells = async { Ok::<_, Problem>(self.drafts.bells(head.institution, head.from).await?) };
        let (bells, published, institution) = tokio::try_join!(bells, published, institution)?;
        let findings = match class.zip(institution) {
            Some((class, institution)) => {
                let week = class_week(class, &bells, head.institution);
                of_class(institution.kind, head.from, as_group(head, class), week)
                    .map_err(Problem::unavailable)?
            }
            None => Vec::new(),
        };
        let counts = class.map(|class| {
            let slots = published
                .first()
                .map(|week| week.slots.as_slice())
                .unwrap_or_default();
            diff::of_class(class, slots)
        });
        Ok(Beside {
            bells,
            counts,
            findings,
        })
    }
}

/// A class of a draft as the registry would have it.
fn as_group(head: &DraftHead, class: &DraftClass) -> Group {
    Group {
        group: class.class,
        institution: head.institution,
        kind: GroupKind::Class,
        title: class.title.clone(),
        subject: None,
        grade: class.courses.iter().find_map(|course| course.grade),
        classes: Vec::new(),
        periods: Vec::new(),
        time_zone: head.time_zone.clone(),
    }
}

/// A draft without its lessons.
#[utoipa::path(get, path = "/api/schedules/drafts/{draft}", tag = "schedules",
    params(("draft" = String, Path, description = "The draft.")),
    responses((status = 200, body = DraftView), (status = 404, description = "No such draft for the actor.")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(draft): Path<DraftId>,
) -> Result<Response, Problem> {
    let head = app.draft_head(&actor, draft).await?;
    Ok(([etag(head.revision)], axum::Json(DraftView::from(head))).into_response())
}

/// A class of a draft: what it learns, and its lessons.
#[utoipa::path(get, path = "/api/schedules/drafts/{draft}/classes/{class}", tag = "schedules",
    params(("draft" = String, Path, description = "The draft."), ("class" = String, Path, description = "The class.")),
    responses((status = 200, body = DraftClassView), (status = 404, description = "No such draft or class for the actor.")))]
pub(crate) async fn show_class(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((draft, class)): Path<(DraftId, GroupId)>,
) -> Result<Response, Problem> {
    let found = app.drafts.class(draft, class).await?;
    let (head, draft) = found.ok_or_else(Problem::not_found)?;
    app.admit_to(&actor, head.institution)?;
    let class = draft.classes.get(&class).ok_or_else(Problem::not_found)?;
    Ok(([etag(head.revision)], axum::Json(DraftClassView::from(class))).into_response())
}
