//! Homework that is due at a lesson that the teacher has chosen, in every view of the diary.

use gradebook::{Homework, LaterTask};
use jiff::civil::date;
use model::LessonKey;
use serde_json::{Value, json};

use crate::world::{LESSON, World};

const DUE: LessonKey = LessonKey {
    date: date(2026, 12, 14),
    number: 2,
};

/// Monday's algebra sets an essay for the lesson three weeks later, as the journal writes it.
async fn set_for_later(world: &World, pupils: Vec<model::PersonId>) {
    let homework = Homework {
        text: "Реферат".to_owned(),
        minutes: Some(90),
        pupils,
        due: Some(DUE),
    };
    let (class, gradebook) = (
        world.school.class,
        gradebook::Gradebook::new(world.journals.clone()),
    );
    let opened = gradebook.week_of(class, model::Week::of(LESSON.date)).await;
    let mut lesson = opened.expect("read").remove(0);
    lesson.homework = Some(homework.clone());
    let task = LaterTask {
        journal: world.school.algebra,
        set_at: LESSON,
        due: DUE,
        subject: "Алгебра".to_owned(),
        homework,
    };
    let mut writes = LaterTask::show(class, None, Some(&task)).expect("writes");
    writes.push(lesson.show(class, false).expect("a write"));
    world.journals.write(writes).await.expect("shown");
}

fn path(world: &World, more: &str) -> String {
    format!("/diary/{}{more}", world.child(0))
}

fn day<'v>(week: &'v Value, date: &str) -> &'v Value {
    let mut days = week["days"].as_array().expect("days").iter();
    days.find(|day| day["date"] == date).expect("the day")
}

#[tokio::test]
async fn it_stands_at_the_lesson_where_it_was_set_and_on_the_day_on_which_it_is_due() {
    let world = World::new().await;
    set_for_later(&world, vec![]).await;
    let week = world
        .api("parent", &format!("/api{}", path(&world, "")))
        .await
        .json();
    let lesson = &day(&week, "2026-11-23")["lessons"][0];
    assert_eq!(
        (&lesson["homework"], &lesson["homework_due"]),
        (&json!("Реферат"), &json!("2026-12-14-02"))
    );
    let week = world
        .api("parent", &format!("/api{}", path(&world, "?date=2026-12-15")))
        .await
        .json();
    let due = &day(&week, "2026-12-14")["due"];
    assert_eq!(
        (&due[0]["text"], &due[0]["lesson"], &due[0]["due"]),
        (&json!("Реферат"), &json!(LESSON), &json!("2026-12-14-02"))
    );
    let here = world.page("parent", &path(&world, "")).await;
    assert!(here.text.contains("к\u{a0}пн\u{a0}14.12"), "{}", here.text);
    for more in ["?date=2026-12-14", "/day?date=2026-12-14"] {
        let page = world.page("parent", &path(&world, more)).await;
        for expected in [
            "Задано на этот день",
            "Реферат",
            "задано\u{a0}23.11 · 2-й урок · ≈ 90",
        ] {
            assert!(page.text.contains(expected), "{expected} in {}", page.text);
        }
    }
}

#[tokio::test]
async fn the_list_counts_it_on_its_day_from_the_first_day_to_the_last() {
    let world = World::new().await;
    set_for_later(&world, vec![]).await;
    let list = format!("/api{}", path(&world, "/homework"));
    // When it is set the day is beyond the timetable that the list looks at; three weeks later the lesson is.
    for (now, at) in [
        ("2026-11-23T12:00:00Z", Value::Null),
        ("2026-12-02T12:00:00Z", Value::Null),
        ("2026-12-13T12:00:00Z", json!("09:25:00")),
    ] {
        let list = world.later(now).api("parent", &list).await.json();
        let day = &list["days"][0];
        assert_eq!(
            (&day["date"], &day["minutes"]),
            (&json!("2026-12-14"), &json!(90)),
            "{now}: {list}"
        );
        assert_eq!(day["tasks"].as_array().map(Vec::len), Some(1), "{now}");
        let task = &day["tasks"][0];
        assert_eq!(
            (&task["due"], &task["due_at"]),
            (&json!("2026-12-14-02"), &at),
            "{now}"
        );
    }
    let past = world
        .later("2026-12-15T12:00:00Z")
        .api("parent", &list)
        .await
        .json();
    assert_eq!(past["days"], json!([]));
    let family = world
        .later("2026-12-13T12:00:00Z")
        .api("parent", "/api/diary")
        .await;
    assert!(family.text.contains("Реферат"), "{}", family.text);
}

