//! What was changed in a cell, when and by whom. Never changed, never removed.

use std::{fmt, str::FromStr};

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use model::{GroupId, LessonKey, ParseError, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::{Alert, CellValue, ResultChange, UnusualKind};

/// One change of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellChange {
    /// The journal.
    pub journal: GroupId,
    /// The lesson.
    pub lesson: LessonKey,
    /// The pupil.
    pub pupil: PersonId,
    /// The number of the change, from 1: the version that the cell then had.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// As they were named then.
    pub by_name: String,
    /// What stood before.
    pub from: CellValue,
    /// What stands since.
    pub to: CellValue,
    /// Why, where a locked period had been opened for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who is told of it as unusual, if anybody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
}

impl CellChange {
    pub(crate) fn partition(journal: GroupId, lesson: LessonKey, pupil: PersonId) -> String {
        format!("HISTORY#{journal}#{lesson}#{pupil}")
    }
}

impl CellChange {
    /// So many days after a lesson a mark for it is still an ordinary one: works of two weeks are given back by then.
    const ORDINARY_DAYS: i64 = 14;

    /// Whether others should hear of it: what stood was changed, a locked period had been opened for it, or it came long
    /// after the lesson. An ordinary first entry is none, and costs nothing more for it.
    pub fn is_notable(&self) -> bool {
        !self.from.is_empty() || self.reason.is_some() || self.is_late()
    }

    /// Why it is unusual by itself, whatever was changed before it.
    pub fn unusual(&self) -> Option<UnusualKind> {
        UnusualKind::of(self.reason.is_some(), self.is_late())
    }

    /// Whether it came long after the lesson.
    pub fn is_late(&self) -> bool {
        let date: Date = TimeZone::UTC.to_datetime(self.at).date();
        self.lesson.date.saturating_add(Self::ORDINARY_DAYS.days()) < date
    }
}

/// A change of which others should hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotableChange {
    /// Of a cell.
    Cell(CellChange),
    /// Of a result.
    Result(ResultChange),
}

/// Where a notable change stands among those of journals: the moment, then what was changed. Later ones come after. As a text
/// it is a cursor of addresses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangePlace(String);

impl ChangePlace {
    /// The longest that is taken for one, in bytes.
    const LONGEST: usize = 120;
    /// The length of its moment.
    const MOMENT: usize = 19;

    /// After all changes of that second: what follows the moment in a sort key begins with a sign before this one.
    pub fn after(at: Timestamp) -> Self {
        Self(format!("{}$", NotableChange::moment(at)))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChangePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.replace('#', "~"))
    }
}

impl FromStr for ChangePlace {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        const WRONG: ParseError = ParseError("place of a change");
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_:~".contains(&byte);
        if text.len() > Self::LONGEST || !text.bytes().all(is_plain) {
            return Err(WRONG);
        }
        let moment = text.get(..Self::MOMENT).ok_or(WRONG)?;
        moment.parse::<DateTime>().map_err(|_| WRONG)?;
        Ok(Self(text.replace('~', "#")))
    }
}

impl NotableChange {
    /// Where it stands.
    pub fn place(&self) -> ChangePlace {
        let key = match self {
            Self::Cell(change) => change.first_index(),
            Self::Result(change) => change.first_index(),
        };
        ChangePlace(key.map_or_else(|| Self::moment(self.at()), |key| key.sk))
    }

    /// Where the first index shows the notable changes of a journal.
    pub(crate) fn partition(journal: GroupId) -> String {
        format!("CHANGES#{journal}")
    }

