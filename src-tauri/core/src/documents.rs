//! Documents: source texts with their metadata, and how they come in.

use crate::details;
pub use crate::details::Overrides;
use crate::drawn::{self, HighlightTable};
use crate::env::Env;
use crate::error::{Error, Result, shortened};
use crate::ids::{DocumentId, TagId, VersionId};
use crate::import::{self, Imported, Options, Refusal};
use crate::private;
use crate::project::{Cx, Loaded, NoArguments, Project, Write};
use crate::provenance::Field;
use crate::stored::{StoredRow, StoredRows};
use crate::structure::{Block, BlockKind, Span, SpanKind, Structure};
use crate::text::{Units, count_words};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use ts_rs::TS;

/// Bytes of a text from which on a second thread costs less than it saves.
const SIDE_BY_SIDE: usize = 512 * 1024;

/// A document as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// Who wrote it; several are parted by "; ".
    pub author: String,
    /// Who published it, or what it appeared in.
    pub publisher: String,
    /// When it was published, as it was given.
    pub published: String,
    /// Where it was found.
    pub url: String,
    /// When it was looked at, as it was given.
    pub accessed: String,
    /// BCP 47, or empty.
    pub language: String,
    /// What kind of source it is, by the name in the list of kinds; empty where nobody has said.
    pub kind: String,
    /// Which of these the importer found in the file, and nobody has confirmed yet.
    pub found: Vec<Field>,
    /// Its current version.
    pub version: VersionId,
    /// "text", "markdown", "html", "mhtml", "epub", "docx", "odt", "rtf" or "pdf"; "revised" for a text that was
    /// corrected here.
    pub format: String,
    /// When its current version came in, UTC milliseconds.
    #[ts(type = "number")]
    pub imported: i64,
    /// Words of its text.
    pub words: u32,
    /// Whether everything seen on a web page was taken, and not only its main text.
    pub whole_page: bool,
    /// Words of the whole page when only its main text was taken; 0 when nothing is known to be left out.
    pub page_words: u32,
    /// How many highlights it has.
    pub highlights: u32,
    /// Tags used here with their counts, in the order of the tag list.
    pub tags: Vec<TagCount>,
    /// Whether it is the sample of the first start.
    pub sample: bool,
}

/// How often a tag is used.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TagCount {
    /// The tag.
    pub tag: TagId,
    /// Highlights with it.
    pub count: u32,
}

/// [start, end, kind, level] in the caller's unit.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "Block")]
pub struct BlockRow(pub u32, pub u32, pub BlockKind, pub u8);

/// [start, end, kind, target] in the caller's unit; a link's target is shown and never followed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "Span")]
pub struct SpanRow(pub u32, pub u32, pub SpanKind, pub Option<String>);

/// [start, label] in the caller's unit: where a page of the source begins, and what the source calls it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(rename = "Page")]
pub struct PageRow(pub u32, pub String);

/// What the reader needs besides the text itself.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OpenDocument {
    /// The document.
    pub document: Document,
    /// Length of the text, in the caller's unit.
    pub length: u32,
    /// Its blocks: sorted, disjoint.
    pub blocks: Vec<BlockRow>,
    /// Its inline ranges: sorted by start.
    pub spans: Vec<SpanRow>,
    /// Its pages: ascending by start; none where the source has none.
    pub pages: Vec<PageRow>,
    /// Its highlights, or those that were asked for.
    pub highlights: HighlightTable,
}

/// One document.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct DocumentOpen {
    /// Which.
    pub document: DocumentId,
    /// Only the highlights that touch this stretch, in the caller's unit: what the first paint needs. The others are
    /// asked for afterwards, as bytes.
    pub near: Option<(u32, u32)>,
    /// The version whose blocks, spans and pages the caller has: they never change, and are left out while it is the
    /// current one.
    pub known: Option<VersionId>,
}

