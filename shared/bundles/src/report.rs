//! What became of every row of a bundle: the import report.
//!
//! Totals are exact; the lists of refused rows and of warnings are capped, since a bundle with a wrong separator has as many
//! wrong rows as it has rows. Reasons are codes with arguments: the page words them in the reader's language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Values that a reason or a warning names, keyed as the translation's placeables are.
pub type Args = BTreeMap<String, String>;

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[doc = $doc])+ #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every code, for the test that each has its translation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name by which the API and the translations know the code.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

codes! {
    /// Why a row, or a whole file, is refused.
    ReasonCode {
        /// A required value is empty.
        ValueMissing = "value-missing",
        /// Not a date `YYYY-MM-DD` (`value`).
        DateInvalid = "date-invalid",
        /// Not a time `HH:MM` (`value`).
        TimeInvalid = "time-invalid",
        /// Not a number in the allowed range (`value`, `from`, `to`).
        NumberInvalid = "number-invalid",
        /// Not one of the words the column knows (`value`, `allowed`).
        WordUnknown = "word-unknown",
        /// Longer than allowed or with control characters (`longest`).
        TextInvalid = "text-invalid",
        /// The end is before the beginning (`begin`, `end`).
        DatesReversed = "dates-reversed",
        /// The row has more cells than the header has columns: values may have shifted (`cells`, `columns`).
        CellsTooMany = "cells-too-many",
        /// The row cannot be read as CSV at all (`detail`).
        RowUnreadable = "row-unreadable",
        /// The sourcedId was already met in this file (`firstLine`).
        Duplicate = "duplicate",
        /// The thing it refers to is neither in the bundle nor known (`entity`, `id`).
        ReferenceMissing = "reference-missing",
        /// The thing it refers to is in the bundle and was refused itself (`entity`, `id`).
        ReferenceRefused = "reference-refused",
        /// The type of organisation has no place in the registry (`value`).
        KindUnsupported = "kind-unsupported",
        /// A СНИЛС with a wrong checksum or length. The value is not repeated: it is personal.
        SnilsInvalid = "snils-invalid",
        /// Another person of the region has this СНИЛС. The value is not repeated.
        SnilsTaken = "snils-taken",
        /// The person signs in with an account already; an import does not change by what the account was matched.
        AccountTied = "account-tied",
        /// The object belongs to another institution than the importer may change.
        OutOfScope = "out-of-scope",
        /// Somebody changed the object during the import; a repeated import settles it.
        ChangedMeanwhile = "changed-meanwhile",
        /// Required columns are not there (`columns`). Refuses the file.
        ColumnsMissing = "columns-missing",
        /// Two columns have one name (`column`). Refuses the file.
        ColumnTwice = "column-twice",
        /// The file is empty: not even a header. Refuses the file.
        FileEmpty = "file-empty",
        /// The file is not text. Refuses the file.
        FileNotText = "file-not-text",
        /// The manifest declares the file and it is not there.
        FileMissing = "file-missing",
    }
}

codes! {
    /// What was odd and yet could be read.
    WarningCode {
        /// The file's name is spelt in another case (`expected`).
        FileNameCase = "file-name-case",
        /// The manifest says the file is absent, so it was not read.
        FileUndeclared = "file-undeclared",
        /// The file is of no known kind and was not read.
        FileUnknown = "file-unknown",
        /// The file is part of OneRoster, but not of what is imported.
        FileNotImported = "file-not-imported",
        /// A property of the manifest has no value; the file is read if it is there (`property`).
        ManifestValueEmpty = "manifest-value-empty",
        /// A property of the manifest is of no known kind (`property`, `value`).
        ManifestValueUnknown = "manifest-value-unknown",
        /// The file is in Windows-1251.
        EncodingWindows1251 = "encoding-windows-1251",
        /// The column's name is misspelt and was understood (`expected`).
        ColumnMisspelt = "column-misspelt",
        /// The column is of no known name and was not read.
        ColumnUnknown = "column-unknown",
        /// The header has a column without a name; it was not read.
        ColumnUnnamed = "column-unnamed",
        /// The column holds passwords: they were thrown away unread (`rows`).
        PasswordsIgnored = "passwords-ignored",
        /// The value was left out, the row is kept: it is not a date (`value`).
        DateLeftOut = "date-left-out",
        /// The reference was left out, the row is kept: what it names is not there (`entity`, `id`).
        ReferenceLeftOut = "reference-left-out",
        /// The value was left out, the row is kept: the word is of no known kind (`value`).
        WordLeftOut = "word-left-out",
        /// Bells that people set from a date on go before the imported ones (`institution`, `shift`: `first` or `second`,
        /// `grades`: `none` for the general bells, `since`).
        RegimeStays = "regime-stays",
    }
}

/// A reason with what it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The code.
    pub code: ReasonCode,
    /// What the wording needs.
    #[serde(default, skip_serializing_if = "Args::is_empty")]
    pub args: Args,
}

impl Reason {
    /// A reason that names nothing.
    pub const fn new(code: ReasonCode) -> Self {
        Self {
            code,
            args: Args::new(),
        }
    }

    /// Adds a value, shortened to what a line of a report holds.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), shortened(&value.to_string()));
        self
    }
}

/// A row that was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Line of the file on which the row begins, 1 being the header.
    pub line: u64,
    /// The row's sourcedId, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sourced_id: Option<String>,
    /// The column at fault, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
}

