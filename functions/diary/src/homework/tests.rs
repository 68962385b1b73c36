use gradebook::Homework;
use jiff::{
    ToSpan,
    civil::{date, time},
};
use model::{DayOff, DayOffKind, InstitutionCalendar, InstitutionId, PersonId, Weekday};
use proptest::prelude::*;
use timetables::{DatedLesson, LessonChange, Owner, Slot, Timetable, WeekCycle, WeekPlan};

use super::*;

const MONDAY: Date = date(2026, 11, 23);

fn group(number: u128) -> GroupId {
    GroupId::from_bits(number)
}

/// Day of the week from 1, number in the day, group.
fn slot((weekday, number, group_number): (u8, u8, u128)) -> Slot {
    Slot {
        weekday: Weekday::try_from(weekday).expect("a weekday"),
        number,
        start: time(8, 0, 0, 0) + (i64::from(number) * 55).minutes(),
        end: time(8, 45, 0, 0) + (i64::from(number) * 55).minutes(),
        cycle: WeekCycle::Every,
        group: group(group_number),
        subject: "Алгебра".to_owned(),
        title: "7А".to_owned(),
        teacher: None,
        teacher_name: String::new(),
        room: String::new(),
    }
}

/// Two weeks of a timetable from the Monday on.
fn horizon(slots: &[(u8, u8, u128)], days_off: &[Date], changes: &[LessonChange]) -> Horizon {
    let timetable = Timetable::new(
        Owner::Class(group(1)),
        InstitutionId::from_bits(1),
        slots.iter().copied().map(slot).collect(),
    );
    let days_off = days_off.iter().map(|date| DayOff {
        date: *date,
        title: "Карантин".to_owned(),
        kind: DayOffKind::Closed,
    });
    let calendar = InstitutionCalendar {
        time_zone: "Europe/Moscow".to_owned(),
        days_off: days_off.collect(),
    };
    let plan = WeekPlan {
        timetable: Some(timetable),
        calendars: [(InstitutionId::from_bits(1), calendar)].into(),
        changes: changes.to_vec(),
    };
    let week = Week::of(MONDAY);
    Horizon::of(vec![(week, plan.clone()), (week.next(), plan)])
}

fn set(date: Date, number: u8, group_number: u128, minutes: Option<u16>) -> ClassLesson {
    ClassLesson {
        journal: group(group_number),
        lesson: LessonKey { date, number },
        subject: "Алгебра".to_owned(),
        topic: String::new(),
        homework: Some(Homework {
            pupils: vec![],
            due: None,
            text: "№ 5".to_owned(),
            minutes,
        }),
    }
}

fn everywhere() -> Vec<LearnsIn> {
    (0..4)
        .map(|number| LearnsIn {
            group: group(number),
            from: None,
            until: None,
        })
        .collect()
}

fn set_tasks(opened: &[ClassLesson], learns_in: &[LearnsIn], horizon: &Horizon) -> Vec<Task> {
    let set = SetTasks {
        opened,
        later: &[],
        learns_in,
    };
    tasks(set, horizon)
}

fn due(opened: &ClassLesson, horizon: &Horizon) -> Option<LessonKey> {
    let tasks = set_tasks(std::slice::from_ref(opened), &everywhere(), horizon);
    tasks[0].due.map(|due| due.lesson)
}

fn key(day: i8, number: u8) -> LessonKey {
    LessonKey {
        date: date(2026, 11, day),
        number,
    }
}

#[test]
fn a_task_is_due_at_the_next_lesson_of_the_group_on_a_later_day() {
    let week = horizon(&[(1, 2, 1), (1, 3, 1), (2, 1, 2), (3, 4, 1)], &[], &[]);
    assert_eq!(due(&set(MONDAY, 2, 1, None), &week), Some(key(25, 4)));
    assert_eq!(due(&set(date(2026, 11, 25), 4, 1, None), &week), Some(key(30, 2)));
}

#[test]
fn a_day_off_puts_it_off() {
    let week = horizon(&[(1, 2, 1), (3, 4, 1)], &[date(2026, 11, 25)], &[]);
    assert_eq!(due(&set(MONDAY, 2, 1, None), &week), Some(key(30, 2)));
}

