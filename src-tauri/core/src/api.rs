//! THE list of commands. The window, the command line and the tests all call the core through [`dispatch`].
//!
//! A command is a plain function next to its record; one line here gives it its name, its arguments and its result.
//! From that line come the dispatcher and the TypeScript types. `read` runs on a snapshot, `write` in one recorded
//! transaction, `project` looks after its transactions itself.

use crate::cards::{self, Card, HighlightCards};
use crate::check::{self, CheckReport, CompactReport};
use crate::dashboard::{self, Dashboard, OfDocument, Paragraph, Strip};
use crate::details::{self, Citation, CslItem, DocumentConfirm, DocumentCsl, DocumentUpdate, KindRow};
use crate::documents::{self, Document, DocumentDelete, DocumentOpen, DocumentPaste, OpenDocument};
use crate::drawn::{self, HighlightRows, HighlightTable};
use crate::error::{Error, Result};
use crate::exports::{self, ExportPreview, PreviewOptions};
use crate::highlights::{
    self, Highlight, HighlightBounds, HighlightCreate, HighlightDelete, HighlightFilter, HighlightNote, HighlightQuote,
    HighlightTag,
};
use crate::history::{self, HistoryList};
use crate::journal::Change;
pub use crate::journal::{Changes, Topic};
use crate::links::{self, Link, LinkCreate, LinkDelete, LinkFilter, LinkUpdate, Relation, RelationCreate};
use crate::project::{NoArguments, Project};
use crate::review::{self, Review, ReviewConfirm, ReviewList};
use crate::search::{self, Search, SearchResults};
use crate::tags::{self, Tag, TagCreate, TagDelete, TagDeleted, TagMerge, TagMerged, TagName, TagUpdate};
pub use crate::text::Units;
use crate::typescript::Contract;
use crate::versions::{self, DocumentRevise, DocumentWholePage, OpenVersion, Version, VersionList, VersionOpen};

/// An answered command.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// Its result.
    pub json: String,
    /// What it changed; `None` for a read, and for a write that changed nothing.
    pub changes: Option<Changes>,
}

macro_rules! commands {
    ($( $kind:ident $name:ident($arguments:ty) -> $result:ty = $function:path; )*) => {
        /// The names of all commands, in the order of the list.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// Runs a command: its name, its arguments as JSON, positions in the caller's unit.
        pub fn dispatch(project: &Project, units: Units, name: &str, arguments: &str) -> Result<Reply> {
            match name {
                $( stringify!($name) => {
                    let arguments: $arguments = parsed(arguments)?;
                    let (result, changes): ($result, Option<Changes>) =
                        commands!(@run $kind, $function, project, units, arguments)?;
                    Ok(Reply { json: written(&result)?, changes })
                } )*
                other => Err(Error::UnknownCommand { name: other.into() }),
            }
        }

        /// The TypeScript of every record and command of the core.
        pub fn contract() -> Contract {
            let mut contract = Contract::new();
            contract.record::<crate::error::ApiError>();
            contract.record::<Changes>();
            $( contract.command::<$arguments, $result>("Commands", stringify!($name)); )*
            contract
        }
    };
    (@run read, $function:path, $project:ident, $units:ident, $arguments:ident) => {
        $project.read($units, |cx| $function(cx, $arguments)).map(|result| (result, None))
    };
    (@run write, $function:path, $project:ident, $units:ident, $arguments:ident) => {
        $project.write($units, |cx| $function(cx, $arguments))
    };
    (@run project, $function:path, $project:ident, $units:ident, $arguments:ident) => {
        $function($project, $arguments)
    };
    (@run searching, $function:path, $project:ident, $units:ident, $arguments:ident) => {
        $function($project, $units, $arguments).map(|result| (result, None))
    };
}

commands! {
    read document_list(NoArguments) -> Vec<Document> = documents::list;
    read document_open(DocumentOpen) -> OpenDocument = documents::open;
    write document_paste(DocumentPaste) -> Document = documents::paste;
    write document_update(DocumentUpdate) -> Document = details::update;
    write document_confirm(DocumentConfirm) -> Document = details::confirm;
    read document_cite(DocumentUpdate) -> Citation = details::cite;
    read document_csl(DocumentCsl) -> Vec<CslItem> = details::csl;
    read kind_list(NoArguments) -> Vec<KindRow> = details::kinds;
    write document_revise(DocumentRevise) -> Version = versions::revise;
    project document_whole_page(DocumentWholePage) -> Document = versions::whole_page;
    write document_delete(DocumentDelete) -> () = documents::delete;
    read version_list(VersionList) -> Vec<Version> = versions::list;
    read version_open(VersionOpen) -> OpenVersion = versions::open;

    write highlight_create(HighlightCreate) -> Highlight = highlights::create;
    write highlight_quote(HighlightQuote) -> Highlight = highlights::create_by_quote;
    write highlight_bounds(HighlightBounds) -> Highlight = highlights::bounds;
    write highlight_note(HighlightNote) -> Highlight = highlights::note;
    write highlight_tag(HighlightTag) -> () = highlights::tag;
    write highlight_delete(HighlightDelete) -> () = highlights::delete;
    read highlight_list(HighlightFilter) -> Vec<Highlight> = highlights::list;
    read highlight_rows(HighlightRows) -> HighlightTable = drawn::rows;
    read highlight_cards(HighlightCards) -> Vec<Card> = cards::list;

    read review_list(ReviewList) -> Vec<Review> = review::list;
    write review_confirm(ReviewConfirm) -> () = review::confirm;

    read tag_list(NoArguments) -> Vec<Tag> = tags::list;
    read tag_names(NoArguments) -> Vec<TagName> = tags::names;
    write tag_create(TagCreate) -> Tag = tags::create;
    write tag_update(TagUpdate) -> Tag = tags::update;
    write tag_merge(TagMerge) -> TagMerged = tags::merge;
    write tag_delete(TagDelete) -> TagDeleted = tags::delete;

    read relation_list(NoArguments) -> Vec<Relation> = links::relations;
    write relation_create(RelationCreate) -> Relation = links::create_relation;
    write link_create(LinkCreate) -> Link = links::create;
    write link_update(LinkUpdate) -> Link = links::update;
    write link_delete(LinkDelete) -> () = links::delete;
    read link_list(LinkFilter) -> Vec<Link> = links::list;

    searching search(Search) -> SearchResults = search::run;
    read dashboard(NoArguments) -> Dashboard = dashboard::figures;
    read dashboard_strips(OfDocument) -> Vec<Strip> = dashboard::strips;
    read paragraphs_uncovered(OfDocument) -> Vec<Paragraph> = dashboard::uncovered;

    read history_list(HistoryList) -> Vec<Change> = history::list;
    project undo(NoArguments) -> Change = history::undo;
    project redo(NoArguments) -> Change = history::redo;

    read export_preview(PreviewOptions) -> ExportPreview = exports::preview;
    read project_check(NoArguments) -> CheckReport = check::check;
    project project_compact(NoArguments) -> CompactReport = check::compact;
}

/// Arguments from JSON; an empty string counts as no arguments.
pub fn parsed<T: serde::de::DeserializeOwned>(arguments: &str) -> Result<T> {
    let arguments = if arguments.trim().is_empty() { "{}" } else { arguments };
    serde_json::from_str(arguments).map_err(|error| Error::Arguments { reason: error.to_string() })
}

/// A result as JSON.
pub fn written<T: serde::Serialize>(result: &T) -> Result<String> {
    serde_json::to_string(result).map_err(|error| Error::Bug { reason: error.to_string() })
}
