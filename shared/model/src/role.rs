//! Roles that people hold, and the compact text in which a token carries them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{InstitutionId, ParseError, PersonId, RegionId};

/// What a person is at some place. One person can hold many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Learns: in a class, a group, a course.
    Pupil,
    /// Parent or other legal representative.
    Parent,
    /// Teaches groups and keeps their journals.
    Teacher,
    /// Deputy head: the educational process of the whole institution.
    Deputy,
    /// Head of an institution.
    Head,
    /// Administrator of an institution's data.
    Administrator,
    /// Operator of a region: connects institutions, runs imports.
    RegionOperator,
    /// Operator of the platform.
    FederalOperator,
    /// Representative of a content supplier.
    Supplier,
    /// Expert of the content library.
    Expert,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 10] = [
        Self::Pupil,
        Self::Parent,
        Self::Teacher,
        Self::Deputy,
        Self::Head,
        Self::Administrator,
        Self::RegionOperator,
        Self::FederalOperator,
        Self::Supplier,
        Self::Expert,
    ];

    /// The name used in keys, tokens, policies and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pupil => "pupil",
            Self::Parent => "parent",
            Self::Teacher => "teacher",
            Self::Deputy => "deputy",
            Self::Head => "head",
            Self::Administrator => "administrator",
            Self::RegionOperator => "region_operator",
            Self::FederalOperator => "federal_operator",
            Self::Supplier => "supplier",
            Self::Expert => "expert",
        }
    }
}

impl FromStr for Role {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(ParseError("role"))
    }
}

/// A role and where it is held: an institution, a region, or nowhere in particular (parent, federal operator).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleAt {
    /// The role.
    pub role: Role,
    /// The institution, for roles held in one.
    pub institution: Option<InstitutionId>,
    /// The region, for its operators.
    pub region: Option<RegionId>,
}

impl RoleAt {
    /// A role that belongs to no place.
    pub const fn anywhere(role: Role) -> Self {
        Self {
            role,
            institution: None,
            region: None,
        }
    }

    /// A role in an institution.
    pub const fn in_institution(role: Role, institution: InstitutionId) -> Self {
        Self {
            role,
            institution: Some(institution),
            region: None,
        }
    }

    /// A role over a region.
    pub const fn in_region(role: Role, region: RegionId) -> Self {
        Self {
            role,
            institution: None,
            region: Some(region),
        }
    }
}

impl fmt::Display for RoleAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.role.as_str())?;
        match (self.institution, self.region) {
            (Some(institution), _) => write!(f, ":{institution}"),
            (None, Some(region)) => write!(f, ":{region}"),
            (None, None) => Ok(()),
        }
    }
}

impl FromStr for RoleAt {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = ParseError("role at a place");
        let Some((role, place)) = text.split_once(':') else {
            return Ok(Self::anywhere(text.parse()?));
        };
        let role = role.parse()?;
        if let Ok(institution) = place.parse() {
            Ok(Self::in_institution(role, institution))
        } else {
            Ok(Self::in_region(role, place.parse().map_err(|_| error)?))
        }
    }
}

/// The `roles` claim of a session token: roles with their places, separated by commas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RolesClaim(pub Vec<RoleAt>);

impl RolesClaim {
    /// Whether the role is held in the institution.
    pub fn holds_in(&self, role: Role, institution: InstitutionId) -> bool {
        self.0.contains(&RoleAt::in_institution(role, institution))
    }

    /// Whether the role is held anywhere.
    pub fn holds(&self, role: Role) -> bool {
        self.0.iter().any(|held| held.role == role)
    }
}

impl fmt::Display for RolesClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, role) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            role.fmt(f)?;
        }
        Ok(())
    }
}

impl FromStr for RolesClaim {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        text.split(',')
            .filter(|role| !role.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Who asks: the person of the session and the roles that the session's token carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// Their roles, at most an hour old.
    pub roles: RolesClaim,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn role_at() -> impl Strategy<Value = RoleAt> {
        (0..Role::ALL.len(), 0..3, any::<u128>()).prop_map(|(role, place, bits)| match place {
            0 => RoleAt::anywhere(Role::ALL[role]),
            1 => RoleAt::in_institution(Role::ALL[role], InstitutionId::from_bits(bits)),
            _ => RoleAt::in_region(Role::ALL[role], RegionId::from_bits(bits)),
        })
    }

    proptest! {
        #[test]
        fn the_claim_reads_back_from_its_text(roles in proptest::collection::vec(role_at(), 0..6)) {
            let claim = RolesClaim(roles);
            prop_assert_eq!(claim.to_string().parse::<RolesClaim>(), Ok(claim));
        }
    }

    #[test]
    fn an_unknown_role_makes_the_whole_claim_invalid() {
        assert!("teacher,emperor".parse::<RolesClaim>().is_err());
    }
}
