//! What can go wrong with the database.

use aws_sdk_dynamodb::{
    config::http::HttpResponse, error::SdkError, operation::transact_write_items::TransactWriteItemsError,
};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A failed read or write. The cause is for the log; it is never shown.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The condition of a write did not hold: somebody else was first, or the thing is not there.
    #[error("the condition of write {0:?} does not hold")]
    Conflict(
        /// Positions in the transaction of the writes whose conditions failed.
        Vec<usize>,
    ),
    /// The database did not answer, or refused the call.
    #[error("the database did not do what it was asked")]
    Unavailable(#[source] Cause),
    /// An item is not what its key promises.
    #[error("an item has an unexpected shape")]
    Malformed(#[source] Cause),
}

impl StoreError {
    /// Whether the condition of the write at `position` failed.
    pub fn is_conflict_at(&self, position: usize) -> bool {
        matches!(self, Self::Conflict(failed) if failed.contains(&position))
    }

    /// A call that was not done.
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// An item that is not what its key promises.
    pub fn malformed(cause: impl Into<Cause>) -> Self {
        Self::Malformed(cause.into())
    }

    pub(crate) fn of_transaction(error: TransactionFailure) -> Self {
        let failed: Vec<usize> = reasons(&error)
            .enumerate()
            .filter(|(_, reason)| *reason == CONDITION_FAILED)
            .map(|(position, _)| position)
            .collect();
        if failed.is_empty() {
            Self::unavailable(error)
        } else {
            Self::Conflict(failed)
        }
    }
}

type TransactionFailure = SdkError<TransactWriteItemsError, HttpResponse>;

const CONDITION_FAILED: &str = "ConditionalCheckFailed";

/// Whether a transaction was not done only because another one was under way on one of its items: it may be tried again.
pub(crate) fn is_in_the_way(error: &TransactionFailure) -> bool {
    reasons(error).any(|reason| reason == "TransactionConflict")
        && !reasons(error).any(|reason| reason == CONDITION_FAILED)
}

/// Why each write of a cancelled transaction was not done, in order.
fn reasons(error: &TransactionFailure) -> impl Iterator<Item = &str> {
    let cancelled = match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            cancelled.cancellation_reasons()
        }
        _ => &[],
    };
    cancelled.iter().map(|reason| reason.code().unwrap_or_default())
}
