//! Results of a period: the rule proposes, the teacher decides.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use gradebook::{Alert, PeriodResult, PupilRow, ResultChange, RowKey, Term, YearResults};
use model::{AcademicPeriod, AcademicYear, GroupId, PeriodId, PersonId, ResultMark};
use rosters::GroupRoster;
use serde::Deserialize;
use web::{
    CurrentSession, CurrentUser, ExpectedVersion, Form, Json, PageContext, Path, Problem, Query, Session,
    etag, html, see_other,
};

use crate::{
    App,
    api::results::{PeriodResultsView, ResultView, SetResult},
    attestation::{Held, unsaid},
    handlers::{Purpose, Sheet, actor_name, period_of},
    journal::{Format, was_member},
    pages::results::ResultsPage,
    permit::Permit,
    result_form::{ResultForm, Tally, parse_result},
    store::Outcome,
};

/// What has just been done, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    pub(crate) saved: Option<usize>,
}

/// What somebody wants to stand as a result.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResultWish<'a> {
    /// The result; nothing takes it back.
    pub(crate) mark: Option<ResultMark>,
    /// The version of the result that was seen.
    pub(crate) version: u64,
    /// What the rule proposes.
    pub(crate) proposed: Option<ResultMark>,
    /// Why, for a period that was locked.
    pub(crate) reason: &'a str,
    /// In which form and when it is given, where that is said.
    pub(crate) held: Option<Held>,
}

/// Who sets results, and by which leave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deciding<'a> {
    /// Who.
    pub(crate) session: &'a Session,
    /// The group.
    pub(crate) roster: &'a GroupRoster,
    /// What is allowed in the period.
    pub(crate) permit: &'a Permit,
    /// The year.
    pub(crate) year: AcademicYear,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let sheet = app.results_sheet(&actor, journal, &period).await?;
    let offer = app.offer(&sheet).await?;
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("results-title"), Some(&actor));
    frame.notice = done.saved.map(|count| texts.count("results-saved", count));
    html(&ResultsPage::new(frame, sheet, offer, vec![]))
}

/// The results of a period with the averages and what the rule proposes.
#[utoipa::path(get, path = "/api/journals/{journal}/{period}/results", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path)),
    responses((status = 200, body = PeriodResultsView), (status = 404, description = "no such journal, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
) -> Result<axum::Json<PeriodResultsView>, Problem> {
    let sheet = app.results_sheet(&actor, journal, &period).await?;
    Ok(axum::Json(PeriodResultsView::of(&sheet)))
}

/// Sets the result of a period. `If-Match` carries the version of the result that the caller saw, `"0"` for one that was
/// never set.
#[utoipa::path(put, path = "/api/journals/{journal}/{period}/results/{pupil}", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path), ("pupil" = String, Path),
        ("If-Match" = String, Header, description = "version of the result in quotes")),
    request_body = SetResult,
    responses((status = 200, body = ResultView), (status = 404, description = "no such pupil, or not for the caller"),
        (status = 403, description = "the caller only reads this journal, or has to sign in anew (`fresh_sign_in_needed`)"),
        (status = 409, description = "somebody else has changed the result, then `current` is what stands now; or the period is locked"),
        (status = 422, description = "not a result, not of that form of attestation, or a reason is needed")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentSession(session): CurrentSession,
    Path((journal, period, pupil)): Path<(GroupId, PeriodId, PersonId)>,
    ExpectedVersion(version): ExpectedVersion,
    Json(body): Json<SetResult>,
) -> Result<Response, Problem> {
    let mark =
        parse_result(&body.mark).map_err(|code| Problem::unacceptable(code).with_field("mark", code))?;
    let key = RowKey {
        journal,
        period,
        pupil,
    };
    let gradebook = &app.journals.gradebook;
    let (roster, row, state) = tokio::try_join!(
        app.roster(journal),
        async { Ok(gradebook.row(&key).await?) },
        async { Ok(gradebook.state(journal, &key.period).await?) }
    )?;
    app.admit(&session.actor, &roster, Purpose::Write)?;
    let period = period_of(&roster, &key.period)?.clone();
    let said = body.attestation.as_ref();
    let said = said.map_or(("", ""), |said| (said.form.as_str(), said.date.as_str()));
    let (permit, held) = tokio::try_join!(
        app.permit(&roster, &period, state),
        app.held(&roster, &period, said)
    )?;
    let row = row.unwrap_or_else(|| {
        let subject = roster.group.subject.as_deref().unwrap_or_default();
        PupilRow::empty(key, subject, permit.marking().rule)
    });
    let deciding = Deciding {
        session: &session,
        roster: &roster,
        permit: &permit,
        year: AcademicYear::of(period.start),
    };
    let wish = ResultWish {
        mark,
        version,
        proposed: row.rule.proposal(row.average()).map(ResultMark::Grade),
        reason: &body.reason,
        held,
    };
    let result = app.set_result(deciding, &period, &row, wish).await?;
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
    let mut sheet = app.results_sheet(actor, journal, &period).await?;
    app.admit(actor, &sheet.journal.roster, Purpose::Write)?;
    let mut form = ResultForm::parse(&form).ok_or_else(|| Problem::unreadable("invalid_form"))?;
    let state = sheet.journal.state.take();
    let roster = &sheet.journal.roster;
    let said = (form.attestation.0.as_str(), form.attestation.1.as_str());
    let (mut permit, held) = tokio::try_join!(
        app.permit(roster, &sheet.period, state),
        app.held(roster, &sheet.period, said)
    )?;
    form.held = held;
    permit.for_mark(&session, &form.reason)?;
    let today = app.clock.today(&sheet.journal.roster.group.zone());
    let until = sheet.period.end.min(today);
    let mut tally = Tally::default();
    for row in sheet
        .journal
        .rows
        .iter()
        .filter(|row| was_member(&row.member, until))
    {
        let Some(wish) = form.wish(row) else { continue };
        let deciding = Deciding {
            session: &session,
            roster: &sheet.journal.roster,
            permit: &permit,
            year: AcademicYear::of(sheet.period.start),
        };
        let set = match wish {
            Ok(wish) => app
                .set_result(deciding, &sheet.period, &row.cells, wish)
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
            "/journals/{journal}/{}/results?saved={saved}",
            sheet.period.id
        )));
    }
    let sheet = app.results_sheet(actor, journal, &sheet.period.id).await?;
    let offer = app.offer(&sheet).await?;
    let texts = app.translations.of(page.locale);
    let frame = page.frame(texts, texts.get("results-title"), Some(actor));
    html(&ResultsPage::new(frame, sheet, offer, refused))
}

