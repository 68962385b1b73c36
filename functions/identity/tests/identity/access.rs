//! Every route against every kind of visitor.

use crate::support::{Cloud, actor, card};
use identity::ROUTES;
use model::Role;
use testkit::{Answer, Call, ORIGIN};
use web::{Audience, Route};

fn call(route: &Route) -> Call {
    let call = Call::new(route.method, route.path).header("origin", ORIGIN);
    match route.path {
        "/identity/role" => call.form("role=parent"),
        "/identity/language" => call.form("language=ru"),
        _ => call,
    }
}

/// Whether the answer is the one for people without a session.
fn asks_to_sign_in(answer: &Answer) -> bool {
    answer.status == 401 || answer.location().starts_with("/identity/refresh")
}

#[tokio::test]
async fn visitors_reach_public_routes_and_no_other() {
    let cloud = Cloud::start().await;
    for route in ROUTES {
        let renewal = route.method == "POST" && route.path == "/identity/refresh";
        let is_closed = route.audience == Audience::SignedIn || renewal;
        let as_program = call(route).send(&cloud.service).await;
        assert_eq!(
            asks_to_sign_in(&as_program),
            is_closed,
            "{route:?}: {}",
            as_program.status
        );
        let as_page = call(route).page().send(&cloud.service).await;
        assert_eq!(
            asks_to_sign_in(&as_page),
            is_closed,
            "{route:?}: {}",
            as_page.status
        );
        assert!(as_page.status.as_u16() < 500, "{route:?}");
    }
}

#[tokio::test]
async fn forged_and_expired_sessions_are_no_sessions() {
    let cloud = Cloud::start().await;
    let expired = {
        let mut claims = cloud.sessions.claims(&actor(7, "parent"));
        claims["exp"] = serde_json::json!(1_000);
        cloud.sessions.signed(&claims)
    };
    let forged = testkit::Sessions::new(testkit::moment(crate::support::NOW)).token(&actor(7, "parent"));
    for token in [expired.as_str(), forged.as_str(), "nonsense", ""] {
        for route in ROUTES.iter().filter(|route| route.audience == Audience::SignedIn) {
            let cookie = format!("__Host-session={token}");
            let answer = call(route).header("cookie", &cookie).send(&cloud.service).await;
            assert!(asks_to_sign_in(&answer), "{route:?}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn every_role_reaches_every_route_and_sees_only_itself() {
    let cloud = Cloud::start().await;
    cloud.put(card(7, "Иванова", "Ирина", "Сергеевна")).await;
    cloud.put(card(8, "Чужая", "Анна", "Петровна")).await;
    for role in Role::ALL {
        let actor = actor(7, role.as_str());
        for route in ROUTES.iter().filter(|route| route.audience == Audience::SignedIn) {
            let answer = call(route)
                .bearer(&cloud.sessions, &actor)
                .page()
                .send(&cloud.service)
                .await;
            let expected = match route.path {
                "/identity/role" if role == Role::Parent => 303,
                "/identity/role" => 403,
                _ => 200,
            };
            assert_eq!(answer.status, expected, "{route:?} as {role:?}");
            assert!(!answer.text.contains("Чужая"), "{route:?} as {role:?}");
        }
        let asked = format!("/api/identity/profile?person={}", crate::support::person(8));
        let answer = Call::get(&asked)
            .bearer(&cloud.sessions, &actor)
            .send(&cloud.service)
            .await;
        assert_eq!(answer.json()["name"]["family"], "Иванова");
    }
}

#[tokio::test]
async fn routes_are_exactly_those_listed() {
    let cloud = Cloud::start().await;
    for route in ROUTES {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let listed = ROUTES
                .iter()
                .any(|other| other.method == method && other.path == route.path);
            let answer = Call::new(method, route.path).send(&cloud.service).await;
            assert_eq!(answer.status != 405, listed, "{method} {}", route.path);
        }
    }
    assert_eq!(Call::get("/identity").send(&cloud.service).await.status, 404);
}

#[test]
fn the_description_has_the_api_routes_and_no_other() {
    let described = identity::openapi().paths.paths;
    let described: Vec<&str> = described.keys().map(String::as_str).collect();
    let mut listed: Vec<&str> = ROUTES
        .iter()
        .map(|route| route.path)
        .filter(|path| path.starts_with("/api/"))
        .collect();
    listed.sort_unstable();
    assert_eq!(described, listed);
}
