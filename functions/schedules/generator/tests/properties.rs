//! What holds for every problem.

mod random;

use std::collections::BTreeMap;

use proptest::prelude::*;
use timetable_generator::{Control, Options, Placement, Problem, Solution, check, score, solve};

fn solved(problem: &Problem, seed: u64, steps: u64, previous: Vec<Placement>) -> Solution {
    let options = Options {
        seed,
        steps,
        previous,
    };
    solve(problem, &options, |_| Control::Continue).expect("a problem without faults")
}

/// Lessons by activity and length.
fn lessons(problem: &Problem) -> BTreeMap<(u32, u8), usize> {
    let mut lessons = BTreeMap::new();
    for (at, activity) in problem.activities.iter().enumerate() {
        let doubles = usize::from(activity.doubles);
        lessons.insert((at as u32, 2), doubles);
        lessons.insert((at as u32, 1), usize::from(activity.lessons) - 2 * doubles);
    }
    lessons.retain(|_, count| *count > 0);
    lessons
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_timetable_violates_a_hard_constraint_and_every_lesson_is_placed_or_has_reasons(seed: u64) {
        let problem = random::problem(seed);
        let solution = solved(&problem, seed, 4_000, Vec::new());
        prop_assert_eq!(check(&problem, &solution.placements), []);
        let mut counts: BTreeMap<(u32, u8), usize> = BTreeMap::new();
        for placement in &solution.placements {
            *counts.entry((placement.activity.0, placement.length)).or_default() += 1;
        }
        for lesson in &solution.unplaced {
            prop_assert!(!lesson.reasons.is_empty());
            *counts.entry((lesson.activity.0, lesson.length)).or_default() += 1;
        }
        prop_assert_eq!(counts, lessons(&problem));
    }

    #[test]
    fn the_running_cost_of_the_search_is_that_of_the_plain_computation(seed: u64) {
        let problem = random::problem(seed);
        let mut compared = 0;
        let options = Options { seed, steps: 6_000, previous: Vec::new() };
        let solution = solve(&problem, &options, |progress| {
            if progress.placed > 0 {
                assert_eq!(progress.cost, score(&problem, &progress.best(), &[]).cost);
                compared += 1;
            }
            Control::Continue
        });
        let solution = solution.expect("a problem without faults");
        // A search that finds nothing to be made better may end before its first look at the observer.
        prop_assert!(solution.placements.is_empty() || solution.steps < 1024 || compared > 0);
    }

    #[test]
    fn equal_seeds_and_steps_give_equal_timetables(seed: u64) {
        let problem = random::problem(seed);
        let (one, other) = (solved(&problem, 5, 3_000, Vec::new()), solved(&problem, 5, 3_000, Vec::new()));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn a_repair_of_another_problem_violates_nothing_either(seed: u64) {
        let before = random::problem(seed);
        let previous = solved(&before, 1, 2_000, Vec::new()).placements;
        let problem = random::problem(seed.wrapping_add(1));
        let solution = solved(&problem, 1, 3_000, previous);
        prop_assert_eq!(check(&problem, &solution.placements), []);
    }

    #[test]
    fn a_proven_reason_is_never_given_when_every_lesson_has_been_placed_before(seed: u64) {
        // A complete timetable disproves any proof of impossibility, so that none may be given for its problem however
        // few steps the search has.
        let problem = random::problem(seed);
        let full = solved(&problem, 1, 6_000, Vec::new());
        prop_assume!(full.unplaced.is_empty());
        let hasty = solved(&problem, 2, 1, Vec::new());
        prop_assert!(hasty.unplaced.iter().all(|lesson| !lesson.is_proven()));
    }
}
