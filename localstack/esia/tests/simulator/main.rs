//! The simulator as an information system meets it.
#![allow(clippy::disallowed_methods, reason = "requests carry the present time")]

mod client;
mod signing;

use axum::http::{StatusCode, header};
use base64::Engine;
use client::{AFTER_LOGOUT, CLIENT_ID, NEWCOMER, PARENT, REDIRECT, World, query_of, text, timestamp};
use esia::Lifetimes;
use jiff::{SignedDuration, Timestamp};

fn claims(token: &serde_json::Value) -> serde_json::Value {
    let body = token
        .as_str()
        .and_then(|token| token.split('.').nth(1))
        .expect("a token");
    let json = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(body)
        .expect("base64url");
    serde_json::from_slice(&json).expect("claims")
}

#[tokio::test]
async fn a_signed_request_leads_through_the_page_to_tokens_and_data() {
    let world = World::new().await;
    let code = world.code_of(PARENT).await;
    let (status, tokens) = world.exchange(world.token_parameters(&code)).await;
    assert_eq!(status, StatusCode::OK);
    let id = claims(&tokens["id_token"]);
    assert_eq!((&id["sub"], &id["aud"]), (&PARENT.into(), &CLIENT_ID.into()));
    assert_eq!(id["iss"], "http://esia.gosuslugi.ru/");
    assert_eq!(id["urn:esia:sbj"]["urn:esia:sbj:is_tru"], true);
    let access = claims(&tokens["access_token"]);
    assert_eq!(access["urn:esia:sbj_id"], PARENT);
    assert_eq!(tokens["expires_in"], 3600);

    let bearer = format!("Bearer {}", tokens["access_token"].as_str().expect("a token"));
    let headers = [("authorization", bearer.as_str())];
    let person = text(world.get(&format!("/rs/prns/{PARENT}"), &headers).await).await;
    let person: serde_json::Value = serde_json::from_str(&person).expect("json");
    assert_eq!(person["snils"], "112-233-445 95");
    assert_eq!(person["birthDate"], "02.07.1985");
    assert_eq!(person.get("gender"), None, "the scope was not asked for");
    let kids = text(
        world
            .get(&format!("/rs/prns/{PARENT}/kids?embed=(elements)"), &headers)
            .await,
    )
    .await;
    let kids: serde_json::Value = serde_json::from_str(&kids).expect("json");
    assert_eq!(
        (&kids["size"], &kids["elements"][0]["birthDate"]),
        (&1.into(), &"09.03.2014".into())
    );
    let links = text(world.get(&format!("/rs/prns/{PARENT}/kids"), &headers).await).await;
    assert!(links.contains(&format!("http://localhost:8091/rs/prns/{PARENT}/kids/77")));
}

#[tokio::test]
async fn each_wrong_parameter_of_an_authorization_has_its_code() {
    let world = World::new().await;
    let stale = timestamp(Timestamp::now() - SignedDuration::from_mins(6));
    let early = timestamp(Timestamp::now() + SignedDuration::from_mins(6));
    for (name, value, expected) in [
        ("timestamp", stale.as_str(), "ESIA-007015"),
        ("timestamp", early.as_str(), "ESIA-007015"),
        ("timestamp", "yesterday", "ESIA-007015"),
        ("state", "not-a-uuid", "ESIA-007003"),
        ("state", "", "ESIA-007014"),
        ("scope", "openid inn", "ESIA-007006"),
        ("scope", "", "ESIA-007013"),
        ("response_type", "token", "ESIA-007009"),
        ("access_type", "forever", "ESIA-007003"),
        ("client_certificate_hash", &"0".repeat(64), "ESIA-007053"),
        ("client_certificate_hash", "", "ESIA-007014"),
    ] {
        let parameters = world
            .signed(world.authorize_parameters().change(name, value))
            .await;
        let answer = world.authorize(&parameters).await;
        let description = query_of(&answer, "error_description").unwrap_or_default();
        assert!(description.starts_with(expected), "{name}={value}: {description}");
    }
}

