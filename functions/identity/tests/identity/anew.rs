//! A new sign-in: asked for as a second factor, and not met by a session that was open before.

use serde_json::{Value, json};
use testkit::{Call, moment};

use crate::support::{Browser, Cloud, NOW, actor, card, id_claims, set_cookies};

/// The pool's answer for a person who signed in at Gosuslugi at that moment, if it was told, and at the pool just now.
fn tokens(cloud: &Cloud, nonce: &str, at_gosuslugi: Option<&str>) -> Value {
    let teacher = actor(7, "teacher");
    let mut access = cloud.sessions.claims(&teacher);
    access["auth_time"] = json!(moment(NOW).as_second());
    access["gosuslugi_auth_time"] = match at_gosuslugi {
        Some(at) => json!(moment(at).as_second().to_string()),
        None => Value::Null,
    };
    let mut tokens = cloud.tokens(&teacher, nonce);
    tokens["access_token"] = json!(cloud.sessions.signed(&access));
    tokens["id_token"] = json!(
        cloud
            .sessions
            .signed(&id_claims(&cloud.sessions, &teacher, nonce))
    );
    tokens
}

async fn begin(cloud: &Cloud, browser: &mut Browser, query: &str) -> (String, String, Vec<(String, String)>) {
    let answer = browser.get(cloud, &format!("/identity/sign-in?{query}")).await;
    let sent = answer.location().split_once('?').expect("a query").1.to_owned();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(sent.as_bytes()).into_owned().collect();
    let find = |name: &str| {
        let found = pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).expect("a parameter")
    };
    (find("state"), find("nonce"), pairs)
}

#[tokio::test]
async fn the_pool_is_told_to_ask_again_and_so_is_the_bridge_behind_it() {
    let cloud = Cloud::start().await;
    let prompt = ("prompt".to_owned(), "login".to_owned());
    let mut browser = Browser::default();
    let (.., pairs) = begin(&cloud, &mut browser, "return_to=/journals&anew=1").await;
    assert!(pairs.contains(&prompt), "{pairs:?}");
    assert_eq!(
        browser.0.get("__Host-sign-in-anew").map(String::as_str),
        Some("1")
    );
    let (.., pairs) = begin(&cloud, &mut Browser::default(), "return_to=/journals").await;
    assert!(pairs.iter().all(|(name, _)| name != "prompt"), "{pairs:?}");
}

#[tokio::test]
async fn an_old_session_alone_is_refused_with_a_page_that_leads_to_a_new_sign_in() {
    let cloud = Cloud::start().await;
    cloud.put(card(7, "Иванова", "Ирина", "Сергеевна")).await;
    for at_gosuslugi in [Some("2026-11-23T08:55:00Z"), None] {
        let mut browser = Browser::default();
        let (state, nonce, _) = begin(&cloud, &mut browser, "return_to=/journals&anew=1").await;
        cloud.pool.reset().await;
        cloud.grants(200, tokens(&cloud, &nonce, at_gosuslugi)).await;
        let answer = browser.come_back(&cloud, &state).await;
        assert_eq!(answer.status, 400, "{at_gosuslugi:?}");
        assert!(answer.text.contains("Нужен новый вход"), "{}", answer.text);
        assert!(
            answer
                .text
                .contains("/identity/sign-in?return_to=%2Fjournals&#38;anew=1"),
            "{}",
            answer.text
        );
        assert!(!browser.has_session());
    }
}

#[tokio::test]
async fn a_sign_in_that_came_after_it_was_asked_for_begins_the_session() {
    let cloud = Cloud::start().await;
    cloud.put(card(7, "Иванова", "Ирина", "Сергеевна")).await;
    let mut browser = Browser::default();
    let (state, nonce, _) = begin(&cloud, &mut browser, "return_to=/journals&anew=1").await;
    cloud.grants(200, tokens(&cloud, &nonce, Some(NOW))).await;
    let answer = browser.come_back(&cloud, &state).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/journals"));
    let gone = set_cookies(&answer);
    let gone = gone
        .iter()
        .find(|cookie| cookie.starts_with("__Host-sign-in-anew="));
    assert!(gone.is_some_and(|cookie| cookie.contains("Max-Age=0")));
    assert!(browser.has_session());
}

#[tokio::test]
async fn an_ordinary_sign_in_may_go_on_with_an_open_session() {
    let cloud = Cloud::start().await;
    cloud.put(card(7, "Иванова", "Ирина", "Сергеевна")).await;
    let mut browser = Browser::default();
    let (state, nonce, _) = begin(&cloud, &mut browser, "return_to=/journals").await;
    cloud
        .grants(200, tokens(&cloud, &nonce, Some("2026-11-23T02:00:00Z")))
        .await;
    assert_eq!(browser.come_back(&cloud, &state).await.location(), "/journals");
    assert_eq!(
        Call::get("/identity/sign-in?anew=2")
            .send(&cloud.service)
            .await
            .status,
        302
    );
}

#[tokio::test]
async fn whoever_gives_a_new_sign_in_up_can_try_it_again_and_signs_in_as_usual_elsewhere() {
    let cloud = Cloud::start().await;
    let mut browser = Browser::default();
    let (state, ..) = begin(&cloud, &mut browser, "return_to=/journals&anew=1").await;
    let path = format!("/identity/callback?error=access_denied&state={state}");
    let declined = browser.get(&cloud, &path).await;
    assert!(declined.text.contains("&#38;anew=1"), "{}", declined.text);
    // The tab is closed; the next sign-in must not end the session at Gosuslugi.
    begin(&cloud, &mut browser, "anew=1").await;
    let usual = browser.get(&cloud, "/identity/sign-in?return_to=/diary").await;
    let wish = set_cookies(&usual);
    let wish = wish
        .iter()
        .find(|cookie| cookie.starts_with("__Host-sign-in-anew="));
    assert!(
        wish.is_some_and(|cookie| cookie.contains("Max-Age=0")),
        "{usual:?}"
    );
}
