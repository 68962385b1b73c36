//! All children of a parent side by side: today and the next day of lessons, with what is due then.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use futures_util::future::join_all;
use jiff::civil::{Date, DateTime};
use model::{Actor, PersonId, Role, Week};
use rosters::PersonCard;
use ui::{DateStyle, Frame};
use web::{CurrentUser, PageContext, Problem, html, see_other};

use crate::{
    App,
    api::FamilyView,
    children::Children,
    handlers::{Reading, offline},
    homework::{Load, Task},
    pages::{DayView, NoDiaryPage},
    week::{Day, Sources, days},
};

/// A day of a child, with what is due on it.
pub(crate) struct FamilyDay {
    pub(crate) day: Day,
    pub(crate) due: Vec<Task>,
    pub(crate) load: Load,
}

/// A child among the children of a reader.
pub(crate) struct FamilyChild {
    pub(crate) child: PersonId,
    pub(crate) name: String,
    /// What is read of the child; nothing for one who belongs to no class now.
    pub(crate) learns: Option<FamilyChildDays>,
}

/// What is shown of a child who learns somewhere.
pub(crate) struct FamilyChildDays {
    pub(crate) class: String,
    pub(crate) institution: String,
    /// Today, and the next day on which the child has a lesson, if it is known.
    pub(crate) days: Vec<FamilyDay>,
    /// The moment at the school.
    pub(crate) now: DateTime,
}

#[derive(Template)]
#[template(path = "family.html")]
struct FamilyPage<'a> {
    frame: Frame<'a>,
    family: Vec<FamilyChild>,
}

impl FamilyPage<'_> {
    fn view(&self, child: &FamilyChildDays, day: &FamilyDay) -> DayView<'_> {
        DayView {
            texts: self.frame.texts,
            date: day.day.date,
            now: child.now,
            ticks: None,
            is_brief: true,
        }
    }

    fn heading(&self, day: &FamilyDay) -> String {
        self.frame.texts.date(day.day.date, DateStyle::Day)
    }

    fn nearness(&self, child: &FamilyChildDays, day: &FamilyDay) -> Option<String> {
        let today = child.now.date();
        let key = if day.day.date == today {
            "today"
        } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day.day.date) {
            "tomorrow"
        } else {
            return None;
        };
        Some(self.frame.texts.get(key))
    }

    fn load(&self, day: &FamilyDay) -> Option<String> {
        let texts = self.frame.texts;
        let duration = crate::pages::homework::duration(texts, day.load.minutes);
        (day.load.minutes > 0).then(|| texts.of("homework-sum", &duration))
    }
}

/// Sends a pupil to the own diary and a parent of one child to the child's; shows a parent of several all of them.
pub(crate) async fn own(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let role = page.role(&actor);
    let card = app.own_card(&actor).await?;
    let children = Children::of(&card);
    let target = match role {
        Some(Role::Pupil) => Some(actor.person),
        Some(Role::Parent) => children.first(),
        _ => children
            .first()
            .or_else(|| actor.roles.holds(Role::Pupil).then_some(actor.person)),
    };
    let texts = app.translations.of(page.locale);
    let jar = jar.add(children.cookie());
    match target {
        Some(child) if child != actor.person && children.are_several() => {
            let shown = html(&FamilyPage {
                frame: page.frame(texts, texts.get("diary"), Some(&actor)),
                family: app.family(&actor, &card).await?,
            })?;
            Ok((jar, offline::of_reader(actor.person), shown).into_response())
        }
        Some(child) => Ok((jar, see_other(&format!("/diary/{child}"))).into_response()),
        None => html(&NoDiaryPage {
            frame: page.frame(texts, texts.get("diary"), Some(&actor)),
        }),
    }
}

/// The caller's children: of each today and the next day of lessons, with what is due then.
#[utoipa::path(get, path = "/api/diary", tag = "diary",
    responses((status = 200, body = FamilyView), (status = 401, description = "nobody has signed in")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<axum::Json<FamilyView>, Problem> {
    let card = app.own_card(&actor).await?;
    Ok(axum::Json(FamilyView::of(&app.family(&actor, &card).await?)))
}

impl App {
    async fn own_card(&self, actor: &Actor) -> Result<PersonCard, Problem> {
        let card = self.rosters.card(actor.person).await?;
        card.ok_or_else(Problem::not_found)
    }

    /// The children whom the owner of a card represents, read side by side.
    async fn family(&self, actor: &Actor, card: &PersonCard) -> Result<Vec<FamilyChild>, Problem> {
        let children = card.children_in_force().map(async |held| {
            let name = held.child_name.given.clone();
            match self.reading(actor, held.child, None).await {
                Ok(reading) => Ok(Some(FamilyChild {
                    child: held.child,
                    name,
                    learns: Some(self.days_of(&reading).await?),
                })),
                Err(problem) if problem.code() == "no_class" => Ok(Some(FamilyChild {
                    child: held.child,
                    name,
                    learns: None,
                })),
                // The guardianship ended between the two readings.
                Err(problem) if problem.code() == "not_found" => Ok(None),
                Err(problem) => Err(problem),
            }
        });
        let read: Result<Vec<_>, Problem> = join_all(children).await.into_iter().collect();
        Ok(read?.into_iter().flatten().collect())
    }

    /// Today and the next day of a child: 3 calls in parallel.
    async fn days_of(&self, reading: &Reading) -> Result<FamilyChildDays, Problem> {
        let period = reading.period(None, reading.today)?;
        let (agenda, rows) = tokio::try_join!(self.agenda(reading), self.rows(reading, period))?;
        let tasks = agenda.tasks(reading);
        let learns_in = &reading.class.learns_in;
        let of = |date: Date| {
            let week = Week::of(date);
            let shown = agenda.horizon.plan(week).and_then(|plan| {
                let sources = Sources {
                    plan,
                    opened: &agenda.opened,
                    later: &agenda.later,
                    rows: &rows,
                    learns_in,
                };
                days(week, &sources).into_iter().find(|day| day.date == date)
            });
            let due = tasks.iter().filter(|task| task.due_on() == Some(date));
            let due: Vec<Task> = due.cloned().collect();
            FamilyDay {
                day: shown.unwrap_or_else(|| Day::empty(date)),
                load: Load::of(&due),
                due,
            }
        };
        let next = agenda.horizon.next_day(reading.today, learns_in);
        Ok(FamilyChildDays {
            class: reading.class.title.clone(),
            institution: reading.class.institution_name.clone(),
            days: [reading.today].into_iter().chain(next).map(of).collect(),
            now: reading.now(self.clock),
        })
    }
}
