//! Who has read a week: the family says so, the school sees it.

use std::sync::Arc;

use access::Access;
use axum::{extract::State, response::Response};
use jiff::{Timestamp, ToSpan};
use model::{Actor, InstitutionId, PersonId, Role, Week};
use rosters::PersonCard;
use serde::Deserialize;
use web::{CurrentUser, Form, Path, Problem, see_other};

use crate::{App, api::ReadersView, handlers::resource};

/// Which week was read.
#[derive(Debug, Deserialize)]
pub(crate) struct ReadForm {
    week: String,
    institution: Option<InstitutionId>,
}

pub(crate) async fn form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Form(form): Form<ReadForm>,
) -> Result<Response, Problem> {
    let week: Week = form.week.parse().map_err(|_| Problem::invalid("date"))?;
    app.note_reading(&actor, child, form.institution, week).await?;
    let institution = form
        .institution
        .map(|institution| format!("&institution={institution}"))
        .unwrap_or_default();
    Ok(see_other(&format!(
        "/diary/{child}?date={}{institution}#read",
        week.monday()
    )))
}

/// Who has said that they read a week of a child's diary, and when first. For the family and for who leads the school or
/// the class: nothing else of what the family keeps is shown.
#[utoipa::path(get, path = "/api/diary/{child}/weeks/{week}/readers", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("week" = String, Path, description = "any date of the week")),
    responses((status = 200, body = ReadersView), (status = 404, description = "no such child, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((child, week)): Path<(PersonId, String)>,
) -> Result<axum::Json<ReadersView>, Problem> {
    let week: Week = week.parse().map_err(|_| Problem::not_found())?;
    let card = app.card_for_readers(&actor, child).await?;
    app.readers_view(&card, week).await
}

/// Says that the caller has read a week. Said twice, the first time stands.
#[utoipa::path(put, path = "/api/diary/{child}/weeks/{week}/readers", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("week" = String, Path, description = "any date of the week")),
    responses((status = 200, body = ReadersView), (status = 403, description = "not of the family"),
        (status = 404, description = "no such child, or not for the caller"),
        (status = 422, description = "the week has not begun, or is more than a year old")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((child, week)): Path<(PersonId, String)>,
) -> Result<axum::Json<ReadersView>, Problem> {
    let week: Week = week.parse().map_err(|_| Problem::not_found())?;
    let card = app.note_reading(&actor, child, None, week).await?;
    app.readers_view(&card, week).await
}

impl App {
    /// Notes that the reader has read a week that has begun, within a year.
    async fn note_reading(
        &self,
        actor: &Actor,
        child: PersonId,
        institution: Option<InstitutionId>,
        week: Week,
    ) -> Result<PersonCard, Problem> {
        let reading = self.family_reading(actor, child, institution).await?;
        let oldest = reading.today.saturating_sub(53.weeks());
        if week.monday() > reading.today || week.sunday() < oldest {
            return Err(Problem::unacceptable("week_not_readable"));
        }
        let now = self.clock.now();
        self.diary.note_reading(child, week, actor.person, now).await?;
        Ok(reading.child)
    }

    /// The card of a child of whom the caller may know who has read the weeks.
    async fn card_for_readers(&self, actor: &Actor, child: PersonId) -> Result<PersonCard, Problem> {
        let card = self.rosters.card(child).await?.ok_or_else(Problem::not_found)?;
        let classes = self.classes_now(&card);
        let mut asked = resource(&card, &classes);
        // Who else teaches there is asked only of a teacher: the family and the heads need no second reading.
        if actor.roles.holds(Role::Teacher) {
            for class in &classes {
                self.add_teachers(&mut asked, class).await?;
            }
        }
        match self.access.decide(actor, "see_readers", "see_readers", &asked) {
            Access::Granted => Ok(card),
            Access::Forbidden | Access::Hidden => Err(Problem::not_found()),
        }
    }

    async fn readers_view(&self, card: &PersonCard, week: Week) -> Result<axum::Json<ReadersView>, Problem> {
        let kept = self.diary.weeks(card.person.person, &[week]).await?;
        let readings: Vec<_> = kept.readings.into_iter().collect();
        Ok(axum::Json(ReadersView::of(week, &named(card, &readings))))
    }
}

/// A reading with the reader's name, the earliest first. Past guardians are named too: what they have read they have read.
pub(crate) fn named(
    card: &PersonCard,
    readings: &[(PersonId, Timestamp)],
) -> Vec<(PersonId, String, Timestamp)> {
    let name = |person: PersonId| {
        if person == card.person.person {
            return card.person.name.given.clone();
        }
        let guardian = card.guardians.iter().find(|held| held.guardian == person);
        guardian.map_or_else(String::new, |held| held.guardian_name.polite())
    };
    let mut named: Vec<_> = readings
        .iter()
        .map(|(person, at)| (*person, name(*person), *at))
        .collect();
    named.sort_by_key(|(_, _, at)| *at);
    named
}
