//! Locked periods, and those that are open again for a time.

use serde_json::json;
use testkit::Answer;

use crate::world::{LESSON, World};

const REASON: &str = "%D0%91%D0%BE%D0%BB%D0%B5%D0%B7%D0%BD%D1%8C";

fn told(answer: &Answer) -> (u16, String) {
    let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
    (answer.status.as_u16(), code)
}

async fn lock(world: &World) {
    let path = format!("{}/lock", world.journal());
    let locked = world.form(&world.school.actor("deputy head"), &path, "").await;
    assert_eq!(locked.status.as_u16(), 303, "{}", locked.text);
}

async fn reopen(world: &World, until: &str) -> Answer {
    let path = format!("{}/reopen", world.journal());
    let body = format!("reason={REASON}&until={until}");
    world.form(&world.school.actor("head"), &path, &body).await
}

#[tokio::test]
async fn a_locked_period_takes_nothing() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    lock(&world).await;
    let teacher = world.school.teacher_actor();
    let result = format!("{}/results/{}", world.base(), world.school.pupils[0]);
    let work = format!("{}/lessons/{LESSON}/works/1", world.base());
    let lesson = format!("{}/lessons/{LESSON}", world.base());
    let locked = (409, "period_locked".to_owned());
    assert_eq!(told(&world.set(0, 1, "4").await), locked);
    assert_eq!(told(&world.open("2026-11-24-02").await), locked);
    assert_eq!(
        told(&world.put(&teacher, &lesson, 1, &json!({ "topic": "x" })).await),
        locked
    );
    assert_eq!(told(&world.put(&teacher, &work, 1, &json!({})).await), locked);
    assert_eq!(
        told(&world.put(&teacher, &result, 0, &json!({ "mark": "5" })).await),
        locked
    );
    assert_eq!(world.entry(0).await, "5");
    assert_eq!(world.get(&teacher, &world.base()).await.json()["state"], "locked");
    let grid = world.page("teacher", &world.journal()).await.text;
    assert!(
        grid.contains("Период закрыт") && !grid.contains("data-writable"),
        "{grid}"
    );
}

#[tokio::test]
async fn a_reopened_period_takes_a_mark_with_a_reason_and_a_recent_sign_in() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    lock(&world).await;
    assert_eq!(reopen(&world, "2026-11-24T18:00").await.status.as_u16(), 303);
    let teacher = world.school.teacher_actor();
    let cell = world.cell(LESSON, 0);
    assert_eq!(
        told(&world.set(0, 1, "4").await),
        (422, "reason_needed".to_owned())
    );
    let body = json!({ "work": 1, "entry": "4", "reason": "Ошибка в клетке" });
    let stale = world.put(&teacher, &cell, 1, &body).await;
    assert_eq!(told(&stale), (403, "fresh_sign_in_needed".to_owned()));
    assert_eq!(stale.json()["sign_in"], "/identity/sign-in?anew=1");
    let set = world.put_fresh(&teacher, &cell, 1, &body).await;
    assert_eq!(set.status.as_u16(), 200, "{}", set.text);
    let history = world.get(&teacher, &format!("{cell}/history")).await.json();
    assert_eq!(history["changes"][0]["reason"], "Ошибка в клетке");
    let grid = world.page("teacher", &world.journal()).await.text;
    assert!(
        grid.contains("открыт снова до вторник, 24\u{a0}ноября, 18:00") && grid.contains(r#"id="reason""#),
        "{grid}"
    );
    lock(&world).await;
    assert_eq!(
        told(&world.put_fresh(&teacher, &cell, 2, &body).await).1,
        "period_locked"
    );
}

#[tokio::test]
async fn a_page_that_needs_a_recent_sign_in_keeps_what_was_sent() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    lock(&world).await;
    reopen(&world, "2026-11-24T18:00").await;
    let pupil = world.school.pupils[0];
    let path = format!("{}/lessons/{LESSON}/cells", world.journal());
    let body = format!("work=1&entry-{pupil}=5&was-{pupil}=&version-{pupil}=0&reason={REASON}");
    let answer = world.form(&world.school.teacher_actor(), &path, &body).await;
    assert_eq!(answer.status.as_u16(), 403);
    for expected in [
        "Войдите ещё раз",
        "/identity/sign-in?return_to=",
        r#"value="Болезнь""#,
        "Отправить ещё раз",
    ] {
        assert!(answer.text.contains(expected), "{expected} in {}", answer.text);
    }
}

#[tokio::test]
async fn locks_and_reopenings_stay_in_the_history() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    let path = format!("{}/lock", world.journal());
    let early = reopen(&world, "2026-11-24T18:00").await;
    assert_eq!(early.status.as_u16(), 422, "an open period cannot be opened");
    lock(&world).await;
    lock(&world).await;
    assert_eq!(
        reopen(&world, "2026-11-23T12:00").await.status.as_u16(),
        422,
        "a time that is over"
    );
    reopen(&world, "2026-11-24T18:00").await;
    let page = world.page("teacher", &path).await.text;
    assert!(
        page.contains("открыт снова до") && page.contains("Болезнь"),
        "{page}"
    );
    assert_eq!(
        page.matches("<td>закрыт</td>").count(),
        1,
        "locked twice at once is locked once: {page}"
    );
    assert!(
        !page.contains("<form class=\"actions\""),
        "a teacher does not lock"
    );
    let english = testkit::Call::get(&path)
        .session(&world.sessions, &world.school.actor("head"))
        .header("accept-language", "en")
        .send(&world.service)
        .await;
    assert!(english.text.contains("Lock the period") && english.text.contains("opened again until"));
}

#[tokio::test]
async fn a_period_locks_itself_when_the_institution_says_so() {
    let world = World::new(1).await;
    let marking = format!("/api/journals/marking/{}", world.school.institution);
    let body = json!({
        "weighted": true, "threshold": 50, "least_marks": 3, "control": [], "owed_days": 14, "lock_days": 20
    });
    world.put(&world.school.actor("head"), &marking, 0, &body).await;
    // The first quarter ended on 25 October, 29 days ago; the second goes on.
    let path = format!(
        "/api/journals/{}/2026-q1/lessons/2026-10-19-02",
        world.school.algebra
    );
    let teacher = world.school.teacher_actor();
    assert_eq!(
        told(&world.put(&teacher, &path, 0, &json!({})).await).1,
        "period_locked"
    );
    assert_eq!(world.open(LESSON).await.status.as_u16(), 201);
}
