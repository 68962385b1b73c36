//! The reports of an institution: asked for, made by the jobs, shown.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use model::{Attendance, Mark};
use serde_json::Value;
use store::metered;
use testkit::{Call, PERIOD, fill_journal};

use crate::world::{Jobs, World};

fn address(world: &World, kind: &str) -> String {
    format!(
        "/reports/institutions/{}/{PERIOD}/{kind}",
        world.school.institution
    )
}

async fn state(world: &World, kind: &str) -> Value {
    let path = format!("/api{}", address(world, kind));
    world.get(&world.school.actor("head"), &path).await.json()
}

async fn ask(world: &World, kind: &str) {
    let path = format!("/api{}", address(world, kind));
    let asked = Call::new("POST", &path)
        .bearer(&world.sessions, &world.school.actor("head"))
        .send(&world.service)
        .await;
    assert_eq!(asked.status.as_u16(), 200, "{}", asked.text);
}

#[tokio::test]
async fn a_report_is_asked_for_made_and_shown_with_its_time() {
    let world = World::new(3).await;
    fill_journal(&world.school, &world.journals, 4).await;
    let head = world.school.actor("head");
    for kind in ["results", "attendance", "load", "checks", "changes"] {
        let page = address(&world, kind);
        let before = world.page(&head, &page).await;
        assert!(before.text.contains("Составить</button>") && before.header("refresh").is_empty());
        let asked = Call::new("POST", &page).session(&world.sessions, &head).form("");
        let asked = asked.send(&world.service).await;
        assert_eq!((asked.status.as_u16(), asked.location()), (303, page.as_str()));
        let waiting = world.page(&head, &page).await;
        assert_eq!(waiting.header("refresh"), "5");
        assert!(
            waiting.text.contains("<progress") && waiting.text.contains("Ждёт очереди"),
            "{}",
            waiting.text
        );
        let sent = world.sent().await;
        let jobs = Jobs::at("2026-11-23T10:00:10Z", &world);
        assert_eq!(jobs.deliver(sent.last().expect("a message")).await, 0);
        let made = world.page(&head, &page).await;
        assert!(
            made.header("refresh").is_empty() && made.text.contains("Составлен 23.11 13:00"),
            "{}",
            made.text
        );
        assert!(
            !made.text.contains("reports-"),
            "every message has its words: {}",
            made.text
        );
        let view = state(&world, kind).await;
        assert_eq!(
            (&view["run"]["state"], &view["content"]["kind"]),
            (&"done".into(), &kind.into())
        );
        let book = world.file(&head, &format!("{page}/table.xlsx")).await;
        let book: Xlsx<_> = Xlsx::new(Cursor::new(book)).expect("a workbook");
        assert!(!book.sheet_names().is_empty());
    }
    let overview = format!("/reports/institutions/{}/{PERIOD}", world.school.institution);
    let overview = world.page(&head, &overview).await;
    assert_eq!(overview.text.matches("готов<").count(), 5, "{}", overview.text);
}

