//! Answers to homework: to and fro between pupil and teacher, read by the family.

use model::Actor;
use serde_json::{Value, json};
use store::metered;
use testkit::{Answer, Call, fill_journal};

use crate::world::{LESSON, World};

fn thread(world: &World, lesson: &str, pupil: usize) -> String {
    let pupil = world.school.pupils[pupil];
    format!("{}/lessons/{lesson}/answers/{pupil}", world.journal())
}

fn api(world: &World) -> String {
    format!("/api{}", thread(world, LESSON, 0))
}

async fn say(world: &World, actor: &Actor, seen: u64, text: &str, verdict: &str) -> Answer {
    let body = json!({ "seen": seen, "text": text, "verdict": verdict });
    Call::new("POST", &api(world))
        .bearer(&world.sessions, actor)
        .json(&body)
        .send(&world.service)
        .await
}

async fn set_homework(world: &World, text: &str) -> Answer {
    let path = format!("{}/lessons/{LESSON}", world.base());
    let teacher = world.school.teacher_actor();
    world
        .put(&teacher, &path, 1, &json!({ "topic": "Дроби", "homework": text }))
        .await
}

fn said(answer: &Answer) -> Vec<(String, String)> {
    let entries = answer.json()["entries"].as_array().cloned().unwrap_or_default();
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
    entries
        .iter()
        .map(|entry| (text(entry, "text"), text(entry, "state")))
        .collect()
}

#[tokio::test]
async fn a_work_is_answered_given_back_answered_again_and_accepted() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let (pupil, teacher) = (world.school.pupil_actor(0), world.school.teacher_actor());
    let early = say(&world, &teacher, 0, "", "accepted").await;
    assert_eq!(
        (early.status.as_u16(), &early.json()["code"]),
        (422, &json!("answer_none"))
    );
    assert_eq!(say(&world, &pupil, 0, "x = 2", "").await.status.as_u16(), 200);
    let blank = say(&world, &teacher, 1, "", "to_redo").await;
    assert_eq!(blank.json()["code"], "answer_text", "a return says why");
    say(&world, &teacher, 1, "А второй корень?", "to_redo").await;
    say(&world, &pupil, 2, "x = 2, x = −2", "").await;
    let accepted = say(&world, &teacher, 3, "", "accepted").await;
    let expected = [
        ("x = 2", "sent"),
        ("А второй корень?", "to_redo"),
        ("x = 2, x = −2", "sent"),
        ("", "accepted"),
    ];
    let expected = expected.map(|(text, state)| (text.to_owned(), state.to_owned()));
    assert_eq!(said(&accepted), expected);
    let more = say(&world, &pupil, 4, "и ещё", "").await;
    assert_eq!(more.json()["code"], "answer_accepted");
    let parent = world.get(&world.school.parent_actor(), &api(&world)).await;
    assert_eq!(said(&parent), expected, "the family reads along");
    assert_eq!(parent.json()["entries"][1]["by_name"], "Соколова\u{a0}И.\u{a0}С.");
    let list = format!("{}/lessons/{LESSON}/answers", world.base());
    let list = world.get(&teacher, &list).await.json();
    assert_eq!(list["answers"][0]["state"], "accepted");
}

#[tokio::test]
async fn the_same_sent_twice_stands_once_and_what_was_not_seen_is_not_passed_over() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let (pupil, teacher) = (world.school.pupil_actor(0), world.school.teacher_actor());
    let send = || say(&world, &pupil, 0, "x = 2", "");
    let (first, second) = tokio::join!(send(), send());
    let answers = [first.status.as_u16(), second.status.as_u16()];
    assert_eq!(answers, [200, 200], "{} {}", first.text, second.text);
    let again = send().await;
    assert_eq!((again.status.as_u16(), said(&again).len()), (200, 1));
    let late = say(&world, &teacher, 0, "", "accepted").await;
    assert_eq!(
        (late.status.as_u16(), &late.json()["code"]),
        (409, &json!("answers_changed"))
    );
}

