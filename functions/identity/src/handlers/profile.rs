//! Who is signed in: as a page and by the API. Everybody sees their own profile and no other one.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use model::{Actor, Role};
use ui::{Frame, Locale, Texts};
use web::{CurrentUser, PageContext, Problem};

use crate::{
    App,
    api::{ChildView, ChildrenView, KnownFrom, ProfileView, RoleView},
    profile::Family,
};

/// A role on the page.
struct RoleRow {
    title: String,
    place: String,
    is_current: bool,
    /// The role to switch to; each role offers it once, wherever it is held.
    switch_to: Option<Role>,
}

/// A child on the page.
struct ChildRow {
    name: String,
    diary: String,
    classes: Vec<String>,
    known_from: String,
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage<'a> {
    frame: Frame<'a>,
    roles: Vec<RoleRow>,
    children: Vec<ChildRow>,
    /// Whether to say that a confirmed account would show more: pupils have no use for one.
    advise_confirmation: bool,
    locales: [Locale; 2],
}

async fn family(app: &App, actor: &Actor) -> Result<Family, Problem> {
    Family::load(app, actor).await?.ok_or_else(Problem::not_found)
}

/// The profile page.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
) -> Result<Response, Problem> {
    let profile = family(&app, &actor).await?.profile(&actor);
    let texts = app.translations.of(page.locale);
    web::html(&ProfilePage {
        frame: page.frame(texts, profile.name.full.clone(), Some(&actor)),
        roles: role_rows(&profile.roles, page.role(&actor), texts),
        children: profile
            .children
            .iter()
            .map(|child| child_row(child, texts))
            .collect(),
        advise_confirmation: !profile.confirmed && !actor.roles.holds(Role::Pupil),
        locales: Locale::ALL,
    })
}

fn role_rows(roles: &[RoleView], current: Option<Role>, texts: Texts<'_>) -> Vec<RoleRow> {
    let mut offered = vec![];
    roles
        .iter()
        .map(|held| {
            let is_current = current == Some(held.role);
            let offers = !is_current && !offered.contains(&held.role);
            offered.push(held.role);
            let place = [held.place.as_deref(), held.class.as_deref()];
            RoleRow {
                title: texts.get(&format!("role-{}", held.role.as_str())),
                place: place.into_iter().flatten().collect::<Vec<_>>().join(", "),
                is_current,
                switch_to: offers.then_some(held.role),
            }
        })
        .collect()
}

fn child_row(child: &ChildView, texts: Texts<'_>) -> ChildRow {
    let source = match child.known_from {
        KnownFrom::School => "identity-known-from-school",
        KnownFrom::Gosuslugi => "identity-known-from-gosuslugi",
    };
    ChildRow {
        name: child.name.full.clone(),
        diary: format!("/diary/{}", child.person),
        classes: child
            .classes
            .iter()
            .map(|class| format!("{}, {}", class.title, class.institution_name))
            .collect(),
        known_from: texts.get(source),
    }
}

/// Who is signed in, with roles and children.
#[utoipa::path(
    get,
    path = "/api/identity/profile",
    tag = "identity",
    responses(
        (status = 200, description = "The person of the session", body = ProfileView),
        (status = 401, description = "No session, or one that has ended"),
        (status = 404, description = "The registry does not know the person any more"),
    )
)]
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<Response, Problem> {
    let profile = family(&app, &actor).await?.profile(&actor);
    Ok(axum::Json(profile).into_response())
}

/// The children whom the person of the session represents now.
#[utoipa::path(
    get,
    path = "/api/identity/children",
    tag = "identity",
    responses(
        (status = 200, description = "The children by name; nobody's for those who represent nobody", body = ChildrenView),
        (status = 401, description = "No session, or one that has ended"),
        (status = 404, description = "The registry does not know the person any more"),
    )
)]
pub(crate) async fn list_children(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<Response, Problem> {
    let children = family(&app, &actor).await?.children();
    Ok(axum::Json(ChildrenView { children }).into_response())
}
