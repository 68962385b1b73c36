use bundles::{Report, oneroster::FileKind};
use jiff::civil::{Date, date};
use model::{InstitutionKind, RegionId};

use super::*;
use crate::item::{BellRule, GradeDayOff};

const HEAD: &str = "propertyName,value\noneroster.version,1.2\n";

fn known() -> Known {
    let mut known = Known {
        region_code: "north".to_owned(),
        ..Known::default()
    };
    let institution = InstitutionId::derived("north", "s1");
    let group = GroupId::derived("north", "7a-alg");
    known.institutions.insert(
        institution,
        Institution {
            institution,
            region: RegionId::from_bits(1),
            kind: InstitutionKind::General,
            name: "Школа".to_owned(),
            time_zone: "Asia/Omsk".to_owned(),
        },
    );
    known.groups.insert(
        group,
        Group {
            group,
            institution,
            kind: GroupKind::Teaching,
            title: "7А".to_owned(),
            subject: None,
            grade: Some(7),
            classes: vec![],
            periods: vec![],
            time_zone: "Europe/Moscow".to_owned(),
        },
    );
    known
}

fn rows(files: &[(&str, &str)]) -> Rows {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("manifest.csv", HEAD)].iter().chain(files) {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("a file");
        writer.write_all(text.as_bytes()).expect("its content");
    }
    Rows::read(&writer.finish().expect("an archive").into_inner()).expect("rows")
}

fn days(rows: &str) -> String {
    format!("orgSourcedId,date,title,kind,grades\n{rows}")
}

fn dates(resolved: &Resolved) -> Vec<Date> {
    resolved
        .calendars
        .values()
        .flat_map(|calendar| calendar.days_off.iter().map(|day| day.date))
        .collect()
}

fn refused(report: &Report, file: FileKind) -> u64 {
    report.find(file.name()).map_or(0, |file| file.refused)
}

#[test]
fn two_teachers_of_a_group_stand_beside_the_lesson_and_neither_answers_for_it() {
    let mut known = known();
    let teacher = |bits, name: &str| Teacher {
        person: PersonId::from_bits(bits),
        name: name.to_owned(),
    };
    let group = GroupId::derived("north", "7a-alg");
    known.teachers.insert(
        group,
        vec![teacher(1, "Иванова А. П."), teacher(2, "Петров И. И.")],
    );
    let bells = "orgSourcedId,lessonNumber,startTime,endTime\ns1,1,08:30,09:10\n";
    let lessons = "classSourcedId,weekday,lessonNumber\n7a-alg,1,1\n";
    let resolved = resolve(
        &mut rows(&[("bells.csv", bells), ("timetable.csv", lessons)]),
        &known,
    );
    let lesson = &resolved.lessons[&group][0];
    assert_eq!(
        (lesson.slot.teacher, lesson.slot.teacher_name.as_str()),
        (None, "Иванова А. П., Петров И. И.")
    );
    assert_eq!(lesson.teachers.len(), 2);
    assert_eq!(
        lesson.slot.subject, "7А",
        "a group without a subject is named by its title"
    );
}

#[test]
fn a_file_of_days_off_speaks_for_its_span_and_leaves_other_years_alone() {
    let mut known = known();
    let first = days(
        "s1,2026-11-04,Праздник,holiday,\ns1,2026-12-31,Каникулы,break,\ns1,2027-02-15,Каникулы,break,1\n",
    );
    let resolved = resolve(&mut rows(&[("daysOff.csv", &first)]), &known);
    known.calendars = resolved.calendars.into_iter().collect();
    known.rules = resolved.rules.into_iter().collect();
    let institution = InstitutionId::derived("north", "s1");
    assert_eq!(known.calendars[&institution].time_zone, "Asia/Omsk");

    let mut second = rows(&[(
        "daysOff.csv",
        &days("s1,2026-12-30,Каникулы,break,\ns1,2027-03-08,Праздник,holiday,\n"),
    )]);
    let resolved = resolve(&mut second, &known);
    assert_eq!(
        dates(&resolved),
        [date(2026, 11, 4), date(2026, 12, 30), date(2027, 3, 8)]
    );
    assert_eq!(
        resolved.rules[&institution].grade_days_off,
        [],
        "the break of grade 1 was within the span"
    );
}

