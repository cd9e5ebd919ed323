//! Brings a project of an older version to today's schema, one step after the other.
//!
//! A step and the text of a shipped schema are frozen: they are not edited, and they call nothing outside this folder,
//! so that an old project becomes tomorrow what it becomes today. A step changes only tables that a person fills. What is
//! derived (indexes, triggers, the search index) is dropped before the first step and made once after the last, from
//! today's `schema.sql`; everything that a search finds is then indexed anew.
//! Deliberately absent: opening the file, and the copy that is made of it before.

mod from_1;
mod from_2;

use crate::error::Result;
use rusqlite::Connection;

/// A version of the schema that was shipped and is not today's.
#[derive(Debug, Clone, Copy)]
pub struct Older {
    /// Its number.
    pub version: i64,
    /// Its `schema.sql`, as it was shipped.
    pub schema: &'static str,
    /// The step to the next version.
    pub step: fn(&Connection) -> Result<()>,
}

/// Every older version since the first release, in order.
///
/// A step adds columns at the end of their table and with a default: changesets in the journal, which are kept, know only
/// the columns before them.
pub const OLDER: &[Older] = &[
    Older { version: 1, schema: include_str!("v1.sql"), step: from_1::step },
    Older { version: 2, schema: include_str!("v2.sql"), step: from_2::step },
];

/// The versions of the schema that a program knows.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Those that were shipped before, in order.
    pub older: &'a [Older],
    /// The number of the newest.
    pub version: i64,
    /// The text of the newest.
    pub schema: &'a str,
}

impl Known<'_> {
    /// The text of a version's schema; `None` for a version that was never shipped.
    pub fn schema_of(&self, version: i64) -> Option<&str> {
        if version == self.version {
            return Some(self.schema);
        }
        self.older.iter().find(|older| older.version == version).map(|older| older.schema)
    }

    /// Takes a database of an older version to the newest, inside the caller's transaction.
    pub fn migrate(&self, db: &Connection, version: i64) -> Result<()> {
        if let Some(schema) = self.schema_of(version) {
            drop_derived(db, schema)?;
        }
        for older in self.older.iter().filter(|older| older.version >= version) {
            (older.step)(db)?;
        }
        make_derived(db, self.schema)?;
        Ok(db.pragma_update(None, "user_version", self.version)?)
    }
}

/// Objects that can be made from the other tables at any time.
const DERIVED: &str =
    "sql IS NOT NULL AND (type IN ('index', 'trigger') OR name IN ('passage', 'passage_words', 'stale'))";

/// Marks everything that a search finds as not indexed yet, where nothing is marked so far.
pub(crate) const EVERYTHING_STALE: &str = "INSERT INTO stale \
     SELECT 'title', id FROM document WHERE typeof(id) = 'blob' \
     UNION ALL SELECT 'text', id FROM document WHERE typeof(id) = 'blob' \
     UNION ALL SELECT 'highlight', id FROM highlight WHERE typeof(id) = 'blob'";

/// A database in memory that has nothing but a schema.
pub fn empty(schema: &str) -> rusqlite::Result<Connection> {
    let db = Connection::open_in_memory()?;
    db.execute_batch(schema)?;
    Ok(db)
}

/// Drops what is derived. The names come from the text of the schema, never from the file.
fn drop_derived(db: &Connection, schema: &str) -> Result<()> {
    let empty = empty(schema)?;
    let mut statement = empty.prepare(&format!(
        "SELECT type, name FROM sqlite_schema WHERE {DERIVED} ORDER BY type = 'table', type = 'index', name"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, name): (String, String) = (row.get(0)?, row.get(1)?);
        db.execute_batch(&format!("DROP {kind} \"{name}\""))?;
    }
    Ok(())
}

/// Makes what is derived, and marks everything that a search finds as not indexed yet.
fn make_derived(db: &Connection, schema: &str) -> Result<()> {
    let empty = empty(schema)?;
    let mut statement =
        empty.prepare(&format!("SELECT sql FROM sqlite_schema WHERE {DERIVED} ORDER BY type <> 'table', name"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        db.execute_batch(&row.get::<_, String>(0)?)?;
    }
    Ok(db.execute_batch(EVERYTHING_STALE)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shipped_schema_names_its_version() {
        for older in OLDER {
            let version: i64 = empty(older.schema)
                .and_then(|db| db.query_row("PRAGMA user_version", [], |row| row.get(0)))
                .expect("the schema is made");
            assert_eq!(version, older.version);
        }
        assert!(OLDER.windows(2).all(|pair| pair[0].version + 1 == pair[1].version), "no version is left out");
    }
}
