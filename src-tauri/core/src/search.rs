//! Search over texts, quotes, notes and titles. The index is derived: triggers note what is stale, and a search
//! brings it up to date first, so that it finds what was written a moment ago.

use crate::error::Result;
use crate::ids::{DocumentId, HighlightId, TagId, VersionId};
use crate::project::{Cx, Project, Write};
use crate::query::{self, Field, Filter, Query, Term};
use crate::stored::{StoredRow, StoredRows, if_readable};
use crate::text::{Place, Text, Units};
use crate::words::{Word, folded, words};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// Hits that are listed when the caller does not say.
const LISTED: u32 = 200;
/// Hits that are counted and ranked. A word or phrase that is found more often than this tells passages apart so little
/// that its hits are listed in the order of import: ranking them would take longer than a key press.
const COUNTED: u32 = 5_000;
/// Highlights that are indexed in one transaction, so that nobody waits long for his own write.
const BATCH: u32 = 500;
/// Code points of an excerpt before its first match, and in all.
const BEFORE: u32 = 60;
const EXCERPT: u32 = 220;

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
}

/// Searches the project, after bringing the index up to date.
pub fn run(project: &Project, units: Units, args: Search) -> Result<SearchResults> {
    let query = query::parse(&args.query, args.typing.unwrap_or(false))?;
    let limit = args.limit.unwrap_or(LISTED);
    if project.only_tries() {
        return project.tried(units, |cx| {
            while is_stale(cx)? && freshen_some(cx)? {}
            find(cx, &query, limit)
        });
    }
    freshen(project)?;
    project.read(units, |cx| find(cx, &query, limit))
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
    let words = folded(passage.body);
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
        return Ok(SearchResults { total: 0, groups: Vec::new() });
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
    for filter in &query.filters {
        conditions.push(condition_of(cx, filter, &mut values)?);
    }
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
    grouped(cx, query, found, total)
}

/// A filter as SQL on the passage `p`; its values are appended.
fn condition_of(cx: &Cx<'_>, filter: &Filter, values: &mut Vec<Value>) -> Result<String> {
    let not = if filter.negated { "NOT " } else { "" };
    let ids = |sql: &str| -> Result<Vec<Vec<u8>>> {
        let mut statement = cx.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let read = || -> rusqlite::Result<(Vec<u8>, String)> { Ok((row.read(0)?, row.read(1)?)) };
            if let Some((id, name)) = if_readable(read())?
                && folded(&name).contains(&filter.value)
            {
                found.push(id);
            }
        }
        Ok(found)
    };
    let list = |ids: Vec<Vec<u8>>, values: &mut Vec<Value>| {
        let marks = vec!["?"; ids.len()].join(", ");
        values.extend(ids.into_iter().map(Value::Blob));
        marks
    };
    Ok(match filter.field {
        Field::Document => {
            let marks = list(ids("SELECT id, title FROM document")?, values);
            format!("p.document {not}IN ({marks})")
        }
        Field::Author => {
            let marks = list(ids("SELECT id, author FROM document")?, values);
            format!("p.document {not}IN ({marks})")
        }
        Field::Tag => {
            let marks = list(tags_named(cx, &filter.value)?, values);
            format!(
                "p.highlight IS NOT NULL AND {not}EXISTS (SELECT 1 FROM highlight_tag ht WHERE ht.highlight = p.highlight AND ht.tag IN ({marks}))"
            )
        }
        Field::Note => format!(
            "p.highlight IS NOT NULL AND {not}EXISTS (SELECT 1 FROM highlight h WHERE h.id = p.highlight AND h.note <> '')"
        ),
        Field::Link => format!(
            "p.highlight IS NOT NULL AND {not}(EXISTS (SELECT 1 FROM link WHERE source = p.highlight) OR EXISTS (SELECT 1 FROM link WHERE target = p.highlight))"
        ),
    })
}

/// Tags whose whole name is meant, and all tags below them.
fn tags_named(cx: &Cx<'_>, name: &str) -> Result<Vec<Vec<u8>>> {
    let mut statement = cx.db.prepare_cached("SELECT id, parent, name FROM tag")?;
    let all: Vec<(Vec<u8>, Option<Vec<u8>>, String)> =
        statement.query_map([], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?)))?.readable()?;
    let mut found: Vec<Vec<u8>> =
        all.iter().filter(|(_, _, other)| folded(other) == name).map(|(id, _, _)| id.clone()).collect();
    let mut at = 0;
    while at < found.len() {
        let below: Vec<Vec<u8>> = all
            .iter()
            .filter(|(id, parent, _)| parent.as_ref() == Some(&found[at]) && !found.contains(id))
            .map(|(id, _, _)| id.clone())
            .collect();
        found.extend(below);
        at += 1;
    }
    Ok(found)
}

