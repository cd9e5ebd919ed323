//! Creates a project from `schema.sql`, recognises one, migrates an older one, and refuses what is not ours or newer.
//!
//! Deliberately absent: the steps from one version to the next (`migrations/`), how a file is looked at before it is
//! opened (`recognise.rs`), and what an open one is forbidden (`guard.rs`).

use crate::copying;
use crate::error::{Error, Result, is_disk_full};
use crate::guard::guard;
use crate::migrations::{Known, OLDER};
use crate::private;
pub use crate::recognise::{Object, objects};
use crate::recognise::{Seen, look, objects_of, see};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The whole schema, as a fresh project gets it.
pub const SCHEMA: &str = include_str!("../../../schema.sql");
/// "Glos": marks a SQLite file as a project.
pub const APPLICATION_ID: i64 = 0x476c_6f73;
/// The schema's version; a newer one is refused.
pub const VERSION: i64 = 3;

/// The versions of the schema that this program knows.
pub const KNOWN: Known<'static> = Known { older: OLDER, version: VERSION, schema: SCHEMA };

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
    // SQLite would make it readable by others, and the files beside it have its permissions. Why it cannot be made
    // SQLite says.
    let _ = private::create(&real(path));
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut db = Connection::open_with_flags(real(path), flags).map_err(unreadable)?;
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
    configure(&db).and_then(|()| guard(&mut db)).map_err(|error| opening_error(&name, &error))?;
    Ok(db)
}

/// Opens a project for writing, after migrating an older one.
pub fn open(path: &Path) -> Result<Connection> {
    open_known(path, &KNOWN)
}

fn open_known(path: &Path, known: &Known<'_>) -> Result<Connection> {
    let name = display_name(path);
    let header = read_header(path, &name)?;
    if header.application_id != APPLICATION_ID {
        return Err(Error::ProjectNotOurs { name });
    }
    if header.version > known.version {
        return Err(Error::ProjectNewer { name, version: header.version, known: known.version });
    }
    if header.truncated {
        return Err(Error::ProjectDamaged { name, reason: "the end of the file is missing".into() });
    }
    if header.read_only {
        return Err(Error::ProjectReadOnly { name });
    }
    // Until the file is recognised, nothing is written and no statement uses a table of it.
    let (seen, is_ours) = look(path, |seen| is_known(seen, known)).map_err(|error| looking_error(&name, &error))?;
    recognised(&seen, is_ours, &name, known)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let connected = (|| {
        let db = Connection::open_with_flags(real(path), flags)?;
        set(&db)?;
        // A log that was there stays as it is, until the file is ready for work.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, header.logged)?;
        let again = see(&db)?;
        Ok((db, again))
    })();
    let (mut db, again) = connected.map_err(|error| looking_error(&name, &error))?;
    if again != seen {
        // Another process has changed it in between: it may have been migrated.
        recognised(&again, is_known(&again, known), &name, known)?;
    }
    if db.is_readonly("main").unwrap_or(false) {
        return Err(Error::ProjectReadOnly { name });
    }
    if again.version < known.version {
        migrate(&mut db, path, again.version, known)?;
    }
    let ready = (|| {
        log_ahead(&db)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        guard(&mut db)
    })();
    ready.map_err(|error| opening_error(&name, &error))?;
    Ok(db)
}

/// Opens another connection to a project that is open already; it reads only.
pub fn open_reader(path: &Path) -> Result<Connection> {
    let name = display_name(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let opened = (|| {
        let mut db = Connection::open_with_flags(real(path), flags)?;
        // The log is on since the project was opened: to turn it on once more would wait for every other connection of a
        // file whose header says that it is off.
        set(&db)?;
        db.pragma_update(None, "query_only", true)?;
        guard(&mut db)?;
        Ok(db)
    })();
    opened.map_err(|error| opening_error(&name, &error))
}

/// Opens a project where there is no room for the files that SQLite makes beside it. It reads only, and keeps every other
/// process out as long as it is open: only then can the index of the log be in memory.
pub(crate) fn open_alone(path: &Path) -> Result<Connection> {
    let name = display_name(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let opened = (|| {
        let db = Connection::open_with_flags(real(path), flags)?;
        db.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        db.pragma_update(None, "cache_spill", false)?;
        set(&db)?;
        let seen = see(&db)?;
        Ok((db, seen))
    })();
    let (mut db, seen) = opened.map_err(|error| looking_error(&name, &error))?;
    recognised(&seen, is_known(&seen, &KNOWN), &name, &KNOWN)?;
    if seen.version < VERSION {
        return Err(Error::ProjectDiskFull { name });
    }
    guard(&mut db).map_err(|error| opening_error(&name, &error))?;
    Ok(db)
}

/// The path with links resolved in its folder, because SQLite is told to follow none.
pub(crate) fn real(path: &Path) -> PathBuf {
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

/// Makes a connection ready for work.
fn configure(db: &Connection) -> rusqlite::Result<()> {
    set(db)?;
    log_ahead(db)
}

/// Sets everything that does not touch the file.
fn set(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(BUSY_TIMEOUT)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    db.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE)?;
    db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    db.execute_batch(&format!(
        "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; \
         PRAGMA recursive_triggers = OFF; PRAGMA cache_size = {CACHE_KIB}; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; \
         PRAGMA wal_autocheckpoint = {LONGEST_LOG};"
    ))
}

/// Turns the write-ahead log on, which stays on: takes a lock, and meets damage.
fn log_ahead(db: &Connection) -> rusqlite::Result<()> {
    let mode = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))?;
    let off = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN);
    if mode == "wal" { Ok(()) } else { Err(rusqlite::Error::SqliteFailure(off, None)) }
}

