//! What a family reads, and who may not.

use serde_json::json;
use store::Write;
use testkit::Call;

use crate::world::World;

#[tokio::test]
async fn a_parent_reads_lessons_homework_marks_and_the_average() {
    let world = World::new().await;
    let week = world
        .api("parent", &format!("/api/diary/{}", world.child(0)))
        .await;
    assert_eq!(week.status.as_u16(), 200, "{}", week.text);
    let week = week.json();
    let lesson = |number, start, end, journal, subject| {
        json!({
            "number": number, "start": start, "end": end, "journal": journal, "subject": subject, "room": "214",
            "teacher": "Соколова\u{a0}И.\u{a0}С.", "topic": "", "homework": "", "homework_minutes": null, "marks": [],
            "attendance": null, "is_extra": false,
        })
    };
    let mut algebra = lesson(2, "09:25:00", "10:10:00", world.school.algebra, "Алгебра");
    algebra["topic"] = json!("Дроби");
    algebra["homework"] = json!("№ 5");
    algebra["homework_minutes"] = json!(21);
    algebra["marks"] = json!(["5", "3"]);
    let history = lesson(3, "10:20:00", "11:05:00", world.school.history, "История");
    assert_eq!(week["days"][0]["lessons"], json!([algebra, history]));
    assert_eq!(week["averages"][0]["average"], "3,50");
}

#[tokio::test]
async fn the_average_comes_with_its_reasons() {
    let world = World::new().await;
    let marks = world
        .api("pupil", &format!("/api/diary/{}/marks", world.child(0)))
        .await
        .json();
    assert_eq!(marks["subjects"][0]["formula"], "(5×1 + 3×3) / 4");
    let path = format!("/diary/{}/marks/{}", world.child(0), world.school.algebra);
    let page = world.page("parent", &path).await;
    assert!(page.text.contains("(5×1 + 3×3) / 4 = 3,50"), "{}", page.text);
}

#[tokio::test]
async fn the_week_is_a_page_with_the_right_words() {
    let world = World::new().await;
    let page = world.page("parent", &format!("/diary/{}", world.child(0))).await;
    assert_eq!(page.status.as_u16(), 200);
    for expected in [
        "понедельник, 23\u{a0}ноября",
        "сегодня",
        "Дроби",
        "≈ 21 минута",
        "3,50",
        "class=\"lesson now\"",
    ] {
        assert!(page.text.contains(expected), "{expected} in {}", page.text);
    }
    let english = Call::get(&format!("/diary/{}", world.child(0)))
        .session(&world.sessions, &world.school.parent_actor())
        .header("accept-language", "en")
        .send(&world.service)
        .await;
    assert!(english.text.contains("Monday, 23 November") && english.text.contains("≈ 21 minutes"));
}

#[tokio::test]
async fn a_pupil_and_a_parent_are_sent_to_the_right_diary() {
    let world = World::new().await;
    for (actor, child) in [("parent", 0), ("pupil", 0), ("classmate", 2)] {
        assert_eq!(
            world.page(actor, "/diary").await.location(),
            format!("/diary/{}", world.child(child))
        );
    }
    let teacher = Call::get("/diary")
        .session(&world.sessions, &world.school.teacher_actor())
        .send(&world.service)
        .await;
    assert_eq!(
        teacher.location(),
        format!("/diary/{}", world.child(1)),
        "a teacher who is a parent sees the own child"
    );
}

#[tokio::test]
async fn a_foreign_child_is_not_there() {
    let world = World::new().await;
    // A school has no pass books: who reads those of a college is told where they are.
    let reads = |route: &&web::Route| {
        route.method == "GET" && route.path.contains("{child}") && !route.path.contains("/pass-book")
    };
    for route in diary::ROUTES.iter().filter(reads) {
        let path = route
            .path
            .replace("{child}", &world.child(0))
            .replace("{journal}", &world.school.algebra.to_string())
            .replace("{week}", "2026-11-23");
        for (name, actor) in world.school.actors() {
            let call = Call::get(&path);
            let call = if path.starts_with("/api") {
                call.bearer(&world.sessions, &actor)
            } else {
                call.session(&world.sessions, &actor)
            };
            let expected = match name {
                "parent" | "pupil" => 200,
                // Who leads the school reads the diary, and not what is new for the family in it.
                "head" | "deputy head" if path.ends_with("/news") => 403,
                "head" | "deputy head" => 200,
                _ => 404,
            };
            assert_eq!(
                call.send(&world.service).await.status.as_u16(),
                expected,
                "{name}: {path}"
            );
        }
        assert_eq!(
            Call::get(&path).send(&world.service).await.status.as_u16(),
            401,
            "nobody: {path}"
        );
    }
}

#[tokio::test]
async fn a_revoked_guardian_reads_nothing_from_the_next_request_on() {
    let world = World::new().await;
    let key = rosters::GuardianshipSide::key_of_child(world.school.parent, world.school.pupils[0]);
    let revoke = Write::update_if(key, "SET revoked_at = :at", "attribute_exists(pk)")
        .typed_value(":at", &"2026-11-23T06:00:00Z")
        .expect("a value");
    world.registry.write(vec![revoke]).await.expect("revoked");
    let answer = world
        .api("parent", &format!("/api/diary/{}", world.child(0)))
        .await;
    assert_eq!(answer.status.as_u16(), 404);
}

#[tokio::test]
async fn bad_addresses_get_a_clear_answer() {
    let world = World::new().await;
    let child = world.child(0);
    for (path, status) in [
        (format!("/api/diary/{child}?date=tomorrow"), 422),
        (format!("/api/diary/{child}/marks?period=2020-q1"), 404),
        (
            format!(
                "/api/diary/{child}?institution={}",
                world.school.other_institution
            ),
            404,
        ),
        ("/api/diary/per_nobody".to_owned(), 404),
        (format!("/api/diary/{child}?date=2026-09-07"), 200),
    ] {
        assert_eq!(world.api("parent", &path).await.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn the_policies_hold_against_the_schema_and_the_description_names_every_route() {
    access::Authorizer::validated(diary::POLICIES).expect("valid policies");
    let described: std::collections::BTreeSet<String> = diary::openapi().paths.paths.into_keys().collect();
    let routed: std::collections::BTreeSet<String> = diary::ROUTES
        .iter()
        .map(|route| route.path.to_owned())
        .filter(|path| path.starts_with("/api/"))
        .collect();
    assert_eq!(described, routed);
}

#[tokio::test]
async fn the_week_turns_when_monday_begins_at_the_school_and_not_in_the_capital() {
    // Sunday evening in Moscow, Monday morning on Kamchatka.
    let world = World::at("2026-11-22T20:00:00Z").await;
    let class = rosters::Membership::key_of(
        world.school.pupils[0],
        world.school.class,
        model::GroupKind::Class,
        rosters::MemberRole::Pupil,
    );
    let path = format!("/api/diary/{}", world.child(0));
    for (zone, expected) in [("Europe/Moscow", "2026-11-16"), ("Asia/Kamchatka", "2026-11-23")] {
        let moved = Write::update_if(class.clone(), "SET #zone = :zone", "attribute_exists(pk)")
            .name("#zone", "zone")
            .typed_value(":zone", &zone)
            .expect("a value");
        world.registry.write(vec![moved]).await.expect("moved");
        assert_eq!(
            world.api("parent", &path).await.json()["monday"],
            expected,
            "{zone}"
        );
    }
}
