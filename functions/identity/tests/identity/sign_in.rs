//! From the button to the session, and everything that must not become one.

use crate::support::{AUTHORIZE, Browser, Cloud, actor, card, id_claims, set_cookies};
use serde_json::{Value, json};
use testkit::{CLIENT_ID, Call, ORIGIN, Sessions, moment};

#[tokio::test]
async fn a_visitor_sees_one_button() {
    let cloud = Cloud::start().await;
    let answer = Browser::default().get(&cloud, "/").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.text.matches("class=\"button\"").count(), 1);
    assert!(
        answer
            .text
            .contains(r#"<a class="button" href="/identity/sign-in">Войти через Госуслуги</a>"#)
    );
    let answer = Browser::default()
        .get(&cloud, "/?return_to=%2Fdiary%3Fweek%3D2")
        .await;
    assert!(
        answer
            .text
            .contains("/identity/sign-in?return_to=%2Fdiary%3Fweek%3D2")
    );
    let english = Call::get("/")
        .page()
        .header("accept-language", "en")
        .send(&cloud.service)
        .await;
    assert!(
        english.text.contains("Sign in with Gosuslugi"),
        "{}",
        english.text
    );
}

#[tokio::test]
async fn the_button_leads_to_the_pool_with_everything_that_protects_the_way_back() {
    let cloud = Cloud::start().await;
    let answer = Call::get("/identity/sign-in?return_to=/diary")
        .send(&cloud.service)
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("cache-control")),
        (302, "no-store")
    );
    let (address, query) = answer.location().split_once('?').expect("a query");
    assert_eq!(address, AUTHORIZE);
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let fixed: Vec<_> = pairs
        .iter()
        .filter(|(_, value)| value.len() < 22 || value.contains(':'))
        .collect();
    insta::assert_debug_snapshot!(fixed);
    let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["state", "nonce", "code_challenge"] {
        assert!(names.contains(&name), "{name}");
    }
    let cookies = set_cookies(&answer);
    assert_eq!(cookies.len(), 1);
    assert!(cookies[0].starts_with("__Secure-sign-in="));
    for attribute in [
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
        "Path=/identity",
        "Max-Age=900",
    ] {
        assert!(cookies[0].contains(attribute), "{attribute}: {}", cookies[0]);
    }
    // The verifier stays in the browser; only its hash goes on.
    let verifier = cookies[0].split('.').nth(2).expect("a verifier");
    assert!(!query.contains(verifier));
}

#[tokio::test]
async fn a_teacher_signs_in_and_comes_to_the_page_asked_for() {
    let cloud = Cloud::start().await;
    cloud.put(card(7, "Иванова", "Ирина", "Сергеевна")).await;
    let teacher = actor(7, "teacher");
    let mut browser = Browser::default();
    let (state, nonce) = browser.begin(&cloud, "/journals%3Fperiod%3D2").await;
    cloud.grants(200, cloud.tokens(&teacher, &nonce)).await;
    let answer = browser.come_back(&cloud, &state).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, "/journals?period=2")
    );
    assert_eq!(answer.header("cache-control"), "no-store");

    let cookies = set_cookies(&answer);
    let cookie = |name: &str| {
        cookies
            .iter()
            .find(|cookie| cookie.starts_with(name))
            .expect("a cookie")
            .clone()
    };
    for (name, attributes) in [
        (
            "__Host-session=",
            "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600",
        ),
        (
            "__Secure-refresh=refresh-1",
            "HttpOnly; SameSite=Lax; Secure; Path=/identity; Max-Age=43200",
        ),
        (
            "__Host-name=",
            "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=43200",
        ),
        ("__Host-role=", "Max-Age=0"),
        ("__Secure-sign-in=", "Max-Age=0"),
    ] {
        assert!(cookie(name).contains(attributes), "{}", cookie(name));
    }
    let profile = browser.get(&cloud, "/identity/profile").await;
    assert!(profile.text.contains("Ирина Сергеевна"), "{}", profile.text);
    assert_eq!(browser.get(&cloud, "/").await.location(), "/schedules/today");

    let asked = cloud.asked().await;
    let form = &asked[0].1;
    let sent = |name: &str| form.get(name).map(String::as_str);
    assert_eq!(sent("grant_type"), Some("authorization_code"));
    assert_eq!(sent("code"), Some("code-1"));
    assert_eq!(sent("client_id"), Some(CLIENT_ID));
    assert_eq!(
        sent("redirect_uri"),
        Some(format!("{ORIGIN}/identity/callback").as_str())
    );
    assert_eq!(sent("code_verifier").map(str::len), Some(43));
}

