//! Who may knock at a school.

use model::{Actor, PersonId, RegionId, Role, RoleAt, RolesClaim};

use super::School;

impl School {
    /// Every kind of person who may knock, by a name for messages.
    pub fn actors(&self) -> Vec<(&'static str, Actor)> {
        let at = |role, institution| RoleAt::in_institution(role, institution);
        let actor = |person: u128, roles: Vec<RoleAt>| Actor {
            person: PersonId::from_bits(person),
            roles: RolesClaim(roles),
        };
        let (here, there) = (self.institution, self.other_institution);
        vec![
            ("teacher", self.teacher_actor()),
            (
                "teacher of another subject",
                actor(2, vec![at(Role::Teacher, here)]),
            ),
            ("parent", self.parent_actor()),
            ("pupil", self.pupil_actor(0)),
            ("classmate", self.pupil_actor(2)),
            (
                "parent of nobody here",
                actor(50, vec![RoleAt::anywhere(Role::Parent)]),
            ),
            ("deputy head", actor(51, vec![at(Role::Deputy, here)])),
            ("head", actor(52, vec![at(Role::Head, here)])),
            ("administrator", actor(53, vec![at(Role::Administrator, here)])),
            (
                "teacher of another school",
                actor(54, vec![at(Role::Teacher, there)]),
            ),
            ("head of another school", actor(55, vec![at(Role::Head, there)])),
            (
                "operator of the region",
                actor(56, vec![RoleAt::in_region(Role::RegionOperator, self.region)]),
            ),
            (
                "operator of another region",
                actor(
                    57,
                    vec![RoleAt::in_region(Role::RegionOperator, RegionId::from_bits(9))],
                ),
            ),
            (
                "operator of the platform",
                actor(58, vec![RoleAt::anywhere(Role::FederalOperator)]),
            ),
            ("supplier", actor(59, vec![RoleAt::anywhere(Role::Supplier)])),
            ("somebody without a role", actor(60, vec![])),
        ]
    }

    /// The algebra teacher, who is also a parent.
    pub fn teacher_actor(&self) -> Actor {
        let roles = vec![
            RoleAt::in_institution(Role::Teacher, self.institution),
            RoleAt::anywhere(Role::Parent),
        ];
        Actor {
            person: self.teacher,
            roles: RolesClaim(roles),
        }
    }

    /// The parent of the first pupil.
    pub fn parent_actor(&self) -> Actor {
        Actor {
            person: self.parent,
            roles: RolesClaim(vec![RoleAt::anywhere(Role::Parent)]),
        }
    }

    /// A pupil.
    pub fn pupil_actor(&self, number: usize) -> Actor {
        let roles = vec![RoleAt::in_institution(Role::Pupil, self.institution)];
        Actor {
            person: self.pupils[number],
            roles: RolesClaim(roles),
        }
    }

    /// The actor of that name among [`School::actors`].
    pub fn actor(&self, name: &str) -> Actor {
        let found = self.actors().into_iter().find(|(known, _)| *known == name);
        found.expect("a known kind of actor").1
    }
}
