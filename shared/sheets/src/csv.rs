//! Cells of CSV.

/// What makes a spreadsheet take a text for a formula, or look for one behind white space.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

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

    proptest! {
        #[test]
        fn a_defused_text_begins_no_formula_and_reads_back(text in "[=+@'\t -]{0,3}[а-яA-Z0-9=]{0,6}") {
            let written = defused(&text);
            prop_assert!(!written.starts_with(FORMULA));
            prop_assert_eq!(restored(&written), text);
        }
    }
}