#[tokio::test]
async fn two_tabs_sign_in_side_by_side() {
    let cloud = Cloud::start().await;
    let mut browser = Browser::default();
    let (first, _) = browser.begin(&cloud, "/diary").await;
    let (second, nonce) = browser.begin(&cloud, "/schedules").await;
    cloud.grants(200, cloud.tokens(&actor(7, "parent"), &nonce)).await;
    assert_eq!(browser.come_back(&cloud, &second).await.location(), "/schedules");
    assert!(
        browser.0.contains_key("__Secure-sign-in"),
        "the first one is still under way"
    );
    cloud.pool.reset().await;
    cloud.grants(400, json!({ "error": "invalid_grant" })).await;
    let answer = browser.come_back(&cloud, &first).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text.contains("/identity/sign-in?return_to=%2Fdiary"));
    assert!(
        browser.has_session(),
        "the failure of one tab does not sign the other out"
    );
}

#[tokio::test]
async fn a_second_click_on_the_way_back_leads_home_and_asks_nobody() {
    let cloud = Cloud::start().await;
    let mut browser = Browser::default();
    let (state, nonce) = browser.begin(&cloud, "/diary").await;
    cloud.grants(200, cloud.tokens(&actor(7, "parent"), &nonce)).await;
    browser.come_back(&cloud, &state).await;
    let session = browser.0.clone();
    let again = browser.come_back(&cloud, &state).await;
    assert_eq!((again.status.as_u16(), again.location()), (303, "/"));
    assert_eq!(browser.0, session);
    assert_eq!(cloud.asked().await.len(), 1);
}

#[tokio::test]
async fn a_replayed_way_back_signs_nobody_in() {
    let cloud = Cloud::start().await;
    let mut victim = Browser::default();
    let (state, nonce) = victim.begin(&cloud, "/diary").await;
    cloud.grants(200, cloud.tokens(&actor(7, "parent"), &nonce)).await;
    victim.come_back(&cloud, &state).await;
    let mut thief = Browser::default();
    let answer = thief.come_back(&cloud, &state).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text.contains("Вход не завершён") && answer.text.contains("/identity/sign-in"));
    assert!(!thief.has_session());
    assert_eq!(cloud.asked().await.len(), 1, "the code was not even tried");
}

#[tokio::test]
async fn nobody_can_be_signed_in_as_somebody_else_by_a_link() {
    let cloud = Cloud::start().await;
    let mut attacker = Browser::default();
    let (state, nonce) = attacker.begin(&cloud, "/").await;
    cloud
        .grants(200, cloud.tokens(&actor(66, "parent"), &nonce))
        .await;
    let mut victim = Browser::default();
    victim.begin(&cloud, "/diary").await;
    let answer = victim.come_back(&cloud, &state).await;
    assert_eq!(answer.status, 400);
    assert!(!victim.has_session());
    assert!(
        victim.0.contains_key("__Secure-sign-in"),
        "the victim's own sign-in goes on"
    );
    assert!(cloud.asked().await.is_empty());
}

#[tokio::test]
async fn a_session_that_was_there_before_does_not_outlive_a_sign_in() {
    let cloud = Cloud::start().await;
    cloud.put(card(7, "Иванова", "Ирина", "Сергеевна")).await;
    let mut browser = Browser::default();
    browser.0.insert(
        "__Host-session".to_owned(),
        cloud.sessions.token(&actor(66, "head")),
    );
    browser
        .0
        .insert("__Secure-refresh".to_owned(), "planted".to_owned());
    browser.0.insert("__Host-role".to_owned(), "head".to_owned());
    let (state, nonce) = browser.begin(&cloud, "/").await;
    cloud
        .grants(200, cloud.tokens(&actor(7, "teacher"), &nonce))
        .await;
    browser.come_back(&cloud, &state).await;
    assert_eq!(browser.0["__Secure-refresh"], "refresh-1");
    assert!(!browser.0.contains_key("__Host-role"));
    let profile = browser.get(&cloud, "/identity/profile").await;
    assert!(profile.text.contains("Иванова Ирина Сергеевна"));
}

#[tokio::test]
async fn tokens_that_do_not_belong_to_the_sign_in_open_nothing() {
    let cloud = Cloud::start().await;
    let parent = actor(7, "parent");
    let spoilt = [
        ("nonce", json!("another")),
        ("nonce", json!(null)),
        ("exp", json!(1_000)),
        ("aud", json!("other")),
        ("iss", json!("https://evil.example")),
        ("token_use", json!("access")),
        ("sub", json!("other")),
    ];
    for (claim, value) in spoilt {
        refuses(&cloud, |tokens, nonce| {
            let mut claims = id_claims(&cloud.sessions, &parent, nonce);
            claims[claim] = value.clone();
            tokens["id_token"] = json!(cloud.sessions.signed(&claims));
        })
        .await;
    }
    refuses(&cloud, |tokens, _| tokens["id_token"] = json!(null)).await;
    refuses(&cloud, |tokens, _| {
        tokens["id_token"] = json!("eyJhbGciOiJub25lIn0.e30.")
    })
    .await;
    refuses(&cloud, |tokens, _| {
        tokens["access_token"] = tokens["id_token"].clone()
    })
    .await;
    let forger = Sessions::new(moment(crate::support::NOW));
    refuses(&cloud, |tokens, nonce| {
        tokens["id_token"] = json!(forger.signed(&id_claims(&forger, &parent, nonce)));
    })
    .await;
    refuses(&cloud, |tokens, _| {
        tokens["access_token"] = json!(forger.token(&parent))
    })
    .await;
}

