//! The results of a class for its class teacher and for who leads the institution.

use std::sync::Arc;

use access::Resource;
use axum::{extract::State, response::Response};
use futures_util::future::try_join_all;
use model::{AcademicPeriod, AcademicYear, Actor, GroupId, GroupKind, Week};
use rosters::{ClassTeaching, GroupRoster};
use serde::Deserialize;
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App, api::results::ClassResultsView, class_results::ClassResults, pages::class::ClassResultsPage,
};

/// Of which period, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Choice {
    pub(crate) period: Option<String>,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(class): Path<GroupId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let (class, period, results) = app.class_results(&actor, class, &choice).await?;
    let has_pass_books = app.is_vocational(&class).await?;
    let texts = app.translations.of(page.locale);
    let title = texts.of("class-results-title", &class.group.title);
    html(&ClassResultsPage {
        frame: page.frame(texts, title, Some(&actor)),
        leads: app
            .access
            .allows(&actor, "see_group", &app.class_resource(&class)),
        class: class.group,
        period,
        results,
        has_pass_books,
    })
}

/// The results of a class in a period: pupils by subjects, успеваемость and качество, how far each journal is filled.
#[utoipa::path(get, path = "/api/journals/classes/{class}/results", tag = "journals",
    params(("class" = String, Path), ("period" = Option<String>, Query, description = "short name of the period; the current one if left out")),
    responses((status = 200, body = ClassResultsView), (status = 404, description = "no such class or period, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(class): Path<GroupId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<ClassResultsView>, Problem> {
    let (_, period, results) = app.class_results(&actor, class, &choice).await?;
    Ok(axum::Json(ClassResultsView::of(period.id, &results)))
}

impl App {
    fn class_resource(&self, class: &GroupRoster) -> Resource {
        Resource::Group {
            id: class.group.group,
            institution: class.group.institution,
            members: vec![],
            teachers: class.teachers_on(self.clock.today(&class.group.zone())),
            guardians: vec![],
        }
    }

    /// Whether the actor leads the institution of a class and so may open its journals.
    pub(crate) fn leads(&self, actor: &Actor, class: &GroupRoster) -> bool {
        self.access
            .allows(actor, "see_group", &self.class_resource(class))
    }

    /// A class with its journals and a period, for those who see its results: the class teacher and who leads the school.
    /// Two queries in parallel.
    pub(crate) async fn class_and_journals(
        &self,
        actor: &Actor,
        class: GroupId,
        choice: &Choice,
    ) -> Result<(GroupRoster, AcademicPeriod, Vec<ClassTeaching>), Problem> {
        let (roster, taught) =
            tokio::try_join!(self.rosters.roster(class), self.rosters.teaching_of_class(class))?;
        let roster = roster
            .filter(|roster| roster.group.kind == GroupKind::Class)
            .ok_or_else(Problem::not_found)?;
        if !self
            .access
            .allows(actor, "see_results", &self.class_resource(&roster))
        {
            return Err(Problem::not_found());
        }
        let periods = &roster.group.periods;
        let period = match &choice.period {
            Some(named) => periods.iter().find(|period| period.id.as_str() == named),
            None => AcademicPeriod::current(periods, self.clock.today(&roster.group.zone())),
        };
        let period = period.cloned().ok_or_else(Problem::not_found)?;
        Ok((roster, period, taught))
    }

    /// Class and journals in parallel, then in parallel the results of each journal and the weeks of the period.
    async fn class_results(
        &self,
        actor: &Actor,
        class: GroupId,
        choice: &Choice,
    ) -> Result<(GroupRoster, AcademicPeriod, ClassResults), Problem> {
        let (roster, period, taught) = self.class_and_journals(actor, class, choice).await?;
        let year = AcademicYear::of(period.start);
        let gradebook = &self.journals.gradebook;
        let journals = taught.iter().map(|taught| gradebook.results(taught.group, year));
        let (results, lessons) = tokio::try_join!(
            try_join_all(journals),
            gradebook.weeks_of(class, Week::of(period.start), Week::of(period.end))
        )?;
        let results: Vec<_> = results.into_iter().flatten().collect();
        let table = ClassResults::new(&roster, &period, taught, &results, &lessons);
        Ok((roster, period, table))
    }
}