fn grouped(cx: &Cx<'_>, query: &Query, found: Vec<Found>, total: u32) -> Result<SearchResults> {
    let mut groups: Vec<SearchGroup> = Vec::new();
    let mut place: HashMap<DocumentId, usize> = HashMap::new();
    for one in found {
        let at = match place.get(&one.document) {
            Some(&at) => at,
            None => {
                let title: Option<String> = cx
                    .db
                    .prepare_cached("SELECT title FROM document WHERE id = ?1")?
                    .query_row([one.document], |row| row.read(0))
                    .optional()?;
                // What the index knows may be gone since.
                let Some(title) = title else { continue };
                groups.push(SearchGroup { document: one.document, title, hits: Vec::new(), total: 0 });
                place.insert(one.document, groups.len() - 1);
                groups.len() - 1
            }
        };
        groups[at].hits.push(hit_of(cx, &query.terms, one)?);
    }
    for group in &mut groups {
        group.hits.sort_by_key(|hit| (hit.start, hit.end, hit.kind as u8));
        group.total = group.hits.len() as u32;
    }
    Ok(SearchResults { total, groups })
}

fn hit_of(cx: &Cx<'_>, terms: &[Term], found: Found) -> Result<SearchHit> {
    let words = words(&found.body);
    let matches = matches_in(&words, terms);
    let body = Text::new(found.body);
    let mut range = found.range;
    if let (HitKind::Text, Some((from, _)), Some(first)) = (found.kind, found.range, matches.first()) {
        range = Some((from.plus(body.place(first.0)), from.plus(body.place(first.1))));
    }
    let mut tags = Vec::new();
    if let Some(highlight) = found.highlight {
        tags = cx
            .db
            .prepare_cached(
                "SELECT t.id FROM highlight_tag ht JOIN tag t ON t.id = ht.tag WHERE ht.highlight = ?1 \
                 ORDER BY t.position, t.id",
            )?
            .query_map([highlight], |row| row.read(0))?
            .readable()?;
    }
    let (excerpt, marks) = excerpt(&body, &matches);
    let shown = Text::new(excerpt);
    let marks =
        marks.iter().map(|(start, end)| (shown.outward(*start, cx.units), shown.outward(*end, cx.units))).collect();
    Ok(SearchHit {
        kind: found.kind,
        highlight: found.highlight,
        start: range.map(|(start, _)| start.outward(cx.units)),
        end: range.map(|(_, end)| end.outward(cx.units)),
        paragraph: found.paragraph,
        excerpt: shown.as_str().to_owned(),
        marks,
        tags,
    })
}

/// A stretch of a passage around its first match, and where the matches stand in it, in code points.
fn excerpt(whole: &Text, matches: &[(u32, u32)]) -> (String, Vec<(u32, u32)>) {
    let first = matches.first().map_or(0, |(start, _)| *start);
    let mut from = first.saturating_sub(BEFORE);
    if from > 0 {
        // Begin at a word.
        from += whole.slice(from, first).chars().position(char::is_whitespace).map_or(0, |at| at as u32 + 1);
    }
    let to = (from + EXCERPT).min(whole.len());
    let mut shown = String::new();
    let mut shift = 0;
    if from > 0 {
        shown.push('…');
        shift = 1;
    }
    // Line ends count as one character either way, so the marks stay where they are.
    shown.extend(whole.slice(from, to).chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
    if to < whole.len() {
        shown.push('…');
    }
    let marks = matches
        .iter()
        .filter(|(start, end)| *start >= from && *end <= to)
        .map(|(start, end)| (start - from + shift, end - from + shift))
        .collect();
    (shown, marks)
}

/// Where terms match, in code points: sorted, disjoint.
fn matches_in(words: &[Word], terms: &[Term]) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for term in terms {
        let length = term.words.len();
        for run in words.windows(length) {
            let same = run.iter().zip(&term.words).enumerate().all(|(at, (word, wanted))| {
                word.folded == *wanted || (term.prefix && at + 1 == length && word.folded.starts_with(wanted.as_str()))
            });
            if same {
                found.push((run[0].start, run[length - 1].end));
            }
        }
    }
    found.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (start, end) in found {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}
