//! Forbids an open project everything that the program never asks of SQLite.
//!
//! The schema of the file was compared with ours, so nothing in it should ask for anything else. This is the second wall:
//! whatever SQL runs on a connection to a project, it can neither reach another file nor change the schema nor load code.
//! Deliberately absent: a way to lift it. What a migration and a compaction need is either done before, or allowed here.

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

/// Pragmas that the program asks for after a project was opened, and SQLite's own modules with it. The others are denied.
const READING: [&str; 9] = [
    "data_version",
    "foreign_key_check",
    "integrity_check",
    "page_count",
    "page_size",
    "table_info",
    "table_xinfo",
    "user_version",
    "wal_checkpoint",
];

/// Forbids it on a connection, until that is closed.
pub(crate) fn guard(db: &mut Connection) -> rusqlite::Result<()> {
    db.authorizer(Some(
        |asked: AuthContext<'_>| if allowed(&asked) { Authorization::Allow } else { Authorization::Deny },
    ))
}

fn allowed(asked: &AuthContext<'_>) -> bool {
    use AuthAction as Asked;
    match asked.action {
        // A compaction builds the file anew in a temporary one, which has no name. No other file can be reached.
        Asked::Attach { filename } => filename.is_empty(),
        Asked::Detach { .. } | Asked::Unknown { .. } => false,
        Asked::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        Asked::Pragma { pragma_name, pragma_value } => pragma(pragma_name, pragma_value),
        Asked::AlterTable { .. } => false,
        Asked::CreateIndex { .. }
        | Asked::CreateTable { .. }
        | Asked::CreateTrigger { .. }
        | Asked::CreateView { .. }
        | Asked::CreateVtable { .. }
        | Asked::DropIndex { .. }
        | Asked::DropTable { .. }
        | Asked::DropTrigger { .. }
        | Asked::DropView { .. }
        | Asked::DropVtable { .. }
        | Asked::Analyze { .. }
        | Asked::Reindex { .. } => asked.database_name != Some("main"),
        _ => true,
    }
}

fn pragma(name: &str, value: Option<&str>) -> bool {
    let named = |other: &str| name.eq_ignore_ascii_case(other);
    match value {
        None => READING.iter().any(|reading| named(reading)),
        // An undo checks references when it is whole.
        Some(_) if named("defer_foreign_keys") => true,
        // An argument that is not a new value: a mode, a number of findings, a table.
        Some(_) => ["wal_checkpoint", "integrity_check", "foreign_key_check", "table_info", "table_xinfo"]
            .iter()
            .any(|other| named(other)),
    }
}

#[cfg(test)]
mod tests {
    use crate::schema;
    use rusqlite::limits::Limit;

    #[test]
    fn an_open_project_is_forbidden_what_the_program_never_asks() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("desk.gloss");
        drop(schema::create(&path, |_| Ok(())).expect("created"));
        let other = folder.path().join("other.db");
        let other = other.display();
        let writer = schema::open(&path).expect("opened");
        let reader = schema::open_reader(&path).expect("opened");
        for db in [&writer, &reader] {
            // Also where another limit would let it pass.
            db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 5).expect("a limit");
            for sql in [
                &format!("ATTACH '{other}' AS other"),
                &format!("ATTACH 'file:{other}?mode=rwc' AS other"),
                &format!("VACUUM INTO '{other}'"),
                "ATTACH ':memory:' AS other",
                "DETACH main",
                "SELECT load_extension('libc.so.6')",
                "CREATE TRIGGER sly AFTER INSERT ON link BEGIN DELETE FROM highlight; END",
                "CREATE TABLE sly (a)",
                "CREATE INDEX sly ON tag (name)",
                "CREATE VIEW sly AS SELECT 1",
                "CREATE VIRTUAL TABLE sly USING fts5(a)",
                "ALTER TABLE tag ADD COLUMN sly TEXT",
                "ALTER TABLE tag RENAME TO sly",
                "DROP TABLE stale",
                "DROP INDEX tag_by_parent",
                "DROP TRIGGER document_added",
                "DROP TABLE passage_words",
                "REINDEX",
                "ANALYZE",
                "PRAGMA writable_schema = ON",
                "PRAGMA journal_mode = DELETE",
                "PRAGMA synchronous = OFF",
                "PRAGMA user_version = 1",
                "PRAGMA query_only = OFF",
                "PRAGMA foreign_keys = OFF",
                "PRAGMA trusted_schema = ON",
                "PRAGMA temp_store_directory = '/tmp'",
                "PRAGMA schema_version = 1",
                "PRAGMA incremental_vacuum",
                "PRAGMA optimize",
            ] {
                assert!(db.execute_batch(sql).is_err(), "{sql}");
            }
        }
        assert!(!folder.path().join("other.db").exists());
        writer.execute_batch("VACUUM").expect("a compaction is allowed");
        writer.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).expect("a limit");
        assert!(writer.execute_batch("VACUUM").is_err(), "but only where it is asked for");
    }
}
