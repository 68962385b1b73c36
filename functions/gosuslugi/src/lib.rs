//! The bridge between Cognito and Gosuslugi (ЕСИА, ESIA).
//!
//! Towards Cognito it is an OpenID provider: https issuer, `client_secret_post`, RS256 id_tokens with a published key and
//! the nonce echoed. Towards Gosuslugi it is a client of ESIA: every request signed by GOST R 34.10-2012, the state a fresh
//! UUID, tokens checked against ESIA's key. The two cannot be joined directly.
//!
//! 1. `/authorize` keeps Cognito's request under a UUID, ties it to the browser by a cookie and goes to ESIA.
//!    Where a new sign-in is asked for (`prompt=login`), it goes to ESIA's sign-out first and comes back to `/anew`,
//!    and `/callback` takes no session at ESIA that is older than the request.
//! 2. `/callback` takes it back once, does the whole exchange with ESIA, records the person in the registry and gives
//!    Cognito a code.
//! 3. `/token` takes the code once and signs. Cognito learns a pseudonym and whether the account is confirmed; names,
//!    СНИЛС and children never reach it.
//! 4. `/logout` ends the session at Gosuslugi and comes home.
//!
//! | access pattern | key condition | calls | capacity units, measured |
//! |---|---|---|---|
//! | begin a sign-in | `SIGN-IN#uuid`, must not exist | 1 write | 2 for each KB; Cognito's state makes it 4 |
//! | go on after ESIA's sign-out, for a new sign-in | `SIGN-IN#uuid` as last written | 1 get | 2 |
//! | take it back | `SIGN-IN#uuid`, must exist | 1 delete | 1 for each KB: 2 |
//! | record who came | registry: see `rosters` | 3 gets and more for children; 1 write where they signed in at ESIA anew | 1–2, and 1 written; at the first sign-in about 12 |
//! | issue a code | `CODE#digest`, must not exist | 1 write | 2 |
//! | exchange it | `CODE#digest`, must exist | 1 delete | 1 |
//! | signing keys, every 5 minutes in an environment | `SIGNING-KEYS` | 1 query | 0.5–1 |
//! | a new signing key, monthly | `SIGNING-KEYS` / `KEY#n`, must not exist | 1 write | 4 |
//!
//! Certified cryptography cannot be open source: production signs through a certified signer or a gateway, development
//! with OpenSSL's `gost` engine; both behind the same seam, [`upstream`].

mod handlers;
mod item;
mod keys;
mod oauth;
mod pem;
mod secrets;
mod settings;
mod store;
mod upstream;
mod userinfo_token;

use std::sync::Arc;

use ::store::Table;
use axum::{
    Router,
    routing::{get, post},
};
use jiff::SignedDuration;
use rosters::Rosters;
use ui::Messages;
use web::{Clock, Environment, Route, StartError};

pub use settings::SettingsError;

/// Ties a sign-in to the browser in which it began.
const BROWSER_COOKIE: &str = "__Host-gosuslugi";
/// Which sign-in goes on after the session at Gosuslugi was ended for it.
const ANEW_COOKIE: &str = "__Host-gosuslugi-anew";
/// How far ESIA's clock may be from ours.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(60);
/// How long a sign-in may take: Cognito waits no longer than five minutes.
const SIGN_IN_LIFETIME: SignedDuration = SignedDuration::from_mins(5);
/// How long a code waits for Cognito, which fetches it at once.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_secs(60);
/// How long our tokens live; Cognito reads them once.
const TOKEN_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// The words of the bridge's pages.
pub const MESSAGES: Messages = Messages {
    ru: include_str!("../locales/ru.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// The bridge's routes. Cognito and signed-out browsers come here, so that all are public.
pub const ROUTES: &[Route] = &[
    Route::public("GET", "/gosuslugi/.well-known/openid-configuration"),
    Route::public("GET", "/gosuslugi/jwks.json"),
    Route::public("GET", "/gosuslugi/authorize"),
    Route::public("GET", "/gosuslugi/anew"),
    Route::public("GET", "/gosuslugi/callback"),
    Route::public("POST", "/gosuslugi/token"),
    Route::public("GET", "/gosuslugi/userinfo"),
    Route::public("POST", "/gosuslugi/userinfo"),
    Route::public("GET", "/gosuslugi/logout"),
];

/// All that the handlers need.
pub struct App {
    settings: settings::BridgeSettings,
    store: store::BridgeStore,
    rosters: Rosters,
    upstream: upstream::Upstream,
    secrets: Arc<secrets::DerivedKeys>,
    keys: keys::SigningKeys,
    clock: Clock,
}

impl App {
    /// The bridge by its environment: `BRIDGE_*`, `ESIA_*` or `GATEWAY_*`, `PERSON_HASH_KEY`, `GOSUSLUGI_TABLE` and
    /// `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// Names the first setting that is missing or cannot be right.
    pub fn new(
        environment: &Environment,
        database: aws_sdk_dynamodb::Client,
        clock: Clock,
    ) -> Result<Self, StartError> {
        let settings = settings::BridgeSettings::read(environment)?;
        let upstream = settings::upstream(environment, &settings)?;
        let secrets = Arc::new(secrets::DerivedKeys::new(&settings.keys_secret)?);
        let store = store::BridgeStore::new(Table::new(
            database.clone(),
            environment.required("GOSUSLUGI_TABLE")?,
        ));
        Ok(Self {
            keys: keys::SigningKeys::new(store.clone(), Arc::clone(&secrets)),
            rosters: Rosters::new(Table::new(database, environment.required("REGISTRY_TABLE")?)),
            settings,
            store,
            upstream,
            secrets,
            clock,
        })
    }
}

/// The bridge's routes over its app, without what surrounds every function.
pub fn router(app: App) -> Router {
    Router::new()
        .route(
            "/gosuslugi/.well-known/openid-configuration",
            get(handlers::discovery::configuration),
        )
        .route("/gosuslugi/jwks.json", get(handlers::discovery::keys))
        .route("/gosuslugi/authorize", get(handlers::authorize::authorize))
        .route("/gosuslugi/anew", get(handlers::authorize::resume))
        .route("/gosuslugi/callback", get(handlers::callback::callback))
        .route("/gosuslugi/token", post(handlers::token::token))
        .route(
            "/gosuslugi/userinfo",
            get(handlers::userinfo::userinfo).post(handlers::userinfo::userinfo),
        )
        .route("/gosuslugi/logout", get(handlers::logout::logout))
        .with_state(Arc::new(app))
}
