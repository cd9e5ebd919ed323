//! Names that would steer a terminal are shown as escapes, wherever they are said.
#![cfg(unix)]

use crate::bench::{Bench, stderr};
use std::process::Output;

/// Names of files with characters that clear a screen, set a title, turn the order of letters, begin a line or are
/// deleted by a terminal.
const NAMES: [&str; 6] = [
    "\u{1b}[2Jcleared.txt",
    "\u{1b}]0;title\u{7}.txt",
    "invoice\u{202e}txt.exe.txt",
    "two\nlines\r.txt",
    "one \u{9b}31m byte\u{7f}\u{8}.txt",
    "\u{2066}отчёт\u{2069} \u{200f}보고서\u{feff}.txt",
];

#[track_caller]
fn harmless(output: &Output, words: &[&str]) -> String {
    let said = String::from_utf8(output.stdout.clone()).expect("UTF-8") + &stderr(output);
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    assert!(!said.contains(steers), "{words:?}: {said:?}");
    said
}

#[test]
fn no_message_steers_the_terminal_by_a_name() {
    for name in NAMES {
        let bench = Bench::empty();
        std::fs::create_dir(bench.path("folder")).expect("a folder");
        bench.file(&format!("folder/{name}"), b"");
        bench.file(&format!("folder/{name}.zip"), b"x");
        bench.file(name, b"");
        let copy = format!("{name}.gloss");
        bench.file(&copy, b"x");
        let lines: [&[&str]; 9] = [
            &["import", name],
            &["import", "folder"],
            &["import", "missing.txt", "--metadata", name],
            &["export", "--output", &format!("no/{name}")],
            &["copy", &copy],
            &["--project", &copy, "documents"],
            &["--project", &format!("{name}.none"), "documents"],
            &["highlights", "--tag", name],
            &["tag", "create", "x", "--key", name],
        ];
        for words in lines {
            let people = bench.run(words);
            assert_eq!(people.status.code(), Some(1), "{words:?}");
            let said = harmless(&people, words);
            assert!(said.lines().all(|line| line.starts_with("gloss: ")), "{words:?}: {said}");
            let program = bench.run(&[words, &["--json"]].concat());
            let said = harmless(&program, words);
            assert!(said.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{said}");
        }
        for words in [&[name][..], &["tags", name], &["export", "--format", name]] {
            let usage = bench.run(words);
            assert_eq!(usage.status.code(), Some(2), "{words:?}");
            harmless(&usage, words);
        }
    }
}

#[test]
fn a_name_is_shown_as_it_is_written() {
    let bench = Bench::empty();
    let said = stderr(&bench.run(&["import", "a\u{1b}[31mb\u{202e}\n한국 👨‍👩‍👧.txt"]));
    assert!(said.starts_with("gloss: “a\\u{1b}[31mb\\u{202e}\\n한국 👨‍👩‍👧.txt” does not exist."), "{said}");
    let json = stderr(&bench.run(&["import", "a\u{9b}b\u{202e}.txt", "--json"]));
    assert!(json.contains("a\\u009bb\\u202e.txt"), "{json}");
    let error: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(error["error"]["message"].as_str().is_some_and(|said| said.contains("a\u{9b}b\u{202e}.txt")));
}

#[test]
fn what_a_document_says_about_itself_steers_nothing_either() {
    let bench = Bench::empty();
    for (n, name) in NAMES.iter().enumerate() {
        let file = bench.file(&format!("{n}.txt"), b"A text.");
        bench.ok(&["import", &file, "--title", name, "--author", name]);
    }
    for words in [&["documents"][..], &["documents", "--csl"], &["documents", "--json"], &["history"], &["stats"]] {
        let output = bench.run(words);
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        harmless(&output, words);
    }
    for document in bench.json(&["documents"]).as_array().expect("a list") {
        let words = ["document", "cite", document["id"].as_str().expect("an id")];
        harmless(&bench.run(&words), &words);
    }
}
