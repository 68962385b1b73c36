//! `roles.csv` (1.2): which role a person holds in which organisation.

use std::borrow::Cow;

use jiff::civil::Date;
use model::Role;

use crate::{
    Columns,
    fields::{Fault, Fields, Word},
    oneroster::{
        FileKind,
        base::{Base, Context, Entity, SourcedId, required_id},
        manifest::Version,
    },
};

/// A role as OneRoster names it. `ext:` words are this platform's extension, as the standard allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserRole {
    /// Learns.
    Student,
    /// A parent.
    Parent,
    /// A legal representative other than a parent.
    Guardian,
    /// Another relative: not a legal representative.
    Relative,
    /// Teaches.
    Teacher,
    /// Helps a teacher, counsels, watches over exams: works there without a journal.
    Staff,
    /// `ext:deputyHead`: runs the educational process.
    Deputy,
    /// Heads the institution.
    Principal,
    /// Administrates the institution's data.
    SiteAdministrator,
    /// Administrates a district or a region.
    DistrictAdministrator,
}

impl UserRole {
    /// The platform's role, for those that give one.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Student => Some(Role::Pupil),
            Self::Parent | Self::Guardian => Some(Role::Parent),
            Self::Teacher => Some(Role::Teacher),
            Self::Deputy => Some(Role::Deputy),
            Self::Principal => Some(Role::Head),
            Self::SiteAdministrator => Some(Role::Administrator),
            Self::Relative | Self::Staff | Self::DistrictAdministrator => None,
        }
    }

    /// Whether the person represents children by law.
    pub const fn represents_children(self) -> bool {
        matches!(self, Self::Parent | Self::Guardian)
    }
}

impl Word for UserRole {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("student", Self::Student),
        ("parent", Self::Parent),
        ("guardian", Self::Guardian),
        ("relative", Self::Relative),
        ("teacher", Self::Teacher),
        ("aide", Self::Staff),
        ("counselor", Self::Staff),
        ("proctor", Self::Staff),
        ("ext:deputyHead", Self::Deputy),
        ("principal", Self::Principal),
        ("siteAdministrator", Self::SiteAdministrator),
        ("administrator", Self::SiteAdministrator),
        ("systemAdministrator", Self::SiteAdministrator),
        ("districtAdministrator", Self::DistrictAdministrator),
    ];
}

/// That a person holds a role in an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// What every row has.
    pub base: Base,
    /// Who.
    pub user: SourcedId,
    /// Which role.
    pub role: UserRole,
    /// Where.
    pub org: SourcedId,
    /// The first day.
    pub begin: Option<Date>,
    /// The last day, itself included.
    pub end: Option<Date>,
}

impl Entity for RoleRow {
    const FILE: FileKind = FileKind::Roles;

    fn columns(_: Version) -> Columns {
        Columns {
            required: &["sourcedId", "userSourcedId", "role", "orgSourcedId"],
            optional: &["status", "dateLastModified", "beginDate", "endDate"],
            unread: &["roleType", "userProfileSourcedId"],
            secret: &[],
        }
    }

    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        let base = Base::read(fields, context)?;
        let (begin, end) = fields.period("beginDate", "endDate")?;
        Ok(Self {
            user: required_id(fields, "userSourcedId")?,
            role: fields.required_word("role")?,
            org: required_id(fields, "orgSourcedId")?,
            begin,
            end,
            base,
        })
    }

    fn identity(&self) -> Cow<'_, str> {
        self.base.sourced_id.as_str().into()
    }
}
