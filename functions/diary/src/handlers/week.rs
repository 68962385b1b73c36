//! The week of a child.

use std::sync::Arc;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use gradebook::PupilRow;
use model::{Actor, PersonId, Role, Week};
use timetables::Owner;
use web::{CurrentUser, PageContext, Path, Problem, Query, html, see_other};

use crate::{
    App,
    api::WeekView,
    children::Children,
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
}

/// Sends a pupil to the own diary and a parent to the first child's.
pub(crate) async fn own(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let role = page.role(&actor);
    let card = app
        .rosters
        .card(actor.person)
        .await?
        .ok_or_else(Problem::not_found)?;
    let children = Children::of(&card);
    let target = match role {
        Some(Role::Pupil) => Some(actor.person),
        Some(Role::Parent) => children.first(),
        _ => children
            .first()
            .or_else(|| actor.roles.holds(Role::Pupil).then_some(actor.person)),
    };
    match target {
        Some(child) => {
            Ok((jar.add(children.cookie()), see_other(&format!("/diary/{child}"))).into_response())
        }
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
    jar: CookieJar,
    headers: HeaderMap,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let (children, loaded) = tokio::try_join!(
        app.children(&actor, child, &headers),
        app.week(&actor, child, &choice)
    )?;
    let now = loaded.reading.now(app.clock);
    let texts = app.translations.of(page.locale);
    let title = format!(
        "{}: {}",
        texts.get("diary"),
        loaded.reading.child.person.name.given
    );
    let shown = html(&WeekPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        loaded,
        now,
    })?;
    Ok((jar.add(children.cookie()), shown).into_response())
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
    let loaded = app.week(&actor, child, &choice).await?;
    Ok(axum::Json(WeekView::of(&loaded)))
}

impl App {
    async fn week(&self, actor: &Actor, child: PersonId, choice: &Choice) -> Result<LoadedWeek, Problem> {
        let reading = self.reading(actor, child, choice.institution).await?;
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
        let (class, at) = (Owner::Class(reading.class.group), [reading.class.institution]);
        let (plan, opened, rows) = tokio::try_join!(
            self.timetables.plan(class, &at, week),
            self.gradebook.week_of(reading.class.group, week),
            rows
        )?;
        let sources = Sources {
            plan: &plan,
            opened: &opened,
            rows: &rows,
            learns_in: &reading.class.learns_in,
        };
        let days = days(week, &sources);
        Ok(LoadedWeek {
            reading,
            week,
            days,
            rows,
        })
    }
}
