//! The queue's side: messages in, those to be repeated out.

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use bundles::{ImportMessage, Limits};
use store::{Bucket, DownloadError};
use web::{Clock, Environment, StartError};

use super::{
    run::{ImportError, carry_out, refuse},
    store::ImportStores,
};
use crate::tables;

/// All that the jobs need.
#[derive(Debug, Clone)]
pub struct Jobs {
    stores: ImportStores,
    bundles: Bucket,
    clock: Clock,
}

impl Jobs {
    /// The jobs by their environment: `SCHEDULES_TABLE`, `REGISTRY_TABLE`, `IMPORTS_BUCKET`.
    ///
    /// # Errors
    /// Names the first setting that is missing.
    pub fn new(
        environment: &Environment,
        database: &aws_sdk_dynamodb::Client,
        objects: &aws_sdk_s3::Client,
        clock: Clock,
    ) -> Result<Self, StartError> {
        let (schedules, registry) = tables(environment, database)?;
        let bundles = Bucket::new(objects, environment.required("IMPORTS_BUCKET")?);
        Ok(Self {
            stores: ImportStores::new(schedules, registry),
            bundles,
            clock,
        })
    }

    async fn run(&self, body: &str) -> Result<(), JobError> {
        let message: ImportMessage = serde_json::from_str(body)?;
        let most = Limits::default().archive_bytes;
        let report = match self.bundles.download(&message.key, most).await {
            Ok(bytes) => carry_out(&self.stores, self.clock, &message, &bytes).await?,
            Err(DownloadError::Missing) => {
                refuse(&self.stores, self.clock, &message, "bundle-missing").await?
            }
            Err(DownloadError::TooLarge) => {
                refuse(&self.stores, self.clock, &message, "archive-too-large").await?
            }
            Err(DownloadError::Unavailable(cause)) => return Err(ImportError::Download(cause).into()),
        };
        let totals = report.report.totals();
        tracing::info!(
            import = %message.import,
            failure = report.failure.as_deref(),
            rows = totals.rows,
            refused = totals.refused,
            weeks_created = report.weeks.created,
            weeks_changed = report.weeks.changed,
            weeks_kept = report.weeks.kept,
            "timetables imported"
        );
        Ok(())
    }
}

#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error("the message is not one of an import")]
    Message(#[from] serde_json::Error),
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// Carries out the messages of a batch; those that failed are named, so that only they come again.
pub async fn answer(jobs: &Jobs, event: SqsEvent) -> SqsBatchResponse {
    web::answer_batch(event, async |body: &str| jobs.run(body).await).await
}
