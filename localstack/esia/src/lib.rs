//! The simulator of Gosuslugi's sign-in (ЕСИА, ESIA): what production talks to, on a developer's machine.
//!
//! It answers on ESIA's own paths and is as strict: client, scope, freshness of the timestamp, UUID state, exact redirect
//! address, Streebog-256 hash of the certificate, GOST R 34.10-2012 signature, one-time code and expiry are all checked, and
//! refusals carry ESIA's codes. What could not be confirmed about the real service is said where it is imitated.
//!
//! | path | what |
//! |---|---|
//! | `GET /aas/oauth2/v2/ac` | authorization: the sign-in page, or straight back for a signed-in browser |
//! | `POST /login` | the choice made on the sign-in page |
//! | `POST /aas/oauth2/v3/te` | code → tokens (RS256) |
//! | `GET /rs/prns/{oid}`, `/kids`, `/kids/{id}/docs`, `/ctts`, `/docs`, `/roles` | data by access token |
//! | `GET /idp/ext/Logout` | sign-out, then `redirect_url` |
//! | `POST`, `DELETE /control/faults` | faults for tests, where the configuration opens them |
//!
//! [`signer`] is the local stand-in for a remote signer and [`Credentials`] the key pair behind it.

mod authorize;
mod clock;
mod config;
mod credentials;
mod error_code;
mod faults;
mod logout;
mod memory;
mod openssl;
mod page;
mod parameters;
mod person;
mod persona;
mod token;
mod token_key;

use std::{io, sync::Arc};

use axum::{
    Router,
    http::StatusCode,
    middleware,
    routing::{get, post},
};
use tokio::net::TcpListener;

pub use config::{Config, ConfigError, Lifetimes, SCOPES, System};
pub use credentials::{Credentials, certificate_hash, signer};
pub use error_code::ErrorCode;
pub use faults::{Fault, FaultOrder, Step};
pub use openssl::{OpenSsl, OpenSslError, SignatureKind};
pub use persona::{Contact, ContactKind, Document, DocumentKind, Employment, Kid, Persona};
pub use token_key::{TokenKey, TokenKeyError};

/// The running simulator: its settings and what it remembers.
#[derive(Debug)]
struct Simulator {
    config: Config,
    systems: Vec<config::Registered>,
    requests: memory::Expiring<memory::Request>,
    sessions: memory::Expiring<memory::Session>,
    codes: memory::Expiring<memory::Grant>,
    faults: faults::Faults,
}

type SharedSimulator = Arc<Simulator>;

impl Simulator {
    fn persona(&self, oid: u64) -> Option<&Persona> {
        self.config.personas.iter().find(|persona| persona.oid == oid)
    }
}

/// The simulator as a router; fails where the configuration cannot be right.
pub async fn router(config: Config) -> Result<Router, ConfigError> {
    let systems = config.register().await?;
    let fault_injection = config.fault_injection;
    let simulator = Arc::new(Simulator {
        config,
        systems,
        requests: memory::Expiring::default(),
        sessions: memory::Expiring::default(),
        codes: memory::Expiring::default(),
        faults: faults::Faults::default(),
    });
    let mut router = Router::new()
        .route("/aas/oauth2/v2/ac", get(authorize::authorize))
        .route("/login", post(authorize::choose))
        .route("/login/style.css", get(page::style))
        // Browsers ask for it by themselves; without an answer each page would log an error.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/aas/oauth2/v3/te", post(token::exchange))
        .route("/rs/prns/{oid}", get(person::person))
        .route("/rs/prns/{oid}/{collection}", get(person::collection))
        .route("/rs/prns/{oid}/kids/{id}/docs", get(person::kid_documents))
        .route("/idp/ext/Logout", get(logout::logout));
    if fault_injection {
        let control = post(faults::order).delete(faults::clear);
        router = router
            .route("/control/faults", control)
            .layer(middleware::from_fn_with_state(
                Arc::clone(&simulator),
                faults::strike,
            ));
    }
    Ok(router.with_state(simulator))
}

/// Why the simulator stopped or did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The configuration cannot be right.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The listener broke.
    #[error("the simulator's listener broke")]
    Io(#[from] io::Error),
}

/// Serves the simulator until the task is dropped.
pub async fn serve(config: Config, listener: TcpListener) -> Result<(), ServeError> {
    Ok(axum::serve(listener, router(config).await?).await?)
}
