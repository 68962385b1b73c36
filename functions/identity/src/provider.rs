//! The identity provider: Cognito's OAuth endpoints, as a browser's and as our server's partner.

use std::time::Duration;

use form_urlencoded::Serializer;
use serde::Deserialize;
use web::{Environment, Settings, StartError};

use crate::{attempts::Attempt, pkce};

/// The name under which the pool knows the bridge.
const UPSTREAM: &str = "Gosuslugi";
/// The longest access token that a cookie carries, in bytes: browsers drop larger cookies without a word.
const LONGEST_TOKEN: usize = 3_900;

/// Why the provider gave no tokens.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GrantError {
    /// The code or refresh token is spent, expired, revoked or not ours.
    #[error("the identity provider refused the grant with status {0}")]
    Refused(u16),
    /// The tokens are of no use: one lacks, or is too large for a cookie.
    #[error("the identity provider answered without usable tokens")]
    Unusable,
    /// The provider did not answer, or failed.
    #[error("the identity provider did not answer")]
    Unavailable(#[from] reqwest::Error),
}

/// The provider's answer to a grant.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Grant {
    /// The session.
    pub(crate) access_token: String,
    /// Who signed in; after a sign-in only.
    pub(crate) id_token: Option<String>,
    /// With which the session is renewed. A renewal brings a new one only where the pool rotates them.
    pub(crate) refresh_token: Option<String>,
    /// How long the access token lives, in seconds.
    pub(crate) expires_in: i64,
}

/// The provider's addresses and our client's.
#[derive(Debug, Clone)]
pub(crate) struct Provider {
    authorize_url: String,
    token_url: String,
    revoke_url: Option<String>,
    logout_url: String,
    origin: String,
    client_id: String,
    http: reqwest::Client,
}

impl Provider {
    /// Reads `COGNITO_AUTHORIZE_URL` and `COGNITO_LOGOUT_URL`, which browsers see, and `COGNITO_TOKEN_URL`, which we call.
    pub(crate) fn read(environment: &Environment) -> Result<Self, StartError> {
        let settings = Settings::read(environment)?;
        let token_url = environment.required("COGNITO_TOKEN_URL")?;
        Ok(Self {
            authorize_url: environment.required("COGNITO_AUTHORIZE_URL")?,
            revoke_url: token_url
                .strip_suffix("/token")
                .map(|base| format!("{base}/revoke")),
            token_url,
            logout_url: environment.required("COGNITO_LOGOUT_URL")?,
            origin: settings.origin,
            client_id: settings.session.client_id,
            // A code must not be sent on to wherever an answer points.
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .timeout(Duration::from_secs(6))
                .connect_timeout(Duration::from_secs(2))
                .build()?,
        })
    }

    fn redirect_uri(&self) -> String {
        format!("{}/identity/callback", self.origin)
    }

    /// Where the browser begins to sign in; straight through to Gosuslugi, without the pool's own pages.
    pub(crate) fn authorize_url(&self, attempt: &Attempt) -> String {
        let mut query = Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", &self.redirect_uri())
            .append_pair("scope", "openid")
            .append_pair("identity_provider", UPSTREAM)
            .append_pair("state", &attempt.state)
            .append_pair("nonce", &attempt.nonce)
            .append_pair("code_challenge_method", "S256")
            .append_pair("code_challenge", &pkce::challenge(&attempt.verifier));
        if attempt.is_anew {
            // OpenID Connect Core 3.1.2.1: neither the pool nor the bridge behind it may go on with an open session.
            query.append_pair("prompt", "login");
        }
        let query = query.finish();
        format!("{}?{query}", self.authorize_url)
    }

    /// Where the browser goes on to sign out: Cognito, from there the bridge, from there Gosuslugi, from there home.
    /// Cognito takes only an address that `template.yaml` lists among the client's `LogoutURLs`.
    pub(crate) fn logout_url(&self) -> String {
        let query = Serializer::new(String::new())
            .append_pair("client_id", &self.client_id)
            .append_pair("logout_uri", &format!("{}/gosuslugi/logout", self.origin))
            .finish();
        format!("{}?{query}", self.logout_url)
    }

    /// Exchanges a code, once.
    pub(crate) async fn exchange(&self, code: &str, attempt: &Attempt) -> Result<Grant, GrantError> {
        let redirect_uri = self.redirect_uri();
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &redirect_uri),
            ("code", code),
            ("code_verifier", &attempt.verifier),
        ];
        self.grant(&form).await
    }

    /// Renews a session.
    pub(crate) async fn renew(&self, refresh_token: &str) -> Result<Grant, GrantError> {
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", self.client_id.as_str()),
            ("refresh_token", refresh_token),
        ];
        self.grant(&form).await
    }

    async fn grant(&self, form: &[(&str, &str)]) -> Result<Grant, GrantError> {
        let answer = self.http.post(&self.token_url).form(form).send().await?;
        if answer.status().is_client_error() {
            return Err(GrantError::Refused(answer.status().as_u16()));
        }
        let body = answer.error_for_status()?.bytes().await?;
        let grant: Grant = serde_json::from_slice(&body).map_err(|_| GrantError::Unusable)?;
        if grant.access_token.len() > LONGEST_TOKEN {
            Err(GrantError::Unusable)
        } else {
            Ok(grant)
        }
    }

    /// Revokes a refresh token. Not every provider has the endpoint; the token then dies of its age, and the browser has
    /// forgotten it already.
    pub(crate) async fn revoke(&self, refresh_token: &str) {
        let Some(url) = &self.revoke_url else { return };
        let form = [("client_id", self.client_id.as_str()), ("token", refresh_token)];
        let outcome = self.http.post(url).form(&form).send().await;
        match outcome.and_then(reqwest::Response::error_for_status) {
            Ok(_) => {}
            Err(error) => tracing::warn!(cause = %error.without_url(), "the refresh token was not revoked"),
        }
    }
}
