//! Timetables made by a job: asked for, watched, stopped, taken over, written.

mod dying;
mod large;
mod refused;

use jiff::civil::date;
use model::Weekday;
use serde_json::{Value, json};
use testkit::Answer;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use crate::{
    queued::{deliver, jobs, queues, sent},
    school::{group, running::Running},
    world::{class, deputy, draft, edit, form, lesson, post, start},
};

/// The small school with the queue of its jobs.
async fn school() -> (Running, MockServer) {
    with_queue(start().await).await
}

pub(super) async fn with_queue(running: Running) -> (Running, MockServer) {
    let storage = MockServer::start().await;
    let answered = ResponseTemplate::new(200).set_body_json(json!({ "MessageId": "1" }));
    Mock::given(any()).respond_with(answered).mount(&storage).await;
    let running = running.with_queue(queues(&storage));
    (running, storage)
}

pub(super) async fn revision(running: &Running, draft: &str) -> Value {
    let path = format!("/api/schedules/drafts/{draft}");
    running.api(&deputy(), &path).await.json()["revision"].clone()
}

/// Asks for a timetable of a draft as it stands.
pub(super) async fn ask(running: &Running, draft: &str, mode: &str) -> Answer {
    let body = json!({ "revision": revision(running, draft).await, "mode": mode, "seed": 7, "minutes": 1 });
    post(
        running,
        &deputy(),
        &format!("/api/schedules/drafts/{draft}/generation"),
        &body,
    )
    .await
}

