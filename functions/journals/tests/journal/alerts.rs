//! Unusual changes: who is told of them, and what it costs.

use serde_json::{Value, json};
use store::metered;
use testkit::{Answer, Call};

use crate::world::{LESSON, World};

const REASON: &str = "%D0%91%D0%BE%D0%BB%D0%B5%D0%B7%D0%BD%D1%8C";

fn path(world: &World) -> String {
    format!("/api/journals/alerts/{}", world.school.institution)
}

async fn told(world: &World) -> Value {
    let deputy = world.school.actor("deputy head");
    let answer = world.get(&deputy, &path(world)).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    answer.json()
}

/// What the page says beside a change that many others came with.
const STANDS_FOR_A_SERIES: &str = "О серии исправлений сообщает одно из них.";

async fn alerts_page(world: &World) -> String {
    let path = format!("/journals/alerts/{}", world.school.institution);
    world.page("deputy head", &path).await.text
}

async fn see(world: &World, actor: &str, alert: &str, changes: usize) -> Answer {
    let actor = world.school.actor(actor);
    Call::new("POST", &format!("{}/{alert}", path(world)))
        .bearer(&world.sessions, &actor)
        .json(&json!({ "changes": changes }))
        .send(&world.service)
        .await
}

/// The period is locked and opened again.
async fn reopened(world: &World) {
    let base = world.journal();
    let head = world.school.actor("head");
    world.form(&head, &format!("{base}/lock"), "").await;
    let body = format!("reason={REASON}&until=2026-11-24T18:00");
    let opened = world.form(&head, &format!("{base}/reopen"), &body).await;
    assert_eq!(opened.status.as_u16(), 303, "{}", opened.text);
}

async fn set_reopened(world: &World, pupil: usize, version: u64, entry: &str) {
    let body = json!({ "work": 1, "entry": entry, "reason": "Ошибка в клетке" });
    let teacher = world.school.teacher_actor();
    let set = world
        .put_fresh(&teacher, &world.cell(LESSON, pupil), version, &body)
        .await;
    assert_eq!(set.status.as_u16(), 200, "{}", set.text);
}

