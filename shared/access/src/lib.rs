//! Who may do what: Cedar policies over one schema.
//!
//! The schema is here; each feature brings the policies of its own actions (`access.cedar` in its folder). An
//! [`Authorizer`] is built once per environment. What it decides on is loaded by the handler, never looked up here.

mod entities;

use std::collections::HashSet;

use cedar_policy::{
    Context, Decision, Entities, EntityUid, PolicySet, Request, Schema, ValidationMode, Validator,
};
use model::Actor;

pub use entities::Resource;

const SCHEMA: &str = include_str!("schema.cedarschema");

/// Why policies cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the access policies are not valid: {0}")]
pub struct PolicyError(String);

/// The answer to "may this person do that with this thing?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    Granted,
    /// No; but the person may know that the thing exists.
    Forbidden,
    /// No, and the thing must look as if it did not exist.
    Hidden,
}

/// Decides by the policies of one feature.
#[derive(Debug)]
pub struct Authorizer {
    policies: PolicySet,
    authorizer: cedar_policy::Authorizer,
}

impl Authorizer {
    /// Reads policies. They are validated by [`Authorizer::validated`] in the feature's tests, not at every cold start.
    pub fn new(policies: &str) -> Result<Self, PolicyError> {
        let policies = policies
            .parse()
            .map_err(|error| PolicyError(format!("{error}")))?;
        Ok(Self {
            policies,
            authorizer: cedar_policy::Authorizer::new(),
        })
    }

    /// Reads policies and holds them strictly against the schema.
    pub fn validated(policies: &str) -> Result<Self, PolicyError> {
        let read = Self::new(policies)?;
        let (schema, _) =
            Schema::from_cedarschema_str(SCHEMA).map_err(|error| PolicyError(format!("{error}")))?;
        let result = Validator::new(schema).validate(&read.policies, ValidationMode::Strict);
        if result.validation_passed() {
            Ok(read)
        } else {
            Err(PolicyError(format!("{result}")))
        }
    }

    /// Whether `actor` may do `action` with `resource`; who may not even do `see` is not told that it exists.
    pub fn decide(&self, actor: &Actor, see: &str, action: &str, resource: &Resource) -> Access {
        if self.allows(actor, action, resource) {
            Access::Granted
        } else if see != action && self.allows(actor, see, resource) {
            Access::Forbidden
        } else {
            Access::Hidden
        }
    }

    /// Whether `actor` may do `action` with `resource`. What cannot be decided is refused.
    pub fn allows(&self, actor: &Actor, action: &str, resource: &Resource) -> bool {
        self.try_allows(actor, action, resource).unwrap_or(false)
    }

    fn try_allows(&self, actor: &Actor, action: &str, resource: &Resource) -> Option<bool> {
        let principal = entities::person(actor)?;
        let resource = resource.entity()?;
        let request = Request::new(
            principal.uid(),
            entities::uid("Action", action)?,
            resource.uid(),
            Context::empty(),
            None,
        )
        .ok()?;
        let entities = Entities::from_entities([principal, resource], None).ok()?;
        let answer = self.authorizer.is_authorized(&request, &self.policies, &entities);
        let failed = answer.diagnostics().errors().next().is_some();
        Some(!failed && answer.decision() == Decision::Allow)
    }
}

/// The names of the actions that the schema knows, for tests that must cover them all.
pub fn actions() -> Result<HashSet<String>, PolicyError> {
    let (schema, _) =
        Schema::from_cedarschema_str(SCHEMA).map_err(|error| PolicyError(format!("{error}")))?;
    Ok(schema
        .actions()
        .map(|action: &EntityUid| action.id().unescaped().to_owned())
        .collect())
}

#[cfg(test)]
mod tests {
    use model::{InstitutionId, PersonId, Role, RoleAt, RolesClaim};

    use super::*;

    const POLICIES: &str = r#"
        permit (principal, action == Action::"see_journal", resource is Journal)
        when { principal.leads.contains(resource.institution) };
        permit (principal, action in [Action::"see_journal", Action::"write_journal"], resource is Journal)
        when { resource.teachers.contains(principal) };
    "#;

    fn actor(person: u128, roles: Vec<RoleAt>) -> Actor {
        Actor {
            person: PersonId::from_bits(person),
            roles: RolesClaim(roles),
        }
    }

    fn journal() -> Resource {
        Resource::Journal {
            id: model::GroupId::from_bits(1),
            institution: InstitutionId::from_bits(1),
            teachers: vec![PersonId::from_bits(7)],
        }
    }

    #[test]
    fn what_is_allowed_is_granted_what_is_seen_is_forbidden_and_the_rest_is_hidden() {
        let access = Authorizer::validated(POLICIES).expect("valid policies");
        let decide = |actor: Actor| access.decide(&actor, "see_journal", "write_journal", &journal());
        assert_eq!(decide(actor(7, vec![])), Access::Granted);
        let head = RoleAt::in_institution(Role::Head, InstitutionId::from_bits(1));
        assert_eq!(decide(actor(8, vec![head])), Access::Forbidden);
        let other_head = RoleAt::in_institution(Role::Head, InstitutionId::from_bits(2));
        assert_eq!(decide(actor(8, vec![other_head])), Access::Hidden);
        assert_eq!(decide(actor(8, vec![])), Access::Hidden);
    }

    #[test]
    fn an_unknown_action_is_refused() {
        let access = Authorizer::validated(POLICIES).expect("valid policies");
        assert!(!access.allows(&actor(7, vec![]), "burn_journal", &journal()));
    }

    #[test]
    fn a_policy_that_the_schema_does_not_know_is_not_valid() {
        let wrong =
            r#"permit (principal, action == Action::"see_journal", resource) when { principal.age > 3 };"#;
        assert!(Authorizer::validated(wrong).is_err());
        assert!(Authorizer::new("permit everything").is_err());
    }
}
