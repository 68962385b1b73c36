//! Who may make substitutions, and what is refused with which words.

mod school;

use model::{InstitutionId, PersonId, Role, RoleAt};
use school::{
    changes::{algebra, change_path, deputy, page_path, post, put, third_teacher},
    group, known_before, person,
    running::{Running, actor, at, of_school, parent, pupil},
};
use serde_json::{Value, json};
use testkit::Call;

#[tokio::test]
async fn who_leads_the_school_changes_who_works_there_reads_and_nobody_else_knows() {
    let running = Running::start().await;
    let other = InstitutionId::from_bits(9);
    let head_elsewhere = actor(PersonId::from_bits(501), &[at(Role::Head, other)]);
    let (list, absences) = (
        change_path("").replace("/changes/", "/changes"),
        format!(
            "/api/schedules/institutions/{}/absences?teacher={}&from=2026-11-23",
            school::school(),
            person("t1")
        ),
    );
    let sheet = format!("/schedules/substitutions/sheet?institution={}", school::school());
    let rooms = format!("/schedules/substitutions?institution={}", school::school());
    for (who, actor, [reads, changes]) in [
        ("deputy head", deputy(), [200, 200]),
        ("head", of_school(Role::Head), [200, 200]),
        ("administrator", of_school(Role::Administrator), [200, 403]),
        ("teacher", third_teacher(), [200, 403]),
        ("head elsewhere", head_elsewhere, [404, 404]),
        ("pupil", pupil(), [404, 404]),
        ("parent", parent(), [404, 404]),
        (
            "operator",
            actor(
                PersonId::from_bits(502),
                &[RoleAt::in_region(Role::RegionOperator, school::REGION)],
            ),
            [404, 404],
        ),
    ] {
        for (path, expected) in [(&list, reads), (&absences, changes)] {
            let answer = running.api(&actor, path).await;
            assert_eq!(answer.status.as_u16(), expected, "{who}: {path}");
        }
        for (path, expected) in [
            (&sheet, reads),
            (&rooms, changes),
            (&page_path(&algebra()), changes),
        ] {
            let answer = running.page(&actor, path).await;
            assert_eq!(answer.status.as_u16(), expected, "{who}: {path}");
        }
        let form = post(&running, &actor, &algebra(), "version=9&action=cancel").await;
        assert_eq!(form.status.as_u16(), changes, "{who}: {}", form.text);
        for method in ["PUT", "DELETE"] {
            let api = Call::new(method, &change_path(&algebra()))
                .header("if-match", "\"9\"")
                .json(&json!({ "action": "cancel" }))
                .bearer(&running.sessions, &actor)
                .send(&running.service)
                .await;
            let expected = if changes == 200 { 409 } else { changes };
            assert_eq!(api.status.as_u16(), expected, "{who}: {method}");
        }
    }
}

#[tokio::test]
async fn absences_come_with_offers_and_a_span_has_an_end() {
    let running = Running::start().await;
    let path = |rest: &str| {
        format!(
            "/api/schedules/institutions/{}/absences?teacher={}&{rest}",
            school::school(),
            person("t1")
        )
    };
    let week = running
        .api(&deputy(), &path("from=2026-11-23&until=2026-11-27"))
        .await
        .json();
    // Two lessons at the school; the one at the art school is not its affair.
    let lessons = week["lessons"].as_array().expect("lessons");
    assert_eq!(lessons.len(), 2, "{week:#}");
    let offers = |lesson: &Value| -> Vec<String> {
        let teachers = lesson["teachers"].as_array().expect("teachers").iter();
        teachers
            .map(|offer| {
                format!(
                    "{} {}",
                    offer["teacher"].as_str().unwrap_or_default(),
                    offer["fit"]
                )
            })
            .collect()
    };
    assert_eq!(offers(&lessons[0]), [format!("{} \"class\"", person("t3"))]);
    assert_eq!(offers(&lessons[1]).len(), 2);
    for rest in [
        "from=2026-11-23&until=2026-11-22",
        "from=2026-11-23&until=2026-12-07",
        "from=x",
        "until=2026-11-23",
    ] {
        assert_eq!(running.api(&deputy(), &path(rest)).await.status, 422, "{rest}");
    }
}

#[tokio::test]
async fn a_wrong_request_is_refused_by_its_field() {
    let running = Running::start().await;
    for (body, field) in [
        (json!({}), "action"),
        (json!({ "action": "assign" }), "teacher"),
        (
            json!({ "action": "assign", "teacher": PersonId::from_bits(4) }),
            "teacher",
        ),
        (json!({ "action": "room", "room": "  " }), "room"),
        (json!({ "action": "room", "room": "x".repeat(56) }), "room"),
        (json!({ "action": "move", "date": "2026-11-24" }), "number"),
        (
            json!({ "action": "move", "date": "2026-11-24", "number": 9 }),
            "number",
        ),
        (json!({ "action": "move", "number": 1 }), "date"),
        (json!({ "action": "swap" }), "with"),
        (json!({ "action": "cancel", "note": "x".repeat(201) }), "note"),
    ] {
        let refused = put(&running, &algebra(), 0, &body).await;
        assert_eq!(refused.status, 422, "{body}");
        assert_eq!(refused.json()["fields"][0]["field"], field, "{body}");
    }
    let tuesday = format!("2026-11-24-01-{}", group("7a-alg"));
    for lesson in [tuesday.as_str(), "2026-11-23-01", "x"] {
        let unknown = put(&running, lesson, 0, &json!({ "action": "cancel" })).await;
        assert_eq!(unknown.status, 404, "{lesson}");
    }
}

#[tokio::test]
async fn what_is_in_the_way_is_named_on_the_lessons_page() {
    let running = Running::start().await;
    let form = format!("version=0&action=assign&teacher={}", known_before());
    let refused = post(&running, &deputy(), &algebra(), &form).await;
    assert_eq!(refused.status, 200);
    assert!(
        refused.text.contains("в это время ведёт другой урок") && refused.text.contains("Чтение"),
        "{}",
        refused.text
    );
    let nobody = post(
        &running,
        &deputy(),
        &algebra(),
        "version=0&action=assign&teacher=",
    )
    .await;
    assert_eq!(nobody.status, 422);
    assert!(nobody.text.contains("Выберите учителя"), "{}", nobody.text);
    let late = post(&running, &deputy(), &algebra(), "version=3&action=cancel").await;
    assert!(late.text.contains("изменил кто-то другой"), "{}", late.text);
    // A way back that is not ours leads to the day.
    let done = post(
        &running,
        &deputy(),
        &algebra(),
        "version=0&action=cancel&back=%2F%2Fevil.example",
    )
    .await;
    assert!(
        done.location()
            .starts_with("/schedules/substitutions?institution="),
        "{}",
        done.location()
    );
}
