//! Every route, asked by everybody.

#![expect(clippy::too_many_lines, reason = "tables of cases read better whole")]

mod support;

use std::collections::BTreeSet;

use registry::{POLICIES, ROUTES};
use serde_json::json;
use support::{World, class, everybody, north, school, south};
use testkit::Call;

type Expected = &'static [(&'static str, u16)];

/// What each route answers to those who get anything other than 404.
fn matrix(
    import: &str,
) -> Vec<(
    &'static str,
    &'static str,
    String,
    Option<serde_json::Value>,
    Expected,
)> {
    const OPERATORS: Expected = &[("federal", 200), ("operator", 200)];
    const ALL_OPERATORS: Expected = &[("federal", 200), ("operator", 200), ("foreign operator", 200)];
    const STAFF: Expected = &[
        ("head", 200),
        ("deputy", 200),
        ("administrator", 200),
        ("teacher", 200),
    ];
    const STAFF_AND_OPERATORS: Expected = &[
        ("federal", 200),
        ("operator", 200),
        ("head", 200),
        ("deputy", 200),
        ("administrator", 200),
        ("teacher", 200),
    ];
    const LISTS: Expected = &[
        ("head", 200),
        ("deputy", 200),
        ("administrator", 200),
        ("teacher", 200),
        ("foreign teacher", 200),
        ("foreign head", 200),
    ];
    const OPENS_REGIONS: Expected = &[("federal", 201), ("operator", 403), ("foreign operator", 403)];
    const OPENS_BY_FORM: Expected = &[("federal", 303), ("operator", 403), ("foreign operator", 403)];
    const IMPORTS: Expected = &[("federal", 201), ("operator", 201)];
    const STARTS: Expected = &[("federal", 202), ("operator", 202)];
    const STARTS_BY_FORM: Expected = &[("federal", 303), ("operator", 303)];
    let region = json!({ "code": "east", "name": "Восток" });
    let start = format!("/api/registry/imports/{import}/start");
    let start_by_form = format!("/registry/imports/{import}/start");
    let of = |path: &str, id: &dyn std::fmt::Display| format!("{path}/{id}");
    vec![
        (
            "GET",
            "/registry/regions",
            "/registry/regions".to_owned(),
            None,
            ALL_OPERATORS,
        ),
        (
            "POST",
            "/registry/regions",
            "/registry/regions".to_owned(),
            None,
            OPENS_BY_FORM,
        ),
        (
            "GET",
            "/registry/regions/{region}",
            of("/registry/regions", &north()),
            None,
            OPERATORS,
        ),
        (
            "GET",
            "/registry/imports/{import}",
            of("/registry/imports", &import),
            None,
            OPERATORS,
        ),
        (
            "POST",
            "/registry/imports/{import}/start",
            start_by_form,
            None,
            STARTS_BY_FORM,
        ),
        (
            "GET",
            "/registry/classes",
            "/registry/classes".to_owned(),
            None,
            LISTS,
        ),
        (
            "GET",
            "/registry/classes/{class}",
            of("/registry/classes", &class()),
            None,
            STAFF,
        ),
        (
            "GET",
            "/registry/institutions/{institution}",
            of("/registry/institutions", &school()),
            None,
            STAFF_AND_OPERATORS,
        ),
        (
            "GET",
            "/api/registry/regions",
            "/api/registry/regions".to_owned(),
            None,
            ALL_OPERATORS,
        ),
        (
            "POST",
            "/api/registry/regions",
            "/api/registry/regions".to_owned(),
            Some(region),
            OPENS_REGIONS,
        ),
        (
            "POST",
            "/api/registry/imports",
            "/api/registry/imports".to_owned(),
            Some(json!({ "region": north() })),
            IMPORTS,
        ),
        (
            "GET",
            "/api/registry/imports/{import}",
            of("/api/registry/imports", &import),
            None,
            OPERATORS,
        ),
        (
            "POST",
            "/api/registry/imports/{import}/start",
            start,
            None,
            STARTS,
        ),
        (
            "GET",
            "/api/registry/classes/{class}",
            of("/api/registry/classes", &class()),
            None,
            STAFF,
        ),
        (
            "GET",
            "/api/registry/institutions/{institution}",
            of("/api/registry/institutions", &school()),
            None,
            STAFF_AND_OPERATORS,
        ),
    ]
}

#[tokio::test]
async fn every_route_answers_everybody_as_their_roles_allow() {
    let world = World::start().await;
    world.bucket_has(1_000).await;
    world.queue_takes().await;
    let import = world.import().await;
    let matrix = matrix(&import);
    let covered: BTreeSet<_> = matrix
        .iter()
        .map(|(method, route, ..)| (*method, *route))
        .collect();
    let routes: BTreeSet<_> = ROUTES.iter().map(|route| (route.method, route.path)).collect();
    assert_eq!(covered, routes);
    let mut wrong = Vec::new();
    for (method, route, path, body, expected) in &matrix {
        for (name, actor) in everybody() {
            let expected = expected
                .iter()
                .find(|(who, _)| *who == name)
                .map_or(404, |(_, status)| *status);
            let call = Call::new(method, path);
            let call = match body {
                Some(body) => call.json(body),
                None if *method == "POST" => call.form("code=west&name=West"),
                None => call,
            };
            let is_page = !route.starts_with("/api/");
            let call = if is_page {
                call.session(&world.sessions, &actor)
            } else {
                call.bearer(&world.sessions, &actor)
            };
            let got = call.send(&world.service).await.status.as_u16();
            if got != expected {
                wrong.push(format!("{method} {route} by {name}: {got}, expected {expected}"));
            }
        }
        let anonymous = Call::new(method, path).send(&world.service).await.status.as_u16();
        if anonymous != 401 {
            wrong.push(format!("{method} {route} by nobody: {anonymous}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_policies_are_valid() {
    access::Authorizer::validated(POLICIES).expect("valid policies");
}

#[test]
fn the_description_has_every_route_of_the_api() {
    let description = serde_json::to_value(registry::openapi()).expect("JSON");
    let paths = description["paths"].as_object().expect("paths");
    let described: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().expect("methods").keys();
            methods.map(move |method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let routes: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    assert_eq!(described, routes);
}

#[tokio::test]
async fn what_does_not_exist_looks_like_what_is_hidden() {
    let world = World::start().await;
    let import = world.import().await;
    let foreign = everybody()
        .into_iter()
        .find(|(name, _)| *name == "foreign operator")
        .expect("known")
        .1;
    let hidden = world
        .get(&foreign, &format!("/api/registry/imports/{import}"))
        .await;
    let missing = world
        .get(&foreign, "/api/registry/imports/imp_00000000000000000000000009")
        .await;
    let malformed = world.get(&foreign, "/api/registry/imports/42").await;
    assert_eq!(hidden.status, 404);
    assert_eq!(hidden.text, missing.text);
    assert_eq!(hidden.text, malformed.text);
    let region = world
        .page(&support::operator(), &format!("/registry/regions/{}", south()))
        .await;
    assert_eq!(region.status, 404);
}
