//! The floor: the least that SQLite and the disk of this machine need for the same work, with the same pragmas.

use crate::figures::{Times, timed};
use rusqlite::{Connection, params};
use std::path::Path;

/// A bare database: WAL, every commit on the disk.
pub fn bare(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY, document INTEGER, start INTEGER, \"end\" INTEGER, \
         quote TEXT, tags TEXT, note TEXT); \
         CREATE TABLE IF NOT EXISTS text (id INTEGER PRIMARY KEY, body TEXT);",
    )?;
    Ok(db)
}

/// One row inserted and committed.
pub fn commits(folder: &Path, runs: usize) -> rusqlite::Result<Times> {
    let db = bare(&folder.join("commits.db"))?;
    let mut insert = db.prepare(
        "INSERT INTO mark (document, start, \"end\", quote, tags, note) VALUES (1, ?1, ?2, ?3, 'military', 'A note.')",
    )?;
    let quote = "a passage of about seventy characters, as a person marks them in a text";
    Times::of(runs, |at| timed(|| insert.execute(params![at as i64, at as i64 + 70, quote])).map(|(_, time)| time))
}

/// A file read, inserted as one text and committed.
pub fn text_in(folder: &Path, file: &Path, runs: usize) -> Result<Times, Box<dyn std::error::Error>> {
    Times::of(runs, |at| {
        let path = folder.join(format!("text-{at}.db"));
        let db = bare(&path)?;
        let (_, time) = timed(|| -> Result<(), Box<dyn std::error::Error>> {
            let body = String::from_utf8(std::fs::read(file)?)?;
            db.execute("INSERT INTO text (body) VALUES (?1)", [body])?;
            Ok(())
        })?;
        drop(db);
        std::fs::remove_file(path)?;
        Ok(time)
    })
}

/// The same, and its paragraphs indexed for a search.
pub fn text_searchable(folder: &Path, file: &Path, runs: usize) -> Result<Times, Box<dyn std::error::Error>> {
    Times::of(runs, |at| {
        let path = folder.join(format!("search-{at}.db"));
        let mut db = bare(&path)?;
        db.execute_batch("CREATE VIRTUAL TABLE words USING fts5 (body)")?;
        let (_, time) = timed(|| -> Result<(), Box<dyn std::error::Error>> {
            let body = String::from_utf8(std::fs::read(file)?)?;
            let tx = db.transaction()?;
            tx.execute("INSERT INTO text (body) VALUES (?1)", [&body])?;
            let mut insert = tx.prepare("INSERT INTO words (body) VALUES (?1)")?;
            for paragraph in body.lines() {
                insert.execute([paragraph])?;
            }
            drop(insert);
            tx.commit()?;
            Ok(())
        })?;
        drop(db);
        std::fs::remove_file(path)?;
        Ok(time)
    })
}

/// A bare index over passages.
pub fn index(folder: &Path, passages: &[&str]) -> rusqlite::Result<Connection> {
    let mut db = Connection::open(folder.join("passages.db"))?;
    db.execute_batch("PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE words USING fts5 (body)")?;
    let tx = db.transaction()?;
    let mut insert = tx.prepare("INSERT INTO words (body) VALUES (?1)")?;
    for passage in passages {
        insert.execute([passage])?;
    }
    drop(insert);
    tx.commit()?;
    Ok(db)
}

/// The 50 best of a query in a bare index, each with an excerpt.
pub fn best_fifty(db: &Connection, query: &str, runs: usize) -> rusqlite::Result<Times> {
    let mut select = db.prepare(
        "SELECT rowid, snippet(words, 0, '[', ']', '…', 32) FROM words WHERE words MATCH ?1 ORDER BY rank LIMIT 50",
    )?;
    Times::of(runs, |_| {
        timed(|| {
            let rows = select.query_map([query], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>().map(|found| found.len())
        })
        .map(|(_, time)| time)
    })
}
