//! Every function over one embedded database with a small school in it.

use std::sync::Arc;

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use axum::Router;
use base64::{Engine, engine::general_purpose::STANDARD};
use bundles::Report;
use end_to_end::features;
use gradebook::{Alert, AlertId, CellChange, CellValue, UnusualKind};
use model::{Actor, GroupId, ImportId, InstitutionId, InstitutionKind, PersonId, PersonName};
use registry::import_item::Import;
use rosters::{Institution, MemberRole, Membership, Person};
use schedules::{TimetableImport, WeekCounts};
use serde_json::json;
use store::Table;
use testkit::{Answer, Call, ORIGIN, PERIOD, School, Sessions, TestDatabase, moment, put};
use web::{Environment, Route};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

use crate::requests::{new_draft, query, with_body};

/// The moment at which the tests happen: the Monday of the school's timetable.
pub(crate) const NOW: &str = "2026-11-23T10:00:00Z";
/// An open lesson of algebra.
pub(crate) const LESSON: &str = "2026-11-23-02";

/// A college at which the first pupil learns as well: its students have pass books.
pub(crate) const COLLEGE: InstitutionId = InstitutionId::from_bits(3);

/// The platform in one process.
pub(crate) struct World {
    pub(crate) school: School,
    services: Vec<(&'static str, Router)>,
    /// A draft of the school's timetable without lessons.
    draft: String,
    _database: TestDatabase,
}

impl World {
    /// The school, a lesson, an import and its report; `storage` stands in for the bucket and the queue of imports.
    pub(crate) async fn new(sessions: &Sessions, storage: &str) -> Self {
        let database = TestDatabase::start().await;
        let school = School::new(3);
        fill(&database, &school).await;
        let mut world = Self {
            draft: String::new(),
            services: services(sessions, &database, storage),
            school,
            _database: database,
        };
        world.open_lesson(sessions).await;
        world.tell_absence(sessions).await;
        world.answer(sessions).await;
        world.open_draft(sessions).await;
        world
    }

    async fn open_lesson(&self, sessions: &Sessions) {
        let path = self.path("/api/journals/{journal}/{period}/lessons/{lesson}");
        let call = Call::new("PUT", &path)
            .header("if-match", "\"0\"")
            .json(&json!({ "topic": "Дроби", "homework": "№ 5" }));
        let opened = call
            .bearer(sessions, &self.school.teacher_actor())
            .send(self.service("journals"))
            .await;
        assert_eq!(opened.status, 201, "{}", opened.text);
    }

    async fn tell_absence(&self, sessions: &Sessions) {
        let call = Call::new("POST", &self.path("/api/journals/notices/{child}"));
        let told = call
            .json(&json!({ "from": "2026-11-24", "reason": "illness" }))
            .bearer(sessions, &self.school.parent_actor())
            .send(self.service("journals"))
            .await;
        assert_eq!(told.status, 201, "{}", told.text);
    }

    /// The pupil answers to the homework of the lesson.
    async fn answer(&self, sessions: &Sessions) {
        let path = "/api/journals/{journal}/{period}/lessons/{lesson}/answers/{pupil}";
        let answered = Call::new("POST", &self.path(path))
            .json(&json!({ "text": "x = 2" }))
            .bearer(sessions, &self.school.pupil_actor(0))
            .send(self.service("journals"))
            .await;
        assert_eq!(answered.status, 200, "{}", answered.text);
    }

    async fn open_draft(&mut self, sessions: &Sessions) {
        let made = Call::new("POST", "/api/schedules/drafts")
            .json(&new_draft(&self.school))
            .bearer(sessions, &self.school.actor("head"))
            .send(self.service("schedules"))
            .await;
        let id = made.json()["draft"].as_str().map(str::to_owned);
        self.draft = id.unwrap_or_else(|| panic!("no draft: {}", made.text));
    }

    fn service(&self, feature: &str) -> &Router {
        let found = self.services.iter().find(|(name, _)| *name == feature);
        &found.expect("every feature is built").1
    }

    /// Sends a well-formed request for a thing of the school to a route.
    pub(crate) async fn knock(&self, sessions: &Sessions, actor: Option<&Actor>, route: &Route) -> Answer {
        let feature = features::of_path(route.path).expect("the path begins with a feature's name");
        let (path, query) = (self.path(route.path), query(route, &self.school));
        let call = with_body(
            Call::new(route.method, &format!("{path}{query}")),
            route,
            &self.school,
        );
        let call = match actor {
            Some(actor) if route.path.starts_with("/api/") => call.bearer(sessions, actor),
            Some(actor) => call.session(sessions, actor),
            None if route.path.starts_with("/api/") => call,
            None => call.page().header("origin", ORIGIN),
        };
        call.send(self.service(feature.name)).await
    }

