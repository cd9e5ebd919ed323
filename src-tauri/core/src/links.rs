//! Links: typed, directed cross-references between two highlights, in one document or in two; and their relations.

use crate::error::{Error, Result, shortened};
use crate::highlights::quote_of;
use crate::ids::{DocumentId, HighlightId, LinkId, RelationId};
use crate::project::{Cx, NoArguments, Write};
use crate::stored::{StoredRow, StoredRows};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Code points of a link's note or of a relation's label.
const LONGEST_NOTE: u32 = 20_000;
/// Code points of a relation's label.
const LONGEST_LABEL: u32 = 100;

/// The type of a link.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Relation {
    /// Its id.
    pub id: RelationId,
    /// As read from the source: "supports".
    pub label: String,
    /// As read from the target: "supported by".
    pub inverse: String,
    /// Whether both read the same.
    pub symmetric: bool,
    /// How many links have it.
    pub links: u32,
}

/// A link with both of its ends.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// Where it starts.
    pub from: HighlightId,
    /// Where it ends.
    pub to: HighlightId,
    /// The relation's label.
    pub relation: String,
    /// The relation's inverse label.
    pub inverse: String,
    /// The relation.
    pub relation_id: RelationId,
    /// Markdown.
    pub note: String,
    /// When it was made, UTC milliseconds.
    #[ts(type = "number")]
    pub created: i64,
    /// The passage it starts from.
    pub from_quote: String,
    /// The passage it ends at.
    pub to_quote: String,
    /// The document it starts in.
    pub from_document: DocumentId,
    /// The document it ends in.
    pub to_document: DocumentId,
    /// That document's title.
    pub from_title: String,
    /// That document's title.
    pub to_title: String,
}

/// Makes a relation.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RelationCreate {
    /// As read from the source.
    pub label: String,
    /// As read from the target; the label again when empty.
    pub inverse: String,
    /// Whether both read the same.
    pub symmetric: bool,
}

/// Ties one highlight to another.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct LinkCreate {
    /// Where it starts.
    pub from: HighlightId,
    /// Where it ends.
    pub to: HighlightId,
    /// Its relation.
    pub relation: RelationId,
    /// Markdown.
    pub note: Option<String>,
}

/// Changes the relation and the note of a link.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LinkUpdate {
    /// Which.
    pub link: LinkId,
    /// Its relation.
    pub relation: RelationId,
    /// Markdown.
    pub note: String,
}

/// Removes a link.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LinkDelete {
    /// Which.
    pub link: LinkId,
}

/// Which links to list.
#[derive(Debug, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct LinkFilter {
    /// Of this relation.
    pub relation: Option<RelationId>,
}

/// Every relation in order, with counts.
pub fn relations(cx: &Cx<'_>, _: NoArguments) -> Result<Vec<Relation>> {
    Ok(cx
        .db
        .prepare_cached(
            "SELECT r.id, r.label, r.inverse, r.symmetric, (SELECT count(*) FROM link WHERE relation = r.id) \
             FROM relation r ORDER BY r.position, r.id",
        )?
        .query_map([], |row| {
            Ok(Relation {
                id: row.read(0)?,
                label: row.read(1)?,
                inverse: row.read(2)?,
                symmetric: row.read(3)?,
                links: row.read(4)?,
            })
        })?
        .readable()?)
}

/// Makes a relation; one with the same label and inverse is used again.
pub fn create_relation(cx: &Write<'_>, args: RelationCreate) -> Result<Relation> {
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let label = tidy(&args.label);
    let inverse = if args.symmetric || args.inverse.trim().is_empty() { label.clone() } else { tidy(&args.inverse) };
    if label.is_empty() {
        return Err(Error::RelationLabelEmpty);
    }
    if label.chars().count().max(inverse.chars().count()) > LONGEST_LABEL as usize {
        return Err(Error::TextTooLong { limit: LONGEST_LABEL });
    }
    let all = relations(cx, NoArguments {})?;
    if let Some(same) = all.into_iter().find(|one| one.label == label && one.inverse == inverse) {
        return Ok(same);
    }
    let id = RelationId(cx.env().fresh());
    let symmetric = label == inverse;
    cx.db.execute(
        "INSERT INTO relation (id, label, inverse, symmetric, position) \
         VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(position) + 1, 0) FROM relation))",
        params![id, label, inverse, symmetric],
    )?;
    cx.label(format!("Made the relation {label}"));
    Ok(Relation { id, label, inverse, symmetric, links: 0 })
}

