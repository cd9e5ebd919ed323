//! The versions of a document: how a changed text comes in, and what the older ones were.
//!
//! A version is never changed: an edited file, or a text that was corrected here, is a new one. The old version and its
//! anchors stay as they were; in the new text every highlight gets an anchor of its own, and where each goes is decided
//! in `carry.rs`. Nothing moves silently, and nothing is dropped. Deliberately absent: where on a disk a text came from.

use crate::anchor::{AnchorMethod, Quote};
use crate::carry::{self, Kept};
use crate::details;
use crate::documents::{self, BlockRow, Document, Extent, Origin, SpanRow, add_text, add_version};
use crate::drawn::{self, HighlightTable};
use crate::error::{Error, Result, shortened};
use crate::ids::{DocumentId, HighlightId, VersionId};
use crate::import::{self, Options};
use crate::journal::Changes;
use crate::originals::original;
use crate::project::{Cx, Project, Write};
use crate::revise;
use crate::stored::{StoredRow, StoredRows};
use crate::text::{Text, Units};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// The format of a text that was corrected here.
const REVISED: &str = "revised";

/// A version as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// Its document.
    pub document: DocumentId,
    /// When it came in, UTC milliseconds.
    #[ts(type = "number")]
    pub imported: i64,
    /// What the file was: "text", "markdown"; "revised" for a text that was corrected here.
    pub format: String,
    /// Words of its text.
    pub words: u32,
    /// Whether it is the current one.
    pub current: bool,
    /// Highlights that have a place in it.
    pub placed: u32,
    /// Highlights that await a person in it: without a place, or with one that is not confirmed.
    pub awaiting: u32,
}

/// A version with its text, as it can be read again.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OpenVersion {
    /// The version.
    pub version: Version,
    /// Its text.
    pub text: String,
    /// Length of the text, in the caller's unit.
    pub length: u32,
    /// Its blocks: sorted, disjoint.
    pub blocks: Vec<BlockRow>,
    /// Its inline ranges: sorted by start.
    pub spans: Vec<SpanRow>,
    /// The highlights where they stood in it.
    pub highlights: HighlightTable,
}

/// Lists the versions of a document.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VersionList {
    /// Which document.
    pub document: DocumentId,
}

/// Opens a version, current or not.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VersionOpen {
    /// Which.
    pub version: VersionId,
}

/// Corrects the text of a document.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DocumentRevise {
    /// Which.
    pub document: DocumentId,
    /// The whole text as it should be.
    pub text: String,
}

/// Takes the whole of a web page as a new version.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DocumentWholePage {
    /// Which document.
    pub document: DocumentId,
}

/// The versions of a document, the newest first.
pub fn list(cx: &Cx<'_>, args: VersionList) -> Result<Vec<Version>> {
    cx.current(args.document)?;
    select(cx, "v.document = ?1 ORDER BY v.imported_at DESC, v.id DESC", [args.document])
}

fn one(cx: &Cx<'_>, id: VersionId) -> Result<Version> {
    select(cx, "v.id = ?1", [id])?.pop().ok_or_else(|| Error::VersionUnknown { id: id.to_string() })
}

fn select(cx: &Cx<'_>, wanted: &str, values: impl rusqlite::Params) -> Result<Vec<Version>> {
    Ok(cx
        .db
        .prepare_cached(&format!(
            "SELECT v.id, v.document, v.imported_at, v.format, t.words, d.version = v.id, \
             (SELECT count(*) FROM anchor a WHERE a.version = v.id AND a.start IS NOT NULL), \
             (SELECT count(*) FROM anchor a WHERE a.version = v.id AND a.confirmed = 0) \
             FROM version v JOIN document d ON d.id = v.document JOIN text t ON t.hash = v.text_hash WHERE {wanted}"
        ))?
        .query_map(values, |row| {
            Ok(Version {
                id: row.read(0)?,
                document: row.read(1)?,
                imported: row.read(2)?,
                format: row.read(3)?,
                words: row.read(4)?,
                current: row.read(5)?,
                placed: row.read(6)?,
                awaiting: row.read(7)?,
            })
        })?
        .readable()?)
}

