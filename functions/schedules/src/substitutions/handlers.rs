//! Who may see and change lessons, and the API.

use std::{collections::BTreeSet, sync::Arc};

use access::{Access, Resource};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use jiff::{ToSpan, civil::Date};
use model::{Actor, InstitutionId, PersonId, Week};
use rosters::Institution;
use serde::Deserialize;
use web::{CurrentUser, ExpectedVersion, Path, Problem, Query, etag};

use super::{
    api::{
        AbsenceView, Action, AffectedLessonView, ChangeRequest, ChangedLessonView, ChangesView, in_bounds,
        wrong,
    },
    carry_out::{Outcome, carry_out},
    name::LessonName,
    offers::{rooms_for, teachers_for},
    order::{Order, Wish},
    plan::{Lesson, Plan},
};
use crate::App;

/// What somebody may do with the substitutions of an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Read the day sheet.
    See,
    /// Change lessons.
    Change,
}

impl Purpose {
    const fn action(self) -> &'static str {
        match self {
            Self::See => "see_changes",
            Self::Change => "make_changes",
        }
    }
}

/// The most days over which somebody's absence is looked at in one go: with both its ends three weeks at most.
pub(crate) const LONGEST_ABSENCE: i64 = 14;

impl App {
    /// Whether the actor may.
    pub(crate) fn admits(&self, actor: &Actor, institution: InstitutionId, purpose: Purpose) -> bool {
        let resource = Resource::Institution { id: institution };
        self.access.allows(actor, purpose.action(), &resource)
    }

    /// Refuses the actor, unless they may.
    pub(crate) fn admit(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        purpose: Purpose,
    ) -> Result<(), Problem> {
        let resource = Resource::Institution { id: institution };
        let see = Purpose::See.action();
        match self.access.decide(actor, see, purpose.action(), &resource) {
            Access::Granted => Ok(()),
            Access::Forbidden => Err(Problem::forbidden()),
            Access::Hidden => Err(Problem::not_found()),
        }
    }

    /// The institutions of the actor's roles with whose substitutions they may do so, by name; with the one asked for, or
    /// the first.
    pub(crate) async fn place(
        &self,
        actor: &Actor,
        asked: Option<InstitutionId>,
        purpose: Purpose,
    ) -> Result<(Institution, Vec<Institution>), Problem> {
        if let Some(asked) = asked {
            self.admit(actor, asked, purpose)?;
        }
        let held = actor.roles.0.iter().filter_map(|held| held.institution);
        let places: BTreeSet<InstitutionId> =
            held.filter(|place| self.admits(actor, *place, purpose)).collect();
        if places.is_empty() {
            // Who sees them somewhere but may change nothing is told so.
            let sees = |held: &model::RoleAt| {
                held.institution
                    .is_some_and(|place| self.admits(actor, place, Purpose::See))
            };
            let refusal = if actor.roles.0.iter().any(sees) {
                Problem::forbidden()
            } else {
                Problem::not_found()
            };
            return Err(refusal);
        }
        let places: Vec<_> = places.into_iter().collect();
        let institutions = self.substitutions.institutions(&places).await?;
        let shown = institutions
            .iter()
            .find(|found| asked.is_none_or(|asked| asked == found.institution))
            .cloned()
            .ok_or_else(Problem::not_found)?;
        Ok((shown, institutions))
    }

    /// Today by the institution's clock.
    pub(crate) fn today_at(&self, institution: &Institution) -> Date {
        self.clock.today(&model::time_zone(&institution.time_zone))
    }
}

/// The days of an absence.
///
/// # Errors
/// Names the end that is not a date, comes before the beginning, or is too far from it.
pub(crate) fn absence(from: Date, until: Date) -> Result<Vec<Date>, Problem> {
    if !in_bounds(&from) {
        return Err(wrong("date"));
    }
    let is_short = until < from.saturating_add(LONGEST_ABSENCE.days());
    if until < from || !is_short {
        return Err(wrong("until"));
    }
    Ok(from.series(1.day()).take_while(|date| *date <= until).collect())
}

/// The weeks of days.
pub(crate) fn weeks_of(days: &[Date]) -> BTreeSet<Week> {
    days.iter().map(|date| Week::of(*date)).collect()
}

/// The week asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct WeekQuery {
    date: Option<String>,
}

/// What is changed in a week.
#[utoipa::path(
    get, path = "/api/schedules/institutions/{institution}/changes", tag = "schedules",
    params(
        ("institution" = String, Path, description = "The institution."),
        ("date" = Option<String>, Query, description = "Any day of the week, today by default."),
    ),
    responses(
        (status = 200, body = ChangesView, description = "The entity tag counts the edits of the week."),
        (status = 404, description = "No such institution for the actor."),
    ),
)]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
    Query(query): Query<WeekQuery>,
) -> Result<Response, Problem> {
    app.admit(&actor, institution, Purpose::See)?;
    let week = match query.date.as_deref().map(str::parse::<Week>) {
        Some(Ok(week)) => week,
        Some(Err(_)) => return Err(Problem::invalid("date")),
        None => {
            let place = app.substitutions.institutions(&[institution]).await?;
            Week::of(app.today_at(place.first().ok_or_else(Problem::not_found)?))
        }
    };
    let (changes, revision) = app.substitutions.changes(institution, week).await?;
    let view = ChangesView {
        institution,
        monday: week.monday(),
        changes: changes.iter().map(ChangedLessonView::of_change).collect(),
    };
    Ok(([etag(revision)], Json(view)).into_response())
}

/// Whose lessons are asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct AbsenceQuery {
    teacher: Option<PersonId>,
    from: Option<String>,
    until: Option<String>,
}

