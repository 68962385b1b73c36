//! The reports of an institution over classes made by hand.

use std::collections::BTreeMap;

use gradebook::{CellChange, CellValue, NotableChange, UnusualKind};
use jiff::{Timestamp, ToSpan, civil::date};
use model::{Attendance, Mark, PersonId};
use proptest::prelude::*;

use super::{
    checks::{FindingKind, Severity},
    *,
};
use crate::class_report::fixtures::{ALGEBRA, FIRST, ILL, TODAY, journal, key, planned, pupil, row, source};

fn findings(class: &ClassSource) -> checks::Findings {
    let mut gathered = checks::Gathered::default();
    gathered.add(class);
    gathered.add(class);
    gathered.finish()
}

fn kinds(class: &ClassSource) -> Vec<FindingKind> {
    findings(class)
        .listed
        .iter()
        .map(|finding| finding.kind)
        .collect()
}

const FIVE: &[Mark] = &[Mark::Grade(5)];

#[test]
fn a_mark_for_a_missed_lesson_is_found_and_what_is_owed_for_it_is_none() {
    let owed = [Mark::Owed { by: TODAY }];
    let rows = vec![
        row(ALGEBRA, 1, &[(9, 1, ILL, FIVE)], None),
        row(ALGEBRA, 2, &[(9, 1, ILL, &owed)], None),
        row(ALGEBRA, 3, &[(9, 1, Some(Attendance::Late), FIVE)], None),
    ];
    let pupils = vec![pupil(1, &[ALGEBRA]), pupil(2, &[ALGEBRA]), pupil(3, &[ALGEBRA])];
    let class = source(pupils, vec![journal(ALGEBRA, "Алгебра", &[(9, 1)], rows)]);
    let found = findings(&class);
    assert_eq!(found.total(), 1, "gathered twice, told once: {found:?}");
    let finding = &found.listed[0];
    assert_eq!(
        (finding.kind, finding.pupil),
        (FindingKind::MarkOfAbsent, Some(PersonId::from_bits(1)))
    );
    assert_eq!((finding.what.as_str(), finding.lesson), ("5", Some(key(9, 1))));
}

#[test]
fn a_pupil_in_two_journals_at_one_time_is_found_and_at_two_times_is_not() {
    let pupils = || vec![pupil(1, &[ALGEBRA, FIRST])];
    let class = |number| {
        source(
            pupils(),
            vec![
                journal(
                    ALGEBRA,
                    "Алгебра",
                    &[(9, 1)],
                    vec![row(ALGEBRA, 1, &[(9, 1, ILL, &[])], None)],
                ),
                journal(
                    FIRST,
                    "Английский",
                    &[(9, number)],
                    vec![row(FIRST, 1, &[(9, number, None, FIVE)], None)],
                ),
            ],
        )
    };
    assert_eq!(kinds(&class(1)), [FindingKind::TwoAtOnce]);
    assert!(kinds(&class(2)).is_empty());
}

#[test]
fn a_result_off_the_average_is_found_where_there_are_marks_enough() {
    let fives = [(9, 1, None, FIVE), (10, 1, None, FIVE), (11, 1, None, FIVE)];
    let of = |marks: usize, result| {
        let rows = vec![row(ALGEBRA, 1, &fives[..marks], result)];
        kinds(&source(
            vec![pupil(1, &[ALGEBRA])],
            vec![journal(ALGEBRA, "Алгебра", &[], rows)],
        ))
    };
    assert_eq!(of(3, Some("4")), [FindingKind::ResultBelow]);
    assert!(of(3, Some("5")).is_empty() && of(2, Some("4")).is_empty() && of(3, None).is_empty());
    assert!(of(3, Some("зач")).is_empty(), "a credit has no measure in marks");
    let fours = row(
        ALGEBRA,
        1,
        &[(9, 1, None, &[Mark::Grade(4), Mark::Grade(4), Mark::Grade(4)])],
        Some("5"),
    );
    let class = source(
        vec![pupil(1, &[ALGEBRA])],
        vec![journal(ALGEBRA, "Алгебра", &[], vec![fours])],
    );
    assert_eq!(kinds(&class), [FindingKind::ResultAbove]);
}

