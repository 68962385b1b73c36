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
        .replace("{pupil}", &world.school.pupils[0].to_string());
    let call = Call::new(route.method, &path);
    let call = if path.starts_with("/api") {
        call.bearer(&world.sessions, actor)
    } else {
        call.session(&world.sessions, actor)
    };
    let version = "version=99&kind=test&date=2026-11-23&number=2&work=1";
    let call = match route.method {
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
        .filter(|route| route.path.contains("{journal}"))
    {
        for (name, actor) in world.school.actors() {
            let status = knock(&world, &actor, route).await;
            let writes = route.method != "GET";
            let asked = format!("{name}: {} {}", route.method, route.path);
            match name {
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
