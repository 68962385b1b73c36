//! What calendars show under names that stay, and what they cost.

mod school;

use std::collections::BTreeSet;

use jiff::civil::date;
use model::Role;
use school::{
    changes::{algebra, third_teacher},
    group, known_before,
    links::{ask, change, events, get, make, of_day, read, start},
    person,
    running::{Running, actor, at, of_school, parent, pupil, teacher},
};
use serde_json::json;
use testkit::Call;

#[tokio::test]
async fn a_pupils_calendar_shows_lessons_rooms_and_teachers_under_names_that_stay() {
    let running = start().await;
    let (_, path) = make(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    let first = events(&read(&running, &path).await);
    let monday = of_day(&first, "2026-11-23");
    assert_eq!(monday.len(), 3, "{monday:#?}");
    let [uid, _, status, sequence, what, place, more] = monday[0];
    assert_eq!(*uid, format!("{}@{}", algebra(), school::school()));
    assert_eq!(
        [status, sequence, what, place, more].map(String::as_str),
        [
            "CONFIRMED",
            "0",
            "Алгебра",
            "каб. 214",
            "Алгебрина\u{a0}А.\u{a0}П."
        ]
    );
    let names: BTreeSet<&String> = first.iter().map(|event| &event[0]).collect();
    assert_eq!(names.len(), first.len(), "no name twice");
    let again = get(&running, &path).await;
    assert_eq!(again.text, get(&running, &path).await.text);
    // Four weeks back, and nothing on the holiday.
    assert!(!of_day(&first, "2026-10-26").is_empty() && of_day(&first, "2026-11-04").is_empty());
}

#[tokio::test]
async fn what_changes_keeps_its_name_and_says_so() {
    let running = start().await;
    let (_, class) = make(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    let (_, old) = make(&running, &teacher(), &json!({ "kind": "teacher" })).await;
    let (_, new) = make(&running, &third_teacher(), &json!({ "kind": "teacher" })).await;
    let uid = format!("{}@{}", algebra(), school::school());
    let find = |events: Vec<[String; 7]>| events.into_iter().find(|event| event[0] == uid);
    let cover =
        json!({ "action": "assign", "teacher": person("t3"), "note": "болезнь, до среды; может быть" });
    change(&running, &algebra(), 0, &cover).await;
    let of_class = find(events(&read(&running, &class).await)).expect("the lesson");
    assert_eq!((of_class[2].as_str(), of_class[3].as_str()), ("CONFIRMED", "1"));
    assert_eq!(
        of_class[6],
        "Инглишева\u{a0}А.\u{a0}П. · замена · болезнь, до среды; может быть"
    );
    let relieved = find(events(&read(&running, &old).await)).expect("the lesson stays in sight");
    assert_eq!(relieved[2], "CANCELLED");
    assert!(
        relieved[4].starts_with("Не состоится") || relieved[6].contains("Инглишева"),
        "{relieved:?}"
    );
    let taken = find(events(&read(&running, &new).await)).expect("the lesson of the other one");
    assert_eq!(
        (taken[2].as_str(), taken[4].as_str()),
        ("CONFIRMED", "7А · Алгебра")
    );

    change(&running, &algebra(), 1, &json!({ "action": "cancel" })).await;
    let cancelled = find(events(&read(&running, &class).await)).expect("the lesson stays in sight");
    assert_eq!((cancelled[2].as_str(), cancelled[3].as_str()), ("CANCELLED", "2"));
    assert!(
        find(events(&read(&running, &new).await)).is_none(),
        "it was never published for them"
    );

    let to = json!({ "action": "move", "date": "2026-12-01", "number": 2 });
    change(&running, &algebra(), 2, &to).await;
    let all = events(&read(&running, &class).await);
    let of_name: Vec<_> = all.iter().filter(|event| event[0] == uid).collect();
    assert_eq!(of_name.len(), 1, "one event, at its new time: {of_name:#?}");
    assert_eq!(of_name[0][2], "CONFIRMED");
    assert!(of_name[0][6].contains("перенесён с"), "{:?}", of_name[0]);

    change(&running, &algebra(), 3, &json!({ "action": "take_back" })).await;
    let back = find(events(&read(&running, &class).await)).expect("the lesson");
    assert_eq!(
        (back[2].as_str(), back[3].as_str()),
        ("CONFIRMED", "4"),
        "the sequence only grows"
    );
}

#[tokio::test]
async fn staff_make_links_for_classes_and_rooms() {
    let running = start().await;
    let deputy = of_school(Role::Deputy);
    let class = json!({ "kind": "class", "class": group("7a") });
    let room = json!({ "kind": "room", "institution": school::school(), "room": "214" });
    let (_, of_class) = make(&running, &deputy, &class).await;
    let (_, of_room) = make(&running, &third_teacher(), &room).await;
    assert_eq!(
        of_day(&events(&read(&running, &of_class).await), "2026-11-23").len(),
        3
    );
    let lessons = events(&read(&running, &of_room).await);
    let monday = of_day(&lessons, "2026-11-23");
    assert_eq!((monday.len(), monday[0][4].as_str()), (1, "7А · Алгебра"));
    change(
        &running,
        &algebra(),
        0,
        &json!({ "action": "room", "room": "301" }),
    )
    .await;
    let lessons = events(&read(&running, &of_room).await);
    assert_eq!(of_day(&lessons, "2026-11-23")[0][2], "CANCELLED");
    for (who, actor) in [
        ("pupil", pupil()),
        ("parent", parent()),
        (
            "head elsewhere",
            actor(person("t3"), &[at(Role::Head, school::art_school())]),
        ),
    ] {
        for body in [&class, &room] {
            assert_eq!(ask(&running, &actor, body).await.status, 404, "{who}: {body}");
        }
    }
    let nowhere = json!({ "kind": "room", "institution": school::school(), "room": "999" });
    let refused = ask(&running, &deputy, &nowhere).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["fields"][0]["field"]),
        (422, &json!("room"))
    );
}

