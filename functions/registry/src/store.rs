//! Imports and regions in the registry table. Bundles and the queue of the jobs have stores of their own below.

pub(crate) mod queue;
pub(crate) mod uploads;

use ::store::{Index, Query, StoreError, Stored, Table, Write};
use bundles::Report;
use jiff::Timestamp;
use model::{ImportId, InstitutionKind, RegionId};
use rosters::{Institution, Region};

use crate::import_item::{Import, ImportState, Progress, ReportPart, partition};

/// Imports: what the pages ask for, and the steps that the jobs record.
#[derive(Debug, Clone)]
pub struct ImportStore {
    table: Table,
}

impl ImportStore {
    /// The imports in the registry table.
    pub const fn new(table: Table) -> Self {
        Self { table }
    }

    /// Keeps a new import, or gives the one that has its id already.
    pub async fn create(&self, import: Import) -> Result<Stored<Import>, StoreError> {
        let stored = Stored::new(import);
        match self.table.write(vec![Write::create(&stored)?]).await {
            Ok(()) => Ok(stored),
            Err(StoreError::Conflict(failed)) => self
                .find(stored.record.import)
                .await?
                .ok_or(StoreError::Conflict(failed)),
            Err(error) => Err(error),
        }
    }

    /// An import as last written.
    pub async fn find(&self, import: ImportId) -> Result<Option<Stored<Import>>, StoreError> {
        self.table.get_latest(&Import::key_of(import)).await
    }

    /// An import with as much of its report as is complete.
    pub async fn with_report(&self, import: ImportId) -> Result<Option<(Import, Report)>, StoreError> {
        let query = Query::partition(Index::Table, partition(import)).consistent();
        let (mut found, mut parts) = (None, Vec::new());
        for item in self.table.query_untyped(&query).await? {
            if let Some(import) = item.as_record::<Import>() {
                found = Some(import?);
            } else if let Some(part) = item.as_record::<ReportPart>() {
                parts.push(part?);
            }
        }
        Ok(found.map(|import| {
            parts.retain(|part| part.part < import.parts);
            (import, ReportPart::merge(parts))
        }))
    }

    /// The imports of a region, the last first, up to `limit`.
    pub async fn of_region(&self, region: RegionId, limit: i32) -> Result<Vec<Import>, StoreError> {
        let (pk, prefix) = Import::list_of(region);
        let query = Query::partition(Index::First, pk)
            .starting_with(prefix)
            .newest_first()
            .at_most(limit);
        Ok(self
            .table
            .query::<Stored<Import>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }

    /// Puts an import into another state, if nobody has changed it since it was read.
    pub async fn put_into(
        &self,
        import: &Stored<Import>,
        state: ImportState,
        now: Timestamp,
    ) -> Result<Stored<Import>, StoreError> {
        let mut record = import.record.clone();
        record.state = state;
        record.touched_at = now;
        let next = Stored::following(record, import.version);
        self.table
            .write(vec![Write::replace(&next, import.version)?])
            .await?;
        Ok(next)
    }

    /// The jobs take an import up, or take it up again after an attempt that ended in the middle.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it is finished or was never started.
    pub async fn begin(&self, import: ImportId, now: Timestamp) -> Result<(), StoreError> {
        let write = Write::update_if(
            Import::key_of(import),
            "SET #state = :running, touched_at = :now ADD version :one",
            "#state IN (:queued, :running)",
        )
        .typed_value(":queued", &ImportState::Queued)?;
        self.step(write, now).await
    }

    /// The jobs say how far they are.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the import is not running.
    pub async fn advance(
        &self,
        import: ImportId,
        progress: Progress,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let write = Write::update_if(
            Import::key_of(import),
            "SET progress = :progress, touched_at = :now ADD version :one",
            "#state = :running",
        )
        .typed_value(":progress", &progress)?;
        self.step(write, now).await
    }

    /// The jobs are done: the parts of the report first, the import last, so that a report is read whole or not at all.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the import is not running.
    pub async fn finish(&self, import: ImportId, report: &Report, now: Timestamp) -> Result<(), StoreError> {
        let parts = self.keep_parts(import, report).await?;
        let write = Write::update_if(
            Import::key_of(import),
            "SET #state = :done, totals = :totals, parts = :parts, finished_at = :now, touched_at = :now \
             ADD version :one",
            "#state = :running",
        )
        .typed_value(":done", &ImportState::Done)?
        .typed_value(":totals", &report.totals())?
        .typed_value(":parts", &parts)?;
        self.step(write, now).await
    }

    /// The jobs refuse the bundle as a whole: nothing of it was imported. `entry` is the archive's entry at fault.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the import is not running.
    pub async fn fail(
        &self,
        import: ImportId,
        code: &str,
        entry: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let write = Write::update_if(
            Import::key_of(import),
            "SET #state = :failed, failure = :failure, failed_entry = :entry, finished_at = :now, touched_at = :now \
             ADD version :one",
            "#state = :running",
        )
        .typed_value(":failed", &ImportState::Failed)?
        .typed_value(":failure", &code)?
        .typed_value(":entry", &entry)?;
        self.step(write, now).await
    }

    async fn step(&self, write: Write, now: Timestamp) -> Result<(), StoreError> {
        let write = write
            .name("#state", "state")
            .typed_value(":running", &ImportState::Running)?
            .typed_value(":now", &now)?
            .typed_value(":one", &1)?;
        self.table.write(vec![write]).await
    }

    async fn keep_parts(&self, import: ImportId, report: &Report) -> Result<u16, StoreError> {
        let parts = ReportPart::of(import, report);
        let count = u16::try_from(parts.len()).map_err(StoreError::malformed)?;
        for part in parts {
            // An attempt that ended here before has left the same part.
            let write = Write::put_if(
                &Stored::new(part),
                "attribute_not_exists(pk) OR #import = :import",
            )?
            .name("#import", "import")
            .typed_value(":import", &import)?;
            self.table.write(vec![write]).await?;
        }
        Ok(count)
    }
}

/// Regions and lists of their institutions.
#[derive(Debug, Clone)]
pub(crate) struct RegionStore {
    table: Table,
}

impl RegionStore {
    pub(crate) const fn new(table: Table) -> Self {
        Self { table }
    }

    /// Keeps a new region, or gives the one that has its id already: whether it is new, and what stands.
    pub(crate) async fn create(&self, region: Region) -> Result<(bool, Region), StoreError> {
        match self
            .table
            .write(vec![Write::create(&Stored::new(region.clone()))?])
            .await
        {
            Ok(()) => Ok((true, region)),
            Err(StoreError::Conflict(failed)) => {
                let stands = self
                    .table
                    .get_latest::<Stored<Region>>(&Region::key_of(region.region))
                    .await?;
                Ok((false, stands.ok_or(StoreError::Conflict(failed))?.record))
            }
            Err(error) => Err(error),
        }
    }

    /// The institutions of one kind whose names begin with `prefix`, by name, up to `limit`.
    pub(crate) async fn institutions(
        &self,
        region: RegionId,
        kind: InstitutionKind,
        prefix: &str,
        limit: i32,
    ) -> Result<Vec<Institution>, StoreError> {
        let query = Query::partition(Index::First, format!("REGION#{region}"))
            .starting_with(format!("INSTITUTION#{}#{}", kind.as_str(), prefix.to_lowercase()))
            .at_most(limit);
        Ok(self
            .table
            .query::<Stored<Institution>>(&query)
            .await?
            .into_iter()
            .map(|item| item.record)
            .collect())
    }
}
