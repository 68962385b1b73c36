//! The course of an import.

use bundles::{Archive, Bundle, BundleError, ImportMessage, Limits, Report, oneroster::FileKind};
use jiff::tz::TimeZone;
use model::ImportId;
use store::{StoreError, Table};
use web::Clock;

use super::{
    apply::apply,
    change::Unit,
    known::Place,
    plan::{self, Circumstances},
    store::RecordStore,
};
use crate::{
    import_item::{Import, Progress},
    store::ImportStore,
};

/// Progress is noted each time so many units are done: often enough to be seen, seldom enough to cost nothing.
const NOTED_EACH: u64 = 1_000;

/// How often a bundle is compared anew when somebody else has changed what only shows its rows.
const ATTEMPTS: u32 = 3;

/// Carries out imports.
#[derive(Debug, Clone)]
pub struct Importer {
    imports: ImportStore,
    records: RecordStore,
    clock: Clock,
    hash_key: Vec<u8>,
}

impl Importer {
    /// An importer into the registry table; `hash_key` is the key of the hash of СНИЛС.
    pub fn new(table: Table, clock: Clock, hash_key: Vec<u8>) -> Self {
        Self {
            imports: ImportStore::new(table.clone()),
            records: RecordStore::new(table),
            clock,
            hash_key,
        }
    }

    /// Carries out an import: the bundle is read, compared and written, and the report kept. Doing it again changes nothing;
    /// an import that has ended is given as it ended. A bundle that cannot be read at all is no error: the import says so.
    /// `None`: nobody has recorded such an import.
    ///
    /// # Errors
    /// The database failed: the message has to come again.
    pub async fn carry_out(
        &self,
        message: &ImportMessage,
        bytes: &[u8],
    ) -> Result<Option<Import>, StoreError> {
        let id = message.import;
        if !self.begin(id).await? {
            return self.find(id).await;
        }
        match read(bytes) {
            Ok((mut bundle, mut report)) => {
                let mut attempt = 1;
                loop {
                    match self.import(message, &mut bundle, &mut report).await {
                        Err(StoreError::Conflict(_)) if attempt < ATTEMPTS => attempt += 1,
                        done => break done?,
                    }
                }
                self.settled(self.imports.finish(id, &report, self.clock.now()).await)?;
            }
            Err(error) => {
                let entry = match &error {
                    BundleError::Archive(error) => error.entry(),
                    _ => None,
                };
                self.settled(self.imports.fail(id, error.code(), entry, self.clock.now()).await)?;
            }
        }
        self.find(id).await
    }

    /// Ends an import whose bundle cannot be had.
    ///
    /// # Errors
    /// The database failed.
    pub async fn give_up(&self, message: &ImportMessage, code: &str) -> Result<Option<Import>, StoreError> {
        let id = message.import;
        if self.begin(id).await? {
            self.settled(self.imports.fail(id, code, None, self.clock.now()).await)?;
        }
        self.find(id).await
    }

    /// Takes the import up; says whether there is anything to do.
    async fn begin(&self, import: ImportId) -> Result<bool, StoreError> {
        match self.imports.begin(import, self.clock.now()).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn find(&self, import: ImportId) -> Result<Option<Import>, StoreError> {
        Ok(self.imports.find(import).await?.map(|stored| stored.record))
    }

    /// The same import, done twice at once, may have ended already: then it has ended.
    fn settled(&self, end: Result<(), StoreError>) -> Result<(), StoreError> {
        match end {
            Err(StoreError::Conflict(_)) => Ok(()),
            other => other,
        }
    }

    async fn import(
        &self,
        message: &ImportMessage,
        bundle: &mut Bundle,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let place = Place {
            region: message.region,
            code: message.region_code.clone(),
        };
        let today = self.clock.today(&TimeZone::UTC);
        let circumstances = Circumstances {
            place: &place,
            hash_key: &self.hash_key,
            today,
        };
        let (steps, mut tally) = plan::plan(&self.records, bundle, &circumstances, report).await?;
        let rows = report.totals().rows;
        let writing = |units: &Vec<Unit>| units.iter().filter(|unit| !unit.writes.is_empty()).count() as u64;
        let planned: u64 = steps.iter().map(writing).sum();
        let mut written = 0;
        self.note(message.import, rows, planned, written).await?;
        for units in steps {
            apply(&self.records, units, &mut tally, async |done| {
                let noted = written / NOTED_EACH;
                written += done;
                if written / NOTED_EACH > noted {
                    return self.note(message.import, rows, planned, written).await;
                }
                Ok(())
            })
            .await?;
        }
        tally.count(report);
        self.note(message.import, rows, planned, planned).await
    }

    /// Notes how far the import is. People count rows and not writes, so the part of the writes is given in rows.
    async fn note(&self, import: ImportId, rows: u64, planned: u64, written: u64) -> Result<(), StoreError> {
        let done = (rows * written).checked_div(planned).unwrap_or(rows);
        self.settled(
            self.imports
                .advance(import, Progress { done, total: rows }, self.clock.now())
                .await,
        )
    }
}

/// The rows of OneRoster's own files; the schedules read the others and report on them.
fn read(bytes: &[u8]) -> Result<(Bundle, Report), BundleError> {
    let mut archive = Archive::open(bytes, &Limits::default())?;
    let of_schedules = |name: &str| {
        FileKind::ALL
            .iter()
            .any(|kind| kind.is_extension() && kind.name().eq_ignore_ascii_case(name))
    };
    archive.files.retain(|file| !of_schedules(&file.name));
    let (bundle, mut report) = Bundle::from_archive(&archive)?;
    report.files.retain(|file| !of_schedules(&file.name));
    Ok((bundle, report))
}
