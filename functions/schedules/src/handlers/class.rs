//! The week of a class.

use std::sync::Arc;

use access::{Access, Resource};
use axum::{Json, extract::State, response::Response};
use model::{Actor, GroupId, InstitutionId, PersonId, Role, Week};
use rosters::Group;
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use super::DateQuery;
use crate::{
    App,
    api::{ClassWeekView, WeekView},
    pages::WeekPage,
};

/// The page.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(class): Path<GroupId>,
    Query(query): Query<DateQuery>,
) -> Result<Response, Problem> {
    let (group, week) = load(&app, &actor, class, &query).await?;
    let texts = app.texts(&page);
    let heading = texts.of("schedules-of-class", &group.title);
    let frame = page.frame(texts, heading, Some(&actor));
    html(&WeekPage::new(
        frame,
        week,
        &format!("/schedules/classes/{class}?"),
    ))
}

/// The week of a class.
#[utoipa::path(
    get, path = "/api/schedules/classes/{class}", tag = "schedules",
    params(
        ("class" = String, Path, description = "The class."),
        ("date" = Option<String>, Query, description = "Any day of the week, today by default."),
    ),
    responses((status = 200, body = ClassWeekView), (status = 404, description = "No such class for the actor.")),
)]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(class): Path<GroupId>,
    Query(query): Query<DateQuery>,
) -> Result<Json<ClassWeekView>, Problem> {
    let (group, week) = load(&app, &actor, class, &query).await?;
    Ok(Json(ClassWeekView {
        class,
        title: group.title,
        week,
    }))
}

/// The class and its week, if the actor may see them.
async fn load(
    app: &App,
    actor: &Actor,
    class: GroupId,
    query: &DateQuery,
) -> Result<(Group, WeekView), Problem> {
    let week = query.week()?;
    let children = async {
        if actor.roles.holds(Role::Parent) {
            children(app, actor).await
        } else {
            Ok(Vec::new())
        }
    };
    let group = async { Ok(app.store.class(class).await?) };
    let (group, children) = tokio::try_join!(group, children)?;
    let group = group.ok_or_else(Problem::not_found)?;
    let read = week.unwrap_or_else(|| Week::of(app.clock.today(&group.zone())));
    let days = async { Ok(app.store.class_week(class, group.institution, read).await?) };
    let (days, ()) = tokio::try_join!(days, may_see(app, actor, &group, &children))?;
    Ok((group, days.week_view(week, app.clock.now())))
}

async fn children(app: &App, actor: &Actor) -> Result<Vec<PersonId>, Problem> {
    let card = app.store.card(actor.person).await?;
    Ok(card
        .iter()
        .flat_map(|card| card.children_in_force())
        .map(|held| held.child)
        .collect())
}

/// Loads only what the actor's roles make worth asking for, and asks.
async fn may_see(app: &App, actor: &Actor, group: &Group, children: &[PersonId]) -> Result<(), Problem> {
    let is_operator = actor.roles.holds(Role::RegionOperator) || actor.roles.holds(Role::FederalOperator);
    if is_operator && operates(app, actor, group.institution).await? {
        return Ok(());
    }
    let learns = actor.roles.holds(Role::Pupil).then_some(actor.person);
    let asked: Vec<PersonId> = children.iter().copied().chain(learns).collect();
    let today = app.clock.today(&group.zone());
    let members = app.store.pupils_among(&asked, group.group, today).await?;
    let guardians = if members.iter().any(|member| children.contains(member)) {
        vec![actor.person]
    } else {
        vec![]
    };
    decide(app, actor, group.group, group.institution, members, guardians)
}

/// Asks the policies about a class of which the given people are members and the given ones represent members.
pub(super) fn decide(
    app: &App,
    actor: &Actor,
    class: GroupId,
    institution: InstitutionId,
    members: Vec<PersonId>,
    guardians: Vec<PersonId>,
) -> Result<(), Problem> {
    let resource = Resource::Group {
        id: class,
        institution,
        members,
        teachers: vec![],
        guardians,
    };
    match app.access.decide(actor, "see_group", "see_group", &resource) {
        Access::Granted => Ok(()),
        Access::Forbidden => Err(Problem::forbidden()),
        Access::Hidden => Err(Problem::not_found()),
    }
}

async fn operates(app: &App, actor: &Actor, institution: InstitutionId) -> Result<bool, Problem> {
    let Some(institution) = app.store.institution(institution).await? else {
        return Ok(false);
    };
    let registry = Resource::Registry {
        region: institution.region,
    };
    Ok(app.access.allows(actor, "see_registry", &registry))
}
