//! Bundles that harm, fail, or come from elsewhere.

use std::path::{Path, PathBuf};

use bundles::ReasonCode;

use super::*;

#[tokio::test]
async fn a_bundle_that_is_refused_as_a_whole_changes_nothing_and_says_why() {
    let registry = Registry::start().await;
    let (import, report) = registry.import(1, b"no archive at all").await;
    assert_eq!(
        (import.state, import.failure.as_deref()),
        (ImportState::Failed, Some("archive-unreadable"))
    );
    assert_eq!(report, Report::default());

    let harmless = zip(&[("manifest.csv", MANIFEST), ("xxxusers.csv", USERS)]);
    let (import, _) = registry
        .import(2, &replaced(&harmless, b"xxxusers.csv", b"../users.csv"))
        .await;
    assert_eq!(import.failure.as_deref(), Some("archive-unsafe-name"));
    assert_eq!(import.failed_entry.as_deref(), Some("../users.csv"));
    assert!(
        registry
            .rosters
            .card(person("kid"))
            .await
            .expect("a read")
            .is_none()
    );
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = (0..=bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    places
        .into_iter()
        .for_each(|place| bytes[place..place + to.len()].copy_from_slice(to));
    bytes
}

#[tokio::test]
async fn a_thousand_wrong_rows_are_refused_and_the_right_ones_are_imported() {
    let registry = Registry::start().await;
    let mut users = USERS.to_owned();
    for number in 0..1_000 {
        users.push_str(&format!("bad{number},maybe,Иванов,Иван,,,\n"));
    }
    let (import, report) = registry.import(1, &small(&[("users.csv", &users)])).await;
    assert_eq!(import.state, ImportState::Done);
    assert_eq!(counts(&report, "users.csv"), [3, 0, 0, 1_000]);
    assert_eq!(
        report.find("users.csv").map(|file| file.refusals.len()),
        Some(1_000)
    );
    assert!(
        registry
            .rosters
            .card(person("kid"))
            .await
            .expect("a read")
            .is_some()
    );
    assert!(
        registry
            .rosters
            .card(person("bad1"))
            .await
            .expect("a read")
            .is_none()
    );
}

#[tokio::test]
async fn what_a_refused_row_carries_is_refused_with_it() {
    let registry = Registry::start().await;
    let orgs = "sourcedId,name,type\ns1,Кафедра,department\n";
    let (_, report) = registry.import(1, &small(&[("orgs.csv", orgs)])).await;
    assert_eq!(counts(&report, "orgs.csv"), [0, 0, 0, 1]);
    assert_eq!(counts(&report, "classes.csv"), [0, 0, 0, 2]);
    assert_eq!(counts(&report, "enrollments.csv"), [0, 0, 0, 3]);
    assert_eq!(counts(&report, "users.csv"), [3, 0, 0, 0], "people stay people");
    let reason = |file: &str| report.find(file).map(|file| file.refusals[0].reason.code);
    assert_eq!(reason("orgs.csv"), Some(ReasonCode::KindUnsupported));
    assert_eq!(reason("classes.csv"), Some(ReasonCode::ReferenceRefused));
}

/// The bytes of a foreign bundle; says plainly that a test is left out when it is not there.
fn foreign(name: &str) -> Option<Vec<u8>> {
    let set = std::env::var_os("FOREIGN_DATA").map(PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = set
        .unwrap_or_else(|| root.join("../shared/data"))
        .join("oneroster")
        .join(name);
    let bytes = std::fs::read(&path);
    if bytes.is_err() {
        // Written past the test harness, which swallows what a passing test prints.
        let line = format!("left out: no foreign bundle at {}\n", path.display());
        std::io::stderr()
            .write_all(line.as_bytes())
            .expect("standard error");
    }
    bytes.ok()
}

#[tokio::test]
async fn foreign_bundles_are_imported_with_a_truthful_report() {
    let registry = Registry::start().await;
    let names = [
        "Test_full_data_set.zip",
        "Test_minimal_data_set.zip",
        "oneroster_test_data.zip",
        "v1p2_full_dataset.zip",
    ];
    for (number, name) in (1..).zip(names) {
        let Some(bytes) = foreign(name) else { return };
        let (import, report) = registry.import(number, &bytes).await;
        assert_eq!(import.state, ImportState::Done, "{name}");
        for file in report
            .files
            .iter()
            .filter(|file| file.failure.is_none() && file.name != "manifest.csv")
        {
            let sum = file.created + file.changed + file.kept + file.refused;
            assert_eq!(sum, file.rows, "{name}: every row of {} has one fate", file.name);
        }
        if name == "oneroster_test_data.zip" {
            assert_eq!(import.totals.refused, 0);
            let pupil = registry
                .rosters
                .card(person("USER_0"))
                .await
                .expect("a read")
                .expect("the pupil");
            assert_eq!(pupil.person.name.short(), "Wayne Bruce");
            let algebra = registry
                .rosters
                .roster(group("CLASS_001"))
                .await
                .expect("a read")
                .expect("the class");
            assert_eq!(algebra.pupils.len(), 1);
        } else {
            assert_eq!(
                counts(&report, "orgs.csv")[3],
                1,
                "{name}: a department is no institution"
            );
            assert_eq!(
                counts(&report, "classes.csv")[3],
                2,
                "{name}: their courses are not there"
            );
        }
    }
}
