//! Editing over HTTP: conflicts before anything is saved, two editors at once, the pages without a script.

use model::Role;
use serde_json::{Value, json};

use crate::{
    school::{group, person, running::of_school},
    world::{class, deputy, draft, edit, form, kinds, lesson, start},
};

#[tokio::test]
async fn a_conflict_is_named_with_its_lesson_before_anything_is_saved() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let put = edit(&running, &id, &json!(null), &lesson("7a-eng1", 1, 1, "301")).await;
    assert_eq!(put.status, 200, "{}", put.text);
    assert_eq!(put.json()["done"]["now"]["teachers"], json!([person("t3")]));
    let refused = edit(&running, &id, &json!(null), &lesson("7a-alg", 1, 1, "301")).await;
    assert_eq!(kinds(&refused), ["pupils_busy", "room_taken"]);
    let body = refused.json();
    assert_eq!(body["code"], "timetable_conflict");
    assert_eq!(
        body["conflicts"][0]["lessons"][0]["group"],
        json!(group("7a-eng1"))
    );
    let text = body["conflicts"][0]["text"].as_str().expect("words");
    assert!(text.contains("7А") && text.contains("Английский язык"), "{text}");
    let other = edit(&running, &id, &json!(null), &lesson("7a-eng2", 1, 1, "302")).await;
    assert_eq!(
        other.status, 200,
        "the other half of the class is free: {}",
        other.text
    );
    assert_eq!(
        class(&running, &id, "7a").await["lessons"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
}

#[tokio::test]
async fn a_teacher_is_found_in_another_class_too() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let put = edit(&running, &id, &json!(null), &lesson("1a-read", 1, 1, "")).await;
    assert_eq!(put.status, 200, "{}", put.text);
    let refused = edit(&running, &id, &json!(null), &lesson("7a-eng2", 1, 1, "")).await;
    assert_eq!(kinds(&refused), ["teacher_busy"]);
}

#[tokio::test]
async fn for_a_lesson_in_hand_every_cell_says_whether_it_is_free() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    edit(&running, &id, &json!(null), &lesson("7a-alg", 1, 1, "214")).await;
    let path = format!("/api/schedules/drafts/{id}/cells?group={}", group("7a-eng1"));
    let cells = running.api(&deputy(), &path).await.json();
    let cells = cells["cells"].as_array().expect("cells");
    let of = |day: u64, number: u64| -> Vec<Value> {
        let cell = cells
            .iter()
            .find(|cell| cell["day"] == day && cell["number"] == number);
        cell.expect("a cell")["conflicts"]
            .as_array()
            .expect("conflicts")
            .clone()
    };
    assert_eq!(cells.len(), 12, "six days of two lessons");
    assert_eq!(of(1, 1)[0]["kind"], "pupils_busy");
    assert!(of(1, 2).is_empty() && of(6, 1).is_empty());
    // The lesson itself is in nobody's way.
    let own = format!(
        "/api/schedules/drafts/{id}/cells?group={}&day=1&number=1&cycle=every",
        group("7a-alg")
    );
    let cells = running.api(&deputy(), &own).await.json();
    assert!(
        cells["cells"]
            .as_array()
            .expect("cells")
            .iter()
            .all(|cell| cell["conflicts"] == json!([]))
    );
}

#[tokio::test]
async fn what_somebody_else_has_changed_is_not_overwritten() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let seen = edit(&running, &id, &json!(null), &lesson("7a-alg", 1, 1, "214"))
        .await
        .json()["done"]["now"]
        .clone();
    let mut moved = seen.clone();
    moved["number"] = json!(2);
    assert_eq!(edit(&running, &id, &seen, &moved).await.status, 200);
    let mut late = seen.clone();
    late["room"] = json!("12");
    let answer = edit(&running, &id, &seen, &late).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["code"].as_str()),
        (409, Some("lesson_changed"))
    );
    assert_eq!(answer.json()["current"], json!([moved]));
}

#[tokio::test]
async fn of_editors_who_take_one_teacher_for_two_classes_at_once_one_is_told() {
    let running = start().await;
    for round in 0..8 {
        let id = draft(&running, "empty", "2026-11-30").await;
        let (one, two) = (lesson("1a-read", 1, 1, ""), lesson("7a-eng2", 1, 1, ""));
        let (nothing, other) = (json!(null), json!(null));
        let (one, two) = tokio::join!(
            edit(&running, &id, &nothing, &one),
            edit(&running, &id, &other, &two)
        );
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422], "round {round}: {} {}", one.text, two.text);
    }
}

