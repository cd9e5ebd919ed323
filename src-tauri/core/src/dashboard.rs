//! The dashboard's figures: counts, shares, what occurs together, what is not yet covered.

use crate::error::Result;
use crate::ids::{DocumentId, HighlightId, RelationId, TagId, VersionId};
use crate::links::{self, Link};
use crate::project::{Cx, NoArguments};
use crate::stored::{StoredRow, StoredRows, if_readable};
use crate::structure::BlockKind;
use crate::tally::Tally;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;

/// Contradictions that the dashboard lists.
const MOST_CONTRADICTIONS: u32 = 50;
/// Code points of an uncovered paragraph that a list shows.
const PEEK: usize = 160;

/// All figures of a project.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Dashboard {
    /// Documents.
    pub documents: u32,
    /// Highlights.
    pub highlights: u32,
    /// Highlights with a note.
    pub noted: u32,
    /// Highlights without a note.
    pub unnoted: u32,
    /// Highlights without a tag.
    pub untagged: u32,
    /// Highlights without a place in the current text, which await a person.
    pub lost: u32,
    /// Highlights whose place was found by similar words and awaits a person.
    pub unconfirmed: u32,
    /// Links.
    pub links: u32,
    /// Links that contradict.
    pub contradictions: u32,
    /// Paragraphs of all documents.
    pub paragraphs: u32,
    /// Paragraphs that a highlight touches.
    pub covered: u32,
    /// Every tag in order.
    pub tags: Vec<TagShare>,
    /// Tag by document; what is not listed is 0.
    pub cells: Vec<TagCell>,
    /// Tags that occur on the same highlight; each pair once.
    pub pairs: Vec<TagPair>,
    /// Links by relation, contradictions first, then the most frequent.
    pub relations: Vec<RelationCount>,
    /// Every document in order.
    pub coverage: Vec<Coverage>,
    /// Links that contradict, newest first, at most 50.
    pub contradictory: Vec<Link>,
}

/// How often a tag is used.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TagShare {
    /// The tag.
    pub tag: TagId,
    /// Highlights with it.
    pub count: u32,
    /// Of all highlights, 0 to 1.
    pub share: f64,
}

/// How often a tag is used in a document.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TagCell {
    /// The document.
    pub document: DocumentId,
    /// The tag.
    pub tag: TagId,
    /// Highlights with it there.
    pub count: u32,
}

/// How often two tags meet.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TagPair {
    /// The one that comes first in the list of tags.
    pub a: TagId,
    /// The other.
    pub b: TagId,
    /// Highlights with both.
    pub count: u32,
    /// The count that chance would give: highlights with a × highlights with b ÷ all highlights.
    pub expected: f64,
}

/// How often a relation is used.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RelationCount {
    /// The relation.
    pub relation: RelationId,
    /// Its label.
    pub label: String,
    /// Links with it.
    pub count: u32,
}

/// How much of a document has been worked through.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Coverage {
    /// The document.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its highlights.
    pub highlights: u32,
    /// Its paragraphs.
    pub paragraphs: u32,
    /// Paragraphs that a highlight touches.
    pub covered: u32,
}

/// Where a tag falls in a document.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Strip {
    /// The tag.
    pub tag: TagId,
    /// In the order of the text.
    pub marks: Vec<StripMark>,
}

/// One highlight on a strip, as fractions of the document's length, 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StripMark {
    /// Which.
    pub highlight: HighlightId,
    /// Where it starts.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// A paragraph of a document.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Paragraph {
    /// 1-based.
    pub number: u32,
    /// Where it starts, in the caller's unit.
    pub start: u32,
    /// Where it ends, half open.
    pub end: u32,
    /// At most 160 characters of it.
    pub text: String,
}

/// One document.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OfDocument {
    /// Which.
    pub document: DocumentId,
}

