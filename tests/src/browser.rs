//! Headless Chromium, driven as a person would use it.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{By, WebDriver, WebElement, WindowHandle, support::sleep};

use crate::weight::Weight;

/// How long anything on a page may take to appear.
const PATIENCE: Duration = Duration::from_secs(10);

/// A browser with one window.
#[derive(Debug)]
pub struct Browser {
    driver: WebDriver,
    _profile: TempDir,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// As the media query names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Browser {
    /// A browser that has just been started; its profile goes with it.
    pub(crate) fn new(driver: WebDriver, profile: TempDir) -> Self {
        Self {
            driver,
            _profile: profile,
        }
    }

    /// Closes it.
    ///
    /// # Errors
    /// It does not answer any more.
    pub async fn close(self) -> anyhow::Result<()> {
        Ok(self.driver.quit().await?)
    }

    /// Opens an address.
    ///
    /// # Errors
    /// Nothing answers there.
    pub async fn open(&self, address: &str) -> anyhow::Result<()> {
        self.driver
            .goto(address)
            .await
            .with_context(|| format!("{address} could not be opened"))
    }

    /// Where it is.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn address(&self) -> anyhow::Result<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// Waits for the address to fulfil a condition, and says it.
    ///
    /// # Errors
    /// It does not in time.
    pub async fn arrived(&self, what: &str, at: impl Fn(&str) -> bool) -> anyhow::Result<String> {
        let started = Instant::now();
        loop {
            let address = self.address().await?;
            if at(&address) {
                return Ok(address);
            }
            if started.elapsed() > PATIENCE {
                bail!(
                    "not arrived at {what} but at {address}: {}",
                    self.text().await.unwrap_or_default()
                );
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits for an element.
    ///
    /// # Errors
    /// It does not appear in time.
    pub async fn find(&self, css: &str) -> anyhow::Result<WebElement> {
        let started = Instant::now();
        loop {
            match self.driver.find(By::Css(css)).await {
                Ok(element) => return Ok(element),
                Err(_) if started.elapsed() < PATIENCE => sleep(Duration::from_millis(50)).await,
                Err(_) => bail!(
                    "no {css} at {}: {}",
                    self.address().await?,
                    self.text().await.unwrap_or_default()
                ),
            }
        }
    }

    /// Clicks an element once it is there.
    ///
    /// # Errors
    /// It does not appear, or cannot be clicked.
    pub async fn click(&self, css: &str) -> anyhow::Result<()> {
        let element = self.find(css).await?;
        element.scroll_into_view().await?;
        element
            .click()
            .await
            .with_context(|| format!("{css} could not be clicked"))
    }

    /// Types into whatever has the focus.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn type_keys(&self, keys: &str) -> anyhow::Result<()> {
        Ok(self.driver.action_chain().send_keys(keys).perform().await?)
    }

    /// Types while a key such as Ctrl is held.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn type_holding(&self, held: char, keys: &str) -> anyhow::Result<()> {
        let chain = self.driver.action_chain().key_down(held).send_keys(keys);
        Ok(chain.key_up(held).perform().await?)
    }

    /// The text of an element.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn text_of(&self, css: &str) -> anyhow::Result<String> {
        Ok(self.find(css).await?.text().await?)
    }

    /// The text of the page.
    ///
    /// # Errors
    /// There is no page.
    pub async fn text(&self) -> anyhow::Result<String> {
        Ok(self.driver.find(By::Tag("body")).await?.text().await?)
    }

    /// Waits until an attribute or the text of an element fulfils a condition.
    ///
    /// # Errors
    /// It does not in time; the message says what it was last.
    pub async fn until(
        &self,
        what: &str,
        script: &str,
        fulfils: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        let started = Instant::now();
        loop {
            let value = self.run(script).await?;
            if fulfils(&value) {
                return Ok(value);
            }
            ensure!(started.elapsed() < PATIENCE, "{what}: last seen {value}");
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Runs a script in the page; its `return` is the answer.
    ///
    /// # Errors
    /// It fails.
    pub async fn run(&self, script: &str) -> anyhow::Result<Value> {
        Ok(self.driver.execute(script, vec![]).await?.json().clone())
    }

    /// Runs a script that answers by calling its last argument.
    ///
    /// # Errors
    /// It fails.
    pub async fn run_async(&self, script: &str) -> anyhow::Result<Value> {
        Ok(self.driver.execute_async(script, vec![]).await?.json().clone())
    }

    async fn command(&self, name: &str, parameters: Value) -> anyhow::Result<Value> {
        self.driver
            .cdp()
            .send_raw(name, parameters)
            .await
            .with_context(|| name.to_owned())
    }

    /// Makes the window a screen of this width, a phone's below 600.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn resize(&self, width: u32) -> anyhow::Result<()> {
        let size = json!({ "width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.command("Emulation.setDeviceMetricsOverride", size)
            .await
            .map(drop)
    }

    /// Makes the screen one that is touched by a finger.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn touch(&self) -> anyhow::Result<()> {
        let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
        self.command("Emulation.setTouchEmulationEnabled", touch)
            .await
            .map(drop)
    }

    /// What the system prefers. Motion is off, so that nothing is looked at half-way.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn prefer(&self, scheme: Scheme) -> anyhow::Result<()> {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme.as_str() },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.command("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await
            .map(drop)
    }

    /// Switches the pages' scripts off.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn without_scripts(&self) -> anyhow::Result<()> {
        self.command("Emulation.setScriptExecutionDisabled", json!({ "value": true }))
            .await
            .map(drop)
    }

