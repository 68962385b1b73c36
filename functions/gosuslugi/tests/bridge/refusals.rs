//! What the bridge refuses, and what it tells whom.

use jiff::SignedDuration;
use testkit::Call;

use crate::world::{
    Begun, COGNITO, NEWCOMER, PARENT, World, authorize_query, begin, callback, exchange, parameter,
};

#[tokio::test]
async fn a_request_of_another_client_or_for_another_address_is_not_redirected() {
    let world = World::new().await;
    let bridge = world.bridge();
    for (name, value) in [
        ("client_id", "stranger"),
        ("redirect_uri", "https://evil.test/oauth2/idpresponse"),
        ("redirect_uri", "https://auth.test/oauth2/idpresponse/"),
        ("redirect_uri", ""),
    ] {
        let path = format!("/gosuslugi/authorize?{}", authorize_query(&[(name, value)]));
        let answer = Call::get(&path).page().send(&bridge).await;
        assert_eq!(
            (answer.status.as_u16(), answer.location()),
            (422, ""),
            "{name}={value}"
        );
        assert!(answer.header("content-type").starts_with("text/html"));
    }
    let twice = format!("/gosuslugi/authorize?{}&state=second", authorize_query(&[]));
    assert_eq!(Call::get(&twice).send(&bridge).await.status, 422);
}

#[tokio::test]
async fn a_wrong_request_of_cognitos_own_is_told_to_cognito() {
    let world = World::new().await;
    let bridge = world.bridge();
    let long = "x".repeat(9_000);
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "invalid_request"),
        ("scope", "profile", "invalid_scope"),
        ("state", "", "invalid_request"),
        ("nonce", long.as_str(), "invalid_request"),
    ] {
        let path = format!("/gosuslugi/authorize?{}", authorize_query(&[(name, value)]));
        let answer = Call::get(&path).send(&bridge).await;
        assert!(answer.location().starts_with(COGNITO));
        assert_eq!(
            parameter(answer.location(), "error").as_deref(),
            Some(error),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_code_of_the_bridge_works_once() {
    let world = World::new().await;
    let bridge = world.bridge();
    let code = world.code_of(&bridge, PARENT).await;
    assert_eq!(exchange(&bridge, &code, &[]).await.status, 200);
    let again = exchange(&bridge, &code, &[]).await;
    assert_eq!(
        (again.status.as_u16(), &again.json()["error"]),
        (400, &"invalid_grant".into())
    );
}

#[tokio::test]
async fn of_two_exchanges_at_once_one_wins() {
    let world = World::new().await;
    let bridge = world.bridge();
    let code = world.code_of(&bridge, PARENT).await;
    let (one, two) = tokio::join!(exchange(&bridge, &code, &[]), exchange(&bridge, &code, &[]));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test]
async fn a_code_expires_after_a_minute() {
    let world = World::new().await;
    let code = world.code_of(&world.bridge(), PARENT).await;
    let later = world.bridge_later(SignedDuration::from_secs(61));
    assert_eq!(
        exchange(&later, &code, &[]).await.json()["error"],
        "invalid_grant"
    );
}

#[tokio::test]
async fn each_wrong_parameter_of_an_exchange_has_its_error() {
    let world = World::new().await;
    let bridge = world.bridge();
    let code = world.code_of(&bridge, PARENT).await;
    for (name, value, status, error) in [
        ("client_secret", "wrong", 401, "invalid_client"),
        ("client_secret", "", 401, "invalid_client"),
        ("client_id", "stranger", 401, "invalid_client"),
        ("grant_type", "refresh_token", 400, "unsupported_grant_type"),
        ("grant_type", "", 400, "invalid_request"),
        ("code", "", 400, "invalid_request"),
        ("code", "guessed", 400, "invalid_grant"),
        ("redirect_uri", "", 400, "invalid_request"),
        ("redirect_uri", "https://evil.test/", 400, "invalid_grant"),
    ] {
        let answer = exchange(&bridge, &code, &[(name, value)]).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["error"]),
            (status, &error.into()),
            "{name}={value}"
        );
    }
    let spent = exchange(&bridge, &code, &[]).await;
    assert_eq!(
        spent.json()["error"],
        "invalid_grant",
        "a code tried with a wrong address is spent"
    );
    let json = Call::new("POST", "/gosuslugi/token")
        .json(&serde_json::json!({}))
        .send(&bridge)
        .await;
    assert_eq!(json.json()["error"], "invalid_request");
}

#[tokio::test]
async fn a_sign_in_finishes_in_the_browser_that_began_it_and_once() {
    let world = World::new().await;
    let bridge = world.bridge();
    let (victim, attacker) = (begin(&bridge).await, begin(&bridge).await);
    let path = world.choose(&attacker, Some(PARENT)).await;
    for cookie in [victim.cookie.as_str(), ""] {
        let attacker = begin(&bridge).await;
        let path = world.choose(&attacker, Some(PARENT)).await;
        let answer = callback(&bridge, &path, cookie).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Вход начат в другом браузере"));
    }
    assert_eq!(callback(&bridge, &path, &attacker.cookie).await.status, 303);
    let again = callback(&bridge, &path, &attacker.cookie).await;
    assert!(again.text.contains("Вход не завершён"));
}

