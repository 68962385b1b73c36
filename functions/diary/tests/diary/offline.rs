//! What lets the last seen week be read without a network.

use testkit::Call;

use crate::world::World;

const LINE: &str = "<p class=\"notice\" id=\"offline\" hidden>Показано по состоянию на\u{a0}23.11, 09:40: сети\u{a0}нет.</p>";

#[tokio::test]
async fn the_worker_is_given_to_everybody_and_may_hear_of_sign_outs() {
    let world = World::empty().await;
    let worker = Call::get("/diary/worker.js").send(&world.service).await;
    assert_eq!(worker.status.as_u16(), 200);
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("service-worker-allowed"), "/");
    assert!(
        worker
            .header("content-security-policy")
            .contains("script-src 'self'")
    );
    assert!(!worker.text.contains("eval") && !worker.text.contains("importScripts"));
}

#[tokio::test]
async fn a_familys_week_says_of_which_moment_it_is_and_whose_page_it_is() {
    let world = World::new().await;
    let path = format!("/diary/{}", world.child(0));
    let page = world.page("parent", &path).await;
    assert!(page.text.contains(LINE), "{}", page.text);
    // The worker shows the line by this very text.
    let worker = Call::get("/diary/worker.js").send(&world.service).await;
    assert!(worker.text.contains("'id=\"offline\" hidden'"));
    assert_eq!(page.header("diary-reader"), world.school.parent.to_string());
    assert!(page.text.contains("/diary-offline.js\""));
    assert_eq!(
        page.header("cache-control"),
        "private, no-cache",
        "no cache on the way keeps it"
    );
}

#[tokio::test]
async fn a_heads_view_of_a_diary_is_not_kept() {
    let world = World::new().await;
    let page = world.page("head", &format!("/diary/{}", world.child(0))).await;
    assert_eq!(page.status.as_u16(), 200);
    assert_eq!(page.header("diary-reader"), "");
    assert!(!page.text.contains("diary-offline.js"));
}

#[tokio::test]
async fn nothing_but_weeks_and_the_familys_page_says_whose_it_is() {
    let world = World::new().await;
    let child = world.child(0);
    for path in ["homework", "marks", "news", "day"] {
        let page = world.page("parent", &format!("/diary/{child}/{path}")).await;
        assert_eq!(
            (page.status.as_u16(), page.header("diary-reader")),
            (200, ""),
            "{path}"
        );
    }
    let json = world.api("parent", &format!("/api/diary/{child}")).await;
    assert_eq!(json.header("diary-reader"), "");
}
