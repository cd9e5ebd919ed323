//! The change journal: every write leaves a changeset of SQLite's session extension and a label in plain words.
//! Undo applies the inverse of the newest change that stands, redo applies the oldest that was undone; a restart
//! makes no difference. Deliberately absent: undo code for any particular command.

use crate::changeset;
use crate::error::{Error, Result};
use crate::ids::{ChangeId, DocumentId, HighlightId};
use crate::stored::{StoredRow, if_readable};
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
/// From one state to another over more changes than this, counting anew is quicker than following them.
const MOST_FOLLOWED: i64 = 200;
/// Bytes of a change that is longer than following it is worth.
const LONGEST_FOLLOWED: usize = 1024 * 1024;
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
            .query_row([], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?, row.read(3)?)))
            .optional()?;
        if let Some((seq, at, label, before)) = last
            && label == entry.label
            && entry.at - at < TYPING_PAUSE
            && touched(&before).ok() == Some(touched(entry.changeset)?)
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

/// How much of the journal is kept: a change is dropped only when it is beyond all three.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    /// So many changes, the newest.
    pub steps: u32,
    /// What is younger than this, in milliseconds.
    pub age: i64,
    /// So many bytes of changesets, the newest.
    pub bytes: u64,
}

/// What every project keeps: the last thousand changes, whatever their age and size; everything of the last thirty
/// days; and beyond that as much as 64 MiB hold, some hundred thousand changes of one highlight each.
pub const BOUND: Bound = Bound { steps: 1_000, age: 30 * 24 * 60 * 60 * 1_000, bytes: 64 * 1024 * 1024 };

/// Drops the oldest changes beyond a bound; answers how many. What can be undone or redone within it stays.
pub fn trim(db: &Connection, now: i64, bound: &Bound) -> Result<u32> {
    let kept: Option<i64> = db
        .prepare_cached("SELECT seq FROM change ORDER BY seq DESC LIMIT 1 OFFSET ?1")?
        .query_row([bound.steps.saturating_sub(1)], |row| row.read(0))
        .optional()?;
    let oldest: Option<(i64, i64)> = db
        .prepare_cached("SELECT seq, at FROM change ORDER BY seq LIMIT 1")?
        .query_row([], |row| Ok((row.read(0)?, row.read(1)?)))
        .optional()?;
    let (Some(kept), Some((first, at))) = (kept, oldest) else { return Ok(0) };
    if first >= kept || at >= now - bound.age {
        return Ok(0);
    }
    let mut held = 0;
    let mut cut = None;
    let mut sizes = db.prepare_cached("SELECT seq, length(changeset) FROM change ORDER BY seq DESC")?;
    let mut rows = sizes.query([])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.read(0)?;
        held += row.read::<i64>(1)? as u64;
        if held > bound.bytes && seq < kept {
            cut = Some(seq);
            break;
        }
    }
    let Some(cut) = cut else { return Ok(0) };
    // The journal is a chain: only its old end can go, up to the first change that is young enough to stay.
    let young: Option<i64> = db
        .prepare_cached("SELECT seq FROM change WHERE seq <= ?1 AND at >= ?2 ORDER BY seq LIMIT 1")?
        .query_row([cut, now - bound.age], |row| row.read(0))
        .optional()?;
    let end = young.unwrap_or(cut + 1);
    Ok(db.prepare_cached("DELETE FROM change WHERE seq < ?1 AND undone = 0")?.execute([end])? as u32)
}

/// Which change is the newest that stands: two equal ones mean the same state of all that is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    seq: i64,
    /// The bytes of its id, whatever they are.
    id: Vec<u8>,
    /// Typing joins a change that stands already: these two tell.
    at: i64,
    length: i64,
}

/// The newest change that stands; `None` when there is none.
pub fn standing(db: &Connection) -> Result<Option<Standing>> {
    let read = db
        .prepare_cached("SELECT seq, id, at, length(changeset) FROM change WHERE undone = 0 ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| {
            Ok(Standing { seq: row.read(0)?, id: row.read(1)?, at: row.read(2)?, length: row.read(3)? })
        })
        .optional();
    Ok(if_readable(read)?.flatten())
}

/// The highlights that differ between two states; `None` when they are many, or when the journal no longer knows.
pub fn highlights_between(db: &Connection, before: &Standing, now: &Standing) -> Result<Option<Vec<HighlightId>>> {
    let there: Option<Vec<u8>> = db
        .prepare_cached("SELECT id FROM change WHERE seq = ?1")?
        .query_row([before.seq], |row| row.read(0))
        .optional()?;
    let (first, last) = (before.seq.min(now.seq), before.seq.max(now.seq));
    if there.as_ref() != Some(&before.id) || last - first > MOST_FOLLOWED {
        return Ok(None);
    }
    // What was typed since joined the change that both have in common.
    let first = if before.seq <= now.seq { first - 1 } else { first };
    let mut found = BTreeSet::new();
    let mut statement = db.prepare_cached("SELECT changeset FROM change WHERE seq > ?1 AND seq <= ?2")?;
    let mut rows = statement.query([first, last])?;
    while let Some(row) = rows.next()? {
        let changeset: Vec<u8> = row.read(0)?;
        if changeset.len() > LONGEST_FOLLOWED {
            return Ok(None);
        }
        // The journal does not know what a damaged changeset changed.
        let Some(highlights) = touched(&changeset).ok().and_then(|changes| changes.highlights) else { return Ok(None) };
        found.extend(highlights);
    }
    Ok(Some(found.into_iter().collect()))
}

/// Takes back the newest change that stands.
pub fn undo(db: &Connection) -> Result<(Change, Changes)> {
    let (seq, mut change, changeset) =
        pick(db, "SELECT seq, id, at, label, changeset FROM change WHERE undone = 0 ORDER BY seq DESC LIMIT 1")?
            .ok_or(Error::NothingToUndo)?;
    sound(&changeset, &change.label)?;
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
    sound(&changeset, &change.label)?;
    apply(db, &changeset, &change.label)?;
    db.execute("UPDATE change SET undone = 0 WHERE seq = ?1", [seq])?;
    Ok((change, touched(&changeset)?))
}

/// Refuses a changeset that cannot be read, or that would change a table which nobody fills by hand.
fn sound(changeset: &[u8], label: &str) -> Result<()> {
    if changeset::is_sound(changeset) { Ok(()) } else { Err(Error::UndoConflict { label: label.into() }) }
}

type Picked = (i64, Change, Vec<u8>);

fn pick(db: &Connection, sql: &str) -> Result<Option<Picked>> {
    Ok(db
        .prepare_cached(sql)?
        .query_row([], |row| {
            let change = Change { id: row.read(1)?, at: row.read(2)?, label: row.read(3)?, undone: false };
            Ok((row.read(0)?, change, row.read(4)?))
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
    if !changeset::is_sound(changeset) {
        return Err(Error::Storage { reason: "a change in the history is damaged".into() });
    }
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
