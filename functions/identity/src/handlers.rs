//! The handlers, a file for each step of a session's life.

pub(crate) mod callback;
pub(crate) mod choices;
pub(crate) mod home;
pub(crate) mod profile;
pub(crate) mod refresh;
pub(crate) mod sign_in;
pub(crate) mod sign_out;

use serde::Deserialize;

use crate::return_to::ReturnTo;

/// Where the person wants to go afterwards.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Wanted {
    return_to: Option<String>,
    /// `1` where the person has to sign in at Gosuslugi anew.
    anew: Option<String>,
}

impl Wanted {
    fn page(&self) -> ReturnTo {
        ReturnTo::wanted(self.return_to.as_deref())
    }

    fn is_anew(&self) -> bool {
        self.anew.as_deref() == Some("1")
    }
}
