//! Ids: UUID version 7, 16-byte blobs in the database, hyphenated text everywhere else. One type a noun, so that a
//! tag can never be passed where a highlight is meant. No id carries a meaning.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($( $(#[$doc:meta])* $name:ident; )*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
        #[serde(transparent)]
        pub struct $name(#[ts(type = "string")] pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> { Uuid::parse_str(text).map($name) }
        }
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
            }
        }
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Uuid::from_slice(value.as_blob()?).map($name).map_err(|_| FromSqlError::InvalidType)
            }
        }
    )* };
}

ids! {
    /// A source text.
    DocumentId;
    /// One immutable text of a document.
    VersionId;
    /// A marked passage.
    HighlightId;
    /// A word of the codebook.
    TagId;
    /// The type of a link.
    RelationId;
    /// A cross-reference.
    LinkId;
    /// An entry of the journal.
    ChangeId;
}
