//! The report of a class.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use model::{Attendance, Mark, PersonId, PersonName};
use rosters::MemberRole;
use store::metered;
use testkit::{fill_journal, put};

use crate::world::World;

#[tokio::test]
async fn the_class_teacher_and_who_leads_see_all_a_teacher_the_own_part_and_nobody_else_anything() {
    let world = World::new(3).await;
    let api = format!("/api{}", world.report());
    for (actor, whole) in [
        (world.class_teacher(), Some(true)),
        (world.school.actor("head"), Some(true)),
        (world.school.actor("deputy head"), Some(true)),
        (world.school.actor("teacher"), Some(false)),
        (world.school.actor("teacher of another subject"), Some(false)),
        (world.school.actor("administrator"), None),
        (world.school.actor("parent"), None),
        (world.school.actor("pupil"), None),
        (world.school.actor("head of another school"), None),
        (world.school.actor("operator of the platform"), None),
    ] {
        let answer = world.get(&actor, &api).await;
        assert_eq!(
            answer.status.as_u16(),
            if whole.is_some() { 200 } else { 404 },
            "{actor:?}"
        );
        if let Some(whole) = whole {
            let report = answer.json();
            assert_eq!(report["whole"], whole, "{actor:?}");
            let subjects = report["subjects"].as_array().map(Vec::len);
            assert_eq!(subjects, Some(if whole { 2 } else { 1 }), "{actor:?}");
        }
        let listed = world.get(&actor, "/api/reports").await;
        let sees = whole.is_some() || actor.roles.holds(model::Role::Head);
        assert_eq!(listed.status.as_u16(), if sees { 200 } else { 404 }, "{actor:?}");
        if whole.is_some() {
            let listed = listed.json();
            assert_eq!(listed["classes"][0]["title"], "7А");
            assert_eq!(listed["classes"][0]["whole"], whole == Some(true), "{actor:?}");
        }
    }
}

