//! The pass book of a student of a vocational institution.

use gradebook::{Cell, CellMark, PeriodResult, RowHead, RowKey, Term, YearResults};
use jiff::civil::date;
use model::{AcademicYear, GroupId, InstitutionId, InstitutionKind, LessonKey, MarkingRule, PersonId};
use rosters::{Institution, MemberRole, Membership};
use serde_json::json;
use store::Write;
use testkit::{Call, MONDAY, PERIOD, moment, put};

use crate::world::{World, mark};

const FIRST: &str = "2026-q1";

/// The school has become a college.
async fn college() -> World {
    let world = World::empty().await;
    become_college(&world).await;
    world
}

async fn become_college(world: &World) {
    let kind = Write::update_if(
        Institution::key_of(world.school.institution),
        "SET kind = :kind",
        "attribute_exists(pk)",
    )
    .typed_value(":kind", &InstitutionKind::Vocational)
    .expect("a value");
    world.registry.write(vec![kind]).await.expect("written");
}

async fn set_result(
    world: &World,
    journal: GroupId,
    subject: &str,
    year: i16,
    period: &str,
    of: (&str, &str),
) {
    let place = (journal, world.school.institution);
    set_result_at(world, place, subject, year, period, of).await;
}

async fn set_result_at(
    world: &World,
    journal: (GroupId, InstitutionId),
    subject: &str,
    year: i16,
    period: &str,
    of: (&str, &str),
) {
    let year = AcademicYear::of(date(year, 9, 1));
    let results = YearResults::empty(journal, year, world.school.pupils[0], subject);
    let result = PeriodResult {
        version: 1,
        mark: of.0.parse().ok(),
        at: moment("2026-10-24T10:00:00Z"),
        by: world.school.teacher,
        attestation: of.1.parse().ok(),
    };
    let term = Term::Period(period.parse().expect("a period"));
    let write = results.set(&term, &result);
    world
        .journals
        .write(vec![write])
        .await
        .expect("the result is set");
}

/// A mark in the first semester, which is over.
async fn learn(world: &World, journal: GroupId, subject: &str) {
    let key = RowKey {
        journal,
        period: FIRST.parse().expect("a period"),
        pupil: world.school.pupils[0],
    };
    let head = RowHead {
        key: &key,
        subject,
        rule: MarkingRule::USUAL,
    };
    let marks: Vec<CellMark> = vec![mark(4, model::WorkKind::Answer, model::Weight::ONE)];
    let value = gradebook::CellValue {
        marks,
        ..gradebook::CellValue::default()
    };
    let lesson = LessonKey {
        date: date(2026, 9, 7),
        number: 2,
    };
    let write = head.set_cell(lesson, &Cell { version: 1, value });
    world.journals.write(vec![write]).await.expect("the cell is set");
}

async fn filled() -> World {
    let world = college().await;
    let (algebra, history) = (world.school.algebra, world.school.history);
    let exam = "exam 2026-10-20 72 1 Соколова И. С.";
    set_result(&world, algebra, "Алгебра", 2026, FIRST, ("4", exam)).await;
    set_result(&world, algebra, "Алгебра", 2025, "2025-q1", ("нез", "")).await;
    learn(&world, algebra, "Алгебра").await;
    learn(&world, history, "История").await;
    world
}

#[tokio::test]
async fn a_course_shows_its_sections_and_the_debts_of_all_courses() {
    let world = filled().await;
    let path = format!("/api/diary/{}/pass-book", world.child(0));
    let book = world.api("pupil", &path).await.json();
    assert_eq!(
        book["courses"],
        json!([{ "year": "2025", "number": 6 }, { "year": "2026", "number": 7 }])
    );
    let entry = &book["semesters"][0]["entries"][0];
    assert_eq!(
        (&entry["section"], &entry["form"], &entry["mark"], &entry["date"]),
        (&json!("exams"), &json!("exam"), &json!("4"), &json!("2026-10-20"))
    );
    assert_eq!(
        (&entry["hours"], &entry["retakes"], &entry["teacher"]),
        (&json!(72), &json!(1), &json!("Соколова И. С."))
    );
    let debts: Vec<_> = (0..2)
        .map(|debt| {
            (
                book["debts"][debt]["subject"].clone(),
                book["debts"][debt]["mark"].clone(),
            )
        })
        .collect();
    assert_eq!(
        debts,
        [(json!("Алгебра"), json!("нез")), (json!("История"), json!(null))],
        "a незачёт of last year, and no result though the semester is over"
    );
    let former = world.api("pupil", &format!("{path}?year=2025")).await.json();
    assert_eq!(
        (&former["year"], &former["semesters"][0]["entries"][0]["section"]),
        (&json!("2025"), &json!("passes"))
    );
    assert_eq!(former["debts"], book["debts"]);
    assert_eq!(world.api("pupil", &format!("{path}?year=soon")).await.status, 404);
}

