//! From when a mark is shown to those whom it concerns.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who reads a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// The pupil.
    Pupil,
    /// Who represents the pupil.
    Guardian,
    /// Who works at the institution: sees everything at once.
    Staff,
}

/// From which dates the marks of a work are shown to pupils and to parents; at once where no date is set.
///
/// A school decides it for each work: a test that other classes still have to write is published later, and a talk with the
/// pupil may come before the parents read of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Publication {
    /// The first day on which the pupil sees the mark.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub pupils_from: Option<Date>,
    /// The first day on which the parents see it.
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub parents_from: Option<Date>,
}

impl Publication {
    /// Shown to everybody as soon as it stands.
    pub const AT_ONCE: Self = Self {
        pupils_from: None,
        parents_from: None,
    };

    /// Whether no date is set.
    pub const fn is_at_once(&self) -> bool {
        self.pupils_from.is_none() && self.parents_from.is_none()
    }

    /// Whether a reader sees the mark on the day.
    pub fn shows_to(&self, reader: Reader, today: Date) -> bool {
        let from = match reader {
            Reader::Pupil => self.pupils_from,
            Reader::Guardian => self.parents_from,
            Reader::Staff => None,
        };
        from.is_none_or(|from| from <= today)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_reader_sees_a_mark_from_the_own_date_on() {
        let publication = Publication {
            pupils_from: Some(date(2026, 11, 24)),
            parents_from: Some(date(2026, 11, 26)),
        };
        let seen = |reader| [23, 24, 25, 26].map(|day| publication.shows_to(reader, date(2026, 11, day)));
        assert_eq!(seen(Reader::Pupil), [false, true, true, true]);
        assert_eq!(seen(Reader::Guardian), [false, false, false, true]);
        assert_eq!(seen(Reader::Staff), [true; 4]);
        assert!(Publication::AT_ONCE.shows_to(Reader::Guardian, date(2026, 11, 23)));
    }
}
