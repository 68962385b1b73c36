//! Every page: accessible, within its weight, on narrow and wide screens, light and dark.

use std::{fmt::Write as _, sync::Arc};

use anyhow::{Context, ensure};
use end_to_end::{
    browser::{Browser, Scheme},
    place::{Place, options},
    repository,
    weight::Weight,
};
use localstack::prepare_tools;

use crate::{
    Stage,
    browser::{refuse_violations, sign_in},
    tour::tour,
};

/// Bytes of a first view with all that belongs to it.
const FIRST_VIEW: u64 = 60 * 1024;
/// Bytes of a page whose files are there already.
const NEXT_VIEW: u64 = 15 * 1024;

#[expect(
    clippy::disallowed_methods,
    reason = "a switch for people who look at the pages"
)]
fn pictures_are_wanted() -> bool {
    std::env::var("SCREENSHOTS").is_ok_and(|value| value == "1")
}

pub(crate) async fn every_page_is_accessible_in_every_width_and_scheme(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let place = &stage.place;
    let checker = checker().await?;
    let mut wrong = String::new();
    for (part, pages) in tour(place).await? {
        let browser = stage.driver.open().await?;
        if let Some(part) = part {
            sign_in(&browser, place, part).await?;
        }
        for (name, path) in pages {
            if let Err(error) = look(&browser, place, name, &path, &checker).await {
                writeln!(wrong, "{name} ({path}): {error:#}")?;
            }
        }
        browser.close().await?;
    }
    ensure!(wrong.is_empty(), "{wrong}");
    Ok(())
}

/// The script that finds what keeps people out.
pub(crate) async fn checker() -> anyhow::Result<String> {
    let tools = prepare_tools(&options()).await?;
    let file = tools.npm_package("axe-core").join("axe.min.js");
    std::fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))
}

/// Opens one page and looks at it in every way.
async fn look(browser: &Browser, place: &Place, name: &str, path: &str, checker: &str) -> anyhow::Result<()> {
    browser.resize(1_280).await?;
    browser.open(&format!("{}{path}", place.public)).await?;
    ensure!(
        browser.address().await?.starts_with(&place.public),
        "it led to {}",
        browser.address().await?
    );
    browser.run(checker).await?;
    let mut wrong = in_every_way(browser, name).await?;
    if let Err(error) = refuse_violations(&browser.console().await?) {
        writeln!(wrong, "  {error}")?;
    }
    ensure!(wrong.is_empty(), "\n{wrong}");
    Ok(())
}

/// Looks at the page that is shown, the checker in it, in every width and scheme. Says what is wrong, a line each.
pub(crate) async fn in_every_way(browser: &Browser, name: &str) -> anyhow::Result<String> {
    let mut wrong = String::new();
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.prefer(scheme).await?;
        for width in [390, 1_280] {
            browser.resize(width).await?;
            if pictures_are_wanted() {
                let file = format!("{name}-{width}-{}.png", scheme.as_str());
                browser
                    .photograph(&repository().join(".local/screenshots").join(file))
                    .await?;
            }
            for violation in violations(browser).await? {
                writeln!(wrong, "  {} {width}: {violation}", scheme.as_str())?;
            }
        }
    }
    browser.resize(320).await?;
    let wide = browser
        .run("const page = document.documentElement; return page.scrollWidth > 320 ? [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.scroll')).slice(0, 3).map(e => e.outerHTML.slice(0, 120)) : []")
        .await?;
    if wide.as_array().is_none_or(|elements| !elements.is_empty()) {
        writeln!(wrong, "  it scrolls sideways at 320: {wide}")?;
    }
    Ok(wrong)
}

/// What axe finds, each with the first element that it finds it at.
async fn violations(browser: &Browser) -> anyhow::Result<Vec<String>> {
    let found = browser
        .run_async(
            "const done = arguments[arguments.length - 1];
             axe.run(document, { resultTypes: ['violations'] })
               .then(found => done(found.violations.map(v => `${v.id} ×${v.nodes.length}: ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary.replaceAll('\\n', ' ').slice(0, 240)}`)))
               .catch(error => done([String(error)]));",
        )
        .await?;
    let lines = found.as_array().context("axe did not answer")?;
    Ok(lines
        .iter()
        .filter_map(|line| line.as_str().map(str::to_owned))
        .collect())
}

pub(crate) async fn no_page_is_heavier_than_its_budget(stage: Arc<Stage>) -> anyhow::Result<()> {
    let place = &stage.place;
    let mut heavy = String::new();
    for (part, pages) in tour(place).await? {
        let browser = stage.driver.open().await?;
        if let Some(part) = part {
            sign_in(&browser, place, part).await?;
        }
        for (name, path) in pages {
            let address = format!("{}{path}", place.public);
            browser.forget_files().await?;
            let first = weigh(&browser, &address).await?;
            let next = weigh(&browser, &address).await?;
            for (view, weight, budget) in [("first", first, FIRST_VIEW), ("next", next, NEXT_VIEW)] {
                if weight.bytes > budget {
                    writeln!(
                        heavy,
                        "{name}, {view} view: {} bytes of {budget}: {}",
                        weight.bytes,
                        weight.heaviest(5)
                    )?;
                }
            }
        }
        browser.close().await?;
    }
    ensure!(heavy.is_empty(), "{heavy}");
    Ok(())
}

/// Opens a page and says what was transferred for it.
async fn weigh(browser: &Browser, address: &str) -> anyhow::Result<Weight> {
    // A page with nothing on it in between: what it asks for is not counted.
    browser.open("about:blank").await?;
    browser.weight().await?;
    browser.open(address).await?;
    // Fonts come a moment after the page.
    browser.run_async("const done = arguments[arguments.length - 1]; document.fonts.ready.then(() => setTimeout(done, 100))").await?;
    browser.weight().await
}
