//! From a snapshot of a project to a document for a reader who never saw the app.
//!
//! Pure, but for `atomic.rs`, which puts finished bytes on a disk. One file per format. Deliberately absent: reading
//! the project; whoever calls gathers a [`Snapshot`], so that an export says one moment's truth.

pub mod atomic;
mod citation;
mod escape;
mod excerpt;
mod markdown;
mod note;

pub use citation::{Place, full, short};
pub use markdown::markdown;

use crate::provenance::Item;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What the headings of an export are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum GroupBy {
    /// A heading per document, its highlights in text order.
    #[default]
    Document,
    /// A heading per tag, below it a heading per document.
    Tag,
}

/// All that an export says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The heading of the whole.
    pub title: String,
    /// The tool and its version, as in "Gloss 0.1.0".
    pub tool: String,
    /// What the headings are.
    pub group_by: GroupBy,
    /// The documents, in the order in which they are written.
    pub documents: Vec<Document>,
    /// The tags used, in the order of the tag list; with [`GroupBy::Tag`] these are the headings.
    pub tags: Vec<TagCount>,
    /// All links among what is exported, by relation, in the order in which they are written.
    pub relations: Vec<Relation>,
}

/// A document and its highlights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// What is known about it, its title too.
    pub item: Item,
    /// In text order.
    pub highlights: Vec<Highlight>,
}

/// A marked passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Its id; the last twelve hexadecimal digits name its block in the export.
    pub id: Uuid,
    /// The passage, exactly as the source has it.
    pub quote: String,
    /// 1-based number of the paragraph that it starts in; `None` while its place is lost.
    pub paragraph: Option<u32>,
    /// Whether a person made or confirmed its place.
    pub confirmed: bool,
    /// The page it is on, or its pages with a dash between, where the source has pages.
    pub page: Option<String>,
    /// Names of its tags, in the order of the tag list.
    pub tags: Vec<String>,
    /// The margin note, Markdown.
    pub note: String,
    /// Its links, as read from this end.
    pub links: Vec<Link>,
}

/// A link as one of its two passages shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The relation as read from here: "contradicts", or "supported by" at the other end.
    pub label: String,
    /// Whether it starts here.
    pub outgoing: bool,
    /// The passage at the other end.
    pub other: Uuid,
    /// Its quote, of any length; an excerpt of it is shown.
    pub quote: String,
    /// The title of the document that it is in.
    pub title: String,
    /// What the analyst says about the link, Markdown.
    pub note: String,
}

/// A tag and how many of the exported highlights carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The tag's name.
    pub name: String,
    /// Highlights.
    pub count: u32,
}

/// A relation and its links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The relation as read from the source of its links.
    pub label: String,
    /// The links.
    pub links: Vec<RelationLink>,
}

/// A link as seen from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationLink {
    /// Where it starts.
    pub from: End,
    /// Where it leads.
    pub to: End,
    /// What the analyst says about it, Markdown.
    pub note: String,
}

/// One end of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The highlight.
    pub highlight: Uuid,
    /// Its quote, of any length; an excerpt of it is shown.
    pub quote: String,
    /// The title of its document.
    pub title: String,
}
