//! One's own links: make, list, take back, make anew.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::Actor;
use rosters::PersonCard;
use store::StoreError;
use ui::Locale;
use web::{CurrentUser, Form, PageContext, Path, Problem, Query, html, see_other};

use super::{
    api::{FeedRequest, FeedView, FeedsView, NewFeedView, wrong},
    item::{Feed, FeedOf},
    pages::{FeedsPage, NewLink, Options},
    secret::{FeedId, Secret},
    source::shown,
};
use crate::{App, handlers::workplaces};

/// More links than that nobody can tell apart.
const MOST: usize = 20;

/// The link tells its secret only to whom it is shown.
const NO_STORE: (header::HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

impl App {
    /// The address of a link.
    fn feed_url(&self, secret: &Secret) -> String {
        format!("{}/schedules/feeds/{}.ics", self.origin, secret.text())
    }

    /// A new link of the actor's, which is not yet kept.
    ///
    /// # Errors
    /// Not found, if there is nothing that the actor may see; the room's field, if the institution has none such.
    async fn new_feed(&self, actor: &Actor, language: Locale, of: FeedOf) -> Result<(Feed, Secret), Problem> {
        let card = self.own_card(actor).await?;
        shown(self, actor, &card, &of).await?;
        let of = match of {
            FeedOf::Room { institution, room } => {
                let known = self.feeds.room(institution, &room).await?;
                let room = known.ok_or_else(|| wrong("room"))?;
                FeedOf::Room { institution, room }
            }
            other => other,
        };
        let secret = Secret::random();
        let feed = Feed {
            feed: secret.id(),
            owner: actor.person,
            of,
            language: language.tag().to_owned(),
            created_at: self.clock.now(),
        };
        Ok((feed, secret))
    }

    async fn own_card(&self, actor: &Actor) -> Result<PersonCard, Problem> {
        self.feeds
            .card(actor.person)
            .await?
            .ok_or_else(Problem::not_found)
    }

    async fn create_feed(
        &self,
        actor: &Actor,
        language: Locale,
        of: FeedOf,
    ) -> Result<(Feed, Secret), Problem> {
        let (made, own) = tokio::try_join!(self.new_feed(actor, language, of), async {
            Ok(self.feeds.of(actor.person).await?)
        })?;
        if own.len() >= MOST {
            return Err(Problem::unacceptable("feeds_too_many"));
        }
        self.feeds.create(&made.0).await?;
        Ok(made)
    }

    /// Puts a new secret in the place of a link's.
    async fn renew_feed(&self, actor: &Actor, id: &FeedId) -> Result<(Feed, Secret), Problem> {
        let old = self.feeds.find(id).await?;
        let old = old
            .filter(|feed| feed.owner == actor.person)
            .ok_or_else(Problem::not_found)?;
        let language = old.language.parse().unwrap_or_default();
        let (feed, secret) = self.new_feed(actor, language, old.of).await?;
        match self.feeds.renew(id, &feed).await {
            Err(StoreError::Conflict(_)) => Err(Problem::not_found()),
            other => Ok(other.map(|()| (feed, secret))?),
        }
    }

    async fn revoke_feed(&self, actor: &Actor, id: &FeedId) -> Result<(), Problem> {
        match self.feeds.revoke(actor.person, id).await {
            Err(StoreError::Conflict(_)) => Err(Problem::not_found()),
            other => Ok(other?),
        }
    }
}

/// What has just happened.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Done {
    revoked: Option<u8>,
}

/// The page of one's own links.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let notice = done.revoked.map(|_| app.texts(&page).get("feeds-revoked"));
    feeds_html(&app, &actor, &page, None, notice).await
}

