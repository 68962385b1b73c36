//! The journal grid in a browser, as a teacher works with it.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::{
    browser::Browser,
    journal::{Journal, PERIOD},
    place::Place,
};

/// Keys by the names that WebDriver gives them.
pub mod keys {
    /// Goes on downwards.
    pub const ENTER: &str = "\u{e007}";
    /// Goes on to the right.
    pub const TAB: &str = "\u{e004}";
    /// To be held.
    pub const SHIFT: char = '\u{e008}';
    /// To be held.
    pub const CONTROL: char = '\u{e009}';
    /// Takes back what is being typed.
    pub const ESCAPE: &str = "\u{e00c}";
    /// Clears a cell.
    pub const DELETE: &str = "\u{e017}";
    /// Takes back a figure.
    pub const BACKSPACE: &str = "\u{e003}";
    /// To the first column.
    pub const HOME: &str = "\u{e011}";
    /// To the last column.
    pub const END: &str = "\u{e010}";
    /// An arrow.
    pub const LEFT: &str = "\u{e012}";
    /// An arrow.
    pub const UP: &str = "\u{e013}";
    /// An arrow.
    pub const RIGHT: &str = "\u{e014}";
    /// An arrow.
    pub const DOWN: &str = "\u{e015}";
}

/// The grid of the tests' period in a browser, with a look at the first work of one lesson.
#[derive(Debug, Clone, Copy)]
pub struct Grid<'a> {
    /// Where it is shown.
    pub browser: &'a Browser,
    address: &'a str,
    lesson: &'a str,
}

/// Address of the grid of the tests' period.
pub fn address(place: &Place, journal: &Journal) -> String {
    format!("{}/journals/{}/{PERIOD}", place.public, journal.id)
}

