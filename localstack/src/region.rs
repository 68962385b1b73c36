//! The demo region: its personas and its data.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use demo::{DemoRegion, Part};
use model::Snils;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{failure::Advise, options::Options, record::Fingerprint, visitor::Visitor};

/// How long the import may take; about 1,000 people and their timetable take a fraction of it.
const PATIENCE: Duration = Duration::from_secs(600);

/// The region with its bundle, the same on every machine.
pub(crate) async fn made() -> anyhow::Result<DemoRegion> {
    tokio::task::spawn_blocking(demo::region)
        .await
        .context("the demo region could not be made")
}

/// Value of the parameter `Operators`: the federal operator's persona.
pub(crate) fn operators(region: &DemoRegion, key: &str) -> String {
    region
        .persona(Part::FederalOperator)
        .snils
        .hash(key.as_bytes())
        .as_str()
        .to_owned()
}

/// Those whom one can sign in as: name and who they are, one a line.
pub fn personas() -> Vec<String> {
    let region = demo::region();
    let width = |name: &str| name.chars().count();
    let widest = region
        .personas
        .iter()
        .map(|persona| width(&persona.name.full()))
        .max()
        .unwrap_or(0);
    let line =
        |persona: &esia::Persona| format!("  {:<widest$}  {}", persona.name.full(), persona.description);
    region.personas.iter().map(line).collect()
}

/// Keyed hash of a СНИЛС, as the parameter `Operators` takes it.
///
/// # Errors
/// The text is no СНИЛС.
pub fn operator_hash(key: &str, snils: &str) -> anyhow::Result<String> {
    let snils: Snils = snils
        .parse()
        .map_err(|_| anyhow::anyhow!("{snils} is no СНИЛС"))?;
    Ok(snils.hash(key.as_bytes()).as_str().to_owned())
}

/// Imports the region as any region is imported: the federal operator signs in, opens it, uploads the bundle and starts the
/// import. Nothing is done if this bundle has been imported into this cloud. Returns what there is to say about it.
pub(crate) async fn import(options: &Options, region: &DemoRegion) -> anyhow::Result<Option<String>> {
    let marker = options.state.join("deployed/region");
    let mut fingerprint = Fingerprint::default();
    fingerprint.add(region.code).add(&region.bundle);
    if fingerprint.is_in(&marker) {
        return Ok(None);
    }
    let esia = format!("http://localhost:{}", options.ports.esia);
    let mut operator = Visitor::new(&options.public_origin(), &esia)?;
    let sign_in = operator
        .sign_in(region.persona(Part::FederalOperator).oid, "/registry/regions")
        .await;
    sign_in
        .advise(logs(options))
        .context("the federal operator could not sign in")?;
    let totals = carry_out(&operator, region).await.advise(logs(options))?;
    fingerprint.write(&marker)?;
    Ok(Some(totals))
}

fn logs(options: &Options) -> String {
    let log = options.state.join("ministack/ministack.log");
    format!(
        "the functions' answers are in {}; `cargo run -- reset` starts from nothing",
        log.display()
    )
}

async fn carry_out(operator: &Visitor, region: &DemoRegion) -> anyhow::Result<String> {
    let body = json!({ "code": region.code, "name": region.name });
    let opened = api(operator, Method::POST, "/api/registry/regions", Some(&body)).await?;
    let body = json!({ "region": opened["id"], "bytes": region.bundle.len() });
    let ticket = api(operator, Method::POST, "/api/registry/imports", Some(&body)).await?;
    let import = ticket["import"].as_str().context("the import has no id")?;
    let address = ticket["upload_url"]
        .as_str()
        .context("the import has no address to upload to")?;
    let upload = Client::new()
        .put(address)
        .body(region.bundle.clone())
        .send()
        .await?;
    upload
        .error_for_status()
        .context("the bundle could not be uploaded")?;
    api(
        operator,
        Method::POST,
        &format!("/api/registry/imports/{import}/start"),
        None,
    )
    .await?;
    let registry = finished(operator, &format!("/api/registry/imports/{import}")).await?;
    let schedules = finished(operator, &format!("/api/schedules/imports/{import}")).await?;
    for report in [&registry, &schedules] {
        if let Some(reason) = report["failure"].as_str() {
            bail!("the bundle was refused: {reason}");
        }
    }
    let (rows, refused) = (&registry["totals"]["rows"], &registry["totals"]["refused"]);
    Ok(format!(
        "{rows} rows of {} imported, {refused} refused; {} weeks",
        region.name, schedules["weeks_created"]
    ))
}

/// Waits until a report is there. The one on timetables does not exist before.
async fn finished(operator: &Visitor, path: &str) -> anyhow::Result<Value> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let answer = operator.request(Method::GET, path)?.send().await?;
        if answer.status() != StatusCode::NOT_FOUND {
            let report: Value = answer.error_for_status()?.json().await?;
            if report["finished_at"].is_string() {
                return Ok(report);
            }
        }
        sleep(Duration::from_millis(200)).await;
    }
    bail!("the import does not come to an end")
}

async fn api(operator: &Visitor, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
    let mut request = operator.request(method, path)?;
    if let Some(body) = body {
        request = request.json(body);
    }
    let answer = request
        .send()
        .await
        .with_context(|| format!("{path} does not answer"))?;
    let (status, text) = (answer.status(), answer.text().await?);
    if !status.is_success() {
        bail!("{path} answered {status}: {text}");
    }
    serde_json::from_str(&text).with_context(|| format!("{path} answered no JSON"))
}
