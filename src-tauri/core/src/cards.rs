//! Cards: what the margin shows beside a highlight, asked for in batches when it comes near the screen.

use crate::error::Result;
use crate::ids::{DocumentId, HighlightId, LinkId, RelationId, TagId};
use crate::project::Cx;
use crate::stored::{StoredRow, StoredRows, if_readable};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Code points of the other passage that a card shows.
const PEEK: usize = 160;

/// What a margin card shows.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Card {
    /// The highlight.
    pub id: HighlightId,
    /// Its document.
    pub document: DocumentId,
    /// The passage.
    pub quote: String,
    /// Its margin note, Markdown.
    pub note: String,
    /// Its tags, in the order of the tag list.
    pub tags: Vec<TagId>,
    /// When it was made, UTC milliseconds.
    #[ts(type = "number")]
    pub created: i64,
    /// When it was last changed, UTC milliseconds.
    #[ts(type = "number")]
    pub updated: i64,
    /// Its links, both ways.
    pub links: Vec<CardLink>,
}

/// A link as read from one of its ends.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CardLink {
    /// The link.
    pub id: LinkId,
    /// Its relation.
    pub relation: RelationId,
    /// The relation as read from here: "contradicts", "supported by".
    pub label: String,
    /// Whether it starts here.
    pub outgoing: bool,
    /// The passage at the other end.
    pub other: HighlightId,
    /// The document of the other passage.
    pub other_document: DocumentId,
    /// Its title.
    pub other_title: String,
    /// At most 160 characters of the other passage.
    pub quote: String,
    /// The link's note.
    pub note: String,
}

/// Cards by id.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HighlightCards {
    /// Which; those that are gone are left out.
    pub ids: Vec<HighlightId>,
}

/// Cards by id, in the order asked for.
pub fn list(cx: &Cx<'_>, args: HighlightCards) -> Result<Vec<Card>> {
    let mut card = cx.db.prepare_cached(
        "SELECT h.document, h.note, h.created_at, h.updated_at, a.exact FROM highlight h \
         JOIN document d ON d.id = h.document LEFT JOIN anchor a ON a.highlight = h.id AND a.version = d.version \
         WHERE h.id = ?1",
    )?;
    let mut tags = cx.db.prepare_cached(
        "SELECT t.id FROM highlight_tag ht JOIN tag t ON t.id = ht.tag WHERE ht.highlight = ?1 ORDER BY t.position, t.id",
    )?;
    let mut links = cx.db.prepare_cached(
        "SELECT l.id, l.relation, l.source = ?1 AS outgoing, \
                CASE WHEN l.source = ?1 THEN r.label ELSE r.inverse END, \
                o.id, o.document, d.title, a.exact, l.note \
         FROM (SELECT * FROM link WHERE source = ?1 UNION SELECT * FROM link WHERE target = ?1) l \
         JOIN relation r ON r.id = l.relation \
         JOIN highlight o ON o.id = CASE WHEN l.source = ?1 THEN l.target ELSE l.source END \
         JOIN document d ON d.id = o.document \
         LEFT JOIN anchor a ON a.highlight = o.id AND a.version = d.version \
         ORDER BY outgoing DESC, l.created_at, l.id",
    )?;
    let mut found = Vec::new();
    for id in args.ids {
        let read = card
            .query_row([id], |row| {
                Ok(Card {
                    id,
                    document: row.read(0)?,
                    note: row.read(1)?,
                    created: row.read(2)?,
                    updated: row.read(3)?,
                    quote: row.read::<Option<String>>(4)?.unwrap_or_default(),
                    tags: Vec::new(),
                    links: Vec::new(),
                })
            })
            .optional();
        let Some(mut made) = if_readable(read)?.flatten() else { continue };
        made.tags = tags.query_map([id], |row| row.read(0))?.readable()?;
        made.links = links
            .query_map([id], |row| {
                let quote: Option<String> = row.read(7)?;
                Ok(CardLink {
                    id: row.read(0)?,
                    relation: row.read(1)?,
                    outgoing: row.read(2)?,
                    label: row.read(3)?,
                    other: row.read(4)?,
                    other_document: row.read(5)?,
                    other_title: row.read(6)?,
                    quote: quote.unwrap_or_default().chars().take(PEEK).collect(),
                    note: row.read(8)?,
                })
            })?
            .readable()?;
        found.push(made);
    }
    Ok(found)
}
