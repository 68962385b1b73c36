//! What holds of any week.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use model::Weekday;
use proptest::prelude::*;
use timetable_norms::{Cycle, Lesson, Measure, NormTable, Report, SHIPPED, Week, check};

use crate::sketch::{class, empty_week, halves, teacher, weekday};

const SUBJECTS: [&str; 8] = [
    "Математика",
    "Русский язык",
    "Английский язык",
    "Музыка",
    "Физкультура",
    "Физика",
    "Литература",
    "Лепка",
];

fn lesson() -> impl Strategy<Value = Lesson> {
    (
        (1_u8..=6, 0_u8..=8, 0_i8..30, 30_i64..60),
        0..SUBJECTS.len(),
        0_u8..3,
        prop::sample::subsequence(vec!["1А", "7А", "9А"], 0..=2),
        prop::option::of(0_u8..3),
        prop::sample::select(vec![Cycle::Every, Cycle::Every, Cycle::A, Cycle::B]),
        prop::bool::weighted(0.1),
    )
        .prop_map(
            |((day, number, minute, length), subject, subgroup, classes, teacher, cycle, extracurricular)| {
                let hour = i8::try_from(number + 8).expect("an hour of the day");
                let start = Time::new(hour, minute, 0, 0).expect("a time");
                let class = classes.first().copied().unwrap_or("nobody");
                Lesson {
                    day: weekday(day),
                    number,
                    start,
                    end: start.saturating_add(jiff::Span::new().minutes(length)),
                    id: String::new(),
                    cycle,
                    subject: SUBJECTS[subject].to_owned(),
                    group: if subgroup == 0 {
                        class.to_owned()
                    } else {
                        format!("{class}/{subgroup}")
                    },
                    classes: classes.iter().map(|&class| class.to_owned()).collect(),
                    teacher: teacher.map(|number| format!("t{number}")),
                    extracurricular,
                }
            },
        )
}

fn week() -> impl Strategy<Value = Week> {
    (
        prop::collection::vec(lesson(), 0..90),
        prop::bool::ANY,
        prop::sample::select(vec![
            Date::constant(2021, 9, 15),
            Date::constant(2026, 10, 15),
            Date::constant(2026, 12, 15),
            Date::constant(2027, 2, 15),
        ]),
    )
        .prop_map(|(lessons, known, date)| {
            let mut week = empty_week();
            week.date = date;
            for (id, grade) in [("1А", 1), ("7А", 7), ("9А", 9)] {
                let mut class = class(id, grade);
                if known {
                    class.streams = halves(id);
                }
                class.shift = if grade == 7 { 3 } else { 2 };
                week.classes.push(class);
            }
            week.teachers = vec![teacher("t0"), teacher("t1")];
            week.lessons = lessons;
            for (number, lesson) in week.lessons.iter_mut().enumerate() {
                lesson.id = format!("lesson {number}");
            }
            week
        })
}

fn report(week: &Week) -> Report {
    check(
        week,
        &NormTable::parse(SHIPPED).expect("the shipped table is valid"),
    )
}

/// What a norm measures at a place: the load of a class in weeks of one kind, on a day.
fn loads(report: &Report, norm: &str, class: &str, day: Option<Weekday>) -> Vec<(Cycle, Measure)> {
    report
        .findings
        .iter()
        .filter(|finding| finding.norm.starts_with(norm) && finding.place.classes == [class])
        .filter(|finding| day.is_none_or(|day| finding.place.days == [day]))
        .map(|finding| (finding.place.cycle, finding.measured))
        .collect()
}

fn most(loads: &[(Cycle, Measure)]) -> Option<Measure> {
    loads.iter().map(|(_, measure)| *measure).max()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_the_input_makes_no_difference(week in week(), seed in any::<u64>()) {
        let mut shuffled = week.clone();
        let mut key = seed | 1;
        let mut next = || {
            key = key.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            key >> 33
        };
        shuffled.lessons.sort_by_cached_key(|_| next());
        shuffled.classes.reverse();
        shuffled.teachers.reverse();
        prop_assert_eq!(report(&week), report(&shuffled));
    }

    #[test]
    fn findings_name_only_what_is_in_the_input(week in week()) {
        let report = report(&week);
        let lessons: BTreeSet<&str> = week.lessons.iter().map(|lesson| lesson.id.as_str()).collect();
        let classes: BTreeSet<&str> = week.classes.iter().map(|class| class.id.as_str()).collect();
        for finding in &report.findings {
            let place = &finding.place;
            prop_assert!(place.lessons.iter().all(|id| lessons.contains(id.as_str())));
            prop_assert!(place.classes.iter().all(|id| classes.contains(id.as_str())));
            prop_assert!(!place.classes.is_empty() || place.teacher.is_some());
            if let Some(teacher) = &place.teacher {
                prop_assert!(week.lessons.iter().any(|lesson| lesson.teacher.as_ref() == Some(teacher)));
            }
            for id in &place.lessons {
                let lesson = week.lessons.iter().find(|lesson| lesson.id == *id).expect("a lesson");
                prop_assert!(place.days.is_empty() || place.days.contains(&lesson.day));
                let of_class = lesson.classes.iter().any(|class| place.classes.contains(class));
                prop_assert!(of_class || lesson.teacher == place.teacher);
                prop_assert!(lesson.cycle == Cycle::Every
                    || place.cycle == Cycle::Every
                    || lesson.cycle == place.cycle);
            }
        }
        for subject in &report.unmatched {
            prop_assert!(subject.lessons.iter().all(|id| lessons.contains(id.as_str())));
        }
    }

    #[test]
    fn findings_are_told_once_and_the_weightiest_first(week in week()) {
        let findings = report(&week).findings;
        let different: BTreeSet<_> = findings.iter().collect();
        prop_assert_eq!(different.len(), findings.len());
        prop_assert!(findings.is_sorted_by(|a, b| a.severity >= b.severity));
    }

    #[test]
    fn a_lesson_more_never_lowers_a_load(week in week(), mut more in lesson()) {
        let before = report(&week);
        let mut longer = week.clone();
        more.id = "one more".to_owned();
        let class = "7А".to_owned();
        more.classes = vec![class.clone()];
        let day = more.day;
        longer.lessons.push(more);
        let after = report(&longer);
        prop_assert!(most(&loads(&before, "week-load", &class, None)) <= most(&loads(&after, "week-load", &class, None)));
        prop_assert!(
            most(&loads(&before, "day-load", &class, Some(day))) <= most(&loads(&after, "day-load", &class, Some(day)))
        );
    }

    #[test]
    fn only_norms_in_force_are_cited(week in week()) {
        for finding in report(&week).findings {
            prop_assert!(finding.from <= week.date);
            prop_assert!(finding.until.is_none_or(|until| week.date <= until));
        }
    }
}
