//! DynamoDB plumbing: one [`Table`] per feature, typed reads and conditional writes, metered capacity.
//!
//! Only this crate and the `store.rs` files name SDK operations. There is no unconditional write here and no scan, so
//! none can be written elsewhere.

mod capacity;
mod connect;
mod error;
mod query;
mod record;
mod table;
mod write;

pub use capacity::{Capacity, metered};
pub use connect::{connect, sdk_config};
pub use error::StoreError;
pub use query::{Index, Query};
pub use record::{Record, Stored, Untyped};
pub use table::{Key, Table};
pub use write::{Write, item_of};