#[tokio::test]
async fn a_past_teacher_of_the_class_sees_nothing_of_it() {
    let world = World::new(3).await;
    let name = PersonName::parse("Прежняя", "Анна", None).expect("a name");
    let person = PersonId::from_bits(71);
    let mut membership = world
        .school
        .membership(person, &name, world.school.class, MemberRole::Teacher);
    membership.until = Some(date(2026, 10, 1));
    put(&world.registry, membership).await;
    let actor = model::Actor {
        person,
        roles: world.class_teacher().roles,
    };
    assert_eq!(
        world
            .get(&actor, &format!("/api{}", world.report()))
            .await
            .status
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn the_report_shows_results_full_days_and_debts() {
    let world = World::new(3).await;
    let (algebra, history) = (world.school.algebra, world.school.history);
    for (journal, lesson) in [
        (algebra, "2026-11-16-02"),
        (history, "2026-11-16-03"),
        (algebra, "2026-11-17-01"),
    ] {
        world.open(journal, lesson, "Дроби").await;
    }
    world
        .set(algebra, 0, "2026-11-16-02", Some(Attendance::Ill), None)
        .await;
    world
        .set(history, 0, "2026-11-16-03", Some(Attendance::Ill), None)
        .await;
    world
        .set(algebra, 1, "2026-11-16-02", Some(Attendance::Ill), None)
        .await;
    let owed = Mark::Owed {
        by: date(2026, 11, 20),
    };
    world.set(algebra, 1, "2026-11-17-01", None, Some(owed)).await;
    let report = world
        .get(&world.class_teacher(), &format!("/api{}", world.report()))
        .await
        .json();
    assert_eq!(report["pupils"][0]["absences"]["days"]["ill"], 1, "{report}");
    assert_eq!(report["pupils"][0]["absences"]["lessons"]["ill"], 2);
    assert_eq!(
        report["pupils"][1]["absences"]["days"]["ill"], 0,
        "the pupil was at history"
    );
    assert_eq!(report["pupils"][1]["debts"][0]["overdue"], true);
    let page = world.page(&world.class_teacher(), &world.report()).await;
    assert_eq!(page.status.as_u16(), 200, "{}", page.text);
    for shown in [
        "role=\"img\"",
        "работа просрочена с 20.11",
        "Отчёт класса 7А",
        "<desc id=\"chart-absence-words\">",
    ] {
        assert!(page.text.contains(shown), "{shown}: {}", page.text);
    }
    assert!(
        !page.text.contains("reports-"),
        "every message has its words: {}",
        page.text
    );
    assert!(
        !page.text.contains("style="),
        "nothing that the content policy refuses"
    );
}

#[tokio::test]
async fn another_period_is_there_and_one_of_another_name_is_not() {
    let world = World::new(3).await;
    let head = world.school.actor("head");
    let of = |period: &str| format!("/reports/classes/{}/{period}", world.school.class);
    assert_eq!(world.page(&head, &of("2026-q1")).await.status.as_u16(), 200);
    assert_eq!(world.page(&head, &of("2026-q3")).await.status.as_u16(), 404);
    let algebra = format!("/reports/classes/{}/2026-q2", world.school.algebra);
    assert_eq!(
        world.page(&head, &algebra).await.status.as_u16(),
        404,
        "a teaching group is no class"
    );
}

#[tokio::test]
async fn the_table_keeps_a_name_that_looks_like_a_formula_as_text_and_figures_as_numbers() {
    let world = World::new(3).await;
    let name = PersonName::parse("=HYPERLINK(1)", "Саша", None).expect("a name");
    let school = &world.school;
    let pupil = PersonId::from_bits(2_000);
    put(
        &world.registry,
        school.membership(pupil, &name, school.class, MemberRole::Pupil),
    )
    .await;
    fill_journal(school, &world.journals, 4).await;
    let path = format!("{}/table.xlsx", world.report());
    let bytes = world.file(&world.class_teacher(), &path).await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheets = book.sheet_names();
    assert_eq!(sheets.len(), 4, "{sheets:?}");
    for sheet in &sheets {
        assert!(
            book.worksheet_formula(sheet).expect("a sheet").is_empty(),
            "{sheet}"
        );
        let cells = book.worksheet_range(sheet).expect("a sheet");
        let is_there = cells
            .used_cells()
            .any(|(_, _, cell)| *cell == Data::String("=HYPERLINK(1) Саша".to_owned()));
        assert!(is_there, "{sheet}");
    }
    let results = book.worksheet_range(&sheets[0]).expect("results");
    let average = book.worksheet_range(&sheets[1]).expect("averages");
    let first = |range: &calamine::Range<Data>| range.get_value((2, 1)).cloned();
    assert_eq!(
        first(&results),
        Some(Data::String("4*".to_owned())),
        "proposed, not set"
    );
    assert!(matches!(first(&average), Some(Data::Float(value)) if (3.0..=5.0).contains(&value)));
}

#[tokio::test]
async fn a_report_of_a_class_is_two_queries_and_one_for_each_journal_week_and_calendar() {
    // Per journal 3 units of 12 lessons and 6 of 30; the class is 3, weeks and calendar 1.
    for (lessons, whole, own) in [(12, 8.0, 7.0), (30, 12.0, 11.0)] {
        let world = World::new(27).await;
        fill_journal(&world.school, &world.journals, lessons).await;
        let api = format!("/api{}", world.report());
        for (actor, calls, units) in [
            (world.class_teacher(), 6, whole),
            (world.school.actor("teacher"), 3, own),
        ] {
            let (answer, used) = metered(world.get(&actor, &api)).await;
            assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
            assert!(used.calls == calls && used.units <= units, "{lessons}: {used:?}");
        }
    }
}

#[tokio::test]
async fn the_list_of_who_leads_is_two_calls_and_of_a_teacher_three_calls() {
    let world = World::new(3).await;
    for (actor, calls, units) in [
        (world.school.actor("head"), 2, 1.0),
        (world.school.actor("teacher"), 3, 1.5),
    ] {
        let (answer, used) = metered(world.get(&actor, "/api/reports")).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
        assert!(used.calls == calls && used.units <= units, "{used:?}");
    }
}
