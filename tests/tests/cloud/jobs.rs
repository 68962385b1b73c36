//! Long work on its way through the queue: a report of the school, and a timetable that is made.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, bail, ensure};
use demo::Part;
use end_to_end::{
    journal::PERIOD,
    place::{Place, ask, read},
};
use localstack::Visitor;
use reqwest::Method;
use serde_json::{Value, json};

use crate::Stage;

/// How often and how long a job is looked at.
const LOOKS: u32 = 240;
const BETWEEN: Duration = Duration::from_millis(500);

/// What the address answers once `is_over` says so of it.
async fn finished(visitor: &Visitor, path: &str, is_over: impl Fn(&Value) -> bool) -> anyhow::Result<Value> {
    let mut seen = Value::Null;
    for _ in 0..LOOKS {
        seen = read(visitor, path).await?;
        if is_over(&seen) {
            return Ok(seen);
        }
        tokio::time::sleep(BETWEEN).await;
    }
    bail!("{path} does not come to an end: {seen}")
}

async fn school(place: &Place) -> anyhow::Result<String> {
    let head = place.visitor(Part::Head).await?;
    let list = read(&head, "/api/reports").await?;
    let school = list["institutions"][0]["institution"].as_str();
    Ok(school.context("the head sees no school")?.to_owned())
}

pub(crate) async fn a_report_of_the_school_is_made_by_its_worker_and_stays(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let place = &stage.place;
    let deputy = place.visitor(Part::Deputy).await?;
    let school = school(place).await?;
    for kind in ["load", "checks"] {
        let path = format!("/api/reports/institutions/{school}/{PERIOD}/{kind}");
        let (status, asked) = ask(&deputy, Method::POST, &path, None, &[]).await?;
        ensure!(
            (200..300).contains(&status),
            "{kind} was not begun: {status} {asked}"
        );
        let is_over = |report: &Value| report["run"]["state"] == "done" && !report["content"].is_null();
        let report = finished(&deputy, &path, is_over).await?;
        ensure!(
            !report["finished_at"].is_null(),
            "{kind} says when it was made: {report}"
        );
    }
    let mut deputy = place.visitor(Part::Deputy).await?;
    let page = deputy
        .get(&format!("/reports/institutions/{school}/{PERIOD}/load"))
        .await?;
    ensure!(page.body.contains("Лебедева"), "the load names the teachers");
    Ok(())
}

pub(crate) async fn a_timetable_is_made_by_its_worker_without_a_conflict(
    stage: Arc<Stage>,
) -> anyhow::Result<()> {
    let place = &stage.place;
    let deputy = place.visitor(Part::Deputy).await?;
    let wanted = json!({
        "institution": school(place).await?, "title": "Проба", "from": "2027-02-01", "source": "published",
        "date": "2026-11-23",
    });
    let (status, draft) = ask(&deputy, Method::POST, "/api/schedules/drafts", Some(&wanted), &[]).await?;
    let draft_id = draft["draft"].as_str();
    let draft_id = draft_id.with_context(|| format!("no draft was made: {status} {draft}"))?;
    let path = format!("/api/schedules/drafts/{draft_id}/generation");
    let wish = json!({ "revision": draft["revision"], "mode": "anew", "minutes": 1, "seed": 7 });
    let (status, asked) = ask(&deputy, Method::POST, &path, Some(&wish), &[]).await?;
    ensure!(
        (200..300).contains(&status),
        "the generation was not begun: {status} {asked}"
    );
    let (status, twice) = ask(&deputy, Method::POST, &path, Some(&wish), &[]).await?;
    ensure!(status == 409, "two at once: {status} {twice}");
    let ends = ["done", "failed", "cancelled"];
    let is_over = |run: &Value| run["state"].as_str().is_some_and(|state| ends.contains(&state));
    let made = finished(&deputy, &path, is_over).await?;
    ensure!(made["state"] == "done", "{made}");
    let run = &made["run"];
    ensure!(
        run["placed"].as_u64() > Some(800),
        "most lessons have a place: {made}"
    );
    let into = run["into"]
        .as_str()
        .context("nobody knows where the timetable is")?;
    let mut deputy = place.visitor(Part::Deputy).await?;
    let page = deputy
        .get(&format!("/schedules/drafts/{into}/publication"))
        .await?;
    ensure!(
        page.body.contains("name=\"revision\"") && !page.body.contains("conflicts-title"),
        "nothing is in the way of its publication: {}",
        page.body
    );
    Ok(())
}
