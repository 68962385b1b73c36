//! The bridge's own settings, read once at the start.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use web::{Environment, MissingSetting};

use crate::upstream::{
    ByteOrder, Esia, EsiaSettings, Gateway, GatewaySettings, Signer, TokenChecks, Upstream, certificate_hash,
};

/// The shortest secret that is taken, in characters.
const SHORTEST_SECRET: usize = 32;
/// The issuer that ESIA writes into its tokens: plain http, with the slash.
const ESIA_ISSUER: &str = "http://esia.gosuslugi.ru/";

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A setting is missing.
    #[error(transparent)]
    Missing(#[from] MissingSetting),
    /// A setting's value cannot be right; the value itself is not repeated.
    #[error("the environment variable {0} is not valid: {1}")]
    Invalid(&'static str, &'static str),
    /// The HTTP client could not be made.
    #[error("the client of gosuslugi could not be made")]
    Client(#[source] reqwest::Error),
}

/// What the bridge is towards Cognito, and the platform's key for pseudonyms.
#[derive(Clone)]
pub(crate) struct BridgeSettings {
    /// Our `iss`: https, without a trailing slash. All our addresses begin with it.
    pub(crate) issuer: String,
    /// Cognito's client id at the bridge.
    pub(crate) client_id: String,
    /// Cognito's client secret at the bridge.
    pub(crate) client_secret: String,
    /// Cognito's `…/oauth2/idpresponse`, compared exactly.
    pub(crate) redirect_uri: String,
    /// Where people come back to after signing out.
    pub(crate) home: String,
    /// Key of the СНИЛС hash and of the subject.
    pub(crate) person_hash_key: String,
    /// Secret from which the keys for our own items and access tokens are derived.
    pub(crate) keys_secret: String,
}

impl BridgeSettings {
    /// Reads `BRIDGE_ISSUER`, `BRIDGE_CLIENT_ID`, `BRIDGE_CLIENT_SECRET`, `BRIDGE_REDIRECT_URI`, `BRIDGE_KEYS_SECRET`,
    /// `PERSON_HASH_KEY` and `PUBLIC_ORIGIN`.
    pub(crate) fn read(environment: &Environment) -> Result<Self, SettingsError> {
        let issuer = environment.required("BRIDGE_ISSUER")?;
        if issuer.ends_with('/') {
            return Err(SettingsError::Invalid(
                "BRIDGE_ISSUER",
                "cognito takes no issuer with a trailing slash",
            ));
        }
        Ok(Self {
            issuer,
            client_id: environment.required("BRIDGE_CLIENT_ID")?,
            client_secret: secret(environment, "BRIDGE_CLIENT_SECRET")?,
            redirect_uri: environment.required("BRIDGE_REDIRECT_URI")?,
            home: format!("{}/", environment.required("PUBLIC_ORIGIN")?),
            person_hash_key: secret(environment, "PERSON_HASH_KEY")?,
            keys_secret: secret(environment, "BRIDGE_KEYS_SECRET")?,
        })
    }

    /// Where ESIA sends people back to.
    fn callback(&self) -> String {
        format!("{}/callback", self.issuer)
    }
}

fn secret(environment: &Environment, name: &'static str) -> Result<String, SettingsError> {
    let value = environment.required(name)?;
    if value.len() < SHORTEST_SECRET {
        return Err(SettingsError::Invalid(
            name,
            "a secret has at least 32 characters",
        ));
    }
    Ok(value)
}

/// The way to ESIA: through a gateway where `GATEWAY_AUTHORIZE_URL` is set, else directly.
pub(crate) fn upstream(
    environment: &Environment,
    bridge: &BridgeSettings,
) -> Result<Upstream, SettingsError> {
    let http = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(3))
        // Three calls in a row at most, well within the gateway's half minute.
        .timeout(Duration::from_secs(8))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(SettingsError::Client)?;
    let scopes = environment.required("ESIA_SCOPES")?;
    if let Some(authorize_url) = environment.optional("GATEWAY_AUTHORIZE_URL") {
        let settings = GatewaySettings {
            authorize_url,
            token_url: environment.required("GATEWAY_TOKEN_URL")?,
            userinfo_url: environment.required("GATEWAY_USERINFO_URL")?,
            logout_url: environment.required("GATEWAY_LOGOUT_URL")?,
            client_id: environment.required("GATEWAY_CLIENT_ID")?,
            client_secret: environment.required("GATEWAY_CLIENT_SECRET")?,
            scopes,
            redirect_uri: bridge.callback(),
        };
        return Ok(Upstream::Gateway(Gateway::new(settings, http)));
    }
    let client_id = environment.required("ESIA_CLIENT_ID")?;
    let certificate = decoded(environment, "ESIA_CERTIFICATE")?;
    let token_key = String::from_utf8(decoded(environment, "ESIA_TOKEN_KEY")?)
        .map_err(|_| SettingsError::Invalid("ESIA_TOKEN_KEY", "it is base64 of a PEM text"))?;
    let issuer = environment
        .optional("ESIA_ISSUER")
        .unwrap_or_else(|| ESIA_ISSUER.to_owned());
    let checks = TokenChecks::new(&token_key, &issuer, &client_id)
        .map_err(|_| SettingsError::Invalid("ESIA_TOKEN_KEY", "it holds no RSA public key as PEM"))?;
    let order = match environment.optional("ESIA_SIGNER_BYTE_ORDER").as_deref() {
        None | Some("straight") => ByteOrder::Straight,
        Some("reversed") => ByteOrder::Reversed,
        Some(_) => {
            return Err(SettingsError::Invalid(
                "ESIA_SIGNER_BYTE_ORDER",
                "it is straight or reversed",
            ));
        }
    };
    let signer = Signer::new(http.clone(), &environment.required("ESIA_SIGNER_URL")?, order);
    let settings = EsiaSettings {
        authorize_origin: origin(environment, "ESIA_AUTHORIZE_ORIGIN")?,
        origin: origin(environment, "ESIA_ORIGIN")?,
        client_id,
        certificate_hash: certificate_hash(&certificate),
        scopes,
        redirect_uri: bridge.callback(),
    };
    Ok(Upstream::Esia(Esia::new(settings, signer, checks, http)))
}

fn origin(environment: &Environment, name: &str) -> Result<String, MissingSetting> {
    Ok(environment.required(name)?.trim_end_matches('/').to_owned())
}

fn decoded(environment: &Environment, name: &'static str) -> Result<Vec<u8>, SettingsError> {
    let text: String = environment.required(name)?.split_whitespace().collect();
    STANDARD
        .decode(text)
        .map_err(|_| SettingsError::Invalid(name, "it is not base64"))
}
