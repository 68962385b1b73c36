//! The publication of a large school: by the jobs behind the queue, in many transactions.

use aws_lambda_events::sqs::SqsEvent;
use jiff::civil::date;
use model::Week;
use schedules::import::{Jobs, answer};
use serde_json::{Value, json};
use testkit::{Call, moment};
use timetables::{Owner, Timetables};
use web::{Clock, Environment};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use crate::{
    costs::{class, large_school, table},
    school::{running::Running, school},
    world::{deputy, publish},
};

pub(crate) fn jobs(running: &Running) -> Jobs {
    jobs_at(running, "2026-11-23T06:26:00Z")
}

/// The jobs at a moment.
pub(crate) fn jobs_at(running: &Running, now: &str) -> Jobs {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
        .region(aws_sdk_s3::config::Region::new("eu-central-1"))
        .endpoint_url("http://127.0.0.1:9")
        .build();
    let environment = Environment::of(&[
        ("SCHEDULES_TABLE", "schedules"),
        ("REGISTRY_TABLE", "registry"),
        ("IMPORTS_BUCKET", "imports"),
    ]);
    let clock = Clock::Fixed(moment(now));
    let objects = aws_sdk_s3::Client::from_conf(config);
    Jobs::new(&environment, running.school.database.client(), &objects, clock).expect("jobs")
}

pub(crate) fn queues(storage: &MockServer) -> aws_sdk_sqs::Client {
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
        .region(aws_sdk_sqs::config::Region::new("eu-central-1"))
        .endpoint_url(storage.uri())
        .credentials_provider(aws_sdk_sqs::config::Credentials::new(
            "test", "test", None, None, "test",
        ))
        .build();
    aws_sdk_sqs::Client::from_conf(config)
}

/// The bodies of the messages that were sent.
pub(crate) async fn sent(storage: &MockServer) -> Vec<String> {
    let requests = storage.received_requests().await.expect("requests are kept");
    let body = |request: &wiremock::Request| -> Option<String> {
        let call: Value = serde_json::from_slice(&request.body).ok()?;
        call["MessageBody"].as_str().map(str::to_owned)
    };
    requests.iter().filter_map(body).collect()
}

pub(crate) async fn deliver(jobs: &Jobs, body: &str) -> usize {
    let event: SqsEvent =
        serde_json::from_value(json!({ "Records": [{ "messageId": "m", "body": body }] })).expect("an event");
    answer(jobs, event).await.batch_item_failures.len()
}

async fn state(running: &Running, id: &str) -> Value {
    let path = format!("/api/schedules/drafts/{id}/publication");
    running.api(&deputy(), &path).await.json()
}

#[tokio::test]
async fn a_large_school_is_published_by_the_jobs_once_however_often_the_message_comes() {
    let storage = MockServer::start().await;
    let answered = ResponseTemplate::new(200).set_body_json(json!({ "MessageId": "1" }));
    Mock::given(any()).respond_with(answered).mount(&storage).await;
    let running = large_school().await;
    let running = running.with_queue(queues(&storage));
    let query = format!("institution={}&title=x&from=2026-11-30&source=empty", school());
    let made = Call::new("POST", &format!("/api/schedules/drafts/table?{query}"))
        .bearer(&running.sessions, &deputy())
        .body(table())
        .send(&running.service)
        .await;
    let id = made.json()["draft"].as_str().expect("an id").to_owned();

    let begun = publish(&running, &id, "2026-11-30").await;
    assert_eq!(
        (begun.status.as_u16(), begun.json()["state"].as_str()),
        (200, Some("publishing")),
        "{}",
        begun.text
    );
    let messages = sent(&storage).await;
    assert_eq!(messages, [format!("{{\"publish\":\"{}\"}}", school())]);
    let page = running
        .page(&deputy(), &format!("/schedules/drafts/{id}/publication"))
        .await
        .text;
    assert!(
        page.contains("http-equiv=\"refresh\"") && page.contains("публикуется с"),
        "{page}"
    );
    // Pressing the button again while it is under way sends nothing more.
    assert_eq!(publish(&running, &id, "2026-11-30").await.status, 200);
    assert_eq!(sent(&storage).await.len(), 1);

    let jobs = jobs(&running);
    // Twice at once, and once more when it is done: at least once is what a queue promises.
    let both = tokio::join!(deliver(&jobs, &messages[0]), deliver(&jobs, &messages[0]));
    assert!(both.0 + both.1 <= 1, "{both:?}");
    assert_eq!(deliver(&jobs, &messages[0]).await, 0);
    let done = state(&running, &id).await;
    assert_eq!(done["state"], "published");
    assert!(
        done["written"].as_u64() > Some(25) && done["written"] == done["total"],
        "{done}"
    );

    let again = running
        .cost(&deputy(), &format!("/schedules/drafts/{id}/publication"))
        .await;
    assert!(
        again.calls == 4 && again.units <= 32.0,
        "beside all published weeks: {again:?}"
    );

    let weeks = Timetables::new(running.school.schedules.clone());
    for number in [0, 27] {
        let week = Week::of(date(2026, 12, 2));
        let plan = weeks
            .plan(Owner::Class(class(number)), &[], week)
            .await
            .expect("a read");
        let timetable = plan.timetable.expect("a week");
        assert_eq!(
            (timetable.slots.len(), timetable.from),
            (35, Some(date(2026, 11, 30)))
        );
        let before = weeks
            .plan(Owner::Class(class(number)), &[], Week::of(date(2026, 11, 23)))
            .await;
        assert_eq!(before.expect("a read").timetable, None, "it had no week before");
    }
}

#[tokio::test]
async fn a_message_that_is_neither_import_nor_publication_comes_again() {
    let running = Running::start().await;
    assert_eq!(deliver(&jobs(&running), "{\"publish\":1}").await, 1);
    let nothing = format!("{{\"publish\":\"{}\"}}", school());
    assert_eq!(
        deliver(&jobs(&running), &nothing).await,
        0,
        "nothing is under way"
    );
}
