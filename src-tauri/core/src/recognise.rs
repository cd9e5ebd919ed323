//! Reads the schema of a project file before anything in the file can run, and without changing the file.
//!
//! A file that somebody sends may hold triggers, views, indexes on expressions and table names of its own. All of them are
//! text in its schema, and they run only when a statement uses a table. So the schema is read first, by a connection that
//! writes nothing, and compared with the text of a schema that was shipped; only a file whose schema is exactly that is
//! opened for work. Deliberately absent: which versions are known (`migrations/`).

use crate::migrations::empty;
use crate::schema::{BUSY_TIMEOUT, real};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Longest text of one object of a schema, bytes: ten times the longest of ours.
const LONGEST_OBJECT: i32 = 64 * 1024;
/// Steps of SQLite's machine after which reading a schema is given up: a hundred times what ours takes. The pages of a
/// damaged or hostile file can send a reader round in circles.
const MOST_STEPS: u32 = 1_000_000;
/// Steps between two looks at that bound.
const STEPS_AT_ONCE: u32 = 10_000;
/// Looks at a file that another process changes meanwhile.
const ATTEMPTS: u32 = 5;

/// An object of a schema: its kind, its name, the table that it belongs to, and its text, plain.
pub type Object = [String; 4];

/// The version and the schema of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The version of its schema.
    pub(crate) version: i64,
    /// Its schema.
    pub(crate) objects: Vec<Object>,
}

/// Reads the version and the schema of a file, and says whether they are accepted. The file and the files beside it stay as
/// they are. A file that is not accepted and was changed meanwhile by another process is looked at again.
pub(crate) fn look(path: &Path, accepted: impl Fn(&Seen) -> bool) -> rusqlite::Result<(Seen, bool)> {
    let path = real(path);
    let mut before = state(&path);
    let mut left = ATTEMPTS;
    loop {
        let seen = quiet(&path).and_then(|db| see(&db)).map(|seen| {
            let good = accepted(&seen);
            (seen, good)
        });
        let after = state(&path);
        left -= 1;
        if matches!(seen, Ok((_, true))) || before == after || left == 0 {
            return seen;
        }
        before = after;
    }
}

/// Reads the version and the schema through a connection.
pub(crate) fn see(db: &Connection) -> rusqlite::Result<Seen> {
    let version = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(Seen { version, objects: objects(db)? })
}

/// The objects of a schema by name, without what SQLite makes by itself.
pub fn objects(db: &Connection) -> rusqlite::Result<Vec<Object>> {
    let mut statement = db.prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema \
         WHERE sql IS NOT NULL OR type <> 'index' OR name NOT LIKE 'sqlite_autoindex_%' ORDER BY name, type",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |at: usize| -> rusqlite::Result<String> {
            Ok(match row.get_ref(at)? {
                ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                _ => String::new(),
            })
        };
        found.push([text(0)?, text(1)?, text(2)?, plain_sql(&text(3)?)]);
    }
    Ok(found)
}

/// The objects that a file with this schema has.
pub(crate) fn objects_of(schema: &str) -> rusqlite::Result<Vec<Object>> {
    objects(&empty(schema)?)
}

/// The text of an object without comments, and with one blank for all white space or none beside a sign: SQLite writes
/// the text of a table anew when a migration adds a column. Nothing inside quotation marks is touched. No text of ours has
/// a comment of the other kind.
fn plain_sql(sql: &str) -> String {
    let mut plain = String::with_capacity(sql.len());
    let mut quoted = None;
    let mut blank = false;
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        if quoted.is_none() {
            if c == '-' && rest.peek() == Some(&'-') {
                // SQLite ends a comment, and the whole text, at a NUL: it is kept, so that no schema of ours has it.
                if rest.by_ref().take_while(|c| *c != '\n').any(|c| c == '\0') {
                    plain.push('\0');
                }
                blank = true;
                continue;
            }
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
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

/// A connection that reads a file and leaves it, its write-ahead log and its folder as they are.
fn quiet(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut db = if length(&beside(path, "-wal")) == 0 {
        // Nothing but the file counts: SQLite is told that nobody changes it, takes no locks and makes no files.
        let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(unchanging(path), flags)?
    } else {
        // The log counts too. To read it, SQLite has to open the file for writing; it must neither move the log
        // into the file when it is closed, nor make an index of the log beside it where nobody else uses one.
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        db.busy_timeout(BUSY_TIMEOUT)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        if !beside(path, "-shm").exists() {
            db.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
        }
        db
    };
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_OBJECT)?;
    db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let mut steps = 0;
    let given_up = move || {
        steps += STEPS_AT_ONCE;
        steps > MOST_STEPS
    };
    db.progress_handler(STEPS_AT_ONCE as i32, Some(given_up))?;
    db.execute_batch("PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")?;
    Ok(db)
}

/// The address of a file that SQLite takes to be unchanging.
fn unchanging(path: &Path) -> String {
    let mut address = String::from("file:");
    let path = path.as_os_str().as_encoded_bytes();
    if cfg!(windows) {
        address.push('/');
    }
    for byte in path {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b'/' | b'.' | b'-' | b'_' | b':' => address.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(*byte)),
            byte => address.push_str(&format!("%{byte:02x}")),
        }
    }
    address + "?immutable=1"
}

/// A file that SQLite keeps beside a database.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(ending);
    PathBuf::from(beside)
}

fn length(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// Tells whether somebody has changed a file: length and time of the file and of its log.
fn state(path: &Path) -> [(u64, Option<SystemTime>); 2] {
    [path.to_path_buf(), beside(path, "-wal")].map(|path| {
        let metadata = std::fs::metadata(path);
        metadata.map_or((0, None), |metadata| (metadata.len(), metadata.modified().ok()))
    })
}
