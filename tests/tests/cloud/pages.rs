//! Every page: accessible, within its weight, on narrow and wide screens, light and dark.

#![expect(clippy::too_many_lines, reason = "tables of cases read better whole")]

use std::{fmt::Write as _, sync::Arc};

use anyhow::{Context, ensure};
use demo::Part;
use end_to_end::{
    browser::{Browser, Scheme},
    journal::{Journal, PERIOD, child_in_seven_a},
    place::{Place, options, read},
    repository,
    weight::Weight,
};
use localstack::prepare_tools;
use tokio::sync::OnceCell;

use crate::{
    Stage,
    browser::{refuse_violations, sign_in},
};

/// Bytes of a first view with all that belongs to it.
const FIRST_VIEW: u64 = 60 * 1024;
/// Bytes of a page whose files are there already.
const NEXT_VIEW: u64 = 15 * 1024;

/// Those who look, each with the pages that they look at: a name for pictures, and a path.
type Tour = Vec<(Option<Part>, Vec<(&'static str, String)>)>;

async fn tour(place: &Place) -> anyhow::Result<Tour> {
    let journal = Journal::of_algebra(place).await?;
    let child = child_in_seven_a(&place.visitor(Part::Parent).await?).await?;
    FILLED.get_or_try_init(|| fill(&journal, &child)).await?;
    let of_child = read(&place.visitor(Part::Parent).await?, "/api/identity/children").await?;
    let classes = of_child["children"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|child| child["classes"].as_array().cloned().unwrap_or_default());
    let seven_a = classes
        .into_iter()
        .find(|class| class["title"] == "7А")
        .context("no 7А")?;
    let (class, institution) = (
        seven_a["group"].as_str().unwrap_or_default(),
        seven_a["institution"].as_str().unwrap_or_default(),
    );
    let operator = place.visitor(Part::FederalOperator).await?;
    let region = read(&operator, "/api/registry/regions").await?["regions"][0]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let import = a_finished_import(place, &region).await?;
    let (id, lesson) = (&journal.id, LESSON);
    let grid = format!("/journals/{id}/{PERIOD}");
    Ok(vec![
        (
            None,
            vec![
                ("sign-in", "/".to_owned()),
                ("sign-in-for-a-page", "/?return_to=%2Fdiary".to_owned()),
                ("signed-out", "/identity/signed-out".to_owned()),
                (
                    "sign-in-refused",
                    "/identity/callback?state=unknown&code=none".to_owned(),
                ),
            ],
        ),
        (
            Some(Part::Teacher),
            vec![
                ("today", "/schedules/today?date=2026-11-23".to_owned()),
                ("own-week", "/schedules?date=2026-11-23".to_owned()),
                ("journals", "/journals".to_owned()),
                ("grid", grid.clone()),
                ("lesson", format!("{grid}/lessons/{lesson}")),
                ("history", format!("{grid}/lessons/{lesson}/cells/{child}")),
                ("average", format!("{grid}/pupils/{child}")),
                ("reports-own", "/reports".to_owned()),
                ("reports-changes", "/reports/changes".to_owned()),
                ("profile", "/identity/profile".to_owned()),
                ("signed-in", "/identity/signed-in".to_owned()),
                ("sign-out", "/identity/sign-out".to_owned()),
                ("not-found", "/journals/nothing".to_owned()),
            ],
        ),
        (
            Some(Part::Parent),
            vec![
                ("diary", format!("/diary/{child}?date=2026-09-04")),
                ("diary-this-week", "/diary".to_owned()),
                ("marks", format!("/diary/{child}/marks?period={PERIOD}")),
                ("subject", format!("/diary/{child}/marks/{id}?period={PERIOD}")),
                ("family-week", "/schedules?date=2026-11-23".to_owned()),
            ],
        ),
        (
            Some(Part::Head),
            vec![
                ("classes", "/registry/classes".to_owned()),
                ("class", format!("/registry/classes/{class}")),
                ("institution", format!("/registry/institutions/{institution}")),
                (
                    "class-week",
                    format!("/schedules/classes/{class}?date=2026-11-23"),
                ),
                ("class-journals", format!("/journals?class={class}")),
                ("grid-read-only", grid),
                ("reports", "/reports".to_owned()),
                ("reports-class", format!("/reports/classes/{class}/{PERIOD}")),
                (
                    "reports-school",
                    format!("/reports/institutions/{institution}/{PERIOD}"),
                ),
                (
                    "reports-checks",
                    format!("/reports/institutions/{institution}/{PERIOD}/checks"),
                ),
            ],
        ),
        (
            Some(Part::FederalOperator),
            vec![
                ("regions", "/registry/regions".to_owned()),
                ("region", format!("/registry/regions/{region}")),
                ("import", import),
            ],
        ),
        (
            Some(Part::Stranger),
            vec![
                ("nothing-here", "/identity/profile".to_owned()),
                ("no-diary", "/diary".to_owned()),
            ],
        ),
    ])
}

/// Path of the first import of a region, that of the demo region: the last in its list.
async fn a_finished_import(place: &Place, region: &str) -> anyhow::Result<String> {
    let mut operator = place.visitor(Part::FederalOperator).await?;
    let page = operator.get(&format!("/registry/regions/{region}")).await?.body;
    let links = page.split("href=\"").filter_map(|rest| rest.split('"').next());
    let imports = links.filter(|path| path.starts_with("/registry/imports/"));
    Ok(imports
        .last()
        .context("the region's page lists no import")?
        .to_owned())
}

/// The lesson whose pages are looked at.
const LESSON: &str = "2026-09-04-01";

/// Whether the journal has something to show. Two tests look at the same pages.
static FILLED: OnceCell<()> = OnceCell::const_new();

/// Marks of every kind, so that pages have something to show.
async fn fill(journal: &Journal, child: &str) -> anyhow::Result<()> {
    for (number, entry) in (1..=12).zip(["5", "4 5", "н", "3", "", "б", "5", "2", "о 4", "5", "4", "3 5"])
    {
        let lesson = format!("2026-09-{:02}-01", 3 + number);
        journal.open(&lesson).await?;
        let stands = journal.cell(&lesson, child).await?;
        if stands.entry != entry {
            journal.set(&lesson, child, entry).await?;
        }
    }
    Ok(())
}

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
