//! Tags: the codebook. Names are kept unique by the commands, not by the schema, so that two copies of a project can
//! be merged later.

use crate::error::{Error, Result};
use crate::ids::{HighlightId, TagId};
use crate::names::is_same;
use crate::project::{Cx, NoArguments, Write};
use crate::seed::PALETTE;
use crate::stored::{StoredRow, StoredRows, if_readable};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Code points of a tag's name.
const LONGEST_NAME: u32 = 200;
/// Code points of a definition.
const LONGEST_DEFINITION: u32 = 20_000;

/// A tag with its count.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// The tag above it.
    pub parent: Option<TagId>,
    /// #RRGGBB.
    pub colour: String,
    /// One lower-case letter or digit.
    pub key: Option<String>,
    /// When to use it.
    pub definition: String,
    /// How many highlights carry it.
    pub highlights: u32,
}

/// Makes a tag.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct TagCreate {
    /// Its name.
    pub name: String,
    /// #RRGGBB; the next of the palette when left out.
    pub colour: Option<String>,
    /// One letter or digit.
    pub key: Option<String>,
    /// When to use it.
    pub definition: Option<String>,
    /// The tag above it.
    pub parent: Option<TagId>,
}

/// Replaces everything about a tag.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TagUpdate {
    /// Which.
    pub tag: TagId,
    /// Its name.
    pub name: String,
    /// #RRGGBB.
    pub colour: String,
    /// One letter or digit, or null.
    pub key: Option<String>,
    /// When to use it.
    pub definition: String,
    /// The tag above it, or null.
    pub parent: Option<TagId>,
}

/// Folds one tag into another.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TagMerge {
    /// The tag that disappears.
    pub from: TagId,
    /// The tag that stays.
    pub into: TagId,
}

/// What a merge did.
#[derive(Debug, Serialize, TS)]
pub struct TagMerged {
    /// Highlights that carried the tag that disappeared.
    pub moved: u32,
}

/// What happens to highlights that carry no other tag than the one that is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Orphans {
    /// They stay, without a tag.
    Keep,
    /// They are removed.
    Delete,
}

/// Deletes a tag.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TagDelete {
    /// Which.
    pub tag: TagId,
    /// What happens to highlights that carry no other tag.
    pub highlights: Orphans,
}

/// What a deletion did.
#[derive(Debug, Serialize, TS)]
pub struct TagDeleted {
    /// Highlights that lost the tag and stay.
    pub untagged: u32,
    /// Highlights that were removed.
    pub deleted: u32,
}

/// A tag by its name alone.
#[derive(Debug, Serialize, TS)]
pub struct TagName {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
}

/// Every tag in order, by name alone: nothing is counted, so that it costs the same whatever carries them.
pub fn names(cx: &Cx<'_>, _: NoArguments) -> Result<Vec<TagName>> {
    Ok(cx
        .db
        .prepare_cached("SELECT id, name FROM tag ORDER BY position, id")?
        .query_map([], |row| Ok(TagName { id: row.read(0)?, name: row.read(1)? }))?
        .readable()?)
}

/// Every tag in order, with counts.
pub fn list(cx: &Cx<'_>, _: NoArguments) -> Result<Vec<Tag>> {
    select(cx, "ORDER BY t.position, t.id", [])
}

fn one(cx: &Cx<'_>, id: TagId) -> Result<Tag> {
    select(cx, "WHERE t.id = ?1", [id])?.pop().ok_or_else(|| Error::TagUnknown { id: id.to_string() })
}

fn select(cx: &Cx<'_>, rest: &str, values: impl rusqlite::Params) -> Result<Vec<Tag>> {
    Ok(cx
        .db
        .prepare_cached(&format!(
            "SELECT t.id, t.name, t.parent, t.colour, t.shortcut, t.definition, \
             (SELECT count(*) FROM highlight_tag ht WHERE ht.tag = t.id) FROM tag t {rest}"
        ))?
        .query_map(values, |row| {
            Ok(Tag {
                id: row.read(0)?,
                name: row.read(1)?,
                parent: row.read(2)?,
                colour: row.read(3)?,
                key: row.read(4)?,
                definition: row.read(5)?,
                highlights: row.read(6)?,
            })
        })?
        .readable()?)
}

