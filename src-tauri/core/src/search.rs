//! Search over texts, quotes, notes and titles. The index is derived: triggers note what is stale, and a search
//! brings it up to date first, so that it finds what was written a moment ago.

mod filters;
mod hits;

use crate::error::{Error, Result, shortened};
use crate::ids::{DocumentId, HighlightId, TagId, VersionId};
use crate::migrations::EVERYTHING_STALE;
use crate::project::{Cx, Project, Write};
use crate::query::{self, Field, Query};
use crate::remarks::{Remark, RemarkCode};
use crate::stored::{StoredRow, StoredRows, if_readable};
use crate::text::{Place, Text, Units};
use crate::words::indexed;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Hits that are listed when the caller does not say.
const LISTED: u32 = 200;
/// Hits that are counted and ranked. A word or phrase that is found more often than this tells passages apart so little
/// that its hits are listed in the order of import: ranking them would take longer than a key press.
const COUNTED: u32 = 5_000;
/// Highlights that are indexed in one transaction, so that nobody waits long for his own write.
const BATCH: u32 = 500;
/// Searches the project.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct Search {
    /// Words, "exact phrase", prefix*, AND, OR, NOT, tag:, doc:, author:, has:note, has:link.
    pub query: String,
    /// At most so many hits.
    pub limit: Option<u32>,
    /// The last word may still be being typed: it stands for all that begin so.
    pub typing: Option<bool>,
}

/// What a hit was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum HitKind {
    /// The text of a document.
    Text,
    /// The passage of a highlight.
    Quote,
    /// The note of a highlight.
    Note,
    /// The title, author or publisher of a document.
    Title,
}

/// One hit.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SearchHit {
    /// What it was found in.
    pub kind: HitKind,
    /// The highlight, for a quote or a note.
    pub highlight: Option<HighlightId>,
    /// Where to go in the document, in the caller's unit; null for a title.
    pub start: Option<u32>,
    /// Half open.
    pub end: Option<u32>,
    /// 1-based number of the paragraph.
    pub paragraph: Option<u32>,
    /// What was found, shortened around the first match.
    pub excerpt: String,
    /// Ranges of the excerpt that matched, in the caller's unit.
    pub marks: Vec<(u32, u32)>,
    /// Tags of the highlight.
    pub tags: Vec<TagId>,
}

/// The hits of one document.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SearchGroup {
    /// The document.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Hits in the order of the text.
    pub hits: Vec<SearchHit>,
    /// How many are listed here.
    pub total: u32,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SearchResults {
    /// All hits, also those beyond the limit; counted up to 5,000.
    pub total: u32,
    /// By document, the best hit first.
    pub groups: Vec<SearchGroup>,
    /// What in the query can't mean what was typed, in the order of the query.
    pub remarks: Vec<Remark>,
}

/// Searches the project, after bringing the index up to date.
pub fn run(project: &Project, units: Units, args: Search) -> Result<SearchResults> {
    let typed = Text::new(args.query);
    let outward = |(start, end): (u32, u32)| (typed.outward(start, units), typed.outward(end, units));
    let query = query::parse(typed.as_str(), args.typing.unwrap_or(false)).map_err(|fault| {
        let (start, end) = outward(fault.place);
        let part = shortened(typed.slice(fault.place.0, fault.place.1));
        Error::QueryInvalid { reason: fault.reason, part, start, end }
    })?;
    let limit = args.limit.unwrap_or(LISTED);
    let sought = || {
        if project.only_tries() {
            return project.tried(units, |cx| {
                while is_stale(cx)? && freshen_some(cx)? {}
                find(cx, &query, limit)
            });
        }
        freshen(project)?;
        project.read(units, |cx| find(cx, &query, limit))
    };
    let mut results = match sought() {
        Err(Error::ProjectDamaged { .. } | Error::Storage { .. } | Error::ReadFailed { .. })
            if !project.only_tries() =>
        {
            // The index can be made from the rest.
            begin_anew(project)?;
            sought()?
        }
        answer => answer?,
    };
    // Where something was found, a small "or" was only a word.
    results.remarks.retain(|remark| remark.code != RemarkCode::OperatorSmall || results.total == 0);
    for remark in &mut results.remarks {
        (remark.start, remark.end) = outward((remark.start, remark.end));
    }
    Ok(results)
}

/// Empties the index, so that everything is indexed anew.
fn begin_anew(project: &Project) -> Result<()> {
    project.write_derived(|cx| {
        cx.db.execute_batch(
            "INSERT INTO passage_words (passage_words) VALUES ('delete-all'); DELETE FROM passage; DELETE FROM stale",
        )?;
        Ok(cx.db.execute_batch(EVERYTHING_STALE)?)
    })?;
    Ok(())
}

fn is_stale(cx: &Cx<'_>) -> Result<bool> {
    Ok(cx.db.prepare_cached("SELECT 1 FROM stale LIMIT 1")?.exists([])?)
}

