//! Identifiers: a prefix that names the kind, and a ULID. They cannot contain a key separator.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use ulid::Ulid;

/// Why a text is not an id of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id that starts with {0}_")]
pub struct IdError(pub &'static str);

/// The kind of thing that an [`Id`] names.
pub trait Kind {
    /// Three letters before the underscore; part of the public API and of table keys.
    const PREFIX: &'static str;
}

/// An id of a `K`: `<prefix>_<26 characters of Crockford's alphabet>`.
pub struct Id<K>(Ulid, PhantomData<fn() -> K>);

impl<K: Kind> Id<K> {
    /// An id from its 128 bits, as a ULID generator gives them.
    pub const fn from_bits(bits: u128) -> Self {
        Self(Ulid(bits), PhantomData)
    }

    /// The id of an imported thing: the first 128 bits of SHA-256 over region, kind and the source's own id.
    ///
    /// A second import of the same source meets the same object without a look-up, and no source can name another
    /// region's object.
    pub fn derived(region: &str, source_id: &str) -> Self {
        let digest = Sha256::new()
            .chain_update(region)
            .chain_update([0])
            .chain_update(K::PREFIX)
            .chain_update([0])
            .chain_update(source_id)
            .finalize();
        let bits = digest
            .iter()
            .take(16)
            .fold(0u128, |bits, byte| (bits << 8) | u128::from(*byte));
        Self::from_bits(bits)
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", K::PREFIX, self.0)
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K: Kind> FromStr for Id<K> {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (prefix, ulid) = text.split_once('_').ok_or(IdError(K::PREFIX))?;
        let ulid: Ulid = ulid.parse().map_err(|_| IdError(K::PREFIX))?;
        let id = Self(ulid, PhantomData);
        // Only the canonical spelling is an id: lower case or an overflowing first digit would be a second name.
        if prefix == K::PREFIX && id.to_string() == text {
            Ok(id)
        } else {
            Err(IdError(K::PREFIX))
        }
    }
}

impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

// Derives would ask the same of `K`, which is only a name.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

macro_rules! kinds {
    ($($kind:ident $id:ident $prefix:literal $doc:literal;)*) => {$(
        #[doc = $doc]
        #[derive(Debug)]
        pub enum $kind {}
        impl Kind for $kind {
            const PREFIX: &'static str = $prefix;
        }
        #[doc = $doc]
        pub type $id = Id<$kind>;
    )*};
}

kinds! {
    Region RegionId "reg" "A region of the country.";
    Institution InstitutionId "ins" "An educational institution.";
    Group GroupId "grp" "A class, or a teaching group that has a journal.";
    Person PersonId "per" "A person, whatever roles they hold.";
    Import ImportId "imp" "One import of a bundle.";
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_id_reads_back_from_its_text(bits: u128) {
            let id = PersonId::from_bits(bits);
            prop_assert_eq!(id.to_string().parse::<PersonId>(), Ok(id));
        }

        #[test]
        fn no_id_contains_a_key_separator(bits: u128) {
            prop_assert!(!GroupId::from_bits(bits).to_string().contains(['#', '|', '/']));
        }

        #[test]
        fn any_other_text_is_refused(text: String) {
            prop_assert!(text.parse::<PersonId>().is_err());
        }
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let group = GroupId::from_bits(7).to_string();
        assert_eq!(group.parse::<PersonId>(), Err(IdError("per")));
    }

    #[test]
    fn a_derived_id_is_the_same_at_every_import_and_differs_between_regions_and_kinds() {
        let first = PersonId::derived("north", "42");
        assert_eq!(first, PersonId::derived("north", "42"));
        assert_ne!(first, PersonId::derived("south", "42"));
        assert_ne!(
            first.to_string()[4..],
            GroupId::derived("north", "42").to_string()[4..]
        );
    }

    #[test]
    fn a_lower_case_spelling_is_not_a_second_name_of_the_same_thing() {
        let id = PersonId::from_bits(u128::MAX / 3).to_string().to_lowercase();
        assert!(id.parse::<PersonId>().is_err());
    }
}
