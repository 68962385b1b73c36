//! What substitutions cost at a school of realistic size.

mod school;

use jiff::{ToSpan, civil::date};
use model::{GroupId, PersonId, Role, Weekday};
use school::{
    changes::{algebra, assign, deputy, page_path, put},
    person,
    running::Running,
};
use serde_json::json;
use store::{Stored, Write};
use testkit::Call;
use timetables::{
    ChangeEdit, Concerned, DatedLesson, LessonChange, Owner, Slot, Timetable, WeekChanges, WeekCycle,
};

/// Lessons of a class or a teacher as a school names them.
fn slots(of: u32, count: u32) -> Vec<Slot> {
    let lesson = |index: u32| Slot {
        weekday: Weekday::try_from((index / 7 + 1) as u8).expect("a weekday"),
        number: (index % 7 + 1) as u8,
        start: jiff::civil::time(8, 30, 0, 0) + (55 * i64::from(index % 7)).minutes(),
        end: jiff::civil::time(9, 15, 0, 0) + (55 * i64::from(index % 7)).minutes(),
        cycle: WeekCycle::Every,
        group: GroupId::from_bits(u128::from(10_000 + of * 20 + index % 15)),
        subject: format!("Предмет {}", index % 15),
        title: format!("{}А", of % 11 + 1),
        teacher: Some(PersonId::from_bits(u128::from(
            20_000 + (of * 7 + index % 15) % 60,
        ))),
        teacher_name: "Константинопольская\u{a0}А.\u{a0}П.".to_owned(),
        room: format!("{}", 100 + of),
    };
    (0..count).map(lesson).collect()
}

/// A school of 30 classes and 60 teachers, with 100 changes in the week.
async fn fill(running: &Running) {
    let mut weeks: Vec<Timetable> = (0..30)
        .map(|class| {
            let owner = Owner::Class(GroupId::from_bits(u128::from(30_000 + class)));
            Timetable::new(owner, school::school(), slots(class, 35))
        })
        .collect();
    weeks.extend((0..60u32).map(|teacher| {
        let id = PersonId::from_bits(u128::from(20_000 + teacher));
        let own = |slot: &Slot| slot.teacher == Some(id);
        let slots: Vec<Slot> = (0..30)
            .flat_map(|class| slots(class, 35))
            .filter(own)
            .take(25)
            .collect();
        Timetable::new(Owner::Teacher(id), school::school(), slots)
    }));
    for chunk in weeks.chunks(20) {
        let writes = chunk
            .iter()
            .map(|week| Write::create(&Stored::new(week.clone())).expect("a write"));
        running
            .school
            .schedules
            .write(writes.collect())
            .await
            .expect("the weeks are written");
    }
    let monday = date(2026, 11, 23);
    let changes: Vec<ChangeEdit> = (0..100u32)
        .map(|number| {
            let slot = &slots(number % 30, 35)[(number / 30) as usize];
            ChangeEdit {
                change: LessonChange {
                    before: Some(DatedLesson::of(monday, slot)),
                    after: (number % 4 > 0).then(|| {
                        let other = Slot {
                            teacher: Some(PersonId::from_bits(u128::from(21_000 + number))),
                            ..slot.clone()
                        };
                        DatedLesson::of(monday, &other)
                    }),
                    note: "болезнь".to_owned(),
                    by: PersonId::from_bits(1),
                    at: testkit::moment("2026-11-22T10:00:00Z"),
                },
                seen: 0,
                is_removed: false,
            }
        })
        .collect();
    let of = Concerned::Institution(school::school());
    let write = WeekChanges::edit(of, model::Week::of(monday), &changes, None).expect("a write");
    running
        .school
        .schedules
        .write(vec![write])
        .await
        .expect("written");
}

#[tokio::test]
async fn substitutions_cost_what_the_table_of_costs_says() {
    let running = Running::start().await;
    fill(&running).await;
    let absent = PersonId::from_bits(20_003);
    let costs = [
        ("sheet", "/schedules/substitutions/sheet".to_owned(), 2, 12.5),
        (
            "an absent teacher's lessons",
            format!("/schedules/substitutions?absent={absent}"),
            7,
            42.0,
        ),
        ("a lesson", page_path(&algebra()), 6, 41.5),
    ];
    for (what, path, calls, units) in costs {
        let cost = running.cost(&deputy(), &path).await;
        assert!(cost.calls <= calls && cost.units <= units, "{what}: {cost:?}");
    }
    let done = put(&running, &algebra(), 0, &assign(person("t3"))).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let cost = running.last_cost();
    assert!(cost.calls <= 10 && cost.units <= 146.0, "a change: {cost:?}");
    let room = json!({ "kind": "room", "institution": school::school(), "room": "101" });
    running
        .school
        .put(school::card(PersonId::from_bits(500), "Завучева"))
        .await;
    running
        .school
        .put(rosters::HeldRole {
            person: PersonId::from_bits(500),
            role: Role::Deputy,
            institution: Some(school::school()),
            region: None,
            place_name: "Школа".to_owned(),
            from: None,
            until: None,
        })
        .await;
    let made = Call::new("POST", "/api/schedules/feeds")
        .json(&room)
        .bearer(&running.sessions, &deputy())
        .send(&running.service)
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    let made = made.json();
    let url = made["url"].as_str().expect("an address");
    let path = url.strip_prefix(testkit::ORIGIN).expect("ours");
    assert_eq!(Call::get(path).send(&running.service).await.status, 200);
    let cost = running.last_cost();
    assert!(cost.calls <= 8 && cost.units <= 49.0, "a room's feed: {cost:?}");
}
