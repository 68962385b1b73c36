//! From what a bundle wants to what has to be written: records that are already so are not written.

use bundles::{Outcome, oneroster::FileKind};
use serde::Serialize;
use store::{Key, Record, StoreError, Stored, Write};

/// A row of the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RowRef {
    pub(crate) file: FileKind,
    pub(crate) line: u64,
}

/// A record that rows of the bundle ask for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted<T> {
    pub(crate) record: T,
    pub(crate) rows: Vec<RowRef>,
}

/// Writes that belong together, with the rows that asked for them.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) writes: Vec<Write>,
    pub(crate) rows: Vec<RowRef>,
    /// What the rows are told when it is done; `Kept` goes with no writes.
    pub(crate) outcome: Outcome,
}

impl Unit {
    /// What has to be written so that a record stands where `stored` is.
    pub(crate) fn of<T>(wanted: Wanted<T>, stored: Option<&Stored<T>>) -> Result<Self, StoreError>
    where
        T: Record + Serialize + PartialEq,
    {
        let (outcome, writes) = match stored {
            None => (
                Outcome::Created,
                vec![Write::create(&Stored::new(wanted.record))?],
            ),
            Some(stored) if stored.record == wanted.record => (Outcome::Kept, Vec::new()),
            Some(stored) => {
                let next = Stored::following(wanted.record, stored.version);
                (Outcome::Changed, vec![Write::replace(&next, stored.version)?])
            }
        };
        Ok(Self {
            writes,
            rows: wanted.rows,
            outcome,
        })
    }

    /// The removal of a record that is there.
    pub(crate) fn removal(key: Key, rows: Vec<RowRef>) -> Self {
        Self {
            writes: vec![Write::delete(key)],
            rows,
            outcome: Outcome::Changed,
        }
    }
}
