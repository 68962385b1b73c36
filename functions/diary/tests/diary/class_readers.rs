//! Which families of a class have read a week.

use rosters::MemberRole;
use serde_json::json;
use store::metered;
use testkit::Call;

use crate::world::World;

async fn read(world: &World) {
    let path = format!("/api/diary/{}/weeks/2026-11-23/readers", world.child(0));
    let call = Call::new("PUT", &path).bearer(&world.sessions, &world.school.parent_actor());
    assert_eq!(call.send(&world.service).await.status.as_u16(), 200);
}

#[tokio::test]
async fn the_school_sees_which_families_have_read_the_week_and_nobody_else_does() {
    let world = World::new().await;
    read(&world).await;
    let path = format!(
        "/api/diary/classes/{}/weeks/2026-11-25/readers",
        world.school.class
    );
    let seen = world.api("deputy head", &path).await;
    assert_eq!(seen.status.as_u16(), 200, "{}", seen.text);
    let seen = seen.json();
    assert_eq!(seen["monday"], "2026-11-23");
    let families: Vec<bool> = seen["pupils"]
        .as_array()
        .expect("pupils")
        .iter()
        .map(|pupil| pupil["by_family"].is_string())
        .collect();
    assert_eq!(families, [true, false, false]);
    assert_eq!(seen["pupils"][0]["by_pupil"], json!(null));
    let page = format!("/diary/classes/{}/readers?date=2026-11-23", world.school.class);
    let page = world.page("head", &page).await;
    assert!(page.text.contains("Прочитала 1 из 3 семей"), "{}", page.text);
    for stranger in [
        "parent",
        "pupil",
        "teacher of another subject",
        "teacher of another school",
        "administrator",
    ] {
        assert_eq!(
            world.api(stranger, &path).await.status.as_u16(),
            404,
            "{stranger}"
        );
    }
}

#[tokio::test]
async fn a_class_teacher_sees_it_until_they_hand_the_class_over() {
    let world = World::new().await;
    let name = model::PersonName::parse("Орлова", "Анна", None).expect("a name");
    let class = world.school.class;
    let mut held = world
        .school
        .membership(world.school.history_teacher, &name, class, MemberRole::Teacher);
    held.until = Some(testkit::MONDAY);
    testkit::put(&world.registry, held).await;
    let path = format!("/diary/classes/{class}/readers");
    let teacher = "teacher of another subject";
    assert_eq!(world.page(teacher, &path).await.status.as_u16(), 200);
    let next_day = world.later("2026-11-24T06:40:00Z");
    assert_eq!(next_day.page(teacher, &path).await.status.as_u16(), 404);
}

#[tokio::test]
async fn a_class_costs_its_list_and_one_batch() {
    let world = World::new().await;
    read(&world).await;
    let path = format!("/diary/classes/{}/readers", world.school.class);
    let call = Call::get(&path).session(&world.sessions, &world.school.actor("head"));
    let (answer, used) = metered(call.send(&world.service)).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert!(used.calls == 2 && used.units <= 3.0, "{used:?}");
}
