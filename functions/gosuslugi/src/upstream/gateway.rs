//! The way through a gateway: a certified product that speaks ESIA's protocol for us and plain OAuth 2 towards us.
//!
//! New systems connect to ESIA through such a gateway. It signs, checks ESIA's tokens and answers, at its userinfo
//! address, the person as ESIA describes them, with `oid` and the children under `kids`.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    UpstreamError, json_of,
    person::{Account, KidData, KidsData, PersonData},
};

/// How we are registered at the gateway.
#[derive(Debug, Clone)]
pub(crate) struct GatewaySettings {
    pub(crate) authorize_url: String,
    pub(crate) token_url: String,
    pub(crate) userinfo_url: String,
    pub(crate) logout_url: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) scopes: String,
    pub(crate) redirect_uri: String,
}

/// A client of the gateway.
#[derive(Clone)]
pub(crate) struct Gateway {
    settings: Arc<GatewaySettings>,
    http: reqwest::Client,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
}

#[derive(Deserialize)]
struct UserInfo {
    oid: Oid,
    #[serde(flatten)]
    person: PersonData,
    #[serde(default)]
    kids: Vec<KidData>,
    /// When the person signed in, in seconds. A gateway that leaves it out proves no new sign-in.
    auth_time: Option<i64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Oid {
    Number(u64),
    Text(String),
}

impl Gateway {
    pub(crate) fn new(settings: GatewaySettings, http: reqwest::Client) -> Self {
        Self {
            settings: Arc::new(settings),
            http,
        }
    }

    /// Where to send the browser; with OpenID's own parameter where the person has to sign in anew.
    pub(crate) fn authorize_url(&self, state: Uuid, is_anew: bool) -> String {
        let state = state.to_string();
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", &self.settings.redirect_uri),
            ("scope", &self.settings.scopes),
            ("state", &state),
        ];
        if is_anew {
            pairs.push(("prompt", "login"));
        }
        with_query(&self.settings.authorize_url, &pairs)
    }

    /// Exchanges the code and asks who signed in.
    pub(crate) async fn account(&self, code: &str) -> Result<Account, UpstreamError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.settings.redirect_uri),
            ("client_id", &self.settings.client_id),
            ("client_secret", &self.settings.client_secret),
        ];
        let answer = self
            .http
            .post(&self.settings.token_url)
            .form(&form)
            .send()
            .await
            .map_err(UpstreamError::unreachable)?;
        if answer.status().is_client_error() {
            return Err(UpstreamError::refused(None));
        }
        let tokens: Tokens = json_of(answer).await?;
        let request = self
            .http
            .get(&self.settings.userinfo_url)
            .bearer_auth(&tokens.access_token);
        let info: UserInfo = json_of(request.send().await.map_err(UpstreamError::unreachable)?).await?;
        let oid = match info.oid {
            Oid::Number(number) => number.to_string(),
            Oid::Text(text) => text,
        };
        if oid.is_empty() {
            return Err(UpstreamError::Untrusted("the gateway names no account"));
        }
        let trusted = info.person.trusted();
        let kids = if trusted {
            KidsData::of(info.kids)
        } else {
            KidsData::default()
        };
        let signed_in_at = info.auth_time;
        let account = info.person.account(oid, trusted, kids)?;
        Ok(Account {
            signed_in_at: signed_in_at.and_then(|second| Timestamp::from_second(second).ok()),
            ..account
        })
    }

    /// Where the browser signs out.
    pub(crate) fn logout_url(&self, back: &str) -> String {
        let pairs = [
            ("client_id", self.settings.client_id.as_str()),
            ("post_logout_redirect_uri", back),
        ];
        with_query(&self.settings.logout_url, &pairs)
    }
}

fn with_query(address: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{address}?{query}")
}
