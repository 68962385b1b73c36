//! Results of periods, of the year, and of a class.

use serde_json::{Value, json};
use store::metered;
use testkit::{Answer, PERIOD};

use crate::world::{LESSON, World};

fn result(world: &World, period: &str, pupil: usize) -> String {
    format!(
        "/api/journals/{}/{period}/results/{}",
        world.school.algebra, world.school.pupils[pupil]
    )
}

async fn set(world: &World, period: &str, pupil: usize, version: u64, mark: &str) -> Answer {
    let teacher = world.school.teacher_actor();
    world
        .put(
            &teacher,
            &result(world, period, pupil),
            version,
            &json!({ "mark": mark }),
        )
        .await
}

async fn results(world: &World) -> Value {
    let path = format!("{}/results", world.base());
    world.get(&world.school.teacher_actor(), &path).await.json()["pupils"].clone()
}

#[tokio::test]
async fn the_rule_proposes_and_the_teacher_decides() {
    let world = World::new(2).await;
    world.mark_all(0, &["5", "4", "4"]).await;
    let before = results(&world).await;
    assert_eq!(
        (
            &before[0]["average"],
            &before[0]["proposed"],
            &before[0]["result"]
        ),
        (
            &json!("4,33"),
            &json!("4"),
            &json!({ "version": 0, "mark": null })
        )
    );
    assert_eq!(
        before[1]["proposed"],
        json!(null),
        "nothing is proposed without marks"
    );
    let first = set(&world, PERIOD, 0, 0, "5").await;
    assert_eq!(
        (first.status.as_u16(), first.header("etag")),
        (200, "\"1\""),
        "{}",
        first.text
    );
    assert_eq!(set(&world, PERIOD, 1, 0, "н/а").await.json()["mark"], "н/а");
    assert_eq!(set(&world, PERIOD, 0, 1, "осв.").await.json()["mark"], "осв");
    assert_eq!(
        set(&world, PERIOD, 0, 2, "").await.json(),
        json!({ "version": 3, "mark": null })
    );
    let history = world
        .get(
            &world.school.teacher_actor(),
            &format!("{}/history", result(&world, PERIOD, 0)),
        )
        .await
        .json();
    let changes: Vec<_> = history["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|change| {
            (
                change["from"].clone(),
                change["to"].clone(),
                change["proposed"].clone(),
            )
        })
        .collect();
    let step = |from: Value, to: Value| (from, to, json!("4"));
    assert_eq!(
        changes,
        [
            step(json!("осв"), json!(null)),
            step(json!("5"), json!("осв")),
            step(json!(null), json!("5"))
        ]
    );
    let grid = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    assert_eq!(grid["rows"][1]["result"], "н/а");
}

#[tokio::test]
async fn nothing_is_overwritten_unseen_and_a_repeat_is_done_already() {
    let world = World::new(1).await;
    world.open(LESSON).await;
    set(&world, PERIOD, 0, 0, "5").await;
    let late = set(&world, PERIOD, 0, 0, "4").await;
    assert_eq!(
        (late.status.as_u16(), late.json()["current"]["mark"].clone()),
        (409, json!("5"))
    );
    assert_eq!(
        set(&world, PERIOD, 0, 0, "5").await.json(),
        json!({ "version": 1, "mark": "5" })
    );
    for (mark, code) in [
        ("6", "result_unknown"),
        (".", "result_unknown"),
        ("н", "result_unknown"),
    ] {
        let wrong = set(&world, PERIOD, 0, 1, mark).await;
        assert_eq!(
            (wrong.status.as_u16(), wrong.json()["code"].clone()),
            (422, json!(code)),
            "{mark}"
        );
    }
    let stranger = result(&world, PERIOD, 0).replace(
        &world.school.pupils[0].to_string(),
        &world.school.parent.to_string(),
    );
    let answer = world
        .put(
            &world.school.teacher_actor(),
            &stranger,
            0,
            &json!({ "mark": "5" }),
        )
        .await;
    assert_eq!(answer.status.as_u16(), 404);
}

#[tokio::test]
async fn all_that_is_proposed_is_set_at_once_and_what_stands_is_left_alone() {
    let world = World::new(3).await;
    world.mark_all(0, &["5", "5", "4"]).await;
    world.mark_all(1, &["3", "3", "3"]).await;
    set(&world, PERIOD, 1, 0, "4").await;
    let path = format!("{}/results", world.journal());
    let teacher = world.school.teacher_actor();
    let page = world.page("teacher", &path).await.text;
    assert!(page.contains("Проставить предложенные: 1"), "{page}");
    let answer = world.form(&teacher, &path, "action=propose").await;
    assert_eq!(answer.location(), format!("{path}?saved=1"), "{}", answer.text);
    let now = results(&world).await;
    let marks: Vec<_> = (0..3).map(|row| now[row]["result"]["mark"].clone()).collect();
    assert_eq!(marks, [json!("5"), json!("4"), json!(null)]);
    let saved = world.page("teacher", &format!("{path}?saved=1")).await.text;
    assert!(saved.contains("Сохранён 1 итог"), "{saved}");
}

