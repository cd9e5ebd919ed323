//! Exports: gathers a snapshot of the project, hands it to a format, and puts the result on a disk.

use crate::error::{Error, Result};
use crate::export::{self, End, GroupBy, Relation, RelationLink, Snapshot, TagCount, atomic};
use crate::highlights;
use crate::ids::{DocumentId, HighlightId, TagId, VersionId};
use crate::links::{self, Link, LinkFilter};
use crate::project::{Cx, NoArguments, Project};
use crate::provenance::Item;
use crate::stored::{self, StoredRow, flaws_in, if_readable};
use crate::text::Units;
use crate::{details, documents, flaws, tags};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use ts_rs::TS;

/// Damaged things that are named.
const MOST_NAMED: usize = 100;

/// Characters that a preview holds when the caller does not say.
const PREVIEW: usize = 20_000;

/// What to export. Empty lists mean everything; a highlight with any of the tags is taken.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportOptions {
    /// Only these documents.
    pub documents: Vec<DocumentId>,
    /// Only highlights with one of these tags.
    pub tags: Vec<TagId>,
    /// What the headings are.
    pub group_by: GroupBy,
}

/// What to preview.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(optional_fields)]
pub struct PreviewOptions {
    /// Only these documents.
    pub documents: Vec<DocumentId>,
    /// Only highlights with one of these tags.
    pub tags: Vec<TagId>,
    /// What the headings are.
    pub group_by: GroupBy,
    /// At most so many characters.
    pub limit: Option<u32>,
}

/// The beginning of what an export writes.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExportPreview {
    /// Markdown.
    pub markdown: String,
    /// Highlights in the whole export.
    pub highlights: u32,
    /// Documents in the whole export.
    pub documents: u32,
    /// Whether nothing was cut off.
    pub whole: bool,
    /// The damaged values of the project, in sentences: they may be missing here, or stand here with � in them.
    pub damaged: Vec<String>,
}

/// The notes, written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Markdown.
    pub markdown: String,
    /// The damaged values of the project, in sentences: they may be missing here, or stand here with � in them.
    pub damaged: Vec<String>,
}

/// The beginning of what an export writes.
pub fn preview(cx: &Cx<'_>, args: PreviewOptions) -> Result<ExportPreview> {
    let options = ExportOptions { documents: args.documents, tags: args.tags, group_by: args.group_by };
    let (snapshot, damaged) = examined(cx, &options)?;
    let markdown = export::markdown(&snapshot);
    let limit = args.limit.map_or(PREVIEW, |limit| limit as usize);
    let cut = markdown.char_indices().nth(limit).map(|(at, _)| at);
    Ok(ExportPreview {
        highlights: snapshot.documents.iter().map(|document| document.highlights.len() as u32).sum(),
        documents: snapshot.documents.len() as u32,
        whole: cut.is_none(),
        damaged,
        markdown: cut.map_or_else(|| markdown.clone(), |at| markdown[..at].to_owned()),
    })
}

/// The notes as Markdown.
pub fn markdown(project: &Project, options: &ExportOptions) -> Result<Exported> {
    let (snapshot, damaged) = project.read(Units::CodePoints, |cx| examined(cx, options))?;
    Ok(Exported { markdown: export::markdown(&snapshot), damaged })
}

/// Writes the notes as Markdown to a file; a failure leaves the old file as it was. Answers what is damaged.
pub fn save_markdown(project: &Project, options: &ExportOptions, path: &Path) -> Result<Vec<String>> {
    let exported = markdown(project, options)?;
    write_file(path, exported.markdown.as_bytes())?;
    Ok(exported.damaged)
}

/// A snapshot, and what is damaged in the project if anything was met on the way.
fn examined(cx: &Cx<'_>, options: &ExportOptions) -> Result<(Snapshot, Vec<String>)> {
    let (snapshot, met) = flaws_in(|| snapshot(cx, options));
    let snapshot = snapshot?;
    if met == 0 {
        return Ok((snapshot, Vec::new()));
    }
    let mut damaged = flaws::rows(cx.db, MOST_NAMED)?;
    if damaged.is_empty() {
        damaged.push("A text or a description of a document is damaged. A check of the project names it.".into());
    }
    Ok((snapshot, damaged))
}

