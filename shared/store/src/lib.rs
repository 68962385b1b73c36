//! DynamoDB plumbing: one [`Table`] per feature, typed reads and conditional writes, metered capacity; with the feature
//! `buckets` also S3 plumbing, with `queues` SQS plumbing.
//!
//! Only this crate and the `store.rs` files name SDK operations. There is no unconditional write here and no scan, so
//! none can be written elsewhere.

#[cfg(feature = "buckets")]
mod bucket;
mod capacity;
mod connect;
mod error;
mod query;
#[cfg(feature = "queues")]
mod queue;
mod record;
mod table;
mod turns;
mod write;

#[cfg(feature = "buckets")]
pub use bucket::{Bucket, DownloadError};
pub use capacity::{Capacity, metered};
pub use connect::{connect, sdk_config};
pub use error::StoreError;
pub use query::{Index, Query};
#[cfg(feature = "queues")]
pub use queue::{Queue, QueueError};
pub use record::{Record, Stored, Untyped};
pub use table::{Key, Table};
pub use write::{Write, item_of};