/// Makes a document of a text that was pasted.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct DocumentPaste {
    /// The text.
    pub text: String,
    /// Its title; taken from the text when left out.
    pub title: Option<String>,
}

/// Removes a document with its highlights and their links.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DocumentDelete {
    /// Which.
    pub document: DocumentId,
}

/// Every document, in the order of import.
pub fn list(cx: &Cx<'_>, _: NoArguments) -> Result<Vec<Document>> {
    let mut documents = listed(cx)?;
    count_tags(cx, &mut documents)?;
    Ok(documents)
}

/// Fills in the tags of documents, in the state that a reading command sees.
fn count_tags(cx: &Cx<'_>, documents: &mut [Document]) -> Result<()> {
    let tags: Vec<TagId> = cx
        .db
        .prepare_cached("SELECT id FROM tag ORDER BY position, id")?
        .query_map([], |row| row.read(0))?
        .readable()?;
    let mut counts: HashMap<DocumentId, HashMap<TagId, u32>> = HashMap::new();
    cx.tally(|tally| {
        for (document, set, count) in tally.sets() {
            let counts = counts.entry(document).or_default();
            for tag in set {
                *counts.entry(*tag).or_default() += count;
            }
        }
        Ok(())
    })?;
    for document in documents {
        let Some(counts) = counts.get(&document.id) else { continue };
        let used = tags.iter().filter_map(|tag| Some(TagCount { tag: *tag, count: *counts.get(tag)? }));
        document.tags = used.collect();
    }
    Ok(())
}

/// Every document without what is counted, in the order of import.
pub(crate) fn listed(cx: &Cx<'_>) -> Result<Vec<Document>> {
    select(cx, "ORDER BY d.created_at, d.id", [])
}

fn bare(cx: &Cx<'_>, id: DocumentId) -> Result<Document> {
    select(cx, "WHERE d.id = ?1", [id])?.pop().ok_or_else(|| Error::DocumentUnknown { id: id.to_string() })
}

/// One document.
pub(crate) fn one(cx: &Cx<'_>, id: DocumentId) -> Result<Document> {
    let mut document = bare(cx, id)?;
    document.tags = cx
        .db
        .prepare_cached(
            "SELECT ht.tag, count(*) FROM highlight h JOIN highlight_tag ht ON ht.highlight = h.id \
             JOIN tag t ON t.id = ht.tag WHERE h.document = ?1 GROUP BY ht.tag ORDER BY t.position, t.id",
        )?
        .query_map([id], |row| Ok(TagCount { tag: row.read(0)?, count: row.read(1)? }))?
        .readable()?;
    Ok(document)
}

fn select(cx: &Cx<'_>, rest: &str, values: impl rusqlite::Params) -> Result<Vec<Document>> {
    Ok(cx
        .db
        .prepare_cached(&format!(
            "SELECT d.id, d.title, d.author, d.publisher, d.published, d.url, d.accessed, d.language, d.version, \
             v.format, v.imported_at, t.words, (SELECT count(*) FROM highlight WHERE document = d.id), d.sample, \
             d.kind, d.found, v.whole_page, v.page_words \
             FROM document d JOIN version v ON v.id = d.version JOIN text t ON t.hash = v.text_hash {rest}"
        ))?
        .query_map(values, |row| {
            Ok(Document {
                id: row.read(0)?,
                title: row.read(1)?,
                author: row.read(2)?,
                publisher: row.read(3)?,
                published: row.read(4)?,
                url: row.read(5)?,
                accessed: row.read(6)?,
                language: row.read(7)?,
                version: row.read(8)?,
                format: row.read(9)?,
                imported: row.read(10)?,
                words: row.read(11)?,
                highlights: row.read(12)?,
                tags: Vec::new(),
                sample: row.read(13)?,
                kind: row.read(14)?,
                found: details::fields(&row.read::<String>(15)?),
                whole_page: row.read(16)?,
                page_words: row.read(17)?,
            })
        })?
        .readable()?)
}

