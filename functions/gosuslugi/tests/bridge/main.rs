//! The bridge between a stand-in for Cognito and the simulator of Gosuslugi: the whole way, and each refusal on it.

mod anew;
mod cost;
mod privacy;
mod refusals;
mod upstream;
mod world;

use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use model::Subject;
use serde_json::Value;
use testkit::Call;
use world::{HASH_KEY, NONCE, PARENT, World, begin, callback, exchange, parameter, parent_snils};

/// The claims, after the check that a strict relying party makes.
async fn verified(bridge: &axum::Router, id_token: &str) -> Value {
    let keys: JwkSet =
        serde_json::from_value(Call::get("/gosuslugi/jwks.json").send(bridge).await.json()).expect("keys");
    let kid = jsonwebtoken::decode_header(id_token)
        .expect("a header")
        .kid
        .expect("a kid");
    let key = DecodingKey::from_jwk(keys.find(&kid).expect("the key is published")).expect("a key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&["cognito"]);
    validation.set_issuer(&["http://localhost:8080/gosuslugi"]);
    jsonwebtoken::decode::<Value>(id_token, &key, &validation)
        .expect("a valid token")
        .claims
}

#[tokio::test]
async fn a_parent_signs_in_and_cognito_learns_a_pseudonym_only() {
    let world = World::new().await;
    let bridge = world.bridge();
    let code = world.code_of(&bridge, PARENT).await;
    let tokens = exchange(&bridge, &code, &[]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    let tokens = tokens.json();
    let claims = verified(&bridge, tokens["id_token"].as_str().expect("a token")).await;
    let subject = Subject::of_account(HASH_KEY.as_bytes(), &PARENT.to_string());
    assert_eq!(claims["sub"], subject.as_str());
    assert_eq!(
        (&claims["nonce"], &claims["trusted"]),
        (&NONCE.into(), &"true".into())
    );
    let mut names: Vec<&str> = claims
        .as_object()
        .expect("claims")
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["aud", "auth_time", "exp", "iat", "iss", "nonce", "sub", "trusted"]
    );

    let bearer = format!("Bearer {}", tokens["access_token"].as_str().expect("a token"));
    let info = Call::get("/gosuslugi/userinfo")
        .header("authorization", &bearer)
        .send(&bridge)
        .await;
    assert_eq!(
        info.json(),
        serde_json::json!({ "sub": subject.as_str(), "trusted": "true" })
    );
}

#[tokio::test]
async fn the_person_is_recorded_in_the_registry_and_a_second_sign_in_changes_nothing() {
    let world = World::new().await;
    let bridge = world.bridge();
    world.code_of(&bridge, PARENT).await;
    let subject = Subject::of_account(HASH_KEY.as_bytes(), &PARENT.to_string());
    let person = world
        .rosters
        .person_of(&subject)
        .await
        .expect("an answer")
        .expect("a person");
    let card = world
        .rosters
        .card(person)
        .await
        .expect("an answer")
        .expect("a card");
    assert_eq!(card.person.name.full(), "Орлова Анна Сергеевна");
    assert_eq!(
        card.person.snils_hash,
        Some(parent_snils().hash(HASH_KEY.as_bytes()))
    );
    world.code_of(&bridge, PARENT).await;
    assert_eq!(
        world.rosters.person_of(&subject).await.expect("an answer"),
        Some(person)
    );
}

#[tokio::test]
async fn two_tabs_of_one_browser_do_not_shut_each_other_out() {
    let world = World::new().await;
    let bridge = world.bridge();
    let first = begin(&bridge).await;
    let path = format!(
        "/gosuslugi/authorize?{}",
        world::authorize_query(&[("state", "second")])
    );
    let second = Call::get(&path)
        .header("cookie", &first.cookie)
        .send(&bridge)
        .await;
    assert!(second.header("set-cookie").starts_with(&first.cookie));
    let second = world::Begun {
        location: second.location().to_owned(),
        cookie: first.cookie.clone(),
    };
    for (begun, state) in [(second, "second"), (first, "state-of-cognito")] {
        let path = world.choose(&begun, Some(PARENT)).await;
        let back = callback(&bridge, &path, &begun.cookie).await;
        assert_eq!(parameter(back.location(), "state").as_deref(), Some(state));
    }
}

#[tokio::test]
async fn the_description_names_what_cognito_needs() {
    let world = World::new().await;
    let answer = Call::get("/gosuslugi/.well-known/openid-configuration")
        .send(&world.bridge())
        .await;
    let description = answer.json();
    assert_eq!(description["issuer"], "http://localhost:8080/gosuslugi");
    assert_eq!(
        description["token_endpoint_auth_methods_supported"],
        serde_json::json!(["client_secret_post"])
    );
    assert_eq!(
        description["jwks_uri"],
        "http://localhost:8080/gosuslugi/jwks.json"
    );
}

#[tokio::test]
async fn signing_out_leads_through_gosuslugi_home() {
    let world = World::new().await;
    let bridge = world.bridge();
    let answer = Call::get("/gosuslugi/logout?redirect_uri=https://evil.test/")
        .send(&bridge)
        .await;
    let path = answer
        .location()
        .strip_prefix("http://esia.test")
        .expect("the simulator")
        .to_owned();
    assert!(path.starts_with("/idp/ext/Logout?client_id=MYSCHOOL&redirect_url="));
    let home = Call::get(&path).send(&world.esia).await;
    assert_eq!(home.location(), "http://localhost:8080/");
}

#[tokio::test]
async fn keys_rotate_monthly_and_the_former_one_stays_published_for_a_fortnight() {
    let world = World::new().await;
    let keys = |bridge: axum::Router| async move {
        let set = Call::get("/gosuslugi/jwks.json").send(&bridge).await.json();
        let keys = set["keys"].as_array().expect("keys").clone();
        assert!(
            keys.iter().all(|key| key.get("d").is_none()),
            "private parts stay private"
        );
        keys.iter()
            .map(|key| key["kid"].as_str().expect("a kid").to_owned())
            .collect::<Vec<_>>()
    };
    let first = keys(world.bridge()).await;
    assert_eq!(first.len(), 1);
    assert_eq!(
        keys(world.bridge_later(SignedDuration::from_hours(29 * 24))).await,
        first
    );
    let month = SignedDuration::from_hours(30 * 24 + 1);
    let both = keys(world.bridge_later(month)).await;
    assert_eq!((both.len(), &both[0]), (2, &first[0]));

    let late = keys(world.bridge_later(SignedDuration::from_hours(46 * 24))).await;
    assert!(
        !late.contains(&first[0]),
        "a key whose tokens are long expired is gone"
    );
}

#[tokio::test]
async fn environments_that_start_together_agree_on_one_key() {
    let world = World::new().await;
    let bridges = [world.bridge(), world.bridge(), world.bridge()];
    let [one, two, three] = bridges
        .each_ref()
        .map(|bridge| Call::get("/gosuslugi/jwks.json").send(bridge));
    let (one, two, three) = tokio::join!(one, two, three);
    assert_eq!(one.json(), two.json());
    assert_eq!(two.json(), three.json());
}

#[tokio::test]
async fn keys_under_a_former_secret_are_replaced() {
    let mut world = World::new().await;
    let before = Call::get("/gosuslugi/jwks.json")
        .send(&world.bridge())
        .await
        .json();
    world.set("BRIDGE_KEYS_SECRET", "another-secret-0123456789abcdef012345");
    let after = Call::get("/gosuslugi/jwks.json")
        .send(&world.bridge())
        .await
        .json();
    assert_ne!(before["keys"][0]["kid"], after["keys"][0]["kid"]);
}

#[tokio::test]
async fn every_route_that_the_bridge_names_is_there() {
    let world = World::new().await;
    let bridge = world.bridge();
    for route in gosuslugi::ROUTES {
        let answer = Call::new(route.method, route.path).send(&bridge).await;
        assert!(
            ![404, 405].contains(&answer.status.as_u16()),
            "{} {}",
            route.method,
            route.path
        );
    }
}
