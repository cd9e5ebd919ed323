//! Checks a project, and drops what nothing needs any more.

use crate::anchor::Quote;
use crate::error::Result;
use crate::flaws;
use crate::ids::{HighlightId, VersionId};
use crate::journal::{BOUND, Changes, trim};
use crate::project::{Cx, NoArguments, Project};
use crate::stored::{StoredRow, StoredRows, if_readable};
use crate::structure::Structure;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;

/// Problems that a report names; more are only counted.
const MOST_PROBLEMS: usize = 100;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CheckReport {
    /// Whether there is no problem.
    pub ok: bool,
    /// Documents looked at.
    pub documents: u32,
    /// Highlights looked at.
    pub highlights: u32,
    /// Links looked at.
    pub links: u32,
    /// What is wrong, at most 100.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Problem {
    /// "database", "row", "reference", "text", "anchor", "details", "tag", "history".
    pub code: String,
    /// What, in a sentence.
    pub message: String,
}

/// What a compact did.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CompactReport {
    /// Bytes of the file before.
    #[ts(type = "number")]
    pub before: u64,
    /// Bytes of the file afterwards.
    #[ts(type = "number")]
    pub after: u64,
    /// Texts that nothing needed any more and that were dropped.
    pub texts: u32,
}

/// Checks the database, every row as the program reads it, the references, every text against its hash, and every
/// anchor's quote against its slice of the text. A damaged part is reported, and the rest is checked all the same.
pub fn check(cx: &Cx<'_>, _: NoArguments) -> Result<CheckReport> {
    let mut problems = Vec::new();
    let mut report = |code: &str, message: String| problems.push(Problem { code: code.into(), message });
    match integrity(cx) {
        Ok(found) => found.into_iter().for_each(|message| report("database", message)),
        Err(error) => report("database", error.to_string()),
    }
    let kinds = [
        ("row", flaws::rows(cx.db, MOST_PROBLEMS)),
        ("reference", references(cx)),
        ("text", texts(cx)),
        ("anchor", anchors(cx)),
        ("details", details(cx)),
        ("tag", flaws::circles(cx.db)),
        ("history", flaws::changes(cx.db, MOST_PROBLEMS)),
    ];
    for (code, found) in kinds {
        match found {
            Ok(found) => found.into_iter().for_each(|message| report(code, message)),
            Err(error) => report(code, error.to_string()),
        }
    }
    let count = |sql: &str| cx.db.query_row(sql, [], |row| row.get(0)).unwrap_or(0);
    problems.truncate(MOST_PROBLEMS);
    Ok(CheckReport {
        ok: problems.is_empty(),
        documents: count("SELECT count(*) FROM document"),
        highlights: count("SELECT count(*) FROM highlight"),
        links: count("SELECT count(*) FROM link"),
        problems,
    })
}

fn integrity(cx: &Cx<'_>) -> rusqlite::Result<Vec<String>> {
    let mut statement = cx.db.prepare("PRAGMA integrity_check(50)")?;
    let found: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(found.into_iter().filter(|line| line != "ok").map(|line| format!("The database says: {line}.")).collect())
}

fn references(cx: &Cx<'_>) -> Result<Vec<String>> {
    let mut found: Vec<String> = cx
        .db
        .prepare("SELECT \"table\", parent FROM pragma_foreign_key_check")?
        .query_map([], |row| {
            Ok(format!("A {} refers to a {} that is not there.", row.read::<String>(0)?, row.read::<String>(1)?))
        })?
        .readable()?;
    let lost = "SELECT d.title FROM document d LEFT JOIN version v ON v.id = d.version AND v.document = d.id \
         LEFT JOIN text t ON t.hash = v.text_hash LEFT JOIN structure s ON s.hash = v.structure_hash \
         WHERE t.hash IS NULL OR s.hash IS NULL";
    found.extend(
        cx.db
            .prepare(lost)?
            .query_map([], |row| Ok(format!("The document “{}” has lost its text.", row.read::<String>(0)?)))?
            .readable::<Vec<_>>()?,
    );
    Ok(found)
}

