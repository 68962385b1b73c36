//! What is new since the reader last looked.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use jiff::{Timestamp, civil::DateTime};
use model::{Actor, InstitutionId, PersonId};
use ui::{Child, DateStyle, Frame};
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::NewsView,
    handlers::{Choice, Reading, agenda::Agenda},
    item::LastVisit,
    news::{Entry, Novelty, Seen, Thing, news, of_cells, of_changes, of_homework},
    pages::{ViewTab, views},
};

/// What a feed is made of.
pub(crate) struct LoadedNews {
    pub(crate) reading: Reading,
    /// When the visit before began; nothing at the first one.
    pub(crate) since: Option<Timestamp>,
    /// Whether the reader looks for the first time: then nothing is new, and all is from now on.
    pub(crate) is_first: bool,
    /// What is new, the latest lessons first.
    pub(crate) news: Vec<(Novelty, Entry)>,
}

#[derive(Template)]
#[template(path = "news.html")]
struct NewsPage<'a> {
    frame: Frame<'a>,
    children: Vec<Child>,
    loaded: LoadedNews,
}

/// One kind of things in the feed.
struct Section<'a> {
    key: &'static str,
    entries: Vec<&'a (Novelty, Entry)>,
}

impl NewsPage<'_> {
    fn child(&self) -> PersonId {
        self.loaded.reading.child.person.person
    }

    fn institution(&self) -> InstitutionId {
        self.loaded.reading.class.institution
    }

    fn views(&self) -> Vec<ViewTab> {
        views(self.frame.texts, &self.loaded.reading, "news", false)
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let of = |key, is: fn(&Thing) -> bool| Section {
            key,
            entries: self
                .loaded
                .news
                .iter()
                .filter(|(_, entry)| is(&entry.thing))
                .collect(),
        };
        let mut sections = vec![
            of("news-changes", |thing| matches!(thing, Thing::Change { .. })),
            of("news-marks", |thing| matches!(thing, Thing::Cell { .. })),
            of("news-homework", |thing| matches!(thing, Thing::Homework(_))),
        ];
        sections.retain(|section| !section.entries.is_empty());
        sections
    }

    fn since(&self) -> Option<String> {
        let at = self.local(self.loaded.since?);
        let date = self.frame.texts.date(at.date(), DateStyle::Short);
        let time = self.frame.texts.time(at.time());
        Some(
            self.frame
                .texts
                .with("news-since", &[("date", date.into()), ("time", time.into())]),
        )
    }

    fn local(&self, at: Timestamp) -> DateTime {
        self.loaded.reading.class.zone().to_datetime(at)
    }

    fn day(&self, entry: &Entry) -> String {
        let day = entry.lesson.date;
        let texts = self.frame.texts;
        format!(
            "{}\u{a0}{}",
            texts.weekday_short(day),
            texts.date(day, DateStyle::Short)
        )
    }

    fn novelty(&self, (novelty, entry): &(Novelty, Entry)) -> String {
        let thing = match entry.thing {
            Thing::Cell { .. } => "mark",
            Thing::Homework(_) => "homework",
            Thing::Change { .. } => "change",
        };
        self.frame
            .texts
            .get(&format!("news-{thing}-{}", novelty.as_str()))
    }

    /// What a change of the timetable says: «замена: ведёт Лебедев П. И., каб. 31».
    fn change(&self, entry: &Entry) -> String {
        let Thing::Change {
            kind,
            other,
            held,
            note,
            ..
        } = &entry.thing
        else {
            return String::new();
        };
        let texts = self.frame.texts;
        let what = texts.lesson_change(kind, other.as_ref());
        let (teacher, room) = held.clone().unwrap_or_default();
        let teacher = (!teacher.is_empty()).then(|| texts.of("planned-teacher", &teacher));
        let room = (!room.is_empty()).then(|| texts.room(&room));
        let note = (!note.is_empty()).then(|| note.clone());
        let number = texts.count("planned-number", entry.lesson.number.into());
        let parts: Vec<String> = [Some(number), Some(what), teacher, room, note]
            .into_iter()
            .flatten()
            .collect();
        parts.join(", ")
    }

    fn attendance(&self, entry: &Entry) -> Option<String> {
        let Thing::Cell { attendance, .. } = &entry.thing else {
            return None;
        };
        let attendance = (*attendance)?;
        Some(
            self.frame
                .texts
                .get(&format!("diary-attendance-{}", attendance.as_str())),
        )
    }
}

