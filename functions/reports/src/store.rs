//! Reads and writes of the reports' own table.

use ::store::{Index, Query, StoreError, Stored, Table, Write};
use model::{InstitutionId, PeriodId};

use crate::run::{Made, Run, Subject};

/// The reports table.
#[derive(Debug, Clone)]
pub(crate) struct ReportStore {
    table: Table,
}

impl ReportStore {
    pub(crate) const fn new(table: Table) -> Self {
        Self { table }
    }

    /// The runs of an institution's reports of a period: at most one of each kind.
    pub(crate) async fn runs(
        &self,
        institution: InstitutionId,
        period: &PeriodId,
    ) -> Result<Vec<Run>, StoreError> {
        let query = Query::partition(Index::Table, Subject::partition(institution))
            .starting_with(Subject::runs(period));
        let found = self.table.query::<Stored<Run>>(&query).await?;
        Ok(found.into_iter().map(|item| item.record).collect())
    }

    /// The run of a report, as last written.
    pub(crate) async fn run(&self, subject: &Subject) -> Result<Option<Stored<Run>>, StoreError> {
        self.table.get_latest(&subject.run_key()).await
    }

    /// What was made last.
    pub(crate) async fn made(&self, subject: &Subject) -> Result<Option<Made>, StoreError> {
        let found = self.table.get::<Stored<Made>>(&subject.content_key()).await?;
        Ok(found.map(|item| item.record))
    }

    /// Writes a run over the version that was read, or the first one of its report. Gives its new version.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if somebody else was first.
    pub(crate) async fn note(&self, run: Run, version: Option<u64>) -> Result<u64, StoreError> {
        let (write, version) = match version {
            None => (Write::create(&Stored::new(run))?, 1),
            Some(version) => (
                Write::replace(&Stored::following(run, version), version)?,
                version + 1,
            ),
        };
        self.table.write(vec![write]).await?;
        Ok(version)
    }

    /// Ends a run over the version that was read, with what it has made in place of what an earlier one did.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if somebody else has taken over.
    pub(crate) async fn finish(&self, run: Run, version: u64, made: Made) -> Result<(), StoreError> {
        let end = Write::replace(&Stored::following(run, version), version)?;
        let number = made.number;
        let content = Write::put_if(
            &Stored::new(made),
            "attribute_not_exists(pk) OR #number <= :number",
        )?
        .name("#number", "number")
        .typed_value(":number", &number)?;
        self.table.write(vec![end, content]).await
    }
}
