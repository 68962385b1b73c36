//! Debian packages that the local cloud makes use of.

use std::process::Stdio;

use tokio::process::Command;

use crate::{
    console::Console,
    programs::{run, succeeds},
};

/// The engine that signs and checks by GOST R 34.10-2012 in openssl. Without it an RSA stand-in takes its place.
const GOST_ENGINE: &str = "libengine-gost-openssl";

/// Installs what is missing where that can be done without asking, else says how; the cloud starts either way.
pub(crate) async fn prepare(console: Console) -> anyhow::Result<()> {
    if has_gost().await {
        return Ok(());
    }
    if is_root().await && succeeds(Command::new("apt-get").arg("--version")).await {
        let installed = async {
            run(apt().arg("update")).await?;
            run(apt().args(["install", "--yes", "--no-install-recommends", GOST_ENGINE])).await
        };
        match installed.await {
            Ok(()) => return Ok(()),
            Err(error) => console.line(&format!("    {GOST_ENGINE} could not be installed: {error:#}")),
        }
    }
    console.line("    openssl has no GOST engine: requests to the simulator are signed by an RSA stand-in. For the real thing:");
    console.line(&format!("    sudo apt-get install {GOST_ENGINE}"));
    Ok(())
}

async fn has_gost() -> bool {
    succeeds(Command::new("openssl").args(["engine", "gost"])).await
}

async fn is_root() -> bool {
    let output = Command::new("id").arg("-u").stdin(Stdio::null()).output().await;
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}
