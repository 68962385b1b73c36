//! The ceiling of homework.

use jiff::civil::date;
use model::InstitutionKind;
use timetable_norms::{HomeworkDay, HomeworkItem, Measure, Severity, check_homework, homework_ceiling};

use crate::sketch::{NOVEMBER, table};

fn day(grade: u8, minutes: &[Option<u16>]) -> HomeworkDay {
    HomeworkDay {
        date: NOVEMBER,
        institution: InstitutionKind::General,
        grade,
        class: "class".to_owned(),
        title: "7А".to_owned(),
        items: (1..)
            .zip(minutes)
            .map(|(number, &minutes): (u8, _)| HomeworkItem {
                id: number.to_string(),
                minutes,
            })
            .collect(),
    }
}

#[test]
fn the_ceiling_is_kept_to_the_minute_in_each_grade() {
    for (grade, ceiling) in [
        (1, 60),
        (2, 90),
        (3, 90),
        (4, 120),
        (5, 120),
        (6, 150),
        (7, 150),
        (8, 150),
        (9, 210),
        (10, 210),
        (11, 210),
    ] {
        assert_eq!(
            homework_ceiling(&table(), NOVEMBER, InstitutionKind::General, grade),
            Some(ceiling)
        );
        assert_eq!(check_homework(&day(grade, &[Some(ceiling)]), &table()), []);
        let above = check_homework(&day(grade, &[Some(ceiling), Some(1)]), &table());
        assert_eq!(above.len(), 1, "grade {grade}");
        assert_eq!(above[0].severity, Severity::Warns);
        assert_eq!(
            (above[0].measured, above[0].limit),
            (
                Measure::Minutes(u32::from(ceiling) + 1),
                Measure::Minutes(ceiling.into())
            )
        );
    }
}

#[test]
fn the_finding_names_the_homework_and_tells_what_has_no_duration() {
    let findings = check_homework(&day(7, &[Some(90), None, Some(61)]), &table());
    assert_eq!(findings[0].place.homework, ["1", "2", "3"]);
    assert_eq!(findings[0].place.classes, ["class"]);
    assert_eq!(findings[0].place.date, Some(NOVEMBER));
    assert!(findings[0].message.arguments.contains(&("unknown", 1_u32.into())));
}

#[test]
fn there_is_no_ceiling_where_or_when_no_norm_sets_one() {
    let table = table();
    assert_eq!(
        homework_ceiling(&table, NOVEMBER, InstitutionKind::Vocational, 1),
        None
    );
    assert_eq!(
        homework_ceiling(&table, date(2027, 3, 1), InstitutionKind::General, 7),
        None
    );
    assert_eq!(
        homework_ceiling(&table, NOVEMBER, InstitutionKind::General, 12),
        None
    );
    let mut late = day(7, &[Some(600)]);
    late.date = date(2027, 3, 1);
    assert_eq!(check_homework(&late, &table), []);
}

#[test]
fn many_long_tasks_do_not_overflow() {
    let many = vec![Some(u16::MAX); 3];
    assert_eq!(day(7, &many).minutes(), 3 * u32::from(u16::MAX));
    assert_eq!(check_homework(&day(7, &many), &table()).len(), 1);
}