/// Something odd that did not stop the import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The code.
    pub code: WarningCode,
    /// Line of the file, where the matter has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column as the file spells it, where the matter has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the wording needs.
    #[serde(default, skip_serializing_if = "Args::is_empty")]
    pub args: Args,
}

impl Warning {
    /// A warning about the file as a whole.
    pub const fn new(code: WarningCode) -> Self {
        Self {
            code,
            line: None,
            column: None,
            args: Args::new(),
        }
    }

    /// Names the line.
    #[must_use]
    pub const fn at(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Names the column.
    #[must_use]
    pub fn column(mut self, column: &str) -> Self {
        self.column = Some(shortened(column));
        self
    }

    /// Adds a value, shortened to what a line of a report holds.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), shortened(&value.to_string()));
        self
    }
}

/// What became of a row that was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was new.
    Created,
    /// It was known and differed.
    Changed,
    /// It was known and the same; nothing was written.
    Kept,
}

/// What became of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file's name in its standard spelling.
    pub name: String,
    /// Rows in the file.
    pub rows: u64,
    /// Rows that made something new.
    pub created: u64,
    /// Rows that changed something.
    pub changed: u64,
    /// Rows that were already so.
    pub kept: u64,
    /// Rows that were not imported: exact, also beyond the list.
    pub refused: u64,
    /// Why the file as a whole was not imported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Reason>,
    /// The first refused rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<Refusal>,
    /// Warnings: exact, also beyond the list.
    #[serde(default)]
    pub warned: u64,
    /// The first warnings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

impl FileReport {
    /// Counts an imported row.
    pub const fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Kept => self.kept += 1,
        }
    }

    /// Counts a refused row and lists it while there is room.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.refused += 1;
        if self.refusals.len() < Report::LISTED_REFUSALS {
            self.refusals.push(refusal);
        }
    }

    /// Counts a warning and lists it while there is room.
    pub fn warn(&mut self, warning: Warning) {
        self.warned += 1;
        if self.warnings.len() < Report::LISTED_WARNINGS {
            self.warnings.push(warning);
        }
    }

    fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.created += other.created;
        self.changed += other.changed;
        self.kept += other.kept;
        self.refused += other.refused;
        self.warned += other.warned;
        self.failure = self.failure.take().or(other.failure);
        self.refusals.extend(other.refusals);
        self.refusals.truncate(Report::LISTED_REFUSALS);
        self.warnings.extend(other.warnings);
        self.warnings.truncate(Report::LISTED_WARNINGS);
    }
}

/// What became of a bundle, file by file in the order in which they were met.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The files.
    pub files: Vec<FileReport>,
}

/// Sums over all files of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows read.
    pub rows: u64,
    /// Rows that made something new.
    pub created: u64,
    /// Rows that changed something.
    pub changed: u64,
    /// Rows that were already so.
    pub kept: u64,
    /// Rows that were not imported.
    pub refused: u64,
    /// Warnings.
    pub warned: u64,
}

impl Report {
    /// Refused rows listed for one file.
    pub const LISTED_REFUSALS: usize = 1_000;
    /// Warnings listed for one file.
    pub const LISTED_WARNINGS: usize = 200;

    /// The file's part of the report, made when it is not there yet.
    pub fn file(&mut self, name: &str) -> &mut FileReport {
        let place = self
            .files
            .iter()
            .position(|file| file.name == name)
            .unwrap_or_else(|| {
                self.files.push(FileReport {
                    name: name.to_owned(),
                    ..FileReport::default()
                });
                self.files.len() - 1
            });
        &mut self.files[place]
    }

    /// The file's part of the report, if there is one.
    pub fn find(&self, name: &str) -> Option<&FileReport> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Adds another report to this one: sums add up, lists go on until they are full.
    pub fn merge(&mut self, other: Self) {
        for file in other.files {
            let name = file.name.clone();
            self.file(&name).merge(file);
        }
    }

    /// The files of which there is more to say than counts.
    pub fn with_remarks(&self) -> impl Iterator<Item = &FileReport> {
        let has_remarks = |file: &&FileReport| file.failure.is_some() || file.refused > 0 || file.warned > 0;
        self.files.iter().filter(has_remarks)
    }

    /// Leaves of each file's lists what stands before `most`. Counts stay exact.
    pub fn cut(&mut self, most: usize) {
        for file in &mut self.files {
            file.refusals.truncate(most);
            file.warnings.truncate(most);
        }
    }

    /// Sums over all files.
    pub fn totals(&self) -> Totals {
        self.files.iter().fold(Totals::default(), |sum, file| Totals {
            rows: sum.rows + file.rows,
            created: sum.created + file.created,
            changed: sum.changed + file.changed,
            kept: sum.kept + file.kept,
            refused: sum.refused + file.refused,
            warned: sum.warned + file.warned,
        })
    }
}

/// A value as a report shows it: one line, at most 80 characters.
pub(crate) fn shortened(value: &str) -> String {
    const LONGEST: usize = 80;
    let mut text: String = value
        .chars()
        .map(|symbol| if symbol.is_control() { ' ' } else { symbol })
        .take(LONGEST)
        .collect();
    if value.chars().nth(LONGEST).is_some() {
        text.push('…');
    }
    text
}