fn details(cx: &Cx<'_>) -> Result<Vec<String>> {
    let said = |title: String| format!("What is known about the document “{title}” is stored in two ways that differ.");
    Ok(crate::details::odd(cx.db)?.into_iter().map(said).collect())
}

fn texts(cx: &Cx<'_>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (table, column) in [("text", "body"), ("structure", "body"), ("original", "bytes")] {
        let mut statement = cx.db.prepare(&format!("SELECT hash, {column} FROM {table}"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let value = row.get_ref(1)?;
            let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = value else {
                found.push(format!("A stored {table} is gone."));
                continue;
            };
            if row.get_ref(0)? != ValueRef::Blob(Sha256::digest(bytes).as_slice()) {
                found.push(format!("A stored {table} is not what it was when it was imported."));
            } else if !is_of_its_kind(table, value) {
                found.push(format!("A stored {table} cannot be read."));
            }
        }
    }
    Ok(found)
}

/// Whether a body is what its table holds, beside being what its hash says.
fn is_of_its_kind(table: &str, body: ValueRef<'_>) -> bool {
    match (table, body) {
        ("original", ValueRef::Blob(_)) => true,
        ("text", ValueRef::Text(bytes)) => std::str::from_utf8(bytes).is_ok(),
        ("structure", ValueRef::Text(bytes)) => {
            std::str::from_utf8(bytes).is_ok_and(|body| Structure::from_json(body).is_ok())
        }
        _ => false,
    }
}

fn anchors(cx: &Cx<'_>) -> Result<Vec<String>> {
    let mut versions = cx.db.prepare("SELECT id FROM version ORDER BY id")?;
    let versions: Vec<VersionId> = versions.query_map([], |row| row.read(0))?.readable()?;
    let mut statement = cx.db.prepare(
        "SELECT highlight, start, \"end\", exact, prefix, suffix FROM anchor WHERE version = ?1 AND start IS NOT NULL",
    )?;
    let mut found = Vec::new();
    for version in versions {
        let loaded = match cx.loaded(version) {
            Ok(loaded) => loaded,
            Err(error) => {
                found.push(error.to_string());
                continue;
            }
        };
        let mut rows = statement.query([version])?;
        while let Some(row) = rows.next()? {
            let read = || -> rusqlite::Result<(HighlightId, u32, u32, Quote)> {
                let quote = Quote { exact: row.read(3)?, prefix: row.read(4)?, suffix: row.read(5)? };
                Ok((row.read(0)?, row.read(1)?, row.read(2)?, quote))
            };
            // A row that cannot be read was named before.
            let Some((highlight, start, end, kept)) = if_readable(read())? else { continue };
            if start >= end || end > loaded.text.len() || crate::anchor::quote(&loaded.text, start, end) != kept {
                found.push(format!("The highlight {highlight} does not stand where its quote is."));
            }
        }
    }
    Ok(found)
}

/// Keeps the journal within its bound, drops texts that neither a version nor the journal needs, then rewrites the file without gaps.
pub fn compact(project: &Project, _: NoArguments) -> Result<(CompactReport, Option<Changes>)> {
    let size = || std::fs::metadata(project.path()).map_or(0, |metadata| metadata.len());
    project.alone(|db| {
        trim(db, project.env().now(), &BOUND)?;
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        let before = size();
        // A text that only an undo or a redo could bring back is still needed: its hash stands in a changeset.
        let mut texts = 0;
        for (table, column) in [("text", "text_hash"), ("structure", "structure_hash"), ("original", "original_hash")] {
            let dropped = db.execute(
                &format!(
                    "DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM version WHERE {column} = {table}.hash) \
                     AND NOT EXISTS (SELECT 1 FROM change WHERE instr(changeset, {table}.hash) > 0)"
                ),
                [],
            )?;
            if table == "text" {
                texts = dropped as u32;
            }
        }
        db.execute_batch("INSERT INTO passage_words (passage_words) VALUES ('optimize')")?;
        // A vacuum builds the file anew in a temporary one, which it attaches.
        db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
        let vacuumed = db.execute_batch("VACUUM");
        db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        vacuumed?;
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok((CompactReport { before, after: size(), texts }, None))
    })
}
