//! Review: the highlights that a changed text left without a place, or with one that only a person can confirm.
//!
//! A decision is an ordinary command: `highlight_bounds` gives a place, `review_confirm` accepts the places that were
//! found, `highlight_delete` removes. Deliberately absent: any decision of its own, and anything stored about a
//! candidate: they are looked for when somebody looks.

use crate::anchor::{CONTEXT, Quote};
use crate::bare::Bare;
use crate::carry::Candidates;
use crate::error::{Error, Result, shortened};
use crate::highlights;
use crate::ids::{DocumentId, HighlightId, VersionId};
use crate::project::{Cx, Write};
use crate::stored::{StoredRow, StoredRows};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Candidates that a review shows.
const MOST_CANDIDATES: usize = 5;
/// How many of a list without a limit are given their candidates: looking for them is work, and nobody decides more at a
/// sitting.
const MOST_LOOKED_FOR: u32 = 100;

/// Why a highlight awaits a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ReviewReason {
    /// It has no place in the current text.
    Lost,
    /// Its place was found by similar words, or by the same words among others, and is not confirmed.
    Approximate,
}

/// A highlight that awaits a person.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Review {
    /// The highlight.
    pub highlight: HighlightId,
    /// Its document.
    pub document: DocumentId,
    /// The document's title.
    pub title: String,
    /// The passage as a person last marked or confirmed it.
    pub quote: String,
    /// What stood before it.
    pub prefix: String,
    /// What stood after it.
    pub suffix: String,
    /// Its margin note, Markdown.
    pub note: String,
    /// Names of its tags, in the order of the tag list.
    pub tags: Vec<String>,
    /// Why it is here.
    pub reason: ReviewReason,
    /// How well its place fits, or for a lost one the best that was found, 0 to 1.
    pub score: f64,
    /// Where it is now; null while it is lost.
    pub place: Option<ReviewPlace>,
    /// Where it may stand, the best first, at most five; where it is now is one of them. In a list without a limit only the
    /// first hundred have any.
    pub candidates: Vec<Candidate>,
}

/// A place in the current text, in the caller's unit.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ReviewPlace {
    /// Where it starts.
    pub start: u32,
    /// Where it ends, half open.
    pub end: u32,
    /// The words that stand there.
    pub quote: String,
}

/// A place where a highlight may stand.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Candidate {
    /// Where it starts, in the caller's unit.
    pub start: u32,
    /// Where it ends, half open.
    pub end: u32,
    /// The words that stand there.
    pub quote: String,
    /// What stands before them, at most 32 characters.
    pub before: String,
    /// What stands after them, at most 32 characters.
    pub after: String,
    /// How well it fits, 0 to 1.
    pub score: f64,
}

/// Which highlights to review.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct ReviewList {
    /// Only those of this document.
    pub document: Option<DocumentId>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// Accepts the places that were found.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewConfirm {
    /// Of which highlights.
    pub highlights: Vec<HighlightId>,
}

/// What awaits a person in one version, as it is stored.
struct Awaiting {
    highlight: HighlightId,
    document: DocumentId,
    version: VersionId,
    title: String,
    note: String,
    place: Option<(u32, u32)>,
    quote: Quote,
    score: f64,
}

/// What a person last confirmed of a highlight, and how far into its text that was, 0 to 1.
type Confirmed = (Quote, f64);

/// Highlights that await a person: by document in the order of import, those without a place last.
pub fn list(cx: &Cx<'_>, args: ReviewList) -> Result<Vec<Review>> {
    let mut awaiting = awaiting(cx, &args)?.into_iter().peekable();
    let most = args.limit.unwrap_or(MOST_LOOKED_FOR) as usize;
    let mut found = Vec::new();
    while let Some(first) = awaiting.next() {
        // All of one document together: its text is indexed once.
        let mut group = vec![first];
        while let Some(next) = awaiting.next_if(|next| next.version == group[0].version) {
            group.push(next);
        }
        of_version(cx, group, most, &mut found)?;
    }
    Ok(found)
}

fn awaiting(cx: &Cx<'_>, args: &ReviewList) -> Result<Vec<Awaiting>> {
    let mut values: Vec<Value> = Vec::new();
    let mut only = "";
    if let Some(document) = args.document {
        cx.current(document)?;
        values.push(Value::Blob(document.0.as_bytes().to_vec()));
        only = "AND d.id = ?";
    }
    values.push(Value::Integer(args.limit.map_or(-1, i64::from)));
    let read = |row: &Row<'_>| {
        let (start, end): (Option<u32>, Option<u32>) = (row.read(5)?, row.read(6)?);
        Ok(Awaiting {
            highlight: row.read(0)?,
            document: row.read(1)?,
            version: row.read(2)?,
            title: row.read(3)?,
            note: row.read(4)?,
            place: start.zip(end).filter(|(start, end)| start < end),
            quote: Quote { exact: row.read(7)?, prefix: row.read(8)?, suffix: row.read(9)? },
            score: row.read(10)?,
        })
    };
    Ok(cx
        .db
        .prepare_cached(&format!(
            "SELECT a.highlight, d.id, d.version, d.title, h.note, a.start, a.\"end\", a.exact, a.prefix, a.suffix, a.score \
             FROM document d JOIN anchor a ON a.version = d.version AND a.confirmed = 0 \
             JOIN highlight h ON h.id = a.highlight \
             WHERE EXISTS (SELECT 1 FROM version v WHERE v.document = d.id AND v.id <> d.version) {only} \
             ORDER BY d.created_at, d.id, a.start IS NULL, a.start, a.highlight LIMIT ?"
        ))?
        .query_map(params_from_iter(values), read)?
        .readable()?)
}

