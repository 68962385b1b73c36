//! Classes and teaching groups, and who belongs to them.

use jiff::civil::Date;
use model::{AcademicPeriod, GroupId, GroupKind, InstitutionId, PersonId, PersonName};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::person;

/// The partition of a group, in the table and in the first index.
pub(crate) fn partition(group: GroupId) -> String {
    format!("GROUP#{group}")
}

/// A class («7А») or a teaching group («7А, алгебра»).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id; the journal of a teaching group has the same one.
    pub group: GroupId,
    /// The institution.
    pub institution: InstitutionId,
    /// Class or teaching group.
    pub kind: GroupKind,
    /// What people call it: «7А», «7А, 1-я подгруппа».
    pub title: String,
    /// What is taught, for teaching groups: «Алгебра».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The year of study, 1–11 in schools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u8>,
    /// The classes from which a teaching group draws.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<GroupId>,
    /// The periods at whose ends results are given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<AcademicPeriod>,
    /// IANA name of the institution's time zone, so that "today" needs no second read.
    pub time_zone: String,
}

impl Group {
    /// The time zone in which the group's days begin; Moscow time where the name is unknown.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        model::time_zone(&self.time_zone)
    }

    /// Where a group is kept.
    pub fn key_of(group: GroupId) -> Key {
        Key {
            pk: partition(group),
            sk: "GROUP".to_owned(),
        }
    }
}

impl Record for Group {
    const ENTITY: &'static str = "group";

    fn key(&self) -> Key {
        Self::key_of(self.group)
    }

    fn first_index(&self) -> Option<Key> {
        Some(Self::key_of(self.group))
    }

    /// Classes are listed by their institution, by year and title. Teaching groups are listed by their classes.
    fn second_index(&self) -> Option<Key> {
        (self.kind == GroupKind::Class).then(|| Key {
            pk: format!("INSTITUTION#{}", self.institution),
            sk: format!(
                "CLASS#{:02}#{}#{}",
                self.grade.unwrap_or(0),
                self.title.to_lowercase(),
                self.group
            ),
        })
    }
}

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub group: GroupId,
    /// Class or teaching group.
    pub group_kind: GroupKind,
    /// Learns or teaches.
    pub role: MemberRole,
    /// The person's name.
    pub name: PersonName,
    /// The group's institution.
    pub institution: InstitutionId,
    /// The institution's name.
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
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub time_zone: String,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day, itself included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
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
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
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
            pk: partition(self.group),
            sk: format!("{part}#{}#{}", self.name.sort_text(), self.person),
        })
    }
}

/// A member of a group as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// A group with its members, pupils by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRoster {
    /// The group.
    pub group: Group,
    /// Who learns in it.
    pub pupils: Vec<Member>,
    /// Who teaches it.
    pub teachers: Vec<Member>,
}

/// That a teaching group draws from a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassTeaching {
    /// The class.
    pub class: GroupId,
    /// The teaching group.
    pub group: GroupId,
    /// What is taught.
    pub subject: String,
    /// The teaching group's title.
    pub title: String,
}

impl ClassTeaching {
    /// The sort keys of the teaching groups of a class start so.
    pub(crate) const PREFIX: &'static str = "TEACHING#";
}

impl Record for ClassTeaching {
    const ENTITY: &'static str = "class_teaching";

    fn key(&self) -> Key {
        Key {
            pk: partition(self.class),
            sk: format!("{}{}", Self::PREFIX, self.group),
        }
    }
}
