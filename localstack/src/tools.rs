//! Pinned Python and npm packages under `.local/tools`, installed once.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use futures_util::future::join_all;
use tokio::process::Command;

use crate::{
    failure::{Advise, failure},
    fonts,
    options::Options,
    programs::{run, succeeds},
    record::Fingerprint,
};

/// Where the tools are.
#[derive(Debug, Clone)]
pub struct Tools {
    folder: PathBuf,
}

impl Tools {
    /// The SAM CLI.
    pub fn sam(&self) -> PathBuf {
        self.folder.join("sam/bin/sam")
    }

    /// The linter of CloudFormation templates.
    pub fn cfn_lint(&self) -> PathBuf {
        self.folder.join("sam/bin/cfn-lint")
    }

    /// Folder of an npm package.
    pub fn npm_package(&self, name: &str) -> PathBuf {
        self.folder.join("npm/node_modules").join(name)
    }

    /// A font file of the pages.
    pub(crate) fn font(&self, name: &str) -> PathBuf {
        self.folder.join("fonts/files").join(name)
    }

    /// Python of the environment that makes the fonts.
    pub(crate) fn fonts_python(&self) -> PathBuf {
        self.folder.join("fonts/bin/python")
    }

    /// Python of the environment that MiniStack is installed in.
    pub(crate) fn ministack_python(&self) -> PathBuf {
        self.folder.join("ministack/bin/python")
    }
}

/// Installs what is missing or pinned otherwise than at the last time.
///
/// # Errors
/// No Python 3.10 or later, no Node.js, or the registries cannot be reached; the advice says which. What was half installed
/// is installed anew by the next start.
pub async fn prepare_tools(options: &Options) -> anyhow::Result<Tools> {
    let tools = Tools {
        folder: options.tools.clone(),
    };
    let pins = options.root.join("localstack");
    fs::create_dir_all(&tools.folder)
        .with_context(|| format!("{} could not be made", tools.folder.display()))?;
    let mut environments = Vec::new();
    for name in ["ministack", "sam", "fonts"] {
        let requirements = pins.join(format!("requirements-{name}.txt"));
        environments.extend(Installation::due(requirements, tools.folder.join(name))?);
    }
    let packages = Installation::due(pins.join("package.json"), tools.folder.join("npm"))?;
    // Before anything is begun.
    if !environments.is_empty() {
        python_is_there().await?;
    }
    if packages.is_some() {
        node_is_there().await?;
    }
    // The downloads do not wait for each other. Each is brought to its end even if another fails: one that is left alone
    // would go on writing beneath the next start.
    let environments = join_all(environments.into_iter().map(python_environment));
    let (environments, packages) = tokio::join!(environments, async {
        match packages {
            Some(installation) => npm_packages(installation).await,
            None => Ok(()),
        }
    });
    environments
        .into_iter()
        .chain([packages])
        .collect::<anyhow::Result<()>>()?;
    fonts::prepare(&tools).await?;
    Ok(tools)
}

async fn python_is_there() -> anyhow::Result<()> {
    let version_check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    if succeeds(Command::new("python3").args(["-c", version_check])).await {
        return Ok(());
    }
    Err(failure(
        "Python 3.10 or later with its venv module is missing",
        "install it; on Debian: apt-get install python3 python3-venv",
    ))
}

async fn node_is_there() -> anyhow::Result<()> {
    if succeeds(Command::new("npm").arg("--version")).await {
        return Ok(());
    }
    Err(failure(
        "Node.js with npm is missing",
        "install Node.js 20 or later; on Debian: apt-get install nodejs npm",
    ))
}

/// Something that is to be installed.
struct Installation {
    /// The file with the pins.
    pins: PathBuf,
    folder: PathBuf,
    fingerprint: Fingerprint,
}

impl Installation {
    /// The installation by these pins, unless the folder holds it already.
    fn due(pins: PathBuf, folder: PathBuf) -> anyhow::Result<Option<Self>> {
        let text = fs::read(&pins).with_context(|| format!("{} could not be read", pins.display()))?;
        let mut fingerprint = Fingerprint::default();
        // An environment names its own folder in its scripts: a moved checkout needs a new one.
        fingerprint.add(text).add(folder.to_string_lossy().as_bytes());
        let is_there = fingerprint.is_in(&folder.join(STAMP));
        Ok((!is_there).then_some(Self {
            pins,
            folder,
            fingerprint,
        }))
    }

    /// Runs the installer and notes that it has done its work.
    async fn carry_out(self, installer: &mut Command, registry: &str) -> anyhow::Result<()> {
        let name = self.pins.file_name().unwrap_or_default().to_string_lossy();
        match run(installer).await {
            Ok(()) => self.fingerprint.write(&self.folder.join(STAMP)),
            // Their own words for it are many lines, of which the last say that a package does not exist.
            Err(error) if is_unreachable(&error.to_string()) => Err(failure(
                format!("{registry} cannot be reached for the packages of localstack/{name}"),
                "check the network and the proxy settings, then start again",
            )),
            Err(error) => Err(error)
                .with_context(|| format!("the packages of localstack/{name} could not be installed"))
                .advise(format!("check the network and {registry}, then start again")),
        }
    }
}

/// Whether an installer failed because nothing answered.
fn is_unreachable(said: &str) -> bool {
    let signs = [
        "connection broken",
        "(from versions: none)",
        "ECONNREFUSED",
        "ECONNRESET",
        "ENOTFOUND",
        "EAI_AGAIN",
        "ETIMEDOUT",
        "network request to",
        "problem related to network",
        "proxy",
    ];
    signs.iter().any(|sign| said.contains(sign))
}

async fn python_environment(installation: Installation) -> anyhow::Result<()> {
    let folder = &installation.folder;
    remove(folder)?;
    run(Command::new("python3").args(["-m", "venv"]).arg(folder)).await?;
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--retries=3",
        "--no-deps",
        "--requirement",
    ]);
    pip.arg(&installation.pins);
    installation.carry_out(&mut pip, "pip's package index").await
}

async fn npm_packages(installation: Installation) -> anyhow::Result<()> {
    let folder = &installation.folder;
    remove(folder)?;
    fs::create_dir_all(folder)?;
    fs::copy(&installation.pins, folder.join("package.json"))?;
    let mut npm = Command::new("npm");
    // The packages have no dependencies of their own, so exact versions in package.json pin everything. Left to itself npm
    // tries for minutes before it says that there is no network.
    npm.args([
        "install",
        "--no-package-lock",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=4000",
        "--fetch-timeout=60000",
    ]);
    npm.current_dir(folder);
    installation.carry_out(&mut npm, "npm's registry").await
}

/// Fingerprint of the pins that the last complete installation in `folder` followed.
const STAMP: &str = ".pins";

fn remove(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} could not be removed", folder.display()))
        }
        _ => Ok(()),
    }
}
