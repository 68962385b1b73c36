//! Tables as files for spreadsheets: workbooks (XLSX) and CSV.
//!
//! What people have typed must not become a formula on the machine of whoever opens the file (CWE-1236). In a workbook a
//! text is written as a text, whatever it begins with; in CSV, which has no types, an apostrophe goes before what a
//! spreadsheet would take for a formula.

mod csv;
mod file;
mod workbook;

pub use ::csv::Error as CsvError;
pub use csv::{csv, defused, restored};
pub use file::FileFormat;
pub use rust_xlsxwriter::XlsxError;
pub use workbook::{Cell, Sheet, workbook};
