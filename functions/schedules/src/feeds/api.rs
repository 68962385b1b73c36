//! What the API of feeds takes and answers.

use jiff::Timestamp;
use model::{GroupId, InstitutionId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::Problem;

use super::{
    item::{Feed, FeedOf},
    secret::FeedId,
};

/// What a link may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FeedKind {
    /// The lessons that one gives.
    Teacher,
    /// The lessons that one has as a pupil.
    Pupil,
    /// The lessons of `child`.
    Child,
    /// The lessons of `class`.
    Class,
    /// The lessons in `room` of `institution`.
    Room,
}

/// A link that somebody wants.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(crate) struct FeedRequest {
    /// What it shows.
    kind: Option<FeedKind>,
    /// The child.
    #[schema(value_type = Option<String>)]
    child: Option<PersonId>,
    /// The class.
    #[schema(value_type = Option<String>)]
    class: Option<GroupId>,
    /// The room's institution.
    #[schema(value_type = Option<String>)]
    institution: Option<InstitutionId>,
    /// The room's number or name.
    room: Option<String>,
}

/// A field whose value is not acceptable.
pub(crate) fn wrong(field: &'static str) -> Problem {
    Problem::unacceptable("invalid").with_field(field, format!("feeds_{field}"))
}

impl FeedRequest {
    /// What is wanted.
    ///
    /// # Errors
    /// Names the field that is missing.
    pub(crate) fn of(&self) -> Result<FeedOf, Problem> {
        Ok(match self.kind.ok_or_else(|| wrong("kind"))? {
            FeedKind::Teacher => FeedOf::Teacher,
            FeedKind::Pupil => FeedOf::Pupil,
            FeedKind::Child => FeedOf::Child {
                child: self.child.ok_or_else(|| wrong("child"))?,
            },
            FeedKind::Class => FeedOf::Class {
                class: self.class.ok_or_else(|| wrong("class"))?,
            },
            FeedKind::Room => FeedOf::Room {
                institution: self.institution.ok_or_else(|| wrong("institution"))?,
                room: self
                    .room
                    .as_deref()
                    .map(str::trim)
                    .filter(|room| !room.is_empty() && room.chars().count() <= 40)
                    .ok_or_else(|| wrong("room"))?
                    .to_owned(),
            },
        })
    }
}

/// A link of one's own, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FeedView {
    /// Its name: the hash of its secret.
    #[schema(value_type = String)]
    id: FeedId,
    /// What it shows.
    #[schema(value_type = Object)]
    of: FeedOf,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<&Feed> for FeedView {
    fn from(feed: &Feed) -> Self {
        Self {
            id: feed.feed.clone(),
            of: feed.of.clone(),
            created_at: feed.created_at,
        }
    }
}

/// One's own links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FeedsView {
    /// The newest first.
    pub(crate) feeds: Vec<FeedView>,
}

/// A link just made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct NewFeedView {
    /// The link.
    #[serde(flatten)]
    pub(crate) feed: FeedView,
    /// Its address with the secret: told this once, it cannot be looked up later.
    pub(crate) url: String,
}
