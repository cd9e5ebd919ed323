//! Highlights as the reader draws them: where they stand, how they look, nothing else.
//!
//! Three sizes of one thing: those near the screen, for the first paint; those that a write has touched; and all of a
//! document, for a hundred thousand of which JSON is too long. [`packed`] writes the last as bytes:
//!
//! ```text
//! all numbers little-endian, four bytes unless said otherwise
//! 5 numbers     rows, tags, sets, members of all sets, 0
//! tags × 16     bytes of each tag's id, in the order of the tag list
//! sets + 1      where each set begins among the members; the last is their end
//! members       places among the tags, ascending in each set
//! rows          start of each, in the caller's unit, ascending; then longest first
//! rows          end of each
//! rows          the set of each
//! rows × 16     bytes of each highlight's id
//! rows × 1      flags of each: 1 note, 2 links, 4 unconfirmed
//! ```
//!
//! Every part but the last begins at a multiple of four, so a window reads it through typed arrays without copying.

use crate::error::Result;
use crate::ids::{DocumentId, HighlightId, TagId, VersionId};
use crate::project::Cx;
use crate::stored::{StoredRow, StoredRows, if_readable};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// How far before the screen a highlight may begin and still be among those near it, in code points.
const LOOK_BACK: u32 = 20_000;

/// A highlight as the reader draws it: [id, start, end, tag indexes, flags]; flags: 1 note, 2 links, 4 unconfirmed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct HighlightRow(pub HighlightId, pub u32, pub u32, pub Vec<u32>, pub u32);

/// The highlights of one document, compact; sorted by start, then longest first, then id.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct HighlightTable {
    /// What the tag indexes of the rows mean.
    pub tags: Vec<TagId>,
    /// One row a highlight.
    pub rows: Vec<HighlightRow>,
}

/// Highlights of one document by id.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HighlightRows {
    /// The document.
    pub document: DocumentId,
    /// Which; those that are gone are left out.
    pub ids: Vec<HighlightId>,
}

/// What the bits of a row's flags mean.
const NOTED: u32 = 1;
const LINKED: u32 = 2;
const UNCONFIRMED: u32 = 4;

/// A row in code points; its tags are one of the sets of [`Drawn`].
struct Mark {
    id: HighlightId,
    start: u32,
    end: u32,
    set: usize,
    flags: u32,
}

/// All highlights of a document.
struct Drawn {
    tags: Vec<TagId>,
    sets: Vec<Vec<u32>>,
    marks: Vec<Mark>,
}

/// All highlights of a document.
pub fn table(cx: &Cx<'_>, document: DocumentId) -> Result<HighlightTable> {
    table_of(cx, cx.current(document)?)
}

/// All highlights as they stand in a version, current or not.
pub fn table_of(cx: &Cx<'_>, version: VersionId) -> Result<HighlightTable> {
    let drawn = drawn(cx, version)?;
    let rows = drawn
        .marks
        .iter()
        .map(|mark| HighlightRow(mark.id, mark.start, mark.end, drawn.sets[mark.set].clone(), mark.flags));
    finished(cx, version, drawn.tags, rows.collect())
}

/// The highlights that touch a stretch of a document, in the caller's unit. One that begins far before it may be
/// missing.
pub fn near(cx: &Cx<'_>, document: DocumentId, (from, to): (u32, u32)) -> Result<HighlightTable> {
    let version = cx.current(document)?;
    let loaded = cx.loaded(version)?;
    let inward = |position| loaded.text.inward(position, cx.units).unwrap_or(loaded.text.len());
    let (from, to) = (inward(from), inward(to));
    let rows = cx
        .db
        .prepare_cached(&format!("{ROW} WHERE a.version = ?1 AND a.start >= ?2 AND a.start < ?3 AND a.\"end\" > ?4"))?
        .query_map(params![version, from.saturating_sub(LOOK_BACK), to, from], read_row)?
        .readable()?;
    tagged(cx, version, rows)
}

/// Highlights of one document by id.
pub fn rows(cx: &Cx<'_>, args: HighlightRows) -> Result<HighlightTable> {
    let version = cx.current(args.document)?;
    let mut statement =
        cx.db.prepare_cached(&format!("{ROW} WHERE a.highlight = ?1 AND a.version = ?2 AND a.start IS NOT NULL"))?;
    let mut found = Vec::new();
    for id in args.ids {
        found.extend(if_readable(statement.query_row(params![id, version], read_row).optional())?.flatten());
    }
    tagged(cx, version, found)
}

const ROW: &str = "SELECT a.highlight, a.start, a.\"end\", h.note <> '', a.confirmed, \
     EXISTS (SELECT 1 FROM link WHERE source = h.id) OR EXISTS (SELECT 1 FROM link WHERE target = h.id) \
     FROM anchor a JOIN highlight h ON h.id = a.highlight";

fn read_row(row: &Row<'_>) -> rusqlite::Result<HighlightRow> {
    let (noted, confirmed, linked): (bool, bool, bool) = (row.read(3)?, row.read(4)?, row.read(5)?);
    Ok(HighlightRow(row.read(0)?, row.read(1)?, row.read(2)?, Vec::new(), flags(noted, linked, confirmed)))
}

