//! Buildings and rooms, as those who make the timetable set them, and where they are seen.

mod school;

use model::{Actor, ImportId, PersonName, Role};
use rosters::{ClassTeaching, Member};
use schedules::import::carry_out;
use school::{
    BELLS, MANIFEST, bundle, message,
    running::{Running, of_school, parent, pupil, teacher},
    school as institution,
};
use serde_json::{Value, json};
use testkit::{Answer, Call};

fn page() -> String {
    format!("/schedules/buildings?institution={}", institution())
}

fn api() -> String {
    format!("/api/schedules/institutions/{}/buildings", institution())
}

fn deputy() -> Actor {
    of_school(Role::Deputy)
}

async fn shown(running: &Running) -> Value {
    running.api(&deputy(), &api()).await.json()
}

/// Sends a form over the version that stands.
async fn form(running: &Running, fields: &str) -> Answer {
    let version = shown(running).await["version"].clone();
    let path = format!("/schedules/buildings/{}", institution());
    let call = Call::new("POST", &path).session(&running.sessions, &deputy());
    call.form(&format!("version={version}&{fields}"))
        .send(&running.service)
        .await
}

async fn put(running: &Running, version: u64, body: &Value) -> Answer {
    let call = Call::new("PUT", &api()).bearer(&running.sessions, &deputy());
    call.header("if-match", &format!("\"{version}\""))
        .json(body)
        .send(&running.service)
        .await
}

/// A new draft of a school in which the registry knows who teaches algebra.
async fn drafted(running: &Running, new: &Value) -> String {
    let name = PersonName::parse("Алгебрина", "Анна", Some("Петровна")).expect("a name");
    let teacher = Member {
        person: school::person("t1"),
        name,
        from: None,
        until: None,
    };
    let taught = ClassTeaching {
        class: school::group("7a"),
        group: school::group("7a-alg"),
        subject: "Алгебра".to_owned(),
        title: "7А".to_owned(),
        teachers: vec![teacher],
    };
    running.school.put(taught).await;
    let made = Call::new("POST", "/api/schedules/drafts")
        .bearer(&running.sessions, &deputy())
        .json(new)
        .send(&running.service)
        .await;
    let draft = made.json()["draft"].as_str().map(str::to_owned);
    draft.unwrap_or_else(|| panic!("no draft: {}", made.text))
}

/// Two buildings a quarter of an hour apart, and a timetable in which 7А and its teacher cross in ten minutes.
async fn two_buildings(running: &Running) {
    let timetable = "classSourcedId,weekday,lessonNumber,room,building,teacherSourcedId\n\
        7a-alg,1,1,214,1,t1\n7a-alg,2,1,214,1,t1\n7a-alg,2,2,12,2,t1\n1a-read,1,1,101,,\n";
    let bytes = bundle(&[
        ("manifest.csv", MANIFEST),
        ("bells.csv", BELLS),
        ("timetable.csv", timetable),
    ]);
    let clock = running.sessions.clock();
    let done = carry_out(&running.school.stores(), clock, &message(2), &bytes)
        .await
        .expect("the import");
    assert_eq!(done.report.totals().refused, 0);
    assert_eq!(form(running, "action=passage&minutes=15").await.status, 303);
}

