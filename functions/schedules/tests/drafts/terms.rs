//! When teachers cannot teach.

use serde_json::json;

use crate::world::{deputy, draft, edit, form, kinds, lesson, start};

#[tokio::test]
async fn all_hours_at_which_a_teacher_cannot_teach_are_said_at_once() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let teacher = crate::school::person("t1");
    let (view, terms) = (
        format!("view=teacher%3D{teacher}&teacher={teacher}&hours=all"),
        format!("/schedules/drafts/{id}/terms"),
    );
    let said = form(
        &running,
        &deputy(),
        &terms,
        &format!("{view}&closed=2-1&closed=5-2"),
    )
    .await;
    assert_eq!(said.status, 303, "{}", said.text);
    let page = running
        .page(&deputy(), &format!("/schedules/drafts/{id}?teacher={teacher}"))
        .await
        .text;
    for (hour, is_closed) in [("2-1", true), ("5-2", true), ("3-1", false)] {
        let before = page
            .split(&format!("name=\"closed\" value=\"{hour}\""))
            .nth(1)
            .expect("a box");
        let rest = before.split('>').next().expect("the rest of the box");
        assert_eq!(rest.contains("checked"), is_closed, "{hour}: {rest}");
    }
    let refused = edit(&running, &id, &json!(null), &lesson("7a-alg", 2, 1, "")).await;
    assert_eq!(kinds(&refused), ["teacher_unavailable"]);
    // Those that are not named any more are free again.
    assert_eq!(form(&running, &deputy(), &terms, &view).await.status, 303);
    assert_eq!(
        edit(&running, &id, &json!(null), &lesson("7a-alg", 2, 1, ""))
            .await
            .status,
        200
    );
    let away = form(&running, &deputy(), &terms, &format!("{view}&closed=2-1")).await;
    assert!(away.text.contains("не может вести уроки"), "{}", away.text);
    let wrong = form(&running, &deputy(), &terms, &format!("{view}&closed=9-1")).await;
    assert_eq!(wrong.status, 422);
}
