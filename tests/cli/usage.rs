//! The words themselves: help, wrong usage, and which project is meant.

use crate::bench::{Bench, TEXT, clean, stderr};

const SUBCOMMANDS: [&str; 24] = [
    "import",
    "documents",
    "document",
    "text",
    "versions",
    "review",
    "highlight",
    "highlights",
    "link",
    "links",
    "tag",
    "tags",
    "relation",
    "relations",
    "search",
    "stats",
    "export",
    "history",
    "undo",
    "redo",
    "batch",
    "check",
    "compact",
    "copy",
];

#[test]
fn help_names_every_subcommand_and_every_subcommand_has_help() {
    let bench = Bench::new();
    let help = bench.ok(&["--help"]);
    for subcommand in SUBCOMMANDS {
        assert!(
            help.lines().any(|line| line.trim_start().starts_with(&format!("{subcommand} "))),
            "{subcommand}: {help}"
        );
        let own = bench.ok(&[subcommand, "--help"]);
        assert!(own.contains("--project") && own.contains("--json"), "{subcommand}: {own}");
    }
    assert!(help.contains("GLOSS_PROJECT") && help.contains("Exit status"));
    assert_eq!(bench.ok(&["--version"]), format!("gloss {}\n", env!("CARGO_PKG_VERSION")));
    assert!(!bench.project().exists(), "help makes no project");
}

#[test]
fn wrong_usage_ends_with_2_and_makes_nothing() {
    let bench = Bench::new();
    let cases: [&[&str]; 16] = [
        &["fly"],
        &["import"],
        &["text"],
        &["highlight"],
        &["highlight", "--document", "x"],
        &["highlight", "--document", "x", "--start", "1"],
        &["highlight", "--document", "x", "--start", "-1", "--end", "2"],
        &["highlight", "--document", "x", "--quote", "a", "--start", "1", "--end", "2"],
        &["highlight", "--document", "x", "--start", "1", "--end", "2", "--occurrence", "1"],
        &["link", "--from", "x"],
        &["export", "--format", "pdf"],
        &["export", "--group-by", "colour"],
        &["import", "a.txt", "--version-of", "x", "--title", "T"],
        &["search"],
        &["tags", "extra"],
        &["project.gloss", "tags"],
    ];
    for words in cases {
        let output = bench.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{words:?}");
    }
    assert!(!bench.project().exists());
}

#[test]
fn the_option_wins_over_the_environment_and_may_stand_anywhere() {
    let (bench, document) = Bench::with_text();
    let empty = Bench::empty();
    let other = empty.project();
    let other = other.to_str().expect("plain");
    for words in [&["documents", "--json", "--project", other][..], &["--project", other, "--json", "documents"]] {
        assert_eq!(bench.ok(words), "[]\n", "{words:?}");
    }
    assert!(bench.ok(&["documents"]).contains(&document));
}

#[test]
fn without_a_name_it_is_the_library_in_the_data_folder_and_has_no_sample() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| {
        clean(env!("CARGO_BIN_EXE_gloss"), folder.path())
            .args(words)
            .env("GLOSS_PROJECT", "")
            .output()
            .expect("it runs")
    };
    let text = folder.path().join("text.txt");
    std::fs::write(&text, TEXT).expect("a text");
    let output = run(&["documents", "--json"]);
    assert_eq!(crate::bench::refusal(&output, &["documents"]).0, "library_missing");
    assert!(!folder.path().join("data").exists(), "nothing is made");
    assert_eq!(run(&["import", text.to_str().expect("plain")]).status.code(), Some(0));
    assert!(folder.path().join("data/org.gloss.desktop/library.gloss").exists());
    assert_eq!(String::from_utf8_lossy(&run(&["documents"]).stdout).lines().count(), 1);
}

#[test]
fn without_a_screen_the_window_says_so_and_the_project_is_not_made() {
    let bench = Bench::new();
    let output = bench.run(&[]);
    if cfg!(target_os = "linux") {
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("screen"), "{}", stderr(&output));
        assert!(!bench.project().exists());
    }
}
