//! Where a local cloud lives and listens.

use std::path::{Path, PathBuf};

use crate::ports::Ports;

/// Settings of one local cloud.
#[derive(Debug, Clone)]
pub struct Options {
    /// The repository.
    pub root: PathBuf,
    /// Everything that this cloud keeps.
    pub state: PathBuf,
    /// Pinned Python and npm packages: the same for every cloud of the repository.
    pub tools: PathBuf,
    /// Its ports.
    pub ports: Ports,
    /// Opens `/control/faults` of the simulator of ESIA, for tests of what happens when Gosuslugi fails.
    pub fault_injection: bool,
}

impl Options {
    /// The cloud that `cargo run` starts.
    pub fn usual() -> Self {
        Self {
            root: repository(),
            state: repository().join(".local/cloud"),
            tools: repository().join(".local/tools"),
            ports: Ports::default(),
            fault_injection: false,
        }
    }

    /// A cloud beside a running one: its own state folder below `.local` and free ports.
    ///
    /// # Errors
    /// The system gives no port.
    pub fn separate(name: &str) -> anyhow::Result<Self> {
        Ok(Self {
            state: repository().join(".local").join(name),
            ports: Ports::free()?,
            ..Self::usual()
        })
    }

    /// Origin of the pages as browsers see it. `localhost` and not a number: browsers take `Secure` cookies there
    /// without TLS.
    pub fn public_origin(&self) -> String {
        format!("http://localhost:{}", self.ports.edge)
    }
}

/// The folder above this crate. The program is always run from the checkout that it was built from.
fn repository() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap_or(crate_folder).to_owned()
}
