//! What the simulator is told at its start.

use jiff::SignedDuration;

use crate::{OpenSsl, OpenSslError, Persona, SignatureKind, TokenKey, credentials::certificate_hash};

/// Every scope that ESIA may grant to a school system.
pub const SCOPES: &[&str] = &[
    "openid",
    "fullname",
    "birthdate",
    "gender",
    "snils",
    "inn",
    "id_doc",
    "email",
    "mobile",
    "addresses",
    "birth_cert_doc",
    "usr_org",
    "kid_fullname",
    "kid_birthdate",
    "kid_gender",
    "kid_snils",
    "kid_birth_cert_doc",
    "kid_school_data",
];

/// The simulator's settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where browsers reach the simulator, without a trailing slash: links in answers begin with it.
    pub origin: String,
    /// `iss` of the tokens. ESIA's own is [`Config::ISSUER`].
    pub issuer: String,
    /// Signs the tokens.
    pub token_key: TokenKey,
    /// Information systems registered at ESIA.
    pub systems: Vec<System>,
    /// People who can sign in.
    pub personas: Vec<Persona>,
    /// Takes systems that sign with the RSA stand-in. Never true where the simulator imitates production.
    pub development: bool,
    /// Opens `/control/faults`, by which tests break the simulator on purpose.
    pub fault_injection: bool,
    /// How long things live.
    pub lifetimes: Lifetimes,
    /// The program that checks signatures.
    pub openssl: OpenSsl,
}

impl Config {
    /// The issuer that ESIA writes into its tokens: plain http, with the slash.
    pub const ISSUER: &'static str = "http://esia.gosuslugi.ru/";

    /// Settings like production's, for these systems and people.
    pub fn new(origin: &str, token_key: TokenKey, systems: Vec<System>, personas: Vec<Persona>) -> Self {
        Self {
            origin: origin.trim_end_matches('/').to_owned(),
            issuer: Self::ISSUER.to_owned(),
            token_key,
            systems,
            personas,
            development: false,
            fault_injection: false,
            lifetimes: Lifetimes::default(),
            openssl: OpenSsl::default(),
        }
    }
}

/// How long codes, tokens and pages live.
#[derive(Debug, Clone, Copy)]
pub struct Lifetimes {
    /// From the sign-in to the code's exchange.
    pub code: SignedDuration,
    /// Of access tokens; ESIA's live 3600 s.
    pub token: SignedDuration,
    /// From the sign-in page to the choice on it.
    pub page: SignedDuration,
    /// Of the signed-in state in the browser.
    pub session: SignedDuration,
    /// How far a request's `timestamp` may be from the simulator's clock, either way.
    pub timestamp: SignedDuration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            code: SignedDuration::from_secs(120),
            token: SignedDuration::from_secs(3600),
            page: SignedDuration::from_mins(15),
            session: SignedDuration::from_hours(3),
            timestamp: SignedDuration::from_mins(5),
        }
    }
}

/// An information system registered at ESIA.
#[derive(Debug, Clone)]
pub struct System {
    /// Mnemonic of the system.
    pub client_id: String,
    /// Its certificate as DER.
    pub certificate: Vec<u8>,
    /// By which algorithm it signs.
    pub signature: SignatureKind,
    /// Addresses to which ESIA may send a person with a code; compared exactly.
    pub redirect_uris: Vec<String>,
    /// Addresses to which ESIA may send a person after signing out; compared exactly.
    pub logout_urls: Vec<String>,
    /// Scopes granted to it.
    pub scopes: Vec<String>,
    /// Whether only confirmed accounts may sign in to it.
    pub confirmed_only: bool,
}

/// Why a configuration cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The RSA stand-in outside development.
    #[error("system {0} signs with the RSA stand-in, which is taken in development only")]
    StandIn(String),
    /// Two personas with one id.
    #[error("two personas have the id {0}")]
    RepeatedOid(u64),
    /// A scope that ESIA does not know.
    #[error("unknown scope {0}")]
    UnknownScope(String),
    /// A certificate without a readable key.
    #[error("the certificate of system {0} could not be read")]
    Certificate(String, #[source] OpenSslError),
}

/// A system with what is computed from its certificate once.
#[derive(Debug)]
pub(crate) struct Registered {
    pub(crate) system: System,
    pub(crate) certificate_hash: String,
    pub(crate) public_key: Vec<u8>,
}

impl Config {
    /// Refuses settings that cannot be right and reads the systems' certificates.
    pub(crate) async fn register(&self) -> Result<Vec<Registered>, ConfigError> {
        let mut oids: Vec<u64> = self.personas.iter().map(|persona| persona.oid).collect();
        oids.sort_unstable();
        if let Some(pair) = oids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(ConfigError::RepeatedOid(pair[0]));
        }
        let mut registered = Vec::with_capacity(self.systems.len());
        for system in &self.systems {
            if system.signature == SignatureKind::RsaStandIn && !self.development {
                return Err(ConfigError::StandIn(system.client_id.clone()));
            }
            if let Some(scope) = system
                .scopes
                .iter()
                .find(|scope| !SCOPES.contains(&scope.as_str()))
            {
                return Err(ConfigError::UnknownScope(scope.clone()));
            }
            let public_key = self
                .openssl
                .public_key(system.signature, &system.certificate)
                .await;
            registered.push(Registered {
                certificate_hash: certificate_hash(&system.certificate),
                public_key: public_key
                    .map_err(|error| ConfigError::Certificate(system.client_id.clone(), error))?,
                system: system.clone(),
            });
        }
        Ok(registered)
    }
}
