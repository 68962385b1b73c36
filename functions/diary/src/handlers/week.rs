//! The week of a child.

use std::sync::Arc;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use gradebook::{ClassLesson, PupilRow};
use jiff::Timestamp;
use model::{Actor, PersonId, Week};
use timetables::{Owner, WeekPlan};
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::WeekView,
    handlers::{Choice, Reading, offline},
    item::FamilyWeek,
    news::{of_cells, of_changes, of_homework},
    pages::WeekPage,
    week::{Day, Sources, days},
};

/// A week, and what its page says around it.
pub(crate) struct LoadedWeek {
    pub(crate) reading: Reading,
    pub(crate) week: Week,
    pub(crate) days: Vec<Day>,
    pub(crate) rows: Vec<PupilRow>,
    /// What only the family keeps and sees; nothing where it was not asked for or the reader is not of the family.
    pub(crate) family: Option<FamilyPart>,
}

/// The family's own part of a week.
pub(crate) struct FamilyPart {
    /// Its ticks, and who has read the week.
    pub(crate) week: FamilyWeek,
    /// When the reader has read it, if they said so.
    pub(crate) read_at: Option<Timestamp>,
    /// Whether something is new since the reader last looked at the news; only this week's page tells.
    pub(crate) has_news: bool,
}

impl LoadedWeek {
    /// The child's given name.
    pub(crate) fn name(&self) -> &str {
        &self.reading.child.person.name.given
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
        app.week_with_family(&actor, child, &choice)
    )?;
    let now = loaded.reading.now(app.clock);
    let texts = app.translations.of(page.locale);
    let title = format!("{}: {}", texts.get("diary"), loaded.name());
    let is_family = loaded.reading.is_family();
    let shown = html(&WeekPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        loaded,
        now,
    })?;
    let shown = (jar.add(children.cookie()), shown);
    // Only a family's pages are kept for when there is no network: a head reads the diaries of others' children.
    if is_family {
        Ok((offline::of_reader(actor.person), shown).into_response())
    } else {
        Ok(shown.into_response())
    }
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
        let week = chosen(choice, &reading)?;
        let (plan, opened, rows) = self.sources(&reading, week).await?;
        Ok(loaded(reading, week, (&plan, &opened, rows), None))
    }

    /// The same, with what the family keeps of it, for pages: one call more, beside the others.
    pub(crate) async fn week_with_family(
        &self,
        actor: &Actor,
        child: PersonId,
        choice: &Choice,
    ) -> Result<LoadedWeek, Problem> {
        let reading = self.reading(actor, child, choice.institution).await?;
        let week = chosen(choice, &reading)?;
        let kept = async {
            if reading.is_family() {
                Ok(Some(self.diary.week_and_visit(child, week, actor.person).await?))
            } else {
                Ok(None)
            }
        };
        let ((plan, opened, rows), kept) = tokio::try_join!(self.sources(&reading, week), kept)?;
        let family = kept.map(|(kept, visit)| FamilyPart {
            read_at: kept.readings.get(&actor.person).copied(),
            week: kept,
            has_news: visit.is_some_and(|visit| {
                let learns_in = &reading.class.learns_in;
                let entries: Vec<_> = of_cells(&rows)
                    .chain(of_homework(&opened, learns_in))
                    .chain(of_changes(plan.changes.iter(), learns_in, reading.today))
                    .collect();
                week == Week::of(reading.today) && visit.seen().misses(&entries)
            }),
        });
        Ok(loaded(reading, week, (&plan, &opened, rows), family))
    }

    /// What a week is put together from: 3 calls in parallel.
    async fn sources(
        &self,
        reading: &Reading,
        week: Week,
    ) -> Result<(WeekPlan, Vec<ClassLesson>, Vec<PupilRow>), Problem> {
        // A week that straddles two periods is read by the period of its last school day: marks come late.
        let last_day = week.school_days().last().unwrap_or(week.monday());
        let period = reading.period(None, last_day.min(reading.today.max(week.monday())))?;
        let (class, at) = (Owner::Class(reading.class.group), [reading.class.institution]);
        let plan = async { Ok(self.timetables.plan(class, &at, week).await?) };
        let opened = async { Ok(self.gradebook.week_of(reading.class.group, week).await?) };
        tokio::try_join!(plan, opened, self.rows(reading, period))
    }
}

/// The week asked for, or this one.
fn chosen(choice: &Choice, reading: &Reading) -> Result<Week, Problem> {
    match &choice.date {
        Some(date) => date.parse().map_err(|_| Problem::invalid("date")),
        None => Ok(Week::of(reading.today)),
    }
}

fn loaded(
    reading: Reading,
    week: Week,
    (plan, opened, rows): (&WeekPlan, &[ClassLesson], Vec<PupilRow>),
    family: Option<FamilyPart>,
) -> LoadedWeek {
    let sources = Sources {
        plan,
        opened,
        rows: &rows,
        learns_in: &reading.class.learns_in,
    };
    LoadedWeek {
        days: days(week, &sources),
        reading,
        week,
        rows,
        family,
    }
}
