//! The lesson plan of a journal's year.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::{future::try_join_all, stream};
use gradebook::{Lesson, LessonPlan, PlanRow};
use model::{AcademicPeriod, AcademicYear, Actor, GroupId, LessonKey, PeriodId};
use rosters::GroupRoster;
use serde::Deserialize;
use timetables::Owner;
use web::{
    CurrentUser, ExpectedVersion, Form, Json, PageContext, Path, Problem, Query, etag, html, see_other,
};

use crate::{
    App,
    api::plan::{PlanView, PutPlan},
    handlers::{Purpose, period_of, results::Done},
    journal::Format,
    pages::plan::PlanPage,
    plan::{
        BoundPlan,
        binding::{Dated, merged},
        dated,
        read::{PlanError, ReadPlan, read},
    },
    store::Outcome,
};

/// A journal's year with its plan.
#[derive(Debug)]
pub(crate) struct PlanSheet {
    /// The group.
    pub(crate) roster: GroupRoster,
    /// The year.
    pub(crate) year: AcademicYear,
    /// Counts the changes of the plan; 0 where there is none.
    pub(crate) version: u64,
    /// The plan as it stands.
    pub(crate) plan: LessonPlan,
    /// The lessons of the year.
    pub(crate) dated: Dated,
    /// Those that were opened.
    pub(crate) opened: Vec<Lesson>,
}

/// A form that gives a row one lesson less.
#[derive(Debug, Deserialize)]
pub(crate) struct MergeForm {
    version: u64,
    /// The row's place, from 0.
    row: usize,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let sheet = app.plan_sheet(&actor, journal, &period).await?;
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("plan-title"), Some(&actor));
    frame.notice = done.saved.map(|_| texts.get("saved"));
    let today = app.clock.today(&sheet.roster.group.zone());
    html(&PlanPage::new(
        frame,
        app.may(&actor, &sheet.roster, Purpose::Write),
        period,
        sheet,
        today,
        None,
    ))
}

/// The plan of the year to which a period belongs: its rows with their dates, and how each stands to what was given.
#[utoipa::path(get, path = "/api/journals/{journal}/{period}/plan", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path, description = "any period of the year")),
    responses((status = 200, body = PlanView), (status = 404, description = "no such journal, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
) -> Result<Response, Problem> {
    let sheet = app.plan_sheet(&actor, journal, &period).await?;
    let today = app.clock.today(&sheet.roster.group.zone());
    let version = sheet.version;
    let bound = BoundPlan::new(sheet.plan, &sheet.dated, &sheet.opened, today);
    Ok(([etag(version)], axum::Json(PlanView::of(version, &bound))).into_response())
}

/// Replaces the plan. `If-Match` carries the version that the caller saw, `"0"` where there is none. All rows are taken or
/// none.
#[utoipa::path(put, path = "/api/journals/{journal}/{period}/plan", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path, description = "any period of the year"),
        ("If-Match" = String, Header, description = "version of the plan in quotes")),
    request_body = PutPlan,
    responses((status = 200, body = PlanView), (status = 404, description = "no such journal, or not for the caller"),
        (status = 403, description = "the caller only reads this journal"),
        (status = 409, description = "somebody else has changed the plan"),
        (status = 422, description = "a row that cannot be taken; `rows` names each with its place, from 1")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    ExpectedVersion(version): ExpectedVersion,
    Json(body): Json<PutPlan>,
) -> Result<Response, Problem> {
    let mut sheet = app.plan_sheet(&actor, journal, &period).await?;
    app.admit(&actor, &sheet.roster, Purpose::Write)?;
    let rows = body
        .read()
        .map_err(|wrong| Problem::unacceptable("plan_rows").with("rows", wrong))?;
    if !LessonPlan::fits(&rows) {
        return Err(Problem::unacceptable("plan_too_long"));
    }
    app.set_plan(&sheet, rows.clone(), version).await?;
    sheet.plan.rows = rows;
    let today = app.clock.today(&sheet.roster.group.zone());
    let bound = BoundPlan::new(sheet.plan, &sheet.dated, &sheet.opened, today);
    Ok(([etag(version + 1)], axum::Json(PlanView::of(version + 1, &bound))).into_response())
}

/// Shows what a file or a text would make of the plan, with dates and what is wrong; or takes it. What has a wrong row is not
/// taken.
pub(crate) async fn set(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let mut sheet = app.plan_sheet(&actor, journal, &period).await?;
    app.admit(&actor, &sheet.roster, Purpose::Write)?;
    let upload = Upload::of(&headers, body)
        .await
        .ok_or_else(|| Problem::unreadable("invalid_form"))?;
    let found = read(upload.content());
    if let (true, Ok(ReadPlan { rows, problems })) = (upload.is_final, &found)
        && problems.is_empty()
    {
        app.set_plan(&sheet, rows.clone(), upload.version).await?;
        return Ok(see_other(&format!("/journals/{journal}/{period}/plan?saved=1")));
    }
    let texts = app.translations.of(page.locale);
    let frame = page.frame(texts, texts.get("plan-title"), Some(&actor));
    let today = app.clock.today(&sheet.roster.group.zone());
    let text = String::from_utf8_lossy(&upload.text).into_owned();
    let draft = match found {
        Ok(found) => {
            sheet.plan.rows.clone_from(&found.rows);
            Ok(found)
        }
        Err(PlanError(code)) => Err((code, text)),
    };
    html(&PlanPage::new(frame, true, period, sheet, today, Some(draft)))
}