/// Ties one highlight to another.
pub fn create(cx: &Write<'_>, args: LinkCreate) -> Result<Link> {
    let label = relation_label(cx, args.relation)?;
    let (from, to) = (quote_of(cx, args.from)?, quote_of(cx, args.to)?);
    if args.from == args.to {
        return Err(Error::LinkToItself);
    }
    let note = args.note.unwrap_or_default();
    check_note(&note)?;
    let id = LinkId(cx.env().fresh());
    cx.db
        .prepare_cached(
            "INSERT INTO link (id, source, target, relation, note, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![id, args.from, args.to, args.relation, note, cx.env().now()])?;
    cx.label(format!("Linked “{}” {label} “{}”", shortened(&from), shortened(&to)));
    one(cx, id)
}

/// Changes the relation and the note of a link.
pub fn update(cx: &Write<'_>, args: LinkUpdate) -> Result<Link> {
    let label = relation_label(cx, args.relation)?;
    check_note(&args.note)?;
    let before = one(cx, args.link)?;
    cx.db.execute(
        "UPDATE link SET relation = ?2, note = ?3 WHERE id = ?1",
        params![args.link, args.relation, args.note],
    )?;
    cx.label(format!("Changed the link “{}” {label} “{}”", shortened(&before.from_quote), shortened(&before.to_quote)));
    one(cx, args.link)
}

/// Removes a link.
pub fn delete(cx: &Write<'_>, args: LinkDelete) -> Result<()> {
    let before = one(cx, args.link)?;
    cx.db.execute("DELETE FROM link WHERE id = ?1", [args.link])?;
    cx.label(format!(
        "Removed the link “{}” {} “{}”",
        shortened(&before.from_quote),
        before.relation,
        shortened(&before.to_quote)
    ));
    Ok(())
}

/// Lists links, oldest first.
pub fn list(cx: &Cx<'_>, args: LinkFilter) -> Result<Vec<Link>> {
    if let Some(relation) = args.relation {
        relation_label(cx, relation)?;
        return select(cx, "WHERE l.relation = ?1 ORDER BY l.created_at, l.id", [relation]);
    }
    select(cx, "ORDER BY l.created_at, l.id", [])
}

/// Links that contradict, newest first, at most `limit`.
pub fn contradictions(cx: &Cx<'_>, limit: u32) -> Result<Vec<Link>> {
    select(cx, "WHERE r.label = 'contradicts' ORDER BY l.created_at DESC, l.id DESC LIMIT ?1", [limit])
}

fn one(cx: &Cx<'_>, id: LinkId) -> Result<Link> {
    select(cx, "WHERE l.id = ?1", [id])?.pop().ok_or_else(|| Error::LinkUnknown { id: id.to_string() })
}

fn select(cx: &Cx<'_>, rest: &str, values: impl rusqlite::Params) -> Result<Vec<Link>> {
    Ok(cx
        .db
        .prepare_cached(&format!(
            "SELECT l.id, l.source, l.target, r.label, r.inverse, r.id, l.note, l.created_at, \
                    fa.exact, ta.exact, fd.id, td.id, fd.title, td.title \
             FROM link l JOIN relation r ON r.id = l.relation \
             JOIN highlight fh ON fh.id = l.source JOIN document fd ON fd.id = fh.document \
             JOIN highlight th ON th.id = l.target JOIN document td ON td.id = th.document \
             LEFT JOIN anchor fa ON fa.highlight = fh.id AND fa.version = fd.version \
             LEFT JOIN anchor ta ON ta.highlight = th.id AND ta.version = td.version {rest}"
        ))?
        .query_map(values, |row| {
            Ok(Link {
                id: row.read(0)?,
                from: row.read(1)?,
                to: row.read(2)?,
                relation: row.read(3)?,
                inverse: row.read(4)?,
                relation_id: row.read(5)?,
                note: row.read(6)?,
                created: row.read(7)?,
                from_quote: row.read::<Option<String>>(8)?.unwrap_or_default(),
                to_quote: row.read::<Option<String>>(9)?.unwrap_or_default(),
                from_document: row.read(10)?,
                to_document: row.read(11)?,
                from_title: row.read(12)?,
                to_title: row.read(13)?,
            })
        })?
        .readable()?)
}

fn relation_label(cx: &Cx<'_>, id: RelationId) -> Result<String> {
    cx.db
        .prepare_cached("SELECT label FROM relation WHERE id = ?1")?
        .query_row([id], |row| row.read(0))
        .optional()?
        .ok_or_else(|| Error::RelationUnknown { id: id.to_string() })
}

fn check_note(note: &str) -> Result<()> {
    if note.chars().count() > LONGEST_NOTE as usize {
        return Err(Error::TextTooLong { limit: LONGEST_NOTE });
    }
    Ok(())
}
