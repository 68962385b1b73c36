//! Workbooks as schools save them, and as somebody makes them to harm.

use std::io::{Cursor, Write};

use bundles::{ArchiveError, Limits, SheetError, SheetLimits, first_sheet, is_workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

const SHEET: SheetLimits = SheetLimits {
    rows: 100,
    columns: 5,
    cell_chars: 20,
};
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

fn limits() -> Limits {
    Limits {
        entry_bytes: 1 << 20,
        total_bytes: 2 << 20,
        ..Limits::default()
    }
}

/// A workbook whose first sheet has this content.
fn workbook(cells: &str) -> Vec<u8> {
    let related = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{DOCUMENT}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let sheets = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>"#);
    packed(&[
        ("_rels/.rels", &related("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", &sheets),
        (
            "xl/_rels/workbook.xml.rels",
            &related("worksheet", "worksheets/sheet1.xml"),
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

fn text(at: &str, text: &str) -> String {
    format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn read(cells: &str) -> Result<String, SheetError> {
    let bytes = first_sheet(&workbook(cells), &limits(), &SHEET)?;
    Ok(String::from_utf8(bytes).expect("text"))
}

#[test]
fn a_sheet_becomes_lines_in_their_places() {
    let cells = format!(
        r#"<row r="1">{}{}</row><row r="3">{}<c r="B3"><v>2</v></c><c r="C3"><v>1.5</v></c></row>"#,
        text("A1", "Тема"),
        text("B1", "Часы"),
        text("A3", " Дроби\n и доли "),
    );
    assert_eq!(
        read(&cells).expect("a sheet"),
        "Тема\tЧасы\n\nДроби и доли\t2\t1.5\n"
    );
}

#[test]
fn what_is_beyond_the_columns_and_the_length_is_left_out() {
    let cells = format!(
        r#"<row r="1">{}{}</row>"#,
        text("A1", &"я".repeat(30)),
        text("F1", "x")
    );
    assert_eq!(read(&cells).expect("a sheet").trim(), "я".repeat(20));
}

#[test]
fn two_cells_far_apart_cost_nothing_and_are_refused() {
    let far = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        text("A1", "a"),
        text("A1048576", "b")
    );
    assert_eq!(read(&far), Err(SheetError::TooManyRows { allowed: 100 }));
    let wide = format!(r#"<row r="1">{}{}</row>"#, text("A1", "a"), text("XFD1", "b"));
    assert_eq!(read(&wide).expect("a sheet"), "a\n");
}

#[test]
fn an_archive_that_grows_too_much_is_refused_before_it_is_read() {
    let bomb = workbook(&" ".repeat(3 << 20));
    let refused = first_sheet(&bomb, &limits(), &SHEET);
    assert!(
        matches!(
            refused,
            Err(SheetError::Archive(ArchiveError::EntryTooLarge { .. }))
        ),
        "{refused:?}"
    );
}

#[test]
fn what_is_no_workbook_is_refused() {
    assert!(is_workbook(&workbook("")) && !is_workbook("Тема;Часы".as_bytes()));
    assert_eq!(read(""), Err(SheetError::Empty));
    let other = packed(&[("a.txt", "text")]);
    assert_eq!(
        first_sheet(&other, &limits(), &SHEET),
        Err(SheetError::Unreadable)
    );
    let torn = &workbook("")[..40];
    assert!(matches!(
        first_sheet(torn, &limits(), &SHEET),
        Err(SheetError::Archive(_))
    ));
}
