//! The week of a child.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use gradebook::PupilRow;
use model::{Actor, InstitutionCalendar, PersonId, Role, Week};
use timetables::Owner;
use web::{CurrentUser, PageContext, Path, Problem, Query, html, see_other};

use crate::{
    App,
    api::WeekView,
    handlers::{Choice, Reading},
    pages::{NoDiaryPage, WeekPage},
    week::{Day, Sources, days},
};

/// A week, and what its page says around it.
pub(crate) struct LoadedWeek {
    pub(crate) reading: Reading,
    pub(crate) week: Week,
    pub(crate) days: Vec<Day>,
    pub(crate) rows: Vec<PupilRow>,
    pub(crate) calendar: InstitutionCalendar,
}

/// Sends a pupil to the own diary and a parent to the first child's.
pub(crate) async fn own(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
) -> Result<Response, Problem> {
    let role = page.role(&actor);
    let card = app
        .rosters
        .card(actor.person)
        .await?
        .ok_or_else(Problem::not_found)?;
    let first_child = card.children_in_force().next().map(|held| held.child);
    let target = match role {
        Some(Role::Pupil) => Some(actor.person),
        Some(Role::Parent) => first_child,
        _ => first_child.or_else(|| actor.roles.holds(Role::Pupil).then_some(actor.person)),
    };
    match target {
        Some(child) => Ok(see_other(&format!("/diary/{child}"))),
        None => {
            let texts = app.translations.of(page.locale);
            html(&NoDiaryPage {
                frame: page.frame(texts, texts.get("diary"), Some(&actor)),
            })
        }
    }
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let loaded = app.week(&actor, child, &choice, true).await?;
    let now = loaded.reading.now(app.clock, &loaded.calendar.zone());
    let texts = app.translations.of(page.locale);
    let title = format!(
        "{}: {}",
        texts.get("diary"),
        loaded.reading.child.person.name.given
    );
    let children = loaded.reading.children();
    html(&WeekPage {
        frame: page.frame(texts, title, Some(&actor)),
        children,
        loaded,
        now,
    })
}

/// A week of a child's diary: lessons with homework, marks and attendance; averages of the period.
#[utoipa::path(get, path = "/api/diary/{child}", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions"),
        ("date" = Option<String>, Query, description = "any date of the week; this week if left out")),
    responses((status = 200, body = WeekView), (status = 404, description = "no such child, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<WeekView>, Problem> {
    let loaded = app.week(&actor, child, &choice, false).await?;
    Ok(axum::Json(WeekView::of(&loaded)))
}

impl App {
    async fn week(
        &self,
        actor: &Actor,
        child: PersonId,
        choice: &Choice,
        with_switch: bool,
    ) -> Result<LoadedWeek, Problem> {
        let reading = self
            .reading(actor, child, choice.institution, with_switch)
            .await?;
        let week = match &choice.date {
            Some(date) => date.parse().map_err(|_| Problem::invalid("date"))?,
            None => Week::of(reading.today),
        };
        // A week that straddles two periods is read by the period of its last school day: marks come late.
        let last_day = week.school_days().last().unwrap_or(week.monday());
        let period = reading
            .period(None, last_day.min(reading.today.max(week.monday())))?
            .map(|period| period.id.clone());
        let rows = async {
            match &period {
                Some(period) => self.gradebook.rows_of(child, period).await,
                None => Ok(vec![]),
            }
        };
        let ((timetable, calendar), opened, rows) = tokio::try_join!(
            self.timetables
                .week_and_calendar(Owner::Class(reading.class.group), reading.class.institution),
            self.gradebook.week_of(reading.class.group, week),
            rows
        )?;
        let calendar = calendar.unwrap_or(InstitutionCalendar {
            time_zone: reading.class.time_zone.clone(),
            days_off: vec![],
        });
        let groups = reading.groups();
        let sources = Sources {
            timetable: timetable.as_ref(),
            calendar: &calendar,
            opened: &opened,
            rows: &rows,
            groups: &groups,
        };
        let days = days(week, &sources);
        Ok(LoadedWeek {
            reading,
            week,
            days,
            rows,
            calendar,
        })
    }
}
