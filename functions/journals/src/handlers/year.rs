//! Results of the year: the periods' results propose, the teacher decides.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use gradebook::{PeriodResult, Term, YearResults};
use model::{AcademicYear, Actor, GroupId, PeriodId, PersonId};
use web::{
    CurrentSession, CurrentUser, ExpectedVersion, Form, Json, PageContext, Path, Problem, Query, etag, html,
    see_other,
};

use crate::{
    App,
    api::results::{ResultView, SetResult, YearView},
    handlers::{
        Purpose, period_of,
        results::{Deciding, Done, ResultWish, settled},
    },
    journal::{Format, rule_of},
    pages::results::YearPage,
    permit::Permit,
    result_form::Tally,
    result_form::{ResultForm, parse_result},
    store::Outcome,
    year::{YearRow, YearSheet},
};

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let sheet = app.year(&actor, journal, &period).await?;
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("year-title"), Some(&actor));
    frame.notice = done.saved.map(|count| texts.count("results-saved", count));
    let is_keeper = app.may(&actor, &sheet.roster, Purpose::Write);
    html(&YearPage {
        frame,
        period,
        sheet,
        is_keeper,
        refused: vec![],
    })
}

/// The results of the periods and of the year to which a period belongs, and what is proposed for the year.
#[utoipa::path(get, path = "/api/journals/{journal}/{period}/year", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path, description = "any period of the year")),
    responses((status = 200, body = YearView), (status = 404, description = "no such journal, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
) -> Result<axum::Json<YearView>, Problem> {
    Ok(axum::Json(YearView::of(
        &app.year(&actor, journal, &period).await?,
    )))
}

/// Sets the result of the year. `If-Match` carries the version of the result that the caller saw. The last period of the year
/// must take changes.
#[utoipa::path(put, path = "/api/journals/{journal}/{period}/year/{pupil}", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path, description = "any period of the year"), ("pupil" = String, Path),
        ("If-Match" = String, Header, description = "version of the result in quotes")),
    request_body = SetResult,
    responses((status = 200, body = ResultView), (status = 404, description = "no such pupil, or not for the caller"),
        (status = 403, description = "the caller only reads this journal, or has to sign in anew (`fresh_sign_in_needed`)"),
        (status = 409, description = "somebody else has changed the result, then `current` is what stands now; or the last period is locked"),
        (status = 422, description = "not a result, or a reason is needed")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentSession(session): CurrentSession,
    Path((journal, period, pupil)): Path<(GroupId, PeriodId, PersonId)>,
    ExpectedVersion(version): ExpectedVersion,
    Json(body): Json<SetResult>,
) -> Result<Response, Problem> {
    let mark =
        parse_result(&body.mark).map_err(|code| Problem::unacceptable(code).with_field("mark", code))?;
    if body.attestation.is_some() {
        return Err(Problem::unacceptable("attestation_not_here"));
    }
    let mut sheet = app.year(&session.actor, journal, &period).await?;
    app.admit(&session.actor, &sheet.roster, Purpose::Write)?;
    let permit = app.year_permit(&sheet).await?;
    let place = sheet.rows.iter().position(|row| row.member.person == pupil);
    let row = sheet.rows.swap_remove(place.ok_or_else(Problem::not_found)?);
    let latest = app
        .journals
        .gradebook
        .results_in(journal, sheet.year, pupil)
        .await?;
    let deciding = Deciding {
        session: &session,
        roster: &sheet.roster,
        permit: &permit,
        year: sheet.year,
    };
    let wish = ResultWish {
        mark,
        version,
        proposed: row.proposed,
        reason: &body.reason,
        held: None,
    };
    let results = latest.unwrap_or(row.results);
    let result = app.set_year_result(deciding, &results, wish).await?;
    let view = ResultView::of(result.as_ref());
    Ok(([etag(view.version)], axum::Json(view)).into_response())
}

