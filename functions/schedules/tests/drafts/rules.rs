//! The rules of a draft against an independent checker.

mod checker;

use proptest::prelude::*;
use schedules::drafts::{Audience, Board, Conflict, Draft, DraftLesson, Edit, Refusal, set_hours};
use timetables::WeekCycle;

use checker::{ROOMS, bells, class, day, faults, group, number_of, school, teachers_of};

/// What somebody tries: put in, move, change, take out.
#[derive(Debug, Clone)]
struct Attempt {
    /// Which of the standing lessons is meant; none for a new one.
    was: Option<usize>,
    now: Option<(u128, u8, u8, usize, usize)>,
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let now = (1u128..=6, 1u8..=3, 1u8..=5, 0usize..3, 0usize..4);
    let attempt = (
        prop::option::weighted(0.4, any::<usize>()),
        prop::option::weighted(0.85, now),
    )
        .prop_map(|(was, now)| Attempt { was, now });
    proptest::collection::vec(attempt, 1..60)
}

fn edit(draft: &Draft, attempt: &Attempt) -> Edit {
    let standing: Vec<DraftLesson> = draft.lessons().map(|(_, lesson)| lesson.clone()).collect();
    let was = attempt
        .was
        .filter(|_| !standing.is_empty())
        .map(|at| standing[at % standing.len()].clone());
    let now = attempt.now.map(|(of, weekday, number, cycle, room)| DraftLesson {
        group: was.as_ref().map_or_else(|| group(of), |was| was.group),
        day: day(weekday),
        number,
        cycle: [WeekCycle::Every, WeekCycle::A, WeekCycle::B][cycle],
        room: ROOMS[room].to_owned(),
        teachers: vec![],
        pinned: false,
    });
    Edit { was, now }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_draft_of_accepted_edits_has_no_conflict_and_a_refused_edit_changes_nothing(attempts in attempts()) {
        let (mut draft, bells) = (school(), bells());
        for attempt in &attempts {
            let before = draft.clone();
            match edit(&draft, attempt).apply(&mut draft, &bells) {
                Ok(_) => {}
                Err(_) => prop_assert_eq!(&draft, &before),
            }
        }
        prop_assert_eq!(faults(&draft), Vec::<String>::new());
        prop_assert_eq!(Board { draft: &draft, bells: &bells }.all_conflicts(), vec![]);
    }

    #[test]
    fn every_edit_undone_restores_the_draft(attempts in attempts()) {
        let (mut draft, bells) = (school(), bells());
        let mut before = vec![];
        for attempt in &attempts {
            let standing = draft.clone();
            if let Ok((done, _)) = edit(&draft, attempt).apply(&mut draft, &bells) {
                before.push((standing, done));
            }
        }
        while let Some((standing, done)) = before.pop() {
            prop_assert!(done.undone().apply(&mut draft, &bells).is_ok());
            prop_assert_eq!(&draft, &standing);
        }
    }

    #[test]
    fn the_board_and_the_checker_agree_about_any_draft(attempts in attempts()) {
        // Lessons are written without asking the rules, so that there is something to be found.
        let (mut draft, bells) = (school(), bells());
        for attempt in attempts.iter().take(12) {
            let Some(mut lesson) = edit(&draft, attempt).now else { continue };
            let of = number_of(lesson.group);
            lesson.teachers = teachers_of(of);
            for class in draft.classes.values_mut() {
                if class.course(lesson.group).is_some() {
                    class.lessons.insert(lesson.clone());
                }
            }
        }
        let found = Board { draft: &draft, bells: &bells }.all_conflicts();
        // A lesson that no bell rings for is taken to meet those of its number, which no minute shows.
        let only_numbers = |conflicts: &[Conflict]| conflicts.iter().any(|c| matches!(c, Conflict::OutsideBells));
        let certain = found.iter().any(|(lesson, conflicts)| lesson.number <= 4 || only_numbers(conflicts));
        prop_assert_eq!(certain, !faults(&draft).is_empty(), "{:?}", found);
    }
}

fn lesson(of: u128, weekday: u8, number: u8) -> DraftLesson {
    DraftLesson {
        group: group(of),
        day: day(weekday),
        number,
        cycle: WeekCycle::Every,
        room: String::new(),
        teachers: vec![],
        pinned: false,
    }
}

