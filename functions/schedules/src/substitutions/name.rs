//! How a lesson of an institution is named in addresses.

use std::{fmt, str::FromStr};

use model::{GroupId, LessonKey, ParseError};
use serde::{Deserialize, Deserializer, de};

/// A lesson as it was published: its date and number, and the teaching group. A change of it has the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LessonName {
    pub(crate) key: LessonKey,
    pub(crate) group: GroupId,
}

impl fmt::Display for LessonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.key, self.group)
    }
}

impl FromStr for LessonName {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = ParseError("lesson of an institution");
        let (key, group) = text.rsplit_once('-').ok_or(error)?;
        Ok(Self {
            key: key.parse()?,
            group: group.parse().map_err(|_| error)?,
        })
    }
}

impl<'de> Deserialize<'de> for LessonName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_lesson_has_the_name_of_its_change() {
        let name = LessonName {
            key: LessonKey {
                date: date(2026, 11, 23),
                number: 2,
            },
            group: GroupId::from_bits(7),
        };
        assert_eq!(name.to_string().parse(), Ok(name));
        assert!(name.to_string().starts_with("2026-11-23-02-grp_"), "{name}");
        for wrong in [
            "",
            "2026-11-23-02",
            "2026-11-23-2-grp_0",
            "new-2026-11-23-02-grp_0",
        ] {
            assert!(wrong.parse::<LessonName>().is_err(), "{wrong}");
        }
    }
}
