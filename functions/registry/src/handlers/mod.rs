//! One file a subject; here what they share: whether the actor may.

pub(crate) mod classes;
pub(crate) mod imports;
pub(crate) mod institutions;
pub(crate) mod regions;

use access::{Access, Resource};
use model::{Actor, RegionId, Role};
use rosters::{Group, Institution, Region};
use web::Problem;

use crate::App;

fn admitted(access: Access) -> Result<(), Problem> {
    match access {
        Access::Granted => Ok(()),
        Access::Forbidden => Err(Problem::forbidden()),
        Access::Hidden => Err(Problem::not_found()),
    }
}

impl App {
    /// Lets the actor at the list of regions.
    pub(crate) fn admit_to_platform(&self, actor: &Actor, action: &str) -> Result<(), Problem> {
        admitted(
            self.access
                .decide(actor, "see_regions", action, &Resource::Platform),
        )
    }

    /// Lets the actor at the data of a region. Nothing has to be loaded to know.
    pub(crate) fn admit_to_region(
        &self,
        actor: &Actor,
        region: RegionId,
        action: &str,
    ) -> Result<(), Problem> {
        admitted(
            self.access
                .decide(actor, "see_registry", action, &Resource::Registry { region }),
        )
    }

    /// A region, for somebody who may do the action there.
    pub(crate) async fn region(
        &self,
        actor: &Actor,
        region: RegionId,
        action: &str,
    ) -> Result<Region, Problem> {
        self.admit_to_region(actor, region, action)?;
        self.rosters.region(region).await?.ok_or_else(Problem::not_found)
    }

    /// Lets those who work at an institution at it, and the operators of its region.
    pub(crate) fn admit_to_institution(
        &self,
        actor: &Actor,
        institution: &Institution,
    ) -> Result<(), Problem> {
        if self.works_at(actor, institution) {
            return Ok(());
        }
        self.admit_to_region(actor, institution.region, "see_registry")
    }

    /// Whether the actor works at the institution and thus sees the lists of its classes.
    pub(crate) fn works_at(&self, actor: &Actor, institution: &Institution) -> bool {
        let resource = Resource::Institution {
            id: institution.institution,
        };
        self.access.allows(actor, "see_institution", &resource)
    }

    /// Lets the actor at a class with its list.
    pub(crate) fn admit_to_class(&self, actor: &Actor, class: &Group) -> Result<(), Problem> {
        let resource = Resource::Group {
            id: class.group,
            institution: class.institution,
            members: vec![],
            teachers: vec![],
            guardians: vec![],
        };
        admitted(self.access.decide(actor, "see_group", "see_group", &resource))
    }
}

/// Whether the actor is head or deputy head there: the journals open their lists to these, so only they get the link.
pub(crate) fn leads(actor: &Actor, institution: model::InstitutionId) -> bool {
    [Role::Head, Role::Deputy]
        .into_iter()
        .any(|role| actor.roles.holds_in(role, institution))
}
