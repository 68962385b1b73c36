//! A function that is fed by a queue: messages in, those to be repeated out.

use std::error::Error;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};

/// An error with all that led to it, for the log.
pub fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(deeper) = source {
        text = format!("{text}: {deeper}");
        source = deeper.source();
    }
    text
}

/// Does the job of each message of a batch, one after the other. Those that failed are named, so that only they come again.
pub async fn answer_batch<E: Error>(
    event: SqsEvent,
    job: impl AsyncFn(&str) -> Result<(), E>,
) -> SqsBatchResponse {
    let mut answer = SqsBatchResponse::default();
    for record in event.records {
        let Err(error) = job(record.body.as_deref().unwrap_or_default()).await else {
            continue;
        };
        let cause = causes(&error);
        tracing::error!(message_id = record.message_id.as_deref(), cause, "job failed");
        let mut failure = BatchItemFailure::default();
        failure.item_identifier = record.message_id.unwrap_or_default();
        answer.batch_item_failures.push(failure);
    }
    answer
}