#[tokio::test]
async fn the_page_reads_like_the_book_of_paper_and_is_found_beside_the_marks() {
    let world = filled().await;
    let path = format!("/diary/{}/pass-book", world.child(0));
    let page = world.page("parent", &path).await.text;
    for expected in [
        "Зачётная книжка",
        "7-й курс, 2026/27",
        "13-й семестр",
        "Экзамены",
        "4 (хорошо)",
        "экзамен, пересдача",
        "20.10.2026",
        "Академическая задолженность",
        "Алгебра, семестр 2025/26 учебного года: не зачтено",
        "История, 13-й семестр: нет результата, семестр окончен",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
    let former = world.page("parent", &format!("{path}?year=2025")).await.text;
    assert!(
        former.contains("не зачтено</strong> <small class=\"badge\">задолженность"),
        "{former}"
    );
    let marks = world
        .page("parent", &format!("/diary/{}/marks", world.child(0)))
        .await
        .text;
    assert!(marks.contains("/pass-book?institution="), "{marks}");
    let file = world.page("parent", &format!("{path}.xlsx")).await;
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").contains("pass-book-2026.xlsx"));
    assert!(file.text.starts_with("PK"), "a workbook");
}

#[tokio::test]
async fn a_school_has_no_pass_books_and_does_not_speak_of_them() {
    let world = World::new().await;
    let path = format!("/diary/{}/pass-book", world.child(0));
    assert_eq!(world.page("parent", &path).await.status, 404);
    let marks = world
        .page("parent", &format!("/diary/{}/marks", world.child(0)))
        .await
        .text;
    assert!(!marks.contains("pass-book"), "{marks}");
}

#[tokio::test]
async fn the_head_of_the_group_opens_it_and_other_teachers_do_not() {
    let world = filled().await;
    let path = format!("/api/diary/{}/pass-book", world.child(0));
    for (actor, status) in [
        ("pupil", 200),
        ("parent", 200),
        ("head", 200),
        ("deputy head", 200),
        ("teacher", 404),
        ("classmate", 404),
        ("administrator", 404),
    ] {
        assert_eq!(world.api(actor, &path).await.status.as_u16(), status, "{actor}");
    }
    let teacher: PersonId = world.school.history_teacher;
    let name = model::PersonName::parse("Орлов", "Пётр", None).expect("a name");
    let leads = Membership {
        learns_in: vec![],
        ..world
            .school
            .membership(teacher, &name, world.school.class, MemberRole::Teacher)
    };
    put(&world.registry, leads).await;
    let seen = world.api("teacher of another subject", &path).await;
    assert_eq!(seen.status, 200, "{}", seen.text);
    let page = format!("/diary/{}/pass-book", world.child(0));
    let page = world.page("teacher of another subject", &page).await.text;
    assert!(
        !page.contains("/homework?"),
        "the diary itself stays the family's: {page}"
    );
}

#[tokio::test]
async fn a_pass_book_costs_the_card_and_three_parallel_calls() {
    let world = World::empty().await;
    let class = testkit::BusyClass::of(&world.school);
    class
        .write(&world.registry, &world.schedules, &world.journals)
        .await;
    become_college(&world).await;
    for year in 2023..=2026 {
        for journal in 0..15u128 {
            for half in ["s1", "s2"] {
                let period = format!("{year}-{half}");
                let given = format!("exam {year}-12-20 72 0 Соколова И. С.");
                let journal = GroupId::from_bits(900 + journal);
                set_result(&world, journal, "Дисциплина", year, &period, ("4", &given)).await;
            }
        }
    }
    // The period of the busy class is over.
    let after = world.later("2027-01-15T06:40:00Z");
    let path = format!("/api/diary/{}/pass-book", world.child(0));
    let (book, used) = store::metered(after.api("pupil", &path)).await;
    let book = book.json();
    assert_eq!(book["courses"].as_array().map(Vec::len), Some(4));
    assert_eq!(
        book["debts"].as_array().map(Vec::len),
        Some(16),
        "nobody was attested in {PERIOD}"
    );
    assert!(used.calls == 4 && used.units <= 6.0, "{used:?}");
    let page = format!("/diary/{}/pass-book", world.child(0));
    let call = Call::get(&page).session(&world.sessions, &world.school.actor("head"));
    let (_, used) = store::metered(call.send(&world.service)).await;
    assert!(used.calls == 4 && used.units <= 6.0, "{used:?} on {MONDAY}");
}

#[tokio::test]
async fn what_was_learned_at_another_institution_stands_in_no_book_of_this_one() {
    let world = college().await;
    let school = (GroupId::from_bits(555), world.school.other_institution);
    set_result_at(&world, school, "География", 2025, "2025-q4", ("2", "")).await;
    let path = format!("/api/diary/{}/pass-book", world.child(0));
    let book = world.api("head", &path).await;
    assert!(!book.text.contains("География"), "{}", book.text);
    let book = book.json();
    assert_eq!(
        (&book["debts"], book["courses"].as_array().map(Vec::len)),
        (&json!([]), Some(1))
    );
}
