//! A registry with two regions, a school in one of them, and stand-ins for the bucket and the queue.
#![allow(dead_code, missing_docs, unreachable_pub)]

use std::sync::Arc;

use axum::Router;
use model::{
    Actor, GroupId, GroupKind, InstitutionId, InstitutionKind, PersonId, PersonName, RegionId, Role, RoleAt,
    RolesClaim,
};
use registry::{App, Clients, ImportStore};
use rosters::{ClassTeaching, Group, Institution, Member, MemberRole, Membership, Region};
use serde::Serialize;
use store::{Record, Stored, Table, Write};
use testkit::{Answer, Call, Sessions, TestDatabase, moment};
use web::Environment;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path_regex},
};

pub struct World {
    pub database: TestDatabase,
    pub table: Table,
    pub journals: Table,
    pub sessions: Sessions,
    pub service: Router,
    pub bucket: MockServer,
    pub queue: MockServer,
    pub imports: ImportStore,
}

pub fn north() -> RegionId {
    RegionId::derived("country", "north")
}

pub fn south() -> RegionId {
    RegionId::derived("country", "south")
}

pub fn school() -> InstitutionId {
    InstitutionId::from_bits(1)
}

pub fn class() -> GroupId {
    GroupId::from_bits(1)
}

pub fn algebra() -> GroupId {
    GroupId::from_bits(2)
}

pub fn teacher_of_algebra() -> PersonId {
    PersonId::from_bits(20)
}

pub fn actor(person: u128, roles: Vec<RoleAt>) -> Actor {
    Actor {
        person: PersonId::from_bits(person),
        roles: RolesClaim(roles),
    }
}

/// Everybody who may come, with a name for messages.
pub fn everybody() -> Vec<(&'static str, Actor)> {
    let elsewhere = InstitutionId::from_bits(2);
    vec![
        ("federal", federal()),
        ("operator", operator()),
        (
            "foreign operator",
            actor(3, vec![RoleAt::in_region(Role::RegionOperator, south())]),
        ),
        ("head", head()),
        (
            "deputy",
            actor(5, vec![RoleAt::in_institution(Role::Deputy, school())]),
        ),
        (
            "administrator",
            actor(6, vec![RoleAt::in_institution(Role::Administrator, school())]),
        ),
        (
            "teacher",
            actor(20, vec![RoleAt::in_institution(Role::Teacher, school())]),
        ),
        (
            "foreign teacher",
            actor(7, vec![RoleAt::in_institution(Role::Teacher, elsewhere)]),
        ),
        (
            "foreign head",
            actor(8, vec![RoleAt::in_institution(Role::Head, elsewhere)]),
        ),
        (
            "pupil",
            actor(10, vec![RoleAt::in_institution(Role::Pupil, school())]),
        ),
        ("parent", actor(9, vec![RoleAt::anywhere(Role::Parent)])),
        ("newcomer", actor(11, vec![])),
    ]
}

pub fn federal() -> Actor {
    actor(1, vec![RoleAt::anywhere(Role::FederalOperator)])
}

pub fn operator() -> Actor {
    actor(2, vec![RoleAt::in_region(Role::RegionOperator, north())])
}

pub fn head() -> Actor {
    actor(4, vec![RoleAt::in_institution(Role::Head, school())])
}

impl World {
    pub async fn start() -> Self {
        let database = TestDatabase::start().await;
        let table = database.table("school-registry").await;
        let journals = database.table("school-journals").await;
        let sessions = Sessions::new(moment("2026-11-23T08:00:00Z"));
        let (bucket, queue) = (MockServer::start().await, MockServer::start().await);
        let environment = Environment::of(&[
            ("REGISTRY_TABLE", "school-registry"),
            ("JOURNALS_TABLE", "school-journals"),
            ("IMPORTS_BUCKET", "imports-bucket"),
            (
                "REGISTRY_JOBS_QUEUE_URL",
                &format!("{}/1/registry-jobs", queue.uri()),
            ),
        ]);
        let clients = Clients {
            database: database.client().clone(),
            objects: objects(&bucket.uri()),
            queues: queues(&queue.uri()),
        };
        let app = App::new(&environment, &clients, sessions.clock()).expect("the settings are complete");
        let translations = Arc::clone(&app.translations);
        let service = sessions.serve(registry::router(app), translations);
        let imports = ImportStore::new(table.clone());
        let world = Self {
            database,
            table,
            journals,
            sessions,
            service,
            bucket,
            queue,
            imports,
        };
        world.fill().await;
        world
    }

    pub async fn put<T: Record + Serialize>(&self, record: T) {
        let write = Write::create(&Stored::new(record)).expect("an item");
        self.table.write(vec![write]).await.expect("the record is kept");
    }

