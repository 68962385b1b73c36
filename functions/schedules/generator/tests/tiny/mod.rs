//! A school so small that its timetables can be counted on fingers.

use timetable_generator::{
    Activity, Class, ClassIndex, Cohort, CohortIndex, Cycle, Group, GroupIndex, Problem, Room, RoomNeed,
    SubjectIndex, Teacher, TeacherIndex,
};

/// Five days of six lessons, classes without subgroups (group = cohort = class), two teachers, two rooms, no
/// activities.
pub(crate) fn tiny(classes: usize) -> Problem {
    let class = Class {
        first: 1,
        last: 6,
        latest_start: 1,
        closed: Vec::new(),
        windows_allowed: false,
        max_per_day: 6,
        longer_days: None,
        hard_from: None,
        best_slots: None,
    };
    let room = Room {
        capacity: Some(30),
        features: Vec::new(),
        building: None,
        places: 1,
        closed: Vec::new(),
    };
    let group = |class| Group {
        cohorts: vec![CohortIndex::from(class)],
        size: 25,
    };
    let cohort = |class| Cohort {
        class: ClassIndex::from(class),
    };
    Problem {
        days: 5,
        slots: 6,
        classes: vec![class; classes],
        cohorts: (0..classes).map(cohort).collect(),
        groups: (0..classes).map(group).collect(),
        teachers: vec![Teacher::default(); 2],
        rooms: vec![room; 2],
        ..Problem::default()
    }
}

/// Lessons a week of a teacher for a class, once a day, without a room.
pub(crate) fn lesson(class: u32, teacher: u32, subject: u32, lessons: u8) -> Activity {
    Activity {
        groups: vec![GroupIndex(class)],
        teachers: vec![TeacherIndex(teacher)],
        subject: SubjectIndex(subject),
        lessons,
        doubles: 0,
        cycle: Cycle::Every,
        rooms: RoomNeed::None,
        max_per_day: 1,
        difficulty: 0,
        pins: Vec::new(),
    }
}