#[tokio::test]
async fn the_results_and_the_attendance_are_those_of_the_journals() {
    let world = World::new(3).await;
    fill_journal(&world.school, &world.journals, 4).await;
    let algebra = world.school.algebra;
    world.open(algebra, "2026-11-16-02", "").await;
    world
        .set(
            algebra,
            0,
            "2026-11-16-02",
            Some(Attendance::Ill),
            Some(Mark::Grade(5)),
        )
        .await;
    let jobs = Jobs::at("2026-11-23T10:00:10Z", &world);
    let made = |kind: &'static str| {
        let (world, jobs) = (&world, &jobs);
        async move {
            ask(world, kind).await;
            jobs.deliver(world.sent().await.last().expect("a message")).await;
            state(world, kind).await["content"].clone()
        }
    };
    let results = made("results").await;
    assert_eq!(results["classes"][0]["standings"]["good"], 3, "{results}");
    assert_eq!(results["teachers"][0]["name"], "Лебедев\u{a0}П.\u{a0}И.");
    let attendance = made("attendance").await;
    assert_eq!(attendance["absences"]["lessons"]["ill"], 1, "{attendance}");
    assert_eq!(
        attendance["absences"]["days"]["ill"], 0,
        "history of that day is not filled in"
    );
    let load = made("load").await;
    let of = |name: &str| {
        let teachers = load["teachers"].as_array().expect("teachers");
        teachers
            .iter()
            .find(|teacher| teacher["name"] == name)
            .cloned()
            .expect("a teacher")
    };
    // The timetable has algebra and history on three Mondays up to this one.
    let sokolova = of("Соколова\u{a0}И.\u{a0}С.");
    assert_eq!(
        (&sokolova["planned"], &sokolova["given"], &sokolova["half_hours"]),
        (&3.into(), &5.into(), &2.into())
    );
    assert_eq!(of("Лебедев\u{a0}П.\u{a0}И.")["given"], 0);
    let found = made("checks").await;
    let kinds: Vec<_> = found["counts"]
        .as_array()
        .expect("counts")
        .iter()
        .map(|it| it["finding"].clone())
        .collect();
    assert_eq!(kinds, ["mark_of_absent", "not_filled", "no_topic"], "{found}");
    let head = world.school.actor("head");
    let page = world
        .page(&head, &format!("{}?finding=no_topic", address(&world, "checks")))
        .await;
    let lesson = format!("/journals/{algebra}/{PERIOD}/lessons/2026-11-16-02");
    assert!(
        page.text.contains(&lesson) && !page.text.contains("Отметка 5"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn only_who_leads_the_institution_gets_anything() {
    let world = World::new(3).await;
    let overview = format!("/reports/institutions/{}/{PERIOD}", world.school.institution);
    for (name, status) in [
        ("head", 200),
        ("deputy head", 200),
        ("teacher", 404),
        ("administrator", 404),
        ("head of another school", 404),
        ("operator of the platform", 404),
    ] {
        let actor = world.school.actor(name);
        for page in [overview.clone(), address(&world, "checks")] {
            assert_eq!(
                world.page(&actor, &page).await.status.as_u16(),
                status,
                "{name}: {page}"
            );
        }
    }
    let head = world.school.actor("head");
    assert_eq!(
        world
            .page(&head, &address(&world, "gossip"))
            .await
            .status
            .as_u16(),
        404
    );
    let other = overview.replace(PERIOD, "2026-q9");
    assert_eq!(world.page(&head, &other).await.status.as_u16(), 404);
    assert_eq!(
        world
            .page(&head, &format!("{}/table.xlsx", address(&world, "load")))
            .await
            .status
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn a_report_under_way_is_not_asked_for_again_and_a_second_message_makes_nothing_anew() {
    let world = World::new(3).await;
    ask(&world, "checks").await;
    ask(&world, "checks").await;
    let sent = world.sent().await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(
        Jobs::at("2026-11-23T10:00:10Z", &world).deliver(&sent[0]).await,
        0
    );
    let first = state(&world, "checks").await;
    assert_eq!(
        Jobs::at("2026-11-23T10:01:00Z", &world).deliver(&sent[0]).await,
        0
    );
    assert_eq!(state(&world, "checks").await, first, "made once");
    ask(&world, "checks").await;
    let view = state(&world, "checks").await;
    assert_eq!(view["run"]["state"], "queued");
    assert_eq!(
        view["content"], first["content"],
        "what was made last is shown meanwhile"
    );
    assert_eq!(
        Jobs::at("2026-11-23T10:02:00Z", &world).deliver(&sent[0]).await,
        0,
        "of an earlier time"
    );
    assert_eq!(state(&world, "checks").await["run"]["state"], "queued");
    let again = world.sent().await;
    assert_eq!(
        Jobs::at("2026-11-23T10:02:00Z", &world).deliver(&again[1]).await,
        0
    );
    assert_eq!(
        state(&world, "checks").await["finished_at"],
        "2026-11-23T10:02:00Z"
    );
}

#[tokio::test]
async fn who_ends_in_the_middle_is_waited_for_and_then_taken_over_from() {
    let world = World::new(3).await;
    ask(&world, "attendance").await;
    let message = world.sent().await.remove(0);
    // It has taken the report and ends at the first journal, which it cannot read.
    let killed = Jobs::without_journals("2026-11-23T10:00:10Z", &world);
    assert_eq!(killed.deliver(&message).await, 1);
    let view = state(&world, "attendance").await;
    assert_eq!(
        (&view["run"]["state"], &view["run"]["total"]),
        (&"running".into(), &1.into())
    );
    let soon = Jobs::at("2026-11-23T10:03:00Z", &world);
    assert_eq!(
        soon.deliver(&message).await,
        1,
        "it comes again: the first may still be at it"
    );
    assert_eq!(state(&world, "attendance").await["run"]["state"], "running");
    let later = Jobs::at("2026-11-23T10:06:00Z", &world);
    assert_eq!(later.deliver(&message).await, 0);
    let view = state(&world, "attendance").await;
    assert_eq!(
        (&view["run"]["state"], &view["run"]["done"]),
        (&"done".into(), &1.into())
    );
}

#[tokio::test]
async fn a_message_that_is_none_comes_again_and_one_of_nothing_does_not() {
    let world = World::new(3).await;
    let jobs = Jobs::at("2026-11-23T10:00:10Z", &world);
    assert_eq!(jobs.deliver("{}").await, 1);
    let institution = world.school.institution;
    let never = format!(r#"{{"institution":"{institution}","period":"{PERIOD}","kind":"load","number":1}}"#);
    assert_eq!(jobs.deliver(&never).await, 0);
}

#[tokio::test]
async fn the_pages_cost_what_the_table_says() {
    let world = World::new(3).await;
    let head = world.school.actor("head");
    let overview = format!("/reports/institutions/{}/{PERIOD}", world.school.institution);
    for (path, calls, units) in [(overview, 2, 1.0), (address(&world, "checks"), 3, 2.0)] {
        let (answer, used) = metered(world.page(&head, &path)).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
        assert!(used.calls == calls && used.units <= units, "{path}: {used:?}");
    }
    let ((), used) = metered(ask(&world, "checks")).await;
    // Three calls to ask, and three for the answer.
    assert!(used.calls == 6 && used.units <= 6.0, "{used:?}");
    let sent = world.sent().await;
    let jobs = Jobs::at("2026-11-23T10:00:10Z", &world);
    let (failed, used) = metered(jobs.deliver(&sent[0])).await;
    assert_eq!(failed, 0);
    // The run, the classes, taking it; of the one class roster, journals, two periods, weeks, calendar, a note; the end.
    assert!(used.calls == 11 && used.units <= 20.0, "{used:?}");
}
