//! Bundles that are wrong, and one that is known already.

use std::{fmt::Write as _, sync::Arc};

use anyhow::{Context, ensure};
use demo::Part;
use end_to_end::{
    bundle::{carry_out, rewritten, upload},
    database::{differences, items},
    place::Place,
};
use tokio::sync::Mutex;

/// What an import writes about itself, and what notes when somebody last signed in: others do so meanwhile.
const ASIDE: [&str; 4] = ["account", "import", "import_report", "timetable_import"];

/// Imports are compared with all that the tables hold, so one goes after the other.
static ONE_BY_ONE: Mutex<()> = Mutex::const_new(());

/// All that imports may write, but the reports and what a sign-in notes.
async fn tables(place: &Place) -> anyhow::Result<Vec<std::collections::BTreeMap<String, serde_json::Value>>> {
    Ok(vec![
        items(&place.database, "school-registry", &ASIDE).await?,
        items(&place.database, "school-schedules", &ASIDE).await?,
    ])
}

pub(crate) async fn a_bundle_with_an_entry_outside_of_it_is_refused_as_a_whole(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let _alone = ONE_BY_ONE.lock().await;
    let operator = place.visitor(Part::FederalOperator).await?;
    let change = |name: &str, text: String| match name {
        // Were a part of it taken, it would show.
        "orgs.csv" => text.replace("Школа", "Лицей"),
        _ => text,
    };
    let bundle = rewritten(&place.region.bundle, change, &[("../../outside.csv", "a\n")])?;
    let import = upload(&operator, place.region.code, bundle).await?;
    let before = tables(&place).await?;
    let report = carry_out(&operator, &import).await?;
    ensure!(report["state"] == "failed", "{report}");
    ensure!(
        report["failure"]
            .as_str()
            .is_some_and(|code| code.contains("unsafe")),
        "{}",
        report["failure"]
    );
    ensure!(
        report["failed_entry"] == "../../outside.csv",
        "{}",
        report["failed_entry"]
    );
    for (before, after) in before.iter().zip(tables(&place).await?) {
        let changed = differences(before, &after);
        ensure!(changed.is_empty(), "the refused bundle changed {changed:?}");
    }
    Ok(())
}

pub(crate) async fn a_thousand_wrong_rows_are_reported_and_a_region_imported_again_stays_as_it_is(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let _alone = ONE_BY_ONE.lock().await;
    let operator = place.visitor(Part::FederalOperator).await?;
    // A kept state may be of an earlier version of the import: what that version left out is brought up to date first.
    let first = upload(&operator, place.region.code, place.region.bundle.clone()).await?;
    carry_out(&operator, &first).await?;
    let change = |name: &str, text: String| {
        if name == "users.csv" {
            with_wrong_rows(text)
        } else {
            text
        }
    };
    let bundle = rewritten(&place.region.bundle, change, &[])?;
    let import = upload(&operator, place.region.code, bundle).await?;
    let before = tables(&place).await?;
    let report = carry_out(&operator, &import).await?;
    ensure!(report["state"] == "done", "{report}");
    let users = report["files"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|file| file["name"] == "users.csv");
    let users = users.context("no report on users.csv")?;
    ensure!(users["refused"] == 1_000, "{}", users["refused"]);
    let listed = users["refusals"].as_array().context("no list of refusals")?;
    ensure!(
        listed
            .iter()
            .all(|row| row["line"].is_u64() && row["code"].is_string()),
        "{listed:?}"
    );
    let totals = &report["totals"];
    ensure!(totals["created"] == 0 && totals["changed"] == 0, "{totals}");
    ensure!(
        totals["kept"].as_u64().is_some_and(|kept| kept > 1_000),
        "{totals}"
    );
    for (before, after) in before.iter().zip(tables(&place).await?) {
        let changed = differences(before, &after);
        ensure!(
            changed.is_empty(),
            "{} items changed, {:?} first",
            changed.len(),
            changed.first()
        );
    }
    Ok(())
}

/// The file with a thousand rows after its own that name people without a name.
fn with_wrong_rows(text: String) -> String {
    let columns = text.lines().next().unwrap_or_default().split(',').count();
    let mut text = text.trim_end().to_owned();
    text.push('\n');
    for number in 0..1_000 {
        let _ = writeln!(text, "nobody-{number}{}", ",".repeat(columns - 1));
    }
    text
}
