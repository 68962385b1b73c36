//! Bundles that nobody on this project wrote, read from `FOREIGN_DATA` (default: `../shared/data` beside the repository).

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use bundles::{Bundle, FileReport, Limits, ReasonCode, Report, WarningCode};

/// The bytes of a foreign bundle; says plainly that a test is left out when it is not there.
fn foreign(name: &str) -> Option<Vec<u8>> {
    let path = folder().join(name);
    let bytes = fs::read(&path);
    if bytes.is_err() {
        // Written past the test harness, which swallows what a passing test prints.
        let line = format!("left out: no foreign bundle at {}\n", path.display());
        std::io::stderr()
            .write_all(line.as_bytes())
            .expect("standard error");
    }
    bytes.ok()
}

fn folder() -> PathBuf {
    let set = std::env::var_os("FOREIGN_DATA").map(PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    set.unwrap_or_else(|| root.join("../shared/data"))
        .join("oneroster")
}

fn import(name: &str) -> Option<(Bundle, Report)> {
    let (mut bundle, mut report) = Bundle::read(&foreign(name)?, &Limits::default()).expect("a bundle");
    bundle.check(&|_| false, &mut report);
    for file in &report.files {
        assert!(file.refused <= file.rows, "{name}: {file:?}");
    }
    Some((bundle, report))
}

fn refusals(file: &FileReport) -> Vec<(u64, &str, ReasonCode, &str)> {
    let named = |refusal: &bundles::Refusal| refusal.reason.args.get("id").cloned().unwrap_or_default();
    file.refusals
        .iter()
        .map(|refusal| {
            let column = refusal.column.as_deref().unwrap_or("");
            (refusal.line, column, refusal.reason.code, &*named(refusal).leak())
        })
        .collect()
}

fn warned(file: &FileReport, code: WarningCode) -> Vec<(Option<u64>, &str)> {
    let of_code = file.warnings.iter().filter(|warning| warning.code == code);
    of_code
        .map(|warning| (warning.line, warning.column.as_deref().unwrap_or("")))
        .collect()
}

#[test]
fn the_1_2_bundle_is_read_and_every_fault_of_its_people_is_named() {
    let Some((bundle, report)) = import("v1p2_full_dataset.zip") else {
        return;
    };
    let file = |name| report.find(name).expect("a file of the report");

    let users = file("users.csv");
    let dates: Vec<_> = [2, 4, 5, 6, 7]
        .map(|line| (Some(line), "dateLastModified"))
        .into();
    assert_eq!(
        warned(users, WarningCode::DateLeftOut),
        dates,
        "dates like 1/05/2023"
    );
    assert_eq!(warned(users, WarningCode::PasswordsIgnored), [(None, "password")]);
    assert_eq!(
        warned(users, WarningCode::ColumnMisspelt),
        [
            (None, "prefferedGivenName"),
            (None, "prefferedMiddleName"),
            (None, "prefferedFamilyName")
        ]
    );
    assert_eq!((users.rows, users.refused, bundle.users.len()), (6, 0, 6));

    let roles = file("roles.csv");
    assert_eq!(
        warned(roles, WarningCode::ColumnMisspelt),
        [(None, "dataLastModified")]
    );
    assert_eq!(warned(roles, WarningCode::ColumnUnnamed).len(), 2);
    assert_eq!((roles.rows, roles.refused), (7, 0));
}

#[test]
fn every_fault_of_the_1_2_bundles_files_and_references_is_named() {
    let Some((_, report)) = import("v1p2_full_dataset.zip") else {
        return;
    };
    let file = |name| report.find(name).expect("a file of the report");

    let profiles = file("userProfiles.csv");
    assert_eq!(
        warned(profiles, WarningCode::FileNameCase).len(),
        1,
        "userprofiles.csv"
    );
    assert_eq!(
        profiles.failure.as_ref().map(|reason| reason.code),
        Some(ReasonCode::ColumnsMissing)
    );
    assert_eq!(
        warned(file("manifest.csv"), WarningCode::ManifestValueEmpty).len(),
        1,
        "file.userProfiles"
    );

    assert_eq!(
        warned(file("orgs.csv"), WarningCode::ReferenceLeftOut),
        [(Some(2), "parentSourcedId")]
    );
    assert_eq!(
        refusals(file("classes.csv")),
        [
            (
                2,
                "courseSourcedId",
                ReasonCode::ReferenceMissing,
                "crs-222-2023-456-12345"
            ),
            (
                3,
                "courseSourcedId",
                ReasonCode::ReferenceMissing,
                "crs-222-2023-456-23456"
            ),
        ]
    );
    let enrollments = refusals(file("enrollments.csv"));
    assert_eq!(
        enrollments[0],
        (
            2,
            "classSourcedId",
            ReasonCode::ReferenceRefused,
            "cls-222-123456"
        )
    );
    assert_eq!(enrollments.len(), 6);
}

#[test]
fn the_1_1_bundle_is_read_with_roles_from_its_users() {
    let Some((bundle, report)) = import("Test_full_data_set.zip") else {
        return;
    };
    assert_eq!(bundle.roles_held().count(), 6);
    let users = report.find("users.csv").expect("users");
    assert_eq!(warned(users, WarningCode::PasswordsIgnored).len(), 1);
    assert!(!format!("{bundle:?}").contains("Password1-"));
    let sessions = report.find("academicSessions.csv").expect("sessions");
    assert_eq!(
        warned(sessions, WarningCode::ReferenceLeftOut).len(),
        2,
        "as-syr-222-2023 is not there"
    );
    assert_eq!(report.find("classes.csv").map(|file| file.refused), Some(2));
}

#[test]
fn the_minimal_1_1_bundle_has_only_dangling_courses() {
    let Some((bundle, report)) = import("Test_minimal_data_set.zip") else {
        return;
    };
    assert_eq!(
        (bundle.orgs.len(), bundle.sessions.len(), bundle.users.len()),
        (1, 5, 6)
    );
    let totals = report.totals();
    assert_eq!(
        totals.refused,
        2 + 6,
        "two classes without a course, six enrolments without a class"
    );
}

#[test]
fn the_1_2_delta_is_whole() {
    let Some((bundle, report)) = import("oneroster_test_data.zip") else {
        return;
    };
    assert_eq!(report.totals().refused, 0);
    assert_eq!(
        (
            bundle.classes.len(),
            bundle.enrollments.len(),
            bundle.roles_held().count()
        ),
        (1, 1, 1)
    );
    assert!(bundle.demographics[0].row.birth_date.is_some());
    assert!(!format!("{bundle:?}").contains("Batman"));
}

#[test]
fn archives_with_names_in_other_code_pages_open() {
    for name in ["../zip/test_7zip_927.zip", "../zip/test_infozip_3.zip"] {
        let Some(bytes) = foreign(name) else { return };
        let archive = bundles::Archive::open(&bytes, &Limits::default()).expect("an archive");
        assert!(!archive.ignored.is_empty(), "{name}");
    }
}
