//! How a session goes on and ends.

use crate::support::{Browser, Cloud, LOGOUT, actor, set_cookies};
use serde_json::json;
use testkit::{Call, ORIGIN};
use wiremock::{Mock, ResponseTemplate, matchers::path};

fn signed_in() -> Browser {
    let pairs = [
        ("__Secure-refresh", "refresh-1"),
        ("__Host-name", "%D0%98%D1%80%D0%B8%D0%BD%D0%B0"),
    ];
    Browser(
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
    )
}

#[tokio::test]
async fn an_expired_session_is_renewed_on_the_way_to_the_page() {
    let cloud = Cloud::start().await;
    let token = cloud.sessions.token(&actor(7, "parent"));
    cloud
        .grants(200, json!({ "access_token": token, "expires_in": 3_600 }))
        .await;
    let mut browser = signed_in();
    let profile = browser.get(&cloud, "/identity/profile?a=1").await;
    assert_eq!(
        profile.location(),
        "/identity/refresh?return_to=%2Fidentity%2Fprofile%3Fa%3D1"
    );
    let answer = browser.get(&cloud, profile.location()).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (303, "/identity/profile?a=1")
    );
    assert_eq!(browser.0["__Host-session"], token);
    assert_eq!(
        browser.0["__Secure-refresh"], "refresh-1",
        "the pool gave no new one"
    );
    let (path, form) = cloud.asked().await.remove(0);
    assert_eq!(
        (path.as_str(), form["grant_type"].as_str()),
        ("/oauth2/token", "refresh_token")
    );
}

#[tokio::test]
async fn a_rotated_refresh_token_takes_the_place_of_the_old_one() {
    let cloud = Cloud::start().await;
    let token = cloud.sessions.token(&actor(7, "parent"));
    let grant = json!({ "access_token": token, "expires_in": 3_600, "refresh_token": "refresh-2" });
    cloud.grants(200, grant).await;
    let mut browser = signed_in();
    browser.get(&cloud, "/identity/refresh").await;
    assert_eq!(browser.0["__Secure-refresh"], "refresh-2");
}

#[tokio::test]
async fn the_first_page_tries_a_renewal_before_it_asks_to_sign_in() {
    let cloud = Cloud::start().await;
    cloud.grants(400, json!({ "error": "invalid_grant" })).await;
    let mut browser = signed_in();
    assert_eq!(browser.get(&cloud, "/").await.location(), "/identity/refresh");
    assert_eq!(browser.get(&cloud, "/identity/refresh").await.location(), "/");
    let answer = browser.get(&cloud, "/").await;
    assert_eq!(answer.status, 200, "no second try: it would be a circle");
    assert!(browser.0.is_empty());
}

#[tokio::test]
async fn a_session_that_cannot_be_renewed_leads_to_the_sign_in_page_and_keeps_the_page_asked_for() {
    let cloud = Cloud::start().await;
    let mut stranger = Browser::default();
    let answer = stranger.get(&cloud, "/identity/refresh?return_to=/diary").await;
    assert_eq!(answer.location(), "/?return_to=%2Fdiary");
    assert!(cloud.asked().await.is_empty());
}

#[tokio::test]
async fn a_renewed_token_that_opens_nothing_ends_the_session_instead_of_going_in_a_circle() {
    let cloud = Cloud::start().await;
    let mut claims = cloud.sessions.claims(&actor(7, "parent"));
    claims.as_object_mut().expect("an object").remove("person");
    cloud
        .grants(
            200,
            json!({ "access_token": cloud.sessions.signed(&claims), "expires_in": 3_600 }),
        )
        .await;
    let mut browser = signed_in();
    let answer = browser.get(&cloud, "/identity/refresh?return_to=/diary").await;
    assert_eq!(answer.location(), "/?return_to=%2Fdiary");
    assert!(browser.0.is_empty());
}

#[tokio::test]
async fn a_pool_that_is_down_signs_nobody_out() {
    let cloud = Cloud::start().await;
    cloud.grants(500, json!({})).await;
    let mut browser = signed_in();
    assert_eq!(
        browser
            .get(&cloud, "/identity/refresh?return_to=/diary")
            .await
            .status,
        503
    );
    assert_eq!(browser.0, signed_in().0);
}

