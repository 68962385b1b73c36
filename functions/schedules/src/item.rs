//! What the schedules keep for themselves, beside the weeks and calendars that others read (see the crate `timetables`).
//!
//! | partition | sort key | what |
//! |---|---|---|
//! | `GROUP#grp` | `FEEDS` | which weeks show the group's lessons |
//! | `INSTITUTION#ins` | `GROUPS` | which groups have a week |
//! | `INSTITUTION#ins` | `RULES` | bells, days off for some years of study only, buildings and rooms |
//! | `IMPORT#imp` | `REPORT` | what an import of timetables did |

use bundles::Report;
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use model::{DayOff, GroupId, ImportId, InstitutionId, RegionId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};
use timetables::Owner;

use crate::buildings::Buildings;

/// Which weeks show a group's lessons: when the group changes, these have to follow, also those it has left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Feeds {
    pub(crate) group: GroupId,
    /// Classes and teachers, in order.
    pub(crate) owners: Vec<Owner>,
}

impl Feeds {
    pub(crate) fn key_of(group: GroupId) -> Key {
        Key {
            pk: format!("GROUP#{group}"),
            sk: "FEEDS".to_owned(),
        }
    }
}

impl Record for Feeds {
    const ENTITY: &'static str = "feeds";

    fn key(&self) -> Key {
        Self::key_of(self.group)
    }
}

/// Which groups of an institution have a week; those that a later timetable leaves out have to lose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct InstitutionGroups {
    pub(crate) institution: InstitutionId,
    /// In order. A thousand ids are 30 KB.
    pub(crate) groups: Vec<GroupId>,
}

impl InstitutionGroups {
    pub(crate) fn key_of(institution: InstitutionId) -> Key {
        Key {
            pk: format!("INSTITUTION#{institution}"),
            sk: "GROUPS".to_owned(),
        }
    }
}

impl Record for InstitutionGroups {
    const ENTITY: &'static str = "institution_groups";

    fn key(&self) -> Key {
        Self::key_of(self.institution)
    }
}

/// When a lesson of a number begins and ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct BellRule {
    pub(crate) shift: u8,
    pub(crate) number: u8,
    /// The years of study it applies to; empty for those that no other bell of the number names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) grades: Vec<u8>,
    /// The first day on which it holds; always, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Date>,
    pub(crate) start: Time,
    pub(crate) end: Time,
}

/// A day off for some years of study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GradeDayOff {
    #[serde(flatten)]
    pub(crate) day: DayOff,
    pub(crate) grades: Vec<u8>,
}

/// By what the weeks of an institution are built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct InstitutionRules {
    pub(crate) institution: InstitutionId,
    /// In order.
    #[serde(default)]
    pub(crate) bells: Vec<BellRule>,
    /// By date.
    #[serde(default)]
    pub(crate) grade_days_off: Vec<GradeDayOff>,
    /// Where lessons are held, and how long the way between them is.
    #[serde(default, skip_serializing_if = "Buildings::is_none")]
    pub(crate) buildings: Buildings,
}

impl InstitutionRules {
    pub(crate) const fn none(institution: InstitutionId) -> Self {
        Self {
            institution,
            bells: Vec::new(),
            grade_days_off: Vec::new(),
            buildings: Buildings::none(),
        }
    }

    pub(crate) fn key_of(institution: InstitutionId) -> Key {
        Key {
            pk: format!("INSTITUTION#{institution}"),
            sk: "RULES".to_owned(),
        }
    }

    /// The rules with the bells that hold on a date: for each shift and years of study those set last.
    pub(crate) fn as_of(&self, date: Date) -> Self {
        let holds = |bell: &&BellRule| bell.from.is_none_or(|from| from <= date);
        let latest = |bell: &BellRule| {
            let same = |other: &&BellRule| (other.shift, &other.grades) == (bell.shift, &bell.grades);
            self.bells
                .iter()
                .filter(holds)
                .filter(same)
                .map(|other| other.from)
                .max()
        };
        let bells = self.bells.iter().filter(holds);
        Self {
            bells: bells
                .filter(|bell| latest(bell) == Some(bell.from))
                .cloned()
                .collect(),
            ..self.clone()
        }
    }

    /// The bell of a lesson: of the regime that names the year of study, else of the general one; of two shifts the first.
    ///
    /// A regime is a whole day of the years that it names: of several the latest, of those the one that names fewest years, and
    /// no general bell beside it. Grade 1 with four lessons has no fifth one, whatever the others have.
    pub(crate) fn bell(&self, number: u8, grade: Option<u8>) -> Option<&BellRule> {
        let names = |bell: &&BellRule| grade.is_some_and(|grade| bell.grades.contains(&grade));
        let own = || self.bells.iter().filter(names);
        let Some(latest) = own().map(|bell| bell.from).max() else {
            let general = |bell: &&BellRule| bell.grades.is_empty() && bell.number == number;
            return self.bells.iter().find(general);
        };
        let of_day = || own().filter(|bell| bell.from == latest);
        let narrowest = of_day().map(|bell| &bell.grades);
        let narrowest = narrowest.min_by_key(|grades| (grades.len(), *grades))?;
        of_day().find(|bell| bell.grades == *narrowest && bell.number == number)
    }

