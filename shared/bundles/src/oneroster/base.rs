//! What every OneRoster row has.

use std::{borrow::Cow, fmt};

use jiff::Timestamp;

use crate::{
    fields::{Fault, Fields, Word},
    oneroster::manifest::{Mode, Version},
    report::{Reason, ReasonCode},
};

/// The source system's own id of a thing. It is opaque: 1 to 255 characters (at most 900 bytes) without control
/// characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourcedId(String);

impl SourcedId {
    /// The longest id that the standard allows, in characters.
    pub const LONGEST: usize = 255;
    /// The longest id that the keys of a table can hold, in bytes; Cyrillic ids of the full length fit.
    const MOST_BYTES: usize = 900;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn read(column: &'static str, text: &str) -> Result<Self, Fault> {
        let fits = text.chars().count() <= Self::LONGEST && text.len() <= Self::MOST_BYTES;
        if fits && !text.contains(char::is_control) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Fault::new(
                column,
                Reason::new(ReasonCode::TextInvalid).with("longest", Self::LONGEST),
            ))
        }
    }
}

impl fmt::Display for SourcedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a thing is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In use.
    Active,
    /// Out of use, kept (1.1 only).
    Inactive,
    /// To be taken out of use.
    ToBeDeleted,
}

impl Word for Status {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("active", Self::Active),
        ("inactive", Self::Inactive),
        ("tobedeleted", Self::ToBeDeleted),
    ];
}

/// The filled `metadata.*` columns of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata(Vec<(String, String)>);

impl Metadata {
    /// The value under a name, whatever the case of the column's name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The parts of a list under a name.
    pub fn list(&self, name: &str) -> Vec<&str> {
        crate::fields::split_list(self.get(name).unwrap_or(""))
    }
}

/// What every row has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The source's id.
    pub sourced_id: SourcedId,
    /// Whether it is in use; a row without a status is.
    pub status: Status,
    /// When the source changed it last, where it says so readably.
    pub modified: Option<Timestamp>,
    /// The extension columns.
    pub metadata: Metadata,
}

impl Base {
    /// Whether the thing is in use.
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }

    pub(crate) fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault> {
        let sourced_id = SourcedId::read("sourcedId", fields.required("sourcedId")?)?;
        let status = fields.word("status")?.unwrap_or(Status::Active);
        // In a delta the moment says which of two states is newer; in a bulk file it is a remark.
        let modified = match context.mode {
            Mode::Delta => fields.moment("dateLastModified")?,
            Mode::Bulk | Mode::Absent => fields.moment_if_readable("dateLastModified"),
        };
        let metadata = fields
            .metadata()
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        Ok(Self {
            sourced_id,
            status,
            modified,
            metadata: Metadata(metadata),
        })
    }
}

/// What a row's reading depends on besides its cells.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The standard's version.
    pub version: Version,
    /// How the file is to be taken.
    pub mode: Mode,
}

/// A row that has been read, with its place in the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The line on which the row begins, 1 being the header.
    pub line: u64,
    /// The row.
    pub row: T,
}

/// A kind of row: which file holds it, with which columns, and how it is read.
pub(crate) trait Entity: Sized {
    /// The file.
    const FILE: super::FileKind;

    /// The columns in a version of the standard.
    fn columns(version: Version) -> crate::Columns;

    /// Reads a row.
    fn read(fields: &Fields<'_>, context: Context) -> Result<Self, Fault>;

    /// What makes the row one of its kind: no second row of the file may have the same.
    fn identity(&self) -> Cow<'_, str>;
}

/// An id under a column, if the cell is filled.
pub(crate) fn id(fields: &Fields<'_>, column: &'static str) -> Result<Option<SourcedId>, Fault> {
    fields
        .optional(column)
        .map(|text| SourcedId::read(column, text))
        .transpose()
}

/// An id that must be there.
pub(crate) fn required_id(fields: &Fields<'_>, column: &'static str) -> Result<SourcedId, Fault> {
    SourcedId::read(column, fields.required(column)?)
}

/// A list of ids.
pub(crate) fn ids(fields: &Fields<'_>, column: &'static str) -> Result<Vec<SourcedId>, Fault> {
    fields
        .list(column)
        .into_iter()
        .map(|text| SourcedId::read(column, text))
        .collect()
}

/// A list of ids under a `metadata.*` column.
pub(crate) fn metadata_ids(base: &Base, column: &'static str, name: &str) -> Result<Vec<SourcedId>, Fault> {
    base.metadata
        .list(name)
        .into_iter()
        .map(|text| SourcedId::read(column, text))
        .collect()
}
