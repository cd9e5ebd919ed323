//! A project that is moved, replaced or overwritten while a command line works on it.
#![cfg(unix)]

use crate::bench::Bench;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// A batch that is spoken with line by line.
struct Talk {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Talk {
    fn new(bench: &Bench, words: &[&str]) -> Talk {
        let mut child = bench
            .command(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let (input, output) = (child.stdin.take(), child.stdout.take().expect("a pipe"));
        Talk { child, input, output: BufReader::new(output) }
    }

    fn say(&mut self, words: Value) -> Value {
        writeln!(self.input.as_mut().expect("a pipe"), "{words}").expect("it reads");
        let mut reply = String::new();
        self.output.read_line(&mut reply).expect("it answers");
        serde_json::from_str(&reply).expect("JSON")
    }

    fn end(mut self) -> Option<i32> {
        drop(self.input.take());
        self.child.wait().expect("it ends").code()
    }
}

type Move = fn(&Path) -> std::io::Result<()>;

const WAYS: [(&str, Move, &str); 4] = [
    ("renamed", |path| std::fs::rename(path, path.with_extension("renamed.gloss")), "project_moved"),
    ("removed", |path| std::fs::remove_file(path), "project_moved"),
    (
        "replaced",
        |path| {
            std::fs::copy(path, path.with_extension("new"))?;
            std::fs::rename(path.with_extension("new"), path)
        },
        "project_moved",
    ),
    ("without its log", |path| std::fs::remove_file(path.with_extension("gloss-wal")), "project_moved"),
];

#[test]
fn a_batch_refuses_what_would_be_written_nowhere() {
    for (way, go, code) in WAYS {
        let (bench, document) = Bench::with_text();
        let mark = json!(["highlight", "--document", document, "--quote", "rose"]);
        let mut talk = Talk::new(&bench, &["batch"]);
        assert_eq!(talk.say(mark.clone())["ok"], true, "{way}");
        go(&bench.project()).expect(way);
        let now = std::fs::read(bench.project()).ok();
        for _ in 0..20 {
            let reply = talk.say(mark.clone());
            assert_eq!((&reply["ok"], &reply["error"]["code"]), (&json!(false), &json!(code)), "{way}: {reply}");
        }
        assert_eq!(talk.say(json!(["highlights"]))["result"].as_array().map(Vec::len), Some(1), "{way}");
        talk.end();
        if way != "without its log" {
            assert!(std::fs::read(bench.project()).ok() == now, "{way}");
        } else {
            assert_eq!(bench.json(&["highlights"]).as_array().map(Vec::len), Some(1), "{way}: what was saved is kept");
        }
    }
}

#[test]
fn one_step_is_not_committed_to_a_project_that_was_moved_meanwhile() {
    for (way, go, code) in WAYS {
        let (bench, document) = Bench::with_text();
        let mut talk = Talk::new(&bench, &["batch", "--one-step", "Marked"]);
        let mark = json!(["highlight", "--document", document, "--quote", "rose"]);
        assert_eq!(talk.say(mark.clone())["ok"], true, "{way}");
        go(&bench.project()).expect(way);
        assert_eq!(talk.say(mark)["error"]["code"], code, "{way}");
        assert_eq!(talk.end(), Some(1), "{way}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_copy_that_is_restored_over_the_file_is_not_written_into() {
    let (bench, document) = Bench::with_text();
    let before = std::fs::read(bench.project()).expect("the file");
    let mut talk = Talk::new(&bench, &["batch"]);
    let mark = json!(["highlight", "--document", document, "--quote", "rose"]);
    assert_eq!(talk.say(mark.clone())["ok"], true);
    std::fs::write(bench.project(), &before).expect("restored");
    for _ in 0..20 {
        assert_eq!(talk.say(mark.clone())["error"]["code"], "project_overwritten");
    }
    assert_eq!(talk.say(json!(["highlights"]))["error"]["code"], "project_overwritten");
    talk.end();
    assert!(std::fs::read(bench.project()).expect("the file") == before);
    bench.ok(&["check"]);
    assert_eq!(bench.json(&["highlights"]), json!([]));
}
