//! Changes of marks and results that are out of the ordinary: whoever leads the institution is told of them at once.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use model::{GroupId, InstitutionId, ParseError, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::{NotableChange, Signed};

/// Why a change is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnusualKind {
    /// Many marks were changed in a short time.
    Many,
    /// Something was changed in a period that had been locked and was opened for it.
    Locked,
    /// Marks were entered or changed long after their lesson.
    Late,
}

impl UnusualKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Many, Self::Locked, Self::Late];
    /// So many changes of one person in a journal within [`Self::WINDOW`] are many: more than a slip or a work looked through
    /// once more.
    pub const MANY: usize = 15;
    /// A short time.
    pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);

    /// The name used in API, storage and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Many => "many",
            Self::Locked => "locked",
            Self::Late => "late",
        }
    }

    /// Why a change is unusual by itself, whatever was changed before it.
    pub const fn of(has_reason: bool, is_late: bool) -> Option<Self> {
        match (has_reason, is_late) {
            (true, _) => Some(Self::Locked),
            (false, true) => Some(Self::Late),
            (false, false) => None,
        }
    }

    /// Whether a change that `by` makes now is the one with which their changes in a journal become many. `recent` are the
    /// notable changes of the journal within [`Self::WINDOW`]. Of a stretch of changes one alone is told of.
    pub fn makes_many(recent: &[NotableChange], by: PersonId) -> bool {
        let own = || recent.iter().filter(|change| change.by().0 == by);
        let is_told = |change: &NotableChange| change.alert().is_some_and(|alert| alert.kind == Self::Many);
        own().count() + 1 >= Self::MANY && !own().any(is_told)
    }
}

impl FromStr for UnusualKind {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(ParseError("kind of unusual change"))
    }
}

/// That a change is told of: whom, and why. It stands in the change, so that nothing can be changed without being told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The institution whose leaders hear of it.
    pub institution: InstitutionId,
    /// Why.
    pub kind: UnusualKind,
}

impl Alert {
    /// Where the second index shows the alerts of an institution and what was seen of them.
    pub(crate) fn partition(institution: InstitutionId) -> String {
        format!("ALERTS#{institution}")
    }

    /// Beside the other alerts of the institution, by time.
    pub(crate) fn place(self, at: Timestamp, name: &str) -> Key {
        Key {
            pk: Self::partition(self.institution),
            sk: format!("{}#{name}", NotableChange::moment(at)),
        }
    }
}

/// Which alert of an institution: the changes of one kind that one person made in a journal on one day (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlertId {
    /// The day.
    pub day: Date,
    /// Why they are told of.
    pub kind: UnusualKind,
    /// The journal.
    pub journal: GroupId,
    /// Who changed it.
    pub by: PersonId,
}

impl fmt::Display for AlertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            day,
            kind,
            journal,
            by,
        } = self;
        write!(f, "{day}.{}.{journal}.{by}", kind.as_str())
    }
}

impl FromStr for AlertId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let parts: Vec<&str> = text.split('.').collect();
        let error = ParseError("alert");
        let [day, kind, journal, by] = parts[..] else {
            return Err(error);
        };
        let id = Self {
            day: day.parse().map_err(|_| error)?,
            kind: kind.parse()?,
            journal: journal.parse().map_err(|_| error)?,
            by: by.parse().map_err(|_| error)?,
        };
        // Another spelling would be a second name of the same alert.
        if id.to_string() == text {
            Ok(id)
        } else {
            Err(error)
        }
    }
}

/// That somebody who leads the institution has seen an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSeen {
    /// The institution.
    pub institution: InstitutionId,
    /// Which alert: a text, as in its key.
    pub alert: String,
    /// How many changes it had then. With the next one it is new again.
    pub changes: usize,
    /// Who, and when.
    #[serde(flatten)]
    pub signed: Signed,
}

impl Record for AlertSeen {
    const ENTITY: &'static str = "alert_seen";

    fn key(&self) -> Key {
        Key {
            pk: Alert::partition(self.institution),
            sk: self.alert.clone(),
        }
    }

    /// Among the alerts of its day, so that one query reads both.
    fn second_index(&self) -> Option<Key> {
        let day = self.alert.split('.').next().unwrap_or_default();
        Some(Key {
            pk: Alert::partition(self.institution),
            sk: format!("{day}#SEEN#{}", self.alert),
        })
    }
}

/// Unusual changes that belong together, as whoever leads the institution is told of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusualChanges {
    /// Which.
    pub id: AlertId,
    /// The changes by time; at least one.
    pub changes: Vec<NotableChange>,
    /// Who has seen them, if somebody has; perhaps fewer of them than there are now.
    pub seen: Option<AlertSeen>,
}

impl UnusualChanges {
    /// So many items are read at the most: alerts and what was seen of them.
    pub const MOST_READ: i32 = 500;
    /// So many days back alerts are shown. What is older stands in the reports and histories.
    const DAYS: i64 = 30;

    /// The days of which alerts are shown: days are counted as in the keys, in UTC, and one ahead is behind nobody's clock.
    pub fn shown_on(today: Date) -> (Date, Date) {
        (
            today.saturating_sub(Self::DAYS.days()),
            today.saturating_add(1.day()),
        )
    }

    /// Puts changes and what was seen of them together, those with the last change first. A change that nobody is told of is
    /// left out.
    pub fn gather(changes: Vec<NotableChange>, seen: Vec<AlertSeen>) -> Vec<Self> {
        let mut seen: BTreeMap<String, AlertSeen> =
            seen.into_iter().map(|seen| (seen.alert.clone(), seen)).collect();
        let mut groups: BTreeMap<AlertId, Vec<NotableChange>> = BTreeMap::new();
        for change in changes {
            if let Some(alert) = change.alert() {
                let id = AlertId {
                    day: TimeZone::UTC.to_datetime(change.at()).date(),
                    kind: alert.kind,
                    journal: change.journal(),
                    by: change.by().0,
                };
                groups.entry(id).or_default().push(change);
            }
        }
        let mut gathered: Vec<Self> = groups
            .into_iter()
            .map(|(id, mut changes)| {
                changes.sort_by_key(NotableChange::at);
                let seen = seen.remove(&id.to_string());
                Self { id, changes, seen }
            })
            .collect();
        gathered.sort_by_key(|group| (std::cmp::Reverse(group.last_at()), group.id));
        gathered
    }

    /// When the last of them was made.
    pub fn last_at(&self) -> Option<Timestamp> {
        self.changes.last().map(NotableChange::at)
    }

    /// Whether any of them has not been seen.
    pub fn is_new(&self) -> bool {
        let seen = self.seen.as_ref().map_or(0, |seen| seen.changes);
        seen < self.changes.len()
    }
}

#[cfg(test)]
mod tests;
