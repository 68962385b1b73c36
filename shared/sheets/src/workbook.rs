//! Workbooks.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text, and never anything else.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number with two decimals, in hundredths: 467 is 4.67.
    Hundredths(u64),
    /// A share, in tenths of a percent: 667 is 66.7 %.
    PerMille(u64),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

/// One sheet of a workbook.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name on the tab; what a spreadsheet does not take there is left out.
    pub name: String,
    /// The heads of the columns with their widths, in characters. The heads stay in sight.
    pub columns: Vec<(String, f64)>,
    /// The rows below the heads.
    pub rows: Vec<Vec<Cell>>,
}

/// The workbook of some sheets.
///
/// # Errors
/// A sheet is beyond what a workbook holds: 1,048,576 rows, 16,384 columns, 32,767 characters in a cell; or two have one name.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let formats = Formats {
        head: Format::new().set_bold(),
        hundredths: Format::new().set_num_format("0.00"),
        per_mille: Format::new().set_num_format("0.0%"),
    };
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(name(&sheet.name))?;
        fill(worksheet, sheet, &formats)?;
    }
    workbook.save_to_buffer()
}

struct Formats {
    head: Format,
    hundredths: Format,
    per_mille: Format,
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    worksheet.set_freeze_panes(1, 0)?;
    for (column, (head, width)) in (0u16..).zip(&sheet.columns) {
        worksheet.set_column_width(column, *width)?;
        worksheet.write_string_with_format(0, column, head, &formats.head)?;
    }
    for (line, row) in (1u32..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(row) {
            match cell {
                Cell::Text(text) => worksheet.write_string(line, column, text)?,
                Cell::Count(count) => worksheet.write_number(line, column, *count as f64)?,
                Cell::Hundredths(value) => worksheet.write_number_with_format(
                    line,
                    column,
                    *value as f64 / 100.0,
                    &formats.hundredths,
                )?,
                Cell::PerMille(value) => worksheet.write_number_with_format(
                    line,
                    column,
                    *value as f64 / 1_000.0,
                    &formats.per_mille,
                )?,
                Cell::Empty => worksheet,
            };
        }
    }
    Ok(())
}

/// A name that a tab takes: at most 31 characters, none of `[]:*?/\`, no apostrophe at either end.
fn name(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|sign| !"[]:*?/\\".contains(*sign))
        .take(31)
        .collect();
    let kept = kept.trim_matches('\'').trim();
    if kept.is_empty() {
        "1".to_owned()
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;

    #[test]
    fn a_text_stays_a_text_whatever_it_begins_with_and_numbers_are_numbers() {
        let sheet = Sheet {
            name: "7А: [итоги]".to_owned(),
            columns: vec![("=1+1".to_owned(), 20.0), ("Балл".to_owned(), 8.0)],
            rows: vec![
                vec!["=HYPERLINK(\"http://example\")".into(), Cell::Hundredths(467)],
                vec!["+7".into(), Cell::PerMille(667)],
                vec!["@x".into(), Cell::Count(3)],
                vec!["-1".into(), Cell::Empty],
            ],
        };
        let bytes = workbook(&[sheet]).expect("a workbook");
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("it opens");
        assert_eq!(read.sheet_names(), ["7А итоги"]);
        let formulas = read.worksheet_formula("7А итоги").expect("the sheet");
        assert!(formulas.is_empty(), "nothing is a formula");
        let cells = read.worksheet_range("7А итоги").expect("the sheet");
        let at = |row, column| cells.get_value((row, column)).cloned();
        assert_eq!(at(0, 0), Some(Data::String("=1+1".to_owned())));
        assert_eq!(
            at(1, 0),
            Some(Data::String("=HYPERLINK(\"http://example\")".to_owned()))
        );
        assert_eq!(at(1, 1), Some(Data::Float(4.67)));
        assert_eq!(at(2, 1), Some(Data::Float(0.667)));
        assert_eq!(at(3, 1), Some(Data::Float(3.0)));
        assert_eq!(at(4, 0), Some(Data::String("-1".to_owned())));
    }

    #[test]
    fn a_tab_takes_every_name() {
        assert_eq!(name("'/'"), "1");
        assert_eq!(name(&"я".repeat(40)).chars().count(), 31);
    }
}