/// The results as a form: those that were changed, or all that are proposed and do not stand yet.
pub(crate) async fn set(
    State(app): State<Arc<App>>,
    CurrentSession(session): CurrentSession,
    page: PageContext,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let actor = &session.actor;
    let sheet = app.year(actor, journal, &period).await?;
    app.admit(actor, &sheet.roster, Purpose::Write)?;
    let form = ResultForm::parse(&form).ok_or_else(|| Problem::unreadable("invalid_form"))?;
    let mut permit = app.year_permit(&sheet).await?;
    permit.for_mark(&session, &form.reason)?;
    let mut tally = Tally::default();
    for row in &sheet.rows {
        let Some(wish) = wish_of(&form, row) else { continue };
        let deciding = Deciding {
            session: &session,
            roster: &sheet.roster,
            permit: &permit,
            year: sheet.year,
        };
        let set = match wish {
            Ok(wish) => app
                .set_year_result(deciding, &row.results, wish)
                .await
                .map(|result| result.filter(|result| result.version > wish.version)),
            Err(code) => Err(Problem::unacceptable(code)),
        };
        // What was already so was not written.
        if tally.note(row.member.person, set)? {
            permit.guard = permit.guard.written();
        }
    }
    let Tally { saved, refused } = tally;
    if refused.is_empty() {
        return Ok(see_other(&format!(
            "/journals/{journal}/{period}/year?saved={saved}"
        )));
    }
    let sheet = app.year(actor, journal, &period).await?;
    let texts = app.translations.of(page.locale);
    html(&YearPage {
        frame: page.frame(texts, texts.get("year-title"), Some(actor)),
        period,
        sheet,
        is_keeper: true,
        refused,
    })
}

fn wish_of<'a>(form: &'a ResultForm, row: &YearRow) -> Option<Result<ResultWish<'a>, &'static str>> {
    form.wish_for(
        row.member.person,
        row.proposed,
        (row.version(), row.result().is_some()),
    )
}

impl App {
    /// The year to which a period belongs: the group, then its results and the rule of the last period in parallel.
    async fn year(&self, actor: &Actor, journal: GroupId, period: &PeriodId) -> Result<YearSheet, Problem> {
        let roster = self.roster(journal).await?;
        self.admit(actor, &roster, Purpose::See)?;
        if !Format::of(&roster.group).has_marks() {
            return Err(Problem::not_found());
        }
        let year = AcademicYear::of(period_of(&roster, period)?.start);
        let terms = model::AcademicPeriod::terms(&roster.group.periods, year);
        let gradebook = &self.journals.gradebook;
        let (found, state) = tokio::try_join!(gradebook.results(journal, year), async {
            match terms.last() {
                Some(last) => gradebook.state(journal, &last.id).await,
                None => Ok(None),
            }
        })?;
        Ok(YearSheet::new(roster, year, rule_of(state.as_ref()), found))
    }

    /// What is allowed in the last period of a year: with it the year is decided and locked.
    async fn year_permit(&self, sheet: &YearSheet) -> Result<Permit, Problem> {
        let last = sheet.last().ok_or_else(Problem::not_found)?;
        let journal = sheet.roster.group.group;
        let state = self.journals.gradebook.state(journal, &last.id).await?;
        self.permit(&sheet.roster, last, state).await
    }

    /// Sets the result of a pupil's year, or says why not. `results` is what was just read.
    async fn set_year_result(
        &self,
        deciding: Deciding<'_>,
        results: &YearResults,
        wish: ResultWish<'_>,
    ) -> Result<Option<PeriodResult>, Problem> {
        let seen = (results.journal, results.pupil, results.whole.as_ref());
        let Some((result, change)) = self.decided(deciding, Term::Year, seen, wish)? else {
            return Ok(results.whole.clone());
        };
        let guard = &deciding.permit.guard;
        let set = self
            .journals
            .set_year_result(results, guard, &result, change.clone());
        match set.await? {
            Outcome::Done(()) => Ok(Some(result)),
            Outcome::Outdated => {
                let gradebook = &self.journals.gradebook;
                let now = gradebook
                    .results_in(results.journal, results.year, results.pupil)
                    .await?;
                settled(&change, now.and_then(|now| now.whole)).map(Some)
            }
            Outcome::Overtaken => Err(Problem::conflict("journal_changed")),
        }
    }
}
