//! What the program says when the machine lacks something: one line with what to do, and nothing that spoils the next start.

use std::{
    fs::Permissions,
    net::{Ipv4Addr, TcpListener},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use localstack::Ports;
use tempfile::TempDir;

/// A start with folders and ports of its own. It never gets as far as to begin anything.
struct Start {
    folder: TempDir,
    ports: Ports,
}

impl Start {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            ports: Ports::free().expect("free ports"),
        }
    }

    fn tools(&self) -> PathBuf {
        self.folder.path().join("tools")
    }

    /// A folder through which nothing is found, to be the whole `PATH`.
    fn empty_path(&self) -> PathBuf {
        let folder = self.folder.path().join("path");
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    /// A folder through which only Python is found.
    fn path_with_python(&self) -> PathBuf {
        let folder = self.empty_path();
        // Neither a link, since Python looks for its libraries beside itself, nor what `PATH` leads to, which may be a
        // script that needs other programs.
        let python = Command::new("python3")
            .args(["-c", "import sys; print(sys.executable, end='')"])
            .output();
        let python = String::from_utf8(python.expect("Python").stdout).expect("a path");
        let file = folder.join("python3");
        std::fs::write(&file, format!("#!/bin/sh\nexec '{python}' \"$@\"\n")).expect("a script");
        std::fs::set_permissions(file, Permissions::from_mode(0o755)).expect("a script");
        folder
    }

    fn command(&self) -> Command {
        let Ports {
            edge,
            emulator,
            database,
            esia,
            signer,
        } = self.ports;
        let mut command = Command::new(env!("CARGO_BIN_EXE_localstack"));
        command
            .arg("--state")
            .arg(self.folder.path().join("state"))
            .arg("--tools")
            .arg(self.tools());
        let flags = [
            "--port",
            "--emulator-port",
            "--database-port",
            "--esia-port",
            "--signer-port",
        ];
        for (flag, port) in flags.into_iter().zip([edge, emulator, database, esia, signer]) {
            command.arg(flag).arg(port.to_string());
        }
        command
    }

    /// What a start says that fails: exactly one line on standard error.
    fn refusal(&self, command: &mut Command) -> String {
        let Output {
            status,
            stderr,
            stdout,
        } = command.output().expect("the program runs");
        let said = String::from_utf8_lossy(&stderr).into_owned();
        assert_eq!(
            status.code(),
            Some(1),
            "{said}{}",
            String::from_utf8_lossy(&stdout)
        );
        assert_eq!(said.lines().count(), 1, "not one line: {said}");
        assert!(
            said.starts_with("localstack: ") && said.contains("what to do: "),
            "{said}"
        );
        assert!(!has_stamp(&self.tools()), "something counts as installed");
        said
    }
}

/// Whether an installation below the folder is noted as complete.
fn has_stamp(tools: &Path) -> bool {
    let folders = std::fs::read_dir(tools).into_iter().flatten().flatten();
    folders
        .into_iter()
        .any(|folder| folder.path().join(".pins").exists())
}

#[test]
fn without_python_it_says_how_to_install_it() {
    let start = Start::new();
    let said = start.refusal(start.command().env("PATH", start.empty_path()));
    assert!(
        said.contains("Python 3.10 or later with its venv module is missing"),
        "{said}"
    );
    assert!(said.contains("apt-get install python3 python3-venv"), "{said}");
}

#[test]
fn without_node_it_says_so_before_anything_is_installed_however_often_it_is_started() {
    let start = Start::new();
    let path = start.path_with_python();
    for _ in 0..2 {
        let said = start.refusal(start.command().env("PATH", &path));
        assert!(said.contains("Node.js with npm is missing"), "{said}");
        let begun = std::fs::read_dir(start.tools()).expect("the folder").count();
        assert_eq!(begun, 0, "an installation was begun");
    }
}

#[test]
fn without_a_network_it_names_what_cannot_be_reached_and_can_be_started_again() {
    let start = Start::new();
    // Nothing listens on the discard port of this machine.
    let nowhere = "http://127.0.0.1:9";
    let mut command = start.command();
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"] {
        command.env(name, nowhere);
    }
    for name in ["NO_PROXY", "no_proxy", "PIP_FIND_LINKS", "PIP_NO_INDEX"] {
        command.env_remove(name);
    }
    // What earlier runs have downloaded would hide that there is no network.
    command
        .env("npm_config_cache", start.folder.path().join("npm-cache"))
        .env("PIP_NO_CACHE_DIR", "1");
    let said = start.refusal(&mut command);
    assert!(said.contains("pip's package index cannot be reached"), "{said}");
    assert!(
        said.contains("check the network and the proxy settings, then start again"),
        "{said}"
    );
    // The next start begins these installations anew: here it gets as far as to miss Python.
    let said = start.refusal(start.command().env("PATH", start.empty_path()));
    assert!(said.contains("Python 3.10 or later"), "{said}");
}

#[test]
fn a_taken_port_is_named_with_the_flag_that_moves_it() {
    let start = Start::new();
    let _held = TcpListener::bind((Ipv4Addr::LOCALHOST, start.ports.esia)).expect("the port is free");
    let said = start.refusal(&mut start.command());
    let port = start.ports.esia;
    assert!(
        said.contains(&format!(
            "port {port} (the simulator of ESIA) is taken by another program"
        )),
        "{said}"
    );
    assert!(said.contains("--esia-port"), "{said}");
}
