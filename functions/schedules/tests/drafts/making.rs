//! New drafts: empty, from what is published, from another draft.

use serde_json::json;

use crate::{
    school::{group, known_before, person, school},
    world::{class, deputy, draft, edit, form, lesson, post, start},
};

#[tokio::test]
async fn an_empty_draft_has_the_courses_of_every_class_and_no_lesson() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let made = class(&running, &id, "7a").await;
    let courses: Vec<_> = made["courses"]
        .as_array()
        .expect("courses")
        .iter()
        .map(|course| (course["subject"].as_str(), course["teachers"][0]["name"].as_str()))
        .collect();
    assert_eq!(
        courses,
        [
            (Some("Алгебра"), Some("Алгебрина\u{a0}А.\u{a0}П.")),
            (Some("Английский язык"), Some("Инглишева\u{a0}А.\u{a0}П.")),
            (Some("Английский язык"), Some("Давняя\u{a0}А.\u{a0}П.")),
        ]
    );
    assert_eq!(made["lessons"], json!([]));
    assert_eq!(made["courses"][0].get("hours"), None);
}

#[tokio::test]
async fn a_draft_of_the_published_week_has_its_lessons_and_takes_its_hours_for_the_curriculum() {
    let running = start().await;
    let id = draft(&running, "published", "2026-11-30").await;
    let made = class(&running, &id, "7a").await;
    let lessons = made["lessons"].as_array().expect("lessons");
    assert_eq!(lessons.len(), 4);
    let algebra = &made["courses"][0];
    assert_eq!(
        (algebra["hours"].as_f64(), algebra["placed"].as_f64()),
        (Some(1.5), Some(1.5))
    );
    let second = lessons
        .iter()
        .find(|lesson| lesson["group"] == json!(group("7a-eng2")))
        .expect("a lesson");
    assert_eq!(
        (&second["teachers"][0], &second["room"]),
        (&json!(known_before()), &json!("302"))
    );
}

#[tokio::test]
async fn a_copy_of_a_draft_goes_its_own_way() {
    let running = start().await;
    let first = draft(&running, "empty", "2026-11-30").await;
    let put = edit(&running, &first, &json!(null), &lesson("7a-alg", 1, 1, "214")).await;
    assert_eq!(put.status, 200, "{}", put.text);
    let body = json!({ "institution": school(), "title": "Копия", "from": "2027-01-11", "source": "copy", "draft": first });
    let copy = post(&running, &deputy(), "/api/schedules/drafts", &body)
        .await
        .json();
    let copy = copy["draft"].as_str().expect("an id").to_owned();
    let stands = class(&running, &copy, "7a").await["lessons"][0].clone();
    assert_eq!(stands["room"], "214");
    assert_eq!(edit(&running, &copy, &stands, &json!(null)).await.status, 200);
    assert_eq!(
        class(&running, &first, "7a").await["lessons"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn new_groups_come_in_when_the_lists_are_taken_anew_and_lessons_stay() {
    let running = start().await;
    let id = draft(&running, "published", "2026-11-30").await;
    let taught = rosters::ClassTeaching {
        class: group("7a"),
        group: group("7a-geo"),
        subject: "География".to_owned(),
        title: "7А".to_owned(),
        teachers: vec![],
    };
    running.school.put(taught).await;
    let answer = form(
        &running,
        &deputy(),
        &format!("/schedules/drafts/{id}/refresh"),
        "",
    )
    .await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let made = class(&running, &id, "7a").await;
    assert_eq!(made["courses"].as_array().map(Vec::len), Some(4));
    assert_eq!(made["lessons"].as_array().map(Vec::len), Some(4));
    let put = edit(&running, &id, &json!(null), &lesson("7a-geo", 2, 1, "")).await;
    assert_eq!(put.status, 200, "{}", put.text);
}

#[tokio::test]
async fn what_cannot_be_a_draft_is_named_by_its_field() {
    let running = start().await;
    let good =
        json!({ "institution": school(), "title": "Четверть", "from": "2026-11-30", "source": "empty" });
    for (field, value) in [
        ("title", json!(" ")),
        ("from", json!("завтра")),
        ("source", json!("copy")),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let answer = post(&running, &deputy(), "/api/schedules/drafts", &body).await;
        assert_eq!(answer.status, 422, "{field}: {}", answer.text);
    }
    let mut foreign = good.clone();
    foreign["draft"] = json!("dft_00000000000000000000000001");
    foreign["source"] = json!("copy");
    assert_eq!(
        post(&running, &deputy(), "/api/schedules/drafts", &foreign)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_deleted_draft_is_gone_and_the_published_week_stays() {
    let running = start().await;
    let id = draft(&running, "published", "2026-11-30").await;
    let answer = form(&running, &deputy(), &format!("/schedules/drafts/{id}/delete"), "").await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, "/schedules/drafts")
    );
    assert_eq!(
        running
            .page(&deputy(), &format!("/schedules/drafts/{id}"))
            .await
            .status,
        404
    );
    let weeks = timetables::Timetables::new(running.school.schedules.clone());
    let week = weeks
        .week(timetables::Owner::Teacher(person("t1")))
        .await
        .expect("a read");
    assert!(week.is_some());
}
