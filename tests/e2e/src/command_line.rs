//! The command line on the project of a seat, as a person types it in another terminal while the window is open.

use crate::seat::Seat;
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

/// What a subcommand answered.
pub struct Answer {
    /// Exit status; -1 when it was killed.
    pub status: i32,
    /// Standard output.
    pub said: String,
    /// Standard error.
    pub complained: String,
}

impl Seat {
    /// Runs a subcommand and answers with whatever became of it.
    pub fn try_gloss(&self, words: &[&str], input: &str) -> Answer {
        let mut command = Command::new(self.program());
        self.at_this_seat(&mut command);
        command.args(words).env_remove("DISPLAY").env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut run = || {
            let mut child = command.spawn()?;
            let stdin = child.stdin.take();
            let input = input.to_owned();
            // On a thread of its own: the program answers while it is still being told.
            let telling = std::thread::spawn(move || stdin.map_or(Ok(()), |mut pipe| pipe.write_all(input.as_bytes())));
            let output = child.wait_with_output()?;
            // A program that has heard enough closes the pipe.
            let _ = telling.join();
            std::io::Result::Ok(output)
        };
        match run() {
            Ok(output) => Answer {
                status: output.status.code().unwrap_or(-1),
                said: String::from_utf8_lossy(&output.stdout).into_owned(),
                complained: String::from_utf8_lossy(&output.stderr).into_owned(),
            },
            Err(error) => panic!("gloss {} could not be run: {error}", words.join(" ")),
        }
    }

    /// Runs a subcommand that must succeed; its output without the last line end.
    pub fn gloss(&self, words: &[&str]) -> String {
        let answer = self.try_gloss(words, "");
        assert_eq!(answer.status, 0, "gloss {} was refused: {}", words.join(" "), answer.complained);
        answer.said.trim_end_matches('\n').to_owned()
    }

    /// Runs a subcommand with `--json`; its answer.
    pub fn gloss_json(&self, words: &[&str]) -> Value {
        let said = self.gloss(&[words, &["--json"]].concat());
        match serde_json::from_str(&said) {
            Ok(value) => value,
            Err(error) => panic!("gloss {} --json did not answer in JSON ({error}): {said}", words.join(" ")),
        }
    }

    /// A list that a subcommand answers with.
    pub fn gloss_list(&self, words: &[&str]) -> Vec<Value> {
        match self.gloss_json(words) {
            Value::Array(list) => list,
            other => panic!("gloss {} --json did not answer with a list: {other}", words.join(" ")),
        }
    }

    /// Runs many command lines as one step.
    pub fn gloss_batch(&self, label: &str, lines: &[Vec<String>]) {
        let input: String = lines.iter().map(|line| format!("{}\n", serde_json::json!(line))).collect();
        let answer = self.try_gloss(&["batch", "--one-step", label], &input);
        assert_eq!(answer.status, 0, "the batch “{label}” was refused: {}", answer.complained);
        let refused = answer.said.lines().find(|line| line.contains("\"ok\":false"));
        assert!(refused.is_none(), "the batch “{label}” was refused: {}", refused.unwrap_or_default());
    }

    /// Imports a text and answers with its document's id.
    pub fn import(&self, name: &str, text: &str) -> String {
        let file = self.write(name, text);
        self.gloss(&["import", &file.to_string_lossy()])
    }

    /// Marks a quote and answers with the highlight's id.
    pub fn mark(&self, document: &str, quote: &str, tags: &[&str], note: &str) -> String {
        let mut words = vec!["highlight", "--document", document, "--quote", quote];
        words.extend(tags.iter().flat_map(|tag| ["--tag", tag]));
        if !note.is_empty() {
            words.extend(["--note", note]);
        }
        self.gloss(&words)
    }
}
