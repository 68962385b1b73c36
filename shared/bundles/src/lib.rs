//! Import bundles: capped zip archives, CSV as it is found in the wild, OneRoster 1.1 and 1.2 rows, the import report.
//!
//! Pure: it reads the bytes it is given and knows nothing of storage. The way of a bundle is
//! [`Archive::open`] (caps) → [`Bundle::read`] (typed rows) → [`Bundle::check`] (references) → the importer, which writes and
//! counts in the same [`Report`]; [`Speech`] says it in words, for pages and for spreadsheets. The format, with what this platform adds to OneRoster, is described in `FORMAT.md`.

mod archive;
mod fields;
mod header;
mod message;
pub mod oneroster;
mod report;
mod speech;
mod table;
pub mod timetable;
mod workbook;

pub use archive::{Archive, ArchiveError, ArchiveFile, Limits};
pub use fields::{Fault, Fields, Word};
pub use header::Columns;
pub use message::ImportMessage;
pub use oneroster::{Bundle, BundleError};
pub use report::{
    Args, FileReport, Outcome, Reason, ReasonCode, Refusal, Report, Totals, Warning, WarningCode,
};
pub use speech::{MESSAGES, ReportRow, Speech};
pub use table::Table;
pub use workbook::{SheetError, SheetLimits, first_sheet, is_workbook};