/// Gives a row one lesson less: after a lesson was called off, or to catch up.
pub(crate) async fn merge(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    Form(form): Form<MergeForm>,
) -> Result<Response, Problem> {
    let (roster, year) = app.journal_year(&actor, journal, &period).await?;
    app.admit(&actor, &roster, Purpose::Write)?;
    let stored = app.journals.gradebook.plan(journal, year).await?;
    let stored = stored.ok_or_else(Problem::not_found)?;
    let rows = merged(&stored.record.rows, form.row).ok_or_else(|| Problem::unacceptable("plan_no_merge"))?;
    let plan = LessonPlan {
        rows,
        ..stored.record
    };
    app.write_plan(plan, form.version).await?;
    Ok(see_other(&format!("/journals/{journal}/{period}/plan?saved=1")))
}

/// An uploaded form: the file if there is one, else the text.
struct Upload {
    version: u64,
    is_final: bool,
    file: Bytes,
    text: Bytes,
}

impl Upload {
    async fn of(headers: &HeaderMap, body: Bytes) -> Option<Self> {
        let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        let boundary = multer::parse_boundary(kind).ok()?;
        let body = stream::once(async move { Ok::<_, Infallible>(body) });
        let mut parts = multer::Multipart::new(body, boundary);
        let mut upload = Self {
            version: 0,
            is_final: false,
            file: Bytes::new(),
            text: Bytes::new(),
        };
        while let Some(part) = parts.next_field().await.ok()? {
            match part.name()?.to_owned().as_str() {
                "file" => upload.file = part.bytes().await.ok()?,
                "text" => upload.text = part.bytes().await.ok()?,
                "version" => upload.version = part.text().await.ok()?.parse().ok()?,
                "action" => upload.is_final = part.text().await.ok()? == "save",
                _ => {}
            }
        }
        Some(upload)
    }

    fn content(&self) -> &[u8] {
        if self.file.is_empty() {
            &self.text
        } else {
            &self.file
        }
    }
}

impl App {
    /// The group of a journal in which lessons have topics, and the year to which a period belongs.
    async fn journal_year(
        &self,
        actor: &Actor,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<(GroupRoster, AcademicYear), Problem> {
        let roster = self.roster(journal).await?;
        self.admit(actor, &roster, Purpose::See)?;
        if Format::of(&roster.group) == Format::Days {
            return Err(Problem::not_found());
        }
        let year = AcademicYear::of(period_of(&roster, period)?.start);
        Ok((roster, year))
    }

    /// The plan with all that binds it to dates: the group, then plan, timetable, calendar and lessons in parallel.
    async fn plan_sheet(
        &self,
        actor: &Actor,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<PlanSheet, Problem> {
        let (roster, year) = self.journal_year(actor, journal, period).await?;
        let gradebook = &self.journals.gradebook;
        let terms = model::AcademicPeriod::terms(&roster.group.periods, year);
        let lessons = terms.iter().map(|term| gradebook.lessons(journal, &term.id));
        let (stored, timetables, calendar, opened) = tokio::try_join!(
            gradebook.plan(journal, year),
            self.timetables.plan_of_all(Owner::Group(journal)),
            self.timetables.calendar(roster.group.institution),
            try_join_all(lessons)
        )?;
        let (version, plan) = stored.map_or_else(
            || {
                let plan = LessonPlan {
                    journal,
                    year: year.to_string(),
                    rows: vec![],
                };
                (0, plan)
            },
            |stored| (stored.version, stored.record),
        );
        Ok(PlanSheet {
            dated: dated(&timetables, calendar.as_ref(), journal, &terms),
            opened: opened.into_iter().flatten().collect(),
            roster,
            year,
            version,
            plan,
        })
    }

    /// What the plan proposes for a lesson that is opened without a topic.
    pub(crate) async fn planned(
        &self,
        roster: &GroupRoster,
        period: &AcademicPeriod,
        key: LessonKey,
    ) -> Result<Option<(String, Option<gradebook::Homework>)>, Problem> {
        let (journal, year) = (roster.group.group, AcademicYear::of(period.start));
        let Some(stored) = self.journals.gradebook.plan(journal, year).await? else {
            return Ok(None);
        };
        let terms = model::AcademicPeriod::terms(&roster.group.periods, year);
        let (timetables, calendar) = tokio::try_join!(
            self.timetables.plan_of_all(Owner::Group(journal)),
            self.timetables.calendar(roster.group.institution)
        )?;
        let dated = dated(&timetables, calendar.as_ref(), journal, &terms);
        Ok(BoundPlan::new(stored.record, &dated, &[], key.date).proposal(key))
    }

    async fn set_plan(&self, sheet: &PlanSheet, rows: Vec<PlanRow>, version: u64) -> Result<(), Problem> {
        let plan = LessonPlan {
            journal: sheet.roster.group.group,
            year: sheet.year.to_string(),
            rows,
        };
        self.write_plan(plan, version).await
    }

    async fn write_plan(&self, plan: LessonPlan, version: u64) -> Result<(), Problem> {
        match self.journals.set_plan(plan, version).await? {
            Outcome::Done(()) => Ok(()),
            Outcome::Outdated | Outcome::Overtaken => Err(Problem::conflict("plan_changed")),
        }
    }
}