/// What can be told of a file before SQLite touches it.
struct Header {
    application_id: i64,
    version: i64,
    truncated: bool,
    read_only: bool,
    /// Whether there is a write-ahead log with something in it.
    logged: bool,
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
    if !metadata.is_file() {
        return Err(Error::ProjectUnreadable { name, reason: private::NO_FILE.into() });
    }
    let mut bytes = [0; 100];
    let read = private::open_file(path).and_then(|mut file| file.read_exact(&mut bytes));
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
        // A signed number: what is below zero is no version of ours.
        version: i64::from(number(60) as i32),
        truncated: wal == 0 && metadata.len() < expected,
        read_only: metadata.permissions().readonly(),
        logged: wal > 0,
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
        _ if is_disk_full(error) => Error::DiskFull,
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => Error::ProjectLocked { name },
        Some(Code::DatabaseCorrupt) => Error::ProjectDamaged { name, reason: "its pages do not fit together".into() },
        Some(Code::NotADatabase) => Error::ProjectNotSqlite { name },
        Some(Code::ReadOnly | Code::PermissionDenied) => Error::ProjectReadOnly { name },
        Some(Code::CannotOpen) => Error::ProjectUnreadable { name, reason: "its folder cannot be used".into() },
        _ => Error::ProjectUnreadable { name, reason: error.to_string() },
    }
}

/// An error of looking at a file: whatever is neither the disk nor another process is the file itself.
fn looking_error(name: &str, error: &rusqlite::Error) -> Error {
    use rusqlite::ErrorCode as Code;
    match error.sqlite_error_code() {
        Some(Code::CannotOpen | Code::SystemIoFailure | Code::OutOfMemory) => opening_error(name, error),
        _ => match opening_error(name, error) {
            Error::ProjectUnreadable { name, .. } => not_ours(&name),
            other => other,
        },
    }
}

fn not_ours(name: &str) -> Error {
    Error::ProjectDamaged { name: name.into(), reason: "its tables are not those of a Gloss project".into() }
}

/// Whether a file has exactly the schema of its version.
fn is_known(seen: &Seen, known: &Known<'_>) -> bool {
    let expected = known.schema_of(seen.version).and_then(|schema| objects_of(schema).ok());
    expected.is_some_and(|expected| seen.objects == expected)
}

/// Refuses a file whose tables, triggers or views are not exactly those of its version: it could run what we did not write.
fn recognised(seen: &Seen, is_ours: bool, name: &str, known: &Known<'_>) -> Result<()> {
    if seen.version > known.version {
        return Err(Error::ProjectNewer { name: name.into(), version: seen.version, known: known.version });
    }
    if is_ours { Ok(()) } else { Err(not_ours(name)) }
}

/// Copies the file aside, then runs every step in one transaction. Nobody else writes from the copy to the end.
fn migrate(db: &mut Connection, path: &Path, version: i64, known: &Known<'_>) -> Result<()> {
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let now: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if now != version {
        // Another process has done it while this one waited.
        let seen = see(&tx)?;
        return recognised(&seen, is_known(&seen, known), &display_name(path), known);
    }
    let aside = {
        // A connection with a transaction that writes cannot be copied; another one sees the same.
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let reader = Connection::open_with_flags(real(path), flags)?;
        set(&reader)?;
        copying::aside(&reader, path, version)?
    };
    let migrated = (|| {
        known.migrate(&tx, version)?;
        if objects(&tx)? != objects_of(known.schema)? {
            let reason = format!("version {version} was not migrated to version {}", known.version);
            return Err(Error::Bug { reason });
        }
        Ok(tx.commit()?)
    })();
    migrated.inspect_err(|_| {
        // The project is what it was.
        let _ = std::fs::remove_file(&aside);
    })
}

