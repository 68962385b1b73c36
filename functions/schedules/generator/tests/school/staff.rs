//! Teachers and rooms for a school's lessons.

use std::collections::BTreeMap;

use timetable_generator::{
    FeatureIndex, Hour, Problem, Random, Room, RoomIndex, RoomNeed, Teacher, TeacherIndex,
};

use super::Size;
use super::curriculum::{SUBJECTS, Subject};

/// An ordinary classroom.
pub(crate) const STANDARD: FeatureIndex = FeatureIndex(0);
const GYM: FeatureIndex = FeatureIndex(1);
const COMPUTERS: FeatureIndex = FeatureIndex(2);
const WORKSHOP: FeatureIndex = FeatureIndex(3);
const PHYSICS: FeatureIndex = FeatureIndex(4);
const CHEMISTRY: FeatureIndex = FeatureIndex(5);
/// Half of a class fits.
const SMALL: FeatureIndex = FeatureIndex(6);

/// Lessons a week at which another teacher is hired, and where teachers are scarce.
const FULL: [u32; 2] = [26, 30];

/// What room a subject needs.
pub(crate) fn feature(subject: &Subject, grade: u8) -> FeatureIndex {
    match subject.department {
        "phc" => GYM,
        "inf" => COMPUTERS,
        "tec" if grade >= 5 => WORKSHOP,
        "phy" => PHYSICS,
        "che" => CHEMISTRY,
        "eng" => SMALL,
        _ => STANDARD,
    }
}

/// Gives every activity its teacher and the school its rooms.
pub(crate) fn add(problem: &mut Problem, size: Size, grades: &[u8], random: &mut Random) {
    assign(problem, grades, size.tight, random);
    let loads = loads(problem);
    add_rooms(problem, size, &loads);
    for (at, load) in loads.into_iter().enumerate() {
        let daily = problem.activities.iter().any(|activity| {
            activity.lessons + 1 >= problem.days && activity.teachers.contains(&TeacherIndex::from(at))
        });
        let in_block = problem.blocks.iter().flatten().any(|index| {
            problem.activities[index.at()]
                .teachers
                .contains(&TeacherIndex::from(at))
        });
        // Who gives a subject every day cannot be elsewhere, and the teachers of two subgroups must meet.
        let load = if daily || (in_block && size.tight) {
            u32::MAX
        } else {
            load
        };
        wish(problem, at, size.tight, load, random);
    }
}

/// Lessons a week of each teacher.
fn loads(problem: &Problem) -> Vec<u32> {
    let mut loads = vec![0; problem.teachers.len()];
    for activity in &problem.activities {
        for teacher in &activity.teachers {
            loads[teacher.at()] += u32::from(activity.lessons);
        }
    }
    loads
}

fn assign(problem: &mut Problem, grades: &[u8], tight: bool, random: &mut Random) {
    let full = FULL[usize::from(tight)];
    // A primary class has its own teacher; the departments share out the rest, a class's subjects of one department
    // to one teacher, the two subgroups of a class to two.
    let mut own: BTreeMap<u32, usize> = BTreeMap::new();
    let mut staff: BTreeMap<&str, Vec<(usize, u32)>> = BTreeMap::new();
    let mut given: BTreeMap<(u32, &str, usize), usize> = BTreeMap::new();
    let mut order: Vec<usize> = (0..problem.activities.len()).collect();
    if tight {
        // Grades mix: nobody teaches so much to grades with short days alone.
        random.shuffle(&mut order);
    }
    order.sort_by_key(|at| std::cmp::Reverse(problem.activities[*at].lessons));
    let halves: BTreeMap<u32, usize> = problem
        .blocks
        .iter()
        .flat_map(|block| block.iter().enumerate().map(|(half, index)| (index.0, half)))
        .collect();
    for at in order {
        let group = problem.activities[at].groups[0].at();
        let class = problem.cohorts[problem.groups[group].cohorts[0].at()].class;
        let subject = &SUBJECTS[problem.activities[at].subject.at()];
        let lessons = u32::from(problem.activities[at].lessons);
        let is_primary = grades[class.at()] <= 4 && !matches!(subject.department, "eng" | "phc" | "mus");
        let department = if subject.department == "cla" {
            "rus"
        } else {
            subject.department
        };
        let half = halves.get(&(at as u32)).copied().unwrap_or(0);
        let teacher = if is_primary {
            *own.entry(class.0).or_insert_with(|| hire(problem))
        } else {
            let members = staff.entry(department).or_default();
            let key = (class.0, department, half);
            let in_block = halves.contains_key(&(at as u32));
            let other = given
                .get(&(class.0, department, 1 - half.min(1)))
                .copied()
                .filter(|_| in_block);
            let known = given.get(&key).copied().filter(|known| {
                Some(*known) != other
                    && members
                        .iter()
                        .any(|(teacher, load)| teacher == known && load + lessons <= full.min(26) + 4)
            });
            let free = members
                .iter()
                .filter(|(teacher, load)| load + lessons <= full && Some(*teacher) != other)
                .min_by_key(|(_, load)| *load)
                .map(|(teacher, _)| *teacher);
            let teacher = known.or(free).unwrap_or_else(|| {
                let hired = hire(problem);
                members.push((hired, 0));
                hired
            });
            given.insert(key, teacher);
            if let Some(entry) = members.iter_mut().find(|(member, _)| *member == teacher) {
                entry.1 += lessons;
            }
            teacher
        };
        problem.activities[at].teachers = vec![TeacherIndex::from(teacher)];
    }
}

