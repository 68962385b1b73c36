//! The queue's side: messages in, those to be repeated out.

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use bundles::ImportMessage;
use store::{StoreError, Table};
use web::{Clock, Environment, StartError};

use super::{
    run::Importer,
    store::{BundleStore, DownloadError, SchedulesQueue},
};
use crate::import_item::{Import, ImportState};

/// The clients of the clouds' services that jobs use.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The database.
    pub database: aws_sdk_dynamodb::Client,
    /// Where bundles lie.
    pub objects: aws_sdk_s3::Client,
    /// Where the schedules' jobs wait for their turn.
    pub queues: aws_sdk_sqs::Client,
}

/// All that the jobs need.
#[derive(Debug, Clone)]
pub struct Jobs {
    importer: Importer,
    bundles: BundleStore,
    schedules: SchedulesQueue,
}

impl Jobs {
    /// The jobs by their environment: `REGISTRY_TABLE`, `IMPORTS_BUCKET`, `SCHEDULES_JOBS_QUEUE_URL`, `PERSON_HASH_KEY`.
    ///
    /// # Errors
    /// Names the first setting that is missing.
    pub fn new(environment: &Environment, clients: Clients, clock: Clock) -> Result<Self, StartError> {
        let table = Table::new(clients.database, environment.required("REGISTRY_TABLE")?);
        let importer = Importer::new(
            table,
            clock,
            environment.required("PERSON_HASH_KEY")?.into_bytes(),
        );
        Ok(Self {
            importer,
            bundles: BundleStore::new(clients.objects, environment.required("IMPORTS_BUCKET")?),
            schedules: SchedulesQueue::new(clients.queues, environment.required("SCHEDULES_JOBS_QUEUE_URL")?),
        })
    }

    async fn run(&self, body: &str) -> Result<(), JobError> {
        let message: ImportMessage = serde_json::from_str(body)?;
        let import = match self.bundles.download(&message.key).await {
            Ok(bytes) => self.importer.carry_out(&message, &bytes).await?,
            Err(DownloadError::Missing) => self.importer.give_up(&message, "bundle-missing").await?,
            Err(DownloadError::TooLarge) => self.importer.give_up(&message, "archive-too-large").await?,
            Err(DownloadError::Unavailable(cause)) => return Err(JobError::Download(cause)),
        };
        let Some(import) = import else {
            // Nobody waits for it, so a repetition would help nobody.
            tracing::warn!(import = %message.import, "a message names an import that was never recorded");
            return Ok(());
        };
        // Also when this message comes a second time: the first may have ended between the report and this line. The
        // schedules do an import once.
        if import.state == ImportState::Done {
            self.schedules.pass_on(&message).await.map_err(JobError::PassOn)?;
        }
        log(&import);
        Ok(())
    }
}

fn log(import: &Import) {
    let totals = import.totals;
    tracing::info!(
        import = %import.import,
        failure = import.failure.as_deref(),
        rows = totals.rows,
        created = totals.created,
        changed = totals.changed,
        kept = totals.kept,
        refused = totals.refused,
        "bundle imported"
    );
}

#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error("the message is not one of an import")]
    Message(#[from] serde_json::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the bundle could not be downloaded")]
    Download(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the import could not be passed on to the schedules")]
    PassOn(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Carries out the messages of a batch; those that failed are named, so that only they come again.
pub async fn answer(jobs: &Jobs, event: SqsEvent) -> SqsBatchResponse {
    web::answer_batch(event, async |body: &str| jobs.run(body).await).await
}
