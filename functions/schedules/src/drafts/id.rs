//! How a draft is named.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use model::ParseError;
use serde_with::{DeserializeFromStr, SerializeDisplay};
use ulid::Ulid;

/// A draft of a timetable: `dft_` and a ULID, so that drafts sort by the moment at which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, SerializeDisplay, DeserializeFromStr)]
pub struct DraftId(Ulid);

impl DraftId {
    const PREFIX: &'static str = "dft_";

    /// An id from its 128 bits.
    pub const fn from_bits(bits: u128) -> Self {
        Self(Ulid(bits))
    }

    /// A new id, made at a moment.
    pub fn new(now: Timestamp) -> Self {
        let moment = u128::from(now.as_millisecond().unsigned_abs()) << 80;
        Self::from_bits(moment | (rand::random::<u128>() >> 48))
    }
}

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::PREFIX, self.0)
    }
}

impl FromStr for DraftId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = ParseError("draft");
        let ulid = text.strip_prefix(Self::PREFIX).ok_or(error)?;
        let id = Self(ulid.parse().map_err(|_| error)?);
        // Only the canonical spelling is an id: lower case would be a second name of the same draft.
        if id.to_string() == text {
            Ok(id)
        } else {
            Err(error)
        }
    }
}
