//! One day of a child.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};
use model::{InstitutionId, PersonId, Week};
use ui::{Child, DateStyle, Frame};
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    handlers::{
        Choice,
        week::{Link, LoadedWeek},
    },
    pages::{DayView, ViewTab, views},
    week::Day,
};

#[derive(Template)]
#[template(path = "day.html")]
struct DayPage<'a> {
    frame: Frame<'a>,
    children: Vec<Child>,
    loaded: LoadedWeek,
    day: Day,
    now: DateTime,
}

impl DayPage<'_> {
    fn child(&self) -> PersonId {
        self.loaded.reading.child.person.person
    }

    fn institution(&self) -> InstitutionId {
        self.loaded.reading.class.institution
    }

    fn views(&self) -> Vec<ViewTab> {
        let has_news = self.loaded.family.as_ref().is_some_and(|family| family.has_news);
        views(self.frame.texts, &self.loaded.reading, "day", has_news)
    }

    fn view(&self) -> DayView<'_> {
        DayView {
            texts: self.frame.texts,
            date: self.day.date,
            now: self.now,
            ticks: self.loaded.family.as_ref().map(|family| &family.week),
            is_brief: false,
        }
    }

    fn tasks_address(&self) -> String {
        self.loaded.tasks_address()
    }

    fn told(&self) -> Option<Link> {
        self.loaded.told(self.frame.texts, self.day.date)
    }

    fn report(&self) -> Option<Link> {
        self.loaded.report(self.frame.texts, &self.day)
    }

    fn heading(&self) -> String {
        self.frame.texts.date(self.day.date, DateStyle::Day)
    }

    fn other(&self, days: i64) -> Date {
        let step = |date: Date| date.saturating_add(days.days());
        let next = step(self.day.date);
        // Sundays have no page of their own: schools do not teach then.
        if next > Week::of(next).monday().saturating_add(5.days()) {
            step(next)
        } else {
            next
        }
    }
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    headers: HeaderMap,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let (children, mut loaded) = tokio::try_join!(
        app.children(&actor, child, &headers),
        app.week_with_family(&actor, child, &choice)
    )?;
    let date = match &choice.date {
        Some(date) => date.parse().map_err(|_| Problem::invalid("date"))?,
        None => loaded.reading.today,
    };
    // Of a Sunday there is nothing to show but that there are no lessons.
    let place = loaded.days.iter().position(|day| day.date == date);
    let day = place.map_or_else(|| Day::empty(date), |place| loaded.days.swap_remove(place));
    let texts = app.translations.of(page.locale);
    let title = format!("{}: {}", texts.date(date, DateStyle::Day), loaded.name());
    html(&DayPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        now: loaded.reading.now(app.clock),
        loaded,
        day,
    })
}