#[tokio::test]
async fn a_change_in_a_locked_period_is_told_until_somebody_has_seen_it() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    world.set(0, 0, "3").await;
    assert_eq!(
        told(&world).await,
        json!({ "new": 0, "alerts": [] }),
        "an ordinary mark"
    );
    reopened(&world).await;
    set_reopened(&world, 0, 1, "5").await;
    let list = told(&world).await;
    let alert = &list["alerts"][0];
    assert_eq!(
        (&list["new"], &alert["kind"], &alert["subject"], &alert["title"]),
        (&json!(1), &json!("locked"), &json!("Алгебра"), &json!("7А"))
    );
    let change = &alert["changes"][0];
    assert_eq!((&change["before"], &change["after"]), (&json!("3"), &json!("5")));
    assert_eq!(
        (&change["lesson"], &change["reason"]),
        (&json!(LESSON), &json!("Ошибка в клетке"))
    );
    let id = alert["id"].as_str().expect("an id").to_owned();
    assert_eq!(see(&world, "deputy head", &id, 1).await.status.as_u16(), 204);
    let list = told(&world).await;
    assert_eq!(
        (&list["new"], &list["alerts"][0]["seen"]["changes"]),
        (&json!(0), &json!(1))
    );
    // A further change of the day is new again; who saw fewer takes nothing back.
    set_reopened(&world, 1, 0, "5").await;
    assert_eq!(told(&world).await["new"], 1);
    assert_eq!(see(&world, "head", &id, 2).await.status.as_u16(), 204);
    assert_eq!(see(&world, "deputy head", &id, 1).await.status.as_u16(), 204);
    let list = told(&world).await;
    let seen = &list["alerts"][0]["seen"];
    assert_eq!((&list["new"], &seen["changes"]), (&json!(0), &json!(2)));
    assert_eq!(seen["by"], json!(world.school.actor("head").person));
    for (wrong, status) in [
        (id.as_str(), 422),
        ("2026-11-23.late.x.y", 404),
        (&id.replace("locked", "late"), 404),
    ] {
        assert_eq!(
            see(&world, "head", wrong, 9).await.status.as_u16(),
            status,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn the_result_of_a_locked_period_is_told_too() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    reopened(&world).await;
    let teacher = world.school.teacher_actor();
    let result = format!("{}/results/{}", world.base(), world.school.pupils[0]);
    let body = json!({ "mark": "5", "reason": "Апелляция" });
    let set = world.put_fresh(&teacher, &result, 0, &body).await;
    assert!(set.status.is_success(), "{}", set.text);
    let list = told(&world).await;
    let change = &list["alerts"][0]["changes"][0];
    assert_eq!((&change["before"], &change["after"]), (&json!(""), &json!("5")));
    assert_eq!(change["lesson"], Value::Null);
    let page = alerts_page(&world).await;
    assert!(page.contains("Итог") && page.contains("Апелляция"), "{page}");
    assert!(
        !page.contains(STANDS_FOR_A_SERIES),
        "each change is listed: {page}"
    );
}

#[tokio::test]
async fn fifteen_corrections_in_a_few_minutes_are_told_once() {
    let world = World::new(17).await;
    world.open(LESSON).await;
    for pupil in 0..17 {
        world.set(pupil, 0, "3").await;
    }
    for pupil in 0..14 {
        world.set(pupil, 1, "5").await;
    }
    assert_eq!(
        told(&world).await["new"],
        0,
        "fourteen are a work looked through once more"
    );
    for pupil in 14..17 {
        world.set(pupil, 1, "5").await;
    }
    let list = told(&world).await;
    assert_eq!(list["alerts"].as_array().map(Vec::len), Some(1));
    let alert = &list["alerts"][0];
    assert_eq!(
        (&alert["kind"], alert["changes"].as_array().map(Vec::len)),
        (&json!("many"), Some(1))
    );
    let page = alerts_page(&world).await;
    assert!(page.contains(STANDS_FOR_A_SERIES), "{page}");
}

#[tokio::test]
async fn a_mark_entered_long_after_its_lesson_is_told() {
    let world = World::new(3).await;
    let base = format!("/api/journals/{}/2026-q1", world.school.algebra);
    let teacher = world.school.teacher_actor();
    let lesson = format!("{base}/lessons/2026-10-19-02");
    let opened = world
        .put(&teacher, &lesson, 0, &json!({ "topic": "Дроби" }))
        .await;
    assert_eq!(opened.status.as_u16(), 201, "{}", opened.text);
    let cell = format!("{lesson}/cells/{}", world.school.pupils[0]);
    let body = json!({ "work": 1, "entry": "5" });
    let set = world.put(&teacher, &cell, 0, &body).await;
    assert_eq!(set.status.as_u16(), 200, "{}", set.text);
    assert_eq!(told(&world).await["alerts"][0]["kind"], "late");
}

#[tokio::test]
async fn the_page_lists_them_and_its_button_needs_no_script() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    reopened(&world).await;
    set_reopened(&world, 0, 0, "5").await;
    let path = format!("/journals/alerts/{}", world.school.institution);
    let page = world.page("deputy head", &path).await;
    for expected in [
        "Необычные изменения: 1",
        "Изменения в закрытом периоде, который открывали",
        "Алгебра, 7А",
        "1 изменение",
        "Соколова",
        "пн\u{a0}23.11, 2-й урок",
        "пусто",
        "Просмотрено",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    let action = page
        .text
        .split("action=\"")
        .find(|rest| rest.starts_with(&path))
        .expect("a form");
    let action = action.split('"').next().expect("an address").to_owned();
    let seen = world
        .form(&world.school.actor("deputy head"), &action, "changes=1")
        .await;
    assert_eq!(
        (seen.status.as_u16(), seen.location()),
        (303, format!("{path}?saved=1").as_str())
    );
    let page = world.page("head", &path).await;
    assert!(
        page.text.contains("Просмотрено 1 изменение:")
            && !page.text.contains("<button class=\"second\" aria-label"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn nobody_but_who_leads_the_institution_is_told() {
    let world = World::new(3).await;
    for (name, actor) in world.school.actors() {
        let expected = if ["deputy head", "head"].contains(&name) {
            200
        } else {
            404
        };
        assert_eq!(
            world.get(&actor, &path(&world)).await.status.as_u16(),
            expected,
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_mark_that_is_told_of_is_still_one_transaction_of_four_and_the_list_one_query() {
    let world = World::new(27).await;
    testkit::fill_journal(&world.school, &world.journals, 11).await;
    world.open(LESSON).await;
    reopened(&world).await;
    let body = json!({ "work": 1, "entry": "5", "reason": "Ошибка в клетке" });
    let teacher = world.school.teacher_actor();
    let cell = world.cell(LESSON, 0);
    let (set, used) = metered(world.put_fresh(&teacher, &cell, 0, &body)).await;
    assert_eq!(set.status.as_u16(), 200, "{}", set.text);
    assert!(used.calls == 5 && used.units <= 17.0, "{used:?}");
    for pupil in 1..20 {
        set_reopened(&world, pupil, 0, "5").await;
    }
    let gradebook = gradebook::Gradebook::new(world.journals.clone());
    let day = jiff::civil::date(2026, 11, 23);
    let query = gradebook.unusual_changes(world.school.institution, (day, day));
    let (found, used) = metered(query).await;
    assert_eq!(found.expect("read")[0].changes.len(), 20);
    assert!(used.calls == 1 && used.units <= 2.5, "{used:?}");
    let deputy = world.school.actor("deputy head");
    let (list, used) = metered(world.get(&deputy, &path(&world))).await;
    assert!(used.calls == 4 && used.units <= 14.0, "{used:?}");
    let id = list.json()["alerts"][0]["id"].as_str().expect("an id").to_owned();
    let (_, used) = metered(see(&world, "deputy head", &id, 20)).await;
    assert!(used.calls == 3 && used.units <= 6.0, "{used:?}");
}
