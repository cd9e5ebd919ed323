//! Many command lines in one process: a JSON array of words a line in, a JSON reply a line out, flushed at once, so
//! that another program can hold a conversation. Deliberately absent: a batch in a batch.

use super::Refused;
use super::core::Core;
use super::named::{Named, is_missing};
use super::run::{Answer, run};
use super::stop::Stop;
use super::terminal;
use super::words::{Command, Line};
use crate::faults::caught;
use clap::Parser;
use gloss_core::error::{Error, Result};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

/// Answers every line as long as that is wanted; a refused line stops none of the others. An error is one of opening the
/// project, or of reading or writing lines. A project that is missing is one that the first import makes.
pub(crate) fn each(
    named: &Named,
    lines: impl BufRead,
    mut replies: impl Write,
    stop: &Stop,
) -> std::result::Result<(), Refused> {
    let missing = match named.open() {
        Ok(_) => None,
        Err(error) if is_missing(&error) => Some(error),
        Err(error) => return Err(error.into()),
    };
    let mut answered = false;
    let mut lines = lines.split(b'\n');
    while let Some(line) = stop.waiting(|| lines.next()) {
        let line = line?;
        if stop.is_asked() {
            break;
        }
        if !line.trim_ascii().is_empty() {
            let answer = parsed(&line).and_then(|command| answer(named, command, false));
            reply(&mut replies, &answer)?;
            answered = true;
        }
    }
    match missing {
        Some(error) if !answered => Err(error.into()),
        _ => Ok(()),
    }
}

/// Answers every line in one transaction and one undo step. The first error, also one of reading or writing lines,
/// undoes them all and is returned; a refused line has had its reply. A project that is missing is made when the first
/// line is an import.
pub(crate) fn in_one_step(
    named: &Named,
    label: &str,
    lines: impl BufRead,
    mut replies: impl Write,
    stop: &Stop,
) -> Result<()> {
    let broken =
        |error: std::io::Error| Error::ExportFailed { name: "the conversation".into(), reason: error.to_string() };
    let mut lines = lines.split(b'\n');
    let mut lines = std::iter::from_fn(|| stop.waiting(|| lines.next()))
        .filter(|line| line.as_ref().map_or(true, |line| !line.trim_ascii().is_empty()))
        .map(|line| line.map_err(broken))
        .peekable();
    let opened = match named.open() {
        Err(error) if is_missing(&error) => match lines.peek() {
            Some(Ok(line)) => parsed(line).and_then(|command| named.open_for(&command)),
            _ => Err(error),
        },
        opened => opened,
    };
    let project = match opened {
        Ok(project) => project,
        Err(error) => {
            let refused = Err(error);
            if lines.peek().is_some() {
                reply(&mut replies, &refused).map_err(broken)?;
            }
            return refused.map(drop);
        }
    };
    project.one_step(label, || {
        for line in lines {
            let line = line?;
            if stop.is_asked() {
                return Err(Error::Arguments { reason: "the batch was stopped".into() });
            }
            let answer = parsed(&line).and_then(|command| answer(named, command, true));
            reply(&mut replies, &answer).map_err(broken)?;
            answer?;
        }
        Ok(())
    })
}

/// The subcommand of a line.
fn parsed(line: &[u8]) -> Result<Command> {
    let unreadable = |reason: String| Error::Arguments { reason };
    let words: Vec<String> = serde_json::from_slice(line)
        .map_err(|error| unreadable(format!("a line must be a JSON array of words ({error})")))?;
    let line = Line::try_parse_from(std::iter::once("gloss".to_owned()).chain(words))
        .map_err(|error| unreadable(error.render().to_string().trim().to_owned()))?;
    if line.common.project.is_some() || line.file.is_some() {
        return Err(unreadable("the project is named once, after gloss batch".into()));
    }
    match line.command {
        None => Err(unreadable("a line needs a subcommand".into())),
        Some(Command::Batch { .. }) => Err(unreadable("a batch cannot hold a batch".into())),
        Some(command) => Ok(command),
    }
}

fn answer(named: &Named, command: Command, stepping: bool) -> Result<Answer> {
    let project = named.open_for(&command)?;
    caught(|| run(&Core { project, stepping }, command))
}

fn reply(replies: &mut impl Write, answer: &Result<Answer>) -> std::io::Result<()> {
    match answer {
        Ok(answer) => writeln!(replies, "{{\"ok\":true,\"result\":{}}}", terminal::json(&answer.json))?,
        Err(error) => {
            let error = described(error).to_string();
            writeln!(replies, "{{\"ok\":false,\"error\":{}}}", terminal::json(&error))?;
        }
    }
    replies.flush()
}

/// An error as JSON: its code and its sentence.
pub(crate) fn described(error: &Error) -> Value {
    let error = error.api();
    json!({"code": error.code, "message": error.message})
}
