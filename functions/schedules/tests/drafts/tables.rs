//! Drafts out of tables and tables out of drafts.

use std::io::Cursor;

use calamine::{DataType as _, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use serde_json::json;
use testkit::{Answer, Call};

use crate::{
    school::{running::Running, school},
    world::{class, deputy, draft, edit, form, lesson, start},
};

async fn upload(running: &Running, source: &str, bytes: Vec<u8>) -> Answer {
    let query = format!(
        "institution={}&title=%D0%A2%D0%B0%D0%B1%D0%BB%D0%B8%D1%86%D0%B0&from=2026-11-30&source={source}",
        school()
    );
    Call::new("POST", &format!("/api/schedules/drafts/table?{query}"))
        .bearer(&running.sessions, &deputy())
        .body(bytes)
        .send(&running.service)
        .await
}

async fn download(running: &Running, id: &str, format: &str) -> Vec<u8> {
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;
    let token = running.sessions.token(&deputy());
    let request = axum::http::Request::builder()
        .uri(format!("/schedules/drafts/{id}/table?format={format}"))
        .header("authorization", format!("Bearer {token}"))
        .body(axum::body::Body::empty())
        .expect("a request");
    let answer = running.service.clone().oneshot(request).await.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes()
        .to_vec()
}

const TABLE: &str = "Класс;Группа;Предмет;Учитель;Кабинет;День;Урок;Неделя\r\n\
    7А;;Алгебра;;214;пн;1;\r\n\
    7А;7А, 1-я подгруппа;Английский язык;Инглишева А. П.;301;вторник;2;А\r\n\
    7а;7А, 2-я подгруппа;английский язык;;302;2;2;Б\r\n";

#[tokio::test]
async fn a_table_becomes_the_weeks_of_the_classes_it_names_and_the_others_keep_theirs() {
    let running = start().await;
    let made = upload(&running, "published", TABLE.as_bytes().to_vec()).await;
    assert_eq!(made.status, 200, "{}", made.text);
    let id = made.json()["draft"].as_str().expect("an id").to_owned();
    let named = class(&running, &id, "7a").await;
    let lessons: Vec<_> = named["lessons"]
        .as_array()
        .expect("lessons")
        .iter()
        .map(|lesson| {
            (
                lesson["day"].as_u64(),
                lesson["number"].as_u64(),
                lesson["cycle"].as_str(),
                lesson["room"].as_str(),
            )
        })
        .collect();
    assert_eq!(lessons.len(), 3);
    for expected in [
        (Some(1), Some(1), Some("every"), Some("214")),
        (Some(2), Some(2), Some("a"), Some("301")),
        (Some(2), Some(2), Some("b"), Some("302")),
    ] {
        assert!(lessons.contains(&expected), "{lessons:?}");
    }
    assert_eq!(
        named["courses"][0]["hours"],
        json!(1.5),
        "the curriculum gave it more than the table"
    );
    assert_eq!(
        class(&running, &id, "1a").await["lessons"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn a_table_with_wrong_rows_makes_nothing_and_says_of_each_row_why() {
    let running = start().await;
    let wrong = "Класс;Группа;Предмет;Учитель;Кабинет;День;Урок;Неделя\r\n\
        9Я;;Алгебра;;;пн;1;\r\n\
        7А;;Химия;;;пн;1;\r\n\
        7А;;Английский язык;;;пн;1;\r\n\
        7А;;Алгебра;Никтова Н. Н.;;пн;1;\r\n\
        7А;;Алгебра;;;воскресник;1;\r\n\
        7А;;Алгебра;;;пн;0;\r\n\
        7А;;Алгебра;;;пн;1;\r\n\
        7А;7А, 1-я подгруппа;Английский язык;;;пн;1;\r\n\
        7А;;Алгебра;;;вт;;\r\n";
    let refused = upload(&running, "empty", wrong.as_bytes().to_vec()).await;
    assert_eq!(
        (refused.status.as_u16(), refused.json()["code"].as_str()),
        (422, Some("table_rows"))
    );
    let body = refused.json();
    let rows: Vec<_> = body["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            (
                row["line"].as_u64().expect("a line"),
                row["code"].as_str().expect("a code"),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (2, "unknown_class"),
            (3, "unknown_group"),
            (4, "several_groups"),
            (5, "unknown_teacher"),
            (6, "invalid"),
            (7, "invalid"),
            (9, "conflict"),
            (10, "missing"),
        ]
    );
    assert!(
        body["rows"][6]["text"]
            .as_str()
            .is_some_and(|text| text.contains("Алгебра")),
        "{body}"
    );
    let list = running
        .api(
            &deputy(),
            &format!("/api/schedules/drafts?institution={}", school()),
        )
        .await
        .json();
    assert_eq!(list["drafts"], json!([]));
}

#[tokio::test]
async fn what_is_exported_is_imported_as_it_was_in_both_formats() {
    let running = start().await;
    let id = draft(&running, "published", "2026-11-30").await;
    for format in ["csv", "xlsx"] {
        let bytes = download(&running, &id, format).await;
        let made = upload(&running, "empty", bytes).await;
        assert_eq!(made.status, 200, "{format}: {}", made.text);
        let copy = made.json()["draft"].as_str().expect("an id").to_owned();
        for of in ["7a", "1a"] {
            let (old, new) = (class(&running, &id, of).await, class(&running, &copy, of).await);
            assert_eq!(old["lessons"], new["lessons"], "{format} {of}");
        }
    }
}

#[tokio::test]
async fn a_room_that_looks_like_a_formula_is_written_as_text() {
    let running = start().await;
    let id = draft(&running, "empty", "2026-11-30").await;
    let formula = "=HYPERLINK(\"evil\")";
    let put = edit(&running, &id, &json!(null), &lesson("7a-alg", 1, 1, formula)).await;
    assert_eq!(put.status, 200, "{}", put.text);
    let text = String::from_utf8(download(&running, &id, "csv").await).expect("text");
    assert!(
        text.contains("'=HYPERLINK") && !text.contains(";=HYPERLINK") && !text.contains("\"=HYPERLINK"),
        "{text}"
    );
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(download(&running, &id, "xlsx").await)).expect("a workbook");
    let name = workbook.sheet_names()[0].clone();
    let formulas = workbook.worksheet_formula(&name).expect("a sheet");
    assert!(formulas.rows().flatten().all(String::is_empty));
    let cells = workbook.worksheet_range(&name).expect("a sheet");
    assert!(
        cells
            .rows()
            .flatten()
            .any(|cell| cell.get_string() == Some(formula))
    );
    for format in ["csv", "xlsx"] {
        let made = upload(&running, "empty", download(&running, &id, format).await).await;
        let copy = made.json()["draft"].as_str().expect("an id").to_owned();
        assert_eq!(
            class(&running, &copy, "7a").await["lessons"][0]["room"],
            formula,
            "{format}"
        );
    }
}

#[tokio::test]
async fn a_workbook_made_by_hand_is_read_from_where_its_table_begins() {
    let running = start().await;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in ["class", "subject", "day", "lesson"].iter().enumerate() {
        sheet.write_string(2, column as u16, *name).expect("a cell");
    }
    sheet.write_string(3, 0, "7А").expect("a cell");
    sheet.write_string(3, 1, "Алгебра").expect("a cell");
    sheet.write_number(3, 2, 2).expect("a cell");
    sheet.write_number(3, 3, 17).expect("a cell");
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let refused = upload(&running, "empty", bytes).await;
    assert_eq!(refused.json()["rows"][0]["line"], json!(4), "{}", refused.text);
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused_as_a_whole() {
    let running = start().await;
    let bomb = [b"PK\x03\x04".to_vec(), vec![0; 400]].concat();
    for (bytes, code) in [
        (bomb, "table_unreadable"),
        (vec![0, 1, 2, 3], "table_unreadable"),
        (Vec::new(), "table_empty"),
        ("Класс;Предмет;День;Урок\r\n".as_bytes().to_vec(), "table_empty"),
        (
            "Класс;День;Урок\r\n7А;пн;1\r\n".as_bytes().to_vec(),
            "table_columns_missing",
        ),
    ] {
        let refused = upload(&running, "empty", bytes).await;
        assert_eq!(
            (refused.status.as_u16(), refused.json()["code"].as_str()),
            (422, Some(code))
        );
    }
}

#[tokio::test]
async fn a_form_with_a_file_makes_the_draft_or_shows_the_rows_that_are_refused() {
    let running = start().await;
    let body = |table: &str| {
        let part = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let institution = school().to_string();
        let fields = [
            ("institution", institution.as_str()),
            ("title", "Из таблицы"),
            ("from", "2026-11-30"),
            ("source", "published"),
            ("date", ""),
        ];
        let fields: String = fields.iter().map(|(name, value)| part(name, value)).collect();
        format!(
            "{fields}--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\nContent-Type: text/csv\r\n\r\n{table}\r\n--x--\r\n"
        )
    };
    let send = async |table: &str| {
        Call::new("POST", "/schedules/drafts")
            .session(&running.sessions, &deputy())
            .header("content-type", "multipart/form-data; boundary=x")
            .body(body(table))
            .send(&running.service)
            .await
    };
    let made = send(TABLE).await;
    assert!(
        made.status == 303 && made.location().starts_with("/schedules/drafts/dft_"),
        "{}",
        made.text
    );
    let refused = send("Класс;Предмет;День;Урок\r\n7А;Химия;пн;1\r\n").await;
    assert!(
        refused.text.contains("Строка 2") && refused.text.contains("нет такого предмета"),
        "{}",
        refused.text
    );
    let broken = form(&running, &deputy(), "/schedules/drafts", "title=x").await;
    assert_eq!(broken.status, 400);
}
