//! Messages by Fluent: plurals and order of words are the language's own.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use model::RoomName;
use unic_langid::langid;

use crate::{Locale, Messages};

/// Why messages cannot be used.
#[derive(Debug)]
pub struct TranslationsError(String);

impl std::fmt::Display for TranslationsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the translations are not valid: {}", self.0)
    }
}

impl std::error::Error for TranslationsError {}

/// The messages of the layout and of one feature in every language. Built once per environment.
pub struct Translations {
    ru: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Translations {
    /// Reads the layout's and the feature's messages.
    pub fn new(feature: Messages) -> Result<Self, TranslationsError> {
        Self::of_all(&[feature])
    }

    /// The same for a feature that also says what a shared crate has words for.
    pub fn of_all(features: &[Messages]) -> Result<Self, TranslationsError> {
        let all = || std::iter::once(&crate::MESSAGES).chain(features);
        Ok(Self {
            ru: bundle(langid!("ru"), all().map(|messages| messages.ru))?,
            en: bundle(langid!("en"), all().map(|messages| messages.en))?,
        })
    }

    /// The messages in one language.
    pub const fn of(&self, locale: Locale) -> Texts<'_> {
        let bundle = match locale {
            Locale::Ru => &self.ru,
            Locale::En => &self.en,
        };
        Texts { locale, bundle }
    }
}

impl std::fmt::Debug for Translations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Translations")
    }
}

fn bundle(
    language: unic_langid::LanguageIdentifier,
    sources: impl Iterator<Item = &'static str>,
) -> Result<FluentBundle<FluentResource>, TranslationsError> {
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The isolating marks are for mixed directions of writing, which none of our languages has.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, errors)| TranslationsError(format!("{errors:?}")))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| TranslationsError(format!("{errors:?}")))?;
    }
    Ok(bundle)
}

/// Arguments of a message: name and value.
pub type Args<'a> = [(&'a str, FluentValue<'a>)];

/// The messages in one language.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// The language.
    pub locale: Locale,
    bundle: &'a FluentBundle<FluentResource>,
}

impl Texts<'_> {
    /// A message without arguments. A missing one shows its key: visible, but the page stands.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A message with one counted argument, `$count`.
    pub fn count(&self, key: &str, count: usize) -> String {
        self.with(key, &[("count", count.into())])
    }

    /// A message with one argument, `$it`.
    pub fn of(&self, key: &str, it: &str) -> String {
        self.with(key, &[("it", it.to_owned().into())])
    }

    /// A room as people call it: «каб. 210», but «Спортзал»; with its building where one is named: «корп. 2, каб. 214».
    pub fn room(&self, room: &str) -> String {
        let RoomName { building, room } = RoomName::of(room);
        let numbered = room.starts_with(|first: char| first.is_ascii_digit());
        let room = if numbered {
            self.of("room", room)
        } else {
            room.to_owned()
        };
        match building {
            Some(building) => format!("{}, {room}", self.building(building)),
            None => room,
        }
    }

    /// A building by its short name: «корп. 2», «корп. А», but «Мастерские».
    pub fn building(&self, short: &str) -> String {
        let is_number = short.starts_with(|first: char| first.is_ascii_digit());
        if is_number || short.chars().count() == 1 {
            self.of("building", short)
        } else {
            short.to_owned()
        }
    }

    /// A message with arguments.
    pub fn with(&self, key: &str, args: &Args<'_>) -> String {
        self.find(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// A message, if there is one of that name.
    pub fn find(&self, key: &str, args: &Args<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let args: FluentArgs<'_> = args.iter().cloned().collect();
        let mut errors = vec![];
        Some(
            self.bundle
                .format_pattern(pattern, Some(&args), &mut errors)
                .into_owned(),
        )
    }
}

impl std::fmt::Debug for Texts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Texts({})", self.locale.tag())
    }
}
