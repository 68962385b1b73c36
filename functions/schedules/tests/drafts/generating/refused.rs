//! Generations that are not begun.

use serde_json::json;

use super::{ask, message, revision, school, state, with_hours};
use crate::{
    queued::sent,
    world::{deputy, draft, form, post},
};

#[tokio::test]
async fn what_cannot_be_asked_for_is_refused_and_nothing_is_sent() {
    let (running, storage) = school().await;
    let id = with_hours(&running).await;
    let path = format!("/api/schedules/drafts/{id}/generation");
    let seen = revision(&running, &id).await;
    for (change, status, code) in [
        (json!({ "revision": 1 }), 409, "generation_draft_changed"),
        (json!({ "minutes": 13 }), 422, "invalid"),
        (json!({ "minutes": 0 }), 422, "invalid"),
        (json!({ "days": 7 }), 422, "invalid"),
    ] {
        let mut body = json!({ "revision": seen, "mode": "anew" });
        body.as_object_mut()
            .expect("an object")
            .extend(change.as_object().expect("an object").clone());
        let answer = post(&running, &deputy(), &path, &body).await;
        assert_eq!(
            (answer.status.as_u16(), answer.json()["code"].as_str()),
            (status, Some(code)),
            "{}",
            answer.text
        );
    }
    let empty = draft(&running, "empty", "2026-11-30").await;
    let answer = ask(&running, &empty, "anew").await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["code"].as_str()),
        (422, Some("generation_nothing"))
    );
    assert_eq!(state(&running, &id).await["state"], "none");
    assert_eq!(sent(&storage).await, Vec::<String>::new());
    let page = running
        .page(&deputy(), &format!("/schedules/drafts/{id}/generation"))
        .await
        .text;
    let page = page.replace('\u{a0}', " ");
    for part in [
        "По плану в неделю: 10 уроков",
        "name=\"mode\" value=\"anew\" checked",
        "name=\"seed\"",
        "до 10 минут",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let wrong = format!("revision={}&mode=anew&days=5&minutes=2&seed=x", seen);
    let answer = form(
        &running,
        &deputy(),
        &format!("/schedules/drafts/{id}/generation"),
        &wrong,
    )
    .await;
    assert_eq!(answer.status, 422, "{}", answer.text);
    let right = format!("revision={seen}&mode=anew&days=5&minutes=2&seed=");
    let answer = form(
        &running,
        &deputy(),
        &format!("/schedules/drafts/{id}/generation"),
        &right,
    )
    .await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(sent(&storage).await, [message(&id)]);
}
