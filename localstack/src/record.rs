//! What a start remembers for the next one and for `localstack deploy`.

use std::{fs, path::Path};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ports::Ports;

/// `cloud.json` in the state folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Ports that the addresses kept in the emulator's state name: a cloud cannot move without being deployed anew.
    pub(crate) ports: Ports,
    /// Mnemonic parameters of `template.yaml` as last deployed.
    pub(crate) parameters: Vec<(String, String)>,
}

impl Record {
    const FILE: &'static str = "cloud.json";

    pub(crate) fn read(state: &Path) -> Option<Self> {
        let text = fs::read_to_string(state.join(Self::FILE)).ok()?;
        serde_json::from_str(&text).ok()
    }

    pub(crate) fn write(&self, state: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        fs::write(state.join(Self::FILE), text).context("cloud.json could not be written")
    }
}

/// A hash over parts, by which a step knows that nothing changed since it was last carried out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fingerprint(Sha256);

impl Fingerprint {
    pub(crate) fn add(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
        self
    }

    /// Lower-case hex digits.
    pub(crate) fn text(&self) -> String {
        self.0
            .clone()
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// Whether `file` holds this fingerprint.
    pub(crate) fn is_in(&self, file: &Path) -> bool {
        fs::read_to_string(file).is_ok_and(|text| text == self.text())
    }

    pub(crate) fn write(&self, file: &Path) -> anyhow::Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, self.text()).with_context(|| format!("{} could not be written", file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        let hash = |parts: &[&str]| {
            let mut fingerprint = Fingerprint::default();
            for part in parts {
                fingerprint.add(part);
            }
            fingerprint.text()
        };
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
    }
}