impl App {
    /// A period of a journal in which results are given.
    async fn results_sheet(
        &self,
        actor: &model::Actor,
        journal: GroupId,
        period: &PeriodId,
    ) -> Result<Sheet, Problem> {
        let sheet = self.sheet(actor, journal, period).await?;
        if sheet.journal.format.has_marks() {
            Ok(sheet)
        } else {
            Err(Problem::not_found())
        }
    }

    /// Sets the result of a pupil's period, or says why not. `row` is what was just read.
    async fn set_result(
        &self,
        deciding: Deciding<'_>,
        period: &AcademicPeriod,
        row: &PupilRow,
        wish: ResultWish<'_>,
    ) -> Result<Option<PeriodResult>, Problem> {
        let Deciding {
            roster, permit, year, ..
        } = deciding;
        belongs_within(roster, row.key.pupil, period)?;
        let term = Term::Period(period.id.clone());
        let seen = (row.key.journal, row.key.pupil, row.result.as_ref());
        let Some((result, change)) = self.decided(deciding, term, seen, wish)? else {
            return Ok(row.result.clone());
        };
        let journal = (row.key.journal, roster.group.institution);
        let all = YearResults::empty(journal, year, row.key.pupil, &row.subject);
        let mut head = row.head();
        head.rule = permit.marking().rule;
        let set = self
            .journals
            .set_result(head, &all, &permit.guard, &result, change.clone());
        match set.await? {
            Outcome::Done(()) => Ok(Some(result)),
            Outcome::Outdated => {
                let now = self.journals.gradebook.row(&row.key).await?;
                let now = now.and_then(|row| row.result);
                settled(&change, now).map(Some)
            }
            Outcome::Overtaken => Err(Problem::conflict("journal_changed")),
        }
    }

    /// The result that a wish makes, with its change for the history; nothing if it stands so already.
    pub(crate) fn decided(
        &self,
        deciding: Deciding<'_>,
        term: Term,
        (journal, pupil, current): (GroupId, PersonId, Option<&PeriodResult>),
        wish: ResultWish<'_>,
    ) -> Result<Option<(PeriodResult, ResultChange)>, Problem> {
        let Deciding {
            session,
            roster,
            permit,
            year,
        } = deciding;
        if !Format::of(&roster.group).has_marks() {
            return Err(Problem::not_found());
        }
        let reason = permit.for_mark(session, wish.reason)?;
        let (version, from) = current.map_or((0, None), |result| (result.version, result.mark));
        let by_name = actor_name(&session.actor, roster);
        let attestation = match (wish.mark, wish.held) {
            (Some(mark), Some(held)) => held.of(mark, current, &by_name).map(Some),
            (Some(mark), None) => unsaid(mark, current),
            (None, _) => Ok(None),
        };
        let attestation = attestation.map_err(|code| Problem::unacceptable(code).with_field("mark", code))?;
        let change = ResultChange {
            journal,
            year: year.to_string(),
            term,
            pupil,
            number: wish.version + 1,
            at: self.clock.now(),
            by: session.actor.person,
            by_name,
            from,
            to: wish.mark,
            proposed: wish.proposed,
            reason,
            attestation,
            alert: None,
        };
        let alert = change.unusual().map(|kind| Alert {
            institution: roster.group.institution,
            kind,
        });
        let change = ResultChange { alert, ..change };
        if version != wish.version {
            settled(&change, current.cloned())?;
            return Ok(None);
        }
        if from == wish.mark && current.map(|result| &result.attestation) == Some(&change.attestation) {
            return Ok(None);
        }
        if from.is_none() && wish.mark.is_none() {
            return Ok(None);
        }
        let result = PeriodResult {
            version: change.number,
            mark: change.to,
            at: change.at,
            by: change.by,
            attestation: change.attestation.clone(),
        };
        Ok(Some((result, change)))
    }
}

/// After a lost race: a repeat of one's own change is done already, anything else is a conflict that shows what stands now.
pub(crate) fn settled(change: &ResultChange, now: Option<PeriodResult>) -> Result<PeriodResult, Problem> {
    match now {
        Some(now)
            if now.version == change.number
                && now.mark == change.to
                && now.by == change.by
                && now.attestation == change.attestation =>
        {
            Ok(now)
        }
        now => Err(Problem::conflict("result_changed").with("current", ResultView::of(now.as_ref()))),
    }
}

/// Whether the pupil was in the group at some time of the period.
fn belongs_within(roster: &GroupRoster, pupil: PersonId, period: &AcademicPeriod) -> Result<(), Problem> {
    let member = roster.pupils.iter().find(|member| member.person == pupil);
    let overlaps = member.is_some_and(|member| {
        member.from.is_none_or(|from| from <= period.end)
            && member.until.is_none_or(|until| period.start <= until)
    });
    if overlaps {
        Ok(())
    } else {
        Err(Problem::not_found())
    }
}
