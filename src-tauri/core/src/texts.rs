//! Reads the text and the structure of a version from a project, also from a damaged one.

use crate::error::{Error, Result};
use crate::ids::VersionId;
use crate::stored::count;
use crate::structure::Structure;
use crate::text::Text;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

/// Bytes of a text that are no UTF-8 become U+FFFD, but only where every other character stays at its place: otherwise all
/// highlights behind them would stand at other words, and the text is refused.
pub(crate) fn whole(db: &Connection, version: VersionId) -> Result<(Text, Structure)> {
    let damaged = |reason: &str| Error::TextDamaged { reason: reason.into() };
    let mut statement = db.prepare_cached(
        "SELECT text.length, text.body, structure.body FROM version \
         LEFT JOIN text ON text.hash = version.text_hash LEFT JOIN structure ON structure.hash = version.structure_hash \
         WHERE version.id = ?1",
    )?;
    let read = statement
        .query_row([version], |row| {
            let length = row.get::<_, i64>(0).ok();
            let bytes = |at: usize| -> rusqlite::Result<Option<Vec<u8>>> {
                Ok(match row.get_ref(at)? {
                    ValueRef::Text(bytes) => Some(bytes.to_vec()),
                    _ => None,
                })
            };
            Ok((length, bytes(1)?, bytes(2)?))
        })
        .optional()?;
    let (length, body, structure) = read.ok_or_else(|| Error::VersionUnknown { id: version.to_string() })?;
    let body = body.ok_or_else(|| damaged("it is missing"))?;
    let structure = structure.ok_or_else(|| damaged("its paragraphs are missing"))?;
    let text = match String::from_utf8(body) {
        Ok(body) => Text::new(body),
        Err(error) => {
            count();
            let text = Text::new(String::from_utf8_lossy(error.as_bytes()).into_owned());
            if length != Some(i64::from(text.len())) {
                return Err(damaged("some of its characters cannot be read"));
            }
            text
        }
    };
    let structure = Structure::from_json(&String::from_utf8_lossy(&structure))
        .and_then(|structure| structure.check(text.len()).map(|()| structure))
        .map_err(|error| damaged(&error.to_string()))?;
    Ok((text, structure))
}