/// A version with its text, structure and highlights.
pub fn open(cx: &Cx<'_>, args: VersionOpen) -> Result<OpenVersion> {
    let version = one(cx, args.version)?;
    let loaded = cx.loaded(args.version)?;
    let (blocks, spans) = documents::rows(cx, &loaded);
    Ok(OpenVersion {
        version,
        text: loaded.text.as_str().to_owned(),
        length: loaded.text.len_in(cx.units),
        blocks,
        spans,
        highlights: drawn::table_of(cx, args.version)?,
    })
}

/// Imports a file as a new version of a document. What it says about itself is taken in where nobody has confirmed
/// anything else. The same text again changes nothing. A web page is read as the version before it was: whole, or its
/// main text only.
pub fn import_version(project: &Project, document: DocumentId, path: &Path) -> Result<()> {
    import_version_with(project, document, path, Options::default())
}

/// Imports a file as a new version; the options can ask for the whole of a page of which there was the main text only.
pub fn import_version_with(project: &Project, document: DocumentId, path: &Path, options: Options) -> Result<()> {
    let name = crate::schema::display_name(path);
    let extent = project.read(Units::CodePoints, |cx| extent_of(cx, cx.current(document)?))?;
    let bytes = documents::read_file(path, &name)?;
    let options = Options { whole_page: options.whole_page || extent.whole_page };
    let imported = documents::imported(project.env(), &name, &bytes, options)?;
    project.write(Units::CodePoints, |cx| {
        let before = cx.current(document)?;
        if cx.loaded(before)?.text.as_str() == imported.text {
            return Ok(());
        }
        let version = VersionId(cx.env().fresh());
        add_version(cx, (document, version), &bytes, &imported, options)?;
        details::renew(cx, document, &imported.metadata)?;
        succeed(cx, document, before, version, "Imported a new version of")
    })?;
    Ok(())
}

/// Reads the original of a web page once more, and makes everything that is seen on it the current version. Refused
/// where that gives the text that is there already.
pub fn whole_page(project: &Project, args: DocumentWholePage) -> Result<(Document, Option<Changes>)> {
    let document = args.document;
    let (title, original) =
        project.read(Units::CodePoints, |cx| Ok((title_of(cx, document)?, original(cx, document, None)?)))?;
    if !import::is_web_page(&original.format) {
        return Err(Error::NothingLeftOut { title });
    }
    let options = Options { whole_page: true };
    // The ending is all that a reader looks at; an error names the document.
    let name = format!("{title}.{}", original.ending());
    let imported = documents::imported(project.env(), &name, &original.bytes, options)?;
    project.write(Units::CodePoints, |cx| {
        let before = cx.current(document)?;
        if cx.loaded(before)?.text.as_str() == imported.text {
            return Err(Error::NothingLeftOut { title: title.clone() });
        }
        let version = VersionId(cx.env().fresh());
        add_version(cx, (document, version), &original.bytes, &imported, options)?;
        succeed(cx, document, before, version, "Took the whole page of")?;
        documents::one(cx, document)
    })
}

/// How much of its page a version holds.
fn extent_of(cx: &Cx<'_>, version: VersionId) -> Result<Extent> {
    Ok(cx
        .db
        .prepare_cached("SELECT whole_page, page_words FROM version WHERE id = ?1")?
        .query_row([version], |row| Ok(Extent { whole_page: row.get(0)?, page_words: row.get(1)? }))?)
}

