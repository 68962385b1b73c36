//! Days off and bells, as those who make the timetable set them.

mod school;

use model::{Actor, Role};
use school::{
    running::{Running, class_path, of_school, parent, pupil, teacher},
    school as institution,
};
use serde_json::{Value, json};
use testkit::{Answer, Call};

fn api() -> String {
    format!("/api/schedules/institutions/{}/calendar", institution())
}

async fn form(running: &Running, actor: &Actor, what: &str, fields: &str) -> Answer {
    let path = format!("/schedules/calendar/{}/{what}", institution());
    let call = Call::new("POST", &path).session(&running.sessions, actor);
    call.form(fields).send(&running.service).await
}

async fn put(running: &Running, what: &str, version: u64, body: &Value) -> Answer {
    let call = Call::new("PUT", &format!("{}/{what}", api()));
    call.bearer(&running.sessions, &of_school(Role::Deputy))
        .header("if-match", &format!("\"{version}\""))
        .json(body)
        .send(&running.service)
        .await
}

async fn shown(running: &Running) -> Value {
    running.api(&of_school(Role::Deputy), &api()).await.json()
}

#[tokio::test]
async fn only_those_who_make_the_timetable_see_and_set_the_year() {
    let running = Running::start().await;
    for (actor, expected) in [
        (of_school(Role::Deputy), 200),
        (of_school(Role::Administrator), 200),
        (teacher(), 404),
        (parent(), 404),
        (pupil(), 404),
    ] {
        let page = format!("/schedules/calendar?institution={}", institution());
        assert_eq!(running.page(&actor, &page).await.status, expected, "{actor:?}");
        assert_eq!(running.api(&actor, &api()).await.status, expected, "{actor:?}");
    }
    let refused = form(
        &running,
        &teacher(),
        "days",
        "version=1&action=remove&from=2026-11-25",
    )
    .await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn a_day_that_is_called_off_is_free_in_the_week_of_the_class_at_once() {
    let running = Running::start().await;
    let version = shown(&running).await["days_version"].clone();
    let fields = format!(
        "version={version}&action=add&from=2026-11-23&until=2026-11-24&title=%D0%9A%D0%B0%D1%80%D0%B0%D0%BD%D1%82%D0%B8%D0%BD&kind=closed"
    );
    let saved = form(&running, &of_school(Role::Deputy), "days", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let week = running.page(&of_school(Role::Deputy), &class_path("7a")).await;
    assert!(week.text.contains("Карантин"), "{}", week.text);
    let again = form(&running, &of_school(Role::Deputy), "days", &fields).await;
    assert_eq!(again.status, 409, "the version that the form showed is gone");
    let page = format!("/schedules/calendar?institution={}", institution());
    let page = running.page(&of_school(Role::Deputy), &page).await.text;
    assert!(
        page.contains("Карантин") && page.contains("23–24\u{a0}ноября"),
        "{page}"
    );
}

#[tokio::test]
async fn holidays_of_the_year_come_from_the_production_calendar() {
    let running = Running::start().await;
    let version = shown(&running).await["days_version"].clone();
    let fields = format!("version={version}&action=holidays&year=2026&week=six_days");
    let saved = form(&running, &of_school(Role::Head), "days", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let year = shown(&running).await;
    let has = |date: &str| {
        year["days_off"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|day| day["date"] == date)
    };
    assert!(
        has("2027-02-23") && has("2027-01-08") && !has("2027-02-22"),
        "{year}"
    );
    let unknown = "version=9&action=holidays&year=2031&week=six_days";
    let refused = form(&running, &of_school(Role::Head), "days", unknown).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn bells_from_a_date_stand_beside_those_that_always_hold() {
    let running = Running::start().await;
    let before = shown(&running).await;
    let version = before["bells_version"].as_u64().expect("a version");
    let regime = json!({
        "shift": 1, "grades": [1], "from": "2026-11-01",
        "lessons": [
            { "number": 1, "start": "08:30:00", "end": "09:05:00" },
            { "number": 2, "start": "09:25:00", "end": "10:00:00" },
        ],
    });
    let saved = put(&running, "bells", version, &regime).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    let after = shown(&running).await;
    let count = |year: &Value| year["bells"].as_array().expect("a list").len();
    assert_eq!(count(&after), count(&before) + 1);
    let lost = put(&running, "bells", version, &regime).await;
    assert_eq!(lost.status, 409);
    let mut overlapping = regime;
    overlapping["lessons"][1]["start"] = json!("09:00:00");
    let refused = put(&running, "bells", version + 1, &overlapping).await;
    assert_eq!(refused.status, 422);
    assert_eq!(shown(&running).await, after, "a refused edit changes nothing");
}

#[tokio::test]
async fn all_days_off_are_set_at_once_and_a_date_twice_is_refused() {
    let running = Running::start().await;
    let version = shown(&running).await["days_version"].as_u64().expect("a version");
    let day = |date: &str| json!({ "date": date, "title": "Каникулы", "kind": "break" });
    let twice = json!({ "days_off": [day("2026-10-26"), day("2026-10-26")] });
    assert_eq!(put(&running, "days", version, &twice).await.status, 422);
    let days = json!({ "days_off": [day("2026-10-27"), day("2026-10-26")] });
    let saved = put(&running, "days", version, &days).await.json();
    let dates: Vec<_> = saved["days_off"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|day| day["date"].clone())
        .collect();
    assert_eq!(dates, ["2026-10-26", "2026-10-27"]);
}

#[tokio::test]
async fn the_year_costs_four_reads_and_an_edit_four_calls() {
    let running = Running::start().await;
    running.fill().await;
    let deputy = of_school(Role::Deputy);
    let page = format!("/schedules/calendar?institution={}", institution());
    let cost = running.cost(&deputy, &page).await;
    assert!(cost.calls == 4 && cost.units <= 4.0, "{cost:?}");
    let version = shown(&running).await["days_version"].clone();
    let fields = format!("version={version}&action=remove&from=2026-11-25");
    assert_eq!(form(&running, &deputy, "days", &fields).await.status, 303);
    let cost = running.last_cost();
    assert!(cost.calls == 4 && cost.units <= 7.0, "{cost:?}");
}
