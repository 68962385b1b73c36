//! MiniStack: API Gateway, Lambda, Cognito, S3, SQS, CloudFormation and the rest, as one Python process.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::Context;
use rustix::process::Signal;
use tokio::time::sleep;

use crate::{
    aws::{ACCOUNT, Aws, REGION},
    children::{Ward, end_left_behind, running, signal},
    failure::failure,
    options::Options,
    tools::Tools,
};

/// Runs inside MiniStack's process before MiniStack itself.
///
/// - Nagle's algorithm in its Runtime API server costs every invocation 40 ms.
/// - MiniStack writes its state only on the way out. On SIGUSR1 it now does so at once and then touches a file, so that
///   what was deployed survives `kill -9`.
const SITE: &str = r#"import os
import signal
import socketserver
import sys

socketserver.StreamRequestHandler.disable_nagle_algorithm = True


def checkpoint(*_):
    app = sys.modules.get("ministack.app")
    if app is None:
        return
    app.save_all(app._build_persistence_save_dict())
    with open(os.environ["CHECKPOINT_FILE"], "w") as file:
        file.write("done")


if "CHECKPOINT_FILE" in os.environ:
    signal.signal(signal.SIGUSR1, checkpoint)
"#;

/// How long MiniStack may take to answer; it takes about a second.
const STARTING: Duration = Duration::from_secs(30);

/// The running emulator.
#[derive(Debug)]
pub(crate) struct Emulator {
    ward: Ward,
    folder: PathBuf,
    log: PathBuf,
}

impl Emulator {
    /// Starts it with the state of last time and waits until it is ready.
    pub(crate) async fn start(options: &Options, tools: &Tools, aws: &Aws) -> anyhow::Result<Self> {
        let folder = folder(&options.state);
        for part in ["site", "state", "s3", "tmp"] {
            fs::create_dir_all(folder.join(part))?;
        }
        fs::write(folder.join("site/sitecustomize.py"), SITE)?;
        let log = folder.join("ministack.log");
        let ward = Ward::start(&command(options, tools, &folder), &log, pid_file(&options.state))?;
        let emulator = Self { ward, folder, log };
        let deadline = Instant::now() + STARTING;
        while !aws.is_ready().await {
            if !emulator.ward.is_running() || Instant::now() > deadline {
                return Err(emulator.silent());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Ok(emulator)
    }

    fn silent(&self) -> anyhow::Error {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let last = log
            .lines()
            .rev()
            .find(|line| !line.trim().is_empty())
            .unwrap_or("it wrote nothing");
        failure(
            format!("the emulator did not start: {last}"),
            format!(
                "read {}; `cargo run -- reset` forgets its state",
                self.log.display()
            ),
        )
    }

    /// Has it write down its state now.
    pub(crate) async fn checkpoint(&self) -> anyhow::Result<()> {
        checkpoint(&self.folder, self.ward.pid()).await
    }
}

/// Has the emulator of another process of ours (`cargo run` in another terminal) write down its state.
pub(crate) async fn checkpoint_running(state: &Path) -> anyhow::Result<()> {
    let pid = running(&pid_file(state), MARK).context("the emulator does not run")?;
    checkpoint(&folder(state), u32::try_from(pid.as_raw_nonzero().get())?).await
}

/// Ends an emulator that an earlier start left behind.
pub(crate) fn end_earlier(state: &Path) -> anyhow::Result<()> {
    end_left_behind(&pid_file(state), MARK)
}

/// Whether a cloud with this state runs.
pub(crate) fn is_running(state: &Path) -> bool {
    running(&pid_file(state), MARK).is_some()
}

/// Stands in the emulator's command line.
const MARK: &str = "ministack";

fn folder(state: &Path) -> PathBuf {
    state.join("ministack")
}

fn pid_file(state: &Path) -> PathBuf {
    folder(state).join("pid")
}

fn checkpoint_file(folder: &Path) -> PathBuf {
    folder.join("checkpoint")
}

async fn checkpoint(folder: &Path, pid: u32) -> anyhow::Result<()> {
    let done = checkpoint_file(folder);
    if done.exists() {
        fs::remove_file(&done)?;
    }
    signal(pid, Signal::USR1)?;
    let deadline = Instant::now() + STARTING;
    while !done.exists() {
        if Instant::now() > deadline {
            return Err(failure(
                "the emulator did not write its state",
                "start again; a clean stop (Ctrl-C) writes it too",
            ));
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

fn command(options: &Options, tools: &Tools, folder: &Path) -> Command {
    let port = options.ports.emulator.to_string();
    let mut command = Command::new(tools.ministack_python());
    command.args(["-m", "ministack"]).current_dir(folder);
    for name in ["PATH", "HOME", "LANG"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
        .env("PYTHONPATH", folder.join("site"))
        .env("PYTHONUNBUFFERED", "1")
        .env("CHECKPOINT_FILE", checkpoint_file(folder))
        .env("TMPDIR", folder.join("tmp"))
        .env("GATEWAY_PORT", &port)
        .env("BIND_HOST", "127.0.0.1")
        // Functions find their cloud by it.
        .env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}"))
        .env("AWS_DEFAULT_REGION", REGION)
        .env("MINISTACK_REGION", REGION)
        .env("MINISTACK_ACCOUNT_ID", ACCOUNT)
        .env("PERSIST_STATE", "1")
        .env("STATE_DIR", folder.join("state"))
        .env("S3_PERSIST", "1")
        .env("S3_DATA_DIR", folder.join("s3"))
        // As Cognito does: no token without the trigger's claims.
        .env("MINISTACK_COGNITO_PRETOKEN_STRICT", "1")
        // Listeners that nobody needs here.
        .env("SFTP_ENABLED", "0")
        .env("IOT_MTLS_ENABLED", "0");
    command
}
