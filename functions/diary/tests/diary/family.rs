//! All children of a parent side by side.

use model::PersonId;
use rosters::{Guardianship, GuardianshipSource};
use testkit::Call;

use crate::world::World;

/// The parent of the first pupil represents the third one too.
async fn with_two_children() -> World {
    let world = World::new().await;
    represent(&world, world.school.pupils[2], "Вера").await;
    world
}

async fn represent(world: &World, child: PersonId, given: &str) {
    let name = |given: &str| model::PersonName::parse("Андреева", given, Some("Олеговна")).expect("a name");
    let held = Guardianship {
        guardian: world.school.parent,
        guardian_name: name("Мария"),
        child,
        child_name: name(given),
        source: GuardianshipSource::School,
        revoked_at: None,
    };
    let items = held.create().expect("items").into();
    world.registry.write(items).await.expect("written");
}

#[tokio::test]
async fn a_parent_of_several_children_sees_today_and_the_next_day_of_each() {
    let world = with_two_children().await;
    let page = world.page("parent", "/diary").await;
    assert_eq!(page.status.as_u16(), 200, "{}", page.text);
    for expected in [
        "понедельник, 23\u{a0}ноября",
        "понедельник, 30\u{a0}ноября",
        "Саша",
        "Вера",
        "Задано на этот день",
        "Всего ≈\u{a0}21\u{a0}мин",
        "class=\"lesson now\"",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    for child in [0, 2] {
        assert!(
            page.text
                .contains(&format!("href=\"/diary/{}\"", world.child(child)))
        );
    }
    assert_eq!(page.header("diary-reader"), world.school.parent.to_string());
    let english = Call::get("/diary")
        .session(&world.sessions, &world.school.parent_actor())
        .header("accept-language", "en")
        .send(&world.service)
        .await;
    assert!(
        english.text.contains("Due this day") && english.text.contains("≈\u{a0}21\u{a0}min in all"),
        "{}",
        english.text
    );
}

#[tokio::test]
async fn the_api_gives_the_same_children_with_their_own_marks_only() {
    let world = with_two_children().await;
    let family = world.api("parent", "/api/diary").await.json();
    let children = family["children"].as_array().expect("children");
    assert_eq!(children.len(), 2);
    for child in children {
        let is_first = child["child"] == world.child(0).as_str();
        let marks = child["days"][0]["lessons"][0]["marks"].as_array().map(Vec::len);
        assert_eq!(marks, Some(if is_first { 2 } else { 0 }), "{child}");
        assert_eq!(child["days"][1]["date"], "2026-11-30");
        assert_eq!(child["days"][1]["due"][0]["text"], "№ 5");
    }
}

#[tokio::test]
async fn each_childs_page_leads_to_all_children() {
    let world = with_two_children().await;
    let week = world.page("parent", &format!("/diary/{}", world.child(2))).await;
    assert!(
        week.text.contains("<a href=\"/diary\">Все дети</a>"),
        "{}",
        week.text
    );
}

#[tokio::test]
async fn a_child_without_a_class_stands_there_with_a_word_and_breaks_nothing() {
    let world = World::new().await;
    let nobody = PersonId::from_bits(77);
    let person = rosters::Person {
        person: nobody,
        name: model::PersonName::parse("Андреева", "Зоя", None).expect("a name"),
        birth_date: None,
        sex: None,
        snils_hash: None,
        subject: None,
        trusted: false,
    };
    testkit::put(&world.registry, person).await;
    represent(&world, nobody, "Зоя").await;
    let page = world.page("parent", "/diary").await;
    assert!(
        page.text.contains("Зоя") && page.text.contains("не числится ни в одном классе"),
        "{}",
        page.text
    );
    assert!(page.text.contains("Алгебра"));
}
