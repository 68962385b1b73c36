//! What is served beside the functions.

use std::sync::Arc;

use anyhow::{Context, ensure};
use end_to_end::{place::Place, plain::bare, repository};
use serde_json::Value;

pub(crate) async fn the_description_of_the_api_is_served_as_the_repository_keeps_it(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let served: Value = bare()?
        .get(format!("{}/api/openapi.json", place.public))
        .send()
        .await?
        .json()
        .await?;
    let kept: Value =
        serde_json::from_str(&std::fs::read_to_string(repository().join("tests/openapi.json"))?)?;
    ensure!(served == kept, "another description is served");
    Ok(())
}

pub(crate) async fn files_are_served_for_ever_and_pages_are_not_kept(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let page = bare()?
        .get(format!("{}/", place.public))
        .header("accept", "text/html")
        .send()
        .await?;
    let kept = page.headers()["cache-control"].to_str()?.to_owned();
    ensure!(
        kept.contains("no-cache") || kept.contains("no-store"),
        "a page may be kept: {kept}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'"),
    ] {
        let header = page
            .headers()
            .get(name)
            .and_then(|header| header.to_str().ok())
            .unwrap_or_default();
        ensure!(header.starts_with(value), "{name}: {header}");
    }
    let text = page.text().await?;
    let file = text
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|path| path.ends_with("/app.css"));
    let file = file.context("a page without a style sheet")?;
    let style = bare()?
        .get(format!("{}{file}", place.public))
        .header("accept-encoding", "gzip")
        .send()
        .await?;
    ensure!(style.status() == 200, "{file}: {}", style.status());
    ensure!(
        style.headers()["cache-control"].to_str()?.contains("immutable"),
        "{:?}",
        style.headers()
    );
    ensure!(
        style.headers()["content-encoding"] == "gzip",
        "{:?}",
        style.headers()
    );
    let missing = bare()?
        .get(format!("{}/assets/000000000000/app.css", place.public))
        .send()
        .await?;
    ensure!(
        missing.status() == 404 || missing.status() == 403,
        "a missing file: {}",
        missing.status()
    );
    Ok(())
}
