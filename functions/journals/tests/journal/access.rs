//! Who gets what from each route, and what a full grid costs.

use model::Actor;
use serde_json::json;
use testkit::{Call, PERIOD};
use web::Route;

use crate::world::{LESSON, World};

/// What a role gets from a route: the status of the answer.
async fn knock(world: &World, actor: &Actor, route: &Route) -> u16 {
    let path = route
        .path
        .replace("{journal}", &world.school.algebra.to_string())
        .replace("{period}", PERIOD)
        .replace("{lesson}", LESSON)
        .replace("{work}", "1")
        .replace("{class}", &world.school.class.to_string())
        .replace("{institution}", &world.school.institution.to_string())
        .replace("{pupil}", &world.school.pupils[0].to_string());
    let call = Call::new(route.method, &path);
    let call = if path.starts_with("/api") {
        call.bearer(&world.sessions, actor)
    } else {
        call.session(&world.sessions, actor)
    };
    let version = "version=99&kind=test&date=2026-11-23&number=2&work=1";
    let call = match route.method {
        "POST" if path.starts_with("/api") => call.json(&json!({})),
        "PUT" => call
            .header("if-match", "\"99\"")
            .json(&json!({ "work": 1, "entry": "5" })),
        "POST" => call.form(version),
        _ => call,
    };
    call.send(&world.service).await.status.as_u16()
}

#[tokio::test]
async fn strangers_find_no_journal_and_who_only_reads_cannot_write() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    for route in journals::ROUTES
        .iter()
        // An answer is its pupil's and the family's too.
        .filter(|route| route.path.contains("{journal}") && !route.path.contains("/answers/"))
    {
        for (name, actor) in world.school.actors() {
            let status = knock(&world, &actor, route).await;
            let writes = route.method != "GET";
            let asked = format!("{name}: {} {}", route.method, route.path);
            let locks = writes && ["/lock", "/reopen"].iter().any(|end| route.path.ends_with(end));
            match name {
                // Who keeps the journal does not lock it, and who locks it does not keep it.
                "teacher" if locks => assert_eq!(status, 403, "{asked}"),
                "head" | "deputy head" if locks => assert!([303, 422].contains(&status), "{asked} {status}"),
                "teacher" => assert!(![401, 403, 404].contains(&status), "{asked} {status}"),
                "head" | "deputy head" if writes && status != 400 => assert_eq!(status, 403, "{asked}"),
                "head" | "deputy head" if writes => {}
                "head" | "deputy head" => assert!([200, 303].contains(&status), "{asked} {status}"),
                _ if status == 400 => assert!(
                    writes,
                    "{asked}: an unreadable body is refused before anything is looked up"
                ),
                _ => assert_eq!(status, 404, "{asked}"),
            }
        }
    }
}

#[tokio::test]
async fn rules_and_results_of_a_class_are_for_those_who_work_at_the_school() {
    let world = World::new(3).await;
    let of = |part: &'static str| {
        journals::ROUTES
            .iter()
            .filter(move |route| route.path.contains(part))
    };
    for (name, actor) in world.school.actors() {
        let leads = ["head", "deputy head"].contains(&name);
        let teaches = ["teacher", "teacher of another subject"].contains(&name);
        for route in of("/marking/{institution}") {
            let status = knock(&world, &actor, route).await;
            let asked = format!("{name}: {} {}", route.method, route.path);
            match route.method {
                "GET" => assert_eq!(status, if leads || teaches { 200 } else { 404 }, "{asked}"),
                // The body of the knocking is not one of settings.
                "PUT" => assert_eq!(status, 400, "{asked}"),
                _ if leads => assert_eq!(status, 422, "{asked}"),
                _ => assert_eq!(status, if teaches { 403 } else { 404 }, "{asked}"),
            }
        }
        for route in of("{class}") {
            let status = knock(&world, &actor, route).await;
            assert_eq!(status, if leads { 200 } else { 404 }, "{name}: {}", route.path);
        }
    }
}

#[tokio::test]
async fn the_policies_hold_against_the_schema_and_the_description_names_every_route() {
    access::Authorizer::validated(journals::POLICIES).expect("valid policies");
    let described: std::collections::BTreeSet<String> = journals::openapi().paths.paths.into_keys().collect();
    let routed: std::collections::BTreeSet<String> = journals::ROUTES
        .iter()
        .map(|route| route.path.to_owned())
        .filter(|path| path.starts_with("/api/"))
        .collect();
    assert_eq!(described, routed);
}

#[tokio::test]
async fn a_teacher_who_has_handed_the_group_over_finds_no_journal_there() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let name = model::PersonName::parse("Орлова", "Анна", None).expect("a name");
    let (school, group) = (&world.school, world.school.algebra);
    let mut past = school.membership(school.history_teacher, &name, group, rosters::MemberRole::Teacher);
    past.until = Some(testkit::MONDAY.yesterday().expect("a day"));
    testkit::put(&world.registry, past).await;
    let teacher = school.actor("teacher of another subject");
    assert_eq!(world.get(&teacher, &world.base()).await.status.as_u16(), 404);
    let body = json!({ "work": 1, "entry": "5" });
    let set = world.put(&teacher, &world.cell(LESSON, 0), 0, &body).await;
    assert_eq!(set.status.as_u16(), 404);
}