#[test]
fn with_a_refused_row_days_off_and_bells_only_add() {
    let mut known = known();
    let institution = InstitutionId::derived("north", "s1");
    let day = |date| model::DayOff {
        date,
        title: "Праздник".to_owned(),
        kind: model::DayOffKind::Holiday,
    };
    known.calendars.insert(
        institution,
        InstitutionCalendar {
            time_zone: String::new(),
            days_off: vec![day(date(2026, 11, 4))],
        },
    );
    let bell = |number| BellRule {
        shift: 1,
        number,
        grades: vec![],
        from: None,
        start: jiff::civil::time(8, 0, 0, 0),
        end: jiff::civil::time(8, 40, 0, 0),
    };
    let off = GradeDayOff {
        day: day(date(2026, 11, 5)),
        grades: vec![1],
    };
    known.rules.insert(
        institution,
        InstitutionRules {
            bells: vec![bell(1)],
            grade_days_off: vec![off],
            ..InstitutionRules::none(institution)
        },
    );
    let broken_days = days("s1,2026-11-03,А,holiday,\ns1,2026-11-09,Б,holiday,\ns1,tomorrow,В,holiday,\n");
    let broken_bells = "orgSourcedId,lessonNumber,startTime,endTime\ns1,2,08:50,09:30\ns1,3,late,09:30\n";
    let mut rows = rows(&[("daysOff.csv", &broken_days), ("bells.csv", broken_bells)]);
    let resolved = resolve(&mut rows, &known);
    assert_eq!(
        dates(&resolved),
        [date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 9)]
    );
    let rules = &resolved.rules[&institution];
    assert_eq!((rules.bells.len(), rules.grade_days_off.len()), (2, 1));
    assert_eq!(
        (
            refused(&rows.report, FileKind::DaysOff),
            refused(&rows.report, FileKind::Bells)
        ),
        (1, 1)
    );
}

#[test]
fn bells_from_a_date_stay_over_imported_ones_and_the_report_says_so() {
    let mut known = known();
    let institution = InstitutionId::derived("north", "s1");
    let bell = |grades: &[u8], from| BellRule {
        shift: 1,
        number: 1,
        grades: grades.to_vec(),
        from,
        start: jiff::civil::time(8, 0, 0, 0),
        end: jiff::civil::time(8, 40, 0, 0),
    };
    let november = Some(date(2026, 11, 1));
    known.rules.insert(
        institution,
        InstitutionRules {
            bells: vec![bell(&[1], november), bell(&[5], november), bell(&[2], None)],
            ..InstitutionRules::none(institution)
        },
    );
    let bells =
        "orgSourcedId,grades,lessonNumber,startTime,endTime\ns1,1-4,1,08:30,09:10\ns1,,1,08:30,09:10\n";
    let mut rows = rows(&[("bells.csv", bells)]);
    let resolved = resolve(&mut rows, &known);
    let kept: Vec<_> = resolved.rules[&institution]
        .bells
        .iter()
        .map(|bell| bell.from)
        .collect();
    assert_eq!(
        kept.iter().filter(|from| from.is_some()).count(),
        2,
        "set by people"
    );
    assert_eq!(
        kept.len(),
        4,
        "the two imported ones replaced the one without a date"
    );
    let file = rows.report.find("bells.csv").expect("a report");
    let said: Vec<_> = file
        .warnings
        .iter()
        .map(|odd| (odd.code, odd.args["grades"].as_str()))
        .collect();
    assert_eq!(
        said,
        [(bundles::WarningCode::RegimeStays, "1")],
        "grade 5 is in no imported regime"
    );
    assert_eq!(file.warnings[0].args["since"], "2026-11-01");
    assert_eq!(file.warnings[0].args["institution"], "Школа");
}

#[test]
fn buildings_of_a_file_come_in_and_rooms_are_named_with_them() {
    let known = known();
    let group = GroupId::derived("north", "7a-alg");
    let institution = InstitutionId::derived("north", "s1");
    let bells = "orgSourcedId,lessonNumber,startTime,endTime\ns1,1,08:30,09:10\n";
    let head = "classSourcedId,weekday,lessonNumber,room,building\n";
    let of = |lessons: &str, known: &Known| {
        let lessons = format!("{head}{lessons}");
        let mut rows = rows(&[("bells.csv", bells), ("timetable.csv", &lessons)]);
        let resolved = resolve(&mut rows, known);
        let lessons = resolved.lessons.get(&group).into_iter().flatten();
        let rooms: Vec<String> = lessons.map(|lesson| lesson.slot.room.clone()).collect();
        (rooms, resolved.rules[&institution].buildings.clone(), rows.report)
    };
    let (rooms, buildings, _) = of("7a-alg,1,1,214,1\n7a-alg,2,1,214,2\n7a-alg,3,1,7,\n", &known);
    assert_eq!(rooms, ["1 / 214", "2 / 214", "1 / 7"]);
    assert_eq!(buildings.list().len(), 2);
    let (rooms, ..) = of("7a-alg,1,1,214,1\n7a-alg,2,1,215,1\n", &known);
    assert_eq!(rooms, ["214", "215"], "one building is not named");
    let (rooms, _, report) = of("7a-alg,1,1,214,1\n7a-alg,2,1,214,2\n7a-alg,3,1,7,2/3\n", &known);
    assert_eq!(rooms.len(), 2);
    assert_eq!(
        refused(&report, FileKind::Timetable),
        1,
        "no building can be called so"
    );
}
