//! The queue's side: messages in, those to be repeated out.

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use bundles::{ImportMessage, Limits};
use serde::Deserialize;
use store::{Bucket, DownloadError, StoreError};
use web::{Clock, Environment, StartError};

use super::{
    run::{ImportError, carry_out, refuse},
    store::ImportStores,
};
use crate::{
    drafts::{
        publication::{PublishMessage, Publisher},
        store::DraftStore,
    },
    generation::{
        run::{GenerateMessage, Generator},
        store::GenerationStore,
    },
    tables,
};

/// All that the jobs need.
#[derive(Debug, Clone)]
pub struct Jobs {
    stores: ImportStores,
    publisher: Publisher,
    generator: Generator,
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
        let stores = ImportStores::new(schedules.clone(), registry.clone());
        let drafts = DraftStore::new(schedules.clone(), registry);
        Ok(Self {
            generator: Generator {
                drafts: drafts.clone(),
                runs: GenerationStore::new(schedules),
                clock,
                steps_per_lesson: None,
            },
            publisher: Publisher {
                drafts,
                weeks: stores.clone(),
                clock,
            },
            stores,
            bundles,
            clock,
        })
    }

    /// The same jobs whose searches for timetables end after so many steps for each lesson of the week, instead of those that
    /// the generator recommends: where a timetable soon is worth more than a better one.
    #[must_use]
    pub const fn with_steps_per_lesson(mut self, steps: u64) -> Self {
        self.generator.steps_per_lesson = Some(steps);
        self
    }

    async fn run(&self, body: &str) -> Result<(), JobError> {
        match serde_json::from_str(body)? {
            Message::Publish(message) => Ok(self.publisher.carry_out(message.publish).await?),
            Message::Generate(message) => Ok(self.generator.carry_out(message.generate).await?),
            Message::Import(message) => self.import(&message).await,
        }
    }

    async fn import(&self, message: &ImportMessage) -> Result<(), JobError> {
        let most = Limits::default().archive_bytes;
        let report = match self.bundles.download(&message.key, most).await {
            Ok(bytes) => carry_out(&self.stores, self.clock, message, &bytes).await?,
            Err(DownloadError::Missing) => {
                refuse(&self.stores, self.clock, message, "bundle-missing").await?
            }
            Err(DownloadError::TooLarge) => {
                refuse(&self.stores, self.clock, message, "archive-too-large").await?
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

/// What comes on the queue.
#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    Publish(PublishMessage),
    Generate(GenerateMessage),
    Import(ImportMessage),
}

#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error("the message is neither one of an import, nor of a publication, nor of a generation")]
    Message(#[from] serde_json::Error),
    #[error(transparent)]
    Database(#[from] StoreError),
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// Carries out the messages of a batch; those that failed are named, so that only they come again.
pub async fn answer(jobs: &Jobs, event: SqsEvent) -> SqsBatchResponse {
    web::answer_batch(event, async |body: &str| jobs.run(body).await).await
}
