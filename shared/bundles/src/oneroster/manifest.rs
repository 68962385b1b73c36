//! `manifest.csv`: the version of the standard and how each file is to be taken.

use crate::{
    fields::Word,
    oneroster::FileKind,
    report::{FileReport, Warning, WarningCode},
    table::Table,
};

/// The version of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// OneRoster 1.1.
    V1p1,
    /// OneRoster 1.2.
    V1p2,
}

impl Word for Version {
    const WORDS: &'static [(&'static str, Self)] = &[("1.1", Self::V1p1), ("1.2", Self::V1p2)];
}

/// How a file is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It holds the whole set.
    Bulk,
    /// It holds what changed.
    Delta,
    /// It is not there.
    Absent,
}

impl Word for Mode {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("bulk", Self::Bulk),
        ("delta", Self::Delta),
        ("absent", Self::Absent),
    ];
}

/// What the manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The version of the standard.
    pub version: Version,
    /// The system that made the bundle.
    pub system_name: Option<String>,
    modes: Vec<(FileKind, Option<Mode>)>,
}

/// The version that the manifest gives is unknown: this is what it gives.
pub(crate) struct UnknownVersion(pub(crate) String);

impl Manifest {
    /// How a file is to be taken; `None` when the manifest leaves it open.
    pub fn mode(&self, file: FileKind) -> Option<Mode> {
        self.modes
            .iter()
            .find(|(kind, _)| *kind == file)
            .and_then(|(_, mode)| *mode)
    }

    pub(crate) fn read(table: &Table, report: &mut FileReport) -> Result<Self, UnknownVersion> {
        let mut version = None;
        let mut found = String::new();
        let mut manifest = Self {
            version: Version::V1p2,
            system_name: None,
            modes: Vec::new(),
        };
        for fields in table.rows() {
            let name = fields.optional("propertyName").unwrap_or("");
            let value = fields.optional("value");
            match name {
                "oneroster.version" => {
                    found = value.unwrap_or("").to_owned();
                    // Some exporters write the full number of the specification.
                    version = Version::read(found.strip_suffix(".0").unwrap_or(&found));
                }
                "source.systemName" => {
                    manifest.system_name = value.filter(|name| *name != "absent").map(str::to_owned)
                }
                _ => {
                    if let Some(kind) = name.strip_prefix("file.").and_then(FileKind::of_stem) {
                        let mode = read_mode(name, value, fields.line(), report);
                        manifest.modes.push((kind, mode));
                    }
                }
            }
        }
        manifest.version = version.ok_or(UnknownVersion(found))?;
        Ok(manifest)
    }
}

fn read_mode(property: &str, value: Option<&str>, line: u64, report: &mut FileReport) -> Option<Mode> {
    let Some(value) = value else {
        report.warn(
            Warning::new(WarningCode::ManifestValueEmpty)
                .at(line)
                .with("property", property),
        );
        return None;
    };
    let mode = Mode::read(value);
    if mode.is_none() {
        let warning = Warning::new(WarningCode::ManifestValueUnknown).at(line);
        report.warn(warning.with("property", property).with("value", value));
    }
    mode
}
