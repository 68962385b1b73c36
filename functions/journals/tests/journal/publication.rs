//! From when marks are shown, and that all marks of a work follow it.

use serde_json::json;
use store::metered;
use testkit::fill_journal;

use crate::world::{LESSON, World};

fn work(world: &World, lesson: &str) -> String {
    format!("{}/lessons/{lesson}/works/1", world.base())
}

#[tokio::test]
async fn the_dates_stand_in_the_work_and_in_all_its_marks_old_and_new() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    world.set(1, 0, "н").await;
    let teacher = world.school.teacher_actor();
    let body = json!({ "pupils_from": "2026-11-24", "parents_from": "2026-11-26" });
    let set = world.put(&teacher, &work(&world, LESSON), 1, &body).await;
    assert_eq!(
        (set.status.as_u16(), set.header("etag")),
        (200, "\"2\""),
        "{}",
        set.text
    );
    assert_eq!(set.json()["works"][0]["parents_from"], "2026-11-26");
    world.set(2, 0, "3").await;
    let journal = world.get(&teacher, &world.base()).await.json();
    let mark = |row: usize| journal["rows"][row]["cells"][0]["marks"][0].clone();
    for row in [0, 2] {
        assert_eq!(
            (&mark(row)["pupils_from"], &mark(row)["parents_from"]),
            (&json!("2026-11-24"), &json!("2026-11-26"))
        );
    }
    assert_eq!(
        journal["rows"][0]["cells"][0]["version"], 1,
        "no new version: a teacher's grid goes on"
    );
    assert_eq!(world.set(0, 1, "4").await.status.as_u16(), 200);
    let again = world
        .put(&teacher, &work(&world, LESSON), 2, &json!({}))
        .await
        .json();
    assert_eq!(again["works"][0]["pupils_from"], json!(null));
    let journal = world.get(&teacher, &world.base()).await.json();
    assert_eq!(
        journal["rows"][0]["cells"][0]["marks"][0]["pupils_from"],
        json!(null)
    );
}

#[tokio::test]
async fn what_broke_off_is_finished_by_doing_it_again() {
    let world = World::new(2).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    world.set(1, 0, "4").await;
    let teacher = world.school.teacher_actor();
    let body = json!({ "parents_from": "2026-11-26" });
    assert_eq!(
        world
            .put(&teacher, &work(&world, LESSON), 1, &body)
            .await
            .status
            .as_u16(),
        200
    );
    // As if the function had ended after the first mark.
    let key = gradebook::RowKey {
        journal: world.school.algebra,
        period: testkit::PERIOD.parse().expect("a period"),
        pupil: world.school.pupils[1],
    };
    let undone = store::Write::update_if(key.key(), "SET #cell = :cell", "attribute_exists(#cell)")
        .name("#cell", format!("c-{LESSON}"))
        .text(":cell", "1 1:4:answer:100");
    world.journals.write(vec![undone]).await.expect("written");
    assert_eq!(
        world
            .put(&teacher, &work(&world, LESSON), 2, &body)
            .await
            .status
            .as_u16(),
        200
    );
    let journal = world.get(&teacher, &world.base()).await.json();
    assert_eq!(
        journal["rows"][1]["cells"][0]["marks"][0]["parents_from"],
        "2026-11-26"
    );
}

#[tokio::test]
async fn dates_out_of_bounds_other_versions_and_missing_works_are_refused() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    let teacher = world.school.teacher_actor();
    let path = work(&world, LESSON);
    let cases = [
        (
            path.clone(),
            1,
            json!({ "pupils_from": "2026-11-22" }),
            422,
            "invalid",
        ),
        (path.clone(), 1, json!({ "parents_from": "soon" }), 422, "invalid"),
        (path.clone(), 7, json!({}), 409, "lesson_changed"),
        (path.replace("works/1", "works/2"), 1, json!({}), 404, "not_found"),
        (path.replace("works/1", "works/9"), 1, json!({}), 404, "not_found"),
    ];
    for (path, version, body, status, code) in cases {
        let answer = world.put(&teacher, &path, version, &body).await;
        let got = (answer.status.as_u16(), answer.json()["code"].clone());
        assert_eq!(got, (status, json!(code)), "{path} {body}");
    }
}

#[tokio::test]
async fn publishing_a_work_of_a_class_takes_two_transactions_and_stays_in_bounds() {
    let world = World::new(27).await;
    fill_journal(&world.school, &world.journals, 12).await;
    let teacher = world.school.teacher_actor();
    let path = work(&world, "2026-11-09-02");
    let body = json!({ "parents_from": "2026-11-26" });
    // The class's week has no line for a lesson that the tests wrote straight into the table.
    let shown = gradebook::ClassLesson {
        journal: world.school.algebra,
        lesson: "2026-11-09-02".parse().expect("a lesson"),
        subject: "Алгебра".to_owned(),
        topic: String::new(),
        homework: None,
    };
    let shown = shown.show(world.school.class, true).expect("a write");
    world.journals.write(vec![shown]).await.expect("shown");
    let (answer, used) = metered(world.put(&teacher, &path, 1, &body)).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert!(used.calls == 6 && used.units <= 260.0, "{used:?}");
}
