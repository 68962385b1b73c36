//! Requests without a visitor: nothing is kept, nothing is followed.

use reqwest::{Client, redirect::Policy};

/// The session cookie.
pub const SESSION: &str = "__Host-session";
/// The cookie of the refresh token.
pub const REFRESH: &str = "__Secure-refresh";

/// A client that keeps nothing and follows nothing.
///
/// # Errors
/// The system gives no sockets.
pub fn bare() -> anyhow::Result<Client> {
    Ok(Client::builder().redirect(Policy::none()).build()?)
}
