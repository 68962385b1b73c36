//! Rules of school life, pure: ids, people, calendar, marks, averages.
//!
//! Nothing here does I/O, waits or knows of AWS. Input is parsed into these types at the edge of the system; whoever holds
//! one of them holds a valid value.

mod attendance;
mod attestation;
mod average;
mod calendar;
mod id;
mod institution;
mod lesson;
mod mark;
mod marking;
mod person;
mod publication;
mod result;
mod role;
mod room;
mod snils;
mod work;

pub use attendance::Attendance;
pub use attestation::{Attestation, AttestationForm};
pub use average::{Average, Contribution, average, average_if};
pub use calendar::{AcademicPeriod, Bell, DayOff, DayOffKind, InstitutionCalendar, Week, Weekday, time_zone};
pub use id::{GroupId, Id, IdError, ImportId, InstitutionId, PersonId, RegionId};
pub use institution::{GroupKind, InstitutionKind};
pub use lesson::{LessonKey, PeriodId};
pub use mark::Mark;
pub use marking::{MarkingRule, MarkingSettings, Threshold};
pub use person::{PersonName, Sex};
pub use publication::{Publication, Reader};
pub use result::{AcademicYear, ResultMark, year_proposal};
pub use role::{Actor, Role, RoleAt, RolesClaim};
pub use room::RoomName;
pub use snils::{Snils, SnilsHash, Subject};
pub use work::{Weight, Work, WorkId, WorkKind};

/// Why a text is not a value of the type it was read as. Names the type, never repeats the input (it may be personal).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct ParseError(
    /// The type's name in words, for developers and logs.
    pub &'static str,
);
