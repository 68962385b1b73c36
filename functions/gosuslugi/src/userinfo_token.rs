//! The access token of the bridge: it opens `/userinfo` and nothing else, and costs no signature and no look-up.

use model::Subject;
use serde::{Deserialize, Serialize};

/// Content of the sealed token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UserInfoToken {
    /// Who signed in.
    pub(crate) sub: Subject,
    /// Whether the account is confirmed, `true` or `false`.
    pub(crate) trusted: String,
    /// The second after which it counts no more.
    pub(crate) exp: i64,
}
