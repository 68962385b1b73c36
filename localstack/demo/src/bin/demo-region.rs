//! Writes the demo region's bundle to a file: `demo-region region.zip`.

use std::{
    env, fs,
    io::{self, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    let Some(path) = env::args_os().nth(1) else {
        return finish("which file to write: demo-region <file.zip>", ExitCode::FAILURE);
    };
    let region = demo::region();
    match fs::write(&path, &region.bundle) {
        Ok(()) => {
            let done = format!(
                "{}: {} bytes for {}",
                path.to_string_lossy(),
                region.bundle.len(),
                region.name
            );
            finish(&done, ExitCode::SUCCESS)
        }
        Err(error) => finish(
            &format!("cannot write {}: {error}", path.to_string_lossy()),
            ExitCode::FAILURE,
        ),
    }
}

/// Says how it ended. A closed terminal is no reason to fail.
fn finish(message: &str, code: ExitCode) -> ExitCode {
    writeln!(io::stderr(), "{message}").map_or(code, |()| code)
}
