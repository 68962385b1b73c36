//! Who of a class is there on a day.

use std::collections::BTreeSet;

use model::{Actor, GroupId, PersonName};
use rosters::MemberRole;
use serde_json::{Value, json};
use store::metered;
use testkit::{Answer, BusyClass, Call, PERIOD, School, fill_journal, put};

use crate::world::{LESSON, World};

fn register(world: &World) -> String {
    format!("/api/journals/classes/{}/register", world.school.class)
}

/// Opens the third lesson, history, and says of pupils how they were there.
async fn hold_history(world: &World, entries: &[(usize, &str)]) {
    let teacher = world.school.actor("teacher of another subject");
    let lesson = format!(
        "/api/journals/{}/{PERIOD}/lessons/2026-11-23-03",
        world.school.history
    );
    let opened = world
        .put(&teacher, &lesson, 0, &json!({ "topic": "Пётр I" }))
        .await;
    assert_eq!(opened.status.as_u16(), 201, "{}", opened.text);
    for (pupil, entry) in entries {
        let cell = format!("{lesson}/cells/{}", world.school.pupils[*pupil]);
        let set = world
            .put(&teacher, &cell, 0, &json!({ "work": 1, "entry": entry }))
            .await;
        assert_eq!(set.status.as_u16(), 200, "{}", set.text);
    }
}

async fn tell(world: &World) -> Answer {
    let path = format!("/api/journals/notices/{}", world.school.pupils[0]);
    Call::new("POST", &path)
        .bearer(&world.sessions, &world.school.parent_actor())
        .json(&json!({ "from": "2026-11-23", "reason": "illness" }))
        .send(&world.service)
        .await
}

async fn appoint(world: &World) -> Actor {
    let school = &world.school;
    let name = PersonName::parse("Лебедев", "Пётр", Some("Ильич")).expect("a name");
    let class = school.membership(school.history_teacher, &name, school.class, MemberRole::Teacher);
    put(&world.registry, class).await;
    school.actor("teacher of another subject")
}

fn days(register: &Value) -> Vec<(String, bool)> {
    let pupils = register["pupils"].as_array().expect("pupils").iter();
    pupils
        .map(|pupil| {
            (
                pupil["day"].as_str().unwrap_or_default().to_owned(),
                pupil["is_whole_day"] == true,
            )
        })
        .collect()
}

#[tokio::test]
async fn a_class_is_seen_lesson_by_lesson_with_what_was_told() {
    let world = World::new(4).await;
    let head = world.school.actor("head");
    assert_eq!(tell(&world).await.status.as_u16(), 201);
    let before = world.get(&head, &register(&world)).await.json();
    assert_eq!(
        before["lessons"].as_array().map(Vec::len),
        Some(2),
        "of the timetable, not opened: {before}"
    );
    assert_eq!(
        before["pupils"][0]["lessons"],
        json!(["not_opened", "not_opened"])
    );
    assert_eq!(before["pupils"][0]["reason"], "ill", "as told");
    assert_eq!(before["totals"]["unknown"], 3);
    world.open(LESSON).await;
    world.set(0, 0, "б").await;
    world.set(1, 0, "н").await;
    world.set(2, 0, "н").await;
    world.set(3, 0, "о").await;
    let first = world.get(&head, &register(&world)).await.json();
    assert_eq!(
        days(&first)[..2],
        [("absent".to_owned(), false), ("absent".to_owned(), false)],
        "history is still to come"
    );
    hold_history(&world, &[(0, "б"), (1, "н")]).await;
    let whole = world.get(&head, &register(&world)).await.json();
    let expected = [
        ("absent", true),
        ("absent", true),
        ("partly", false),
        ("present", false),
    ];
    assert_eq!(
        days(&whole),
        expected.map(|(day, whole)| (day.to_owned(), whole)),
        "{whole}"
    );
    let totals = &whole["totals"];
    assert_eq!(
        (
            &totals["absent"],
            &totals["whole_day"],
            &totals["untold"],
            &totals["late"]
        ),
        (&json!(2), &json!(2), &json!(1), &json!(1))
    );
    assert_eq!(
        totals["reasons"],
        json!([{ "reason": "absent", "count": 1 }, { "reason": "ill", "count": 1 }])
    );
    assert_eq!(whole["pupils"][0]["notice"]["id"], "2026-1");
    assert_eq!(whole["lessons"][1]["subject"], "История");
}