/// A sign-in whose tokens are spoilt so ends on a page with a way to try again, and with no cookie at all.
async fn refuses(cloud: &Cloud, spoil: impl Fn(&mut Value, &str)) {
    let mut browser = Browser::default();
    let (state, nonce) = browser.begin(cloud, "/diary").await;
    let mut tokens = cloud.tokens(&actor(7, "parent"), &nonce);
    spoil(&mut tokens, &nonce);
    cloud.grants(200, tokens.clone()).await;
    let answer = browser.come_back(cloud, &state).await;
    assert_eq!(answer.status, 400, "{tokens}");
    assert!(
        answer.text.contains("/identity/sign-in?return_to=%2Fdiary"),
        "{tokens}"
    );
    assert!(browser.0.is_empty(), "the attempt is spent: {tokens}");
    cloud.pool.reset().await;
}

#[tokio::test]
async fn an_account_without_a_person_gets_no_session() {
    let cloud = Cloud::start().await;
    let mut browser = Browser::default();
    let (state, nonce) = browser.begin(&cloud, "/").await;
    let mut tokens = cloud.tokens(&actor(7, ""), &nonce);
    let mut claims = cloud.sessions.claims(&actor(7, ""));
    claims.as_object_mut().expect("an object").remove("person");
    tokens["access_token"] = json!(cloud.sessions.signed(&claims));
    cloud.grants(200, tokens).await;
    assert_eq!(browser.come_back(&cloud, &state).await.status, 400);
    assert!(!browser.has_session());
}

#[tokio::test]
async fn whoever_declines_at_gosuslugi_can_try_again() {
    let cloud = Cloud::start().await;
    let mut browser = Browser::default();
    let (state, _) = browser.begin(&cloud, "/diary").await;
    let path = format!("/identity/callback?error=access_denied&error_description=%3Cb%3E&state={state}");
    let answer = browser.get(&cloud, &path).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text.contains("Вы не вошли"));
    assert!(answer.text.contains("/identity/sign-in?return_to=%2Fdiary"));
    assert!(!answer.text.contains("<b>"));
    assert!(
        !answer.text.contains(&state),
        "no part of the page repeats the address"
    );
    assert_eq!(browser.get(&cloud, &path).await.status, 400);
    assert!(cloud.asked().await.is_empty());
}

#[tokio::test]
async fn a_pool_that_fails_is_named_as_such() {
    let cloud = Cloud::start().await;
    for (status, body) in [
        (500, json!({})),
        (200, json!({ "token_type": "Bearer" })),
        (302, json!({})),
    ] {
        let mut browser = Browser::default();
        let (state, _) = browser.begin(&cloud, "/diary").await;
        cloud.grants(status, body).await;
        let answer = browser.come_back(&cloud, &state).await;
        assert_eq!(answer.status, 503, "{status}");
        assert!(answer.text.contains("Сейчас войти не получается"));
        assert!(!browser.has_session());
        cloud.pool.reset().await;
    }
}

#[tokio::test]
async fn a_token_too_large_for_a_cookie_is_no_session() {
    let cloud = Cloud::start().await;
    let mut browser = Browser::default();
    let (state, nonce) = browser.begin(&cloud, "/").await;
    let mut tokens = cloud.tokens(&actor(7, "parent"), &nonce);
    tokens["access_token"] = json!("a".repeat(5_000));
    cloud.grants(200, tokens).await;
    assert_eq!(browser.come_back(&cloud, &state).await.status, 503);
    assert!(!browser.has_session());
}

#[tokio::test]
async fn no_link_leads_to_another_site() {
    let cloud = Cloud::start().await;
    let tries = [
        "//evil.example",
        "https:%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "%2F%09%2Fevil.example",
        "%0d%0aa",
    ];
    for return_to in tries {
        let mut browser = Browser::default();
        let (state, nonce) = browser.begin(&cloud, return_to).await;
        cloud.grants(200, cloud.tokens(&actor(7, "parent"), &nonce)).await;
        assert_eq!(
            browser.come_back(&cloud, &state).await.location(),
            "/",
            "{return_to}"
        );
        let refreshed = browser
            .get(&cloud, &format!("/identity/refresh?return_to={return_to}"))
            .await;
        assert_eq!(refreshed.location(), "/", "{return_to}");
        let form = format!("language=en&return_to={return_to}");
        assert_eq!(
            browser.post(&cloud, "/identity/language", &form).await.location(),
            "/",
            "{return_to}"
        );
        let home = Browser::default()
            .get(&cloud, &format!("/?return_to={return_to}"))
            .await;
        assert!(!home.text.contains("evil"), "{return_to}");
        cloud.pool.reset().await;
    }
}
