//! The way of a mark, and who gets no further.

use std::sync::Arc;

use anyhow::{Context, ensure};
use demo::Part;
use end_to_end::{
    journal::{Journal, PERIOD, child_in_seven_a},
    place::{Place, ask, read},
    plain::{SESSION, bare},
};
use localstack::Visitor;
use reqwest::Method;
use serde_json::{Value, json};

/// The lesson of a journal in a day of a diary.
fn lesson_in<'a>(week: &'a Value, date: &str, journal: &str, number: u64) -> Option<&'a Value> {
    let day = week["days"].as_array()?.iter().find(|day| day["date"] == date)?;
    day["lessons"]
        .as_array()?
        .iter()
        .find(|lesson| lesson["journal"] == journal && lesson["number"] == number)
}

pub(crate) async fn a_mark_that_a_teacher_sets_stands_in_the_diary_of_the_family(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let journal = Journal::of_algebra(&place).await?;
    let mother = place.visitor(Part::Parent).await?;
    let child = child_in_seven_a(&mother).await?;
    let lesson = "2026-09-02-01";
    journal.open(lesson).await?;
    journal.set(lesson, &child, "").await?;
    let diary = format!("/api/diary/{child}?date=2026-09-02");
    let before = read(&mother, &diary).await?;
    let shown =
        lesson_in(&before, "2026-09-02", &journal.id, 1).with_context(|| format!("no lesson in {before}"))?;
    ensure!(shown["marks"] == json!([]), "a mark before it was set: {shown}");
    ensure!(
        shown["homework"] == "№ 112, 114" && shown["homework_minutes"] == 20,
        "{shown}"
    );

    let set = journal.set(lesson, &child, "5").await?;
    ensure!(set["marks"][0]["mark"] == "5", "{set}");
    for part in [Part::Parent, Part::SecondParent, Part::Child] {
        let reader = place.visitor(part).await?;
        let week = read(&reader, &diary).await?;
        let shown = lesson_in(&week, "2026-09-02", &journal.id, 1).context("no lesson")?;
        ensure!(shown["marks"] == json!(["5"]), "{part:?} reads {shown}");
        let marks = read(&reader, &format!("/api/diary/{child}/marks?period={PERIOD}")).await?;
        ensure!(
            marks.to_string().contains(&journal.id),
            "{part:?}: no algebra in {marks}"
        );
    }
    let last = journal
        .history(lesson, &child)
        .await?
        .into_iter()
        .next()
        .context("no history")?;
    ensure!(last["to"] == "5" && last["from"] == "", "{last}");
    Ok(())
}

pub(crate) async fn strangers_find_neither_the_child_nor_the_journal(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let journal = Journal::of_algebra(&place).await?;
    let mother = place.visitor(Part::Parent).await?;
    let child = child_in_seven_a(&mother).await?;
    let (_, classmate) = {
        let pupils = journal.pupils().await?;
        let other = pupils
            .into_iter()
            .find(|(id, _)| *id != child)
            .context("no classmate")?;
        ((), other.0)
    };
    let lesson = "2026-09-02-02";
    journal.open(lesson).await?;
    let before = journal.cell(lesson, &child).await?;
    for path in [
        format!("/api/diary/{classmate}"),
        format!("/api/diary/{classmate}/marks"),
        journal.path(),
    ] {
        let (status, problem) = ask(&mother, Method::GET, &path, None, &[]).await?;
        ensure!(
            status == 404 && problem["code"] == "not_found",
            "the mother gets {path}: {status} {problem}"
        );
    }
    for part in [Part::Guardian, Part::Stranger, Part::Supplier, Part::Pupil] {
        let visitor = place.visitor(part).await?;
        let (status, _) = ask(&visitor, Method::GET, &format!("/api/diary/{child}"), None, &[]).await?;
        ensure!(status == 404, "{part:?} reads the diary: {status}");
    }
    let entry = json!({ "work": 1, "entry": "2" });
    let cell = journal.cell_path(lesson, &child);
    let seen = format!("\"{}\"", before.version);
    for (part, expected) in [
        (Part::Child, 404),
        (Part::Parent, 404),
        (Part::Administrator, 404),
        (Part::Head, 403),
        (Part::Deputy, 403),
    ] {
        let visitor = place.visitor(part).await?;
        let (status, problem) =
            ask(&visitor, Method::PUT, &cell, Some(&entry), &[("if-match", &seen)]).await?;
        ensure!(
            status == expected,
            "{part:?} writes into the journal: {status} {problem}"
        );
    }
    let after = journal.cell(lesson, &child).await?;
    ensure!(before == after, "the cell was {before:?} and is {after:?}");
    Ok(())
}

