//! The queues that feed jobs: the registry's own, and then the schedules'.

use aws_sdk_sqs::Client;
use bundles::ImportMessage;

/// A message that was not sent.
#[derive(Debug, thiserror::Error)]
#[error("the message was not put into the queue")]
pub(crate) struct QueueError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// A queue of imports.
#[derive(Debug, Clone)]
pub(crate) struct ImportQueue {
    client: Client,
    url: String,
}

impl ImportQueue {
    pub(crate) const fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }

    /// Asks the jobs behind the queue to import a bundle. The message may arrive twice.
    pub(crate) async fn send(&self, message: &ImportMessage) -> Result<(), QueueError> {
        let body = serde_json::to_string(message).map_err(|error| QueueError(error.into()))?;
        let sent = self
            .client
            .send_message()
            .queue_url(&self.url)
            .message_body(body)
            .send()
            .await;
        sent.map(|_| ()).map_err(|error| QueueError(error.into()))
    }
}