/// Counts what awaits a person. Only a text that changed leaves anything in review: the others are not looked at.
const AWAITING: &str = "SELECT count(*) FROM document d JOIN anchor a ON a.version = d.version \
     WHERE EXISTS (SELECT 1 FROM version v WHERE v.document = d.id AND v.id <> d.version) AND a.confirmed = 0";

/// All figures of the project.
pub fn figures(cx: &Cx<'_>, _: NoArguments) -> Result<Dashboard> {
    let count = |sql: &str| -> Result<u32> { Ok(cx.db.prepare_cached(sql)?.query_row([], |row| row.read(0))?) };
    let order: Vec<TagId> = cx
        .db
        .prepare_cached("SELECT id FROM tag ORDER BY position, id")?
        .query_map([], |row| row.read(0))?
        .readable()?;
    let documents: Vec<(DocumentId, String)> = cx
        .db
        .prepare_cached("SELECT id, title FROM document ORDER BY created_at, id")?
        .query_map([], |row| Ok((row.read(0)?, row.read(1)?)))?
        .readable()?;
    let links = count("SELECT count(*) FROM link")?;
    let contradictions = count(
        "SELECT count(*) FROM relation CROSS JOIN link ON link.relation = relation.id \
         WHERE relation.label = 'contradicts'",
    )?;
    let relations = cx
        .db
        .prepare_cached(
            "SELECT id, label, (SELECT count(*) FROM link WHERE relation = relation.id) AS n FROM relation \
             WHERE n > 0 ORDER BY label <> 'contradicts', n DESC, position, id",
        )?
        .query_map([], |row| Ok(RelationCount { relation: row.read(0)?, label: row.read(1)?, count: row.read(2)? }))?
        .readable()?;
    let lost = count(&format!("{AWAITING} AND a.start IS NULL"))?;
    let unconfirmed = count(&format!("{AWAITING} AND a.start IS NOT NULL"))?;
    let contradictory = links::contradictions(cx, MOST_CONTRADICTIONS)?;
    cx.tally(|tally| {
        let highlights = tally.highlights();
        let counts = counts(tally, &order);
        let share = |count: u32| f64::from(count) / f64::from(highlights.max(1));
        let tags = order.iter().zip(&counts.tags).map(|(&tag, &count)| TagShare { tag, count, share: share(count) });
        let cells = documents.iter().flat_map(|(document, _)| {
            let row = counts.cells.get(document);
            let used = row.into_iter().flat_map(|row| order.iter().zip(row)).filter(|(_, count)| **count > 0);
            used.map(|(&tag, &count)| TagCell { document: *document, tag, count })
        });
        let pairs = counts.pairs.iter().map(|(&(a, b), &count)| {
            let expected = f64::from(counts.tags[a]) * share(counts.tags[b]);
            TagPair { a: order[a], b: order[b], count, expected }
        });
        let coverage: Vec<Coverage> = documents
            .iter()
            .map(|(document, title)| {
                let (highlights, paragraphs, covered) = tally.coverage(*document);
                Coverage { document: *document, title: title.clone(), highlights, paragraphs, covered }
            })
            .collect();
        Ok(Dashboard {
            documents: documents.len() as u32,
            highlights,
            noted: tally.noted(),
            unnoted: highlights - tally.noted(),
            untagged: counts.untagged,
            lost,
            unconfirmed,
            links,
            contradictions,
            paragraphs: coverage.iter().map(|one| one.paragraphs).sum(),
            covered: coverage.iter().map(|one| one.covered).sum(),
            tags: tags.collect(),
            cells: cells.collect(),
            pairs: pairs.collect(),
            relations,
            coverage,
            contradictory,
        })
    })
}

/// How often tags are used; a tag is named by its place in the order of the tag list.
struct Counts {
    tags: Vec<u32>,
    cells: HashMap<DocumentId, Vec<u32>>,
    pairs: BTreeMap<(usize, usize), u32>,
    untagged: u32,
}

