//! Project files that cannot be used: each has its own code, and the file is left as it is.

use crate::bench::{Bench, bound, give, refusal};
use rusqlite::Connection;
use std::path::Path;

/// Runs some subcommands on a project that must be refused and left as it is; the code of the error.
#[track_caller]
fn refused(bench: &Bench) -> String {
    let before = std::fs::read(bench.project()).ok();
    let mut codes = Vec::new();
    for words in [&["documents", "--json"][..], &["import", "text.txt", "--json"], &["check", "--json"]] {
        codes.push(refusal(&bench.run(words), words).0);
    }
    codes.dedup();
    assert_eq!(std::fs::read(bench.project()).ok(), before, "the file was changed");
    assert_eq!(codes.len(), 1, "{codes:?}");
    codes.remove(0)
}

fn connection(path: &Path) -> Connection {
    Connection::open(path).expect("the file")
}

#[test]
fn what_is_no_project_is_told_apart() {
    let bench = Bench::new();
    bench.file("text.txt", b"A text.");
    bench.file("project.gloss", b"These are plain words and no database at all, however long they may be.");
    assert_eq!(refused(&bench), "project_not_sqlite");

    let other = Bench::new();
    other.file("text.txt", b"A text.");
    connection(&other.project()).execute_batch("CREATE TABLE shopping (item TEXT)").expect("another program's");
    assert_eq!(refused(&other), "project_not_ours");

    let (newer, _) = Bench::with_text();
    connection(&newer.project()).execute_batch("PRAGMA user_version = 99").expect("from the future");
    assert_eq!(refused(&newer), "project_newer");
}

#[test]
fn a_damaged_file_is_refused_or_found_by_the_check_and_never_a_crash() {
    let (bench, _) = Bench::with_text();
    bench.ok(&["compact"]);
    let whole = std::fs::read(bench.project()).expect("the file");
    std::fs::write(bench.project(), &whole[..whole.len() / 2]).expect("cut");
    assert_eq!(refused(&bench), "project_damaged");
    for place in (0..whole.len()).step_by(whole.len() / 40) {
        let mut flipped = whole.clone();
        for byte in flipped.iter_mut().skip(place).take(64) {
            *byte = !*byte;
        }
        std::fs::write(bench.project(), &flipped).expect("flipped");
        let _ = std::fs::remove_file(bench.path("project.gloss-wal"));
        let _ = std::fs::remove_file(bench.path("project.gloss-shm"));
        for words in [["documents"], ["highlights"], ["check"]] {
            let status = bench.run(&words).status.code();
            assert!(matches!(status, Some(0 | 1)), "{words:?} ended with {status:?} for bytes flipped at {place}");
        }
    }
}

#[test]
fn a_folder_is_no_project() {
    let bench = Bench::new();
    bench.file("text.txt", b"A text.");
    std::fs::create_dir(bench.project()).expect("a folder");
    let code = refused(&bench);
    assert!(code.starts_with("project_"), "{code}");
    assert!(bench.project().is_dir());
}

#[cfg(unix)]
#[test]
fn a_project_that_may_not_be_written_or_read_is_said() {
    let (bench, _) = Bench::with_text();
    give(bench.folder.path(), 0o755);
    let before = std::fs::read(bench.project()).expect("the file");
    let words = ["import", "text.txt", "--json"];
    give(&bench.project(), 0o444);
    assert_eq!(refusal(&bound(&bench, &words), &words).0, "project_read_only");
    give(&bench.project(), 0o000);
    assert_eq!(refusal(&bound(&bench, &words), &words).0, "project_unreadable");
    give(&bench.project(), 0o644);
    assert_eq!(std::fs::read(bench.project()).expect("the file"), before);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_gets_no_project() {
    let bench = Bench::new();
    give(bench.folder.path(), 0o555);
    let file = std::env::temp_dir().join(format!("gloss-read-only-{}.txt", std::process::id()));
    std::fs::write(&file, "A text.").expect("a file");
    let words = ["import", file.to_str().expect("plain"), "--json"];
    let code = refusal(&bound(&bench, &words), &words).0;
    std::fs::remove_file(&file).expect("removed");
    give(bench.folder.path(), 0o755);
    assert!(matches!(code.as_str(), "project_read_only" | "project_unreadable"), "{code}");
    assert!(!bench.project().exists());
}

#[test]
fn a_project_that_is_locked_is_said_when_patience_ends() {
    let (bench, document) = Bench::with_text();
    let db = connection(&bench.project());
    db.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let words = ["highlight", "--document", &document, "--quote", "rose", "--json"];
    assert_eq!(refusal(&bench.run(&words), &words).0, "project_locked");
    let reading = bench.run(&["documents"]);
    assert_eq!(reading.status.code(), Some(0), "reading waits for nobody");
    db.execute_batch("ROLLBACK").expect("let go");
    bench.ok(&words[..5]);
}
