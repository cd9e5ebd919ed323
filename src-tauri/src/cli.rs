//! The command line: the same work as the window, without one. Every subcommand is a request to the core; what it
//! refuses changes nothing, is said in one sentence on standard error, and makes the exit status 1. Deliberately
//! absent: prompts, colours, and any window system.

mod batch;
mod columns;
mod core;
mod importing;
mod names;
mod remarks;
mod run;
mod said;
mod words;

use self::core::Core;
use self::words::{Command, Line};
use crate::faults::caught;
use crate::{folders, project_of_environment, reader};
use clap::{CommandFactory, Parser, error::ErrorKind};
use gloss_core::env::Env;
use gloss_core::error::{Error, Result};
use gloss_core::project::Project;
use serde_json::{Value, json};
use std::io::{BufReader, ErrorKind as IoErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// What the words of a start ask for.
pub(crate) enum Start {
    /// The window, on this project if one is named.
    Window(Option<PathBuf>),
    /// A subcommand.
    Line(Box<Invocation>),
}

/// A subcommand with the options that every one has.
pub(crate) struct Invocation {
    command: Command,
    project: Option<PathBuf>,
    json: bool,
}

/// Reads the words of this start. Wrong usage ends the program with status 2, help and version with 0.
pub(crate) fn parse() -> Start {
    let Line { file, common, command } = Line::parse();
    match command {
        Some(_) if file.is_some() => {
            Line::command().error(ErrorKind::ArgumentConflict, "a subcommand takes its project from --project").exit()
        }
        Some(command) => Start::Line(Box::new(Invocation { command, project: common.project, json: common.json })),
        None => Start::Window(file.or(common.project)),
    }
}

/// Runs a subcommand.
pub(crate) fn run(line: Box<Invocation>) -> ExitCode {
    let json = line.json;
    match caught(|| answer(*line)) {
        Ok(status) => status,
        // Whoever read the output has had enough.
        Err(Refused::Output(error)) if error.kind() == IoErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(refused) => {
            let error = match refused {
                Refused::Core(error) => error,
                Refused::Output(error) => Error::ExportFailed { name: "the output".into(), reason: error.to_string() },
            };
            complain(&error, json);
            ExitCode::FAILURE
        }
    }
}

/// Why a subcommand failed.
enum Refused {
    /// The core refused it.
    Core(Error),
    /// It was done, but its answer could not be written.
    Output(std::io::Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Refused {
        Refused::Core(error)
    }
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Refused {
        Refused::Output(error)
    }
}

impl From<crate::faults::Fault> for Refused {
    fn from(fault: crate::faults::Fault) -> Refused {
        Refused::Core(fault.into())
    }
}

fn answer(line: Invocation) -> std::result::Result<ExitCode, Refused> {
    let project = open(&line)?;
    let output = std::io::stdout().lock();
    if let Command::Batch { one_step } = line.command {
        let lines = BufReader::new(std::io::stdin().lock());
        let core = Core { project: &project, stepping: one_step.is_some() };
        match one_step {
            Some(label) => batch::in_one_step(&core, &label, lines, output)?,
            None => batch::each(&core, lines, output)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    let core = Core { project: &project, stepping: false };
    let answer = run::run(&core, line.command)?;
    if line.json {
        print(output, &[answer.json.as_bytes(), b"\n"])?;
    } else {
        let value: Value = serde_json::from_str(&answer.json).unwrap_or_default();
        print(output, &[(answer.words)(&value).as_bytes()])?;
    }
    if !line.json {
        for note in &answer.notes {
            eprintln!("gloss: {note}");
        }
    }
    Ok(match answer.failed {
        None => ExitCode::SUCCESS,
        Some(sentence) => {
            // With --json the answer itself says it.
            if !line.json {
                eprintln!("gloss: {sentence}");
            }
            ExitCode::FAILURE
        }
    })
}

/// Opens the project that is named, or the environment's, or the default one. A missing one is made, empty; only a
/// check needs something to check.
fn open(line: &Invocation) -> Result<Project> {
    let path = match line.project.clone().or_else(project_of_environment) {
        Some(path) => path,
        None => folders::default_project()?,
    };
    if matches!(line.command, Command::Check) {
        return Project::open(&path, Env::system());
    }
    Ok(Project::open_or_create(&path, Env::system().reading(reader::patient()))?.0)
}

fn print(mut output: impl Write, parts: &[&[u8]]) -> std::io::Result<()> {
    for part in parts {
        output.write_all(part)?;
    }
    output.flush()
}

/// One sentence on standard error; with --json one line of JSON.
fn complain(error: &Error, json: bool) {
    let line = if json { json!({"error": batch::described(error)}).to_string() } else { format!("gloss: {error}") };
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}
