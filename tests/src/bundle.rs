//! Bundles that are wrong in one way each, made from the demo region's good one, and their import.

use std::{
    io::{Cursor, Read, Write},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use localstack::Visitor;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::sleep;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::place::{ask, read};

/// An import of the whole region takes some seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// The bundle with its files changed, by name, and more entries after them.
///
/// # Errors
/// The bundle is no archive.
pub fn rewritten(
    bundle: &[u8],
    change: impl Fn(&str, String) -> String,
    more: &[(&str, &str)],
) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bundle))?;
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place)?;
        let name = entry.name()?.into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text)?;
        copy.start_file(name.as_str(), options)?;
        copy.write_all(change(&name, text).as_bytes())?;
    }
    for (name, text) in more {
        copy.start_file(*name, options)?;
        copy.write_all(text.as_bytes())?;
    }
    Ok(copy.finish()?.into_inner())
}

/// Uploads a bundle for the region of that code; the import waits to be started.
///
/// # Errors
/// The region is missing or the upload fails.
pub async fn upload(operator: &Visitor, code: &str, bundle: Vec<u8>) -> anyhow::Result<String> {
    let regions = read(operator, "/api/registry/regions").await?;
    let region = regions["regions"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|region| region["code"] == code);
    let region = region.with_context(|| format!("no region {code} in {regions}"))?["id"].clone();
    let body = json!({ "region": region, "bytes": bundle.len() });
    let (status, ticket) = ask(operator, Method::POST, "/api/registry/imports", Some(&body), &[]).await?;
    ensure!(status == 201, "no import: {status} {ticket}");
    let address = ticket["upload_url"].as_str().context("no address to upload to")?;
    let put = reqwest::Client::new().put(address).body(bundle).send().await?;
    ensure!(
        put.status().is_success(),
        "the upload was answered {}",
        put.status()
    );
    Ok(ticket["import"]
        .as_str()
        .context("an import without an id")?
        .to_owned())
}

/// Starts an import and waits for its report.
///
/// # Errors
/// It does not start, or does not end in time.
pub async fn carry_out(operator: &Visitor, import: &str) -> anyhow::Result<Value> {
    let path = format!("/api/registry/imports/{import}");
    let (status, problem) = ask(operator, Method::POST, &format!("{path}/start"), None, &[]).await?;
    ensure!(status == 202, "the import did not start: {status} {problem}");
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        let report = read(operator, &path).await?;
        if report["finished_at"].is_string() {
            return Ok(report);
        }
        sleep(Duration::from_millis(200)).await;
    }
    bail!("the import {import} did not end in {} s", PATIENCE.as_secs())
}
