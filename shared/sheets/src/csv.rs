//! CSV as spreadsheets in Russia read it: semicolons, CRLF, a byte order mark.

use crate::CsvError;

/// What makes a spreadsheet take a text for a formula, or look for one behind white space.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The rows as CSV; every cell is [`defused`].
///
/// # Errors
/// The rows differ in length.
pub fn csv<R>(rows: R) -> Result<Vec<u8>, CsvError>
where
    R: IntoIterator<Item: IntoIterator<Item: AsRef<str>>>,
{
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(::csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.into_iter().map(|cell| defused(cell.as_ref())))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A text that no spreadsheet takes for a formula.
pub fn defused(text: &str) -> String {
    // A text of our own that begins with the apostrophe gets one more, so that reading gives back what was written.
    let begins = text.starts_with(FORMULA) || text.starts_with('\'');
    if begins {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that [`defused`] has written.
pub fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) || rest.starts_with('\'') => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_are_written_as_spreadsheets_in_russia_read_them() {
        let written = csv([["Класс", "Тема; часть 1"], ["7А", "=1+1"]]).expect("rows of one length");
        let expected = "\u{feff}Класс;\"Тема; часть 1\"\r\n7А;'=1+1\r\n";
        assert_eq!(String::from_utf8(written).expect("text"), expected);
        assert!(csv([vec!["a"], vec!["b", "c"]]).is_err());
    }

    proptest! {
        #[test]
        fn a_defused_text_begins_no_formula_and_reads_back(text in "[=+@'\t -]{0,3}[а-яA-Z0-9=]{0,6}") {
            let written = defused(&text);
            prop_assert!(!written.starts_with(FORMULA));
            prop_assert_eq!(restored(&written), text);
        }
    }
}
