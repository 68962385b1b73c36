//! What is to be done: the list by days, and the family's ticks.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use gradebook::AnswerThread;
use model::{Actor, GroupId, InstitutionId, LessonKey, PersonId};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{CurrentUser, Form, Json, PageContext, Path, Problem, Query, html, see_other};

use crate::{
    App,
    api::{HomeworkView, TaskView},
    handlers::{Reading, agenda::Agenda},
    homework::{DueDay, SetTasks, Task, When, by_day, task_fingerprint},
    item::{FamilyWeek, Tick},
    pages::homework::HomeworkPage,
};

/// Which days, at which institution.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct HomeworkChoice {
    institution: Option<InstitutionId>,
    when: Option<String>,
}

/// What a list of tasks is made of.
pub(crate) struct LoadedHomework {
    pub(crate) reading: Reading,
    pub(crate) when: When,
    pub(crate) days: Vec<DueDay>,
    /// What the family has ticked; nothing for who is not of the family.
    pub(crate) ticks: Option<FamilyWeek>,
    /// How the answers to the tasks of these weeks stand.
    pub(crate) answers: Vec<AnswerThread>,
    /// The most minutes of homework for a day by the norms in force, where they say any.
    pub(crate) ceiling: Option<u16>,
}

impl LoadedHomework {
    /// The tick of a task, if it is ticked and still says what it said then.
    pub(crate) fn tick(&self, task: &Task) -> Option<&Tick> {
        let tick = self.ticks.as_ref()?.ticks.get(&(task.journal, task.set_at))?;
        (tick.task == task.fingerprint()).then_some(tick)
    }

    /// How the answer to a task stands, if there is any.
    pub(crate) fn answer(&self, task: &Task) -> Option<&AnswerThread> {
        let mut answers = self.answers.iter();
        answers.find(|answer| (answer.journal, answer.lesson) == (task.journal, task.set_at))
    }

    /// Whether it was ticked as something else: the teacher has changed it since.
    pub(crate) fn is_other(&self, task: &Task) -> bool {
        let ticks = self.ticks.as_ref().map(|week| &week.ticks);
        self.tick(task).is_none()
            && ticks.is_some_and(|ticks| ticks.contains_key(&(task.journal, task.set_at)))
    }
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    jar: CookieJar,
    headers: HeaderMap,
    Path(child): Path<PersonId>,
    Query(choice): Query<HomeworkChoice>,
) -> Result<Response, Problem> {
    let (children, loaded) = tokio::try_join!(
        app.children(&actor, child, &headers),
        app.homework(&actor, child, &choice)
    )?;
    let texts = app.translations.of(page.locale);
    let title = format!(
        "{}: {}",
        texts.get("diary-homework"),
        loaded.reading.child.person.name.given
    );
    let shown = html(&HomeworkPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        loaded,
    })?;
    Ok((jar.add(children.cookie()), shown).into_response())
}

/// The homework of a child by the lesson at which it is due, with the load of each day.
#[utoipa::path(get, path = "/api/diary/{child}/homework", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions"),
        ("when" = Option<String>, Query, description = "`all` (not past), `today`, `tomorrow` or `week`; all if left out")),
    responses((status = 200, body = HomeworkView), (status = 404, description = "no such child, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(choice): Query<HomeworkChoice>,
) -> Result<axum::Json<HomeworkView>, Problem> {
    let loaded = app.homework(&actor, child, &choice).await?;
    Ok(axum::Json(HomeworkView::of(&loaded)))
}

/// A tick of the page.
#[derive(Debug, Deserialize)]
pub(crate) struct TickForm {
    journal: GroupId,
    lesson: LessonKey,
    done: bool,
    institution: Option<InstitutionId>,
    when: Option<String>,
}

pub(crate) async fn tick_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Form(form): Form<TickForm>,
) -> Result<Response, Problem> {
    let task = (form.journal, form.lesson);
    app.set_tick(&actor, child, form.institution, task, form.done)
        .await?;
    // Back to the same list, at the task that was ticked: the page must not jump away under the finger.
    let when: When = form.when.and_then(|when| when.parse().ok()).unwrap_or_default();
    let institution = form
        .institution
        .map(|institution| format!("&institution={institution}"))
        .unwrap_or_default();
    Ok(see_other(&format!(
        "/diary/{child}/homework?when={}{institution}#t-{}-{}",
        when.as_str(),
        form.lesson,
        form.journal
    )))
}

/// Whether a task is done.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SetTick {
    done: bool,
}

/// Ticks a task as done, or takes the tick away. Only the family sees it.
#[utoipa::path(put, path = "/api/diary/{child}/homework/{journal}/{lesson}", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("journal" = String, Path, description = "the journal"),
        ("lesson" = String, Path, description = "the lesson at which the task was set: date and number")),
    request_body = SetTick,
    responses((status = 200, body = TaskView), (status = 403, description = "not of the family"),
        (status = 404, description = "no such child or task, or not for the caller")))]
