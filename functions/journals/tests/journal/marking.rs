//! The institution's settings for marks.

use serde_json::{Value, json};

use crate::world::{LESSON, World};

fn settings() -> Value {
    json!({
        "weighted": false, "threshold": 60, "least_marks": 2, "weights": { "test": 250 },
        "control": ["test", "practical"], "owed_days": 10, "lock_days": null,
    })
}

fn path(world: &World) -> String {
    format!("/api/journals/marking/{}", world.school.institution)
}

#[tokio::test]
async fn the_usual_settings_hold_until_others_are_set_and_each_change_is_kept() {
    let world = World::new(1).await;
    let (head, deputy) = (world.school.actor("head"), world.school.actor("deputy head"));
    let usual = world
        .get(&world.school.teacher_actor(), &path(&world))
        .await
        .json();
    assert_eq!(
        (&usual["version"], &usual["settings"]["threshold"]),
        (&json!(0), &json!(50))
    );
    assert_eq!(usual["settings"]["weights"]["test"], 300);
    let set = world.put(&head, &path(&world), 0, &settings()).await;
    assert_eq!(
        (set.status.as_u16(), set.header("etag")),
        (200, "\"1\""),
        "{}",
        set.text
    );
    assert_eq!(set.json()["settings"]["weights"]["test"], 250);
    let late = world.put(&deputy, &path(&world), 0, &settings()).await;
    assert_eq!(late.json()["code"], "marking_changed");
    let page = format!("/journals/marking/{}", world.school.institution);
    let mut form = "version=1&weighted=1&threshold=55&least_marks=4&owed_days=7&lock_days=5".to_owned();
    for kind in [
        "answer",
        "homework",
        "independent",
        "test",
        "writing",
        "practical",
        "project",
    ] {
        form.push_str(&format!("&weight-{kind}=1%2C5"));
    }
    let changed = world
        .form(&deputy, &page, &format!("{form}&control-test=1"))
        .await;
    assert_eq!(changed.status.as_u16(), 303, "{}", changed.text);
    let shown = world.page("deputy head", &page).await.text;
    assert!(
        shown.contains(r#"value="1,5""#) && shown.contains("0,55") && shown.contains("0,60"),
        "{shown}"
    );
    let read_only = world.page("teacher", &page).await.text;
    assert!(
        !read_only.contains("<fieldset") && read_only.contains("Средний балл с весами"),
        "{read_only}"
    );
    let now = world.get(&head, &path(&world)).await.json();
    assert_eq!(
        (&now["version"], &now["settings"]["lock_days"]),
        (&json!(2), &json!(5))
    );
}

#[tokio::test]
async fn what_is_out_of_bounds_is_refused() {
    let world = World::new(1).await;
    let head = world.school.actor("head");
    for (name, value) in [
        ("threshold", 0),
        ("least_marks", 21),
        ("owed_days", 61),
        ("lock_days", 61),
    ] {
        let mut wrong = settings();
        wrong[name] = json!(value);
        let answer = world.put(&head, &path(&world), 0, &wrong).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["fields"][0]["field"]),
            (422, &json!(name))
        );
    }
    let mut wrong = settings();
    wrong["weights"] = json!({ "prank": 100 });
    assert_eq!(
        world.put(&head, &path(&world), 0, &wrong).await.status.as_u16(),
        400
    );
}

#[tokio::test]
async fn a_period_goes_on_by_the_settings_with_which_it_began() {
    let world = World::new(1).await;
    let teacher = world.school.teacher_actor();
    world.mark_all(0, &["5", "4"]).await;
    world
        .put(&world.school.actor("head"), &path(&world), 0, &settings())
        .await;
    let add = |period: &str, lesson: &str| {
        format!("/api/journals/{}/{period}/lessons/{lesson}", world.school.algebra)
    };
    let body = json!({ "add_works": [{ "kind": "test" }] });
    let old = world
        .put(&teacher, &add("2026-q2", LESSON), 0, &body)
        .await
        .json();
    assert_eq!(
        old["works"][1]["weight_hundredths"], 300,
        "begun with the usual weights"
    );
    let other = add("2026-q1", "2026-10-19-02");
    let new = world.put(&teacher, &other, 0, &body).await.json();
    assert_eq!(new["works"][1]["weight_hundredths"], 250);
    let cell = format!("{other}/cells/{}", world.school.pupils[0]);
    world
        .put(&teacher, &cell, 0, &json!({ "work": 1, "entry": "5" }))
        .await;
    let both = world
        .put(&teacher, &cell, 1, &json!({ "work": 2, "entry": "4" }))
        .await
        .json();
    assert_eq!(both["average"], "4,50", "without weights");
    let results = |period: &str| format!("/api/journals/{}/{period}/results", world.school.algebra);
    let proposed = world.get(&teacher, &results("2026-q1")).await.json();
    assert_eq!(proposed["pupils"][0]["proposed"], "4", "4,50 is below 0,60");
    let proposed = world.get(&teacher, &results("2026-q2")).await.json();
    assert_eq!(
        proposed["pupils"][0]["proposed"],
        json!(null),
        "two marks are too few by the usual rule"
    );
}
