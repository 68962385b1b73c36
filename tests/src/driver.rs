//! Where browsers come from.

use std::{
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::json;
use thirtyfour::{Capabilities, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver, support::sleep};

use crate::{browser::Browser, processes};

/// How long `chromedriver` may take to listen.
const PATIENCE: Duration = Duration::from_secs(10);

/// `chromedriver`, by which browsers are driven. Dropping it ends it and all browsers that it started.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// It or Chromium is not installed; the message says how to do that.
    pub fn start() -> anyhow::Result<Self> {
        for program in ["chromium", "chromedriver"] {
            let version = Command::new(program)
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            ensure!(
                version.is_ok_and(|status| status.success()),
                "{program} is missing; on Debian: apt-get install chromium chromium-driver"
            );
        }
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).arg("--log-level=SEVERE");
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Self { process, port })
    }

    /// Opens a browser with a new profile.
    ///
    /// # Errors
    /// Chromium does not start.
    pub async fn open(&self) -> anyhow::Result<Browser> {
        let profile = tempfile::tempdir()?;
        let capabilities = capabilities(profile.path())?;
        let address = format!("http://127.0.0.1:{}", self.port);
        let started = Instant::now();
        let driver = loop {
            match WebDriver::new(&address, capabilities.clone()).await {
                Ok(driver) => break driver,
                // It listens a moment after it has been started.
                Err(error)
                    if started.elapsed() < PATIENCE
                        && error.to_string().contains("error sending request") =>
                {
                    sleep(Duration::from_millis(100)).await;
                }
                Err(error) => return Err(error).context("chromium did not start"),
            }
        };
        Ok(Browser::new(driver, profile))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let family = processes::family(self.process.id()).unwrap_or_default();
        for process in family.iter().rev() {
            processes::kill(process.pid);
        }
        // It is gone; its entry in the list of processes goes with this.
        let _ = self.process.wait();
    }
}

fn capabilities(profile: &Path) -> anyhow::Result<Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let profile = format!("--user-data-dir={}", profile.display());
    for flag in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=ru",
        "--window-size=1280,900",
        &profile,
    ] {
        capabilities.add_arg(flag)?;
    }
    capabilities.add_experimental_option("prefs", json!({ "intl.accept_languages": "ru" }))?;
    let mut capabilities: Capabilities = capabilities.into();
    capabilities.set(
        "goog:loggingPrefs",
        json!({ "browser": "ALL", "performance": "ALL" }),
    )?;
    Ok(capabilities)
}
