//! Classes and institutions, as those who work there see them.

mod support;

use gradebook::{Alert, CellChange, CellValue, UnusualKind};
use model::{GroupId, PersonId};
use serde_json::json;
use support::{World, algebra, class, everybody, head, operator, school};
use testkit::moment;

#[tokio::test]
async fn a_class_shows_those_who_belong_to_it_today() {
    let world = World::start().await;
    let view = world
        .get(&head(), &format!("/api/registry/classes/{}", class()))
        .await
        .json();
    let names: Vec<&str> = view["pupils"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|pupil| pupil["name"].as_str())
        .collect();
    assert_eq!(names, ["Антонова Саша Ивановна", "Яковлев Саша Ивановна"]);
    assert_eq!(view["teachers"][0]["name"], "Классная Саша Ивановна");
    assert_eq!(
        view["subjects"],
        json!([{ "group": algebra(), "subject": "Алгебра", "title": "7А",
            "teachers": [{ "id": support::teacher_of_algebra(), "name": "Лобачевский Саша Ивановна" }] }])
    );
}

#[tokio::test]
async fn the_page_of_a_class_leads_to_journals_for_those_to_whom_they_are_open() {
    let world = World::start().await;
    let path = format!("/registry/classes/{}", class());
    let teacher = everybody()
        .into_iter()
        .find(|(name, _)| *name == "teacher")
        .expect("known")
        .1;
    let administrator = everybody()
        .into_iter()
        .find(|(name, _)| *name == "administrator")
        .expect("known")
        .1;
    let journal = format!("href=\"/journals/{}\"", algebra());
    let of_class = format!("href=\"/journals?class={}\"", class());
    let for_head = world.page(&head(), &path).await.text;
    assert!(for_head.contains(&journal) && for_head.contains(&of_class));
    assert!(for_head.contains("2 ученика") && !for_head.contains("Выбывший"));
    let for_teacher = world.page(&teacher, &path).await.text;
    assert!(for_teacher.contains(&journal) && !for_teacher.contains(&of_class));
    let for_administrator = world.page(&administrator, &path).await.text;
    assert!(!for_administrator.contains("/journals"));
    assert!(for_administrator.contains(&format!("/schedules/classes/{}", class())));
}

#[tokio::test]
async fn classes_of_the_own_institution_stand_by_year() {
    let world = World::start().await;
    let page = world.page(&head(), "/registry/classes").await.text;
    assert!(page.contains("Школа № 12") && page.contains("7-й год обучения"));
    assert!(page.contains(&format!("href=\"/registry/classes/{}\"", class())));
    assert!(page.contains(&format!("href=\"/journals?class={}\"", class())));
    assert!(!page.contains("Ромашка"));
}

#[tokio::test]
async fn who_leads_an_institution_is_told_on_the_first_page_of_unusual_changes() {
    let world = World::start().await;
    let none = world.page(&head(), "/registry/classes").await.text;
    assert!(none.contains("Необычные изменения отметок"), "{none}");
    for (pupil, kind) in [
        (1, UnusualKind::Late),
        (2, UnusualKind::Late),
        (3, UnusualKind::Locked),
    ] {
        let change = CellChange {
            journal: algebra(),
            lesson: "2026-10-19-02".parse().expect("a lesson"),
            pupil: PersonId::from_bits(pupil),
            number: 1,
            at: moment("2026-11-22T08:00:00Z"),
            by: support::teacher_of_algebra(),
            by_name: "Лобачевский С. И.".to_owned(),
            from: CellValue::default(),
            to: CellValue::default(),
            reason: None,
            alert: Some(Alert {
                institution: school(),
                kind,
            }),
        };
        testkit::put(&world.journals, change).await;
    }
    let (page, used) = store::metered(world.page(&head(), "/registry/classes")).await;
    let address = format!(
        "<a href=\"/journals/alerts/{}\">Необычные изменения: 2</a>",
        school()
    );
    assert!(page.text.contains(&address), "{}", page.text);
    assert!(used.calls == 3 && used.units <= 2.0, "{used:?}");
    for (name, actor) in everybody() {
        let is_told = ["head", "deputy"].contains(&name);
        let page = world.page(&actor, "/registry/classes").await.text;
        let own = format!("/journals/alerts/{}", school());
        assert_eq!(page.contains(&own), is_told, "{name}");
    }
}

#[tokio::test]
async fn an_operator_sees_the_classes_of_an_institution_and_not_their_lists() {
    let world = World::start().await;
    let view = world
        .get(&operator(), &format!("/api/registry/institutions/{}", school()))
        .await
        .json();
    assert_eq!(
        view["classes"],
        json!([{ "id": class(), "title": "7А", "grade": 7 }])
    );
    let page = world
        .page(&operator(), &format!("/registry/institutions/{}", school()))
        .await
        .text;
    assert!(page.contains("7А") && !page.contains(&format!("href=\"/registry/classes/{}\"", class())));
}

#[tokio::test]
async fn a_teaching_group_is_no_class() {
    let world = World::start().await;
    let answer = world
        .get(&head(), &format!("/api/registry/classes/{}", algebra()))
        .await;
    assert_eq!(answer.status, 404);
    let unknown = world
        .get(
            &head(),
            &format!("/api/registry/classes/{}", GroupId::from_bits(77)),
        )
        .await;
    assert_eq!(unknown.status, 404);
}