    /// The days off that one year of study has for itself, by date.
    pub(crate) fn days_off_of(&self, grade: u8) -> impl Iterator<Item = &DayOff> {
        self.grade_days_off
            .iter()
            .filter(move |off| off.grades.contains(&grade))
            .map(|off| &off.day)
    }
}

impl Record for InstitutionRules {
    const ENTITY: &'static str = "institution_rules";

    fn key(&self) -> Key {
        Self::key_of(self.institution)
    }
}

/// How many weeks an import touched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekCounts {
    /// Weeks that had not been there.
    pub created: u64,
    /// Weeks that differ now.
    pub changed: u64,
    /// Weeks that stayed as they were.
    pub kept: u64,
}

/// What an import of timetables did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimetableImport {
    /// The import.
    pub import: ImportId,
    /// Whose bundle it was.
    pub region: RegionId,
    /// When it was done.
    pub finished_at: Timestamp,
    /// Why the bundle as a whole was refused, as the error's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The weeks of classes, groups and teachers.
    pub weeks: WeekCounts,
    /// What became of each row; counts are exact, lists are cut to what an item holds.
    pub report: Report,
}

impl TimetableImport {
    /// The most refused rows and the most warnings of a file that are kept: three files of them stay below 400 KB.
    pub const LISTED: usize = 150;

    pub(crate) fn key_of(import: ImportId) -> Key {
        Key {
            pk: format!("IMPORT#{import}"),
            sk: "REPORT".to_owned(),
        }
    }
}

impl Record for TimetableImport {
    const ENTITY: &'static str = "timetable_import";

    fn key(&self) -> Key {
        Self::key_of(self.import)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    fn bell(shift: u8, grades: &[u8], hour: i8) -> BellRule {
        BellRule {
            shift,
            number: 1,
            grades: grades.to_vec(),
            from: None,
            start: time(hour, 0, 0, 0),
            end: time(hour, 40, 0, 0),
        }
    }

    #[test]
    fn keys_are_formatted_as_written_down() {
        let (group, institution) = (GroupId::from_bits(1), InstitutionId::from_bits(2));
        assert_eq!(Feeds::key_of(group).pk, format!("GROUP#{group}"));
        assert_eq!(InstitutionGroups::key_of(institution).sk, "GROUPS");
        assert_eq!(
            InstitutionRules::key_of(institution).pk,
            format!("INSTITUTION#{institution}")
        );
        let import = ImportId::from_bits(3);
        assert_eq!(
            TimetableImport::key_of(import),
            Key {
                pk: format!("IMPORT#{import}"),
                sk: "REPORT".to_owned()
            }
        );
    }

    #[test]
    fn a_bell_that_names_the_grade_goes_before_the_general_one_whatever_its_shift() {
        let rules = InstitutionRules {
            bells: vec![bell(1, &[], 8), bell(1, &[1], 9), bell(2, &[6, 7], 14)],
            ..InstitutionRules::none(InstitutionId::from_bits(1))
        };
        let start = |grade| rules.bell(1, grade).map(|bell| bell.start.hour());
        assert_eq!(
            (start(Some(1)), start(Some(6)), start(Some(5)), start(None)),
            (Some(9), Some(14), Some(8), Some(8))
        );
        assert_eq!(rules.bell(2, Some(5)), None);
    }

    #[test]
    fn a_regime_of_a_grade_stands_alone_and_borrows_no_general_bell() {
        let fifth = |grades: &[u8], hour| BellRule {
            number: 5,
            ..bell(1, grades, hour)
        };
        let rules = InstitutionRules {
            bells: vec![bell(1, &[], 8), bell(1, &[1], 9), fifth(&[], 12)],
            ..InstitutionRules::none(InstitutionId::from_bits(1))
        };
        assert_eq!(rules.bell(1, Some(1)).map(|bell| bell.start.hour()), Some(9));
        assert_eq!(rules.bell(5, Some(1)), None, "grade 1 has no fifth lesson");
        assert_eq!(rules.bell(5, Some(2)).map(|bell| bell.start.hour()), Some(12));
        assert_eq!(rules.bell(5, None).map(|bell| bell.start.hour()), Some(12));
    }

    #[test]
    fn of_two_regimes_that_name_a_grade_the_narrower_one_is_its_day() {
        let second = BellRule {
            number: 2,
            ..bell(1, &[2, 7], 10)
        };
        let rules = InstitutionRules {
            bells: vec![bell(1, &[2, 7], 9), second, bell(1, &[7], 8)],
            ..InstitutionRules::none(InstitutionId::from_bits(1))
        };
        assert_eq!(rules.bell(1, Some(7)).map(|bell| bell.start.hour()), Some(8));
        assert_eq!(rules.bell(2, Some(7)), None);
        assert_eq!(rules.bell(2, Some(2)).map(|bell| bell.start.hour()), Some(10));
    }
}
