//! Workers that die in the middle of a search, and those that follow them.

use super::{ask, message, placed, school, state, stop, with_hours};
use crate::{
    queued::{deliver, jobs, jobs_at},
    school::running::Running,
    world::class,
};

/// Waits until a worker has kept the best timetable so far.
async fn kept(running: &Running, draft: &str) {
    let key = store::Key {
        pk: format!("GENERATION#{draft}"),
        sk: "BEST".to_owned(),
    };
    for _ in 0..200 {
        let found = running.school.schedules.get_untyped(&key).await;
        if found.expect("a read").is_some() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no timetable was kept");
}

/// A draft whose first worker has died in the middle of its search. The thread of the search goes on for some seconds: it
/// cannot be killed.
async fn orphaned(running: &Running) -> String {
    let id = with_hours(running).await;
    assert_eq!(ask(running, &id, "anew").await.status, 200);
    let first = jobs(running).with_steps_per_lesson(400_000);
    let body = message(&id);
    tokio::select! {
        _ = deliver(&first, &body) => panic!("the first worker was to die"),
        () = kept(running, &id) => {}
    }
    assert_eq!(state(running, &id).await["state"], "running");
    id
}

#[tokio::test]
async fn a_worker_that_dies_is_followed_by_another_once_it_has_been_silent() {
    let (running, _storage) = school().await;
    let id = orphaned(&running).await;
    let body = message(&id);
    let early = jobs_at(&running, "2026-11-23T06:27:00Z").with_steps_per_lesson(200);
    assert_eq!(deliver(&early, &body).await, 0);
    let still = state(&running, &id).await;
    assert_eq!(still["state"], "running", "the first may still be alive");
    let late = jobs_at(&running, "2026-11-23T06:30:00Z").with_steps_per_lesson(200);
    assert_eq!(deliver(&late, &body).await, 0);
    let done = state(&running, &id).await;
    let placed_of = (done["state"].as_str(), done["run"]["placed"].as_u64());
    assert_eq!(placed_of, (Some("done"), Some(10)), "{done}");
    assert!(
        done["run"]["penalty"].as_i64() <= still["run"]["penalty"].as_i64(),
        "{done} {still}"
    );
    assert_eq!(placed(&class(&running, &id, "7a").await), 9);
}

#[tokio::test]
async fn what_a_dead_worker_has_found_is_taken_if_that_is_enough() {
    let (running, _storage) = school().await;
    let id = orphaned(&running).await;
    assert_eq!(stop(&running, &id, "finish").await["state"], "running");
    // Were it not for what was found, this search would not end within the test.
    let late = jobs_at(&running, "2026-11-23T06:30:00Z").with_steps_per_lesson(u64::MAX / 1000);
    assert_eq!(deliver(&late, &message(&id)).await, 0);
    let done = state(&running, &id).await;
    let placed_of = (done["state"].as_str(), done["run"]["placed"].as_u64());
    assert_eq!(placed_of, (Some("done"), Some(10)), "{done}");
}