#[tokio::test]
async fn editors_of_different_lessons_are_in_nobodys_way() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let lessons = [
        lesson("7a-alg", 1, 1, ""),
        lesson("7a-eng1", 1, 2, ""),
        lesson("7a-eng2", 2, 1, ""),
        lesson("1a-read", 3, 1, ""),
    ];
    let nothing = json!(null);
    let answers = tokio::join!(
        edit(&running, &id, &nothing, &lessons[0]),
        edit(&running, &id, &nothing, &lessons[1]),
        edit(&running, &id, &nothing, &lessons[2]),
        edit(&running, &id, &nothing, &lessons[3]),
    );
    for answer in [answers.0, answers.1, answers.2, answers.3] {
        assert_eq!(answer.status, 200, "{}", answer.text);
    }
    assert_eq!(
        class(&running, &id, "7a").await["lessons"]
            .as_array()
            .map(Vec::len),
        Some(3)
    );
}

#[tokio::test]
async fn without_a_script_a_cell_is_a_form_that_puts_moves_and_takes_out() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let (base, class_id) = (format!("/schedules/drafts/{id}"), group("7a"));
    let page = running
        .page(&deputy(), &format!("{base}/cell?class={class_id}&day=2&number=1"))
        .await
        .text;
    assert!(
        page.contains("7А: вт, 1-й урок") && page.contains("Алгебра"),
        "{page}"
    );
    let view = format!("view=class%3D{class_id}&cell=2-1");
    let put = format!(
        "action=put&group={}&place=2-1&cycle=every&room=214&{view}",
        group("7a-alg")
    );
    let answer = form(&running, &deputy(), &format!("{base}/lessons"), &put).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(answer.location(), format!("{base}?class={class_id}&saved=1#c2-1"));
    let page = running
        .page(&deputy(), &format!("{base}?class={class_id}"))
        .await
        .text;
    assert!(page.contains("каб. 214") && page.contains("Алгебрина"), "{page}");
    // In the way of itself: the same class again, refused with the reason on the form.
    let again = format!(
        "action=put&group={}&place=2-1&cycle=every&room=&{view}",
        group("7a-eng1")
    );
    let refused = form(&running, &deputy(), &format!("{base}/lessons"), &again).await;
    assert!(
        refused.status == 200 && refused.text.contains("У учеников (7А)"),
        "{}",
        refused.text
    );
    let stands = class(&running, &id, "7a").await["lessons"][0].clone();
    let was: String = form_urlencoded::byte_serialize(stands.to_string().as_bytes()).collect();
    let away = format!("action=remove&was={was}&{view}");
    assert_eq!(
        form(&running, &deputy(), &format!("{base}/lessons"), &away)
            .await
            .status,
        303
    );
    assert_eq!(class(&running, &id, "7a").await["lessons"], json!([]));
}

#[tokio::test]
async fn views_by_teacher_and_room_show_the_same_lessons() {
    let running = start().await;
    let id = draft(&running, "published", "2026-11-30").await;
    let base = format!("/schedules/drafts/{id}");
    let by_teacher = running
        .page(&deputy(), &format!("{base}?teacher={}", person("t3")))
        .await
        .text;
    assert!(
        by_teacher.contains("7А, 1-я подгруппа · Английский язык"),
        "{by_teacher}"
    );
    let by_room = running.page(&deputy(), &format!("{base}?room=302")).await.text;
    assert!(
        by_room.contains("7А, 2-я подгруппа · Английский язык"),
        "{by_room}"
    );
    for missing in [
        "?teacher=per_00000000000000000000000009",
        "?class=grp_00000000000000000000000009",
    ] {
        assert_eq!(
            running.page(&deputy(), &format!("{base}{missing}")).await.status,
            404,
            "{missing}"
        );
    }
}

