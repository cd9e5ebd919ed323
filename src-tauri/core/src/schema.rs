//! Creates a project from `schema.sql`, recognises one, migrates an older one, and refuses what is not ours or newer.
//!
//! Migrations are never edited once they have shipped: a fresh project and a migrated one have the same schema, and a
//! test compares them.

use crate::error::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The whole schema, as a fresh project gets it.
pub const SCHEMA: &str = include_str!("../../../schema.sql");
/// "Glos": marks a SQLite file as a project.
pub const APPLICATION_ID: i64 = 0x476c_6f73;
/// The schema's version; a newer one is refused.
pub const VERSION: i64 = 2;

/// From one version of the schema to the next.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The version it starts from; it ends at the next.
    pub from: i64,
    /// What to execute.
    pub sql: &'static str,
    /// What SQL cannot say: runs after it, in the same transaction.
    pub fill: fn(&Connection) -> Result<()>,
}

/// Every migration since the first release. New columns go to the end of their table and have a default, because the
/// changesets of the journal, which are kept, know the columns before them only.
pub const MIGRATIONS: &[Migration] = &[Migration {
    from: 1,
    sql: "ALTER TABLE document ADD COLUMN kind TEXT NOT NULL DEFAULT ''; \
          ALTER TABLE document ADD COLUMN csl TEXT NOT NULL DEFAULT '{}'; \
          ALTER TABLE document ADD COLUMN found TEXT NOT NULL DEFAULT '[]';",
    fill: |db| {
        renew_derived(db)?;
        crate::details::agree(db, None)
    },
}];

/// How long a statement waits for another process, before the project counts as locked.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a search waits to bring its index up to date, before it searches what is indexed.
pub(crate) const PATIENCE: Duration = Duration::from_millis(50);
/// Statements that a connection keeps prepared: more than there are, since preparing one costs as much as running it.
const STATEMENTS_KEPT: usize = 256;
/// Pages of the write-ahead log from which on a commit moves it into the file. Moving a thousand takes ten times as
/// long as a commit, so that is left to [`upkeep`](crate::upkeep) while nobody waits; this is its bound, 32 MiB.
const LONGEST_LOG: u32 = 8_000;
/// Longest value SQLite may build, bytes: above the largest file that can be imported, far below its default.
const LONGEST_VALUE: i32 = 256 * 1024 * 1024;
/// Page cache of a connection, in KiB (negative means KiB to SQLite).
const CACHE_KIB: i32 = -8_000;

/// The name people see for a project file.
pub fn display_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.to_string_lossy().into_owned(), |name| name.to_string_lossy().into_owned())
}

/// Creates a project at `path`, which must not exist, and calls `seed` inside the same transaction.
pub fn create(path: &Path, seed: impl FnOnce(&Connection) -> Result<()>) -> Result<Connection> {
    let name = display_name(path);
    if path.exists() {
        return Err(Error::ProjectExists { name });
    }
    let unreadable = |error: rusqlite::Error| opening_error(&name, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let db = Connection::open_with_flags(real(path), flags).map_err(unreadable)?;
    let made = (|| {
        db.busy_timeout(BUSY_TIMEOUT)?;
        db.execute_batch("BEGIN IMMEDIATE")?;
        db.execute_batch(SCHEMA)?;
        seed(&db)?;
        db.execute_batch("COMMIT; PRAGMA journal_mode = WAL;")?;
        Ok(())
    })();
    if let Err(error) = made {
        drop(db);
        let _ = std::fs::remove_file(path);
        return Err(match error {
            Error::Storage { reason } => Error::ProjectUnreadable { name, reason },
            other => other,
        });
    }
    configure(&db).map_err(|error| opening_error(&name, &error))?;
    Ok(db)
}

/// Opens a project for writing, after migrating an older one.
pub fn open(path: &Path) -> Result<Connection> {
    open_migrating(path, MIGRATIONS, VERSION)
}

fn open_migrating(path: &Path, migrations: &[Migration], known: i64) -> Result<Connection> {
    let name = display_name(path);
    let header = read_header(path, &name)?;
    if header.application_id != APPLICATION_ID {
        return Err(Error::ProjectNotOurs { name });
    }
    if header.version > known {
        return Err(Error::ProjectNewer { name, version: header.version, known });
    }
    if header.truncated {
        return Err(Error::ProjectDamaged { name, reason: "the end of the file is missing".into() });
    }
    if header.read_only {
        return Err(Error::ProjectReadOnly { name });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connected = (|| {
        let db = Connection::open_with_flags(real(path), flags)?;
        configure(&db)?;
        Ok(db)
    })();
    let mut db = connected.map_err(|error| opening_error(&name, &error))?;
    if db.is_readonly("main").unwrap_or(false) {
        return Err(Error::ProjectReadOnly { name });
    }
    let version: i64 =
        db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|error| opening_error(&name, &error))?;
    if version < known {
        migrate(&mut db, path, version, migrations, known)?;
    }
    if known == VERSION {
        recognise(&db, &name)?;
    }
    Ok(db)
}

/// Opens another connection to a project that is open already; it reads only.
pub fn open_reader(path: &Path) -> Result<Connection> {
    let name = display_name(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let opened = (|| {
        let db = Connection::open_with_flags(real(path), flags)?;
        configure(&db)?;
        db.pragma_update(None, "query_only", true)?;
        Ok(db)
    })();
    opened.map_err(|error| opening_error(&name, &error))
}

/// The path with links resolved in its folder, because SQLite is told to follow none.
fn real(path: &Path) -> PathBuf {
    if let Ok(whole) = path.canonicalize() {
        return whole;
    }
    match (path.parent().map(Path::canonicalize), path.file_name()) {
        (Some(Ok(folder)), Some(file)) => folder.join(file),
        _ => match (std::env::current_dir(), path.is_relative()) {
            (Ok(folder), true) => folder.canonicalize().unwrap_or(folder).join(path),
            _ => path.to_path_buf(),
        },
    }
}

fn configure(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    db.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE)?;
    db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 2)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    db.execute_batch(&format!(
        "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; \
         PRAGMA recursive_triggers = OFF; PRAGMA cache_size = {CACHE_KIB}; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; \
         PRAGMA wal_autocheckpoint = {LONGEST_LOG};"
    ))?;
    // The first read of the file: takes a lock, and meets damage.
    db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)).map(|_| ())
}

