//! Substitutions from the form to the weeks of all concerned.

mod school;

use jiff::civil::date;
use model::{PersonId, Role, Weekday};
use school::{
    changes::{algebra, assign, change_path, deputy, english, post, put, third_teacher},
    group, known_before, person,
    running::{Running, actor, at, class_path, pupil, teacher},
};
use serde_json::{Value, json};
use store::{Stored, Write};
use testkit::Call;
use timetables::{
    ChangeEdit, Concerned, DatedLesson, LessonChange, Owner, Slot, Timetable, WeekChanges, WeekCycle,
};

#[tokio::test]
async fn a_cover_by_the_form_shows_in_the_weeks_of_the_class_and_of_both_teachers() {
    let running = Running::start().await;
    let lessons = running
        .page(
            &deputy(),
            &format!("/schedules/substitutions?absent={}", person("t1")),
        )
        .await;
    assert_eq!(lessons.status, 200, "{}", lessons.text);
    for part in ["Алгебрина", "Инглишева", "assign:", "1 урок", "1-й урок"] {
        assert!(lessons.text.contains(part), "{part}: {}", lessons.text);
    }
    // Whoever teaches first-graders then is not free.
    assert!(!lessons.text.contains(&format!("assign:{}", known_before())));
    let form = format!(
        "version=0&action=assign%3A{}&note=%D0%B1%D0%BE%D0%BB%D0%B5%D0%B7%D0%BD%D1%8C&back=date%3D2026-11-23",
        person("t3")
    );
    let done = post(&running, &deputy(), &algebra(), &form).await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(done.location(), "/schedules/substitutions?date=2026-11-23&done=1");
    let page = running.page(&deputy(), done.location()).await.text;
    assert!(page.contains("Сохранено") && page.contains("болезнь"), "{page}");

    let week = running.api(&pupil(), &class_path("7a")).await.json();
    let lesson = &week["days"][0]["lessons"][0];
    assert_eq!(
        (&lesson["teacher"], &lesson["change"]["kind"]),
        (&json!("Инглишева\u{a0}А.\u{a0}П."), &json!("replaced"))
    );
    let page = running
        .page(&pupil(), &class_path("7a").replace("/api", ""))
        .await
        .text;
    assert!(page.contains("замена"), "{page}");
    let new = running.page(&third_teacher(), "/schedules/today").await.text;
    assert!(new.contains("Алгебра") && new.contains("замена"), "{new}");
    let old = running.page(&teacher(), "/schedules/today").await.text;
    assert!(
        old.contains("ведёт другой учитель") && old.contains("Инглишева"),
        "{old}"
    );
    let back = post(&running, &deputy(), &algebra(), "version=1&action=take_back").await;
    assert_eq!(back.status, 303, "{}", back.text);
    let week = running.api(&pupil(), &class_path("7a")).await.json();
    assert_eq!(week["days"][0]["lessons"][0]["change"], Value::Null);
}

#[tokio::test]
async fn the_api_changes_over_the_version_that_was_seen_and_tells_what_stands() {
    let running = Running::start().await;
    let without = Call::new("PUT", &change_path(&algebra()))
        .json(&json!({ "action": "cancel" }))
        .bearer(&running.sessions, &deputy())
        .send(&running.service)
        .await;
    assert_eq!(without.status, 428);
    let done = put(&running, &algebra(), 0, &json!({ "action": "cancel" })).await;
    assert_eq!((done.status.as_u16(), done.header("etag")), (200, "\"1\""));
    assert_eq!(done.json()["kind"], "cancelled");
    let late = put(&running, &algebra(), 0, &assign(person("t3"))).await;
    assert_eq!(late.status, 409);
    let late = late.json();
    assert_eq!(
        (
            &late["code"],
            &late["current"]["kind"],
            &late["current"]["version"]
        ),
        (&json!("substitution_stale"), &json!("cancelled"), &json!(1))
    );
    let covered = put(&running, &algebra(), 1, &assign(person("t3"))).await;
    assert_eq!(covered.header("etag"), "\"2\"", "{}", covered.text);
    let clash = put(&running, &algebra(), 2, &assign(known_before())).await;
    assert_eq!(clash.status, 409);
    let clash = clash.json();
    assert_eq!(
        (
            &clash["clashes"][0]["what"],
            &clash["clashes"][0]["lesson"]["subject"]
        ),
        (&json!("teacher"), &json!("Чтение"))
    );
    let listed = running
        .api(&deputy(), &change_path("").replace("/changes/", "/changes"))
        .await;
    assert_eq!(listed.header("etag"), "\"2\"", "two edits of the week");
    let listed = listed.json();
    assert_eq!(
        (&listed["monday"], &listed["changes"][0]["held"]["teacher"]),
        (&json!("2026-11-23"), &json!(person("t3")))
    );
    let back = Call::new("DELETE", &change_path(&algebra()))
        .header("if-match", "\"2\"")
        .bearer(&running.sessions, &deputy())
        .send(&running.service)
        .await;
    assert_eq!(
        (back.status.as_u16(), back.json()["version"].as_u64()),
        (200, Some(0))
    );
}

