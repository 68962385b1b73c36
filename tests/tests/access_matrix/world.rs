//! Every function over one embedded database with a small school in it.

use std::sync::Arc;

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use axum::Router;
use base64::{Engine, engine::general_purpose::STANDARD};
use bundles::Report;
use end_to_end::features;
use model::{Actor, ImportId, PersonId, PersonName};
use registry::import_item::Import;
use rosters::Person;
use schedules::{TimetableImport, WeekCounts};
use serde_json::json;
use testkit::{Answer, Call, MONDAY, ORIGIN, PERIOD, School, Sessions, TestDatabase, moment, put};
use web::{Environment, Route};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// The moment at which the tests happen: the Monday of the school's timetable.
pub(crate) const NOW: &str = "2026-11-23T10:00:00Z";
/// An open lesson of algebra.
const LESSON: &str = "2026-11-23-02";

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

/// What a route needs after its path.
fn query(route: &Route, school: &School) -> String {
    let institution = school.institution;
    match (route.method, route.path) {
        ("GET", "/schedules/drafts/{draft}/cell") => format!("?class={}&day=2&number=1", school.class),
        ("GET", "/schedules/drafts/{draft}/table") => "?format=csv".to_owned(),
        ("GET", "/api/schedules/drafts") => format!("?institution={institution}"),
        ("POST", "/api/schedules/drafts/table") => {
            format!("?institution={institution}&title=x&from={MONDAY}&source=empty")
        }
        ("GET", "/api/schedules/drafts/{draft}/cells") => format!("?group={}", school.algebra),
        _ => String::new(),
    }
}

fn new_draft(school: &School) -> serde_json::Value {
    json!({ "institution": school.institution, "title": "x", "from": MONDAY.to_string(), "source": "empty" })
}

/// A body that a route of drafts takes.
fn draft_body(call: Call, route: &Route, school: &School) -> Call {
    let lesson = json!({ "group": school.algebra, "day": 2, "number": 1 });
    let view = format!("view=class%3D{}", school.class);
    match route.path {
        "/schedules/drafts" => {
            let fields = [
                ("institution", school.institution.to_string()),
                ("from", MONDAY.to_string()),
            ];
            let fields = fields
                .into_iter()
                .chain([("title", "x".to_owned()), ("source", "empty".to_owned())]);
            let part = |(name, value): (&str, String)| {
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            };
            let body: String = fields.map(part).collect();
            call.body(format!("{body}--x--\r\n"))
                .header("content-type", "multipart/form-data; boundary=x")
        }
        "/schedules/drafts/{draft}/lessons" => call.form(&format!(
            "{view}&cell=2-1&place=2-1&action=put&group={}",
            school.algebra
        )),
        "/schedules/drafts/{draft}/terms" => call.form(&format!("{view}&room=12&places=2")),
        "/schedules/drafts/{draft}/publication" => call.form(&format!("from={MONDAY}&revision=1")),
        // As if the draft had been seen before its last change.
        "/schedules/drafts/{draft}/generation" => call.form("revision=999&mode=anew&days=5&minutes=2&seed="),
        "/schedules/drafts/{draft}/generation/stop" => call.form("how=cancel"),
        "/api/schedules/drafts/{draft}/generation" => call.json(&json!({ "revision": 999, "mode": "anew" })),
        "/api/schedules/drafts/{draft}/generation/stop" => call.json(&json!({ "how": "cancel" })),
        "/api/schedules/drafts" => call.json(&new_draft(school)),
        // No bell rings for any lesson of the school, so that no row can be taken.
        "/api/schedules/drafts/table" => call.body("class;subject;day;lesson\r\n7А;Алгебра;2;1\r\n"),
        "/api/schedules/drafts/{draft}/lessons" => call.json(&json!({ "now": lesson })),
        "/api/schedules/drafts/{draft}/publication" => {
            call.json(&json!({ "from": MONDAY.to_string(), "revision": 1 }))
        }
        _ => call.form(&view),
    }
}

/// A body that a route of the calendar takes.
fn calendar_body(call: Call, route: &Route) -> Call {
    match (route.method, route.path.ends_with("/days")) {
        ("POST", true) => call.form("version=1&action=remove&from=2026-11-25"),
        ("POST", false) => call.form("version=0&shift=1"),
        (_, true) => call.header("if-match", "\"1\"").json(&json!({ "days_off": [] })),
        (_, false) => call
            .header("if-match", "\"0\"")
            .json(&json!({ "shift": 1, "lessons": [] })),
    }
}

/// A body that a route takes with which families and the school talk.
fn family_body(call: Call, route: &Route) -> Call {
    let is_api = route.path.starts_with("/api/");
    let (form, json) = match route.path.rsplit('/').next() {
        Some("{pupil}") => (
            "seen=1&text=x&verdict=accepted",
            json!({ "seen": 1, "text": "x", "verdict": "accepted" }),
        ),
        Some("{notice}") => ("action=withdraw", json!({ "action": "withdraw" })),
        _ => (
            "from=2026-11-25&reason=event",
            json!({ "from": "2026-11-25", "reason": "event" }),
        ),
    };
    if is_api { call.json(&json) } else { call.form(form) }
}