/// What can be told of a file before SQLite touches it.
struct Header {
    application_id: i64,
    version: i64,
    truncated: bool,
    read_only: bool,
}

/// Reads the first 100 bytes: see "The Database Header" in SQLite's description of its file format.
fn read_header(path: &Path, name: &str) -> Result<Header> {
    let name = name.to_owned();
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::ProjectMissing { name }),
        Err(error) => return Err(Error::ProjectUnreadable { name, reason: plain(&error) }),
    };
    if metadata.is_dir() {
        return Err(Error::ProjectUnreadable { name, reason: "it is a folder".into() });
    }
    let mut bytes = [0; 100];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut bytes));
    match read {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            return Err(Error::ProjectNotSqlite { name });
        }
        Err(error) => return Err(Error::ProjectUnreadable { name, reason: plain(&error) }),
    }
    if &bytes[..16] != b"SQLite format 3\0" {
        return Err(Error::ProjectNotSqlite { name });
    }
    let number = |at: usize| i64::from(u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]));
    let page = match u16::from_be_bytes([bytes[16], bytes[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let wal = {
        let mut wal = path.as_os_str().to_owned();
        wal.push("-wal");
        std::fs::metadata(wal).map_or(0, |metadata| metadata.len())
    };
    let expected = page * number(28) as u64;
    Ok(Header {
        application_id: number(68),
        version: number(60),
        truncated: wal == 0 && metadata.len() < expected,
        read_only: metadata.permissions().readonly(),
    })
}

/// An operating system's reason without a path in it.
fn plain(error: &std::io::Error) -> String {
    error.kind().to_string()
}

fn opening_error(name: &str, error: &rusqlite::Error) -> Error {
    use rusqlite::ErrorCode as Code;
    let name = name.to_owned();
    match error.sqlite_error_code() {
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => Error::ProjectLocked { name },
        Some(Code::DatabaseCorrupt) => Error::ProjectDamaged { name, reason: "its pages do not fit together".into() },
        Some(Code::NotADatabase) => Error::ProjectNotSqlite { name },
        Some(Code::ReadOnly | Code::PermissionDenied) => Error::ProjectReadOnly { name },
        Some(Code::DiskFull) => Error::DiskFull,
        Some(Code::CannotOpen) => Error::ProjectUnreadable { name, reason: "its folder cannot be used".into() },
        _ => Error::ProjectUnreadable { name, reason: error.to_string() },
    }
}

/// The objects of a schema, name and text, without what SQLite makes by itself. The texts are without comments and
/// with one blank for all white space, or none beside a sign: a column that a migration has added is written by SQLite.
pub fn objects(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    db.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")?
        .query_map([], |row| Ok((row.get(0)?, plain_sql(&row.get::<_, String>(1)?))))?
        .collect()
}

/// Nothing inside quotation marks is touched. No text of ours has a comment of the other kind.
fn plain_sql(sql: &str) -> String {
    let mut plain = String::with_capacity(sql.len());
    let mut quoted = None;
    let mut blank = false;
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        if quoted.is_none() {
            if c == '-' && rest.peek() == Some(&'-') {
                rest.by_ref().take_while(|c| *c != '\n').for_each(drop);
                blank = true;
                continue;
            }
            if c.is_whitespace() {
                blank = true;
                continue;
            }
            let beside = |c: char| "(),;".contains(c);
            if blank && !beside(c) && !plain.is_empty() && !plain.ends_with(beside) {
                plain.push(' ');
            }
        }
        blank = false;
        quoted = match quoted {
            Some(mark) if mark == c => None,
            None if matches!(c, '\'' | '"' | '`') => Some(c),
            other => other,
        };
        plain.push(c);
    }
    plain
}

/// Refuses a file whose tables, triggers or views are not exactly ours: it could run what we did not write.
fn recognise(db: &Connection, name: &str) -> Result<()> {
    let found = objects(db).map_err(|error| opening_error(name, &error))?;
    let fresh = Connection::open_in_memory()?;
    fresh.execute_batch(SCHEMA)?;
    if found != objects(&fresh)? {
        return Err(Error::ProjectDamaged {
            name: name.into(),
            reason: "its tables are not those of a Gloss project".into(),
        });
    }
    Ok(())
}

/// Copies the file aside, then runs every migration in one transaction.
fn migrate(db: &mut Connection, path: &Path, version: i64, migrations: &[Migration], known: i64) -> Result<()> {
    let aside = path.with_extension(format!("v{version}.gloss"));
    copy(db, &aside)?;
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for step in migrations.iter().filter(|step| step.from >= version) {
        tx.execute_batch(step.sql)?;
        (step.fill)(&tx)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}

/// Makes every index, every trigger and the table of passages anew, as `schema.sql` has them, and marks all that a
/// search should find as stale.
fn renew_derived(db: &Connection) -> Result<()> {
    let named = |db: &Connection, sql: &str| -> rusqlite::Result<Vec<(String, String)>> {
        db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    for (kind, name) in
        named(db, "SELECT type, name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL")?
    {
        db.execute_batch(&format!("DROP {kind} {name}"))?;
    }
    db.execute_batch("DROP TABLE passage; DELETE FROM passage_words")?;
    let fresh = Connection::open_in_memory()?;
    fresh.execute_batch(SCHEMA)?;
    let made = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL \
         AND (type IN ('index', 'trigger') OR name = 'passage') ORDER BY type = 'table' DESC, type";
    for (_, sql) in named(&fresh, made)? {
        db.execute_batch(&sql)?;
    }
    db.execute_batch(
        "INSERT OR IGNORE INTO stale SELECT 'title', id FROM document UNION ALL SELECT 'text', id FROM document \
         UNION ALL SELECT 'highlight', id FROM highlight",
    )?;
    Ok(())
}

/// A consistent copy of an open project, written beside the target and renamed over it.
pub fn copy(db: &Connection, target: &Path) -> Result<()> {
    let name = display_name(target);
    if target.is_dir() {
        return Err(Error::ExportFolder { name });
    }
    let mut beside = target.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let _ = std::fs::remove_file(&beside);
    let copied = (|| -> Result<()> {
        db.execute("VACUUM INTO ?1", [beside.to_string_lossy()])?;
        let copy = Connection::open(&beside)?;
        let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        drop(copy);
        if verdict != "ok" {
            return Err(Error::ExportFailed { name: name.clone(), reason: verdict });
        }
        let failed = |error: std::io::Error| Error::ExportFailed { name: name.clone(), reason: plain(&error) };
        File::open(&beside).and_then(|file| file.sync_all()).map_err(failed)?;
        std::fs::rename(&beside, target).map_err(failed)
    })();
    if copied.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    copied.map_err(|error| match error {
        Error::DiskFull => Error::ExportDiskFull { name },
        Error::Storage { .. } | Error::ProjectReadOnly { .. } => Error::ExportNotWritable { name },
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(sql: &'static str) -> Migration {
        Migration { from: VERSION, sql, fill: |_| Ok(()) }
    }

    #[test]
    fn an_older_project_is_copied_aside_and_migrated() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("old.gloss");
        drop(create(&path, |_| Ok(())).expect("created"));
        let steps = [step("ALTER TABLE document ADD COLUMN shelf TEXT NOT NULL DEFAULT ''")];
        let db = open_migrating(&path, &steps, VERSION + 1).expect("migrated");
        let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version");
        assert_eq!(version, VERSION + 1);
        let fresh = Connection::open_in_memory().expect("memory");
        fresh.execute_batch(SCHEMA).expect("schema");
        fresh.execute_batch(steps[0].sql).expect("step");
        assert_eq!(objects(&db).expect("objects"), objects(&fresh).expect("objects"));
        let aside = Connection::open(folder.path().join(format!("old.v{VERSION}.gloss"))).expect("the copy");
        let version: i64 = aside.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version");
        assert_eq!(version, VERSION);
        drop(db);
        let newer = open(&path);
        assert!(matches!(newer, Err(Error::ProjectNewer { version, known: VERSION, .. }) if version == VERSION + 1));
    }

    #[test]
    fn a_failing_migration_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("old.gloss");
        drop(create(&path, |_| Ok(())).expect("created"));
        let steps = [step("CREATE TABLE shelf (id); CREATE TABLE shelf (id)")];
        assert!(open_migrating(&path, &steps, VERSION + 1).is_err());
        let db = open(&path).expect("still the version it was");
        let shelves: i64 =
            db.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'shelf'", [], |row| row.get(0)).expect("n");
        assert_eq!(shelves, 0);
    }

    #[test]
    fn a_foreign_trigger_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("odd.gloss");
        let db = create(&path, |_| Ok(())).expect("created");
        db.execute_batch("CREATE TRIGGER sly AFTER INSERT ON link BEGIN DELETE FROM highlight; END").expect("trigger");
        drop(db);
        assert!(matches!(open(&path), Err(Error::ProjectDamaged { .. })));
    }
}
