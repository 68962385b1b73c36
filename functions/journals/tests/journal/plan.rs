//! Lesson plans: import, dates, what was given.

use serde_json::{Value, json};
use store::metered;
use testkit::{Answer, Call};
use timetables::{Concerned, DatedLesson, LessonChange, Owner, WeekChanges};

use crate::world::World;

fn api(world: &World) -> String {
    format!("{}/plan", world.base())
}

fn row(number: u16, topic: &str, hours: u8) -> Value {
    json!({ "number": number, "topic": topic, "hours": hours, "control": "", "homework": "" })
}

async fn put(world: &World, version: u64, rows: Value) -> Answer {
    world
        .put(
            &world.school.teacher_actor(),
            &api(world),
            version,
            &json!({ "rows": rows }),
        )
        .await
}

/// The form of the page, with a text or a file.
async fn send(world: &World, action: &str, (name, content): (&str, &[u8])) -> Answer {
    let mut body = Vec::new();
    for (name, value) in [("version", "0"), ("action", action)] {
        body.extend(
            format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let file = if name == "file" {
        "; filename=\"plan.xlsx\""
    } else {
        ""
    };
    body.extend(format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
    body.extend_from_slice(content);
    body.extend(b"\r\n--B--\r\n");
    Call::new("POST", &format!("{}/plan", world.journal()))
        .session(&world.sessions, &world.school.teacher_actor())
        .header("content-type", "multipart/form-data; boundary=B")
        .body(body)
        .send(&world.service)
        .await
}

#[tokio::test]
async fn rows_fall_on_the_lessons_of_the_timetable_period_after_period() {
    let world = World::new(1).await;
    let rows = json!([row(1, "Дроби", 7), row(2, "Проценты", 2), row(3, "Доли", 0)]);
    let plan = put(&world, 0, rows).await;
    assert_eq!(
        (plan.status.as_u16(), plan.header("etag")),
        (200, "\"1\""),
        "{}",
        plan.text
    );
    let plan = plan.json();
    // Algebra is on Mondays: seven in the first quarter (7 September to 19 October), the next on 9 November.
    assert_eq!(plan["rows"][0]["lessons"][0], "2026-09-07-02");
    assert_eq!(
        plan["rows"][1]["lessons"],
        json!(["2026-11-09-02", "2026-11-16-02"])
    );
    assert_eq!(
        plan["rows"][2]["lessons"],
        json!(["2026-11-16-02"]),
        "together with the row before"
    );
    assert_eq!(
        (&plan["missing_hours"], &plan["spare_lessons"]),
        (&json!(0), &json!(6))
    );
    assert_eq!(put(&world, 0, json!([])).await.json()["code"], "plan_changed");
    let wrong = put(&world, 1, json!([row(1, "", 1), row(2, "А", 31)])).await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.json()["rows"].clone()),
        (
            422,
            json!([{ "row": 1, "code": "plan_topic" }, { "row": 2, "code": "plan_hours" }])
        )
    );
}

#[tokio::test]
async fn a_lesson_that_is_opened_without_a_topic_takes_it_from_the_plan() {
    let world = World::new(1).await;
    let mut rows = vec![row(1, "Дроби", 9), row(2, "Проценты", 1), row(3, "Доли", 0)];
    rows[1]["homework"] = json!("№ 7");
    put(&world, 0, json!(rows)).await;
    let lesson = format!("{}/lessons/2026-11-23-02", world.base());
    let opened = world
        .put(&world.school.teacher_actor(), &lesson, 0, &json!({}))
        .await
        .json();
    assert_eq!(
        (&opened["topic"], &opened["homework"]),
        (&json!("Проценты; Доли"), &json!("№ 7"))
    );
    let other = format!("{}/lessons/2026-11-16-02", world.base());
    let own = world
        .put(
            &world.school.teacher_actor(),
            &other,
            0,
            &json!({ "topic": "Своя" }),
        )
        .await
        .json();
    assert_eq!((&own["topic"], &own["homework"]), (&json!("Своя"), &json!("")));
    let plan = world
        .get(&world.school.teacher_actor(), &api(&world))
        .await
        .json();
    let given: Vec<_> = (0..3).map(|row| plan["rows"][row]["given"].clone()).collect();
    assert_eq!(
        given,
        [json!("not_given"), json!("as_planned"), json!("as_planned")]
    );
    assert_eq!(
        (&plan["planned_hours"], &plan["given_hours"]),
        (&json!(10), &json!(2))
    );
}

#[tokio::test]
async fn a_cancelled_lesson_shifts_the_topics_and_a_merge_catches_up() {
    let world = World::new(1).await;
    let rows: Vec<Value> = (1..=15)
        .map(|number| row(number, &format!("Тема {number}"), 1))
        .collect();
    put(&world, 0, json!(rows)).await;
    let group = Owner::Group(world.school.algebra);
    let plan = timetables::Timetables::new(world.schedules.clone())
        .week(group)
        .await
        .expect("a week");
    let slot = plan.expect("a timetable").slots[0].clone();
    let change = LessonChange {
        before: Some(DatedLesson::of(testkit::MONDAY, &slot)),
        after: None,
        note: "карантин".to_owned(),
        by: world.school.teacher,
        at: testkit::moment("2026-11-22T10:00:00Z"),
    };
    let write = WeekChanges::put(
        Concerned::Week(group),
        model::Week::of(testkit::MONDAY),
        &change,
        0,
    );
    world
        .schedules
        .write(vec![write.expect("a write")])
        .await
        .expect("cancelled");
    let shifted = world
        .get(&world.school.teacher_actor(), &api(&world))
        .await
        .json();
    // The tenth Monday is called off.
    assert_eq!(shifted["cancelled"], json!(["2026-11-23-02"]));
    assert_eq!(shifted["rows"][9]["lessons"], json!(["2026-11-30-02"]));
    assert_eq!(shifted["missing_hours"], 1);
    let page = world
        .page("teacher", &format!("{}/plan", world.journal()))
        .await
        .text;
    assert!(page.contains("Объединить с предыдущей: Тема 10"), "{page}");
    let grid = world.page("teacher", &world.journal()).await.text;
    assert!(
        grid.contains(r#"name="date" value="2026-11-30""#),
        "the lesson that is held is proposed: {grid}"
    );
    let path = format!("{}/plan/merge", world.journal());
    let merged = world
        .form(&world.school.teacher_actor(), &path, "version=1&row=9")
        .await;
    assert_eq!(merged.status.as_u16(), 303, "{}", merged.text);
    let plan = world
        .get(&world.school.teacher_actor(), &api(&world))
        .await
        .json();
    assert_eq!(plan["rows"][9]["lessons"], json!(["2026-11-16-02"]));
    assert_eq!((&plan["missing_hours"], &plan["version"]), (&json!(0), &json!(2)));
    let again = world
        .form(&world.school.teacher_actor(), &path, "version=2&row=9")
        .await;
    assert_eq!(again.status.as_u16(), 422);
}

#[tokio::test]
async fn a_text_is_shown_with_its_dates_before_it_is_saved() {
    let world = World::new(1).await;
    let text = "№;Тема;Часы\n;Раздел 1;\n1;Дроби;2\n2;Проценты;1\n".as_bytes();
    let shown = send(&world, "check", ("text", text)).await;
    assert_eq!(shown.status.as_u16(), 200);
    assert!(
        shown.text.contains("07.09, 14.09") && shown.text.contains("Сохранить план"),
        "{}",
        shown.text
    );
    let nothing = world
        .get(&world.school.teacher_actor(), &api(&world))
        .await
        .json();
    assert_eq!(nothing["version"], 0, "nothing is saved yet");
    let saved = send(&world, "save", ("text", text)).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.text);
    let plan = world
        .get(&world.school.teacher_actor(), &api(&world))
        .await
        .json();
    assert_eq!(
        (&plan["version"], &plan["rows"][1]["topic"]),
        (&json!(1), &json!("Проценты"))
    );
}

#[tokio::test]
async fn of_a_text_with_a_wrong_row_nothing_is_saved() {
    let world = World::new(1).await;
    let answer = send(&world, "save", ("text", "Тема;Часы\nА;1\nБ;много\n".as_bytes())).await;
    assert_eq!(answer.status.as_u16(), 200);
    assert!(
        answer.text.contains("Строка 3. Часы: число от 0 до 30"),
        "{}",
        answer.text
    );
    let refused = send(&world, "save", ("text", b"\x00\x01")).await;
    assert!(refused.text.contains("Это не таблица"), "{}", refused.text);
    let nothing = world
        .get(&world.school.teacher_actor(), &api(&world))
        .await
        .json();
    assert_eq!(nothing["rows"], json!([]));
}

#[tokio::test]
async fn a_workbook_is_read_and_one_that_is_made_to_harm_is_refused() {
    let world = World::new(1).await;
    let sheet = |rows: &str| {
        format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        )
    };
    let cell = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="2">{}<c r="B2"><v>2</v></c></row>"#,
        cell("A1", "Тема"),
        cell("B1", "Часы"),
        cell("A2", "Дроби")
    );
    let shown = send(&world, "check", ("file", &workbook(&sheet(&rows)))).await;
    assert!(
        shown.text.contains("Дроби") && shown.text.contains("07.09, 14.09"),
        "{}",
        shown.text
    );
    let far = format!(
        r#"<row r="1">{}</row><row r="1048576">{}</row>"#,
        cell("A1", "Тема"),
        cell("XFD1048576", "x")
    );
    let harm = send(&world, "check", ("file", &workbook(&sheet(&far)))).await;
    assert_eq!(harm.status.as_u16(), 200, "{}", harm.text);
    assert!(
        !harm.text.contains("Сохранить план"),
        "a sheet of two cells far apart is no plan"
    );
    let bomb = sheet(&" ".repeat(6 * 1024 * 1024));
    let harm = send(&world, "check", ("file", &workbook(&bomb))).await;
    assert!(harm.text.contains("Это не таблица"), "{}", harm.text);
}

#[tokio::test]
async fn a_plan_of_a_year_stays_within_its_cost() {
    let world = World::new(1).await;
    let rows: Vec<Value> = (1..=102)
        .map(|number| row(number, "Сложение и вычитание дробей с разными знаменателями", 1))
        .collect();
    assert_eq!(put(&world, 0, json!(rows)).await.status.as_u16(), 200);
    let (answer, used) = metered(world.get(&world.school.teacher_actor(), &api(&world))).await;
    assert_eq!(answer.json()["rows"].as_array().map(Vec::len), Some(102));
    assert!(used.calls == 6 && used.units <= 8.0, "{used:?}");
}

/// A workbook of one sheet.
fn workbook(sheet: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let files = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, content) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("an entry");
        std::io::Write::write_all(&mut zip, content.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}
