//! Project files that somebody has tampered with: nothing in them runs, and they are left as they are.

use gloss_core::env::Env;
use gloss_core::error::{Error, ErrorCode};
use gloss_core::project::Project;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An empty project of today, and small ones as older versions wrote them.
fn projects() -> Vec<(&'static str, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("today.gloss");
    drop(Project::create(&path, Env::system()).expect("created"));
    vec![
        ("version 1", include_bytes!("../fixtures/projects/version-1.gloss").to_vec()),
        ("version 2", include_bytes!("../fixtures/projects/version-2.gloss").to_vec()),
        ("today", std::fs::read(&path).expect("read")),
    ]
}

/// The ways to tamper with a schema. `CANARY` stands for a path that no file may appear at.
fn tamperings() -> Vec<(&'static str, String)> {
    // Written into the schema by hand, so that it is not evaluated while it is made.
    let rewritten = |name: &str, sql: &str| {
        format!(
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = {sql} WHERE name = '{name}'; \
             PRAGMA writable_schema = RESET;"
        )
    };
    let slow = "length(replace(replace(hex(zeroblob(30000000)), ''0'', ''00''), ''0'', ''00''))";
    vec![
        (
            "a trigger with statements in its name",
            "CREATE TRIGGER \"x; ATTACH 'CANARY' AS c; CREATE TABLE c.t (a); DELETE FROM tag; VACUUM INTO 'CANARY2'; --\" \
             AFTER INSERT ON link BEGIN SELECT 1; END"
                .into(),
        ),
        (
            "an index with statements in its name",
            "CREATE INDEX \"x; DELETE FROM tag; VACUUM INTO 'CANARY'; --\" ON tag (name)".into(),
        ),
        (
            "a trigger that deletes",
            "CREATE TRIGGER sly AFTER UPDATE ON document BEGIN DELETE FROM highlight; END".into(),
        ),
        (
            "a trigger of ours that does more",
            "DROP TRIGGER document_changed; CREATE TRIGGER document_changed AFTER UPDATE OF title, author, publisher \
             ON document BEGIN DELETE FROM tag; END"
                .into(),
        ),
        ("a view", "CREATE VIEW sly AS SELECT id, load_extension('CANARY') FROM document".into()),
        (
            "a view in the place of a table",
            "DROP TABLE stale; CREATE VIEW stale AS SELECT 'title' AS kind, id FROM document; CREATE TRIGGER stale_sly \
             INSTEAD OF DELETE ON stale BEGIN DELETE FROM tag; END"
                .into(),
        ),
        (
            "an index on an expression that takes for ever",
            "CREATE INDEX sly ON document (title);".to_owned()
                + &rewritten("sly", &format!("'CREATE INDEX sly ON document ({slow})'")),
        ),
        (
            "an index of ours on an expression",
            rewritten("version_by_document", &format!("'CREATE INDEX version_by_document ON version ({slow})'")),
        ),
        ("a partial index", "CREATE INDEX sly ON tag (name) WHERE length(name) > 3".into()),
        ("a generated column", "ALTER TABLE tag ADD COLUMN sly TEXT AS (upper(name)) VIRTUAL".into()),
        ("a column with a default", "ALTER TABLE tag ADD COLUMN sly TEXT NOT NULL DEFAULT ''".into()),
        (
            "a table of ours with a check",
            rewritten("stale", &format!("replace(sql, 'id BLOB NOT NULL', 'id BLOB NOT NULL CHECK ({slow})')")),
        ),
        (
            "a comment that ends the text of a table early",
            rewritten("highlight_tag", "replace(sql, ', WITHOUT ROWID', ' --' || char(0) || char(10) || ', WITHOUT ROWID')"),
        ),
        (
            "a blank that is a letter to SQLite",
            rewritten("tag_by_parent", "'CREATE INDEX tag_by_parent ON' || char(0x3000) || 'tag (parent)'"),
        ),
        ("a text that is no text", rewritten("tag_by_parent", "CAST(x'ff4352454154' AS TEXT)")),
        ("a virtual table", "CREATE VIRTUAL TABLE sly USING fts5 (a)".into()),
        ("another virtual table", "CREATE VIRTUAL TABLE sly USING rtree (id, a, b)".into()),
        ("one table less", "DROP TABLE highlight_tag".into()),
        ("one trigger less", "DROP TRIGGER document_added".into()),
        ("an object of another kind", rewritten("tag_by_parent", "sql").replace("SET sql", "SET type = 'trigger', sql")),
        ("a version that never was", "PRAGMA user_version = 0".into()),
        ("a negative version", "PRAGMA user_version = -1".into()),
        ("another version's number", "PRAGMA user_version = 2; CREATE TABLE sly (a)".into()),
    ]
}

