//! Schools to try the generator on: seeded, with real curricula, made up otherwise.
//!
//! Hours a week and difficulty points resemble those of general schools (a five-day week, with two or three hours more
//! in a six-day week) so that problems are realistic. They are no norms: no rule of the product depends on them.

mod curriculum;
mod staff;

use timetable_generator::cohorts::Divisions;
use timetable_generator::{
    Activity, ActivityIndex, Class, ClassIndex, Cycle, Group, GroupIndex, Hour, LongerDays, Problem, Random,
    RoomNeed, SubjectIndex,
};

pub(crate) use curriculum::{SUBJECTS, Split, Subject};

/// Which school to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// The number of classes.
    pub(crate) classes: usize,
    /// 5 or 6.
    pub(crate) days: u8,
    /// Whether grades 2–4 and 6–8 learn in the second shift.
    pub(crate) two_shifts: bool,
    /// Whether grade 1 has its day of five lessons, informatics of grade 7 a lesson and a half, and large
    /// gymnasiums hold two classes: what FET's format has no words for.
    pub(crate) fine_points: bool,
    /// Whether teachers are scarce: up to 30 lessons each, and every third comes on some days only.
    pub(crate) tight: bool,
    /// Chooses sizes, loads and wishes.
    pub(crate) seed: u64,
}

/// Makes a school.
pub(crate) fn school(size: Size) -> Problem {
    let mut random = Random::new(size.seed);
    let grades = grades(size.classes);
    let mut problem = Problem {
        days: size.days,
        slots: if size.two_shifts { 14 } else { 7 },
        ..Problem::default()
    };
    problem.curve.peak = vec![1, 2];
    problem.curve.light = vec![3, 4];
    let physical = SubjectIndex(curriculum::position("Физическая культура") as u32);
    problem.apart = vec![(physical, SubjectIndex(curriculum::position("Математика") as u32))];
    let mut divisions = Divisions::default();
    for (at, grade) in grades.iter().enumerate() {
        problem.classes.push(class(size, *grade));
        // By language, by technology (boys and girls), by informatics and profile: what the grade needs.
        let parts = match *grade {
            1 => [1, 1, 1],
            2..=4 => [2, 1, 1],
            5 | 6 => [2, 2, 1],
            _ => [2, 2, 2],
        };
        divisions.add(ClassIndex::from(at), &parts);
    }
    problem.cohorts = divisions.cohorts();
    let sizes: Vec<u16> = grades.iter().map(|_| 22 + random.below(8) as u16).collect();
    add_activities(&mut problem, size, &grades, &sizes, &divisions);
    staff::add(&mut problem, size, &grades, &mut random);
    problem
}

/// As many parallel classes in each of the grades 1–9, the rest in grades 10 and 11.
fn grades(classes: usize) -> Vec<u8> {
    let parallel = (classes / 10).max(1);
    let mut grades: Vec<u8> = (1..=9)
        .flat_map(|grade| std::iter::repeat_n(grade, parallel))
        .collect();
    grades.truncate(classes);
    let seniors = classes - grades.len();
    grades.extend((0..seniors).map(|at| if at < seniors.div_ceil(2) { 10 } else { 11 }));
    grades
}

fn class(size: Size, grade: u8) -> Class {
    let is_second = size.two_shifts && matches!(grade, 2..=4 | 6..=8);
    let first = if is_second { 8 } else { 1 };
    let longer = LongerDays {
        days: 1,
        extra: 1,
        with: Some(SubjectIndex(curriculum::position("Физическая культура") as u32)),
    };
    Class {
        first,
        last: first + 6,
        latest_start: first,
        closed: if size.days == 6 && grade == 1 {
            saturday()
        } else {
            Vec::new()
        },
        windows_allowed: false,
        max_per_day: match grade {
            1 => 4,
            2..=4 => 5,
            5 | 6 => 6,
            _ => 7,
        },
        longer_days: (grade == 1 && size.fine_points).then_some(longer),
        hard_from: Some(if grade <= 4 { 7 } else { 9 }),
        best_slots: Some(if grade <= 4 {
            (first + 1, first + 2)
        } else {
            (first + 1, first + 3)
        }),
    }
}