#[test]
fn lessons_without_a_topic_and_those_not_filled_in_for_days_are_found() {
    let mut algebra = journal(ALGEBRA, "Алгебра", &[(16, 1), (17, 4)], vec![]);
    algebra.lessons[0].topic.clear();
    let mut class = source(vec![], vec![algebra, journal(FIRST, "Английский", &[], vec![])]);
    let (monday, tuesday, friday) = (date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 21));
    class.planned = BTreeMap::from([
        (
            monday,
            vec![planned(monday, ALGEBRA, 1), planned(monday, FIRST, 2)],
        ),
        // Held as the fourth lesson and planned as the first: it is in the journal all the same.
        (
            tuesday,
            vec![planned(tuesday, ALGEBRA, 1), planned(tuesday, FIRST, 2)],
        ),
        (friday, vec![planned(friday, ALGEBRA, 1)]),
    ]);
    let found = findings(&class);
    let told: Vec<_> = found
        .listed
        .iter()
        .map(|found| (found.kind, found.journal, found.what.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (FindingKind::NotFilled, FIRST, "2"),
            (FindingKind::NoTopic, ALGEBRA, "")
        ],
        "the lesson of two days ago may still be filled in"
    );
    assert_eq!(found.listed[0].lesson, Some(key(16, 2)));
}

#[test]
fn the_gravest_stand_first() {
    let severities: Vec<Severity> = FindingKind::ALL.into_iter().map(FindingKind::severity).collect();
    assert!(severities.is_sorted());
    assert!(FindingKind::ALL.is_sorted());
}

#[test]
fn a_lesson_is_planned_for_the_one_who_is_to_give_it_and_given_by_the_one_who_opened_it() {
    let opener = PersonId::from_bits(100);
    let mut lesson = planned(date(2026, 11, 16), ALGEBRA, 1);
    lesson.slot.teacher = Some(PersonId::from_bits(5));
    lesson.slot.teacher_name = "Лебедев П. И.".to_owned();
    let mut class = source(
        vec![],
        vec![journal(ALGEBRA, "Алгебра", &[(16, 1), (17, 1)], vec![])],
    );
    class.planned = BTreeMap::from([(date(2026, 11, 16), vec![lesson])]);
    let mut gathered = load::Gathered::new(vec![]);
    // A lesson of two classes is in the journals of both.
    gathered.add(&class);
    gathered.add(&class);
    let made = gathered.finish();
    let of = |teacher| {
        made.teachers
            .iter()
            .find(|load| load.teacher == teacher)
            .expect("a teacher")
    };
    let lebedev = of(PersonId::from_bits(5));
    assert_eq!(
        (lebedev.planned, lebedev.given, lebedev.name.as_str()),
        (1, 0, "Лебедев П. И.")
    );
    assert_eq!(
        (of(opener).planned, of(opener).given, of(opener).groups),
        (0, 2, 1)
    );
}

#[test]
fn the_results_of_classes_sum_up_to_those_of_the_school() {
    let class = |result| {
        let rows = vec![
            row(ALGEBRA, 1, &[], Some(result)),
            row(ALGEBRA, 2, &[], Some("5")),
        ];
        source(
            vec![pupil(1, &[ALGEBRA]), pupil(2, &[ALGEBRA])],
            vec![journal(ALGEBRA, "Алгебра", &[], rows)],
        )
    };
    let mut gathered = results::Gathered::default();
    gathered.add(&class("2"));
    gathered.add(&class("4"));
    let made = gathered.finish();
    assert_eq!(
        (
            made.standings.excellent,
            made.standings.good,
            made.standings.failing
        ),
        (2, 1, 1)
    );
    assert_eq!((made.classes.len(), made.subjects.len()), (2, 1));
    assert_eq!(
        (made.subjects[0].results.fives, made.subjects[0].results.mean()),
        (2, Some(400))
    );
}

