//! A person, the roles they hold and the numbers by which they are found.

use jiff::{Timestamp, civil::Date};
use model::{InstitutionId, PersonId, PersonName, RegionId, Role, RoleAt, Sex, SnilsHash, Subject};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

/// The partition of a person.
pub(crate) fn partition(person: PersonId) -> String {
    format!("PERSON#{person}")
}

/// A person, as the school's data or the first sign-in named them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Whose card it is.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// The date of birth; some imports lack it, and then no account can be matched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    /// Sex, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// The keyed hash of the СНИЛС, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snils_hash: Option<SnilsHash>,
    /// The account with which the person signs in, once they have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// Whether the account was confirmed (ESIA's highest level) at the last sign-in.
    #[serde(default)]
    pub trusted: bool,
}

impl Person {
    /// Where the card of a person is kept.
    pub fn key_of(person: PersonId) -> Key {
        Key {
            pk: partition(person),
            sk: "CARD".to_owned(),
        }
    }
}

impl Record for Person {
    const ENTITY: &'static str = "person";

    fn key(&self) -> Key {
        Self::key_of(self.person)
    }
}

/// Another id of a person: an import derived it, and the СНИЛС then showed that the person was known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The id that the import derived.
    pub alias: PersonId,
    /// The person's id.
    pub person: PersonId,
}

impl Alias {
    /// Where the alias is kept.
    pub fn key_of(alias: PersonId) -> Key {
        Key {
            pk: partition(alias),
            sk: "ALIAS".to_owned(),
        }
    }
}

impl Record for Alias {
    const ENTITY: &'static str = "alias";

    fn key(&self) -> Key {
        Self::key_of(self.alias)
    }
}

/// A role that a person holds at an institution, over a region, or on the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldRole {
    /// Who.
    pub person: PersonId,
    /// Which role.
    pub role: Role,
    /// In which institution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub institution: Option<InstitutionId>,
    /// Over which region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// What people call the place.
    pub place_name: String,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl HeldRole {
    /// The role and its place.
    pub const fn role_at(&self) -> RoleAt {
        RoleAt {
            role: self.role,
            institution: self.institution,
            region: self.region,
        }
    }
}

impl Record for HeldRole {
    const ENTITY: &'static str = "role";

    fn key(&self) -> Key {
        Key {
            pk: partition(self.person),
            sk: format!("ROLE#{}", self.role_at()),
        }
    }
}

/// Whose a СНИЛС is: the marker that makes it unique.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnilsOwner {
    /// The keyed hash of the number.
    pub snils_hash: SnilsHash,
    /// The person.
    pub person: PersonId,
    /// The person's date of birth: both must agree before an account is matched.
    pub birth_date: Date,
}

impl SnilsOwner {
    /// Where the marker of a number is kept.
    pub fn key_of(snils: &SnilsHash) -> Key {
        Key {
            pk: format!("SNILS#{}", snils.as_str()),
            sk: "PERSON".to_owned(),
        }
    }
}

impl Record for SnilsOwner {
    const ENTITY: &'static str = "snils";

    fn key(&self) -> Key {
        Self::key_of(&self.snils_hash)
    }
}

/// Whose an account is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountOwner {
    /// The account's pseudonym.
    pub subject: Subject,
    /// The person.
    pub person: PersonId,
    /// When they last signed in at Gosuslugi itself, where Gosuslugi has told it at the last sign-in here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_in_at: Option<Timestamp>,
}

impl AccountOwner {
    /// Where the owner of an account is kept.
    pub fn key_of(subject: &Subject) -> Key {
        Key {
            pk: format!("SUBJECT#{}", subject.as_str()),
            sk: "PERSON".to_owned(),
        }
    }
}

impl Record for AccountOwner {
    const ENTITY: &'static str = "account";

    fn key(&self) -> Key {
        Self::key_of(&self.subject)
    }
}
