//! Runs one tool: says so, lets its words through, turns a failure into a sentence.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Outcome, place};

/// A command that starts at the top of the checkout.
pub(crate) fn command(program: impl AsRef<OsStr>, words: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(words).current_dir(place::root());
    command
}

/// The cargo that started this program, so that the toolchain stays the same.
pub(crate) fn cargo(words: &[&str]) -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), words)
}

/// Runs it to its end, its output straight to the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let line = line(command);
    println!("  $ {line}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status})")),
        Err(error) => Err(format!("`{line}` could not start: {error}")),
    }
}

/// Runs it silently and gives back what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let line = line(command);
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("`{line}` could not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{line}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name is on the search path.
pub(crate) fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let words = command.get_args().map(|word| place::shown(Path::new(word)));
    std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
}
