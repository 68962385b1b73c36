//! The one place that reads the wall clock.

use jiff::Timestamp;

/// The present instant.
#[allow(clippy::disallowed_methods)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
