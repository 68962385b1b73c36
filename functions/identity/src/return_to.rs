//! Where a person goes after signing in: a page of ours and nothing else.

use std::fmt;

/// The address of one of our own pages: path and query, printable ASCII, ready for a `Location` header.
///
/// An address comes from whoever wrote the link, so that it must not be able to lead to another site: browsers read
/// `//host`, `/\host` and `/<tab>/host` as addresses of hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReturnTo(String);

impl ReturnTo {
    /// The longest address, in bytes: several of them have to fit into one cookie.
    const LONGEST: usize = 600;
    /// Steps of signing in. To come back to one of them would be to go in a circle.
    const STEPS: [&'static str; 5] = [
        "/identity/callback",
        "/identity/refresh",
        "/identity/sign-in",
        "/identity/sign-out",
        "/identity/signed-out",
    ];

    /// The first page.
    pub(crate) fn home() -> Self {
        Self("/".to_owned())
    }

    /// The address, if it is one of our pages.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let is_local = path.starts_with('/') && !path.contains("//");
        let is_plain = !text.contains('\\') && !text.chars().any(char::is_control);
        let is_step = Self::STEPS.iter().any(|step| path.trim_end_matches('/') == *step);
        let encoded = encoded(text);
        (is_local && is_plain && !is_step && encoded.len() <= Self::LONGEST).then_some(Self(encoded))
    }

    /// The address asked for, or the first page when there is none or it is not ours.
    pub(crate) fn wanted(text: Option<&str>) -> Self {
        text.and_then(Self::parse).unwrap_or_else(Self::home)
    }

    /// The address.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the first page, which needs no mention in links.
    pub(crate) fn is_home(&self) -> bool {
        self.0 == "/"
    }

    /// The link `path` that carries the address on in `return_to`.
    pub(crate) fn carried_by(&self, path: &str) -> String {
        self.carried(path, &[])
    }

    /// The link to a sign-in that leads to the address: to a new one at Gosuslugi with `is_anew`.
    pub(crate) fn carried_to_sign_in(&self, is_anew: bool) -> String {
        let anew = [("anew", "1")];
        self.carried("/identity/sign-in", if is_anew { &anew } else { &[] })
    }

    fn carried(&self, path: &str, also: &[(&str, &str)]) -> String {
        let own = (!self.is_home()).then_some(("return_to", self.0.as_str()));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(own.iter().chain(also))
            .finish();
        match query.as_str() {
            "" => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

impl fmt::Display for ReturnTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Percent-encodes what a header cannot carry: Cyrillic in a search, spaces.
fn encoded(text: &str) -> String {
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut encoded, byte| {
            if byte.is_ascii_graphic() {
                encoded.push(char::from(byte));
            } else {
                encoded.push_str(&format!("%{byte:02X}"));
            }
            encoded
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_of_ours_are_kept() {
        for page in [
            "/",
            "/diary",
            "/journals/grp_1?period=2#row-3",
            "/identity/signed-in",
            "/a?next=https://b",
        ] {
            assert_eq!(ReturnTo::parse(page).expect("one of our pages").as_str(), page);
        }
    }

    #[test]
    fn other_sites_are_refused_however_they_are_written() {
        let tries = [
            "",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "https:evil.example",
            "javascript:alert(1)",
            "evil.example",
            " //evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r\nSet-Cookie: a=b",
            "/\u{85}/evil.example",
            "/diary//evil.example",
            "?return_to=//evil.example",
        ];
        for text in tries {
            assert_eq!(ReturnTo::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn steps_of_signing_in_are_no_places_to_come_back_to() {
        assert_eq!(
            ReturnTo::parse("/identity/refresh?return_to=/identity/refresh"),
            None
        );
        assert_eq!(ReturnTo::parse("/identity/callback/"), None);
        assert_eq!(ReturnTo::wanted(Some("/identity/sign-out")), ReturnTo::home());
    }

    #[test]
    fn cyrillic_is_percent_encoded() {
        assert_eq!(
            ReturnTo::parse("/registry?q=ё 1").expect("ours").as_str(),
            "/registry?q=%D1%91%201"
        );
    }

    #[test]
    fn a_very_long_address_gives_way_to_the_first_page() {
        assert!(ReturnTo::wanted(Some(&format!("/{}", "a".repeat(600)))).is_home());
    }

    #[test]
    fn the_address_is_carried_on_in_links() {
        let page = ReturnTo::wanted(Some("/diary?week=1&child=2"));
        assert_eq!(
            page.carried_by("/"),
            "/?return_to=%2Fdiary%3Fweek%3D1%26child%3D2"
        );
        assert_eq!(ReturnTo::home().carried_by("/"), "/");
    }

    proptest! {
        #[test]
        fn what_is_accepted_stays_on_our_origin_for_a_browser(text in "[/\\\\a-z:?#@.\\t\\n\\r ё]{0,24}") {
            if let Some(page) = ReturnTo::parse(&text) {
                let ours = reqwest::Url::parse("https://school.example").expect("an origin");
                let reached = ours.join(page.as_str()).expect("an address");
                prop_assert_eq!(reached.origin(), ours.origin());
                prop_assert!(page.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }

        #[test]
        fn what_was_accepted_is_accepted_again_unchanged(text in "/[ -~ё]{0,60}") {
            if let Some(page) = ReturnTo::parse(&text) {
                prop_assert_eq!(ReturnTo::parse(page.as_str()), Some(page));
            }
        }
    }
}
