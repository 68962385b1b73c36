//! The journal as teachers and programs meet it: the wrapped router over an embedded database.

#![expect(clippy::too_many_lines, reason = "tables of cases read better whole")]

use axum::Router;
use gradebook::Gradebook;
use model::Actor;
use serde_json::{Value, json};
use std::sync::Arc;
use store::Table;
use testkit::{Answer, Call, MONDAY, PERIOD, School, Sessions, TestDatabase, moment};
use web::{Environment, Route};

struct World {
    school: School,
    sessions: Sessions,
    service: Router,
    journals: Table,
    _database: TestDatabase,
}

impl World {
    async fn new(pupils: u128) -> Self {
        let database = TestDatabase::start().await;
        let registry = database.table("registry").await;
        let schedules = database.table("schedules").await;
        let journals = database.table("journals").await;
        let school = School::new(pupils);
        school.write(&registry, &schedules).await;
        let sessions = Sessions::new(moment("2026-11-23T10:00:00Z"));
        let environment = Environment::of(&[
            ("REGISTRY_TABLE", "registry"),
            ("SCHEDULES_TABLE", "schedules"),
            ("JOURNALS_TABLE", "journals"),
        ]);
        let app = journals::App::new(&environment, database.client(), sessions.clock()).expect("an app");
        let translations = Arc::clone(&app.translations);
        let service = sessions.serve(journals::router(app), translations);
        Self {
            school,
            sessions,
            service,
            journals,
            _database: database,
        }
    }

    fn base(&self) -> String {
        format!("/api/journals/{}/{PERIOD}", self.school.algebra)
    }

    async fn get(&self, actor: &Actor, path: &str) -> Answer {
        Call::get(path)
            .bearer(&self.sessions, actor)
            .send(&self.service)
            .await
    }

    async fn put(&self, actor: &Actor, path: &str, version: u64, body: &Value) -> Answer {
        Call::new("PUT", path)
            .bearer(&self.sessions, actor)
            .header("if-match", &format!("\"{version}\""))
            .json(body)
            .send(&self.service)
            .await
    }

    async fn open(&self, lesson: &str) -> Answer {
        let path = format!("{}/lessons/{lesson}", self.base());
        self.put(
            &self.school.teacher_actor(),
            &path,
            0,
            &json!({ "topic": "Дроби", "homework": "№ 5" }),
        )
        .await
    }

    fn cell(&self, lesson: &str, pupil: usize) -> String {
        format!(
            "{}/lessons/{lesson}/cells/{}",
            self.base(),
            self.school.pupils[pupil]
        )
    }

    async fn set(&self, pupil: usize, version: u64, entry: &str) -> Answer {
        let path = self.cell(LESSON, pupil);
        self.put(
            &self.school.teacher_actor(),
            &path,
            version,
            &json!({ "work": 1, "entry": entry }),
        )
        .await
    }

    async fn form(&self, actor: &Actor, path: &str, body: &str) -> Answer {
        Call::new("POST", path)
            .session(&self.sessions, actor)
            .form(body)
            .send(&self.service)
            .await
    }

    async fn entry(&self, pupil: usize) -> String {
        let journal = self.get(&self.school.teacher_actor(), &self.base()).await.json();
        journal["rows"][pupil]["cells"][0]["entries"][0]["entry"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

const LESSON: &str = "2026-11-23-02";

#[tokio::test]
async fn a_teacher_opens_a_lesson_and_sets_marks_that_enter_the_average() {
    let world = World::new(3).await;
    let opened = world.open(LESSON).await;
    assert_eq!((opened.status.as_u16(), opened.header("etag")), (201, "\"1\""));
    let set = world.set(0, 0, "5 4").await;
    assert_eq!((set.status.as_u16(), set.header("etag")), (200, "\"1\""));
    let mark = |mark| json!({ "work": 1, "mark": mark, "kind": "answer", "weight_hundredths": 100 });
    let expected = json!({
        "lesson": LESSON, "version": 1, "attendance": null, "marks": [mark("5"), mark("4")],
        "entries": [{ "work": 1, "entry": "5 4" }], "average": "4,50",
    });
    assert_eq!(set.json(), expected);
    assert_eq!(world.set(1, 0, "н").await.json()["attendance"], "absent");
    let journal = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    assert_eq!(journal["lessons"][0]["homework"], "№ 5");
    assert_eq!(journal["rows"][0]["average"], "4,50");
}

#[tokio::test]
async fn a_weighted_work_counts_by_its_weight() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    let path = format!("{}/lessons/{LESSON}", world.base());
    let body = json!({ "topic": "Дроби", "add_works": [{ "kind": "test" }] });
    let changed = world.put(&world.school.teacher_actor(), &path, 1, &body).await;
    assert_eq!(
        (
            changed.status.as_u16(),
            changed.json()["works"][1]["weight_hundredths"].clone()
        ),
        (200, json!(300))
    );
    world.set(0, 0, "5").await;
    let cell = world.cell(LESSON, 0);
    let set = world
        .put(
            &world.school.teacher_actor(),
            &cell,
            1,
            &json!({ "work": 2, "entry": "3" }),
        )
        .await;
    // (5·1 + 3·3) / 4
    assert_eq!(set.json()["average"], "3,50");
    assert_eq!(
        set.json()["entries"],
        json!([{ "work": 1, "entry": "5" }, { "work": 2, "entry": "3" }])
    );
}

#[tokio::test]
async fn nothing_is_overwritten_unseen_and_the_conflict_says_what_stands() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    let late = world.set(0, 0, "2").await;
    assert_eq!(late.status.as_u16(), 409);
    let problem = late.json();
    assert_eq!(
        (&problem["code"], &problem["current"]["entries"][0]["entry"]),
        (&json!("cell_changed"), &json!("5"))
    );
    assert_eq!(world.entry(0).await, "5");
    assert_eq!(world.set(0, 1, "2").await.json()["version"], 2);
}

#[tokio::test]
async fn a_repeat_of_ones_own_change_is_done_already() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    let again = world.set(0, 0, "5").await;
    assert_eq!(
        (again.status.as_u16(), again.json()["version"].clone()),
        (200, json!(1))
    );
}