#[tokio::test]
async fn an_answer_is_for_the_pupil_the_family_and_who_may_see_the_journal() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    say(&world, &world.school.pupil_actor(0), 0, "x = 2", "").await;
    for (name, actor) in world.school.actors() {
        let sees = ["teacher", "parent", "pupil", "deputy head", "head"].contains(&name);
        let says = ["teacher", "pupil"].contains(&name);
        let read = world.get(&actor, &api(&world)).await.status.as_u16();
        assert_eq!(read, if sees { 200 } else { 404 }, "{name} reads");
        let page = Call::get(&thread(&world, LESSON, 0));
        let page = page.session(&world.sessions, &actor).send(&world.service).await;
        assert_eq!(page.text.contains("x = 2"), sees, "{name}");
        let answer = say(&world, &actor, 9, "y", "accepted").await.status.as_u16();
        // Who may say something is told that nobody has said nine things yet.
        let refused = if sees { 403 } else { 404 };
        assert_eq!(answer, if says { 409 } else { refused }, "{name} says");
    }
    let teacher = world.school.teacher_actor();
    let stranger = format!(
        "{}/lessons/{LESSON}/answers/{}",
        world.base(),
        world.school.parent
    );
    assert_eq!(
        world.get(&teacher, &stranger).await.status.as_u16(),
        404,
        "not a pupil of the group"
    );
}

#[tokio::test]
async fn without_homework_there_is_nothing_to_answer_and_what_was_said_stays() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    say(&world, &world.school.pupil_actor(0), 0, "x = 2", "").await;
    assert_eq!(set_homework(&world, "").await.status.as_u16(), 200);
    let parent = world.school.parent_actor();
    assert_eq!(said(&world.get(&parent, &api(&world)).await).len(), 1);
    let more = say(&world, &world.school.pupil_actor(0), 1, "x = 3", "").await;
    assert_eq!(more.json()["code"], "journal_changed", "{}", more.text);
    let other = format!("/api{}", thread(&world, LESSON, 1));
    let classmate = world.school.pupil_actor(1);
    assert_eq!(world.get(&classmate, &other).await.status.as_u16(), 404);
}

