//! The import report in words.

use jiff::civil::Date;
use ui::{DateStyle, Messages, Texts};

use crate::{Args, FileReport, Reason, Refusal, Report, Warning};

/// The words of the report, for the translations of whoever shows one.
pub const MESSAGES: Messages = Messages {
    ru: include_str!("../locales/ru.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// Says what a report says. The tables of a page are macros over it: `templates/import-report.html` beside this crate.
#[derive(Clone, Copy)]
pub struct Speech<'a> {
    /// The words; [`MESSAGES`] must be among them.
    pub texts: Texts<'a>,
}

/// A line of a report as a table for spreadsheets has it: file, line, sourcedId, outcome, why, how many.
pub type ReportRow = [String; 6];

impl Speech<'_> {
    /// Why a row or a file was refused.
    pub fn reason(&self, reason: &Reason) -> String {
        self.worded("reason", reason.code.as_str(), &reason.args)
    }

    /// Why a row was refused, with the column at fault.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        self.in_column(refusal.column.as_deref(), self.reason(&refusal.reason))
    }

    /// What was odd.
    pub fn warning(&self, warning: &Warning) -> String {
        let text = self.worded("warning", warning.code.as_str(), &warning.args);
        self.in_column(warning.column.as_deref(), text)
    }

    /// Why a bundle was refused as a whole.
    pub fn failure(&self, code: &str, entry: Option<&str>) -> String {
        let text = self
            .texts
            .find(&format!("import-failure-{code}"), &[])
            .unwrap_or_else(|| self.texts.of("import-failure", code));
        match entry {
            Some(entry) => format!("{text} {}", self.texts.of("import-failure-entry", entry)),
            None => text,
        }
    }

    /// «показано 20 из 1000», where not all are.
    pub fn shown_of(&self, shown: usize, all: u64) -> Option<String> {
        let args = [("shown", shown.into()), ("count", all.into())];
        ((shown as u64) < all).then(|| self.texts.with("report-shown-of", &args))
    }

    /// The head of the table that [`rows`](Self::rows) fills.
    pub fn columns(&self) -> ReportRow {
        [
            "report-file",
            "report-line",
            "",
            "report-outcome",
            "report-why",
            "report-count",
        ]
        .map(|key| match key {
            "" => "sourcedId".to_owned(),
            key => self.texts.get(key),
        })
    }

    /// The whole report as a table: of each file first the counts, then every refused row and every remark that is kept, and
    /// how many more there were.
    pub fn rows(&self, report: &Report) -> Vec<ReportRow> {
        report.files.iter().flat_map(|file| self.rows_of(file)).collect()
    }

    fn rows_of(&self, file: &FileReport) -> Vec<ReportRow> {
        let counts = [
            ("report-rows", file.rows),
            ("report-rows-created", file.created),
            ("report-rows-changed", file.changed),
            ("report-rows-kept", file.kept),
            ("report-rows-refused", file.refused),
            ("report-warnings", file.warned),
        ];
        let line = |line: Option<u64>, id: &str, outcome: &str, why: String, count: String| -> ReportRow {
            let line = line.map(|line| line.to_string()).unwrap_or_default();
            let outcome = self.texts.get(outcome);
            [file.name.clone(), line, id.to_owned(), outcome, why, count]
        };
        let mut rows: Vec<ReportRow> = counts
            .into_iter()
            .map(|(key, count)| line(None, "", key, String::new(), count.to_string()))
            .collect();
        if let Some(failure) = &file.failure {
            let why = self.reason(failure);
            rows.push(line(None, "", "report-outcome-failed", why, String::new()));
        }
        rows.extend(file.refusals.iter().map(|row| {
            let id = row.sourced_id.as_deref().unwrap_or_default();
            let why = self.refusal(row);
            line(Some(row.line), id, "report-outcome-refused", why, String::new())
        }));
        rows.extend(file.warnings.iter().map(|odd| {
            let why = self.warning(odd);
            line(odd.line, "", "report-outcome-warning", why, String::new())
        }));
        let listed = (file.refusals.len() + file.warnings.len()) as u64;
        let rest = (file.refused + file.warned).saturating_sub(listed);
        if rest > 0 {
            let key = "report-outcome-rest";
            rows.push(line(None, "", key, String::new(), rest.to_string()));
        }
        rows
    }

    fn in_column(&self, column: Option<&str>, text: String) -> String {
        match column {
            Some(column) => {
                let args = [("column", column.into()), ("what", text.into())];
                self.texts.with("report-in-column", &args)
            }
            None => text,
        }
    }

    /// Says a code with what it names. A code that can say more when it knows what is allowed has a second message for that.
    fn worded(&self, prefix: &str, code: &str, args: &Args) -> String {
        let texts = self.texts;
        let said = |name: &str, value: &str| match name {
            "entity" => texts
                .find(&format!("entity-{value}"), &[])
                .unwrap_or_else(|| value.to_owned()),
            "since" => value
                .parse::<Date>()
                .map_or_else(|_| value.to_owned(), |since| texts.date(since, DateStyle::Full)),
            _ => value.to_owned(),
        };
        let given: Vec<_> = args
            .iter()
            .map(|(name, value)| (name.as_str(), said(name, value).into()))
            .collect();
        let longer = args
            .contains_key("allowed")
            .then(|| texts.find(&format!("{prefix}-{code}-allowed"), &given));
        longer
            .flatten()
            .unwrap_or_else(|| texts.with(&format!("{prefix}-{code}"), &given))
    }
}

