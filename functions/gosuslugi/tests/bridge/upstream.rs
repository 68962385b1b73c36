//! What goes wrong at Gosuslugi, and the other ways to reach it.

use axum::{
    Json, Router,
    routing::{get, post},
};
use serde_json::json;
use testkit::Call;

use crate::world::{PARENT, World, begin, callback, exchange, parameter, served};

#[tokio::test]
async fn tokens_that_cannot_be_believed_sign_nobody_in() {
    let world = World::new().await;
    let bridge = world.bridge();
    for kind in [
        "wrong_signature",
        "wrong_issuer",
        "wrong_audience",
        "expired_token",
        "foreign_subject",
    ] {
        world
            .order(json!({ "at": "token", "kind": kind, "times": 1 }))
            .await;
        let begun = begin(&bridge).await;
        let path = world.choose(&begun, Some(PARENT)).await;
        let answer = callback(&bridge, &path, &begun.cookie).await;
        assert_eq!(answer.status, 422, "{kind}");
        assert!(answer.text.contains("Госуслуги не подтвердили вход"), "{kind}");
    }
}

#[tokio::test]
async fn a_code_of_gosuslugi_that_was_used_before_signs_nobody_in() {
    let world = World::new().await;
    let bridge = world.bridge();
    world
        .order(json!({ "at": "authorize", "kind": "replayed_code", "times": 1 }))
        .await;
    let begun = begin(&bridge).await;
    let path = world.choose(&begun, Some(PARENT)).await;
    assert!(
        callback(&bridge, &path, &begun.cookie)
            .await
            .text
            .contains("Госуслуги не подтвердили вход")
    );
}

#[tokio::test]
async fn a_failure_of_gosuslugi_is_ours_to_excuse_and_a_new_try_succeeds() {
    let world = World::new().await;
    let bridge = world.bridge();
    for at in ["token", "person"] {
        world
            .order(json!({ "at": at, "kind": "server_error", "times": 1 }))
            .await;
        let begun = begin(&bridge).await;
        let path = world.choose(&begun, Some(PARENT)).await;
        let answer = callback(&bridge, &path, &begun.cookie).await;
        assert_eq!(answer.status, 503, "{at}");
        // The second request for the person's data may still wait for its fault.
        Call::new("DELETE", "/control/faults").send(&world.esia).await;
        world.code_of(&bridge, PARENT).await;
    }
}

#[tokio::test]
async fn a_slow_gosuslugi_is_waited_for_some_seconds() {
    let world = World::new().await;
    let bridge = world.bridge();
    world
        .order(json!({ "at": "token", "kind": "slow", "millis": 1200, "times": 1 }))
        .await;
    world.code_of(&bridge, PARENT).await;
}

#[tokio::test]
async fn a_signer_that_is_away_or_writes_nonsense_stops_the_sign_in_at_once() {
    let mut world = World::new().await;
    let (port, server) = served(Router::new().route("/sign", post(|| async { "short" }))).await;
    for url in [
        format!("http://127.0.0.1:{port}/sign"),
        "http://127.0.0.1:9/sign".to_owned(),
    ] {
        world.set("ESIA_SIGNER_URL", &url);
        let path = format!("/gosuslugi/authorize?{}", crate::world::authorize_query(&[]));
        let answer = Call::get(&path).page().send(&world.bridge()).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (503, ""));
    }
    server.abort();
}

#[tokio::test]
async fn a_signer_that_writes_its_bytes_from_the_end_is_understood() {
    let mut world = World::new().await;
    let straight = world
        .settings
        .iter()
        .find(|(name, _)| name == "ESIA_SIGNER_URL")
        .expect("a signer")
        .1
        .clone();
    let reversing = Router::new().route(
        "/sign",
        post(move |text: String| async move {
            let answer = reqwest::Client::new()
                .post(straight)
                .body(text)
                .send()
                .await
                .expect("a signature");
            let mut signature = answer.bytes().await.expect("a signature").to_vec();
            signature.reverse();
            signature
        }),
    );
    let (port, server) = served(reversing).await;
    world.set("ESIA_SIGNER_URL", &format!("http://127.0.0.1:{port}/sign"));
    let begun = begin(&world.bridge()).await;
    let path = world.choose(&begun, Some(PARENT)).await;
    assert!(
        parameter(&path, "error_description")
            .expect("a refusal")
            .starts_with("ESIA-007053")
    );
    world.set("ESIA_SIGNER_BYTE_ORDER", "reversed");
    world.code_of(&world.bridge(), PARENT).await;
    server.abort();
}

#[tokio::test]
async fn a_gateway_that_speaks_plain_oauth_serves_as_well() {
    let mut world = World::new().await;
    let gateway = Router::new()
        .route(
            "/token",
            post(|form: String| async move {
                assert!(form.contains("client_secret=gateway-secret") && form.contains("code=from-gateway"));
                Json(json!({ "access_token": "opaque", "token_type": "Bearer" }))
            }),
        )
        .route(
            "/userinfo",
            get(|headers: axum::http::HeaderMap| async move {
                assert_eq!(headers["authorization"], "Bearer opaque");
                Json(json!({
                    "oid": 1000, "lastName": "Орлова", "firstName": "Анна", "birthDate": "02.07.1985",
                    "snils": "112-233-445 95", "trusted": true,
                    "kids": [{ "birthDate": "09.03.2014", "snils": "200-300-401 15" }],
                }))
            }),
        );
    let (port, server) = served(gateway).await;
    for (name, value) in [
        (
            "GATEWAY_AUTHORIZE_URL",
            "https://gateway.test/authorize".to_owned(),
        ),
        ("GATEWAY_TOKEN_URL", format!("http://127.0.0.1:{port}/token")),
        (
            "GATEWAY_USERINFO_URL",
            format!("http://127.0.0.1:{port}/userinfo"),
        ),
        ("GATEWAY_LOGOUT_URL", "https://gateway.test/logout".to_owned()),
        ("GATEWAY_CLIENT_ID", "my-school".to_owned()),
        ("GATEWAY_CLIENT_SECRET", "gateway-secret".to_owned()),
    ] {
        world.set(name, &value);
    }
    let bridge = world.bridge();
    let begun = begin(&bridge).await;
    assert!(
        begun
            .location
            .starts_with("https://gateway.test/authorize?response_type=code&client_id=my-school")
    );
    let state = parameter(&begun.location, "state").expect("a state");
    let path = format!("/gosuslugi/callback?code=from-gateway&state={state}");
    let back = callback(&bridge, &path, &begun.cookie).await;
    let code = parameter(back.location(), "code").expect("a code");
    assert_eq!(exchange(&bridge, &code, &[]).await.status, 200);
    let left = Call::get("/gosuslugi/logout").send(&bridge).await;
    assert!(
        left.location()
            .starts_with("https://gateway.test/logout?client_id=my-school&post_logout_redirect_uri=")
    );
    server.abort();
}
