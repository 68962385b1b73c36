use gradebook::{Cell, CellMark, CellValue, Homework, RowKey};
use jiff::civil::date;
use model::{GroupId, Mark, MarkingRule, PersonId, Publication, Weight, WorkId, WorkKind};
use proptest::prelude::*;

use super::*;

const MONDAY: Date = date(2026, 11, 23);

fn group(number: u128) -> GroupId {
    GroupId::from_bits(number)
}

fn lesson(day: i8) -> LessonKey {
    LessonKey {
        date: date(2026, 11, day),
        number: 2,
    }
}

/// A row with the marks of some days; an empty list is a cell that was emptied.
fn row(cells: &[(i8, &[u8])]) -> PupilRow {
    let key = RowKey {
        journal: group(1),
        period: "2026-q2".parse().expect("a period"),
        pupil: PersonId::from_bits(1),
    };
    let mut row = PupilRow::empty(key, "Алгебра", MarkingRule::USUAL);
    for (day, marks) in cells {
        let marks = marks.iter().map(|grade| CellMark {
            work: WorkId::FIRST,
            mark: Mark::Grade(*grade),
            kind: WorkKind::Answer,
            weight: Weight::ONE,
            publication: Publication::AT_ONCE,
        });
        let value = CellValue {
            marks: marks.collect(),
            ..CellValue::default()
        };
        row.cells.insert(lesson(*day), Cell { version: 3, value });
    }
    row
}

fn cells(cells: &[(i8, &[u8])]) -> Vec<Entry> {
    of_cells(&[row(cells)]).collect()
}

fn found(before: &[Entry], now: Vec<Entry>) -> Vec<(i8, Novelty)> {
    let news = news(now, &Seen::of(before));
    news.into_iter()
        .map(|(novelty, entry)| (entry.lesson.date.day(), novelty))
        .collect()
}

#[test]
fn a_mark_is_new_changed_or_taken_back() {
    let before = cells(&[(20, &[5]), (21, &[4]), (22, &[3]), (23, &[])]);
    let now = cells(&[(20, &[5]), (21, &[4, 5]), (22, &[]), (23, &[2]), (24, &[])]);
    assert_eq!(
        found(&before, now),
        [(23, Novelty::New), (22, Novelty::Removed), (21, Novelty::Changed)]
    );
}

#[test]
fn a_mark_that_is_published_later_becomes_new_on_its_day_without_any_write() {
    let mut later = row(&[(20, &[2])]);
    let seen = |row: &PupilRow| of_cells(std::slice::from_ref(row)).collect::<Vec<_>>();
    let shown = seen(&later);
    later.cells.values_mut().for_each(|cell| cell.value.marks.clear());
    let hidden = seen(&later);
    assert_eq!(
        Seen::of(&hidden),
        Seen::default(),
        "what is hidden leaves no trace"
    );
    assert_eq!(found(&[], hidden.clone()), []);
    assert_eq!(found(&hidden, shown), [(20, Novelty::New)]);
}

#[test]
fn homework_and_changes_of_others_are_not_told() {
    let learns_in = [LearnsIn {
        group: group(1),
        from: None,
        until: None,
    }];
    let set = |number| ClassLesson {
        journal: group(number),
        lesson: lesson(23),
        subject: "Алгебра".to_owned(),
        topic: String::new(),
        homework: Some(Homework {
            pupils: vec![],
            due: None,
            text: "№ 5".to_owned(),
            minutes: None,
        }),
    };
    assert_eq!(of_homework(&[set(1), set(2)], &learns_in).count(), 1);
    let changes = [change(1, 23), change(2, 23), change(1, 20)];
    let told: Vec<_> = of_changes(changes.iter(), &learns_in, MONDAY).collect();
    assert_eq!(told.len(), 1, "not of another subgroup, and not what is past");
    assert!(matches!(
        told[0].thing,
        Thing::Change {
            kind: "cancelled",
            ..
        }
    ));
}

fn change(group_number: u128, day: i8) -> LessonChange {
    let slot = timetables::Slot {
        weekday: model::Weekday::of(date(2026, 11, day)),
        number: 2,
        start: jiff::civil::time(9, 25, 0, 0),
        end: jiff::civil::time(10, 10, 0, 0),
        cycle: timetables::WeekCycle::Every,
        group: group(group_number),
        subject: "Алгебра".to_owned(),
        title: "7А".to_owned(),
        teacher: None,
        teacher_name: String::new(),
        room: String::new(),
    };
    LessonChange {
        before: Some(DatedLesson::of(date(2026, 11, day), &slot)),
        after: None,
        note: "болезнь учителя".to_owned(),
        by: PersonId::from_bits(5),
        at: "2026-11-22T10:00:00Z".parse().expect("a moment"),
    }
}

#[test]
fn a_text_that_cannot_be_read_is_as_if_nothing_had_been_seen() {
    assert_eq!(Seen::read("!"), Seen::default());
    assert_eq!(Seen::read("AAAA"), Seen::default(), "half a trace is none");
}

fn any_cells() -> impl Strategy<Value = Vec<Entry>> {
    let marks = prop::collection::vec(1u8..=5, 0..3);
    prop::collection::btree_map(1i8..=28, marks, 0..20).prop_map(|days| {
        let days: Vec<(i8, Vec<u8>)> = days.into_iter().collect();
        let borrowed: Vec<(i8, &[u8])> = days.iter().map(|(day, marks)| (*day, marks.as_slice())).collect();
        cells(&borrowed)
    })
}

proptest! {
    #[test]
    fn what_was_seen_is_not_new_and_reads_back_as_it_was_kept(now in any_cells()) {
        let seen = Seen::of(&now);
        prop_assert_eq!(&Seen::read(&seen.kept()), &seen);
        prop_assert!(!seen.misses(&now));
        prop_assert_eq!(seen.kept().len(), now.iter().filter(|entry| !entry.is_empty()).count() * 8);
    }

    #[test]
    fn exactly_what_differs_is_new(before in any_cells(), now in any_cells()) {
        let shown = |entries: &[Entry], day: i8| -> Option<Thing> {
            let there = entries.iter().find(|entry| entry.lesson == lesson(day) && !entry.is_empty());
            there.map(|entry| entry.thing.clone())
        };
        let expected: Vec<(i8, Novelty)> = (1i8..=28).rev().filter_map(|day| {
            let still = now.iter().any(|entry| entry.lesson == lesson(day));
            match (shown(&before, day), shown(&now, day)) {
                (None, Some(_)) => Some((day, Novelty::New)),
                (Some(old), Some(new)) if old != new => Some((day, Novelty::Changed)),
                (Some(_), None) if still => Some((day, Novelty::Removed)),
                _ => None,
            }
        }).collect();
        prop_assert_eq!(found(&before, now), expected);
    }
}
