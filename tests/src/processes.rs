//! Processes as the system lists them: to end a program with all that it started.

use std::{collections::BTreeMap, fs};

use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process};

/// A process and what it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub pid: i32,
    /// Its environment, as it was started.
    pub environment: BTreeMap<String, String>,
}

/// A process and everything that it and its children have started, the first of them itself.
///
/// # Errors
/// The system does not tell.
pub fn family(pid: u32) -> anyhow::Result<Vec<Process>> {
    let parents = parents()?;
    let mut family = vec![i32::try_from(pid)?];
    let mut next = 0;
    while next < family.len() {
        let of = family[next];
        family.extend(
            parents
                .iter()
                .filter(|(_, parent)| **parent == of)
                .map(|(child, _)| *child),
        );
        next += 1;
    }
    Ok(family
        .into_iter()
        .map(|pid| Process {
            pid,
            environment: environment(pid),
        })
        .collect())
}

/// Parent of every process.
fn parents() -> anyhow::Result<BTreeMap<i32, i32>> {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc").context("there is no /proc")? {
        let Ok(pid) = entry?.file_name().to_string_lossy().parse::<i32>() else {
            continue;
        };
        // It may have ended meanwhile.
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else {
            continue;
        };
        // The name in brackets may hold anything, so what follows is counted from its end.
        let fields = stat
            .rsplit_once(')')
            .map(|(_, rest)| rest.split_whitespace().collect::<Vec<_>>());
        if let Some(parent) = fields.and_then(|fields| fields.get(1)?.parse().ok()) {
            parents.insert(pid, parent);
        }
    }
    Ok(parents)
}

fn environment(pid: i32) -> BTreeMap<String, String> {
    let bytes = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    let pairs = bytes.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    pairs
        .filter_map(|pair| {
            pair.split_once('=')
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
        })
        .collect()
}

/// `kill -9`. A process that has ended already is no error.
pub fn kill(pid: i32) {
    if let Some(pid) = Pid::from_raw(pid) {
        let _ = kill_process(pid, Signal::KILL);
    }
}

/// Whether a process runs: one that has ended and waits for its parent does not.
pub fn is_running(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')')
        .is_some_and(|(_, rest)| !rest.trim_start().starts_with(['Z', 'X']))
}