#[tokio::test]
async fn the_page_names_who_is_absent_and_leads_to_writing_down_a_notice() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    world.set(1, 0, "н").await;
    tell(&world).await;
    appoint(&world).await;
    let path = format!("/journals/classes/{}/register", world.school.class);
    let page = world.page("teacher of another subject", &path).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(
        page.text.contains("Семья сообщила: болеет") && page.text.contains("Сообщения нет."),
        "{}",
        page.text
    );
    let write = |day: &str| {
        format!(
            "/journals/notices/{}?institution={}&#38;date={day}",
            world.school.pupils[1], world.school.institution
        )
    };
    assert!(page.text.contains(&write("2026-11-23")), "{}", page.text);
    assert!(
        !page.text.contains("/lessons/"),
        "a class teacher opens only the own journals"
    );
    let page = world.page("head", &path).await;
    assert!(page.text.contains(&format!("/lessons/{LESSON}")), "{}", page.text);
    let empty = world.page("head", &format!("{path}?date=2026-11-24")).await;
    assert!(empty.text.contains("В этот день уроков нет"), "{}", empty.text);
    let list = world.page("teacher of another subject", "/journals").await;
    assert!(list.text.contains(&format!("href=\"{path}\"")), "{}", list.text);
    for (date, status) in [("2026-02-30", 422), ("9999-12-31", 422), ("2020-01-01", 200)] {
        let answer = world.page("head", &format!("{path}?date={date}")).await;
        assert_eq!(answer.status.as_u16(), status, "{date}");
    }
}

#[tokio::test]
async fn the_register_is_for_the_class_teacher_and_who_leads_the_school() {
    let world = World::new(3).await;
    let status = |actor: Actor| {
        let world = &world;
        async move { world.get(&actor, &register(world)).await.status.as_u16() }
    };
    assert_eq!(
        status(world.school.actor("teacher of another subject")).await,
        404
    );
    appoint(&world).await;
    for (name, actor) in world.school.actors() {
        let is_theirs = ["teacher of another subject", "head", "deputy head"].contains(&name);
        assert_eq!(status(actor).await, if is_theirs { 200 } else { 404 }, "{name}");
    }
    let group = format!("/api/journals/classes/{}/register", world.school.algebra);
    let answer = world.get(&world.school.actor("head"), &group).await;
    assert_eq!(answer.status.as_u16(), 404, "a teaching group is no class");
}

#[tokio::test]
async fn a_day_costs_the_class_its_week_and_the_rows_of_the_journals_of_that_day_alone() {
    let world = World::new(27).await;
    BusyClass::of(&world.school)
        .write(&world.registry, &world.schedules, &world.journals)
        .await;
    let head = world.school.actor("head");
    let day = format!("{}?date=2026-11-28", register(&world));
    let (answer, used) = metered(world.get(&head, &day)).await;
    assert_eq!(answer.json()["lessons"], json!([]), "no lessons on a Saturday");
    assert!(used.calls == 3 && used.units <= 9.0, "{used:?}");
    let monday = world.get(&head, &register(&world)).await.json();
    let lessons = monday["lessons"].as_array().expect("lessons").clone();
    let journals: BTreeSet<GroupId> = lessons
        .iter()
        .flat_map(|lesson| lesson["journals"].as_array().expect("journals"))
        .map(|journal| journal.as_str().expect("an id").parse().expect("an id"))
        .collect();
    assert_eq!(journals.len(), 7);
    // Every pupil has a cell at each of twelve lessons of each journal; of one of them there are rows already.
    let others: Vec<_> = world.school.pupils[1..].to_vec();
    for journal in &journals {
        let journal = School {
            algebra: *journal,
            pupils: others.clone(),
            ..world.school.clone()
        };
        fill_journal(&journal, &world.journals, 12).await;
    }
    let (answer, used) = metered(world.get(&head, &register(&world))).await;
    assert_eq!(answer.json()["pupils"].as_array().map(Vec::len), Some(27));
    assert!(used.calls == 10 && used.units <= 30.0, "{used:?}");
}
