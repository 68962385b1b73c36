//! The import report in words.

use bundles::{Args, Reason, Refusal, Warning};
use ui::Texts;

/// Why a row or a file was refused.
pub(crate) fn reason(texts: Texts<'_>, reason: &Reason) -> String {
    worded(texts, "reason", reason.code.as_str(), &reason.args)
}

/// Why a row was refused, with the column at fault.
pub(crate) fn refusal(texts: Texts<'_>, refusal: &Refusal) -> String {
    in_column(texts, refusal.column.as_deref(), reason(texts, &refusal.reason))
}

/// What was odd.
pub(crate) fn warning(texts: Texts<'_>, warning: &Warning) -> String {
    let text = worded(texts, "warning", warning.code.as_str(), &warning.args);
    in_column(texts, warning.column.as_deref(), text)
}

/// Why a bundle was refused as a whole.
pub(crate) fn failure(texts: Texts<'_>, code: &str, entry: Option<&str>) -> String {
    let text = texts
        .find(&format!("import-failure-{code}"), &[])
        .unwrap_or_else(|| texts.of("import-failure", code));
    match entry {
        Some(entry) => format!("{text} {}", texts.of("import-failure-entry", entry)),
        None => text,
    }
}

fn in_column(texts: Texts<'_>, column: Option<&str>, text: String) -> String {
    match column {
        Some(column) => texts.with("in-column", &[("column", column.into()), ("what", text.into())]),
        None => text,
    }
}

/// Says a code with what it names. A code that can say more when it knows what is allowed has a second message for that.
fn worded(texts: Texts<'_>, prefix: &str, code: &str, args: &Args) -> String {
    let entity = args.get("entity").map(|entity| {
        texts
            .find(&format!("entity-{entity}"), &[])
            .unwrap_or_else(|| entity.clone())
    });
    let given: Vec<_> = args
        .iter()
        .filter(|(name, _)| name.as_str() != "entity")
        .map(|(name, value)| (name.as_str(), value.as_str().into()))
        .chain(entity.map(|entity| ("entity", entity.into())))
        .collect();
    let longer = args
        .contains_key("allowed")
        .then(|| texts.find(&format!("{prefix}-{code}-allowed"), &given));
    longer
        .flatten()
        .unwrap_or_else(|| texts.with(&format!("{prefix}-{code}"), &given))
}

#[cfg(test)]
mod tests {
    use bundles::{ReasonCode, WarningCode};
    use ui::Locale;

    use super::*;

    /// Every argument that a code may come with.
    fn all_args() -> Args {
        let names = [
            "value",
            "from",
            "to",
            "longest",
            "begin",
            "end",
            "cells",
            "columns",
            "column",
            "detail",
            "firstLine",
            "entity",
            "id",
            "expected",
            "property",
            "rows",
        ];
        names
            .into_iter()
            .map(|name| (name.to_owned(), "7".to_owned()))
            .collect()
    }

    #[test]
    fn every_code_has_its_words_in_every_language() {
        let translations = crate::translations().expect("the translations are read");
        for locale in Locale::ALL {
            let texts = translations.of(locale);
            for code in ReasonCode::ALL {
                let text = reason(
                    texts,
                    &Reason {
                        code: *code,
                        args: all_args(),
                    },
                );
                assert!(
                    !text.starts_with("reason-") && !text.contains('{'),
                    "{locale:?} {text}"
                );
            }
            for code in WarningCode::ALL {
                let mut odd = Warning::new(*code);
                odd.args = all_args();
                let text = warning(texts, &odd);
                assert!(
                    !text.starts_with("warning-") && !text.contains('{'),
                    "{locale:?} {text}"
                );
            }
        }
    }

    #[test]
    fn a_refusal_names_column_value_and_what_is_allowed() {
        let translations = crate::translations().expect("the translations are read");
        let row = Refusal {
            line: 7,
            sourced_id: None,
            column: Some("role".to_owned()),
            reason: Reason::new(ReasonCode::WordUnknown)
                .with("value", "boss")
                .with("allowed", "student, teacher"),
        };
        insta::assert_snapshot!(refusal(translations.of(Locale::Ru), &row), @"Столбец role: слово «boss» неизвестно. Можно: student, teacher.");
        insta::assert_snapshot!(refusal(translations.of(Locale::En), &row), @"Column role: the word “boss” is not known. Allowed: student, teacher.");
    }

    #[test]
    fn a_failure_of_a_new_kind_still_shows_its_code() {
        let translations = crate::translations().expect("the translations are read");
        let texts = translations.of(Locale::Ru);
        assert!(failure(texts, "from-the-future", None).contains("from-the-future"));
        assert!(failure(texts, "archive-unsafe-name", Some("../a.csv")).contains("../a.csv"));
    }
}