/// A body that the route takes.
fn with_body(call: Call, route: &Route, school: &School) -> Call {
    let pupil = school.pupils[0];
    match (route.method, route.path) {
        ("POST", "/identity/role") => call.form("role=teacher"),
        ("POST", "/identity/language") => call.form("language=en&return_to=%2F"),
        ("POST", "/registry/regions") => call.form("code=south&name=%D0%AE%D0%B3"),
        ("POST", "/api/registry/regions") => call.json(&json!({ "code": "south", "name": "Юг" })),
        ("POST", "/api/registry/imports") => call.json(&json!({ "region": school.region })),
        ("POST", "/journals/{journal}/{period}/lessons") => {
            call.form("date=2026-11-23&number=3&topic=%D0%94%D1%80%D0%BE%D0%B1%D0%B8")
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}") => {
            call.form("version=1&topic=x&homework=y&minutes=15")
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}/works") => {
            call.form("version=1&kind=test&weight=")
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}/cells") => {
            call.form(&format!("work=1&entry-{pupil}=5&was-{pupil}=&version-{pupil}=0"))
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}") => {
            call.form("version=0&comment=x")
        }
        ("POST", "/journals/{journal}/{period}/lessons/{lesson}/works/{work}") => {
            call.form("version=1&parents_from=2026-11-30")
        }
        ("POST", "/journals/marking/{institution}") => call.form(MARKING),
        ("POST", path) if path.contains("/answers/") || path.contains("/notices/") => {
            family_body(call, route)
        }
        ("POST", "/journals/{journal}/{period}/plan/merge") => call.form("version=1&row=0"),
        ("POST", "/journals/{journal}/{period}/plan") => call
            .header("content-type", "multipart/form-data; boundary=B")
            .body(
                "--B\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\ntopic\thours\nA\t1\r\n--B--\r\n",
            ),
        ("PUT", "/api/journals/{journal}/{period}/plan") => call
            .header("if-match", "\"0\"")
            .json(&json!({ "rows": [{ "number": 1, "topic": "A", "hours": 1 }] })),
        ("PUT", "/api/journals/{journal}/{period}/lessons/{lesson}/works/{work}") => {
            call.header("if-match", "\"1\"").json(&json!({}))
        }
        (
            "PUT",
            "/api/journals/{journal}/{period}/results/{pupil}"
            | "/api/journals/{journal}/{period}/year/{pupil}",
        ) => call.header("if-match", "\"0\"").json(&json!({ "mark": "5" })),
        ("PUT", "/api/journals/marking/{institution}") => call.header("if-match", "\"0\"").json(&json!({
            "weighted": true, "threshold": 50, "least_marks": 3, "control": ["test"], "owed_days": 14
        })),
        ("PUT", "/api/journals/{journal}/{period}/lessons/{lesson}") => call
            .header("if-match", "\"1\"")
            .json(&json!({ "topic": "Дроби" })),
        ("PUT", "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}") => call
            .header("if-match", "\"0\"")
            .json(&json!({ "work": 1, "entry": "5" })),
        ("POST", "/diary/{child}/homework") => {
            call.form(&format!("journal={}&lesson={LESSON}&done=true", school.algebra))
        }
        ("POST", "/diary/{child}/read") => call.form("week=2026-11-23"),
        ("PUT", "/api/diary/{child}/homework/{journal}/{lesson}") => call.json(&json!({ "done": true })),
        ("POST", path) if path.contains("/schedules/drafts") => draft_body(call, route, school),
        ("POST" | "PUT", path) if path.contains("/calendar/") => calendar_body(call, route),
        ("POST", "/schedules/feeds") => call.form(&format!("kind=class&class={}", school.class)),
        ("POST", "/api/schedules/feeds") => call.json(&json!({ "kind": "class", "class": school.class })),
        ("POST", "/schedules/substitutions/{institution}/{change}") => call.form("version=0&action=cancel"),
        ("PUT" | "DELETE", "/api/schedules/institutions/{institution}/changes/{change}") => call
            .header("if-match", "\"0\"")
            .json(&json!({ "action": "cancel" })),
        ("POST", path) if path.starts_with("/api/") => call.json(&json!({})),
        ("POST", _) => call.form(""),
        _ => call,
    }
}

/// Settings for marks as their form sends them.
const MARKING: &str = "version=0&weighted=1&threshold=50&least_marks=3&owed_days=14&lock_days=\
    &weight-answer=1&weight-homework=1&weight-independent=2&weight-test=3&weight-writing=3&weight-practical=2\
    &weight-project=3";

async fn fill(database: &TestDatabase, school: &School) {
    let registry = database.table("registry").await;
    let schedules = database.table("schedules").await;
    database.table("journals").await;
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
