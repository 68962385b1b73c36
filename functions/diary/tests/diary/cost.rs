//! What the diary costs the database at realistic size: 33 lessons a week in 16 subjects, a period near its end.

use store::Capacity;
use testkit::{Answer, BusyClass, Call};

use crate::world::World;

async fn busy() -> World {
    let world = World::empty().await;
    let class = BusyClass::of(&world.school);
    class
        .write(&world.registry, &world.schedules, &world.journals)
        .await;
    world
}

async fn cost(world: &World, path: &str) -> (Answer, Capacity) {
    let path = path.replace("{child}", &world.child(0));
    store::metered(world.api("parent", &path)).await
}

#[tokio::test]
async fn a_week_costs_four_units_in_one_call_and_three_parallel_ones() {
    let world = busy().await;
    let (week, used) = cost(&world, "/api/diary/{child}").await;
    let week = week.json();
    let days = week["days"].as_array().expect("days");
    let lessons: usize = days
        .iter()
        .map(|day| day["lessons"].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(
        (lessons, week["averages"].as_array().map_or(0, Vec::len)),
        (33, 16)
    );
    assert!(used.calls == 4 && used.units <= 4.0, "{used:?}");
}

#[tokio::test]
async fn the_page_reads_the_parents_card_once_and_then_the_browser_keeps_the_children() {
    let world = busy().await;
    let path = format!("/diary/{}", world.child(0));
    let first = Call::get(&path).session(&world.sessions, &world.school.parent_actor());
    let (first, used) = store::metered(first.send(&world.service)).await;
    assert!(used.calls == 5 && used.units <= 4.5, "{used:?}");
    let cookie = first.cookie("__Secure-children").expect("the children are kept");
    let again = Call::get(&path)
        .session(&world.sessions, &world.school.parent_actor())
        .cookie("__Secure-children", &cookie);
    let (again, used) = store::metered(again.send(&world.service)).await;
    assert_eq!(again.text, first.text);
    assert!(used.calls == 4 && used.units <= 4.0, "{used:?}");
}

#[tokio::test]
async fn the_marks_of_a_period_cost_two_calls_and_one_and_a_half_units() {
    let world = busy().await;
    let (_, used) = cost(&world, "/api/diary/{child}/marks").await;
    assert!(used.calls == 2 && used.units <= 1.5, "{used:?}");
}
