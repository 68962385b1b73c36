//! The norms beside the grid: of the lessons that stand in the draft, not of the published ones.

use serde_json::json;

use crate::{
    costs::large_school,
    school::group,
    world::{deputy, draft, edit, lesson},
};

#[tokio::test]
async fn the_editor_tells_which_norms_a_class_breaks_and_leads_to_the_cells() {
    let running = large_school().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let path = format!("/schedules/drafts/{id}?class={}", group("7a"));
    let untouched = running.page(&deputy(), &path).await.text;
    assert!(!untouched.contains("Нормы для этого класса"), "{untouched}");
    // An empty hour between two lessons.
    for number in [1, 3] {
        let put = edit(&running, &id, &json!(null), &lesson("7a-alg", 2, number, "")).await;
        assert_eq!(put.status, 200, "{}", put.text);
    }
    let page = running.page(&deputy(), &path).await.text;
    for part in [
        "Нормы для этого класса",
        "Проверьте",
        "СП 2.4.3648-20",
        "3.4.16",
        "href=\"#c2-1\"",
        "href=\"#c2-3\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let other = running
        .page(
            &deputy(),
            &format!("/schedules/drafts/{id}?class={}", group("1a")),
        )
        .await
        .text;
    assert!(!other.contains("Нормы для этого класса"), "{other}");
}
