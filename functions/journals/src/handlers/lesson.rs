//! Opening lessons, their topic, homework and works.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use gradebook::Lesson;
use model::{Actor, GroupId, LessonKey, PeriodId, Weight, Work, WorkId, WorkKind};
use rosters::GroupRoster;
use serde::Deserialize;
use web::{
    CurrentUser, ExpectedVersion, Form, Json, PageContext, Path, Problem, Query, etag, html, see_other,
};

use crate::{
    App,
    api::{LessonView, PutLesson},
    handlers::{Purpose, period_of},
    lesson_form::{LessonContent, parse_work},
    pages::LessonPage,
    store::Outcome,
};

type LessonPath = (GroupId, PeriodId, LessonKey);

/// A form that opens a lesson.
#[derive(Debug, Deserialize)]
pub(crate) struct OpenForm {
    date: String,
    number: u8,
    #[serde(default)]
    topic: String,
}

/// A form with topic and homework.
#[derive(Debug, Deserialize)]
pub(crate) struct ContentForm {
    version: u64,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    homework: String,
    #[serde(default)]
    minutes: String,
}

/// A form that adds a work.
#[derive(Debug, Deserialize)]
pub(crate) struct WorkForm {
    version: u64,
    kind: String,
    #[serde(default)]
    weight: String,
}

/// What has just been done, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    saved: Option<u8>,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period, key)): Path<LessonPath>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let (journal, period) = app.journal(&actor, journal, &period).await?;
    let may_write = app.may_write(&actor, &journal.roster);
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("lesson-title"), Some(&actor));
    frame.notice = done.saved.map(|_| texts.get("saved"));
    html(&LessonPage::new(frame, journal, period, key, may_write, vec![])?)
}

pub(crate) async fn open(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    Form(form): Form<OpenForm>,
) -> Result<Response, Problem> {
    let roster = app.roster(journal).await?;
    app.admit(&actor, &roster, Purpose::Write)?;
    let key = format!("{}-{:02}", form.date, form.number)
        .parse()
        .map_err(|_| Problem::invalid("lesson"))?;
    let content = LessonContent::parse(&form.topic, "", None).map_err(Problem::invalid)?;
    // A lesson that is open already is what the form asked for: a double click, or a colleague was quicker.
    app.open_lesson(&actor, &roster, &period, key, content, vec![])
        .await?;
    Ok(see_other(&format!("/journals/{journal}/{period}")))
}

pub(crate) async fn change(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<LessonPath>,
    Form(form): Form<ContentForm>,
) -> Result<Response, Problem> {
    let minutes = match form.minutes.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Problem::invalid("minutes"))?),
    };
    let content = LessonContent::parse(&form.topic, &form.homework, minutes).map_err(Problem::invalid)?;
    app.change_lesson(&actor, &path, form.version, |lesson| {
        lesson.topic = content.topic;
        lesson.homework = content.homework;
        Ok(())
    })
    .await?;
    let (journal, period, key) = path;
    Ok(see_other(&format!(
        "/journals/{journal}/{period}/lessons/{key}?saved=0"
    )))
}

pub(crate) async fn add_work(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<LessonPath>,
    Form(form): Form<WorkForm>,
) -> Result<Response, Problem> {
    let (kind, weight) = parse_work(&form.kind, &form.weight).map_err(Problem::invalid)?;
    app.change_lesson(&actor, &path, form.version, |lesson| add(lesson, kind, weight))
        .await?;
    let (journal, period, key) = path;
    Ok(see_other(&format!(
        "/journals/{journal}/{period}/lessons/{key}?saved=0"
    )))
}

fn add(lesson: &mut Lesson, kind: WorkKind, weight: Weight) -> Result<(), Problem> {
    let next = lesson
        .works
        .iter()
        .map(|work| work.id.number())
        .max()
        .unwrap_or(0)
        + 1;
    let id = WorkId::try_from(next).map_err(|_| Problem::unacceptable("too_many_works"))?;
    lesson.works.push(Work { id, kind, weight });
    Ok(())
}

