//! The first page of each role.

use model::Role;

/// Where a person begins who looks as the role; without any role, at their profile, which says why there is nothing else.
pub(crate) const fn landing(role: Option<Role>) -> &'static str {
    match role {
        Some(Role::Teacher) => "/schedules/today",
        Some(Role::Pupil | Role::Parent) => "/diary",
        Some(Role::Deputy | Role::Head | Role::Administrator) => "/registry/classes",
        Some(Role::RegionOperator | Role::FederalOperator) => "/registry/regions",
        Some(Role::Supplier | Role::Expert) | None => "/identity/profile",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_begins_at_a_page_of_its_own() {
        let pages = Role::ALL.map(|role| (role, landing(Some(role))));
        let expected = [
            (Role::Pupil, "/diary"),
            (Role::Parent, "/diary"),
            (Role::Teacher, "/schedules/today"),
            (Role::Deputy, "/registry/classes"),
            (Role::Head, "/registry/classes"),
            (Role::Administrator, "/registry/classes"),
            (Role::RegionOperator, "/registry/regions"),
            (Role::FederalOperator, "/registry/regions"),
            (Role::Supplier, "/identity/profile"),
            (Role::Expert, "/identity/profile"),
        ];
        assert_eq!(pages, expected);
        assert_eq!(landing(None), "/identity/profile");
    }
}