fn put(draft: &mut Draft, lesson: DraftLesson) -> Result<DraftLesson, Vec<&'static str>> {
    let edit = Edit {
        was: None,
        now: Some(lesson),
    };
    match edit.apply(draft, &bells()) {
        Ok((done, _)) => Ok(done.now.expect("a lesson")),
        Err(Refusal::Conflicts(_, conflicts)) => Err(conflicts.iter().map(Conflict::kind).collect()),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn subgroups_stand_side_by_side_and_whole_classes_and_shared_pupils_do_not() {
    let mut draft = school();
    put(&mut draft, lesson(2, 1, 1)).expect("one half of the class");
    let conflicts = put(&mut draft, lesson(3, 1, 1));
    assert_eq!(
        conflicts,
        Err(vec!["teacher_busy"]),
        "the other half is free, its teacher is not"
    );
    assert_eq!(put(&mut draft, lesson(4, 1, 1)), Err(vec!["pupils_busy"]));
    assert_eq!(put(&mut draft, lesson(1, 1, 1)), Err(vec!["pupils_busy"]));
    put(&mut draft, lesson(5, 1, 1)).expect("the metagroup takes other pupils");
    assert_eq!(
        put(&mut draft, lesson(6, 1, 1)),
        Err(vec!["pupils_busy", "teacher_busy"])
    );
}

#[test]
fn without_lists_subgroups_may_meet_and_the_class_may_not() {
    let part = Audience::Part;
    assert!(!part.shares_pupils(Audience::Part) && !part.shares_pupils(Audience::Cohorts(1)));
    assert!(part.shares_pupils(Audience::Whole) && Audience::Whole.shares_pupils(part));
}

#[test]
fn lessons_of_weeks_a_and_b_take_turns_in_a_room() {
    let mut draft = school();
    let of_week = |of, cycle| DraftLesson {
        cycle,
        room: "12".to_owned(),
        ..lesson(of, 1, 1)
    };
    put(&mut draft, of_week(1, WeekCycle::A)).expect("week A");
    put(&mut draft, of_week(1, WeekCycle::B)).expect("week B");
    assert_eq!(
        put(&mut draft, of_week(6, WeekCycle::Every)),
        Err(vec!["room_taken"])
    );
}

#[test]
fn a_gymnasium_holds_as_many_lessons_as_it_has_places() {
    let mut draft = school();
    let gym = |of, number| DraftLesson {
        room: "Спортзал".to_owned(),
        ..lesson(of, 1, number)
    };
    put(&mut draft, gym(2, 2)).expect("the first");
    // The third bell rings before the second lesson has ended.
    put(&mut draft, gym(6, 3)).expect("the second");
    assert_eq!(put(&mut draft, gym(1, 3)), Err(vec!["pupils_busy", "room_taken"]));
}

#[test]
fn what_no_bell_rings_for_and_more_hours_than_planned_are_refused() {
    let mut draft = school();
    assert_eq!(put(&mut draft, lesson(1, 1, 9)), Err(vec!["outside_bells"]));
    for number in [1, 2] {
        put(&mut draft, lesson(1, 1, number)).expect("an hour");
    }
    assert_eq!(
        put(&mut draft, lesson(1, 3, 1)),
        Err(vec!["hours_exceeded"]),
        "five halves are planned"
    );
    let half = DraftLesson {
        cycle: WeekCycle::A,
        ..lesson(1, 3, 1)
    };
    put(&mut draft, half).expect("the half that is left");
    assert!(matches!(
        set_hours(&mut draft, group(1), Some(4)),
        Err(Refusal::Conflicts(..))
    ));
    assert!(set_hours(&mut draft, group(1), Some(6)).is_ok());
    put(&mut draft, lesson(1, 3, 4)).expect_err("five halves stand, six are planned, two more come");
}

#[test]
fn a_lesson_that_somebody_else_has_moved_is_not_touched() {
    let mut draft = school();
    let seen = put(&mut draft, lesson(1, 1, 1)).expect("a lesson");
    let moved = DraftLesson {
        number: 2,
        ..seen.clone()
    };
    let theirs = Edit {
        was: Some(seen.clone()),
        now: Some(moved.clone()),
    };
    theirs.apply(&mut draft, &bells()).expect("they move it");
    let ours = Edit {
        was: Some(seen),
        now: None,
    };
    assert_eq!(
        ours.apply(&mut draft, &bells()),
        Err(Refusal::Changed(vec![moved]))
    );
}

#[test]
fn a_conflict_that_was_there_before_does_not_stop_what_makes_nothing_worse() {
    let mut draft = school();
    // As an imported timetable may have it: two lessons of the class at once.
    let (one, two) = (lesson(1, 1, 1), lesson(2, 1, 1));
    for lesson in [&one, &two] {
        let class = draft.classes.get_mut(&class(1)).expect("a class");
        class.lessons.insert(lesson.clone());
    }
    let into_room = Edit {
        was: Some(one.clone()),
        now: Some(DraftLesson {
            room: "12".to_owned(),
            ..one.clone()
        }),
    };
    let (done, _) = into_room.apply(&mut draft, &bells()).expect("the room is free");
    let away = Edit {
        now: Some(DraftLesson {
            number: 4,
            ..done.now.clone().expect("a lesson")
        }),
        was: done.now,
    };
    away.apply(&mut draft, &bells()).expect("it is put right");
    assert_eq!(faults(&draft), Vec::<String>::new());
}