#[tokio::test]
async fn only_those_who_make_the_timetable_see_and_set_buildings() {
    let running = Running::start().await;
    for (actor, expected) in [
        (deputy(), 200),
        (of_school(Role::Administrator), 200),
        (teacher(), 404),
        (parent(), 404),
        (pupil(), 404),
    ] {
        assert_eq!(running.page(&actor, &page()).await.status, expected, "{actor:?}");
        assert_eq!(running.api(&actor, &api()).await.status, expected, "{actor:?}");
    }
    let path = format!("/schedules/buildings/{}", institution());
    let call = Call::new("POST", &path).session(&running.sessions, &teacher());
    let refused = call
        .form("version=1&action=add&short=2")
        .send(&running.service)
        .await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn buildings_are_added_renamed_and_removed_while_they_are_empty() {
    let running = Running::start().await;
    for short in ["1", "2"] {
        let added = form(&running, &format!("action=add&short={short}&address=Lesnaya")).await;
        assert_eq!(added.status, 303, "{}", added.text);
    }
    let taken = form(&running, "action=add&short=2").await;
    assert_eq!(taken.status, 422, "{}", taken.text);
    assert!(taken.text.contains("уже есть"), "{}", taken.text);
    let named = form(&running, "action=change&was=2&short=B&name=Masterskie").await;
    assert_eq!(named.status, 303, "{}", named.text);
    let room = form(&running, "action=add_room&building=B&room=7&capacity=30").await;
    assert_eq!(room.status, 303, "{}", room.text);
    let text = running.page(&deputy(), &page()).await.text;
    assert!(text.contains("Masterskie") && text.contains("каб. 7"), "{text}");
    assert!(
        text.contains("каб. 214") && text.contains("Алгебра"),
        "rooms of the timetable: {text}"
    );
    assert_eq!(form(&running, "action=remove&was=B").await.status, 422);
    assert_eq!(
        form(&running, "action=remove&was=1").await.status,
        422,
        "lessons are in it"
    );
    assert_eq!(form(&running, "gone=B+%2F+7").await.status, 303);
    assert_eq!(form(&running, "action=remove&was=B").await.status, 303);
    let buildings = shown(&running).await["buildings"].clone();
    assert_eq!(
        buildings,
        json!([{ "short": "1", "name": "1", "address": "Lesnaya" }])
    );
}

#[tokio::test]
async fn all_buildings_are_set_at_once_over_the_version_that_was_seen() {
    let running = Running::start().await;
    let version = shown(&running).await["version"].as_u64().expect("a version");
    let body = json!({
        "buildings": [{ "short": "1", "name": "Старшая школа" }, { "short": "2", "name": "Начальная школа" }],
        "passage": 12,
        "rooms": [{ "room": "2/5", "capacity": 28 }],
    });
    let saved = put(&running, version, &body).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    let saved = saved.json();
    assert_eq!(saved["rooms"], json!([{ "room": "2 / 5", "capacity": 28 }]));
    assert_eq!(saved["used"], json!(["1 / 101", "1 / 214", "1 / 301", "1 / 302"]));
    assert_eq!(put(&running, version, &body).await.status, 409);
    let without_main = json!({ "buildings": [{ "short": "2", "name": "2" }, { "short": "3", "name": "3" }] });
    assert_eq!(
        put(&running, version + 1, &without_main).await.status,
        422,
        "lessons are in it"
    );
    let far = json!({ "buildings": [], "passage": 61 });
    assert_eq!(put(&running, version + 1, &far).await.status, 422);
    assert_eq!(shown(&running).await, saved, "a refused edit changes nothing");
}

#[tokio::test]
async fn a_week_names_the_building_where_there_are_several() {
    let running = Running::start().await;
    let path = format!("/schedules/classes/{}?date=2026-11-24", school::group("7a"));
    let before = running.page(&deputy(), &path).await.text;
    assert!(
        before.contains("каб. 214") && !before.contains("корп."),
        "{before}"
    );
    two_buildings(&running).await;
    let after = running.page(&deputy(), &path).await.text;
    assert!(
        after.contains("корп.\u{a0}1, каб. 214") && after.contains("корп.\u{a0}2, каб. 12"),
        "{after}"
    );
    let week = running.api(&deputy(), &format!("/api{path}")).await.json();
    let lesson = &week["days"][1]["lessons"][1];
    assert_eq!(
        (&lesson["room"], &lesson["building"]),
        (&json!("12"), &json!("2"))
    );
}

#[tokio::test]
async fn a_break_shorter_than_the_way_is_told_of_in_checks_and_stops_no_draft() {
    let running = Running::start().await;
    two_buildings(&running).await;
    let checks = format!("/schedules/checks?institution={}", institution());
    let text = running.page(&deputy(), &checks).await.text;
    let way = "вт: 1-й урок — корп.\u{a0}1, каб. 214; 2-й урок — корп.\u{a0}2, каб. 12. Перемена 10 мин, переход 15 мин.";
    for who in ["7А", "Алгебрина"] {
        let line = text
            .split("<li>")
            .find(|line| line.starts_with(who) && line.contains(way));
        assert!(line.is_some(), "{who}: {text}");
    }
    let api = format!("/api/schedules/institutions/{}/checks", institution());
    let ways = running.api(&deputy(), &api).await.json()["ways"].clone();
    assert_eq!(ways.as_array().map(Vec::len), Some(2), "{ways}");

    let new = json!({
        "institution": institution(), "title": "Проба", "from": "2026-11-30",
        "source": "published", "date": "2026-11-24",
    });
    let draft = drafted(&running, &new).await;
    let publication = format!("/schedules/drafts/{draft}/publication");
    let text = running.page(&deputy(), &publication).await.text;
    assert!(text.contains(way), "{text}");
    assert!(text.contains("name=\"revision\""), "it can be published: {text}");
    let class = school::group("7a");
    let editor = format!("/schedules/drafts/{draft}?class={class}");
    assert!(running.page(&deputy(), &editor).await.text.contains(way));
    assert_eq!(form(&running, "action=passage&minutes=10").await.status, 303);
    assert!(!running.page(&deputy(), &editor).await.text.contains(way));
}

#[tokio::test]
async fn a_lesson_whose_bell_is_gone_is_named_and_stands_in_the_editor_without_times() {
    let running = Running::start().await;
    let bells = format!("/schedules/calendar/{}/bells", institution());
    let version = shown(&running).await["version"].clone();
    // Grade 7 has a regime of its own with one lesson: the second one of the others is not its own.
    let call = Call::new("POST", &bells).session(&running.sessions, &deputy());
    let fields = format!("version={version}&shift=1&grades=7&from=&start-1=08%3A30&end-1=09%3A10");
    assert_eq!(call.form(&fields).send(&running.service).await.status, 303);
    let checks = format!("/schedules/checks?institution={}", institution());
    let text = running.page(&deputy(), &checks).await.text;
    assert!(text.contains("7А: для 2-го урока нет звонка."), "{text}");
    let api = format!("/api/schedules/institutions/{}/checks", institution());
    let new = json!({
        "institution": institution(), "title": "Проба", "from": "2026-11-30",
        "source": "published", "date": "2026-11-24",
    });
    let draft = drafted(&running, &new).await;
    let editor = format!("/schedules/drafts/{draft}?class={}", school::group("7a"));
    let text = running.page(&deputy(), &editor).await.text;
    let row = text
        .split("<tr>")
        .find(|row| row.starts_with("<th scope=\"row\">2"));
    let row = row.expect("the second lesson has its row");
    assert!(!row.contains("09:20") && row.contains("нет звонка"), "{row}");
    let silent = running.api(&deputy(), &api).await.json()["without_bells"].clone();
    assert_eq!(silent, json!(["7А: для 2-го урока нет звонка."]));
}

#[tokio::test]
async fn buildings_cost_three_parallel_reads_and_an_edit_one_write_more() {
    let running = Running::start().await;
    running.fill().await;
    let cost = running.cost(&deputy(), &page()).await;
    assert!(cost.calls == 3 && cost.units <= 3.0, "{cost:?}");
    assert_eq!(form(&running, "action=add&short=2").await.status, 303);
    let cost = running.last_cost();
    assert!(cost.calls == 4 && cost.units <= 6.0, "{cost:?}");
}

/// The address of the report of the school's second import.
fn report(import: u128) -> String {
    format!("/schedules/imports/{}", ImportId::from_bits(import))
}

fn operator() -> Actor {
    let role = model::RoleAt {
        role: Role::FederalOperator,
        institution: None,
        region: None,
    };
    Actor {
        roles: model::RolesClaim(vec![role]),
        ..deputy()
    }
}

/// A bundle with as many wrong rows.
async fn imported_with(running: &Running, wrong: usize) {
    let mut timetable = "classSourcedId,weekday,lessonNumber\n7a-alg,1,1\n".to_owned();
    for number in 0..wrong {
        timetable.push_str(&format!("=nobody{number},1,1\n"));
    }
    let bytes = bundle(&[
        ("manifest.csv", MANIFEST),
        ("bells.csv", BELLS),
        ("timetable.csv", &timetable),
    ]);
    let clock = running.sessions.clock();
    let done = carry_out(&running.school.stores(), clock, &message(2), &bytes).await;
    done.expect("the import");
}

#[tokio::test]
async fn the_report_of_an_import_is_a_page_with_counts_reasons_and_the_whole_as_a_file() {
    let running = Running::start().await;
    imported_with(&running, 120).await;
    let page = running.page(&operator(), &report(2)).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let text = page.text;
    assert!(
        text.contains("timetable.csv") && text.contains("bells.csv"),
        "{text}"
    );
    assert!(text.contains("Показано 100 из 120"), "{text}");
    assert_eq!(text.matches("не найден(а)").count(), 100);
    assert!(text.contains("Недели классов, групп и учителей"), "{text}");

    let csv = running
        .page(&operator(), &format!("{}/table?format=csv", report(2)))
        .await;
    assert_eq!(csv.status, 200);
    assert!(
        csv.text.starts_with('\u{feff}') && csv.text.contains("timetable.csv;;;Отклонено;;120"),
        "{}",
        csv.text
    );
    assert_eq!(csv.text.matches(";отклонена;").count(), 120);
    assert!(
        csv.text.contains(";'=nobody7;"),
        "nothing becomes a formula: {}",
        csv.text
    );
    let xlsx = running
        .page(&operator(), &format!("{}/table?format=xlsx", report(2)))
        .await;
    assert_eq!(xlsx.status, 200);
}

#[tokio::test]
async fn the_report_of_an_import_is_for_the_operators_of_its_region() {
    let running = Running::start().await;
    for actor in [deputy(), teacher(), parent()] {
        assert_eq!(running.page(&actor, &report(1)).await.status, 404, "{actor:?}");
        let table = format!("{}/table?format=csv", report(1));
        assert_eq!(running.page(&actor, &table).await.status, 404, "{actor:?}");
    }
    assert_eq!(
        running.page(&operator(), &report(9)).await.status,
        404,
        "not done, or not there"
    );
    let cost = running.cost(&operator(), &report(1)).await;
    assert!(cost.calls == 1 && cost.units <= 1.0, "{cost:?}");
}

#[tokio::test]
async fn bells_set_for_a_date_are_named_in_the_report_of_the_next_import() {
    let running = Running::start().await;
    let bells = format!("/schedules/calendar/{}/bells", institution());
    let version = shown(&running).await["version"].clone();
    let call = Call::new("POST", &bells).session(&running.sessions, &deputy());
    let fields = format!("version={version}&shift=1&grades=1&from=2026-11-01&start-1=08%3A40&end-1=09%3A15");
    assert_eq!(call.form(&fields).send(&running.service).await.status, 303);
    imported_with(&running, 0).await;
    let text = running.page(&operator(), &report(2)).await.text;
    assert!(
        text.contains("Школа № 12: звонки для параллелей 1, заданные") && text.contains("ноября 2026"),
        "{text}"
    );
}