/// Every file of a folder with its bytes. The index of a log is left out where it stood beside the log before: SQLite
/// makes it anew whenever it likes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).unwrap_or_default();
        let bytes = if path.to_string_lossy().ends_with("-shm") { Vec::new() } else { bytes };
        (path, bytes)
    };
    entries.map(read).collect()
}

/// The code with which a project is refused; nothing in its folder may change.
#[track_caller]
fn refused(path: &Path, what: &str) -> ErrorCode {
    let folder = path.parent().expect("a folder");
    let before = files(folder);
    let refused = Project::open(path, Env::system());
    let after = files(folder);
    assert!(before.keys().eq(after.keys()), "{what}: {:?} became {:?}", before.keys(), after.keys());
    for (path, bytes) in before {
        assert!(after[&path] == bytes, "{what}: {} was changed", path.display());
    }
    match refused {
        Ok(_) => panic!("{what}: was opened"),
        Err(error) => error.code(),
    }
}

fn tampered(path: &Path, bytes: &[u8], sql: &str) -> Connection {
    std::fs::write(path, bytes).expect("written");
    let db = Connection::open(path).expect("opens");
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).expect("a setting");
    let sql = sql.replace("CANARY", path.with_extension("canary").to_str().expect("a plain name"));
    db.execute_batch(&sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    db
}

#[test]
fn a_file_with_a_foreign_schema_is_refused_and_left_as_it_is() {
    for (version, bytes) in projects() {
        for (what, sql) in tamperings() {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("sent.gloss");
            drop(tampered(&path, &bytes, &sql));
            let code = refused(&path, &format!("{version}, {what}"));
            assert_eq!(code, ErrorCode::ProjectDamaged, "{version}, {what}");
        }
    }
}

/// The tampering stands in the log only: with its index, without it, and while its maker has it open.
#[test]
fn a_foreign_schema_in_a_log_is_refused_and_left_as_it_is() {
    let beside = |path: &Path, ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    for (version, bytes) in projects() {
        for (what, sql) in tamperings().into_iter().step_by(3) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("sent.gloss");
            let open = tampered(&path, &bytes, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;");
            let main = std::fs::read(&path).expect("read");
            open.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).expect("a setting");
            open.execute_batch(&sql).expect("tampered");
            assert_eq!(std::fs::read(&path).expect("read"), main, "the log alone has it");
            assert_eq!(refused(&path, &format!("{version}, {what}, open")), ErrorCode::ProjectDamaged);
            for endings in [&["", "-wal"][..], &["", "-wal", "-shm"]] {
                let other = tempfile::tempdir().expect("a folder");
                let copy = other.path().join("sent.gloss");
                for ending in endings {
                    std::fs::copy(beside(&path, ending), beside(&copy, ending)).expect("copied");
                }
                assert_eq!(refused(&copy, &format!("{version}, {what}, {endings:?}")), ErrorCode::ProjectDamaged);
            }
        }
    }
}

#[test]
fn a_log_that_is_rubbish_does_not_change_a_foreign_file() {
    for (version, bytes) in projects() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sent.gloss");
        drop(tampered(&path, &bytes, "CREATE TABLE sly (a)"));
        std::fs::write(folder.path().join("sent.gloss-wal"), [0x37; 5_000]).expect("written");
        assert_eq!(refused(&path, version), ErrorCode::ProjectDamaged);
    }
}

