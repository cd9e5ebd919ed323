//! Highlights: marked passages with their anchors, tags and notes.

use crate::anchor::{self, AnchorMethod};
use crate::error::{Error, Result, shortened};
use crate::ids::{DocumentId, HighlightId, TagId, VersionId};
use crate::project::{Cx, Loaded, Write};
use crate::review::ReviewReason;
use crate::stored::{StoredRow, if_readable};
use crate::structure::Structure;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use ts_rs::TS;

/// Code points of a note: more than anybody writes in a margin, little enough to stay quick.
pub const LONGEST_NOTE: u32 = 200_000;

/// How a highlight is tied to the current text.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Anchor {
    /// How it came to be there.
    pub method: AnchorMethod,
    /// 0 to 1; 1 for a passage that a person marked.
    pub score: f64,
    /// Whether a person made or confirmed it.
    pub confirmed: bool,
}

/// A highlight with all that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Highlight {
    /// Its id.
    pub id: HighlightId,
    /// Its document.
    pub document: DocumentId,
    /// Where it starts, in the caller's unit; null while its place is in review.
    pub start: Option<u32>,
    /// Where it ends, in the caller's unit; null while its place is in review.
    pub end: Option<u32>,
    /// The passage.
    pub quote: String,
    /// Names of its tags, in the order of the tag list.
    pub tags: Vec<String>,
    /// Ids of its tags, in the same order.
    pub tag_ids: Vec<TagId>,
    /// Its margin note, Markdown.
    pub note: String,
    /// When it was made, UTC milliseconds.
    #[ts(type = "number")]
    pub created: i64,
    /// When it was last changed, UTC milliseconds.
    #[ts(type = "number")]
    pub updated: i64,
    /// How it is tied to the text.
    pub anchor: Anchor,
    /// The document's title.
    pub title: String,
    /// 1-based number of the paragraph that holds the start.
    pub paragraph: Option<u32>,
    /// The page it stands on as the source calls it, "12", or its first and last, "12–13"; null where there are none.
    pub page: Option<String>,
}

/// Marks a passage.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct HighlightCreate {
    /// Its id, a UUID v7 that the caller has made, so that it can show the highlight before the answer. Made here when
    /// left out.
    pub id: Option<HighlightId>,
    /// The document whose current version is marked.
    pub document: DocumentId,
    /// Where it starts, in the caller's unit.
    pub start: u32,
    /// Where it ends, half open.
    pub end: u32,
    /// Its tags.
    pub tags: Vec<TagId>,
    /// Its margin note.
    pub note: Option<String>,
    /// Move the ends to whole graphemes and off white space instead of refusing.
    pub snap: Option<bool>,
}

/// Marks a passage by its words.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct HighlightQuote {
    /// The document whose current version is marked.
    pub document: DocumentId,
    /// The passage, exactly as it stands in the text.
    pub quote: String,
    /// Which one, from 1, when it occurs several times.
    pub occurrence: Option<u32>,
    /// Its tags.
    pub tags: Vec<TagId>,
    /// Its margin note.
    pub note: Option<String>,
}

/// Moves the ends of a highlight.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct HighlightBounds {
    /// Which.
    pub highlight: HighlightId,
    /// Where it starts, in the caller's unit.
    pub start: u32,
    /// Where it ends, half open.
    pub end: u32,
    /// Move the ends to whole graphemes and off white space instead of refusing.
    pub snap: Option<bool>,
}

/// Replaces a margin note.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct HighlightNote {
    /// Which.
    pub highlight: HighlightId,
    /// Markdown; empty removes the note.
    pub note: String,
    /// The note is being typed: joins the step before when that is recent.
    pub typing: Option<bool>,
}

/// Adds a tag to highlights, or takes it off.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HighlightTag {
    /// Which.
    pub highlights: Vec<HighlightId>,
    /// The tag.
    pub tag: TagId,
    /// Whether they carry it afterwards.
    pub on: bool,
}

/// Removes highlights with their notes and links.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HighlightDelete {
    /// Which.
    pub highlights: Vec<HighlightId>,
}

