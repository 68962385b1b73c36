//! Imports: the permission to upload, the start, the report.

mod support;

use bundles::{Outcome, Reason, ReasonCode, Refusal, Report, Warning, WarningCode};
use model::ImportId;
use registry::import_item::{ImportState, Progress};
use serde_json::{Value, json};
use support::{World, federal, north, operator, south};
use testkit::{Answer, Call, moment};
use wiremock::{Mock, ResponseTemplate, matchers::method};

const IMPORTS: &str = "/api/registry/imports";

async fn with_key(world: &World, key: &str, body: &Value) -> Answer {
    Call::new("POST", IMPORTS)
        .bearer(&world.sessions, &federal())
        .header("idempotency-key", key)
        .json(body)
        .send(&world.service)
        .await
}

#[tokio::test]
async fn an_upload_is_allowed_for_a_quarter_of_an_hour_and_for_the_size_that_was_named() {
    let world = World::start().await;
    let body = json!({ "region": north(), "bytes": 4_096 });
    let answer = world.post(&operator(), IMPORTS, &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let ticket = answer.json();
    assert_eq!(ticket["expires_at"], "2026-11-23T08:15:00Z");
    let url = ticket["upload_url"].as_str().expect("an address");
    let import = ticket["import"].as_str().expect("an id");
    assert!(
        url.starts_with(&format!(
            "{}/imports-bucket/imports/{import}.zip?",
            world.bucket.uri()
        )),
        "{url}"
    );
    assert!(
        url.contains("X-Amz-Expires=900") && url.contains("X-Amz-SignedHeaders=content-length%3Bhost"),
        "{url}"
    );
    assert!(
        !url.contains("checksum"),
        "a checksum of nothing would refuse every file: {url}"
    );
    let view = world
        .get(&operator(), &format!("{IMPORTS}/{import}"))
        .await
        .json();
    assert_eq!(
        (view["state"].clone(), view["region"].clone()),
        (json!("waiting_for_file"), json!(north()))
    );
}

#[tokio::test]
async fn a_repeated_request_gives_the_same_import() {
    let world = World::start().await;
    let body = json!({ "region": north() });
    let first = with_key(&world, "a", &body).await.json();
    let again = with_key(&world, "a", &body).await.json();
    let other = with_key(&world, "b", &body).await.json();
    assert_eq!(first["import"], again["import"]);
    assert_ne!(first["import"], other["import"]);
    let reused = with_key(&world, "a", &json!({ "region": south() })).await;
    assert_eq!(
        (reused.status.as_u16(), reused.json()["code"].clone()),
        (422, json!("idempotency_key_reused"))
    );
    let long = with_key(&world, &"k".repeat(129), &body).await;
    assert_eq!(long.status, 422);
    let of_another = Call::new("POST", IMPORTS)
        .bearer(&world.sessions, &operator())
        .header("idempotency-key", "a")
        .json(&body)
        .send(&world.service)
        .await
        .json();
    assert_ne!(first["import"], of_another["import"], "keys are the caller's own");
}

#[tokio::test]
async fn bad_requests_make_no_import() {
    let world = World::start().await;
    let foreign = world
        .post(&operator(), IMPORTS, &json!({ "region": south() }))
        .await;
    assert_eq!(foreign.status, 404);
    let nowhere = world
        .post(
            &federal(),
            IMPORTS,
            &json!({ "region": "reg_00000000000000000000000009" }),
        )
        .await;
    assert_eq!(nowhere.status, 404);
    let malformed = world
        .post(&federal(), IMPORTS, &json!({ "region": "north" }))
        .await;
    assert_eq!(malformed.status, 400);
    let large = world
        .post(
            &operator(),
            IMPORTS,
            &json!({ "region": north(), "bytes": 50_000_000 }),
        )
        .await;
    assert_eq!(
        (large.status.as_u16(), large.json()["code"].clone()),
        (422, json!("bundle_too_large"))
    );
    assert!(
        world
            .imports
            .of_region(north(), 10)
            .await
            .expect("a list")
            .is_empty()
    );
}

#[tokio::test]
async fn a_double_click_starts_once() {
    let world = World::start().await;
    world.bucket_has(1_000).await;
    world.queue_takes().await;
    let import = world.import().await;
    let start = format!("{IMPORTS}/{import}/start");
    for _ in 0..3 {
        let answer = world.post(&operator(), &start, &json!({})).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["state"].clone()),
            (202, json!("queued"))
        );
    }
    let expected = json!({
        "import": import, "region": north(), "region_code": "north", "key": format!("imports/{import}.zip"),
    });
    assert_eq!(world.messages().await, [expected]);
}

