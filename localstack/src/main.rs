//! `cargo run`: the local cloud as a program.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use localstack::{Cloud, Console, Options, deploy_functions, operator_hash, personas, reset, write_assets};

/// My School on one machine: prepares, builds, deploys and serves everything; stays until Ctrl-C.
#[derive(Debug, Parser)]
#[command(name = "localstack")]
struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Folder of everything that the cloud keeps, instead of `.local/cloud`.
    #[arg(long, global = true)]
    state: Option<PathBuf>,
    /// Folder of the pinned tools, instead of `.local/tools`.
    #[arg(long, global = true)]
    tools: Option<PathBuf>,
    /// Port of the public URL.
    #[arg(long, global = true)]
    port: Option<u16>,
    /// Port of the emulated AWS.
    #[arg(long, global = true)]
    emulator_port: Option<u16>,
    /// Port of the embedded DynamoDB.
    #[arg(long, global = true)]
    database_port: Option<u16>,
    /// Port of the simulator of ESIA.
    #[arg(long, global = true)]
    esia_port: Option<u16>,
    /// Port of the signer.
    #[arg(long, global = true)]
    signer_port: Option<u16>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Starts everything and stays (the default).
    Up,
    /// Forgets all data.
    Reset,
    /// Builds and deploys functions to the running cloud: all, or those named.
    Deploy {
        /// For example `journals`.
        functions: Vec<String>,
    },
    /// Lists those whom one can sign in as.
    Personas,
    /// Writes the static files to a folder, for a deployment to AWS, and prints the parameter `AssetsBase`.
    Assets {
        /// Where to.
        folder: PathBuf,
    },
    /// Prints the keyed hash of a СНИЛС, for the parameter `Operators` of a deployment to AWS.
    OperatorHash {
        /// The secret `school/person-hash-key`.
        #[arg(long)]
        key: String,
        /// The СНИЛС, with or without separators.
        snils: Vec<String>,
    },
}

impl Arguments {
    fn options(&self) -> anyhow::Result<Options> {
        let mut options = Options::usual();
        for (folder, given) in [
            (&mut options.state, &self.state),
            (&mut options.tools, &self.tools),
        ] {
            if let Some(given) = given {
                // The programs that are started there have working folders of their own.
                *folder = std::path::absolute(given)?;
            }
        }
        let ports = &mut options.ports;
        for (port, given) in [
            (&mut ports.edge, self.port),
            (&mut ports.emulator, self.emulator_port),
            (&mut ports.database, self.database_port),
            (&mut ports.esia, self.esia_port),
            (&mut ports.signer, self.signer_port),
        ] {
            *port = given.unwrap_or(*port);
        }
        Ok(options)
    }
}

fn main() -> ExitCode {
    let console = Console::shown();
    match carry_out(Arguments::parse(), console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console.failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn carry_out(arguments: Arguments, console: Console) -> anyhow::Result<()> {
    let options = arguments.options()?;
    match arguments.action.unwrap_or(Action::Up) {
        Action::Up => up(options, console),
        Action::Reset => reset(&options).map(|()| console.line("all data is forgotten")),
        Action::Deploy { functions } => deploy(&options, &functions, console),
        Action::Personas => {
            show_personas(console);
            Ok(())
        }
        Action::Assets { folder } => assets(&options, &folder, console),
        Action::OperatorHash { key, snils } => {
            operator_hash(&key, &snils.join("")).map(|hash| console.line(&hash))
        }
    }
}

fn up(options: Options, console: Console) -> anyhow::Result<()> {
    let cloud = Cloud::start(options, console)?;
    console.line(&format!(
        "\nMy School: {}\nCtrl-C stops it; the data stays.",
        cloud.public_url()
    ));
    wait_for_the_end()?;
    cloud.stop()
}

fn show_personas(console: Console) {
    for line in personas() {
        console.line(&line);
    }
}

fn assets(options: &Options, folder: &Path, console: Console) -> anyhow::Result<()> {
    let base = tokio::runtime::Runtime::new()?.block_on(write_assets(options, folder))?;
    console.line(&base);
    Ok(())
}

fn deploy(options: &Options, functions: &[String], console: Console) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(deploy_functions(options, functions, console))?;
    console.line("deployed");
    Ok(())
}

/// Until Ctrl-C, or until whoever started the program asks it to end.
fn wait_for_the_end() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async {
            let mut terminated = signal(SignalKind::terminate())?;
            tokio::select! {
                interrupted = tokio::signal::ctrl_c() => interrupted?,
                _ = terminated.recv() => {}
            }
            Ok(())
        })
}
