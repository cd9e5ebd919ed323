//! Projects that older versions of the program wrote, opened by today's.

mod desk;

use desk::Desk;
use gloss_core::api::Units;
use gloss_core::env::Env;
use gloss_core::project::Project;
use gloss_core::schema;
use rusqlite::Connection;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The same project as each version wrote it: three documents, one of which was removed, and a change taken back.
const WRITTEN: [(i64, &[u8]); 2] = [
    (1, include_bytes!("../fixtures/projects/version-1.gloss")),
    (2, include_bytes!("../fixtures/projects/version-2.gloss")),
];

fn folder_with(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("desk.gloss");
    std::fs::write(&path, bytes).expect("written");
    (folder, path)
}

fn desk_of(bytes: &[u8]) -> Desk {
    let (folder, path) = folder_with(bytes);
    let project = Project::open(&path, Env::system()).expect("migrated");
    Desk { folder, project, units: Units::CodePoints }
}

fn number(path: &Path, sql: &str) -> i64 {
    Connection::open(path).expect("opens").query_row(sql, [], |row| row.get(0)).expect("a number")
}

/// The columns of every table: name, type, whether it may be null, default.
fn columns(path: &Path) -> Vec<(String, String, bool, Option<String>)> {
    let db = Connection::open(path).expect("opens");
    let sql = "SELECT m.name || '.' || c.name, c.type, c.\"notnull\", c.dflt_value \
         FROM sqlite_schema m, pragma_table_xinfo(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE 'passage_words%' ORDER BY m.name, c.cid";
    let mut statement = db.prepare(sql).expect("prepared");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    rows.expect("rows").collect::<rusqlite::Result<_>>().expect("columns")
}

#[test]
fn an_old_project_is_copied_aside_and_becomes_what_a_fresh_one_is() {
    for (version, bytes) in WRITTEN {
        let (folder, path) = folder_with(bytes);
        drop(Project::open(&path, Env::system()).expect("migrated"));
        let fresh = folder.path().join("fresh.gloss");
        drop(Project::create(&fresh, Env::system()).expect("created"));
        let objects = |path: &Path| schema::objects(&Connection::open(path).expect("opens")).expect("objects");
        assert_eq!(objects(&path), objects(&fresh), "from version {version}");
        assert_eq!(columns(&path), columns(&fresh), "from version {version}");
        assert_eq!(number(&path, "PRAGMA user_version"), schema::VERSION);
        let kept = folder.path().join(format!("desk.v{version}.gloss"));
        assert_eq!(number(&kept, "PRAGMA user_version"), version);
        assert_eq!(number(&kept, "SELECT count(*) FROM change"), 12, "the copy holds the project as it was");
    }
}

#[test]
fn a_version_of_an_old_document_says_nothing_about_a_web_page() {
    for (_, bytes) in WRITTEN {
        let (_folder, path) = folder_with(bytes);
        drop(Project::open(&path, Env::system()).expect("migrated"));
        assert_eq!(number(&path, "SELECT count(*) FROM version WHERE whole_page = 0 AND page_words = 0"), 2);
    }
}

/// Words may be folded in another way than when the project was last open, so that an index of then would miss them.
#[test]
fn everything_is_indexed_anew_after_a_migration() {
    for (version, bytes) in WRITTEN {
        let (folder, path) = folder_with(bytes);
        let db = Connection::open(&path).expect("opens");
        db.execute_batch("DELETE FROM passage_words; DELETE FROM passage; DELETE FROM stale").expect("another index");
        drop(db);
        let project = Project::open(&path, Env::system()).expect("migrated");
        let desk = Desk { folder, project, units: Units::CodePoints };
        for (query, documents) in [("얼었다", 1), ("тронулся", 1), ("weeks", 1), ("author:roe ice", 1), ("goes", 0)]
        {
            let found = desk.run("search", json!({ "query": query }));
            assert_eq!(found["groups"].as_array().map(Vec::len), Some(documents), "{query} from version {version}");
        }
        assert_eq!(number(&path, "SELECT count(*) FROM stale"), 0);
    }
}

#[test]
fn the_whole_history_of_an_old_project_is_taken_back_and_made_again() {
    for (version, bytes) in WRITTEN {
        let desk = desk_of(bytes);
        let start = desk.dump();
        assert_eq!(desk.run("project_check", json!({}))["ok"], json!(true), "from version {version}");
        let steps = desk.run("history_list", json!({})).as_array().map_or(0, Vec::len);
        let standing = steps - 1;
        for _ in 0..standing {
            desk.run("undo", json!({}));
        }
        assert_eq!(desk.run("document_list", json!({})), json!([]), "from version {version}");
        for _ in 0..standing {
            desk.run("redo", json!({}));
        }
        assert_eq!(desk.dump(), start, "from version {version}");
        assert_eq!(desk.run("project_check", json!({}))["ok"], json!(true), "from version {version}");
    }
}

#[test]
fn a_migrated_project_is_opened_again_without_another_copy() {
    for (_, bytes) in WRITTEN {
        let desk = desk_of(bytes);
        let before = desk.dump();
        let desk = desk.restarted();
        assert_eq!(desk.dump(), before);
        let copies = std::fs::read_dir(desk.folder.path()).expect("a folder").flatten();
        let copies = copies.filter(|entry| entry.file_name().to_string_lossy().contains(".v")).count();
        assert_eq!(copies, 1);
    }
}
