//! The norms that a timetable, homework and assessments are checked against, and the checks.
//!
//! Pure: no I/O, no clock. **Figures are data**: a [`NormTable`] is read from JSON ([`SHIPPED`] is the one that comes with
//! the crate, an operator can give another), each norm with document, clause, dates, severity and figures. A check looks
//! at the norms that hold on the week's date and gives [`Finding`]s: what is broken, where, by how much, and a Fluent
//! message (the words are in [`MESSAGES`]).
//!
//! What each norm says, where it stands and what is unsure about it: `README.md` beside this crate.
//!
//! # Promises
//!
//! * The order of the input makes no difference; the same input gives the same findings.
//! * Findings name only classes, teachers, lessons, homework and assessments of the input.
//! * A norm that does not hold on the date is not applied; [`NormTable::lapsing`] tells which end without a successor.
//! * What is unsure never forbids: [`NormTable::parse`] refuses such a table.
//!
//! # Whose load it is
//!
//! A norm speaks of a pupil, not of a class: lessons of subgroups side by side are one lesson for each pupil. So a class
//! is looked at through its [`Class::streams`], the different sets of groups its pupils are in, and the finding is of
//! the pupil who fares worst. Weeks A and B are looked at apart; what is alike in both is told once.

mod assessment;
mod check;
mod fault;
mod finding;
mod homework;
mod messages;
mod norm;
mod pupils;
mod rule;
mod speech;
mod subjects;
mod table;
mod week;

pub use assessment::{Assessment, AssessmentContext, check_assessment};
pub use check::{Report, UnmatchedReason, UnmatchedSubject, check};
pub use fault::{NormFault, NormFaults};
pub use finding::{Argument, Finding, Measure, Message, Place};
pub use homework::{HomeworkDay, HomeworkItem, check_homework, homework_ceiling};
pub use messages::{MESSAGE_KEYS, MESSAGES};
pub use norm::{Document, Norm, Pupils, Severity, Words};
pub use rule::{HomeworkLimit, Once, Rule, Threshold, WeekLimit};
pub use speech::Speech;
pub use subjects::{Scale, ScaleRow, Subject};
pub use table::{NormTable, SHIPPED};
pub use week::{BellRegime, Class, Cycle, Lesson, Teacher, Week, WeekLength};
