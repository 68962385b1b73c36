//! Timetables of whole schools.

mod school;

use school::{SUBJECTS, Size, school};
use timetable_generator::{Control, Criterion, Hour, Options, Problem, Solution, check, score, solve};

fn solved(problem: &Problem, steps: u64) -> Solution {
    let options = Options {
        seed: 1,
        steps,
        previous: Vec::new(),
    };
    solve(problem, &options, |_| Control::Continue).expect("a problem without faults")
}

fn made(classes: usize, days: u8, two_shifts: bool, tight: bool) -> Problem {
    let size = Size {
        classes,
        days,
        two_shifts,
        fine_points: true,
        tight,
        seed: 2,
    };
    school(size)
}

fn is_complete(problem: &Problem, steps: u64) -> bool {
    let solution = solved(problem, steps);
    assert_eq!(check(problem, &solution.placements), []);
    assert_eq!(score(problem, &solution.placements, &[]), solution.score);
    solution.unplaced.is_empty()
}

#[test]
fn a_school_of_ten_classes_gets_a_complete_timetable() {
    assert!(is_complete(&made(10, 5, false, false), 60_000));
}

#[test]
fn a_school_of_thirty_classes_gets_a_complete_timetable() {
    assert!(is_complete(&made(30, 5, false, false), 200_000));
}

#[test]
fn two_shifts_and_a_six_day_week_get_complete_timetables() {
    assert!(is_complete(&made(20, 5, true, false), 60_000));
    assert!(is_complete(&made(20, 6, false, true), 60_000));
}

#[test]
fn more_steps_make_a_better_timetable() {
    let problem = made(10, 5, false, false);
    let (short, long) = (solved(&problem, 10_000).score, solved(&problem, 150_000).score);
    assert!(long.cost * 2 < short.cost, "{} after {}", long.cost, short.cost);
    assert_eq!(long.amount(Criterion::LongWindows), 0);
}

#[test]
fn grade_one_has_one_day_of_five_lessons_and_physical_culture_is_in_it() {
    let problem = made(10, 5, false, false);
    let solution = solved(&problem, 60_000);
    let of_class = |day: u8| {
        let lessons = solution
            .placements
            .iter()
            .filter(move |placement| placement.hour.day == day);
        lessons.filter(|placement| {
            let group = problem.activities[placement.activity.at()].groups[0];
            problem.cohorts[problem.groups[group.at()].cohorts[0].at()]
                .class
                .at()
                == 0
        })
    };
    let long: Vec<u8> = (0..5).filter(|day| of_class(*day).count() == 5).collect();
    assert_eq!(long.len(), 1);
    let mut titles = of_class(long[0])
        .map(|placement| SUBJECTS[problem.activities[placement.activity.at()].subject.at()].title);
    assert!(titles.any(|title| title == "Физическая культура"));
}

#[test]
fn an_observer_sees_progress_and_may_stop_with_the_best_so_far() {
    let problem = made(10, 5, false, false);
    let options = Options {
        seed: 1,
        steps: u64::MAX,
        previous: Vec::new(),
    };
    let mut costs = Vec::new();
    let solution = solve(&problem, &options, |progress| {
        if progress.is_complete() {
            costs.push(progress.cost);
            assert_eq!(check(&problem, &progress.best()), []);
        }
        if costs.len() < 20 {
            Control::Continue
        } else {
            Control::Stop
        }
    })
    .expect("a problem without faults");
    assert!(
        costs.windows(2).all(|pair| pair[1] <= pair[0]),
        "the best never gets worse: {costs:?}"
    );
    assert_eq!(costs.last(), Some(&solution.score.cost));
    assert!(solution.steps < 1_000_000 && solution.unplaced.is_empty());
}

#[test]
fn searches_stopped_after_equal_steps_give_equal_timetables() {
    let problem = made(10, 5, false, false);
    let endless = Options {
        seed: 9,
        steps: u64::MAX,
        previous: Vec::new(),
    };
    let mut looks = 0;
    let observe = |_: &timetable_generator::Progress<'_>| {
        looks += 1;
        if looks < 12 {
            Control::Continue
        } else {
            Control::Stop
        }
    };
    let one = solve(&problem, &endless, observe).expect("a problem without faults");
    let mut looks = 0;
    let again = solve(&problem, &endless, |_| {
        looks += 1;
        if looks < 12 {
            Control::Continue
        } else {
            Control::Stop
        }
    });
    assert_eq!(Ok(one), again);
}

#[test]
fn an_overloaded_teacher_leaves_the_rest_of_the_school_in_order() {
    let mut problem = made(10, 5, false, false);
    let teacher = problem.activities[0].teachers[0];
    problem.teachers[teacher.at()].unavailable = (0..5)
        .flat_map(|day| (2..=7).map(move |slot| Hour::new(day, slot)))
        .collect();
    let solution = solved(&problem, 60_000);
    assert_eq!(check(&problem, &solution.placements), []);
    assert!(!solution.unplaced.is_empty());
    // The class loses its teacher's lessons, and what then would leave windows; nobody else does.
    let placed = solution.placements.len();
    let lost: usize = problem
        .activities
        .iter()
        .filter(|activity| activity.teachers.contains(&teacher))
        .map(|activity| usize::from(activity.lessons))
        .sum();
    assert!(
        solution.unplaced.len() <= lost + 4,
        "{} of {placed} for {lost}",
        solution.unplaced.len()
    );
    assert!(
        solution
            .unplaced
            .iter()
            .any(timetable_generator::Unplaced::is_proven)
    );
}

#[test]
fn a_problem_and_its_solution_survive_serialisation() {
    let problem = made(10, 5, false, false);
    let text = serde_json::to_string(&problem).expect("a problem is data");
    assert_eq!(
        serde_json::from_str::<Problem>(&text).expect("its own text"),
        problem
    );
    let solution = solved(&problem, 5_000);
    let text = serde_json::to_string(&solution).expect("a solution is data");
    assert_eq!(
        serde_json::from_str::<Solution>(&text).expect("its own text"),
        solution
    );
}

#[test]
fn data_that_contradict_each_other_are_faults_and_no_search_begins() {
    use timetable_generator::{ActivityIndex, Fault, GroupIndex};
    let mut problem = made(10, 5, false, false);
    problem.activities[3].groups = vec![GroupIndex(60_000)];
    problem.activities[4].lessons = 0;
    let answer = solve(&problem, &Options::default(), |_| Control::Stop);
    assert_eq!(
        answer,
        Err(vec![
            Fault::Activity(ActivityIndex(3)),
            Fault::Lessons(ActivityIndex(4))
        ])
    );
}
