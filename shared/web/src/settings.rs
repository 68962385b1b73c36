//! Settings from the environment, read once at the start.

use std::collections::HashMap;

/// A setting that the deployment did not give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingSetting(pub String);

impl std::fmt::Display for MissingSetting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the environment variable {} is missing or empty", self.0)
    }
}

impl std::error::Error for MissingSetting {}

/// The environment variables of the process, or of a test.
#[derive(Debug, Clone, Default)]
pub struct Environment(HashMap<String, String>);

impl Environment {
    /// The process's own.
    pub fn of_process() -> Self {
        Self(std::env::vars().collect())
    }

    /// Given ones.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// A setting that must be there.
    pub fn required(&self, name: &str) -> Result<String, MissingSetting> {
        self.optional(name).ok_or_else(|| MissingSetting(name.to_owned()))
    }

    /// A setting that may be absent or empty.
    pub fn optional(&self, name: &str) -> Option<String> {
        self.0.get(name).filter(|value| !value.is_empty()).cloned()
    }
}

/// How sessions are recognised.
#[derive(Debug, Clone)]
pub struct SessionSettings {
    /// The `iss` of tokens.
    pub issuer: String,
    /// Where the keys are; not derived from the issuer, since a local pool has its keys elsewhere.
    pub jwks_url: String,
    /// The app client for which tokens are issued.
    pub client_id: String,
}

/// What every function is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The one origin under which people see the platform, without a trailing slash.
    pub origin: String,
    /// The path under which this version's assets are.
    pub assets: String,
    /// How sessions are recognised.
    pub session: SessionSettings,
}

impl Settings {
    /// Reads `PUBLIC_ORIGIN`, `ASSETS_BASE`, `TOKEN_ISSUER`, `TOKEN_JWKS_URL`, `TOKEN_CLIENT_ID`.
    pub fn read(environment: &Environment) -> Result<Self, MissingSetting> {
        Ok(Self {
            origin: environment.required("PUBLIC_ORIGIN")?,
            assets: environment.required("ASSETS_BASE")?,
            session: SessionSettings {
                issuer: environment.required("TOKEN_ISSUER")?,
                jwks_url: environment.required("TOKEN_JWKS_URL")?,
                client_id: environment.required("TOKEN_CLIENT_ID")?,
            },
        })
    }
}
