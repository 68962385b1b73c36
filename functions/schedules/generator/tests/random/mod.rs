//! Small random problems with every feature, many of them impossible to satisfy.

use timetable_generator::cohorts::Divisions;
use timetable_generator::{
    Activity, ActivityIndex, BuildingIndex, Class, ClassIndex, CohortIndex, Curve, Cycle, FeatureIndex,
    Group, GroupIndex, Hour, LongerDays, Pin, Problem, Random, Room, RoomIndex, RoomNeed, SubjectIndex,
    Teacher, TeacherIndex, Travel,
};

/// A random problem without faults; equal seeds give equal problems.
pub(crate) fn problem(seed: u64) -> Problem {
    let mut random = Random::new(seed);
    let mut problem = Problem {
        days: 3 + random.below(4) as u8,
        slots: 4 + random.below(7) as u8,
        curve: Curve {
            peak: if random.below(3) == 0 { Vec::new() } else { vec![1] },
            light: if random.below(3) == 0 { Vec::new() } else { vec![2] },
        },
        apart: vec![
            (SubjectIndex(0), SubjectIndex(1)),
            (SubjectIndex(2), SubjectIndex(2)),
        ],
        travel: (random.below(2) == 0).then(|| Travel {
            slots: 1 + random.below(2) as u8,
            long_breaks: (1..=10).filter(|_| random.below(4) == 0).collect(),
            hard: random.below(2) == 0,
        }),
        ..Problem::default()
    };
    add_rooms(&mut problem, &mut random);
    add_teachers(&mut problem, &mut random);
    let divisions = add_classes(&mut problem, &mut random);
    for class in 0..problem.classes.len() {
        add_lessons(&mut problem, &mut random, ClassIndex::from(class), &divisions);
    }
    add_audience(&mut problem, &mut random, &divisions);
    let faults = problem.faults();
    assert!(faults.is_empty(), "{faults:?}");
    problem
}

fn hours(problem: &Problem, random: &mut Random, count: usize) -> Vec<Hour> {
    (0..random.below(count + 1))
        .map(|_| hour(problem, random))
        .collect()
}

fn hour(problem: &Problem, random: &mut Random) -> Hour {
    let day = random.below(usize::from(problem.days)) as u8;
    Hour::new(day, 1 + random.below(usize::from(problem.slots)) as u8)
}

fn add_rooms(problem: &mut Problem, random: &mut Random) {
    for _ in 0..3 + random.below(5) {
        let room = Room {
            capacity: (random.below(2) == 0).then(|| 12 + random.below(20) as u16),
            features: (0..3)
                .filter(|_| random.below(2) == 0)
                .map(FeatureIndex)
                .collect(),
            building: (random.below(4) > 0).then(|| BuildingIndex(random.below(2) as u32)),
            places: 1 + u8::from(random.below(4) == 0),
            closed: hours(problem, random, 3),
        };
        problem.rooms.push(room);
    }
}

fn add_teachers(problem: &mut Problem, random: &mut Random) {
    for _ in 0..3 + random.below(6) {
        let teacher = Teacher {
            unavailable: hours(problem, random, 8),
            undesired: hours(problem, random, 5),
            max_per_day: (random.below(4) == 0).then(|| 2 + random.below(4) as u8),
            free_days: random.below(3) as u8,
            home: (random.below(2) == 0).then(|| RoomIndex::from(random.below(problem.rooms.len()))),
        };
        problem.teachers.push(teacher);
    }
}

fn add_classes(problem: &mut Problem, random: &mut Random) -> Divisions {
    let mut divisions = Divisions::default();
    for class in 0..1 + random.below(4) {
        let first = 1 + random.below(2) as u8;
        let last = problem.slots - random.below(2) as u8;
        let data = Class {
            first,
            last,
            latest_start: first + u8::from(random.below(4) == 0),
            closed: hours(problem, random, 3),
            windows_allowed: random.below(5) == 0,
            max_per_day: 3 + random.below(4) as u8,
            longer_days: (random.below(3) == 0).then(|| LongerDays {
                days: 1,
                extra: 1,
                with: (random.below(2) == 0).then_some(SubjectIndex(0)),
            }),
            hard_from: (random.below(2) == 0).then_some(6),
            best_slots: Some((first + 1, first + 2)),
        };
        problem.classes.push(data);
        divisions.add(ClassIndex::from(class), &[1 + random.below(3) as u8, 2]);
    }
    problem.cohorts = divisions.cohorts();
    divisions
}