async fn feeds_html(
    app: &App,
    actor: &Actor,
    page: &PageContext,
    made: Option<NewLink>,
    notice: Option<String>,
) -> Result<Response, Problem> {
    let classes = async { Ok::<_, Problem>(app.store.classes(&workplaces(app, actor)).await?) };
    let feeds = async { Ok::<_, Problem>(app.feeds.of(actor.person).await?) };
    let card = async { Ok::<_, Problem>(app.feeds.card(actor.person).await?) };
    let (classes, feeds, card) = tokio::try_join!(classes, feeds, card)?;
    let texts = app.texts(page);
    let mut frame = page.frame(texts, texts.get("feeds"), Some(actor));
    frame.notice = notice;
    let options = Options::new(actor, card.as_ref(), classes);
    let response = html(&FeedsPage::new(frame, &feeds, options, made))?;
    Ok(([NO_STORE], response).into_response())
}

/// Makes a link and shows it: this once, so there is no other page to be sent to.
pub(crate) async fn create_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Form(request): Form<FeedRequest>,
) -> Result<Response, Problem> {
    let (feed, secret) = app.create_feed(&actor, page.locale, request.of()?).await?;
    let made = NewLink::new(&feed.feed, app.feed_url(&secret));
    feeds_html(&app, &actor, &page, Some(made), None).await
}

/// Makes a link anew: the old one shows nothing from then on.
pub(crate) async fn renew_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(id): Path<FeedId>,
) -> Result<Response, Problem> {
    let (feed, secret) = app.renew_feed(&actor, &id).await?;
    let made = NewLink::new(&feed.feed, app.feed_url(&secret));
    feeds_html(&app, &actor, &page, Some(made), None).await
}

/// Takes a link back.
pub(crate) async fn revoke_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(id): Path<FeedId>,
) -> Result<Response, Problem> {
    app.revoke_feed(&actor, &id).await?;
    Ok(see_other("/schedules/feeds?revoked=1"))
}

/// One's own links, without their secrets.
#[utoipa::path(get, path = "/api/schedules/feeds", tag = "schedules", responses((status = 200, body = FeedsView)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<Json<FeedsView>, Problem> {
    let feeds = app.feeds.of(actor.person).await?;
    Ok(Json(FeedsView {
        feeds: feeds.iter().map(FeedView::from).collect(),
    }))
}

/// Makes a link to a calendar of lessons, for programs that know no session.
#[utoipa::path(
    post, path = "/api/schedules/feeds", tag = "schedules", request_body = FeedRequest,
    responses(
        (status = 201, body = NewFeedView, description = "The address is told this once."),
        (status = 404, description = "Nothing such that the actor may see."),
        (status = 422, description = "A field is missing, or there are too many links already."),
    ),
)]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    web::Json(request): web::Json<FeedRequest>,
) -> Result<Response, Problem> {
    let made = app.create_feed(&actor, page.locale, request.of()?).await?;
    Ok(created(&app, made))
}

/// Puts a new secret in the place of a link's: the old address shows nothing from then on.
#[utoipa::path(
    post, path = "/api/schedules/feeds/{feed}/renew", tag = "schedules",
    params(("feed" = String, Path, description = "The link.")),
    responses((status = 201, body = NewFeedView), (status = 404, description = "No such link of the actor's.")),
)]
pub(crate) async fn renew(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(id): Path<FeedId>,
) -> Result<Response, Problem> {
    let made = app.renew_feed(&actor, &id).await?;
    Ok(created(&app, made))
}

/// Takes a link back: it shows nothing from then on.
#[utoipa::path(
    delete, path = "/api/schedules/feeds/{feed}", tag = "schedules",
    params(("feed" = String, Path, description = "The link.")),
    responses((status = 204), (status = 404, description = "No such link of the actor's.")),
)]
pub(crate) async fn revoke(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(id): Path<FeedId>,
) -> Result<StatusCode, Problem> {
    app.revoke_feed(&actor, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn created(app: &App, (feed, secret): (Feed, Secret)) -> Response {
    let view = NewFeedView {
        feed: FeedView::from(&feed),
        url: app.feed_url(&secret),
    };
    (StatusCode::CREATED, [NO_STORE], Json(view)).into_response()
}