#[tokio::test]
async fn scripts_renew_by_post() {
    let cloud = Cloud::start().await;
    let token = cloud.sessions.token(&actor(7, "parent"));
    cloud
        .grants(200, json!({ "access_token": token, "expires_in": 3_600 }))
        .await;
    let call = Call::new("POST", "/identity/refresh").header("origin", ORIGIN);
    let answer = call
        .header("cookie", "__Secure-refresh=refresh-1")
        .send(&cloud.service)
        .await;
    assert_eq!(answer.status, 204);
    assert!(set_cookies(&answer)[0].starts_with("__Host-session="));
    let answer = Call::new("POST", "/identity/refresh").send(&cloud.service).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["code"].as_str()),
        (401, Some("unauthenticated"))
    );
    let call = Call::new("POST", "/identity/refresh").header("origin", "https://evil.example");
    let answer = call
        .header("cookie", "__Secure-refresh=refresh-1")
        .send(&cloud.service)
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["code"].as_str()),
        (403, Some("cross_site"))
    );
}

#[tokio::test]
async fn signing_out_removes_the_session_revokes_it_and_goes_on_to_the_pool() {
    let cloud = Cloud::start().await;
    Mock::given(path("/oauth2/revoke"))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&cloud.pool)
        .await;
    let mut browser = signed_in();
    browser.0.insert(
        "__Host-session".to_owned(),
        cloud.sessions.token(&actor(7, "parent")),
    );
    browser.0.insert("__Host-role".to_owned(), "parent".to_owned());
    browser.0.insert("__Host-language".to_owned(), "ru".to_owned());
    let asked = browser.get(&cloud, "/identity/sign-out").await;
    assert!(
        asked
            .text
            .contains(r#"<form class="actions" method="post" action="/identity/sign-out">"#)
    );
    assert!(browser.has_session(), "a link alone signs nobody out");
    let answer = browser.post(&cloud, "/identity/sign-out", "").await;
    assert_eq!(answer.status, 200);
    let next =
        format!("{LOGOUT}?client_id=client&logout_uri=http%3A%2F%2Flocalhost%3A8080%2Fgosuslugi%2Flogout");
    assert_eq!(answer.header("refresh"), format!("0; url={next}"));
    assert_eq!(
        (answer.header("clear-site-data"), answer.header("cache-control")),
        ("\"cache\"", "no-store")
    );
    assert!(
        answer.text.contains(&next.replace('&', "&#38;")),
        "{}",
        answer.text
    );
    assert_eq!(
        browser.0.keys().map(String::as_str).collect::<Vec<_>>(),
        ["__Host-language"]
    );
    assert_eq!(cloud.asked().await[0].1["token"], "refresh-1");
    assert_eq!(browser.get(&cloud, "/identity/signed-out").await.status, 200);
    assert_eq!(browser.get(&cloud, "/").await.status, 200);
}

#[tokio::test]
async fn signing_out_works_without_a_session_and_where_the_pool_cannot_revoke() {
    let cloud = Cloud::start().await;
    let answer = signed_in().post(&cloud, "/identity/sign-out", "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        Browser::default()
            .post(&cloud, "/identity/sign-out", "")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn another_site_can_sign_nobody_out() {
    let cloud = Cloud::start().await;
    let call = Call::new("POST", "/identity/sign-out")
        .page()
        .header("origin", "https://evil.example");
    let answer = call
        .header("cookie", "__Secure-refresh=refresh-1")
        .form("")
        .send(&cloud.service)
        .await;
    assert_eq!(answer.status, 403);
    assert!(set_cookies(&answer).is_empty());
}

#[tokio::test]
async fn a_role_that_is_held_can_be_chosen_and_no_other() {
    let cloud = Cloud::start().await;
    let both = actor(7, "teacher,parent");
    let mut browser = Browser::default();
    browser
        .0
        .insert("__Host-session".to_owned(), cloud.sessions.token(&both));
    assert_eq!(browser.get(&cloud, "/").await.location(), "/schedules/today");
    let answer = browser.post(&cloud, "/identity/role", "role=parent").await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/"));
    assert_eq!(browser.get(&cloud, "/").await.location(), "/diary");
    assert_eq!(
        browser.post(&cloud, "/identity/role", "role=head").await.status,
        403
    );
    assert_eq!(
        browser
            .post(&cloud, "/identity/role", "role=emperor")
            .await
            .status,
        422
    );
    assert_eq!(browser.0["__Host-role"], "parent");
}

#[tokio::test]
async fn the_language_is_kept_and_the_page_stays() {
    let cloud = Cloud::start().await;
    let mut browser = Browser::default();
    let answer = browser
        .post(
            &cloud,
            "/identity/language",
            "language=en&return_to=%2F%3Freturn_to%3D%252Fdiary",
        )
        .await;
    assert_eq!(answer.location(), "/?return_to=%2Fdiary");
    let page = browser.get(&cloud, "/?return_to=%2Fdiary").await;
    assert!(page.text.contains("Sign in with Gosuslugi") && page.text.contains("<html lang=\"en\">"));
    assert_eq!(
        browser
            .post(&cloud, "/identity/language", "language=tlh")
            .await
            .status,
        422
    );
    assert_eq!(browser.0["__Host-language"], "en");
}
