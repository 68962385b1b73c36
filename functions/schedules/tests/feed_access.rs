//! Who makes links to calendars, and that these show nothing any longer than their owner may see it.

mod school;

use jiff::civil::date;
use model::{Actor, Role, RoleAt};
use rosters::{GuardianshipSide, Membership};
use school::{
    group,
    links::{ask, events, get, make, of_day, read, start},
    person,
    running::{Running, actor, parent, pupil},
};
use serde_json::json;
use store::{Stored, Write};
use testkit::{Call, ORIGIN};

#[tokio::test]
async fn a_parent_has_a_link_for_each_child_as_long_as_they_represent_it() {
    let running = start().await;
    let of = |child: &str| json!({ "kind": "child", "child": person(child) });
    let (_, first) = make(&running, &parent(), &of("p1")).await;
    let (_, second) = make(&running, &parent(), &of("p2")).await;
    assert!(!of_day(&events(&read(&running, &first).await), "2026-11-23").is_empty());
    let reading = events(&read(&running, &second).await);
    assert_eq!(of_day(&reading, "2026-11-23")[0][4], "Чтение");
    for (who, actor) in [
        (
            "another parent",
            actor(person("t3"), &[RoleAt::anywhere(Role::Parent)]),
        ),
        ("the child", pupil()),
    ] {
        assert_eq!(ask(&running, &actor, &of("p2")).await.status, 404, "{who}");
    }
    revoke_guardianship(&running, "p1").await;
    assert_eq!(get(&running, &first).await.status, 404);
    assert_eq!(get(&running, &second).await.status, 200);
}

/// The school takes back that the mother represents the child.
async fn revoke_guardianship(running: &Running, child: &str) {
    let (mother, child) = (person("m1"), person(child));
    for key in [
        GuardianshipSide::key_of_guardian(mother, child),
        GuardianshipSide::key_of_child(mother, child),
    ] {
        let write = Write::update_if(key, "SET revoked_at = :now", "attribute_exists(pk)")
            .text(":now", "2026-11-22T10:00:00Z");
        running.school.registry.write(vec![write]).await.expect("written");
    }
}

#[tokio::test]
async fn a_pupil_who_has_left_the_class_sees_it_no_longer() {
    let running = start().await;
    let (_, path) = make(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    let key = Membership::key_of(
        person("p1"),
        group("7a"),
        model::GroupKind::Class,
        rosters::MemberRole::Pupil,
    );
    let left = running
        .school
        .registry
        .get::<Stored<Membership>>(&key)
        .await
        .expect("a read")
        .expect("the membership");
    let record = Membership {
        until: Some(date(2026, 11, 20)),
        ..left.record
    };
    let write = Write::replace(&Stored::following(record, left.version), left.version).expect("a write");
    running.school.registry.write(vec![write]).await.expect("written");
    assert_eq!(get(&running, &path).await.status, 404);
}

#[tokio::test]
async fn a_link_is_taken_back_and_made_anew() {
    let running = start().await;
    let (id, path) = make(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    let (other, _) = make(
        &running,
        &parent(),
        &json!({ "kind": "child", "child": person("p1") }),
    )
    .await;
    let send = async |method: &str, rest: String, actor: &Actor| {
        Call::new(method, &format!("/api/schedules/feeds/{rest}"))
            .bearer(&running.sessions, actor)
            .json(&json!({}))
            .send(&running.service)
            .await
    };
    assert_eq!(
        send("DELETE", other.clone(), &pupil()).await.status,
        404,
        "another person's"
    );
    assert_eq!(send("POST", format!("{other}/renew"), &pupil()).await.status, 404);
    let anew = send("POST", format!("{id}/renew"), &pupil()).await;
    assert_eq!(anew.status, 201, "{}", anew.text);
    assert_eq!(get(&running, &path).await.status, 404, "the old address");
    let anew = anew.json();
    let (id, url) = (
        anew["id"].as_str().expect("a name"),
        anew["url"].as_str().expect("an address"),
    );
    let path = url.strip_prefix(ORIGIN).expect("ours").to_owned();
    assert_eq!(get(&running, &path).await.status, 200);
    let own = running.api(&pupil(), "/api/schedules/feeds").await;
    assert_eq!(own.json()["feeds"].as_array().map(Vec::len), Some(1));
    let secret = path
        .rsplit('/')
        .next()
        .and_then(|file| file.strip_suffix(".ics"))
        .expect("a secret");
    assert!(!own.text.contains(secret), "the secret is kept nowhere");
    assert_eq!(send("DELETE", id.to_owned(), &pupil()).await.status, 204);
    assert_eq!(get(&running, &path).await.status, 404);
    assert_eq!(send("DELETE", id.to_owned(), &pupil()).await.status, 404);
}

#[tokio::test]
async fn what_is_no_link_is_not_found() {
    let running = start().await;
    let (_, path) = make(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    let without = path.strip_suffix(".ics").expect("an ending");
    for wrong in [
        without.to_owned(),
        format!("{without}.ICS"),
        "/schedules/feeds/x.ics".to_owned(),
        "/schedules/feeds/AAAAAAAAAAAAAAAAAAAAAAAAAAA.ics".to_owned(),
    ] {
        assert_eq!(get(&running, &wrong).await.status, 404, "{wrong}");
    }
    for (body, field) in [
        (json!({}), "kind"),
        (json!({ "kind": "child" }), "child"),
        (json!({ "kind": "room" }), "institution"),
    ] {
        let refused = ask(&running, &parent(), &body).await;
        assert_eq!(refused.json()["fields"][0]["field"], field, "{body}");
    }
}

#[tokio::test]
async fn the_page_shows_a_link_once() {
    let running = start().await;
    let page = running.page(&parent(), "/schedules/feeds").await.text;
    assert!(
        page.contains("Уроки: Пётр") && page.contains("Уроки: Вера"),
        "{page}"
    );
    let made = Call::new("POST", "/schedules/feeds")
        .form(&format!("kind=child&child={}", person("p1")))
        .session(&running.sessions, &parent())
        .send(&running.service)
        .await;
    assert_eq!(
        (made.status.as_u16(), made.header("cache-control")),
        (200, "no-store")
    );
    let url = made
        .text
        .split('"')
        .find(|part| part.starts_with(&format!("{ORIGIN}/schedules/feeds/")));
    let path = url
        .and_then(|url| url.strip_prefix(ORIGIN))
        .expect("the address")
        .to_owned();
    assert_eq!(get(&running, &path).await.status, 200);
    let page = running.page(&parent(), "/schedules/feeds").await.text;
    assert!(!page.contains(&path) && page.contains("Создана 23"), "{page}");
    let id = page
        .split("/schedules/feeds/")
        .find_map(|part| part.split_once("/revoke"))
        .expect("a form")
        .0
        .to_owned();
    let back = Call::new("POST", &format!("/schedules/feeds/{id}/revoke"))
        .form("")
        .session(&running.sessions, &parent())
        .send(&running.service)
        .await;
    assert_eq!(back.location(), "/schedules/feeds?revoked=1");
    assert_eq!(get(&running, &path).await.status, 404);
}

#[tokio::test]
async fn twenty_links_are_enough() {
    let running = start().await;
    for _ in 0..20 {
        make(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    }
    let refused = ask(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["code"]),
        (422, &json!("feeds_too_many"))
    );
}