#[tokio::test]
async fn clicks_at_the_same_moment_start_once() {
    let world = World::start().await;
    world.bucket_has(1_000).await;
    world.queue_takes().await;
    let import = world.import().await;
    let start = format!("{IMPORTS}/{import}/start");
    let (operator, body) = (operator(), json!({}));
    let click = || world.post(&operator, &start, &body);
    let (a, b, c) = tokio::join!(click(), click(), click());
    assert!([a, b, c].iter().all(|answer| answer.status == 202));
    assert_eq!(world.messages().await.len(), 1);
}

#[tokio::test]
async fn nothing_starts_without_a_file_or_with_one_too_large() {
    let world = World::start().await;
    world.queue_takes().await;
    let import = world.import().await;
    let start = format!("{IMPORTS}/{import}/start");
    let missing = world.post(&operator(), &start, &json!({})).await;
    assert_eq!(
        (missing.status.as_u16(), missing.json()["code"].clone()),
        (409, json!("file_missing"))
    );
    world.bucket_has(33 << 20).await;
    let large = world.post(&operator(), &start, &json!({})).await;
    assert_eq!(
        (large.status.as_u16(), large.json()["code"].clone()),
        (422, json!("bundle_too_large"))
    );
    assert!(world.messages().await.is_empty());
}

#[tokio::test]
async fn an_import_whose_message_was_not_taken_can_be_started_again() {
    let world = World::start().await;
    world.bucket_has(1_000).await;
    let import = world.import().await;
    let start = format!("{IMPORTS}/{import}/start");
    let refusing = Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(500))
        .mount_as_scoped(&world.queue);
    let refusing = refusing.await;
    let failed = world.post(&operator(), &start, &json!({})).await;
    assert_eq!(
        (failed.status.as_u16(), failed.json()["code"].clone()),
        (503, json!("unavailable"))
    );
    drop(refusing);
    let id: ImportId = import.parse().expect("an id");
    let stored = world.imports.find(id).await.expect("a read").expect("the import");
    assert_eq!(stored.record.state, ImportState::WaitingForFile);
    world.queue_takes().await;
    let started = world.post(&operator(), &start, &json!({})).await;
    assert_eq!(
        (started.status.as_u16(), started.json()["state"].clone()),
        (202, json!("queued"))
    );
}

/// A report of every kind of outcome, with more refused rows than a page shows.
fn report() -> Report {
    let mut report = Report::default();
    let users = report.file("users.csv");
    users.rows = 303;
    [Outcome::Created, Outcome::Changed, Outcome::Kept]
        .into_iter()
        .for_each(|outcome| users.count(outcome));
    for line in 5..305 {
        let reason = Reason::new(ReasonCode::WordUnknown)
            .with("value", "<boss>")
            .with("allowed", "student");
        let sourced_id = Some(format!("u{line}"));
        users.refuse(Refusal {
            line,
            sourced_id,
            column: Some("role".to_owned()),
            reason,
        });
    }
    report
        .file("orgs.csv")
        .warn(Warning::new(WarningCode::ColumnUnknown).column("mood"));
    report.file("courses.csv").failure = Some(Reason::new(ReasonCode::FileEmpty));
    report
}

async fn done(world: &World) -> String {
    let import = world.import().await;
    let id: ImportId = import.parse().expect("an id");
    let now = moment("2026-11-23T08:05:00Z");
    let stored = world.imports.find(id).await.expect("a read").expect("the import");
    world
        .imports
        .put_into(&stored, ImportState::Queued, now)
        .await
        .expect("queued");
    world.imports.begin(id, now).await.expect("begun");
    world
        .imports
        .advance(
            id,
            Progress {
                done: 100,
                total: 303,
            },
            now,
        )
        .await
        .expect("advanced");
    let running = world
        .get(&operator(), &format!("{IMPORTS}/{import}"))
        .await
        .json();
    assert_eq!(running["progress"], json!({ "done": 100, "total": 303 }));
    let page = world
        .page(&operator(), &format!("/registry/imports/{import}"))
        .await
        .text;
    assert!(page.contains("обработано строк: 100 из 303") && page.contains("http-equiv=\"refresh\""));
    world.imports.finish(id, &report(), now).await.expect("finished");
    import
}

