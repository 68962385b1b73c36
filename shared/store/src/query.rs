//! Which items of one partition to read.

/// Where a partition is looked up: in the table itself or in one of its indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Index {
    /// The table: `pk`, `sk`.
    Table,
    /// The first index: `gsi1pk`, `gsi1sk`.
    First,
    /// The second index: `gsi2pk`, `gsi2sk`.
    Second,
}

impl Index {
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Table => None,
            Self::First => Some("gsi1"),
            Self::Second => Some("gsi2"),
        }
    }

    pub(crate) const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Table => ("pk", "sk"),
            Self::First => ("gsi1pk", "gsi1sk"),
            Self::Second => ("gsi2pk", "gsi2sk"),
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Range {
    All,
    StartsWith(String),
    Between(String, String),
    Below(String),
}

/// A query: one partition, a range of its sort keys.
#[derive(Debug, Clone)]
pub struct Query {
    pub(crate) index: Index,
    pub(crate) partition: String,
    pub(crate) range: Range,
    pub(crate) newest_first: bool,
    pub(crate) limit: Option<i32>,
    pub(crate) consistent: bool,
}

impl Query {
    /// All items of the partition.
    pub fn partition(index: Index, partition: impl Into<String>) -> Self {
        Self {
            index,
            partition: partition.into(),
            range: Range::All,
            newest_first: false,
            limit: None,
            consistent: false,
        }
    }

    /// Only sort keys that start with the text.
    #[must_use]
    pub fn starting_with(mut self, prefix: impl Into<String>) -> Self {
        self.range = Range::StartsWith(prefix.into());
        self
    }

    /// Only sort keys from `first` to `last`, both included.
    #[must_use]
    pub fn between(mut self, first: impl Into<String>, last: impl Into<String>) -> Self {
        self.range = Range::Between(first.into(), last.into());
        self
    }

    /// Only sort keys that come before the text.
    #[must_use]
    pub fn below(mut self, end: impl Into<String>) -> Self {
        self.range = Range::Below(end.into());
        self
    }

    /// Descending order.
    #[must_use]
    pub const fn newest_first(mut self) -> Self {
        self.newest_first = true;
        self
    }

    /// At most so many items, in one call.
    #[must_use]
    pub const fn at_most(mut self, limit: i32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Reads what was last written, at twice the price; only the table itself can.
    #[must_use]
    pub const fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }
}
