//! The rows of a bundle that the schedules import.

use bundles::{
    Archive, Bundle, BundleError, Limits, Report,
    oneroster::{FileKind, Located, Mode},
    timetable::{BellRow, DayOffRow, TimetableRow},
};

/// The files; the manifest says how they are to be taken.
const FILES: [FileKind; 4] = [
    FileKind::Manifest,
    FileKind::Timetable,
    FileKind::Bells,
    FileKind::DaysOff,
];

/// What the schedules read of a bundle.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) timetable: Vec<Located<TimetableRow>>,
    pub(crate) bells: Vec<Located<BellRow>>,
    pub(crate) days_off: Vec<Located<DayOffRow>>,
    /// Whether the timetable only adds to and changes what is known.
    pub(crate) is_delta: bool,
    /// What could not be read.
    pub(crate) report: Report,
}

impl Rows {
    /// Reads the rows; all other files of the bundle stay packed in their text.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, BundleError> {
        let mut archive = Archive::open(bytes, &Limits::default())?;
        let is_ours = |name: &str| FILES.iter().any(|kind| kind.name().eq_ignore_ascii_case(name));
        archive.files.retain(|file| is_ours(&file.name));
        archive.ignored.clear();
        let (bundle, mut report) = Bundle::from_archive(&archive)?;
        // The registry reports on the other files; here they only seem to be missing.
        report
            .files
            .retain(|file| FILES[1..].iter().any(|kind| kind.name() == file.name));
        Ok(Self {
            is_delta: bundle.manifest.mode(FileKind::Timetable) == Some(Mode::Delta),
            timetable: bundle.timetable,
            bells: bundle.bells,
            days_off: bundle.days_off,
            report,
        })
    }

    /// Whether the file was read without a refused row.
    pub(crate) fn is_whole(&self, kind: FileKind) -> bool {
        self.report
            .find(kind.name())
            .is_none_or(|file| file.refused == 0 && file.failure.is_none())
    }
}
