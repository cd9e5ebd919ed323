//! The change journal: every write leaves a changeset of SQLite's session extension and a label in plain words.
//! Undo applies the inverse of the newest change that stands, redo applies the oldest that was undone; a restart
//! makes no difference. Deliberately absent: undo code for any particular command.

use crate::error::{Error, Result};
use crate::ids::{ChangeId, DocumentId, HighlightId};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::session::{
    Changegroup, ChangesetItem, ChangesetIter, ConflictAction, ConflictType, Session, invert_strm,
};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Read;
use ts_rs::TS;
use uuid::Uuid;

/// The tables whose changes are recorded: all that a person makes.
pub const TABLES: [&str; 8] =
    ["document", "version", "highlight", "anchor", "tag", "highlight_tag", "relation", "link"];

/// More touched highlights than this are not named: the window reloads what it shows.
const MOST_NAMED: usize = 500;
/// Typing in one note within this time, in milliseconds, is one step.
const TYPING_PAUSE: i64 = 60_000;

/// What a write is about; stores reload by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Texts and their metadata.
    Documents,
    /// Passages, their places, tags and notes.
    Highlights,
    /// The codebook.
    Tags,
    /// Cross-references.
    Links,
    /// Types of links.
    Relations,
    /// The journal itself.
    History,
}

/// What a write touched.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Changes {
    /// What it is about.
    pub topics: Vec<Topic>,
    /// The documents whose highlights or metadata it touched, as far as they are named.
    pub documents: Vec<DocumentId>,
    /// The highlights it touched; null when there are too many to name: reload what you show.
    pub highlights: Option<Vec<HighlightId>>,
}

impl Changes {
    /// Everything may have changed.
    pub fn everything() -> Changes {
        Changes {
            topics: vec![
                Topic::Documents,
                Topic::Highlights,
                Topic::Tags,
                Topic::Links,
                Topic::Relations,
                Topic::History,
            ],
            documents: Vec::new(),
            highlights: None,
        }
    }
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Change {
    /// Its id.
    pub id: ChangeId,
    /// When, UTC milliseconds.
    #[ts(type = "number")]
    pub at: i64,
    /// What, in plain words.
    pub label: String,
    /// Whether it was undone and can be redone.
    pub undone: bool,
}

/// Starts watching the tables of [`TABLES`].
pub fn watch(db: &Connection) -> Result<Session<'_>> {
    let mut session = Session::new(db)?;
    for table in TABLES {
        session.attach(Some(table))?;
    }
    Ok(session)
}

/// What a session saw, as one changeset; empty when nothing changed.
pub fn changeset(session: &mut Session<'_>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if !session.is_empty() {
        session.changeset_strm(&mut bytes)?;
    }
    Ok(bytes)
}

/// Several changesets, in order, as one.
pub fn joined(changesets: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut group = Changegroup::new()?;
    for one in changesets {
        group.add_stream(&mut &one[..])?;
    }
    let mut bytes = Vec::new();
    group.output_strm(&mut bytes)?;
    Ok(bytes)
}

/// A change to be recorded.
pub struct Entry<'a> {
    /// Its id.
    pub id: Uuid,
    /// When, UTC milliseconds.
    pub at: i64,
    /// What, in plain words.
    pub label: &'a str,
    /// What changed.
    pub changeset: &'a [u8],
    /// Whether it continues the change before, when that has the same label and is recent: typing is one step.
    pub typing: bool,
}

/// Records a change; what was undone before it can no longer be redone.
pub fn record(db: &Connection, entry: &Entry<'_>) -> Result<()> {
    db.prepare_cached("DELETE FROM change WHERE undone = 1")?.execute([])?;
    if entry.typing {
        let last: Option<(i64, i64, String, Vec<u8>)> = db
            .prepare_cached("SELECT seq, at, label, changeset FROM change ORDER BY seq DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        if let Some((seq, at, label, before)) = last
            && label == entry.label
            && entry.at - at < TYPING_PAUSE
            && touched(&before)? == touched(entry.changeset)?
        {
            let whole = joined(&[before, entry.changeset.to_vec()])?;
            db.prepare_cached("UPDATE change SET at = ?1, changeset = ?2 WHERE seq = ?3")?
                .execute(params![entry.at, whole, seq])?;
            return Ok(());
        }
    }
    db.prepare_cached("INSERT INTO change (id, at, label, changeset) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        ChangeId(entry.id),
        entry.at,
        entry.label,
        entry.changeset
    ])?;
    Ok(())
}

