//! Names of subjects as schools write them, and how hard subjects are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A subject and the names under which timetables have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// How rules and scales name it.
    pub id: String,
    /// Its names and abbreviations: «Русский язык», «Рус. яз.».
    pub names: Vec<String>,
}

/// A subject's points of difficulty by grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleRow {
    /// The [`Subject::id`].
    pub subject: String,
    /// Points by grade; a grade that is not here has none.
    pub points: BTreeMap<u8, u8>,
}

/// A scale of difficulty: СанПиН 1.2.3685-21, tables 6.9–6.11, or another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// How rules name it.
    pub id: String,
    /// The points.
    pub rows: Vec<ScaleRow>,
}

impl Scale {
    /// The points of a subject in a grade.
    pub fn points(&self, subject: &str, grade: u8) -> Option<u8> {
        let row = self.rows.iter().find(|row| row.subject == subject)?;
        row.points.get(&grade).copied()
    }
}

/// The subjects' names, ready for look-ups.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    by_name: BTreeMap<Vec<String>, String>,
}

impl Dictionary {
    /// From the subjects; the second value holds the names that two of them claim, which the dictionary then gives to
    /// the first.
    pub(crate) fn of(subjects: &[Subject]) -> (Self, Vec<String>) {
        let mut by_name: BTreeMap<Vec<String>, String> = BTreeMap::new();
        let mut doubtful = Vec::new();
        for subject in subjects {
            for name in &subject.names {
                let owner = by_name.entry(words(name)).or_insert_with(|| subject.id.clone());
                if *owner != subject.id {
                    doubtful.push(name.clone());
                }
            }
        }
        by_name.remove(&Vec::new());
        (Self { by_name }, doubtful)
    }

    /// The subject that a name means: the longest known name that the given one begins with, word by word. So
    /// «Иностранный язык (английский)», «Английский язык» and «Англ.яз (Э)» are one subject, and «История России» is
    /// history, while «Физическая география» is nothing known.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        let words = words(name);
        (1..=words.len())
            .rev()
            .find_map(|length| self.by_name.get(words.get(..length)?))
            .map(String::as_str)
    }
}

/// The words of a name: small letters, «ё» as «е», all signs as spaces.
pub(crate) fn words(name: &str) -> Vec<String> {
    name.to_lowercase()
        .replace('ё', "е")
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary() -> Dictionary {
        let subject = |id: &str, names: &[&str]| Subject {
            id: id.to_owned(),
            names: names.iter().map(|&name| name.to_owned()).collect(),
        };
        Dictionary::of(&[
            subject(
                "foreign_language",
                &["Иностранный язык", "Английский язык", "Англ. яз."],
            ),
            subject("literature", &["Литература", "Родная литература"]),
            subject("native_language", &["Родной", "Родной язык"]),
            subject("physical_education", &["Физическая культура", "ФК"]),
        ])
        .0
    }

    #[test]
    fn names_are_matched_whatever_their_signs_and_additions() {
        let dictionary = dictionary();
        for (name, subject) in [
            ("Иностранный язык (английский)", "foreign_language"),
            ("английский  язык", "foreign_language"),
            ("Англ.яз (Э)", "foreign_language"),
            ("АНГЛИЙСКИЙ\u{a0}ЯЗЫК, 1-я подгруппа", "foreign_language"),
            ("Родной (русский) язык", "native_language"),
            ("родная литература", "literature"),
            ("ФК", "physical_education"),
        ] {
            assert_eq!(dictionary.find(name), Some(subject), "{name}");
        }
    }

    #[test]
    fn names_of_other_subjects_and_parts_of_words_are_not_matched() {
        let dictionary = dictionary();
        for name in [
            "Физическая география",
            "Литературный кружок",
            "ФКиС",
            "",
            "—",
            "Язык",
        ] {
            assert_eq!(dictionary.find(name), None, "{name}");
        }
    }

    #[test]
    fn letters_e_and_yo_are_the_same() {
        assert_eq!(words("Учёт: счёты"), words("учет счеты"));
    }

    #[test]
    fn a_name_of_two_subjects_is_told() {
        let subject = |id: &str| Subject {
            id: id.to_owned(),
            names: vec!["Труд".to_owned()],
        };
        assert_eq!(Dictionary::of(&[subject("labour"), subject("craft")]).1, ["Труд"]);
    }
}
