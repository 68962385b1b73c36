//! What others changed in the journals that somebody keeps.

use gradebook::{CellChange, CellValue};
use model::{Attendance, LessonKey, PersonId};
use store::metered;
use testkit::{PERIOD, moment, put};

use crate::world::World;

/// A change of a cell of the first pupil in algebra.
async fn change(world: &World, lesson: &str, number: u64, at: &str, by: PersonId, from: Option<Attendance>) {
    let value = |attendance| CellValue {
        attendance,
        ..CellValue::default()
    };
    let lesson: LessonKey = lesson.parse().expect("a lesson");
    let change = CellChange {
        journal: world.school.algebra,
        lesson,
        pupil: world.school.pupils[0],
        number,
        at: moment(at),
        by,
        by_name: "Лебедев П. И.".to_owned(),
        from: value(from),
        to: value(Some(Attendance::Ill)),
        reason: None,
        alert: None,
    };
    put(&world.journals, change).await;
}

#[tokio::test]
async fn a_teacher_reads_what_others_changed_and_neither_the_own_nor_first_entries_nor_old_ones() {
    let world = World::new(3).await;
    let (own, other) = (world.school.teacher, world.school.history_teacher);
    let absent = Some(Attendance::Absent);
    change(&world, "2026-11-16-02", 2, "2026-11-17T08:00:00Z", other, absent).await;
    change(&world, "2026-11-16-02", 3, "2026-11-18T08:00:00Z", own, absent).await;
    change(&world, "2026-11-18-01", 1, "2026-11-18T08:00:00Z", other, None).await;
    change(&world, "2026-11-09-02", 2, "2026-11-09T09:59:59Z", other, absent).await;
    let teacher = world.school.actor("teacher");
    let read = world.get(&teacher, "/api/reports/changes").await.json();
    let changes = read["changes"].as_array().expect("changes");
    assert_eq!(changes.len(), 1, "{read}");
    assert_eq!(
        (&changes[0]["before"], &changes[0]["after"]),
        (&"н".into(), &"б".into())
    );
    assert_eq!(changes[0]["name"], "Андреев Саша");
    let page = world.page(&teacher, "/reports/changes").await;
    let history = format!(
        "/journals/{}/{PERIOD}/lessons/2026-11-16-02/cells/{}",
        world.school.algebra, world.school.pupils[0]
    );
    assert!(
        page.text.contains(&history) && page.text.contains("17.11 11:00"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("reports-"), "{}", page.text);
    let historian = world.school.actor("teacher of another subject");
    let page = world.page(&historian, "/reports/changes").await;
    assert!(page.text.contains("никто, кроме вас"), "{}", page.text);
    for stranger in ["head", "parent", "pupil"] {
        let stranger = world.school.actor(stranger);
        assert_eq!(
            world.get(&stranger, "/api/reports/changes").await.status.as_u16(),
            404
        );
    }
}

#[tokio::test]
async fn the_digest_is_what_one_teaches_its_groups_a_query_each_and_the_names() {
    let world = World::new(3).await;
    let absent = Some(Attendance::Absent);
    let other = world.school.history_teacher;
    change(&world, "2026-11-16-02", 2, "2026-11-17T08:00:00Z", other, absent).await;
    let (answer, used) = metered(world.get(&world.school.actor("teacher"), "/api/reports/changes")).await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    assert!(used.calls == 4 && used.units <= 2.0, "{used:?}");
}

#[tokio::test]
async fn however_many_changes_there_are_the_portions_lead_to_the_first_of_them() {
    let world = World::new(3).await;
    let absent = Some(Attendance::Absent);
    let (own, other) = (world.school.teacher, world.school.history_teacher);
    for number in 0..260u64 {
        let by = if number % 4 == 0 { own } else { other };
        let (hour, minute) = (8 + number / 60, number % 60);
        let at = format!("2026-11-17T{hour:02}:{minute:02}:00Z");
        change(&world, "2026-11-16-02", number + 2, &at, by, absent).await;
    }
    let teacher = world.school.actor("teacher");
    let (mut path, mut seen) = ("/api/reports/changes".to_owned(), vec![]);
    let mut portions = 0;
    loop {
        let (read, used) = metered(world.get(&teacher, &path)).await;
        assert!(used.calls == 4 && used.units <= 7.0, "{used:?}");
        let read = read.json();
        let changes = read["changes"].as_array().expect("changes").clone();
        seen.extend(
            changes
                .iter()
                .map(|change| change["at"].as_str().expect("a moment").to_owned()),
        );
        portions += 1;
        match read["next"].as_str() {
            Some(next) => path = format!("/api/reports/changes?until={next}"),
            None => break,
        }
    }
    assert_eq!((seen.len(), portions), (195, 3));
    assert!(seen.is_sorted_by(|a, b| a > b), "the last first, each once");
    let page = world.page(&teacher, "/reports/changes").await.text;
    let next = page
        .split("/reports/changes?until=")
        .nth(1)
        .expect("a link to earlier ones");
    let next = next.split('"').next().unwrap_or_default();
    let page = world
        .page(&teacher, &format!("/reports/changes?until={next}"))
        .await
        .text;
    assert!(
        page.contains("Более ранние") && page.contains("К последним"),
        "{page}"
    );
    let wrong = world.get(&teacher, "/api/reports/changes?until=yesterday").await;
    assert_eq!(wrong.status.as_u16(), 422);
}