fn counts(tally: &Tally, order: &[TagId]) -> Counts {
    let place: HashMap<TagId, usize> = order.iter().enumerate().map(|(at, tag)| (*tag, at)).collect();
    let mut counts = Counts { tags: vec![0; order.len()], cells: HashMap::new(), pairs: BTreeMap::new(), untagged: 0 };
    for (document, set, count) in tally.sets() {
        let mut tags: Vec<usize> = set.iter().filter_map(|tag| place.get(tag).copied()).collect();
        tags.sort_unstable();
        if tags.is_empty() {
            counts.untagged += count;
        }
        let row = counts.cells.entry(document).or_insert_with(|| vec![0; order.len()]);
        for (at, &tag) in tags.iter().enumerate() {
            counts.tags[tag] += count;
            row[tag] += count;
            for &other in &tags[at + 1..] {
                *counts.pairs.entry((tag, other)).or_default() += count;
            }
        }
    }
    counts
}

/// The paragraphs of a version (start, end, in code points), and whether a highlight touches each.
fn touched(cx: &Cx<'_>, version: VersionId) -> Result<Vec<(u32, u32, bool)>> {
    let loaded = cx.loaded(version)?;
    let mut statement = cx
        .db
        .prepare_cached("SELECT start, \"end\" FROM anchor WHERE version = ?1 AND start IS NOT NULL ORDER BY start")?;
    let ranges: Vec<(u32, u32)> = statement.query_map([version], |row| Ok((row.read(0)?, row.read(1)?)))?.readable()?;
    let mut next = 0;
    let mut reach = 0;
    Ok(loaded
        .structure
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Break)
        .map(|block| {
            // Highlights are sorted by start: remember how far those that started earlier reach.
            while next < ranges.len() && ranges[next].0 < block.end {
                reach = reach.max(ranges[next].1);
                next += 1;
            }
            (block.start, block.end, reach > block.start)
        })
        .collect())
}

/// Where each tag falls in a document; tags that are not used there are left out.
pub fn strips(cx: &Cx<'_>, args: OfDocument) -> Result<Vec<Strip>> {
    let version = cx.current(args.document)?;
    let length = f64::from(cx.loaded(version)?.text.len().max(1));
    let mut strips: Vec<Strip> = Vec::new();
    let mut statement = cx.db.prepare_cached(
        "SELECT t.id, a.highlight, a.start, a.\"end\" FROM anchor a JOIN highlight_tag ht ON ht.highlight = a.highlight \
         JOIN tag t ON t.id = ht.tag WHERE a.version = ?1 AND a.start IS NOT NULL \
         ORDER BY t.position, t.id, a.start, a.\"end\" DESC",
    )?;
    let mut rows = statement.query([version])?;
    while let Some(row) = rows.next()? {
        let read = || -> rusqlite::Result<(TagId, StripMark)> {
            let (from, to) = (row.read::<f64>(2)? / length, row.read::<f64>(3)? / length);
            Ok((row.read(0)?, StripMark { highlight: row.read(1)?, from, to }))
        };
        let Some((tag, mark)) = if_readable(read())? else { continue };
        match strips.last_mut() {
            Some(strip) if strip.tag == tag => strip.marks.push(mark),
            _ => strips.push(Strip { tag, marks: vec![mark] }),
        }
    }
    Ok(strips)
}

/// The paragraphs of a document that no highlight touches.
pub fn uncovered(cx: &Cx<'_>, args: OfDocument) -> Result<Vec<Paragraph>> {
    let version = cx.current(args.document)?;
    let loaded = cx.loaded(version)?;
    Ok(touched(cx, version)?
        .into_iter()
        .enumerate()
        .filter(|(_, (_, _, covered))| !covered)
        .map(|(at, (start, end, _))| Paragraph {
            number: at as u32 + 1,
            start: loaded.text.outward(start, cx.units),
            end: loaded.text.outward(end, cx.units),
            text: loaded.text.slice(start, end).chars().take(PEEK).collect(),
        })
        .collect())
}
