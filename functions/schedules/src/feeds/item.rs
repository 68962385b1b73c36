//! Links as they are kept.

use jiff::Timestamp;
use model::{GroupId, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record, StoreError, Stored, Write};

use super::secret::FeedId;

/// What a link shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum FeedOf {
    /// The lessons that its owner gives.
    Teacher,
    /// The lessons that its owner has as a pupil.
    Pupil,
    /// The lessons of a child whom its owner represents.
    Child {
        /// The child.
        child: PersonId,
    },
    /// The lessons of a class at whose institution its owner works.
    Class {
        /// The class.
        class: GroupId,
    },
    /// The lessons in a room of an institution at which its owner works.
    Room {
        /// The institution.
        institution: InstitutionId,
        /// The room's number or name.
        room: String,
    },
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Feed {
    pub(crate) feed: FeedId,
    /// Who made it, and by whose rights it is read.
    pub(crate) owner: PersonId,
    pub(crate) of: FeedOf,
    /// The tag of the language in which it speaks.
    pub(crate) language: String,
    pub(crate) created_at: Timestamp,
}

impl Feed {
    /// Where a link is found by its secret.
    pub(crate) fn key_of(feed: &FeedId) -> Key {
        Key {
            pk: format!("FEED#{feed}"),
            sk: "FEED".to_owned(),
        }
    }

    /// Where the links of a person are listed.
    pub(crate) fn partition_of(owner: PersonId) -> String {
        format!("PERSON#{owner}")
    }

    fn own_key(&self) -> Key {
        Self::own_key_of(self.owner, &self.feed)
    }

    fn own_key_of(owner: PersonId, feed: &FeedId) -> Key {
        Key {
            pk: Self::partition_of(owner),
            sk: format!("{}{feed}", OwnFeed::PREFIX),
        }
    }

    /// The writes that make the link known.
    pub(crate) fn create(&self) -> Result<[Write; 2], StoreError> {
        Ok([
            Write::create(&Stored::new(self.clone()))?,
            Write::create(&Stored::new(OwnFeed(self.clone())))?,
        ])
    }

    /// The writes that take a link of its owner back.
    pub(crate) fn revoke(owner: PersonId, feed: &FeedId) -> [Write; 2] {
        [
            Write::delete(Self::own_key_of(owner, feed)),
            Write::delete(Self::key_of(feed)),
        ]
    }
}

impl Record for Feed {
    const ENTITY: &'static str = "feed";

    fn key(&self) -> Key {
        Self::key_of(&self.feed)
    }
}

/// A link in the list of its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct OwnFeed(pub(crate) Feed);

impl OwnFeed {
    pub(crate) const PREFIX: &'static str = "FEED#";
}

impl Record for OwnFeed {
    const ENTITY: &'static str = "own_feed";

    fn key(&self) -> Key {
        self.0.own_key()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feeds::secret::Secret;

    #[test]
    fn keys_are_formatted_as_written_down() {
        let id = Secret::random().id();
        let owner = PersonId::from_bits(7);
        let feed = Feed {
            feed: id.clone(),
            owner,
            of: FeedOf::Teacher,
            language: "ru".to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(
            (feed.key().pk, feed.key().sk),
            (format!("FEED#{id}"), "FEED".to_owned())
        );
        let own = OwnFeed(feed).key();
        assert_eq!(
            (own.pk, own.sk),
            (format!("PERSON#{owner}"), format!("FEED#{id}"))
        );
    }

    #[test]
    fn what_a_link_shows_reads_back() {
        let of = FeedOf::Room {
            institution: InstitutionId::from_bits(1),
            room: "2.14".to_owned(),
        };
        let text = serde_json::to_string(&of).expect("a text");
        assert!(text.contains("\"kind\":\"room\""), "{text}");
        assert_eq!(serde_json::from_str::<FeedOf>(&text).expect("a value"), of);
    }
}