/// Indexes what is stale. What cannot be indexed now, because somebody is writing for longer than a reader should wait,
/// is left for the next time.
pub fn freshen(project: &Project) -> Result<()> {
    while project.read(Units::CodePoints, is_stale)? {
        if project.write_derived(freshen_some)? != Some(true) {
            break;
        }
    }
    Ok(())
}

/// Indexes some of what is stale: many small things, or one text. Says whether anything was done.
fn freshen_some(cx: &Write<'_>) -> Result<bool> {
    let mut listed = cx.db.prepare_cached("SELECT kind, id FROM stale ORDER BY kind, id LIMIT ?1")?;
    let stale: Vec<Option<(String, Value)>> = listed
        .query_map([BATCH], |row| if_readable(row.read(0).and_then(|kind| Ok((kind, row.read(1)?)))))?
        .readable()?;
    let mut done = cx.db.prepare_cached("DELETE FROM stale WHERE kind = ?1 AND id = ?2")?;
    let (mut removed, mut kept) = (0, 0);
    for one in &stale {
        let Some((kind, id)) = one else {
            kept += 1;
            continue;
        };
        match kind.as_str() {
            "title" => index_title(cx, id)?,
            "text" => index_text(cx, id)?,
            _ => index_highlight(cx, id)?,
        }
        match done.execute(params![kind, id])? {
            0 => kept += 1,
            gone => removed += gone,
        }
        if kind == "text" {
            break;
        }
    }
    if kept > 0 {
        // What stands for nothing that could be indexed would stay for ever.
        removed += cx.db.execute(
            "DELETE FROM stale WHERE coalesce(kind NOT IN ('title', 'text', 'highlight'), 1) OR typeof(id) <> 'blob'",
            [],
        )?;
    }
    Ok(removed > 0)
}

fn forget(cx: &Write<'_>, condition: &str, id: &Value) -> Result<()> {
    cx.db
        .prepare_cached(&format!(
            "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passage WHERE {condition})"
        ))?
        .execute([id])?;
    cx.db.prepare_cached(&format!("DELETE FROM passage WHERE {condition}"))?.execute([id])?;
    Ok(())
}

/// Something to be found.
struct Passage<'a> {
    kind: &'a str,
    document: DocumentId,
    highlight: Option<&'a Value>,
    paragraph: Option<u32>,
    /// Where to go in the document.
    range: Option<(Place, Place)>,
    body: &'a str,
}

fn remember(cx: &Write<'_>, passage: &Passage<'_>) -> Result<()> {
    let words = indexed(passage.body);
    if words.is_empty() {
        return Ok(());
    }
    let (start, end) = passage.range.unzip();
    cx.db
        .prepare_cached(
            "INSERT INTO passage (kind, document, highlight, paragraph, start, start_astral, \"end\", end_astral, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            passage.kind,
            passage.document,
            passage.highlight,
            passage.paragraph,
            start.map(|place| place.position),
            start.map(|place| place.astral),
            end.map(|place| place.position),
            end.map(|place| place.astral),
            passage.body
        ])?;
    cx.db
        .prepare_cached("INSERT INTO passage_words (rowid, body) VALUES (?1, ?2)")?
        .execute(params![cx.db.last_insert_rowid(), words])?;
    Ok(())
}

fn index_title(cx: &Write<'_>, id: &Value) -> Result<()> {
    forget(cx, "document = ?1 AND kind = 'title'", id)?;
    let read: rusqlite::Result<Option<(DocumentId, String)>> = cx
        .db
        .prepare_cached(
            "SELECT id, title || CASE author WHEN '' THEN '' ELSE ' · ' || author END \
             || CASE publisher WHEN '' THEN '' ELSE ' · ' || publisher END FROM document WHERE id = ?1",
        )?
        .query_row([id], |row| Ok((row.read(0)?, row.read(1)?)))
        .optional();
    match if_readable(read)?.flatten() {
        Some((document, body)) => remember(
            cx,
            &Passage { kind: "title", document, highlight: None, paragraph: None, range: None, body: &body },
        ),
        None => Ok(()),
    }
}

fn index_text(cx: &Write<'_>, id: &Value) -> Result<()> {
    forget(cx, "document = ?1 AND kind = 'text'", id)?;
    let read: rusqlite::Result<Option<(DocumentId, VersionId)>> = cx
        .db
        .prepare_cached("SELECT id, version FROM document WHERE id = ?1")?
        .query_row([id], |row| Ok((row.read(0)?, row.read(1)?)))
        .optional();
    if let Some((document, version)) = if_readable(read)?.flatten() {
        let Some(loaded) = cx.loaded_if_whole(version)? else { return Ok(()) };
        let text = &loaded.text;
        for block in &loaded.structure.blocks {
            let paragraph = loaded.paragraph(block.start);
            let range = Some((text.place(block.start), text.place(block.end)));
            let body = text.slice(block.start, block.end);
            remember(cx, &Passage { kind: "text", document, highlight: None, paragraph, range, body })?;
        }
    }
    Ok(())
}

