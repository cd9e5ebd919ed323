//! Many command lines in one process: a JSON array of words a line in, a JSON reply a line out, flushed at once, so
//! that another program can hold a conversation. Deliberately absent: a batch in a batch.

use super::core::Core;
use super::run::{Answer, run};
use super::words::{Command, Line};
use crate::faults::caught;
use clap::Parser;
use gloss_core::error::{Error, Result};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

/// Answers every line; a refused line stops none of the others. An error is one of reading or writing lines.
pub(crate) fn each(core: &Core, lines: impl BufRead, mut replies: impl Write) -> std::io::Result<()> {
    for line in lines.split(b'\n') {
        let line = line?;
        if !line.trim_ascii().is_empty() {
            reply(&mut replies, &answer(core, &line))?;
        }
    }
    Ok(())
}

/// Answers every line in one transaction and one undo step. The first error, also one of reading or writing lines,
/// undoes them all and is returned; a refused line has had its reply.
pub(crate) fn in_one_step(core: &Core, label: &str, lines: impl BufRead, mut replies: impl Write) -> Result<()> {
    let broken =
        |error: std::io::Error| Error::ExportFailed { name: "the conversation".into(), reason: error.to_string() };
    core.project.one_step(label, || {
        for line in lines.split(b'\n') {
            let line = line.map_err(broken)?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let answer = answer(core, &line);
            reply(&mut replies, &answer).map_err(broken)?;
            answer?;
        }
        Ok(())
    })
}

fn answer(core: &Core, line: &[u8]) -> Result<Answer> {
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
        Some(command) => caught(|| run(core, command)),
    }
}

fn reply(replies: &mut impl Write, answer: &Result<Answer>) -> std::io::Result<()> {
    match answer {
        Ok(answer) => writeln!(replies, "{{\"ok\":true,\"result\":{}}}", answer.json)?,
        Err(error) => writeln!(replies, "{{\"ok\":false,\"error\":{}}}", described(error))?,
    }
    replies.flush()
}

/// An error as JSON: its code and its sentence.
pub(crate) fn described(error: &Error) -> Value {
    let error = error.api();
    json!({"code": error.code, "message": error.message})
}
