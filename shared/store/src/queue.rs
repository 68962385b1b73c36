//! A queue of jobs, for work that does not fit into a request.

use aws_sdk_sqs::Client;
use serde::Serialize;

/// A message that was not sent.
#[derive(Debug, thiserror::Error)]
#[error("the message was not put into the queue")]
pub struct QueueError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// A feature's queue.
#[derive(Debug, Clone)]
pub struct Queue {
    client: Client,
    url: String,
}

impl Queue {
    /// The queue at that address.
    pub const fn new(client: Client, url: String) -> Self {
        Self { client, url }
    }

    /// Asks the jobs behind the queue to do something. The message may arrive twice.
    ///
    /// # Errors
    /// The message is not in the queue, or nobody knows whether it is.
    pub async fn send(&self, message: &impl Serialize) -> Result<(), QueueError> {
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
