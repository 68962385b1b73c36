//! What others changed in the journals that somebody keeps.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use futures_util::future::try_join_all;
use gradebook::ChangePlace;
use jiff::ToSpan;
use model::{Actor, GroupId, PersonId, Role};
use rosters::{MemberRole, Membership};
use serde::Deserialize;
use web::{CurrentUser, PageContext, Problem, Query, html};

use crate::{App, api::ForeignChanges, digest, pages::changes::ChangesPage};

/// Which portion, from the address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Portion {
    until: Option<String>,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(portion): Query<Portion>,
) -> Result<Response, Problem> {
    let changes = app.foreign_changes(&actor, &portion).await?;
    let texts = app.translations.of(page.locale);
    html(&ChangesPage {
        frame: page.frame(texts, texts.get("reports-foreign"), Some(&actor)),
        changes,
        is_first: portion.until.is_none(),
    })
}

/// What others changed in the journals that the caller keeps, in the last 14 days: the last first, up to a hundred; `next` leads
/// to those before them. An entry where nothing stood before is told of only if it needed a reason or came long after its
/// lesson.
#[utoipa::path(get, path = "/api/reports/changes", tag = "reports",
    params(("until" = Option<String>, Query, description = "`next` of the portion before; the last changes if left out")),
    responses((status = 200, body = ForeignChanges), (status = 404, description = "the caller keeps no journals"),
        (status = 422, description = "no place at which a portion can begin")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Query(portion): Query<Portion>,
) -> Result<axum::Json<ForeignChanges>, Problem> {
    Ok(axum::Json(app.foreign_changes(&actor, &portion).await?))
}

impl App {
    async fn foreign_changes(&self, actor: &Actor, portion: &Portion) -> Result<ForeignChanges, Problem> {
        if !actor.roles.holds(Role::Teacher) {
            return Err(Problem::not_found());
        }
        let rosters = &self.sources.rosters;
        let now = self.clock.now();
        let until = match &portion.until {
            Some(until) => until.parse().map_err(|_| Problem::invalid("until"))?,
            None => ChangePlace::after(now),
        };
        let teaching = rosters.teaching(actor.person).await?;
        // Whoever does not teach a group any more, wherever it is, hears of it no more.
        let today = self.clock.today(&jiff::tz::TimeZone::UTC);
        // Where a group is, it is this day or one beside it; which one is known with the group.
        let near = [
            today.saturating_sub(1.day()),
            today,
            today.saturating_add(1.day()),
        ];
        let own = teaching
            .iter()
            .filter(|it| it.role == MemberRole::Teacher && near.iter().any(|day| it.holds_on(*day)));
        let own: Vec<GroupId> = own.map(|membership| membership.group).collect();
        if own.is_empty() {
            return Ok(ForeignChanges::default());
        }
        let span = (digest::since(now), &until);
        let most = i32::try_from(digest::MOST_READ).unwrap_or(i32::MAX);
        let read = |group: GroupId| self.sources.gradebook.notable_changes_until(group, span, most);
        let (groups, found) = tokio::try_join!(
            rosters.groups(&own),
            try_join_all(own.iter().map(|group| read(*group)))
        )?;
        let changes = own.iter().zip(found).filter_map(|(id, changes)| {
            let group = groups.iter().find(|group| group.group == *id)?;
            let there = self.clock.today(&group.zone());
            let teaches = |it: &&Membership| it.group == *id && it.role == MemberRole::Teacher;
            teaching
                .iter()
                .find(teaches)
                .filter(|held| held.holds_on(there))?;
            Some((group.clone(), changes))
        });
        let digest::Portion { mut changes, next } =
            digest::portion(actor.person, &changes.collect::<Vec<_>>());
        let pupils: Vec<PersonId> = changes.iter().map(|change| change.pupil).collect();
        if !pupils.is_empty() {
            digest::name(&mut changes, &rosters.people(&pupils).await?);
        }
        Ok(ForeignChanges {
            changes,
            next: next.map(|next| next.to_string()),
        })
    }
}
