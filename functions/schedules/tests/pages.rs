//! What the pages and the API answer, and what it costs.

mod school;

use std::collections::BTreeSet;

use model::{PersonId, Role, RoleAt};
use schedules::{ROUTES, openapi, translations};

use school::{
    group, person,
    running::{Running, actor, at, class_path, import_path, of_school, parent, pupil, teacher},
};

#[tokio::test]
async fn a_teachers_day_joins_institutions_and_marks_the_lesson_of_this_hour() {
    let running = Running::start().await;
    let day = running.api(&teacher(), "/api/schedules/today").await.json();
    let id = |name: &str| group(name).to_string();
    let day = serde_json::to_string_pretty(&day).expect("JSON");
    let day = day
        .replace(&id("7a-alg"), "[7a-alg]")
        .replace(&id("art-paint"), "[art-paint]");
    insta::assert_snapshot!(day, @r#"
    {
      "date": "2026-11-23",
      "lessons": [
        {
          "number": 1,
          "start": "08:30",
          "end": "09:10",
          "group": "[7a-alg]",
          "title": "7А",
          "subject": "Алгебра",
          "teacher": "Алгебрина А. П.",
          "room": "214",
          "institution": "Школа № 12",
          "moment": "past"
        },
        {
          "number": 1,
          "start": "15:30",
          "end": "16:10",
          "group": "[art-paint]",
          "title": "Живопись",
          "subject": "Живопись",
          "teacher": "Алгебрина А. П.",
          "institution": "Школа искусств",
          "moment": "next"
        }
      ],
      "previous": "2026-11-22",
      "next": "2026-11-24",
      "today": "2026-11-23",
      "next_with_lessons": "2026-11-25"
    }
    "#);
    let page = running.page(&teacher(), "/schedules/today").await.text;
    for part in [
        "понедельник, 23",
        "следующий",
        "Школа искусств",
        &format!("/journals/{}", id("7a-alg")),
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test]
async fn an_empty_day_says_why_and_when_the_next_lessons_are() {
    let running = Running::start().await;
    let page = running
        .page(&teacher(), "/schedules/today?date=2026-11-24")
        .await
        .text;
    assert!(
        page.contains("Уроков нет") && page.contains("Ближайшие уроки — среда, 25"),
        "{page}"
    );
    let holiday = running
        .api(&of_school(Role::Teacher), "/api/schedules/today?date=2026-11-04")
        .await
        .json();
    assert_eq!(holiday["day_off"], "День народного единства");
}

#[tokio::test]
async fn the_week_of_a_class_shows_subgroups_side_by_side() {
    let running = Running::start().await;
    let week = running.api(&pupil(), &class_path("7a")).await.json();
    let day = |number: usize| week["days"][number]["lessons"].as_array().expect("lessons").len();
    assert_eq!(
        (week["title"].as_str(), week["monday"].as_str()),
        (Some("7А"), Some("2026-11-23"))
    );
    // The algebra of Wednesday is given in the first, third, … week of the year: this is the thirteenth.
    assert_eq!([day(0), day(1), day(2)], [3, 0, 1]);
    let next = running
        .api(&pupil(), &format!("{}?date=2026-12-02", class_path("7a")))
        .await
        .json();
    assert_eq!(next["days"][2]["lessons"].as_array().map(Vec::len), Some(0));
    let page = running
        .page(&pupil(), &class_path("7a").replace("/api", ""))
        .await
        .text;
    for part in [
        "Расписание 7А",
        "Английский язык",
        "каб. 301",
        "Инглишева",
        "23–27\u{a0}ноября",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test]
async fn a_parent_switches_between_children_and_reaches_no_other_child() {
    let running = Running::start().await;
    let first = running.page(&parent(), "/schedules").await.text;
    assert!(first.contains("Пётр") && first.contains("Вера"), "{first}");
    for (child, class) in [("p1", "Расписание 7А"), ("p2", "Расписание 1А")] {
        let page = running
            .page(&parent(), &format!("/schedules?child={}", person(child)))
            .await
            .text;
        assert!(page.contains(class), "{page}");
    }
    let other = running
        .page(&parent(), &format!("/schedules?child={}", person("t1")))
        .await;
    assert_eq!(other.status, 404);
    let class = running
        .page(
            &parent(),
            &format!("/schedules?child={}&class={}", person("p1"), group("1a")),
        )
        .await;
    assert_eq!(class.status, 404);
}

#[tokio::test]
async fn whoever_leads_the_school_gets_the_list_of_its_classes() {
    let running = Running::start().await;
    let page = running.page(&of_school(Role::Deputy), "/schedules").await.text;
    assert!(
        page.contains("Школа № 12") && page.contains("1А") && page.contains("7А"),
        "{page}"
    );
    assert!(!page.contains("Школа искусств"), "{page}");
}

#[tokio::test]
async fn what_names_nothing_is_not_found_and_a_wrong_date_is_named() {
    let running = Running::start().await;
    for path in [
        class_path("7z"),
        class_path("7a-alg"),
        "/api/schedules/classes/7a".to_owned(),
        "/api/schedules/imports/1".to_owned(),
    ] {
        assert_eq!(
            running.api(&of_school(Role::Head), &path).await.status,
            404,
            "{path}"
        );
    }
    for path in [
        "/api/schedules/today?date=tomorrow",
        "/api/schedules/week?date=9999-12-31",
    ] {
        let answer = running.api(&teacher(), path).await;
        assert_eq!(answer.status, 422, "{path}");
        assert_eq!(answer.json()["fields"][0]["field"], "date", "{path}");
    }
}

#[tokio::test]
async fn the_report_of_an_import_names_what_became_of_each_file() {
    let running = Running::start().await;
    let operator = actor(
        PersonId::from_bits(501),
        &[RoleAt::in_region(Role::RegionOperator, school::REGION)],
    );
    let report = running.api(&operator, &import_path()).await.json();
    assert_eq!(
        (
            report["weeks_created"].as_u64(),
            report["files"][0]["name"].as_str()
        ),
        (Some(10), Some("timetable.csv"))
    );
    assert_eq!(report["files"][0]["created"].as_u64(), Some(6));
}

#[tokio::test]
async fn pages_cost_what_the_table_of_costs_says() {
    let running = Running::start().await;
    running.fill().await;
    let class = class_path("7a").replace("/api", "");
    let operator = actor(
        PersonId::from_bits(501),
        &[RoleAt::in_region(Role::RegionOperator, school::REGION)],
    );
    let one = actor(person("t3"), &[at(Role::Teacher, school::school())]);
    let first_child = format!("/schedules?child={}", person("p1"));
    let costs = [
        ("teacher's day", &one, "/schedules/today", 1, 1.5),
        ("teacher's week", &one, "/schedules", 1, 1.5),
        ("teacher of two institutions", &teacher(), "/schedules", 2, 2.5),
        ("class, staff", &one, &class, 2, 2.5),
        ("class, pupil", &pupil(), &class, 3, 3.0),
        ("class, parent", &parent(), &class, 4, 4.0),
        ("class, operator", &operator, &class, 3, 3.0),
        ("pupil's own", &pupil(), "/schedules", 2, 2.5),
        ("parent's own", &parent(), &first_child, 3, 3.0),
        ("classes", &of_school(Role::Head), "/schedules", 2, 2.0),
    ];
    for (what, actor, path, calls, units) in costs {
        let cost = running.cost(actor, path).await;
        assert!(cost.calls == calls && cost.units <= units, "{what}: {cost:?}");
    }
}

#[test]
fn the_description_has_exactly_the_routes_of_the_api() {
    let described: BTreeSet<String> = openapi().paths.paths.keys().cloned().collect();
    let routes = ROUTES
        .iter()
        .map(|route| route.path)
        .filter(|path| path.starts_with("/api/"));
    assert_eq!(described, routes.map(str::to_owned).collect());
}

#[test]
fn the_policies_hold_against_the_schema() {
    access::Authorizer::validated(schedules::POLICIES).expect("valid policies");
}

#[test]
fn every_word_is_there_in_both_languages() {
    let keys = |text: &str| -> BTreeSet<String> {
        text.lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(key, _)| key.to_owned())
            .collect()
    };
    assert_eq!(keys(schedules::MESSAGES.ru), keys(schedules::MESSAGES.en));
    translations().expect("valid messages");
}
