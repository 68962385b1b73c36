//! Which teaching groups a class carries for its pupil.

use jiff::civil::{Date, date};
use model::{AcademicPeriod, GroupId, GroupKind, InstitutionId, PersonId, PersonName};
use rosters::{LearnsIn, MemberRole, Membership};

const SCHOOL: InstitutionId = InstitutionId::from_bits(1);

fn membership(group: u128, kind: GroupKind, from: Option<Date>, until: Option<Date>) -> Membership {
    Membership {
        person: PersonId::from_bits(1),
        group: GroupId::from_bits(group),
        group_kind: kind,
        role: MemberRole::Pupil,
        name: PersonName::parse("Ёлкина", "Вера", None).expect("a name"),
        institution: SCHOOL,
        institution_name: "Школа № 12".to_owned(),
        title: "7А".to_owned(),
        subject: None,
        grade: Some(7),
        periods: vec![],
        time_zone: String::new(),
        from,
        until,
        learns_in: vec![],
    }
}

fn learns(group: u128, from: Option<Date>, until: Option<Date>) -> Membership {
    membership(group, GroupKind::Teaching, from, until)
}

/// The class of a school year of one period.
fn class(from: Option<Date>, until: Option<Date>) -> Membership {
    Membership {
        periods: vec![AcademicPeriod {
            id: "2026".parse().expect("a period"),
            title: "2026/27".to_owned(),
            start: date(2026, 9, 1),
            end: date(2027, 5, 26),
        }],
        ..membership(100, GroupKind::Class, from, until)
    }
}

fn carried(class: &Membership, all: &[Membership]) -> Vec<GroupId> {
    let learning = class.learning(all);
    learning.into_iter().map(|learns| learns.group).collect()
}

fn groups(bits: &[u128]) -> Vec<GroupId> {
    bits.iter().copied().map(GroupId::from_bits).collect()
}

#[test]
fn groups_stand_in_order_with_their_days() {
    let later = learns(3, Some(date(2026, 12, 1)), None);
    let earlier = learns(2, None, Some(date(2026, 11, 30)));
    let expected = [
        LearnsIn {
            group: earlier.group,
            from: None,
            until: earlier.until,
        },
        LearnsIn {
            group: later.group,
            from: later.from,
            until: None,
        },
    ];
    assert_eq!(class(None, None).learning(&[later, earlier]), expected);
    assert!(expected[0].holds_on(date(2026, 11, 30)) && !expected[0].holds_on(date(2026, 12, 1)));
}

#[test]
fn a_class_does_not_carry_what_was_learned_in_earlier_years() {
    let all = [
        learns(1, Some(date(2025, 9, 1)), Some(date(2026, 5, 26))),
        learns(2, Some(date(2026, 9, 1)), Some(date(2026, 10, 31))),
        learns(3, None, None),
    ];
    // The pupil came in the middle of the year, out of group 2.
    let came = Some(date(2026, 11, 1));
    assert_eq!(carried(&class(came, None), &all), groups(&[2, 3]));
    // Where the class itself is older than its periods, it counts from its own beginning.
    let long_since = Some(date(2025, 9, 1));
    assert_eq!(carried(&class(long_since, None), &all), groups(&[1, 2, 3]));
}

#[test]
fn a_class_that_has_ended_does_not_carry_what_began_in_a_later_year() {
    let all = [
        learns(1, Some(date(2026, 9, 1)), None),
        learns(2, Some(date(2027, 3, 1)), None),
        learns(3, Some(date(2027, 9, 1)), None),
    ];
    let left = class(Some(date(2026, 9, 1)), Some(date(2026, 12, 31)));
    assert_eq!(carried(&left, &all), groups(&[1, 2]));
    assert_eq!(
        carried(&class(Some(date(2026, 9, 1)), None), &all),
        groups(&[1, 2, 3])
    );
}

#[test]
fn only_a_pupils_class_carries_groups_and_only_those_of_its_institution_in_which_the_pupil_learns() {
    let elsewhere = Membership {
        institution: InstitutionId::from_bits(2),
        ..learns(1, None, None)
    };
    let taught = Membership {
        role: MemberRole::Teacher,
        ..learns(2, None, None)
    };
    let all = [elsewhere, taught, learns(3, None, None), class(None, None)];
    assert_eq!(carried(&class(None, None), &all), groups(&[3]));
    let led = Membership {
        role: MemberRole::Teacher,
        ..class(None, None)
    };
    assert!(carried(&led, &all).is_empty() && carried(&all[2], &all).is_empty());
}
