//! The pages of substitutions: who is absent and what is to be done, one lesson with all that can be done with it.

use std::{collections::BTreeSet, sync::Arc};

use axum::{extract::State, response::Response};
use jiff::civil::Date;
use model::{Actor, InstitutionId, PersonId, Week};
use serde::Deserialize;
use web::{CurrentUser, Form, PageContext, Path, Problem, Query, html, see_other};

use super::{
    api::{Action, ChangeRequest, in_bounds, wrong},
    carry_out::{Outcome, carry_out},
    handlers::{Purpose, absence, affected, weeks_of},
    name::LessonName,
    offers::teachers_for,
    order::Refusal,
    pages::{AffectedCard, LessonPage, SubstitutionsPage, institution_tabs},
    plan::{Lesson, Plan},
    words,
};
use crate::App;

/// What the page of substitutions shows.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct SubstitutionsQuery {
    institution: Option<InstitutionId>,
    date: Option<String>,
    absent: Option<String>,
    from: Option<String>,
    until: Option<String>,
    note: Option<String>,
    done: Option<u8>,
}

/// A date of a query: an empty field asks for none.
fn date(text: Option<&str>, field: &'static str) -> Result<Option<Date>, Problem> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => {
            let date = text.parse().map_err(|_| wrong(field))?;
            Some(date).filter(in_bounds).map(Some).ok_or_else(|| wrong(field))
        }
        None => Ok(None),
    }
}

/// The page: whoever is absent, their lessons with the best offers, and what is changed on the day.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(query): Query<SubstitutionsQuery>,
) -> Result<Response, Problem> {
    let (institution, places) = app.place(&actor, query.institution, Purpose::Change).await?;
    let today = app.today_at(&institution);
    let date_shown = date(query.date.as_deref(), "date")?.unwrap_or(today);
    let from = date(query.from.as_deref(), "date")?.unwrap_or(date_shown);
    let until = date(query.until.as_deref(), "until")?.unwrap_or(from).max(from);
    let absent: Option<PersonId> = match query.absent.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => Some(id.parse().map_err(|_| wrong("teacher"))?),
        None => None,
    };
    let days = absence(from, until)?;
    let mut weeks = weeks_of(&days);
    weeks.insert(Week::of(date_shown));
    let plan = app.substitutions.plan(institution.institution, &weeks).await?;
    let texts = app.texts(&page);
    let mut frame = page.frame(texts, texts.get("substitutions"), Some(&actor));
    frame.notice = query.done.map(|_| texts.get("substitutions-done"));
    let note = query.note.clone().unwrap_or_default();
    let back = back_query(institution.institution, date_shown, absent, (from, until), &note);
    let lessons = absent
        .map(|teacher| affected(&plan, teacher, &days))
        .unwrap_or_default();
    let cards = lessons
        .iter()
        .filter_map(|lesson| {
            let week = plan.week_of(lesson.now.lesson.date)?;
            let offers = teachers_for(week, &plan.teachers, &lesson.now, absent);
            Some(AffectedCard::new(texts, lesson, offers, absent))
        })
        .collect();
    html(&SubstitutionsPage {
        tabs: institution_tabs(
            &places,
            institution.institution,
            &format!("/schedules/substitutions?date={date_shown}&"),
        ),
        teachers: SubstitutionsPage::teachers(&plan, absent),
        absent: absent.and_then(|id| plan.teachers.get(&id).map(|card| card.name.clone())),
        changes: SubstitutionsPage::changes(texts, &plan, date_shown),
        day_off: plan
            .week_of(date_shown)
            .and_then(|week| week.calendar.day_off(date_shown).map(|day| day.title.clone())),
        institution: institution.institution,
        date: date_shown,
        today,
        from,
        until,
        note,
        back,
        cards,
        frame,
    })
}

/// The query that leads back to the page as it was.
fn back_query(
    institution: InstitutionId,
    date: Date,
    absent: Option<PersonId>,
    (from, until): (Date, Date),
    note: &str,
) -> String {
    let mut query = format!("institution={institution}&date={date}");
    if let Some(absent) = absent {
        query = format!("{query}&absent={absent}&from={from}&until={until}");
        if !note.is_empty() {
            let note: String = form_urlencoded::byte_serialize(note.as_bytes()).collect();
            query = format!("{query}&note={note}");
        }
    }
    query
}

/// Where a lesson's page was opened from.
#[derive(Debug, Deserialize)]
pub(crate) struct LessonQuery {
    back: Option<String>,
}

/// One lesson with all that can be done with it.
pub(crate) async fn lesson_page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((institution, name)): Path<(InstitutionId, LessonName)>,
    Query(query): Query<LessonQuery>,
) -> Result<Response, Problem> {
    app.admit(&actor, institution, Purpose::Change)?;
    let plan = app
        .substitutions
        .plan(institution, &BTreeSet::from([Week::of(name.key.date)]))
        .await?;
    let lesson = plan.lesson(name).ok_or_else(Problem::not_found)?;
    let form = LessonForm {
        back: query.back,
        ..LessonForm::default()
    };
    lesson_html(&app, &actor, &page, &plan, &lesson, &form, vec![]).await
}

