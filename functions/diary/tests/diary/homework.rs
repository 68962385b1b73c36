//! What is due, what is done, and who has read the week.

use gradebook::{AnswerState, AnswerThread};
use serde_json::json;
use store::{Stored, Write};
use testkit::{Call, PERIOD};

use crate::world::{LESSON, World};

fn tick(world: &World, done: bool) -> String {
    format!(
        "journal={}&lesson={LESSON}&done={done}&when=week",
        world.school.algebra
    )
}

async fn list(world: &World, actor: &str, query: &str) -> serde_json::Value {
    let path = format!("/api/diary/{}/homework{query}", world.child(0));
    let answer = world.api(actor, &path).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    answer.json()
}

#[tokio::test]
async fn homework_stands_at_the_lesson_for_which_it_is_due_with_the_load_of_the_day() {
    let world = World::new().await;
    let list = list(&world, "parent", "").await;
    let task = json!({
        "journal": world.school.algebra, "lesson": LESSON, "subject": "Алгебра", "text": "№ 5", "minutes": 21,
        "due": "2026-11-30-02", "due_at": "09:25:00", "done": false,
    });
    let day = json!({
        "date": "2026-11-30", "minutes": 21, "without_duration": 0, "is_over_ceiling": false, "tasks": [task],
    });
    assert_eq!(list, json!({ "ceiling_minutes": 150, "days": [day] }));
}