/// Which highlights to list; all given conditions must hold.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct HighlightFilter {
    /// Of this document.
    pub document: Option<DocumentId>,
    /// With this tag.
    pub tag: Option<TagId>,
    /// And with this tag too.
    pub and: Option<TagId>,
    /// Only these.
    pub ids: Option<Vec<HighlightId>>,
    /// Without any tag.
    pub untagged: Option<bool>,
    /// Without a note.
    pub unnoted: Option<bool>,
    /// With a note.
    pub noted: Option<bool>,
    /// With a link, either way.
    pub linked: Option<bool>,
    /// Awaiting a person for this reason.
    pub review: Option<ReviewReason>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Marks a passage.
pub fn create(cx: &Write<'_>, args: HighlightCreate) -> Result<Highlight> {
    let version = cx.current(args.document)?;
    let loaded = cx.loaded(version)?;
    let range = anchor::range(&loaded.text, args.start, args.end, cx.units, args.snap.unwrap_or(false))?;
    let id = match args.id {
        Some(id) => unused(cx, id)?,
        None => HighlightId(cx.env().fresh()),
    };
    let marked = Marked { document: args.document, version, loaded: &loaded, range };
    insert(cx, id, &marked, &args.tags, args.note.as_deref().unwrap_or(""))
}

/// The id that a caller has made: of the right kind, and nobody else's.
fn unused(cx: &Cx<'_>, id: HighlightId) -> Result<HighlightId> {
    let refused = |reason: &str| Error::Arguments { reason: reason.into() };
    if id.0.get_version_num() != 7 {
        return Err(refused("the id is not a UUID of version 7"));
    }
    let taken = cx.db.prepare_cached("SELECT 1 FROM highlight WHERE id = ?1")?.exists([id])?;
    if taken { Err(refused("there is a highlight with this id already")) } else { Ok(id) }
}

/// Marks a passage by its words.
pub fn create_by_quote(cx: &Write<'_>, args: HighlightQuote) -> Result<Highlight> {
    let version = cx.current(args.document)?;
    let loaded = cx.loaded(version)?;
    let range = anchor::find(&loaded.text, &args.quote, args.occurrence)?;
    let id = HighlightId(cx.env().fresh());
    let marked = Marked { document: args.document, version, loaded: &loaded, range };
    insert(cx, id, &marked, &args.tags, args.note.as_deref().unwrap_or(""))
}

/// A passage that is being marked.
struct Marked<'a> {
    document: DocumentId,
    version: VersionId,
    loaded: &'a Loaded,
    range: (u32, u32),
}

fn insert(cx: &Write<'_>, id: HighlightId, marked: &Marked<'_>, tags: &[TagId], note: &str) -> Result<Highlight> {
    let &Marked { document, version, loaded, range: (start, end) } = marked;
    check_note(note)?;
    let names = tags.iter().map(|tag| tag_name(cx, *tag)).collect::<Result<Vec<_>>>()?;
    let now = cx.env().now();
    let quote = anchor::quote(&loaded.text, start, end);
    cx.db
        .prepare_cached(
            "INSERT INTO highlight (id, document, note, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?4)",
        )?
        .execute(params![id, document, note, now])?;
    cx.db
        .prepare_cached(
            "INSERT INTO anchor (highlight, version, start, \"end\", exact, prefix, suffix, method, score, confirmed) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'made', 1.0, 1)",
        )?
        .execute(params![id, version, start, end, quote.exact, quote.prefix, quote.suffix])?;
    for tag in tags {
        cx.db
            .prepare_cached("INSERT OR IGNORE INTO highlight_tag (highlight, tag) VALUES (?1, ?2)")?
            .execute(params![id, tag])?;
    }
    let passage = shortened(&quote.exact);
    cx.label(match names.as_slice() {
        [] => format!("Highlighted “{passage}”"),
        names => format!("Tagged “{passage}” {}", names.join(", ")),
    });
    one(cx, id)
}

