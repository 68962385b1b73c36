//! The words of findings in both languages.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use jiff::civil::{date, time};
use timetable_norms::{
    Argument, Assessment, AssessmentContext, Finding, HomeworkDay, HomeworkItem, MESSAGE_KEYS, MESSAGES,
    Week, check_assessment, check_homework,
};
use unic_langid::{LanguageIdentifier, langid};

use crate::sketch::{NOVEMBER, add, class, empty_week, report, table, teacher};

fn bundle(language: LanguageIdentifier, text: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![language]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).expect("valid messages");
    bundle.add_resource(resource).expect("no message twice");
    bundle
}

fn bundles() -> [FluentBundle<FluentResource>; 2] {
    [
        bundle(langid!("ru"), MESSAGES.ru),
        bundle(langid!("en"), MESSAGES.en),
    ]
}

fn keys(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter(|line| line.starts_with("norm-"))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .collect()
}

fn text(bundle: &FluentBundle<FluentResource>, finding: &Finding) -> String {
    let mut arguments = FluentArgs::new();
    for (name, value) in &finding.message.arguments {
        match value {
            Argument::Number(number) => arguments.set(*name, *number),
            Argument::Text(text) => arguments.set(*name, text.as_str()),
        }
    }
    let pattern = bundle
        .get_message(finding.message.key)
        .and_then(|message| message.value())
        .expect("a message");
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, Some(&arguments), &mut errors)
        .into_owned();
    assert!(errors.is_empty(), "{}: {errors:?}", finding.message.key);
    text
}

/// A week that breaks every norm of a week.
fn faulty() -> Week {
    let mut week = empty_week();
    let bells = [
        (time(7, 30, 0, 0), time(8, 22, 0, 0)),
        (time(8, 23, 0, 0), time(9, 10, 0, 0)),
        (time(9, 20, 0, 0), time(10, 5, 0, 0)),
        (time(10, 15, 0, 0), time(11, 0, 0, 0)),
        (time(11, 10, 0, 0), time(11, 55, 0, 0)),
        (time(12, 5, 0, 0), time(12, 50, 0, 0)),
        (time(18, 30, 0, 0), time(19, 15, 0, 0)),
    ];
    let long = "Математика, Математика, Музыка, ИЗО, Труд, Ритмика, Русский язык";
    let mut third = class("3А", 3);
    third.shift = 3;
    add(
        &mut week,
        third,
        &bells,
        &[long, "Музыка, -, -, -, -, ИЗО", "", "Музыка, ИЗО, Труд", long],
    );
    let six = "Музыка, ИЗО, Литература, Труд, Ритмика, Физкультура";
    add(&mut week, class("4А", 4), &bells, &[six, six, six, six, six]);
    add(
        &mut week,
        class("1А", 1),
        &bells,
        &["Музыка", "Музыка", "Музыка", "Музыка", "Музыка", "Музыка"],
    );
    for lesson in &mut week.lessons {
        if lesson.classes == ["3А"] {
            lesson.teacher = Some("t".to_owned());
        }
        if lesson.classes == ["1А"] && lesson.day.number() == 1 {
            lesson.number = 0;
        }
    }
    week.teachers = vec![teacher("t")];
    week
}

fn all_findings() -> Vec<Finding> {
    let mut findings = report(&faulty()).findings;
    findings.extend(check_homework(
        &HomeworkDay {
            date: NOVEMBER,
            institution: model::InstitutionKind::General,
            grade: 3,
            class: "3А".to_owned(),
            title: "3А".to_owned(),
            items: vec![
                HomeworkItem {
                    id: "1".to_owned(),
                    minutes: Some(122),
                },
                HomeworkItem {
                    id: "2".to_owned(),
                    minutes: None,
                },
            ],
        },
        &table(),
    ));
    let proposed = Assessment {
        id: "new".to_owned(),
        procedure: "new".to_owned(),
        class: "3А".to_owned(),
        grade: 3,
        subject: "Музыка".to_owned(),
        date: date(2026, 10, 14),
        minutes: 40,
        hours: 4,
    };
    let mut old = proposed.clone();
    old.id = "old".to_owned();
    old.procedure = "old".to_owned();
    for lesson in [1, 5] {
        let context = AssessmentContext {
            institution: model::InstitutionKind::General,
            title: "3А".to_owned(),
            lesson: Some(lesson),
            day: Some((1, 5)),
            weekly_lessons: Some(2),
            yearly_hours: Some(34),
        };
        findings.extend(check_assessment(
            &proposed,
            std::slice::from_ref(&old),
            &context,
            &table(),
        ));
    }
    findings
}

#[test]
fn every_key_has_words_in_both_languages() {
    assert_eq!(keys(MESSAGES.ru), keys(MESSAGES.en));
    for key in MESSAGE_KEYS {
        for bundle in bundles() {
            let message = bundle
                .get_message(key)
                .unwrap_or_else(|| panic!("no message {key}"));
            assert!(message.value().is_some(), "{key}");
        }
    }
}

#[test]
fn every_kind_of_finding_can_be_told_with_its_arguments() {
    let findings = all_findings();
    let told: BTreeSet<&str> = findings.iter().map(|finding| finding.message.key).collect();
    assert_eq!(told, BTreeSet::from(MESSAGE_KEYS), "an example of each message");
    for bundle in bundles() {
        for finding in &findings {
            let text = text(&bundle, finding);
            assert!(!text.contains('{') && !text.contains("  "), "{text}");
        }
    }
}

#[test]
fn the_words_read_well() {
    let [ru, en] = bundles();
    let findings = all_findings();
    let told = |key: &str| {
        let finding = findings
            .iter()
            .find(|finding| finding.message.key == key)
            .expect("such a finding");
        (text(&ru, finding).replace('\u{a0}', " "), text(&en, finding))
    };
    let pair = |ru: &str, en: &str| (ru.to_owned(), en.to_owned());
    assert_eq!(
        told("norm-week-load"),
        pair(
            "4А: 30 уроков в неделю, допускается не больше 23",
            "4А: 30 lessons a week, at most 23 allowed"
        )
    );
    assert_eq!(
        told("norm-break"),
        pair(
            "3А, 4А: перемена после 1-го урока (08:22–08:23) — 1 минута, нужно не меньше 10",
            "3А, 4А: the break after lesson 1 (08:22–08:23) is 1 minute, at least 10 needed"
        )
    );
    assert_eq!(
        told("norm-long-break"),
        pair(
            "3А, 4А: ни после одного из уроков 2, 3 нет большой перемены — самая длинная там 10 минут, \
             нужно 20–30 или две по 20",
            "3А, 4А: no long break after one of the lessons 2, 3: the longest there is 10 minutes, \
             20–30 or two of 20 needed"
        )
    );
    assert_eq!(
        told("norm-pupil-windows"),
        pair(
            "3А, вторник: 4 «окна» у обучающихся",
            "3А, Tuesday: 4 empty lessons in the pupils’ day"
        )
    );
    assert_eq!(
        told("norm-shift"),
        pair(
            "3А учится в 3-ю смену, допускается не позже 2-й",
            "3А is taught in shift 3, none after shift 2 is allowed"
        )
    );
    assert_eq!(
        told("norm-homework"),
        pair(
            "3А: домашнее задание на 122 минуты, допускается не больше 90. Ещё у 1 задания время не указано",
            "3А: homework of 122 minutes, at most 90 allowed. 1 more piece has no duration"
        )
    );
}