fn index_highlight(cx: &Write<'_>, id: &Value) -> Result<()> {
    forget(cx, "highlight = ?1", id)?;
    type Row = (DocumentId, VersionId, String, String, Option<u32>, Option<u32>);
    let read: rusqlite::Result<Option<Row>> = cx
        .db
        .prepare_cached(
            "SELECT h.document, d.version, h.note, coalesce(a.exact, ''), a.start, a.\"end\" FROM highlight h \
             JOIN document d ON d.id = h.document \
             LEFT JOIN anchor a ON a.highlight = h.id AND a.version = d.version WHERE h.id = ?1",
        )?
        .query_row([id], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?, row.read(3)?, row.read(4)?, row.read(5)?)))
        .optional();
    let Some((document, version, note, quote, start, end)) = if_readable(read)?.flatten() else { return Ok(()) };
    let (mut paragraph, mut range) = (None, None);
    if let (Some(start), Some(end), Some(loaded)) = (start, end, cx.loaded_if_whole(version)?) {
        paragraph = loaded.paragraph(start);
        range = Some((loaded.text.place(start), loaded.text.place(end)));
    }
    for (kind, body) in [("quote", &quote), ("note", &note)] {
        remember(cx, &Passage { kind, document, highlight: Some(id), paragraph, range, body })?;
    }
    Ok(())
}

/// A passage as the index has it.
struct Found {
    kind: HitKind,
    document: DocumentId,
    highlight: Option<HighlightId>,
    paragraph: Option<u32>,
    range: Option<(Place, Place)>,
    body: String,
}

fn find(cx: &Cx<'_>, query: &Query, limit: u32) -> Result<SearchResults> {
    if query.words.is_empty() && query.filters.is_empty() {
        return Ok(SearchResults { total: 0, groups: Vec::new(), remarks: query.remarks.clone() });
    }
    let mut conditions: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let table = if query.words.is_empty() {
        // Filters alone: every highlight that fits, by its quote; documents by their title when no filter needs more.
        let on_highlight = query.filters.iter().any(|filter| !matches!(filter.field, Field::Document | Field::Author));
        conditions.push(format!("p.kind = '{}'", if on_highlight { "quote" } else { "title" }));
        "passage p"
    } else {
        conditions.push("passage_words MATCH ?".into());
        values.push(Value::Text(query.words.clone()));
        "passage_words JOIN passage p ON p.id = passage_words.rowid"
    };
    let mut remarks = query.remarks.clone();
    for filter in &query.filters {
        conditions.push(filters::condition(cx, filter, &mut values, &mut remarks)?);
    }
    remarks.sort_by_key(|remark| (remark.start, remark.end));
    let wanted = conditions.join(" AND ");
    let counted = if query.filters.is_empty() { "passage_words" } else { table };
    let counting = format!("SELECT count(*) FROM (SELECT 1 FROM {counted} WHERE {wanted} LIMIT {COUNTED})");
    let total: u32 = cx.db.prepare_cached(&counting)?.query_row(params_from_iter(values.iter()), |row| row.read(0))?;
    let order = match (query.words.is_empty(), total < COUNTED) {
        (true, _) => "p.id",
        (false, true) => "rank",
        (false, false) => "passage_words.rowid",
    };
    values.push(Value::Integer(i64::from(limit)));
    let listing = format!(
        "SELECT p.kind, p.document, p.highlight, p.paragraph, p.start, p.start_astral, p.\"end\", p.end_astral, p.body \
         FROM {table} WHERE {wanted} ORDER BY {order} LIMIT ?"
    );
    let found: Vec<Found> = cx
        .db
        .prepare_cached(&listing)?
        .query_map(params_from_iter(values.iter()), |row| {
            let kind: String = row.read(0)?;
            let kind = match kind.as_str() {
                "text" => HitKind::Text,
                "quote" => HitKind::Quote,
                "note" => HitKind::Note,
                _ => HitKind::Title,
            };
            let place = |position: usize, astral: usize| -> rusqlite::Result<Option<Place>> {
                let position: Option<u32> = row.read(position)?;
                Ok(position.zip(row.read(astral)?).map(|(position, astral)| Place { position, astral }))
            };
            Ok(Found {
                kind,
                document: row.read(1)?,
                highlight: row.read(2)?,
                paragraph: row.read(3)?,
                range: place(4, 5)?.zip(place(6, 7)?),
                body: row.read(8)?,
            })
        })?
        .readable()?;
    Ok(SearchResults { total, groups: hits::grouped(cx, query, found)?, remarks })
}
