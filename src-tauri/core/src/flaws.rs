//! Finds every stored value that the program cannot read as it is, one by one.
//!
//! The tables and what each column holds stand here once more, so that each row is looked at in the way in which lists
//! and exports read it (`stored.rs`). Deliberately absent: mending, and what a value means beside others (`check.rs`).

use crate::error::Result;
use crate::ids::TagId;
use crate::journal;
use crate::stored::{StoredRow, StoredRows, kind};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The kind of value that a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// An id, 16 bytes.
    Id,
    /// An id, or null.
    IdOrNull,
    /// The address of something, 32 bytes.
    Hash,
    /// A text.
    Text,
    /// A text, or null.
    TextOrNull,
    /// A whole number from 0 to 2^32 - 1.
    Number,
    /// Such a number, or null.
    NumberOrNull,
    /// A moment, a count that may be larger, yes or no.
    Integer,
    /// Any number.
    Real,
}

/// A table: its name, what a row of it is called, and its columns. The first names the row.
type Table = (&'static str, &'static str, &'static [(&'static str, Holds)]);

/// Everything that is read from a project, but for bodies, which `check.rs` compares with their hashes.
const TABLES: [Table; 11] = [
    ("text", "text", &[("hash", Holds::Hash), ("length", Holds::Number), ("words", Holds::Number)]),
    ("structure", "structure", &[("hash", Holds::Hash)]),
    ("original", "original", &[("hash", Holds::Hash)]),
    (
        "document",
        "document",
        &[
            ("id", Holds::Id),
            ("title", Holds::Text),
            ("author", Holds::Text),
            ("publisher", Holds::Text),
            ("published", Holds::Text),
            ("url", Holds::Text),
            ("accessed", Holds::Text),
            ("language", Holds::Text),
            ("sample", Holds::Integer),
            ("version", Holds::Id),
            ("created_at", Holds::Integer),
            ("kind", Holds::Text),
            ("csl", Holds::Text),
            ("found", Holds::Text),
        ],
    ),
    (
        "version",
        "version",
        &[
            ("id", Holds::Id),
            ("document", Holds::Id),
            ("text_hash", Holds::Hash),
            ("structure_hash", Holds::Hash),
            ("original_hash", Holds::Hash),
            ("format", Holds::Text),
            ("encoding", Holds::Text),
            ("imported_at", Holds::Integer),
            ("whole_page", Holds::Integer),
            ("page_words", Holds::Number),
        ],
    ),
    (
        "highlight",
        "highlight",
        &[
            ("id", Holds::Id),
            ("document", Holds::Id),
            ("note", Holds::Text),
            ("created_at", Holds::Integer),
            ("updated_at", Holds::Integer),
        ],
    ),
    (
        "anchor",
        "place of the highlight",
        &[
            ("highlight", Holds::Id),
            ("version", Holds::Id),
            ("start", Holds::NumberOrNull),
            ("end", Holds::NumberOrNull),
            ("exact", Holds::Text),
            ("prefix", Holds::Text),
            ("suffix", Holds::Text),
            ("method", Holds::Text),
            ("score", Holds::Real),
            ("confirmed", Holds::Integer),
        ],
    ),
    (
        "tag",
        "tag",
        &[
            ("id", Holds::Id),
            ("parent", Holds::IdOrNull),
            ("name", Holds::Text),
            ("colour", Holds::Text),
            ("definition", Holds::Text),
            ("shortcut", Holds::TextOrNull),
            ("position", Holds::Integer),
        ],
    ),
    ("highlight_tag", "tagging of the highlight", &[("highlight", Holds::Id), ("tag", Holds::Id)]),
    (
        "relation",
        "relation",
        &[
            ("id", Holds::Id),
            ("label", Holds::Text),
            ("inverse", Holds::Text),
            ("symmetric", Holds::Integer),
            ("position", Holds::Integer),
        ],
    ),
    (
        "link",
        "link",
        &[
            ("id", Holds::Id),
            ("source", Holds::Id),
            ("target", Holds::Id),
            ("relation", Holds::Id),
            ("note", Holds::Text),
            ("created_at", Holds::Integer),
        ],
    ),
];

