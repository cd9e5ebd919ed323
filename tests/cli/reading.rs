//! Files are read in a process of their own: what it may do, and what becomes of a file that is too much for it.
#![cfg(target_os = "linux")]

use crate::bench::{Bench, clean, refusal, replies, stderr};
use serde_json::json;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const WORD: &str = "--import-worker";

/// A page whose tree is many times as large as its markup.
fn broad() -> Vec<u8> {
    let mut page = b"<html><body>".to_vec();
    page.extend(b"<p>a<b>b</b>".repeat(1 << 19));
    page
}

fn piped(mut command: Command) -> Child {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary runs")
}

/// Waits for what must come.
fn awaited<T>(mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..60_000 {
        if let Some(found) = look() {
            return found;
        }
        sleep(Duration::from_millis(1));
    }
    panic!("it never came");
}

fn of_process(process: &str, file: &str) -> String {
    std::fs::read_to_string(format!("/proc/{process}/{file}")).unwrap_or_default()
}

#[test]
fn the_reader_gives_up_what_it_does_not_need() {
    let bench = Bench::new();
    let reader = piped(bench.command(&[WORD]));
    let process = reader.id().to_string();
    let limits = awaited(|| {
        let limits = of_process(&process, "limits");
        let last = limits.lines().find(|line| line.starts_with("Max open files"))?;
        (last.split_whitespace().nth(3) == Some("0")).then_some(limits)
    });
    for (limit, most) in [
        ("Max cpu time", "61"),
        ("Max file size", "0"),
        ("Max core file size", "0"),
        ("Max open files", "0"),
        ("Max address space", "1073741824"),
    ] {
        let line = limits.lines().find(|line| line.starts_with(limit)).expect(limit);
        assert_eq!(line[limit.len()..].split_whitespace().nth(1), Some(most), "{line}");
    }
    assert!(of_process(&process, "status").contains("NoNewPrivs:\t1"));
    let output = reader.wait_with_output().expect("it ends with its input");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert_eq!(stderr(&output), "gloss: there is no whole request on standard input\n");
    assert!(!bench.project().exists(), "it made a project");
}

#[test]
fn half_a_request_is_none() {
    let bench = Bench::new();
    for request in [&b"\x05\0\0\0\0\0\0\0a.txt\0\x09\0\0\0\0\0\0\0short"[..], b"nonsense", &[0xff; 40]] {
        let output = bench.fed(&[WORD], request);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{request:?}");
    }
}

#[test]
fn a_file_that_is_too_much_ends_its_reader_and_nothing_else() {
    let bench = Bench::new();
    let (broad, page) = (bench.file("broad.html", &broad()), bench.file("page.html", b"<p>A <em>page</em>."));
    // Less than the reader may have by itself, so that the test is quick; what it inherits it only narrows.
    let mut command = clean("/bin/sh", bench.folder.path());
    command.env("GLOSS_PROJECT", bench.project());
    command.args(["-c", "ulimit -v 700000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_gloss"), "batch"]);
    let mut process = piped(command);
    let lines = [json!(["import", broad]), json!(["import", page]), json!(["documents"]), json!(["history"])];
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    process.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    let output = process.wait_with_output().expect("it ends");
    let replies = replies(&output);
    assert_eq!(replies[0]["error"]["code"], "import_too_much", "{}", replies[0]);
    assert_eq!(replies[1]["ok"], true, "{}", replies[1]);
    for what in [2, 3] {
        assert_eq!(replies[what]["result"].as_array().map(Vec::len), Some(1), "{}", replies[what]);
    }
    bench.ok(&["check"]);
}

#[test]
fn a_reader_that_is_killed_is_a_refusal() {
    let bench = Bench::empty();
    let words = ["import", &bench.file("broad.html", &broad()), "--json"];
    let process = piped(bench.command(&words));
    let own = process.id();
    let reader = awaited(|| {
        let readers = of_process(&own.to_string(), &format!("task/{own}/children"));
        readers.split_whitespace().next().map(str::to_owned)
    });
    assert!(Command::new("kill").args(["-KILL", &reader]).status().expect("it runs").success());
    let output = process.wait_with_output().expect("it ends");
    assert_eq!(refusal(&output, &words).0, "import_crashed");
    assert_eq!(bench.json(&["documents"]), json!([]));
    bench.ok(&["check"]);
}

#[test]
fn every_kind_is_read_the_same_apart() {
    let bench = Bench::new();
    for (name, bytes, format, text) in [
        ("a.html", "<title>T</title><p>Отношения <b>한국</b> 👨‍👩‍👧.".as_bytes(), "html", "Отношения 한국 👨‍👩‍👧."),
        ("lying.txt", b"{\\rtf1\\ansi\\ansicpg1251 \\'ce\\'f2.}", "rtf", "От."),
        ("plain.txt", b"Plain.", "text", "Plain."),
    ] {
        let id = bench.import(name, bytes);
        assert_eq!(bench.ok(&["text", "--document", &id]).trim(), text, "{name}");
        let documents = bench.json(&["documents"]);
        assert!(documents.as_array().expect("a list").iter().any(|d| d["id"] == *id && d["format"] == format));
    }
}