#[tokio::test]
async fn the_pages_work_without_scripts_and_give_back_what_is_not_taken() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let (pupil, teacher) = (world.school.pupil_actor(0), world.school.teacher_actor());
    let path = thread(&world, LESSON, 0);
    let page = world.page("pupil", &path).await;
    assert!(
        page.text.contains("№ 5") && page.text.contains("Ваш ответ"),
        "{}",
        page.text
    );
    let sent = world
        .form(&pupil, &path, "seen=0&text=x+%3D+2%0D%0Ay+%3D+3")
        .await;
    assert_eq!(
        (sent.status.as_u16(), sent.location()),
        (303, format!("{path}?saved=1").as_str())
    );
    let lesson = format!("{}/lessons/{LESSON}", world.journal());
    let page = world.page("teacher", &lesson).await;
    assert!(
        page.text.contains(&format!("href=\"{path}\"")) && page.text.contains("ждёт проверки"),
        "{}",
        page.text
    );
    let stale = world
        .form(&teacher, &path, "seen=0&text=Хорошо&verdict=accepted")
        .await;
    assert_eq!(stale.status.as_u16(), 200);
    assert!(
        stale.text.contains("Пока вы писали") || stale.text.contains("Прочитайте его"),
        "{}",
        stale.text
    );
    assert!(
        stale.text.contains("Хорошо</textarea>"),
        "what was typed is not lost"
    );
    assert!(
        stale.text.contains(r#"name="seen" value="1""#),
        "it can be sent again"
    );
    let accepted = world
        .form(&teacher, &path, "seen=1&text=Хорошо&verdict=accepted")
        .await;
    assert_eq!(accepted.status.as_u16(), 303);
    let page = world.page("pupil", &path).await;
    assert!(
        page.text.contains("Хорошо") && page.text.contains("принято") && !page.text.contains("Ваш ответ"),
        "{}",
        page.text
    );
    let page = world.page("parent", &path).await;
    assert!(
        page.text.contains("y = 3") && !page.text.contains("<textarea"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn a_thread_costs_four_reads_and_an_entry_one_transaction_more() {
    let world = World::new(27).await;
    fill_journal(&world.school, &world.journals, 12).await;
    let pupil = world.school.pupil_actor(0);
    let path = format!("/api{}", thread(&world, "2026-11-09-02", 0));
    let answer = |seen: u64| {
        let body = json!({ "seen": seen, "text": "Решение: ".repeat(50) });
        let call = Call::new("POST", &path)
            .bearer(&world.sessions, &pupil)
            .json(&body);
        metered(call.send(&world.service))
    };
    let (first, used) = answer(0).await;
    assert_eq!(first.status.as_u16(), 200, "{}", first.text);
    assert!(used.calls == 5 && used.units <= 5.0 + 12.0, "{used:?}");
    let (_, used) = answer(1).await;
    assert!(used.calls == 5 && used.units <= 5.0 + 12.0, "{used:?}");
    let (_, used) = metered(world.get(&pupil, &path)).await;
    assert!(used.calls == 4 && used.units <= 5.0, "{used:?}");
    let teacher = world.school.teacher_actor();
    let list = format!("{}/lessons/2026-11-09-02/answers", world.base());
    let (_, used) = metered(world.get(&teacher, &list)).await;
    assert!(used.calls == 2 && used.units <= 3.0, "{used:?}");
    let lesson = format!("{}/lessons/2026-11-09-02", world.journal());
    let (_, used) = metered(world.page("teacher", &lesson)).await;
    // With the timetable and the calendar of the group, of which its teacher chooses the lesson for the homework.
    assert!(used.calls == 6 && used.units <= 10.0, "{used:?}");
    let (_, used) = metered(world.page("head", &lesson)).await;
    assert!(used.calls == 4 && used.units <= 9.0, "{used:?}");
}

#[tokio::test]
async fn homework_for_some_is_answered_by_them_alone() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let teacher = world.school.teacher_actor();
    let path = format!("{}/lessons/{LESSON}", world.base());
    let [first, second] = [0, 1].map(|pupil| world.school.pupils[pupil]);
    let body = |pupil: Value| json!({ "homework": "№ 6*", "homework_pupils": [pupil] });
    let stranger = world
        .put(&teacher, &path, 1, &body(json!(world.school.parent)))
        .await;
    assert_eq!(
        (stranger.status.as_u16(), &stranger.json()["fields"][0]["field"]),
        (422, &json!("pupils"))
    );
    let set = world.put(&teacher, &path, 1, &body(json!(second))).await;
    assert_eq!(set.json()["homework_pupils"], json!([second]), "{}", set.text);
    let status = |pupil: usize| {
        let (world, path) = (&world, format!("/api{}", thread(&world, LESSON, pupil)));
        async move {
            world
                .get(&world.school.pupil_actor(pupil), &path)
                .await
                .status
                .as_u16()
        }
    };
    assert_eq!((status(0).await, status(1).await), (404, 200));
    // The form says the same; with nobody ticked it is for all again.
    let page = format!("{}/lessons/{LESSON}", world.journal());
    let shown = world.page("teacher", &page).await;
    assert!(
        shown.text.contains(&format!("value=\"{second}\" checked"))
            && shown.text.contains("Задание для 1 ученика"),
        "{}",
        shown.text
    );
    let form = format!("version=2&topic=x&homework=y&minutes=15&pupil={first}&pupil={second}");
    assert_eq!(world.form(&teacher, &page, &form).await.status.as_u16(), 303);
    assert_eq!((status(0).await, status(2).await), (200, 404));
    let form = "version=3&topic=x&homework=y&minutes=";
    assert_eq!(world.form(&teacher, &page, form).await.status.as_u16(), 303);
    assert_eq!(status(2).await, 200);
    let wrong = world.form(&teacher, &page, "version=4&homework=y&pupil=x").await;
    assert_eq!(wrong.status.as_u16(), 422);
}
