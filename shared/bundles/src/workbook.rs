//! The first sheet of a workbook (XLSX) as CSV, within caps.
//!
//! A workbook is a zip archive from outside. It is unpacked once within the caps of [`Archive`] before anything reads it, and
//! its cells are read one by one: a sheet of two cells can claim to be seventeen billion cells large.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use crate::archive::{Archive, ArchiveError, Limits};

/// What a sheet may hold at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetLimits {
    /// Rows, the header included.
    pub rows: u32,
    /// Columns; those beyond are not read.
    pub columns: u32,
    /// The longest cell, in characters; what is beyond is cut off.
    pub cell_chars: usize,
}

/// Why a workbook is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SheetError {
    /// The archive is not acceptable.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// It is an archive and no workbook.
    #[error("not a readable workbook")]
    Unreadable,
    /// There is no sheet, or no cell in the first.
    #[error("the workbook is empty")]
    Empty,
    /// More rows than allowed.
    #[error("the sheet has more than {allowed} rows")]
    TooManyRows {
        /// Rows allowed.
        allowed: u32,
    },
}

/// Whether the bytes begin as those of a workbook do.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The first sheet as CSV with tabs, a line for each row up to the last that has a cell: lines of errors are rows of the sheet.
///
/// # Errors
/// The archive breaks its caps, is no workbook, has no cell or too many rows.
pub fn first_sheet(bytes: &[u8], archive: &Limits, sheet: &SheetLimits) -> Result<Vec<u8>, SheetError> {
    Archive::verify(bytes, archive)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::Unreadable)?;
    let name = workbook.sheet_names().first().cloned().ok_or(SheetError::Empty)?;
    let mut cells = workbook
        .worksheet_cells_reader(&name)
        .map_err(|_| SheetError::Unreadable)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|_| SheetError::Unreadable)? {
        let text = text_of(cell.get_value(), sheet.cell_chars);
        let (row, column) = cell.get_position();
        if text.is_empty() || column >= sheet.columns {
            continue;
        }
        if row >= sheet.rows {
            return Err(SheetError::TooManyRows { allowed: sheet.rows });
        }
        let (row, column) = (row as usize, column as usize);
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        let line = &mut rows[row];
        if line.len() <= column {
            line.resize(column + 1, String::new());
        }
        line[column] = text;
    }
    if rows.is_empty() {
        return Err(SheetError::Empty);
    }
    written(&rows)
}

fn written(rows: &[Vec<String>]) -> Result<Vec<u8>, SheetError> {
    let mut text = Vec::new();
    for row in rows {
        // A reader passes over an empty line but counts it; a row of one quoted empty cell could be taken for the header.
        if row.is_empty() {
            text.push(b'\n');
            continue;
        }
        let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(text);
        writer.write_record(row).map_err(|_| SheetError::Unreadable)?;
        text = writer.into_inner().map_err(|_| SheetError::Unreadable)?;
    }
    Ok(text)
}

/// A cell as one line of text; whole numbers without a decimal point.
fn text_of(value: &DataRef<'_>, longest: usize) -> String {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment.to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    };
    let words = text.replace(char::is_control, " ");
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").chars().take(longest).collect()
}
