//! The languages of the pages.

use std::str::FromStr;

/// A language in which pages are written. Russian is the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Ru, Self::En];

    /// The language's tag: `ru`, `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language's own name of itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ru => "Русский",
            Self::En => "English",
        }
    }

    /// The best language for an `Accept-Language` header; the order in it is taken as the preference.
    pub fn accepted(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.split([';', '-']).next()?.trim().parse().ok())
            .next()
            .unwrap_or_default()
    }
}

impl FromStr for Locale {
    type Err = model::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|locale| locale.tag() == text)
            .ok_or(model::ParseError("language"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_have_is_taken() {
        assert_eq!(Locale::accepted("de-DE,en-GB;q=0.8,ru;q=0.5"), Locale::En);
        assert_eq!(Locale::accepted("ru-RU,ru;q=0.9,en;q=0.8"), Locale::Ru);
        assert_eq!(Locale::accepted("tlh"), Locale::Ru);
    }
}
