//! Handlers: read the request, load, ask access, apply the rule, answer.

pub(crate) mod class;
pub(crate) mod imports;
pub(crate) mod own;
pub(crate) mod today;

use access::Resource;
use jiff::civil::Date;
use model::{Actor, InstitutionId, Role, Week};
use serde::Deserialize;
use web::Problem;

use crate::{App, days::Days};

/// The day or week asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct DateQuery {
    pub(crate) date: Option<String>,
}

impl DateQuery {
    pub(crate) fn date(&self) -> Result<Option<Date>, Problem> {
        let week = self.week()?;
        Ok(week.and(self.date.as_deref()).and_then(|date| date.parse().ok()))
    }

    fn week(&self) -> Result<Option<Week>, Problem> {
        self.date
            .as_deref()
            .map(|date| date.parse().map_err(|_| Problem::invalid("date")))
            .transpose()
    }
}

/// Where the actor works, as far as the policies believe it.
pub(crate) fn workplaces(app: &App, actor: &Actor) -> Vec<InstitutionId> {
    const STAFF: [Role; 4] = [Role::Teacher, Role::Deputy, Role::Head, Role::Administrator];
    let held = actor
        .roles
        .0
        .iter()
        .filter(|held| STAFF.contains(&held.role))
        .filter_map(|held| held.institution);
    let sees = |id: &InstitutionId| {
        app.access
            .allows(actor, "see_institution", &Resource::Institution { id: *id })
    };
    let mut places: Vec<InstitutionId> = held.filter(sees).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The actor's own lessons as a teacher, in the week of a date or in this one; whoever works nowhere has none.
async fn own_lessons(app: &App, actor: &Actor, date: Option<Date>) -> Result<Days, Problem> {
    let places = workplaces(app, actor);
    if places.is_empty() {
        return Err(Problem::not_found());
    }
    // Which day it is at the institution is known once its calendar is read. In the capital it is the same week but for
    // some hours around Sunday's midnight; then this week is read anew.
    let supposed = Week::of(date.unwrap_or_else(|| app.clock.today(&model::time_zone("Europe/Moscow"))));
    let days = app.store.teacher(actor.person, &places, supposed).await?;
    let week = Week::of(date.unwrap_or_else(|| days.today(app.clock.now())));
    if week == supposed {
        return Ok(days);
    }
    Ok(app.store.teacher(actor.person, &places, week).await?)
}
