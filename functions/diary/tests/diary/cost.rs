//! What the diary costs the database at realistic size: 33 lessons a week in 16 subjects, a period near its end.

use jiff::ToSpan;
use model::Week;
use store::Capacity;
use testkit::{Answer, BusyClass, Call, MONDAY};

use crate::world::World;

async fn busy() -> World {
    let world = World::empty().await;
    let class = BusyClass::of(&world.school);
    class
        .write(&world.registry, &world.schedules, &world.journals)
        .await;
    hold_week_before(&world).await;
    // The parent has looked at the news and ticked a task before: what only the family keeps is there.
    let before = world.later("2026-11-23T05:00:00Z");
    let news = format!("/api/diary/{}/news", world.child(0));
    assert_eq!(before.put("parent", &news).await.status.as_u16(), 200);
    let read = world
        .form(
            "parent",
            &format!("/diary/{}/read", world.child(0)),
            "week=2026-11-23",
        )
        .await;
    assert_eq!(read.status.as_u16(), 303);
    world
}

/// The same lessons a week before, as full of topics and homework.
async fn hold_week_before(world: &World) {
    let (class, monday) = (world.school.class, Week::of(MONDAY));
    let gradebook = gradebook::Gradebook::new(world.journals.clone());
    for mut lesson in gradebook.week_of(class, monday).await.expect("read") {
        lesson.lesson.date = lesson.lesson.date.saturating_sub(7.days());
        let shown = lesson.show(class, true).expect("a write");
        world.journals.write(vec![shown]).await.expect("shown");
    }
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
    assert!(used.calls == 6 && used.units <= 5.5, "{used:?}");
    let cookie = first.cookie("__Secure-children").expect("the children are kept");
    let again = Call::get(&path)
        .session(&world.sessions, &world.school.parent_actor())
        .cookie("__Secure-children", &cookie);
    let (again, used) = store::metered(again.send(&world.service)).await;
    assert_eq!(again.text, first.text);
    assert!(used.calls == 5 && used.units <= 5.0, "{used:?}");
    // Who is not of the family does not read what only the family keeps.
    let head = Call::get(&path).session(&world.sessions, &world.school.actor("head"));
    let (_, used) = store::metered(head.send(&world.service)).await;
    assert!(used.calls == 4 && used.units <= 4.0, "{used:?}");
}

#[tokio::test]
async fn the_list_of_homework_costs_seven_and_a_half_units_and_a_tick_two_written() {
    let world = busy().await;
    let (list, used) = cost(&world, "/api/diary/{child}/homework").await;
    let list = list.json();
    let task = &list["days"][0]["tasks"][0];
    assert!(used.calls == 6 && used.units <= 7.5, "{used:?}");
    let path = format!(
        "/api/diary/{}/homework/{}/{}",
        world.child(0),
        task["journal"].as_str().expect("a journal"),
        task["lesson"].as_str().expect("a lesson")
    );
    let tick = Call::new("PUT", &path)
        .bearer(&world.sessions, &world.school.parent_actor())
        .json(&serde_json::json!({ "done": true }));
    let (answer, used) = store::metered(tick.send(&world.service)).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert!(used.calls == 3 && used.units <= 3.5, "{used:?}");
}

#[tokio::test]
async fn news_cost_seven_units_and_a_visit_six_written() {
    let world = busy().await;
    let (_, used) = cost(&world, "/api/diary/{child}/news").await;
    assert!(used.calls == 5 && used.units <= 7.0, "{used:?}");
    let path = format!("/api/diary/{}/news", world.child(0));
    let visit = Call::new("PUT", &path).bearer(&world.sessions, &world.school.parent_actor());
    let (_, used) = store::metered(visit.send(&world.service)).await;
    assert!(used.calls == 6 && used.units <= 7.0 + 6.0, "{used:?}");
}

#[tokio::test]
async fn all_children_cost_six_units_each_and_the_readers_card() {
    let world = busy().await;
    let (family, used) = cost(&world, "/api/diary").await;
    assert_eq!(family.json()["children"].as_array().map(Vec::len), Some(1));
    assert!(used.calls == 5 && used.units <= 6.5, "{used:?}");
}

#[tokio::test]
async fn i_have_read_costs_the_card_and_a_write_and_who_has_read_one_unit() {
    let world = busy().await;
    let path = format!("/diary/{}/read", world.child(0));
    let read = Call::new("POST", &path)
        .session(&world.sessions, &world.school.parent_actor())
        .form("week=2026-11-16");
    let (answer, used) = store::metered(read.send(&world.service)).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    assert!(used.calls == 2 && used.units <= 2.5, "{used:?}");
    let (_, used) = cost(&world, "/api/diary/{child}/weeks/2026-11-23/readers").await;
    assert!(used.calls == 2 && used.units <= 1.0, "{used:?}");
}

#[tokio::test]
async fn a_subject_of_forty_lessons_costs_four_and_a_half_units() {
    let world = busy().await;
    testkit::fill_journal(&world.school, &world.journals, 40).await;
    let class = rosters::Membership::key_of(
        world.school.pupils[0],
        world.school.class,
        model::GroupKind::Class,
        rosters::MemberRole::Pupil,
    );
    let algebra = rosters::LearnsIn {
        group: world.school.algebra,
        from: None,
        until: None,
    };
    let learns = store::Write::update_if(class, "SET #learns = :learns", "attribute_exists(pk)")
        .name("#learns", "learns")
        .typed_value(":learns", &[algebra])
        .expect("a value");
    world.registry.write(vec![learns]).await.expect("written");
    let path = format!("/api/diary/{}/marks/{}", world.child(0), world.school.algebra);
    let (subject, used) = cost(&world, &path).await;
    assert_eq!(subject.json()["lessons"].as_array().map(Vec::len), Some(40));
    assert!(used.calls == 3 && used.units <= 4.5, "{used:?}");
}

#[tokio::test]
async fn the_marks_of_a_period_with_the_results_of_the_year_cost_three_calls_and_two_units() {
    let world = busy().await;
    let (_, used) = cost(&world, "/api/diary/{child}/marks").await;
    assert!(used.calls == 3 && used.units <= 2.0, "{used:?}");
    // Its page also asks of which kind the institution is, in parallel.
    let page = format!("/diary/{}/marks", world.child(0));
    let (_, used) = store::metered(world.page("head", &page)).await;
    assert!(used.calls == 4 && used.units <= 2.5, "{used:?}");
}
