//! The local cloud of the tests and those who visit it.

use anyhow::{Context, ensure};
use demo::{DemoRegion, Part};
use localstack::{Options, Ports, Visitor};
use reqwest::Method;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::repository;

/// Where the cloud of the tests lives and listens: beside one that somebody works with. The ports are always the same,
/// because its state names them and is kept from run to run.
pub fn options() -> Options {
    Options {
        state: repository().join(".local/test"),
        ports: Ports {
            edge: 18_080,
            emulator: 14_566,
            database: 14_567,
            esia: 18_091,
            signer: 18_092,
        },
        fault_injection: true,
        ..Options::usual()
    }
}

/// Held by a test while somebody signs in. Where two sign-ins of one person meet, the first ever, the emulated pool makes
/// two accounts of which the later one stays, and the earlier session cannot be renewed; Cognito makes one.
pub static SIGN_INS: Mutex<()> = Mutex::const_new(());

/// A running cloud, as tests see it.
#[derive(Debug)]
pub struct Place {
    /// Origin of the pages.
    pub public: String,
    /// Origin of the simulator of Gosuslugi.
    pub esia: String,
    /// Address of the embedded database.
    pub database: String,
    /// The demo region: its bundle and those who can sign in.
    pub region: DemoRegion,
}

impl Place {
    /// The cloud of the tests. It runs already, or is about to.
    pub fn of_tests() -> Self {
        let Options { ports, .. } = options();
        Self {
            public: options().public_origin(),
            esia: format!("http://localhost:{}", ports.esia),
            database: format!("http://127.0.0.1:{}", ports.database),
            region: demo::region(),
        }
    }

    /// The account at Gosuslugi of a persona.
    pub fn account(&self, part: Part) -> u64 {
        self.region.persona(part).oid
    }

    /// A visitor who has not signed in.
    ///
    /// # Errors
    /// Never: the addresses are ours.
    pub fn stranger(&self) -> anyhow::Result<Visitor> {
        Visitor::new(&self.public, &self.esia)
    }

    /// A persona, signed in through the whole production path.
    ///
    /// # Errors
    /// The sign-in does not end at the profile.
    pub async fn visitor(&self, part: Part) -> anyhow::Result<Visitor> {
        let mut visitor = self.stranger()?;
        let _alone = SIGN_INS.lock().await;
        let page = visitor.sign_in(self.account(part), "/identity/profile").await;
        let page = page.with_context(|| format!("{part:?} could not sign in"))?;
        ensure!(
            page.url.path() == "/identity/profile",
            "{part:?} came to {}",
            page.url
        );
        Ok(visitor)
    }
}

/// What the API answers to a GET.
///
/// # Errors
/// It is not JSON of a success.
pub async fn read(visitor: &Visitor, path: &str) -> anyhow::Result<Value> {
    let (status, body) = ask(visitor, Method::GET, path, None, &[]).await?;
    ensure!(status == 200, "GET {path} answered {status}: {body}");
    Ok(body)
}

/// Status and JSON of an answer of the API; `null` if it has no JSON.
///
/// # Errors
/// There is no answer.
pub async fn ask(
    visitor: &Visitor,
    method: Method,
    path: &str,
    body: Option<&Value>,
    headers: &[(&str, &str)],
) -> anyhow::Result<(u16, Value)> {
    let mut request = visitor.request(method, path)?;
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request.json(body);
    }
    let answer = request
        .send()
        .await
        .with_context(|| format!("{path} does not answer"))?;
    let status = answer.status().as_u16();
    let text = answer.text().await?;
    Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
}
