//! Programs that are run to their end.

use std::{ffi::OsStr, process::Stdio};

use anyhow::{Context, anyhow};
use tokio::process::Command;

/// Runs a program silently.
///
/// # Errors
/// It cannot be started, or it fails: then the error is the last lines that it wrote.
pub(crate) async fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = name(command.as_std().get_program());
    let output = command
        .stdin(Stdio::null())
        .output()
        .await
        .with_context(|| format!("{name} could not be started"))?;
    if output.status.success() {
        return Ok(());
    }
    let written = [output.stdout, output.stderr].concat();
    Err(anyhow!(
        "{name} failed: {}",
        last_lines(&String::from_utf8_lossy(&written))
    ))
}

/// Runs a program whose progress the reader wants to see; `shown` lets it write to the terminal.
pub(crate) async fn run_shown(command: &mut Command, shown: bool) -> anyhow::Result<()> {
    if !shown {
        return run(command).await;
    }
    let name = name(command.as_std().get_program());
    let status = command
        .stdin(Stdio::null())
        .status()
        .await
        .with_context(|| format!("{name} could not be started"))?;
    if status.success() {
        Ok(())
    } else {
        Err(anyhow!("{name} failed, see above"))
    }
}

/// Whether a program can be started and succeeds.
pub(crate) async fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .output()
        .await
        .is_ok_and(|output| output.status.success())
}

fn name(program: &OsStr) -> String {
    let text = program.to_string_lossy();
    text.rsplit('/').next().unwrap_or(&text).to_owned()
}

fn last_lines(text: &str) -> String {
    let mut lines: Vec<&str> = text
        .lines()
        .rev()
        .filter(|line| !line.trim().is_empty())
        .take(4)
        .collect();
    lines.reverse();
    lines.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failure_shows_the_last_lines() {
        let mut command = Command::new("sh");
        command.args(["-c", "for line in 1 2 3 4 5; do echo $line; done; exit 3"]);
        let error = run(&mut command).await.expect_err("it exits with 3");
        assert_eq!(error.to_string(), "sh failed: 2 | 3 | 4 | 5");
    }

    #[tokio::test]
    async fn a_missing_program_is_named() {
        let error = run(&mut Command::new("/nowhere/python9"))
            .await
            .expect_err("there is none");
        assert_eq!(error.to_string(), "python9 could not be started");
    }
}
