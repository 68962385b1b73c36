//! The jobs as their queue sees them.

mod school;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use schedules::import::{Jobs, answer};
use serde_json::json;
use testkit::moment;
use timetables::{Owner, Timetables};
use web::{Clock, Environment};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

use school::{School, TIMETABLE, group, message, with_timetable};

fn event(bodies: &[(&str, String)]) -> SqsEvent {
    let records: Vec<_> = bodies
        .iter()
        .map(|(id, body)| json!({ "messageId": id, "body": body }))
        .collect();
    serde_json::from_value(json!({ "Records": records })).expect("an event")
}

fn body(import: u128) -> String {
    serde_json::to_string(&message(import)).expect("a message")
}

async fn jobs(school: &School, storage: &MockServer) -> Jobs {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
        .region(aws_sdk_s3::config::Region::new("eu-central-1"))
        .endpoint_url(storage.uri())
        .credentials_provider(aws_sdk_s3::config::Credentials::new(
            "test", "test", None, None, "test",
        ))
        .retry_config(aws_sdk_s3::config::retry::RetryConfig::disabled())
        .force_path_style(true)
        .build();
    let environment = Environment::of(&[
        ("SCHEDULES_TABLE", "schedules"),
        ("REGISTRY_TABLE", "registry"),
        ("IMPORTS_BUCKET", "imports"),
    ]);
    let clock = Clock::Fixed(moment("2026-11-23T06:25:00Z"));
    let bundles = aws_sdk_s3::Client::from_conf(config);
    Jobs::new(&environment, school.database.client(), &bundles, clock).expect("jobs")
}

fn failed(response: &SqsBatchResponse) -> Vec<&str> {
    response
        .batch_item_failures
        .iter()
        .map(|failure| failure.item_identifier.as_str())
        .collect()
}

#[tokio::test]
async fn only_what_may_succeed_later_comes_again() {
    let school = School::open().await;
    let storage = MockServer::start().await;
    let bundle = ResponseTemplate::new(200).set_body_bytes(with_timetable(TIMETABLE));
    Mock::given(path("/imports/1.zip"))
        .respond_with(bundle)
        .mount(&storage)
        .await;
    Mock::given(path("/imports/2.zip"))
        .respond_with(ResponseTemplate::new(503))
        .mount(&storage)
        .await;
    let missing = "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>";
    let missing = ResponseTemplate::new(404).set_body_raw(missing, "application/xml");
    Mock::given(path("/imports/3.zip"))
        .respond_with(missing)
        .mount(&storage)
        .await;
    let jobs = jobs(&school, &storage).await;
    let batch = [
        ("a", body(1)),
        ("b", body(2)),
        ("c", body(3)),
        ("d", "{}".to_owned()),
    ];
    let response = answer(&jobs, event(&batch)).await;
    assert_eq!(
        failed(&response),
        ["b", "d"],
        "the store was away; the message is none"
    );
    let week = Timetables::new(school.schedules.clone())
        .week(Owner::Class(group("7a")))
        .await;
    assert!(week.expect("the week is read").is_some());
}
