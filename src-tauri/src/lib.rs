//! The shell of Gloss: a window, and the same work as a command line, over the commands of `gloss-core`.
//!
//! A subcommand never touches a window system; without one the window opens. This is the only crate that names
//! tauri. Deliberately absent: any knowledge of documents, highlights, tags or links beyond the names of commands.

mod call;
mod cli;
mod desk;
mod desktop;
mod faults;
mod folders;
mod instance;
mod lookout;
mod reader;
mod references;
mod settings;
mod signals;
mod source_file;
mod sources;
mod watch;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;

pub use desktop::contract;

/// Runs the program with the arguments and the environment of the process.
pub fn main() -> ExitCode {
    match std::env::args_os().nth(1) {
        Some(word) if word == reader::worker::WORD => return reader::worker::run(),
        _ => {}
    }
    match cli::parse() {
        cli::Start::Window(project) => window::open(project),
        cli::Start::Line(line) => cli::run(line),
    }
}

/// The environment variable that names the project file, for the window and for every subcommand.
const PROJECT_VARIABLE: &str = "GLOSS_PROJECT";

/// The project file that the environment names; an empty variable names none.
fn project_of_environment() -> Option<PathBuf> {
    std::env::var_os(PROJECT_VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from)
}