/// The last commits may stand in the log alone, as after a crash or in a copy that took both files.
#[test]
fn commits_that_stand_in_the_log_alone_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("crashed.gloss");
    drop(tampered(&path, &projects()[1].1, "PRAGMA journal_mode = WAL"));
    let project = Project::open(&path, Env::system()).expect("migrated");
    let main = std::fs::read(&path).expect("read");
    assert_eq!(main[60..64], 2_u32.to_be_bytes(), "the migration stands in the log alone");
    for endings in [&["", "-wal"][..], &["", "-wal", "-shm"]] {
        let other = tempfile::tempdir().expect("a folder");
        for ending in endings {
            let name = format!("crashed.gloss{ending}");
            std::fs::copy(folder.path().join(&name), other.path().join(&name)).expect("copied");
        }
        let copy = other.path().join("crashed.gloss");
        let again = Project::open(&copy, Env::system()).expect("opens");
        let documents = gloss_core::api::dispatch(&again, gloss_core::api::Units::CodePoints, "document_list", "{}");
        assert!(documents.expect("listed").json.contains("겨울 보고"));
        assert!(!other.path().join("crashed.v2.gloss").exists(), "it is not migrated again");
    }
    drop(project);
}

/// A database with more than a schema can hold: thousands of objects, and one as long as a book.
#[test]
fn a_schema_beyond_all_bounds_is_refused() {
    let many: String = (0..3_000).map(|n| format!("CREATE TABLE t{n} (a);")).collect();
    let long = format!("CREATE TABLE long (a /* {} */)", "x".repeat(1_000_000));
    for (version, bytes) in projects() {
        for sql in [&many, &long] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("sent.gloss");
            drop(tampered(&path, &bytes, &format!("BEGIN; {sql}; COMMIT")));
            assert_eq!(refused(&path, version), ErrorCode::ProjectDamaged);
        }
    }
}

/// Many threads of one process, and what they do to each other's locks, change nothing about recognising a project.
#[test]
fn a_project_that_is_written_meanwhile_is_recognised() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("busy.gloss");
    let project = Project::create(&path, Env::system()).expect("created");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                number += 1;
                let text = serde_json::json!({ "text": format!("Text {number}. ").repeat(200) }).to_string();
                let pasted =
                    gloss_core::api::dispatch(&project, gloss_core::api::Units::CodePoints, "document_paste", &text);
                pasted.expect("pasted");
                if number % 5 == 0 {
                    gloss_core::upkeep::upkeep(&project).expect("looked after");
                }
            }
        });
        for _ in 0..40 {
            let opened = Project::open(&path, Env::system());
            if let Err(error) = opened {
                stop.store(true, std::sync::atomic::Ordering::Relaxed);
                panic!("{error}");
            }
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

/// An undo applies what the file says, but only to what people make.
#[test]
fn an_undo_touches_no_other_table_than_those_of_a_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sent.gloss");
    let project = Project::create(&path, Env::system()).expect("created");
    let paste = serde_json::json!({ "text": "A text that stays." }).to_string();
    gloss_core::api::dispatch(&project, gloss_core::api::Units::CodePoints, "document_paste", &paste).expect("pasted");
    drop(project);
    let db = Connection::open(&path).expect("opens");
    // A changeset that says a text was added: to take it back would delete the text.
    let mut session = rusqlite::session::Session::new(&db).expect("a session");
    session.attach(Some("text")).expect("attached");
    db.execute("INSERT INTO text (hash, length, words, body) SELECT x'00', length, words, body FROM text", [])
        .expect("added");
    let mut changeset = Vec::new();
    session.changeset_strm(&mut changeset).expect("a changeset");
    drop(session);
    db.execute("UPDATE change SET changeset = ?1", [changeset]).expect("tampered");
    drop(db);
    let project = Project::open(&path, Env::system()).expect("opens");
    let undone = gloss_core::api::dispatch(&project, gloss_core::api::Units::CodePoints, "undo", "{}");
    assert!(matches!(undone, Err(Error::UndoConflict { .. })));
    drop(project);
    let db = Connection::open(&path).expect("opens");
    let texts: i64 = db.query_row("SELECT count(*) FROM text", [], |row| row.get(0)).expect("a number");
    assert_eq!(texts, 2);
}
