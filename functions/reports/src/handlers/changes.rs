//! What others changed in the journals that somebody keeps.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use futures_util::future::try_join_all;
use jiff::ToSpan;
use model::{Actor, GroupId, PersonId, Role};
use rosters::{MemberRole, Membership};
use web::{CurrentUser, PageContext, Problem, html};

use crate::{App, api::ForeignChanges, digest, pages::changes::ChangesPage};

/// Changes that are read of one journal.
const MOST_OF_A_JOURNAL: i32 = 200;

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
) -> Result<Response, Problem> {
    let changes = app.foreign_changes(&actor).await?;
    let texts = app.translations.of(page.locale);
    html(&ChangesPage {
        frame: page.frame(texts, texts.get("reports-foreign"), Some(&actor)),
        changes,
    })
}

/// What others changed in the journals that the caller keeps, in the last 14 days: the last first, up to a hundred. An entry
/// where nothing stood before is told of only if it needed a reason or came long after its lesson.
#[utoipa::path(get, path = "/api/reports/changes", tag = "reports",
    responses((status = 200, body = ForeignChanges), (status = 404, description = "the caller keeps no journals")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<axum::Json<ForeignChanges>, Problem> {
    Ok(axum::Json(app.foreign_changes(&actor).await?))
}

impl App {
    async fn foreign_changes(&self, actor: &Actor) -> Result<ForeignChanges, Problem> {
        if !actor.roles.holds(Role::Teacher) {
            return Err(Problem::not_found());
        }
        let rosters = &self.sources.rosters;
        let now = self.clock.now();
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
        let span = (digest::since(now), now);
        let read = |group: GroupId| {
            self.sources
                .gradebook
                .notable_changes(group, span, MOST_OF_A_JOURNAL)
        };
        let (groups, found) = tokio::try_join!(
            rosters.groups(&own),
            try_join_all(own.iter().map(|group| read(*group)))
        )?;
        let is_cut = found
            .iter()
            .any(|changes| i32::try_from(changes.len()).is_ok_and(|read| read >= MOST_OF_A_JOURNAL));
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
        let mut changes = digest::foreign(actor.person, &changes.collect::<Vec<_>>());
        let pupils: Vec<PersonId> = changes.iter().map(|change| change.pupil).collect();
        if !pupils.is_empty() {
            digest::name(&mut changes, &rosters.people(&pupils).await?);
        }
        Ok(ForeignChanges { changes, is_cut })
    }
}
