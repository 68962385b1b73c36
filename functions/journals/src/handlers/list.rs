//! The journals that somebody keeps, or that stand open to who leads the institution.

use std::{collections::BTreeSet, sync::Arc};

use access::Resource;
use axum::{extract::State, response::Response};
use jiff::civil::Date;
use model::{Actor, GroupId, GroupKind, InstitutionId, InstitutionKind, Role};
use rosters::{MemberRole, Membership};
use serde::Deserialize;
use web::{CurrentUser, PageContext, Problem, Query, html};

use crate::{
    App,
    api::{JournalEntry, JournalList},
    pages::JournalsPage,
};

/// Whose journals: one's own, or those of a class.
#[derive(Debug, Deserialize)]
pub(crate) struct Whose {
    class: Option<GroupId>,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(whose): Query<Whose>,
) -> Result<Response, Problem> {
    let Listed { class, journals, led } = app.list(&actor, whose.class).await?;
    let texts = app.translations.of(page.locale);
    let works = [Role::Teacher, Role::Deputy, Role::Head];
    let held = actor.roles.0.iter().filter(|held| works.contains(&held.role));
    let institutions: BTreeSet<InstitutionId> = held.filter_map(|held| held.institution).collect();
    let title = match &class {
        Some(class) => texts.of("journals-of-class", class),
        None => texts.get("journals-mine"),
    };
    html(&JournalsPage {
        frame: page.frame(texts, title, Some(&actor)),
        journals,
        class: whose.class,
        led,
        institutions: institutions.into_iter().collect(),
    })
}

/// The journals that the caller keeps; with `class`, those of a class of the institution that the caller leads.
#[utoipa::path(get, path = "/api/journals", tag = "journals",
    params(("class" = Option<String>, Query, description = "id of a class")),
    responses((status = 200, body = JournalList), (status = 404, description = "no such class, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Query(whose): Query<Whose>,
) -> Result<axum::Json<JournalList>, Problem> {
    let listed = app.list(&actor, whose.class).await?;
    Ok(axum::Json(JournalList {
        journals: listed.journals,
    }))
}

/// Journals, and the classes around them.
struct Listed {
    /// The title of the class whose journals they are; nothing of one's own.
    class: Option<String>,
    /// The journals.
    journals: Vec<JournalEntry>,
    /// The classes of which one is the class teacher, with their titles.
    led: Vec<(GroupId, String)>,
}

/// The classes among what somebody teaches.
fn led(groups: &[Membership], today: impl Fn(&Membership) -> Date) -> Vec<(GroupId, String)> {
    let is_led = |group: &&Membership| {
        group.group_kind == GroupKind::Class
            && group.role == MemberRole::Teacher
            && group.holds_on(today(group))
    };
    let led = groups.iter().filter(is_led);
    led.map(|group| (group.group, group.title.clone())).collect()
}

impl App {
    async fn list(&self, actor: &Actor, class: Option<GroupId>) -> Result<Listed, Problem> {
        match class {
            Some(class) => self.journals_of_class(actor, class).await,
            None => {
                let groups = self.rosters.teaching(actor.person).await?;
                let classes: Vec<InstitutionId> = groups
                    .iter()
                    .filter(|group| group.group_kind == GroupKind::Class && group.grade.is_none())
                    .map(|group| group.institution)
                    .collect();
                // Only a class without a year of study can be a kindergarten's group, which keeps a register.
                let places = match classes.is_empty() {
                    true => vec![],
                    false => self.rosters.institutions(&classes).await?,
                };
                let kindergartens: Vec<InstitutionId> = places
                    .into_iter()
                    .filter(|place| place.kind == InstitutionKind::Preschool)
                    .map(|place| place.institution)
                    .collect();
                Ok(Listed {
                    class: None,
                    led: led(&groups, |group| self.clock.today(&group.zone())),
                    journals: own(groups, &kindergartens),
                })
            }
        }
    }

    async fn journals_of_class(&self, actor: &Actor, class: GroupId) -> Result<Listed, Problem> {
        let (group, taught) =
            tokio::try_join!(self.rosters.group(class), self.rosters.teaching_of_class(class))?;
        let group = group.ok_or_else(Problem::not_found)?;
        let resource = Resource::Group {
            id: class,
            institution: group.institution,
            members: vec![],
            teachers: vec![],
            guardians: vec![],
        };
        if !self.access.allows(actor, "see_group", &resource) {
            return Err(Problem::not_found());
        }
        let mut journals: Vec<JournalEntry> = taught
            .into_iter()
            .map(|taught| JournalEntry {
                id: taught.group,
                subject: taught.subject,
                title: taught.title,
            })
            .collect();
        journals.sort_by(|a, b| (&a.subject, &a.title).cmp(&(&b.subject, &b.title)));
        Ok(Listed {
            class: Some(group.title),
            journals,
            led: vec![],
        })
    }
}

fn own(groups: Vec<Membership>, kindergartens: &[InstitutionId]) -> Vec<JournalEntry> {
    let mut groups: Vec<Membership> = groups
        .into_iter()
        .filter(|group| {
            let has_journal =
                group.group_kind == GroupKind::Teaching || kindergartens.contains(&group.institution);
            group.role == MemberRole::Teacher && has_journal
        })
        .collect();
    groups.sort_by(|a, b| (a.grade, &a.title, &a.subject).cmp(&(b.grade, &b.title, &b.subject)));
    groups
        .into_iter()
        .map(|group| JournalEntry {
            id: group.group,
            subject: group.subject.unwrap_or_default(),
            title: group.title,
        })
        .collect()
}
