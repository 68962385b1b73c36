//! Opening lessons, their topic, homework and works.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use gradebook::Lesson;
use model::{Actor, GroupId, LessonKey, MarkingSettings, PeriodId, PersonId, Publication, Work, WorkId};
use rosters::{Group, GroupRoster};
use serde::Deserialize;
use timetables::Owner;
use web::{
    CurrentUser, ExpectedVersion, Form, Json, PageContext, Path, Problem, Query, etag, html, see_other,
};

use crate::{
    App,
    api::{LessonView, PutLesson},
    due::coming,
    handlers::{Purpose, period_of},
    journal::was_member,
    lesson_form::{ContentForm, LessonContent, NewWorkForm},
    pages::lesson::LessonPage,
    store::{MOST_CLASSES_OF_CHOSEN, Outcome},
};

type LessonPath = (GroupId, PeriodId, LessonKey);

/// Why homework cannot be due at the lesson that was chosen.
const NOT_DUE: &str = "homework_due";

/// A form that opens a lesson.
#[derive(Debug, Deserialize)]
pub(crate) struct OpenForm {
    date: String,
    number: u8,
    #[serde(default)]
    topic: String,
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
    let sheet = app.sheet(&actor, journal, &period).await?;
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("lesson-title"), Some(&actor));
    frame.notice = done.saved.map(|_| texts.get("saved"));
    let beside = app.beside(&sheet, key).await?;
    html(&LessonPage::new(frame, sheet, key, beside, vec![])?)
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
    page: PageContext,
    Path(path): Path<LessonPath>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let form = ContentForm::parse(&form).map_err(Problem::invalid)?;
    let content = form.content.clone();
    let changed = app.change_lesson(&actor, &path, form.version, |lesson, _| {
        lesson.topic = content.topic;
        lesson.homework = content.homework;
        Ok(())
    });
    match changed.await {
        Ok(_) => {}
        // The timetable has changed since the form was opened: what was typed stays in it.
        Err(problem) if problem.code() == NOT_DUE => return app.undue(&actor, &page, path, form).await,
        Err(problem) => return Err(problem),
    }
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
    let work = NewWorkForm::parse(&form.kind, &form.weight).map_err(Problem::invalid)?;
    app.change_lesson(&actor, &path, form.version, |lesson, marking| {
        add(lesson, work, marking)
    })
    .await?;
    let (journal, period, key) = path;
    Ok(see_other(&format!(
        "/journals/{journal}/{period}/lessons/{key}?saved=0"
    )))
}

