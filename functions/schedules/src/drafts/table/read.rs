//! Rows out of a file that people upload: CSV in any usual encoding and with any usual separator, or the first sheet of a
//! workbook.

use bundles::{
    Columns, Fields, FileReport, Limits, Reason, SheetError, SheetLimits, Table, first_sheet, is_workbook,
};
use sheets::restored;

use super::{HEADER_EN, HEADER_RU};

/// The most rows that a table may have: a large school has 2,000 lessons.
const MOST_ROWS: u32 = 5_000;

/// A row as it is written, its cells in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The row of the sheet, or the line of the file.
    pub(crate) line: u64,
    pub(crate) cells: [String; super::COLUMNS],
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TableError {
    /// Neither text nor a workbook, or one that unpacks to more than a timetable can be.
    #[error("the file is neither CSV nor XLSX")]
    Unreadable,
    /// There is no row.
    #[error("the table is empty")]
    Empty,
    /// A column is missing that every row needs.
    #[error("a column is missing")]
    ColumnsMissing,
    /// More rows than a timetable has.
    #[error("the table has too many rows")]
    TooLong,
}

impl TableError {
    /// Its name in the API and in the words of the page.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "table_unreadable",
            Self::Empty => "table_empty",
            Self::ColumnsMissing => "table_columns_missing",
            Self::TooLong => "table_too_long",
        }
    }
}

/// The columns in each of their spellings.
const COLUMNS: Columns = Columns {
    required: &[],
    optional: &[
        "Класс",
        "Группа",
        "Предмет",
        "Учитель",
        "Кабинет",
        "День",
        "Урок",
        "Неделя",
        "Корпус",
        "класс",
        "группа",
        "предмет",
        "учитель",
        "кабинет",
        "день",
        "урок",
        "неделя",
        "корпус",
        "class",
        "group",
        "subject",
        "teacher",
        "room",
        "day",
        "lesson",
        "week",
        "building",
    ],
    unread: &[],
    secret: &[],
};

/// Those without which a row means nothing: class, subject, day, lesson.
const NEEDED: [usize; 4] = [0, 2, 5, 6];

/// Reads the rows of a file.
///
/// # Errors
/// The file as a whole is refused.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Row>, TableError> {
    if is_workbook(bytes) {
        rows_of(&sheet(bytes)?)
    } else {
        rows_of(bytes)
    }
}

fn rows_of(bytes: &[u8]) -> Result<Vec<Row>, TableError> {
    let mut report = FileReport::default();
    let table = Table::read(bytes, &COLUMNS, &mut report).map_err(|reason: Reason| match reason.code {
        bundles::ReasonCode::FileEmpty => TableError::Empty,
        bundles::ReasonCode::ColumnTwice => TableError::ColumnsMissing,
        _ => TableError::Unreadable,
    })?;
    if report.refused > 0 {
        return Err(TableError::Unreadable);
    }
    if table.is_empty() {
        return Err(TableError::Empty);
    }
    if table.len() > MOST_ROWS as usize {
        return Err(TableError::TooLong);
    }
    let rows: Vec<Row> = table.rows().map(|fields| row(&fields)).collect();
    let is_known = |column: &usize| rows.iter().any(|row| !row.cells[*column].is_empty());
    if NEEDED.iter().all(is_known) {
        Ok(rows)
    } else {
        Err(TableError::ColumnsMissing)
    }
}

fn row(fields: &Fields<'_>) -> Row {
    let cell = |at: usize| {
        let small = HEADER_RU[at].to_lowercase();
        let names = [HEADER_RU[at], small.as_str(), HEADER_EN[at]];
        let found = names
            .iter()
            .find_map(|name| fields.optional(name))
            .unwrap_or_default();
        restored(found).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Row {
        line: fields.line(),
        cells: std::array::from_fn(cell),
    }
}

/// The first sheet of a workbook as CSV, a line for each of its rows. What it unpacks to is small for a workbook.
fn sheet(bytes: &[u8]) -> Result<Vec<u8>, TableError> {
    let archive = Limits {
        entry_bytes: 16 * 1024 * 1024,
        total_bytes: 32 * 1024 * 1024,
        ..Limits::default()
    };
    let limits = SheetLimits {
        rows: MOST_ROWS + 1,
        columns: 64,
        cell_chars: 200,
    };
    first_sheet(bytes, &archive, &limits).map_err(|error| match error {
        SheetError::Empty => TableError::Empty,
        SheetError::TooManyRows { .. } => TableError::TooLong,
        _ => TableError::Unreadable,
    })
}
