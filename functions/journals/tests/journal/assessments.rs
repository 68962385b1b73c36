//! The assessments of a class against the norms.

use serde_json::json;
use store::metered;
use testkit::{PERIOD, fill_journal};

use crate::world::World;

fn path(world: &World) -> String {
    format!("/api/journals/classes/{}/assessments", world.school.class)
}

/// Opens a lesson of Monday with a control work.
async fn test_at(world: &World, actor: &str, journal: model::GroupId, number: u8) {
    let lesson = format!("/api/journals/{journal}/{PERIOD}/lessons/2026-11-23-{number:02}");
    let teacher = world.school.actor(actor);
    let opened = world
        .put(&teacher, &lesson, 0, &json!({ "topic": "Контроль" }))
        .await;
    assert_eq!(opened.status.as_u16(), 201, "{}", opened.text);
    let body = json!({ "topic": "Контроль", "add_works": [{ "kind": "test" }] });
    let changed = world.put(&teacher, &lesson, 1, &body).await;
    assert_eq!(changed.status.as_u16(), 200, "{}", changed.text);
}

#[tokio::test]
async fn two_tests_on_one_day_are_shown_with_the_letter_that_advises_against_it() {
    let world = World::new(3).await;
    test_at(&world, "teacher", world.school.algebra, 2).await;
    test_at(&world, "teacher of another subject", world.school.history, 3).await;
    let found = world.get(&world.school.actor("deputy head"), &path(&world)).await;
    assert_eq!(found.status.as_u16(), 200, "{}", found.text);
    let found = found.json();
    let found = found["assessments"].as_array().expect("a list");
    assert_eq!(found.len(), 2);
    for assessment in found {
        let norms: Vec<_> = assessment["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|finding| finding["message"]["key"].clone())
            .collect();
        assert!(
            assessment["held"] == true && norms.contains(&json!("norm-assessments-a-day")),
            "{norms:?}"
        );
    }
    let page = format!("/journals/classes/{}/assessments", world.school.class);
    let page = world.page("head", &page).await;
    assert!(page.text.contains("2 работы стоят не по нормам"), "{}", page.text);
    assert!(
        !page.text.contains("norm-"),
        "every finding has its words: {}",
        page.text
    );
}

#[tokio::test]
async fn only_who_leads_the_class_or_the_school_sees_the_schedule() {
    let world = World::new(3).await;
    for stranger in [
        "teacher",
        "parent",
        "pupil",
        "administrator",
        "head of another school",
    ] {
        let answer = world.get(&world.school.actor(stranger), &path(&world)).await;
        assert_eq!(answer.status.as_u16(), 404, "{stranger}");
    }
    let unknown = format!("{}?period=q9", path(&world));
    let answer = world.get(&world.school.actor("head"), &unknown).await;
    assert_eq!(answer.status.as_u16(), 404);
}

#[tokio::test]
async fn a_class_costs_two_round_trips_and_two_reads_for_each_journal() {
    let world = World::new(27).await;
    fill_journal(&world.school, &world.journals, 12).await;
    let head = world.school.actor("head");
    let (answer, used) = metered(world.get(&head, &path(&world))).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    // The list and its journals; institution, timetable, calendar, settings; lessons and plan of both journals.
    assert!(used.calls == 10 && used.units <= 14.0, "{used:?}");
}
