use gradebook::{Cell, CellValue, RowKey};
use jiff::civil::date;
use model::{InstitutionId, LessonKey, MarkingRule, PersonId};

use super::*;

const STUDENT: PersonId = PersonId::from_bits(1);
const COLLEGE: InstitutionId = InstitutionId::from_bits(1);

fn period(id: &str) -> PeriodId {
    id.parse().expect("a period")
}

fn result(mark: &str, attestation: &str) -> PeriodResult {
    PeriodResult {
        version: 1,
        mark: mark.parse().ok(),
        at: "2026-12-28T22:00:00Z".parse().expect("a moment"),
        by: PersonId::from_bits(9),
        attestation: attestation.parse().ok(),
    }
}

fn results(journal: u128, subject: &str, year: i16, of: &[(&str, &str, &str)]) -> YearResults {
    let year = AcademicYear::of(date(year, 9, 1));
    let mut results = YearResults::empty((GroupId::from_bits(journal), COLLEGE), year, STUDENT, subject);
    results.periods = of
        .iter()
        .map(|(id, mark, attestation)| (period(id), result(mark, attestation)))
        .collect();
    results
}

fn row(journal: u128, subject: &str, id: &str) -> PupilRow {
    let key = RowKey {
        journal: GroupId::from_bits(journal),
        period: period(id),
        pupil: STUDENT,
    };
    let mut row = PupilRow::empty(key, subject, MarkingRule::USUAL);
    let lesson = LessonKey {
        date: date(2026, 10, 1),
        number: 1,
    };
    let value = CellValue::default();
    row.cells.insert(lesson, Cell { version: 1, value });
    row
}

fn periods() -> Vec<AcademicPeriod> {
    let period = |id: &str, start, end| AcademicPeriod {
        id: period(id),
        title: id.to_owned(),
        start,
        end,
    };
    vec![
        period("2026-year", date(2026, 9, 1), date(2027, 8, 31)),
        period("2026-s2", date(2027, 1, 11), date(2027, 6, 30)),
        period("2026-s1", date(2026, 9, 1), date(2026, 12, 29)),
    ]
}

/// In the groups 1–5; the sixth was left in October.
fn learns_in() -> Vec<LearnsIn> {
    let learns = |group: u128| LearnsIn {
        group: GroupId::from_bits(group),
        from: Some(date(2026, 9, 1)),
        until: (group == 6).then_some(date(2026, 10, 10)),
    };
    (1..=6).map(learns).collect()
}

fn book(results: &[YearResults], rows: &[PupilRow], today: Date, wanted: Option<i16>) -> PassBook {
    let sources = Sources {
        results,
        rows,
        periods: &periods(),
        learns_in: &learns_in(),
        grade: Some(2),
        zone: &TimeZone::get("Europe/Moscow").expect("a zone"),
        today,
    };
    sources.open(wanted.map(|year| AcademicYear::of(date(year, 9, 1))))
}

#[test]
fn each_form_stands_in_its_section_by_course_and_semester() {
    let all = [
        results(
            1,
            "Базы данных",
            2026,
            &[("2026-s1", "5", "exam 2026-12-25 72 0 Громова В. П.")],
        ),
        results(2, "Физкультура", 2026, &[("2026-s1", "зач", "")]),
        results(3, "Сети", 2026, &[("2026-s1", "4", "")]),
        results(
            4,
            "Проект",
            2026,
            &[("2026-s1", "5", "course_work 2026-12-20 - 0 Г")],
        ),
        results(
            5,
            "Учебная практика",
            2026,
            &[("2026-s1", "зач", "practice 2026-12-20 36 0 Г")],
        ),
        results(6, "История", 2025, &[("2025-s1", "5", ""), ("2025-s2", "4", "")]),
    ];
    let now = book(&all, &[], date(2026, 12, 29), None);
    let courses: Vec<_> = now.courses.iter().map(|course| course.number).collect();
    assert_eq!((courses, now.open.number), (vec![Some(1), Some(2)], Some(2)));
    let numbers: Vec<_> = now.semesters.iter().map(|semester| semester.number).collect();
    assert_eq!(
        numbers,
        [Some(3), Some(4)],
        "the frame of the year is no semester"
    );
    let sections: Vec<(SectionKind, usize)> = now.semesters[0]
        .sections
        .iter()
        .map(|section| (section.kind, section.entries.len()))
        .collect();
    use SectionKind::{CourseWorks, Exams, Passes, Practices};
    assert_eq!(
        sections,
        [(Exams, 1), (Passes, 2), (CourseWorks, 1), (Practices, 1)]
    );
    let credit = &now.semesters[0].sections[1].entries[1];
    assert_eq!(
        (credit.given.form, credit.given.date),
        (AttestationForm::Pass, date(2026, 12, 29)),
        "the day at the institution, when nobody has said another"
    );
    let former = book(&all, &[], date(2026, 12, 29), Some(2025));
    let numbers: Vec<_> = former.semesters.iter().map(|semester| semester.number).collect();
    assert_eq!((former.open.number, numbers), (Some(1), vec![Some(1), Some(2)]));
    let unknown = book(&all, &[], date(2026, 12, 29), Some(2020));
    assert_eq!(unknown.open, now.open, "a year that is not the student's");
}