/// Takes back the newest change that stands.
pub fn undo(db: &Connection) -> Result<(Change, Changes)> {
    let (seq, mut change, changeset) =
        pick(db, "SELECT seq, id, at, label, changeset FROM change WHERE undone = 0 ORDER BY seq DESC LIMIT 1")?
            .ok_or(Error::NothingToUndo)?;
    let mut inverse = Vec::new();
    invert_strm(&mut &changeset[..], &mut inverse)?;
    apply(db, &inverse, &change.label)?;
    db.execute("UPDATE change SET undone = 1 WHERE seq = ?1", [seq])?;
    change.undone = true;
    Ok((change, touched(&changeset)?))
}

/// Applies the oldest undone change again.
pub fn redo(db: &Connection) -> Result<(Change, Changes)> {
    let (seq, change, changeset) =
        pick(db, "SELECT seq, id, at, label, changeset FROM change WHERE undone = 1 ORDER BY seq LIMIT 1")?
            .ok_or(Error::NothingToRedo)?;
    apply(db, &changeset, &change.label)?;
    db.execute("UPDATE change SET undone = 0 WHERE seq = ?1", [seq])?;
    Ok((change, touched(&changeset)?))
}

type Picked = (i64, Change, Vec<u8>);

fn pick(db: &Connection, sql: &str) -> Result<Option<Picked>> {
    Ok(db
        .prepare_cached(sql)?
        .query_row([], |row| {
            let change = Change { id: row.get(1)?, at: row.get(2)?, label: row.get(3)?, undone: false };
            Ok((row.get(0)?, change, row.get(4)?))
        })
        .optional()?)
}

fn apply(db: &Connection, changeset: &[u8], label: &str) -> Result<()> {
    db.pragma_update(None, "defer_foreign_keys", true)?;
    let conflict = |kind: ConflictType, _: ChangesetItem| match kind {
        // A row to delete is gone already: its parent's deletion took it along.
        ConflictType::SQLITE_CHANGESET_NOTFOUND => ConflictAction::SQLITE_CHANGESET_OMIT,
        _ => ConflictAction::SQLITE_CHANGESET_ABORT,
    };
    db.apply_strm(&mut &changeset[..], None::<fn(&str) -> bool>, conflict).map_err(|error| {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationAborted) => Error::UndoConflict { label: label.into() },
            _ => error.into(),
        }
    })
}

/// What a changeset touches. Source of the layout: SQLite's session extension, "changeset iterators".
pub fn touched(changeset: &[u8]) -> Result<Changes> {
    let mut topics = BTreeSet::from([Topic::History]);
    let mut documents = BTreeSet::new();
    let mut highlights = BTreeSet::new();
    let mut input: &[u8] = changeset;
    let reader: &mut dyn Read = &mut input;
    let mut iter = ChangesetIter::start_strm(&reader)?;
    while let Some(item) = iter.next()? {
        let op = item.op()?;
        let id = |column: usize| uuid_at(item, column);
        match op.table_name() {
            "document" => {
                topics.insert(Topic::Documents);
                documents.extend(id(0).map(DocumentId));
            }
            "version" => {
                topics.insert(Topic::Documents);
                documents.extend(id(1).map(DocumentId));
            }
            "highlight" => {
                topics.insert(Topic::Highlights);
                highlights.extend(id(0).map(HighlightId));
                documents.extend(id(1).map(DocumentId));
            }
            "anchor" | "highlight_tag" => {
                topics.insert(Topic::Highlights);
                highlights.extend(id(0).map(HighlightId));
            }
            "tag" => {
                topics.insert(Topic::Tags);
            }
            "relation" => {
                topics.insert(Topic::Relations);
            }
            "link" => {
                topics.insert(Topic::Links);
                highlights.extend(id(1).map(HighlightId));
                highlights.extend(id(2).map(HighlightId));
            }
            _ => {}
        }
    }
    if topics.contains(&Topic::Highlights) {
        // Counts of tags and documents follow from them.
        topics.insert(Topic::Tags);
        topics.insert(Topic::Documents);
    }
    if topics.contains(&Topic::Links) {
        topics.insert(Topic::Relations);
    }
    let named = highlights.len() <= MOST_NAMED;
    Ok(Changes {
        topics: topics.into_iter().collect(),
        documents: documents.into_iter().collect(),
        highlights: named.then(|| highlights.into_iter().collect()),
    })
}

/// The id in a column, from the new values of an insertion or the old ones of anything else.
fn uuid_at(item: &ChangesetItem, column: usize) -> Option<Uuid> {
    let read = |value: rusqlite::Result<ValueRef<'_>>| match value {
        Ok(ValueRef::Blob(bytes)) => Uuid::from_slice(bytes).ok(),
        _ => None,
    };
    read(item.old_value(column)).or_else(|| read(item.new_value(column)))
}