    /// Sort keys begin with the moment, to the second and of fixed width.
    pub(crate) fn moment(at: Timestamp) -> String {
        at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// In which journal.
    pub const fn journal(&self) -> GroupId {
        match self {
            Self::Cell(change) => change.journal,
            Self::Result(change) => change.journal,
        }
    }

    /// Why it is unusual by itself, whatever was changed before it: the rule of the alerts and of the reports.
    pub fn unusual(&self) -> Option<UnusualKind> {
        match self {
            Self::Cell(change) => change.unusual(),
            Self::Result(change) => change.unusual(),
        }
    }

    /// Who is told of it as unusual, if anybody is.
    pub const fn alert(&self) -> Option<Alert> {
        match self {
            Self::Cell(change) => change.alert,
            Self::Result(change) => change.alert,
        }
    }

    /// When.
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Cell(change) => change.at,
            Self::Result(change) => change.at,
        }
    }

    /// Who, and as they were named then.
    pub fn by(&self) -> (PersonId, &str) {
        match self {
            Self::Cell(change) => (change.by, &change.by_name),
            Self::Result(change) => (change.by, &change.by_name),
        }
    }

    /// At which lesson; nothing where it is of a result.
    pub const fn lesson(&self) -> Option<LessonKey> {
        match self {
            Self::Cell(change) => Some(change.lesson),
            Self::Result(_) => None,
        }
    }

    /// Whose mark or result.
    pub const fn pupil(&self) -> PersonId {
        match self {
            Self::Cell(change) => change.pupil,
            Self::Result(change) => change.pupil,
        }
    }

    /// Why, where a locked period had been opened for it.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Cell(change) => change.reason.as_deref(),
            Self::Result(change) => change.reason.as_deref(),
        }
    }
}

impl Record for CellChange {
    const ENTITY: &'static str = "cell_change";

    fn key(&self) -> Key {
        Key {
            pk: Self::partition(self.journal, self.lesson, self.pupil),
            sk: format!("{:08}", self.number),
        }
    }

    /// Beside the other notable changes of the journal, by time.
    fn first_index(&self) -> Option<Key> {
        self.is_notable().then(|| Key {
            pk: NotableChange::partition(self.journal),
            sk: format!(
                "{}#{}#{}",
                NotableChange::moment(self.at),
                self.lesson,
                self.pupil
            ),
        })
    }

    /// Among the alerts of the institution, if it is unusual.
    fn second_index(&self) -> Option<Key> {
        let name = format!("{}#{}#{}", self.journal, self.lesson, self.pupil);
        self.alert.map(|alert| alert.place(self.at, &name))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use model::Attendance;

    use super::*;

    fn change(at: &str, from: Option<Attendance>) -> CellChange {
        let value = |attendance| CellValue {
            attendance,
            ..CellValue::default()
        };
        CellChange {
            journal: GroupId::from_bits(1),
            lesson: LessonKey {
                date: date(2026, 11, 9),
                number: 2,
            },
            pupil: PersonId::from_bits(1),
            number: 1,
            at: at.parse().expect("a moment"),
            by: PersonId::from_bits(2),
            by_name: "Громова В. П.".to_owned(),
            from: value(from),
            to: value(Some(Attendance::Ill)),
            reason: None,
            alert: None,
        }
    }

    #[test]
    fn a_first_entry_is_ordinary_and_what_changes_comes_late_or_needed_a_reason_is_notable() {
        assert!(!change("2026-11-23T23:59:59Z", None).is_notable());
        assert!(change("2026-11-24T00:00:00Z", None).is_notable());
        assert!(change("2026-11-09T10:00:00Z", Some(Attendance::Absent)).is_notable());
        let mut reopened = change("2026-11-09T10:00:00Z", None);
        assert!(reopened.first_index().is_none());
        reopened.reason = Some("Болезнь учителя".to_owned());
        let place = reopened.first_index().expect("a place in the index");
        assert!(
            place.sk.starts_with("2026-11-09T10:00:00#2026-11-09-02#per_"),
            "{place:?}"
        );
    }

    #[test]
    fn the_place_of_a_change_is_a_cursor_that_reads_back_and_nothing_else_is() {
        let late = NotableChange::Cell(change("2026-11-24T00:00:00Z", None));
        let place = late.place();
        assert_eq!(place.to_string().parse(), Ok(place.clone()));
        assert!(place < ChangePlace::after(late.at()));
        assert!(ChangePlace::after("2026-11-23T23:59:59Z".parse().expect("a moment")) < place);
        for wrong in [
            "",
            "2026-11-24",
            "yesterday-and-so-on-and-on",
            "2026-11-24T00:00:00~Ё",
        ] {
            assert!(wrong.parse::<ChangePlace>().is_err(), "{wrong}");
        }
        assert!(
            format!("2026-11-24T00:00:00{}", "~a".repeat(60))
                .parse::<ChangePlace>()
                .is_err()
        );
    }
}
