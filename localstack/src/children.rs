//! Programs that the local cloud starts and that must not outlive it.

use std::{
    fs::{self, File},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::failure::{Advise, failure};

/// How long a program may take to put its state away after it was asked to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program that ends with us: when asked, when this value is dropped, and when our process is killed, which the kernel
/// tells it (`setpriv --pdeathsig`). That signal is tied to the *thread* that started the program, so each program has a
/// thread that starts it, waits and ends it.
#[derive(Debug)]
pub(crate) struct Ward {
    pid: u32,
    stop: Sender<()>,
    keeper: Option<JoinHandle<()>>,
}

impl Ward {
    /// Starts `command`, its output going to `log`; `pid_file` lets the next start find it should it be left behind.
    pub(crate) fn start(command: &Command, log: &Path, pid_file: PathBuf) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut bound = bound_to_us(command);
        let output = File::create(log).with_context(|| format!("{} could not be written", log.display()))?;
        // A group of its own, or Ctrl-C in the terminal would reach it before we can end it in order.
        bound
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .process_group(0);
        let (started, start) = mpsc::channel();
        let (stop, stopped) = mpsc::channel::<()>();
        let keeper = thread::Builder::new()
            .name("ward".to_owned())
            .spawn(move || match bound.spawn() {
                Ok(mut child) => {
                    // The receiver is gone only when we are being dropped already; then the child ends right away.
                    let _ = started.send(Ok(child.id()));
                    keep(&mut child, &stopped);
                }
                Err(error) => {
                    let _ = started.send(Err(error));
                }
            })?;
        let pid = start
            .recv()
            .context("the thread that starts programs ended")?
            .with_context(|| format!("{name} could not be started"))?;
        fs::write(pid_file, pid.to_string())?;
        Ok(Self {
            pid,
            stop,
            keeper: Some(keeper),
        })
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether it runs.
    pub(crate) fn is_running(&self) -> bool {
        self.keeper.as_ref().is_some_and(|keeper| !keeper.is_finished())
    }
}

impl Drop for Ward {
    /// Asks it to end and waits until it has.
    fn drop(&mut self) {
        // Sending fails only when the thread has ended, and then there is nothing to stop.
        let _ = self.stop.send(());
        if let Some(keeper) = self.keeper.take() {
            let _ = keeper.join();
        }
    }
}

/// The same command below `setpriv`, where there is one (util-linux).
fn bound_to_us(command: &Command) -> Command {
    let on_path = |folder: PathBuf| folder.join("setpriv").exists();
    if !std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).any(on_path) {
        return copy_of(command, Command::new(command.get_program()));
    }
    // SIGTERM and not SIGKILL: the emulator writes its state on the way out.
    let mut bound = Command::new("setpriv");
    bound
        .args(["--pdeathsig", "TERM", "--"])
        .arg(command.get_program());
    copy_of(command, bound)
}

/// Arguments, environment and folder of `command` on `target`. The environment starts empty: a child gets only what is
/// written down for it.
fn copy_of(command: &Command, mut target: Command) -> Command {
    target.args(command.get_args()).env_clear();
    target.envs(
        command
            .get_envs()
            .filter_map(|(name, value)| value.map(|value| (name, value))),
    );
    if let Some(folder) = command.get_current_dir() {
        target.current_dir(folder);
    }
    target
}

/// Waits until the child ends or is to be ended.
fn keep(child: &mut Child, stopped: &mpsc::Receiver<()>) {
    while stopped.recv_timeout(Duration::from_millis(100)) == Err(RecvTimeoutError::Timeout) {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
    }
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let asked = pid.is_some_and(|pid| kill_process(pid, Signal::TERM).is_ok());
    let deadline = Instant::now() + if asked { PATIENCE } else { Duration::ZERO };
    while Instant::now() < deadline {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
        thread::sleep(Duration::from_millis(30));
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The process that `pid_file` names, if it runs and its command line contains `mark`.
pub(crate) fn running(pid_file: &Path, mark: &str) -> Option<Pid> {
    let pid: i32 = fs::read_to_string(pid_file).ok()?.trim().parse().ok()?;
    let pid = Pid::from_raw(pid)?;
    test_kill_process(pid).ok()?;
    let command_line = fs::read(format!("/proc/{}/cmdline", pid.as_raw_nonzero())).ok()?;
    String::from_utf8_lossy(&command_line)
        .contains(mark)
        .then_some(pid)
}

/// Ends a program of a start before this one that was left behind, for example while it still writes its state.
pub(crate) fn end_left_behind(pid_file: &Path, mark: &str) -> anyhow::Result<()> {
    let Some(pid) = running(pid_file, mark) else {
        return Ok(());
    };
    kill_process(pid, Signal::TERM).advise("end the process by hand, then start again")?;
    let deadline = Instant::now() + PATIENCE;
    while running(pid_file, mark).is_some() {
        if Instant::now() > deadline {
            return Err(failure(
                format!(
                    "process {} of an earlier start does not end",
                    pid.as_raw_nonzero()
                ),
                format!("kill -9 {}", pid.as_raw_nonzero()),
            ));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Sends a running process a signal.
pub(crate) fn signal(pid: u32, signal: Signal) -> anyhow::Result<()> {
    let pid = i32::try_from(pid)
        .ok()
        .and_then(Pid::from_raw)
        .context("not a process number")?;
    kill_process(pid, signal).context("the process could not be signalled")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeper() -> Command {
        let mut command = Command::new("sleep");
        command
            .arg("600")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    #[test]
    fn a_ward_ends_when_it_is_dropped() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let pid_file = folder.path().join("pid");
        let ward = Ward::start(&sleeper(), &folder.path().join("log"), pid_file.clone())?;
        assert!(ward.is_running());
        // It becomes `sleep` a moment after it was started as the program that ties it to us.
        let begun = (0..100).any(|_| {
            thread::sleep(std::time::Duration::from_millis(50));
            running(&pid_file, "sleep").is_some()
        });
        assert!(begun);
        drop(ward);
        assert!(running(&pid_file, "sleep").is_none());
        Ok(())
    }

    #[test]
    fn a_program_left_behind_is_found_by_its_number_and_command_line() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let pid_file = folder.path().join("pid");
        let mut child = sleeper().spawn()?;
        fs::write(&pid_file, child.id().to_string())?;
        assert!(running(&pid_file, "another program").is_none());
        let waiter = thread::spawn(move || child.wait());
        end_left_behind(&pid_file, "sleep")?;
        assert!(!waiter.join().expect("the thread does not panic")?.success());
        Ok(())
    }
}
