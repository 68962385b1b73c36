//! A bundle read into typed rows.

use std::collections::{HashMap, hash_map::Entry};

use jiff::civil::Date;

use crate::{
    Archive, ArchiveError, Columns, Limits,
    archive::ArchiveFile,
    oneroster::{
        AcademicSession, Class, Context, Course, Demographics, Enrollment, FileKind, Located, Manifest, Mode,
        Org, RoleRow, SourcedId, User, UserProfile, UserRole, base::Entity, file_kind::NOT_IMPORTED,
    },
    report::{FileReport, Reason, ReasonCode, Refusal, Report, Warning, WarningCode},
    table::Table,
    timetable::{BellRow, DayOffRow, TimetableRow},
};

/// Why a bundle is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// The archive is refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// There is no manifest, so nothing says what the files are.
    #[error("the bundle has no manifest.csv")]
    ManifestMissing,
    /// The manifest cannot be read.
    #[error("the manifest cannot be read: {}", .0.code.as_str())]
    ManifestUnreadable(Reason),
    /// The version of the standard is not 1.1 or 1.2.
    #[error("OneRoster version \"{0}\" is not known")]
    VersionUnknown(String),
}

impl BundleError {
    /// The stable name of the error, for translations and the API.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Archive(error) => error.code(),
            Self::ManifestMissing => "manifest-missing",
            Self::ManifestUnreadable(_) => "manifest-unreadable",
            Self::VersionUnknown(_) => "version-unknown",
        }
    }
}

/// The rows of a bundle, each checked by itself. See [`Bundle::check`] for what ties them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// What the manifest says.
    pub manifest: Manifest,
    /// Organisations.
    pub orgs: Vec<Located<Org>>,
    /// Years and terms.
    pub sessions: Vec<Located<AcademicSession>>,
    /// Subjects.
    pub courses: Vec<Located<Course>>,
    /// Classes and teaching groups.
    pub classes: Vec<Located<Class>>,
    /// People.
    pub users: Vec<Located<User>>,
    /// Roles of `roles.csv`; see [`Bundle::roles_held`] for those of both versions.
    pub roles: Vec<Located<RoleRow>>,
    /// Who belongs to which class.
    pub enrollments: Vec<Located<Enrollment>>,
    /// Dates of birth.
    pub demographics: Vec<Located<Demographics>>,
    /// Accounts in other systems.
    pub user_profiles: Vec<Located<UserProfile>>,
    /// The weekly timetable.
    pub timetable: Vec<Located<TimetableRow>>,
    /// Bells.
    pub bells: Vec<Located<BellRow>>,
    /// Days off.
    pub days_off: Vec<Located<DayOffRow>>,
}

/// That a person holds a role in an organisation, from whichever file and version it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleHeld<'b> {
    /// The file that says so.
    pub file: FileKind,
    /// Its line.
    pub line: u64,
    /// Whether the row is in use.
    pub active: bool,
    /// Who.
    pub user: &'b SourcedId,
    /// Which role.
    pub role: UserRole,
    /// Where.
    pub org: &'b SourcedId,
    /// The first day.
    pub begin: Option<Date>,
    /// The last day, itself included.
    pub end: Option<Date>,
}

impl Bundle {
    /// Opens an archive and reads every file in it. The report names every oddity and every row that could not be read;
    /// references between rows are not looked at yet.
    ///
    /// # Errors
    /// The bundle as a whole: its archive or its manifest.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Self, Report), BundleError> {
        Self::from_archive(&Archive::open(bytes, limits)?)
    }

    /// The same for an opened archive.
    ///
    /// # Errors
    /// No readable manifest.
    pub fn from_archive(archive: &Archive) -> Result<(Self, Report), BundleError> {
        let mut files = Files::sort(archive);
        let manifest = files.manifest()?;
        files.warn_of_others(archive);
        let bundle = Self {
            orgs: files.rows(&manifest),
            sessions: files.rows(&manifest),
            courses: files.rows(&manifest),
            classes: files.rows(&manifest),
            users: files.rows(&manifest),
            roles: files.rows(&manifest),
            enrollments: files.rows(&manifest),
            demographics: files.rows(&manifest),
            user_profiles: files.rows(&manifest),
            timetable: files.rows(&manifest),
            bells: files.rows(&manifest),
            days_off: files.rows(&manifest),
            manifest,
        };
        Ok((bundle, files.report))
    }

    /// Every role of the bundle: rows of `roles.csv` (1.2) and what `users.csv` says (1.1).
    pub fn roles_held(&self) -> impl Iterator<Item = RoleHeld<'_>> {
        let from_users = self.users.iter().flat_map(|user| {
            user.row.role.into_iter().flat_map(move |role| {
                user.row.orgs.iter().map(move |org| RoleHeld {
                    file: FileKind::Users,
                    line: user.line,
                    active: user.row.base.is_active(),
                    user: &user.row.base.sourced_id,
                    role,
                    org,
                    begin: None,
                    end: None,
                })
            })
        });
        let from_roles = self.roles.iter().map(|role| RoleHeld {
            file: FileKind::Roles,
            line: role.line,
            active: role.row.base.is_active(),
            user: &role.row.user,
            role: role.row.role,
            org: &role.row.org,
            begin: role.row.begin,
            end: role.row.end,
        });
        from_users.chain(from_roles)
    }
}

