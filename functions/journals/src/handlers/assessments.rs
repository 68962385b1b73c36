//! The schedule of assessments of a class.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use futures_util::future::try_join_all;
use model::{AcademicPeriod, AcademicYear, Actor, GroupId, InstitutionKind};
use rosters::GroupRoster;
use timetable_norms::NormTable;
use timetables::Owner;
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::assessments::AssessmentsView,
    assessments::{ClassYear, JournalYear, Planned, schedule},
    handlers::class_results::Choice,
    pages::assessments::AssessmentsPage,
};

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(class): Path<GroupId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let (class, period, planned) = app.assessments(&actor, class, &choice).await?;
    let texts = app.translations.of(page.locale);
    let title = texts.of("assessments-title", &class.group.title);
    html(&AssessmentsPage {
        frame: page.frame(texts, title, Some(&actor)),
        leads: app.leads(&actor, &class),
        class: class.group,
        period,
        planned,
    })
}

/// The assessments of a class in a period, held and planned, with what the norms say against each.
#[utoipa::path(get, path = "/api/journals/classes/{class}/assessments", tag = "journals",
    params(("class" = String, Path), ("period" = Option<String>, Query, description = "short name of the period; the current one if left out")),
    responses((status = 200, body = AssessmentsView), (status = 404, description = "no such class or period, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(class): Path<GroupId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<AssessmentsView>, Problem> {
    let (_, period, planned) = app.assessments(&actor, class, &choice).await?;
    Ok(axum::Json(AssessmentsView::of(period.id, planned)))
}

impl App {
    /// Class and journals in parallel, then all else in parallel: the institution, its rules and days, the timetable of the
    /// class, and of each journal the lessons of the period and the plan.
    async fn assessments(
        &self,
        actor: &Actor,
        class: GroupId,
        choice: &Choice,
    ) -> Result<(GroupRoster, AcademicPeriod, Vec<Planned>), Problem> {
        let (roster, period, taught) = self.class_and_journals(actor, class, choice).await?;
        let year = AcademicYear::of(period.start);
        let gradebook = &self.journals.gradebook;
        let journals = taught.into_iter().map(|taught| async {
            let (opened, plan) = tokio::try_join!(
                gradebook.lessons(taught.group, &period.id),
                gradebook.plan(taught.group, year)
            )?;
            Ok::<_, store::StoreError>(JournalYear {
                taught,
                opened,
                plan: plan.map(|stored| stored.record),
            })
        });
        let place = roster.group.institution;
        let (institution, timetable, calendar, marking, journals) = tokio::try_join!(
            async { Ok::<_, Problem>(self.rosters.institution(place).await?) },
            async { Ok(self.timetables.plan_of_all(Owner::Class(class)).await?) },
            async { Ok(self.timetables.calendar(place).await?) },
            self.marking(place),
            async { Ok(try_join_all(journals).await?) },
        )?;
        let known = ClassYear {
            institution: institution.map_or(InstitutionKind::General, |institution| institution.kind),
            terms: model::AcademicPeriod::terms(&roster.group.periods, year),
            class: roster.group.clone(),
            period: period.clone(),
            timetable,
            calendar,
            settings: marking.1.settings,
            journals,
        };
        let norms = NormTable::of_process().map_err(Problem::unavailable)?;
        let planned = schedule(&known, norms);
        Ok((roster, period, planned))
    }
}
