//! The words of the command line: every subcommand, its options and its help. Grammar only; what the words do is in
//! `run.rs`. Regular on purpose: a plural lists, a singular makes, `edit` and `delete` follow the noun.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Read, mark, tag and link passages; export the notes.
///
/// Without a subcommand the window opens. Subcommands need no screen; a window that is open on the same project shows
/// what they change. Offsets are Unicode code points, counted from 0, half open.
#[derive(Debug, Parser)]
#[command(name = "gloss", version, after_help = EXIT, disable_help_subcommand = true)]
pub(crate) struct Line {
    /// The project to open in the window
    #[arg(value_name = "FILE.gloss", value_parser = project_file)]
    pub(crate) file: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) common: Common,

    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

const EXIT: &str = "\
Exit status: 0 on success; 1 when the request was refused (the reason is on standard error, nothing was changed);
2 on wrong usage.";

#[derive(Debug, Args)]
pub(crate) struct Common {
    /// The project file; an import makes it when it is missing [default: $GLOSS_PROJECT, then library.gloss in the data folder]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) project: Option<PathBuf>,

    /// Answer in JSON, errors too
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Import files and folders; prints one document id a line
    ///
    /// Read are plain text, Markdown, HTML, saved pages (MHTML), EPUB, PDF, DOCX, ODT and RTF, each by what its bytes say.
    /// Of files, all are imported, or none when one is refused. A folder stands for the files in and below it, without
    /// hidden ones and links: each is imported by itself, and what was refused or passed over is named at the end.
    Import(Import),
    /// List documents: id, title, author, highlights
    Documents {
        /// Print what is known about them as CSL-JSON, for citation tools
        #[arg(long)]
        csl: bool,
    },
    /// Edit, confirm or delete a document
    #[command(subcommand)]
    Document(Document),
    /// Print the canonical text of a document's current version, or of another one, exactly
    Text {
        /// The document's id
        #[arg(long, value_name = "ID")]
        document: String,
        /// The id of one of its versions
        #[arg(long, value_name = "ID")]
        version: Option<String>,
    },
    /// List the versions of a document, newest first
    Versions {
        /// The document's id
        #[arg(long, value_name = "ID")]
        document: String,
    },
    /// List the highlights that a changed text left in review, or confirm the places that were found for some
    Review {
        /// Only those of this document
        #[arg(long, value_name = "ID", conflicts_with = "confirm")]
        document: Option<String>,
        /// Confirm the places of these highlights
        #[arg(long, value_name = "HIGHLIGHT", num_args = 1..)]
        confirm: Vec<String>,
    },
    /// Write the file that a document came from, byte for byte as it was imported
    Original(Original),
    /// Mark a passage, by its words or its offsets; prints the highlight's id
    Highlight(Highlight),
    /// List highlights in text order
    Highlights {
        /// Only those of this document
        #[arg(long, value_name = "ID")]
        document: Option<String>,
        /// Only those with this tag
        #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
        tag: Option<String>,
    },
    /// Tie a passage to another; prints the link's id
    Link(Link),
    /// List links
    Links,
    /// Create, edit, merge or delete a tag
    #[command(subcommand)]
    Tag(Tag),
    /// List tags
    Tags,
    /// Create a relation, the type of a link
    #[command(subcommand)]
    Relation(Relation),
    /// List relations
    Relations,
    /// Search texts, quotes, notes, tags and titles
    Search {
        /// Words, "an exact phrase", prefix*, AND OR NOT, tag:military, doc:…, author:…, has:note, has:link
        #[arg(value_name = "QUERY", required = true, num_args = 1..)]
        query: Vec<String>,
        /// The most hits to list
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// Show the dashboard's figures
    Stats,
    /// Write the notes as Markdown, to standard output unless --output is given
    Export(Export),
    /// List changes, newest first
    History {
        /// The most changes to list
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// Take the last change back; prints what it was
    Undo,
    /// Make the change again that was taken back last; prints what it was
    Redo,
    /// Run many command lines in one process
    ///
    /// Each line of standard input is a JSON array of the words after `gloss`. Each reply is a JSON line,
    /// {"ok":true,"result":…} or {"ok":false,"error":{"code":…,"message":…}}, flushed at once.
    Batch {
        /// All lines in one transaction and one undo step of this label, undone whole at the first error
        #[arg(long, value_name = "LABEL", allow_hyphen_values = true)]
        one_step: Option<String>,
    },
    /// Check the database, and that every anchor's quote equals its slice of the text
    Check,
    /// Drop texts that nothing needs any more, and give their room back to the disk
    Compact,
    /// Copy the project to a new file
    Copy {
        /// The file to write
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Text, Markdown, HTML, MHTML, EPUB, PDF, DOCX, ODT (also flat) or RTF; or a folder of them
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Of a web page take everything that is seen, and not just its main text
    #[arg(long)]
    pub(crate) whole_page: bool,
    /// The file is a new version of this document; its highlights are carried over
    #[arg(long, value_name = "ID", conflicts_with_all = ["title", "author", "publisher", "published", "url", "accessed", "language", "kind", "metadata"])]
    pub(crate) version_of: Option<String>,
    /// Where the files come from: CSL-JSON, BibTeX or RIS, one item for each file
    #[arg(long, value_name = "FILE")]
    pub(crate) metadata: Option<PathBuf>,
    /// Which item of that file describes the document: its key, or the line in which it begins
    #[arg(long, value_name = "KEY", requires = "metadata")]
    pub(crate) reference: Option<String>,
    #[command(flatten)]
    pub(crate) details: Details,
}

#[derive(Debug, Args)]
pub(crate) struct Original {
    /// The document's id
    #[arg(long, value_name = "ID")]
    pub(crate) document: String,
    /// The id of one of its versions, instead of the current one
    #[arg(long, value_name = "ID")]
    pub(crate) version: Option<String>,
    /// The file to write, as a whole or not at all
    #[arg(long, value_name = "PATH")]
    pub(crate) output: PathBuf,
}

/// What is known about a source.
#[derive(Debug, Clone, Args)]
pub(crate) struct Details {
    /// The title, instead of the one found in the file
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) title: Option<String>,
    /// The author or authors, parted by semicolons
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) author: Option<String>,
    /// The publisher, newspaper or site
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) publisher: Option<String>,
    /// When it was published: YYYY, YYYY-MM, YYYY-MM-DD, or written out
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) published: Option<String>,
    /// Where it was found
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) url: Option<String>,
    /// When it was looked up there
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) accessed: Option<String>,
    /// Its language, as en or ko
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) language: Option<String>,
    /// What kind of source it is, as report, article-newspaper, speech or cable
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) kind: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Document {
    /// Change what is known about a document; what is not named stays
    Edit {
        /// The document's id
        #[arg(value_name = "ID")]
        document: String,
        #[command(flatten)]
        details: Details,
    },
    /// Print how a document is cited, in full and by author and date, as Markdown
    Cite {
        /// The document's id
        #[arg(value_name = "ID")]
        document: String,
    },
    /// Confirm what was found in the file about a document
    Confirm {
        /// The document's id
        #[arg(value_name = "ID")]
        document: String,
    },
    /// Take all that a web page shows as a new version, where only its main text was taken
    WholePage {
        /// The document's id
        #[arg(value_name = "ID")]
        document: String,
    },
    /// Remove a document with its highlights, notes and links
    Delete {
        /// The document's id
        #[arg(value_name = "ID")]
        document: String,
    },
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Highlight {
    #[command(subcommand)]
    pub(crate) command: Option<HighlightCommand>,
    #[command(flatten)]
    pub(crate) made: Option<HighlightMade>,
}

/// No flattened part in here: clap would not notice that the whole was given.
#[derive(Debug, Args)]
pub(crate) struct HighlightMade {
    /// The document's id
    #[arg(long, value_name = "ID", required = true)]
    pub(crate) document: String,
    /// The passage, exactly as it stands in the text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, required_unless_present = "start", conflicts_with_all = ["start", "end"])]
    pub(crate) quote: Option<String>,
    /// Which of several equal passages, counted from 1
    #[arg(long, value_name = "N", requires = "quote", conflicts_with_all = ["start", "end"])]
    pub(crate) occurrence: Option<u32>,
    /// The first code point
    #[arg(long, value_name = "N", requires = "end")]
    pub(crate) start: Option<u32>,
    /// The code point after the last one
    #[arg(long, value_name = "N", requires = "start")]
    pub(crate) end: Option<u32>,
    /// A tag's name; may be repeated
    #[arg(long = "tag", value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) tags: Vec<String>,
    /// The margin note, in Markdown
    #[arg(long, value_name = "MARKDOWN", allow_hyphen_values = true)]
    pub(crate) note: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum HighlightCommand {
    /// Change a highlight's note, bounds or tags; what is not named stays
    Edit {
        /// The highlight's id
        #[arg(value_name = "ID")]
        highlight: String,
        /// The margin note, in Markdown
        #[arg(long, value_name = "MARKDOWN", allow_hyphen_values = true)]
        note: Option<String>,
        /// The first code point
        #[arg(long, value_name = "N", requires = "end")]
        start: Option<u32>,
        /// The code point after the last one
        #[arg(long, value_name = "N", requires = "start")]
        end: Option<u32>,
        /// Add a tag; may be repeated
        #[arg(long = "tag", value_name = "NAME", allow_hyphen_values = true)]
        tags: Vec<String>,
        /// Take a tag off; may be repeated
        #[arg(long = "untag", value_name = "NAME", allow_hyphen_values = true)]
        untags: Vec<String>,
    },
    /// Remove highlights with their notes and links
    Delete {
        /// Highlight ids
        #[arg(value_name = "ID", required = true)]
        highlights: Vec<String>,
    },
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Link {
    #[command(subcommand)]
    pub(crate) command: Option<LinkCommand>,
    #[command(flatten)]
    pub(crate) made: Option<LinkMade>,
}

#[derive(Debug, Args)]
pub(crate) struct LinkMade {
    /// The highlight that the link starts from
    #[arg(long, value_name = "ID", required = true)]
    pub(crate) from: String,
    /// The highlight that it leads to
    #[arg(long, value_name = "ID", required = true)]
    pub(crate) to: String,
    /// A relation's label, as "contradicts"; its inverse, as "supported by", ties the other way round
    #[arg(long, value_name = "NAME", required = true, allow_hyphen_values = true)]
    pub(crate) relation: String,
    /// Why, in Markdown
    #[arg(long, value_name = "MARKDOWN", allow_hyphen_values = true)]
    pub(crate) note: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LinkCommand {
    /// Change a link's relation or note; what is not named stays
    Edit {
        /// The link's id
        #[arg(value_name = "ID")]
        link: String,
        /// A relation's label
        #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
        relation: Option<String>,
        /// Why, in Markdown
        #[arg(long, value_name = "MARKDOWN", allow_hyphen_values = true)]
        note: Option<String>,
    },
    /// Remove a link
    Delete {
        /// The link's id
        #[arg(value_name = "ID")]
        link: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Tag {
    /// Make a tag; prints its id
    Create {
        /// The tag's name
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        looks: TagLooks,
    },
    /// Change a tag; what is not named stays
    Edit {
        /// The tag's present name
        #[arg(value_name = "NAME")]
        tag: String,
        /// The new name
        #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
        name: Option<String>,
        #[command(flatten)]
        looks: TagLooks,
        /// Take the key away
        #[arg(long, conflicts_with = "key")]
        no_key: bool,
        /// Put the tag at the top level
        #[arg(long, conflicts_with = "parent")]
        no_parent: bool,
    },
    /// Give a tag another name
    Rename {
        /// The tag's present name
        #[arg(value_name = "NAME")]
        tag: String,
        /// The new name
        #[arg(value_name = "NEW")]
        name: String,
    },
    /// Fold a tag into another; every highlight keeps the second. Prints how many were moved
    Merge {
        /// The tag that goes
        #[arg(value_name = "FROM")]
        from: String,
        /// The tag that stays
        #[arg(value_name = "INTO")]
        into: String,
    },
    /// Remove a tag; its highlights stay
    Delete {
        /// The tag's name
        #[arg(value_name = "NAME")]
        tag: String,
        /// Remove also the highlights that carry no other tag
        #[arg(long)]
        with_highlights: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct TagLooks {
    /// A colour, as #0072B2
    #[arg(long)]
    pub(crate) colour: Option<String>,
    /// One letter or digit that marks with this tag in the window
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// What the tag means and when to use it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) definition: Option<String>,
    /// The name of the tag that it stands under
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) parent: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Relation {
    /// Make a relation; prints its id
    Create {
        /// How it reads from the passage that the link starts from
        #[arg(value_name = "LABEL")]
        label: String,
        /// How it reads from the other passage
        #[arg(long, value_name = "LABEL", allow_hyphen_values = true, required_unless_present = "symmetric")]
        inverse: Option<String>,
        /// It reads the same from both
        #[arg(long, conflicts_with = "inverse")]
        symmetric: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Only this document; may be repeated
    #[arg(long = "document", value_name = "ID")]
    pub(crate) documents: Vec<String>,
    /// Only highlights with this tag; may be repeated
    #[arg(long = "tag", value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) tags: Vec<String>,
    /// Headings by document, or by tag
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = GroupBy::Document)]
    pub(crate) group_by: GroupBy,
    /// The format
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    pub(crate) format: Format,
    /// The file to write, as a whole or not at all
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum GroupBy {
    Document,
    Tag,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Markdown,
}

/// A word without a subcommand's name is a project file or a mistake; only the ending tells.
fn project_file(word: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(word);
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gloss")) {
        return Ok(path);
    }
    Err("it is neither a subcommand nor a .gloss file".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_grammar_is_sound() {
        Line::command().debug_assert();
    }
}