#[tokio::test]
async fn a_lesson_moves_into_another_week_and_stands_in_both() {
    let running = Running::start().await;
    let to = json!({ "action": "move", "date": "2026-12-01", "number": 2 });
    let moved = put(&running, &algebra(), 0, &to).await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    assert_eq!(moved.json()["held"]["start"], "09:20");
    let week = running.api(&pupil(), &class_path("7a")).await.json();
    assert_eq!(week["days"][0]["lessons"][0]["change"]["kind"], "moved_away");
    let next = running
        .api(&pupil(), &format!("{}?date=2026-12-01", class_path("7a")))
        .await
        .json();
    let lesson = &next["days"][1]["lessons"][0];
    assert_eq!(
        (&lesson["number"], &lesson["change"]["kind"]),
        (&json!(2), &json!("moved_here"))
    );
    // From there it goes on to a third week, and the second one forgets it.
    let on = json!({ "action": "move", "date": "2026-12-08", "number": 2 });
    assert_eq!(put(&running, &algebra(), 1, &on).await.status, 200);
    let next = running
        .api(&pupil(), &format!("{}?date=2026-12-01", class_path("7a")))
        .await
        .json();
    assert_eq!(next["days"][1]["lessons"], json!([]));
}

#[tokio::test]
async fn subgroups_are_merged_and_lessons_swapped() {
    let running = Running::start().await;
    let merge = json!({ "action": "merge", "with": english(2) });
    let merged = put(&running, &english(1), 0, &merge).await;
    assert_eq!(merged.status, 200, "{}", merged.text);
    assert_eq!(merged.json()["held"]["room"], "302");
    let day = running
        .api(
            &actor(known_before(), &[at(Role::Teacher, school::school())]),
            "/api/schedules/today",
        )
        .await
        .json();
    let subgroups = day["lessons"].as_array().expect("lessons").iter();
    assert_eq!(subgroups.filter(|lesson| lesson["number"] == 2).count(), 2);
    let swap = json!({ "action": "swap", "with": english(1), "with_version": 1 });
    // The subgroups stay where they are, so the whole class is not free at their hour.
    let refused = put(&running, &algebra(), 0, &swap).await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    let wednesday = format!("2026-11-25-02-{}", group("7a-alg"));
    let swap = json!({ "action": "swap", "with": wednesday });
    let swapped = put(&running, &algebra(), 0, &swap).await;
    assert_eq!(swapped.status, 200, "{}", swapped.text);
    let week = running.api(&pupil(), &class_path("7a")).await.json();
    let kinds = |day: usize| -> Vec<String> {
        let lessons = week["days"][day]["lessons"].as_array().expect("lessons").iter();
        lessons
            .filter(|lesson| lesson["subject"] == "Алгебра")
            .map(|lesson| lesson["change"]["kind"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(kinds(0), ["moved_away", "moved_here"]);
    assert_eq!(kinds(2).len(), 2);
}

#[tokio::test]
async fn of_two_who_give_one_teacher_two_lessons_at_once_one_is_refused() {
    let running = Running::start().await;
    let reading = format!("2026-11-23-01-{}", group("1a-read"));
    let (first, second) = (algebra(), reading);
    for round in 0..4u64 {
        let body = assign(person("t3"));
        let (one, other) = tokio::join!(put(&running, &first, 0, &body), put(&running, &second, 0, &body));
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}: {} {}", one.text, other.text);
        let (won, refused) = if one.status == 200 {
            (&first, &other)
        } else {
            (&second, &one)
        };
        assert_eq!(refused.json()["clashes"][0]["what"], "teacher");
        let back = put(&running, won, 1, &json!({ "action": "take_back" })).await;
        assert_eq!(back.status, 200);
    }
}

#[tokio::test]
async fn the_sheet_tells_each_class_and_each_teacher_what_is_changed() {
    let running = Running::start().await;
    put(&running, &algebra(), 0, &assign(person("t3"))).await;
    put(
        &running,
        &english(2),
        0,
        &json!({ "action": "cancel", "note": "карантин" }),
    )
    .await;
    let sheet = running
        .page(&third_teacher(), "/schedules/substitutions/sheet")
        .await;
    assert_eq!(sheet.status, 200);
    for part in [
        "Замены: понедельник, 23\u{a0}ноября",
        "Школа № 12",
        "По классам",
        "По учителям",
        "Алгебра, Инглишева\u{a0}А.\u{a0}П.",
        "по расписанию — Алгебрина\u{a0}А.\u{a0}П.",
        "ведёт Инглишева\u{a0}А.\u{a0}П.",
        "отменён",
        "карантин",
    ] {
        let text = sheet.text.replace("23 ноября", "23\u{a0}ноября");
        assert!(text.contains(part), "{part}: {text}");
    }
    // A teacher reads it; the way to change it is the deputy head's.
    assert!(!sheet.text.contains("href=\"/schedules/substitutions?"));
    let empty = running
        .page(&third_teacher(), "/schedules/substitutions/sheet?date=2026-11-24")
        .await
        .text;
    assert!(empty.contains("изменений нет"), "{empty}");
}

#[tokio::test]
async fn a_teacher_who_also_works_elsewhere_is_busy_there_too() {
    let running = Running::start().await;
    // Painting is moved into the hour of English.
    let painting = Slot {
        weekday: Weekday::of(date(2026, 11, 23)),
        number: 1,
        start: jiff::civil::time(15, 30, 0, 0),
        end: jiff::civil::time(16, 10, 0, 0),
        cycle: WeekCycle::Every,
        group: group("art-paint"),
        subject: "Живопись".to_owned(),
        title: "Живопись".to_owned(),
        teacher: Some(person("t1")),
        teacher_name: "Алгебрина\u{a0}А.\u{a0}П.".to_owned(),
        room: String::new(),
    };
    let free = put(&running, &english(1), 0, &assign(person("t1"))).await;
    assert_eq!(free.status, 200, "{}", free.text);
    put(&running, &english(1), 1, &json!({ "action": "take_back" })).await;
    let moved = Slot {
        number: 2,
        start: jiff::civil::time(9, 0, 0, 0),
        end: jiff::civil::time(9, 40, 0, 0),
        ..painting.clone()
    };
    let change = LessonChange {
        before: Some(DatedLesson::of(date(2026, 11, 23), &painting)),
        after: Some(DatedLesson::of(date(2026, 11, 23), &moved)),
        note: String::new(),
        by: PersonId::from_bits(1),
        at: testkit::moment("2026-11-22T10:00:00Z"),
    };
    let edit = ChangeEdit {
        change,
        seen: 0,
        is_removed: false,
    };
    let of = Concerned::Week(Owner::Teacher(person("t1")));
    let week = model::Week::of(date(2026, 11, 23));
    let write = WeekChanges::edit(of, week, &[edit], None).expect("a write");
    running
        .school
        .schedules
        .write(vec![write])
        .await
        .expect("written");
    let busy = put(&running, &english(1), 0, &assign(person("t1"))).await;
    assert_eq!(busy.status, 409, "{}", busy.text);
    assert_eq!(busy.json()["clashes"][0]["lesson"]["subject"], "Живопись");
}

#[tokio::test]
async fn a_week_that_was_published_for_later_leaves_this_one_as_it_is() {
    let running = Running::start().await;
    let schedules = &running.school.schedules;
    let from = date(2026, 11, 30);
    for owner in [
        Owner::Class(group("7a")),
        Owner::Group(group("7a-alg")),
        Owner::Teacher(person("t1")),
    ] {
        let stored = schedules.get::<Stored<Timetable>>(&owner.key()).await;
        let stored = stored.expect("a read").expect("a week");
        let earlier = Timetable {
            until: Some(from),
            ..stored.record.clone()
        };
        let later = Timetable {
            from: Some(from),
            slots: vec![],
            ..stored.record
        };
        let writes = vec![
            Write::create(&Stored::new(earlier)).expect("a write"),
            Write::replace(&Stored::following(later, stored.version), stored.version).expect("a write"),
        ];
        schedules.write(writes).await.expect("written");
    }
    let done = put(&running, &algebra(), 0, &assign(person("t3"))).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let week = running.api(&pupil(), &class_path("7a")).await.json();
    assert_eq!(week["days"][0]["lessons"][0]["change"]["kind"], "replaced");
    let next = algebra().replace("11-23", "11-30");
    assert_eq!(put(&running, &next, 0, &assign(person("t3"))).await.status, 404);
}