#[test]
fn a_cancelled_lesson_puts_it_off_and_a_moved_one_brings_it_nearer() {
    let wednesday = DatedLesson::of(date(2026, 11, 25), &slot((3, 4, 1)));
    let mut change = LessonChange {
        before: Some(wednesday),
        after: None,
        note: String::new(),
        by: PersonId::from_bits(5),
        at: "2026-11-22T10:00:00Z".parse().expect("a moment"),
    };
    let slots = [(1, 2, 1), (3, 4, 1)];
    let cancelled = horizon(&slots, &[], &[change.clone()]);
    assert_eq!(due(&set(MONDAY, 2, 1, None), &cancelled), Some(key(30, 2)));
    change.after = Some(DatedLesson::of(date(2026, 11, 24), &slot((2, 6, 1))));
    let moved = horizon(&slots, &[], &[change]);
    assert_eq!(due(&set(MONDAY, 2, 1, None), &moved), Some(key(24, 6)));
}

#[test]
fn tasks_of_a_subgroup_of_others_are_not_shown() {
    let week = horizon(&[(1, 2, 1)], &[], &[]);
    let learns_in = [LearnsIn {
        group: group(1),
        from: Some(date(2026, 11, 24)),
        until: None,
    }];
    let opened = [set(MONDAY, 2, 1, None), set(MONDAY, 2, 9, None)];
    assert_eq!(set_tasks(&opened, &learns_in, &week), []);
}

#[test]
fn the_choices_of_days_take_what_their_names_say() {
    let week = horizon(&[(1, 1, 1), (2, 1, 2), (5, 1, 3)], &[], &[]);
    let before = date(2026, 11, 20);
    let opened = [1, 2, 3].map(|number| set(before, 1, number, None));
    let tasks = set_tasks(&opened, &everywhere(), &week);
    let chosen = |when: When, today: Date| {
        let chosen = tasks.iter().filter(|task| when.includes(task, today));
        chosen.map(|task| task.journal).collect::<Vec<_>>()
    };
    assert_eq!(chosen(When::Today, MONDAY), [group(1)]);
    assert_eq!(chosen(When::Tomorrow, MONDAY), [group(2)]);
    assert_eq!(chosen(When::Week, MONDAY), [group(1), group(2), group(3)]);
    // On Tuesday Monday's is past; on the Sunday before, tomorrow is Monday and this week holds nothing.
    assert_eq!(chosen(When::All, date(2026, 11, 24)), [group(2), group(3)]);
    let sunday = date(2026, 11, 22);
    assert_eq!(chosen(When::Tomorrow, sunday), [group(1)]);
    assert_eq!(chosen(When::Week, sunday), []);
    for when in When::ALL {
        assert_eq!(when.as_str().parse(), Ok(when));
    }
}

#[test]
fn what_has_no_duration_is_counted_and_not_guessed() {
    let week = horizon(&[(2, 1, 1), (2, 2, 2), (2, 3, 3)], &[], &[]);
    let opened = [
        set(MONDAY, 1, 1, Some(60)),
        set(MONDAY, 2, 2, None),
        set(MONDAY, 3, 3, Some(45)),
    ];
    let days = by_day(set_tasks(&opened, &everywhere(), &week));
    assert_eq!(days.len(), 1);
    assert_eq!(
        days[0].load,
        Load {
            minutes: 105,
            unknown: 1
        }
    );
    assert!(days[0].load.is_over(Some(104)));
    assert!(!days[0].load.is_over(Some(105)) && !days[0].load.is_over(None));
}

fn any_slots() -> impl Strategy<Value = Vec<(u8, u8, u128)>> {
    prop::collection::btree_set((1u8..=6, 1u8..=7), 0..20).prop_flat_map(|places| {
        let places: Vec<_> = places.into_iter().collect();
        let groups = prop::collection::vec(0u128..4, places.len());
        groups.prop_map(move |groups| {
            let slots = places.iter().zip(groups);
            slots
                .map(|((day, number), group)| (*day, *number, group))
                .collect()
        })
    })
}

fn any_opened() -> impl Strategy<Value = Vec<ClassLesson>> {
    let lesson = (0i64..10, 1u8..=7, 0u128..4, prop::option::of(1u16..200));
    let lesson = lesson.prop_map(|(day, number, group, minutes)| {
        set(MONDAY.saturating_add(day.days()), number, group, minutes)
    });
    prop::collection::vec(lesson, 0..25)
}