fn change(second: i64, by: u128, reason: Option<&str>) -> NotableChange {
    NotableChange::Cell(CellChange {
        journal: ALGEBRA,
        lesson: key(20, 1),
        pupil: PersonId::from_bits(1),
        number: 2,
        at: "2026-11-23T10:00:00Z".parse::<Timestamp>().expect("a moment") + second.seconds(),
        by: PersonId::from_bits(by),
        by_name: "Соколова И. С.".to_owned(),
        from: CellValue {
            attendance: ILL,
            ..CellValue::default()
        },
        to: CellValue::default(),
        reason: reason.map(str::to_owned),
        alert: None,
    })
}

fn unusual(changes: &[NotableChange]) -> changes::UnusualChanges {
    let mut gathered = changes::Gathered::default();
    let taught = journal(ALGEBRA, "Алгебра", &[], vec![]).taught;
    gathered.add(&taught, changes);
    // A group of two classes is met in both.
    gathered.add(&taught, changes);
    gathered.finish()
}

#[test]
fn fifteen_changes_of_one_person_in_ten_minutes_are_many() {
    let many: Vec<_> = (0..15).map(|number| change(number * 40, 1, None)).collect();
    let found = unusual(&many);
    assert_eq!(
        (found.total, found.listed[0].kind, found.listed[0].count),
        (1, UnusualKind::Many, 15)
    );
    assert!(unusual(&many[1..]).listed.is_empty(), "fourteen are not");
    let slow: Vec<_> = (0..15).map(|number| change(number * 60, 1, None)).collect();
    assert!(
        unusual(&slow).listed.is_empty(),
        "in fourteen minutes they are not"
    );
    let two: Vec<_> = (0..15)
        .map(|number| change(number, number as u128 % 2, None))
        .collect();
    assert!(unusual(&two).listed.is_empty(), "of two people they are not");
}

#[test]
fn changes_in_a_locked_period_and_long_after_the_lesson_are_told_by_day() {
    let day = 86_400;
    let changes = [
        change(0, 1, Some("Болезнь учителя")),
        change(60, 1, Some("Болезнь учителя")),
        change(day, 1, Some("Апелляция")),
        change(20 * day, 1, None),
        change(120, 1, None),
    ];
    let found = unusual(&changes);
    let told: Vec<_> = found
        .listed
        .iter()
        .map(|it| (it.kind, it.count, it.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (UnusualKind::Late, 1, ""),
            (UnusualKind::Locked, 1, "Апелляция"),
            (UnusualKind::Locked, 2, "Болезнь учителя"),
        ]
    );
}

proptest! {
    #[test]
    fn of_many_changes_at_any_times_none_is_told_twice_and_each_stretch_holds_many(
        mut seconds in prop::collection::vec(0i64..7_200, 0..80)
    ) {
        seconds.sort_unstable();
        let changes: Vec<_> = seconds.iter().map(|second| change(*second, 1, None)).collect();
        let found = unusual(&changes);
        let told: usize = found.listed.iter().map(|it| it.count).sum();
        prop_assert!(told <= changes.len());
        prop_assert!(found.listed.iter().all(|it| it.count >= 15));
    }
}

#[test]
fn a_content_that_would_not_fit_is_cut_and_still_tells_how_many_there_are() {
    let class = source(
        vec![pupil(1, &[ALGEBRA])],
        vec![journal(ALGEBRA, "Алгебра", &[(9, 1)], vec![])],
    );
    let mut gathered = checks::Gathered::default();
    gathered.add(&class);
    let mut found = gathered.finish();
    let long = checks::Finding {
        kind: FindingKind::NoTopic,
        class: "7А".to_owned(),
        journal: ALGEBRA,
        subject: "я".repeat(1_000),
        lesson: None,
        pupil: None,
        name: String::new(),
        what: String::new(),
        average: String::new(),
    };
    found.listed = vec![long; 1_000];
    found.counts = vec![checks::KindCount {
        kind: FindingKind::NoTopic,
        count: 1_000,
    }];
    let text = Content::Checks(found).kept().expect("a text");
    assert!(text.len() <= 300_000, "{}", text.len());
    let Content::Checks(read) = serde_json::from_str(&text).expect("it reads back") else {
        panic!("of another kind");
    };
    assert_eq!((read.total(), read.listed.len()), (1_000, 125));
}
