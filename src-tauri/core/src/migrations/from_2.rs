//! From version 2 to version 3: a version of a document says how much of a web page it holds. Frozen.

use crate::error::Result;
use rusqlite::Connection;

/// Adds the columns. Of a page that was imported before, nobody knows what was left out.
pub(super) fn step(db: &Connection) -> Result<()> {
    Ok(db.execute_batch(
        "ALTER TABLE version ADD COLUMN whole_page INTEGER NOT NULL DEFAULT 0; \
         ALTER TABLE version ADD COLUMN page_words INTEGER NOT NULL DEFAULT 0;",
    )?)
}
