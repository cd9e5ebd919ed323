//! History: every subcommand that changes something can be taken back and made again, in another process.

use crate::bench::{Bench, TEXT, stderr};
use gloss_core::api::{Units, dispatch};
use gloss_core::env::Env;
use gloss_core::project::Project;
use serde_json::json;

#[test]
fn undone_and_redone_with_the_label_printed() {
    let (bench, document) = Bench::with_text();
    bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--tag", "economic"]);
    let marked = bench.json(&["highlights"]);
    let history = bench.json(&["history"]);
    let newest = &history[0];
    assert!(newest["id"].is_string() && newest["at"].as_i64().is_some_and(|at| at > 1_500_000_000_000));
    assert_eq!(newest["undone"], false);
    let label = newest["label"].as_str().expect("words");
    assert_eq!(bench.ok(&["undo"]), format!("{label}\n"));
    assert_eq!(bench.json(&["highlights"]), json!([]));
    assert_eq!(bench.json(&["history"])[0]["undone"], true);
    assert!(bench.ok(&["history"]).lines().next().is_some_and(|line| line.contains("undone")));
    assert_eq!(bench.ok(&["redo"]), format!("{label}\n"));
    assert_eq!(bench.json(&["highlights"]), marked);
    assert_eq!(bench.refused(&["redo"]), "nothing_to_redo");
    assert_eq!(bench.json(&["history", "--limit", "1"]).as_array().map(Vec::len), Some(1));
}

#[test]
fn there_is_an_end_to_it() {
    let (bench, _) = Bench::with_text();
    bench.ok(&["undo"]);
    assert_eq!(bench.json(&["documents"]), json!([]));
    assert_eq!(bench.refused(&["undo"]), "nothing_to_undo");
}

#[test]
fn a_copy_is_a_whole_project_and_replaces_nothing() {
    let (bench, document) = Bench::with_text();
    let copy = bench.path("copy.gloss");
    let to = copy.to_str().expect("plain");
    bench.ok(&["copy", to]);
    assert_eq!(bench.ok(&["text", "--document", &document, "--project", to]), TEXT);
    let before = std::fs::read(&copy).expect("the copy");
    assert_eq!(bench.refused(&["copy", to]), "project_exists");
    assert_eq!(std::fs::read(&copy).expect("the copy"), before);
    bench.ok(&["compact"]);
    bench.ok(&["check"]);
}

#[test]
fn check_needs_a_project_and_finds_a_moved_anchor() {
    let bench = Bench::new();
    let words = ["check", "--json"];
    assert_eq!(crate::bench::refusal(&bench.run(&words), &words).0, "project_missing");
    assert!(!bench.project().exists());
    let document = bench.import("text.txt", TEXT.as_bytes());
    bench.ok(&["highlight", "--document", &document, "--quote", "exports"]);
    assert_eq!(bench.json(&words[..1])["ok"], true);
    let db = rusqlite::Connection::open(bench.project()).expect("the file");
    db.execute("UPDATE anchor SET start = start + 1, \"end\" = \"end\" + 1", []).expect("moved by hand");
    drop(db);
    let output = bench.run(&words);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(report["ok"], false);
    assert!(!report["problems"].as_array().expect("problems").is_empty());
    let people = bench.run(&["check"]);
    assert_eq!(people.status.code(), Some(1));
    assert!(stderr(&people).starts_with("gloss: The check found"), "{}", stderr(&people));
}

#[test]
fn nothing_is_lost_when_a_file_dialog_looks_into_the_folder_of_an_open_project() {
    let (bench, document) = Bench::with_text();
    let open = Project::open(&bench.project(), Env::system()).expect("open, as in a window");
    let create = |name: &str| {
        let arguments = json!({ "name": name, "colour": "#0072B2" }).to_string();
        dispatch(&open, Units::Utf16, "tag_create", &arguments).expect("created");
    };
    create("before");
    // What the dialog does to show what a file is. The system then drops every lock of this process on it.
    for ending in ["", "-wal", "-shm"] {
        drop(std::fs::read(format!("{}{ending}", bench.project().display())).expect("read"));
    }
    bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--tag", "before"]);
    create("after");
    let names = || -> Vec<String> {
        let tags = bench.json(&["tags"]);
        tags.as_array().expect("a list").iter().map(|tag| tag["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names()[3..], ["before", "after"], "the other process sees what this one wrote");
    create("at last");
    drop(open);
    assert_eq!(names()[3..], ["before", "after", "at last"]);
    assert_eq!(bench.json(&["highlights"])[0]["tags"], json!(["before"]));
    assert_eq!(bench.json(&["check"])["ok"], true);
    assert!(!bench.path("project.gloss-wal").exists(), "the log is in the file when everybody is gone");
}
