//! What is unusual, and how it is put together.

use jiff::civil::date;
use model::LessonKey;
use proptest::prelude::*;

use super::*;
use crate::{CellChange, CellValue};

const SCHOOL: InstitutionId = InstitutionId::from_bits(1);

fn change(second: i64, by: u128, kind: Option<UnusualKind>) -> NotableChange {
    let at: Timestamp = "2026-11-23T10:00:00Z".parse().expect("a moment");
    NotableChange::Cell(CellChange {
        journal: GroupId::from_bits(71),
        lesson: LessonKey {
            date: date(2026, 11, 20),
            number: 1,
        },
        pupil: PersonId::from_bits(1_000),
        number: 2,
        at: at + SignedDuration::from_secs(second),
        by: PersonId::from_bits(by),
        by_name: "Соколова И. С.".to_owned(),
        from: CellValue::default(),
        to: CellValue::default(),
        reason: None,
        alert: kind.map(|kind| Alert {
            institution: SCHOOL,
            kind,
        }),
    })
}

fn seen(id: AlertId, changes: usize) -> AlertSeen {
    AlertSeen {
        institution: SCHOOL,
        alert: id.to_string(),
        changes,
        signed: Signed {
            at: "2026-11-23T12:00:00Z".parse().expect("a moment"),
            by: PersonId::from_bits(9),
            by_name: "Громова В. П.".to_owned(),
        },
    }
}

#[test]
fn a_locked_period_weighs_more_than_a_late_entry_and_an_ordinary_change_is_none() {
    assert_eq!(UnusualKind::of(true, true), Some(UnusualKind::Locked));
    assert_eq!(UnusualKind::of(true, false), Some(UnusualKind::Locked));
    assert_eq!(UnusualKind::of(false, true), Some(UnusualKind::Late));
    assert_eq!(UnusualKind::of(false, false), None);
}

#[test]
fn the_fifteenth_change_of_one_person_makes_them_many_and_the_next_ones_are_not_told_again() {
    let own = PersonId::from_bits(1);
    let recent = |count: i64| {
        (0..count)
            .map(|second| change(second, 1, None))
            .collect::<Vec<_>>()
    };
    assert!(!UnusualKind::makes_many(&recent(13), own));
    assert!(UnusualKind::makes_many(&recent(14), own));
    let mut told = recent(14);
    told.push(change(14, 1, Some(UnusualKind::Many)));
    assert!(!UnusualKind::makes_many(&told, own));
    assert!(
        !UnusualKind::makes_many(&recent(14), PersonId::from_bits(2)),
        "of others"
    );
}

#[test]
fn the_changes_of_one_person_in_a_journal_and_day_are_one_alert_and_a_further_one_makes_it_new() {
    let late = Some(UnusualKind::Late);
    let changes = vec![
        change(60, 1, late),
        change(0, 1, late),
        change(30, 2, late),
        change(5, 1, None),
    ];
    let groups = UnusualChanges::gather(changes.clone(), vec![]);
    let counts: Vec<_> = groups
        .iter()
        .map(|group| (group.id.by, group.changes.len()))
        .collect();
    assert_eq!(counts, [(PersonId::from_bits(1), 2), (PersonId::from_bits(2), 1)]);
    assert!(groups.iter().all(UnusualChanges::is_new));
    let id = groups[0].id;
    let after = |count| UnusualChanges::gather(changes.clone(), vec![seen(id, count)])[0].is_new();
    assert!(after(1) && !after(2), "one came after it was seen");
}

#[test]
fn alerts_of_thirty_days_are_shown_and_of_the_day_that_has_begun_east_of_here() {
    let shown = UnusualChanges::shown_on(date(2026, 12, 31));
    assert_eq!(shown, (date(2026, 12, 1), date(2027, 1, 1)));
}

#[test]
fn an_alert_and_what_was_seen_of_it_stand_in_one_partition_by_day() {
    let change = change(0, 1, Some(UnusualKind::Late));
    let NotableChange::Cell(cell) = &change else {
        panic!("a cell");
    };
    let place = cell.second_index().expect("a place");
    let id = UnusualChanges::gather(vec![change.clone()], vec![])[0].id;
    let seen_at = seen(id, 1).second_index().expect("a place");
    assert_eq!(place.pk, seen_at.pk);
    assert!(place.sk.starts_with("2026-11-23T") && seen_at.sk.starts_with("2026-11-23#SEEN#"));
}

proptest! {
    #[test]
    fn an_id_reads_back_and_has_one_spelling(day in 0i64..400, kind in 0usize..3, journal in 0u128..1_000, by in 0u128..1_000) {
        let id = AlertId {
            day: date(2026, 9, 1).saturating_add(jiff::ToSpan::days(day)),
            kind: UnusualKind::ALL[kind],
            journal: GroupId::from_bits(journal),
            by: PersonId::from_bits(by),
        };
        let text = id.to_string();
        prop_assert_eq!(text.parse::<AlertId>(), Ok(id));
        let longer = text.clone() + ".";
        prop_assert!(longer.parse::<AlertId>().is_err());
        prop_assert!(text.to_uppercase().parse::<AlertId>().is_err());
    }
}