/// Makes a tag.
pub fn create(cx: &Write<'_>, args: TagCreate) -> Result<Tag> {
    let position: u32 = cx.db.query_row("SELECT coalesce(max(position) + 1, 0) FROM tag", [], |row| row.read(0))?;
    let checked = check(
        cx,
        None,
        &args.name,
        args.colour.as_deref().unwrap_or(PALETTE[position as usize % PALETTE.len()]),
        args.key.as_deref(),
        args.definition.as_deref().unwrap_or(""),
        args.parent,
    )?;
    let id = TagId(cx.env().fresh());
    cx.db.execute(
        "INSERT INTO tag (id, parent, name, colour, definition, shortcut, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![id, args.parent, checked.name, checked.colour, checked.definition, checked.key, position],
    )?;
    cx.label(format!("Made the tag {}", checked.name));
    one(cx, id)
}

/// Replaces everything about a tag.
pub fn update(cx: &Write<'_>, args: TagUpdate) -> Result<Tag> {
    let before = one(cx, args.tag)?;
    let checked =
        check(cx, Some(args.tag), &args.name, &args.colour, args.key.as_deref(), &args.definition, args.parent)?;
    cx.db.execute(
        "UPDATE tag SET parent = ?2, name = ?3, colour = ?4, definition = ?5, shortcut = ?6 WHERE id = ?1",
        params![args.tag, args.parent, checked.name, checked.colour, checked.definition, checked.key],
    )?;
    cx.label(if before.name == checked.name {
        format!("Changed the tag {}", checked.name)
    } else {
        format!("Renamed the tag {} to {}", before.name, checked.name)
    });
    one(cx, args.tag)
}

/// Folds one tag into another: every highlight of either carries the second afterwards, exactly once.
pub fn merge(cx: &Write<'_>, args: TagMerge) -> Result<TagMerged> {
    let (from, into) = (one(cx, args.from)?, one(cx, args.into)?);
    if args.from == args.into {
        return Err(Error::TagMergeSelf { name: from.name });
    }
    cx.db.execute(
        "INSERT OR IGNORE INTO highlight_tag (highlight, tag) SELECT highlight, ?2 FROM highlight_tag WHERE tag = ?1",
        params![args.from, args.into],
    )?;
    // The tag that stays may sit below the one that goes: it takes that one's place.
    if ancestors(cx, args.into)?.contains(&args.from) {
        cx.db.execute("UPDATE tag SET parent = ?2 WHERE id = ?1", params![args.into, from.parent])?;
    }
    cx.db.execute("UPDATE tag SET parent = ?2 WHERE parent = ?1 AND id <> ?2", params![args.from, args.into])?;
    remove(cx, args.from)?;
    cx.label(format!("Merged the tag {} into {}", from.name, into.name));
    Ok(TagMerged { moved: from.highlights })
}

/// Deletes a tag; its children move up to its parent.
pub fn delete(cx: &Write<'_>, args: TagDelete) -> Result<TagDeleted> {
    let tag = one(cx, args.tag)?;
    let mut deleted = 0;
    if args.highlights == Orphans::Delete {
        let only: Vec<HighlightId> = cx
            .db
            .prepare(
                "SELECT highlight FROM highlight_tag ht WHERE tag = ?1 \
                 AND NOT EXISTS (SELECT 1 FROM highlight_tag o WHERE o.highlight = ht.highlight AND o.tag <> ?1)",
            )?
            .query_map([args.tag], |row| row.read(0))?
            .readable()?;
        for highlight in only {
            deleted += cx.db.prepare_cached("DELETE FROM highlight WHERE id = ?1")?.execute([highlight])? as u32;
        }
    }
    cx.db.execute("UPDATE tag SET parent = ?2 WHERE parent = ?1", params![args.tag, tag.parent])?;
    remove(cx, args.tag)?;
    cx.label(format!("Deleted the tag {}", tag.name));
    Ok(TagDeleted { untagged: tag.highlights - deleted, deleted })
}