fn group(problem: &mut Problem, random: &mut Random, cohorts: Vec<CohortIndex>) -> GroupIndex {
    let size = random.below(28) as u16;
    problem.groups.push(Group { cohorts, size });
    GroupIndex::from(problem.groups.len() - 1)
}

fn add_lessons(problem: &mut Problem, random: &mut Random, class: ClassIndex, divisions: &Divisions) {
    for subject in 0..3 + random.below(4) as u32 {
        let lessons = 1 + random.below(4) as u8;
        let kind = random.below(4);
        if kind == 0 {
            // Subgroups side by side; sometimes they change places from week to week.
            let swaps = random.below(2) == 0;
            let mut block = Vec::new();
            for part in 0..2 {
                let cohorts = divisions.subgroup(class, 1, part);
                let group = group(problem, random, cohorts);
                let cycles = if swaps {
                    vec![Cycle::A, Cycle::B]
                } else {
                    vec![Cycle::Every]
                };
                for cycle in cycles {
                    let mut made = activity(problem, random, SubjectIndex(subject), vec![group], lessons);
                    made.cycle = cycle;
                    made.doubles = u8::from(lessons > 2);
                    let teacher = TeacherIndex::from(usize::from(part));
                    made.teachers = if cycle == Cycle::B {
                        Vec::new()
                    } else {
                        vec![teacher]
                    };
                    made.pins.clear();
                    problem.activities.push(made);
                    block.push(ActivityIndex::from(problem.activities.len() - 1));
                }
            }
            problem.blocks.push(block);
        } else {
            let cohorts = if kind == 1 {
                divisions.subgroup(class, 0, 0)
            } else {
                divisions.class(class)
            };
            let group = group(problem, random, cohorts);
            let made = activity(problem, random, SubjectIndex(subject), vec![group], lessons);
            problem.activities.push(made);
        }
    }
}

/// A lesson for several classes together.
fn add_audience(problem: &mut Problem, random: &mut Random, divisions: &Divisions) {
    if problem.classes.len() > 1 && random.below(2) == 0 {
        let groups = (0..2).map(|class| {
            let cohorts = divisions.class(ClassIndex(class));
            group(problem, random, cohorts)
        });
        let groups = groups.collect();
        let made = activity(problem, random, SubjectIndex(7), groups, 1);
        problem.activities.push(made);
    }
}

fn activity(
    problem: &Problem,
    random: &mut Random,
    subject: SubjectIndex,
    groups: Vec<GroupIndex>,
    lessons: u8,
) -> Activity {
    let rooms = match random.below(4) {
        0 => RoomNeed::None,
        1 => RoomNeed::OneOf(
            (0..2)
                .map(|_| RoomIndex::from(random.below(problem.rooms.len())))
                .collect(),
        ),
        2 => RoomNeed::Features(vec![FeatureIndex(random.below(3) as u32)]),
        _ => RoomNeed::Features(Vec::new()),
    };
    let has_pin = random.below(5) == 0;
    let pin = Pin {
        hour: hour(problem, random),
        double: false,
        room: (rooms != RoomNeed::None && random.below(2) == 0)
            .then(|| RoomIndex::from(random.below(problem.rooms.len()))),
    };
    let doubles = if lessons >= 2 {
        random.below(usize::from(lessons) / 2 + 1) as u8
    } else {
        0
    };
    let mut teachers: Vec<TeacherIndex> = (0..random.below(3))
        .map(|_| TeacherIndex::from(random.below(problem.teachers.len())))
        .collect();
    teachers.sort_unstable();
    teachers.dedup();
    Activity {
        groups,
        teachers,
        subject,
        lessons,
        doubles,
        cycle: [Cycle::Every, Cycle::Every, Cycle::A, Cycle::B][random.below(4)],
        rooms,
        max_per_day: 1 + u8::from(random.below(4) == 0),
        difficulty: random.below(13) as u8,
        pins: if has_pin && doubles * 2 < lessons {
            vec![pin]
        } else {
            Vec::new()
        },
    }
}
