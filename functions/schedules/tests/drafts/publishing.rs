//! Publishing: from a Monday, once, whoever else publishes or imports.

use jiff::civil::date;
use model::Week;
use schedules::import::carry_out;
use serde_json::json;
use timetables::{Owner, Timetable, Timetables};

use crate::{
    school::{TIMETABLE, group, message, person, running::Running, with_timetable},
    world::{class, deputy, draft, edit, form, lesson, publish, start},
};

const NEXT: &str = "2026-11-30";

async fn in_force(running: &Running, owner: Owner, day: jiff::civil::Date) -> Option<Timetable> {
    let weeks = Timetables::new(running.school.schedules.clone());
    weeks
        .plan(owner, &[], Week::of(day))
        .await
        .expect("a read")
        .timetable
}

fn places(week: Option<&Timetable>) -> Vec<(u8, u8)> {
    let slots = week.map(|week| week.slots.as_slice()).unwrap_or_default();
    slots
        .iter()
        .map(|slot| (slot.weekday.number(), slot.number))
        .collect()
}

/// A draft of the published week in which the algebra of Wednesday is moved to Friday.
async fn with_moved_algebra(running: &Running, from: &str) -> String {
    let id = draft(running, "published", from).await;
    let stands = class(running, &id, "7a").await["lessons"].clone();
    let was = stands
        .as_array()
        .expect("lessons")
        .iter()
        .find(|lesson| lesson["day"] == 3)
        .expect("a lesson")
        .clone();
    let mut now = was.clone();
    now["day"] = json!(5);
    let moved = edit(running, &id, &was, &now).await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    id
}

#[tokio::test]
async fn a_published_draft_holds_from_its_monday_and_the_week_before_until_then() {
    let running = start().await;
    let id = with_moved_algebra(&running, NEXT).await;
    let preview = running
        .page(&deputy(), &format!("/schedules/drafts/{id}/publication"))
        .await
        .text;
    assert!(
        preview.contains("Перенесено") && preview.contains("Ещё у 1"),
        "{preview}"
    );
    let answer = publish(&running, &id, NEXT).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["state"].as_str()),
        (200, Some("published")),
        "{}",
        answer.text
    );
    let (before, after) = (date(2026, 11, 23), date(2026, 12, 2));
    for owner in [
        Owner::Class(group("7a")),
        Owner::Teacher(person("t1")),
        Owner::Group(group("7a-alg")),
    ] {
        let old = in_force(&running, owner, before).await;
        let new = in_force(&running, owner, after).await;
        assert!(
            places(old.as_ref()).contains(&(3, 2)) && !places(old.as_ref()).contains(&(5, 2)),
            "{owner:?}"
        );
        assert!(
            places(new.as_ref()).contains(&(5, 2)) && !places(new.as_ref()).contains(&(3, 2)),
            "{owner:?}"
        );
        assert_eq!(
            new.and_then(|week| week.from),
            Some(date(2026, 11, 30)),
            "{owner:?}"
        );
    }
    // Who teaches elsewhere keeps those lessons, and whose week stays has no second version.
    let painter = in_force(&running, Owner::Teacher(person("t1")), after)
        .await
        .expect("a week");
    assert!(painter.slots.iter().any(|slot| slot.group == group("art-paint")));
    let untouched = in_force(&running, Owner::Class(group("1a")), after)
        .await
        .expect("a week");
    assert_eq!((untouched.from, untouched.until), (None, None));
    let page = running
        .page(&deputy(), &format!("/schedules/drafts/{id}/publication"))
        .await
        .text;
    assert!(page.contains("опубликовано и действует с"), "{page}");
}

#[tokio::test]
async fn a_published_draft_stays_as_it_is_and_publishing_it_again_changes_nothing() {
    let running = start().await;
    let id = with_moved_algebra(&running, NEXT).await;
    assert_eq!(publish(&running, &id, NEXT).await.status, 200);
    let first = in_force(&running, Owner::Class(group("7a")), date(2026, 12, 2)).await;
    let again = publish(&running, &id, NEXT).await;
    assert_eq!(
        (again.status.as_u16(), again.json()["state"].as_str()),
        (200, Some("published"))
    );
    assert_eq!(
        in_force(&running, Owner::Class(group("7a")), date(2026, 12, 2)).await,
        first
    );
    let late = edit(&running, &id, &json!(null), &lesson("7a-alg", 2, 1, "")).await;
    assert_eq!(
        (late.status.as_u16(), late.json()["code"].as_str()),
        (409, Some("draft_closed"))
    );
}

#[tokio::test]
async fn of_two_who_publish_at_once_both_end_well() {
    let running = start().await;
    for _ in 0..4 {
        let id = with_moved_algebra(&running, NEXT).await;
        let other = draft(&running, "published", NEXT).await;
        let (one, two, three) = tokio::join!(
            publish(&running, &id, NEXT),
            publish(&running, &id, NEXT),
            publish(&running, &other, NEXT)
        );
        for answer in [&one, &two, &three] {
            let told = answer.status == 409
                && ["publication_under_way", "draft_changed", "conflict"]
                    .contains(&answer.json()["code"].as_str().expect("a code"));
            assert!(answer.status == 200 || told, "{}", answer.text);
        }
        assert!([&one, &two, &three].iter().any(|answer| answer.status == 200));
        // Whoever was told tries again, and then both are published.
        for draft in [&id, &other] {
            assert_eq!(publish(&running, draft, NEXT).await.status, 200);
        }
        let state = running
            .api(&deputy(), &format!("/api/schedules/drafts/{id}"))
            .await
            .json();
        assert_eq!(state["state"], "published");
        // Back to the first week for the next round.
        let clock = running.sessions.clock();
        carry_out(
            &running.school.stores(),
            clock,
            &message(next_import()),
            &with_timetable(TIMETABLE),
        )
        .await
        .expect("an import");
    }
}

