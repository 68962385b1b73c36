//! Who makes the timetable of an institution, and keeps its calendar and bells.

use access::{Access, Resource};
use model::{Actor, InstitutionId, Role};
use web::Problem;

use crate::App;

impl App {
    /// Whether the actor makes timetables at the institution; to all others it has neither drafts nor settings.
    pub(crate) fn admit_to(&self, actor: &Actor, institution: InstitutionId) -> Result<(), Problem> {
        let resource = Resource::Institution { id: institution };
        match self
            .access
            .decide(actor, "edit_timetable", "edit_timetable", &resource)
        {
            Access::Granted => Ok(()),
            Access::Forbidden => Err(Problem::forbidden()),
            Access::Hidden => Err(Problem::not_found()),
        }
    }

    /// Where the actor makes timetables.
    pub(crate) fn makes_timetables_at(&self, actor: &Actor) -> Vec<InstitutionId> {
        const MAKERS: [Role; 3] = [Role::Deputy, Role::Head, Role::Administrator];
        let held = actor.roles.0.iter().filter(|held| MAKERS.contains(&held.role));
        let mut places: Vec<InstitutionId> = held
            .filter_map(|held| held.institution)
            .filter(|id| self.admit_to(actor, *id).is_ok())
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}
