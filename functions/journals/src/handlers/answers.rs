//! Answers to homework: the pupil's, and what the teacher says to them.

use std::sync::Arc;

use access::Resource;
use axum::{extract::State, response::Response};
use gradebook::{AnswerEntry, AnswerKey, AnswerSide, Lesson, Signed};
use model::{Actor, GroupId, LessonKey, PeriodId, PersonId};
use rosters::{GroupRoster, Member, PersonCard};
use web::{CurrentUser, Form, Json, PageContext, Path, Problem, Query, html, see_other};

use crate::{
    App,
    answers::{AnswerError, NewEntry, next},
    api::answers::{AnswerThreadView, AnswersView, SayInThread},
    handlers::{Purpose, Sheet, actor_name, results::Done},
    journal::was_member,
    pages::{answers::ThreadPage, lesson::Beside},
    store::Outcome,
};

type ThreadPath = (GroupId, PeriodId, LessonKey, PersonId);

/// A pupil's work on a homework, as somebody who may see it meets it.
#[derive(Debug)]
pub(crate) struct Thread {
    /// Whose answer to which homework.
    pub(crate) key: AnswerKey,
    /// The group.
    pub(crate) roster: GroupRoster,
    /// The lesson at which it was set.
    pub(crate) lesson: Lesson,
    /// The pupil.
    pub(crate) pupil: Member,
    /// What was said, the first first.
    pub(crate) entries: Vec<AnswerEntry>,
    /// As whom the reader can say something.
    pub(crate) side: Option<AnswerSide>,
    /// Whether the reader is of the family.
    pub(crate) is_family: bool,
}

impl Thread {
    /// The task.
    pub(crate) fn homework(&self) -> &str {
        let homework = self.lesson.homework.as_ref();
        homework.map_or("", |homework| &homework.text)
    }

    /// The number of the last entry.
    pub(crate) fn last(&self) -> u64 {
        self.entries.last().map_or(0, |last| last.number)
    }
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(path): Path<ThreadPath>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let thread = app.thread(&actor, &path).await?;
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("answers-title"), Some(&actor));
    frame.notice = done.saved.map(|_| texts.get("answers-saved"));
    html(&ThreadPage {
        frame,
        period: path.1,
        thread,
        text: String::new(),
        refusal: None,
    })
}

/// Says something in the thread. What is refused comes back in its field.
pub(crate) async fn say_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(path): Path<ThreadPath>,
    Form(body): Form<SayInThread>,
) -> Result<Response, Problem> {
    let thread = app.thread(&actor, &path).await?;
    match app.say(&actor, &thread, &body).await? {
        Ok(_) => {
            let (journal, period, lesson, pupil) = path;
            Ok(see_other(&format!(
                "/journals/{journal}/{period}/lessons/{lesson}/answers/{pupil}?saved=1"
            )))
        }
        Err(error) => {
            // What was said meanwhile is to be seen before the same is sent again.
            let thread = app.thread(&actor, &path).await?;
            let texts = app.translations.of(page.locale);
            html(&ThreadPage {
                frame: page.frame(texts, texts.get("answers-title"), Some(&actor)),
                period: path.1,
                thread,
                text: body.text,
                refusal: Some(error),
            })
        }
    }
}

