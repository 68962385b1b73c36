//! The import of timetables: what a bundle says becomes weeks of classes, teaching groups and teachers.
//!
//! 1. [`rows`] takes `timetable.csv`, `bells.csv`, `daysOff.csv` out of the archive.
//! 2. [`store`](self::store) looks up what the rows name.
//! 3. [`resolve`] refuses rows that name what is not there and turns the others into lessons.
//! 4. [`plan`] builds the weeks, [`weeks`] finds which of them differ from what is stored.
//! 5. [`run`] writes these, and the report last.
//!
//! The rules of what an import takes away:
//!
//! - the rows of a group are its whole week; a group without a good row keeps what it has;
//! - a group that has a week and is not named by a file which names its institution loses it, unless the file is a delta or
//!   has a refused row: what such a row meant is not known;
//! - days off replace those between the first and the last one that the file gives for the institution, so that other
//!   years keep theirs; with a refused row they only add;
//! - weeks are changed as they were published last: from when they hold stays as it is;
//! - bells replace those of the institution; with a refused row they only add.
//!
//! Every message may come twice and every step may be the last one before the process ends: weeks of classes and teachers
//! are written before those of the groups they are built from, so that a repetition finds the same work left to do. An
//! import that has its report is not carried out again.

pub(crate) mod plan;
mod queue;
pub(crate) mod resolve;
mod rows;
mod run;
pub(crate) mod store;
pub(crate) mod weeks;

pub use queue::{Jobs, answer};
pub use run::{ImportError, carry_out};
pub use store::ImportStores;