impl<'a> Grid<'a> {
    /// Opens the grid for a person who has signed in.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn open(browser: &'a Browser, address: &'a str, lesson: &'a str) -> anyhow::Result<Self> {
        browser.open(address).await?;
        let grid = Self {
            browser,
            address,
            lesson,
        };
        grid.is_shown().await?;
        Ok(grid)
    }

    /// Opens the page anew.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn open_again(&self) -> anyhow::Result<()> {
        self.browser.open(self.address).await?;
        self.is_shown().await
    }

    /// Waits until the script has taken the grid over.
    ///
    /// # Errors
    /// It does not.
    pub async fn is_shown(&self) -> anyhow::Result<()> {
        self.browser.find("#strip .news").await.map(drop)
    }

    fn cell(&self, pupil: &str) -> String {
        let lesson = self.lesson;
        format!(
            "document.querySelector('tr[data-pupil=\"{pupil}\"]').cells[document.querySelector('th[data-lesson=\"{lesson}\"]').cellIndex]"
        )
    }

    /// Clicks the cell of a pupil.
    ///
    /// # Errors
    /// There is none, or it does not get the focus.
    pub async fn go_to(&self, pupil: &str) -> anyhow::Result<()> {
        let cell = self.cell(pupil);
        let focused = self
            .browser
            .run(&format!(
                "{cell}.click(); return document.activeElement === {cell}"
            ))
            .await?;
        ensure!(focused == true, "the cell of {pupil} has no focus");
        Ok(())
    }

    /// Presses keys where the focus is.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn press(&self, keys: &[&str]) -> anyhow::Result<()> {
        self.browser.type_keys(&keys.concat()).await
    }

    /// Presses a key while Shift is held.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn press_with_shift(&self, key: &str) -> anyhow::Result<()> {
        self.browser.type_holding(keys::SHIFT, key).await
    }

    /// Undoes by Ctrl+Z.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn undo(&self) -> anyhow::Result<()> {
        self.browser.type_holding(keys::CONTROL, "z").await
    }

    /// Pastes a text where the focus is. What the system's clipboard would hand to the page is handed to it directly: the
    /// clipboard is one for all tests that run at once.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn paste(&self, text: &str) -> anyhow::Result<()> {
        let script = format!(
            "const clipboardData = new DataTransfer();
             clipboardData.setData('text/plain', {});
             document.activeElement.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData, bubbles: true, cancelable: true }}));",
            json!(text)
        );
        self.browser.run(&script).await.map(drop)
    }

    /// What is to be seen in a cell.
    ///
    /// # Errors
    /// There is none.
    pub async fn shown(&self, pupil: &str) -> anyhow::Result<String> {
        let text = self
            .browser
            .run(&format!("return {}.textContent", self.cell(pupil)))
            .await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Where the focus is: pupil and lesson; nothing if it has left the grid.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn focus(&self) -> anyhow::Result<Option<(String, String)>> {
        let script = "const cell = document.activeElement.closest('table.grid td:not(.average)');
            return cell && [cell.parentElement.dataset.pupil, cell.closest('table').tHead.rows[0].cells[cell.cellIndex].dataset.lesson]";
        let at = self.browser.run(script).await?;
        let text = |place: usize| at[place].as_str().map(str::to_owned);
        Ok(text(0).zip(text(1)))
    }

    /// Waits until a cell shows an entry and the server has taken it.
    ///
    /// # Errors
    /// It does not come to that.
    pub async fn is_saved(&self, pupil: &str, entry: &str) -> anyhow::Result<()> {
        let cell = self.cell(pupil);
        let state =
            format!("const c = {cell}; return [c.textContent, c.dataset.saved, c.dataset.state ?? 'saved']");
        let wanted = json!([entry, entry, "saved"]);
        self.browser
            .until(&format!("{entry} is saved"), &state, |now| *now == wanted)
            .await
            .map(drop)
    }

    /// Waits until a cell shows an entry in a state: `saving`, `queued`, `conflict`, `failed`.
    ///
    /// # Errors
    /// It does not come to that.
    pub async fn is_in_state(&self, pupil: &str, entry: &str, state: &str) -> anyhow::Result<()> {
        let script = format!(
            "const c = {}; return [c.textContent, c.dataset.state ?? '']",
            self.cell(pupil)
        );
        let wanted = json!([entry, state]);
        self.browser
            .until(&format!("{entry} is {state}"), &script, |now| *now == wanted)
            .await
            .map(drop)
    }

    /// Waits until the live region says something that contains all of these.
    ///
    /// # Errors
    /// It does not.
    pub async fn says(&self, parts: &[&str]) -> anyhow::Result<String> {
        let script = "const news = document.querySelector('#strip .news');
            return news.closest('[aria-live]').getAttribute('aria-live') === 'polite' ? news.textContent : ''";
        let said = |value: &Value| {
            let text = value.as_str().unwrap_or_default();
            !text.is_empty() && parts.iter().all(|part| text.contains(part))
        };
        let text = self
            .browser
            .until(&format!("the page says {parts:?}"), script, said)
            .await?;
        text.as_str().map(str::to_owned).context("no text")
    }

    /// Presses the button or follows the link of the news with that text.
    ///
    /// # Errors
    /// There is none.
    pub async fn choose(&self, label: &str) -> anyhow::Result<()> {
        let script = format!(
            "const way = [...document.querySelectorAll('#strip .news button, #strip .news a')].find(way => way.textContent.includes({}));
             way?.setAttribute('data-chosen', ''); return Boolean(way)",
            json!(label)
        );
        self.browser
            .until(&format!("there is a choice “{label}”"), &script, |found| {
                *found == true
            })
            .await?;
        self.browser.click("#strip [data-chosen]").await
    }

    /// The entries that wait on this device, for whomever.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn kept(&self) -> anyhow::Result<Vec<String>> {
        let kept = self
            .browser
            .run("return Object.keys(localStorage).filter(key => key.startsWith('journal-queue:')).map(key => JSON.parse(localStorage[key]).entry).sort()")
            .await?;
        let entries = kept.as_array().into_iter().flatten();
        Ok(entries
            .filter_map(|entry| entry.as_str().map(str::to_owned))
            .collect())
    }

    /// Waits until nothing waits on this device any more.
    ///
    /// # Errors
    /// Something goes on waiting.
    pub async fn nothing_waits(&self) -> anyhow::Result<()> {
        let kept = "return Object.keys(localStorage).filter(key => key.startsWith('journal-queue:')).length";
        self.browser
            .until("nothing waits", kept, |count| *count == 0)
            .await
            .map(drop)
    }
}
