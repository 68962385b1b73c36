//! The wrapped router over an embedded database.

use std::sync::Arc;

use aws_lambda_events::sqs::SqsEvent;
use axum::{Router, body::Body, http::Request};
use gradebook::{Cell, CellMark, CellValue, Lesson, RowHead, RowKey};
use model::{
    Actor, Attendance, GroupId, LessonKey, Mark, MarkingRule, PersonId, PersonName, Publication, Role,
    RoleAt, RolesClaim, Work, WorkId, WorkKind,
};
use rosters::MemberRole;
use serde_json::{Value, json};
use store::Table;
use testkit::{Answer, Call, PERIOD, School, Sessions, TestDatabase, moment, put};
use tower::ServiceExt;
use web::{Clock, Environment};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// The class teacher of 7А.
pub(crate) const CLASS_TEACHER: PersonId = PersonId::from_bits(70);

/// A school with a class teacher, its reports function, and a clock that stands at a Monday noon.
pub(crate) struct World {
    pub(crate) school: School,
    pub(crate) sessions: Sessions,
    pub(crate) service: Router,
    pub(crate) registry: Table,
    pub(crate) journals: Table,
    database: TestDatabase,
    queue: MockServer,
}

fn environment(journals: &str) -> Environment {
    Environment::of(&[
        ("REGISTRY_TABLE", "registry"),
        ("SCHEDULES_TABLE", "schedules"),
        ("JOURNALS_TABLE", journals),
        ("REPORTS_TABLE", "reports"),
        (
            "REPORTS_JOBS_QUEUE_URL",
            "http://127.0.0.1:9/000000000000/reports-jobs",
        ),
    ])
}

impl World {
    pub(crate) async fn new(pupils: u128) -> Self {
        let database = TestDatabase::start().await;
        let registry = database.table("registry").await;
        let schedules = database.table("schedules").await;
        let journals = database.table("journals").await;
        database.table("reports").await;
        let queue = MockServer::start().await;
        let taken = ResponseTemplate::new(200).set_body_json(json!({ "MessageId": "1" }));
        Mock::given(any()).respond_with(taken).mount(&queue).await;
        let school = School::new(pupils.max(3));
        school.write(&registry, &schedules).await;
        let name = PersonName::parse("Орлова", "Анна", Some("Львовна")).expect("a name");
        let class = school.membership(CLASS_TEACHER, &name, school.class, MemberRole::Teacher);
        put(&registry, class).await;
        let sessions = Sessions::new(moment("2026-11-23T10:00:00Z"));
        let environment = environment("journals");
        let app = reports::App::new(&environment, database.client(), sessions.clock()).expect("an app");
        let app = app.with_queue(&environment, queues(&queue)).expect("a queue");
        let translations = Arc::clone(&app.translations);
        let service = sessions.serve(reports::router(app), translations);
        Self {
            school,
            sessions,
            service,
            registry,
            journals,
            database,
            queue,
        }
    }

    pub(crate) fn class_teacher(&self) -> Actor {
        Actor {
            person: CLASS_TEACHER,
            roles: RolesClaim(vec![RoleAt::in_institution(
                Role::Teacher,
                self.school.institution,
            )]),
        }
    }

    pub(crate) async fn get(&self, actor: &Actor, path: &str) -> Answer {
        Call::get(path)
            .bearer(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    pub(crate) async fn page(&self, actor: &Actor, path: &str) -> Answer {
        Call::get(path)
            .session(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    /// The bytes of a file.
    pub(crate) async fn file(&self, actor: &Actor, path: &str) -> Vec<u8> {
        let token = self.sessions.token(actor);
        let request = Request::get(path).header("authorization", format!("Bearer {token}"));
        let answer = self
            .service
            .clone()
            .oneshot(request.body(Body::empty()).expect("a request"))
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200);
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await;
        bytes.expect("a body").to_vec()
    }

    pub(crate) fn report(&self) -> String {
        format!("/reports/classes/{}/{PERIOD}", self.school.class)
    }

    /// Opens a lesson; `topic` may be empty.
    pub(crate) async fn open(&self, journal: GroupId, lesson: &str, topic: &str) {
        let lesson = Lesson {
            journal,
            period: PERIOD.parse().expect("a period"),
            lesson: lesson.parse().expect("a lesson"),
            subject: "Алгебра".to_owned(),
            classes: vec![self.school.class],
            topic: topic.to_owned(),
            homework: None,
            works: vec![Work::answers()],
            opened_by: self.school.teacher,
        };
        put(&self.journals, lesson).await;
    }

    /// Sets a cell that was empty.
    pub(crate) async fn set(
        &self,
        journal: GroupId,
        pupil: usize,
        lesson: &str,
        attendance: Option<Attendance>,
        mark: Option<Mark>,
    ) {
        let lesson: LessonKey = lesson.parse().expect("a lesson");
        let row = RowKey {
            journal,
            period: PERIOD.parse().expect("a period"),
            pupil: self.school.pupils[pupil],
        };
        let marks = mark.map(|mark| CellMark {
            work: WorkId::FIRST,
            mark,
            kind: WorkKind::Answer,
            weight: WorkKind::Answer.proposed_weight(),
            publication: Publication::AT_ONCE,
        });
        let value = CellValue {
            attendance,
            marks: marks.into_iter().collect(),
            comment: None,
        };
        let head = RowHead {
            key: &row,
            subject: "Алгебра",
            rule: MarkingRule::USUAL,
        };
        let write = head.set_cell(lesson, &Cell { version: 1, value });
        self.journals.write(vec![write]).await.expect("the cell is set");
    }

    /// The bodies of the messages that were sent to the jobs.
    pub(crate) async fn sent(&self) -> Vec<String> {
        let requests = self.queue.received_requests().await.expect("requests are kept");
        let body = |request: &wiremock::Request| -> Option<String> {
            let call: Value = serde_json::from_slice(&request.body).ok()?;
            call["MessageBody"].as_str().map(str::to_owned)
        };
        requests.iter().filter_map(body).collect()
    }
}

/// The jobs behind the queue.
pub(crate) struct Jobs(reports::Jobs);

impl Jobs {
    /// The jobs with a clock that stands at that moment.
    pub(crate) fn at(now: &str, world: &World) -> Self {
        Self::over(&environment("journals"), now, world)
    }

    /// Jobs that cannot read a journal.
    pub(crate) fn without_journals(now: &str, world: &World) -> Self {
        Self::over(&environment("nowhere"), now, world)
    }

    fn over(environment: &Environment, now: &str, world: &World) -> Self {
        let clock = Clock::Fixed(moment(now));
        Self(reports::Jobs::new(environment, world.database.client(), clock).expect("jobs"))
    }

    /// How many of the messages of a batch of one have to come again.
    pub(crate) async fn deliver(&self, body: &str) -> usize {
        let event = json!({ "Records": [{ "messageId": "m", "body": body }] });
        let event: SqsEvent = serde_json::from_value(event).expect("an event");
        reports::answer(&self.0, event).await.batch_item_failures.len()
    }
}

fn queues(server: &MockServer) -> aws_sdk_sqs::Client {
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
        .region(aws_sdk_sqs::config::Region::new("eu-central-1"))
        .endpoint_url(server.uri())
        .credentials_provider(aws_sdk_sqs::config::Credentials::new(
            "test", "test", None, None, "test",
        ))
        .build();
    aws_sdk_sqs::Client::from_conf(config)
}