#[tokio::test]
async fn a_state_that_the_bridge_did_not_give_is_refused() {
    let world = World::new().await;
    let bridge = world.bridge();
    let begun = begin(&bridge).await;
    for state in ["00000000-0000-4000-8000-000000000000", "not-a-uuid", ""] {
        let path = format!("/gosuslugi/callback?code=x&state={state}");
        let answer = callback(&bridge, &path, &begun.cookie).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Вход не завершён"), "{state}");
    }
}

#[tokio::test]
async fn a_sign_in_that_took_longer_than_five_minutes_begins_anew() {
    let world = World::new().await;
    let begun = begin(&world.bridge()).await;
    let path = world.choose(&begun, Some(PARENT)).await;
    let later = world.bridge_later(SignedDuration::from_secs(301));
    assert!(
        callback(&later, &path, &begun.cookie)
            .await
            .text
            .contains("Вход не завершён")
    );
}

#[tokio::test]
async fn a_person_who_refuses_is_told_so_in_their_language() {
    let world = World::new().await;
    let bridge = world.bridge();
    let begun = begin(&bridge).await;
    let path = world.choose(&begun, None).await;
    let answer = callback(&bridge, &path, &begun.cookie).await;
    assert!(answer.text.contains("Вы отказались от входа") && answer.text.contains("lang=\"ru\""));
    let begun = begin(&bridge).await;
    let path = world.choose(&begun, None).await;
    let english = Call::get(&path)
        .header("cookie", &begun.cookie)
        .header("accept-language", "en")
        .page();
    assert!(
        english
            .send(&bridge)
            .await
            .text
            .contains("You declined to sign in")
    );
}

#[tokio::test]
async fn an_unconfirmed_account_signs_in_as_such_or_is_turned_away_as_the_system_is_registered() {
    let world = World::new().await;
    let bridge = world.bridge();
    let code = world.code_of(&bridge, NEWCOMER).await;
    let tokens = exchange(&bridge, &code, &[]).await.json();
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().expect("a token"));
    let info = Call::get("/gosuslugi/userinfo")
        .header("authorization", &bearer)
        .send(&bridge)
        .await;
    assert_eq!(info.json()["trusted"], "false");

    let strict = World::with(|config| config.systems[0].confirmed_only = true).await;
    let bridge = strict.bridge();
    let begun = begin(&bridge).await;
    let path = strict.choose(&begun, Some(NEWCOMER)).await;
    let answer = callback(&bridge, &path, &begun.cookie).await;
    assert!(answer.text.contains("Учётная запись не подтверждена"));
}

#[tokio::test]
async fn an_account_that_disagrees_with_what_is_known_is_not_let_in() {
    let world = World::new().await;
    world.code_of(&world.bridge(), PARENT).await;
    // The same person comes with another account of Gosuslugi.
    let mut other = World::with(|config| config.personas[0].oid += 10).await;
    std::mem::swap(&mut other.database, &mut { world }.database);
    let bridge = other.bridge();
    let begun = begin(&bridge).await;
    let path = other.choose(&begun, Some(PARENT + 10)).await;
    let answer = callback(&bridge, &path, &begun.cookie).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Данные не совпали"));
}

#[tokio::test]
async fn userinfo_opens_to_a_live_token_of_ours_only() {
    let world = World::new().await;
    let bridge = world.bridge();
    let code = world.code_of(&bridge, PARENT).await;
    let tokens = exchange(&bridge, &code, &[]).await.json();
    let access = tokens["access_token"].as_str().expect("a token");
    let id = tokens["id_token"].as_str().expect("a token");
    for value in [
        "",
        "Bearer x",
        "Bearer x.y",
        &format!("Bearer {id}"),
        &format!("Bearer {access}A"),
        access,
    ] {
        let answer = Call::get("/gosuslugi/userinfo")
            .header("authorization", value)
            .send(&bridge)
            .await;
        assert_eq!(answer.status, 401, "{value}");
        assert!(answer.header("www-authenticate").contains("invalid_token"));
    }
    let later = world.bridge_later(SignedDuration::from_secs(301));
    let bearer = format!("Bearer {access}");
    assert_eq!(
        Call::get("/gosuslugi/userinfo")
            .header("authorization", &bearer)
            .send(&later)
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn a_wrong_certificate_or_clock_of_ours_is_refused_by_gosuslugi_and_nobody_signs_in() {
    use base64::{Engine, engine::general_purpose::STANDARD};

    let mut world = World::new().await;
    let slow = world.bridge_later(SignedDuration::from_mins(-10));
    assert_eq!(
        error_of(&world, &begin(&slow).await).await.as_deref(),
        Some("ESIA-007015")
    );
    world.set("ESIA_CERTIFICATE", &STANDARD.encode(b"another certificate"));
    assert_eq!(
        error_of(&world, &begin(&world.bridge()).await).await.as_deref(),
        Some("ESIA-007053")
    );
    let begun = begin(&world.bridge()).await;
    let path = world.choose(&begun, Some(PARENT)).await;
    let answer = callback(&world.bridge(), &path, &begun.cookie).await;
    assert!(answer.text.contains("Госуслуги не подтвердили вход"));
}

async fn error_of(world: &World, begun: &Begun) -> Option<String> {
    let path = world.choose(begun, Some(PARENT)).await;
    parameter(&path, "error_description").map(|description| description.chars().take(11).collect())
}
