//! Bundles on their way: they go straight from the client to the bucket and never through the function.

use std::time::{Duration, SystemTime};

use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use jiff::Timestamp;
use store::Bucket;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The bucket did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[error("the bucket of imports did not do what it was asked")]
pub(crate) struct UploadError(#[source] Cause);

impl UploadError {
    fn of(cause: impl Into<Cause>) -> Self {
        Self(cause.into())
    }
}

/// A permission to upload one file, for anybody who holds the address.
#[derive(Debug)]
pub(crate) struct UploadPermit {
    pub(crate) url: String,
    pub(crate) expires_at: Timestamp,
}

/// The bucket of imports.
#[derive(Debug, Clone)]
pub(crate) struct Uploads {
    bucket: Bucket,
}

impl Uploads {
    /// How long an upload may begin.
    pub(crate) const OPEN_FOR: Duration = Duration::from_secs(15 * 60);

    pub(crate) const fn new(bucket: Bucket) -> Self {
        Self { bucket }
    }

    /// Allows the upload of one file. If its size is known, the bucket takes a file of that size only.
    pub(crate) async fn permit(
        &self,
        key: &str,
        bytes: Option<u64>,
        now: Timestamp,
    ) -> Result<UploadPermit, UploadError> {
        let expires_at = now + jiff::SignedDuration::try_from(Self::OPEN_FOR).map_err(UploadError::of)?;
        let request = self.presigned(key, bytes, now).await?;
        Ok(UploadPermit {
            url: request.uri().to_owned(),
            expires_at,
        })
    }

    /// The origin to which uploads go: pages must be allowed to connect to it.
    pub(crate) async fn origin(&self, now: Timestamp) -> Result<String, UploadError> {
        let request = self.presigned("imports/", None, now).await?;
        let (scheme, rest) = request
            .uri()
            .split_once("://")
            .ok_or_else(|| UploadError::of("the address has no scheme"))?;
        let host = rest.split('/').next().unwrap_or_default();
        Ok(format!("{scheme}://{host}"))
    }

    /// The size of an uploaded file in bytes; nothing if there is none.
    pub(crate) async fn size(&self, key: &str) -> Result<Option<u64>, UploadError> {
        match self
            .bucket
            .client()
            .head_object()
            .bucket(self.bucket.name())
            .key(key)
            .send()
            .await
        {
            Ok(head) => Ok(Some(head.content_length().unwrap_or_default().unsigned_abs())),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(|reason| reason.is_not_found()) =>
            {
                Ok(None)
            }
            Err(error) => Err(UploadError::of(error)),
        }
    }

    async fn presigned(
        &self,
        key: &str,
        bytes: Option<u64>,
        now: Timestamp,
    ) -> Result<PresignedRequest, UploadError> {
        let config = PresigningConfig::builder()
            .start_time(SystemTime::UNIX_EPOCH + Duration::from_millis(now.as_millisecond().unsigned_abs()))
            .expires_in(Self::OPEN_FOR)
            .build()
            .map_err(UploadError::of)?;
        let bytes = bytes.map(i64::try_from).transpose().map_err(UploadError::of)?;
        let upload = self
            .bucket
            .client()
            .put_object()
            .bucket(self.bucket.name())
            .key(key)
            .set_content_length(bytes);
        upload.presigned(config).await.map_err(UploadError::of)
    }
}
