//! A new sign-in that is asked for is a new one at Gosuslugi itself.

use axum::{Router, http::header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use model::Subject;
use serde_json::Value;
use store::metered;
use testkit::{Answer, Call};
use web::Clock;

use crate::world::{HASH_KEY, PARENT, World, authorize_query, callback, exchange, now, parameter};

/// The cookies of an answer as a browser sends them back.
fn cookies(answer: &Answer) -> Vec<String> {
    let set = answer.headers.get_all(header::SET_COOKIE).into_iter();
    set.filter_map(|value| value.to_str().ok()?.split(';').next())
        .map(str::to_owned)
        .collect()
}

async fn at_esia(world: &World, address: &str, cookie: &str) -> Answer {
    let path = address
        .strip_prefix("http://esia.test")
        .unwrap_or_else(|| panic!("the simulator: {address}"));
    Call::get(path).header("cookie", cookie).send(&world.esia).await
}

async fn ask(bridge: &Router, changes: &[(&str, &str)], cookie: &str) -> Answer {
    let path = format!("/gosuslugi/authorize?{}", authorize_query(changes));
    Call::get(&path)
        .header("cookie", cookie)
        .page()
        .send(bridge)
        .await
}

/// A browser that is signed in at the simulator, as its cookie.
async fn signed_in(world: &World) -> String {
    let begun = ask(&world.bridge(), &[], "").await;
    let page = at_esia(world, begun.location(), "").await;
    choose(world, &page).await.1
}

/// Chooses the parent on the page; answers the path of the way back and the simulator's cookie.
async fn choose(world: &World, page: &Answer) -> (String, String) {
    let rest = page.text.split("name=\"request\" value=\"").nth(1);
    let request = rest
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("the person is asked: {}", page.text));
    let back = Call::new("POST", "/login")
        .form(&format!("request={request}&oid={PARENT}"))
        .send(&world.esia)
        .await;
    (way_back(&back), cookies(&back).remove(0))
}

fn way_back(answer: &Answer) -> String {
    let location = answer.location();
    location
        .strip_prefix("http://localhost:8080")
        .unwrap_or_else(|| panic!("back at the bridge: {location} {}", answer.text))
        .to_owned()
}

async fn auth_time(bridge: &Router, back: &Answer) -> i64 {
    let code = parameter(back.location(), "code").unwrap_or_else(|| panic!("a code: {}", back.text));
    let tokens = exchange(bridge, &code, &[]).await.json();
    let token = tokens["id_token"].as_str().expect("a token");
    let body = token.split('.').nth(1).expect("a body");
    let claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).expect("base64url")).expect("claims");
    claims["auth_time"].as_i64().expect("a moment")
}

#[tokio::test]
async fn a_new_sign_in_ends_the_session_at_gosuslugi_which_then_asks_again() {
    let world = World::new().await;
    let bridge = world.bridge();
    for (changes, wish) in [
        (&[("prompt", "login")][..], ""),
        (&[("prompt", "consent login")][..], ""),
        // What our own page asked for, where the pool does not pass it on.
        (&[][..], "__Host-sign-in-anew=1"),
    ] {
        let esia = signed_in(&world).await;
        let before = now().as_second();
        let begun = ask(&bridge, changes, wish).await;
        assert!(begun.location().contains("/idp/ext/Logout?"), "{changes:?}");
        let ours = cookies(&begun).join("; ");
        let left = at_esia(&world, begun.location(), &esia).await;
        let resumed = Call::get(&way_back(&left))
            .header("cookie", &ours)
            .send(&bridge)
            .await;
        // Even the old cookie opens nothing any more.
        let page = at_esia(&world, resumed.location(), &esia).await;
        let (path, _) = choose(&world, &page).await;
        let back = callback(&bridge, &path, &ours).await;
        assert!(auth_time(&bridge, &back).await >= before, "{changes:?}");
    }
}

#[tokio::test]
async fn an_old_session_alone_does_not_satisfy_a_new_sign_in() {
    let world = World::new().await;
    let esia = signed_in(&world).await;
    let signed_in_at = now().as_second();
    let later = world.bridge_later(SignedDuration::from_mins(3));
    let begun = ask(&later, &[("prompt", "login")], "").await;
    let ours = cookies(&begun).join("; ");
    // The browser leaves out the way over the sign-out.
    let resumed = Call::get("/gosuslugi/anew")
        .header("cookie", &ours)
        .send(&later)
        .await;
    let passed = at_esia(&world, resumed.location(), &esia).await;
    let refused = callback(&later, &way_back(&passed), &ours).await;
    assert_eq!((refused.status.as_u16(), refused.location()), (422, ""));
    assert!(refused.text.contains("Нужен новый вход"), "{}", refused.text);
    // Where a new one was not asked for it passes, and the token tells how old it is.
    let begun = ask(&later, &[], "").await;
    let ours = cookies(&begun).join("; ");
    let passed = at_esia(&world, begun.location(), &esia).await;
    let back = callback(&later, &way_back(&passed), &ours).await;
    let told = auth_time(&later, &back).await;
    assert!(told <= signed_in_at, "{told}");
    let subject = Subject::of_account(HASH_KEY.as_bytes(), &PARENT.to_string());
    let account = world.rosters.account(&subject).await.expect("an answer");
    let noted = account.expect("an account").signed_in_at.expect("a moment");
    assert_eq!(noted.as_second(), told, "the registry tells the trigger the same");
}

#[tokio::test]
async fn a_sign_in_goes_on_only_in_the_browser_that_began_it() {
    let world = World::new().await;
    let bridge = world.bridge();
    let begun = ask(&bridge, &[("prompt", "login")], "").await;
    let ours = cookies(&begun);
    let resume = async |cookie: &str| {
        let call = Call::get("/gosuslugi/anew").header("cookie", cookie);
        call.send(&bridge).await.status.as_u16()
    };
    assert_eq!(resume("").await, 422);
    let other = format!("__Host-gosuslugi={}; {}", "A".repeat(43), ours[1]);
    assert_eq!(resume(&other).await, 422);
    assert_eq!(resume(&ours.join("; ")).await, 303);
}

#[tokio::test]
async fn going_on_costs_one_get() {
    let world = World::new().await;
    // The bare router: the layer around every function meters for itself.
    let bridge = gosuslugi::router(world.app(Clock::System));
    let (begun, used) = metered(ask(&bridge, &[("prompt", "login")], "")).await;
    assert!(used.calls == 1 && used.units <= 4.0, "{used:?}");
    let ours = cookies(&begun).join("; ");
    let resumed = Call::get("/gosuslugi/anew").header("cookie", &ours);
    let (answer, used) = metered(resumed.send(&bridge)).await;
    assert_eq!(answer.status, 303);
    assert!(used.calls == 1 && used.units <= 2.0, "{used:?}");
}