/// The page of a lesson, with what was refused.
async fn lesson_html(
    app: &App,
    actor: &Actor,
    page: &PageContext,
    plan: &Plan,
    lesson: &Lesson,
    form: &LessonForm,
    refused: Vec<String>,
) -> Result<Response, Problem> {
    // A lesson that stands in another week now is shown with what is free there.
    let elsewhere;
    let held_in = if plan.weeks.contains_key(&Week::of(lesson.now.lesson.date)) {
        plan
    } else {
        elsewhere = app.substitutions.plan(plan.institution, &lesson.weeks()).await?;
        &elsewhere
    };
    let texts = app.texts(page);
    let frame = page.frame(texts, words::when(texts, &lesson.before), Some(actor));
    let back = form
        .back_query()
        .unwrap_or_else(|| format!("institution={}&date={}", plan.institution, lesson.name.key.date));
    html(&LessonPage::new(
        frame,
        held_in,
        lesson,
        back,
        form.note.clone(),
        refused,
    ))
}

/// A lesson's form, all of its fields; each button names what it does.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct LessonForm {
    version: u64,
    /// An action, for some with whom or with what: `assign:per_…`, `swap:<lesson>:<version>`.
    action: String,
    #[serde(default)]
    teacher: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    room: String,
    #[serde(default)]
    new_room: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    place_room: String,
    #[serde(default)]
    swap: String,
    #[serde(default)]
    merge: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    back: Option<String>,
}

impl LessonForm {
    /// The request that the pressed button means.
    fn request(&self) -> Result<ChangeRequest, Problem> {
        let (action, with) = self.action.split_once(':').unwrap_or((&self.action, ""));
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
        let request = ChangeRequest {
            note: given(&self.note),
            ..ChangeRequest::default()
        };
        let chosen = |field: &str| {
            if with.is_empty() {
                field.to_owned()
            } else {
                with.to_owned()
            }
        };
        Ok(match action {
            "assign" => ChangeRequest {
                action: Some(Action::Assign),
                teacher: chosen(&self.teacher).parse().ok(),
                subject: given(&self.subject),
                room: given(&self.room),
                ..request
            },
            "room" => ChangeRequest {
                action: Some(Action::Room),
                room: given(&self.new_room),
                ..request
            },
            "cancel" => ChangeRequest {
                action: Some(Action::Cancel),
                ..request
            },
            "move" => ChangeRequest {
                action: Some(Action::Move),
                date: date(Some(&self.date), "date")?,
                number: self.number.trim().parse().ok(),
                room: given(&self.place_room),
                ..request
            },
            "swap" => {
                let (with, version) = self.swap.split_once(':').unwrap_or((&self.swap, "0"));
                ChangeRequest {
                    action: Some(Action::Swap),
                    with: with.parse().ok(),
                    with_version: version.parse().ok(),
                    ..request
                }
            }
            "merge" => ChangeRequest {
                action: Some(Action::Merge),
                with: chosen(&self.merge).parse().ok(),
                ..request
            },
            "take_back" => ChangeRequest {
                action: Some(Action::TakeBack),
                ..request
            },
            _ => return Err(wrong("action")),
        })
    }

    /// The query to go back to, if it is one that our page has made.
    fn back_query(&self) -> Option<String> {
        let is_query = |text: &&str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"=&_.-%+*".contains(&byte);
            !text.is_empty() && text.len() < 2_000 && text.bytes().all(plain)
        };
        self.back.as_deref().filter(is_query).map(str::to_owned)
    }
}

/// Does what the form's button says, and leads back; or shows the lesson with what is in the way.
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((institution, name)): Path<(InstitutionId, LessonName)>,
    Form(form): Form<LessonForm>,
) -> Result<Response, Problem> {
    app.admit(&actor, institution, Purpose::Change)?;
    let order = app.order(&actor, name, form.version, &form.request()?)?;
    match carry_out(&app.substitutions, institution, &order).await? {
        Outcome::Done(_) => {
            let back = form
                .back_query()
                .unwrap_or_else(|| format!("institution={institution}&date={}", name.key.date));
            Ok(see_other(&format!("/schedules/substitutions?{back}&done=1")))
        }
        Outcome::Refused(Refusal::Unknown, _) => Err(Problem::not_found()),
        Outcome::Refused(refusal, plan) => {
            let lesson = plan.lesson(name).ok_or_else(Problem::not_found)?;
            let refused = words::refusal(app.texts(&page), &refusal);
            lesson_html(&app, &actor, &page, &plan, &lesson, &form, refused).await
        }
    }
}