#[tokio::test]
async fn the_choice_of_days_stands_in_the_address() {
    let world = World::new().await;
    for (query, days) in [
        ("?when=all", 1),
        ("?when=today", 0),
        ("?when=tomorrow", 0),
        ("?when=week", 0),
    ] {
        let list = list(&world, "parent", query).await;
        assert_eq!(list["days"].as_array().map(Vec::len), Some(days), "{query}");
    }
    let sunday = world.later("2026-11-29T09:00:00Z");
    let path = format!("/diary/{}/homework?when=tomorrow", world.child(0));
    let page = sunday.page("parent", &path).await;
    for expected in [
        "понедельник, 30\u{a0}ноября",
        "завтра",
        "задано\u{a0}23.11",
        "2-й урок, 09:25",
        "Всего ≈\u{a0}21\u{a0}мин; по санитарным правилам — до\u{a0}2\u{a0}ч 30\u{a0}мин",
        "№ 5",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    let wrong = format!("/api/diary/{}/homework?when=someday", world.child(0));
    assert_eq!(world.api("parent", &wrong).await.status.as_u16(), 422);
}

#[tokio::test]
async fn a_tick_is_the_familys_alone_and_a_second_click_changes_nothing() {
    let world = World::new().await;
    let path = format!("/diary/{}/homework", world.child(0));
    for _ in 0..2 {
        let ticked = world.form("pupil", &path, &tick(&world, true)).await;
        assert_eq!(ticked.status.as_u16(), 303, "{}", ticked.text);
        assert_eq!(
            ticked.location(),
            format!("{path}?when=week#t-{LESSON}-{}", world.school.algebra)
        );
        let list = list(&world, "parent", "").await;
        assert_eq!(list["days"][0]["tasks"][0]["done"], true);
    }
    let head = list(&world, "head", "").await;
    assert_eq!(
        head["days"][0]["tasks"][0].get("done"),
        None,
        "the school is not told"
    );
    let page = world.page("head", &path).await;
    assert!(
        !page.text.contains("сделано") && !page.text.contains("name=\"done\""),
        "{}",
        page.text
    );
    for _ in 0..2 {
        world.form("parent", &path, &tick(&world, false)).await;
        assert_eq!(
            list(&world, "pupil", "").await["days"][0]["tasks"][0]["done"],
            false
        );
    }
}

#[tokio::test]
async fn a_tick_stands_in_the_week_and_falls_off_when_the_teacher_changes_the_task() {
    let world = World::new().await;
    let child = world.child(0);
    let path = format!("/diary/{child}/homework");
    world.form("pupil", &path, &tick(&world, true)).await;
    assert!(
        world
            .page("parent", &format!("/diary/{child}"))
            .await
            .text
            .contains("сделано")
    );
    world.set_homework("№ 5 и 6", false).await;
    assert_eq!(
        list(&world, "pupil", "").await["days"][0]["tasks"][0]["done"],
        false
    );
    let page = world.page("pupil", &path).await;
    assert!(page.text.contains("задание изменилось"), "{}", page.text);
    world.form("pupil", &path, &tick(&world, true)).await;
    assert_eq!(
        list(&world, "pupil", "").await["days"][0]["tasks"][0]["done"],
        true,
        "and can be ticked anew"
    );
}

#[tokio::test]
async fn only_what_was_set_can_be_ticked_and_only_by_the_family() {
    let world = World::new().await;
    let child = world.child(0);
    let put = async |actor: &str, lesson: &str| {
        let path = format!("/api/diary/{child}/homework/{}/{lesson}", world.school.algebra);
        let call = Call::new("PUT", &path).json(&json!({ "done": true }));
        let call = call.bearer(&world.sessions, &world.school.actor(actor));
        call.send(&world.service).await.status.as_u16()
    };
    for (actor, lesson, status) in [
        ("pupil", "2026-11-23-02", 200),
        ("pupil", "2026-11-23-03", 404),
        ("pupil", "2026-11-24-02", 404),
        ("head", "2026-11-23-02", 403),
        ("teacher", "2026-11-23-02", 404),
        ("classmate", "2026-11-23-02", 404),
    ] {
        assert_eq!(put(actor, lesson).await, status, "{actor} {lesson}");
    }
}

#[tokio::test]
async fn the_school_sees_that_the_week_was_read_by_whom_and_when_first() {
    let world = World::new().await;
    let child = world.child(0);
    let body = "week=2026-11-25";
    let form = format!("/diary/{child}/read");
    let readers = format!("/api/diary/{child}/weeks/2026-11-28/readers");
    assert_eq!(world.api("head", &readers).await.json()["readers"], json!([]));
    let read = world.form("parent", &form, body).await;
    assert_eq!(
        (read.status.as_u16(), read.location()),
        (303, format!("/diary/{child}?date=2026-11-23#read").as_str())
    );
    let expected = json!([
        { "person": world.school.parent, "name": "Мария Олеговна", "at": "2026-11-23T06:40:00Z" }
    ]);
    let later = world.later("2026-11-24T06:40:00Z");
    let again = later.put("parent", &readers).await;
    assert_eq!(again.json()["readers"], expected, "the first time stands");
    assert_eq!(world.api("head", &readers).await.json()["readers"], expected);
    let page = world.page("parent", &format!("/diary/{child}")).await;
    assert!(
        page.text.contains("Мария Олеговна: 23.11 в 09:40"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("Я прочитал(а)"), "nothing is left to say");
    let own = world.page("pupil", &format!("/diary/{child}")).await;
    assert!(own.text.contains("Я прочитал(а)"), "the pupil has not said so");
}

#[tokio::test]
async fn a_week_that_has_not_begun_or_is_long_past_cannot_be_read() {
    let world = World::new().await;
    let child = world.child(0);
    for (week, status) in [
        ("2026-11-30", 422),
        ("2025-11-10", 422),
        ("2025-11-17", 303),
        ("monday", 422),
    ] {
        let answer = world
            .form("parent", &format!("/diary/{child}/read"), &format!("week={week}"))
            .await;
        assert_eq!(answer.status.as_u16(), status, "{week}: {}", answer.text);
    }
}

#[tokio::test]
async fn the_class_teacher_sees_who_has_read_and_other_teachers_do_not() {
    let world = World::new().await;
    let readers = format!("/api/diary/{}/weeks/2026-11-23/readers", world.child(0));
    let teacher = "teacher of another subject";
    assert_eq!(world.api(teacher, &readers).await.status.as_u16(), 404);
    let name = model::PersonName::parse("Лебедев", "Пётр", Some("Ильич")).expect("a name");
    let membership = world.school.membership(
        world.school.history_teacher,
        &name,
        world.school.class,
        rosters::MemberRole::Teacher,
    );
    testkit::put(&world.registry, membership).await;
    assert_eq!(world.api(teacher, &readers).await.status.as_u16(), 200);
    assert_eq!(world.api("teacher", &readers).await.status.as_u16(), 404);
    let diary = format!("/api/diary/{}", world.child(0));
    assert_eq!(
        world.api(teacher, &diary).await.status.as_u16(),
        404,
        "the diary itself stays closed"
    );
}

#[tokio::test]
async fn the_pupil_answers_from_the_list_and_the_family_sees_how_the_answer_stands() {
    let world = World::new().await;
    let path = format!("/diary/{}/homework", world.child(0));
    let thread = format!(
        "/journals/{}/{PERIOD}/lessons/{LESSON}/answers/{}",
        world.school.algebra,
        world.child(0)
    );
    let form = format!("action=\"{thread}\"");
    let page = world.page("pupil", &path).await;
    assert!(
        page.text.contains(&form) && page.text.contains(r#"name="seen" value="0""#),
        "{}",
        page.text
    );
    let parent = world.page("parent", &path).await;
    assert!(
        !parent.text.contains(&thread),
        "there is nothing to be read yet: {}",
        parent.text
    );
    for (number, state) in [
        (1, AnswerState::Sent),
        (2, AnswerState::ToRedo),
        (3, AnswerState::Accepted),
    ] {
        answered(&world, number, state).await;
        let parent = world.page("parent", &path).await;
        let link = format!("href=\"{thread}\"");
        assert!(
            parent.text.contains(&link) && !parent.text.contains(&form),
            "{}",
            parent.text
        );
        let task = list(&world, "parent", "").await["days"][0]["tasks"][0]["answer"].clone();
        assert_eq!(task, state.as_str());
        let pupil = world.page("pupil", &path).await;
        let seen = format!(r#"name="seen" value="{number}""#);
        let can_answer = state != AnswerState::Accepted;
        assert_eq!(
            pupil.text.contains(&form) && pupil.text.contains(&seen),
            can_answer
        );
    }
}

/// Writes how the first pupil's answer to Monday's homework stands, as the journals do.
async fn answered(world: &World, entries: u64, state: AnswerState) {
    let thread = AnswerThread {
        journal: world.school.algebra,
        lesson: LESSON,
        pupil: world.school.pupils[0],
        entries,
        state,
        at: testkit::moment("2026-11-23T06:30:00Z"),
    };
    let write = match entries {
        1 => Write::create(&Stored::new(thread)),
        _ => Write::replace(&Stored::following(thread, entries - 1), entries - 1),
    };
    world
        .journals
        .write(vec![write.expect("a write")])
        .await
        .expect("written");
}

#[tokio::test]
async fn homework_that_is_set_to_others_is_in_no_view_of_a_child() {
    let world = World::new().await;
    let gradebook = gradebook::Gradebook::new(world.journals.clone());
    let (class, week) = (world.school.class, model::Week::of(LESSON.date));
    let opened = gradebook.week_of(class, week).await.expect("read");
    for mut lesson in opened {
        if let Some(homework) = &mut lesson.homework {
            homework.pupils = vec![world.school.pupils[2]];
        }
        let shown = lesson.show(class, false).expect("a write");
        world.journals.write(vec![shown]).await.expect("shown");
    }
    assert_eq!(list(&world, "parent", "").await["days"], json!([]));
    for path in ["", "/day"] {
        let page = world
            .page("parent", &format!("/diary/{}{path}", world.child(0)))
            .await;
        assert!(
            page.text.contains("Дроби") && !page.text.contains("№ 5"),
            "{}",
            page.text
        );
    }
    let news = world
        .api("parent", &format!("/api/diary/{}/news", world.child(0)))
        .await;
    assert!(!news.text.contains("№ 5"), "{}", news.text);
    let ticked = world
        .form(
            "parent",
            &format!("/diary/{}/homework", world.child(0)),
            &tick(&world, true),
        )
        .await;
    assert_eq!(ticked.status.as_u16(), 404);
    let chosen = world
        .page("classmate", &format!("/diary/{}", world.child(2)))
        .await;
    assert!(chosen.text.contains("№ 5"), "{}", chosen.text);
}