    fn path(&self, path: &str) -> String {
        let school = &self.school;
        [
            ("{journal}", school.algebra.to_string()),
            ("{period}", PERIOD.to_owned()),
            ("{lesson}", LESSON.to_owned()),
            ("{work}", "1".to_owned()),
            ("{pupil}", school.pupils[0].to_string()),
            ("{child}", school.pupils[0].to_string()),
            ("{notice}", "2026-1".to_owned()),
            ("{alert}", alert(school).to_string()),
            ("{change}", format!("{LESSON}-{}", school.algebra)),
            ("{feed}", "0".repeat(64)),
            ("{class}", school.class.to_string()),
            ("{region}", school.region.to_string()),
            ("{institution}", school.institution.to_string()),
            ("{import}", import_id().to_string()),
            ("{draft}", self.draft.clone()),
            ("{week}", "2026-11-23".to_owned()),
            ("{kind}", "checks".to_owned()),
        ]
        .iter()
        .fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
    }
}

/// A mark that the algebra teacher has entered long after its lesson.
fn late_mark(school: &School) -> CellChange {
    let id = alert(school);
    CellChange {
        journal: id.journal,
        lesson: "2026-09-07-02".parse().expect("a lesson"),
        pupil: school.pupils[0],
        number: 1,
        at: moment(NOW),
        by: id.by,
        by_name: "Соколова И. С.".to_owned(),
        from: CellValue::default(),
        to: CellValue::default(),
        reason: None,
        alert: Some(Alert {
            institution: school.institution,
            kind: id.kind,
        }),
    }
}

/// How the leaders of the school are told of it.
fn alert(school: &School) -> AlertId {
    AlertId {
        day: testkit::MONDAY,
        kind: UnusualKind::Late,
        journal: school.algebra,
        by: school.teacher,
    }
}

async fn fill(database: &TestDatabase, school: &School) {
    let registry = database.table("registry").await;
    let schedules = database.table("schedules").await;
    let journals = database.table("journals").await;
    put(&journals, late_mark(school)).await;
    database.table("diary").await;
    database.table("reports").await;
    database.table("identity").await;
    database.table("gosuslugi").await;
    school.write(&registry, &schedules).await;
    let known = [school.teacher, school.history_teacher, school.parent];
    for (title, actor) in school.actors() {
        if !known.contains(&actor.person) && !school.pupils.contains(&actor.person) {
            put(&registry, card(actor.person, title)).await;
        }
    }
    found_college(&registry, school).await;
    let code = "north".to_owned();
    put(
        &registry,
        Import::new(
            import_id(),
            school.region,
            code,
            PersonId::from_bits(56),
            moment(NOW),
        ),
    )
    .await;
    let timetables = TimetableImport {
        import: import_id(),
        region: school.region,
        finished_at: moment(NOW),
        failure: None,
        weeks: WeekCounts::default(),
        report: Report::default(),
    };
    put(&schedules, timetables).await;
}

async fn found_college(registry: &Table, school: &School) {
    let name = "Колледж связи";
    let college = Institution {
        institution: COLLEGE,
        region: school.region,
        kind: InstitutionKind::Vocational,
        name: name.to_owned(),
        time_zone: "Europe/Moscow".to_owned(),
    };
    put(registry, college).await;
    let student = PersonName::parse("Андреев", "Саша", None).expect("a name");
    let of_school = school.membership(school.pupils[0], &student, school.class, MemberRole::Pupil);
    let of_college = Membership {
        group: GroupId::from_bits(30),
        institution: COLLEGE,
        institution_name: name.to_owned(),
        title: "С-21".to_owned(),
        grade: None,
        periods: vec![],
        learns_in: vec![],
        ..of_school
    };
    put(registry, of_college).await;
}

fn import_id() -> ImportId {
    ImportId::from_bits(77)
}

fn card(person: PersonId, title: &str) -> Person {
    Person {
        person,
        name: PersonName::parse("Знакомый", title, None).expect("a name"),
        birth_date: None,
        sex: None,
        snils_hash: None,
        subject: None,
        trusted: true,
    }
}

fn services(sessions: &Sessions, database: &TestDatabase, storage: &str) -> Vec<(&'static str, Router)> {
    let environment = environment();
    let (client, clock) = (database.client(), sessions.clock());
    let identity = identity::App::new(&environment, client, clock).expect("all settings");
    let gosuslugi = gosuslugi::App::new(&environment, client.clone(), clock).expect("all settings");
    let clients = clients(database, storage);
    let registry = registry::App::new(&environment, &clients, clock).expect("all settings");
    let schedules = schedules::App::new(&environment, client, clock).expect("all settings");
    let journals = journals::App::new(&environment, client, clock).expect("all settings");
    let diary = diary::App::new(&environment, client, clock).expect("all settings");
    let reports = reports::App::new(&environment, client, clock).expect("all settings");
    let reports = reports
        .with_queue(&environment, clients.queues.clone())
        .expect("a queue");
    let bridge_words = ui_words(gosuslugi::MESSAGES);
    vec![
        (
            "identity",
            sessions.serve(identity::router(identity), words(identity::translations())),
        ),
        (
            "gosuslugi",
            sessions.serve(gosuslugi::router(gosuslugi), bridge_words),
        ),
        (
            "registry",
            sessions.serve(registry::router(registry), words(registry::translations())),
        ),
        (
            "schedules",
            sessions.serve(schedules::router(schedules), words(schedules::translations())),
        ),
        (
            "journals",
            sessions.serve(journals::router(journals), words(journals::translations())),
        ),
        (
            "diary",
            sessions.serve(diary::router(diary), words(diary::translations())),
        ),
        (
            "reports",
            sessions.serve(reports::router(reports), words(reports::translations())),
        ),
    ]
}

fn words(read: Result<ui::Translations, ui::TranslationsError>) -> Arc<ui::Translations> {
    Arc::new(read.expect("good messages"))
}

fn ui_words(messages: ui::Messages) -> Arc<ui::Translations> {
    words(ui::Translations::new(messages))
}

/// A bucket in which every file is, and a queue that takes every message.
pub(crate) async fn storage() -> MockServer {
    let server = MockServer::start().await;
    // The body is what SQS answers; of a file only the head is asked for.
    let answer = ResponseTemplate::new(200)
        .set_body_json(json!({ "MessageId": "1", "MD5OfMessageBody": "00000000000000000000000000000000" }));
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

fn clients(database: &TestDatabase, storage: &str) -> registry::Clients {
    let credentials = Credentials::new("test", "test", None, None, "test");
    let region = Region::new("eu-central-1");
    let files = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region.clone())
        .endpoint_url(storage)
        .credentials_provider(credentials.clone())
        .build();
    let messages = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region)
        .endpoint_url(storage)
        .credentials_provider(credentials)
        .build();
    registry::Clients {
        database: database.client().clone(),
        objects: aws_sdk_s3::Client::from_conf(files),
        queues: aws_sdk_sqs::Client::from_conf(messages),
    }
}

