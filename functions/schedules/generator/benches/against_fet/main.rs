//! The generator against FET's solver on the same generated schools.
//!
//! `cargo bench -p timetable-generator --bench against_fet -- [classes] [seconds for FET]`: the schools with
//! that number of classes, or all (0). FET is Debian's package `fet` (its program `fet-cl`); without it only the generator
//! runs, and the table says so. Both answers are checked by the same validator and scored by the same computation.

mod fet;
#[path = "../../tests/school/mod.rs"]
mod school;

use std::io::Write;
use std::time::Instant;

use school::{Size, school};
use timetable_generator::{
    Control, Criterion, Options, Placement, Problem, check, recommended_steps, score, solve,
};

/// The schools compared: classes, days, two shifts, tight.
const SCHOOLS: [(usize, u8, bool, bool); 8] = [
    (10, 5, false, false),
    (20, 5, false, false),
    (30, 5, false, false),
    (30, 5, true, false),
    (30, 5, false, true),
    (30, 6, false, true),
    (50, 6, false, false),
    (50, 6, true, true),
];

fn main() -> std::io::Result<()> {
    let numbers: Vec<u64> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let (only, seconds) = (
        numbers.first().copied().filter(|only| *only > 0),
        numbers.get(1).copied().unwrap_or(300),
    );
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "| school | solver | complete, s | total, s | unplaced | violations | windows (long) | cost | without rooms |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|")?;
    for (classes, days, two_shifts, tight) in SCHOOLS {
        if only.is_some_and(|only| only != classes as u64) {
            continue;
        }
        let size = Size {
            classes,
            days,
            two_shifts,
            tight,
            fine_points: false,
            seed: 3,
        };
        let problem = school(size);
        let lessons: usize = problem
            .activities
            .iter()
            .map(|activity| usize::from(activity.lessons))
            .sum();
        let shifts = if two_shifts { ", two shifts" } else { "" };
        let tight = if tight { ", tight" } else { "" };
        let name = format!("{classes} classes, {days} days{shifts}{tight}, {lessons} lessons");
        ours(&mut out, &name, &problem)?;
        for (title, gaps) in [
            ("FET", None),
            ("FET, ≤ 6 windows a week", Some(6)),
            ("FET, ≤ 3 windows a week", Some(3)),
        ] {
            theirs(&mut out, &name, title, &problem, gaps, seconds)?;
        }
    }
    Ok(())
}

fn ours(out: &mut impl Write, name: &str, problem: &Problem) -> std::io::Result<()> {
    let begin = Instant::now();
    let mut complete = None;
    let options = Options {
        seed: 1,
        steps: recommended_steps(problem),
        previous: Vec::new(),
    };
    let solution = solve(problem, &options, |progress| {
        if progress.is_complete() && complete.is_none() {
            complete = Some(begin.elapsed().as_secs_f64());
        }
        Control::Continue
    });
    let total = begin.elapsed().as_secs_f64();
    let Ok(solution) = solution else {
        return writeln!(out, "| {name} | generator | faults |");
    };
    row(
        out,
        name,
        "generator",
        complete,
        total,
        problem,
        &solution.placements,
    )
}

fn theirs(
    out: &mut impl Write,
    name: &str,
    title: &str,
    problem: &Problem,
    gaps: Option<u8>,
    seconds: u64,
) -> std::io::Result<()> {
    let (xml, lessons) = fet::write(problem, gaps);
    let folder = tempfile::tempdir()?;
    let begin = Instant::now();
    let answer = fet::solve(folder.path(), &xml, &lessons, seconds);
    let total = begin.elapsed().as_secs_f64();
    match answer {
        Some(placements) => {
            let complete = (placements.len() == lessons.len()).then_some(total);
            row(out, name, title, complete, total, problem, &placements)
        }
        None => writeln!(out, "| {name} | {title} | no answer (is fet-cl installed?) |"),
    }
}

fn row(
    out: &mut impl Write,
    name: &str,
    solver: &str,
    complete: Option<f64>,
    total: f64,
    problem: &Problem,
    placements: &[Placement],
) -> std::io::Result<()> {
    let all: usize = problem
        .activities
        .iter()
        .map(|activity| usize::from(activity.lessons - activity.doubles))
        .sum();
    let result = score(problem, placements, &[]);
    let rooms = result
        .criteria
        .iter()
        .filter(|amount| amount.criterion == Criterion::RoomChanges);
    let rooms: i64 = rooms.map(|amount| amount.cost).sum();
    writeln!(
        out,
        "| {name} | {solver} | {} | {total:.1} | {} | {} | {} ({}) | {} | {} |",
        complete.map_or("never".to_owned(), |seconds| format!("{seconds:.1}")),
        all - placements.len(),
        check(problem, placements).len(),
        result.amount(Criterion::TeacherWindows),
        result.amount(Criterion::LongWindows),
        result.cost,
        result.cost - rooms,
    )?;
    out.flush()
}