/// What the reader needs to show a document, besides its text.
pub fn open(cx: &Cx<'_>, args: DocumentOpen) -> Result<OpenDocument> {
    let mut document = bare(cx, args.document)?;
    count_tags(cx, std::slice::from_mut(&mut document))?;
    let loaded = cx.loaded(document.version)?;
    let known = args.known == Some(document.version);
    let (blocks, spans) = if known { Default::default() } else { rows(cx, &loaded) };
    let pages = if known { &[][..] } else { &loaded.structure.pages };
    Ok(OpenDocument {
        length: loaded.text.len_in(cx.units),
        blocks,
        spans,
        pages: pages
            .iter()
            .map(|page| PageRow(loaded.text.outward(page.start, cx.units), page.label.clone()))
            .collect(),
        highlights: match args.near {
            Some(near) => drawn::near(cx, args.document, near)?,
            None => drawn::table(cx, args.document)?,
        },
        document,
    })
}

/// The blocks and spans of a text in the caller's unit.
pub(crate) fn rows(cx: &Cx<'_>, loaded: &Loaded) -> (Vec<BlockRow>, Vec<SpanRow>) {
    let at = |position: u32| loaded.text.outward(position, cx.units);
    let block = |block: &Block| BlockRow(at(block.start), at(block.end), block.kind, block.level);
    let span = |span: &Span| SpanRow(at(span.start), at(span.end), span.kind, span.target.clone());
    (loaded.structure.blocks.iter().map(block).collect(), loaded.structure.spans.iter().map(span).collect())
}

/// Makes a document of a text that was pasted.
pub fn paste(cx: &Write<'_>, args: DocumentPaste) -> Result<Document> {
    let name = args.title.clone().unwrap_or_else(|| "Pasted text".into());
    let imported = import::import_pasted(&args.text).map_err(|refusal| refused(&name, refusal))?;
    let overrides = Overrides { title: args.title, ..Overrides::default() };
    let id = add(cx, &name, args.text.as_bytes(), (imported, Options::default()), &overrides, false)?;
    one(cx, id)
}

/// Removes a document with its highlights and their links.
pub fn delete(cx: &Write<'_>, args: DocumentDelete) -> Result<()> {
    let before = one(cx, args.document)?;
    cx.db.execute("DELETE FROM document WHERE id = ?1", [args.document])?;
    cx.label(format!("Removed the document “{}”", shortened(&before.title)));
    Ok(())
}

/// Imports a file as a new document. Everything that can be refused is refused before anything is written.
pub fn import_file(project: &Project, path: &Path, overrides: &Overrides) -> Result<DocumentId> {
    import_file_with(project, path, overrides, Options::default()).map(|made| made.document)
}

/// A document that was made of a file, and what a person is to know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub document: DocumentId,
    /// Characters of its text that could not be decoded and stand there as U+FFFD.
    pub undecoded: u32,
}

/// Imports a file as a new document, read as the options say.
pub fn import_file_with(project: &Project, path: &Path, overrides: &Overrides, options: Options) -> Result<Made> {
    let name = crate::schema::display_name(path);
    let bytes = read_file(path, &name)?;
    let imported = imported(project.env(), &name, &bytes, options)?;
    let undecoded = imported.undecoded;
    let (document, _) =
        project.write(Units::CodePoints, |cx| add(cx, &name, &bytes, (imported, options), overrides, false))?;
    Ok(Made { document, undecoded })
}

