//! History: the journal as people read it, and undo and redo as commands.

use crate::details;
use crate::error::Result;
use crate::ids::ChangeId;
use crate::journal::{self, Change, Changes};
use crate::project::{Cx, NoArguments, Project};
use crate::stored::{StoredRow, StoredRows};
use rusqlite::Connection;
use serde::Deserialize;
use ts_rs::TS;

/// How much of the history to list.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct HistoryList {
    /// At most so many, newest first.
    pub limit: Option<u32>,
}

/// Lists changes, newest first.
pub fn list(cx: &Cx<'_>, args: HistoryList) -> Result<Vec<Change>> {
    Ok(cx
        .db
        .prepare_cached("SELECT id, at, label, undone FROM change ORDER BY seq DESC LIMIT ?1")?
        .query_map([args.limit.map_or(-1, i64::from)], |row| {
            Ok(Change { id: row.read::<ChangeId>(0)?, at: row.read(1)?, label: row.read(2)?, undone: row.read(3)? })
        })?
        .readable()?)
}

/// Takes back the newest change that stands.
pub fn undo(project: &Project, _: NoArguments) -> Result<(Change, Option<Changes>)> {
    project.step_back(|db| stepped(db, journal::undo)).map(|(change, changes)| (change, Some(changes)))
}

/// Applies the oldest undone change again.
pub fn redo(project: &Project, _: NoArguments) -> Result<(Change, Option<Changes>)> {
    project.step_back(|db| stepped(db, journal::redo)).map(|(change, changes)| (change, Some(changes)))
}

/// A step, after which what is known about the documents that it touched is whole, also when the step is older than the
/// columns that hold it.
fn stepped(db: &Connection, step: impl FnOnce(&Connection) -> Result<(Change, Changes)>) -> Result<(Change, Changes)> {
    let (change, changes) = step(db)?;
    details::agree(db, Some(&changes.documents))?;
    Ok((change, changes))
}