pub(super) async fn state(running: &Running, draft: &str) -> Value {
    let path = format!("/api/schedules/drafts/{draft}/generation");
    let answer = running.api(&deputy(), &path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

async fn stop(running: &Running, draft: &str, how: &str) -> Value {
    let path = format!("/api/schedules/drafts/{draft}/generation/stop");
    let answer = post(running, &deputy(), &path, &json!({ "how": how })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let cost = running.last_cost();
    // A worker may tell of itself in between; then the run is read and written once more.
    assert!(cost.calls <= 7 && cost.units <= 10.0, "{cost:?}");
    answer.json()
}

/// A draft with five hours of algebra, two of English in both subgroups, and one of reading.
async fn with_hours(running: &Running) -> String {
    let id = draft(running, "empty", "2026-11-30").await;
    for (of, hours) in [
        (
            "7a",
            format!(
                "hours-{}=5&hours-{}=2&hours-{}=2&rooms-{0}=214,+215",
                group("7a-alg"),
                group("7a-eng1"),
                group("7a-eng2")
            ),
        ),
        ("1a", format!("hours-{}=1", group("1a-read"))),
    ] {
        let body = format!("view=class%3D{}&{hours}", group(of));
        let answer = form(
            running,
            &deputy(),
            &format!("/schedules/drafts/{id}/hours"),
            &body,
        )
        .await;
        assert_eq!(answer.status, 303, "{}", answer.text);
    }
    id
}

fn message(draft: &str) -> String {
    format!("{{\"generate\":\"{draft}\"}}")
}

fn placed(class: &Value) -> usize {
    class["lessons"].as_array().expect("lessons").len()
}

/// Waits until a worker has told something.
async fn begun(running: &Running, draft: &str) {
    for _ in 0..100 {
        if state(running, draft).await["run"]["lessons"].as_u64() > Some(0) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no worker has begun");
}

#[tokio::test]
async fn hours_become_a_timetable_in_the_draft_itself_once_however_often_the_message_comes() {
    let (running, storage) = school().await;
    let id = with_hours(&running).await;
    let asked = ask(&running, &id, "anew").await;
    assert_eq!(
        (asked.status.as_u16(), asked.json()["state"].as_str()),
        (200, Some("queued")),
        "{}",
        asked.text
    );
    assert_eq!(asked.json()["run"]["seed"], 7);
    let again = ask(&running, &id, "anew").await;
    assert_eq!(
        (again.status.as_u16(), again.json()["code"].as_str()),
        (409, Some("generation_under_way"))
    );
    assert_eq!(sent(&storage).await, [message(&id)]);

    let worker = jobs(&running).with_steps_per_lesson(500);
    let body = message(&id);
    let both = tokio::join!(deliver(&worker, &body), deliver(&worker, &body));
    assert_eq!(both, (0, 0));
    let done = state(&running, &id).await;
    assert_eq!(done["state"], "done", "{done}");
    let run = &done["run"];
    assert_eq!(
        (run["placed"].as_u64(), run["lessons"].as_u64()),
        (Some(10), Some(10)),
        "{done}"
    );
    assert_eq!(
        run["into"].as_str(),
        Some(id.as_str()),
        "it fits into one transaction"
    );
    assert!(
        done["text"]
            .as_str()
            .is_some_and(|text| text.contains("Расставлены все уроки")),
        "{done}"
    );
    let seventh = class(&running, &id, "7a").await;
    assert_eq!(placed(&seventh), 9);
    let in_rooms = seventh["lessons"].as_array().expect("lessons").iter();
    let in_rooms = in_rooms.filter(|lesson| lesson["group"] == json!(group("7a-alg")));
    assert!(
        in_rooms
            .clone()
            .all(|lesson| ["214", "215"].contains(&lesson["room"].as_str().unwrap_or("")))
    );
    assert_eq!(in_rooms.count(), 5);

    let before = revision(&running, &id).await;
    assert_eq!(deliver(&worker, &message(&id)).await, 0);
    assert_eq!(
        revision(&running, &id).await,
        before,
        "what is done is not done again"
    );
    let preview = running
        .page(&deputy(), &format!("/schedules/drafts/{id}/publication"))
        .await
        .text;
    assert!(!preview.contains("conflicts-title"), "{preview}");
}

#[tokio::test]
async fn what_was_pinned_stays_and_what_stands_stays_if_only_the_missing_lessons_are_wanted() {
    let (running, _storage) = school().await;
    let id = with_hours(&running).await;
    let mut pinned = lesson("7a-alg", 3, 1, "");
    pinned["pinned"] = json!(true);
    for one in [&pinned, &lesson("7a-eng1", 5, 1, "9")] {
        let answer = edit(&running, &id, &json!(null), one).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    let worker = jobs(&running).with_steps_per_lesson(300);
    let stands = |week: &Value, of: &str, day: u8| {
        let lessons = week["lessons"].as_array().expect("lessons");
        lessons.iter().any(|lesson| {
            lesson["group"] == json!(group(of)) && lesson["day"] == day && lesson["number"] == 1
        })
    };
    assert_eq!(ask(&running, &id, "complete").await.status, 200);
    assert_eq!(deliver(&worker, &message(&id)).await, 0);
    let week = class(&running, &id, "7a").await;
    assert!(
        stands(&week, "7a-alg", 3) && stands(&week, "7a-eng1", 5),
        "{week}"
    );
    for seed_like in ["anew", "repair"] {
        assert_eq!(ask(&running, &id, seed_like).await.status, 200);
        assert_eq!(deliver(&worker, &message(&id)).await, 0);
        let week = class(&running, &id, "7a").await;
        assert!(stands(&week, "7a-alg", 3), "{seed_like}: {week}");
        assert_eq!(placed(&week), 9);
    }
}

#[tokio::test]
async fn a_lesson_without_a_place_is_listed_with_its_reason_and_a_way_to_the_class() {
    let (running, _storage) = school().await;
    let id = with_hours(&running).await;
    let view = format!("view=class%3D{}", group("1a"));
    let body = format!("{view}&hours-{}=40", group("1a-read"));
    let answer = form(
        &running,
        &deputy(),
        &format!("/schedules/drafts/{id}/hours"),
        &body,
    )
    .await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(ask(&running, &id, "anew").await.status, 200);
    assert_eq!(
        deliver(&jobs(&running).with_steps_per_lesson(200), &message(&id)).await,
        0
    );
    let done = state(&running, &id).await;
    let unplaced = done["run"]["unplaced"].as_array().expect("a list");
    assert_eq!(unplaced.len(), 1, "{done}");
    assert_eq!(unplaced[0]["class"], json!(group("1a")));
    let reasons = unplaced[0]["reasons"].as_array().expect("reasons");
    assert!(
        reasons.iter().any(|reason| reason["code"] == "class_overloaded"),
        "{done}"
    );
    let cost = running.last_cost();
    assert!(cost.calls <= 3 && cost.units <= 16.0, "{cost:?}");
    let page = running
        .page(&deputy(), &format!("/schedules/drafts/{id}/generation"))
        .await
        .text;
    for part in [
        "Без места",
        "Чтение, 1А",
        "40 уроков",
        &format!("?class={}", group("1a")),
    ] {
        assert!(page.replace('\u{a0}', " ").contains(part), "{part}: {page}");
    }
    assert!(!page.contains("http-equiv=\"refresh\""));
}

#[tokio::test]
async fn a_draft_that_is_edited_during_the_search_stays_and_the_timetable_is_a_new_draft() {
    let (running, _storage) = school().await;
    let id = with_hours(&running).await;
    assert_eq!(ask(&running, &id, "anew").await.status, 200);
    // A search that does not end by itself within the test.
    let (worker, body) = (
        jobs(&running).with_steps_per_lesson(u64::MAX / 1000),
        message(&id),
    );
    let watch = async {
        begun(&running, &id).await;
        let page = running
            .page(&deputy(), &format!("/schedules/drafts/{id}/generation"))
            .await
            .text;
        for part in [
            "http-equiv=\"refresh\"",
            "<progress",
            "generation.js",
            "role=\"status\"",
            "Отменить",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(
            !page.contains("name=\"mode\""),
            "no second search beside the first"
        );
        let put = edit(&running, &id, &json!(null), &lesson("7a-alg", 1, 1, "")).await;
        assert_eq!(put.status, 200, "{}", put.text);
        stop(&running, &id, "finish").await
    };
    let (failed, _) = tokio::join!(deliver(&worker, &body), watch);
    assert_eq!(failed, 0);
    let done = state(&running, &id).await;
    assert_eq!(done["state"], "done", "{done}");
    let into = done["run"]["into"].as_str().expect("a draft").to_owned();
    assert_ne!(into, id);
    assert_eq!(
        placed(&class(&running, &id, "7a").await),
        1,
        "the edited draft has what was put into it"
    );
    assert_eq!(placed(&class(&running, &into, "7a").await), 9);
    let made = running
        .api(&deputy(), &format!("/api/schedules/drafts/{into}"))
        .await
        .json();
    assert!(
        made["title"]
            .as_str()
            .is_some_and(|title| title.ends_with("— составлено автоматически")),
        "{made}"
    );
    assert_eq!(
        (made["state"].as_str(), made["from"].as_str()),
        (Some("draft"), Some("2026-11-30"))
    );
    assert_eq!(Weekday::of(date(2026, 11, 30)).number(), 1);
}

#[tokio::test]
async fn a_cancelled_search_changes_nothing_and_another_can_begin() {
    let (running, storage) = school().await;
    let id = with_hours(&running).await;
    assert_eq!(ask(&running, &id, "anew").await.status, 200);
    let (worker, body) = (
        jobs(&running).with_steps_per_lesson(u64::MAX / 1000),
        message(&id),
    );
    let watch = async {
        begun(&running, &id).await;
        stop(&running, &id, "cancel").await
    };
    let (failed, _) = tokio::join!(deliver(&worker, &body), watch);
    assert_eq!(failed, 0);
    assert_eq!(state(&running, &id).await["state"], "cancelled");
    assert_eq!(placed(&class(&running, &id, "7a").await), 0);
    // In the queue it is cancelled at once, and the message that comes then finds nothing to do.
    assert_eq!(ask(&running, &id, "anew").await.status, 200);
    assert_eq!(stop(&running, &id, "cancel").await["state"], "cancelled");
    assert_eq!(deliver(&worker, &body).await, 0);
    assert_eq!(state(&running, &id).await["state"], "cancelled");
    assert_eq!(sent(&storage).await.len(), 2);
}