    /// Cuts the pages of this window off the network, or connects them again.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn go_offline(&self, offline: bool) -> anyhow::Result<()> {
        let unlimited = -1;
        let conditions = json!({
            "offline": offline, "latency": 0,
            "downloadThroughput": unlimited, "uploadThroughput": unlimited,
        });
        self.command("Network.enable", json!({})).await?;
        self.command("Network.emulateNetworkConditions", conditions)
            .await
            .map(drop)
    }

    /// Opens another window with the same cookies and goes there. Returns the one that it comes from.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn open_window(&self) -> anyhow::Result<WindowHandle> {
        let window = self.driver.new_tab().await?;
        self.go_to_window(&window).await
    }

    /// Goes to a window. Returns the one that it comes from.
    ///
    /// # Errors
    /// It is closed.
    pub async fn go_to_window(&self, window: &WindowHandle) -> anyhow::Result<WindowHandle> {
        let before = self.driver.window().await?;
        self.driver.switch_to_window(window.clone()).await?;
        Ok(before)
    }

    /// Loads the page again. That nothing answers, since there is no network, is no error: a person sees that too.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn reload(&self) -> anyhow::Result<()> {
        match self.driver.refresh().await {
            Err(error) if !error.to_string().contains("ERR_INTERNET_DISCONNECTED") => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Forgets a cookie of the origin that it shows, as it does when its time is up.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn forget_cookie(&self, name: &str) -> anyhow::Result<()> {
        Ok(self.driver.delete_cookie(name).await?)
    }

    /// Forgets every cookie, those of the identity provider and of Gosuslugi too.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn forget_cookies(&self) -> anyhow::Result<()> {
        self.command("Network.clearBrowserCookies", json!({}))
            .await
            .map(drop)
    }

    /// Forgets cached files, not cookies.
    ///
    /// # Errors
    /// The browser refuses.
    pub async fn forget_files(&self) -> anyhow::Result<()> {
        self.command("Network.clearBrowserCache", json!({}))
            .await
            .map(drop)
    }

    /// Writes a picture of the whole page.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub async fn photograph(&self, file: &Path) -> anyhow::Result<()> {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let size = self
            .run("return [document.documentElement.clientWidth, document.documentElement.scrollHeight]")
            .await?;
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1 });
        let wanted = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.command("Page.captureScreenshot", wanted).await?;
        let bytes = STANDARD.decode(picture["data"].as_str().context("no picture")?)?;
        std::fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        Ok(std::fs::write(file, bytes)?)
    }

    /// What the console said since it was last asked.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn console(&self) -> anyhow::Result<Vec<String>> {
        let log = self.driver.get_log("browser").await?;
        Ok(log
            .into_iter()
            .map(|entry| format!("{} {}", entry.level, entry.message))
            .collect())
    }

    /// What was transferred since it was last asked.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn weight(&self) -> anyhow::Result<Weight> {
        let mut addresses = std::collections::BTreeMap::new();
        let mut weight = Weight::default();
        for entry in self.driver.get_log("performance").await? {
            let event: Value = serde_json::from_str(&entry.message)?;
            let (name, parameters) = (&event["message"]["method"], &event["message"]["params"]);
            let request = parameters["requestId"].as_str().unwrap_or_default().to_owned();
            if name == "Network.requestWillBeSent" {
                addresses.insert(
                    request,
                    parameters["request"]["url"]
                        .as_str()
                        .unwrap_or_default()
                        .to_owned(),
                );
            } else if name == "Network.loadingFinished" {
                let bytes = parameters["encodedDataLength"].as_f64().unwrap_or_default();
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "bytes of a page"
                )]
                let bytes = bytes as u64;
                weight.bytes += bytes;
                weight
                    .of
                    .push((addresses.get(&request).cloned().unwrap_or_default(), bytes));
            }
        }
        Ok(weight)
    }
}
