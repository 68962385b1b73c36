//! Pinned Python and npm packages under `.local/tools`, installed once.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
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
/// No Python 3.10 or later, no Node.js, or the registries cannot be reached; the advice says which.
pub async fn prepare_tools(options: &Options) -> anyhow::Result<Tools> {
    let tools = Tools {
        folder: options.tools_folder(),
    };
    let pins = options.root.join("localstack");
    fs::create_dir_all(&tools.folder)?;
    // The downloads and installations do not wait for each other.
    tokio::try_join!(
        python_environment(
            pins.join("requirements-ministack.txt"),
            tools.folder.join("ministack")
        ),
        python_environment(pins.join("requirements-sam.txt"), tools.folder.join("sam")),
        python_environment(pins.join("requirements-fonts.txt"), tools.folder.join("fonts")),
        npm_packages(pins.join("package.json"), tools.folder.join("npm")),
    )?;
    fonts::prepare(&tools).await?;
    Ok(tools)
}

async fn python_environment(requirements: PathBuf, folder: PathBuf) -> anyhow::Result<()> {
    let Some(stamp) = outdated(&requirements, &folder)? else {
        return Ok(());
    };
    let version_check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";
    if !succeeds(Command::new("python3").args(["-c", version_check])).await {
        return Err(failure(
            "Python 3.10 or later with its venv module is missing",
            "install it; on Debian: apt-get install python3 python3-venv",
        ));
    }
    remove(&folder)?;
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder)).await?;
    let name = requirements
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--requirement",
    ]);
    run(pip.arg(&requirements))
        .await
        .with_context(|| format!("the Python packages of localstack/{name} could not be installed"))
        .advise("check the network and pip's package index, then start again")?;
    stamp.write(&folder.join(STAMP))
}

async fn npm_packages(package: PathBuf, folder: PathBuf) -> anyhow::Result<()> {
    let Some(stamp) = outdated(&package, &folder)? else {
        return Ok(());
    };
    if !succeeds(Command::new("npm").arg("--version")).await {
        return Err(failure(
            "Node.js with npm is missing",
            "install Node.js 20 or later",
        ));
    }
    remove(&folder)?;
    fs::create_dir_all(&folder)?;
    fs::copy(&package, folder.join("package.json"))?;
    let mut npm = Command::new("npm");
    // The packages have no dependencies of their own, so exact versions in package.json pin everything.
    npm.args([
        "install",
        "--no-package-lock",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]);
    run(npm.current_dir(&folder))
        .await
        .context("the packages of localstack/package.json could not be installed")
        .advise("check the network and npm's registry, then start again")?;
    stamp.write(&folder.join(STAMP))
}

/// Fingerprint of the pins that the last complete installation in `folder` followed.
const STAMP: &str = ".pins";

/// The fingerprint to write after an installation, if one is due.
fn outdated(pins: &Path, folder: &Path) -> anyhow::Result<Option<Fingerprint>> {
    let text = fs::read(pins).with_context(|| format!("{} could not be read", pins.display()))?;
    let mut fingerprint = Fingerprint::default();
    // An environment names its own folder in its scripts: a moved checkout needs a new one.
    fingerprint.add(text).add(folder.to_string_lossy().as_bytes());
    Ok((!fingerprint.is_in(&folder.join(STAMP))).then_some(fingerprint))
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} could not be removed", folder.display()))
        }
        _ => Ok(()),
    }
}
