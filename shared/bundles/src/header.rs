//! The header of a table: which column is where, whatever its spelling.

use std::collections::HashMap;

use csv::StringRecord;

use crate::report::{FileReport, Reason, ReasonCode, Warning, WarningCode};

/// The columns that a kind of file has.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// Without these the file means nothing.
    pub required: &'static [&'static str],
    /// These may be left out.
    pub optional: &'static [&'static str],
    /// These are known and not read.
    pub unread: &'static [&'static str],
    /// These are thrown away before anything else sees them.
    pub secret: &'static [&'static str],
}

/// Columns are extended by names that begin so.
const METADATA: &str = "metadata.";

/// Spellings met in real exports, in lower case, and what they mean.
const MISSPELT: &[(&str, &str)] = &[
    ("datalastmodified", "dateLastModified"),
    ("datelastmodify", "dateLastModified"),
    ("lastmodified", "dateLastModified"),
    ("sourceid", "sourcedId"),
    ("sourcedids", "sourcedId"),
    ("prefferedgivenname", "preferredGivenName"),
    ("prefferedmiddlename", "preferredMiddleName"),
    ("prefferedfamilyname", "preferredFamilyName"),
    ("preferedgivenname", "preferredGivenName"),
    ("preferedmiddlename", "preferredMiddleName"),
    ("preferedfamilyname", "preferredFamilyName"),
    ("orgsourceid", "orgSourcedId"),
    ("orgsourceids", "orgSourcedIds"),
    ("usersourceid", "userSourcedId"),
    ("classsourceid", "classSourcedId"),
    ("coursesourceid", "courseSourcedId"),
    ("schoolsourceid", "schoolSourcedId"),
    ("parentsourceid", "parentSourcedId"),
    ("termsourceids", "termSourcedIds"),
    ("termsourcedid", "termSourcedIds"),
    ("agentsourceids", "agentSourcedIds"),
    ("firstname", "givenName"),
    ("lastname", "familyName"),
    ("birthday", "birthDate"),
    ("dateofbirth", "birthDate"),
    ("gender", "sex"),
];

/// Where each column is.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// Known columns by their standard name.
    places: HashMap<&'static str, usize>,
    /// `metadata.*` columns by the rest of their name.
    metadata: Vec<(String, usize)>,
    secrets: Vec<(String, usize)>,
    width: usize,
}

impl Header {
    pub(crate) fn read(
        names: &StringRecord,
        columns: &Columns,
        report: &mut FileReport,
    ) -> Result<Self, Reason> {
        let mut header = Self {
            places: HashMap::new(),
            metadata: Vec::new(),
            secrets: Vec::new(),
            width: names.len(),
        };
        for (place, written) in names.iter().enumerate() {
            header.place(place, written.trim(), columns, report)?;
        }
        let missing: Vec<_> = columns
            .required
            .iter()
            .filter(|name| !header.places.contains_key(*name))
            .copied()
            .collect();
        if missing.is_empty() {
            Ok(header)
        } else {
            Err(Reason::new(ReasonCode::ColumnsMissing).with("columns", missing.join(", ")))
        }
    }

    fn place(
        &mut self,
        place: usize,
        written: &str,
        columns: &Columns,
        report: &mut FileReport,
    ) -> Result<(), Reason> {
        let twice = || Reason::new(ReasonCode::ColumnTwice).with("column", written);
        if written.is_empty() {
            report.warn(Warning::new(WarningCode::ColumnUnnamed).with("place", place + 1));
            return Ok(());
        }
        if columns
            .secret
            .iter()
            .any(|name| name.eq_ignore_ascii_case(written))
        {
            self.secrets.push((written.to_owned(), place));
            return Ok(());
        }
        if let Some(key) = metadata_key(written) {
            if self
                .metadata
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(key))
            {
                return Err(twice());
            }
            self.metadata.push((key.to_owned(), place));
            return Ok(());
        }
        let known = || columns.required.iter().chain(columns.optional).copied();
        let exact = known().find(|name| name.eq_ignore_ascii_case(written));
        let meant = || {
            let (_, meant) = MISSPELT
                .iter()
                .find(|(wrong, _)| wrong.eq_ignore_ascii_case(written))?;
            known().find(|name| name == meant)
        };
        if let Some(name) = exact {
            if self.places.insert(name, place).is_some() {
                return Err(twice());
            }
        } else if let Some(name) = meant() {
            report.warn(
                Warning::new(WarningCode::ColumnMisspelt)
                    .column(written)
                    .with("expected", name),
            );
            if self.places.insert(name, place).is_some() {
                return Err(twice());
            }
        } else if !columns
            .unread
            .iter()
            .any(|name| name.eq_ignore_ascii_case(written))
        {
            self.warn_unknown(written, columns, report);
        }
        Ok(())
    }

    /// A misspelt name of a column that would not have been read anyway is still named as what it is.
    fn warn_unknown(&self, written: &str, columns: &Columns, report: &mut FileReport) {
        let meant = MISSPELT
            .iter()
            .find(|(wrong, meant)| wrong.eq_ignore_ascii_case(written) && columns.unread.contains(meant));
        let warning = match meant {
            Some((_, meant)) => Warning::new(WarningCode::ColumnMisspelt).with("expected", meant),
            None => Warning::new(WarningCode::ColumnUnknown),
        };
        report.warn(warning.column(written));
    }

    /// The cell under a known column, trimmed; `None` when the column or the cell is not there or is empty.
    pub(crate) fn cell<'r>(&self, record: &'r StringRecord, column: &str) -> Option<&'r str> {
        let cell = record.get(*self.places.get(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The filled cells under `metadata.*` columns.
    pub(crate) fn metadata<'h, 'r>(
        &'h self,
        record: &'r StringRecord,
    ) -> impl Iterator<Item = (&'h str, &'r str)> {
        self.metadata.iter().filter_map(|(key, place)| {
            let cell = record.get(*place)?.trim();
            (!cell.is_empty()).then_some((key.as_str(), cell))
        })
    }

    /// A row with filled cells beyond the header: an unquoted separator has shifted its values.
    pub(crate) fn overflow(&self, record: &StringRecord) -> Option<Reason> {
        let beyond = record.iter().skip(self.width).any(|cell| !cell.trim().is_empty());
        beyond.then(|| {
            Reason::new(ReasonCode::CellsTooMany)
                .with("cells", record.len())
                .with("columns", self.width)
        })
    }

    pub(crate) fn has_secret(&self, record: &StringRecord) -> bool {
        self.secrets
            .iter()
            .any(|(_, place)| record.get(*place).is_some_and(|cell| !cell.trim().is_empty()))
    }

    pub(crate) fn secret_name(&self) -> Option<&str> {
        self.secrets.first().map(|(name, _)| name.as_str())
    }

    pub(crate) fn without_secrets(&self, record: &StringRecord) -> StringRecord {
        if !self.has_secret(record) {
            return record.clone();
        }
        let secret = |place| self.secrets.iter().any(|(_, other)| *other == place);
        record
            .iter()
            .enumerate()
            .map(|(place, cell)| if secret(place) { "" } else { cell })
            .collect()
    }
}

fn metadata_key(written: &str) -> Option<&str> {
    let (prefix, key) = written.split_at_checked(METADATA.len())?;
    (prefix.eq_ignore_ascii_case(METADATA) && !key.is_empty()).then_some(key)
}
