//! The register of a kindergarten's group, and grade 1.

use model::{GroupId, GroupKind, InstitutionId, InstitutionKind};
use rosters::{Group, Institution, MemberRole};
use serde_json::json;
use testkit::{PERIOD, put};

use crate::world::{LESSON, World};

/// A group of a kindergarten with the first pupil, kept by the algebra teacher.
async fn kindergarten(world: &World) -> GroupId {
    let (group, institution) = (GroupId::from_bits(91), InstitutionId::from_bits(91));
    let place = Institution {
        institution,
        region: world.school.region,
        kind: InstitutionKind::Preschool,
        name: "Детский сад № 3".to_owned(),
        time_zone: "Europe/Moscow".to_owned(),
    };
    put(&world.registry, place).await;
    let name = model::PersonName::parse("Андреев", "Саша", None).expect("a name");
    let mut periods = vec![];
    for (person, role) in [
        (world.school.pupils[0], MemberRole::Pupil),
        (world.school.teacher, MemberRole::Teacher),
    ] {
        let mut member = world.school.membership(person, &name, world.school.class, role);
        member.group = group;
        member.institution = institution;
        member.title = "Ромашки".to_owned();
        member.grade = None;
        periods.clone_from(&member.periods);
        put(&world.registry, member).await;
    }
    let group_of = Group {
        group,
        institution,
        kind: GroupKind::Class,
        title: "Ромашки".to_owned(),
        subject: None,
        grade: None,
        classes: vec![],
        periods,
        time_zone: "Europe/Moscow".to_owned(),
    };
    put(&world.registry, group_of).await;
    group
}

#[tokio::test]
async fn a_kindergarten_group_has_a_register_by_days_without_marks() {
    let world = World::new(1).await;
    let group = kindergarten(&world).await;
    let teacher = world.school.teacher_actor();
    let day = format!("/api/journals/{group}/{PERIOD}/lessons/2026-11-23-01");
    assert_eq!(
        world.put(&teacher, &day, 0, &json!({})).await.status.as_u16(),
        201
    );
    let cell = format!("{day}/cells/{}", world.school.pupils[0]);
    let set = |version, entry: &'static str| {
        let (world, teacher, cell) = (&world, &teacher, &cell);
        async move {
            world
                .put(teacher, cell, version, &json!({ "work": 1, "entry": entry }))
                .await
        }
    };
    assert_eq!(set(0, "в").await.json()["attendance"], "day_off");
    assert_eq!(set(1, "н").await.json()["attendance"], "absent");
    assert_eq!(set(2, "5").await.json()["code"], "no_marks_in_register");
    assert_eq!(set(2, "о").await.json()["code"], "letter_not_here");
    let page = world
        .page("teacher", &format!("/journals/{group}/{PERIOD}"))
        .await
        .text;
    assert!(
        page.contains("Посещаемость") && page.contains("Ромашки"),
        "{page}"
    );
    assert!(
        !page.contains("class=\"average\"") && page.contains(r#"data-key="в""#),
        "{page}"
    );
    let results = world
        .page("teacher", &format!("/journals/{group}/{PERIOD}/results"))
        .await;
    assert_eq!(results.status.as_u16(), 404);
    let list = world.get(&teacher, "/api/journals").await.json();
    let titles: Vec<_> = list["journals"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["title"].clone())
        .collect();
    assert!(titles.contains(&json!("Ромашки")), "{list}");
}

#[tokio::test]
async fn a_class_of_a_school_has_no_register_and_a_lesson_no_days_off() {
    let world = World::new(1).await;
    let class = format!("/api/journals/{}/{PERIOD}", world.school.class);
    assert_eq!(
        world
            .get(&world.school.actor("head"), &class)
            .await
            .status
            .as_u16(),
        404
    );
    world.open(LESSON).await;
    assert_eq!(world.set(0, 0, "в").await.json()["code"], "letter_not_here");
}

#[tokio::test]
async fn grade_1_has_attendance_and_no_marks() {
    let world = World::new(1).await;
    let key = Group::key_of(world.school.algebra);
    let first = store::Write::update_if(key, "SET grade = :grade", "attribute_exists(pk)");
    let first = first.typed_value(":grade", &1).expect("a value");
    world.registry.write(vec![first]).await.expect("written");
    world.open(LESSON).await;
    assert_eq!(world.set(0, 0, "5").await.json()["code"], "no_marks_in_grade_1");
    assert_eq!(world.set(0, 0, "б").await.json()["attendance"], "ill");
    let page = world.page("teacher", &world.journal()).await.text;
    assert!(
        !page.contains("class=\"average\"") && !page.contains(r#"data-key="5""#),
        "{page}"
    );
    let lesson = world
        .page("teacher", &format!("{}/lessons/{LESSON}", world.journal()))
        .await
        .text;
    assert!(
        lesson.contains("В 1\u{a0}классе домашних заданий по умолчанию нет"),
        "{lesson}"
    );
}

#[tokio::test]
async fn the_day_of_a_kindergarten_group_is_in_its_register_of_attendance() {
    let world = World::new(1).await;
    let group = kindergarten(&world).await;
    let teacher = world.school.teacher_actor();
    let day = format!("/api/journals/{group}/{PERIOD}/lessons/2026-11-23-01");
    assert_eq!(
        world.put(&teacher, &day, 0, &json!({})).await.status.as_u16(),
        201
    );
    let cell = format!("{day}/cells/{}", world.school.pupils[0]);
    let noted = world
        .put(&teacher, &cell, 0, &json!({ "work": 1, "entry": "б" }))
        .await;
    assert_eq!(noted.status.as_u16(), 200, "{}", noted.text);
    let register = format!("/api/journals/classes/{group}/register?date=2026-11-23");
    let register = world.get(&teacher, &register).await.json();
    assert_eq!(
        register["lessons"].as_array().map(Vec::len),
        Some(1),
        "{register}"
    );
    assert_eq!(register["totals"]["absent"], 1, "{register}");
}
