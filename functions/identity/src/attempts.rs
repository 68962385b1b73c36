//! Sign-ins under way: what the browser keeps between the button and the way back.
//!
//! One cookie holds them all, since people open several tabs. It ties a sign-in to the browser that began it: a way back
//! that somebody else began finds nothing here.

use axum_extra::extract::cookie::{Cookie, CookieJar};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use web::cookies;

use crate::{pkce, return_to::ReturnTo};

/// The path that gets the cookies of signing in.
pub(crate) const PATH: &str = "/identity";

/// One sign-in under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// Comes back in the address: names the attempt.
    pub(crate) state: String,
    /// Comes back in the id token: ties it to the attempt.
    pub(crate) nonce: String,
    /// Proves to the identity provider that who exchanges the code is who asked for it.
    pub(crate) verifier: String,
    /// Where the person wanted to go.
    pub(crate) return_to: ReturnTo,
    /// When it began, in seconds.
    began_at: i64,
    /// Whether the person has to sign in at Gosuslugi anew, since something is done that a session left open must not do.
    pub(crate) is_anew: bool,
}

impl Attempt {
    /// Cognito waits five minutes for Gosuslugi; a person may look for their password before that.
    pub(crate) const LIFETIME: SignedDuration = SignedDuration::from_mins(15);
    /// How far the clocks of Gosuslugi and of the pool may be behind ours.
    const SKEW: SignedDuration = SignedDuration::from_secs(60);
    /// The mark of an attempt that has to be a new one.
    const ANEW: &'static str = "anew";

    /// A sign-in that begins now.
    pub(crate) fn begin(return_to: ReturnTo, now: Timestamp) -> Self {
        Self {
            state: pkce::unguessable::<16>(),
            nonce: pkce::unguessable::<16>(),
            verifier: pkce::unguessable::<32>(),
            return_to,
            began_at: now.as_second(),
            is_anew: false,
        }
    }

    /// The same, for which the person has to sign in at Gosuslugi anew.
    #[must_use]
    pub(crate) fn anew(self) -> Self {
        Self {
            is_anew: true,
            ..self
        }
    }

    /// Whether somebody who signed in at that moment did so for this attempt, where that matters.
    pub(crate) fn is_met_by(&self, signed_in_at: Option<Timestamp>) -> bool {
        let earliest = self.began_at - Self::SKEW.as_secs();
        !self.is_anew || signed_in_at.is_some_and(|at| earliest <= at.as_second())
    }

    fn is_under_way(&self, now: Timestamp) -> bool {
        let age = now.as_second() - self.began_at;
        (0..Self::LIFETIME.as_secs()).contains(&age)
    }

    /// `state.nonce.verifier.began_at.return_to`, and `.anew` where that is so, of characters that cookies carry as they are.
    fn encode(&self) -> String {
        let return_to = BASE64_URL_SAFE_NO_PAD.encode(self.return_to.as_str());
        let encoded = format!(
            "{}.{}.{}.{}.{return_to}",
            self.state, self.nonce, self.verifier, self.began_at
        );
        if self.is_anew {
            format!("{encoded}.{}", Self::ANEW)
        } else {
            encoded
        }
    }

    fn decode(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let mut secret = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
        let (state, nonce, verifier) = (secret()?, secret()?, secret()?);
        let began_at = parts.next()?.parse().ok()?;
        let return_to = BASE64_URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        let return_to = ReturnTo::wanted(std::str::from_utf8(&return_to).ok());
        let is_anew = match parts.next() {
            None => false,
            Some(Self::ANEW) => true,
            Some(_) => return None,
        };
        parts.next().is_none().then_some(Self {
            state,
            nonce,
            verifier,
            return_to,
            began_at,
            is_anew,
        })
    }
}

/// The sign-ins of one browser, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attempts(Vec<Attempt>);

impl Attempts {
    /// So many tabs can sign in at once; the oldest gives way.
    const MOST: usize = 5;
    /// Browsers keep 4,096 bytes of a cookie, its name and attributes included.
    const LONGEST: usize = 3_700;

    /// The sign-ins that the browser brought, without those that took too long.
    pub(crate) fn of(jar: &CookieJar, now: Timestamp) -> Self {
        Self::decode(jar.get(cookies::SIGN_IN).map_or("", Cookie::value), now)
    }

    fn decode(text: &str, now: Timestamp) -> Self {
        let all = text.split('~').filter_map(Attempt::decode);
        Self(all.filter(|attempt| attempt.is_under_way(now)).collect())
    }

    fn encode(&self) -> String {
        self.0.iter().map(Attempt::encode).collect::<Vec<_>>().join("~")
    }

    /// With one more.
    #[must_use]
    pub(crate) fn with(mut self, attempt: Attempt) -> Self {
        self.0.push(attempt);
        while self.0.len() > Self::MOST || self.encode().len() > Self::LONGEST {
            self.0.remove(0);
        }
        self
    }