/// Adds a work: of the weight that was given, else of the one that the institution gives its kind.
fn add(lesson: &mut Lesson, work: NewWorkForm, marking: &MarkingSettings) -> Result<(), Problem> {
    let next = lesson
        .works
        .iter()
        .map(|work| work.id.number())
        .max()
        .unwrap_or(0)
        + 1;
    let id = WorkId::try_from(next).map_err(|_| Problem::unacceptable("too_many_works"))?;
    let NewWorkForm { kind, weight } = work;
    lesson.works.push(Work {
        id,
        kind,
        weight: weight.unwrap_or_else(|| marking.weight_of(kind)),
        publication: Publication::AT_ONCE,
    });
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
        let changed = app.change_lesson(&actor, &path, version, |lesson, marking| {
            lesson.topic = content.topic;
            lesson.homework = content.homework;
            body.new_works()?
                .into_iter()
                .try_for_each(|work| add(lesson, work, marking))
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

/// Whether homework is set to none but those who were in the group at the lesson.
fn addressed(lesson: &Lesson, roster: &GroupRoster) -> Result<(), Problem> {
    let date = lesson.lesson.date;
    let is_member = |pupil: &PersonId| {
        let mut members = roster.pupils.iter();
        members.any(|member| member.person == *pupil && was_member(member, date))
    };
    let pupils = lesson.homework.iter().flat_map(|homework| &homework.pupils);
    match pupils.copied().all(|pupil| is_member(&pupil)) {
        true => Ok(()),
        false => Err(Problem::invalid("pupils")),
    }
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
        works: Vec<NewWorkForm>,
    ) -> Result<Option<store::Stored<Lesson>>, Problem> {
        let period = period_of(roster, period)?;
        if !period.contains(key.date) {
            return Err(Problem::unacceptable("outside_period"));
        }
        let mut content = content;
        if content.topic.is_empty()
            && let Some((topic, homework)) = self.planned(roster, period, key).await?
        {
            content.topic = topic.chars().take(LessonContent::LONGEST_TOPIC).collect();
            content.homework = content.homework.or(homework);
        }
        let group = &roster.group;
        let lesson = Lesson {
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
        addressed(&lesson, roster)?;
        self.due_is_known(&lesson, None, roster).await?;
        // Two first lessons of a period can be opened at once: whoever comes second finds the period begun.
        for _ in 0..2 {
            let state = self.journals.gradebook.state(group.group, &period.id).await?;
            let permit = self.permit(roster, period, state).await?;
            permit.for_lesson()?;
            let mut lesson = lesson.clone();
            for work in &works {
                add(&mut lesson, *work, permit.marking())?;
            }
            match self.journals.open_lesson(lesson, &permit.guard).await? {
                Outcome::Done(opened) => return Ok(Some(opened)),
                Outcome::Outdated => return Ok(None),
                Outcome::Overtaken => {}
            }
        }
        Err(Problem::conflict("journal_changed"))
    }

    /// Whether the homework is due at the next lesson, or at one of those that the group still has. A choice that was made
    /// before stands, whatever has become of its lesson: the teacher sees it in the form. A new one costs 2 reads in parallel.
    async fn due_is_known(
        &self,
        lesson: &Lesson,
        before: Option<&Lesson>,
        roster: &GroupRoster,
    ) -> Result<(), Problem> {
        let due_of = |lesson: &Lesson| lesson.homework.as_ref().and_then(|homework| homework.due);
        let Some(due) = due_of(lesson) else {
            return Ok(());
        };
        if before.and_then(due_of) == Some(due) {
            return Ok(());
        }
        let coming = self.coming_lessons(&roster.group, lesson.lesson).await?;
        if lesson.classes.len() <= MOST_CLASSES_OF_CHOSEN && coming.contains(&due) {
            Ok(())
        } else {
            Err(Problem::unacceptable(NOT_DUE).with_field("homework_due", NOT_DUE))
        }
    }

    /// The lessons for which the homework of a lesson can be due: the group's timetables and changes in 1 query, the calendar
    /// in 1 get.
    pub(crate) async fn coming_lessons(
        &self,
        group: &Group,
        after: LessonKey,
    ) -> Result<Vec<LessonKey>, Problem> {
        let (plan, calendar) = tokio::try_join!(
            self.timetables.plan_of_all(Owner::Group(group.group)),
            self.timetables.calendar(group.institution)
        )?;
        Ok(coming(group, &plan, calendar.as_ref(), after))
    }

    /// The page of a lesson with a form whose homework cannot be due at the lesson that was chosen.
    async fn undue(
        &self,
        actor: &Actor,
        page: &PageContext,
        (journal, period, key): LessonPath,
        form: ContentForm,
    ) -> Result<Response, Problem> {
        let sheet = self.sheet(actor, journal, &period).await?;
        let texts = self.translations.of(page.locale);
        let frame = page.frame(texts, texts.get("lesson-title"), Some(actor));
        let beside = self.beside(&sheet, key).await?;
        html(&LessonPage::new(frame, sheet, key, beside, vec![])?.undue(form))
    }

    async fn change_lesson(
        &self,
        actor: &Actor,
        (journal, period, key): &LessonPath,
        version: u64,
        change: impl FnOnce(&mut Lesson, &MarkingSettings) -> Result<(), Problem>,
    ) -> Result<store::Stored<Lesson>, Problem> {
        let gradebook = &self.journals.gradebook;
        let (roster, stored, state) = tokio::try_join!(
            self.roster(*journal),
            async { Ok(gradebook.lesson(*journal, period, *key).await?) },
            async { Ok(gradebook.state(*journal, period).await?) }
        )?;
        self.admit(actor, &roster, Purpose::Write)?;
        let stored = stored.ok_or_else(Problem::not_found)?;
        let permit = self.permit(&roster, period_of(&roster, period)?, state).await?;
        permit.for_lesson()?;
        let outdated = |stored: &store::Stored<Lesson>| {
            Problem::conflict("lesson_changed").with("current", LessonView::of(stored))
        };
        if stored.version != version {
            return Err(outdated(&stored));
        }
        let mut lesson = stored.record.clone();
        change(&mut lesson, permit.marking())?;
        addressed(&lesson, &roster)?;
        self.due_is_known(&lesson, Some(&stored.record), &roster).await?;
        match self
            .journals
            .change_lesson(lesson, &stored, &permit.guard)
            .await?
        {
            Outcome::Done(changed) => Ok(changed),
            Outcome::Outdated => Err(outdated(&stored)),
            Outcome::Overtaken => Err(Problem::conflict("journal_changed")),
        }
    }
}
