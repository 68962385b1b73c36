//! The published week against the norms, as those who lead the institution see it.

mod school;

use model::Role;
use school::{
    running::{Running, of_school, parent, pupil, teacher},
    school as institution,
};

fn page() -> String {
    format!("/schedules/checks?institution={}", institution())
}

fn api() -> String {
    format!("/api/schedules/institutions/{}/checks", institution())
}

#[tokio::test]
async fn only_those_who_lead_the_institution_see_what_is_found() {
    let running = Running::start().await;
    for (actor, expected) in [
        (of_school(Role::Deputy), 200),
        (of_school(Role::Head), 200),
        (of_school(Role::Administrator), 200),
        (of_school(Role::Teacher), 404),
        (teacher(), 404),
        (parent(), 404),
        (pupil(), 404),
    ] {
        assert_eq!(running.page(&actor, &page()).await.status, expected, "{actor:?}");
        assert_eq!(running.api(&actor, &api()).await.status, expected, "{actor:?}");
    }
}

#[tokio::test]
async fn an_overfull_day_is_named_with_its_document_and_leads_to_the_week() {
    let running = Running::start().await;
    running.fill().await;
    let found = running.api(&of_school(Role::Deputy), &api()).await.json();
    let findings = found["findings"].as_array().expect("a list");
    assert!(!findings.is_empty(), "35 lessons of one subject break something");
    assert!(
        findings
            .iter()
            .all(|finding| finding["document"]["ru"].is_string())
    );
    let shown = running.page(&of_school(Role::Deputy), &page()).await;
    assert!(
        shown.text.contains("действует с") && shown.text.contains("/schedules/classes/"),
        "{}",
        shown.text
    );
    assert!(
        !shown.text.contains("norm-"),
        "every message has its words: {}",
        shown.text
    );
}

#[tokio::test]
async fn a_check_costs_four_parallel_reads() {
    let running = Running::start().await;
    running.fill().await;
    let cost = running.cost(&of_school(Role::Head), &page()).await;
    assert!(cost.calls == 4 && cost.units <= 3.0, "{cost:?}");
}

#[tokio::test]
async fn a_date_chooses_the_norms_and_a_wrong_one_is_refused() {
    let running = Running::start().await;
    let deputy = of_school(Role::Deputy);
    let later = running
        .api(&deputy, &format!("{}?date=2030-09-02", api()))
        .await
        .json();
    assert_eq!(later["date"], "2030-09-02");
    let wrong = running.api(&deputy, &format!("{}?date=tomorrow", api())).await;
    assert_eq!(wrong.status, 422);
}
