//! Search over texts, quotes, notes and titles. The index is derived: triggers note what is stale, and a search
//! brings it up to date first, so that it finds what was written a moment ago.

use crate::error::Result;
use crate::ids::{DocumentId, HighlightId, TagId, VersionId};
use crate::project::{Cx, Loaded, Project, Write};
use crate::query::{self, Field, Filter, Query, Term};
use crate::text::{Text, Units};
use crate::words::{Word, folded, words};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use ts_rs::TS;

/// Hits that are listed when the caller does not say.
const LISTED: u32 = 200;
/// Hits that are counted; a common word has no use for an exact count.
const COUNTED: u32 = 10_000;
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
    /// All hits, also those beyond the limit; counted up to 10,000.
    pub total: u32,
    /// By document, the best hit first.
    pub groups: Vec<SearchGroup>,
}

/// Searches the project, after bringing the index up to date.
pub fn run(project: &Project, units: Units, args: Search) -> Result<SearchResults> {
    let query = query::parse(&args.query, args.typing.unwrap_or(false))?;
    freshen(project)?;
    project.read(units, |cx| find(cx, &query, args.limit.unwrap_or(LISTED)))
}

/// Indexes what is stale.
pub fn freshen(project: &Project) -> Result<()> {
    let stale = |cx: &Cx<'_>| Ok(cx.db.prepare_cached("SELECT 1 FROM stale LIMIT 1")?.exists([])?);
    if !project.read(Units::CodePoints, stale)? {
        return Ok(());
    }
    project.write_unrecorded(|cx| {
        let stale: Vec<(String, Value)> = cx
            .db
            .prepare_cached("SELECT kind, id FROM stale")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (kind, id) in &stale {
            match kind.as_str() {
                "title" => index_title(cx, id)?,
                "text" => index_text(cx, id)?,
                _ => index_highlight(cx, id)?,
            }
        }
        cx.db.execute("DELETE FROM stale", [])?;
        Ok(())
    })
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

fn remember(
    cx: &Write<'_>,
    kind: &str,
    document: DocumentId,
    highlight: Option<&Value>,
    block: Option<u32>,
    body: &str,
) -> Result<()> {
    let body = folded(body);
    if body.is_empty() {
        return Ok(());
    }
    cx.db
        .prepare_cached("INSERT INTO passage (kind, document, highlight, block) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![kind, document, highlight, block])?;
    cx.db
        .prepare_cached("INSERT INTO passage_words (rowid, body) VALUES (?1, ?2)")?
        .execute(params![cx.db.last_insert_rowid(), body])?;
    Ok(())
}

fn index_title(cx: &Write<'_>, id: &Value) -> Result<()> {
    forget(cx, "document = ?1 AND kind = 'title'", id)?;
    let found: Option<(DocumentId, String)> = cx
        .db
        .prepare_cached("SELECT id, title || char(10) || author || char(10) || publisher FROM document WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((document, body)) => remember(cx, "title", document, None, None, &body),
        None => Ok(()),
    }
}

fn index_text(cx: &Write<'_>, id: &Value) -> Result<()> {
    forget(cx, "document = ?1 AND kind = 'text'", id)?;
    let found: Option<(DocumentId, VersionId)> = cx
        .db
        .prepare_cached("SELECT id, version FROM document WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((document, version)) = found {
        let loaded = cx.loaded(version)?;
        for (at, block) in loaded.structure.blocks.iter().enumerate() {
            remember(cx, "text", document, None, Some(at as u32), loaded.text.slice(block.start, block.end))?;
        }
        // In another version a quote may read otherwise.
        let highlights: Vec<Value> = cx
            .db
            .prepare_cached("SELECT id FROM highlight WHERE document = ?1")?
            .query_map([document], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for highlight in &highlights {
            index_highlight(cx, highlight)?;
        }
    }
    Ok(())
}

fn index_highlight(cx: &Write<'_>, id: &Value) -> Result<()> {
    forget(cx, "highlight = ?1", id)?;
    let found: Option<(DocumentId, String, String)> = cx
        .db
        .prepare_cached(
            "SELECT h.document, h.note, coalesce(a.exact, '') FROM highlight h JOIN document d ON d.id = h.document \
             LEFT JOIN anchor a ON a.highlight = h.id AND a.version = d.version WHERE h.id = ?1",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let Some((document, note, quote)) = found {
        remember(cx, "quote", document, Some(id), None, &quote)?;
        remember(cx, "note", document, Some(id), None, &note)?;
    }
    Ok(())
}

struct Found {
    kind: HitKind,
    document: DocumentId,
    highlight: Option<HighlightId>,
    block: Option<u32>,
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
    let counting = format!("SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {wanted} LIMIT {COUNTED})");
    let total: u32 = cx.db.prepare_cached(&counting)?.query_row(params_from_iter(values.iter()), |row| row.get(0))?;
    let order = if query.words.is_empty() { "p.id" } else { "rank" };
    values.push(Value::Integer(i64::from(limit)));
    let listing =
        format!("SELECT p.kind, p.document, p.highlight, p.block FROM {table} WHERE {wanted} ORDER BY {order} LIMIT ?");
    let found: Vec<Found> = cx
        .db
        .prepare_cached(&listing)?
        .query_map(params_from_iter(values.iter()), |row| {
            let kind: String = row.get(0)?;
            let kind = match kind.as_str() {
                "text" => HitKind::Text,
                "quote" => HitKind::Quote,
                "note" => HitKind::Note,
                _ => HitKind::Title,
            };
            Ok(Found { kind, document: row.get(1)?, highlight: row.get(2)?, block: row.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
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
            if folded(&row.get::<_, String>(1)?).contains(&filter.value) {
                found.push(row.get(0)?);
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
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
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
    let mut texts: HashMap<DocumentId, Arc<Loaded>> = HashMap::new();
    for one in found {
        let loaded = match texts.get(&one.document) {
            Some(loaded) => loaded.clone(),
            None => {
                let loaded = cx.loaded(cx.current(one.document)?)?;
                texts.insert(one.document, loaded.clone());
                loaded
            }
        };
        let Some(hit) = hit_of(cx, &query.terms, &one, &loaded)? else { continue };
        let at = match place.get(&one.document) {
            Some(&at) => at,
            None => {
                let title = cx
                    .db
                    .prepare_cached("SELECT title FROM document WHERE id = ?1")?
                    .query_row([one.document], |row| row.get(0))?;
                groups.push(SearchGroup { document: one.document, title, hits: Vec::new(), total: 0 });
                place.insert(one.document, groups.len() - 1);
                groups.len() - 1
            }
        };
        groups[at].hits.push(hit);
    }
    for group in &mut groups {
        group.hits.sort_by_key(|hit| (hit.start, hit.end, hit.kind as u8));
        group.total = group.hits.len() as u32;
    }
    Ok(SearchResults { total, groups })
}

fn hit_of(cx: &Cx<'_>, terms: &[Term], found: &Found, loaded: &Loaded) -> Result<Option<SearchHit>> {
    let outward = |position: u32| loaded.text.outward(position, cx.units);
    let mut hit = SearchHit {
        kind: found.kind,
        highlight: found.highlight,
        start: None,
        end: None,
        paragraph: None,
        excerpt: String::new(),
        marks: Vec::new(),
        tags: Vec::new(),
    };
    let body = match (found.kind, found.highlight) {
        (HitKind::Text, _) => {
            let Some(block) = found.block.and_then(|at| loaded.structure.blocks.get(at as usize)) else {
                return Ok(None);
            };
            let body = loaded.text.slice(block.start, block.end).to_owned();
            let first = matches_in(&words(&body), terms).first().copied().unwrap_or((0, block.end - block.start));
            hit.start = Some(outward(block.start + first.0));
            hit.end = Some(outward(block.start + first.1));
            hit.paragraph = loaded.structure.paragraph_number(block.start);
            body
        }
        (HitKind::Title, _) => cx
            .db
            .prepare_cached(
                "SELECT title || CASE author WHEN '' THEN '' ELSE ' · ' || author END \
                 || CASE publisher WHEN '' THEN '' ELSE ' · ' || publisher END FROM document WHERE id = ?1",
            )?
            .query_row([found.document], |row| row.get(0))?,
        (_, Some(highlight)) => {
            type Row = (String, Option<String>, Option<u32>, Option<u32>);
            let row: Option<Row> = cx
                .db
                .prepare_cached(
                    "SELECT h.note, a.exact, a.start, a.\"end\" FROM highlight h JOIN document d ON d.id = h.document \
                     LEFT JOIN anchor a ON a.highlight = h.id AND a.version = d.version WHERE h.id = ?1",
                )?
                .query_row([highlight], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
                .optional()?;
            let Some((note, exact, start, end)) = row else { return Ok(None) };
            hit.start = start.map(outward);
            hit.end = end.map(outward);
            hit.paragraph = start.and_then(|start| loaded.structure.paragraph_number(start));
            hit.tags = cx
                .db
                .prepare_cached(
                    "SELECT t.id FROM highlight_tag ht JOIN tag t ON t.id = ht.tag WHERE ht.highlight = ?1 \
                     ORDER BY t.position, t.id",
                )?
                .query_map([highlight], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            if found.kind == HitKind::Note { note } else { exact.unwrap_or_default() }
        }
        (_, None) => return Ok(None),
    };
    let (excerpt, marks) = excerpt(&body, terms);
    let shown = Text::new(excerpt);
    hit.marks =
        marks.iter().map(|(start, end)| (shown.outward(*start, cx.units), shown.outward(*end, cx.units))).collect();
    hit.excerpt = shown.as_str().to_owned();
    Ok(Some(hit))
}

/// A stretch of a passage around its first match, and where the matches stand in it, in code points.
fn excerpt(body: &str, terms: &[Term]) -> (String, Vec<(u32, u32)>) {
    let matches = matches_in(&words(body), terms);
    let whole = Text::new(body.to_owned());
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
        .into_iter()
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
