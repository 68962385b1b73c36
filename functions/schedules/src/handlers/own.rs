//! The schedule of whoever asks: a teacher's week, the week of one's own or one's child's class, the list of classes.

use std::sync::Arc;

use axum::{Json, extract::State, response::Response};
use jiff::tz::TimeZone;
use model::{Actor, GroupId, PersonId, Role, Week};
use rosters::{Membership, PersonCard};
use serde::Deserialize;
use web::{CurrentUser, PageContext, Problem, Query, html};

use super::{DateQuery, class, own_lessons, workplaces};
use crate::{
    App,
    api::WeekView,
    pages::{ClassesPage, NothingPage, Tab, WeekPage},
};

/// What the page is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct OwnQuery {
    date: Option<String>,
    child: Option<PersonId>,
    class: Option<GroupId>,
}

/// The page of the role as which the actor looks.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(query): Query<OwnQuery>,
) -> Result<Response, Problem> {
    match page.role(&actor) {
        Some(Role::Teacher) => teacher(&app, &actor, &page, query).await,
        Some(Role::Pupil) => pupil(&app, &actor, &page, query).await,
        Some(Role::Parent) => parent(&app, &actor, &page, query).await,
        Some(Role::Deputy | Role::Head | Role::Administrator) => classes(&app, &actor, &page).await,
        _ => nothing(&app, &actor, &page),
    }
}

/// The week of the actor as a teacher.
#[utoipa::path(
    get, path = "/api/schedules/week", tag = "schedules",
    params(("date" = Option<String>, Query, description = "Any day of the week, today by default.")),
    responses((status = 200, body = WeekView), (status = 404, description = "The actor works at no institution.")),
)]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Query(query): Query<DateQuery>,
) -> Result<Json<WeekView>, Problem> {
    let week = query.week()?;
    Ok(Json(
        own_lessons(&app, &actor, week.map(Week::monday))
            .await?
            .week_view(week, app.clock.now()),
    ))
}

async fn teacher(app: &App, actor: &Actor, page: &PageContext, query: OwnQuery) -> Result<Response, Problem> {
    let week = DateQuery { date: query.date }.week()?;
    let days = own_lessons(app, actor, week.map(Week::monday)).await?;
    let week = days.week_view(week, app.clock.now());
    let texts = app.texts(page);
    let frame = page.frame(texts, texts.get("schedules-own-week"), Some(actor));
    html(&WeekPage::new(frame, week, "/schedules?").with_journals())
}

async fn pupil(app: &App, actor: &Actor, page: &PageContext, query: OwnQuery) -> Result<Response, Problem> {
    let card = app
        .store
        .card(actor.person)
        .await?
        .ok_or_else(Problem::not_found)?;
    class_page(app, actor, page, query, &card, vec![]).await
}

async fn parent(app: &App, actor: &Actor, page: &PageContext, query: OwnQuery) -> Result<Response, Problem> {
    let own = app
        .store
        .card(actor.person)
        .await?
        .ok_or_else(Problem::not_found)?;
    let children: Vec<_> = own.children_in_force().collect();
    let child = match query.child {
        Some(asked) => children
            .iter()
            .find(|held| held.child == asked)
            .ok_or_else(Problem::not_found)?,
        None => match children.first() {
            Some(first) => first,
            None => return nothing(app, actor, page),
        },
    };
    let tab = |id: PersonId, name: &str| Tab {
        name: name.to_owned(),
        href: format!("/schedules?child={id}"),
        current: id == child.child,
    };
    let tabs = children
        .iter()
        .map(|held| tab(held.child, &held.child_name.given))
        .collect();
    let card = app
        .store
        .card(child.child)
        .await?
        .ok_or_else(Problem::not_found)?;
    let query = OwnQuery {
        child: Some(child.child),
        ..query
    };
    class_page(app, actor, page, query, &card, tabs).await
}

/// The week of a class of the person on the card, who is the actor or a child of theirs.
async fn class_page(
    app: &App,
    actor: &Actor,
    page: &PageContext,
    query: OwnQuery,
    card: &PersonCard,
    children: Vec<Tab>,
) -> Result<Response, Problem> {
    let week = DateQuery { date: query.date }.week()?;
    let classes: Vec<&Membership> = card.classes_on(app.clock.today(&TimeZone::UTC)).collect();
    let shown = match query.class {
        Some(asked) => Some(
            *classes
                .iter()
                .find(|held| held.group == asked)
                .ok_or_else(Problem::not_found)?,
        ),
        None => classes.first().copied(),
    };
    let texts = app.texts(page);
    let Some(shown) = shown else {
        let frame = page.frame(texts, texts.get("schedules"), Some(actor));
        return html(&NothingPage { frame, children });
    };
    let guardians = query.child.map(|_| actor.person).into_iter().collect();
    class::decide(
        app,
        actor,
        shown.group,
        shown.institution,
        vec![card.person.person],
        guardians,
    )?;
    let this_week = || Week::of(app.clock.today(&shown.zone()));
    let days = app
        .store
        .class_week(shown.group, shown.institution, week.unwrap_or_else(this_week))
        .await?;
    let base = query.child.map_or_else(
        || "/schedules?".to_owned(),
        |child| format!("/schedules?child={child}&"),
    );
    let tab = |held: &&Membership| Tab {
        name: format!("{} · {}", held.title, held.institution_name),
        href: format!("{base}class={}", held.group),
        current: held.group == shown.group,
    };
    let tabs = if classes.len() > 1 {
        classes.iter().map(tab).collect()
    } else {
        vec![]
    };
    let frame = page.frame(texts, texts.of("schedules-of-class", &shown.title), Some(actor));
    let base = format!("{base}class={}&", shown.group);
    html(&WeekPage::new(frame, days.week_view(week, app.clock.now()), &base).with_tabs(children, tabs))
}

async fn classes(app: &App, actor: &Actor, page: &PageContext) -> Result<Response, Problem> {
    let institutions = app.store.classes(&workplaces(app, actor)).await?;
    let texts = app.texts(page);
    let frame = page.frame(texts, texts.get("schedules"), Some(actor));
    html(&ClassesPage { frame, institutions })
}

fn nothing(app: &App, actor: &Actor, page: &PageContext) -> Result<Response, Problem> {
    let texts = app.texts(page);
    let frame = page.frame(texts, texts.get("schedules"), Some(actor));
    html(&NothingPage {
        frame,
        children: vec![],
    })
}