/// Moves the ends of a highlight.
pub fn bounds(cx: &Write<'_>, args: HighlightBounds) -> Result<Highlight> {
    let document = document_of(cx, args.highlight)?;
    let version = cx.current(document)?;
    let loaded = cx.loaded(version)?;
    let (start, end) = anchor::range(&loaded.text, args.start, args.end, cx.units, args.snap.unwrap_or(false))?;
    let before: Option<(Option<u32>, Option<u32>, bool)> = cx
        .db
        .prepare_cached("SELECT start, \"end\", confirmed FROM anchor WHERE highlight = ?1 AND version = ?2")?
        .query_row(params![args.highlight, version], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?)))
        .optional()?;
    // The same bounds again confirm a place that was found by the program.
    let there = matches!(before, Some((Some(from), Some(to), _)) if (from, to) == (start, end));
    if !there || before.is_some_and(|(_, _, confirmed)| !confirmed) {
        let quote = anchor::quote(&loaded.text, start, end);
        cx.db
            .prepare_cached(
                "INSERT INTO anchor (highlight, version, start, \"end\", exact, prefix, suffix, method, score, confirmed) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'made', 1.0, 1) \
                 ON CONFLICT (highlight, version) DO UPDATE SET start = ?3, \"end\" = ?4, exact = ?5, prefix = ?6, \
                 suffix = ?7, method = 'made', score = 1.0, confirmed = 1",
            )?
            .execute(params![args.highlight, version, start, end, quote.exact, quote.prefix, quote.suffix])?;
        touch(cx, args.highlight)?;
        let passage = shortened(&quote.exact);
        cx.label(if there {
            format!("Confirmed “{passage}”")
        } else {
            format!("Moved the bounds to “{passage}”")
        });
    }
    one(cx, args.highlight)
}

/// Replaces a margin note.
pub fn note(cx: &Write<'_>, args: HighlightNote) -> Result<Highlight> {
    check_note(&args.note)?;
    let before: Option<String> = cx
        .db
        .prepare_cached("SELECT note FROM highlight WHERE id = ?1")?
        .query_row([args.highlight], |row| row.read(0))
        .optional()?;
    let before = before.ok_or_else(|| Error::HighlightUnknown { id: args.highlight.to_string() })?;
    if before != args.note {
        cx.db.prepare_cached("UPDATE highlight SET note = ?1, updated_at = ?2 WHERE id = ?3")?.execute(params![
            args.note,
            cx.env().now(),
            args.highlight
        ])?;
        let passage = shortened(&quote_of(cx, args.highlight)?);
        cx.label(if args.note.is_empty() {
            format!("Removed the note on “{passage}”")
        } else {
            format!("Wrote a note on “{passage}”")
        });
        if args.typing.unwrap_or(false) {
            cx.typing();
        }
    }
    one(cx, args.highlight)
}

/// Adds a tag to highlights, or takes it off.
pub fn tag(cx: &Write<'_>, args: HighlightTag) -> Result<()> {
    let name = tag_name(cx, args.tag)?;
    let mut changed = 0;
    let sql = if args.on {
        "INSERT OR IGNORE INTO highlight_tag (highlight, tag) VALUES (?1, ?2)"
    } else {
        "DELETE FROM highlight_tag WHERE highlight = ?1 AND tag = ?2"
    };
    for highlight in &args.highlights {
        document_of(cx, *highlight)?;
        if cx.db.prepare_cached(sql)?.execute(params![highlight, args.tag])? > 0 {
            touch(cx, *highlight)?;
            changed += 1;
        }
    }
    let what = match args.highlights.as_slice() {
        [one] => format!("“{}”", shortened(&quote_of(cx, *one)?)),
        _ => format!("{changed} highlights"),
    };
    cx.label(if args.on { format!("Tagged {what} {name}") } else { format!("Took {name} off {what}") });
    Ok(())
}