/// The archive's files by kind, and the report on them.
struct Files<'a> {
    by_kind: HashMap<FileKind, &'a ArchiveFile>,
    report: Report,
}

impl<'a> Files<'a> {
    fn sort(archive: &'a Archive) -> Self {
        let known = archive
            .files
            .iter()
            .filter_map(|file| Some((FileKind::of_name(&file.name)?, file)));
        Self {
            by_kind: known.collect(),
            report: Report::default(),
        }
    }

    fn manifest(&mut self) -> Result<Manifest, BundleError> {
        const COLUMNS: Columns = Columns {
            required: &["propertyName", "value"],
            optional: &[],
            unread: &[],
            secret: &[],
        };
        let file = self
            .by_kind
            .get(&FileKind::Manifest)
            .copied()
            .ok_or(BundleError::ManifestMissing)?;
        let report = self.report.file(FileKind::Manifest.name());
        warn_of_case(FileKind::Manifest, file, report);
        let table = Table::read(&file.bytes, &COLUMNS, report).map_err(BundleError::ManifestUnreadable)?;
        // Its lines are properties of the bundle and no rows to be imported.
        report.rows = 0;
        Manifest::read(&table, report).map_err(|unknown| BundleError::VersionUnknown(unknown.0))
    }

    fn warn_of_others(&mut self, archive: &Archive) {
        for file in archive
            .files
            .iter()
            .filter(|file| FileKind::of_name(&file.name).is_none())
        {
            let of_the_standard = NOT_IMPORTED
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&file.name));
            let code = if of_the_standard {
                WarningCode::FileNotImported
            } else {
                WarningCode::FileUnknown
            };
            self.report
                .file(&crate::report::shortened(&file.name))
                .warn(Warning::new(code));
        }
        for name in &archive.ignored {
            self.report
                .file(name)
                .warn(Warning::new(WarningCode::FileUnknown));
        }
    }

    /// The rows of a kind of file. What cannot be read is in the report.
    fn rows<T: Entity>(&mut self, manifest: &Manifest) -> Vec<Located<T>> {
        let kind = T::FILE;
        let declared = manifest.mode(kind);
        let Some(file) = self.by_kind.get(&kind).copied() else {
            if matches!(declared, Some(Mode::Bulk | Mode::Delta)) {
                self.report.file(kind.name()).failure = Some(Reason::new(ReasonCode::FileMissing));
            }
            return Vec::new();
        };
        let report = self.report.file(kind.name());
        warn_of_case(kind, file, report);
        if declared == Some(Mode::Absent) {
            report.warn(Warning::new(WarningCode::FileUndeclared));
            return Vec::new();
        }
        let context = Context {
            version: manifest.version,
            mode: declared.unwrap_or(Mode::Bulk),
        };
        match Table::read(&file.bytes, &T::columns(manifest.version), report) {
            Ok(table) => read_rows(&table, context, report),
            Err(reason) => {
                report.failure = Some(reason);
                Vec::new()
            }
        }
    }
}

fn read_rows<T: Entity>(table: &Table, context: Context, report: &mut FileReport) -> Vec<Located<T>> {
    let mut first_lines: HashMap<String, u64> = HashMap::with_capacity(table.len());
    let mut rows = Vec::with_capacity(table.len());
    for fields in table.rows() {
        let row = T::read(&fields, context);
        for warning in fields.take_warnings() {
            report.warn(warning);
        }
        match row {
            Err(fault) => report.refuse(fields.refusal(fault)),
            Ok(row) => match first_lines.entry(row.identity().into_owned()) {
                Entry::Occupied(first) => {
                    let reason = Reason::new(ReasonCode::Duplicate).with("firstLine", first.get());
                    report.refuse(refusal(fields.line(), &row, None, reason));
                }
                Entry::Vacant(place) => {
                    place.insert(fields.line());
                    rows.push(Located {
                        line: fields.line(),
                        row,
                    });
                }
            },
        }
    }
    rows
}

/// The refusal of a row that was readable by itself.
pub(crate) fn refusal<T: Entity>(line: u64, row: &T, column: Option<&str>, reason: Reason) -> Refusal {
    let sourced_id = Some(crate::report::shortened(&row.identity()));
    Refusal {
        line,
        sourced_id,
        column: column.map(str::to_owned),
        reason,
    }
}

fn warn_of_case(kind: FileKind, file: &ArchiveFile, report: &mut FileReport) {
    if file.name != kind.name() {
        report.warn(
            Warning::new(WarningCode::FileNameCase)
                .with("name", &file.name)
                .with("expected", kind.name()),
        );
    }
}