pub(crate) async fn put_tick(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((child, journal, lesson)): Path<(PersonId, GroupId, LessonKey)>,
    Json(body): Json<SetTick>,
) -> Result<axum::Json<TaskView>, Problem> {
    let task = app
        .set_tick(&actor, child, None, (journal, lesson), body.done)
        .await?;
    Ok(axum::Json(TaskView::of(&task, Some(body.done))))
}

impl App {
    async fn homework(
        &self,
        actor: &Actor,
        child: PersonId,
        choice: &HomeworkChoice,
    ) -> Result<LoadedHomework, Problem> {
        let when: When = match &choice.when {
            Some(when) => when.parse().map_err(|_| Problem::invalid("when"))?,
            None => When::default(),
        };
        let reading = self.reading(actor, child, choice.institution).await?;
        let weeks = crate::horizon::weeks_around(Agenda::this_week(&reading), &reading.class.periods);
        let ticks = async {
            if reading.is_family() {
                Ok(Some(self.diary.weeks(child, &weeks).await?))
            } else {
                Ok(None)
            }
        };
        let this = Agenda::this_week(&reading);
        let (first, last) = (weeks.first().unwrap_or(&this), weeks.last().unwrap_or(&this));
        let days = (first.monday(), last.sunday());
        let answers = async { Ok(self.gradebook.answers_of(child, days).await?) };
        let (agenda, ticks, answers, ceiling) = tokio::try_join!(
            self.agenda(&reading),
            ticks,
            answers,
            self.homework_ceiling(&reading)
        )?;
        let mut tasks = agenda.tasks(&reading);
        tasks.retain(|task| when.includes(task, reading.today));
        let (mut ticks, mut answers) = (ticks, answers);
        self.add_earlier(&reading, &tasks, *first, (&mut ticks, &mut answers))
            .await?;
        Ok(LoadedHomework {
            when,
            days: by_day(tasks),
            ticks,
            answers,
            ceiling,
            reading,
        })
    }

    /// Adds the ticks and answers of tasks that were set before the `first` week and are still to be done: nothing where there
    /// are none, else 2 batches of gets in parallel, of the weeks in which they were set and of their threads.
    async fn add_earlier(
        &self,
        reading: &Reading,
        tasks: &[Task],
        first: model::Week,
        (ticks, answers): (&mut Option<FamilyWeek>, &mut Vec<AnswerThread>),
    ) -> Result<(), Problem> {
        let child = reading.child.person.person;
        let set_in = |task: &Task| model::Week::of(task.set_at.date);
        let earlier: Vec<&Task> = tasks.iter().filter(|task| set_in(task) < first).collect();
        if earlier.is_empty() {
            return Ok(());
        }
        let weeks: BTreeSet<model::Week> = earlier.iter().map(|task| set_in(task)).collect();
        let weeks: Vec<model::Week> = weeks.into_iter().filter(|_| ticks.is_some()).collect();
        let threads: Vec<_> = earlier.iter().map(|task| (task.journal, task.set_at)).collect();
        let (ticked, answered) = tokio::try_join!(
            self.diary.weeks(child, &weeks),
            self.gradebook.answers_to(child, &threads)
        )?;
        if let Some(ticks) = ticks {
            ticks.ticks.extend(ticked.ticks);
        }
        answers.extend(answered);
        Ok(())
    }

    /// The most minutes of homework that the norms allow for a day of the child's class: 1 get, where the class has a year
    /// of study.
    async fn homework_ceiling(&self, reading: &Reading) -> Result<Option<u16>, Problem> {
        let Some(grade) = reading.class.grade else {
            return Ok(None);
        };
        let institution = self.rosters.institution(reading.class.institution).await?;
        Ok(institution.and_then(|institution| {
            self.norms
                .homework_ceiling(reading.today, institution.kind, grade)
        }))
    }

    /// Ticks or unticks a task that was set to the child; gives the task.
    async fn set_tick(
        &self,
        actor: &Actor,
        child: PersonId,
        institution: Option<InstitutionId>,
        (journal, lesson): (GroupId, LessonKey),
        done: bool,
    ) -> Result<Task, Problem> {
        let reading = self.family_reading(actor, child, institution).await?;
        let opened = self
            .gradebook
            .week_of(reading.class.group, model::Week::of(lesson.date))
            .await?;
        let own = opened.into_iter().map(|lesson| lesson.for_pupil(child));
        let opened: Vec<_> = own.collect();
        let set = SetTasks {
            opened: &opened,
            later: &[],
            learns_in: &reading.class.learns_in,
        };
        let set = crate::homework::tasks(set, &crate::horizon::Horizon::default())
            .into_iter()
            .find(|task| task.journal == journal && task.set_at == lesson)
            .ok_or_else(Problem::not_found)?;
        if done {
            let tick = Tick {
                task: task_fingerprint(&set.text),
                at: self.clock.now(),
                by: actor.person,
            };
            self.diary.tick(child, lesson, journal, &tick).await?;
        } else {
            self.diary.untick(child, lesson, journal).await?;
        }
        Ok(set)
    }
}
