//! `userProfiles.csv` (1.2): accounts in other systems. They are checked and reported; people here sign in by Gosuslugi only,
//! so nothing of them is kept, least of all their passwords.

use std::borrow::Cow;

use crate::{
    Columns,
    fields::{Fault, Fields},
    oneroster::{
        FileKind,
        base::{Base, Context, Entity, SourcedId, required_id},
        manifest::Version,
    },
};

/// An account of a person in another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserProfile {
    /// What every row has.
    pub base: Base,
    /// Whose it is.
    pub user: SourcedId,
    /// Of which kind it is.
    pub profile_type: String,
}

impl Entity for UserProfile {
    const FILE: FileKind = FileKind::UserProfiles;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["sourcedId", "userSourcedId", "profileType"],
            optional: &["status", "dateLastModified"],
            unread: &[
                "vendorId",
                "applicationId",
                "description",
                "credentialType",
                "username",
            ],
            secret: &["password"],
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        Ok(Self {
            base: Base::read(fields, context)?,
            user: required_id(fields, "userSourcedId")?,
            profile_type: fields.required_text("profileType", 100)?,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}