#[tokio::test]
async fn hours_absences_and_rooms_bind_lessons_from_then_on() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let (base, view) = (
        format!("/schedules/drafts/{id}"),
        format!("view=class%3D{}", group("7a")),
    );
    let hours = format!("{view}&hours-{}=0%2C5", group("7a-alg"));
    assert_eq!(
        form(&running, &deputy(), &format!("{base}/hours"), &hours)
            .await
            .status,
        303
    );
    assert_eq!(
        kinds(&edit(&running, &id, &json!(null), &lesson("7a-alg", 1, 1, "")).await),
        ["hours_exceeded"]
    );
    let away = format!("{view}&teacher={}&day=3&number=1&available=no", person("t3"));
    assert_eq!(
        form(&running, &deputy(), &format!("{base}/terms"), &away)
            .await
            .status,
        303
    );
    assert_eq!(
        kinds(&edit(&running, &id, &json!(null), &lesson("7a-eng1", 3, 1, "")).await),
        ["teacher_unavailable"]
    );
    let room = format!("{view}&room=302&places=2");
    assert_eq!(
        form(&running, &deputy(), &format!("{base}/terms"), &room)
            .await
            .status,
        303
    );
    for id_of in ["7a-eng1", "7a-eng2"] {
        let put = edit(&running, &id, &json!(null), &lesson(id_of, 1, 2, "302")).await;
        assert_eq!(put.status, 200, "{}", put.text);
    }
    // Two lessons are in the room: it cannot be said to hold one.
    let back = format!("{view}&room=302&places=1");
    let refused = form(&running, &deputy(), &format!("{base}/terms"), &back).await;
    assert!(
        refused.status == 200 && refused.text.contains("Кабинет 302 занят"),
        "{}",
        refused.text
    );
    let fewer = format!("{view}&hours-{}=0", group("7a-eng1"));
    let refused = form(&running, &deputy(), &format!("{base}/hours"), &fewer).await;
    assert!(
        refused.status == 200 && refused.text.contains("По плану 0"),
        "{}",
        refused.text
    );
}

#[tokio::test]
async fn the_editor_says_hours_what_is_left_and_how_the_class_differs() {
    let running = start().await;
    let id = draft(&running, "published", "2026-11-30").await;
    let base = format!("/schedules/drafts/{id}");
    let page = running.page(&deputy(), &base).await.text;
    assert!(
        page.contains("1А") && page.contains("не отличается от действующего"),
        "{page}"
    );
    let stands = class(&running, &id, "7a").await["lessons"].clone();
    let algebra = stands
        .as_array()
        .expect("lessons")
        .iter()
        .find(|lesson| lesson["day"] == 3)
        .expect("a lesson")
        .clone();
    assert_eq!(edit(&running, &id, &algebra, &json!(null)).await.status, 200);
    let page = running
        .page(&deputy(), &format!("{base}?class={}", group("7a")))
        .await
        .text;
    for part in [
        "убран 1\u{a0}урок",
        "Ещё не поставлены",
        "0,5\u{a0}ч",
        "не сходится",
        "timetable-editor.js",
    ] {
        assert!(
            page.contains(part) || page.contains(&part.replace('\u{a0}', " ")),
            "{part}: {page}"
        );
    }
    let english = running
        .page(&of_school(Role::Head), "/schedules/drafts")
        .await
        .text;
    assert!(
        english.contains("Вторая четверть") && english.contains("черновик"),
        "{english}"
    );
}

#[tokio::test]
async fn a_draft_that_is_caught_in_the_middle_of_an_edit_is_not_judged() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    // A class that has been written and a head that has not, as a query may see a transaction.
    let key = store::Key {
        pk: format!("DRAFT#{id}"),
        sk: format!("CLASS#{}", group("7a")),
    };
    let step = |by: i8| {
        store::Write::update_if(
            key.clone(),
            "SET #version = #version + :step",
            "attribute_exists(pk)",
        )
        .name("#version", "version")
        .typed_value(":step", &by)
        .expect("a write")
    };
    let schedules = &running.school.schedules;
    schedules.write(vec![step(1)]).await.expect("it is written");
    let now = lesson("1a-read", 1, 1, "");
    assert_eq!(edit(&running, &id, &json!(null), &now).await.status, 503);
    schedules.write(vec![step(-1)]).await.expect("it is written");
    assert_eq!(edit(&running, &id, &json!(null), &now).await.status, 200);
}
