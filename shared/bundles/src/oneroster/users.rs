//! `users.csv`: people. In 1.1 their role and organisations stand here too.

use std::borrow::Cow;

use model::{PersonName, Snils};

use crate::{
    Columns,
    fields::{Fault, Fields},
    oneroster::{
        FileKind,
        base::{Base, Context, Entity, SourcedId, id, ids},
        manifest::Version,
        roles::UserRole,
    },
    report::{Reason, ReasonCode},
};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// What every row has.
    pub base: Base,
    /// The name.
    pub name: PersonName,
    /// Whether the person may sign in.
    pub enabled: bool,
    /// СНИЛС (`metadata.snils`), by which a person is matched with their Gosuslugi account.
    pub snils: Option<Snils>,
    /// Those whom the source ties to the person: of a pupil, the legal representatives.
    pub agents: Vec<SourcedId>,
    /// The organisation to which the person mainly belongs (1.2).
    pub primary_org: Option<SourcedId>,
    /// The organisations in which the role is held (1.1; empty in 1.2).
    pub orgs: Vec<SourcedId>,
    /// The role (1.1; `None` in 1.2).
    pub role: Option<UserRole>,
}

impl Entity for User {
    const FILE: FileKind = FileKind::Users;

    fn columns(version: Version) -> Columns {
        const UNREAD: &[&str] = &[
            "username",
            "userIds",
            "identifier",
            "email",
            "sms",
            "phone",
            "grades",
            "userMasterIdentifier",
            "pronouns",
            "preferredGivenName",
            "preferredMiddleName",
            "preferredFamilyName",
        ];
        match version {
            Version::V1p1 => Columns {
                required: &[
                    "sourcedId",
                    "enabledUser",
                    "orgSourcedIds",
                    "role",
                    "givenName",
                    "familyName",
                ],
                optional: &["status", "dateLastModified", "middleName", "agentSourcedIds"],
                unread: UNREAD,
                secret: &["password"],
            },
            Version::V1p2 => Columns {
                required: &["sourcedId", "enabledUser", "givenName", "familyName"],
                optional: &[
                    "status",
                    "dateLastModified",
                    "middleName",
                    "agentSourcedIds",
                    "primaryOrgSourcedId",
                ],
                unread: UNREAD,
                secret: &["password"],
            },
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        let base = Base::read(fields, context)?;
        let (role, orgs) = match context.version {
            Version::V1p1 => (Some(fields.required_word("role")?), ids(fields, "orgSourcedIds")?),
            Version::V1p2 => (None, Vec::new()),
        };
        if context.version == Version::V1p1 {
            fields.required("orgSourcedIds")?;
        }
        Ok(Self {
            name: name(fields)?,
            enabled: fields.required_word("enabledUser")?,
            snils: snils(&base)?,
            agents: ids(fields, "agentSourcedIds")?,
            primary_org: id(fields, "primaryOrgSourcedId")?,
            orgs,
            role,
            base,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}

fn name(fields: &Fields<'_>) -> Result<PersonName, Fault> {
    let (family, given) = (fields.required("familyName")?, fields.required("givenName")?);
    PersonName::parse(family, given, fields.optional("middleName")).map_err(|_| {
        Fault::new(
            "familyName",
            Reason::new(ReasonCode::TextInvalid).with("longest", 100),
        )
    })
}

fn snils(base: &Base) -> Result<Option<Snils>, Fault> {
    let wrong = || Fault::new("metadata.snils", Reason::new(ReasonCode::SnilsInvalid));
    base.metadata
        .get("snils")
        .map(|text| text.parse().map_err(|_| wrong()))
        .transpose()
}
