//! What the journal costs the database at realistic size: 27 pupils × 12 lessons, and 30 × 40 full of marks.

use gradebook::Gradebook;
use serde_json::json;
use store::{Capacity, metered};
use testkit::{Answer, fill_journal, moment};

use crate::world::World;

async fn full(pupils: u128, lessons: usize) -> World {
    let world = World::new(pupils).await;
    fill_journal(&world.school, &world.journals, lessons).await;
    world
}

fn within(what: &str, (answer, used): (Answer, Capacity), calls: u32, units: f64) {
    assert!(answer.status.is_success(), "{what}: {}", answer.text);
    assert!(
        used.calls == calls && used.units <= units,
        "{what}: {used:?}, expected {calls} calls and at most {units} units"
    );
}

#[tokio::test]
async fn a_grid_costs_two_queries_and_a_batch_of_gets_and_stays_within_its_budget() {
    for (pupils, lessons, units) in [(27, 12, 6.0), (30, 40, 11.0)] {
        let world = full(pupils, lessons).await;
        let teacher = world.school.teacher_actor();
        let grid = metered(world.get(&teacher, &world.base())).await;
        let (rows, columns) = (grid.0.json()["rows"].clone(), grid.0.json()["lessons"].clone());
        assert_eq!(
            (rows.as_array().map(Vec::len), columns.as_array().map(Vec::len)),
            (usize::try_from(pupils).ok(), Some(lessons))
        );
        within(&format!("{pupils} × {lessons}"), grid, 3, units);
    }
}

#[tokio::test]
async fn setting_a_mark_costs_four_reads_and_one_transaction_and_over_another_a_query_more() {
    let world = full(27, 12).await;
    let teacher = world.school.teacher_actor();
    let body = json!({ "work": 1, "entry": "5" });
    world.open("2026-11-23-02").await;
    let first = world.cell("2026-11-23-02", 0);
    within(
        "a first mark",
        metered(world.put(&teacher, &first, 0, &body)).await,
        5,
        15.0,
    );
    // Whether they are many at once is asked of what was changed in the journal in the last minutes.
    let other = world.cell("2026-11-09-02", 0);
    within(
        "over another",
        metered(world.put(&teacher, &other, 1, &body)).await,
        6,
        16.0,
    );
}

#[tokio::test]
async fn an_ordinary_first_mark_pays_nothing_for_being_told_of_and_a_change_one_unit_and_a_half() {
    let world = World::new(27).await;
    fill_journal(&world.school, &world.journals, 11).await;
    world.open("2026-11-23-02").await;
    let mut costs = vec![];
    for (version, entry) in [(0, "4"), (1, "5"), (2, "4")] {
        let (answer, used) = metered(world.set(0, version, entry)).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        costs.push(used.units);
        let changes = Gradebook::new(world.journals.clone());
        let span = (moment("2026-11-23T00:00:00Z"), moment("2026-11-24T00:00:00Z"));
        let told = changes.notable_changes(world.school.algebra, span, 10);
        let (told, read) = metered(told).await;
        assert_eq!(told.expect("changes").len() as u64, version);
        assert!(read.calls == 1 && read.units <= 0.5, "{read:?}");
    }
    assert!(
        costs[1] - costs[0] <= 1.5 && costs[2] - costs[0] <= 1.5,
        "{costs:?}"
    );
}

#[tokio::test]
async fn opening_and_changing_a_lesson_costs_the_roster_the_period_the_lesson_and_one_transaction() {
    let world = full(27, 12).await;
    within("open", metered(world.open("2026-11-23-02")).await, 3, 10.0);
    let teacher = world.school.teacher_actor();
    let path = format!("{}/lessons/2026-11-23-02", world.base());
    let body = json!({ "topic": "Проценты", "homework": "№ 6" });
    within(
        "change",
        metered(world.put(&teacher, &path, 1, &body)).await,
        4,
        11.0,
    );
}

#[tokio::test]
async fn lists_and_histories_are_a_query_or_two() {
    let world = full(27, 12).await;
    let teacher = world.school.teacher_actor();
    let history = format!("{}/history", world.cell("2026-11-09-02", 0));
    for (path, calls, units) in [("/api/journals".to_owned(), 1, 0.5), (history, 2, 2.5)] {
        within(&path, metered(world.get(&teacher, &path)).await, calls, units);
    }
}
