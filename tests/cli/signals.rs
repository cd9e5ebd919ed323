//! Signals in the middle of work, and what a killed program left.
#![cfg(target_os = "linux")]

use crate::bench::{Bench, TEXT};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const SIGNALS: [(&str, i32); 3] = [("HUP", 1), ("INT", 2), ("TERM", 15)];

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
    assert!(sent.expect("it runs").success());
}

/// The program with words, heeding every signal, also where the tests themselves were told to ignore one (`nohup`).
fn heeding(bench: &Bench, words: &[&str]) -> Command {
    let plain = bench.command(words);
    let mut command = Command::new("env");
    command.arg("--default-signal=HUP,INT,TERM").arg(plain.get_program()).args(plain.get_args());
    command.current_dir(bench.folder.path());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

fn awaited(mut look: impl FnMut() -> bool) {
    for _ in 0..30_000 {
        if look() {
            return;
        }
        sleep(Duration::from_millis(1));
    }
    panic!("it never came");
}

/// A page whose reading takes much longer than a signal needs.
fn broad() -> Vec<u8> {
    let mut page = b"<html><body>".to_vec();
    page.extend(b"<p>a<b>b</b>".repeat(1 << 19));
    page
}

#[test]
fn an_import_that_is_interrupted_leaves_nothing() {
    for (signal, number) in SIGNALS {
        let bench = Bench::new();
        let text = bench.file("text.txt", TEXT.as_bytes());
        let page = bench.file("broad.html", &broad());
        let mut child = heeding(&bench, &["import", &text, &page]).stderr(Stdio::null()).spawn().expect("it runs");
        let own = child.id();
        awaited(|| {
            let readers = std::fs::read_to_string(format!("/proc/{own}/task/{own}/children"));
            readers.is_ok_and(|readers| !readers.trim().is_empty())
        });
        send(signal, &child);
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(number), "{signal}: {status}");
        assert_eq!(bench.names(), ["broad.html", "text.txt"], "{signal}");
    }
}

#[test]
fn a_batch_that_is_interrupted_keeps_what_was_answered_and_nothing_of_one_step() {
    for (signal, number) in SIGNALS {
        for one_step in [false, true] {
            let (bench, document) = Bench::with_text();
            let words: &[&str] = if one_step { &["batch", "--one-step", "Half"] } else { &["batch"] };
            let mut child =
                heeding(&bench, words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
            let mut input = child.stdin.take().expect("a pipe");
            let mark = json!(["highlight", "--document", document, "--quote", "rose"]);
            writeln!(input, "{mark}").expect("it reads");
            let mut reply = String::new();
            BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut reply).expect("it answers");
            assert_eq!(serde_json::from_str::<Value>(&reply).expect("JSON")["ok"], true);
            send(signal, &child);
            let status = child.wait().expect("it ends");
            assert_eq!(status.signal(), Some(number), "{signal}: {status}");
            drop(input);
            let kept = bench.json(&["highlights"]).as_array().map(Vec::len);
            assert_eq!(kept, Some(usize::from(!one_step)), "{signal}");
            bench.ok(&["check"]);
            assert_eq!(bench.names().iter().filter(|name| name.ends_with(".tmp")).count(), 0, "{signal}");
        }
    }
}

#[test]
fn a_signal_that_is_to_be_ignored_is_ignored() {
    let (bench, _) = Bench::with_text();
    let mut command = Command::new("/bin/sh");
    command.env("GLOSS_PROJECT", bench.project()).current_dir(bench.folder.path());
    command.args(["-c", "trap '' HUP; exec \"$0\" batch", env!("CARGO_BIN_EXE_gloss")]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    for _ in 0..2 {
        writeln!(input, "[\"tags\"]").expect("it reads");
        let mut reply = String::new();
        output.read_line(&mut reply).expect("it answers");
        assert!(reply.contains("\"ok\":true"), "{reply}");
        send("HUP", &child);
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

/// The names of unfinished files hold the process that was writing them; here one that has ended.
#[test]
fn what_a_killed_export_left_is_gone_after_the_next_one() {
    let (bench, document) = Bench::with_text();
    bench.ok(&["highlight", "--document", &document, "--quote", "rose"]);
    let mut ended = Command::new("true").spawn().expect("it runs");
    ended.wait().expect("it ends");
    let left = [format!(".notes.md.gloss-{}-0.tmp", ended.id()), format!(".copy.gloss.gloss-{}-3.tmp", ended.id())];
    let own = [".notes.md.tmp", "thesis.part", "draft.tmp", "copy.gloss.part", ".gloss-1.tmp"];
    left.iter().map(String::as_str).chain(own).for_each(|name| drop(bench.file(name, b"x")));
    bench.ok(&["export", "--output", "notes.md"]);
    let names = bench.names();
    for name in &left {
        assert!(!names.contains(name), "{name}");
    }
    for name in own {
        assert!(names.iter().any(|other| other == name), "{name} is a person's");
    }
}