/// Reads a file, refusing what is certainly not a text before its bytes are in memory.
pub(crate) fn read_file(path: &Path, name: &str) -> Result<Vec<u8>> {
    let name = || name.to_owned();
    let refuse = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::ImportMissing { name: name() },
        kind => Error::ImportUnreadable { name: name(), reason: kind.to_string() },
    };
    let metadata = std::fs::metadata(path).map_err(refuse)?;
    if metadata.is_dir() {
        return Err(Error::ImportFolder { name: name() });
    }
    if !metadata.is_file() {
        return Err(Error::ImportUnreadable { name: name(), reason: private::NO_FILE.into() });
    }
    if metadata.len() > import::MAX_BYTES as u64 {
        return Err(Error::ImportTooLarge { name: name(), bytes: metadata.len(), limit: import::MAX_BYTES as u64 });
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // A file that grows meanwhile is refused by its length.
    let longest = import::MAX_BYTES as u64 + 1;
    private::open_file(path).and_then(|file| file.take(longest).read_to_end(&mut bytes)).map_err(refuse)?;
    Ok(bytes)
}

/// Bytes to text and structure, with refusals as errors that name the file.
pub(crate) fn imported(env: &Env, name: &str, bytes: &[u8], options: Options) -> Result<Imported> {
    env.read(name, bytes, options).map_err(|refusal| refused(name, refusal))
}

/// A refusal as an error that names the file.
pub(crate) fn refused(name: &str, refusal: Refusal) -> Error {
    let name = name.to_owned();
    match refusal {
        Refusal::Empty => Error::ImportEmpty { name },
        Refusal::Binary => Error::ImportBinary { name },
        Refusal::TooLarge { bytes, limit } => Error::ImportTooLarge { name, bytes: bytes as u64, limit: limit as u64 },
        Refusal::Undecodable { encoding } => Error::ImportUndecodable { name, encoding: encoding.into() },
        Refusal::Damaged { reason } => Error::ImportDamaged { name, reason },
        Refusal::Encrypted => Error::ImportEncrypted { name },
        Refusal::Scanned => Error::ImportScanned { name },
        Refusal::Unsafe { reason } => Error::ImportUnsafe { name, reason },
        Refusal::Format { extension } => Error::ImportFormat { name, extension },
        Refusal::TookTooLong { seconds } => Error::ImportTookTooLong { name, seconds },
        Refusal::TooMuch { limit } => Error::ImportTooMuch { name, mebibytes: limit >> 20 },
        Refusal::Crashed => Error::ImportCrashed { name },
        Refusal::Stopped => Error::ImportStopped { name },
        Refusal::NoReader { reason } => Error::ImportNoReader { name, reason },
    }
}

/// Writes an imported text, with the options that it was read by, as a new document.
pub(crate) fn add(
    cx: &Write<'_>,
    name: &str,
    bytes: &[u8],
    (imported, options): (Imported, Options),
    overrides: &Overrides,
    sample: bool,
) -> Result<DocumentId> {
    let (item, found) = overrides.over(&imported.metadata, name)?;
    let id = DocumentId(cx.env().fresh());
    let version = VersionId(cx.env().fresh());
    cx.db.execute(
        "INSERT INTO document (id, title, author, publisher, published, url, accessed, language, sample, version, created_at) \
         VALUES (?1, '', '', '', '', '', '', '', ?2, ?3, ?4)",
        params![id, sample, version, cx.env().now()],
    )?;
    details::write(cx.db, id, &item, &found)?;
    add_version(cx, (id, version), bytes, &imported, options)?;
    cx.label(format!("Imported “{}”", shortened(&item.get(Field::Title))));
    Ok(id)
}

/// Where the text of a version came from.
pub(crate) struct Origin<'a> {
    /// The address of the bytes that were imported: among the originals, or the text's own.
    pub(crate) hash: Vec<u8>,
    /// What they were, as `version.format` has it.
    pub(crate) format: &'a str,
    /// What they were decoded from.
    pub(crate) encoding: &'a str,
    /// How much of a web page was taken.
    pub(crate) extent: Extent,
}

/// How much of a web page a version holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Everything seen on the page was taken, as `version.whole_page` has it.
    pub(crate) whole_page: bool,
    /// Words of the whole page when only its main text was taken, as `version.page_words` has it; 0 otherwise.
    pub(crate) page_words: u32,
}