    /// Takes the sign-in that the state names. It cannot be taken twice.
    pub(crate) fn take(&mut self, state: &str) -> Option<Attempt> {
        let place = self.0.iter().position(|attempt| attempt.state == state)?;
        Some(self.0.remove(place))
    }

    /// The cookie that keeps them.
    pub(crate) fn cookie(&self) -> Cookie<'static> {
        if self.0.is_empty() {
            return cookies::gone(cookies::SIGN_IN, PATH);
        }
        cookies::at(cookies::SIGN_IN, self.encode(), PATH, Attempt::LIFETIME.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).expect("a moment")
    }

    fn attempt(page: &str) -> Attempt {
        Attempt::begin(ReturnTo::wanted(Some(page)), now())
    }

    #[test]
    fn two_tabs_sign_in_side_by_side_and_each_only_once() {
        let (diary, journal) = (attempt("/diary"), attempt("/journals"));
        let attempts = Attempts::default().with(diary.clone()).with(journal.clone());
        let mut read = Attempts::decode(&attempts.encode(), now());
        assert_eq!(read.take(&journal.state), Some(journal.clone()));
        assert_eq!(read.take(&journal.state), None);
        assert_eq!(read.take(&diary.state), Some(diary));
        assert_eq!(read.cookie().value(), "");
    }

    #[test]
    fn a_new_sign_in_is_met_only_by_one_that_came_after_it_was_asked_for() {
        let usual = attempt("/journals");
        let anew = attempt("/journals").anew();
        let at = |seconds| Some(now() + SignedDuration::from_secs(seconds));
        assert!(usual.is_met_by(None) && usual.is_met_by(at(-9_000)));
        assert!(anew.is_met_by(at(30)) && anew.is_met_by(at(-60)), "clocks differ");
        assert!(!anew.is_met_by(at(-61)), "a session that was open before");
        assert!(!anew.is_met_by(None), "nobody has told when");
        let mut read = Attempts::decode(&Attempts::default().with(anew.clone()).encode(), now());
        assert_eq!(read.take(&anew.state), Some(anew));
    }

    #[test]
    fn the_oldest_of_many_gives_way_and_the_cookie_stays_within_its_limit() {
        let page = format!("/{}", "a".repeat(599));
        let many: Vec<Attempt> = (0..9).map(|_| attempt(&page)).collect();
        let attempts = many.iter().cloned().fold(Attempts::default(), Attempts::with);
        assert!(attempts.encode().len() <= Attempts::LONGEST);
        assert!(attempts.0.len() >= 3, "{} fit", attempts.0.len());
        assert_eq!(attempts.0.last(), many.last());
        let short = (0..9)
            .map(|_| attempt("/diary"))
            .fold(Attempts::default(), Attempts::with);
        assert_eq!(short.0.len(), Attempts::MOST);
    }

    #[test]
    fn a_sign_in_that_took_too_long_is_forgotten() {
        let begun = attempt("/");
        let attempts = Attempts::default().with(begun.clone());
        let later = now() + Attempt::LIFETIME;
        assert_eq!(
            Attempts::decode(&attempts.encode(), later).take(&begun.state),
            None
        );
        // A clock that went backwards is no reason to keep a sign-in for ever.
        let earlier = now() - SignedDuration::from_secs(1);
        assert_eq!(Attempts::decode(&attempts.encode(), earlier), Attempts::default());
    }

    #[test]
    fn a_forged_cookie_cannot_send_people_to_another_site() {
        let evil = BASE64_URL_SAFE_NO_PAD.encode("https://evil.example");
        let forged = format!("s.n.v.{}.{evil}", now().as_second());
        let taken = Attempts::decode(&forged, now()).take("s").expect("a sign-in");
        assert_eq!(taken.return_to, ReturnTo::home());
    }

    #[test]
    fn an_empty_state_names_nothing() {
        assert_eq!(
            Attempts::decode(&format!(".n.v.{}.Lw", now().as_second()), now()).take(""),
            None
        );
    }

    proptest! {
        #[test]
        fn any_text_in_the_cookie_is_read_without_harm(text in ".{0,200}") {
            let _ = Attempts::decode(&text, now());
        }

        #[test]
        fn the_cookie_reads_back(pages in proptest::collection::vec("/[a-z?=&/ё]{0,40}", 0..5)) {
            let begun = |(place, page): (usize, &String)| match place % 2 {
                0 => attempt(page),
                _ => attempt(page).anew(),
            };
            let attempts = pages.iter().enumerate().map(begun).fold(Attempts::default(), Attempts::with);
            prop_assert_eq!(Attempts::decode(&attempts.encode(), now()), attempts.clone());
            prop_assert!(attempts.encode().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte)));
        }
    }
}
