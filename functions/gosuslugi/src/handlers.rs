//! What the bridge answers, one file for each step of a sign-in.

pub(crate) mod authorize;
pub(crate) mod callback;
pub(crate) mod discovery;
pub(crate) mod logout;
pub(crate) mod token;
pub(crate) mod userinfo;
