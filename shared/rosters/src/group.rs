//! Classes and teaching groups.

use jiff::civil::Date;
use model::{AcademicPeriod, GroupId, GroupKind, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::{Member, Membership};

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

impl GroupRoster {
    /// Who teaches it on a date: whoever has left it, or comes later, may not do what its teachers do.
    pub fn teachers_on(&self, date: Date) -> Vec<PersonId> {
        let now = self.teachers.iter().filter(|teacher| teacher.holds_on(date));
        now.map(|teacher| teacher.person).collect()
    }
}

/// A group with the memberships of all who belong to it, pupils by name: of a class they tell where each pupil learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupMemberships {
    /// The group.
    pub group: Group,
    /// Those of its pupils.
    pub pupils: Vec<Membership>,
    /// Those of its teachers.
    pub teachers: Vec<Membership>,
}

impl GroupMemberships {
    /// Who teaches it on a date, as [`GroupRoster::teachers_on`].
    pub fn teachers_on(&self, date: Date) -> Vec<PersonId> {
        let now = self.teachers.iter().filter(|teacher| teacher.holds_on(date));
        now.map(|teacher| teacher.person).collect()
    }

    /// The group with its members as lists show them.
    pub fn roster(&self) -> GroupRoster {
        let members = |of: &[Membership]| of.iter().map(Membership::member).collect();
        GroupRoster {
            group: self.group.clone(),
            pupils: members(&self.pupils),
            teachers: members(&self.teachers),
        }
    }
}

/// That a teaching group draws from a class. Carries who teaches it, so that a class with its subjects is one query.
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
    /// Who teaches the group, past teachers too, by name: as [`crate::Rosters::teachers_of`] gives them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teachers: Vec<Member>,
}

impl ClassTeaching {
    /// The sort keys of the teaching groups of a class start so.
    pub(crate) const PREFIX: &'static str = "TEACHING#";

    /// Who teaches the group on a date, as [`GroupRoster::teachers_on`].
    pub fn teachers_on(&self, date: Date) -> Vec<PersonId> {
        let now = self.teachers.iter().filter(|teacher| teacher.holds_on(date));
        now.map(|teacher| teacher.person).collect()
    }

    /// Where it is kept that a teaching group draws from a class.
    pub fn key_of(class: GroupId, group: GroupId) -> Key {
        Key {
            pk: partition(class),
            sk: format!("{}{group}", Self::PREFIX),
        }
    }
}

impl Record for ClassTeaching {
    const ENTITY: &'static str = "class_teaching";

    fn key(&self) -> Key {
        Self::key_of(self.class, self.group)
    }
}
