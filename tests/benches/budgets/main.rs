//! The budgets of the design, measured: what a request costs and what a function costs. Run by hand and before a release;
//! tests assert calls and capacity, never time.
//!
//! ```text
//! cargo lambda build --release --workspace
//! cargo bench --workspace --bench budgets
//! cargo bench --workspace --bench budgets -- requests
//! cargo bench --workspace --bench budgets -- functions
//! ```
//!
//! `functions` needs the first line; `requests` does not. The program fails if a budget does not hold. It selects the whole
//! workspace so that dependencies are compiled with the features that `cargo build --release` gives them.
//!
//! A request is measured in processor time of the function and the embedded database together, since other programs of the
//! machine change the time on the clock and not this one. It contains the check of the token, the SDK on both ends of a
//! loopback connection and gzip; it does not contain Lambda's own JSON around request and answer.

mod functions;
mod measure;
mod requests;
mod runtime;
mod school;

use std::{
    env::args,
    io::{Write, stdout},
    process::ExitCode,
};

use tokio::runtime::Runtime;

fn main() -> ExitCode {
    // Cargo adds an option of its own for benches that are harnesses.
    let chosen: Vec<String> = args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|word| word == name);
    let mut holds = true;
    let mut show = |(table, table_holds): (String, bool)| {
        holds &= table_holds;
        writeln!(stdout(), "\n{table}").expect("somebody reads");
    };
    if is_chosen("requests") {
        show(requests::table());
    }
    if is_chosen("functions") {
        let runtime = Runtime::new().expect("a runtime");
        show(runtime.block_on(functions::table()));
    }
    if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