/// A consistent copy of an open project, written beside the target and renamed over it.
pub fn copy(db: &Connection, target: &Path) -> Result<()> {
    copying::copy(db, target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrations::empty;

    /// Today's schema with a column that it does not have, and an index on it.
    fn later_schema() -> String {
        let column = "  found TEXT NOT NULL DEFAULT '[]'";
        let at = SCHEMA.find(column).expect("the last column of a document") + column.len();
        let later = format!("{},\n  shelf TEXT NOT NULL DEFAULT ''{}", &SCHEMA[..at], &SCHEMA[at..]);
        let later = later.replace("user_version = 3", "user_version = 4");
        later + "CREATE INDEX document_by_shelf ON document (shelf) WHERE shelf <> '';"
    }

    /// The versions that a later program knows. Its step is the last of the chain.
    fn later<T>(step: fn(&Connection) -> Result<()>, run: impl FnOnce(&Known<'_>) -> T) -> T {
        let mut older = OLDER.to_vec();
        older.push(crate::migrations::Older { version: VERSION, schema: SCHEMA, step });
        run(&Known { older: &older, version: VERSION + 1, schema: &later_schema() })
    }

    fn add_shelf(db: &Connection) -> Result<()> {
        Ok(db.execute_batch("ALTER TABLE document ADD COLUMN shelf TEXT NOT NULL DEFAULT ''")?)
    }

    fn version_of(db: &Connection) -> i64 {
        db.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version")
    }

    /// A project as each version wrote it: its number and its bytes.
    const WRITTEN: [(i64, &[u8]); 2] = [
        (1, include_bytes!("../../../tests/fixtures/projects/version-1.gloss")),
        (2, include_bytes!("../../../tests/fixtures/projects/version-2.gloss")),
    ];

    #[test]
    fn a_later_step_with_an_indexed_column_ends_the_chain_from_every_version() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("today.gloss");
        drop(create(&path, |_| Ok(())).expect("created"));
        let mut projects = WRITTEN.map(|(version, bytes)| (version, bytes.to_vec())).to_vec();
        projects.push((VERSION, std::fs::read(&path).expect("read")));
        for (version, bytes) in projects {
            let path = folder.path().join(format!("from-{version}.gloss"));
            std::fs::write(&path, bytes).expect("written");
            later(add_shelf, |known| {
                let db = open_known(&path, known).expect("migrated");
                assert_eq!(version_of(&db), VERSION + 1);
                let fresh = empty(known.schema).expect("a schema");
                assert_eq!(objects(&db).expect("objects"), objects(&fresh).expect("objects"));
            });
            let aside = Connection::open(folder.path().join(format!("from-{version}.v{version}.gloss")));
            assert_eq!(version_of(&aside.expect("the copy")), version);
            let newer = open(&path);
            assert!(
                matches!(newer, Err(Error::ProjectNewer { version, known: VERSION, .. }) if version == VERSION + 1)
            );
        }
    }

    #[test]
    fn a_failing_step_changes_nothing() {
        let failing: [fn(&Connection) -> Result<()>; 2] = [
            |db| Ok(db.execute_batch("DELETE FROM tag; CREATE TABLE shelf (id); CREATE TABLE shelf (id)")?),
            // Succeeds, but does not lead to the schema that was promised.
            |db| Ok(db.execute_batch("DELETE FROM tag; ALTER TABLE document ADD COLUMN sheaf TEXT")?),
        ];
        for step in failing {
            for (version, bytes) in WRITTEN {
                let folder = tempfile::tempdir().expect("a folder");
                let path = folder.path().join("old.gloss");
                std::fs::write(&path, bytes).expect("written");
                assert!(later(step, |known| open_known(&path, known)).is_err());
                let names =
                    std::fs::read_dir(folder.path()).expect("a folder").flatten().map(|entry| entry.file_name());
                assert!(!names.into_iter().any(|name| name.to_string_lossy().contains(".v")), "no copy is left");
                let db = Connection::open(&path).expect("opens");
                assert_eq!(version_of(&db), version);
                let schema = KNOWN.schema_of(version).expect("a shipped version");
                assert_eq!(objects(&db).expect("objects"), objects(&empty(schema).expect("made")).expect("objects"));
                let tags: i64 = db.query_row("SELECT count(*) FROM tag", [], |row| row.get(0)).expect("a number");
                assert_eq!(tags, 3);
            }
        }
    }
}