proptest! {
    #[test]
    fn a_task_is_due_at_a_lesson_that_is_held_after_it_was_set_and_none_lies_between(
        slots in any_slots(), opened in any_opened(), off in prop::collection::vec(0i64..14, 0..5)
    ) {
        let off: Vec<Date> = off.into_iter().map(|day| MONDAY.saturating_add(day.days())).collect();
        let horizon = horizon(&slots, &off, &[]);
        for task in set_tasks(&opened, &everywhere(), &horizon) {
            let held = |date: Date| {
                let day = Weekday::of(date).number();
                !off.contains(&date) && slots.iter().any(|slot| slot.0 == day && group(slot.2) == task.journal)
            };
            let end = MONDAY.saturating_add(13.days());
            let last = task.due_on().unwrap_or(end.tomorrow().expect("a date"));
            let mut between = task.set_at.date.tomorrow().expect("a date");
            while between < last && between <= end {
                prop_assert!(!held(between), "{between} was left out");
                between = between.tomorrow().expect("a date");
            }
            if let Some(date) = task.due_on() {
                prop_assert!(date > task.set_at.date && held(date));
            }
        }
    }

    #[test]
    fn every_task_stands_on_one_day_and_the_days_hold_all_minutes(
        slots in any_slots(), opened in any_opened()
    ) {
        let tasks = set_tasks(&opened, &everywhere(), &horizon(&slots, &[], &[]));
        let days = by_day(tasks.clone());
        prop_assert_eq!(days.iter().map(|day| day.tasks.len()).sum::<usize>(), tasks.len());
        prop_assert_eq!(days.iter().map(|day| day.load.minutes).sum::<u32>(), Load::of(&tasks).minutes);
        prop_assert!(days.windows(2).all(|pair| pair[1].date.is_none() || pair[0].date < pair[1].date));
        prop_assert!(days.iter().all(|day| day.tasks.iter().all(|task| task.due_on() == day.date)));
    }
}

#[test]
fn a_lesson_that_the_teacher_chose_stands_whatever_the_timetable_says() {
    let week = horizon(&[(1, 2, 1), (3, 4, 1)], &[], &[]);
    let chosen_at = |lesson| {
        let mut set = set(MONDAY, 2, 1, None);
        set.homework.as_mut().expect("a homework").due = Some(lesson);
        set_tasks(&[set], &everywhere(), &week)[0].due
    };
    let held = chosen_at(key(25, 4)).expect("a lesson");
    assert_eq!((held.lesson, held.start.is_some()), (key(25, 4), true));
    let far = LessonKey {
        date: date(2027, 1, 18),
        number: 2,
    };
    let far_due = chosen_at(far).expect("a lesson");
    assert_eq!((far_due.lesson, far_due.start), (far, None), "beyond the horizon");
    let gone = chosen_at(key(26, 7)).expect("a lesson");
    assert_eq!((gone.lesson, gone.start), (key(26, 7), None), "called off since");
}

#[test]
fn what_was_set_long_ago_is_found_in_the_week_in_which_it_is_due_and_counted_once() {
    let week = horizon(&[(1, 2, 1)], &[], &[]);
    let later = |set_at, number| LaterTask {
        journal: group(number),
        set_at,
        due: key(26, 1),
        subject: "История".to_owned(),
        homework: Homework {
            text: "Реферат".to_owned(),
            minutes: Some(90),
            pupils: vec![],
            due: Some(key(26, 1)),
        },
    };
    let mut opened = set(MONDAY, 2, 1, Some(30));
    opened.homework.as_mut().expect("a homework").due = Some(key(26, 1));
    let long_ago = LessonKey {
        date: date(2026, 9, 14),
        number: 3,
    };
    // The lesson that was opened says what is set at it; of a group in which the pupil does not learn nothing is theirs.
    let later = [later(long_ago, 1), later(opened.lesson, 1), later(long_ago, 9)];
    let opened = [opened];
    let learns_in = everywhere();
    let set = SetTasks {
        opened: &opened,
        later: &later,
        learns_in: &learns_in,
    };
    let days = by_day(tasks(set, &week));
    let texts: Vec<_> = days[0].tasks.iter().map(|task| task.text.as_str()).collect();
    assert_eq!((days.len(), texts), (1, vec!["Реферат", "№ 5"]));
    assert_eq!(
        (days[0].date, days[0].load.minutes),
        (Some(date(2026, 11, 26)), 120)
    );
    assert_eq!(chosen(set).len(), 2, "a day shows both");
}
