//! Homework that is due at a lesson that the teacher chooses.

use gradebook::{Gradebook, LaterTask, Newcomers};
use jiff::civil::{Date, date};
use model::Week;
use serde_json::{Value, json};
use store::metered;
use testkit::Answer;

use crate::world::{LESSON, World};

fn path(world: &World) -> String {
    format!("{}/lessons/{LESSON}", world.base())
}

async fn set(world: &World, version: u64, due: Option<&str>) -> Answer {
    let body =
        json!({ "topic": "Дроби", "homework": "Реферат", "homework_minutes": 90, "homework_due": due });
    world
        .put(&world.school.teacher_actor(), &path(world), version, &body)
        .await
}

/// What the class's week of a day shows because it is due in it.
async fn later(world: &World, day: Date) -> Vec<LaterTask> {
    let gradebook = Gradebook::new(world.journals.clone());
    let nobody = Newcomers {
        institution: world.school.institution,
        pupils: vec![],
    };
    let week = gradebook
        .class_week(world.school.class, Week::of(day), &nobody)
        .await;
    week.expect("read").later
}

#[tokio::test]
async fn a_chosen_lesson_stands_in_the_week_in_which_it_is_due_and_moves_with_the_choice() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let chosen = set(&world, 1, Some("2026-12-07-02")).await;
    assert_eq!(chosen.json()["homework_due"], "2026-12-07-02", "{}", chosen.text);
    let shown = later(&world, date(2026, 12, 7)).await;
    assert_eq!(
        (
            shown.len(),
            shown[0].homework.text.as_str(),
            shown[0].set_at.to_string().as_str()
        ),
        (1, "Реферат", LESSON)
    );
    let page = world
        .page("teacher", &format!("{}/lessons/{LESSON}", world.journal()))
        .await;
    for expected in [
        r#"<option value="">к следующему уроку</option>"#,
        "<option value=\"2026-11-30-02\">пн\u{a0}30.11, 2-й урок</option>",
        "<option value=\"2026-12-07-02\" selected>пн\u{a0}07.12, 2-й урок</option>",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    let reader = world
        .page("head", &format!("{}/lessons/{LESSON}", world.journal()))
        .await;
    assert!(
        reader.text.contains("задано к\u{a0}пн\u{a0}07.12, 2-й урок")
            && !reader.text.contains("<select name=\"due\""),
        "{}",
        reader.text
    );
    let grid = world.page("teacher", &world.journal()).await;
    assert!(grid.text.contains("задано к\u{a0}пн\u{a0}07.12"), "{}", grid.text);
    set(&world, 2, Some("2026-12-21-02")).await;
    assert_eq!(later(&world, date(2026, 12, 7)).await, []);
    assert_eq!(later(&world, date(2026, 12, 21)).await.len(), 1);
    let next = set(&world, 3, None).await;
    assert_eq!(next.json().get("homework_due"), None);
    assert_eq!(later(&world, date(2026, 12, 21)).await, []);
}

#[tokio::test]
async fn a_lesson_opened_with_homework_for_a_later_one_shows_it_there() {
    let world = World::new(3).await;
    let opened = set(&world, 0, Some("2026-12-14-02")).await;
    assert_eq!(opened.status.as_u16(), 201, "{}", opened.text);
    assert_eq!(later(&world, date(2026, 12, 14)).await.len(), 1);
    // A work that is added leaves the homework where it is.
    let form = format!("{}/lessons/{LESSON}/works", world.journal());
    let added = world
        .form(
            &world.school.teacher_actor(),
            &form,
            "version=1&kind=test&weight=",
        )
        .await;
    assert_eq!(added.status.as_u16(), 303, "{}", added.text);
    assert_eq!(later(&world, date(2026, 12, 14)).await.len(), 1);
}

#[tokio::test]
async fn what_is_no_later_lesson_of_the_journal_is_refused_and_nothing_is_lost() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    for wrong in [
        LESSON,          // itself
        "2026-11-16-02", // before it
        "2026-11-23-03", // of the same day
        "2026-12-08-02", // a Tuesday
        "2026-12-07-03", // history
        "2027-06-07-02", // outside all periods
    ] {
        let refused = set(&world, 1, Some(wrong)).await;
        let problem = refused.json();
        assert_eq!(
            (refused.status.as_u16(), &problem["code"]),
            (422, &json!("homework_due")),
            "{wrong}"
        );
        assert_eq!(problem["fields"][0]["field"], "homework_due", "{}", refused.text);
    }
    let unread = set(&world, 1, Some("someday")).await;
    assert_eq!(unread.status.as_u16(), 400);
    let form = format!("{}/lessons/{LESSON}", world.journal());
    let body = "version=1&topic=%D0%A1%D1%82%D0%B5%D0%BF%D0%B5%D0%BD%D0%B8&homework=%E2%84%96+77&minutes=40&due=2026-12-08-02";
    let refused = world.form(&world.school.teacher_actor(), &form, body).await;
    assert_eq!(refused.status.as_u16(), 200, "{}", refused.text);
    for expected in [
        "Степени",
        "№ 77",
        r#"value="40""#,
        "Такого урока у группы нет",
        "homework-undue",
    ] {
        assert!(refused.text.contains(expected), "{expected} in {}", refused.text);
    }
    let body = body.replace("2026-12-08-02", "2026-12-07-02");
    let saved = world.form(&world.school.teacher_actor(), &form, &body).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.text);
    assert_eq!(
        later(&world, date(2026, 12, 7)).await[0].homework.minutes,
        Some(40)
    );
}

#[tokio::test]
async fn a_choice_costs_the_timetable_and_the_calendar_and_a_write_in_the_week_of_it() {
    let world = World::new(27).await;
    testkit::BusyClass::of(&world.school)
        .write(&world.registry, &world.schedules, &world.journals)
        .await;
    testkit::fill_journal(&world.school, &world.journals, 12).await;
    let lesson = "2026-11-25-02";
    let path = format!("{}/lessons/{lesson}", world.base());
    let teacher = world.school.teacher_actor();
    let opened = world.put(&teacher, &path, 0, &json!({ "topic": "Дроби" })).await;
    assert_eq!(opened.status.as_u16(), 201, "{}", opened.text);
    let page = world
        .page("teacher", &format!("{}/lessons/{lesson}", world.journal()))
        .await;
    let offered = page
        .text
        .split("<option value=\"2026-")
        .nth(2)
        .expect("two lessons");
    let due = format!("2026-{}", offered.split('"').next().expect("a lesson"));
    let body = |due: Value| json!({ "topic": "Дроби", "homework": "Реферат", "homework_due": due });
    let (set, used) = metered(world.put(&teacher, &path, 1, &body(json!(due)))).await;
    assert_eq!(set.status.as_u16(), 200, "{}", set.text);
    assert!(used.calls == 6 && used.units <= 5.0 + 23.0, "{used:?}");
    // The same choice again reads neither.
    let (_, used) = metered(world.put(&teacher, &path, 2, &body(json!(due)))).await;
    assert_eq!(used.calls, 4, "{used:?}");
}
