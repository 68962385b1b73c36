//! Works that are owed, and what is said to the family.

use serde_json::json;

use crate::world::{LESSON, World};

#[tokio::test]
async fn a_point_is_a_debt_until_its_day_and_no_mark() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    let set = world.set(0, 0, "5 .").await.json();
    assert_eq!(
        set["entries"],
        json!([{ "work": 1, "entry": "5 •07.12" }]),
        "14 days from today"
    );
    assert_eq!(
        (&set["marks"][1]["mark"], &set["average"]),
        (&json!("•2026-12-07"), &json!("5,00"))
    );
    let moved = world.set(0, 1, "5 •11.12").await.json();
    assert_eq!(moved["marks"][1]["mark"], "•2026-12-11");
    let done = world.set(0, 2, "5 4").await.json();
    assert_eq!(
        (&done["marks"][1]["mark"], &done["average"]),
        (&json!("4"), &json!("4,50"))
    );
    let wrong = world.set(0, 3, ".31.11").await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.json()["code"].clone()),
        (422, json!("entry_no_such_day"))
    );
}

#[tokio::test]
async fn the_usual_time_is_the_institutions() {
    let world = World::new(1).await;
    let path = format!("/api/journals/marking/{}", world.school.institution);
    let body =
        json!({ "weighted": true, "threshold": 50, "least_marks": 3, "control": ["test"], "owed_days": 7 });
    let set = world.put(&world.school.actor("head"), &path, 0, &body).await;
    assert_eq!(set.status.as_u16(), 200, "{}", set.text);
    world.open(LESSON).await;
    assert_eq!(
        world.set(0, 0, ".").await.json()["marks"][0]["mark"],
        "•2026-11-30"
    );
}

#[tokio::test]
async fn a_comment_stands_beside_the_marks_and_in_the_history() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    let teacher = world.school.teacher_actor();
    let cell = world.cell(LESSON, 0);
    let body = json!({ "work": 1, "entry": "5", "comment": " Молодец,  так держать #1 " });
    let set = world.put(&teacher, &cell, 0, &body).await.json();
    assert_eq!(set["comment"], "Молодец, так держать #1");
    let kept = world.set(0, 1, "4").await.json();
    assert_eq!(
        (&kept["comment"], &kept["marks"][0]["mark"]),
        (&set["comment"], &json!("4"))
    );
    let page = format!(
        "{}/lessons/{LESSON}/cells/{}",
        world.journal(),
        world.school.pupils[0]
    );
    let form = world
        .form(&teacher, &page, "version=2&comment=%D0%9E%D0%B9")
        .await;
    assert_eq!(form.status.as_u16(), 303, "{}", form.text);
    let history = world.get(&teacher, &format!("{cell}/history")).await.json();
    assert_eq!(
        (&history["changes"][0]["from"], &history["changes"][0]["to"]),
        (&json!("4 «Молодец, так держать #1»"), &json!("4 «Ой»"))
    );
    let long = json!({ "work": 1, "entry": "4", "comment": "я".repeat(201) });
    assert_eq!(world.put(&teacher, &cell, 3, &long).await.status.as_u16(), 422);
    let shown = world.page("teacher", &page).await.text;
    assert!(shown.contains(r#"value="Ой""#), "{shown}");
    let grid = world.page("teacher", &world.journal()).await.text;
    assert!(grid.contains(r#"data-note="Ой""#), "{grid}");
}