/// Writes a person's file whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    atomic::write(path, bytes).map_err(|error| not_written(path, &error))
}

/// Writes a file of the program whole or not at all; only its owner may read it.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    atomic::write_private(path, bytes).map_err(|error| not_written(path, &error))
}

/// An error of writing a file, by what a person can do about it.
pub(crate) fn not_written(path: &Path, error: &std::io::Error) -> Error {
    let name = crate::schema::display_name(path);
    match atomic::failure(error) {
        atomic::Failure::Folder => Error::ExportFolder { name },
        atomic::Failure::NotWritable => Error::ExportNotWritable { name },
        atomic::Failure::DiskFull => Error::ExportDiskFull { name },
        atomic::Failure::Other => Error::ExportFailed { name, reason: error.kind().to_string() },
    }
}

fn snapshot(cx: &Cx<'_>, options: &ExportOptions) -> Result<Snapshot> {
    for document in &options.documents {
        cx.current(*document)?;
    }
    let tags = tags::list(cx, NoArguments {})?;
    for wanted in &options.tags {
        if !tags.iter().any(|tag| tag.id == *wanted) {
            return Err(Error::TagUnknown { id: wanted.to_string() });
        }
    }
    let mut items: HashMap<DocumentId, Item> = details::items(cx)?.into_iter().collect();
    let mut written = Vec::new();
    let mut seen = (0, 0);
    let mut exported: HashSet<HighlightId> = HashSet::new();
    let mut counts: HashMap<TagId, u32> = HashMap::new();
    let names: HashMap<TagId, (usize, &str)> =
        tags.iter().enumerate().map(|(at, tag)| (tag.id, (at, tag.name.as_str()))).collect();
    let all = links::list(cx, LinkFilter::default())?;
    let mut links = links_by_end(&all);
    for document in documents::listed(cx)? {
        seen.0 += 1;
        if !options.documents.is_empty() && !options.documents.contains(&document.id) {
            continue;
        }
        let mut highlights = Vec::new();
        let mut taggings = taggings(cx, document.id)?;
        for mut highlight in passages(cx, document.id, document.version)? {
            seen.1 += 1;
            let id = HighlightId(highlight.id);
            let mut carried = taggings.remove(&id).unwrap_or_default();
            if !options.tags.is_empty() && !carried.iter().any(|tag| options.tags.contains(tag)) {
                continue;
            }
            carried.sort_unstable_by_key(|tag| names.get(tag).map(|(at, _)| *at));
            for tag in carried {
                *counts.entry(tag).or_default() += 1;
                highlight.tags.extend(names.get(&tag).map(|(_, name)| (*name).to_owned()));
            }
            highlight.links = links.remove(&id).unwrap_or_default();
            exported.insert(id);
            highlights.push(highlight);
        }
        if highlights.is_empty() && !options.tags.is_empty() {
            continue;
        }
        written.push(export::Document { highlights, item: items.remove(&document.id).unwrap_or_default() });
    }
    // A row that hangs on something gone or damaged is in no list at all.
    let there = |table: &str| -> Result<usize> {
        let count: u32 = cx.db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        Ok(count as usize)
    };
    let highlights_missed = options.documents.is_empty() && seen.1 < there("highlight")?;
    if seen.0 < there("document")? || all.len() < there("link")? || highlights_missed {
        stored::count();
    }
    let counts = tags
        .iter()
        .filter(|tag| options.tags.is_empty() || options.tags.contains(&tag.id))
        .map(|tag| TagCount { name: tag.name.clone(), count: counts.get(&tag.id).copied().unwrap_or(0) })
        .filter(|tag| tag.count > 0)
        .collect();
    Ok(Snapshot {
        title: cx.project.name(),
        tool: concat!("Gloss ", env!("CARGO_PKG_VERSION")).into(),
        group_by: options.group_by,
        documents: written,
        tags: counts,
        relations: exported_relations(cx, &all, &exported)?,
    })
}