fn flags(noted: bool, linked: bool, confirmed: bool) -> u32 {
    u32::from(noted) * NOTED + u32::from(linked) * LINKED + u32::from(!confirmed) * UNCONFIRMED
}

/// Gives a few rows their tags.
fn tagged(cx: &Cx<'_>, version: VersionId, mut rows: Vec<HighlightRow>) -> Result<HighlightTable> {
    let tags = tags(cx)?;
    let index = index(&tags);
    let mut statement = cx.db.prepare_cached("SELECT tag FROM highlight_tag WHERE highlight = ?1")?;
    for row in &mut rows {
        let mut carried = statement.query([row.0])?;
        while let Some(tag) = carried.next()? {
            row.3.extend(if_readable(tag.read(0))?.and_then(|tag: TagId| index.get(&tag)));
        }
        row.3.sort_unstable();
    }
    rows.sort_unstable_by_key(|row| (row.1, Reverse(row.2), row.0));
    finished(cx, version, tags, rows)
}

/// Puts the positions into the caller's unit.
fn finished(cx: &Cx<'_>, version: VersionId, tags: Vec<TagId>, mut rows: Vec<HighlightRow>) -> Result<HighlightTable> {
    let loaded = cx.loaded(version)?;
    for row in &mut rows {
        row.1 = loaded.text.outward(row.1, cx.units);
        row.2 = loaded.text.outward(row.2, cx.units);
    }
    Ok(HighlightTable { tags, rows })
}

fn tags(cx: &Cx<'_>) -> Result<Vec<TagId>> {
    Ok(cx
        .db
        .prepare_cached("SELECT id FROM tag ORDER BY position, id")?
        .query_map([], |row| row.read(0))?
        .readable()?)
}

fn index(tags: &[TagId]) -> HashMap<TagId, u32> {
    tags.iter().enumerate().map(|(at, tag)| (*tag, at as u32)).collect()
}

fn drawn(cx: &Cx<'_>, version: VersionId) -> Result<Drawn> {
    let linked: HashSet<HighlightId> = cx
        .db
        .prepare_cached("SELECT source FROM link UNION ALL SELECT target FROM link")?
        .query_map([], |row| row.read(0))?
        .readable()?;
    let tags = tags(cx)?;
    let index = index(&tags);
    let mut statement = cx.db.prepare_cached(
        "SELECT highlight, start, \"end\", confirmed FROM anchor WHERE version = ?1 AND start IS NOT NULL",
    )?;
    let mut rows = statement.query([version])?;
    let mut marks = Vec::new();
    let sets = cx.tally(|tally| {
        while let Some(row) = rows.next()? {
            let read = || -> rusqlite::Result<(HighlightId, u32, u32, bool)> {
                Ok((row.read(0)?, row.read(1)?, row.read(2)?, row.read(3)?))
            };
            let Some((id, start, end, confirmed)) = if_readable(read())? else { continue };
            let Some((set, noted)) = tally.look(id) else { continue };
            let flags = flags(noted, linked.contains(&id), confirmed);
            marks.push(Mark { id, start, end, set, flags });
        }
        Ok(tally
            .every_set()
            .iter()
            .map(|set| {
                let mut places: Vec<u32> = set.iter().filter_map(|tag| index.get(tag).copied()).collect();
                places.sort_unstable();
                places
            })
            .collect())
    })?;
    marks.sort_unstable_by_key(|mark| (mark.start, Reverse(mark.end), mark.id));
    Ok(Drawn { tags, sets, marks })
}

/// All highlights of a document as bytes.
pub fn packed(cx: &Cx<'_>, document: DocumentId) -> Result<Vec<u8>> {
    let version = cx.current(document)?;
    let loaded = cx.loaded(version)?;
    let Drawn { tags, sets, marks } = drawn(cx, version)?;
    let members: usize = sets.iter().map(Vec::len).sum();
    let mut out = Vec::with_capacity(24 + tags.len() * 16 + (sets.len() + members) * 4 + marks.len() * 29);
    let numbers = |out: &mut Vec<u8>, all: &mut dyn Iterator<Item = u32>| {
        all.for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
    };
    let sizes = [marks.len(), tags.len(), sets.len(), members, 0];
    numbers(&mut out, &mut sizes.iter().map(|&size| size as u32));
    tags.iter().for_each(|tag| out.extend_from_slice(tag.0.as_bytes()));
    let begins = std::iter::once(0).chain(sets.iter().scan(0, |sum, set| {
        *sum += set.len() as u32;
        Some(*sum)
    }));
    numbers(&mut out, &mut { begins });
    numbers(&mut out, &mut sets.iter().flatten().copied());
    numbers(&mut out, &mut marks.iter().map(|mark| loaded.text.outward(mark.start, cx.units)));
    numbers(&mut out, &mut marks.iter().map(|mark| loaded.text.outward(mark.end, cx.units)));
    numbers(&mut out, &mut marks.iter().map(|mark| mark.set as u32));
    marks.iter().for_each(|mark| out.extend_from_slice(mark.id.0.as_bytes()));
    out.extend(marks.iter().map(|mark| mark.flags as u8));
    Ok(out)
}
