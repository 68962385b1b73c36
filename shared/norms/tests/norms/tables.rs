//! The table of norms: the shipped one, versions, faults.

use jiff::civil::date;
use model::InstitutionKind;
use timetable_norms::{NormFault, NormFaults, NormTable, SHIPPED, Severity};

use crate::sketch::table;

const SCHOOL: InstitutionKind = InstitutionKind::General;

#[test]
fn the_shipped_table_is_valid_and_what_is_unsure_never_forbids() {
    for norm in table().norms() {
        assert!(
            norm.unsure.is_none() || norm.severity < Severity::Forbids,
            "{} is unsure and forbids",
            norm.id
        );
    }
}

#[test]
fn each_clause_and_document_is_named_in_both_languages() {
    let table = table();
    let words = table.norms().iter().map(|norm| &norm.clause);
    let titles = table
        .documents()
        .iter()
        .flat_map(|document| [&document.title, &document.full]);
    let doubts = table.norms().iter().filter_map(|norm| norm.unsure.as_ref());
    for words in words.chain(titles).chain(doubts) {
        assert!(!words.ru.is_empty() && !words.en.is_empty());
        let is_cyrillic = |sign: char| ('А'..='я').contains(&sign);
        assert!(!words.en.chars().any(is_cyrillic), "{}", words.en);
    }
}

#[test]
fn only_one_version_of_a_norm_holds_on_a_day() {
    let table = table();
    let loads = |date| -> Vec<Severity> {
        table
            .in_force(date, SCHOOL)
            .filter(|norm| norm.id == "week-load")
            .map(|norm| norm.severity)
            .collect()
    };
    assert_eq!(loads(date(2025, 8, 31)), [Severity::Forbids]);
    assert_eq!(loads(date(2025, 9, 1)), [Severity::Warns]);
    assert_eq!(loads(date(2020, 1, 1)), []);
}

#[test]
fn a_timetable_of_a_school_year_changes_its_norms_with_the_steps_of_grade_1_and_the_ends_of_documents() {
    assert_eq!(
        table().dates_of_change(date(2026, 9, 1), date(2027, 5, 26), SCHOOL),
        [
            date(2026, 9, 1),
            date(2026, 11, 1),
            date(2027, 1, 1),
            date(2027, 3, 1)
        ]
    );
    assert_eq!(
        table().dates_of_change(date(2026, 9, 2), date(2026, 9, 1), SCHOOL),
        []
    );
}

#[test]
fn norms_that_end_without_a_successor_are_told() {
    let table = table();
    let lapsing: Vec<&str> = table
        .lapsing(date(2026, 9, 1), date(2027, 2, 28))
        .iter()
        .map(|norm| norm.id.as_str())
        .collect();
    assert!(lapsing.contains(&"break") && lapsing.contains(&"week-load"));
    assert!(!lapsing.contains(&"assessments-a-day"));
    assert_eq!(
        table.lapsing(date(2025, 8, 1), date(2025, 9, 1)),
        Vec::<&timetable_norms::Norm>::new(),
        "week-load and teacher-windows go on in other versions"
    );
}

#[test]
fn points_are_those_of_the_scale() {
    let table = table();
    for (subject, grade, points) in [
        ("Математика", 3, Some(8)),
        ("Труд (технология)", 3, Some(2)),
        ("Математика", 6, Some(13)),
        ("Химия", 7, Some(13)),
        ("Физика", 9, Some(13)),
        ("История России", 9, Some(10)),
        ("Физика", 11, Some(12)),
        ("Физическая культура (девочки)", 10, Some(1)),
        ("Физика", 6, None),
        ("Разговоры о важном", 6, None),
    ] {
        assert_eq!(
            table.points("difficulty", subject, grade),
            points,
            "{subject}, {grade}"
        );
    }
    assert_eq!(table.points("another scale", "Физика", 9), None);
}

