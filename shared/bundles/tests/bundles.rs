//! Whole bundles: versions, modes, references, many faults.

mod packing;

use bundles::{Bundle, BundleError, Limits, Outcome, ReasonCode, Report, WarningCode, oneroster::UserRole};
use packing::zip;
use proptest::prelude::*;

const MANIFEST: &str = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\nfile.users,bulk\n\
    file.academicSessions,bulk\nfile.courses,bulk\nfile.classes,bulk\nfile.roles,bulk\nfile.enrollments,bulk\n";
const ORGS: &str = "sourcedId,status,name,type,metadata.institutionKind,metadata.timezone\n\
    s1,active,Школа № 1,school,general,Europe/Moscow\n";
const SESSIONS: &str = "sourcedId,title,type,startDate,endDate\nq1,1 четверть,term,2026-09-01,2026-10-25\n";
const COURSES: &str = "sourcedId,title,orgSourcedId\nalg-7,Алгебра,s1\n";
const CLASSES: &str = "sourcedId,title,classType,grades,courseSourcedId,schoolSourcedId,termSourcedIds,metadata.homeroomSourcedIds\n\
    7a,7А,homeroom,07,alg-7,s1,q1,\n7a-alg,7А,Scheduled,7,alg-7,s1,q1,\"7a, 7z\"\n";

fn read(files: &[(&str, &str)]) -> (Bundle, Report) {
    let (mut bundle, mut report) = Bundle::read(&zip(files), &Limits::default()).expect("a bundle");
    bundle.check(&|_| false, &mut report);
    (bundle, report)
}

fn refused(files: &[(&str, &str)]) -> BundleError {
    Bundle::read(&zip(files), &Limits::default()).expect_err("no bundle")
}

#[test]
fn extension_columns_are_read_into_types() {
    let users = "sourcedId;enabledUser;familyName;givenName;middleName;metadata.snils;agentSourcedIds\r\n\
        p1;true;Ёлкина;Анна;Петровна;112-233-445 95;\r\n";
    let files = [
        ("manifest.csv", MANIFEST),
        ("orgs.csv", ORGS),
        ("academicSessions.csv", SESSIONS),
        ("courses.csv", COURSES),
        ("classes.csv", CLASSES),
        ("users.csv", users),
        (
            "roles.csv",
            "sourcedId,userSourcedId,roleType,role,orgSourcedId\nr1,p1,primary,ext:deputyHead,s1\n",
        ),
        (
            "enrollments.csv",
            "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role\ne1,7a,s1,p1,student\n",
        ),
        (
            "timetable.csv",
            "classSourcedId,weekday,lessonNumber,room,week\n7a-alg,1,2,214,a\n7a-alg,1,2,214,b\n",
        ),
        (
            "bells.csv",
            "orgSourcedId,grades,lessonNumber,startTime,endTime\ns1,2-4,1,8:30,09:15\n",
        ),
        (
            "daysOff.csv",
            "orgSourcedId,date,title,kind\ns1,04.11.2026,День народного единства,holiday\n",
        ),
    ];
    let (bundle, report) = read(&files);
    assert_eq!(report.totals().refused, 0, "{report:?}");
    assert_eq!(bundle.orgs[0].row.time_zone.as_deref(), Some("Europe/Moscow"));
    assert_eq!(
        bundle.users[0].row.snils.map(|snils| snils.digits()).as_deref(),
        Some("11223344595")
    );
    assert_eq!(
        bundle.roles_held().next().map(|held| held.role),
        Some(UserRole::Deputy)
    );
    assert_eq!(bundle.classes[0].row.grade(), Some(7));
    assert_eq!(
        bundle.classes[1].row.homerooms.len(),
        1,
        "7z is left out with a warning"
    );
    assert_eq!(
        (bundle.timetable.len(), bundle.bells[0].row.grades.as_slice()),
        (2, [2, 3, 4].as_slice())
    );
    assert_eq!(bundle.days_off[0].row.date.to_string(), "2026-11-04");
}

#[test]
fn a_bundle_without_a_readable_manifest_is_refused_as_a_whole() {
    assert_eq!(refused(&[("orgs.csv", ORGS)]), BundleError::ManifestMissing);
    let version = refused(&[("manifest.csv", "propertyName,value\noneroster.version,2.0\n")]);
    assert_eq!(version, BundleError::VersionUnknown("2.0".to_owned()));
    assert_eq!(
        refused(&[("manifest.csv", "name,is\n")]).code(),
        "manifest-unreadable"
    );
}

#[test]
fn what_the_manifest_says_of_files_is_compared_with_what_is_there() {
    let manifest = "propertyName,value\noneroster.version,1.2\nfile.orgs,absent\nfile.users,bulk\n";
    let (bundle, report) = read(&[
        ("Manifest.csv", manifest),
        ("orgs.csv", ORGS),
        ("results.csv", "a"),
        ("notes.csv", "b"),
    ]);
    assert!(bundle.orgs.is_empty());
    let code = |name| {
        report
            .find(name)
            .and_then(|file| file.warnings.first())
            .map(|warning| warning.code)
    };
    assert_eq!(code("manifest.csv"), Some(WarningCode::FileNameCase));
    assert_eq!(code("orgs.csv"), Some(WarningCode::FileUndeclared));
    assert_eq!(code("results.csv"), Some(WarningCode::FileNotImported));
    assert_eq!(code("notes.csv"), Some(WarningCode::FileUnknown));
    let failure = report.find("users.csv").and_then(|file| file.failure.clone());
    assert_eq!(failure.map(|reason| reason.code), Some(ReasonCode::FileMissing));
}

