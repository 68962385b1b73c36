//! A bucket of an object store.

use aws_sdk_s3::{Client, config::RequestChecksumCalculation};

/// A feature's bucket.
#[derive(Debug, Clone)]
pub struct Bucket {
    client: Client,
    name: String,
}

/// Why an object cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// It is not there, and will not be later.
    #[error("there is no such object")]
    Missing,
    /// It is larger than was allowed.
    #[error("the object is too large")]
    TooLarge,
    /// The store did not answer.
    #[error("the object could not be downloaded")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Bucket {
    /// The bucket of that name. Its name goes into the path: every S3-compatible service takes that, not every one has names
    /// in its domain. No checksum is made a condition of a write by default: where a permission to write is given away, the
    /// bytes are not known yet, and a checksum of nothing would make every upload fail.
    pub fn new(client: &Client, name: impl Into<String>) -> Self {
        let config = client
            .config()
            .to_builder()
            .force_path_style(true)
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .build();
        Self {
            client: Client::from_conf(config),
            name: name.into(),
        }
    }

    /// The client, for calls of a feature's own.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A whole object of at most so many bytes. No more than these are held in memory, whatever size the store gives.
    pub async fn download(&self, key: &str, at_most: u64) -> Result<Vec<u8>, DownloadError> {
        let call = self.client.get_object().bucket(&self.name).key(key);
        let mut object = call
            .send()
            .await
            .map_err(|error| match error.as_service_error() {
                Some(reason) if reason.is_no_such_key() => DownloadError::Missing,
                _ => DownloadError::Unavailable(error.into()),
            })?;
        let said = object.content_length().unwrap_or_default().unsigned_abs();
        if said > at_most {
            return Err(DownloadError::TooLarge);
        }
        let mut bytes = Vec::new();
        while let Some(part) = object.body.next().await {
            bytes.extend_from_slice(&part.map_err(|error| DownloadError::Unavailable(error.into()))?);
            if bytes.len() as u64 > at_most {
                return Err(DownloadError::TooLarge);
            }
        }
        Ok(bytes)
    }
}