fn environment() -> Environment {
    let bridge = format!("{ORIGIN}/gosuslugi");
    let token_key = STANDARD.encode(TOKEN_KEY);
    let certificate = STANDARD.encode("a certificate");
    Environment::of(&[
        ("PUBLIC_ORIGIN", ORIGIN),
        ("ASSETS_BASE", "/assets/test"),
        ("REGISTRY_TABLE", "registry"),
        ("SCHEDULES_TABLE", "schedules"),
        ("JOURNALS_TABLE", "journals"),
        ("DIARY_TABLE", "diary"),
        ("REPORTS_TABLE", "reports"),
        (
            "REPORTS_JOBS_QUEUE_URL",
            "http://127.0.0.1:9/000000000000/reports-jobs",
        ),
        ("GOSUSLUGI_TABLE", "gosuslugi"),
        ("IMPORTS_BUCKET", "imports"),
        (
            "REGISTRY_JOBS_QUEUE_URL",
            "http://127.0.0.1:9/000000000000/registry-jobs",
        ),
        (
            "SCHEDULES_JOBS_QUEUE_URL",
            "http://127.0.0.1:9/000000000000/schedules-jobs",
        ),
        ("PERSON_HASH_KEY", "person-hash-key-of-the-tests-0123456789"),
        ("TOKEN_ISSUER", testkit::ISSUER),
        ("TOKEN_JWKS_URL", "http://127.0.0.1:9/"),
        ("TOKEN_CLIENT_ID", testkit::CLIENT_ID),
        ("COGNITO_AUTHORIZE_URL", "https://pool.example/oauth2/authorize"),
        ("COGNITO_TOKEN_URL", "http://127.0.0.1:9/oauth2/token"),
        ("COGNITO_LOGOUT_URL", "https://pool.example/logout"),
        ("BRIDGE_ISSUER", &bridge),
        ("BRIDGE_CLIENT_ID", "cognito"),
        ("BRIDGE_CLIENT_SECRET", "client-secret-of-the-tests-0123456789"),
        ("BRIDGE_REDIRECT_URI", "https://pool.example/oauth2/idpresponse"),
        ("BRIDGE_KEYS_SECRET", "keys-secret-of-the-tests-0123456789012"),
        ("ESIA_AUTHORIZE_ORIGIN", "https://esia.example"),
        ("ESIA_ORIGIN", "http://127.0.0.1:9"),
        ("ESIA_CLIENT_ID", "MY_SCHOOL"),
        ("ESIA_CERTIFICATE", &certificate),
        ("ESIA_TOKEN_KEY", &token_key),
        ("ESIA_SIGNER_URL", "http://127.0.0.1:9/sign"),
        ("ESIA_SCOPES", "openid"),
    ])
}

/// A public key as ESIA would publish one; no request of the matrix gets as far as a token of ESIA.
const TOKEN_KEY: &str = include_str!("esia.pem");