fn faults_after(from: &str, to: &str) -> Vec<NormFault> {
    assert!(SHIPPED.contains(from), "the shipped table has no {from}");
    let Err(NormFaults(faults)) = NormTable::parse(&SHIPPED.replacen(from, to, 1)) else {
        panic!("{to} was taken");
    };
    faults
}

#[test]
fn an_operators_table_is_refused_with_all_that_is_wrong() {
    let norm = || "week-load".to_owned();
    let broken = SHIPPED
        .replacen(
            "\"document\": \"sanpin-1.2.3685-21\"",
            "\"document\": \"none\"",
            1,
        )
        .replacen("\"until\": \"2025-08-31\"", "\"until\": \"2020-08-31\"", 1);
    let Err(NormFaults(faults)) = NormTable::parse(&broken) else {
        panic!("a broken table was taken");
    };
    assert_eq!(
        faults,
        [
            NormFault::EndsBeforeItBegins(norm()),
            NormFault::NoDocument(norm(), "none".to_owned()),
        ]
    );
}

#[test]
fn each_kind_of_fault_is_found() {
    let norm = |id: &str| id.to_owned();
    assert_eq!(
        faults_after("\"until\": \"2025-08-31\"", "\"until\": \"2025-09-01\""),
        [NormFault::VersionsOverlap(norm("week-load"))]
    );
    assert_eq!(
        faults_after("\"coverage\": 75", "\"coverage\": 75, \"more\": 1").len(),
        1,
        "an unknown member is a misspelt one"
    );
    assert_eq!(
        faults_after(
            "\"days\": [2, 3], \"scale\": \"difficulty\"",
            "\"days\": [2, 3], \"scale\": \"s\""
        ),
        [NormFault::NoScale(norm("hardest-days"), norm("s"))]
    );
    assert_eq!(
        faults_after("\"days\": [2, 3]", "\"days\": [2, 3, 4]"),
        [NormFault::HardestDays(norm("hardest-days"))]
    );
    assert_eq!(
        faults_after("\"except\": [\"physical_education\"]", "\"except\": [\"chess\"]"),
        [NormFault::NoSubject(norm("double-lessons"), norm("chess"))]
    );
    assert_eq!(
        faults_after(
            "\"grades\": [9, 10, 11], \"minutes\": 210",
            "\"grades\": [9, 10], \"minutes\": 210"
        ),
        [NormFault::NoFigure(norm("homework"), 11)]
    );
    assert_eq!(
        faults_after("\"months\": [9, 10]", "\"months\": [9, 13]"),
        [NormFault::OutOfBounds(norm("day-load-1-autumn"))]
    );
    assert_eq!(
        faults_after("\"names\": [\"Музыка\"]", "\"names\": [\"Музыка\", \"физика\"]"),
        [NormFault::NameOfTwoSubjects("физика".to_owned())]
    );
    assert_eq!(
        faults_after("{\"id\": \"music\"", "{\"id\": \"fine_arts\""),
        [
            NormFault::Twice("fine_arts".to_owned()),
            NormFault::NoSubject("difficulty".to_owned(), "music".to_owned()),
        ]
    );
    assert!(matches!(
        NormTable::parse("{}").map(|_| ()),
        Err(NormFaults(faults)) if matches!(faults.as_slice(), [NormFault::Format(_)])
    ));
}

#[test]
fn an_unsure_norm_that_forbids_is_refused() {
    let faults = faults_after(
        "\"until\": \"2027-02-28\", \"severity\": \"warns\"",
        "\"until\": \"2027-02-28\", \"severity\": \"forbids\"",
    );
    assert_eq!(faults, [NormFault::UnsureForbids("week-load".to_owned())]);
}

#[test]
fn an_operators_figures_are_used() {
    let table = NormTable::parse(&SHIPPED.replace(
        "\"kind\": \"break_length\", \"minutes\": 10",
        "\"kind\": \"break_length\", \"minutes\": 15",
    ))
    .expect("a valid table");
    let week = crate::correct_week::school();
    let findings = timetable_norms::check(&week, &table).findings;
    assert!(!findings.is_empty());
    assert!(findings.iter().all(|finding| finding.norm == "break"));
}
