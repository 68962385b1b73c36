//! Lessons, marks and their history, as programs meet them.

use serde_json::json;
use testkit::{Call, PERIOD};

use crate::world::{LESSON, World};

#[tokio::test]
async fn a_teacher_opens_a_lesson_and_sets_marks_that_enter_the_average() {
    let world = World::new(3).await;
    let opened = world.open(LESSON).await;
    assert_eq!((opened.status.as_u16(), opened.header("etag")), (201, "\"1\""));
    let set = world.set(0, 0, "5 4").await;
    assert_eq!((set.status.as_u16(), set.header("etag")), (200, "\"1\""));
    let mark = |mark| json!({ "work": 1, "mark": mark, "kind": "answer", "weight_hundredths": 100 });
    let expected = json!({
        "lesson": LESSON, "version": 1, "attendance": null, "marks": [mark("5"), mark("4")],
        "entries": [{ "work": 1, "entry": "5 4" }], "average": "4,50",
    });
    assert_eq!(set.json(), expected);
    assert_eq!(world.set(1, 0, "н").await.json()["attendance"], "absent");
    let journal = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    assert_eq!(journal["lessons"][0]["homework"], "№ 5");
    assert_eq!(journal["rows"][0]["average"], "4,50");
}

#[tokio::test]
async fn a_weighted_work_counts_by_its_weight() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    let path = format!("{}/lessons/{LESSON}", world.base());
    let body = json!({ "topic": "Дроби", "add_works": [{ "kind": "test" }] });
    let changed = world.put(&world.school.teacher_actor(), &path, 1, &body).await;
    assert_eq!(
        (
            changed.status.as_u16(),
            changed.json()["works"][1]["weight_hundredths"].clone()
        ),
        (200, json!(300))
    );
    world.set(0, 0, "5").await;
    let cell = world.cell(LESSON, 0);
    let set = world
        .put(
            &world.school.teacher_actor(),
            &cell,
            1,
            &json!({ "work": 2, "entry": "3" }),
        )
        .await;
    // (5·1 + 3·3) / 4
    assert_eq!(set.json()["average"], "3,50");
    assert_eq!(
        set.json()["entries"],
        json!([{ "work": 1, "entry": "5" }, { "work": 2, "entry": "3" }])
    );
}

#[tokio::test]
async fn nothing_is_overwritten_unseen_and_the_conflict_says_what_stands() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    let late = world.set(0, 0, "2").await;
    assert_eq!(late.status.as_u16(), 409);
    let problem = late.json();
    assert_eq!(
        (&problem["code"], &problem["current"]["entries"][0]["entry"]),
        (&json!("cell_changed"), &json!("5"))
    );
    assert_eq!(world.entry(0).await, "5");
    assert_eq!(world.set(0, 1, "2").await.json()["version"], 2);
}

#[tokio::test]
async fn a_repeat_of_ones_own_change_is_done_already() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    let again = world.set(0, 0, "5").await;
    assert_eq!(
        (again.status.as_u16(), again.json()["version"].clone()),
        (200, json!(1))
    );
}

#[tokio::test]
async fn every_change_stays_in_the_history() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    for (version, entry) in ["5", "4", ""].into_iter().enumerate() {
        world.set(0, version as u64, entry).await;
    }
    let history = world
        .get(
            &world.school.teacher_actor(),
            &format!("{}/history", world.cell(LESSON, 0)),
        )
        .await
        .json();
    let changes: Vec<_> = history["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|change| {
            format!(
                "{}: {}→{}",
                change["by_name"].as_str().unwrap_or(""),
                change["from"],
                change["to"]
            )
        })
        .collect();
    assert_eq!(
        changes,
        [
            "Соколова\u{a0}И.\u{a0}С.: \"4\"→\"\"",
            "Соколова\u{a0}И.\u{a0}С.: \"5\"→\"4\"",
            "Соколова\u{a0}И.\u{a0}С.: \"\"→\"5\"",
        ]
    );
}

#[tokio::test]
async fn bad_input_gets_a_clear_problem_and_changes_nothing() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    world.open("2026-11-30-02").await;
    world.set(0, 0, "5").await;
    let teacher = world.school.teacher_actor();
    let cell = world.cell(LESSON, 0);
    let stranger = format!("{}/lessons/{LESSON}/cells/{}", world.base(), world.school.parent);
    let cases = [
        (
            cell.clone(),
            json!({ "work": 1, "entry": "6" }),
            422,
            "entry_unknown",
        ),
        (
            cell.clone(),
            json!({ "work": 1, "entry": "н б" }),
            422,
            "entry_two_attendances",
        ),
        (cell.clone(), json!({ "work": 2, "entry": "5" }), 422, "invalid"),
        (
            cell.clone(),
            json!({ "work": 9, "entry": "5" }),
            400,
            "invalid_json",
        ),
        (
            cell.clone(),
            json!({ "work": 1, "entry": "5", "admin": true }),
            400,
            "invalid_json",
        ),
        (
            world.cell("2026-11-30-02", 0),
            json!({ "work": 1, "entry": "5" }),
            422,
            "lesson_in_future",
        ),
        (
            world.cell("2026-11-24-02", 0),
            json!({ "work": 1, "entry": "5" }),
            404,
            "not_found",
        ),
        (
            world.cell("yesterday", 0),
            json!({ "work": 1, "entry": "5" }),
            404,
            "not_found",
        ),
        (stranger, json!({ "work": 1, "entry": "5" }), 404, "not_found"),
    ];
    for (path, body, status, code) in cases {
        let version = if path == cell { 1 } else { 0 };
        let answer = world.put(&teacher, &path, version, &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["code"].as_str()),
            (status, Some(code)),
            "{path} {body}"
        );
    }
    let unversioned = Call::new("PUT", &cell)
        .bearer(&world.sessions, &teacher)
        .json(&json!({}))
        .send(&world.service)
        .await;
    assert_eq!(
        (unversioned.status.as_u16(), unversioned.json()["code"].clone()),
        (428, json!("precondition_required"))
    );
    let large = Call::new("PUT", &cell)
        .bearer(&world.sessions, &teacher)
        .header("if-match", "\"1\"")
        .header("content-type", "application/json")
        .body(vec![b' '; 10 * 1024 * 1024])
        .send(&world.service)
        .await;
    assert_eq!(
        (large.status.as_u16(), large.json()["code"].clone()),
        (413, json!("too_large"))
    );
    assert_eq!(world.entry(0).await, "5");
}

#[tokio::test]
async fn opening_a_lesson_twice_opens_it_once() {
    let world = World::new(1).await;
    let path = format!("/journals/{}/{PERIOD}/lessons", world.school.algebra);
    for _ in 0..2 {
        let answer = world
            .form(
                &world.school.teacher_actor(),
                &path,
                "date=2026-11-23&number=2&topic=x",
            )
            .await;
        assert_eq!(answer.status.as_u16(), 303);
    }
    let journal = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    assert_eq!(journal["lessons"].as_array().map(Vec::len), Some(1));
    assert_eq!(world.open(LESSON).await.json()["code"], "lesson_open");
}