#[expect(clippy::too_many_lines, reason = "a table of cases reads better whole")]
pub(crate) async fn bad_input_gets_a_clear_problem_and_changes_nothing(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let journal = Journal::of_algebra(&place).await?;
    let lesson = "2026-09-02-03";
    journal.open(lesson).await?;
    let (pupil, _) = journal.pupils().await?.into_iter().next().context("no pupils")?;
    journal.set(lesson, &pupil, "4").await?;
    let before = journal.cell(lesson, &pupil).await?;
    let (path, seen) = (
        journal.cell_path(lesson, &pupil),
        format!("\"{}\"", before.version),
    );
    let teacher = &journal.teacher;

    let put = |entry: Value| {
        let (path, seen) = (path.clone(), seen.clone());
        async move { ask(teacher, Method::PUT, &path, Some(&entry), &[("if-match", &seen)]).await }
    };
    let cases = [
        (json!({ "work": 1, "entry": "6" }), 422, "entry_unknown"),
        (json!({ "work": 1, "entry": "н у" }), 422, "entry_two_attendances"),
        (
            json!({ "work": 1, "entry": "5", "admin": true }),
            400,
            "invalid_json",
        ),
        (json!({ "work": "первая", "entry": "5" }), 400, "invalid_json"),
    ];
    for (body, status, code) in cases {
        let (answered, problem) = put(body.clone()).await?;
        ensure!(
            (answered, problem["code"].as_str()) == (status, Some(code)),
            "{body}: {answered} {problem}"
        );
        ensure!(
            problem["detail"]
                .as_str()
                .is_some_and(|detail| !detail.is_empty()),
            "{problem} says nothing"
        );
    }
    let raw = |body: Vec<u8>| {
        let request = teacher.request(Method::PUT, &path).map(|request| {
            request
                .header("if-match", &seen)
                .header("content-type", "application/json")
                .body(body)
        });
        async move { anyhow::Ok(request?.send().await?) }
    };
    let broken = raw(b"{\"work\": 1, \"entry\": ".to_vec()).await?;
    ensure!(
        broken.status() == 400,
        "broken JSON is answered {}",
        broken.status()
    );
    ensure!(
        broken.headers()["content-type"] == "application/problem+json",
        "{:?}",
        broken.headers()
    );
    for size in [300 * 1024, 10 * 1024 * 1024 + 1] {
        let large = raw(vec![b' '; size]).await?;
        ensure!(
            large.status() == 413,
            "{size} bytes are answered {}",
            large.status()
        );
    }
    let entry = json!({ "work": 1, "entry": "5" });
    let (status, problem) = ask(teacher, Method::PUT, &path, Some(&entry), &[]).await?;
    ensure!(status == 428, "without a version: {status} {problem}");
    let (status, problem) = ask(
        teacher,
        Method::PUT,
        &path,
        Some(&entry),
        &[("if-match", "\"0\"")],
    )
    .await?;
    ensure!(
        status == 409 && problem["current"]["entries"][0]["entry"] == "4",
        "with an old one: {status} {problem}"
    );
    refused_from_elsewhere(&place, teacher, &path, &seen).await?;
    let after = journal.cell(lesson, &pupil).await?;
    ensure!(before == after, "the cell was {before:?} and is {after:?}");
    Ok(())
}

/// A change with our cookies that does not come from our pages.
async fn refused_from_elsewhere(
    place: &Place,
    teacher: &Visitor,
    path: &str,
    seen: &str,
) -> anyhow::Result<()> {
    let session = teacher.cookie(SESSION).context("no session")?;
    for origin in [None, Some("https://evil.example"), Some("null")] {
        let mut request = bare()?
            .put(format!("{}{path}", place.public))
            .header("cookie", format!("{SESSION}={session}"))
            .header("if-match", seen)
            .json(&json!({ "work": 1, "entry": "2" }));
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let answer = request.send().await?;
        ensure!(answer.status() == 403, "from {origin:?}: {}", answer.status());
    }
    Ok(())
}
