//! Lessons a week and a day.

use jiff::civil::date;
use timetable_norms::{Cycle, Measure, Severity, WeekLength};

use crate::sketch::{FIRST_GRADE, add, class, empty_week, figures, found, halves, week_of, weekday};

const FIVE: &str = "Литература, Музыка, ИЗО, История, Труд";
const SIX: &str = "Литература, Музыка, ИЗО, История, Труд, Ритмика";
const SEVEN: &str = "Литература, Музыка, ИЗО, История, Труд, Ритмика, ОБЖ";

#[test]
fn a_week_at_the_limit_is_kept_and_a_lesson_more_is_not() {
    let at_limit = week_of(class("5А", 5), &[SIX, SIX, SIX, SIX, FIVE]);
    assert_eq!(figures(&at_limit, "week-load"), []);
    let above = week_of(class("5А", 5), &[SIX, SIX, SIX, SIX, SIX]);
    assert_eq!(
        figures(&above, "week-load"),
        [(Measure::Lessons(30), Measure::Lessons(29))]
    );
}

#[test]
fn a_week_of_six_days_holds_more_lessons() {
    let mut senior = class("10А", 10);
    senior.days = WeekLength::Six;
    let mut week = week_of(senior, &[SIX, SIX, SIX, SIX, SIX, SEVEN]);
    assert_eq!(figures(&week, "week-load"), []);
    week.classes[0].days = WeekLength::Five;
    assert_eq!(
        figures(&week, "week-load"),
        [(Measure::Lessons(37), Measure::Lessons(34))]
    );
}

#[test]
fn the_version_of_the_date_decides_the_severity() {
    let mut week = week_of(class("5А", 5), &[SIX, SIX, SIX, SIX, SIX]);
    let severity = |week: &_| {
        found(week, "week-load")
            .first()
            .map(|finding| (finding.severity, finding.from))
    };
    assert_eq!(severity(&week), Some((Severity::Warns, date(2025, 9, 1))));
    week.date = date(2025, 8, 31);
    assert_eq!(severity(&week), Some((Severity::Forbids, date(2021, 3, 1))));
    week.date = date(2021, 2, 28);
    assert_eq!(severity(&week), None);
    week.date = date(2027, 3, 1);
    assert_eq!(severity(&week), None);
}

#[test]
fn subgroups_side_by_side_are_one_lesson_for_each_pupil() {
    let split = "Литература, Музыка, ИЗО, История, Информатика|Английский язык";
    let mut week = week_of(class("5А", 5), &[SIX, SIX, SIX, SIX, split]);
    assert_eq!(figures(&week, "week-load"), []);
    week.classes[0].streams = halves("5А");
    assert_eq!(figures(&week, "week-load"), []);
}

#[test]
fn subgroups_at_different_hours_count_only_for_their_own_pupils() {
    let split = "Английский язык|-, Музыка, ИЗО, История, Труд, -|Английский язык";
    let days = [split, SIX, SIX, SIX, SIX];
    let mut week = week_of(class("5А", 5), &days);
    assert_eq!(
        figures(&week, "week-load"),
        [(Measure::Lessons(30), Measure::Lessons(29))],
        "without rosters the most a pupil can have is counted"
    );
    week.classes[0].streams = halves("5А");
    assert_eq!(figures(&week, "week-load"), []);
}

#[test]
fn a_group_in_nobodys_set_counts_for_everybody() {
    let mut week = week_of(class("5А", 5), &[SIX, SIX, SIX, SIX, SIX]);
    week.classes[0].streams = halves("5А");
    for lesson in &mut week.lessons {
        if lesson.day == weekday(5) {
            lesson.group = "new group".to_owned();
        }
    }
    assert_eq!(
        figures(&week, "week-load"),
        [(Measure::Lessons(30), Measure::Lessons(29))]
    );
}

#[test]
fn lessons_outside_the_curriculum_are_no_load() {
    let club = "Литература, Музыка, ИЗО, История, Труд, +Шахматы";
    let week = week_of(class("5А", 5), &[club, SIX, SIX, SIX, SIX]);
    assert_eq!(figures(&week, "week-load"), []);
}

