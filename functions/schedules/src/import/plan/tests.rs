use jiff::civil::{date, time};
use model::{PersonId, Weekday};
use timetables::WeekCycle;

use super::*;

fn lesson(group: u128, number: u8, teachers: &[u128]) -> Lesson {
    let slot = Slot {
        weekday: Weekday::try_from(1).expect("Monday"),
        number,
        start: time(8, 30, 0, 0),
        end: time(9, 10, 0, 0),
        cycle: WeekCycle::Every,
        group: GroupId::from_bits(group),
        subject: "Алгебра".to_owned(),
        title: "7А".to_owned(),
        teacher: None,
        teacher_name: String::new(),
        room: String::new(),
    };
    Lesson {
        slot,
        teachers: teachers.iter().map(|bits| PersonId::from_bits(*bits)).collect(),
    }
}

fn off(group: u128) -> GroupsOff {
    GroupsOff {
        title: "Каникулы".to_owned(),
        kind: DayOffKind::Break,
        dates: vec![date(2027, 2, 15)],
        groups: vec![GroupId::from_bits(group)],
    }
}

fn week(group: u128, institution: u128, lessons: Vec<Lesson>) -> GroupWeek {
    let teachers = lessons
        .iter()
        .flat_map(|lesson| &lesson.teachers)
        .map(|person| Owner::Teacher(*person));
    let owners: BTreeSet<Owner> = teachers.chain([CLASS]).collect();
    GroupWeek {
        group: GroupId::from_bits(group),
        institution: InstitutionId::from_bits(institution),
        lessons,
        off: vec![off(group)],
        feeds: Feeds {
            group: GroupId::from_bits(group),
            owners: owners.into_iter().collect(),
        },
    }
}

const CLASS: Owner = Owner::Class(GroupId::from_bits(100));
const TEACHER: Owner = Owner::Teacher(PersonId::from_bits(1));

fn places(weeks: &[GroupWeek]) -> HashMap<GroupId, InstitutionId> {
    weeks.iter().map(|week| (week.group, week.institution)).collect()
}

#[test]
fn a_class_has_all_lessons_of_its_groups_and_a_teacher_their_own() {
    let weeks = [
        week(1, 1, vec![lesson(1, 2, &[1]), lesson(1, 1, &[2])]),
        week(2, 1, vec![lesson(2, 1, &[1, 2])]),
    ];
    let places = places(&weeks);
    let builder = Builder::new(&weeks, &places);
    let numbers = |owner| {
        let week = builder.week(owner, None).expect("a week");
        week.slots
            .iter()
            .map(|slot| (slot.number, slot.group == GroupId::from_bits(1)))
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(CLASS), [(1, true), (1, false), (2, true)]);
    assert_eq!(numbers(TEACHER), [(1, false), (2, true)]);
    let class = builder.week(CLASS, None).expect("a week");
    assert_eq!(
        (class.groups_off.len(), class.groups_off[0].groups.len()),
        (1, 2),
        "groups free together are named together"
    );
}

#[test]
fn lessons_of_groups_that_are_not_in_question_stay_and_decide_where_the_teacher_is() {
    let weeks = [week(1, 1, vec![lesson(1, 1, &[1])])];
    let mut places = places(&weeks);
    let elsewhere = InstitutionId::from_bits(2);
    places.insert(GroupId::from_bits(9), elsewhere);
    let kept = vec![
        lesson(9, 5, &[1]).slot,
        lesson(9, 6, &[1]).slot,
        lesson(1, 7, &[1]).slot,
    ];
    let stored = Timetable {
        groups_off: vec![off(9), off(1)],
        ..Timetable::new(TEACHER, elsewhere, kept)
    };
    let builder = Builder::new(&weeks, &places);
    let week = builder.week(TEACHER, Some(&stored)).expect("a week");
    assert_eq!(
        week.slots.iter().map(|slot| slot.number).collect::<Vec<_>>(),
        [1, 5, 6]
    );
    assert_eq!(week.institution, elsewhere);
    assert_eq!(
        week.groups_off[0].groups,
        [GroupId::from_bits(1), GroupId::from_bits(9)]
    );
    let again = Builder::new(&weeks, &places)
        .week(TEACHER, Some(&week))
        .expect("a week");
    assert_eq!(again, week, "building from what was built changes nothing");
}

#[test]
fn a_week_that_has_lost_its_last_lesson_stays_as_an_empty_one() {
    let weeks = [GroupWeek {
        lessons: vec![],
        ..week(1, 1, vec![lesson(1, 1, &[1])])
    }];
    let stored = Timetable::new(
        TEACHER,
        InstitutionId::from_bits(1),
        vec![lesson(1, 1, &[1]).slot],
    );
    let places = places(&weeks);
    let week = Builder::new(&weeks, &places)
        .week(TEACHER, Some(&stored))
        .expect("a week");
    assert_eq!(week.slots, []);
    assert_eq!(
        Builder::new(&weeks, &places).week(Owner::Teacher(PersonId::from_bits(5)), None),
        None
    );
}

#[test]
fn weeks_where_a_group_stood_follow_it_too() {
    let weeks = [week(1, 1, vec![lesson(1, 1, &[1])])];
    let former = Owner::Teacher(PersonId::from_bits(3));
    let group = GroupId::from_bits(1);
    let stood = HashMap::from([(
        group,
        Feeds {
            group,
            owners: vec![former],
        },
    )]);
    assert_eq!(affected(&weeks, &stood), BTreeSet::from([CLASS, TEACHER, former]));
}

#[test]
fn only_what_differs_is_written_and_over_the_version_that_was_read() {
    assert_eq!(Change::to(1, Some(&(1, 4))), None);
    assert_eq!(
        Change::to(2, Some(&(1, 4))),
        Some(Change {
            record: 2,
            over: Some(4)
        })
    );
    assert_eq!(
        Change::to(2, None),
        Some(Change {
            record: 2,
            over: None
        })
    );
}
