//! Full disks, and pipes, sockets and devices where a file should be.
#![cfg(unix)]

use crate::bench::{Bench, refusal, stderr};
use std::os::unix::net::UnixListener;
use std::process::{Command, Output};

/// Less than the index of SQLite's log needs: none of the files beside the project can be made.
const NOTHING: u32 = 0;
/// Enough for the index and the first pages of the log, and too little for a long note.
const A_LITTLE: u32 = 100;

fn json(output: &Output) -> serde_json::Value {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_project_on_a_full_disk_is_read_and_exported_and_called_so_when_written() {
    let (bench, document) = Bench::with_text();
    bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--note", "Seven times, 보험"]);
    let file = std::fs::read(bench.project()).expect("the file");
    let full = |words: &[&str]| bench.on_full_disk(NOTHING, words);
    assert_eq!(json(&full(&["documents", "--json"]))[0]["id"], *document);
    assert_eq!(json(&full(&["highlights", "--json"]))[0]["note"], "Seven times, 보험");
    assert_eq!(json(&full(&["search", "rose", "--json"]))["groups"][0]["document"], *document);
    assert_eq!(json(&full(&["check", "--json"]))["ok"], true);
    let notes = String::from_utf8(full(&["export"]).stdout).expect("UTF-8");
    assert!(notes.contains("Seven times, 보험"), "{notes}");
    for words in [
        &["highlight", "--document", &document, "--quote", "rose", "--json"][..],
        &["tag", "create", "oil", "--json"],
        &["undo", "--json"],
        &["compact", "--json"],
        &["import", "text.txt", "--json"],
    ] {
        let (code, message) = refusal(&full(words), words);
        assert_eq!(code, "disk_full", "{words:?}");
        assert!(message.contains("not saved"), "{message}");
    }
    assert!(std::fs::read(bench.project()).expect("the file") == file);
    bench.ok(&["check"]);
    bench.ok(&["highlight", "--document", &document, "--quote", "rose"]);
}

#[test]
fn what_a_killed_program_left_in_the_log_is_read_on_a_full_disk() {
    let (bench, document) = Bench::with_text();
    // The log of a program that was killed: a copy of both files while they are in use.
    let project = gloss_core::project::Project::open(&bench.project(), gloss_core::env::Env::system()).expect("opens");
    let args = serde_json::json!({"document": document, "quote": "rose", "tags": [], "note": "in the log"});
    let units = gloss_core::api::Units::CodePoints;
    gloss_core::api::dispatch(&project, units, "highlight_quote", &args.to_string()).expect("marked");
    let other = Bench::new();
    for ending in ["", "-wal"] {
        let name = format!("project.gloss{ending}");
        std::fs::copy(bench.path(&name), other.path(&name)).expect("copied");
    }
    drop(project);
    let read = |output: Output| json(&output)[0]["note"].clone();
    assert_eq!(read(other.on_full_disk(NOTHING, &["highlights", "--json"])), "in the log");
    assert_eq!(read(other.run(&["highlights", "--json"])), "in the log", "and it is still there");
}

#[test]
fn a_commit_that_fails_may_have_been_saved_and_says_so() {
    let (bench, document) = Bench::with_text();
    let note = "A long note. ".repeat(9_000);
    let words = ["highlight", "--document", &document, "--quote", "rose", "--note", &note, "--json"];
    let (code, message) = refusal(&bench.on_full_disk(A_LITTLE, &words), &words);
    assert_eq!(code, "commit_failed", "{message}");
    assert!(message.contains("may not have been saved"), "{message}");
    assert_eq!(bench.json(&["highlights"]), serde_json::json!([]));
    bench.ok(&["check"]);
}

#[test]
fn a_new_project_on_a_full_disk_is_not_begun() {
    let bench = Bench::new();
    bench.file("text.txt", b"A text.");
    let words = ["import", "text.txt", "--json"];
    let (code, _) = refusal(&bench.on_full_disk(NOTHING, &words), &words);
    assert!(matches!(code.as_str(), "export_disk_full" | "project_unreadable"), "{code}");
    assert_eq!(bench.names(), ["text.txt"]);
}

/// Ends within a few seconds or fails: a program that waits for a pipe waits for ever.
fn at_once(bench: &Bench, words: &[&str]) -> Output {
    let mut command = Command::new("timeout");
    command.arg("20").arg(env!("CARGO_BIN_EXE_gloss")).args(words).current_dir(bench.folder.path());
    for (variable, inside) in [("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")] {
        command.env(variable, bench.path(inside));
    }
    let output = command.env_remove("GLOSS_PROJECT").output().expect("it runs");
    assert_ne!(output.status.code(), Some(124), "{words:?}: it waits");
    output
}

#[test]
fn a_pipe_a_socket_or_a_device_is_refused_at_once_wherever_a_file_is_named() {
    let (bench, document) = Bench::with_text();
    assert!(Command::new("mkfifo").arg(bench.path("pipe.gloss")).status().expect("it runs").success());
    let _listener = UnixListener::bind(bench.path("socket.gloss")).expect("a socket");
    for odd in ["pipe.gloss", "socket.gloss", "/dev/zero", "/dev/null"] {
        let lines: [&[&str]; 6] = [
            &["--project", odd, "documents", "--json"],
            &["--project", odd, "import", "text.txt", "--json"],
            &["--project", "project.gloss", "import", odd, "--json"],
            &["--project", "project.gloss", "import", "--version-of", &document, odd, "--json"],
            &["--project", "project.gloss", "import", "text.txt", "--metadata", odd, "--json"],
            &["--project", "project.gloss", "copy", odd, "--json"],
        ];
        for words in lines {
            let (code, _) = refusal(&at_once(&bench, words), words);
            let expected = ["project_unreadable", "import_unreadable", "project_exists"];
            assert!(expected.contains(&code.as_str()), "{words:?}: {code}");
        }
    }
    for odd in ["pipe.gloss", "socket.gloss"] {
        let export = ["--project", "project.gloss", "export", "--output", odd, "--json"];
        assert_eq!(refusal(&at_once(&bench, &export), &export).0, "export_failed");
        let original = ["--project", "project.gloss", "original", "--document", &document, "--output", odd, "--json"];
        assert_eq!(refusal(&at_once(&bench, &original), &original).0, "export_not_writable");
    }
    assert_eq!(bench.json(&["documents"]).as_array().map(Vec::len), Some(1));
}

#[test]
fn a_pipe_that_somebody_reads_gets_the_notes() {
    let (bench, document) = Bench::with_text();
    // More than a pipe holds, so that writing has to wait for the reader.
    let note = "A long note. ".repeat(20_000);
    bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--note", &note[..100]]);
    let file = bench.file("long.txt", note.as_bytes());
    let long = bench.ok(&["import", &file]);
    bench.ok(&["highlight", "--document", long.trim(), "--start", "0", "--end", "200000"]);
    let pipe = bench.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("it runs").success());
    let reading = {
        let pipe = pipe.clone();
        std::thread::spawn(move || std::fs::read_to_string(pipe).expect("read"))
    };
    // The reader has to be there first.
    let output = loop {
        let output = at_once(&bench, &["--project", "project.gloss", "export", "--output", "pipe"]);
        if output.status.success() || !stderr(&output).contains("nobody reads") {
            break output;
        }
        std::thread::yield_now();
    };
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let notes = reading.join().expect("it ends");
    assert_eq!(notes, bench.ok(&["export"]));
    assert!(notes.len() > 200_000);
}
