//! The command line: the same work as the window, without one. Every subcommand is a request to the core; what it
//! refuses changes nothing, is said in one sentence on standard error, and makes the exit status 1. Deliberately
//! absent: prompts, colours, and any window system.

mod batch;
mod columns;
mod core;
mod importing;
mod named;
mod names;
mod remarks;
mod run;
mod said;
mod stop;
mod terminal;
mod words;

use self::core::Core;
use self::named::Named;
use self::stop::Stop;
use self::words::{Command, Line};
use crate::faults::caught;
use crate::{folders, signals};
use clap::{CommandFactory, Parser, error::ErrorKind};
use gloss_core::error::Error;
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
    let parsed = Line::try_parse().unwrap_or_else(|error| {
        let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
        std::process::exit(terminal::of_words(&error, words))
    });
    let Line { file, common, command } = parsed;
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
    let stop = Stop::at_a_signal();
    folders::mend();
    let answered = caught(|| answer(*line, &stop));
    signals::end_if_came();
    match answered {
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

fn answer(line: Invocation, stop: &Stop) -> std::result::Result<ExitCode, Refused> {
    let named = Named::new(line.project, stop.asked())?;
    let answered = match line.command {
        Command::Batch { one_step } => {
            let (lines, output) = (BufReader::new(std::io::stdin().lock()), std::io::stdout().lock());
            match one_step {
                Some(label) => batch::in_one_step(&named, &label, lines, output, stop).map_err(Refused::from),
                None => batch::each(&named, lines, output, stop),
            }
            .map(|()| ExitCode::SUCCESS)
        }
        command => one(&named, command, line.json),
    };
    named.close();
    answered
}

/// Answers one subcommand.
fn one(named: &Named, command: Command, json: bool) -> std::result::Result<ExitCode, Refused> {
    let project = named.open_for(&command)?;
    let answer = run::run(&Core { project, stepping: false }, command)?;
    let output = std::io::stdout().lock();
    if json {
        print(output, &[terminal::json(&answer.json).as_bytes(), b"\n"])?;
    } else {
        let value: Value = serde_json::from_str(&answer.json).unwrap_or_default();
        print(output, &[(answer.words)(&value).as_bytes()])?;
        answer.notes.iter().for_each(|note| terminal::complain(note));
    }
    Ok(match answer.failed {
        None => ExitCode::SUCCESS,
        Some(sentence) => {
            // With --json the answer itself says it.
            if !json {
                terminal::complain(&sentence);
            }
            ExitCode::FAILURE
        }
    })
}

fn print(mut output: impl Write, parts: &[&[u8]]) -> std::io::Result<()> {
    for part in parts {
        output.write_all(part)?;
    }
    output.flush()
}

/// One sentence on standard error; with --json one line of JSON.
fn complain(error: &Error, json: bool) {
    if json {
        terminal::complain_in_json(&json!({"error": batch::described(error)}).to_string());
    } else {
        terminal::complain(&error.to_string());
    }
}