/// Whether the browser only guesses that the page will be wanted: then nobody has looked.
fn is_prefetch(headers: &HeaderMap) -> bool {
    headers
        .get("sec-purpose")
        .and_then(|purpose| purpose.to_str().ok())
        .is_some_and(|purpose| purpose.contains("prefetch"))
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
        app.look(&actor, child, &choice, !is_prefetch(&headers))
    )?;
    let texts = app.translations.of(page.locale);
    let title = format!(
        "{}: {}",
        texts.get("diary-news"),
        loaded.reading.child.person.name.given
    );
    let shown = html(&NewsPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        loaded,
    })?;
    Ok((jar.add(children.cookie()), shown).into_response())
}

/// What is new for the caller since they last looked: marks, attendance, homework and changes of the timetable.
///
/// Reading it changes nothing: `PUT` says that it was looked at.
#[utoipa::path(get, path = "/api/diary/{child}/news", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions")),
    responses((status = 200, body = NewsView), (status = 403, description = "not of the family"),
        (status = 404, description = "no such child, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<NewsView>, Problem> {
    let loaded = app.look(&actor, child, &choice, false).await?;
    Ok(axum::Json(NewsView::of(&loaded)))
}

/// Says that the caller has looked at the news. A visit lasts half an hour: within it the same news stay new. The answer
/// holds them.
#[utoipa::path(put, path = "/api/diary/{child}/news", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions")),
    responses((status = 200, body = NewsView), (status = 403, description = "not of the family"),
        (status = 404, description = "no such child, or not for the caller")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<NewsView>, Problem> {
    let loaded = app.look(&actor, child, &choice, true).await?;
    Ok(axum::Json(NewsView::of(&loaded)))
}

impl App {
    /// Everything of the diary that can be new to the reader now.
    async fn entries(&self, reading: &Reading) -> Result<Vec<Entry>, Problem> {
        let period = reading.period(None, reading.today)?.cloned();
        let (agenda, rows) = tokio::try_join!(self.agenda(reading), self.rows(reading, period.as_ref()))?;
        let learns_in = &reading.class.learns_in;
        let this = Agenda::this_week(reading);
        // Tasks that were set before last week are due already, or stand in the list of homework.
        let recent = |week: &model::Week| *week >= this.previous();
        let opened: Vec<_> = agenda
            .opened
            .iter()
            .filter(|lesson| recent(&model::Week::of(lesson.lesson.date)))
            .cloned()
            .collect();
        // A lesson that is moved out of its week stands among the changes of both.
        let mut changes: Vec<_> = agenda.horizon.plans().flat_map(|plan| &plan.changes).collect();
        changes.sort_by_key(|change| change.id());
        changes.dedup_by_key(|change| change.id());
        Ok(of_cells(&rows)
            .chain(of_homework(&opened, learns_in))
            .chain(of_changes(changes.into_iter(), learns_in, reading.today))
            .collect())
    }

    /// A reader looks at the news. `is_visit` is false for who only asks what would be new.
    async fn look(
        &self,
        actor: &Actor,
        child: PersonId,
        choice: &Choice,
        is_visit: bool,
    ) -> Result<LoadedNews, Problem> {
        let reading = self.family_reading(actor, child, choice.institution).await?;
        let visit = async { Ok(self.diary.visit(child, actor.person).await?) };
        let (entries, kept) = tokio::try_join!(self.entries(&reading), visit)?;
        let version = kept.as_ref().map_or(0, |kept| kept.version);
        let kept = kept.map(|kept| kept.record);
        if !is_visit {
            let seen = kept.as_ref().map(LastVisit::seen);
            return Ok(LoadedNews {
                since: kept.as_ref().map(|kept| kept.began_at),
                is_first: seen.is_none(),
                news: seen.map_or_else(Vec::new, |seen| news(entries, &seen)),
                reading,
            });
        }
        let shown = Seen::of(&entries);
        let look = LastVisit::look(kept.as_ref(), (child, actor.person), self.clock.now(), &shown);
        if let Some(keep) = look.keep {
            self.diary.remember(keep, version).await?;
        }
        Ok(LoadedNews {
            since: look.since,
            is_first: look.against.is_none(),
            news: look.against.map_or_else(Vec::new, |seen| news(entries, &seen)),
            reading,
        })
    }
}