#[tokio::test]
async fn every_change_stays_in_the_history() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    for (version, entry) in ["5", "4", ""].into_iter().enumerate() {
        world.set(0, version as u64, entry).await;
    }
    let history = world
        .get(
            &world.school.teacher_actor(),
            &format!("{}/history", world.cell(LESSON, 0)),
        )
        .await
        .json();
    let changes: Vec<_> = history["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|change| {
            format!(
                "{}: {}→{}",
                change["by_name"].as_str().unwrap_or(""),
                change["from"],
                change["to"]
            )
        })
        .collect();
    assert_eq!(
        changes,
        [
            "Соколова\u{a0}И.\u{a0}С.: \"4\"→\"\"",
            "Соколова\u{a0}И.\u{a0}С.: \"5\"→\"4\"",
            "Соколова\u{a0}И.\u{a0}С.: \"\"→\"5\"",
        ]
    );
}

#[tokio::test]
async fn bad_input_gets_a_clear_problem_and_changes_nothing() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    world.open("2026-11-30-02").await;
    world.set(0, 0, "5").await;
    let teacher = world.school.teacher_actor();
    let cell = world.cell(LESSON, 0);
    let stranger = format!("{}/lessons/{LESSON}/cells/{}", world.base(), world.school.parent);
    let cases = [
        (
            cell.clone(),
            json!({ "work": 1, "entry": "6" }),
            422,
            "entry_unknown",
        ),
        (
            cell.clone(),
            json!({ "work": 1, "entry": "н б" }),
            422,
            "entry_two_attendances",
        ),
        (cell.clone(), json!({ "work": 2, "entry": "5" }), 422, "invalid"),
        (
            cell.clone(),
            json!({ "work": 9, "entry": "5" }),
            400,
            "invalid_json",
        ),
        (
            cell.clone(),
            json!({ "work": 1, "entry": "5", "admin": true }),
            400,
            "invalid_json",
        ),
        (
            world.cell("2026-11-30-02", 0),
            json!({ "work": 1, "entry": "5" }),
            422,
            "lesson_in_future",
        ),
        (
            world.cell("2026-11-24-02", 0),
            json!({ "work": 1, "entry": "5" }),
            404,
            "not_found",
        ),
        (
            world.cell("yesterday", 0),
            json!({ "work": 1, "entry": "5" }),
            404,
            "not_found",
        ),
        (stranger, json!({ "work": 1, "entry": "5" }), 404, "not_found"),
    ];
    for (path, body, status, code) in cases {
        let version = if path == cell { 1 } else { 0 };
        let answer = world.put(&teacher, &path, version, &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["code"].as_str()),
            (status, Some(code)),
            "{path} {body}"
        );
    }
    let unversioned = Call::new("PUT", &cell)
        .bearer(&world.sessions, &teacher)
        .json(&json!({}))
        .send(&world.service)
        .await;
    assert_eq!(
        (unversioned.status.as_u16(), unversioned.json()["code"].clone()),
        (428, json!("precondition_required"))
    );
    let large = Call::new("PUT", &cell)
        .bearer(&world.sessions, &teacher)
        .header("if-match", "\"1\"")
        .header("content-type", "application/json")
        .body(vec![b' '; 10 * 1024 * 1024])
        .send(&world.service)
        .await;
    assert_eq!(
        (large.status.as_u16(), large.json()["code"].clone()),
        (413, json!("too_large"))
    );
    assert_eq!(world.entry(0).await, "5");
}

