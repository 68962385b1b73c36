//! Notices in the weeks of a class.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::date};
use model::{AcademicPeriod, InstitutionId};
use proptest::prelude::*;

use super::*;
use crate::Newcomers;

fn day(offset: i64) -> Date {
    date(2026, 11, 2).saturating_add(offset.days())
}

fn notice(pupil: u128, number: u16, from: i64, days: i64) -> ClassNotice {
    ClassNotice {
        pupil: PersonId::from_bits(pupil),
        id: NoticeId {
            year: AcademicYear::of(day(0)),
            number,
        },
        from: day(from),
        until: day(from + days),
        reason: AbsenceReason::Illness,
        sender: NoticeSender::Family,
        has_document: false,
    }
}

#[test]
fn a_newcomer_is_who_came_after_the_year_had_begun_and_not_long_ago() {
    let period = |id: &str, start, end| AcademicPeriod {
        id: id.parse().expect("a period"),
        title: id.to_owned(),
        start,
        end,
    };
    let periods = [
        period("2025-q4", date(2026, 4, 1), date(2026, 5, 26)),
        period("2026-q1", date(2026, 9, 1), date(2026, 10, 25)),
        period("2026-q2", date(2026, 11, 9), date(2026, 12, 29)),
    ];
    let came = [
        None,
        Some(date(2026, 9, 1)),
        Some(date(2026, 9, 2)),
        Some(date(2026, 11, 25)),
    ];
    let members = || (1u128..).map(PersonId::from_bits).zip(came);
    let at = |first: Date, periods: &[AcademicPeriod]| {
        let found = Newcomers::of(InstitutionId::from_bits(1), periods, Week::of(first), members());
        found.pupils
    };
    let [third, fourth] = [3, 4].map(PersonId::from_bits);
    assert_eq!(at(date(2026, 11, 23), &periods), [third, fourth]);
    assert_eq!(
        at(date(2027, 2, 1), &periods),
        [fourth],
        "what was told in September is over"
    );
    assert_eq!(at(date(2026, 11, 23), &[]), []);
}

fn any_notice(number: u16) -> impl Strategy<Value = ClassNotice> {
    let reasons = prop::sample::select(&AbsenceReason::ALL[..]);
    (1u128..3, 0i64..60, 0i64..31, reasons, any::<[bool; 2]>()).prop_map(
        move |(pupil, from, days, reason, [by_school, has_document])| ClassNotice {
            reason,
            sender: if by_school {
                NoticeSender::School
            } else {
                NoticeSender::Family
            },
            has_document,
            ..notice(pupil, number, from, days)
        },
    )
}

fn several() -> impl Strategy<Value = Vec<ClassNotice>> {
    (any_notice(1), any_notice(2), any_notice(3), any_notice(4)).prop_map(|(a, b, c, d)| vec![c, a, d, b])
}

/// The weeks after the steps, each with the text that it shows; fails where a step does not find what it expects.
fn applied(weeks: &mut BTreeMap<Week, String>, steps: Vec<Step>) {
    for step in steps {
        assert_eq!(
            weeks.get(&step.week),
            step.before.as_ref(),
            "{}",
            step.week.monday()
        );
        match step.after {
            Some(text) => weeks.insert(step.week, text),
            None => weeks.remove(&step.week),
        };
    }
}

proptest! {
    #[test]
    fn a_notice_reads_back_from_the_week_that_shows_it(notice in any_notice(7)) {
        let name = notice.name();
        let rest = name.strip_prefix(ClassWeek::NOTICE).expect("the prefix");
        prop_assert_eq!(ClassNotice::read(rest, &notice.text()).expect("a notice"), notice);
    }

    #[test]
    fn of_several_notices_the_last_one_holds_on_each_day_and_only_on_its_own_days(
        notices in several(), pupil in 1u128..3, offset in 0i64..95
    ) {
        let pupil = PersonId::from_bits(pupil);
        let found = ClassNotice::on(&notices, pupil, day(offset));
        let mut by_time = notices.clone();
        by_time.sort_by_key(|notice| notice.id);
        let mut expected = None;
        for notice in &by_time {
            if notice.pupil == pupil && notice.from <= day(offset) && day(offset) <= notice.until {
                expected = Some(notice);
            }
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn after_any_changes_exactly_the_weeks_of_the_notice_show_it(
        versions in prop::collection::vec(prop::option::weighted(0.8, any_notice(1)), 1..6)
    ) {
        let mut weeks = BTreeMap::new();
        let mut before: Option<ClassNotice> = None;
        for after in versions {
            let after = after.map(|after| ClassNotice { pupil: PersonId::from_bits(1), ..after });
            applied(&mut weeks, steps(before.as_ref(), after.as_ref()));
            let expected: BTreeMap<Week, String> = after
                .iter()
                .flat_map(|after| after.weeks().map(|week| (week, after.text())))
                .collect();
            prop_assert_eq!(&weeks, &expected);
            before = after;
        }
    }

    #[test]
    fn an_id_reads_back_from_its_text(number in 1u16..2_000) {
        let id = NoticeId { year: AcademicYear::of(day(0)), number };
        prop_assert_eq!(id.to_string().parse(), Ok(id));
    }
}

#[test]
fn a_month_of_absence_touches_at_most_six_weeks() {
    for start in 0..7 {
        let weeks = notice(1, 1, start, 30).weeks().count();
        assert!((5..=6).contains(&weeks), "{weeks}");
    }
    assert_eq!(notice(1, 1, 4, 3).weeks().count(), 2, "from Friday to Monday");
}

#[test]
fn another_spelling_is_not_a_second_name_of_a_notice() {
    for wrong in [
        "2026-01",
        "2026",
        "26-1",
        "2026-1-1",
        "2026-",
        "2026-+1",
        "2026-70000",
    ] {
        assert!(wrong.parse::<NoticeId>().is_err(), "{wrong}");
    }
}

#[test]
fn a_text_that_is_no_notice_is_refused() {
    let name = format!("{}-2026-1", PersonId::from_bits(1));
    for wrong in [
        "",
        "2026-11-24",
        "2026-11-24 2026-11-28 boredom family",
        "2026-11-24 2026-11-28 illness",
        "2026-11-24 2026-11-28 illness neighbour",
    ] {
        assert!(ClassNotice::read(&name, wrong).is_err(), "{wrong}");
    }
    assert!(ClassNotice::read("per_x-2026-1", "2026-11-24 2026-11-28 illness family").is_err());
}
