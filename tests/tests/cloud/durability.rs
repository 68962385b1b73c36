//! Everything is killed while marks are written. What was acknowledged is there afterwards, once and with its history.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, ExitCode, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use demo::Part;
use end_to_end::{
    bundle::{carry_out, upload},
    journal::{Journal, cell_in},
    place::{Place, options},
    processes::{self, Process},
};
use localstack::{Cloud, Console};
use serde_json::Value;
use tokio::{task::JoinSet, time::sleep};

/// With this as its first argument the program is a cloud and nothing else, so that it can be killed.
pub(crate) const ONLY_A_CLOUD: &str = "only-a-cloud";
/// What it says when it answers.
const READY: &str = "ready";
/// How long marks are written before something is killed.
const WRITING: Duration = Duration::from_secs(3);
/// How many write at the same time, each in cells of their own.
const WRITERS: usize = 6;

/// Starts the cloud of the tests, says so, and stays until nobody listens any more.
pub(crate) fn be_a_cloud() -> ExitCode {
    let cloud = match Cloud::start(options(), Console::quiet()) {
        Ok(cloud) => cloud,
        Err(error) => {
            Console::quiet().failure(&error);
            return ExitCode::FAILURE;
        }
    };
    Console::shown().line(READY);
    let mut nothing = Vec::new();
    let _ = std::io::stdin().read_to_end(&mut nothing);
    match cloud.stop() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// A cloud in a process of its own. Dropping it stops it in order.
struct Apart {
    process: Child,
}

impl Apart {
    fn start() -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg(ONLY_A_CLOUD)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = command.spawn()?;
        let said = process.stdout.take().context("its output is ours")?;
        let mut cloud = Self { process };
        for line in BufReader::new(said).lines() {
            if line? == READY {
                return Ok(cloud);
            }
        }
        bail!("the cloud did not start: {}", cloud.process.wait()?)
    }

    fn family(&self) -> anyhow::Result<Vec<Process>> {
        processes::family(self.process.id())
    }

    /// `kill -9` of every process, the functions first and the database last or the other way round.
    fn kill(&mut self, database_first: bool) -> anyhow::Result<()> {
        let mut family = self.family()?;
        ensure!(family.len() > 2, "the cloud has no processes but {family:?}");
        if !database_first {
            family.reverse();
        }
        for process in &family {
            processes::kill(process.pid);
        }
        self.process.wait()?;
        let left = || family.iter().any(|process| processes::is_running(process.pid));
        for _ in 0..100 {
            if !left() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("processes live on")
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// What one writer knows of a cell of theirs.
#[derive(Debug, Clone)]
struct Written {
    lesson: String,
    pupil: String,
    /// The last version that was acknowledged, and its entry.
    acknowledged: (u64, String),
    /// What was on its way when everything went down.
    pending: Option<String>,
    /// How many changes were acknowledged.
    count: u64,
}

impl Written {
    /// Writes marks one after the other until told to stop or until there is no answer.
    async fn go_on(mut self, journal: Journal, stop: Arc<AtomicBool>) -> anyhow::Result<Self> {
        let marks = ["5", "4", "3", "2", "5 4", "н"];
        while !stop.load(Ordering::Relaxed) {
            let entry = marks[usize::try_from(self.acknowledged.0)? % marks.len()];
            let entry = if entry == self.acknowledged.1 { "" } else { entry };
            self.pending = Some(entry.to_owned());
            let answer = journal
                .try_set(&self.lesson, &self.pupil, self.acknowledged.0, entry)
                .await;
            match answer {
                Ok((200, cell)) => {
                    let version = cell["version"].as_u64().context("a cell without a version")?;
                    ensure!(
                        version == self.acknowledged.0 + 1,
                        "version {version} after {}",
                        self.acknowledged.0
                    );
                    self.acknowledged = (version, entry.to_owned());
                    self.pending = None;
                    self.count += 1;
                }
                // What was on its way when a function was killed may stand or not. Sent again it is the same change.
                Ok((500..=599, _)) | Err(_) => sleep(Duration::from_millis(100)).await,
                Ok((409, problem)) => bail!("a conflict with oneself: {problem}"),
                Ok((status, problem)) => bail!("{status} {problem}"),
            }
        }
        Ok(self)
    }

    /// Holds what stands now against what is known.
    fn check(&self, grid: &Value, history: &[Value]) -> anyhow::Result<()> {
        let now = cell_in(grid, &self.lesson, &self.pupil);
        let (version, entry) = &self.acknowledged;
        let is_last = now.version == *version && now.entry == *entry;
        let is_pending = now.version == version + 1 && Some(&now.entry) == self.pending.as_ref();
        ensure!(is_last || is_pending, "{now:?} stands instead of {self:?}");
        ensure!(
            history.len() as u64 == now.version,
            "{} changes are kept of {}",
            history.len(),
            now.version
        );
        let mut before = String::new();
        for (number, change) in (1..).zip(history.iter().rev()) {
            ensure!(change["number"] == number, "change {number} is {change}");
            ensure!(
                change["from"] == before.as_str(),
                "change {number} does not follow from the one before: {change}"
            );
            before = change["to"].as_str().unwrap_or_default().to_owned();
        }
        ensure!(
            before == now.entry,
            "the history ends with {before}, the cell says {}",
            now.entry
        );
        Ok(())
    }
}

/// The cells of a lesson, one for each writer.
async fn cells(journal: &Journal, lesson: &str) -> anyhow::Result<Vec<Written>> {
    journal.open(lesson).await?;
    let grid = journal.grid().await?;
    let pupils = journal.pupils().await?.into_iter().take(WRITERS);
    Ok(pupils
        .map(|(pupil, _)| {
            let now = cell_in(&grid, lesson, &pupil);
            Written {
                lesson: lesson.to_owned(),
                pupil,
                acknowledged: (now.version, now.entry),
                pending: None,
                count: 0,
            }
        })
        .collect())
}

/// Writers at work.
struct Writing {
    stop: Arc<AtomicBool>,
    writers: JoinSet<anyhow::Result<Written>>,
}

impl Writing {
    fn start(journal: &Journal, cells: Vec<Written>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let mut writers = JoinSet::new();
        for cell in cells {
            writers.spawn(cell.go_on(journal.clone(), Arc::clone(&stop)));
        }
        Self { stop, writers }
    }

    async fn end(mut self) -> anyhow::Result<Vec<Written>> {
        self.stop.store(true, Ordering::Relaxed);
        let mut written = Vec::new();
        while let Some(cell) = self.writers.join_next().await {
            written.push(cell??);
        }
        let count: u64 = written.iter().map(|cell| cell.count).sum();
        ensure!(count > 20, "only {count} marks were written");
        Ok(written)
    }
}

async fn check(journal: &Journal, written: &[Written]) -> anyhow::Result<()> {
    let grid = journal.grid().await?;
    for cell in written {
        let history = journal.history(&cell.lesson, &cell.pupil).await?;
        cell.check(&grid, &history)?;
    }
    Ok(())
}

pub(crate) async fn killing_everything_during_writes_loses_no_acknowledged_mark_and_no_file(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    for (round, database_first) in [(1, true), (2, false)] {
        let mut cloud = Apart::start()?;
        let journal = Journal::of_algebra(&place).await?;
        let operator = place.visitor(Part::FederalOperator).await?;
        let import = upload(&operator, place.region.code, place.region.bundle.clone()).await?;
        let cells = cells(&journal, &format!("2026-09-2{round}-05")).await?;
        let writing = Writing::start(&journal, cells);
        sleep(WRITING).await;
        cloud.kill(database_first)?;
        let written = writing.end().await?;
        drop(cloud);

        let _cloud = Apart::start()?;
        let journal = Journal::of_algebra(&place).await?;
        check(&journal, &written).await?;
        let operator = place.visitor(Part::FederalOperator).await?;
        let report = carry_out(&operator, &import).await?;
        ensure!(
            report["state"] == "done" && report["totals"]["refused"] == 0,
            "the uploaded file: {}",
            report["totals"]
        );
    }
    Ok(())
}

pub(crate) async fn a_function_killed_in_the_middle_of_a_request_leaves_nothing_half_done(
    place: Arc<Place>,
) -> anyhow::Result<()> {
    let cloud = Apart::start()?;
    let journal = Journal::of_algebra(&place).await?;
    let writing = Writing::start(&journal, cells(&journal, "2026-09-23-05").await?);
    let mut killed = 0;
    for _ in 0..6 {
        sleep(Duration::from_millis(700)).await;
        let is_journals = |process: &&Process| {
            process
                .environment
                .get("AWS_LAMBDA_FUNCTION_NAME")
                .is_some_and(|name| name == "school-journals")
        };
        for process in cloud.family()?.iter().filter(is_journals) {
            processes::kill(process.pid);
            killed += 1;
        }
    }
    // Time to come back.
    sleep(Duration::from_secs(1)).await;
    let written = writing.end().await?;
    ensure!(killed >= 6, "only {killed} processes of the function were found");
    check(&journal, &written).await?;
    let cell = &written[0];
    journal.set(&cell.lesson, &cell.pupil, "5").await?;
    Ok(())
}
