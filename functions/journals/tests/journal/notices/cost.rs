//! What notices of absence cost.

use super::*;

#[tokio::test]
async fn a_journal_pays_one_batch_of_gets_for_the_notices_of_its_pupils() {
    for (pupils, lessons, units) in [(27, 12, 7.0), (30, 40, 12.0)] {
        let world = World::new(pupils).await;
        BusyClass::of(&world.school)
            .write(&world.registry, &world.schedules, &world.journals)
            .await;
        fill_journal(&world.school, &world.journals, lessons).await;
        tell(&world, "2026-11-20", "2026-11-28", "illness").await;
        let (grid, used) = metered(world.get(&world.school.teacher_actor(), &world.base())).await;
        assert_eq!(grid.json()["notices"].as_array().map(Vec::len), Some(1));
        assert!(
            used.calls == 3 && used.units <= units,
            "{pupils} × {lessons}: {used:?}"
        );
    }
}

#[tokio::test]
async fn sending_and_changing_a_notice_cost_two_reads_and_one_transaction() {
    let world = World::new(27).await;
    BusyClass::of(&world.school)
        .write(&world.registry, &world.schedules, &world.journals)
        .await;
    let (sent, used) = metered(tell(&world, "2026-11-23", "2026-11-27", "illness")).await;
    assert_eq!(sent.status.as_u16(), 201, "{}", sent.text);
    assert!(used.calls == 3 && used.units <= 2.0 + 18.0, "{used:?}");
    let (again, used) = metered(tell(&world, "2026-11-23", "2026-11-27", "illness")).await;
    assert_eq!(again.status.as_u16(), 200);
    assert!(used.calls == 2 && used.units <= 2.0, "{used:?}");
    let (_, used) = metered(change(
        &world,
        "parent",
        "2026-1",
        json!({ "action": "withdraw" }),
    ))
    .await;
    assert!(used.calls == 3 && used.units <= 2.0 + 18.0, "{used:?}");
    let (_, used) = metered(listed(&world)).await;
    assert!(used.calls == 2 && used.units <= 2.0, "{used:?}");
    appoint(&world).await;
    let class_teacher = world.school.actor("teacher of another subject");
    let (_, used) = metered(world.get(&class_teacher, &board(&world, 0))).await;
    assert!(used.calls == 3 && used.units <= 2.5, "{used:?}");
}

#[tokio::test]
async fn noting_the_absences_of_a_lesson_costs_the_grid_and_a_transaction_for_each() {
    let world = World::new(27).await;
    world.open(LESSON).await;
    tell(&world, "2026-11-23", "", "illness").await;
    let path = format!("{}/lessons/{LESSON}/absences", world.base());
    let (noted, used) = metered(post(&world, &world.school.teacher_actor(), &path, &json!({}))).await;
    assert_eq!(
        noted.json()["cells"].as_array().map(Vec::len),
        Some(1),
        "{}",
        noted.text
    );
    assert!(used.calls == 4 && used.units <= 7.0 + 14.0, "{used:?}");
}