#[test]
fn weeks_a_and_b_are_counted_apart() {
    let turns = "Литература, Музыка, ИЗО, История, Труд@a|Ритмика@b";
    let at_limit = week_of(class("5А", 5), &[SIX, SIX, SIX, SIX, turns]);
    assert_eq!(figures(&at_limit, "week-load"), []);
    let above_in_a = "Литература, Музыка, ИЗО, История, Труд, Ритмика@a";
    let above = found(
        &week_of(class("5А", 5), &[SIX, SIX, SIX, SIX, above_in_a]),
        "week-load",
    );
    assert_eq!(
        above
            .iter()
            .map(|finding| finding.place.cycle)
            .collect::<Vec<_>>(),
        [Cycle::A]
    );
}

#[test]
fn what_is_too_much_in_both_weeks_is_told_once() {
    let turns = "Литература, Музыка, ИЗО, История, Труд, Ритмика@a|ОБЖ@b";
    let above = found(
        &week_of(class("5А", 5), &[SIX, SIX, SIX, SIX, turns]),
        "week-load",
    );
    assert_eq!(
        above
            .iter()
            .map(|finding| finding.place.cycle)
            .collect::<Vec<_>>(),
        [Cycle::Every]
    );
}

#[test]
fn a_day_of_seven_lessons_is_too_long_in_grade_6_and_not_in_grade_7() {
    let sixth = found(&week_of(class("6А", 6), &[SIX, SEVEN]), "day-load-5-6");
    assert_eq!(sixth.len(), 1);
    assert_eq!(sixth[0].measured, Measure::Lessons(7));
    assert_eq!(sixth[0].place.days, [weekday(2)]);
    assert_eq!(sixth[0].place.lessons, ["6А 2.7 ОБЖ 1 Every"]);
    assert_eq!(figures(&week_of(class("7А", 7), &[SEVEN]), "day-load-7-11"), []);
    let eight = format!("{SEVEN}, Черчение");
    assert_eq!(
        figures(&week_of(class("7А", 7), &[&eight]), "day-load-7-11"),
        [(Measure::Lessons(8), Measure::Lessons(7))]
    );
}

#[test]
fn primary_classes_have_one_longer_day_with_physical_education() {
    let sport = "Литература, Музыка, ИЗО, Окружающий мир, Труд, Физкультура";
    let plain = "Литература, Музыка, ИЗО, Окружающий мир, Труд, Ритмика";
    let week = |days: &[&str]| week_of(class("3А", 3), days);
    assert_eq!(figures(&week(&[FIVE, sport, FIVE]), "day-load-2-4"), []);
    let twice = found(&week(&[sport, FIVE, sport]), "day-load-2-4");
    assert_eq!(twice.len(), 1);
    assert_eq!(twice[0].place.days, [weekday(3)]);
    assert_eq!(twice[0].message.key, "norm-day-load-once");
    assert_eq!(twice[0].severity, Severity::Forbids);
    let without_sport = found(&week(&[plain]), "day-load-2-4");
    assert_eq!(without_sport.len(), 1);
    let seven = format!("{sport}, Ритмика");
    let too_many = found(&week(&[&seven]), "day-load-2-4");
    assert_eq!(too_many[0].message.key, "norm-day-load");
}

#[test]
fn grade_1_has_three_lessons_in_autumn_then_four_and_once_five() {
    let three = "Литература, Математика, Музыка";
    let four = "Литература, Математика, Музыка, ИЗО";
    let five = "Литература, Математика, Музыка, ИЗО, Физкультура";
    let on = |date, days: &[&str]| {
        let mut week = empty_week();
        add(&mut week, class("1А", 1), &FIRST_GRADE, days);
        week.date = date;
        (
            found(&week, "day-load-1-autumn").len(),
            found(&week, "day-load-1").len(),
        )
    };
    assert_eq!(on(date(2026, 10, 31), &[three]), (0, 0));
    assert_eq!(on(date(2026, 10, 31), &[four]), (1, 0));
    assert_eq!(on(date(2026, 11, 1), &[four, five]), (0, 0));
    assert_eq!(on(date(2026, 11, 1), &[five, five]), (0, 1));
    assert_eq!(on(date(2026, 2, 1), &[five, four]), (0, 0));
}

#[test]
fn grade_1_is_taught_five_days() {
    let three = "Литература, Математика, Музыка";
    let mut week = empty_week();
    add(&mut week, class("1А", 1), &FIRST_GRADE, &[three; 6]);
    add(&mut week, class("2А", 2), &FIRST_GRADE, &[three; 6]);
    let findings = found(&week, "five-day-week-1");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].measured, Measure::Days(6));
    assert_eq!(findings[0].place.classes, ["1А"]);
    assert_eq!(findings[0].place.days, [weekday(6)]);
    assert_eq!(findings[0].place.lessons.len(), 3);
}
