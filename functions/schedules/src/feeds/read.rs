//! A feed as calendar programs read it: without a session, by the secret alone.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use model::{Actor, InstitutionId};
use sha2::{Digest, Sha256};
use ui::Texts;
use web::{Path, Problem};

use super::{
    calendar::{self, FeedEvent},
    events::{self, Reader},
    item::{Feed, FeedOf},
    room,
    secret::Secret,
    source::{Shown, Source, shown},
    span,
};
use crate::App;

/// How long a copy may be shown without asking: a program that asks more often sees no more.
const CACHE: &str = "private, max-age=900";

/// The calendar of a link.
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let secret: Secret = file
        .strip_suffix(".ics")
        .and_then(|secret| secret.parse().ok())
        .ok_or_else(Problem::not_found)?;
    let feed = app
        .feeds
        .find(&secret.id())
        .await?
        .ok_or_else(Problem::not_found)?;
    let text = text(&app, &feed).await?;
    let digest = Sha256::digest(text.as_bytes());
    let tag: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok())
        .is_some_and(|tags| {
            tags.split(',')
                .any(|known| known.trim().trim_start_matches("W/") == tag)
        });
    let cache = [(header::CACHE_CONTROL, CACHE.to_owned()), (header::ETAG, tag)];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, cache).into_response());
    }
    let content = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"schedule.ics\""),
    ];
    Ok((cache, content, text).into_response())
}

/// What the link shows now: to whom its owner is by the registry, not by a session.
async fn text(app: &App, feed: &Feed) -> Result<String, Problem> {
    let card = app.feeds.card(feed.owner).await?.ok_or_else(Problem::not_found)?;
    let actor = Actor {
        person: feed.owner,
        // A day begins somewhere first; roles are kept by days.
        roles: card.roles_on(app.clock.today(&TimeZone::UTC)),
    };
    let texts = app.translations.of(feed.language.parse().unwrap_or_default());
    let (name, events) = match shown(app, &actor, &card, &feed.of).await? {
        Shown::Room(institution, room) => {
            let name = texts.of("feeds-room-of", &room);
            (name, of_room(app, texts, institution, &room).await?)
        }
        Shown::Weeks(sources) => {
            let mut events = BTreeMap::new();
            for source in &sources {
                events.extend(of_weeks(app, texts, source, &feed.of).await?);
            }
            (name(texts, &sources), events)
        }
    };
    let events: Vec<FeedEvent> = in_order(events);
    Ok(calendar::text(&name, &events))
}

/// The events by time.
fn in_order(events: BTreeMap<String, FeedEvent>) -> Vec<FeedEvent> {
    let mut events: Vec<FeedEvent> = events.into_values().collect();
    events.sort_by(|a, b| (a.start, &a.uid).cmp(&(b.start, &b.uid)));
    events
}

fn name(texts: Texts<'_>, sources: &[Source]) -> String {
    let titles: Vec<&str> = sources
        .iter()
        .map(|source| source.title.as_str())
        .filter(|title| !title.is_empty())
        .collect();
    if titles.is_empty() {
        texts.get("schedules-own-week")
    } else {
        texts.of("schedules-of-class", &titles.join(", "))
    }
}

async fn of_weeks(
    app: &App,
    texts: Texts<'_>,
    source: &Source,
    of: &FeedOf,
) -> Result<BTreeMap<String, FeedEvent>, Problem> {
    let weeks = span::weeks(&source.periods, app.clock.today(&TimeZone::UTC));
    let weeks = app
        .feeds
        .weeks(source.owner, &source.at, &weeks, &source.places)
        .await?;
    let reader = match of {
        FeedOf::Teacher => Reader::Teacher,
        _ => Reader::Pupil(&source.learns_in),
    };
    Ok(events::events(texts, &weeks, reader))
}

async fn of_room(
    app: &App,
    texts: Texts<'_>,
    institution: InstitutionId,
    room: &str,
) -> Result<BTreeMap<String, FeedEvent>, Problem> {
    let weeks = span::weeks(&[], app.clock.today(&TimeZone::UTC));
    let plan = app
        .substitutions
        .plan(institution, &weeks.into_iter().collect())
        .await?;
    Ok(room::events(texts, &plan, room))
}