    async fn fill(&self) {
        for (code, name) in [("north", "Северный край"), ("south", "Южный край")] {
            let region = RegionId::derived("country", code);
            self.put(Region {
                region,
                code: code.to_owned(),
                name: name.to_owned(),
            })
            .await;
        }
        self.institution(1, north(), InstitutionKind::General, "Школа № 12")
            .await;
        self.institution(2, south(), InstitutionKind::Preschool, "Ромашка")
            .await;
        self.put(group(class(), GroupKind::Class, "7А", None)).await;
        self.put(group(algebra(), GroupKind::Teaching, "7А", Some("Алгебра")))
            .await;
        let teaching = ClassTeaching {
            class: class(),
            group: algebra(),
            subject: "Алгебра".to_owned(),
            title: "7А".to_owned(),
            teachers: vec![Member {
                person: teacher_of_algebra(),
                name: name_of("Лобачевский"),
                from: None,
                until: None,
            }],
        };
        self.put(teaching).await;
        self.member(10, "Яковлев", class(), MemberRole::Pupil, None).await;
        self.member(12, "Антонова", class(), MemberRole::Pupil, None)
            .await;
        self.member(13, "Выбывший", class(), MemberRole::Pupil, Some("2026-10-01"))
            .await;
        self.member(21, "Классная", class(), MemberRole::Teacher, None)
            .await;
        self.member(20, "Лобачевский", algebra(), MemberRole::Teacher, None)
            .await;
    }

    pub async fn institution(&self, id: u128, region: RegionId, kind: InstitutionKind, name: &str) {
        let institution = InstitutionId::from_bits(id);
        let time_zone = "Europe/Moscow".to_owned();
        self.put(Institution {
            institution,
            region,
            kind,
            name: name.to_owned(),
            time_zone,
        })
        .await;
    }

    async fn member(&self, id: u128, family: &str, group: GroupId, role: MemberRole, until: Option<&str>) {
        self.put(Membership {
            person: PersonId::from_bits(id),
            group,
            group_kind: if group == class() {
                GroupKind::Class
            } else {
                GroupKind::Teaching
            },
            role,
            name: name_of(family),
            institution: school(),
            institution_name: "Школа № 12".to_owned(),
            time_zone: String::new(),
            title: "7А".to_owned(),
            subject: (group == algebra()).then(|| "Алгебра".to_owned()),
            grade: Some(7),
            periods: vec![],
            from: None,
            until: until.map(|date| date.parse().expect("a date")),
            learns_in: vec![],
        })
        .await;
    }

    /// The bucket has a file of so many bytes under every key.
    pub async fn bucket_has(&self, bytes: usize) {
        let answer = ResponseTemplate::new(200).set_body_bytes(vec![0; bytes]);
        Mock::given(method("HEAD"))
            .and(path_regex("^/imports-bucket/imports/imp_.*zip$"))
            .respond_with(answer)
            .mount(&self.bucket)
            .await;
    }

    /// The queue takes messages.
    pub async fn queue_takes(&self) {
        let answer = ResponseTemplate::new(200).set_body_json(serde_json::json!({ "MessageId": "1" }));
        Mock::given(method("POST"))
            .respond_with(answer)
            .mount(&self.queue)
            .await;
    }

    /// The bodies of the messages that were sent.
    pub async fn messages(&self) -> Vec<serde_json::Value> {
        let requests = self
            .queue
            .received_requests()
            .await
            .expect("requests are recorded");
        requests
            .iter()
            .map(|request| {
                let call: serde_json::Value = serde_json::from_slice(&request.body).expect("JSON");
                let body = call["MessageBody"].as_str().expect("a body");
                serde_json::from_str(body).expect("a message in JSON")
            })
            .collect()
    }

    pub async fn get(&self, actor: &Actor, path: &str) -> Answer {
        Call::get(path)
            .bearer(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    pub async fn page(&self, actor: &Actor, path: &str) -> Answer {
        Call::get(path)
            .session(&self.sessions, actor)
            .header("accept-language", "ru")
            .send(&self.service)
            .await
    }

    pub async fn post(&self, actor: &Actor, path: &str, body: &serde_json::Value) -> Answer {
        Call::new("POST", path)
            .bearer(&self.sessions, actor)
            .json(body)
            .send(&self.service)
            .await
    }

    /// Makes an import ready for the north.
    pub async fn import(&self) -> String {
        let answer = self
            .post(
                &operator(),
                "/api/registry/imports",
                &serde_json::json!({ "region": north() }),
            )
            .await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["import"].as_str().expect("an id").to_owned()
    }
}

pub fn name_of(family: &str) -> PersonName {
    PersonName::parse(family, "Саша", Some("Ивановна")).expect("a name")
}

fn group(id: GroupId, kind: GroupKind, title: &str, subject: Option<&str>) -> Group {
    Group {
        group: id,
        institution: school(),
        kind,
        title: title.to_owned(),
        subject: subject.map(str::to_owned),
        grade: Some(7),
        classes: if kind == GroupKind::Teaching {
            vec![class()]
        } else {
            vec![]
        },
        periods: vec![],
        time_zone: "Europe/Moscow".to_owned(),
    }
}

fn objects(endpoint: &str) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
        .region(aws_sdk_s3::config::Region::new("eu-central-1"))
        .endpoint_url(endpoint)
        .credentials_provider(aws_sdk_s3::config::Credentials::new(
            "test", "test", None, None, "test",
        ))
        .retry_config(aws_sdk_s3::config::retry::RetryConfig::disabled())
        .build();
    aws_sdk_s3::Client::from_conf(config)
}

fn queues(endpoint: &str) -> aws_sdk_sqs::Client {
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
        .region(aws_sdk_sqs::config::Region::new("eu-central-1"))
        .endpoint_url(endpoint)
        .credentials_provider(aws_sdk_sqs::config::Credentials::new(
            "test", "test", None, None, "test",
        ))
        .retry_config(aws_sdk_sqs::config::retry::RetryConfig::disabled())
        .build();
    aws_sdk_sqs::Client::from_conf(config)
}