fn hire(problem: &mut Problem) -> usize {
    problem.teachers.push(Teacher::default());
    problem.teachers.len() - 1
}

fn add_rooms(problem: &mut Problem, size: Size, loads: &[u32]) {
    let hours = u32::from(problem.days) * u32::from(problem.slots);
    let need = |problem: &Problem, feature: FeatureIndex| -> u32 {
        let activities = problem.activities.iter();
        activities
            .filter(|activity| activity.rooms == RoomNeed::Features(vec![feature]))
            .map(|activity| u32::from(activity.lessons))
            .sum()
    };
    for (feature, capacity, share) in [
        (GYM, 60, 75),
        (COMPUTERS, 16, 75),
        (WORKSHOP, 18, 70),
        (PHYSICS, 30, 75),
        (CHEMISTRY, 30, 75),
    ] {
        let count = (need(problem, feature) * 100).div_ceil(hours * share).max(2);
        let (count, places) = if feature == GYM && size.fine_points {
            (count.div_ceil(2), 2)
        } else {
            (count, 1)
        };
        for _ in 0..count {
            problem.rooms.push(Room {
                capacity: Some(capacity),
                features: vec![feature],
                building: None,
                places,
                closed: Vec::new(),
            });
        }
    }
    // A teacher whose lessons are held in ordinary rooms has an own one, in two shifts two teachers share it.
    let mut free: Option<RoomIndex> = None;
    for teacher in 0..loads.len() {
        let teaches = |feature: FeatureIndex| {
            problem.activities.iter().any(|activity| {
                activity.teachers.contains(&TeacherIndex::from(teacher))
                    && activity.rooms == RoomNeed::Features(vec![feature])
            })
        };
        let (standard, small) = (teaches(STANDARD), teaches(SMALL));
        if !standard && !small {
            continue;
        }
        let shared = free.take().filter(|_| size.two_shifts);
        let room = shared.unwrap_or_else(|| {
            let (capacity, features) = if standard {
                (30, vec![STANDARD, SMALL])
            } else {
                (16, vec![SMALL])
            };
            problem.rooms.push(Room {
                capacity: Some(capacity),
                features,
                building: None,
                places: 1,
                closed: Vec::new(),
            });
            RoomIndex::from(problem.rooms.len() - 1)
        });
        if shared.is_none() && standard {
            free = Some(room);
        }
        problem.teachers[teacher].home = Some(room);
    }
}

/// Availability and wishes: one in six teachers (in tight schools one in two) works elsewhere on one day or two, one in
/// four has undesired hours, and who teaches little wishes a free day.
fn wish(problem: &mut Problem, at: usize, tight: bool, load: u32, random: &mut Random) {
    let (days, slots) = (problem.days, problem.slots);
    let teacher = &mut problem.teachers[at];
    let day = random.below(usize::from(days)) as u8;
    let (absent, picky) = (random.below(if tight { 2 } else { 6 }) == 0, random.below(4) == 0);
    if load <= 20 && absent {
        let away = if tight && load <= 12 {
            vec![day, (day + 1) % days]
        } else {
            vec![day]
        };
        let hours = away
            .into_iter()
            .flat_map(|day| (1..=slots).map(move |slot| Hour::new(day, slot)));
        teacher.unavailable = hours.collect();
    } else if load <= 22 {
        teacher.free_days = 1;
    }
    if picky {
        let slot = if random.below(2) == 0 { 1 } else { 7 };
        teacher.undesired = (0..days).map(|day| Hour::new(day, slot)).collect();
    }
}
