//! What is kept of rows that are no things of their own here, because a later delta may refer to them.
//!
//! | partition | sort key | what |
//! |---|---|---|
//! | `SOURCE#reg` | `SESSION#id` | an academic session as a bundle named it |
//! | | `COURSE#id` | a course as a bundle named it |

use jiff::civil::Date;
use model::RegionId;
use serde::{Deserialize, Serialize};
use store::{Key, Record};

/// An academic session as a region's bundle named it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceSession {
    pub(crate) region: RegionId,
    pub(crate) sourced_id: String,
    pub(crate) title: String,
    /// Whether it is a whole school year, at whose end no period result is given if it has parts.
    pub(crate) is_year: bool,
    pub(crate) start: Date,
    pub(crate) end: Date,
}

impl SourceSession {
    pub(crate) fn key_of(region: RegionId, sourced_id: &str) -> Key {
        Key {
            pk: format!("SOURCE#{region}"),
            sk: format!("SESSION#{sourced_id}"),
        }
    }
}

impl Record for SourceSession {
    const ENTITY: &'static str = "source_session";

    fn key(&self) -> Key {
        Self::key_of(self.region, &self.sourced_id)
    }
}

/// A course as a region's bundle named it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceCourse {
    pub(crate) region: RegionId,
    pub(crate) sourced_id: String,
    /// What is taught.
    pub(crate) subject: String,
}

impl SourceCourse {
    pub(crate) fn key_of(region: RegionId, sourced_id: &str) -> Key {
        Key {
            pk: format!("SOURCE#{region}"),
            sk: format!("COURSE#{sourced_id}"),
        }
    }
}

impl Record for SourceCourse {
    const ENTITY: &'static str = "source_course";

    fn key(&self) -> Key {
        Self::key_of(self.region, &self.sourced_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_formatted_as_written_down() {
        let region = RegionId::from_bits(1);
        assert_eq!(SourceSession::key_of(region, "q1").sk, "SESSION#q1");
        assert_eq!(SourceCourse::key_of(region, "alg").pk, format!("SOURCE#{region}"));
    }
}
