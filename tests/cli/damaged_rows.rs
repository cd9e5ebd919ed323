//! A project in which single values are damaged: the command line gives the others, and says which they are.

use crate::bench::{Bench, stderr};
use rusqlite::Connection;

/// A project with three highlights, of which one note is no text; its id.
fn damaged(sql: &str) -> Bench {
    let (bench, document) = Bench::with_text();
    for (quote, note) in [("Oil and gas", "Kept."), ("treaties", "Damaged."), ("улучшились", "")] {
        bench.ok(&["highlight", "--document", &document, "--quote", quote, "--note", note, "--tag", "economic"]);
    }
    let db = Connection::open(bench.project()).expect("opens");
    db.execute_batch("PRAGMA foreign_keys = OFF").expect("a setting");
    db.execute_batch(sql).expect("damaged");
    bench
}

/// Notes that are no text, a row whose id is none, a tag below itself, a change of rubbish.
const SQL: &str = "UPDATE highlight SET note = CAST(x'4261ff64' AS TEXT) WHERE note = 'Damaged.'; \
    INSERT INTO highlight SELECT x'0102', document, 'Stray.', 1, 1 FROM highlight WHERE note = 'Kept.'; \
    UPDATE tag SET parent = id WHERE name = 'military'; UPDATE change SET changeset = x'0102' WHERE seq = 1;";

#[test]
fn everything_else_is_listed_and_exported_and_the_damage_is_said() {
    let bench = damaged(SQL);
    for words in [["documents"], ["highlights"], ["tags"], ["links"], ["stats"], ["history"], ["relations"]] {
        bench.ok(&words);
    }
    assert_eq!(bench.json(&["highlights"]).as_array().map(Vec::len), Some(3));
    assert!(bench.ok(&["search", "gas"]).contains("Oil and gas"));
    let exported = bench.run(&["export"]);
    assert_eq!(exported.status.code(), Some(0));
    let text = String::from_utf8(exported.stdout.clone()).expect("text");
    assert!(text.contains("Kept.") && text.contains("Ba\u{fffd}d") && !text.contains("Stray."), "{text}");
    let said = stderr(&exported);
    assert!(said.contains("warning: The note of the highlight "), "{said}");
    assert!(said.contains("warning: The highlight “0102” is no id"), "{said}");
    let path = bench.path("notes.md");
    let saved = bench.run(&["export", "--output", path.to_str().expect("a plain name")]);
    assert_eq!(std::fs::read_to_string(&path).expect("written"), text);
    assert!(stderr(&saved).contains("warning: The note of the highlight "));
}

#[test]
fn a_check_names_each_damage_and_fails() {
    let bench = damaged(SQL);
    let checked = bench.run(&["check"]);
    assert_eq!(checked.status.code(), Some(1));
    let said = String::from_utf8_lossy(&checked.stdout).into_owned() + &stderr(&checked);
    for what in
        ["The note of the highlight ", "“0102” is no id", "“military” stands below itself", "cannot be taken back"]
    {
        assert!(said.contains(what), "{what}: {said}");
    }
    let whole = damaged("SELECT 1");
    assert_eq!(whole.run(&["check"]).status.code(), Some(0));
    assert_eq!(stderr(&whole.run(&["export"])), "");
}

/// A name that is no text on a system where names are bytes.
#[cfg(unix)]
#[test]
fn a_copy_under_a_name_of_bytes_is_whole() {
    use std::os::unix::ffi::OsStrExt;
    let bench = damaged("SELECT 1");
    for name in [&b"caf\xe9.gloss"[..], b"\xff\xfe", "копия 조선.gloss".as_bytes()] {
        let target = bench.folder.path().join(std::ffi::OsStr::from_bytes(name));
        let copied = bench.command(&["copy"]).arg(&target).output().expect("runs");
        assert_eq!(copied.status.code(), Some(0), "{}", stderr(&copied));
        let db = Connection::open(&target).expect("opens");
        let highlights: i64 = db.query_row("SELECT count(*) FROM highlight", [], |row| row.get(0)).expect("a number");
        assert_eq!(highlights, 3);
    }
}

/// The statements in a file's names are not run, whatever is asked of it.
#[test]
fn a_project_with_statements_in_its_names_is_refused_and_nothing_is_made() {
    for bytes in [
        &include_bytes!("../fixtures/projects/version-1.gloss")[..],
        include_bytes!("../fixtures/projects/version-2.gloss"),
    ] {
        let bench = Bench::new();
        std::fs::write(bench.project(), bytes).expect("written");
        let canary = bench.path("canary");
        let db = Connection::open(bench.project()).expect("opens");
        db.execute_batch(&format!(
            "CREATE TRIGGER \"x; ATTACH '{0}' AS c; CREATE TABLE c.t (a); DELETE FROM tag; VACUUM INTO '{0}2'; --\" \
             AFTER INSERT ON link BEGIN SELECT 1; END",
            canary.display()
        ))
        .expect("tampered");
        drop(db);
        let before = std::fs::read(bench.project()).expect("read");
        for words in [&["documents", "--json"][..], &["check", "--json"], &["export", "--json"], &["undo", "--json"]] {
            assert_eq!(crate::bench::refusal(&bench.run(words), words).0, "project_damaged");
        }
        assert!(std::fs::read(bench.project()).expect("read") == before);
        let names = std::fs::read_dir(bench.folder.path()).expect("a folder").flatten();
        let made: Vec<_> = names.map(|entry| entry.file_name()).filter(|name| name != "project.gloss").collect();
        assert!(!made.iter().any(|name| name.to_string_lossy().contains("canary")), "{made:?}");
        assert!(!made.iter().any(|name| name.to_string_lossy().contains("project.gloss")), "{made:?}");
    }
}