/// Makes a new version from a corrected text. Its structure comes along, and the bytes that were imported stay the
/// original. The same text again changes nothing.
pub fn revise(cx: &Write<'_>, args: DocumentRevise) -> Result<Version> {
    let before = cx.current(args.document)?;
    let loaded = cx.loaded(before)?;
    let title = title_of(cx, args.document)?;
    let text = import::edited(args.text).map_err(|refusal| documents::refused(&title, refusal))?;
    if loaded.text.as_str() == text {
        return one(cx, before);
    }
    let text = Text::new(text);
    let structure = revise::structure(&loaded.text, &text, &loaded.structure);
    structure.check(text.len()).map_err(|error| Error::Bug { reason: error.to_string() })?;
    let (hash, encoding): (Vec<u8>, String) = cx
        .db
        .prepare_cached("SELECT original_hash, encoding FROM version WHERE id = ?1")?
        .query_row([before], |row| Ok((row.read(0)?, row.read(1)?)))?;
    let version = VersionId(cx.env().fresh());
    let origin = Origin { hash, format: REVISED, encoding: &encoding, extent: extent_of(cx, before)? };
    add_text(cx, args.document, version, text.as_str(), &structure, &origin)?;
    succeed(cx, args.document, before, version, "Corrected the text of")?;
    one(cx, version)
}

/// Carries the highlights over and makes the new version the current one.
fn succeed(cx: &Write<'_>, document: DocumentId, from: VersionId, to: VersionId, what: &str) -> Result<()> {
    let awaiting = carry_over(cx, from, to)?;
    cx.db.execute("UPDATE document SET version = ?2 WHERE id = ?1", params![document, to])?;
    let title = title_of(cx, document)?;
    cx.label(match awaiting {
        0 => format!("{what} “{title}”"),
        1 => format!("{what} “{title}”; 1 highlight awaits review"),
        many => format!("{what} “{title}”; {many} highlights await review"),
    });
    Ok(())
}

fn title_of(cx: &Cx<'_>, document: DocumentId) -> Result<String> {
    let title: Option<String> = cx
        .db
        .prepare_cached("SELECT title FROM document WHERE id = ?1")?
        .query_row([document], |row| row.read(0))
        .optional()?;
    title.map(|title| shortened(&title)).ok_or_else(|| Error::DocumentUnknown { id: document.to_string() })
}

/// Gives every highlight of one version an anchor in the next; answers how many await a person.
fn carry_over(cx: &Write<'_>, from: VersionId, to: VersionId) -> Result<u32> {
    let mut statement = cx.db.prepare_cached(
        "SELECT highlight, start, \"end\", exact, prefix, suffix, method, score, confirmed FROM anchor \
         WHERE version = ?1 ORDER BY start, highlight",
    )?;
    let mut rows = statement.query([from])?;
    let (mut highlights, mut anchors): (Vec<HighlightId>, Vec<Kept>) = Default::default();
    while let Some(row) = rows.next()? {
        let (start, end): (Option<u32>, Option<u32>) = (row.read(1)?, row.read(2)?);
        highlights.push(row.read(0)?);
        anchors.push(Kept {
            place: start.zip(end),
            quote: Quote { exact: row.read(3)?, prefix: row.read(4)?, suffix: row.read(5)? },
            method: AnchorMethod::from_stored(&row.read::<String>(6)?),
            score: row.read(7)?,
            confirmed: row.read(8)?,
        });
    }
    let carried = carry::carry(&cx.loaded(from)?.text, &cx.loaded(to)?.text, &anchors);
    let mut insert = cx.db.prepare_cached(
        "INSERT INTO anchor (highlight, version, start, \"end\", exact, prefix, suffix, method, score, confirmed) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for (highlight, anchor) in highlights.iter().zip(&carried) {
        let (start, end) = anchor.place.unzip();
        let Quote { exact, prefix, suffix } = &anchor.quote;
        let method = anchor.method.as_str();
        insert.execute(params![
            highlight,
            to,
            start,
            end,
            exact,
            prefix,
            suffix,
            method,
            anchor.score,
            anchor.confirmed
        ])?;
    }
    Ok(carried.iter().filter(|anchor| !anchor.confirmed).count() as u32)
}