#[test]
fn a_row_says_which_column_is_wrong_and_why() {
    let sessions = "sourcedId,title,type,startDate,endDate\n\
        a,А,term,1/05/2023,2026-10-25\nb,Б,term,2026-09-01,2026-08-01\nc,,term,2026-09-01,2026-10-25\n\
        d,Д,quarter,2026-09-01,2026-10-25\ne,Е,term,2026-09-01T00:00:00.000Z,2026-10-25\ne,Ж,term,2026-09-01,2026-10-25\n";
    let (bundle, report) = read(&[("manifest.csv", MANIFEST), ("academicSessions.csv", sessions)]);
    let file = report.find("academicSessions.csv").expect("the file");
    let faults: Vec<_> = file
        .refusals
        .iter()
        .map(|row| (row.line, row.column.as_deref().unwrap_or(""), row.reason.code))
        .collect();
    let expected = [
        (2, "startDate", ReasonCode::DateInvalid),
        (3, "endDate", ReasonCode::DatesReversed),
        (4, "title", ReasonCode::ValueMissing),
        (5, "type", ReasonCode::WordUnknown),
        (7, "", ReasonCode::Duplicate),
    ];
    assert_eq!(faults, expected);
    assert_eq!(file.refusals[0].reason.args["value"], "1/05/2023");
    assert_eq!(bundle.sessions.len(), 1);
}

#[test]
fn in_a_delta_a_moment_of_change_that_is_none_refuses_the_row() {
    let manifest = "propertyName,value\noneroster.version,1.2\nfile.orgs,delta\n";
    let orgs = "sourcedId,status,dateLastModified,name,type\ns1,active,1/05/2023,Школа,school\n";
    let (bundle, report) = read(&[("manifest.csv", manifest), ("orgs.csv", orgs)]);
    assert!(bundle.orgs.is_empty());
    assert_eq!(report.totals().refused, 1);
}

#[test]
fn what_is_known_from_elsewhere_is_not_missing() {
    let manifest = "propertyName,value\noneroster.version,1.2\nfile.enrollments,delta\n";
    let rows = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n\
        e1,active,2026-09-01,7a,s1,p1,student\ne2,active,2026-09-01,7a,s1,p2,student\n";
    let (mut bundle, mut report) = Bundle::read(
        &zip(&[("manifest.csv", manifest), ("enrollments.csv", rows)]),
        &Limits::default(),
    )
    .expect("a bundle");
    let outward: Vec<_> = bundle
        .outward()
        .into_iter()
        .map(|reference| reference.id.to_string())
        .collect();
    assert_eq!(outward, ["s1", "7a", "p1", "p2"]);
    bundle.check(&|reference| reference.id.as_str() != "p2", &mut report);
    assert_eq!(bundle.enrollments.len(), 1);
    assert_eq!(
        report
            .find("enrollments.csv")
            .map(|file| file.refusals[0].reason.args["id"].clone()),
        Some("p2".to_owned())
    );
}

#[test]
fn of_a_great_many_wrong_rows_the_first_are_listed_and_all_are_counted() {
    let mut users = "sourcedId,enabledUser,familyName,givenName\n".to_owned();
    for row in 0..1_200 {
        users.push_str(&format!("u{row},perhaps,Иванов,Иван\n"));
    }
    let (bundle, report) = read(&[("manifest.csv", MANIFEST), ("users.csv", &users)]);
    let file = report.find("users.csv").expect("the file");
    assert_eq!(
        (file.rows, file.refused, file.refusals.len()),
        (1_200, 1_200, 1_000)
    );
    assert!(bundle.users.is_empty());
}

#[test]
fn a_report_reads_back_from_json_and_names_codes_as_translations_do() {
    let (_, mut report) = read(&[
        ("manifest.csv", MANIFEST),
        ("orgs.csv", "sourcedId,name,type\ns1,,school\n"),
    ]);
    report.file("orgs.csv").count(Outcome::Created);
    let json = serde_json::to_value(&report).expect("json");
    let orgs = json["files"]
        .as_array()
        .and_then(|files| files.iter().find(|file| file["name"] == "orgs.csv"));
    let row = &orgs.expect("the file")["refusals"][0];
    assert_eq!(
        (row["code"].as_str(), row["column"].as_str(), row["line"].as_u64()),
        (Some("value-missing"), Some("name"), Some(2))
    );
    assert_eq!(serde_json::from_value::<Report>(json).expect("a report"), report);
}

proptest! {
    #[test]
    fn merging_adds_sums_and_keeps_the_caps(left in 0u64..1_500, right in 0u64..1_500) {
        let make = |count| {
            let mut report = Report::default();
            for line in 0..count {
                let reason = bundles::Reason::new(ReasonCode::ValueMissing);
                report.file("users.csv").refuse(bundles::Refusal { line, sourced_id: None, column: None, reason });
            }
            report
        };
        let mut sum = make(left);
        sum.merge(make(right));
        let listed = usize::try_from(left + right).expect("a count").min(Report::LISTED_REFUSALS);
        prop_assert_eq!(sum.totals().refused, left + right);
        prop_assert_eq!(sum.file("users.csv").refusals.len(), listed);
    }

    #[test]
    fn no_table_makes_the_bundle_panic(users in "[a-z,;\"\n 0-9а-я]{0,200}", orgs in ".{0,100}") {
        let users = format!("sourcedId,enabledUser,familyName,givenName\n{users}");
        let files = [("manifest.csv", MANIFEST), ("users.csv", users.as_str()), ("orgs.csv", orgs.as_str())];
        if let Ok((mut bundle, mut report)) = Bundle::read(&zip(&files), &Limits::default()) {
            bundle.check(&|_| false, &mut report);
        }
    }
}