#[test]
fn a_debt_is_an_insufficient_result_of_any_year_or_none_past_the_end() {
    let all = [
        results(
            1,
            "Базы данных",
            2026,
            &[("2026-s1", "2", "exam 2026-12-25 72 0 Г")],
        ),
        results(2, "Сети", 2025, &[("2025-s2", "нез", "")]),
        results(3, "История", 2026, &[("2026-s1", "осв", "")]),
        results(4, "Право", 2026, &[("2026-s1", "", "")]),
    ];
    let rows = [
        row(1, "Базы данных", "2026-s1"),
        row(3, "История", "2026-s1"),
        row(4, "Право", "2026-s1"),
        row(5, "Химия", "2026-s1"),
        row(6, "Химия", "2026-s1"),
        row(7, "Шахматы", "2026-s1"),
    ];
    let owed = |today| {
        let book = book(&all, &rows, today, None);
        let debts = book.debts.into_iter();
        debts.map(|debt| (debt.subject, debt.why)).collect::<Vec<_>>()
    };
    let before = [
        ("Сети".to_owned(), Owed::Insufficient(ResultMark::Fail)),
        ("Базы данных".to_owned(), Owed::Insufficient(ResultMark::Grade(2))),
    ];
    assert_eq!(owed(date(2026, 12, 29)), before, "the semester is not over");
    let mut after = before.to_vec();
    after.extend([
        ("Право".to_owned(), Owed::NoResult),
        ("Химия".to_owned(), Owed::NoResult),
    ]);
    assert_eq!(owed(date(2026, 12, 30)), after);
}

#[test]
fn a_retake_that_went_well_ends_the_debt_and_shows_its_own_day() {
    let all = [results(
        1,
        "Базы данных",
        2026,
        &[("2026-s1", "4", "exam 2027-01-15 72 1 Г")],
    )];
    let book = book(&all, &[row(1, "Базы данных", "2026-s1")], date(2027, 1, 20), None);
    assert!(book.debts.is_empty());
    let entry = &book.semesters[0].sections[0].entries[0];
    assert_eq!((entry.given.retakes, entry.given.date), (1, date(2027, 1, 15)));
}

#[test]
fn in_august_the_group_of_the_year_that_is_over_is_still_that_of_its_course() {
    let all = [results(1, "Базы данных", 2026, &[("2026-s2", "5", "")])];
    let now = book(&all, &[], date(2027, 8, 5), None);
    assert_eq!((now.open.year.first(), now.open.number), (2026, Some(2)));
    let numbers: Vec<_> = now.semesters.iter().map(|semester| semester.number).collect();
    assert_eq!(numbers, [Some(3), Some(4)]);
}

#[test]
fn of_a_former_year_with_one_semester_nobody_knows_which_one_it_was() {
    let all = [results(1, "Базы данных", 2025, &[("2025-s2", "2", "")])];
    let former = book(&all, &[], date(2026, 12, 1), Some(2025));
    let numbers: Vec<_> = former.semesters.iter().map(|semester| semester.number).collect();
    assert_eq!((numbers, former.debts[0].number), (vec![None], None));
}
