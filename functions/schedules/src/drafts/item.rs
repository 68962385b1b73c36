//! Keys and items of drafts.
//!
//! | partition | sort key | what | also shown by |
//! |---|---|---|---|
//! | `DRAFT#dft` | `HEAD` | title, institution, Monday, state, who and when | gsi1 `INSTITUTION#ins` / `DRAFT#dft` |
//! | | `CLASS#grp` | the courses and lessons of a class | |
//! | | `TERMS` | when teachers cannot teach, how many lessons rooms hold | |
//! | `INSTITUTION#ins` | `PUBLICATION` | which draft was published last, or is being published, and how far | |
//!
//! The head counts the writes of all other items of its draft in `revision`: it is the sum of their versions. Each edit
//! replaces the class items that it touches and counts up the head in one transaction, whose conditions are the versions
//! that were read and the head's revision. A draft is read with one query, which may catch the items of such a transaction
//! half before and half after it; then the sum is not the head's revision, and it is read again. So an edit is always judged
//! by all the lessons that stand when it is written, and of two people who put one teacher into two classes at once one is
//! told.

use jiff::{Timestamp, civil::Date};
use model::{GroupId, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use super::{
    draft::DraftClass,
    id::DraftId,
    kept::{class_of, text_of},
    terms::Terms,
};

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DraftState {
    /// It can be edited.
    Draft,
    /// Its weeks are being written.
    Publishing,
    /// Its weeks were published; it stays as it is and can be copied.
    Published,
}

impl DraftState {
    /// Its name in the API, the items and the words of the page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Publishing => "publishing",
            Self::Published => "published",
        }
    }
}

/// A draft without its lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DraftHead {
    pub(crate) draft: DraftId,
    pub(crate) institution: InstitutionId,
    /// What people call it.
    pub(crate) title: String,
    /// The Monday from which it should hold.
    pub(crate) from: Date,
    pub(crate) state: DraftState,
    /// The sum of the versions of its items.
    pub(crate) revision: u64,
    /// The classes with their titles, in the order in which people name them.
    pub(crate) classes: Vec<(GroupId, String)>,
    /// IANA name of the institution's time zone.
    pub(crate) time_zone: String,
    pub(crate) created_by: PersonId,
    pub(crate) created_at: Timestamp,
    pub(crate) changed_by: PersonId,
    pub(crate) changed_at: Timestamp,
}

pub(crate) fn partition(draft: DraftId) -> String {
    format!("DRAFT#{draft}")
}

impl DraftHead {
    /// The sort keys by which the first index lists the drafts of an institution start so.
    pub(crate) const LISTED: &'static str = "DRAFT#";

    pub(crate) fn key_of(draft: DraftId) -> Key {
        Key {
            pk: partition(draft),
            sk: "HEAD".to_owned(),
        }
    }

    pub(crate) fn list_of(institution: InstitutionId) -> String {
        format!("INSTITUTION#{institution}")
    }

    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.state, DraftState::Draft)
    }

    pub(crate) fn title_of(&self, class: GroupId) -> Option<&str> {
        self.classes
            .iter()
            .find(|(id, _)| *id == class)
            .map(|(_, title)| title.as_str())
    }
}

impl Record for DraftHead {
    const ENTITY: &'static str = "draft";

    fn key(&self) -> Key {
        Self::key_of(self.draft)
    }

    fn first_index(&self) -> Option<Key> {
        Some(Key {
            pk: Self::list_of(self.institution),
            sk: format!("{}{}", Self::LISTED, self.draft),
        })
    }
}

/// A class of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptDraftClass {
    pub(crate) draft: DraftId,
    pub(crate) class: GroupId,
    pub(crate) title: String,
    /// Courses and lessons, see `kept.rs`.
    week: String,
}

impl KeptDraftClass {
    pub(crate) fn of(draft: DraftId, class: &DraftClass) -> Result<Self, serde_json::Error> {
        Ok(Self {
            draft,
            class: class.class,
            title: class.title.clone(),
            week: text_of(class)?,
        })
    }

    pub(crate) fn read(self) -> Result<DraftClass, serde_json::Error> {
        class_of(self.class, self.title, &self.week)
    }

    pub(crate) fn key_of(draft: DraftId, class: GroupId) -> Key {
        Key {
            pk: partition(draft),
            sk: format!("CLASS#{class}"),
        }
    }
}

impl Record for KeptDraftClass {
    const ENTITY: &'static str = "draft_class";

    fn key(&self) -> Key {
        Self::key_of(self.draft, self.class)
    }
}

/// What binds the lessons of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptTerms {
    pub(crate) draft: DraftId,
    /// [`Terms`] as JSON.
    terms: String,
}

impl KeptTerms {
    pub(crate) fn of(draft: DraftId, terms: &Terms) -> Result<Self, serde_json::Error> {
        Ok(Self {
            draft,
            terms: serde_json::to_string(terms)?,
        })
    }

    pub(crate) fn read(&self) -> Result<Terms, serde_json::Error> {
        serde_json::from_str(&self.terms)
    }

    pub(crate) fn key_of(draft: DraftId) -> Key {
        Key {
            pk: partition(draft),
            sk: "TERMS".to_owned(),
        }
    }
}

impl Record for KeptTerms {
    const ENTITY: &'static str = "draft_terms";

    fn key(&self) -> Key {
        Self::key_of(self.draft)
    }
}

/// The publication of a draft: one of an institution at a time. The last one stays, so that none begins before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Publication {
    pub(crate) institution: InstitutionId,
    pub(crate) draft: DraftId,
    /// The Monday from which the weeks hold.
    pub(crate) from: Date,
    pub(crate) by: PersonId,
    pub(crate) at: Timestamp,
    /// When it was last known to go on.
    pub(crate) touched_at: Timestamp,
    /// Whether all weeks are written.
    pub(crate) done: bool,
    /// Weeks written and to be written, as far as it is known.
    pub(crate) written: u64,
    pub(crate) total: u64,
}

impl Publication {
    pub(crate) fn key_of(institution: InstitutionId) -> Key {
        Key {
            pk: format!("INSTITUTION#{institution}"),
            sk: "PUBLICATION".to_owned(),
        }
    }
}

impl Record for Publication {
    const ENTITY: &'static str = "publication";

    fn key(&self) -> Key {
        Self::key_of(self.institution)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_formatted_as_written_down() {
        let (draft, class) = (DraftId::from_bits(1), GroupId::from_bits(2));
        let pk = format!("DRAFT#{draft}");
        assert_eq!(
            [
                DraftHead::key_of(draft),
                KeptDraftClass::key_of(draft, class),
                KeptTerms::key_of(draft)
            ]
            .map(|key| (key.pk, key.sk)),
            ["HEAD".to_owned(), format!("CLASS#{class}"), "TERMS".to_owned()].map(|sk| (pk.clone(), sk))
        );
        let institution = InstitutionId::from_bits(3);
        assert_eq!(Publication::key_of(institution).sk, "PUBLICATION");
        assert_eq!(
            DraftHead::list_of(institution),
            format!("INSTITUTION#{institution}")
        );
    }
}
