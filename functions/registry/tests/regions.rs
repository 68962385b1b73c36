//! Opening regions and looking at them.

mod support;

use model::{InstitutionId, InstitutionKind};
use serde_json::json;
use support::{World, federal, north, operator};
use testkit::Call;

#[tokio::test]
async fn a_region_is_opened_once_whatever_how_often_it_is_asked() {
    let world = World::start().await;
    let body = json!({ "code": "east", "name": " Восточный   край " });
    let first = world.post(&federal(), "/api/registry/regions", &body).await;
    assert_eq!(first.status, 201, "{}", first.text);
    assert_eq!(first.json()["name"], "Восточный край");
    let second = world.post(&federal(), "/api/registry/regions", &body).await;
    assert_eq!((second.status.as_u16(), second.json()), (200, first.json()));
    let other = world
        .post(
            &federal(),
            "/api/registry/regions",
            &json!({ "code": "east", "name": "Запад" }),
        )
        .await;
    assert_eq!(
        (other.status.as_u16(), other.json()["code"].clone()),
        (409, json!("region_exists"))
    );
    let list = world.get(&federal(), "/api/registry/regions").await.json();
    assert_eq!(list["regions"].as_array().expect("a list").len(), 3);
}

#[tokio::test]
async fn an_operator_of_a_region_sees_the_own_one_only() {
    let world = World::start().await;
    let list = world.get(&operator(), "/api/registry/regions").await.json();
    assert_eq!(
        list,
        json!({ "regions": [{ "id": north(), "code": "north", "name": "Северный край" }] })
    );
    let page = world.page(&operator(), "/registry/regions").await;
    assert!(page.text.contains("Северный край") && !page.text.contains("Южный край"));
    assert!(
        !page.text.contains("name=\"code\""),
        "no form for who may not open regions"
    );
}

#[tokio::test]
async fn what_is_no_region_is_refused_with_the_field_at_fault() {
    let world = World::start().await;
    for (body, field) in [
        (json!({ "code": "East", "name": "Восток" }), "region_code"),
        (json!({ "code": "a#b", "name": "Восток" }), "region_code"),
        (json!({ "code": "east", "name": "я".repeat(101) }), "region_name"),
        (json!({ "code": "east", "name": " " }), "region_name"),
    ] {
        let answer = world.post(&federal(), "/api/registry/regions", &body).await;
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(answer.json()["fields"][0]["field"], field);
    }
    let unread = Call::new("POST", "/api/registry/regions")
        .bearer(&world.sessions, &federal())
        .header("content-type", "application/json")
        .body("{\"code\":")
        .send(&world.service)
        .await;
    assert_eq!(
        (unread.status.as_u16(), unread.json()["code"].clone()),
        (400, json!("invalid_json"))
    );
    let unknown = world
        .post(
            &federal(),
            "/api/registry/regions",
            &json!({ "code": "a", "name": "b", "c": 1 }),
        )
        .await;
    assert_eq!(unknown.status, 400);
    let list = world.get(&federal(), "/api/registry/regions").await.json();
    assert_eq!(
        list["regions"].as_array().expect("a list").len(),
        2,
        "nothing changed"
    );
}

#[tokio::test]
async fn a_form_opens_a_region_and_says_so() {
    let world = World::start().await;
    let answer = Call::new("POST", "/registry/regions")
        .session(&world.sessions, &federal())
        .form("code=east&name=%D0%92%D0%BE%D1%81%D1%82%D0%BE%D0%BA")
        .send(&world.service)
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, "/registry/regions?created=1")
    );
    let page = world.page(&federal(), answer.location()).await;
    assert!(page.text.contains("Регион открыт") && page.text.contains("Восток"));
}

#[tokio::test]
async fn the_page_of_a_region_may_connect_to_the_bucket_and_to_nothing_else_new() {
    let world = World::start().await;
    let page = world
        .page(&operator(), &format!("/registry/regions/{}", north()))
        .await;
    assert_eq!(page.status, 200);
    let usual = world.page(&operator(), "/registry/regions").await;
    let allowed = format!("connect-src 'self' {};", world.bucket.uri());
    let policy = page.header("content-security-policy");
    assert!(policy.contains(&allowed), "{policy}");
    assert_eq!(
        policy.replace(&allowed, "connect-src 'self';"),
        usual.header("content-security-policy")
    );
    assert!(page.text.contains("Школа № 12") && page.text.contains("<noscript>"));
    assert!(!page.text.contains("<script>") && !page.text.contains("style="));
}

#[tokio::test]
async fn institutions_are_found_by_kind_and_the_beginning_of_the_name() {
    let world = World::start().await;
    for number in 0..101u128 {
        let name = format!("Лицей {number:03}");
        world
            .institution(1_000 + number, north(), InstitutionKind::General, &name)
            .await;
    }
    let path = format!("/registry/regions/{}", north());
    let all = world.page(&operator(), &path).await.text;
    assert!(
        all.contains("Лицей 099") && !all.contains("Школа № 12"),
        "the first hundred by name"
    );
    assert!(all.contains("Показаны первые 100"));
    let found = world
        .page(
            &operator(),
            &format!("{path}?kind=general&name=%D0%A8%D0%BA%D0%9E%D0%BB"),
        )
        .await
        .text;
    assert!(found.contains("Школа № 12") && !found.contains("Лицей"));
    let none = world
        .page(&operator(), &format!("{path}?kind=preschool&name=x"))
        .await
        .text;
    assert!(none.contains("Таких организаций нет"));
    let wrong = world.page(&operator(), &format!("{path}?kind=castle")).await;
    assert_eq!(wrong.status, 422);
    assert!(found.contains(&InstitutionId::from_bits(1).to_string()));
}
