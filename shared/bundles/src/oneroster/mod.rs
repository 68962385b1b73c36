//! OneRoster CSV 1.1 and 1.2: typed rows and the bundle that holds them.

pub(crate) mod base;
mod bundle;
mod classes;
mod courses;
mod demographics;
mod enrollments;
mod file_kind;
mod manifest;
mod orgs;
mod profiles;
mod references;
mod roles;
mod sessions;
mod users;

pub use base::{Base, Context, Located, Metadata, SourcedId, Status};
pub(crate) use base::{id, required_id};
pub use bundle::{Bundle, BundleError, RoleHeld};
pub use classes::Class;
pub use courses::Course;
pub use demographics::Demographics;
pub use enrollments::{Enrollment, EnrollmentRole};
pub use file_kind::FileKind;
pub use manifest::{Manifest, Mode, Version};
pub use orgs::{Org, OrgType};
pub use profiles::UserProfile;
pub use references::Reference;
pub use roles::{RoleRow, UserRole};
pub use sessions::{AcademicSession, SessionType};
pub use users::User;