#[tokio::test]
async fn sessions_that_are_not_valid_open_nothing() {
    let world = World::new(1).await;
    let teacher = world.school.teacher_actor();
    let spoil = |name: &str, value: Value| {
        let mut claims = world.sessions.claims(&teacher);
        claims[name] = value;
        world.sessions.signed(&claims)
    };
    let valid = world.sessions.token(&teacher);
    let forged = format!("{}x{}", &valid[..valid.len() - 9], &valid[valid.len() - 8..]);
    let tokens = [
        spoil("exp", json!(1)),
        spoil("iss", json!("https://elsewhere.test")),
        spoil("client_id", json!("another")),
        spoil("token_use", json!("id")),
        spoil("person", json!("grp_1")),
        spoil("roles", json!("emperor")),
        forged,
        "nonsense".to_owned(),
    ];
    for token in tokens {
        let call = Call::get(&world.base()).header("authorization", &format!("Bearer {token}"));
        assert_eq!(call.send(&world.service).await.status.as_u16(), 401, "{token}");
        let call = Call::get("/journals")
            .page()
            .header("cookie", &format!("__Host-session={token}"));
        let answer = call.send(&world.service).await;
        assert_eq!(
            (answer.status.as_u16(), answer.location()),
            (303, "/identity/refresh?return_to=%2Fjournals")
        );
    }
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_is_not_lost() {
    let world = World::new(1).await;
    let path = format!("/journals/{}/{PERIOD}/lessons", world.school.algebra);
    let call = Call::new("POST", &path)
        .page()
        .form("date=2026-11-23&number=2&topic=%D0%94%D1%80%D0%BE%D0%B1%D0%B8");
    let answer = call.send(&world.service).await;
    assert_eq!(answer.status.as_u16(), 401);
    assert!(
        answer.text.contains(r#"name="topic" value="Дроби""#),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn a_change_from_another_site_is_refused() {
    let world = World::new(1).await;
    let path = format!("/journals/{}/{PERIOD}/lessons", world.school.algebra);
    let token = world.sessions.token(&world.school.teacher_actor());
    let call = Call::new("POST", &path)
        .header("cookie", &format!("__Host-session={token}"))
        .header("origin", "https://evil.example")
        .form("date=2026-11-23&number=2");
    assert_eq!(call.send(&world.service).await.status.as_u16(), 403);
    let journal = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    assert_eq!(journal["lessons"], json!([]));
}

#[tokio::test]
async fn a_column_is_saved_as_a_form_and_what_is_refused_comes_back_in_its_field() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let [a, b, c] = [0, 1, 2].map(|pupil| world.school.pupils[pupil]);
    let path = format!(
        "/journals/{}/{PERIOD}/lessons/{LESSON}/cells",
        world.school.algebra
    );
    let field = |pupil, entry: &str| format!("&entry-{pupil}={entry}&was-{pupil}=&version-{pupil}=0");
    let body = format!("work=1{}{}{}", field(a, "5"), field(b, "7"), field(c, ""));
    let answer = world.form(&world.school.teacher_actor(), &path, &body).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert!(
        answer.text.contains("Можно поставить 1–5"),
        "the refused field says what is possible"
    );
    assert!(answer.text.contains(r#"value="7""#), "what was typed is not lost");
    assert_eq!(
        (world.entry(0).await.as_str(), world.entry(1).await.as_str()),
        ("5", "")
    );
    let body = format!("work=1{}", field(b, "3"));
    let answer = world.form(&world.school.teacher_actor(), &path, &body).await;
    assert_eq!(answer.status.as_u16(), 303);
    assert_eq!(world.entry(1).await, "3");
}

#[tokio::test]
async fn opening_a_lesson_twice_opens_it_once() {
    let world = World::new(1).await;
    let path = format!("/journals/{}/{PERIOD}/lessons", world.school.algebra);
    for _ in 0..2 {
        let answer = world
            .form(
                &world.school.teacher_actor(),
                &path,
                "date=2026-11-23&number=2&topic=x",
            )
            .await;
        assert_eq!(answer.status.as_u16(), 303);
    }
    let journal = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    assert_eq!(journal["lessons"].as_array().map(Vec::len), Some(1));
    assert_eq!(world.open(LESSON).await.json()["code"], "lesson_open");
}

#[tokio::test]
async fn the_pages_show_what_stands_in_the_journal() {
    let world = World::new(2).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    let teacher = world.school.teacher_actor();
    let page = |path: String| {
        Call::get(&path)
            .session(&world.sessions, &teacher)
            .send(&world.service)
    };
    let journal = format!("/journals/{}", world.school.algebra);
    assert_eq!(
        page(journal.clone()).await.location(),
        format!("{journal}/{PERIOD}")
    );
    let grid = page(format!("{journal}/{PERIOD}")).await;
    assert!(
        grid.text.contains(r#"data-v="1">5</td>"#) && grid.text.contains("data-writable"),
        "{}",
        grid.text
    );
    assert!(
        grid.header("content-security-policy")
            .contains("script-src 'self'")
    );
    let lesson = page(format!("{journal}/{PERIOD}/lessons/{LESSON}")).await;
    assert!(
        lesson.text.contains("понедельник, 23\u{a0}ноября, 2-й урок"),
        "{}",
        lesson.text
    );
    let average = page(format!("{journal}/{PERIOD}/pupils/{}", world.school.pupils[0])).await;
    assert!(average.text.contains("(5×1) / 1 = 5,00"), "{}", average.text);
    assert!(page("/journals".to_owned()).await.text.contains("Алгебра"));
}

/// What a role gets from a route: the status of the answer.
async fn knock(world: &World, actor: &Actor, route: &Route) -> u16 {
    let path = route
        .path
        .replace("{journal}", &world.school.algebra.to_string())
        .replace("{period}", PERIOD)
        .replace("{lesson}", LESSON)
        .replace("{pupil}", &world.school.pupils[0].to_string());
    let call = Call::new(route.method, &path);
    let call = if path.starts_with("/api") {
        call.bearer(&world.sessions, actor)
    } else {
        call.session(&world.sessions, actor)
    };
    let version = "version=99&kind=test&date=2026-11-23&number=2&work=1";
    let call = match route.method {
        "PUT" => call
            .header("if-match", "\"99\"")
            .json(&json!({ "work": 1, "entry": "5" })),
        "POST" => call.form(version),
        _ => call,
    };
    call.send(&world.service).await.status.as_u16()
}

#[tokio::test]
async fn strangers_find_no_journal_and_who_only_reads_cannot_write() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    for route in journals::ROUTES
        .iter()
        .filter(|route| route.path.contains("{journal}"))
    {
        for (name, actor) in world.school.actors() {
            let status = knock(&world, &actor, route).await;
            let writes = route.method != "GET";
            let asked = format!("{name}: {} {}", route.method, route.path);
            match name {
                "teacher" => assert!(![401, 403, 404].contains(&status), "{asked} {status}"),
                "head" | "deputy head" if writes && status != 400 => assert_eq!(status, 403, "{asked}"),
                "head" | "deputy head" if writes => {}
                "head" | "deputy head" => assert!([200, 303].contains(&status), "{asked} {status}"),
                _ if status == 400 => assert!(
                    writes,
                    "{asked}: an unreadable body is refused before anything is looked up"
                ),
                _ => assert_eq!(status, 404, "{asked}"),
            }
        }
    }
}

#[tokio::test]
async fn the_policies_hold_against_the_schema_and_the_description_names_every_route() {
    access::Authorizer::validated(journals::POLICIES).expect("valid policies");
    let described: std::collections::BTreeSet<String> = journals::openapi().paths.paths.into_keys().collect();
    let routed: std::collections::BTreeSet<String> = journals::ROUTES
        .iter()
        .map(|route| route.path.to_owned())
        .filter(|path| path.starts_with("/api/"))
        .collect();
    assert_eq!(described, routed);
}

#[tokio::test]
async fn a_grid_of_thirty_by_forty_is_read_within_its_budget() {
    let world = World::new(30).await;
    fill(&world, 40).await;
    let gradebook = Gradebook::new(world.journals.clone());
    let period = PERIOD.parse().expect("a period");
    let (found, capacity) = store::metered(gradebook.period(world.school.algebra, &period)).await;
    let found = found.expect("the period is read");
    assert_eq!((found.lessons.len(), found.rows.len()), (40, 30));
    assert!(capacity.calls <= 2 && capacity.units <= 12.0, "{capacity:?}");
}

/// Opens so many lessons and gives every pupil a mark at each.
async fn fill(world: &World, lessons: u8) {
    let teacher = world.school.teacher_actor();
    let mut day = MONDAY - jiff::ToSpan::days(14);
    let mut opened = 0;
    while opened < lessons {
        for number in 1..=4 {
            let lesson = format!("{day}-{number:02}");
            let answer = world.open(&lesson).await;
            assert_eq!(answer.status.as_u16(), 201, "{lesson}");
            opened += 1;
            for pupil in 0..world.school.pupils.len() {
                let body = json!({ "work": 1, "entry": "5" });
                let set = world.put(&teacher, &world.cell(&lesson, pupil), 0, &body).await;
                assert_eq!(set.status.as_u16(), 200, "{lesson} {}", set.text);
            }
        }
        day += jiff::ToSpan::days(1);
    }
}