/// Removes highlights with their notes and links.
pub fn delete(cx: &Write<'_>, args: HighlightDelete) -> Result<()> {
    cx.label(match args.highlights.as_slice() {
        [one] => format!("Removed the highlight “{}”", shortened(&quote_of(cx, *one)?)),
        many => format!("Removed {} highlights", many.len()),
    });
    for highlight in args.highlights {
        if cx.db.prepare_cached("DELETE FROM highlight WHERE id = ?1")?.execute([highlight])? == 0 {
            return Err(Error::HighlightUnknown { id: highlight.to_string() });
        }
    }
    Ok(())
}

/// Lists highlights: by document in the order of import, then in the order of the text.
pub fn list(cx: &Cx<'_>, filter: HighlightFilter) -> Result<Vec<Highlight>> {
    let mut conditions: Vec<&str> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let blob = |id: uuid::Uuid| Value::Blob(id.as_bytes().to_vec());
    if let Some(document) = filter.document {
        cx.current(document)?;
        conditions.push("h.document = ?");
        values.push(blob(document.0));
    }
    for tag in [filter.tag, filter.and].into_iter().flatten() {
        tag_name(cx, tag)?;
        conditions.push("EXISTS (SELECT 1 FROM highlight_tag ht WHERE ht.highlight = h.id AND ht.tag = ?)");
        values.push(blob(tag.0));
    }
    if filter.untagged == Some(true) {
        conditions.push("NOT EXISTS (SELECT 1 FROM highlight_tag ht WHERE ht.highlight = h.id)");
    }
    if filter.unnoted == Some(true) {
        conditions.push("h.note = ''");
    }
    if filter.noted == Some(true) {
        conditions.push("h.note <> ''");
    }
    if filter.linked == Some(true) {
        conditions.push(
            "(EXISTS (SELECT 1 FROM link WHERE source = h.id) OR EXISTS (SELECT 1 FROM link WHERE target = h.id))",
        );
    }
    match filter.review {
        Some(ReviewReason::Lost) => conditions.push("a.confirmed = 0 AND a.start IS NULL"),
        Some(ReviewReason::Approximate) => conditions.push("a.confirmed = 0 AND a.start IS NOT NULL"),
        None => {}
    }
    if let Some(ids) = &filter.ids {
        conditions.push("h.id IN (SELECT unhex(replace(value, '-', '')) FROM json_each(?))");
        values.push(Value::Text(json_ids(ids)));
    }
    let limit = filter.limit.map_or(-1, i64::from);
    values.push(Value::Integer(limit));
    let wanted = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
    select(
        cx,
        &format!(
            "{SELECT} WHERE {wanted} ORDER BY d.created_at, d.id, a.start IS NULL, a.start, a.\"end\" DESC, h.id LIMIT ?"
        ),
        params_from_iter(values),
    )
}

/// One highlight.
pub fn one(cx: &Cx<'_>, id: HighlightId) -> Result<Highlight> {
    select(cx, &format!("{SELECT} WHERE h.id = ?1"), [id])?
        .pop()
        .ok_or_else(|| Error::HighlightUnknown { id: id.to_string() })
}

const SELECT: &str = "SELECT h.id, h.document, h.note, h.created_at, h.updated_at, d.title, d.version, \
     a.start, a.\"end\", a.exact, a.method, a.score, a.confirmed \
     FROM highlight h JOIN document d ON d.id = h.document \
     LEFT JOIN anchor a ON a.highlight = h.id AND a.version = d.version";

