//! The functions' binaries: compiled once for local runs and tests, put where `template.yaml` looks for them.
//!
//! Operators build with cargo-lambda. It always names a target to cargo, which keeps what it compiles apart from what
//! `cargo test` and `cargo run` compile, so here the host's own build in the quick profile is taken: one compilation of
//! every crate serves the local cloud and the tests.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, bail};
use tokio::process::Command;

use crate::{
    failure::{Advise, failure},
    options::Options,
    programs::{run, run_shown},
};

/// Binaries that the template deploys, in its order.
pub(crate) fn named_by(template: &str) -> Vec<String> {
    let folders = template
        .lines()
        .filter_map(|line| line.trim().strip_prefix("CodeUri: target/lambda/"));
    folders
        .map(|folder| folder.trim_end_matches('/').to_owned())
        .collect()
}

/// The binaries of the features that were asked for: `registry` means `registry` and `registry-jobs`.
pub(crate) fn of_features(all: &[String], features: &[String]) -> anyhow::Result<Vec<String>> {
    let belongs = |binary: &String, feature: &String| {
        binary == feature
            || binary
                .strip_prefix(feature.as_str())
                .is_some_and(|rest| rest.starts_with('-'))
    };
    if let Some(unknown) = features
        .iter()
        .find(|feature| !all.iter().any(|binary| belongs(binary, feature)))
    {
        return Err(failure(
            format!("there is no function {unknown}"),
            format!("one of: {}", all.join(", ")),
        ));
    }
    let wanted = all
        .iter()
        .filter(|binary| features.iter().any(|feature| belongs(binary, feature)));
    Ok(if features.is_empty() {
        all.to_vec()
    } else {
        wanted.cloned().collect()
    })
}

/// Compiles `binaries` and puts each, stripped, at `target/lambda/<binary>/bootstrap` below `folder`.
pub(crate) async fn build(
    options: &Options,
    folder: &Path,
    binaries: &[String],
    shown: bool,
) -> anyhow::Result<()> {
    let mut cargo = cargo(options);
    // The whole workspace is selected so that its crates are compiled with the features that they have in
    // `cargo test --workspace` too; of the binaries only those named are made.
    cargo.args(["build", "--workspace"]);
    for binary in binaries {
        cargo.args(["--bin", binary]);
    }
    run_shown(&mut cargo, shown)
        .await
        .advise("mend what the compiler says, then start again")?;
    for binary in binaries {
        place(
            &built(options, binary),
            &folder.join("target/lambda").join(binary),
        )
        .await?;
    }
    Ok(())
}

/// Copies a binary without its symbols, unless the copy is of this build already.
async fn place(binary: &Path, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    let (copy, half) = (folder.join("bootstrap"), folder.join("bootstrap.half"));
    let made = modified(binary).with_context(|| format!("cargo did not make {}", binary.display()))?;
    if modified(&copy).is_some_and(|copied| copied == made) {
        return Ok(());
    }
    run(Command::new("strip").arg("-o").arg(&half).arg(binary))
        .await
        .advise("on Debian: apt-get install binutils")?;
    fs::File::options().write(true).open(&half)?.set_modified(made)?;
    fs::rename(half, copy)?;
    Ok(())
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

fn built(options: &Options, binary: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| options.root.join("target"), PathBuf::from);
    options.root.join(target).join("debug").join(binary)
}

/// Cargo as from a shell. What `cargo run` and `cargo test` set for the program that they start would make build scripts
/// that look at those variables run again at every change between the shell and us.
fn cargo(options: &Options) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(&options.root);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let of_a_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_EXE_"]
            .iter()
            .any(|prefix| text.starts_with(prefix));
        if of_a_package
            || [
                "CARGO",
                "CARGO_BIN_NAME",
                "CARGO_CRATE_NAME",
                "CARGO_PRIMARY_PACKAGE",
                "OUT_DIR",
            ]
            .contains(&&*text)
        {
            command.env_remove(&name);
        }
    }
    command
}

/// The template as it stands, and its binaries.
pub(crate) fn template(options: &Options) -> anyhow::Result<(String, Vec<String>)> {
    let text =
        fs::read_to_string(options.root.join("template.yaml")).context("template.yaml could not be read")?;
    let binaries = named_by(&text);
    if binaries.is_empty() {
        bail!("template.yaml names no binary");
    }
    Ok((text, binaries))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<String> {
        named_by(
            "  A:\n      CodeUri: target/lambda/registry/\n      CodeUri: target/lambda/registry-jobs/\n      CodeUri: target/lambda/diary/\n",
        )
    }

    #[test]
    fn binaries_are_those_that_the_template_names() {
        assert_eq!(all(), ["registry", "registry-jobs", "diary"]);
    }

    #[test]
    fn a_feature_means_all_its_binaries() -> anyhow::Result<()> {
        assert_eq!(
            of_features(&all(), &["registry".to_owned()])?,
            ["registry", "registry-jobs"]
        );
        assert_eq!(
            of_features(&all(), &["registry-jobs".to_owned()])?,
            ["registry-jobs"]
        );
        assert_eq!(of_features(&all(), &[])?, all());
        Ok(())
    }

    #[test]
    fn an_unknown_feature_is_refused_with_the_known_ones() {
        let error = of_features(&all(), &["dairy".to_owned()]).expect_err("there is none");
        assert!(format!("{error:#}").contains("registry, registry-jobs, diary"));
    }
}