#[tokio::test]
async fn the_form_takes_what_was_typed_and_shows_what_was_refused() {
    let world = World::new(2).await;
    world.open(LESSON).await;
    let [a, b] = [0, 1].map(|pupil| world.school.pupils[pupil]);
    let field = |pupil, mark: &str| format!("&mark-{pupil}={mark}&was-{pupil}=&version-{pupil}=0");
    let body = format!("action=save{}{}", field(a, "5"), field(b, "9"));
    let path = format!("{}/results", world.journal());
    let answer = world.form(&world.school.teacher_actor(), &path, &body).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert!(
        answer.text.contains("Итог — 1–5, зач, нез, н/а или осв."),
        "{}",
        answer.text
    );
    let now = results(&world).await;
    assert_eq!(
        (&now[0]["result"]["mark"], &now[1]["result"]["mark"]),
        (&json!("5"), &json!(null))
    );
    let history = world.page("head", &format!("{path}/{a}")).await.text;
    assert!(
        history.contains("Соколова") && history.contains("<strong>5</strong>"),
        "{history}"
    );
}

#[tokio::test]
async fn the_year_is_proposed_by_its_periods_and_decided_by_the_teacher() {
    let world = World::new(2).await;
    let teacher = world.school.teacher_actor();
    let year = format!("{}/year", world.base());
    set(&world, "2026-q1", 0, 0, "4").await;
    assert_eq!(
        world.get(&teacher, &year).await.json()["pupils"][0]["proposed"],
        json!(null),
        "a period is missing"
    );
    set(&world, PERIOD, 0, 0, "5").await;
    let shown = world.get(&teacher, &year).await.json();
    assert_eq!(shown["periods"], json!(["2026-q1", PERIOD]));
    assert_eq!(
        (&shown["pupils"][0]["periods"], &shown["pupils"][0]["proposed"]),
        (&json!(["4", "5"]), &json!("5"))
    );
    let page = format!("{}/year", world.journal());
    let answer = world.form(&teacher, &page, "action=propose").await;
    assert_eq!(answer.location(), format!("{page}?saved=1"), "{}", answer.text);
    let one = format!("{year}/{}", world.school.pupils[0]);
    let changed = world.put(&teacher, &one, 1, &json!({ "mark": "4" })).await;
    assert_eq!(changed.json(), json!({ "version": 2, "mark": "4" }));
    assert_eq!(
        world
            .put(&teacher, &one, 1, &json!({ "mark": "5" }))
            .await
            .status
            .as_u16(),
        409
    );
    world
        .form(
            &world.school.actor("head"),
            &format!("{}/lock", world.journal()),
            "",
        )
        .await;
    assert_eq!(
        world.put(&teacher, &one, 2, &json!({ "mark": "5" })).await.json()["code"],
        "period_locked"
    );
    let shown = world.page("teacher", &page).await.text;
    assert!(
        shown.contains("1 четверть") && shown.contains(r#"value="4""#),
        "{shown}"
    );
}

#[tokio::test]
async fn a_class_is_seen_with_its_quality_and_the_filling_of_its_journals() {
    let world = World::new(3).await;
    world.mark_all(0, &["5"]).await;
    for (pupil, mark) in [(0, "5"), (1, "3"), (2, "2")] {
        set(&world, PERIOD, pupil, 0, mark).await;
    }
    let path = format!(
        "/api/journals/classes/{}/results?period={PERIOD}",
        world.school.class
    );
    let class = world.get(&world.school.actor("deputy head"), &path).await.json();
    assert_eq!(class["subjects"], json!(["Алгебра", "История"]));
    assert_eq!(class["pupils"][1]["results"], json!(["3", null]));
    assert_eq!(
        (&class["sufficient_percent"], &class["good_percent"]),
        (&json!(67), &json!(33))
    );
    let algebra = &class["journals"][0];
    assert_eq!(
        (
            &algebra["lessons"],
            &algebra["without_topic"],
            &algebra["results"]
        ),
        (&json!(1), &json!(0), &json!(3))
    );
    let page = world
        .page(
            "head",
            &format!("/journals/classes/{}/results", world.school.class),
        )
        .await
        .text;
    assert!(
        page.contains("успеваемость 67\u{a0}%, качество 33\u{a0}%"),
        "{page}"
    );
    let wrong = format!(
        "/api/journals/classes/{}/results?period=2020-q1",
        world.school.class
    );
    assert_eq!(
        world
            .get(&world.school.actor("head"), &wrong)
            .await
            .status
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn setting_a_result_costs_three_reads_and_one_transaction() {
    let world = World::new(27).await;
    testkit::fill_journal(&world.school, &world.journals, 12).await;
    world.open(LESSON).await;
    let (answer, used) = metered(set(&world, PERIOD, 0, 0, "5")).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert!(used.calls == 4 && used.units <= 20.0, "{used:?}");
    let year = format!("{}/year", world.base());
    let (_, used) = metered(world.get(&world.school.teacher_actor(), &year)).await;
    assert!(used.calls == 3 && used.units <= 4.0, "{used:?}");
    let class = format!("/api/journals/classes/{}/results", world.school.class);
    let (_, used) = metered(world.get(&world.school.actor("head"), &class)).await;
    assert!(used.calls == 5 && used.units <= 10.0, "{used:?}");
}