/// Grade 1 has a five-day week everywhere (СП 2.4.3648-20).
fn saturday() -> Vec<Hour> {
    (1..=7).map(|slot| Hour::new(5, slot)).collect()
}

fn add_activities(problem: &mut Problem, size: Size, grades: &[u8], sizes: &[u16], divisions: &Divisions) {
    let mut senior_blocks: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    for (at, grade) in grades.iter().enumerate() {
        let class = ClassIndex::from(at);
        for (subject, data) in SUBJECTS.iter().enumerate() {
            let mut lessons = data.hours(*grade, size.days);
            if size.fine_points && *grade == 1 && data.title == "Физическая культура" {
                lessons += 1;
            }
            if lessons == 0 {
                continue;
            }
            let split = data.split(*grade);
            let groups: Vec<GroupIndex> = match split {
                None => vec![push_group(problem, divisions.class(class), sizes[at])],
                Some(split) => (0..2)
                    .map(|part| {
                        let cohorts = divisions.subgroup(class, split as usize, part);
                        push_group(problem, cohorts, sizes[at].div_ceil(2))
                    })
                    .collect(),
            };
            let members = groups.into_iter().map(|group| {
                problem
                    .activities
                    .push(activity(data, subject, *grade, lessons, size.days, vec![group]));
                ActivityIndex::from(problem.activities.len() - 1)
            });
            let members: Vec<ActivityIndex> = members.collect();
            if members.len() > 1 {
                problem.blocks.push(members.clone());
            }
            if size.fine_points && *grade == 7 && data.title == "Информатика" {
                let every = problem.blocks.pop().expect("informatics is taught in subgroups");
                let half: Vec<ActivityIndex> = every
                    .iter()
                    .map(|index| {
                        let mut half = problem.activities[index.at()].clone();
                        half.cycle = Cycle::A;
                        problem.activities.push(half);
                        ActivityIndex::from(problem.activities.len() - 1)
                    })
                    .collect();
                problem.blocks.extend([every, half]);
            }
        }
        if *grade >= 10 {
            senior_blocks[usize::from(*grade - 10)].push(at);
        }
    }
    for classes in senior_blocks.iter().filter(|classes| classes.len() > 1) {
        add_profiles(problem, classes, sizes, divisions);
    }
}

/// Profile groups across the classes of a grade: two hours of informatics or of law, at the same hours.
fn add_profiles(problem: &mut Problem, classes: &[usize], sizes: &[u16], divisions: &Divisions) {
    let mut block = Vec::new();
    for (part, title) in [(0, "Информатика"), (1, "Обществознание")] {
        let cohorts = classes
            .iter()
            .flat_map(|class| divisions.subgroup(ClassIndex::from(*class), Split::Informatics as usize, part))
            .collect();
        let size = classes
            .iter()
            .map(|class| sizes[*class].div_ceil(2))
            .sum::<u16>()
            .min(29);
        let group = push_group(problem, cohorts, size);
        let subject = curriculum::position(title);
        let mut made = activity(&SUBJECTS[subject], subject, 10, 2, problem.days, vec![group]);
        made.rooms = RoomNeed::Features(vec![staff::STANDARD]);
        made.max_per_day = 2;
        problem.activities.push(made);
        block.push(ActivityIndex::from(problem.activities.len() - 1));
    }
    problem.blocks.push(block);
}

fn push_group(
    problem: &mut Problem,
    cohorts: Vec<timetable_generator::CohortIndex>,
    size: u16,
) -> GroupIndex {
    problem.groups.push(Group { cohorts, size });
    GroupIndex::from(problem.groups.len() - 1)
}

fn activity(
    data: &Subject,
    subject: usize,
    grade: u8,
    lessons: u8,
    days: u8,
    groups: Vec<GroupIndex>,
) -> Activity {
    Activity {
        groups,
        teachers: Vec::new(),
        subject: SubjectIndex(subject as u32),
        lessons,
        doubles: u8::from(data.is_double && lessons == 2),
        cycle: Cycle::Every,
        rooms: RoomNeed::Features(vec![staff::feature(data, grade)]),
        max_per_day: if lessons > days { 2 } else { 1 },
        difficulty: data.points(grade),
        pins: Vec::new(),
    }
}