#[tokio::test]
async fn the_report_tells_what_became_of_every_row() {
    let world = World::start().await;
    let import = done(&world).await;
    let view = world
        .get(&operator(), &format!("{IMPORTS}/{import}"))
        .await
        .json();
    assert_eq!(view["state"], "done");
    assert_eq!(view["totals"]["refused"], 300);
    let users = &view["files"][0];
    assert_eq!(
        (users["refused"].clone(), users["created"].clone()),
        (json!(300), json!(1))
    );
    assert_eq!(users["refusals"].as_array().expect("a list").len(), 20);
    assert_eq!(
        users["refusals"][0],
        json!({ "line": 5, "sourced_id": "u5", "column": "role", "code": "word-unknown",
            "args": { "allowed": "student", "value": "<boss>" } })
    );
    let one = world
        .get(&operator(), &format!("{IMPORTS}/{import}?file=users.csv"))
        .await
        .json();
    assert_eq!(one["files"].as_array().expect("a list").len(), 1);
    assert_eq!(one["files"][0]["refusals"].as_array().expect("a list").len(), 300);
    assert_eq!(view["files"][2]["failure"]["code"], "file-empty");
}

#[tokio::test]
async fn the_page_of_the_report_says_it_in_words() {
    let world = World::start().await;
    let import = done(&world).await;
    let page = world
        .page(&operator(), &format!("/registry/imports/{import}"))
        .await;
    assert_eq!(page.status, 200);
    let text = &page.text;
    assert!(text.contains("Выполнен, отклонено 300 строк"));
    assert!(
        text.contains("Столбец role: слово «&#60;boss&#62;» неизвестно. Можно: student."),
        "{text}"
    );
    assert!(text.contains("Показано 20 из 300."));
    assert!(text.contains("Файл не принят: файл пуст, в нём нет даже заголовка."));
    assert!(text.contains("Столбец mood: столбец неизвестен и не прочитан."));
    assert!(!text.contains("http-equiv") && !text.contains("Запустить"));
    let all = world
        .page(&operator(), &format!("/registry/imports/{import}?file=users.csv"))
        .await
        .text;
    assert!(all.contains("u304") && !all.contains("Показано"));
    let english = Call::get(&format!("/registry/imports/{import}"))
        .session(&world.sessions, &operator())
        .header("accept-language", "en")
        .send(&world.service)
        .await;
    assert!(english.text.contains("Done, 300 rows refused"));
}

#[tokio::test]
async fn a_refused_bundle_says_why_and_is_not_started_again() {
    let world = World::start().await;
    world.bucket_has(10).await;
    world.queue_takes().await;
    let import = world.import().await;
    let id: ImportId = import.parse().expect("an id");
    world
        .post(&operator(), &format!("{IMPORTS}/{import}/start"), &json!({}))
        .await;
    let now = moment("2026-11-23T08:05:00Z");
    world.imports.begin(id, now).await.expect("begun");
    world
        .imports
        .fail(id, "archive-unsafe-name", Some("../evil.csv"), now)
        .await
        .expect("failed");
    let page = world
        .page(&operator(), &format!("/registry/imports/{import}"))
        .await
        .text;
    assert!(page.contains("Имя файла в архиве ведёт за его пределы. Дело в файле архива «../evil.csv»."));
    let again = world
        .post(&operator(), &format!("{IMPORTS}/{import}/start"), &json!({}))
        .await;
    assert_eq!(
        (again.status.as_u16(), again.json()["state"].clone()),
        (202, json!("failed"))
    );
    assert_eq!(world.messages().await.len(), 1);
    assert!(
        world.imports.begin(id, now).await.is_err(),
        "the jobs do not take it up again either"
    );
}

#[tokio::test]
async fn imports_of_a_region_are_listed_the_last_first() {
    let world = World::start().await;
    let first = world.import().await;
    let page = world
        .page(&operator(), &format!("/registry/regions/{}", north()))
        .await
        .text;
    assert!(page.contains(&first) && page.contains("Ждёт файла"));
    assert!(page.contains("23 ноября 2026, 11:00 (по Москве)"), "{page}");
}

#[tokio::test]
async fn reading_imports_costs_what_is_written_down() {
    let world = World::start().await;
    let import = done(&world).await;
    let id: ImportId = import.parse().expect("an id");
    let (_, one) = store::metered(world.imports.with_report(id)).await;
    // The report of this test has 300 refused rows: 12 read units at the consistent price, and one call.
    assert!(one.calls == 1 && one.units <= 15.0, "{one:?}");
    let (_, list) = store::metered(world.imports.of_region(north(), 20)).await;
    assert!(list.calls == 1 && list.units <= 0.5, "{list:?}");
}