fn of_version(cx: &Cx<'_>, group: Vec<Awaiting>, most: usize, found: &mut Vec<Review>) -> Result<()> {
    let Some(version) = group.first().map(|one| one.version) else { return Ok(()) };
    let Some(loaded) = cx.loaded_if_whole(version)? else { return Ok(()) };
    let text = &loaded.text;
    let mut tags = cx.db.prepare_cached(
        "SELECT t.name FROM highlight_tag ht JOIN tag t ON t.id = ht.tag WHERE ht.highlight = ?1 ORDER BY t.position, t.id",
    )?;
    let bare = (found.len() < most).then(|| Bare::new(text));
    let candidates = bare.as_ref().map(Candidates::new);
    for one in group {
        let confirmed = confirmed(cx, one.highlight)?;
        let at = confirmed.as_ref().map(|(_, share)| (share * f64::from(text.len())) as u32);
        let kept = confirmed.map_or(one.quote, |(quote, _)| quote);
        let candidate = |(start, end, score): (u32, u32, f64)| Candidate {
            start: text.outward(start, cx.units),
            end: text.outward(end, cx.units),
            quote: text.slice(start, end).to_owned(),
            before: text.slice(start.saturating_sub(CONTEXT), start).to_owned(),
            after: text.slice(end, (end + CONTEXT).min(text.len())).to_owned(),
            score,
        };
        let places = candidates
            .as_ref()
            .filter(|_| found.len() < most)
            .map_or_else(Vec::new, |candidates| candidates.of(&kept, at, one.place, MOST_CANDIDATES));
        found.push(Review {
            candidates: places.into_iter().map(candidate).collect(),
            highlight: one.highlight,
            document: one.document,
            title: one.title,
            quote: kept.exact,
            prefix: kept.prefix,
            suffix: kept.suffix,
            note: one.note,
            tags: tags.query_map([one.highlight], |row| row.read(0))?.readable()?,
            reason: if one.place.is_some() { ReviewReason::Approximate } else { ReviewReason::Lost },
            score: one.score,
            place: one.place.map(|(start, end)| ReviewPlace {
                start: text.outward(start, cx.units),
                end: text.outward(end, cx.units),
                quote: text.slice(start, end).to_owned(),
            }),
        });
    }
    Ok(())
}

/// The newest place of a highlight that a person made or confirmed.
fn confirmed(cx: &Cx<'_>, highlight: HighlightId) -> Result<Option<Confirmed>> {
    Ok(cx
        .db
        .prepare_cached(
            "SELECT a.exact, a.prefix, a.suffix, a.start, t.length FROM anchor a JOIN version v ON v.id = a.version \
             JOIN text t ON t.hash = v.text_hash \
             WHERE a.highlight = ?1 AND a.confirmed = 1 ORDER BY v.imported_at DESC, v.id DESC LIMIT 1",
        )?
        .query_row([highlight], |row| {
            let quote = Quote { exact: row.read(0)?, prefix: row.read(1)?, suffix: row.read(2)? };
            Ok((quote, row.read::<f64>(3)? / row.read::<f64>(4)?.max(1.0)))
        })
        .optional()?)
}

/// Accepts the places that were found. One step, however many.
pub fn confirm(cx: &Write<'_>, args: ReviewConfirm) -> Result<()> {
    let mut passages: Vec<String> = Vec::new();
    for highlight in args.highlights {
        let found: Option<(VersionId, Option<u32>, bool, String)> = cx
            .db
            .prepare_cached(
                "SELECT a.version, a.start, a.confirmed, a.exact FROM highlight h JOIN document d ON d.id = h.document \
                 JOIN anchor a ON a.highlight = h.id AND a.version = d.version WHERE h.id = ?1",
            )?
            .query_row([highlight], |row| Ok((row.read(0)?, row.read(1)?, row.read(2)?, row.read(3)?)))
            .optional()?;
        let (version, start, confirmed, quote) =
            found.ok_or_else(|| Error::HighlightUnknown { id: highlight.to_string() })?;
        if start.is_none() {
            return Err(Error::PlaceLost { quote: shortened(&quote) });
        }
        if !confirmed {
            cx.db
                .prepare_cached("UPDATE anchor SET confirmed = 1 WHERE highlight = ?1 AND version = ?2")?
                .execute(params![highlight, version])?;
            highlights::touch(cx, highlight)?;
            passages.push(quote);
        }
    }
    cx.label(match passages.as_slice() {
        [one] => format!("Confirmed “{}”", shortened(one)),
        many => format!("Confirmed {} passages", many.len()),
    });
    Ok(())
}