/// Opens a lesson (`If-Match: "0"`) or changes the one of the given version. Works can be added; a work that is there
/// stays as it is, since marks may have been given for it.
#[utoipa::path(put, path = "/api/journals/{journal}/{period}/lessons/{lesson}", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path),
        ("lesson" = String, Path, description = "date and number: 2026-11-23-02"),
        ("If-Match" = String, Header, description = "version of the lesson in quotes, \"0\" to open it")),
    request_body = PutLesson,
    responses((status = 200, body = LessonView), (status = 201, body = LessonView),
        (status = 409, description = "the lesson has another version"), (status = 422, description = "a text is too long, a date outside the period")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<LessonPath>,
    ExpectedVersion(version): ExpectedVersion,
    Json(body): Json<PutLesson>,
) -> Result<Response, Problem> {
    let content = body.content().map_err(Problem::invalid)?;
    let (status, stored) = if version == 0 {
        let roster = app.roster(path.0).await?;
        app.admit(&actor, &roster, Purpose::Write)?;
        let opened = app
            .open_lesson(&actor, &roster, &path.1, path.2, content, body.new_works()?)
            .await?;
        (
            StatusCode::CREATED,
            opened.ok_or_else(|| Problem::conflict("lesson_open"))?,
        )
    } else {
        let changed = app.change_lesson(&actor, &path, version, |lesson| {
            lesson.topic = content.topic;
            lesson.homework = content.homework;
            body.new_works()?
                .into_iter()
                .try_for_each(|(kind, weight)| add(lesson, kind, weight))
        });
        (StatusCode::OK, changed.await?)
    };
    Ok((
        status,
        [etag(stored.version)],
        axum::Json(LessonView::of(&stored)),
    )
        .into_response())
}

impl App {
    /// Opens a lesson with the one work that every lesson has and those given; nothing if it is open already.
    async fn open_lesson(
        &self,
        actor: &Actor,
        roster: &GroupRoster,
        period: &PeriodId,
        key: LessonKey,
        content: LessonContent,
        works: Vec<(WorkKind, Weight)>,
    ) -> Result<Option<store::Stored<Lesson>>, Problem> {
        let period = period_of(roster, period)?;
        if !period.contains(key.date) {
            return Err(Problem::unacceptable("outside_period"));
        }
        let group = &roster.group;
        let mut lesson = Lesson {
            journal: group.group,
            period: period.id.clone(),
            lesson: key,
            subject: group.subject.clone().unwrap_or_default(),
            classes: group.classes.clone(),
            topic: content.topic,
            homework: content.homework,
            works: vec![Work::answers()],
            opened_by: actor.person,
        };
        works
            .into_iter()
            .try_for_each(|(kind, weight)| add(&mut lesson, kind, weight))?;
        match self.journals.open_lesson(lesson).await? {
            Outcome::Done(opened) => Ok(Some(opened)),
            Outcome::Outdated => Ok(None),
        }
    }

    async fn change_lesson(
        &self,
        actor: &Actor,
        (journal, period, key): &LessonPath,
        version: u64,
        change: impl FnOnce(&mut Lesson) -> Result<(), Problem>,
    ) -> Result<store::Stored<Lesson>, Problem> {
        let (roster, stored) = tokio::try_join!(self.roster(*journal), async {
            Ok(self.journals.gradebook.lesson(*journal, period, *key).await?)
        })?;
        self.admit(actor, &roster, Purpose::Write)?;
        let stored = stored.ok_or_else(Problem::not_found)?;
        let outdated = |stored: &store::Stored<Lesson>| {
            Problem::conflict("lesson_changed").with("current", LessonView::of(stored))
        };
        if stored.version != version {
            return Err(outdated(&stored));
        }
        let mut lesson = stored.record.clone();
        change(&mut lesson)?;
        match self.journals.change_lesson(lesson, version).await? {
            Outcome::Done(changed) => Ok(changed),
            Outcome::Outdated => Err(outdated(&stored)),
        }
    }
}
