//! The queue's side: messages in, those to be repeated out.

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use bundles::{ImportMessage, Limits};
use store::{Bucket, DownloadError, StoreError, Table};
use web::{Clock, Environment, StartError};

use super::run::Importer;
use crate::{
    import_item::{Import, ImportState},
    store::queue::{ImportQueue, QueueError},
};

/// The clients of the cloud's services that pages and jobs use.
#[derive(Debug, Clone)]
pub struct Clients {
    /// The database.
    pub database: aws_sdk_dynamodb::Client,
    /// Where bundles lie.
    pub objects: aws_sdk_s3::Client,
    /// Where jobs wait for their turn, those of the registry and of the schedules.
    pub queues: aws_sdk_sqs::Client,
}

impl Clients {
    /// The clients by the SDK's own configuration.
    pub async fn connect() -> Self {
        let config = store::sdk_config().await;
        Self {
            database: store::connect(&config),
            objects: aws_sdk_s3::Client::new(&config),
            queues: aws_sdk_sqs::Client::new(&config),
        }
    }
}

/// All that the jobs need.
#[derive(Debug, Clone)]
pub struct Jobs {
    importer: Importer,
    bundles: Bucket,
    schedules: ImportQueue,
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
            bundles: Bucket::new(&clients.objects, environment.required("IMPORTS_BUCKET")?),
            schedules: ImportQueue::new(clients.queues, environment.required("SCHEDULES_JOBS_QUEUE_URL")?),
        })
    }

    async fn run(&self, body: &str) -> Result<(), JobError> {
        let message: ImportMessage = serde_json::from_str(body)?;
        let most = Limits::default().archive_bytes;
        let import = match self.bundles.download(&message.key, most).await {
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
            self.schedules.send(&message).await?;
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
    PassOn(#[from] QueueError),
}

/// Carries out the messages of a batch; those that failed are named, so that only they come again.
pub async fn answer(jobs: &Jobs, event: SqsEvent) -> SqsBatchResponse {
    web::answer_batch(event, async |body: &str| jobs.run(body).await).await
}
