//! The direct way: ESIA's own protocol with a signature on each request.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    UpstreamError, json_of,
    person::{Account, KidsData, PersonData},
    request::SignedRequest,
    signer::Signer,
    token::TokenChecks,
};

/// How our system is registered at ESIA and where ESIA is.
#[derive(Debug, Clone)]
pub(crate) struct EsiaSettings {
    /// Where browsers find ESIA, without a trailing slash.
    pub(crate) authorize_origin: String,
    /// Where we find it; the same, except on one machine.
    pub(crate) origin: String,
    /// Mnemonic of our system.
    pub(crate) client_id: String,
    /// Streebog-256 of our certificate.
    pub(crate) certificate_hash: String,
    /// Scopes by single spaces.
    pub(crate) scopes: String,
    /// Our callback.
    pub(crate) redirect_uri: String,
}

/// A client of ESIA.
#[derive(Clone)]
pub(crate) struct Esia {
    settings: Arc<EsiaSettings>,
    signer: Signer,
    checks: Arc<TokenChecks>,
    http: reqwest::Client,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    id_token: String,
    state: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error_description: Option<String>,
}

impl Esia {
    pub(crate) fn new(
        settings: EsiaSettings,
        signer: Signer,
        checks: TokenChecks,
        http: reqwest::Client,
    ) -> Self {
        Self {
            settings: Arc::new(settings),
            signer,
            checks: Arc::new(checks),
            http,
        }
    }

    /// Where to send the browser.
    pub(crate) async fn authorize_url(&self, state: Uuid, now: Timestamp) -> Result<String, UpstreamError> {
        let parameters = self.signed(state, now, None).await?;
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters)
            .finish();
        Ok(format!(
            "{}/aas/oauth2/v2/ac?{query}",
            self.settings.authorize_origin
        ))
    }

    /// Exchanges the code, checks the tokens, reads the person and, where the account is confirmed, the children.
    pub(crate) async fn account(&self, code: &str, now: Timestamp) -> Result<Account, UpstreamError> {
        let state = Uuid::new_v4();
        let parameters = self.signed(state, now, Some(code)).await?;
        let url = format!("{}/aas/oauth2/v3/te", self.settings.origin);
        let answer = self
            .http
            .post(url)
            .form(&parameters)
            .send()
            .await
            .map_err(UpstreamError::unreachable)?;
        if answer.status().is_client_error() {
            let refusal = answer
                .json::<Refusal>()
                .await
                .ok()
                .and_then(|refusal| refusal.error_description);
            return Err(UpstreamError::refused(refusal.as_deref()));
        }
        let tokens: Tokens = json_of(answer).await?;
        if tokens
            .state
            .as_deref()
            .is_some_and(|echoed| echoed != state.to_string())
        {
            return Err(UpstreamError::Untrusted("the tokens answer another request"));
        }
        let proven = self.checks.check(&tokens.id_token, &tokens.access_token, now)?;
        let path = format!("/rs/prns/{}", proven.oid);
        let (person, kids) = tokio::join!(
            self.data::<PersonData>(&path, &tokens.access_token),
            self.kids(&proven.oid, proven.trusted, &tokens.access_token),
        );
        let person = person?;
        let trusted = proven.trusted && person.trusted();
        let account = person.account(proven.oid, trusted, kids?)?;
        Ok(Account {
            signed_in_at: proven.signed_in_at,
            ..account
        })
    }

    /// Where the browser leaves Gosuslugi and then comes back to `back`.
    pub(crate) fn logout_url(&self, back: &str) -> String {
        let pairs = [
            ("client_id", self.settings.client_id.as_str()),
            ("redirect_url", back),
        ];
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        format!("{}/idp/ext/Logout?{query}", self.settings.authorize_origin)
    }

    /// Only confirmed accounts may see children, so of others they are not even asked.
    async fn kids(&self, oid: &str, trusted: bool, token: &str) -> Result<KidsData, UpstreamError> {
        let asked = self.settings.scopes.split(' ').any(|scope| scope == "kid_snils");
        if !trusted || !asked {
            return Ok(KidsData::default());
        }
        self.data(&format!("/rs/prns/{oid}/kids?embed=(elements)"), token)
            .await
    }

    async fn data<T: for<'de> Deserialize<'de>>(&self, path: &str, token: &str) -> Result<T, UpstreamError> {
        let request = self
            .http
            .get(format!("{}{path}", self.settings.origin))
            .bearer_auth(token);
        json_of(request.send().await.map_err(UpstreamError::unreachable)?).await
    }

    async fn signed(
        &self,
        state: Uuid,
        at: Timestamp,
        code: Option<&str>,
    ) -> Result<Vec<(&'static str, String)>, UpstreamError> {
        let EsiaSettings {
            client_id,
            scopes,
            redirect_uri,
            certificate_hash,
            ..
        } = &*self.settings;
        let request = SignedRequest {
            client_id,
            scope: scopes,
            redirect_uri,
            state,
            at,
            code,
        };
        let signature = self.signer.sign(request.text()).await?;
        Ok(request.parameters(&signature, certificate_hash))
    }
}
