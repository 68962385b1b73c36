//! Who belongs to classes and teaching groups.

use jiff::civil::Date;
use model::{AcademicPeriod, GroupId, GroupKind, InstitutionId, PersonId, PersonName};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::{group, person};

/// In which part a person belongs to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Learns.
    Pupil,
    /// Teaches; of a class: its class teacher.
    Teacher,
}

/// That a person belongs to a group, from a day to a day. Carries what lists show, so that a list is one query.
///
/// It is the most frequent item of the table, and a class reads those of all its pupils: its attributes have short names.
/// The ids stand beside the keys that hold them too, since a record is read from its attributes alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub group: GroupId,
    /// Class or teaching group.
    #[serde(rename = "kind")]
    pub group_kind: GroupKind,
    /// Learns or teaches.
    pub role: MemberRole,
    /// The person's name.
    pub name: PersonName,
    /// The group's institution.
    #[serde(rename = "at")]
    pub institution: InstitutionId,
    /// The institution's name.
    #[serde(rename = "place")]
    pub institution_name: String,
    /// The group's title.
    pub title: String,
    /// The group's subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The group's year of study.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
    /// The periods of the class: the diary needs them before it can read anything else. Empty for teaching groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<AcademicPeriod>,
    /// IANA name of the time zone in which the days of the class begin: the diary asks "today" before it has read anything
    /// else. Empty for teaching groups.
    #[serde(rename = "zone", default, skip_serializing_if = "String::is_empty")]
    pub time_zone: String,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Where a pupil of a class learns at its institution, by group: see [`Membership::learning`]. The diary needs the groups
    /// before it can read anything else, and so does not read a dozen memberships. Empty for all others.
    #[serde(rename = "learns", default, skip_serializing_if = "Vec::is_empty")]
    pub learns_in: Vec<LearnsIn>,
}

/// A teaching group in which a pupil of a class learns, as the membership of the class carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnsIn {
    /// The teaching group.
    #[serde(rename = "g")]
    pub group: GroupId,
    /// The first day.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day, itself included.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl LearnsIn {
    /// Whether the pupil learned in the group on the date.
    pub fn holds_on(&self, date: Date) -> bool {
        holds(self.from, self.until, date)
    }
}

impl Membership {
    /// Where a membership is kept. A class teacher's own class stands among what they teach.
    pub fn key_of(person: PersonId, group: GroupId, kind: GroupKind, role: MemberRole) -> Key {
        let place = match (kind, role) {
            (GroupKind::Class, MemberRole::Pupil) => "CLASS",
            _ => "TEACHING",
        };
        Key {
            pk: person::partition(person),
            sk: format!("{place}#{group}"),
        }
    }

    /// Whether this is the class to which a pupil belongs, and not a group in which somebody learns or teaches.
    pub fn is_of_class(&self) -> bool {
        self.group_kind == GroupKind::Class && self.role == MemberRole::Pupil
    }

    /// The time zone of the class; Moscow time where none is named.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        model::time_zone(&self.time_zone)
    }

    /// Whether the person belonged to the group on the date.
    pub fn holds_on(&self, date: Date) -> bool {
        holds(self.from, self.until, date)
    }

    /// The member as lists of the group show it.
    pub fn member(&self) -> Member {
        Member {
            person: self.person,
            name: self.name.clone(),
            from: self.from,
            until: self.until,
        }
    }

    /// What [`Membership::learns_in`] has to be, given all memberships of the same person: the teaching groups of the class's
    /// institution in which they learn, past and future ones too, by group. Nothing unless this is a pupil's class.
    ///
    /// Those that ended before the first day of the class and of its periods are of earlier years and are left out; if the
    /// membership has ended, so are those that began after it and after the periods. So the list does not grow from year to
    /// year.
    pub fn learning<'m>(&self, all: impl IntoIterator<Item = &'m Self>) -> Vec<LearnsIn> {
        if !self.is_of_class() {
            return Vec::new();
        }
        let first_of_periods = self.periods.iter().map(|period| period.start).min();
        let last_of_periods = self.periods.iter().map(|period| period.end).max();
        let first = [self.from, first_of_periods].into_iter().flatten().min();
        let last = self
            .until
            .map(|until| last_of_periods.map_or(until, |last| until.max(last)));
        let counts = |other: &&Self| {
            other.group_kind == GroupKind::Teaching
                && other.role == MemberRole::Pupil
                && other.institution == self.institution
                && first.zip(other.until).is_none_or(|(first, until)| first <= until)
                && last.zip(other.from).is_none_or(|(last, from)| from <= last)
        };
        let mut learning: Vec<LearnsIn> = all
            .into_iter()
            .filter(counts)
            .map(|other| LearnsIn {
                group: other.group,
                from: other.from,
                until: other.until,
            })
            .collect();
        learning.sort_unstable_by_key(|learns| learns.group);
        learning
    }
}

impl Record for Membership {
    const ENTITY: &'static str = "membership";

    fn key(&self) -> Key {
        Self::key_of(self.person, self.group, self.group_kind, self.role)
    }

    fn first_index(&self) -> Option<Key> {
        let part = match self.role {
            MemberRole::Pupil => "PUPIL",
            MemberRole::Teacher => "TEACHER",
        };
        Some(Key {
            pk: group::partition(self.group),
            sk: format!("{part}#{}#{}", self.name.sort_text(), self.person),
        })
    }
}

/// A member of a group as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day, itself included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Member {
    /// Whether the person belonged to the group on the date.
    pub fn holds_on(&self, date: Date) -> bool {
        holds(self.from, self.until, date)
    }
}

/// Whether a date is from a day to a day, both included, each of which may be open.
fn holds(from: Option<Date>, until: Option<Date>, date: Date) -> bool {
    from.is_none_or(|from| from <= date) && until.is_none_or(|until| date <= until)
}