/// Every value that cannot be read, as sentences, at most so many.
pub(crate) fn rows(db: &Connection, most: usize) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (table, noun, columns) in TABLES {
        let names: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let sql = format!("SELECT /* every row */ {} FROM {table}", names.join(", "));
        let mut statement = db.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for (at, (column, holds)) in columns.iter().enumerate() {
                if let Some(fault) = fault(row.get_ref(at)?, *holds) {
                    let name = name(row)?;
                    let what = match at {
                        0 => format!("The {noun} {name} {fault}"),
                        _ => format!("The {} of the {noun} {name} {fault}", plain(column)),
                    };
                    found.push(what);
                }
            }
            if found.len() >= most {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

/// The fault of a value, as the end of a sentence.
fn fault(value: ValueRef<'_>, holds: Holds) -> Option<String> {
    const OUT: &str = "It is left out.";
    let wrong = |expected: &str| Some(format!("is {}, not {expected}. {OUT}", kind(value)));
    match (holds, value) {
        (Holds::IdOrNull | Holds::TextOrNull | Holds::NumberOrNull, ValueRef::Null) => None,
        (Holds::Id | Holds::IdOrNull, ValueRef::Blob(bytes)) if bytes.len() == 16 => None,
        (Holds::Id | Holds::IdOrNull, ValueRef::Blob(bytes)) => {
            Some(format!("is no id: it has {} bytes, not 16. {OUT}", bytes.len()))
        }
        (Holds::Id | Holds::IdOrNull, _) => wrong("an id"),
        (Holds::Hash, ValueRef::Blob(bytes)) if bytes.len() == 32 => None,
        (Holds::Hash, _) => Some("is no address of a stored text.".into()),
        (Holds::Text | Holds::TextOrNull, ValueRef::Text(bytes)) => std::str::from_utf8(bytes)
            .is_err()
            .then(|| "is not readable as text. What is no text in it is shown as �.".into()),
        (Holds::Text | Holds::TextOrNull, _) => wrong("a text"),
        (Holds::Number | Holds::NumberOrNull, ValueRef::Integer(number)) => {
            u32::try_from(number).is_err().then(|| format!("is {number}, which no position or count is. {OUT}"))
        }
        (Holds::Integer, ValueRef::Integer(_)) | (Holds::Real, ValueRef::Integer(_) | ValueRef::Real(_)) => None,
        _ => wrong("a number"),
    }
}

/// The name of a row: its id, or the bytes that stand in its place.
fn name(row: &Row<'_>) -> Result<String> {
    Ok(match row.get_ref(0)? {
        ValueRef::Blob(bytes) => match Uuid::from_slice(bytes) {
            Ok(id) => id.to_string(),
            Err(_) => format!("“{}”", bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>()),
        },
        _ => "without an id".into(),
    })
}

/// A column in words.
fn plain(column: &str) -> &str {
    match column {
        "exact" => "quote",
        "csl" => "description",
        "created_at" | "imported_at" => "time",
        "updated_at" => "time of the last change",
        "shortcut" => "key",
        "text_hash" => "text",
        "structure_hash" => "structure",
        "original_hash" => "original",
        other => other,
    }
}

/// Tags that stand below themselves.
pub(crate) fn circles(db: &Connection) -> Result<Vec<String>> {
    let tags: Vec<(TagId, Option<TagId>, String)> = db
        .prepare("SELECT id, parent, name FROM tag ORDER BY position, id")?
        .query_map([], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?)))?
        .readable()?;
    let parents: BTreeMap<TagId, TagId> = tags.iter().filter_map(|(id, parent, _)| Some((*id, (*parent)?))).collect();
    let circle = |tag: TagId| {
        let mut seen = BTreeSet::new();
        let mut at = tag;
        while let Some(&above) = parents.get(&at) {
            if above == tag {
                return true;
            }
            if !seen.insert(above) {
                return false;
            }
            at = above;
        }
        false
    };
    let said = |name: &str| format!("The tag “{name}” stands below itself. Give it another parent, or none.");
    Ok(tags.iter().filter(|(id, _, _)| circle(*id)).map(|(_, _, name)| said(name)).collect())
}

/// Changes in the journal that nobody can take back, because they cannot be read.
pub(crate) fn changes(db: &Connection, most: usize) -> Result<Vec<String>> {
    let mut statement = db.prepare("SELECT /* every row */ id, label, at, undone, changeset FROM change")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let label = match row.get_ref(1)? {
            ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        let columns = [Holds::Id, Holds::Text, Holds::Integer, Holds::Integer];
        let mut faults = Vec::new();
        for (at, holds) in columns.into_iter().enumerate() {
            faults.extend(fault(row.get_ref(at)?, holds));
        }
        let good = match row.get_ref(4)? {
            ValueRef::Blob(bytes) => journal::touched(bytes).is_ok(),
            _ => false,
        };
        if !faults.is_empty() {
            found.push(format!("The change “{label}” in the history is damaged."));
        }
        if !good {
            found.push(format!("The change “{label}” in the history is damaged and cannot be taken back."));
        }
        if found.len() >= most {
            break;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrations::empty;
    use crate::schema::SCHEMA;

    /// A column that a later schema adds must be looked at too.
    #[test]
    fn every_column_of_the_schema_is_looked_at() {
        let db = empty(SCHEMA).expect("a schema");
        for (table, _, columns) in TABLES {
            let mut statement = db.prepare(&format!("SELECT name FROM pragma_table_info('{table}')")).expect(table);
            let names: Vec<String> =
                statement.query_map([], |row| row.get(0)).expect(table).collect::<rusqlite::Result<_>>().expect(table);
            let looked_at: BTreeSet<&str> = columns.iter().map(|(name, _)| *name).collect();
            let bodies = ["body", "bytes"];
            let missed: Vec<&String> = names
                .iter()
                .filter(|name| !looked_at.contains(name.as_str()) && !bodies.contains(&name.as_str()))
                .collect();
            assert!(missed.is_empty(), "{table}: {missed:?}");
        }
        assert!(journal::TABLES.iter().all(|table| TABLES.iter().any(|(name, _, _)| name == table)));
    }
}
