//! The schedule of assessments.

use jiff::{ToSpan, civil::date};
use model::InstitutionKind;
use timetable_norms::{Assessment, AssessmentContext, Finding, Measure, Severity, check_assessment};

use crate::sketch::table;

fn assessment(id: &str, class: &str, subject: &str, day: i8) -> Assessment {
    Assessment {
        id: id.to_owned(),
        procedure: id.to_owned(),
        class: class.to_owned(),
        grade: 7,
        subject: subject.to_owned(),
        date: date(2026, 10, day),
        minutes: 45,
        hours: 1,
    }
}

fn context() -> AssessmentContext {
    AssessmentContext {
        institution: InstitutionKind::General,
        title: "7А".to_owned(),
        lesson: Some(3),
        day: Some((1, 6)),
        weekly_lessons: Some(3),
        yearly_hours: Some(102),
    }
}

fn findings(proposed: &Assessment, planned: &[Assessment], context: &AssessmentContext) -> Vec<Finding> {
    check_assessment(proposed, planned, context, &table())
}

fn norms(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.norm.as_str()).collect()
}

#[test]
fn a_first_assessment_is_free() {
    let proposed = assessment("new", "7А", "Алгебра", 14);
    assert_eq!(findings(&proposed, &[], &context()), []);
    assert_eq!(
        findings(&proposed, std::slice::from_ref(&proposed), &context()),
        []
    );
}

#[test]
fn a_class_has_one_assessment_a_day() {
    let proposed = assessment("new", "7А", "Алгебра", 14);
    let same_day = assessment("old", "7А", "Физика", 14);
    let found = findings(&proposed, &[same_day], &context());
    assert_eq!(norms(&found), ["assessments-a-day"]);
    assert_eq!(found[0].severity, Severity::Warns);
    assert_eq!(found[0].measured, Measure::Assessments(2));
    assert_eq!(found[0].place.assessments, ["new", "old"]);
    let of_others = [
        assessment("other class", "7Б", "Физика", 14),
        assessment("other day", "7А", "Физика", 15),
    ];
    assert_eq!(findings(&proposed, &of_others, &context()), []);
}

#[test]
fn works_shorter_than_thirty_minutes_do_not_count() {
    let mut proposed = assessment("new", "7А", "Алгебра", 14);
    let mut old = assessment("old", "7А", "Физика", 14);
    old.minutes = 29;
    assert_eq!(findings(&proposed, std::slice::from_ref(&old), &context()), []);
    old.minutes = 30;
    assert_eq!(
        findings(&proposed, std::slice::from_ref(&old), &context()).len(),
        1
    );
    proposed.minutes = 29;
    assert_eq!(findings(&proposed, &[old], &context()), []);
}

#[test]
fn seventeen_days_lie_between_assessments_of_a_subject_in_the_parallel() {
    let proposed = assessment("new", "7А", "Иностранный язык (английский)", 20);
    let (near, far) = (
        assessment("near", "7Б", "Английский язык", 4),
        assessment("far", "7Б", "Английский язык", 3),
    );
    let found = findings(&proposed, &[far.clone(), near], &context());
    assert_eq!(norms(&found), ["assessment-interval"]);
    assert_eq!(
        (found[0].measured, found[0].limit),
        (Measure::Days(16), Measure::Days(17))
    );
    assert_eq!(found[0].place.assessments, ["near", "new"]);
    assert_eq!(found[0].place.classes, ["7А", "7Б"]);
    assert_eq!(findings(&proposed, &[far], &context()), []);
}

#[test]
fn what_comes_later_is_as_near_as_what_was_before() {
    let proposed = assessment("new", "7А", "Алгебра", 14);
    let later = assessment("later", "7А", "Алгебра", 30);
    assert_eq!(
        norms(&findings(&proposed, &[later], &context())),
        ["assessment-interval"]
    );
}

#[test]
fn one_procedure_of_the_parallel_on_several_days_is_one() {
    let mut proposed = assessment("new", "7А", "Алгебра", 14);
    let mut other = assessment("other", "7Б", "Алгебра", 15);
    proposed.procedure = "test 1".to_owned();
    other.procedure = "test 1".to_owned();
    assert_eq!(findings(&proposed, std::slice::from_ref(&other), &context()), []);
    other.procedure = "test 2".to_owned();
    assert_eq!(
        norms(&findings(&proposed, &[other], &context())),
        ["assessment-interval"]
    );
}

#[test]
fn other_parallels_and_subjects_have_their_own_interval() {
    let proposed = assessment("new", "7А", "Алгебра", 14);
    let mut of_grade_8 = assessment("8", "8А", "Алгебра", 15);
    of_grade_8.grade = 8;
    let geometry = assessment("g", "7А", "Геометрия", 15);
    assert_eq!(findings(&proposed, &[of_grade_8, geometry], &context()), []);
}

#[test]
fn assessments_take_a_tenth_of_the_years_hours_at_most() {
    let proposed = assessment("new", "7А", "Музыка", 14);
    let mut yearly = context();
    yearly.yearly_hours = Some(34);
    let old = |count: i32| -> Vec<Assessment> {
        (0..count)
            .map(|number| {
                let mut old = assessment(&format!("old {number}"), "7А", "Музыка", 1);
                old.date = old.date.saturating_sub((30 * (number + 1)).days());
                old
            })
            .collect()
    };
    assert_eq!(findings(&proposed, &old(2), &yearly), [], "3 of 34 hours");
    let found = findings(&proposed, &old(3), &yearly);
    assert_eq!(norms(&found), ["assessment-share"], "4 of 34 hours");
    assert_eq!(
        (found[0].measured, found[0].limit),
        (Measure::Permille(117), Measure::Permille(100))
    );
    yearly.yearly_hours = Some(40);
    assert_eq!(
        findings(&proposed, &old(3), &yearly),
        [],
        "4 of 40 hours are a tenth"
    );
    yearly.yearly_hours = None;
    assert_eq!(
        findings(&proposed, &old(3), &yearly),
        [],
        "unknown hours are not checked"
    );
}

#[test]
fn the_first_and_the_last_lesson_are_not_for_assessments() {
    let proposed = assessment("new", "7А", "Алгебра", 14);
    let at = |lesson| {
        let mut context = context();
        context.lesson = Some(lesson);
        findings(&proposed, &[], &context)
    };
    assert_eq!(at(1)[0].message.key, "norm-assessment-first-lesson");
    assert_eq!(at(6)[0].message.key, "norm-assessment-last-lesson");
    assert_eq!(at(2), []);
    assert_eq!(at(5), []);
}

#[test]
fn a_subject_of_one_lesson_a_week_is_exempt_from_that() {
    let proposed = assessment("new", "7А", "Музыка", 14);
    let mut context = context();
    context.lesson = Some(6);
    context.weekly_lessons = Some(1);
    assert_eq!(findings(&proposed, &[], &context), []);
    context.weekly_lessons = Some(2);
    assert_eq!(norms(&findings(&proposed, &[], &context)), ["assessment-lesson"]);
    context.day = None;
    assert_eq!(
        findings(&proposed, &[], &context),
        [],
        "an unknown day is not checked"
    );
}
