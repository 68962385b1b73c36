//! What a family sees of marks, comments, debts and results, and from when.

use gradebook::{Cell, CellMark, CellValue, PeriodResult, RowHead, RowKey, Term, YearResults};
use jiff::civil::date;
use model::{AcademicYear, LessonKey, Mark, MarkingRule, Publication, ResultMark, Weight, WorkId, WorkKind};
use serde_json::json;
use testkit::{MONDAY, PERIOD, moment};

use crate::world::World;

fn row(world: &World) -> RowKey {
    RowKey {
        journal: world.school.algebra,
        period: PERIOD.parse().expect("a period"),
        pupil: world.school.pupils[0],
    }
}

async fn set(world: &World, number: u8, mark: Mark, publication: Publication, comment: Option<&str>) {
    let mark = CellMark {
        work: WorkId::FIRST,
        mark,
        kind: WorkKind::Answer,
        weight: Weight::ONE,
        publication,
    };
    let value = CellValue {
        attendance: None,
        marks: vec![mark],
        comment: comment.map(str::to_owned),
    };
    let key = row(world);
    let head = RowHead {
        key: &key,
        subject: "Алгебра",
        rule: MarkingRule::USUAL,
    };
    let lesson = LessonKey { date: MONDAY, number };
    let write = head.set_cell(lesson, &Cell { version: 1, value });
    world.journals.write(vec![write]).await.expect("the cell is set");
}

#[tokio::test]
async fn a_mark_its_comment_and_its_part_in_the_average_wait_for_their_day() {
    let world = World::empty().await;
    let later = Publication {
        pupils_from: None,
        parents_from: Some(date(2026, 11, 24)),
    };
    set(&world, 1, Mark::Grade(5), Publication::AT_ONCE, None).await;
    set(&world, 2, Mark::Grade(2), later, Some("Поговорим")).await;
    let path = format!("/api/diary/{}/marks", world.child(0));
    for (actor, average, marks) in [("parent", "5,00", 1), ("pupil", "3,50", 2), ("head", "3,50", 2)] {
        let subject = world.api(actor, &path).await.json()["subjects"][0].clone();
        assert_eq!(
            (&subject["average"], subject["marks"].as_array().map(Vec::len)),
            (&json!(average), Some(marks)),
            "{actor}"
        );
        let week = world
            .api(actor, &format!("/api/diary/{}", world.child(0)))
            .await
            .text;
        assert_eq!(week.contains("Поговорим"), actor != "parent", "{actor}: {week}");
        let page = world
            .page(actor, &format!("/diary/{}", world.child(0)))
            .await
            .text;
        assert_eq!(
            page.contains("Учитель: «Поговорим»"),
            actor != "parent",
            "{actor}"
        );
    }
}

#[tokio::test]
async fn a_work_that_is_owed_is_a_debt_and_after_its_day_an_overdue_one() {
    let world = World::empty().await;
    let owed = |day| Mark::Owed {
        by: date(2026, 11, day),
    };
    set(&world, 1, owed(30), Publication::AT_ONCE, None).await;
    set(&world, 2, owed(20), Publication::AT_ONCE, None).await;
    let path = format!("/api/diary/{}/marks", world.child(0));
    let subject = world.api("parent", &path).await.json()["subjects"][0].clone();
    assert_eq!(
        subject["debts"],
        json!([
            { "lesson": "2026-11-23-02", "by": "2026-11-20", "is_overdue": true },
            { "lesson": "2026-11-23-01", "by": "2026-11-30", "is_overdue": false },
        ])
    );
    assert_eq!(subject["average"], json!(null));
    let page = world
        .page("parent", &format!("/diary/{}/marks", world.child(0)))
        .await
        .text;
    for expected in ["Долги", "срок прошёл 20.11", "сдать до 30.11", "•30.11"] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
}

#[tokio::test]
async fn results_of_the_periods_and_the_year_stand_beside_the_marks() {
    let world = World::new().await;
    let key = row(&world);
    let year = AcademicYear::of(MONDAY);
    let results = YearResults::empty(
        (key.journal, world.school.institution),
        year,
        key.pupil,
        "Алгебра",
    );
    let result = |mark| PeriodResult {
        version: 1,
        mark: Some(ResultMark::Grade(mark)),
        at: moment("2026-12-28T10:00:00Z"),
        by: world.school.teacher,
        attestation: None,
    };
    let head = RowHead {
        key: &key,
        subject: "Алгебра",
        rule: MarkingRule::USUAL,
    };
    let first = results.set(&Term::Period("2026-q1".parse().expect("a period")), &result(4));
    let second = results.set(&Term::Period(key.period.clone()), &result(5));
    let whole = results.set(&Term::Year, &result(5));
    for write in [head.set_result(&result(5)), first, second, whole] {
        world
            .journals
            .write(vec![write])
            .await
            .expect("the result is set");
    }
    let marks = world
        .api("pupil", &format!("/api/diary/{}/marks", world.child(0)))
        .await
        .json();
    assert_eq!(
        (&marks["subjects"][0]["result"], &marks["terms"]),
        (&json!("5"), &json!(["2026-q1", PERIOD]))
    );
    assert_eq!(
        (&marks["results"][0]["periods"], &marks["results"][0]["year"]),
        (&json!(["4", "5"]), &json!("5"))
    );
    let page = world
        .page("parent", &format!("/diary/{}/marks", world.child(0)))
        .await
        .text;
    assert!(
        page.contains("Итоги") && page.contains("1 четверть") && page.contains("<td>4</td>"),
        "{page}"
    );
}