#[tokio::test]
async fn it_is_ticked_and_stays_so_weeks_after_it_was_set() {
    let world = World::new().await;
    set_for_later(&world, vec![]).await;
    let body = format!("journal={}&lesson={LESSON}&done=true", world.school.algebra);
    let ticked = world.form("parent", &path(&world, "/homework"), &body).await;
    assert_eq!(ticked.status.as_u16(), 303, "{}", ticked.text);
    let list = format!("/api{}", path(&world, "/homework"));
    let list = world
        .later("2026-12-13T12:00:00Z")
        .api("pupil", &list)
        .await
        .json();
    assert_eq!(list["days"][0]["tasks"][0]["done"], true, "{list}");
}

#[tokio::test]
async fn what_is_set_to_others_is_due_for_none_else() {
    let world = World::new().await;
    set_for_later(&world, vec![world.school.pupils[2]]).await;
    for (more, now) in [
        ("?date=2026-12-14", "2026-11-24T12:00:00Z"),
        ("/homework", "2026-12-13T12:00:00Z"),
    ] {
        let page = world.later(now).page("parent", &path(&world, more)).await;
        assert!(
            page.status.is_success() && !page.text.contains("Реферат"),
            "{}",
            page.text
        );
    }
    let chosen = format!("/diary/{}?date=2026-12-14", world.child(2));
    let chosen = world.page("classmate", &chosen).await;
    assert!(chosen.text.contains("Реферат"), "{}", chosen.text);
}

#[tokio::test]
async fn the_subject_says_for_which_lesson_it_is_due() {
    let world = World::new().await;
    let lesson = gradebook::Lesson {
        journal: world.school.algebra,
        period: testkit::PERIOD.parse().expect("a period"),
        lesson: LESSON,
        subject: "Алгебра".to_owned(),
        classes: vec![world.school.class],
        topic: "Дроби".to_owned(),
        homework: Some(Homework {
            text: "Реферат".to_owned(),
            minutes: None,
            pupils: vec![],
            due: Some(DUE),
        }),
        works: vec![model::Work::answers()],
        opened_by: world.school.teacher,
    };
    testkit::put(&world.journals, lesson).await;
    let subject = path(&world, &format!("/marks/{}", world.school.algebra));
    let page = world.page("parent", &subject).await;
    assert!(page.text.contains("к\u{a0}пн\u{a0}14.12"), "{}", page.text);
    let api = world.api("parent", &format!("/api{subject}")).await.json();
    assert_eq!(api["lessons"][0]["homework_due"], "2026-12-14-02");
}

#[tokio::test]
async fn a_list_with_something_set_weeks_ago_costs_two_calls_and_a_unit_more() {
    let world = World::new().await;
    set_for_later(&world, vec![]).await;
    let at = |now| {
        let later = world.later(now);
        let path = format!("/api{}", path(&world, "/homework"));
        async move { store::metered(later.api("parent", &path)).await.1 }
    };
    let (recent, earlier) = (at("2026-11-24T12:00:00Z").await, at("2026-12-13T12:00:00Z").await);
    assert_eq!((recent.calls, earlier.calls), (6, 8), "{recent:?} {earlier:?}");
    assert!(earlier.units <= recent.units + 1.0, "{recent:?} {earlier:?}");
    // A week that is looked at alone reads what is due in it with its lessons.
    let week = format!("/api{}", path(&world, "?date=2026-12-14"));
    let (_, used) = store::metered(world.api("parent", &week)).await;
    assert!(used.calls == 4 && used.units <= 4.0, "{used:?}");
}
