//! Sessions that are not valid, forms that outlive them, changes from elsewhere.

use serde_json::{Value, json};
use testkit::{Call, PERIOD};

use crate::world::World;

#[tokio::test]
async fn sessions_that_are_not_valid_open_nothing() {
    let world = World::new(1).await;
    let teacher = world.school.teacher_actor();
    let spoil = |name: &str, value: Value| {
        let mut claims = world.sessions.claims(&teacher);
        claims[name] = value;
        world.sessions.signed(&claims)
    };
    let valid = world.sessions.token(&teacher);
    let (head, tail) = (&valid[..valid.len() - 9], &valid[valid.len() - 8..]);
    let other = if valid[head.len()..].starts_with('x') {
        'y'
    } else {
        'x'
    };
    let forged = format!("{head}{other}{tail}");
    let tokens = [
        spoil("exp", json!(1)),
        spoil("iss", json!("https://elsewhere.test")),
        spoil("client_id", json!("another")),
        spoil("token_use", json!("id")),
        spoil("person", json!("grp_1")),
        spoil("roles", json!("emperor")),
        forged,
        "nonsense".to_owned(),
    ];
    for token in tokens {
        let call = Call::get(&world.base()).header("authorization", &format!("Bearer {token}"));
        assert_eq!(call.send(&world.service).await.status.as_u16(), 401, "{token}");
        let call = Call::get("/journals")
            .page()
            .header("cookie", &format!("__Host-session={token}"));
        let answer = call.send(&world.service).await;
        assert_eq!(
            (answer.status.as_u16(), answer.location()),
            (303, "/identity/refresh?return_to=%2Fjournals")
        );
    }
}

#[tokio::test]
async fn a_form_sent_after_the_session_ended_is_not_lost() {
    let world = World::new(1).await;
    let path = format!("/journals/{}/{PERIOD}/lessons", world.school.algebra);
    let call = Call::new("POST", &path)
        .page()
        .form("date=2026-11-23&number=2&topic=%D0%94%D1%80%D0%BE%D0%B1%D0%B8");
    let answer = call.send(&world.service).await;
    assert_eq!(answer.status.as_u16(), 401);
    assert!(
        answer.text.contains(r#"name="topic" value="Дроби""#),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn a_change_from_another_site_is_refused() {
    let world = World::new(1).await;
    let path = format!("/journals/{}/{PERIOD}/lessons", world.school.algebra);
    let token = world.sessions.token(&world.school.teacher_actor());
    let call = Call::new("POST", &path)
        .header("cookie", &format!("__Host-session={token}"))
        .header("origin", "https://evil.example")
        .form("date=2026-11-23&number=2");
    assert_eq!(call.send(&world.service).await.status.as_u16(), 403);
    let journal = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    assert_eq!(journal["lessons"], json!([]));
}
