//! iCalendar feeds: a week in the calendar of one's phone, by a secret link.
//!
//! A link shows lessons, rooms and teachers, and nothing that is somebody's own: neither marks nor homework, since a link
//! can leak. It is made by a person for their own week, a child's, a class's or a room's, can be taken back at any time, and
//! is asked for access at each reading: what its owner may no longer see, it no longer shows.
//!
//! | partition | sort key | what |
//! |---|---|---|
//! | `FEED#hash` | `FEED` | whose link it is and what it shows; of the secret only its hash is kept |
//! | `PERSON#per` | `FEED#hash` | the same, for the list of one's own links |

pub(crate) mod api;
mod calendar;
mod events;
pub(crate) mod handlers;
mod item;
mod pages;
mod read;
mod room;
mod secret;
mod source;
mod span;
pub(crate) mod store;

pub(crate) use read::read;
pub(crate) use store::FeedStore;
