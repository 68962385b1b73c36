//! Gosuslugi on this machine: the simulator of ESIA, the signer, and the keys of both sides.

use std::path::Path;

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use esia::{Credentials, OpenSsl, SignatureKind, System, TokenKey};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{failure::Advise, options::Options};

/// Mnemonic of our information system at the simulator.
pub(crate) const CLIENT_ID: &str = "MY_SCHOOL";

/// What both sides need to know of each other.
pub(crate) struct Gosuslugi {
    openssl: OpenSsl,
    credentials: Credentials,
    token_key: TokenKey,
    servers: Vec<JoinHandle<()>>,
}

impl Gosuslugi {
    /// Reads the keys in `state`, or makes them.
    pub(crate) async fn prepare(state: &Path) -> anyhow::Result<Self> {
        let folder = state.join("gosuslugi");
        std::fs::create_dir_all(&folder)?;
        let openssl = OpenSsl::default();
        let kind = openssl.best_kind().await;
        let credentials = Credentials::load_or_create(openssl.clone(), kind, &folder)
            .await
            .advise("`openssl version` has to work; Debian's package is openssl")?;
        let token_key = TokenKey::load_or_create(&folder).context("the simulator's key could not be made")?;
        Ok(Self {
            openssl,
            credentials,
            token_key,
            servers: Vec::new(),
        })
    }

    /// How requests are signed, in words.
    pub(crate) fn signature(&self) -> &'static str {
        match self.credentials.kind() {
            SignatureKind::Gost => "GOST R 34.10-2012 by the openssl engine",
            SignatureKind::RsaStandIn => "an RSA stand-in, since openssl has no GOST engine here",
        }
    }

    /// Our certificate, DER in base64.
    pub(crate) fn certificate(&self) -> String {
        STANDARD.encode(self.credentials.certificate())
    }

    /// The key by which the simulator's tokens are checked, PEM in base64.
    pub(crate) fn token_key(&self) -> String {
        STANDARD.encode(self.token_key.public_pem())
    }

    /// Serves the simulator and the signer.
    pub(crate) async fn serve(
        &mut self,
        options: &Options,
        personas: Vec<esia::Persona>,
    ) -> anyhow::Result<()> {
        let public = options.public_origin();
        let system = System {
            client_id: CLIENT_ID.to_owned(),
            certificate: self.credentials.certificate().to_vec(),
            signature: self.credentials.kind(),
            redirect_uris: vec![format!("{public}/gosuslugi/callback")],
            logout_urls: vec![format!("{public}/"), format!("{public}/gosuslugi/anew")],
            scopes: esia::SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
            confirmed_only: false,
        };
        let origin = format!("http://localhost:{}", options.ports.esia);
        let mut config = esia::Config::new(&origin, self.token_key.clone(), vec![system], personas);
        config.development = true;
        config.fault_injection = options.fault_injection;
        config.openssl = self.openssl.clone();
        let simulator = esia::router(config).await?;
        self.servers.push(serve(options.ports.esia, simulator).await?);
        self.servers
            .push(serve(options.ports.signer, esia::signer(self.credentials.clone())).await?);
        Ok(())
    }

    /// Stops both servers.
    pub(crate) fn stop(&mut self) {
        for server in self.servers.drain(..) {
            server.abort();
        }
    }
}

async fn serve(port: u16, router: axum::Router) -> anyhow::Result<JoinHandle<()>> {
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(tokio::spawn(async move {
        // It ends only with an error of the listener, which the next request to it shows.
        let _ = axum::serve(listener, router).await;
    }))
}
