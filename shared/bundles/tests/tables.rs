//! Tables as they are found in the wild.

use bundles::{Columns, Fields, FileReport, ReasonCode, Table, WarningCode};
use proptest::prelude::*;

const COLUMNS: Columns = Columns {
    required: &["sourcedId", "name"],
    optional: &["dateLastModified"],
    unread: &["phone"],
    secret: &["password"],
};

fn read(bytes: &[u8]) -> (Table, FileReport) {
    let mut report = FileReport::default();
    let table = Table::read(bytes, &COLUMNS, &mut report).expect("a table");
    (table, report)
}

fn refused(bytes: &[u8]) -> ReasonCode {
    Table::read(bytes, &COLUMNS, &mut FileReport::default())
        .expect_err("no table")
        .code
}

fn cells(table: &Table) -> Vec<(u64, String, String)> {
    let cell = |fields: &Fields<'_>, column| fields.optional(column).unwrap_or("").to_owned();
    table
        .rows()
        .map(|fields| (fields.line(), cell(&fields, "sourcedId"), cell(&fields, "name")))
        .collect()
}

fn codes(report: &FileReport) -> Vec<WarningCode> {
    report.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn a_mark_semicolons_and_windows_line_ends_are_understood() {
    let (table, report) = read("\u{feff}sourcedId;name\r\n1;\"Школа; № 1\"\r\n2;Лицей\r\n".as_bytes());
    let rows = [
        (2, "1".to_owned(), "Школа; № 1".to_owned()),
        (3, "2".to_owned(), "Лицей".to_owned()),
    ];
    assert_eq!(cells(&table), rows);
    assert_eq!(
        report,
        FileReport {
            rows: 2,
            ..FileReport::default()
        }
    );
}

#[test]
fn windows_1251_is_read_and_named() {
    let mut bytes = b"sourcedId;name\n1;".to_vec();
    bytes.extend([0xd8, 0xea, 0xee, 0xeb, 0xe0]);
    let (table, report) = read(&bytes);
    assert_eq!(cells(&table), [(2, "1".to_owned(), "Школа".to_owned())]);
    assert_eq!(codes(&report), [WarningCode::EncodingWindows1251]);
}

#[test]
fn excels_unicode_text_is_read() {
    let text: Vec<u8> = "\u{feff}sourcedId\tname\r\n1\tШкола"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(cells(&read(&text).0), [(2, "1".to_owned(), "Школа".to_owned())]);
}

#[test]
fn names_of_columns_may_be_in_any_case_and_misspelt() {
    let (table, report) = read(b"SOURCEDID,Name,dataLastModified,,colour,phone\na,b,2026-01-01,,,\n");
    assert_eq!(
        table
            .rows()
            .next()
            .and_then(|fields| fields.optional("dateLastModified")),
        Some("2026-01-01")
    );
    let expected = [
        WarningCode::ColumnMisspelt,
        WarningCode::ColumnUnnamed,
        WarningCode::ColumnUnknown,
    ];
    assert_eq!(codes(&report), expected);
    assert_eq!(report.warnings[0].args["expected"], "dateLastModified");
}

#[test]
fn lines_are_those_that_an_editor_shows() {
    let (table, _) = read(b"\nsourcedId,name\r\n\r\n1,\"two\nlines\"\r\n\n2,b\r\n");
    let lines: Vec<u64> = table.rows().map(|fields| fields.line()).collect();
    assert_eq!(lines, [4, 7]);
}

#[test]
fn a_row_with_cells_beyond_the_header_is_refused_and_others_are_read() {
    let (table, report) = read(b"sourcedId,name\n1,Smith, John\n2,b\n3,c,,\n4\n");
    assert_eq!(table.len(), 3);
    assert_eq!((report.rows, report.refused), (4, 1));
    let refusal = &report.refusals[0];
    assert_eq!((refusal.line, refusal.sourced_id.as_deref()), (2, Some("1")));
    assert_eq!(refusal.reason.code, ReasonCode::CellsTooMany);
}

#[test]
fn passwords_are_thrown_away_and_it_is_said() {
    let (table, report) = read(b"sourcedId,name,Password\n1,a,secret-1\n2,b,\n");
    assert!(!format!("{table:?}").contains("secret-1"));
    assert_eq!(codes(&report), [WarningCode::PasswordsIgnored]);
    assert_eq!(report.warnings[0].args["rows"], "1");
}

#[test]
fn files_that_are_no_tables_are_refused_with_the_reason() {
    assert_eq!(refused(b""), ReasonCode::FileEmpty);
    assert_eq!(refused(b"\r\n\r\n"), ReasonCode::FileEmpty);
    assert_eq!(refused(b"sourcedId,type\n1,2"), ReasonCode::ColumnsMissing);
    assert_eq!(refused(b"sourcedId,name,NAME\n1,2,3"), ReasonCode::ColumnTwice);
    assert_eq!(
        refused(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"),
        ReasonCode::FileNotText
    );
}

proptest! {
    #[test]
    fn any_cells_read_back_whatever_the_separator_and_line_end(
        cells in proptest::collection::vec(("[a-zA-Zа-яё0-9]{1,8}", "[^\\p{C}]{0,12}"), 1..20),
        separator in prop_oneof![Just(b','), Just(b';'), Just(b'\t')],
        windows in any::<bool>(),
        mark in any::<bool>(),
    ) {
        let terminator = if windows { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().delimiter(separator).terminator(terminator).from_writer(Vec::new());
        writer.write_record(["sourcedId", "name"]).expect("a header");
        for (id, name) in &cells {
            writer.write_record([id, name]).expect("a row");
        }
        let mut bytes = if mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        bytes.extend(writer.into_inner().expect("the bytes"));
        let (table, _) = read(&bytes);
        let read: Vec<_> = table.rows().map(|fields| {
            (fields.line(), fields.optional("sourcedId").unwrap_or("").to_owned(), fields.optional("name").unwrap_or("").to_owned())
        }).collect();
        let expected: Vec<_> = cells
            .iter()
            .enumerate()
            .map(|(place, (id, name))| (place as u64 + 2, id.clone(), name.trim().to_owned()))
            .collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut all = b"sourcedId,name\n".to_vec();
        all.extend(&bytes);
        drop(Table::read(&all, &COLUMNS, &mut FileReport::default()));
        drop(Table::read(&bytes, &COLUMNS, &mut FileReport::default()));
    }
}
