//! What drafts ask of the database at the size of a school.

use model::{GroupId, GroupKind, InstitutionId, PersonId, PersonName};
use rosters::{ClassTeaching, Group, Member};
use schedules::import::carry_out;
use serde_json::json;

use testkit::Call;

use crate::{
    school::{self, message, running::Running},
    world::{deputy, edit},
};

const CLASSES: u128 = 28;
const COURSES: u128 = 15;

pub(crate) fn class(number: u128) -> GroupId {
    GroupId::from_bits(10_000 + number)
}

fn subject(of: u128) -> String {
    format!("Вероятность и статистика {of}")
}

fn title(number: u128) -> String {
    format!(
        "{}{}",
        number / 4 + 2,
        ["А", "Б", "В", "Г"][(number % 4) as usize]
    )
}

fn course(number: u128, of: u128) -> GroupId {
    GroupId::from_bits(20_000 + number * 100 + of)
}

/// Twenty-eight classes beside the two of the small school, each with fifteen courses.
async fn large(running: &Running) {
    let institution: InstitutionId = school::school();
    for number in 0..CLASSES {
        let title = title(number);
        running
            .school
            .put(Group {
                group: class(number),
                institution,
                kind: GroupKind::Class,
                title: title.clone(),
                subject: None,
                grade: Some(u8::try_from(number / 4 + 2).expect("a grade")),
                classes: vec![],
                periods: vec![],
                time_zone: "Europe/Moscow".to_owned(),
            })
            .await;
        for of in 0..COURSES {
            let teacher = Member {
                person: PersonId::from_bits(30_000 + number * 100 + of),
                name: PersonName::parse("Константинопольская", "Анна", Some("Петровна")).expect("a name"),
                from: None,
                until: None,
            };
            running
                .school
                .put(ClassTeaching {
                    class: class(number),
                    group: course(number, of),
                    subject: subject(of),
                    title: title.clone(),
                    teachers: vec![teacher],
                })
                .await;
        }
    }
}

/// Bells for seven lessons, and a large school without lessons.
pub(crate) async fn large_school() -> Running {
    let running = crate::world::start().await;
    large(&running).await;
    let bells = "orgSourcedId,shift,grades,lessonNumber,startTime,endTime\n";
    let rows: String = (1..=7)
        .map(|number| format!("s1,1,,{number},{:02}:30,{:02}:15\n", 7 + number, 8 + number))
        .collect();
    let files = [
        ("manifest.csv", school::MANIFEST),
        ("bells.csv", &format!("{bells}{rows}")),
        ("timetable.csv", school::TIMETABLE),
    ];
    let bundle = school::bundle(&files);
    carry_out(
        &running.school.stores(),
        running.sessions.clock(),
        &message(77),
        &bundle,
    )
    .await
    .expect("an import");
    running
}

/// A table that gives every class of the large school 35 lessons.
pub(crate) fn table() -> String {
    let mut table = "class;subject;room;day;lesson\n".to_owned();
    for number in 0..CLASSES {
        for hour in 0..35u128 {
            let (day, lesson) = (hour / 7 + 1, hour % 7 + 1);
            let row = format!(
                "{};{};{number};{day};{lesson}\n",
                title(number),
                subject(hour % COURSES)
            );
            table.push_str(&row);
        }
    }
    table
}

#[tokio::test]
async fn drafts_cost_what_the_table_of_costs_says() {
    let running = large_school().await;
    let query = format!(
        "institution={}&title=x&from=2026-11-30&source=empty",
        school::school()
    );
    let made = Call::new("POST", &format!("/api/schedules/drafts/table?{query}"))
        .bearer(&running.sessions, &deputy())
        .body(table())
        .send(&running.service)
        .await;
    assert_eq!(made.status, 200, "{}", made.text);
    let id = made.json()["draft"].as_str().expect("an id").to_owned();
    let made_cost = running.last_cost();
    // Two queries for each of the thirty classes, and every class written.
    assert!(made_cost.units <= 290.0, "made: {made_cost:?}");

    let stands = json!({ "group": course(3, 0), "day": 1, "number": 1, "room": "3", "teachers": [PersonId::from_bits(30_300)] });
    let other = json!({ "group": course(3, 0), "day": 6, "number": 1, "room": "3" });
    let moved = edit(&running, &id, &stands, &other).await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    let cost = running.last_cost();
    assert!(cost.calls == 3 && cost.units <= 28.0, "an edit: {cost:?}");

    let editor = format!("/schedules/drafts/{id}");
    let class_view = running
        .cost(&deputy(), &format!("{editor}?class={}", class(3)))
        .await;
    assert!(
        class_view.calls == 4 && class_view.units <= 4.0,
        "a class: {class_view:?}"
    );
    let teacher = running
        .cost(
            &deputy(),
            &format!("{editor}?teacher={}", PersonId::from_bits(30_000)),
        )
        .await;
    assert!(
        teacher.calls == 2 && teacher.units <= 14.0,
        "a teacher: {teacher:?}"
    );
    let cell = running
        .cost(
            &deputy(),
            &format!("{editor}/cell?class={}&day=6&number=1", class(3)),
        )
        .await;
    assert!(cell.calls == 2 && cell.units <= 14.0, "a cell: {cell:?}");
    let query = format!("group={}", course(3, 1));
    running
        .api(&deputy(), &format!("/api/schedules/drafts/{id}/cells?{query}"))
        .await;
    let cells = running.last_cost();
    assert!(
        cells.calls == 2 && cells.units <= 14.0,
        "the cells of a lesson: {cells:?}"
    );
    let list = running.cost(&deputy(), "/schedules/drafts").await;
    assert!(list.calls == 3 && list.units <= 2.5, "the drafts: {list:?}");
    let preview = running.cost(&deputy(), &format!("{editor}/publication")).await;
    assert!(
        preview.calls == 4 && preview.units <= 32.0,
        "what changes: {preview:?}"
    );

    let page = running
        .page(&deputy(), &format!("{editor}?class={}", class(3)))
        .await
        .text;
    assert!(page.len() < 60 * 1024, "{} bytes", page.len());
}