/// A new number for an import: one that has its report is not carried out again.
fn next_import() -> u128 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1_000);
    u128::from(NEXT.fetch_add(1, Ordering::Relaxed))
}

#[tokio::test]
async fn an_import_after_publishing_changes_the_new_week_and_not_the_one_before() {
    let running = start().await;
    let id = with_moved_algebra(&running, NEXT).await;
    assert_eq!(publish(&running, &id, NEXT).await.status, 200);
    let changed = TIMETABLE.replace("7a-alg,3,2,214,a", "7a-alg,4,1,214,a");
    let done = carry_out(
        &running.school.stores(),
        running.sessions.clock(),
        &message(9),
        &with_timetable(&changed),
    )
    .await
    .expect("an import");
    assert_eq!(done.report.totals().refused, 0);
    let owner = Owner::Class(group("7a"));
    let old = in_force(&running, owner, date(2026, 11, 23)).await;
    let new = in_force(&running, owner, date(2026, 12, 2))
        .await
        .expect("a week");
    assert!(places(old.as_ref()).contains(&(3, 2)));
    assert!(places(Some(&new)).contains(&(4, 1)) && !places(Some(&new)).contains(&(5, 2)));
    assert_eq!(new.from, Some(date(2026, 11, 30)));
}

#[tokio::test]
async fn what_was_published_last_can_be_published_over_but_not_before() {
    let running = start().await;
    let later = with_moved_algebra(&running, "2026-12-07").await;
    let sooner = draft(&running, "empty", NEXT).await;
    assert_eq!(publish(&running, &later, "2026-12-07").await.status, 200);
    let refused = publish(&running, &sooner, NEXT).await;
    assert_eq!(
        (refused.status.as_u16(), refused.json()["code"].as_str()),
        (422, Some("later_published"))
    );
    let past = publish(&running, &sooner, "2026-11-16").await;
    assert_eq!(past.json()["code"], "publish_in_past");
    // For the same Monday: an empty timetable takes all lessons away from then on.
    assert_eq!(publish(&running, &sooner, "2026-12-07").await.status, 200);
    let owner = Owner::Class(group("7a"));
    assert_eq!(
        places(in_force(&running, owner, date(2026, 12, 8)).await.as_ref()),
        []
    );
    assert_eq!(
        places(in_force(&running, owner, date(2026, 12, 1)).await.as_ref()).len(),
        4
    );
    let teacher = in_force(&running, Owner::Teacher(person("t1")), date(2026, 12, 8))
        .await
        .expect("a week");
    assert_eq!(places(Some(&teacher)), [(1, 1)], "the art school's lesson stays");
}

#[tokio::test]
async fn a_draft_with_conflicts_or_changed_since_it_was_looked_at_is_not_published() {
    let running = start().await;
    // An imported timetable may put one teacher into two lessons at once.
    let double = TIMETABLE.replace("7a-eng1,1,2,301,*,t3", "7a-eng1,1,2,301,*,t2");
    let clock = running.sessions.clock();
    carry_out(
        &running.school.stores(),
        clock,
        &message(5),
        &with_timetable(&double),
    )
    .await
    .expect("an import");
    let id = draft(&running, "published", NEXT).await;
    let refused = publish(&running, &id, NEXT).await;
    assert_eq!(
        (refused.status.as_u16(), refused.json()["code"].as_str()),
        (422, Some("timetable_conflict"))
    );
    assert_eq!(refused.json()["lessons"].as_array().map(Vec::len), Some(2));
    let page = running
        .page(&deputy(), &format!("/schedules/drafts/{id}/publication"))
        .await
        .text;
    assert!(
        page.contains("2 урока с накладками") && page.contains("Давняя"),
        "{page}"
    );
    let body = format!("from={NEXT}&revision=0");
    let stale = form(
        &running,
        &deputy(),
        &format!("/schedules/drafts/{id}/publication"),
        &body,
    )
    .await;
    assert_eq!(stale.status, 409, "{}", stale.text);
}

#[tokio::test]
async fn a_new_draft_takes_the_week_that_held_on_a_date() {
    let running = start().await;
    let id = with_moved_algebra(&running, NEXT).await;
    assert_eq!(publish(&running, &id, NEXT).await.status, 200);
    for (day, expected) in [("2026-11-25", 3), ("2026-12-02", 5)] {
        let body = json!({ "institution": crate::school::school(), "title": "Снова", "from": "2027-01-11",
            "source": "published", "date": day });
        let made = crate::world::post(&running, &deputy(), "/api/schedules/drafts", &body)
            .await
            .json();
        let made = class(&running, made["draft"].as_str().expect("an id"), "7a").await;
        let lessons = made["lessons"].as_array().expect("lessons");
        let days: Vec<_> = lessons
            .iter()
            .filter(|lesson| lesson["cycle"] == "a")
            .map(|lesson| lesson["day"].as_u64())
            .collect();
        assert_eq!(days, [Some(expected)], "{day}");
    }
}
