//! Messages of the queue, with a bucket and a second queue beside the database.

use aws_lambda_events::sqs::{SqsEvent, SqsMessage};
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region};
use registry::import::{Clients, Jobs, answer};
use web::Environment;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use super::*;

async fn jobs(registry: &Registry, cloud: &MockServer) -> Jobs {
    let credentials = Credentials::new("test", "test", None, None, "test");
    let objects = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials.clone())
        .endpoint_url(cloud.uri())
        .force_path_style(true)
        .build();
    let queues = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials)
        .endpoint_url(cloud.uri())
        .build();
    let clients = Clients {
        database: registry.database.client().clone(),
        objects: aws_sdk_s3::Client::from_conf(objects),
        queues: aws_sdk_sqs::Client::from_conf(queues),
    };
    let url = format!("{}/schedules-jobs", cloud.uri());
    let environment = Environment::of(&[
        ("REGISTRY_TABLE", "registry"),
        ("IMPORTS_BUCKET", "bundles"),
        ("SCHEDULES_JOBS_QUEUE_URL", &url),
        ("PERSON_HASH_KEY", "a key of the test's own"),
    ]);
    Jobs::new(&environment, clients, Clock::Fixed(now())).expect("complete settings")
}

fn message(id: &str, body: String) -> SqsMessage {
    let mut message = SqsMessage::default();
    message.message_id = Some(id.to_owned());
    message.body = Some(body);
    message
}

fn event(messages: Vec<SqsMessage>) -> SqsEvent {
    let mut event = SqsEvent::default();
    event.records = messages;
    event
}

#[tokio::test]
async fn an_import_is_carried_out_and_passed_on_and_only_what_failed_comes_again() {
    let registry = Registry::start().await;
    let cloud = MockServer::start().await;
    let good = registry.queued(1).await;
    let missing = registry.queued(2).await;
    Mock::given(method("GET"))
        .and(path(format!("/bundles/{}", good.key)))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(small(&[])))
        .mount(&cloud)
        .await;
    let nothing = "<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>";
    Mock::given(method("GET"))
        .and(path(format!("/bundles/{}", missing.key)))
        .respond_with(ResponseTemplate::new(404).set_body_string(nothing))
        .mount(&cloud)
        .await;
    let sent = serde_json::json!({ "MessageId": "1", "MD5OfMessageBody": md5_is_not_checked() });
    let passed_on = Mock::given(method("POST")).respond_with(ResponseTemplate::new(200).set_body_json(sent));
    passed_on.expect(1).mount(&cloud).await;

    let body = |message: &ImportMessage| serde_json::to_string(message).expect("JSON");
    let messages = vec![
        message("garbled", "{}".to_owned()),
        message("good", body(&good)),
        message("missing", body(&missing)),
    ];
    let answer = answer(&jobs(&registry, &cloud).await, event(messages)).await;
    let failed: Vec<_> = answer
        .batch_item_failures
        .iter()
        .map(|failure| failure.item_identifier.as_str())
        .collect();
    assert_eq!(failed, ["garbled"]);
    let state = async |message: &ImportMessage| {
        registry
            .imports
            .find(message.import)
            .await
            .expect("a read")
            .expect("the import")
            .record
    };
    assert_eq!(state(&good).await.state, ImportState::Done);
    let given_up = state(&missing).await;
    assert_eq!(
        (given_up.state, given_up.failure.as_deref()),
        (ImportState::Failed, Some("bundle-missing"))
    );
}

/// The client does not compare the digest unless asked to.
const fn md5_is_not_checked() -> &'static str {
    ""
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_sends_the_message_back() {
    let registry = Registry::start().await;
    let cloud = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(403))
        .mount(&cloud)
        .await;
    let queued = registry.queued(1).await;
    let body = serde_json::to_string(&queued).expect("JSON");
    let answer = answer(&jobs(&registry, &cloud).await, event(vec![message("one", body)])).await;
    assert_eq!(answer.batch_item_failures.len(), 1);
    let import = registry
        .imports
        .find(queued.import)
        .await
        .expect("a read")
        .expect("the import")
        .record;
    assert_eq!(import.state, ImportState::Queued);
}