fn select(cx: &Cx<'_>, sql: &str, values: impl rusqlite::Params) -> Result<Vec<Highlight>> {
    let mut statement = cx.db.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    let mut texts: HashMap<VersionId, Option<Arc<Loaded>>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let Some((mut highlight, version)) = if_readable(read_row(row))? else { continue };
        if let Some((start, end)) = highlight.start.take().zip(highlight.end.take()).filter(|(start, end)| start < end)
        {
            let loaded = match texts.get(&version) {
                Some(loaded) => loaded,
                None => texts.entry(version).or_insert(cx.loaded_if_whole(version)?),
            };
            // Without its text a place cannot be said.
            let Some(loaded) = loaded else {
                found.push(highlight);
                continue;
            };
            highlight.paragraph = loaded.paragraph(start);
            highlight.page = pages(&loaded.structure, start, end);
            highlight.start = Some(loaded.text.outward(start, cx.units));
            highlight.end = Some(loaded.text.outward(end, cx.units));
        }
        found.push(highlight);
    }
    let mut tags = cx.db.prepare_cached(
        "SELECT t.name, t.id FROM highlight_tag ht JOIN tag t ON t.id = ht.tag WHERE ht.highlight = ?1 ORDER BY t.position, t.id",
    )?;
    for highlight in &mut found {
        let mut rows = tags.query([highlight.id])?;
        while let Some(row) = rows.next()? {
            if let Some((name, id)) = if_readable(row.read(0).and_then(|name| Ok((name, row.read(1)?))))? {
                highlight.tags.push(name);
                highlight.tag_ids.push(id);
            }
        }
    }
    Ok(found)
}

/// The page of a range, or its first and last.
pub(crate) fn pages(structure: &Structure, start: u32, end: u32) -> Option<String> {
    let (first, last) = (structure.page_at(start)?, structure.page_at(end.saturating_sub(1))?);
    Some(if first == last { first.to_owned() } else { format!("{first}–{last}") })
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<(Highlight, VersionId)> {
    let method: Option<String> = row.read(10)?;
    let highlight = Highlight {
        id: row.read(0)?,
        document: row.read(1)?,
        note: row.read(2)?,
        created: row.read(3)?,
        updated: row.read(4)?,
        title: row.read(5)?,
        start: row.read(7)?,
        end: row.read(8)?,
        quote: row.read::<Option<String>>(9)?.unwrap_or_default(),
        tags: Vec::new(),
        tag_ids: Vec::new(),
        anchor: Anchor {
            method: AnchorMethod::from_stored(method.as_deref().unwrap_or("lost")),
            score: row.read::<Option<f64>>(11)?.unwrap_or(0.0),
            confirmed: row.read::<Option<bool>>(12)?.unwrap_or(false),
        },
        paragraph: None,
        page: None,
    };
    Ok((highlight, row.read(6)?))
}

/// The passage of a highlight, as it stands in the current version.
pub fn quote_of(cx: &Cx<'_>, id: HighlightId) -> Result<String> {
    cx.db
        .prepare_cached(
            "SELECT a.exact FROM highlight h JOIN document d ON d.id = h.document \
             LEFT JOIN anchor a ON a.highlight = h.id AND a.version = d.version WHERE h.id = ?1",
        )?
        .query_row([id], |row| row.read::<Option<String>>(0))
        .optional()?
        .map(Option::unwrap_or_default)
        .ok_or_else(|| Error::HighlightUnknown { id: id.to_string() })
}

fn document_of(cx: &Cx<'_>, id: HighlightId) -> Result<DocumentId> {
    cx.db
        .prepare_cached("SELECT document FROM highlight WHERE id = ?1")?
        .query_row([id], |row| row.read(0))
        .optional()?
        .ok_or_else(|| Error::HighlightUnknown { id: id.to_string() })
}

fn tag_name(cx: &Cx<'_>, id: TagId) -> Result<String> {
    cx.db
        .prepare_cached("SELECT name FROM tag WHERE id = ?1")?
        .query_row([id], |row| row.read(0))
        .optional()?
        .ok_or_else(|| Error::TagUnknown { id: id.to_string() })
}

pub(crate) fn touch(cx: &Write<'_>, id: HighlightId) -> Result<()> {
    cx.db.prepare_cached("UPDATE highlight SET updated_at = ?1 WHERE id = ?2")?.execute(params![cx.env().now(), id])?;
    Ok(())
}

fn check_note(note: &str) -> Result<()> {
    if note.chars().count() > LONGEST_NOTE as usize {
        return Err(Error::TextTooLong { limit: LONGEST_NOTE });
    }
    Ok(())
}

fn json_ids(ids: &[HighlightId]) -> String {
    serde_json::to_string(ids).unwrap_or_else(|_| "[]".into())
}
