//! The files of a bundle.

/// A kind of file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// Version and modes.
    Manifest,
    /// Organisations.
    Orgs,
    /// Years and terms.
    AcademicSessions,
    /// Subjects.
    Courses,
    /// Classes and teaching groups.
    Classes,
    /// People.
    Users,
    /// Roles (1.2).
    Roles,
    /// Who belongs to which class.
    Enrollments,
    /// Dates of birth.
    Demographics,
    /// Accounts in other systems (1.2).
    UserProfiles,
    /// The weekly timetable: this platform's extension.
    Timetable,
    /// Bells: this platform's extension.
    Bells,
    /// Days off: this platform's extension.
    DaysOff,
}

impl FileKind {
    /// Every kind, in the order in which files are read and reported.
    pub const ALL: [Self; 13] = [
        Self::Manifest,
        Self::Orgs,
        Self::AcademicSessions,
        Self::Courses,
        Self::Classes,
        Self::Users,
        Self::Roles,
        Self::Enrollments,
        Self::Demographics,
        Self::UserProfiles,
        Self::Timetable,
        Self::Bells,
        Self::DaysOff,
    ];

    /// The file's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest.csv",
            Self::Orgs => "orgs.csv",
            Self::AcademicSessions => "academicSessions.csv",
            Self::Courses => "courses.csv",
            Self::Classes => "classes.csv",
            Self::Users => "users.csv",
            Self::Roles => "roles.csv",
            Self::Enrollments => "enrollments.csv",
            Self::Demographics => "demographics.csv",
            Self::UserProfiles => "userProfiles.csv",
            Self::Timetable => "timetable.csv",
            Self::Bells => "bells.csv",
            Self::DaysOff => "daysOff.csv",
        }
    }

    /// The word by which a reference to a row of the file is named in reports.
    pub const fn entity(self) -> &'static str {
        match self {
            Self::Orgs => "org",
            Self::AcademicSessions => "academicSession",
            Self::Courses => "course",
            Self::Classes => "class",
            Self::Users => "user",
            Self::UserProfiles => "userProfile",
            _ => self.stem(),
        }
    }

    /// Whether the file is described here and not by OneRoster, so that manifests need not name it.
    pub const fn is_extension(self) -> bool {
        matches!(self, Self::Timetable | Self::Bells | Self::DaysOff)
    }

    /// The kind of a file by its name without `.csv`, in the standard's spelling.
    pub(crate) fn of_stem(stem: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.stem() == stem)
    }

    /// The kind of a file by its name, whatever its case.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
    }

    const fn stem(self) -> &'static str {
        let (stem, _) = self.name().split_at(self.name().len() - 4);
        stem
    }
}

/// Files of OneRoster that hold nothing this platform imports.
pub(crate) const NOT_IMPORTED: &[&str] = &[
    "categories.csv",
    "classResources.csv",
    "courseResources.csv",
    "lineItemLearningObjectiveIds.csv",
    "lineItemScoreScales.csv",
    "lineItems.csv",
    "resources.csv",
    "resultLearningObjectiveIds.csv",
    "resultScoreScales.csv",
    "results.csv",
    "scoreScales.csv",
    "userResources.csv",
];
