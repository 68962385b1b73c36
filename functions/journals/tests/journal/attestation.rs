//! Form and day of attestation with the results of a college.

use model::InstitutionKind;
use rosters::Institution;
use serde_json::{Value, json};
use store::{Write, metered};
use testkit::{Answer, PERIOD};

use crate::world::{LESSON, World};

async fn college() -> World {
    let world = World::new(2).await;
    let kind = Write::update_if(
        Institution::key_of(world.school.institution),
        "SET kind = :kind",
        "attribute_exists(pk)",
    )
    .typed_value(":kind", &InstitutionKind::Vocational)
    .expect("a value");
    world.registry.write(vec![kind]).await.expect("written");
    world.open(LESSON).await;
    world
}

fn result(world: &World, pupil: usize) -> String {
    format!("{}/results/{}", world.base(), world.school.pupils[pupil])
}

async fn set(world: &World, version: u64, mark: &str, attestation: Value) -> Answer {
    let body = json!({ "mark": mark, "attestation": attestation });
    let teacher = world.school.teacher_actor();
    world.put(&teacher, &result(world, 0), version, &body).await
}

fn exam(date: &str) -> Value {
    json!({ "form": "exam", "date": date })
}

#[tokio::test]
async fn a_result_carries_form_day_hours_of_the_plan_and_who_gave_it() {
    let world = college().await;
    let teacher = world.school.teacher_actor();
    let plan = json!({ "rows": [
        { "number": 1, "topic": "Множества", "hours": 30 },
        { "number": 2, "topic": "Ряды", "hours": 30 },
        { "number": 3, "topic": "Пределы", "hours": 12 },
    ] });
    let path = format!("{}/plan", world.base());
    let kept = world.put(&teacher, &path, 0, &plan).await;
    assert!(kept.status.is_success(), "{}", kept.text);
    let (answer, used) = metered(set(&world, 0, "2", exam("2026-11-20"))).await;
    let given = answer.json()["attestation"].clone();
    assert_eq!(
        (&given["form"], &given["date"], &given["hours"], &given["retakes"]),
        (&json!("exam"), &json!("2026-11-20"), &json!(72), &json!(0)),
        "{}",
        answer.text
    );
    assert!(
        given["teacher"]
            .as_str()
            .is_some_and(|name| name.starts_with("Соколова"))
    );
    assert!(used.calls == 6 && used.units <= 22.5, "{used:?}");
}

#[tokio::test]
async fn a_retake_keeps_the_first_result_in_the_history_and_shows_the_last_with_its_day() {
    let world = college().await;
    set(&world, 0, "2", exam("2026-11-20")).await;
    let again = set(&world, 1, "4", exam("2026-11-23")).await.json();
    assert_eq!(
        (
            &again["mark"],
            &again["attestation"]["retakes"],
            &again["attestation"]["date"]
        ),
        (&json!("4"), &json!(1), &json!("2026-11-23"))
    );
    let path = format!("{}/history", result(&world, 0));
    let history = world.get(&world.school.teacher_actor(), &path).await.json();
    let first = &history["changes"][1];
    assert_eq!(
        (&first["to"], &first["attestation"]["date"]),
        (&json!("2"), &json!("2026-11-20"))
    );
    // What is not said again stays.
    let body = json!({ "mark": "5" });
    let teacher = world.school.teacher_actor();
    let later = world.put(&teacher, &result(&world, 0), 2, &body).await.json();
    assert_eq!(later["attestation"]["date"], "2026-11-23");
    let page = format!("{}/results/{}", world.journal(), world.school.pupils[0]);
    let page = world.page("teacher", &page).await.text;
    assert!(page.contains("экзамен, 23.11.2026, пересдача"), "{page}");
}

#[tokio::test]
async fn what_cannot_be_so_is_refused() {
    let world = college().await;
    let code = async |mark, attestation| set(&world, 0, mark, attestation).await.json()["code"].clone();
    assert_eq!(code("зач", exam("2026-11-20")).await, "result_not_of_form");
    let pass = json!({ "form": "pass", "date": "2026-11-20" });
    assert_eq!(code("5", pass).await, "result_not_of_form");
    assert_eq!(
        code("5", exam("2026-11-24")).await,
        "attestation_date",
        "tomorrow"
    );
    assert_eq!(
        code("5", exam("2026-11-08")).await,
        "attestation_date",
        "before the period"
    );
    assert_eq!(code("5", exam("soon")).await, "attestation_date");
    let quiz = json!({ "form": "quiz", "date": "2026-11-20" });
    assert_eq!(code("5", quiz).await, "attestation_form");
    let school = World::new(2).await;
    school.open(LESSON).await;
    let answer = set(&school, 0, "5", exam("2026-11-20")).await;
    assert_eq!(answer.json()["code"], "attestation_not_here");
}

#[tokio::test]
async fn the_form_sets_it_with_the_results_and_for_all_that_stand() {
    let world = college().await;
    let (path, teacher) = (
        format!("{}/results", world.journal()),
        world.school.teacher_actor(),
    );
    let school = World::new(2).await;
    let page = school
        .page("teacher", &format!("{}/results", school.journal()))
        .await
        .text;
    assert!(
        !page.contains("name=\"held\""),
        "a school has no attestation: {page}"
    );
    let (page, used) = metered(world.page("teacher", &path)).await;
    let page = page.text;
    assert!(used.calls == 3 && used.units <= 4.0, "{used:?}");
    let button = |action| page.find(&format!("name=\"action\" value=\"{action}\""));
    assert!(
        button("save") < button("attest"),
        "the Enter key presses the first button: {page}"
    );
    assert!(
        page.contains("name=\"held\" value=\"2026-11-23\" min=\"2026-11-09\" max=\"2026-11-23\""),
        "{page}"
    );
    let [a, b] = [0, 1].map(|pupil| world.school.pupils[pupil]);
    let field = |pupil, mark: &str| format!("&mark-{pupil}={mark}&was-{pupil}=&version-{pupil}=0");
    let body = format!(
        "action=save&form=exam&held=2026-11-20{}{}",
        field(a, "5"),
        field(b, "зач")
    );
    let answer = world.form(&teacher, &path, &body).await;
    assert!(
        answer.text.contains("У зачёта итог зач или нез"),
        "{}",
        answer.text
    );
    assert!(answer.text.contains("экзамен, 20.11.2026"), "{}", answer.text);
    let all = world
        .form(
            &teacher,
            &path,
            "action=attest&form=differentiated_pass&held=2026-11-19",
        )
        .await;
    assert_eq!(all.location(), format!("{path}?saved=1"), "{}", all.text);
    let now = world
        .get(&teacher, &format!("{}/results", world.base()))
        .await
        .json();
    let given = &now["pupils"][0]["result"];
    assert_eq!(
        (&given["mark"], &given["attestation"]["form"], &given["version"]),
        (&json!("5"), &json!("differentiated_pass"), &json!(2))
    );
    let again = world
        .form(
            &teacher,
            &path,
            "action=attest&form=differentiated_pass&held=2026-11-19",
        )
        .await;
    assert_eq!(again.location(), format!("{path}?saved=0"), "nothing has changed");
    let class = format!("/journals/classes/{}/results?period={PERIOD}", world.school.class);
    let class = world.page("head", &class).await.text;
    assert!(
        class.contains(&format!("/diary/{a}/pass-book?institution=")),
        "{class}"
    );
}
