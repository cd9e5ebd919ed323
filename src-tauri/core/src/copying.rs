//! Copies an open project: for a person, and aside before a migration.
//!
//! A copy is built beside its target by SQLite's backup interface, from one state of the project whoever writes meanwhile.
//! It counts as made only when it was read again and holds what the project holds; then it is renamed. A copy that fails
//! leaves what stood at the target.

use crate::error::{Error, Result};
use crate::export::atomic;
use crate::private;
use crate::recognise::see;
use crate::schema::{BUSY_TIMEOUT, display_name, real};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Names that are tried for a copy that is put aside.
const MOST_COPIES: u32 = 1_000;
/// Time between two attempts while another process keeps the file to itself.
const PAUSE: Duration = Duration::from_millis(20);

/// Copies a project to a file of its own, without room that nothing uses.
pub(crate) fn copy(db: &Connection, target: &Path) -> Result<()> {
    if target.is_dir() {
        return Err(Error::ExportFolder { name: display_name(target) });
    }
    whole(db, target, true)
}

/// Copies a project beside itself before it is changed, under the first free name: `NAME.v1.gloss`, `NAME.v1-2.gloss`…
/// Nothing is overwritten. Answers the name.
pub(crate) fn aside(db: &Connection, path: &Path, version: i64) -> Result<PathBuf> {
    for number in 1..=MOST_COPIES {
        let ending = if number == 1 { format!("v{version}.gloss") } else { format!("v{version}-{number}.gloss") };
        let target = path.with_extension(ending);
        match private::create(&target) {
            Ok(_) => {
                return whole(db, &target, false).map(|()| target.clone()).inspect_err(|_| {
                    let _ = std::fs::remove_file(&target);
                });
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failure(&target, &error)),
        }
    }
    Err(Error::ExportNotWritable { name: display_name(path) })
}

/// Builds a copy beside its target and renames it.
fn whole(db: &Connection, target: &Path, tidy: bool) -> Result<()> {
    let mut beside = target.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let _ = std::fs::remove_file(&beside);
    let failed = |error: std::io::Error| failure(target, &error);
    let made = private::create(&beside).map_err(failed).and_then(|_| {
        filled(db, &beside, tidy).map_err(|error| said(error, target))?;
        File::open(&beside).and_then(|file| file.sync_all()).map_err(failed)?;
        std::fs::rename(&beside, target).map_err(failed)
    });
    if made.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    made
}

/// Fills a file that is there and empty with what a project holds, and reads it again.
fn filled(db: &Connection, beside: &Path, tidy: bool) -> Result<()> {
    // One state of the project from here to the comparison.
    let state = db.unchecked_transaction()?;
    let expected = (see(&state)?, counts(&state)?);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    // Absolute, so that no name is taken for an address.
    let beside = real(beside);
    let mut copy = Connection::open_with_flags(&beside, flags)?;
    // A copy is one file: without a write-ahead log, and without a journal while it is made.
    const ONE_FILE: &str = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF;";
    copy.execute_batch(ONE_FILE)?;
    backed_up(&state, &mut copy)?;
    copy.execute_batch(ONE_FILE)?;
    if tidy {
        copy.execute_batch("VACUUM")?;
    }
    drop(copy);
    let copy = Connection::open_with_flags(&beside, flags)?;
    let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Error::ProjectDamaged { name: "The project".into(), reason: verdict });
    }
    if (see(&copy)?, counts(&copy)?) != expected {
        return Err(Error::ExportFailed { name: display_name(&beside), reason: "the copy is not whole".into() });
    }
    Ok(())
}

/// Copies every page at once, so that another process that writes meanwhile does not make it begin anew.
fn backed_up(db: &Connection, copy: &mut Connection) -> Result<()> {
    let backup = Backup::new(db, copy)?;
    let until = Instant::now() + BUSY_TIMEOUT;
    loop {
        match backup.step(-1)? {
            StepResult::Done => return Ok(()),
            _ if Instant::now() > until => return Err(Error::ProjectLocked { name: "The project".into() }),
            _ => std::thread::sleep(PAUSE),
        }
    }
}

/// The number of rows of every table of a schema, by name.
fn counts(db: &Connection) -> Result<Vec<(String, i64)>> {
    let tables: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let count = |table: String| {
        let number = db.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))?;
        Ok((table, number))
    };
    tables.into_iter().map(count).collect()
}

/// An error of SQLite in the words of a copy.
fn said(error: Error, target: &Path) -> Error {
    let name = display_name(target);
    match error {
        Error::DiskFull => Error::ExportDiskFull { name },
        Error::Storage { reason } => Error::ExportFailed { name, reason },
        Error::ProjectReadOnly { .. } => Error::ExportNotWritable { name },
        Error::ExportFailed { reason, .. } => Error::ExportFailed { name, reason },
        other => other,
    }
}

/// An error of the file system in the words of a copy.
fn failure(target: &Path, error: &std::io::Error) -> Error {
    let name = display_name(target);
    match atomic::failure(error) {
        atomic::Failure::Folder => Error::ExportFolder { name },
        atomic::Failure::NotWritable => Error::ExportNotWritable { name },
        atomic::Failure::DiskFull => Error::ExportDiskFull { name },
        atomic::Failure::Other => Error::ExportFailed { name, reason: error.kind().to_string() },
    }
}
