//! Locking a period of a journal, and opening it again for a time and a reason.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use gradebook::{Openness, PeriodState, Reopening, Signed, StateChange};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};
use model::{Actor, GroupId, PeriodId};
use serde::Deserialize;
use web::{CurrentUser, Form, PageContext, Path, Problem, html, see_other};

use crate::{
    App,
    handlers::{Purpose, period_of},
    pages::lock::LockPage,
    permit::parse_reason,
    store::Outcome,
};

/// The longest time for which a period is opened again.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 14);

/// A form that opens a period again.
#[derive(Debug, Deserialize)]
pub(crate) struct ReopenForm {
    #[serde(default)]
    reason: String,
    /// Local date and time: `2026-11-24T18:00`.
    #[serde(default)]
    until: String,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
) -> Result<Response, Problem> {
    let gradebook = &app.journals.gradebook;
    let (roster, state, changes) = tokio::try_join!(
        app.roster(journal),
        async { Ok(gradebook.state(journal, &period).await?) },
        async { Ok(gradebook.state_history(journal, &period).await?) }
    )?;
    app.admit(&actor, &roster, Purpose::See)?;
    let period = period_of(&roster, &period)?.clone();
    let zone = roster.group.zone();
    let now = app.clock.now();
    let openness = state.as_ref().map_or(Openness::Open, |state| {
        state.record.openness(period.end, now, app.clock.today(&zone))
    });
    let texts = app.translations.of(page.locale);
    html(&LockPage {
        frame: page.frame(texts, texts.get("lock-title"), Some(&actor)),
        may_lock: app.may(&actor, &roster, Purpose::Lock),
        proposed_until: proposed(now, &zone),
        group: roster.group,
        zone,
        period,
        openness,
        lock_days: state.and_then(|state| state.record.marking.lock_days),
        changes,
    })
}

pub(crate) async fn lock(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
) -> Result<Response, Problem> {
    app.change_state(&actor, journal, &period, |state, openness, signed, _| {
        if openness == Openness::Locked {
            // A double click: it is what was asked for.
            return Ok(None);
        }
        state.locked = Some(signed);
        state.reopened = None;
        Ok(Some((None, None)))
    })
    .await
}

pub(crate) async fn reopen(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
    Form(form): Form<ReopenForm>,
) -> Result<Response, Problem> {
    app.change_state(&actor, journal, &period, |state, openness, signed, zone| {
        if openness == Openness::Open {
            return Err(Problem::unacceptable("period_not_locked"));
        }
        let reason = parse_reason(&form.reason)?;
        let until = until(&form.until, zone, signed.at).ok_or_else(|| Problem::invalid("until"))?;
        state.reopened = Some(Reopening {
            until,
            reason: reason.clone(),
            signed,
        });
        Ok(Some((Some(reason), Some(until))))
    })
    .await
}

/// The end of a reopening, if it lies ahead and not too far.
fn until(text: &str, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let local: DateTime = text.trim().parse().ok()?;
    let until = zone.to_timestamp(local).ok()?;
    let lasts = until.duration_since(now);
    (lasts > SignedDuration::ZERO && lasts <= LONGEST).then_some(until)
}

/// The end that the form proposes: tomorrow at this hour, as the field of a form writes it.
fn proposed(now: Timestamp, zone: &TimeZone) -> String {
    let tomorrow = now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now);
    zone.to_datetime(tomorrow).strftime("%Y-%m-%dT%H:00").to_string()
}

/// Reason and end of a change of state, for its history.
type Said = (Option<String>, Option<Timestamp>);

impl App {
    /// Changes how a period stands, or finds that nothing is to be changed.
    async fn change_state(
        &self,
        actor: &Actor,
        journal: GroupId,
        period: &PeriodId,
        change: impl FnOnce(&mut PeriodState, Openness, Signed, &TimeZone) -> Result<Option<Said>, Problem>,
    ) -> Result<Response, Problem> {
        let gradebook = &self.journals.gradebook;
        let (roster, state, people) = tokio::try_join!(
            self.roster(journal),
            async { Ok(gradebook.state(journal, period).await?) },
            async { Ok(self.rosters.people(&[actor.person]).await?) }
        )?;
        self.admit(actor, &roster, Purpose::Lock)?;
        let permit = self.permit(&roster, period_of(&roster, period)?, state).await?;
        let signed = Signed {
            at: self.clock.now(),
            by: actor.person,
            by_name: people
                .first()
                .map(|person| person.name.initials())
                .unwrap_or_default(),
        };
        let mut state = permit.guard.state().clone();
        let said = change(
            &mut state,
            permit.openness.clone(),
            signed.clone(),
            &roster.group.zone(),
        )?;
        if let Some((reason, until)) = said {
            let change = StateChange {
                journal,
                period: period.clone(),
                number: permit.guard.next(),
                signed,
                reason,
                until,
            };
            match self.journals.set_state(&permit.guard, state, change).await? {
                Outcome::Done(()) => {}
                Outcome::Outdated | Outcome::Overtaken => return Err(Problem::conflict("journal_changed")),
            }
        }
        Ok(see_other(&format!("/journals/{journal}/{period}/lock")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_opened_for_a_time_ahead_of_at_most_two_weeks() {
        let now: Timestamp = "2026-11-23T10:00:00Z".parse().expect("a moment");
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        let until = |text| until(text, &zone, now).map(|until| until.to_string());
        assert_eq!(until("2026-11-24T18:00").as_deref(), Some("2026-11-24T15:00:00Z"));
        assert_eq!(until("2026-11-23T12:59"), None, "over already");
        assert_eq!(until("2026-12-08T13:00"), None, "too long");
        assert_eq!(until("завтра"), None);
        assert_eq!(proposed(now, &zone), "2026-11-24T13:00");
    }
}
