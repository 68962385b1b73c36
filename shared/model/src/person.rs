//! How a person is named.

use serde::{Deserialize, Serialize};

use crate::ParseError;

/// Sex as documents give it; Russian needs it to agree words with a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// A person's name in its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PersonName {
    /// Фамилия.
    pub family: String,
    /// Имя.
    pub given: String,
    /// Отчество, which not everyone has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patronymic: Option<String>,
}

impl PersonName {
    /// The longest part that documents hold, in characters.
    const LONGEST_PART: usize = 100;

    /// Reads the parts: trims them, folds inner white space, refuses empty ones and control characters.
    pub fn parse(family: &str, given: &str, patronymic: Option<&str>) -> Result<Self, ParseError> {
        Ok(Self {
            family: part(family).ok_or(ParseError("family name"))?,
            given: part(given).ok_or(ParseError("given name"))?,
            patronymic: match patronymic.map(str::trim) {
                None | Some("") => None,
                Some(text) => Some(part(text).ok_or(ParseError("patronymic"))?),
            },
        })
    }

    /// «Фамилия Имя Отчество»: in lists and documents.
    pub fn full(&self) -> String {
        match &self.patronymic {
            Some(patronymic) => format!("{} {} {patronymic}", self.family, self.given),
            None => self.short(),
        }
    }

    /// «Фамилия Имя»: in the journal and wherever a column is narrow.
    pub fn short(&self) -> String {
        format!("{} {}", self.family, self.given)
    }

    /// «Имя Отчество»: when speaking to an adult.
    pub fn polite(&self) -> String {
        match &self.patronymic {
            Some(patronymic) => format!("{} {patronymic}", self.given),
            None => self.given.clone(),
        }
    }

    /// «Фамилия И. О.»: beside a lesson.
    pub fn initials(&self) -> String {
        let initial = |text: &str| {
            text.chars()
                .next()
                .map(|letter| format!("\u{a0}{letter}."))
                .unwrap_or_default()
        };
        let patronymic = self.patronymic.as_deref().map(initial).unwrap_or_default();
        format!("{}{}{patronymic}", self.family, initial(&self.given))
    }

    /// The text by which lists are sorted: folds case and sorts ё beside е, as a paper register does.
    pub fn sort_text(&self) -> String {
        self.full()
            .to_lowercase()
            .replace('ё', "е")
            .replace(['#', '|'], " ")
    }
}

fn part(text: &str) -> Option<String> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=PersonName::LONGEST_PART).contains(&folded.chars().count());
    (fits && !folded.chars().any(char::is_control)).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name() -> PersonName {
        PersonName::parse(" Ёлкина ", "Анна  Мария", Some("Петровна")).expect("a name")
    }

    #[test]
    fn the_name_is_written_as_the_place_needs_it() {
        assert_eq!(name().full(), "Ёлкина Анна Мария Петровна");
        assert_eq!(name().short(), "Ёлкина Анна Мария");
        assert_eq!(name().polite(), "Анна Мария Петровна");
        assert_eq!(name().initials(), "Ёлкина\u{a0}А.\u{a0}П.");
    }

    #[test]
    fn a_person_without_a_patronymic_is_named_without_a_gap() {
        let name = PersonName::parse("Ли", "Вэй", Some("  ")).expect("a name");
        assert_eq!((name.full().as_str(), name.polite().as_str()), ("Ли Вэй", "Вэй"));
    }

    #[test]
    fn yo_sorts_beside_ye() {
        assert!(name().sort_text().starts_with("елкина"));
    }

    #[test]
    fn empty_and_control_text_is_refused() {
        assert!(PersonName::parse("", "Анна", None).is_err());
        assert!(PersonName::parse("Ёлкина", "Ан\u{7}на", None).is_err());
        assert!(PersonName::parse(&"я".repeat(101), "Анна", None).is_err());
    }
}