#[tokio::test]
async fn programs_that_know_the_calendar_are_told_that_it_is_the_same() {
    let running = start().await;
    let (_, path) = make(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    let first = get(&running, &path).await;
    assert_eq!(first.header("cache-control"), "private, max-age=900");
    let again = Call::get(&path)
        .header("if-none-match", first.header("etag"))
        .send(&running.service)
        .await;
    assert_eq!((again.status.as_u16(), again.text.len()), (304, 0));
    change(&running, &algebra(), 0, &json!({ "action": "cancel" })).await;
    let changed = Call::get(&path)
        .header("if-none-match", first.header("etag"))
        .send(&running.service)
        .await;
    assert_eq!(changed.status, 200);
}

#[tokio::test]
async fn feeds_cost_what_the_table_of_costs_says() {
    let running = start().await;
    running.fill().await;
    change_each_week(&running).await;
    let (_, of_pupil) = make(&running, &pupil(), &json!({ "kind": "pupil" })).await;
    let (_, of_child) = make(
        &running,
        &parent(),
        &json!({ "kind": "child", "child": person("p1") }),
    )
    .await;
    let (_, of_teacher) = make(&running, &third_teacher(), &json!({ "kind": "teacher" })).await;
    let class = json!({ "kind": "class", "class": group("7a") });
    let (_, of_class) = make(&running, &of_school(Role::Deputy), &class).await;
    for (what, path, calls, units) in [
        ("pupil", of_pupil, 4, 5.5),
        ("child", of_child, 5, 6.0),
        ("teacher", of_teacher, 6, 4.0),
        ("class", of_class, 5, 6.0),
    ] {
        assert_eq!(get(&running, &path).await.status, 200);
        let cost = running.last_cost();
        assert!(cost.calls <= calls && cost.units <= units, "{what}: {cost:?}");
    }
    running.page(&parent(), "/schedules/feeds").await;
    let cost = running.last_cost();
    assert!(cost.calls <= 2 && cost.units <= 1.5, "own links: {cost:?}");
}

/// Four cancelled lessons of the class in each of the weeks that a feed shows.
async fn change_each_week(running: &Running) {
    use timetables::{ChangeEdit, Concerned, DatedLesson, LessonChange, Owner, WeekChanges};
    let timetables = timetables::Timetables::new(running.school.schedules.clone());
    let owner = Owner::Class(group("7a"));
    let slots = timetables
        .week(owner)
        .await
        .expect("a read")
        .expect("a week")
        .slots;
    let mut week = model::Week::of(date(2026, 10, 26));
    for _ in 0..13 {
        let edits: Vec<ChangeEdit> = slots[..4]
            .iter()
            .map(|slot| ChangeEdit {
                change: LessonChange {
                    before: Some(DatedLesson::of(week.monday(), slot)),
                    after: None,
                    note: "карантин".to_owned(),
                    by: known_before(),
                    at: testkit::moment("2026-11-22T10:00:00Z"),
                },
                seen: 0,
                is_removed: false,
            })
            .collect();
        let write = WeekChanges::edit(Concerned::Week(owner), week, &edits, None).expect("a write");
        running
            .school
            .schedules
            .write(vec![write])
            .await
            .expect("written");
        week = week.next();
    }
}
