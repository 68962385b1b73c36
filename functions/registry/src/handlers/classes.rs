//! Classes: those of one's institutions, and one with its list and subjects.

use std::{collections::BTreeSet, sync::Arc};

use axum::{extract::State, response::Response};
use futures_util::future::try_join_all;
use gradebook::UnusualChanges;
use jiff::{civil::Date, tz::TimeZone};
use model::{Actor, GroupId, GroupKind, InstitutionId};
use rosters::{Group, Institution, Member};
use web::{CurrentUser, PageContext, Path, Problem, html};

use crate::{
    App,
    api::ClassView,
    handlers::leads,
    pages::{ClassPage, ClassesPage, InstitutionClasses},
};

/// A subject of a class, with those who teach it today.
#[derive(Debug)]
pub(crate) struct ClassSubject {
    pub(crate) group: GroupId,
    pub(crate) subject: String,
    pub(crate) title: String,
    pub(crate) teachers: Vec<Member>,
}

/// A class as it is today.
#[derive(Debug)]
pub(crate) struct ClassCard {
    pub(crate) group: Group,
    pub(crate) institution: Institution,
    pub(crate) teachers: Vec<Member>,
    pub(crate) pupils: Vec<Member>,
    pub(crate) subjects: Vec<ClassSubject>,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
) -> Result<Response, Problem> {
    let places: BTreeSet<InstitutionId> = actor.roles.0.iter().filter_map(|held| held.institution).collect();
    let found = try_join_all(places.iter().map(|place| app.classes_of(&actor, *place))).await?;
    let mut institutions: Vec<InstitutionClasses> = found.into_iter().flatten().collect();
    if institutions.is_empty() {
        return Err(Problem::not_found());
    }
    institutions.sort_by(|a, b| a.institution.name.cmp(&b.institution.name));
    let texts = app.translations.of(page.locale);
    html(&ClassesPage {
        frame: page.frame(texts, texts.get("classes"), Some(&actor)),
        institutions,
    })
}

pub(crate) async fn one(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(class): Path<GroupId>,
) -> Result<Response, Problem> {
    let card = app.class(&actor, class).await?;
    let leads = leads(&actor, card.group.institution);
    let frame = page.frame(
        app.translations.of(page.locale),
        card.group.title.clone(),
        Some(&actor),
    );
    html(&ClassPage {
        frame,
        card,
        leads,
        reader: actor.person,
    })
}

/// A class with its list, class teachers and subjects as they are today, for those who work at its institution.
#[utoipa::path(get, path = "/api/registry/classes/{class}", tag = "registry", params(("class" = String, Path)),
    responses((status = 200, body = ClassView), (status = 404, description = "no such class, or not for the caller")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(class): Path<GroupId>,
) -> Result<axum::Json<ClassView>, Problem> {
    Ok(axum::Json(ClassView::of(&app.class(&actor, class).await?)))
}

impl App {
    /// The classes of an institution at which the actor works; nothing if they learn there.
    async fn classes_of(
        &self,
        actor: &Actor,
        id: InstitutionId,
    ) -> Result<Option<InstitutionClasses>, Problem> {
        let resource = access::Resource::Institution { id };
        if !self.access.allows(actor, "see_institution", &resource) {
            return Ok(None);
        }
        let has_journals = leads(actor, id);
        let (institution, classes, unseen) = tokio::try_join!(
            self.rosters.institution(id),
            self.rosters.classes(id),
            self.unseen_changes(id, has_journals)
        )?;
        Ok(institution.map(|institution| InstitutionClasses {
            institution,
            classes,
            opens_classes: true,
            has_journals,
            unseen,
        }))
    }

    /// How many of the unusual changes of marks at an institution nobody has seen: 1 query, for who leads it alone.
    pub(crate) async fn unseen_changes(
        &self,
        institution: InstitutionId,
        leads: bool,
    ) -> Result<usize, ::store::StoreError> {
        if !leads {
            return Ok(0);
        }
        let days = UnusualChanges::shown_on(self.clock.today(&TimeZone::UTC));
        let told = self.gradebook.unusual_changes(institution, days).await?;
        Ok(told.iter().filter(|told| told.is_new()).count())
    }

    async fn class(&self, actor: &Actor, id: GroupId) -> Result<ClassCard, Problem> {
        let (roster, taught) = tokio::try_join!(self.rosters.roster(id), self.rosters.teaching_of_class(id))?;
        let roster = roster
            .filter(|roster| roster.group.kind == GroupKind::Class)
            .ok_or_else(Problem::not_found)?;
        self.admit_to_class(actor, &roster.group)?;
        let institution = self.rosters.institution(roster.group.institution).await?;
        let today = self.clock.today(&roster.group.zone());
        let mut subjects: Vec<ClassSubject> = taught
            .into_iter()
            .map(|taught| ClassSubject {
                group: taught.group,
                subject: taught.subject,
                title: taught.title,
                teachers: on(today, taught.teachers),
            })
            .collect();
        subjects.sort_by(|a, b| (&a.subject, &a.title).cmp(&(&b.subject, &b.title)));
        Ok(ClassCard {
            group: roster.group,
            institution: institution.ok_or_else(Problem::not_found)?,
            teachers: on(today, roster.teachers),
            pupils: on(today, roster.pupils),
            subjects,
        })
    }
}

/// Those who belong to the group on the date.
fn on(date: Date, mut members: Vec<Member>) -> Vec<Member> {
    members.retain(|member| member.holds_on(date));
    members
}
