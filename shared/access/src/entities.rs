//! Our types as Cedar's entities.

use std::collections::{HashMap, HashSet};

use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression};
use model::{Actor, GroupId, InstitutionId, PersonId, RegionId, Role};

/// A thing that access is asked to, with all that a decision on it needs.
#[derive(Debug, Clone)]
pub enum Resource {
    /// A journal of a teaching group.
    Journal {
        /// The group.
        id: GroupId,
        /// Its institution.
        institution: InstitutionId,
        /// Who teaches the group.
        teachers: Vec<PersonId>,
    },
    /// A child, for the diary.
    Child {
        /// The child.
        id: PersonId,
        /// Who represents the child now.
        guardians: Vec<PersonId>,
        /// The class teachers of the child's classes.
        class_teachers: Vec<PersonId>,
        /// Where the child learns now.
        institutions: Vec<InstitutionId>,
    },
    /// A class or a teaching group.
    Group {
        /// The group.
        id: GroupId,
        /// Its institution.
        institution: InstitutionId,
        /// Who learns in it.
        members: Vec<PersonId>,
        /// Who teaches it.
        teachers: Vec<PersonId>,
        /// Who represents those who learn in it, as far as the question needs it.
        guardians: Vec<PersonId>,
    },
    /// An institution.
    Institution {
        /// The institution.
        id: InstitutionId,
    },
    /// The data of a region.
    Registry {
        /// The region.
        region: RegionId,
    },
    /// The platform as a whole.
    Platform,
}

impl Resource {
    pub(crate) fn entity(&self) -> Option<Entity> {
        match self {
            Self::Journal {
                id,
                institution,
                teachers,
            } => entity(
                uid("Journal", id)?,
                [
                    ("institution", one("Institution", institution)?),
                    ("teachers", many("Person", teachers)?),
                ],
            ),
            Self::Child {
                id,
                guardians,
                class_teachers,
                institutions,
            } => entity(
                uid("Child", id)?,
                [
                    ("person", one("Person", id)?),
                    ("guardians", many("Person", guardians)?),
                    ("class_teachers", many("Person", class_teachers)?),
                    ("institutions", many("Institution", institutions)?),
                ],
            ),
            Self::Group {
                id,
                institution,
                members,
                teachers,
                guardians,
            } => entity(
                uid("Group", id)?,
                [
                    ("institution", one("Institution", institution)?),
                    ("members", many("Person", members)?),
                    ("teachers", many("Person", teachers)?),
                    ("guardians", many("Person", guardians)?),
                ],
            ),
            Self::Institution { id } => entity(uid("Institution", id)?, []),
            Self::Registry { region } => {
                entity(uid("Registry", region)?, [("region", one("Region", region)?)])
            }
            Self::Platform => entity(uid("Platform", "platform")?, []),
        }
    }
}

/// The acting person with the places of their roles.
pub(crate) fn person(actor: &Actor) -> Option<Entity> {
    let at = |roles: &[Role]| -> Vec<InstitutionId> {
        actor
            .roles
            .0
            .iter()
            .filter(|held| roles.contains(&held.role))
            .filter_map(|held| held.institution)
            .collect()
    };
    let regions: Vec<RegionId> = actor
        .roles
        .0
        .iter()
        .filter(|held| held.role == Role::RegionOperator)
        .filter_map(|held| held.region)
        .collect();
    entity(
        uid("Person", actor.person)?,
        [
            ("teaches", many("Institution", &at(&[Role::Teacher]))?),
            ("leads", many("Institution", &at(&[Role::Head, Role::Deputy]))?),
            ("administers", many("Institution", &at(&[Role::Administrator]))?),
            ("operates", many("Region", &regions)?),
            (
                "operates_all",
                RestrictedExpression::new_bool(actor.roles.holds(Role::FederalOperator)),
            ),
        ],
    )
}

pub(crate) fn uid(kind: &str, id: impl ToString) -> Option<EntityUid> {
    let kind: EntityTypeName = kind.parse().ok()?;
    Some(EntityUid::from_type_name_and_id(
        kind,
        EntityId::new(id.to_string()),
    ))
}

fn entity<const N: usize>(uid: EntityUid, attributes: [(&str, RestrictedExpression); N]) -> Option<Entity> {
    let attributes: HashMap<String, RestrictedExpression> = attributes
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Entity::new(uid, attributes, HashSet::new()).ok()
}

fn one(kind: &str, id: impl ToString) -> Option<RestrictedExpression> {
    Some(RestrictedExpression::new_entity_uid(uid(kind, id)?))
}

fn many<T: ToString>(kind: &str, ids: &[T]) -> Option<RestrictedExpression> {
    let members: Option<Vec<_>> = ids.iter().map(|id| one(kind, id.to_string())).collect();
    members.map(RestrictedExpression::new_set)
}