/// Takes the tag off every highlight, then deletes it: nothing is left to a cascade, so that redo meets no surprise.
fn remove(cx: &Write<'_>, tag: TagId) -> Result<()> {
    cx.db.execute("DELETE FROM highlight_tag WHERE tag = ?1", [tag])?;
    cx.db.execute("DELETE FROM tag WHERE id = ?1", [tag])?;
    Ok(())
}

struct Checked {
    name: String,
    colour: String,
    key: Option<String>,
    definition: String,
}

fn check(
    cx: &Cx<'_>,
    tag: Option<TagId>,
    name: &str,
    colour: &str,
    key: Option<&str>,
    definition: &str,
    parent: Option<TagId>,
) -> Result<Checked> {
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Error::TagNameEmpty);
    }
    if name.chars().count() > LONGEST_NAME as usize {
        return Err(Error::TextTooLong { limit: LONGEST_NAME });
    }
    if definition.chars().count() > LONGEST_DEFINITION as usize {
        return Err(Error::TextTooLong { limit: LONGEST_DEFINITION });
    }
    let digits = colour.strip_prefix('#').unwrap_or("");
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Error::TagColourInvalid { colour: colour.into() });
    }
    let key = match key.map(str::trim).filter(|key| !key.is_empty()) {
        None => None,
        Some(key) => {
            let lower = key.to_lowercase();
            let mut characters = lower.chars();
            match (characters.next(), characters.next()) {
                (Some(one), None) if one.is_alphanumeric() => Some(lower),
                _ => return Err(Error::TagKeyInvalid { key: key.into() }),
            }
        }
    };
    let mut others = cx.db.prepare_cached("SELECT id, name, shortcut FROM tag")?;
    let mut rows = others.query([])?;
    while let Some(row) = rows.next()? {
        let (id, other, shortcut): (TagId, String, Option<String>) = (row.read(0)?, row.read(1)?, row.read(2)?);
        if Some(id) == tag {
            continue;
        }
        if is_same(&other, &name) {
            return Err(Error::TagNameTaken { name });
        }
        if let (Some(key), Some(shortcut)) = (&key, shortcut)
            && *key == shortcut
        {
            return Err(Error::TagKeyTaken { key: key.clone(), by: format!("the tag “{other}”") });
        }
    }
    if let Some(key) = &key
        && let Some((_, what)) = RESERVED_KEYS.iter().find(|(reserved, _)| reserved == key)
    {
        return Err(Error::TagKeyTaken { key: key.clone(), by: (*what).into() });
    }
    if let Some(parent) = parent {
        one(cx, parent)?;
        if let Some(tag) = tag
            && (parent == tag || ancestors(cx, parent)?.contains(&tag))
        {
            return Err(Error::TagCycle { name });
        }
    }
    Ok(Checked { name, colour: colour.to_uppercase(), key, definition: definition.to_owned() })
}

/// Keys that the reader needs for itself, with what they do.
const RESERVED_KEYS: [(&str, &str); 5] = [
    ("n", "writing a note"),
    ("x", "linking"),
    ("j", "going to the next sentence"),
    ("k", "going to the sentence before"),
    ("g", "changing the view"),
];

/// The tags above a tag, nearest first.
fn ancestors(cx: &Cx<'_>, tag: TagId) -> Result<Vec<TagId>> {
    let mut above = Vec::new();
    let mut at = tag;
    let mut statement = cx.db.prepare_cached("SELECT parent FROM tag WHERE id = ?1")?;
    while let Some(Some(Some(parent))) =
        if_readable(statement.query_row([at], |row| row.read::<Option<TagId>>(0)).optional())?
    {
        if above.contains(&parent) {
            break;
        }
        above.push(parent);
        at = parent;
    }
    Ok(above)
}
