//! Copies of a project: for a person, and aside before a migration.

mod desk;

use desk::Desk;
use gloss_core::env::Env;
use gloss_core::error::{Error, ErrorCode};
use gloss_core::project::Project;
use serde_json::json;
use std::path::{Path, PathBuf};

const OLD: &[u8] = include_bytes!("../fixtures/projects/version-1.gloss");

/// File names that other programs and other systems make: no text, a letter beyond ASCII, signs of an address, blanks.
fn names() -> Vec<std::ffi::OsString> {
    let mut names: Vec<std::ffi::OsString> =
        ["Архив 조선.gloss", "file:copy.gloss", "a b?mode=memory#x%41&'\".gloss", "no ending", "👩‍👩‍👧.gloss"]
            .map(Into::into)
            .to_vec();
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        names.push(std::ffi::OsString::from_vec(b"caf\xe9.gloss".to_vec()));
        names.push(std::ffi::OsString::from_vec(b"\xff\xfe?.gloss".to_vec()));
    }
    names
}

fn desk() -> (Desk, String) {
    let desk = Desk::new();
    let document = desk.paste("Something to keep. Лёд тронулся. 얼었다.");
    desk.mark(&document, "to keep", &["economic"]);
    desk.mark(&document, "얼었다", &[]);
    (desk, document)
}

fn names_in(folder: &Path) -> Vec<std::ffi::OsString> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    names
}

/// The rows of a project that a person made.
fn dump(path: &Path) -> String {
    let project = Project::open(path, Env::system()).expect("opens");
    let desk =
        Desk { folder: tempfile::tempdir().expect("a folder"), project, units: gloss_core::api::Units::CodePoints };
    assert_eq!(desk.run("project_check", json!({}))["ok"], json!(true));
    desk.dump()
}

#[test]
fn a_copy_is_whole_under_any_name() {
    let (desk, _) = desk();
    for name in names() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join(&name);
        desk.project.copy_to(&target).expect("copied");
        assert_eq!(names_in(folder.path()), std::slice::from_ref(&name), "the copy is one file");
        assert_eq!(dump(&target), desk.dump(), "{}", name.display());
    }
}

#[test]
fn the_copy_before_a_migration_is_whole_under_any_name() {
    for name in names() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(&name);
        std::fs::write(&path, OLD).expect("written");
        drop(Project::open(&path, Env::system()).expect("migrated"));
        let aside = path.with_extension("v1.gloss");
        let mut expected = vec![name.clone(), aside.file_name().expect("a name").to_owned()];
        expected.sort();
        assert_eq!(names_in(folder.path()), expected);
        let bytes = std::fs::read(&aside).expect("the copy");
        assert_eq!(bytes[60..64], 1_u32.to_be_bytes());
        assert_eq!(dump(&aside), dump(&path), "{}: the copy is opened as what it was", name.display());
    }
}

#[test]
fn the_copy_before_a_migration_overwrites_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.gloss");
    let kept: [(PathBuf, &[u8]); 2] =
        [(folder.path().join("desk.v1.gloss"), b"of a person"), (folder.path().join("desk.v1-2.gloss"), b"")];
    for (path, bytes) in &kept {
        std::fs::write(path, bytes).expect("written");
    }
    for number in [3, 4] {
        std::fs::write(&path, OLD).expect("written");
        drop(Project::open(&path, Env::system()).expect("migrated"));
        let copy = std::fs::read(folder.path().join(format!("desk.v1-{number}.gloss"))).expect("the next free name");
        assert_eq!(copy[60..64], 1_u32.to_be_bytes());
    }
    for (path, bytes) in &kept {
        assert_eq!(std::fs::read(path).expect("kept"), *bytes, "{}", path.display());
    }
}

/// Also what is not in the file yet is copied, and what was deleted is not.
#[test]
fn a_copy_holds_what_the_log_holds_and_nothing_that_was_removed() {
    let (desk, document) = desk();
    let gone = desk.paste("A secret that was removed, XYLOPHONE.");
    desk.mark(&document, "Лёд", &["military"]);
    desk.run("document_delete", json!({ "document": gone }));
    for _ in 0..8 {
        desk.paste(&format!("Another text {}", "with words ".repeat(300)));
    }
    let target = desk.folder.path().join("copy.gloss");
    desk.project.copy_to(&target).expect("copied");
    assert_eq!(dump(&target), desk.dump());
    let free = rusqlite::Connection::open(&target)
        .and_then(|db| db.query_row("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0)))
        .expect("a number");
    assert_eq!(free, 0, "no room that something else was in");
}

#[test]
fn a_copy_that_fails_leaves_what_was_there() {
    let (desk, _) = desk();
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("copy.gloss");
    std::fs::write(&target, "an older copy").expect("written");
    // The pages of the project do not fit together: a copy would not either.
    let path = desk.path();
    let Desk { folder: _kept, project, units } = desk;
    drop(project);
    let mut bytes = std::fs::read(&path).expect("read");
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let db = rusqlite::Connection::open(&path).expect("opens");
    let root: u32 =
        db.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'anchor'", [], |row| row.get(0)).expect("a page");
    let root = root as usize;
    drop(db);
    bytes[(root - 1) * size + 8..(root - 1) * size + 40].fill(0xff);
    std::fs::write(&path, bytes).expect("damaged");
    let damaged = Project::open(&path, Env::system()).expect("opens, since its schema is whole");
    let error = damaged.copy_to(&target).expect_err("refused");
    assert!(matches!(error.code(), ErrorCode::ProjectDamaged | ErrorCode::ExportFailed), "{error}");
    assert_eq!(std::fs::read(&target).expect("kept"), b"an older copy");
    assert_eq!(names_in(folder.path()), ["copy.gloss"]);
    let _ = units;
    // Neither is an old project migrated that cannot be copied aside first.
    let old = folder.path().join("old.gloss");
    let mut bytes = OLD.to_vec();
    let at = bytes.len() - 20_000;
    bytes[at..at + 2_000].fill(0xff);
    std::fs::write(&old, &bytes).expect("written");
    match Project::open(&old, Env::system()) {
        Err(Error::ProjectDamaged { .. } | Error::ProjectUnreadable { .. }) => {}
        other => panic!("{other:?}"),
    }
    assert!(std::fs::read(&old).expect("kept") == bytes, "the old project is what it was");
    assert_eq!(names_in(folder.path()), ["copy.gloss", "old.gloss"]);
}
