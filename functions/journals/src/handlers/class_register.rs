//! Who of a class is there on a day, for its class teacher and for who leads the institution.

use std::sync::Arc;

use access::Resource;
use axum::{extract::State, response::Response};
use futures_util::future::try_join_all;
use gradebook::{ClassLesson, Newcomers};
use jiff::civil::Date;
use model::{Actor, GroupId, GroupKind, LessonKey, PeriodId, Week};
use rosters::{Group, GroupMemberships};
use serde::Deserialize;
use store::StoreError;
use timetables::Owner;
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::class_register::ClassRegisterView,
    class_register::{ClassRegister, RegisterSources, journals},
    pages::class_register::ClassRegisterPage,
};

/// Of which day, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Choice {
    date: Option<String>,
}

/// A class on a day.
#[derive(Debug)]
pub(crate) struct RegisterDay {
    /// The class.
    pub(crate) class: Group,
    /// The day.
    pub(crate) date: Date,
    /// Today, where the institution is.
    pub(crate) today: Date,
    /// The period into which the day falls.
    pub(crate) period: Option<PeriodId>,
    /// Whether the reader leads the institution and so may open every journal.
    pub(crate) leads: bool,
    /// The register.
    pub(crate) register: ClassRegister,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(class): Path<GroupId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let day = app.class_register(&actor, class, &choice).await?;
    let texts = app.translations.of(page.locale);
    let title = texts.of("class-register-title", &day.class.title);
    html(&ClassRegisterPage {
        frame: page.frame(texts, title, Some(&actor)),
        totals: day.register.totals(),
        day,
    })
}

/// Who of a class is there on a day: pupils by the day's lessons in all subjects and groups, and what was told of absences.
/// A day counts as missed only if every lesson of the pupil's class or subgroups was.
#[utoipa::path(get, path = "/api/journals/classes/{class}/register", tag = "journals",
    params(("class" = String, Path), ("date" = Option<String>, Query, description = "the day; today if left out")),
    responses((status = 200, body = ClassRegisterView), (status = 404, description = "no such class, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(class): Path<GroupId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<ClassRegisterView>, Problem> {
    let day = app.class_register(&actor, class, &choice).await?;
    Ok(axum::Json(ClassRegisterView::of(&day)))
}

/// The class as who teaches it that day sees it.
fn resource(class: &GroupMemberships, today: Date) -> Resource {
    Resource::Group {
        id: class.group.group,
        institution: class.group.institution,
        members: vec![],
        teachers: class.teachers_on(today),
        guardians: vec![],
    }
}

impl App {
    /// The class; then in parallel its week and its timetable; then in parallel the rows of each journal that was opened
    /// that day.
    async fn class_register(
        &self,
        actor: &Actor,
        class: GroupId,
        choice: &Choice,
    ) -> Result<RegisterDay, Problem> {
        let found = self.rosters.memberships(class).await?;
        let class = found
            .filter(|found| found.group.kind == GroupKind::Class)
            .ok_or_else(Problem::not_found)?;
        let today = self.clock.today(&class.group.zone());
        let resource = resource(&class, today);
        if !self.access.allows(actor, "see_register", &resource) {
            return Err(Problem::not_found());
        }
        let date = match &choice.date {
            Some(date) => parse_day(date)?,
            None => today,
        };
        let periods = &class.group.periods;
        let period = periods.iter().find(|period| period.contains(date));
        let period = period.map(|period| period.id.clone());
        let register = self.register_on(&class, date, period.as_ref()).await?;
        Ok(RegisterDay {
            leads: self.access.allows(actor, "see_group", &resource),
            class: class.group,
            date,
            today,
            period,
            register,
        })
    }

    async fn register_on(
        &self,
        class: &GroupMemberships,
        date: Date,
        period: Option<&PeriodId>,
    ) -> Result<ClassRegister, Problem> {
        let (gradebook, week) = (&self.journals.gradebook, Week::of(date));
        let (id, at) = (class.group.group, [class.group.institution]);
        let pupils = class.pupils.iter().map(|pupil| (pupil.person, pupil.from));
        let newcomers = Newcomers::of(class.group.institution, &class.group.periods, week, pupils);
        let (mut found, plan, own) = tokio::try_join!(
            gradebook.class_week(id, week, &newcomers),
            self.timetables.plan(Owner::Class(id), &at, week),
            self.own_day(class, date, period)
        )?;
        found.lessons.extend(own);
        let journals = journals(&found.lessons, date);
        let rows = period.map(|period| {
            let of = |journal: &GroupId| gradebook.rows_in(*journal, period);
            try_join_all(journals.iter().map(of).collect::<Vec<_>>())
        });
        let rows = match rows {
            Some(rows) => rows.await?.into_iter().flatten().collect(),
            None => vec![],
        };
        Ok(ClassRegister::new(&RegisterSources {
            date,
            pupils: &class.pupils,
            planned: &plan.on(date),
            opened: &found.lessons,
            rows: &rows,
            notices: &found.notices,
        }))
    }

    /// The day in the register by days that a group without years of study keeps of itself, if it was opened. One get.
    async fn own_day(
        &self,
        class: &GroupMemberships,
        date: Date,
        period: Option<&PeriodId>,
    ) -> Result<Option<ClassLesson>, StoreError> {
        let Some(period) = period.filter(|_| class.group.grade.is_none()) else {
            return Ok(None);
        };
        let (journal, lesson) = (class.group.group, LessonKey { date, number: 1 });
        let found = self.journals.gradebook.lesson(journal, period, lesson).await?;
        Ok(found.map(|stored| ClassLesson {
            journal,
            lesson,
            subject: stored.record.subject,
            topic: stored.record.topic,
            homework: None,
        }))
    }
}

/// A day of any year that has a week around it.
fn parse_day(text: &str) -> Result<Date, Problem> {
    let is_known = text.parse::<Week>().is_ok();
    let date = text.parse().ok().filter(|_| is_known);
    date.ok_or_else(|| Problem::invalid("date"))
}
