//! What is new since the reader last looked.

use gradebook::CellMark;
use jiff::civil::date;
use model::{LessonKey, Publication, Week, Weight, WorkKind};
use serde_json::{Value, json};
use testkit::Call;
use timetables::{Concerned, DatedLesson, LessonChange, Owner, Timetables, WeekChanges};

use crate::world::{LESSON, World, mark};

const EARLIER: LessonKey = LessonKey {
    date: date(2026, 11, 16),
    number: 2,
};

fn path(world: &World) -> String {
    format!("/diary/{}/news", world.child(0))
}

fn api(world: &World) -> String {
    format!("/api{}", path(world))
}

/// Kind, novelty and lesson of each thing.
fn told(answer: &Value) -> Vec<(String, String, String)> {
    let text = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    let news = answer["news"].as_array().cloned().unwrap_or_default();
    news.iter()
        .map(|item| (text(item, "kind"), text(item, "novelty"), text(item, "lesson")))
        .collect()
}

fn one(kind: &str, novelty: &str, lesson: LessonKey) -> (String, String, String) {
    (kind.to_owned(), novelty.to_owned(), lesson.to_string())
}

fn answer(grade: u8) -> CellMark {
    mark(grade, WorkKind::Answer, Weight::ONE)
}

#[tokio::test]
async fn after_the_first_look_only_what_came_since_is_new() {
    let world = World::new().await;
    let first = world.page("parent", &path(&world)).await;
    assert_eq!(first.status.as_u16(), 200);
    assert!(
        first.text.contains("появится после этого просмотра"),
        "{}",
        first.text
    );
    let evening = world.later("2026-11-23T15:00:00Z");
    assert_eq!(told(&evening.api("parent", &api(&world)).await.json()), []);

    world.set_cell(0, EARLIER, 1, vec![answer(4)]).await;
    world.set_cell(0, LESSON, 2, vec![answer(4)]).await;
    world.set_homework("№ 5 и 6", false).await;
    let news = evening.api("parent", &api(&world)).await.json();
    assert_eq!(
        told(&news),
        [
            one("mark", "changed", LESSON),
            one("homework", "changed", LESSON),
            one("mark", "new", EARLIER)
        ]
    );
    assert_eq!(news["since"], "2026-11-23T06:40:00Z");
    let page = evening.page("parent", &path(&world)).await;
    for expected in [
        "С прошлого просмотра: 23.11, 09:40",
        "изменено",
        "новое",
        "№ 5 и 6",
        "пн\u{a0}16.11",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    // The look was a visit: within it a reload shows the same, after it nothing is new.
    let reload = world
        .later("2026-11-23T15:10:00Z")
        .page("parent", &path(&world))
        .await;
    assert!(reload.text.contains("№ 5 и 6"), "{}", reload.text);
    let next_day = world
        .later("2026-11-24T15:00:00Z")
        .page("parent", &path(&world))
        .await;
    assert!(next_day.text.contains("ничего нового"), "{}", next_day.text);
}

#[tokio::test]
async fn each_reader_has_news_of_their_own() {
    let world = World::new().await;
    world.page("parent", &path(&world)).await;
    world.page("pupil", &path(&world)).await;
    world.set_cell(0, EARLIER, 1, vec![answer(4)]).await;
    let evening = world.later("2026-11-23T15:00:00Z");
    assert_eq!(
        evening.put("parent", &api(&world)).await.json()["news"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(told(&evening.api("parent", &api(&world)).await.json()), []);
    assert_eq!(
        told(&evening.api("pupil", &api(&world)).await.json()),
        [one("mark", "new", EARLIER)]
    );
}

#[tokio::test]
async fn the_week_says_that_something_is_new_until_the_reader_looks() {
    let world = World::new().await;
    let week = format!("/diary/{}", world.child(0));
    world.page("parent", &path(&world)).await;
    let badge = "<span class=\"badge\">есть</span>";
    let evening = world.later("2026-11-23T15:00:00Z");
    assert!(!evening.page("parent", &week).await.text.contains(badge));
    world.set_cell(0, EARLIER, 1, vec![answer(4)]).await;
    assert!(evening.page("parent", &week).await.text.contains(badge));
    evening.page("parent", &path(&world)).await;
    assert!(!evening.page("parent", &week).await.text.contains(badge));
}

#[tokio::test]
async fn a_mark_that_is_not_published_is_not_told_and_is_new_on_its_day() {
    let world = World::new().await;
    world.page("parent", &path(&world)).await;
    world.page("pupil", &path(&world)).await;
    let publication = Publication {
        pupils_from: Some(date(2026, 11, 24)),
        parents_from: Some(date(2026, 11, 26)),
    };
    let hidden = CellMark {
        publication,
        ..answer(2)
    };
    world.set_cell(0, EARLIER, 1, vec![hidden]).await;
    for (now, parent, pupil) in [
        ("2026-11-23T15:00:00Z", false, false),
        ("2026-11-24T15:00:00Z", false, true),
        ("2026-11-26T15:00:00Z", true, true),
    ] {
        let later = world.later(now);
        let week = format!("/diary/{}", world.child(0));
        for (actor, expected) in [("parent", parent), ("pupil", pupil)] {
            let news = later.api(actor, &api(&world)).await;
            let wanted = if expected {
                vec![one("mark", "new", EARLIER)]
            } else {
                vec![]
            };
            assert_eq!(told(&news.json()), wanted, "{actor} {now}");
            let badge = later
                .page(actor, &week)
                .await
                .text
                .contains("<span class=\"badge\">есть</span>");
            assert_eq!(badge, expected, "{actor} {now}");
        }
    }
}

#[tokio::test]
async fn a_mark_that_was_taken_back_is_told_once() {
    let world = World::new().await;
    world.page("parent", &path(&world)).await;
    world.set_cell(0, LESSON, 2, vec![]).await;
    let evening = world.later("2026-11-23T15:00:00Z");
    let page = evening.page("parent", &path(&world)).await;
    assert!(
        page.text.contains("снято") && page.text.contains("отметки больше нет"),
        "{}",
        page.text
    );
    let next = world
        .later("2026-11-24T15:00:00Z")
        .api("parent", &api(&world))
        .await;
    assert_eq!(next.json()["news"], json!([]));
}

/// Algebra of the Monday after is cancelled.
async fn cancel_next_algebra(world: &World) {
    let owner = Owner::Class(world.school.class);
    let published = Timetables::new(world.schedules.clone()).week(owner).await;
    let published = published.expect("read").expect("a week");
    let monday = date(2026, 11, 30);
    let change = LessonChange {
        before: Some(DatedLesson::of(monday, &published.slots[0])),
        after: None,
        note: "курсы".to_owned(),
        by: world.school.history_teacher,
        at: testkit::moment("2026-11-23T12:00:00Z"),
    };
    let write = WeekChanges::put(Concerned::Week(owner), Week::of(monday), &change, 0).expect("a write");
    world.schedules.write(vec![write]).await.expect("written");
}

#[tokio::test]
async fn a_substitution_is_new_from_its_publication_on() {
    let world = World::new().await;
    world.page("parent", &path(&world)).await;
    cancel_next_algebra(&world).await;
    let evening = world.later("2026-11-23T15:00:00Z");
    let page = evening.page("parent", &path(&world)).await;
    for expected in [
        "Изменения в расписании",
        "Алгебра",
        "пн\u{a0}30.11",
        "2-й урок, отменён, курсы",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    let news = world
        .later("2026-11-23T15:05:00Z")
        .api("pupil", &api(&world))
        .await
        .json();
    assert_eq!(news["is_first"], true, "the pupil has not looked yet");
}

#[tokio::test]
async fn a_page_that_the_browser_fetched_in_advance_is_no_look() {
    let world = World::new().await;
    let prefetch = Call::get(&path(&world))
        .session(&world.sessions, &world.school.actor("parent"))
        .header("sec-purpose", "prefetch;prerender");
    assert_eq!(prefetch.send(&world.service).await.status.as_u16(), 200);
    assert_eq!(world.api("parent", &api(&world)).await.json()["is_first"], true);
}

#[tokio::test]
async fn the_news_are_the_familys() {
    let world = World::new().await;
    for (actor, status) in [("head", 403), ("classmate", 404), ("teacher", 404)] {
        assert_eq!(
            world.page(actor, &path(&world)).await.status.as_u16(),
            status,
            "{actor}"
        );
    }
    let week = world.page("head", &format!("/diary/{}", world.child(0))).await;
    assert!(!week.text.contains("/news"), "nor are they offered to others");
}
