//! What publishing would change, and publishing.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::ToSpan;
use model::{Actor, Week};
use web::{CurrentUser, Form, Json, PageContext, Path, Problem, html, see_other};

use super::all_conflicts;
use crate::{
    App,
    drafts::{
        conflict::Board,
        diff,
        id::DraftId,
        item::{DraftState, Publication},
        pages::{ClassChange, PublicationPage},
        publication::{PublishMessage, is_small},
        store::{Loaded, owner_of},
        views::{PublicationView, Publish, ordered},
        ways::ways,
        words::Words,
    },
};

/// After so many minutes without a step a publication is sent to the jobs once more.
const STANDS_STILL: i64 = 5;

/// The page: per class what would change, what is in the way, and the button; once it is pressed, how far it is.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    let institution = loaded.head.institution;
    let (bells, published, publication) = tokio::try_join!(
        app.drafts.bells(institution, loaded.head.from),
        app.drafts.published(institution),
        app.drafts.publication(institution)
    )?;
    let changes = ordered(&loaded.head, &loaded.draft)
        .into_iter()
        .map(|class| {
            let owner = owner_of(class);
            let week = published.iter().find(|week| week.owner == owner);
            let slots = week.map(|week| week.slots.as_slice()).unwrap_or_default();
            let unplaced = class.courses.iter().map(|course| {
                course
                    .hours
                    .unwrap_or(0)
                    .saturating_sub(class.placed(course.group))
            });
            ClassChange {
                class: class.class,
                title: class.title.clone(),
                counts: diff::of_class(class, slots),
                unplaced: unplaced.map(usize::from).sum(),
            }
        })
        .collect();
    let texts = app.texts(&page);
    let words = Words {
        texts,
        head: &loaded.head,
        draft: &loaded.draft,
    };
    let conflicts = all_conflicts(&words, &bells);
    let publication = publication.map(|(publication, _)| publication);
    html(&PublicationPage {
        frame: page.frame(texts, texts.get("drafts-publication"), Some(&actor)),
        progress: PublicationView::of(&loaded.head, publication.as_ref()),
        loaded: &loaded,
        changes,
        conflicts,
        ways: ways(texts, &loaded.head, &loaded.draft, &bells, None),
    })
}

/// How far the publication of a draft is.
#[utoipa::path(get, path = "/api/schedules/drafts/{draft}/publication", tag = "schedules",
    params(("draft" = String, Path, description = "The draft.")),
    responses((status = 200, body = PublicationView), (status = 404, description = "No such draft for the actor.")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(draft): Path<DraftId>,
) -> Result<Response, Problem> {
    let head = app.draft_head(&actor, draft).await?;
    let publication = app.drafts.publication(head.institution).await?;
    let publication = publication.as_ref().map(|(publication, _)| publication);
    Ok(axum::Json(PublicationView::of(&head, publication)).into_response())
}

/// Publishes a draft as it was seen, from a Monday on. What is done already is not done again.
#[utoipa::path(post, path = "/api/schedules/drafts/{draft}/publication", tag = "schedules",
    params(("draft" = String, Path, description = "The draft.")), request_body = Publish,
    responses((status = 200, body = PublicationView), (status = 404, description = "No such draft for the actor."),
        (status = 409, description = "The draft was edited, or another one is being published."),
        (status = 422, description = "It has conflicts, would hold in the past, or before what was published last.")))]
pub(crate) async fn publish(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Json(body): Json<Publish>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    app.publish_draft(&actor, &page, &loaded, &body).await?;
    let head = app.draft_head(&actor, draft).await?;
    let publication = app.drafts.publication(head.institution).await?;
    let publication = publication.as_ref().map(|(publication, _)| publication);
    Ok(axum::Json(PublicationView::of(&head, publication)).into_response())
}

/// Publishes a draft and shows how far it is.
pub(crate) async fn publish_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Form(form): Form<Publish>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    app.publish_draft(&actor, &page, &loaded, &form).await?;
    Ok(see_other(&format!("/schedules/drafts/{draft}/publication")))
}

impl App {
    async fn publish_draft(
        &self,
        actor: &Actor,
        page: &PageContext,
        loaded: &Loaded,
        wish: &Publish,
    ) -> Result<(), Problem> {
        match loaded.head.state {
            DraftState::Published => return Ok(()),
            DraftState::Publishing => return self.go_on(loaded).await,
            DraftState::Draft => {}
        }
        let week: Week = wish.from.parse().map_err(|_| Problem::invalid("from"))?;
        self.check_publication(page, loaded, wish, week).await?;
        let (head, now) = (&loaded.head, self.clock.now());
        let last = self.drafts.publication(head.institution).await?;
        if let Some((last, _)) = &last {
            if !last.done {
                return Err(Problem::conflict("publication_under_way"));
            }
            if week.monday() < last.from {
                return Err(Problem::unacceptable("later_published").with("from", last.from));
            }
        }
        let publication = Publication {
            institution: head.institution,
            draft: head.draft,
            from: week.monday(),
            by: actor.person,
            at: now,
            touched_at: now,
            done: false,
            written: 0,
            total: 0,
        };
        let over = last.map(|(_, version)| version);
        match self.drafts.begin(head, publication, over).await {
            Ok(()) => self.send(loaded).await,
            Err(error) if error.is_conflict_at(1) => Err(Problem::conflict("publication_under_way")),
            Err(error) if error.is_conflict_at(0) => Err(Problem::conflict("draft_changed")),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a draft can be published as it was seen.
    async fn check_publication(
        &self,
        page: &PageContext,
        loaded: &Loaded,
        wish: &Publish,
        week: Week,
    ) -> Result<(), Problem> {
        let head = &loaded.head;
        if wish.revision != head.revision {
            return Err(Problem::conflict("draft_changed"));
        }
        let today = self.clock.today(&model::time_zone(&head.time_zone));
        if week < Week::of(today) {
            return Err(Problem::unacceptable("publish_in_past"));
        }
        let bells = self.drafts.bells(head.institution, week.monday()).await?;
        let board = Board {
            draft: &loaded.draft,
            bells: &bells,
        };
        if board.all_conflicts().is_empty() {
            return Ok(());
        }
        let words = Words {
            texts: self.texts(page),
            head,
            draft: &loaded.draft,
        };
        Err(Problem::unacceptable("timetable_conflict").with("lessons", all_conflicts(&words, &bells)))
    }

    /// Carries a small publication out, hands a large one to the jobs.
    async fn send(&self, loaded: &Loaded) -> Result<(), Problem> {
        let institution = loaded.head.institution;
        if is_small(&loaded.draft) {
            return Ok(self.publisher.carry_out(institution).await?);
        }
        let queue = self
            .queue
            .as_ref()
            .ok_or_else(|| Problem::unavailable("no queue of jobs is configured"))?;
        let message = PublishMessage { publish: institution };
        queue.send(&message).await.map_err(Problem::unavailable)
    }

    /// Sends a publication once more that has made no step for some time: its message may never have been sent.
    async fn go_on(&self, loaded: &Loaded) -> Result<(), Problem> {
        let Some((publication, version)) = self.drafts.publication(loaded.head.institution).await? else {
            return Ok(());
        };
        let now = self.clock.now();
        let stands_still = publication.touched_at + STANDS_STILL.minutes() < now;
        if publication.draft != loaded.head.draft || !stands_still {
            return Ok(());
        }
        let touched = Publication {
            touched_at: now,
            ..publication
        };
        self.drafts.note(touched, version).await?;
        self.send(loaded).await
    }
}