/// The passages of a document in text order, without tags and links.
fn passages(cx: &Cx<'_>, document: DocumentId, version: VersionId) -> Result<Vec<export::Highlight>> {
    let loaded = cx.loaded_if_whole(version)?;
    let mut statement = cx.db.prepare_cached(
        "SELECT h.id, a.start, a.\"end\", a.exact, h.note, a.confirmed FROM highlight h \
         LEFT JOIN anchor a ON a.highlight = h.id AND a.version = ?2 WHERE h.document = ?1",
    )?;
    let mut rows = statement.query(params![document, version])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let read = || -> rusqlite::Result<_> {
            let id: HighlightId = row.read(0)?;
            let (start, end): (Option<u32>, Option<u32>) = (row.read(1)?, row.read(2)?);
            let order = (start.is_none(), start, Reverse(end), id);
            let loaded = loaded.as_ref();
            let highlight = export::Highlight {
                id: id.0,
                quote: row.read::<Option<String>>(3)?.unwrap_or_default(),
                paragraph: start.zip(loaded).and_then(|(start, loaded)| loaded.paragraph(start)),
                confirmed: row.read::<Option<bool>>(5)?.unwrap_or(false),
                page: start
                    .zip(end)
                    .zip(loaded)
                    .and_then(|((start, end), loaded)| highlights::pages(&loaded.structure, start, end)),
                tags: Vec::new(),
                note: row.read(4)?,
                links: Vec::new(),
            };
            Ok((order, highlight))
        };
        found.extend(if_readable(read())?);
    }
    found.sort_unstable_by_key(|(order, _)| *order);
    Ok(found.into_iter().map(|(_, highlight)| highlight).collect())
}

/// The tags of a document's highlights.
fn taggings(cx: &Cx<'_>, document: DocumentId) -> Result<HashMap<HighlightId, Vec<TagId>>> {
    let mut statement = cx.db.prepare_cached(
        "SELECT ht.highlight, ht.tag FROM highlight h JOIN highlight_tag ht ON ht.highlight = h.id WHERE h.document = ?1",
    )?;
    let mut rows = statement.query([document])?;
    let mut found: HashMap<HighlightId, Vec<TagId>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let read = || -> rusqlite::Result<(HighlightId, TagId)> { Ok((row.read(0)?, row.read(1)?)) };
        if let Some((highlight, tag)) = if_readable(read())? {
            found.entry(highlight).or_default().push(tag);
        }
    }
    Ok(found)
}

/// Links as each of their ends shows them: first those that start there, then the others, oldest first.
fn links_by_end(all: &[Link]) -> HashMap<HighlightId, Vec<export::Link>> {
    let mut found: HashMap<HighlightId, Vec<export::Link>> = HashMap::new();
    for outgoing in [true, false] {
        for link in all {
            let (here, other, label, quote, title) = if outgoing {
                (link.from, link.to, &link.relation, &link.to_quote, &link.to_title)
            } else {
                (link.to, link.from, &link.inverse, &link.from_quote, &link.from_title)
            };
            found.entry(here).or_default().push(export::Link {
                label: label.clone(),
                outgoing,
                other: other.0,
                quote: quote.clone(),
                title: title.clone(),
                note: link.note.clone(),
            });
        }
    }
    found
}

fn exported_relations(cx: &Cx<'_>, all: &[Link], exported: &HashSet<HighlightId>) -> Result<Vec<Relation>> {
    let mut relations = Vec::new();
    for relation in links::relations(cx, NoArguments {})? {
        let links: Vec<RelationLink> = all
            .iter()
            .filter(|link| {
                link.relation_id == relation.id && exported.contains(&link.from) && exported.contains(&link.to)
            })
            .map(|link| RelationLink {
                from: End { highlight: link.from.0, quote: link.from_quote.clone(), title: link.from_title.clone() },
                to: End { highlight: link.to.0, quote: link.to_quote.clone(), title: link.to_title.clone() },
                note: link.note.clone(),
            })
            .collect();
        if !links.is_empty() {
            relations.push(Relation { label: relation.label, links });
        }
    }
    Ok(relations)
}
