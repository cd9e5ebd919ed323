//! Hits as they are listed: by document, with an excerpt and the places in it that matched.

use super::{Found, HitKind, SearchGroup, SearchHit};
use crate::error::Result;
use crate::ids::DocumentId;
use crate::project::Cx;
use crate::query::{Query, Term};
use crate::stored::{StoredRow, StoredRows};
use crate::text::Text;
use crate::words::words;
use rusqlite::OptionalExtension;
use std::collections::HashMap;

/// Code points of an excerpt before its first match, and in all.
const BEFORE: u32 = 60;
const EXCERPT: u32 = 220;

/// The hits by document, each group in the order of its text.
pub(super) fn grouped(cx: &Cx<'_>, query: &Query, found: Vec<Found>) -> Result<Vec<SearchGroup>> {
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
    Ok(groups)
}

fn hit_of(cx: &Cx<'_>, terms: &[Term], found: Found) -> Result<SearchHit> {
    let body = Text::new(found.body);
    let matches = matches_in(&body, terms);
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

/// A stretch of a passage around its first match, and where the matches stand in it, in code points. It cuts no
/// character that is made of several code points.
fn excerpt(whole: &Text, matches: &[(u32, u32)]) -> (String, Vec<(u32, u32)>) {
    let first = matches.first().map_or(0, |(start, _)| *start);
    let mut from = first.saturating_sub(BEFORE);
    if from > 0 {
        // Begin at a word.
        from += whole.slice(from, first).chars().position(char::is_whitespace).map_or(0, |at| at as u32 + 1);
        while !whole.is_boundary(from) {
            from += 1;
        }
    }
    let mut to = (from + EXCERPT).min(whole.len());
    while !whole.is_boundary(to) {
        to += 1;
    }
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
        .filter(|(start, _)| (from..to).contains(start))
        .map(|(start, end)| (start - from + shift, (*end).min(to) - from + shift))
        .collect();
    (shown, marks)
}

/// Where terms match, in code points and whole characters: sorted, disjoint.
fn matches_in(body: &Text, terms: &[Term]) -> Vec<(u32, u32)> {
    let words = words(body.as_str());
    let mut found: Vec<(u32, u32)> = terms
        .iter()
        .flat_map(|term| {
            let last = term.words.len().saturating_sub(1);
            term.places(&words).into_iter().map(move |at| (at, at + last))
        })
        .map(|(first, last)| body.snap(words[first].start, words[last].end))
        .collect();
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
