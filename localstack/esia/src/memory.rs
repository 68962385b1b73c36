//! What the simulator remembers while it runs: open sign-in pages, browsers' sessions and codes. All of it is forgotten at
//! the end, as nobody needs it a few minutes later.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;

use crate::clock::now;

/// A checked request for authorization that waits for the person's choice.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: String,
    pub(crate) state: String,
}

/// A person signed in at ESIA in one browser.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) oid: u64,
    pub(crate) sid: String,
    pub(crate) signed_in_at: Timestamp,
}

/// What a code may be exchanged for.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) request: Request,
    pub(crate) session: Session,
}

/// Values under unguessable names, each with its end.
#[derive(Debug)]
pub(crate) struct Expiring<T>(Mutex<HashMap<String, (Timestamp, T)>>);

impl<T> Default for Expiring<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Expiring<T> {
    /// Keeps a value and returns the name made for it.
    pub(crate) fn keep(&self, value: T, lifetime: SignedDuration) -> String {
        let name = random_name();
        let now = now();
        let mut values = self.lock();
        values.retain(|_, (end, _)| *end > now);
        values.insert(name.clone(), (now + lifetime, value));
        name
    }

    /// The value, if it is still there.
    pub(crate) fn get(&self, name: &str) -> Option<T> {
        self.lock()
            .get(name)
            .filter(|(end, _)| *end > now())
            .map(|(_, value)| value.clone())
    }

    /// Takes the value away, so that its name works once.
    pub(crate) fn take(&self, name: &str) -> Option<T> {
        self.lock()
            .remove(name)
            .filter(|(end, _)| *end > now())
            .map(|(_, value)| value)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, (Timestamp, T)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 256 random bits in hex.
pub(crate) fn random_name() -> String {
    let bytes: [u8; 32] = rand::rng().random();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_taken_once_and_not_after_its_end() {
        let values = Expiring::default();
        let name = values.keep("one", SignedDuration::from_secs(60));
        assert_eq!(values.get(&name), Some("one"));
        assert_eq!((values.take(&name), values.take(&name)), (Some("one"), None));
        let late = values.keep("late", SignedDuration::ZERO);
        assert_eq!((values.get(&late), values.take(&late)), (None, None));
    }
}