#[tokio::test]
async fn a_signature_of_another_text_or_another_key_is_refused() {
    let world = World::new().await;
    let other_state = world.signed(world.authorize_parameters()).await;
    let other_state = other_state.change("state", &uuid::Uuid::new_v4().to_string());
    let stranger = World::new().await;
    let parameters = world.authorize_parameters();
    let hash = parameters.get("client_certificate_hash");
    let other_key = stranger
        .signed(parameters)
        .await
        .change("client_certificate_hash", &hash);
    let rubbish = world.authorize_parameters().change("client_secret", "!!!");
    let short = world.authorize_parameters().change("client_secret", "AAAA");
    for parameters in [other_state, other_key, rubbish, short] {
        let answer = world.authorize(&parameters).await;
        assert!(
            query_of(&answer, "error_description")
                .expect("an error")
                .starts_with("ESIA-007053")
        );
    }
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let world = World::new().await;
    for (name, value) in [
        ("redirect_uri", "http://localhost:8080/gosuslugi/callback/../evil"),
        ("client_id", "OTHER"),
    ] {
        let parameters = world
            .signed(world.authorize_parameters().change(name, value))
            .await;
        let answer = world.authorize(&parameters).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        assert!(answer.headers().get(header::LOCATION).is_none());
        assert!(answer.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    }
}

#[tokio::test]
async fn a_code_works_once() {
    let world = World::new().await;
    let code = world.code_of(PARENT).await;
    assert_eq!(
        world.exchange(world.token_parameters(&code)).await.0,
        StatusCode::OK
    );
    let (status, error) = world.exchange(world.token_parameters(&code)).await;
    assert_eq!(
        (status, &error["error"]),
        (StatusCode::BAD_REQUEST, &"invalid_grant".into())
    );
    assert!(
        error["error_description"]
            .as_str()
            .is_some_and(|text| text.starts_with("ESIA-007011"))
    );
}

#[tokio::test]
async fn an_expired_code_is_refused() {
    let world = World::with(|config| {
        config.lifetimes = Lifetimes {
            code: SignedDuration::ZERO,
            ..Lifetimes::default()
        };
    })
    .await;
    let code = world.code_of(PARENT).await;
    let (_, error) = world.exchange(world.token_parameters(&code)).await;
    assert!(
        error["error_description"]
            .as_str()
            .is_some_and(|text| text.starts_with("ESIA-007011"))
    );
}

#[tokio::test]
async fn each_wrong_parameter_of_an_exchange_has_its_code_and_leaves_the_code_usable() {
    let world = World::new().await;
    let code = world.code_of(PARENT).await;
    let stale = timestamp(Timestamp::now() - SignedDuration::from_mins(6));
    for (name, value, expected) in [
        ("timestamp", stale.as_str(), "ESIA-007015"),
        ("redirect_uri", AFTER_LOGOUT, "ESIA-007023"),
        ("client_certificate_hash", &"f".repeat(64), "ESIA-007053"),
        ("grant_type", "client_credentials", "ESIA-007012"),
        ("token_type", "mac", "ESIA-007003"),
        ("client_id", "OTHER", "ESIA-008010"),
        ("state", "1", "ESIA-007003"),
        ("code", "", "ESIA-007014"),
    ] {
        let (status, error) = world
            .exchange(world.token_parameters(&code).change(name, value))
            .await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        let description = error["error_description"].as_str().unwrap_or_default();
        assert!(description.starts_with(expected), "{name}={value}: {description}");
    }
    assert_eq!(
        world.exchange(world.token_parameters(&code)).await.0,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_repeated_parameter_is_refused() {
    let world = World::new().await;
    let mut parameters = world.signed(world.token_parameters("x")).await;
    parameters.0.push(("code", "y".to_owned()));
    let answer = world.post("/aas/oauth2/v3/te", &parameters.0).await;
    assert!(text(answer).await.contains("ESIA-007003"));
}

#[tokio::test]
async fn a_person_may_refuse_and_an_unconfirmed_account_is_turned_away_where_the_system_asks_so() {
    let world = World::with(|config| config.systems[0].confirmed_only = true).await;
    for (oid, expected) in [(None, "ESIA-007004"), (Some(NEWCOMER), "ESIA-007055")] {
        let parameters = world.signed(world.authorize_parameters()).await;
        let back = world.choose(world.authorize(&parameters).await, oid).await;
        assert_eq!(query_of(&back, "error").as_deref(), Some("access_denied"));
        assert!(
            query_of(&back, "error_description")
                .expect("an error")
                .starts_with(expected)
        );
        assert_eq!(query_of(&back, "state"), Some(parameters.get("state")));
    }
}

#[tokio::test]
async fn a_signed_in_browser_is_not_asked_again_until_it_signs_out() {
    let world = World::new().await;
    let page = world
        .authorize(&world.signed(world.authorize_parameters()).await)
        .await;
    let back = world.choose(page, Some(PARENT)).await;
    let cookie = back.headers()[header::SET_COOKIE]
        .to_str()
        .expect("a cookie")
        .to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let cookie = cookie.split(';').next().expect("a pair").to_owned();
    let headers = [("cookie", cookie.as_str())];

    let uri = format!(
        "/aas/oauth2/v2/ac?{}",
        world.signed(world.authorize_parameters()).await.query()
    );
    let straight = world.get(&uri, &headers).await;
    assert!(query_of(&straight, "code").is_some());

    let query = [("client_id", CLIENT_ID), ("redirect_url", AFTER_LOGOUT)];
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    let left = world.get(&format!("/idp/ext/Logout?{query}"), &headers).await;
    assert_eq!(left.headers()[header::LOCATION], AFTER_LOGOUT);
    let uri = format!(
        "/aas/oauth2/v2/ac?{}",
        world.signed(world.authorize_parameters()).await.query()
    );
    assert_eq!(
        world.get(&uri, &headers).await.status(),
        StatusCode::OK,
        "the page is shown again"
    );

    let elsewhere = world
        .get(
            &format!("/idp/ext/Logout?client_id={CLIENT_ID}&redirect_url={REDIRECT}"),
            &[],
        )
        .await;
    assert_eq!(elsewhere.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn data_needs_the_persons_own_live_token_and_the_scope() {
    let world = World::new().await;
    let token = world.access_token(PARENT).await;
    let bearer = format!("Bearer {token}");
    let own = [("authorization", bearer.as_str())];
    let forged = format!("Bearer {token}x");
    let forged = [("authorization", forged.as_str())];
    for (uri, headers, expected) in [
        (format!("/rs/prns/{PARENT}"), &[][..], StatusCode::UNAUTHORIZED),
        (
            format!("/rs/prns/{PARENT}"),
            &forged[..],
            StatusCode::UNAUTHORIZED,
        ),
        (format!("/rs/prns/{NEWCOMER}"), &own[..], StatusCode::UNAUTHORIZED),
        (format!("/rs/prns/{PARENT}/ctts"), &own[..], StatusCode::FORBIDDEN),
        (format!("/rs/prns/{PARENT}/docs"), &own[..], StatusCode::FORBIDDEN),
        (
            format!("/rs/prns/{PARENT}/roles"),
            &own[..],
            StatusCode::FORBIDDEN,
        ),
        (
            format!("/rs/prns/{PARENT}/kids/77/docs"),
            &own[..],
            StatusCode::FORBIDDEN,
        ),
        (
            format!("/rs/prns/{PARENT}/kids/78/docs"),
            &own[..],
            StatusCode::NOT_FOUND,
        ),
        (format!("/rs/prns/{PARENT}/cars"), &own[..], StatusCode::NOT_FOUND),
    ] {
        assert_eq!(world.get(&uri, headers).await.status(), expected, "{uri}");
    }
    let unconfirmed = format!("Bearer {}", world.access_token(NEWCOMER).await);
    let headers = [("authorization", unconfirmed.as_str())];
    let kids = world
        .get(&format!("/rs/prns/{NEWCOMER}/kids?embed=(elements)"), &headers)
        .await;
    assert_eq!(kids.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn ordered_faults_strike_as_often_as_ordered() {
    let world = World::new().await;
    world
        .order(r#"{"at":"token","kind":"server_error","times":1}"#)
        .await;
    let code = world.code_of(PARENT).await;
    assert_eq!(
        world.exchange(world.token_parameters(&code)).await.0,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    assert_eq!(
        world.exchange(world.token_parameters(&code)).await.0,
        StatusCode::OK
    );

    world
        .order(r#"{"at":"authorize","kind":"replayed_code","times":1}"#)
        .await;
    let code = world.code_of(PARENT).await;
    let (_, error) = world.exchange(world.token_parameters(&code)).await;
    assert_eq!(error["error"], "invalid_grant");

    world
        .order(r#"{"at":"token","kind":"wrong_audience","times":1}"#)
        .await;
    let code = world.code_of(PARENT).await;
    let (_, tokens) = world.exchange(world.token_parameters(&code)).await;
    assert_ne!(claims(&tokens["id_token"])["aud"], CLIENT_ID);
}

#[tokio::test]
async fn faults_cannot_be_ordered_where_the_configuration_does_not_open_them() {
    let world = World::with(|config| config.fault_injection = false).await;
    assert_eq!(
        world.post("/control/faults", &[]).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_sign_in_page_names_everyone_and_loads_only_its_own_style() {
    let world = World::new().await;
    let page = world
        .authorize(&world.signed(world.authorize_parameters()).await)
        .await;
    assert_eq!(page.headers()[header::CACHE_CONTROL], "no-store");
    let html = text(page).await;
    assert!(html.contains("Орлова Анна Сергеевна") && html.contains("Учётная запись не подтверждена"));
    assert!(!html.contains("<script") && !html.contains("style="));
    let style = world.get("/login/style.css", &[]).await;
    assert_eq!(style.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
}

#[tokio::test]
async fn an_open_session_keeps_the_moment_of_its_sign_in_and_a_new_one_after_the_sign_out_has_its_own() {
    let world = World::new().await;
    let ask = async |cookie: &str| {
        let parameters = world.signed(world.authorize_parameters()).await;
        let uri = format!("/aas/oauth2/v2/ac?{}", parameters.query());
        world.get(&uri, &[("cookie", cookie)]).await
    };
    let moment = async |code: Option<String>| {
        let code = code.expect("a code");
        let (_, tokens) = world.exchange(world.token_parameters(&code)).await;
        claims(&tokens["id_token"])["auth_time"]
            .as_i64()
            .expect("a moment")
    };
    let back = world.choose(ask("").await, Some(PARENT)).await;
    let cookie = back.headers()[header::SET_COOKIE]
        .to_str()
        .expect("a cookie")
        .to_owned();
    let cookie = cookie.split(';').next().expect("a pair");
    let first = moment(query_of(&back, "code")).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let straight = ask(cookie).await;
    assert_eq!(moment(query_of(&straight, "code")).await, first);
    let out = format!("/idp/ext/Logout?client_id={CLIENT_ID}");
    world.get(&out, &[("cookie", cookie)]).await;
    let again = world.choose(ask(cookie).await, Some(PARENT)).await;
    assert!(moment(query_of(&again, "code")).await > first);
}
