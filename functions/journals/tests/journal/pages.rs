//! The pages, as teachers without scripts meet them.

use testkit::{Call, PERIOD};

use crate::world::{LESSON, World};

#[tokio::test]
async fn a_column_is_saved_as_a_form_and_what_is_refused_comes_back_in_its_field() {
    let world = World::new(3).await;
    world.open(LESSON).await;
    let [a, b, c] = [0, 1, 2].map(|pupil| world.school.pupils[pupil]);
    let path = format!(
        "/journals/{}/{PERIOD}/lessons/{LESSON}/cells",
        world.school.algebra
    );
    let field = |pupil, entry: &str| format!("&entry-{pupil}={entry}&was-{pupil}=&version-{pupil}=0");
    let body = format!("work=1{}{}{}", field(a, "5"), field(b, "7"), field(c, ""));
    let answer = world.form(&world.school.teacher_actor(), &path, &body).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert!(
        answer.text.contains("Можно поставить 1–5"),
        "the refused field says what is possible"
    );
    assert!(answer.text.contains(r#"value="7""#), "what was typed is not lost");
    assert_eq!(
        (world.entry(0).await.as_str(), world.entry(1).await.as_str()),
        ("5", "")
    );
    let body = format!("work=1{}", field(b, "3"));
    let answer = world.form(&world.school.teacher_actor(), &path, &body).await;
    assert_eq!(answer.status.as_u16(), 303);
    assert_eq!(world.entry(1).await, "3");
}

#[tokio::test]
async fn the_pages_show_what_stands_in_the_journal() {
    let world = World::new(2).await;
    world.open(LESSON).await;
    world.set(0, 0, "5").await;
    let teacher = world.school.teacher_actor();
    let page = |path: String| {
        Call::get(&path)
            .session(&world.sessions, &teacher)
            .send(&world.service)
    };
    let journal = format!("/journals/{}", world.school.algebra);
    assert_eq!(
        page(journal.clone()).await.location(),
        format!("{journal}/{PERIOD}")
    );
    let grid = page(format!("{journal}/{PERIOD}")).await;
    assert!(
        grid.text.contains(r#"data-v="1">5</td>"#) && grid.text.contains("data-writable"),
        "{}",
        grid.text
    );
    assert!(
        grid.header("content-security-policy")
            .contains("script-src 'self'")
    );
    let lesson = page(format!("{journal}/{PERIOD}/lessons/{LESSON}")).await;
    assert!(
        lesson.text.contains("понедельник, 23\u{a0}ноября, 2-й урок"),
        "{}",
        lesson.text
    );
    let average = page(format!("{journal}/{PERIOD}/pupils/{}", world.school.pupils[0])).await;
    assert!(average.text.contains("(5×1) / 1 = 5,00"), "{}", average.text);
    assert!(page("/journals".to_owned()).await.text.contains("Алгебра"));
}
