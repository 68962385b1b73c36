//! Several teachers at one journal: whatever order their writes come in, nothing that was acknowledged is lost.

use std::collections::HashMap;

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

use crate::world::World;

/// How many write at once.
const TEACHERS: usize = 3;
/// How many writes there are in one run.
const WRITES: usize = 200;
const LESSONS: [&str; 2] = ["2026-11-16-02", "2026-11-23-02"];
const PUPILS: usize = 3;
const ENTRIES: [&str; 8] = ["5", "4", "3", "2", "н", "5 4", "о 4", ""];

/// A cell: lesson and pupil.
type Cell = (usize, usize);

/// One write that somebody wishes to make.
#[derive(Debug, Clone)]
struct Wish {
    teacher: usize,
    cell: Cell,
    entry: &'static str,
    /// Whether the writer looks at what stands after a conflict and writes again.
    insists: bool,
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let cell = (0..LESSONS.len(), 0..PUPILS);
    let wish = (
        0..TEACHERS,
        cell,
        prop::sample::select(&ENTRIES[..]),
        any::<bool>(),
    );
    let wish = wish.prop_map(|(teacher, cell, entry, insists)| Wish {
        teacher,
        cell,
        entry,
        insists,
    });
    vec(wish, WRITES)
}

/// An acknowledged write: the cell, its version since, and what was written.
type Acknowledged = (Cell, u64, &'static str);

/// A teacher at a page of their own: writes one wish after another over the versions that the page knows. What was
/// acknowledged, and how often somebody had been quicker.
async fn write_all(world: &World, wishes: &[Wish], teacher: usize) -> (Vec<Acknowledged>, usize) {
    let mut known: HashMap<Cell, u64> = HashMap::new();
    let (mut acknowledged, mut conflicts) = (vec![], 0);
    for wish in wishes.iter().filter(|wish| wish.teacher == teacher) {
        let mut tries = if wish.insists { 20 } else { 1 };
        while tries > 0 {
            tries -= 1;
            let seen = known.get(&wish.cell).copied().unwrap_or(0);
            let path = world.cell(LESSONS[wish.cell.0], wish.cell.1);
            let body = json!({ "work": 1, "entry": wish.entry });
            let answer = world.put(&world.school.teacher_actor(), &path, seen, &body).await;
            let said = answer.json();
            match answer.status.as_u16() {
                200 => {
                    let version = said["version"].as_u64().expect("a version");
                    known.insert(wish.cell, version);
                    acknowledged.push((wish.cell, version, wish.entry));
                    break;
                }
                409 => {
                    conflicts += 1;
                    let current = said["current"]["version"].as_u64();
                    known.insert(wish.cell, current.expect("a conflict says what stands"));
                }
                other => panic!("{other}: {said}"),
            }
        }
    }
    (acknowledged, conflicts)
}

/// The values that a cell has had, the first change first, each change from what stood before it.
async fn values(world: &World, (lesson, pupil): Cell) -> Vec<String> {
    let path = format!("{}/history", world.cell(LESSONS[lesson], pupil));
    let history = world.get(&world.school.teacher_actor(), &path).await.json();
    let mut changes = history["changes"].as_array().expect("changes").clone();
    changes.reverse();
    let mut stood = String::new();
    for (place, change) in changes.iter().enumerate() {
        assert_eq!(change["number"], json!(place + 1), "no change is missing");
        assert_eq!(
            change["from"],
            json!(stood),
            "each change begins where the last ended"
        );
        change["to"].as_str().expect("a text").clone_into(&mut stood);
    }
    let to = |change: &Value| change["to"].as_str().expect("a text").to_owned();
    changes.iter().map(to).collect()
}

async fn nothing_is_lost(wishes: Vec<Wish>) {
    let world = World::new(3).await;
    for lesson in LESSONS {
        world.open(lesson).await;
    }
    let (first, second, third) = tokio::join!(
        write_all(&world, &wishes, 0),
        write_all(&world, &wishes, 1),
        write_all(&world, &wishes, 2),
    );
    let acknowledged: Vec<Acknowledged> = [first.0, second.0, third.0].concat();
    let conflicts = first.1 + second.1 + third.1;
    assert!(
        conflicts > 10 && acknowledged.len() > WRITES / 2,
        "they meet, and most get through"
    );
    let journal = world
        .get(&world.school.teacher_actor(), &world.base())
        .await
        .json();
    for cell in (0..LESSONS.len()).flat_map(|lesson| (0..PUPILS).map(move |pupil| (lesson, pupil))) {
        let values = values(&world, cell).await;
        for (_, version, entry) in acknowledged.iter().filter(|(of, ..)| *of == cell) {
            let place = usize::try_from(*version).expect("few versions");
            // Version 0 is a cell that stayed empty when it was emptied.
            let since = if place == 0 {
                ""
            } else {
                values[place - 1].as_str()
            };
            assert_eq!(
                since, *entry,
                "version {version} of {cell:?} is what was acknowledged"
            );
        }
        let stands = &journal["rows"][cell.1]["cells"];
        let stands = stands.as_array().expect("cells").iter();
        let stands = stands.filter(|found| found["lesson"] == LESSONS[cell.0]);
        let shown: Vec<&str> = stands
            .filter_map(|found| found["entries"][0]["entry"].as_str())
            .collect();
        let last = values.last().map_or("", String::as_str);
        assert_eq!(
            shown.first().copied().unwrap_or_default(),
            last,
            "{cell:?} shows its last value"
        );
    }
}

#[test]
fn any_interleaving_of_two_hundred_writes_keeps_every_acknowledged_mark() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let mut runner = TestRunner::new(Config {
        cases: 4,
        max_shrink_iters: 20,
        failure_persistence: None,
        ..Config::default()
    });
    let checked = runner.run(&wishes(), |wishes| {
        runtime.block_on(nothing_is_lost(wishes));
        Ok(())
    });
    checked.expect("nothing is lost");
}