impl Extent {
    fn of(imported: &Imported, options: Options) -> Extent {
        Extent {
            whole_page: options.whole_page && import::is_web_page(imported.format),
            page_words: imported.kept.map_or(0, |kept| kept.of),
        }
    }
}

/// Writes a version with its text, structure and original; those are shared when they are there already. An original
/// that is its own canonical text is stored as that text only.
pub(crate) fn add_version(
    cx: &Write<'_>,
    (document, id): (DocumentId, VersionId),
    bytes: &[u8],
    imported: &Imported,
    options: Options,
) -> Result<()> {
    let (text_hash, words) = hashed_and_counted(&imported.text);
    let hash = if bytes == imported.text.as_bytes() { text_hash.clone() } else { store_original(cx, bytes)? };
    let extent = Extent::of(imported, options);
    let origin = Origin { hash, format: imported.format, encoding: imported.encoding, extent };
    write_version(cx, (document, id), (&imported.text, text_hash, words), &imported.structure, &origin)
}

/// Stores the bytes of a file, and answers their address.
fn store_original(cx: &Write<'_>, bytes: &[u8]) -> Result<Vec<u8>> {
    let hash = hash(bytes);
    if missing(cx.db, "SELECT 1 FROM original WHERE hash = ?1", &hash)? {
        cx.db.execute("INSERT INTO original (hash, bytes) VALUES (?1, ?2)", params![hash, bytes])?;
    }
    Ok(hash)
}

/// Writes a version whose original is there already.
pub(crate) fn add_text(
    cx: &Write<'_>,
    document: DocumentId,
    id: VersionId,
    text: &str,
    structure: &Structure,
    origin: &Origin<'_>,
) -> Result<()> {
    let (text_hash, words) = hashed_and_counted(text);
    write_version(cx, (document, id), (text, text_hash, words), structure, origin)
}

/// Writes a version: its document and id, its text with hash and words.
fn write_version(
    cx: &Write<'_>,
    (document, id): (DocumentId, VersionId),
    (text, text_hash, words): (&str, Vec<u8>, u32),
    structure: &Structure,
    origin: &Origin<'_>,
) -> Result<()> {
    let structure = structure.to_json();
    let structure_hash = hash(structure.as_bytes());
    if missing(cx.db, "SELECT 1 FROM text WHERE hash = ?1", &text_hash)? {
        let length = text.chars().count() as i64;
        cx.db.execute(
            "INSERT INTO text (hash, length, words, body) VALUES (?1, ?2, ?3, ?4)",
            params![text_hash, length, words, text],
        )?;
    }
    if missing(cx.db, "SELECT 1 FROM structure WHERE hash = ?1", &structure_hash)? {
        cx.db.execute("INSERT INTO structure (hash, body) VALUES (?1, ?2)", params![structure_hash, structure])?;
    }
    cx.db.execute(
        "INSERT INTO version (id, document, text_hash, structure_hash, original_hash, format, encoding, imported_at, \
         whole_page, page_words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            id,
            document,
            text_hash,
            structure_hash,
            origin.hash,
            origin.format,
            origin.encoding,
            cx.env().now(),
            origin.extent.whole_page,
            origin.extent.page_words
        ],
    )?;
    Ok(())
}

/// The hash of a text and its number of words; of a long one side by side.
fn hashed_and_counted(text: &str) -> (Vec<u8>, u32) {
    let hashed = || hash(text.as_bytes());
    if text.len() < SIDE_BY_SIDE {
        return (hashed(), count_words(text));
    }
    std::thread::scope(|scope| {
        let hashing = scope.spawn(hashed);
        let words = count_words(text);
        (hashing.join().unwrap_or_else(|_| hashed()), words)
    })
}

fn hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

fn missing(db: &Connection, sql: &str, hash: &[u8]) -> Result<bool> {
    Ok(!db.prepare_cached(sql)?.exists([hash])?)
}