/// The lessons of an absent teacher, each with the teachers and rooms that are free then.
#[utoipa::path(
    get, path = "/api/schedules/institutions/{institution}/absences", tag = "schedules",
    params(
        ("institution" = String, Path, description = "The institution."),
        ("teacher" = String, Query, description = "The teacher."),
        ("from" = String, Query, description = "The first day."),
        ("until" = Option<String>, Query, description = "The last day, at most two weeks in all; the first by default."),
    ),
    responses(
        (status = 200, body = AbsenceView), (status = 403, description = "The actor may only see the day sheet."),
        (status = 404, description = "No such institution for the actor."),
    ),
)]
pub(crate) async fn absences(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
    Query(query): Query<AbsenceQuery>,
) -> Result<Json<AbsenceView>, Problem> {
    app.admit(&actor, institution, Purpose::Change)?;
    let date = |text: &Option<String>, field| match text {
        Some(text) => text.parse::<Date>().map(Some).map_err(|_| wrong(field)),
        None => Ok(None),
    };
    let teacher = query.teacher.ok_or_else(|| wrong("teacher"))?;
    let from = date(&query.from, "date")?.ok_or_else(|| wrong("date"))?;
    let days = absence(from, date(&query.until, "until")?.unwrap_or(from))?;
    let plan = app.substitutions.plan(institution, &weeks_of(&days)).await?;
    let lessons = affected(&plan, teacher, &days);
    let lessons = lessons.iter().filter_map(|lesson| {
        let week = plan.week_of(lesson.now.lesson.date)?;
        let teachers = teachers_for(week, &plan.teachers, &lesson.now, Some(teacher));
        Some(AffectedLessonView::new(
            lesson,
            teachers,
            rooms_for(week, &lesson.now),
        ))
    });
    Ok(Json(AbsenceView {
        teacher,
        lessons: lessons.collect(),
    }))
}

/// The lessons that a teacher has on the days, by time.
pub(crate) fn affected(plan: &Plan, teacher: PersonId, days: &[Date]) -> Vec<Lesson> {
    let mut names = BTreeSet::new();
    let lessons = days.iter().flat_map(|date| plan.lessons_of(teacher, *date));
    // A lesson that is moved within the days is met twice.
    lessons.filter(|lesson| names.insert(lesson.name)).collect()
}

/// Changes a lesson: another teacher, subject, room or time, another lesson's place, or that it is not held.
#[utoipa::path(
    put, path = "/api/schedules/institutions/{institution}/changes/{change}", tag = "schedules",
    params(
        ("institution" = String, Path, description = "The institution."),
        ("change" = String, Path, description = "The lesson: date, number and group as published."),
        ("If-Match" = String, Header, description = "The version of the lesson's change, 0 if it has none."),
    ),
    request_body = ChangeRequest,
    responses(
        (status = 200, body = ChangedLessonView),
        (status = 403, description = "The actor may only see the day sheet."),
        (status = 404, description = "No such lesson for the actor."),
        (status = 409, description = "`substitution_stale`: changed by somebody else, `current` is what stands now; \
            `substitution_clash`: something is not free, `clashes` name it."),
        (status = 422, description = "A field is missing, or the lesson cannot be changed so."),
    ),
)]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((institution, lesson)): Path<(InstitutionId, LessonName)>,
    ExpectedVersion(seen): ExpectedVersion,
    web::Json(request): web::Json<ChangeRequest>,
) -> Result<Response, Problem> {
    app.admit(&actor, institution, Purpose::Change)?;
    let order = app.order(&actor, lesson, seen, &request)?;
    answer(carry_out(&app.substitutions, institution, &order).await?)
}

/// Takes a change back: the lesson is held as published.
#[utoipa::path(
    delete, path = "/api/schedules/institutions/{institution}/changes/{change}", tag = "schedules",
    params(
        ("institution" = String, Path, description = "The institution."),
        ("change" = String, Path, description = "The lesson: date, number and group as published."),
        ("If-Match" = String, Header, description = "The version of the lesson's change."),
    ),
    responses(
        (status = 200, body = ChangedLessonView, description = "The lesson as it is held now."),
        (status = 204, description = "Done; the published week of today has no such lesson any more."),
        (status = 403, description = "The actor may only see the day sheet."),
        (status = 404, description = "No such lesson for the actor."),
        (status = 409, description = "As for a change: what the lesson needs may have been given away."),
    ),
)]
pub(crate) async fn take_back(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((institution, lesson)): Path<(InstitutionId, LessonName)>,
    ExpectedVersion(seen): ExpectedVersion,
) -> Result<Response, Problem> {
    app.admit(&actor, institution, Purpose::Change)?;
    let request = ChangeRequest {
        action: Some(Action::TakeBack),
        ..ChangeRequest::default()
    };
    let order = app.order(&actor, lesson, seen, &request)?;
    debug_assert_eq!(order.wish, Wish::TakeBack, "nothing else was asked for");
    answer(carry_out(&app.substitutions, institution, &order).await?)
}

impl App {
    /// The order that a request means.
    pub(crate) fn order(
        &self,
        actor: &Actor,
        lesson: LessonName,
        seen: u64,
        request: &ChangeRequest,
    ) -> Result<Order, Problem> {
        Ok(Order {
            lesson,
            seen,
            wish: request.wish()?,
            note: request.reason()?,
            by: actor.person,
            at: self.clock.now(),
        })
    }
}

fn answer(outcome: Outcome) -> Result<Response, Problem> {
    match outcome {
        Outcome::Done(Some(lesson)) => {
            let view = ChangedLessonView::of_lesson(&lesson);
            Ok(([etag(lesson.version())], Json(view)).into_response())
        }
        Outcome::Done(None) => Ok(axum::http::StatusCode::NO_CONTENT.into_response()),
        Outcome::Refused(refusal, _) => Err(Problem::from(&refusal)),
    }
}