#[cfg(test)]
mod tests {
    use ui::{Locale, Translations};

    use super::*;
    use crate::{ReasonCode, WarningCode};

    fn translations() -> Translations {
        Translations::new(MESSAGES).expect("the words are read")
    }

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
            "institution",
            "grades",
            "shift",
            "since",
        ];
        names
            .into_iter()
            .map(|name| (name.to_owned(), "7".to_owned()))
            .collect()
    }

    #[test]
    fn every_code_has_its_words_in_every_language() {
        let translations = translations();
        for locale in Locale::ALL {
            let texts = translations.of(locale);
            for code in ReasonCode::ALL {
                let text = Speech { texts }.reason(&Reason {
                    code: *code,
                    args: all_args(),
                });
                assert!(
                    !text.starts_with("reason-") && !text.contains('{'),
                    "{locale:?} {text}"
                );
            }
            for code in WarningCode::ALL {
                let mut odd = Warning::new(*code);
                odd.args = all_args();
                let text = Speech { texts }.warning(&odd);
                assert!(
                    !text.starts_with("warning-") && !text.contains('{'),
                    "{locale:?} {text}"
                );
            }
        }
    }

    #[test]
    fn a_refusal_names_column_value_and_what_is_allowed() {
        let translations = translations();
        let row = Refusal {
            line: 7,
            sourced_id: None,
            column: Some("role".to_owned()),
            reason: Reason::new(ReasonCode::WordUnknown)
                .with("value", "boss")
                .with("allowed", "student, teacher"),
        };
        assert_eq!(
            Speech {
                texts: translations.of(Locale::Ru)
            }
            .refusal(&row),
            "Столбец role: слово «boss» неизвестно. Можно: student, teacher."
        );
        assert_eq!(
            Speech {
                texts: translations.of(Locale::En)
            }
            .refusal(&row),
            "Column role: the word “boss” is not known. Allowed: student, teacher."
        );
    }

    #[test]
    fn a_failure_of_a_new_kind_still_shows_its_code() {
        let translations = translations();
        let speech = Speech {
            texts: translations.of(Locale::Ru),
        };
        assert!(
            speech
                .failure("from-the-future", None)
                .contains("from-the-future")
        );
        assert!(
            speech
                .failure("archive-unsafe-name", Some("../a.csv"))
                .contains("../a.csv")
        );
    }

    #[test]
    fn bells_that_stay_are_told_of_with_their_day_and_whose_they_are() {
        let translations = translations();
        let speech = Speech {
            texts: translations.of(Locale::Ru),
        };
        let stays = |grades: &str, shift: &str| {
            let warning = Warning::new(WarningCode::RegimeStays).with("institution", "Школа № 7");
            let warning = warning.with("shift", shift).with("since", "2026-11-01");
            speech.warning(&warning.with("grades", grades))
        };
        let text = stays("1–4", "first");
        assert!(
            text.starts_with("Школа № 7: звонки для параллелей 1–4, заданные")
                && text.contains("с 1 ноября 2026"),
            "{text}"
        );
        assert!(stays("none", "second").starts_with("Школа № 7: общие звонки, 2-я смена, заданные"));
    }

    #[test]
    fn a_table_holds_counts_rows_and_how_many_more_there_were() {
        let translations = translations();
        let speech = Speech {
            texts: translations.of(Locale::Ru),
        };
        let mut report = Report::default();
        let file = report.file("bells.csv");
        file.rows = 9;
        file.kept = 4;
        for line in 2..6 {
            file.refuse(Refusal {
                line,
                sourced_id: Some("s1".to_owned()),
                column: None,
                reason: Reason::new(ReasonCode::ValueMissing),
            });
        }
        file.refusals.truncate(3);
        let rows = speech.rows(&report);
        let of = |outcome: &str| -> Vec<&str> {
            let found = rows.iter().filter(|row| row[3] == outcome);
            found.map(|row| row[5].as_str()).collect()
        };
        assert_eq!(of("Без изменений"), ["4"]);
        assert_eq!(of("отклонена").len(), 3);
        assert_eq!(of("ещё, без подробностей"), ["1"]);
        assert!(rows.iter().all(|row| row[0] == "bells.csv"));
        assert_eq!(
            rows[6][1..5],
            ["2", "s1", "отклонена", "значения нет, а оно обязательно."]
        );
    }
}
