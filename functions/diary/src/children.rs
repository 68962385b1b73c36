//! The children between whom a parent switches.
//!
//! Their names stand on every page of the diary, and reading the parent's card for them each time would be an eighth of a
//! page's cost. So the browser keeps them for an hour. Nothing is opened by it: each diary asks anew who may read it.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::Cookie;
use model::PersonId;
use rosters::PersonCard;
use ui::Child;
use web::cookies;

/// The children of one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Children {
    /// Who switches between them: on a shared computer the list of the reader before is nobody's.
    reader: PersonId,
    /// Ids and given names.
    list: Vec<(PersonId, String)>,
}

impl Children {
    /// So many seconds the browser keeps the list: as long as a session's roles.
    const KEPT: i64 = 60 * 60;

    /// Nobody to switch between.
    pub(crate) const fn none(reader: PersonId) -> Self {
        Self {
            reader,
            list: Vec::new(),
        }
    }

    /// The children whom the owner of a card represents now.
    pub(crate) fn of(card: &PersonCard) -> Self {
        let list = card
            .children_in_force()
            .map(|held| (held.child, held.child_name.given.clone()));
        Self {
            reader: card.person.person,
            list: list.collect(),
        }
    }

    /// What the reader's browser kept, if it is this reader's.
    pub(crate) fn kept(headers: &HeaderMap, reader: PersonId) -> Option<Self> {
        let text = cookies::read(headers, cookies::CHILDREN)?;
        let (whose, list) = serde_json::from_str::<(PersonId, Vec<(PersonId, String)>)>(&text).ok()?;
        (whose == reader).then_some(Self { reader, list })
    }

    /// The cookie that keeps the list.
    pub(crate) fn cookie(&self) -> Cookie<'static> {
        // Ids and names always have a form in JSON; an empty text would be passed over on reading.
        let text = serde_json::to_string(&(self.reader, &self.list)).unwrap_or_default();
        cookies::at(cookies::CHILDREN, text, cookies::CHILDREN_PATH, Self::KEPT)
    }

    /// The first of them.
    pub(crate) fn first(&self) -> Option<PersonId> {
        self.list.first().map(|(child, _)| *child)
    }

    /// Whether there is more than one: then they have a page side by side.
    pub(crate) const fn are_several(&self) -> bool {
        self.list.len() > 1
    }

    /// The links to switch by; `current` is the child whose page it is.
    pub(crate) fn links(&self, current: PersonId) -> Vec<Child> {
        self.list
            .iter()
            .map(|(child, name)| Child {
                name: name.clone(),
                href: format!("/diary/{child}"),
                current: *child == current,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, header};

    use super::*;

    fn brought(cookie: &Cookie<'_>) -> HeaderMap {
        let text = cookie.encoded().stripped().to_string();
        let value = HeaderValue::from_str(&text).expect("a header");
        HeaderMap::from_iter([(header::COOKIE, value)])
    }

    #[test]
    fn the_browser_brings_back_what_it_was_given_and_only_to_its_reader() {
        let reader = PersonId::from_bits(1);
        let children = Children {
            reader,
            list: vec![
                (PersonId::from_bits(2), "Аня".to_owned()),
                (PersonId::from_bits(3), "Пётр; \"Младший\"".to_owned()),
            ],
        };
        let headers = brought(&children.cookie());
        assert_eq!(Children::kept(&headers, reader), Some(children));
        assert_eq!(Children::kept(&headers, PersonId::from_bits(9)), None);
    }

    #[test]
    fn a_broken_cookie_is_passed_over() {
        let reader = PersonId::from_bits(1);
        let broken = cookies::at(cookies::CHILDREN, "[1", cookies::CHILDREN_PATH, 60);
        assert_eq!(Children::kept(&brought(&broken), reader), None);
        assert_eq!(Children::kept(&HeaderMap::new(), reader), None);
    }
}
