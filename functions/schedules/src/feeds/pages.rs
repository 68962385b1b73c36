//! The page of one's own links.

use askama::Template;
use model::{Actor, GroupId, PersonId, Role};
use rosters::{Group, Institution, PersonCard};
use ui::{DateStyle, Frame, Texts};

use super::{
    item::{Feed, FeedOf},
    secret::FeedId,
};

/// A link just made, with its secret.
#[derive(Debug)]
pub(crate) struct NewLink {
    id: String,
    pub(crate) url: String,
    /// The same for programs that subscribe at a tap.
    pub(crate) tap: String,
}

impl NewLink {
    pub(crate) fn new(id: &FeedId, url: String) -> Self {
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        Self {
            id: id.to_string(),
            tap: format!("webcal://{rest}"),
            url,
        }
    }
}

/// What the reader may make a link to.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) teaches: bool,
    pub(crate) learns: bool,
    /// Children by given name.
    pub(crate) children: Vec<(PersonId, String)>,
    /// Institutions at which the reader works, with their classes.
    pub(crate) institutions: Vec<(Institution, Vec<Group>)>,
}

impl Options {
    pub(crate) fn new(
        actor: &Actor,
        card: Option<&PersonCard>,
        institutions: Vec<(Institution, Vec<Group>)>,
    ) -> Self {
        let children = card.into_iter().flat_map(PersonCard::children_in_force);
        Self {
            teaches: actor.roles.holds(Role::Teacher) && !institutions.is_empty(),
            learns: actor.roles.holds(Role::Pupil),
            children: children
                .map(|held| (held.child, held.child_name.given.clone()))
                .collect(),
            institutions,
        }
    }

    fn class(&self, class: GroupId) -> Option<&Group> {
        let classes = self.institutions.iter().flat_map(|(_, classes)| classes);
        classes.into_iter().find(|group| group.group == class)
    }

    /// What a link shows, in words.
    fn title(&self, texts: Texts<'_>, of: &FeedOf) -> String {
        match of {
            FeedOf::Teacher => texts.get("feeds-of-teacher"),
            FeedOf::Pupil => texts.get("feeds-of-pupil"),
            FeedOf::Child { child } => {
                let name = self.children.iter().find(|(id, _)| id == child);
                name.map_or_else(
                    || texts.get("feeds-of-child-gone"),
                    |(_, name)| texts.of("feeds-of-child", name),
                )
            }
            FeedOf::Class { class } => self.class(*class).map_or_else(
                || texts.get("feeds-of-class-gone"),
                |group| texts.of("feeds-of-class", &group.title),
            ),
            FeedOf::Room { room, .. } => texts.of("feeds-room-of", room),
        }
    }

    fn is_empty(&self) -> bool {
        !self.teaches && !self.learns && self.children.is_empty() && self.institutions.is_empty()
    }
}

/// A link as the list shows it.
#[derive(Debug)]
pub(crate) struct FeedLine {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) created: String,
    /// Whether it is the one whose secret stands above.
    pub(crate) is_new: bool,
}

/// One's own links, and what more of them can be made.
#[derive(Template)]
#[template(path = "feeds.html")]
pub(crate) struct FeedsPage<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) lines: Vec<FeedLine>,
    pub(crate) options: Options,
    pub(crate) made: Option<NewLink>,
}

impl<'a> FeedsPage<'a> {
    pub(crate) fn new(frame: Frame<'a>, feeds: &[Feed], options: Options, made: Option<NewLink>) -> Self {
        let texts = frame.texts;
        let line = |feed: &Feed| {
            let zone = model::time_zone("Europe/Moscow");
            let date = zone.to_datetime(feed.created_at).date();
            FeedLine {
                id: feed.feed.to_string(),
                title: options.title(texts, &feed.of),
                created: texts.of("feeds-made", &texts.date(date, DateStyle::Full)),
                is_new: made.as_ref().is_some_and(|made| made.id == feed.feed.to_string()),
            }
        };
        Self {
            lines: feeds.iter().map(line).collect(),
            frame,
            options,
            made,
        }
    }
}