/// What was said of a pupil's work on the homework of a lesson: for the pupil, the family and who may see the journal.
#[utoipa::path(get, path = "/api/journals/{journal}/{period}/lessons/{lesson}/answers/{pupil}", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path), ("lesson" = String, Path), ("pupil" = String, Path)),
    responses((status = 200, body = AnswerThreadView), (status = 404, description = "no such homework or pupil, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<ThreadPath>,
) -> Result<axum::Json<AnswerThreadView>, Problem> {
    let thread = app.thread(&actor, &path).await?;
    Ok(axum::Json(AnswerThreadView::of(
        thread.homework(),
        &thread.entries,
    )))
}

/// Answers to homework, or says something to an answer. Nothing that was said is changed: a repeat is done already, and what
/// was said meanwhile has to be seen first.
#[utoipa::path(post, path = "/api/journals/{journal}/{period}/lessons/{lesson}/answers/{pupil}", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path), ("lesson" = String, Path), ("pupil" = String, Path)),
    request_body = SayInThread,
    responses((status = 200, body = AnswerThreadView), (status = 403, description = "the caller only reads"),
        (status = 404, description = "no such homework or pupil, or not for the caller"),
        (status = 409, description = "something was said since"), (status = 422, description = "nothing is said, or the work is accepted")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<ThreadPath>,
    Json(body): Json<SayInThread>,
) -> Result<axum::Json<AnswerThreadView>, Problem> {
    let mut thread = app.thread(&actor, &path).await?;
    let added = app
        .say(&actor, &thread, &body)
        .await?
        .map_err(|error| match error {
            AnswerError::Changed => Problem::conflict(error.code()),
            error => Problem::unacceptable(error.code()),
        })?;
    thread.entries.extend(added);
    Ok(axum::Json(AnswerThreadView::of(
        thread.homework(),
        &thread.entries,
    )))
}

/// How the work of each pupil on the homework of a lesson stands.
#[utoipa::path(get, path = "/api/journals/{journal}/{period}/lessons/{lesson}/answers", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path), ("lesson" = String, Path)),
    responses((status = 200, body = AnswersView), (status = 404, description = "no such journal, or not for the caller")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<(GroupId, PeriodId, LessonKey)>,
) -> Result<axum::Json<AnswersView>, Problem> {
    let (journal, _, lesson) = path;
    let (roster, threads) = tokio::try_join!(app.roster(journal), async {
        Ok(app.journals.gradebook.answers(journal, lesson).await?)
    })?;
    app.admit(&actor, &roster, Purpose::See)?;
    Ok(axum::Json(AnswersView::of(&threads)))
}

impl App {
    /// What stands beside a lesson of a period: the absences that were told, the answers where homework is set, and for who can
    /// set it the lessons for which it can be due.
    pub(crate) async fn beside(&self, sheet: &Sheet, key: LessonKey) -> Result<Beside, Problem> {
        let group = &sheet.journal.roster.group;
        let lesson = sheet.journal.lesson(key);
        let is_set = lesson.is_some_and(|lesson| lesson.record.homework.is_some());
        let answers = async {
            if is_set {
                Ok(self.journals.gradebook.answers(group.group, key).await?)
            } else {
                Ok(vec![])
            }
        };
        let coming = async {
            let sets = sheet.may_write() && group.subject.is_some();
            // They are only offered: the page opens without them.
            Ok(match sets {
                true => self.coming_lessons(group, key).await.unwrap_or_default(),
                false => vec![],
            })
        };
        let (notices, answers, coming) = tokio::try_join!(self.told_of(sheet), answers, coming)?;
        Ok(Beside {
            notices,
            answers,
            coming,
            today: self.clock.today(&group.zone()),
        })
    }

    /// A pupil's thread, for somebody who may see it: group, lesson, pupil and entries in parallel.
    async fn thread(
        &self,
        actor: &Actor,
        (journal, period, lesson, pupil): &ThreadPath,
    ) -> Result<Thread, Problem> {
        let key = AnswerKey {
            journal: *journal,
            lesson: *lesson,
            pupil: *pupil,
        };
        let gradebook = &self.journals.gradebook;
        let (roster, stored, card, entries) = tokio::try_join!(
            self.roster(*journal),
            async { Ok(gradebook.lesson(*journal, period, *lesson).await?) },
            async { Ok(self.rosters.card(*pupil).await?) },
            async { Ok(gradebook.answer_entries(key).await?) }
        )?;
        let card = card.ok_or_else(Problem::not_found)?;
        let mut members = roster.pupils.iter();
        let member = members.find(|member| member.person == *pupil && was_member(member, lesson.date));
        let member = member.cloned().ok_or_else(Problem::not_found)?;
        let child = child(&card);
        let is_family = self.access.allows(actor, "see_answers", &child);
        if !is_family {
            self.admit(actor, &roster, Purpose::See)?;
        }
        let lesson = stored.ok_or_else(Problem::not_found)?.record;
        let is_set = lesson.homework.as_ref().is_some_and(|set| set.is_for(*pupil));
        if !is_set && entries.is_empty() {
            return Err(Problem::not_found());
        }
        let side = if self.access.allows(actor, "answer_homework", &child) {
            Some(AnswerSide::Pupil)
        } else {
            let teaches = self.may(actor, &roster, Purpose::Write);
            teaches.then_some(AnswerSide::Teacher)
        };
        Ok(Thread {
            key,
            roster,
            lesson,
            pupil: member,
            entries,
            side,
            is_family,
        })
    }

    /// Says something in a thread: what was added, nothing for a repeat; or why not.
    async fn say(
        &self,
        actor: &Actor,
        thread: &Thread,
        body: &SayInThread,
    ) -> Result<Result<Option<AnswerEntry>, AnswerError>, Problem> {
        let side = thread.side.ok_or_else(Problem::forbidden)?;
        let (new, by_name) = match side {
            AnswerSide::Pupil => (NewEntry::answer(&body.text), thread.pupil.name.short()),
            AnswerSide::Teacher => (
                NewEntry::reply(&body.verdict, &body.text),
                actor_name(actor, &thread.roster),
            ),
        };
        let signed = Signed {
            at: self.clock.now(),
            by: actor.person,
            by_name,
        };
        let following = |entries: &[AnswerEntry]| {
            let new = new.clone()?;
            next(thread.key, entries, body.seen, new, signed.clone())
        };
        let entry = match following(&thread.entries) {
            Ok(Some(entry)) => entry,
            Ok(None) => return Ok(Ok(None)),
            Err(error) => return Ok(Err(error)),
        };
        match self.journals.add_answer(&thread.lesson, entry.clone()).await? {
            Outcome::Done(()) => Ok(Ok(Some(entry))),
            // Of two clicks at one moment the second finds what the first has said.
            Outcome::Outdated => {
                let entries = self.journals.gradebook.answer_entries(thread.key).await?;
                Ok(match following(&entries) {
                    Ok(None) => Ok(None),
                    Ok(Some(_)) | Err(_) => Err(AnswerError::Changed),
                })
            }
            Outcome::Overtaken => Err(Problem::conflict("journal_changed")),
        }
    }
}

/// The pupil with who represents them now.
fn child(card: &PersonCard) -> Resource {
    let guardians = card.guardians.iter().filter(|held| held.is_in_force());
    Resource::Child {
        id: card.person.person,
        guardians: guardians.map(|held| held.guardian).collect(),
        class_teachers: vec![],
        institutions: vec![],
    }
}
