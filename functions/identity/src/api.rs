//! What the API says of a person; the profile page shows the same.

use model::{GroupId, InstitutionId, PersonId, PersonName, RegionId, Role};
use rosters::GuardianshipSource;
use serde::Serialize;
use utoipa::ToSchema;

/// A person's name in its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct NameView {
    /// Фамилия.
    pub(crate) family: String,
    /// Имя.
    pub(crate) given: String,
    /// Отчество, which not everyone has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) patronymic: Option<String>,
    /// The parts as lists show them.
    pub(crate) full: String,
}

impl From<&PersonName> for NameView {
    fn from(name: &PersonName) -> Self {
        Self {
            family: name.family.clone(),
            given: name.given.clone(),
            patronymic: name.patronymic.clone(),
            full: name.full(),
        }
    }
}

/// A role of the session and where it is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct RoleView {
    /// The role.
    #[schema(value_type = String, example = "teacher")]
    pub(crate) role: Role,
    /// The institution, for roles held in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) institution: Option<InstitutionId>,
    /// The region, for its operators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub(crate) region: Option<RegionId>,
    /// What people call the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<String>,
    /// A pupil's class there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) class: Option<String>,
}

/// A class to which a child belongs today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ClassView {
    /// The class.
    #[schema(value_type = String)]
    pub(crate) group: GroupId,
    /// What people call it: «7А».
    pub(crate) title: String,
    /// Its institution.
    #[schema(value_type = String)]
    pub(crate) institution: InstitutionId,
    /// What people call the institution.
    pub(crate) institution_name: String,
}

/// How it is known that the person represents the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KnownFrom {
    /// The school confirmed it.
    School,
    /// Gosuslugi names the child among the person's children.
    Gosuslugi,
}

impl From<GuardianshipSource> for KnownFrom {
    fn from(source: GuardianshipSource) -> Self {
        match source {
            GuardianshipSource::School => Self::School,
            GuardianshipSource::Gosuslugi => Self::Gosuslugi,
        }
    }
}

/// A child whom the person represents now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ChildView {
    /// The child.
    #[schema(value_type = String)]
    pub(crate) person: PersonId,
    /// The name.
    pub(crate) name: NameView,
    /// The classes, one for each institution.
    pub(crate) classes: Vec<ClassView>,
    /// How it is known.
    pub(crate) known_from: KnownFrom,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ProfileView {
    /// The person.
    #[schema(value_type = String)]
    pub(crate) person: PersonId,
    /// The name.
    pub(crate) name: NameView,
    /// Whether the account at Gosuslugi is confirmed; children are only shown to those whose is.
    pub(crate) confirmed: bool,
    /// The roles of the session.
    pub(crate) roles: Vec<RoleView>,
    /// The children whom the person represents now.
    pub(crate) children: Vec<ChildView>,
}

/// The children whom the person represents now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ChildrenView {
    /// By name.
    pub(crate) children: Vec<ChildView>,
}
