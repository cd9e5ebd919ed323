//! Exports: gathers a snapshot of the project, hands it to a format, and puts the result on a disk.

use crate::cards::{self, HighlightCards};
use crate::error::{Error, Result};
use crate::export::{self, End, GroupBy, Relation, RelationLink, Snapshot, TagCount, atomic};
use crate::highlights::{self, Highlight, HighlightFilter};
use crate::ids::{DocumentId, HighlightId, TagId};
use crate::links::{self, LinkFilter};
use crate::project::{Cx, NoArguments, Project};
use crate::text::Units;
use crate::{documents, tags};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use ts_rs::TS;

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
}

/// The beginning of what an export writes.
pub fn preview(cx: &Cx<'_>, args: PreviewOptions) -> Result<ExportPreview> {
    let options = ExportOptions { documents: args.documents, tags: args.tags, group_by: args.group_by };
    let snapshot = snapshot(cx, &options)?;
    let markdown = export::markdown(&snapshot);
    let limit = args.limit.map_or(PREVIEW, |limit| limit as usize);
    let cut = markdown.char_indices().nth(limit).map(|(at, _)| at);
    Ok(ExportPreview {
        highlights: snapshot.documents.iter().map(|document| document.highlights.len() as u32).sum(),
        documents: snapshot.documents.len() as u32,
        whole: cut.is_none(),
        markdown: cut.map_or_else(|| markdown.clone(), |at| markdown[..at].to_owned()),
    })
}

/// The notes as Markdown.
pub fn markdown(project: &Project, options: &ExportOptions) -> Result<String> {
    let snapshot = project.read(Units::CodePoints, |cx| snapshot(cx, options))?;
    Ok(export::markdown(&snapshot))
}

/// Writes the notes as Markdown to a file; a failure leaves the old file as it was.
pub fn save_markdown(project: &Project, options: &ExportOptions, path: &Path) -> Result<()> {
    write_file(path, markdown(project, options)?.as_bytes())
}

/// Writes a file whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    atomic::write(path, bytes).map_err(|error| {
        let name = crate::schema::display_name(path);
        match atomic::failure(&error) {
            atomic::Failure::Folder => Error::ExportFolder { name },
            atomic::Failure::NotWritable => Error::ExportNotWritable { name },
            atomic::Failure::DiskFull => Error::ExportDiskFull { name },
            atomic::Failure::Other => Error::ExportFailed { name, reason: error.kind().to_string() },
        }
    })
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
    let every = documents::list(cx, NoArguments {})?;
    let chosen: Vec<_> = every
        .into_iter()
        .filter(|document| options.documents.is_empty() || options.documents.contains(&document.id))
        .collect();
    let filter = HighlightFilter {
        document: match options.documents.as_slice() {
            [one] => Some(*one),
            _ => None,
        },
        ..HighlightFilter::default()
    };
    let mut by_document: HashMap<DocumentId, Vec<Highlight>> = HashMap::new();
    let mut exported: HashSet<HighlightId> = HashSet::new();
    let wanted: HashSet<DocumentId> = chosen.iter().map(|document| document.id).collect();
    for highlight in highlights::list(cx, filter)? {
        let tagged = options.tags.is_empty() || highlight.tag_ids.iter().any(|tag| options.tags.contains(tag));
        if tagged && wanted.contains(&highlight.document) {
            exported.insert(highlight.id);
            by_document.entry(highlight.document).or_default().push(highlight);
        }
    }
    let counts = tags
        .iter()
        .filter(|tag| options.tags.is_empty() || options.tags.contains(&tag.id))
        .map(|tag| TagCount {
            name: tag.name.clone(),
            count: by_document.values().flatten().filter(|one| one.tag_ids.contains(&tag.id)).count() as u32,
        })
        .filter(|tag| tag.count > 0)
        .collect();
    let mut written = Vec::new();
    for document in chosen {
        let found = by_document.remove(&document.id).unwrap_or_default();
        if found.is_empty() && !options.tags.is_empty() {
            continue;
        }
        written.push(export::Document {
            highlights: exported_highlights(cx, found)?,
            title: document.title,
            author: document.author,
            publisher: document.publisher,
            published: document.published,
            url: document.url,
            accessed: document.accessed,
        });
    }
    Ok(Snapshot {
        title: cx.project.name(),
        tool: concat!("Gloss ", env!("CARGO_PKG_VERSION")).into(),
        group_by: options.group_by,
        documents: written,
        tags: counts,
        relations: exported_relations(cx, &exported)?,
    })
}

fn exported_highlights(cx: &Cx<'_>, found: Vec<Highlight>) -> Result<Vec<export::Highlight>> {
    let ids = found.iter().map(|highlight| highlight.id).collect();
    let cards = cards::list(cx, HighlightCards { ids })?;
    let mut links: HashMap<HighlightId, Vec<export::Link>> = cards
        .into_iter()
        .map(|card| {
            let links = card.links.into_iter().map(|link| export::Link {
                label: link.label,
                outgoing: link.outgoing,
                other: link.other.0,
                quote: link.quote,
                title: link.other_title,
                note: link.note,
            });
            (card.id, links.collect())
        })
        .collect();
    Ok(found
        .into_iter()
        .map(|highlight| export::Highlight {
            id: highlight.id.0,
            quote: highlight.quote,
            paragraph: highlight.paragraph,
            confirmed: highlight.anchor.confirmed,
            page: None,
            tags: highlight.tags,
            note: highlight.note,
            links: links.remove(&highlight.id).unwrap_or_default(),
        })
        .collect())
}

fn exported_relations(cx: &Cx<'_>, exported: &HashSet<HighlightId>) -> Result<Vec<Relation>> {
    let all = links::list(cx, LinkFilter::default())?;
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
