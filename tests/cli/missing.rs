//! A project that does not exist: only an import makes it.

use crate::bench::{Bench, clean, refusal, replies, stderr};
use serde_json::{Value, json};

#[test]
fn a_mistyped_name_makes_nothing() {
    let bench = Bench::new();
    let lines: [&[&str]; 20] = [
        &["documents"],
        &["documents", "--csl"],
        &["document", "delete", "x"],
        &["text", "--document", "x"],
        &["versions", "--document", "x"],
        &["review"],
        &["highlight", "--document", "x", "--quote", "a"],
        &["highlights"],
        &["link", "--from", "x", "--to", "y", "--relation", "supports"],
        &["links"],
        &["tag", "create", "oil"],
        &["tags"],
        &["relation", "create", "cites", "--inverse", "cited by"],
        &["relations"],
        &["search", "oil"],
        &["stats"],
        &["export"],
        &["history"],
        &["undo"],
        &["copy", "copy.gloss"],
    ];
    for words in lines {
        assert_eq!(bench.refused(words), "project_missing", "{words:?}");
        assert_eq!(bench.names(), [""; 0], "{words:?}");
    }
    for words in [&["check"][..], &["compact"], &["redo"], &["batch"], &["batch", "--one-step", "Nothing"]] {
        let words = [words, &["--json"]].concat();
        let (code, message) = refusal(&bench.run(&words), &words);
        assert_eq!(code, "project_missing", "{words:?}");
        assert!(message.contains("project.gloss") && message.contains("import"), "{message}");
        assert_eq!(bench.names(), [""; 0], "{words:?}");
    }
}

#[test]
fn an_import_of_which_nothing_comes_makes_nothing() {
    let bench = Bench::new();
    bench.file("empty.txt", b"");
    std::fs::create_dir(bench.path("folder")).expect("a folder");
    std::fs::write(bench.path("folder/blank.txt"), " ").expect("a file");
    let before = bench.names();
    for (file, code) in [("empty.txt", "import_empty"), ("missing.txt", "import_missing"), ("folder", "import_empty")] {
        let words = ["import", file, "--json"];
        assert_eq!(refusal(&bench.run(&words), &words).0, code);
        assert_eq!(bench.names(), before, "{file}");
    }
    // A project that was there before stays, however empty it is.
    let bench = Bench::empty();
    let words = ["import", "missing.txt", "--json"];
    assert_eq!(refusal(&bench.run(&words), &words).0, "import_missing");
    assert_eq!(bench.names(), ["project.gloss"]);
}

#[test]
fn a_batch_makes_the_project_at_its_first_import() {
    let bench = Bench::new();
    let text = bench.file("text.txt", b"A text.");
    let lines = [json!(["tags"]), json!(["import", "missing.txt"]), json!(["import", text]), json!(["documents"])];
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let output = bench.fed(&["batch"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let replies = replies(&output);
    let codes: Vec<&Value> = replies.iter().map(|reply| &reply["error"]["code"]).collect();
    assert_eq!(json!(codes), json!(["project_missing", "import_missing", null, null]));
    assert_eq!(replies[3]["result"].as_array().map(Vec::len), Some(1));
}

#[test]
fn one_step_makes_the_project_when_it_begins_with_an_import() {
    let bench = Bench::new();
    let text = bench.file("text.txt", b"A text.");
    let step = |lines: &[Value]| {
        let input: String = lines.iter().map(|line| format!("\n{line}\n")).collect();
        bench.fed(&["batch", "--one-step", "Begun"], input.as_bytes())
    };
    let refused = step(&[json!(["tags"]), json!(["import", text])]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(replies(&refused)[0]["error"]["code"], "project_missing");
    assert!(!bench.project().exists());
    let undone = step(&[json!(["import", text]), json!(["text", "--document", "x"])]);
    assert_eq!(undone.status.code(), Some(1));
    assert!(!bench.project().exists(), "nothing came of it");
    let made = step(&[json!(["import", text]), json!(["tags"])]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    assert_eq!(bench.json(&["history"])[0]["label"], "Begun");
}

#[test]
fn a_library_that_nobody_has_begun_is_said_in_words_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in [&["search", "oil"][..], &["tag", "create", "oil"], &["export"]] {
        let mut command = clean(env!("CARGO_BIN_EXE_gloss"), folder.path());
        let output = command.args(words).arg("--json").output().expect("it runs");
        let (code, message) = refusal(&output, words);
        assert_eq!(code, "library_missing", "{words:?}");
        assert!(message.contains("Import a document"), "{message}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0, "{words:?}");
    }
}
