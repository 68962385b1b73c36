//! One subject, one day.

use gradebook::Lesson;
use jiff::civil::date;
use model::{LessonKey, Weight, Work, WorkKind};
use serde_json::json;
use testkit::PERIOD;

use crate::world::{LESSON, World, mark};

const NEXT: LessonKey = LessonKey {
    date: date(2026, 11, 30),
    number: 2,
};

/// Two lessons of algebra in the journal; the first pupil has marks of the first.
async fn taught() -> World {
    let world = World::new().await;
    for (lesson, topic) in [(LESSON, "Дроби"), (NEXT, "Десятичные дроби")] {
        let lesson = Lesson {
            journal: world.school.algebra,
            period: PERIOD.parse().expect("a period"),
            lesson,
            subject: "Алгебра".to_owned(),
            classes: vec![world.school.class],
            topic: topic.to_owned(),
            homework: None,
            works: vec![Work::answers()],
            opened_by: world.school.teacher,
        };
        testkit::put(&world.journals, lesson).await;
    }
    world
}

fn path(world: &World) -> String {
    format!("/diary/{}/marks/{}", world.child(0), world.school.algebra)
}

#[tokio::test]
async fn a_subject_has_all_its_lessons_with_topics_and_the_pupils_marks() {
    let world = taught().await;
    let subject = world.api("pupil", &format!("/api{}", path(&world))).await.json();
    let lesson = |lesson: LessonKey, topic: &str, marks: &[&str]| {
        json!({
            "lesson": lesson, "topic": topic, "homework": "", "homework_minutes": null, "marks": marks,
            "attendance": null,
        })
    };
    assert_eq!(
        subject["lessons"],
        json!([
            lesson(LESSON, "Дроби", &["5", "3"]),
            lesson(NEXT, "Десятичные дроби", &[])
        ])
    );
    assert_eq!(subject["average"], "3,50");
    assert_eq!(
        subject["trend"],
        json!([
            { "lesson": LESSON, "mark": "5", "average": "5,00" },
            { "lesson": LESSON, "mark": "3", "average": "3,50" }
        ])
    );
    let other = format!("/api/diary/{}/marks/{}", world.child(0), world.school.class);
    assert_eq!(
        world.api("pupil", &other).await.status.as_u16(),
        404,
        "not a group of the pupil's"
    );
}

#[tokio::test]
async fn the_way_of_the_average_is_a_picture_with_its_words_and_its_table() {
    let world = taught().await;
    let page = world.page("parent", &path(&world)).await;
    for expected in [
        "role=\"img\" aria-labelledby=\"trend-title trend-way\"",
        "points=\"24,10 312,64\"",
        "Сначала 5,00, сейчас 3,50; 2 отметки.",
        "<details><summary>Показать таблицей</summary>",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    assert!(
        !page.text.contains("style="),
        "nothing inline: the policy of the page forbids it"
    );
}

#[tokio::test]
async fn what_if_is_asked_by_a_form_and_answered_without_a_script() {
    let world = taught().await;
    let path = path(&world);
    let asked = world.page("parent", &format!("{path}?mark=5&weight=2")).await;
    assert!(
        asked
            .text
            .contains("Если получить 5 с весом 2, средний балл станет 4,00."),
        "{}",
        asked.text
    );
    assert!(
        asked.text.contains("<option selected>5</option>")
            && asked.text.contains("<option selected>2</option>")
    );
    let fraction = world.page("parent", &format!("{path}?mark=2&weight=1%2C5")).await;
    assert!(fraction.text.contains("станет 3,09."), "{}", fraction.text);
    let plain = world.page("parent", &path).await;
    assert!(!plain.text.contains("Если получить"));
    for wrong in [
        "mark=6",
        "mark=5&weight=0",
        "mark=%D0%B7%D0%B0%D1%87",
        "mark=5&weight=heavy",
    ] {
        assert_eq!(
            world
                .page("parent", &format!("{path}?{wrong}"))
                .await
                .status
                .as_u16(),
            422,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_subject_without_marks_has_its_lessons_and_no_picture() {
    let world = taught().await;
    let path = format!("/diary/{}/marks/{}", world.child(2), world.school.algebra);
    let page = world.page("classmate", &path).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(
        page.text.contains("Десятичные дроби") && !page.text.contains("<svg viewBox"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn a_mark_without_its_lesson_does_not_vanish() {
    let world = World::new().await;
    let marks = vec![mark(4, WorkKind::Answer, Weight::ONE)];
    world.set_cell(0, NEXT, 1, marks).await;
    let subject = world.api("pupil", &format!("/api{}", path(&world))).await.json();
    let lessons: Vec<_> = subject["lessons"]
        .as_array()
        .expect("lessons")
        .iter()
        .map(|lesson| lesson["lesson"].clone())
        .collect();
    assert_eq!(lessons, [json!(LESSON), json!(NEXT)]);
}

#[tokio::test]
async fn a_day_has_its_lessons_and_its_neighbours_pass_over_sundays() {
    let world = World::new().await;
    let child = world.child(0);
    let page = world.page("parent", &format!("/diary/{child}/day")).await;
    for expected in [
        "понедельник, 23\u{a0}ноября",
        "Дроби",
        "class=\"lesson now\"",
        "date=2026-11-24",
        "date=2026-11-21",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    assert!(!page.text.contains("date=2026-11-22"));
    let saturday = world
        .page("parent", &format!("/diary/{child}/day?date=2026-11-28"))
        .await;
    assert!(
        saturday.text.contains("date=2026-11-30") && saturday.text.contains("Уроков нет"),
        "{}",
        saturday.text
    );
    let sunday = world
        .page("parent", &format!("/diary/{child}/day?date=2026-11-29"))
        .await;
    assert!(
        sunday.text.contains("воскресенье, 29\u{a0}ноября"),
        "{}",
        sunday.text
    );
    let wrong = world
        .page("parent", &format!("/diary/{child}/day?date=tomorrow"))
        .await;
    assert_eq!(wrong.status.as_u16(), 422);
}

#[tokio::test]
async fn a_subject_shows_no_homework_that_is_set_to_others() {
    let world = World::new().await;
    let lesson = Lesson {
        journal: world.school.algebra,
        period: PERIOD.parse().expect("a period"),
        lesson: LESSON,
        subject: "Алгебра".to_owned(),
        classes: vec![world.school.class],
        topic: "Дроби".to_owned(),
        homework: Some(gradebook::Homework {
            text: "Повторить таблицу".to_owned(),
            minutes: None,
            pupils: vec![world.school.pupils[2]],
            due: None,
        }),
        works: vec![Work::answers()],
        opened_by: world.school.teacher,
    };
    testkit::put(&world.journals, lesson).await;
    let own = world.api("pupil", &format!("/api{}", path(&world))).await;
    assert!(
        own.text.contains("Дроби") && !own.text.contains("таблицу"),
        "{}",
        own.text
    );
    let chosen = format!("/api/diary/{}/marks/{}", world.child(2), world.school.algebra);
    let chosen = world.api("classmate", &chosen).await;
    assert!(chosen.text.contains("таблицу"), "{}", chosen.text);
}
