//! The file that a version came from, out again, byte for byte. Deliberately absent: the file's name; it was never kept.

use crate::error::{Error, Result};
use crate::ids::{DocumentId, VersionId};
use crate::project::Cx;
use crate::stored::{StoredRow, StoredRows};
use rusqlite::{OptionalExtension, params};

/// A file as it was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it was read as: "text", "docx"…
    pub format: String,
}

impl Original {
    /// The ending that files of its format have, without the dot.
    pub fn ending(&self) -> &str {
        match self.format.as_str() {
            "text" => "txt",
            "markdown" => "md",
            other => other,
        }
    }
}

/// Which file the text of a document came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The document.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// SHA-256 of the bytes that its current version was imported from.
    pub hash: Vec<u8>,
}

/// Where the current text of every document came from.
pub fn origins(cx: &Cx<'_>) -> Result<Vec<Origin>> {
    let mut statement = cx
        .db
        .prepare_cached("SELECT d.id, d.title, v.original_hash FROM document d JOIN version v ON v.id = d.version")?;
    let origins = statement
        .query_map([], |row| Ok(Origin { document: row.read(0)?, title: row.read(1)?, hash: row.read(2)? }))?
        .readable()?;
    Ok(origins)
}

/// The file that a document's version came from; the current one when none is named. A file that was its own text is
/// kept as that text only.
pub fn original(cx: &Cx<'_>, document: DocumentId, version: Option<VersionId>) -> Result<Original> {
    let current = cx.current(document)?;
    let version = version.unwrap_or(current);
    let hash: Option<Vec<u8>> = cx
        .db
        .prepare_cached("SELECT original_hash FROM version WHERE id = ?1 AND document = ?2")?
        .query_row(params![version, document], |row| row.read(0))
        .optional()?;
    let hash = hash.ok_or_else(|| Error::VersionUnknown { id: version.to_string() })?;
    // A text that was corrected here came from the same file as the one before it.
    let format: Option<String> = cx
        .db
        .prepare_cached(
            "SELECT format FROM version WHERE document = ?1 AND original_hash = ?2 AND format <> 'revised' LIMIT 1",
        )?
        .query_row(params![document, hash], |row| row.read(0))
        .optional()?;
    let format = format.unwrap_or_else(|| "text".into());
    let kept: Option<Vec<u8>> = cx
        .db
        .prepare_cached("SELECT bytes FROM original WHERE hash = ?1")?
        .query_row([&hash], |row| row.read(0))
        .optional()?;
    if let Some(bytes) = kept {
        return Ok(Original { bytes, format });
    }
    let text: Option<String> = cx
        .db
        .prepare_cached("SELECT body FROM text WHERE hash = ?1")?
        .query_row([&hash], |row| row.read(0))
        .optional()?;
    match text {
        Some(text) => Ok(Original { bytes: text.into_bytes(), format }),
        None => Err(Error::ProjectDamaged { name: "The project".into(), reason: "an original is missing".into() }),
    }
}
