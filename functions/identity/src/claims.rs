//! What goes into a token: the person and the roles, added by the pool's pre-token-generation trigger, version V2_0.
//!
//! The pool knows pseudonyms only, so that at each sign-in and each renewal the trigger looks up who it is. Roles in a
//! session are therefore as old as its access token: an hour at most.

use std::collections::HashSet;

use model::{Role, RoleAt, RolesClaim, SnilsHash, Subject};
use rosters::{PersonCard, Rosters};
use serde_json::{Value, json};
use store::{StoreError, Table};
use web::{Clock, Environment, StartError};

use crate::today::{Today, institutions_of};

/// Why the pool asks, where it renews a token and nobody has signed in.
const RENEWAL: &str = "TokenGeneration_RefreshTokens";

/// The names of federated users: the provider's name, an underscore, its subject.
const USER_PREFIX: &str = "Gosuslugi_";

/// Looks up who gets a token and what it says of them.
#[derive(Debug)]
pub struct ClaimsIssuer {
    rosters: Rosters,
    operators: HashSet<SnilsHash>,
    clock: Clock,
}

impl ClaimsIssuer {
    /// Reads `REGISTRY_TABLE`, and `OPERATORS`: keyed hashes of the СНИЛС of the first federal operators, with commas.
    ///
    /// # Errors
    /// A missing table, or a text among the operators that is no hash: better no start than an operator without rights.
    pub fn new(
        environment: &Environment,
        database: &aws_sdk_dynamodb::Client,
        clock: Clock,
    ) -> Result<Self, StartError> {
        let operators = environment.optional("OPERATORS").unwrap_or_default();
        let operators = operators
            .split(',')
            .map(str::trim)
            .filter(|hash| !hash.is_empty());
        Ok(Self {
            rosters: Rosters::new(Table::new(
                database.clone(),
                environment.required("REGISTRY_TABLE")?,
            )),
            operators: operators.map(str::parse).collect::<Result<_, _>>()?,
            clock,
        })
    }

    /// Answers the trigger's event: the event itself with the claims in its response. Costs 1 get, 1 query and, for whoever
    /// belongs to an institution, 1 batch get: together about 2 RCU.
    ///
    /// # Errors
    /// When the registry cannot be read the pool issues no token: a session without its roles would look like a loss.
    pub async fn answer(&self, mut event: Value) -> Result<Value, StoreError> {
        let subject = event["userName"].as_str().and_then(subject_of);
        let is_renewed = event["triggerSource"] == RENEWAL;
        let claims = match subject {
            Some(subject) => self.claims(&subject, is_renewed).await?,
            None => None,
        };
        let added = match &claims {
            Some(claims) => {
                tracing::info!(person = claims["person"].as_str(), "claims added");
                json!({ "claimsToAddOrOverride": claims })
            }
            None => {
                // Such a token opens nothing; the name in the event stays out of the log.
                tracing::warn!(
                    trigger = event["triggerSource"].as_str(),
                    "no person for the account"
                );
                json!({})
            }
        };
        event["response"] = json!({
            "claimsAndScopeOverrideDetails": { "idTokenGeneration": added, "accessTokenGeneration": added }
        });
        Ok(event)
    }

    async fn claims(&self, subject: &Subject, is_renewed: bool) -> Result<Option<Value>, StoreError> {
        let Some(account) = self.rosters.account(subject).await? else {
            return Ok(None);
        };
        let person = account.person;
        let Some(card) = self.rosters.card(person).await? else {
            return Ok(None);
        };
        let institutions: Vec<_> = institutions_of(&card).collect();
        let today = Today::at(&self.rosters.institutions(&institutions).await?, self.clock);
        let roles = self.with_operator(&card, today.roles(&card));
        let mut claims = json!({ "person": person, "roles": roles.to_string() });
        // The moment is the account's: where a session is renewed, somebody else's browser may have signed in since.
        if let Some(at) = account.signed_in_at.filter(|_| !is_renewed) {
            // As a text, which every version of the trigger takes.
            claims["gosuslugi_auth_time"] = json!(at.as_second().to_string());
        }
        Ok(Some(claims))
    }

    fn with_operator(&self, card: &PersonCard, mut roles: RolesClaim) -> RolesClaim {
        let named = card
            .person
            .snils_hash
            .as_ref()
            .is_some_and(|hash| self.operators.contains(hash));
        // Whoever can show only a СНИЛС and no confirmed account has not proven to be the person named.
        if named && card.person.trusted && !roles.holds(Role::FederalOperator) {
            roles.0.push(RoleAt::anywhere(Role::FederalOperator));
        }
        roles
    }
}

/// The pseudonym in a federated user's name. Pools that ignore case spell the provider in small letters.
fn subject_of(user_name: &str) -> Option<Subject> {
    let (prefix, subject) = user_name.split_at_checked(USER_PREFIX.len())?;
    if prefix.eq_ignore_ascii_case(USER_PREFIX) {
        subject.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_federated_users_have_a_subject() {
        let hex = "ab".repeat(32);
        assert_eq!(
            subject_of(&format!("Gosuslugi_{hex}"))
                .expect("a subject")
                .as_str(),
            hex
        );
        assert!(subject_of(&format!("gosuslugi_{hex}")).is_some());
        assert_eq!(subject_of(&hex), None);
        assert_eq!(subject_of(&format!("Google_{hex}")), None);
        assert_eq!(subject_of("Gosuslugi_admin"), None);
        assert_eq!(subject_of("Госуслуги"), None);
    }
}
