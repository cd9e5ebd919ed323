//! From a file's bytes to a canonical text, its structure and what the file says about itself.
//!
//! Pure: a name and bytes in, ranges out; no file is opened here. One file per format, and `charset.rs` for what all
//! text formats share. A file is what its bytes say; its name decides only where they say nothing. Deliberately absent:
//! normalisation and trimming of the text; a document of a kind that is not read is refused by its name, not mangled.

mod address;
mod archive;
mod around;
pub(crate) mod charset;
mod container;
mod docx;
mod draft;
mod epub;
mod flow;
mod foreign;
mod formula;
mod growth;
mod hidden;
mod html;
mod language;
mod leftovers;
mod main_text;
mod manuscript;
mod markdown;
mod measure;
mod mhtml;
mod notes;
mod numerals;
mod odt;
mod package;
mod page_metadata;
mod pdf;
mod pen;
mod plain;
mod rtf;
mod sheet;
mod symbols;
mod table;
mod told;
mod tree;
mod xml;

pub use told::{tell, told};

use crate::structure::{Block, BlockKind, Structure};
use serde::{Deserialize, Serialize};
use unicode_segmentation::GraphemeCursor;

/// Largest file that is read: fifty mebibytes, some eight thousand pages of text.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// Longest block in code points. A longer one is cut at sentence ends, so that the reader never lays out an unbounded paragraph.
pub const MAX_BLOCK: u32 = 20_000;

/// Longest statement that a file makes about itself, in code points; what is longer is text in the wrong place.
const MAX_STATEMENT: usize = 20_000;

/// Extensions of what is read, for a dialog. A file is what its bytes say, and any other that is text is read too.
pub const ENDINGS: [&str; 15] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "mhtml", "mht", "docx", "odt", "fodt", "rtf", "epub",
    "pdf",
];

/// Extensions of documents that hold more than their text. Everything else is tried as text and judged by its bytes.
const OTHER_FORMATS: [&str; 53] = [
    "doc", "dot", "pages", "wpd", "djvu", "ps", "eps", "mobi", "azw", "azw3", "fb2", "xls", "xlsx", "ods", "fods",
    "numbers", "ppt", "pptx", "odp", "fodp", "fodg", "key", "eml", "msg", "mbox", "vcf", "ics", "tex", "latex", "ltx",
    "rss", "atom", "opml", "zip", "7z", "gz", "tar", "rar", "png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "bmp",
    "svg", "mp3", "mp4", "wav", "gloss", "qdpx", "xps",
];

/// What may stand between the end of a sentence and the end of its line.
const CLOSING: [char; 13] = ['"', '\'', '”', '’', '»', '“', ')', ']', '」', '』', '）', '*', '_'];

/// A name out of a fixed list.
pub type Name = &'static str;

/// What a file became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The canonical text: decoded, LF line ends, no U+0000; otherwise exactly what the file said.
    pub text: String,
    /// Its blocks and spans.
    pub structure: Structure,
    /// What the file says about itself; empty where it says nothing.
    pub metadata: Metadata,
    /// `"text"`, `"markdown"`, `"html"`, `"mhtml"`, `"epub"`, `"docx"`, `"odt"`, `"rtf"` or `"pdf"`.
    pub format: Name,
    /// Name of the encoding that the bytes were in, as the WHATWG Encoding Standard spells it; `"UTF-8"` for a PDF, whose
    /// fonts say which letters they hold.
    pub encoding: Name,
    /// Characters of the text that could not be decoded and stand there as U+FFFD.
    pub undecoded: u32,
    /// How much of a web page was kept; `None` when nothing was left out.
    pub kept: Option<Kept>,
}

/// How many words of a web page its main text has, counted as the words of a document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Words of the main text; fewer than `of`.
    pub words: u32,
    /// Words of the whole page: of everything that a reader sees.
    pub of: u32,
}

/// What a document says about itself, each statement on one line. Empty means unknown; dates are kept as they were written. Several authors are
/// parted by "; ", each as "Family, Given" where the source tells the two apart, else as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Metadata {
    pub title: String,
    pub author: String,
    pub publisher: String,
    pub published: String,
    pub url: String,
    pub accessed: String,
    pub language: String,
    /// What kind of source it is, by the name of its type in CSL: "report", "article-newspaper", "book", "speech"…
    pub kind: String,
}

impl Metadata {
    fn each(&mut self, change: impl FnMut(&mut String)) {
        let Metadata { title, author, publisher, published, url, accessed, language, kind } = self;
        [title, author, publisher, published, url, accessed, language, kind].into_iter().for_each(change);
    }
}

/// Why a file was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No bytes, or nothing but white space.
    Empty,
    /// Not text: control characters all over, or the signature of a binary format.
    Binary,
    /// More than [`MAX_BYTES`].
    TooLarge {
        /// Size of the file in bytes.
        bytes: usize,
        /// The largest size in bytes.
        limit: usize,
    },
    /// Text, but not in any encoding without a fault.
    Undecodable {
        /// The encoding that comes closest.
        #[serde(deserialize_with = "told::encoding")]
        encoding: Name,
    },
    /// It is of a format that is read, but broken or cut short: nothing in it can be trusted to be whole.
    Damaged {
        /// What is wrong, as the end of a sentence that begins with "because": "its list of parts is cut short".
        reason: String,
    },
    /// It is locked with a password.
    Encrypted,
    /// It holds pictures of pages and no text.
    Scanned,
    /// It is built to overwhelm or to mislead its reader: bombs, entities, paths that leave the archive.
    Unsafe {
        /// What it does, as the end of a sentence that begins with "because": "it unpacks to more than 1 GiB".
        reason: String,
    },
    /// A kind of document that is not read.
    Format {
        /// Its extension, lower case, without the dot.
        extension: String,
    },
    /// Reading it took longer than a reader in a process of its own may take.
    TookTooLong {
        /// How long that is.
        seconds: u64,
    },
    /// Reading it needed more memory than such a reader may have.
    TooMuch {
        /// How much that is, in bytes.
        limit: u64,
    },
    /// Its reader fell over it.
    Crashed,
    /// The person did not want to wait for it.
    Stopped,
    /// Its reader could not be started.
    NoReader {
        /// Why, as the system says it.
        reason: String,
    },
}

/// How a file is read where there is a choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Everything that is seen on a web page, and not just its main text.
    pub whole_page: bool,
}

/// Whether files of a format are web pages, of which the main text or the whole page can be taken.
pub fn is_web_page(format: &str) -> bool {
    matches!(format, "html" | "mhtml")
}

/// Reads a file. `name` is its name, with or without folders; only its extension is used, and only as a hint.
pub fn import(name: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    import_with(name, bytes, Options::default())
}

/// Reads a file as the options say.
pub fn import_with(name: &str, bytes: &[u8], options: Options) -> Result<Imported, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    finished(read(&extension(name), bytes, options)?)
}

/// Reads a text that was pasted: characters, whatever markup they look like.
pub fn import_pasted(pasted: &str) -> Result<Imported, Refusal> {
    if pasted.len() > MAX_BYTES {
        return Err(Refusal::TooLarge { bytes: pasted.len(), limit: MAX_BYTES });
    }
    finished(text("", pasted.as_bytes())?)
}

/// Whether a file is read as plain text or Markdown, or refused at once: by small readers, quickly, whatever is in it.
/// All others are better read where they can do no harm.
pub fn is_plain(name: &str, bytes: &[u8]) -> bool {
    matches!(kind(&extension(name), bytes), Kind::Other | Kind::Foreign(_) | Kind::Text)
}

/// Whether the name is one of a kind of document that is not read.
pub fn is_other(name: &str) -> bool {
    OTHER_FORMATS.contains(&extension(name).as_str())
}

fn finished(mut imported: Imported) -> Result<Imported, Refusal> {
    if imported.text.len() > MAX_BYTES {
        // What was packed may hold more text than a file may have bytes.
        return Err(Refusal::TooLarge { bytes: imported.text.len(), limit: MAX_BYTES });
    }
    if imported.structure.blocks.iter().all(|block| block.kind == BlockKind::Break) {
        return Err(Refusal::Empty);
    }
    bound_blocks(&imported.text, &mut imported.structure.blocks);
    imported.metadata.each(|statement| {
        if statement.contains(|c: char| c.is_control() || c.is_whitespace()) || statement.len() > MAX_STATEMENT {
            *statement = one_line(statement);
        }
    });
    Ok(imported)
}

/// A statement as a list shows it: its words on one line.
fn one_line(statement: &str) -> String {
    let words = statement.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    line.chars().take(MAX_STATEMENT).collect::<String>().trim_end().to_owned()
}

/// A text that a person edited, made canonical.
pub fn edited(text: String) -> Result<String, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooLarge { bytes: text.len(), limit: MAX_BYTES });
    }
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(charset::canonical(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

/// Which reader a file is for.
enum Kind {
    Container,
    Rtf,
    Pdf,
    Saved,
    Page,
    FlatOdt,
    Other,
    /// One whose name does not say which.
    Foreign(Name),
    Text,
}

/// What the bytes say comes first; the extension decides only between kinds of text.
fn kind(extension: &str, bytes: &[u8]) -> Kind {
    if container::is_one(bytes) {
        Kind::Container
    } else if rtf::is_one(bytes) {
        Kind::Rtf
    } else if pdf::is_pdf(bytes) {
        Kind::Pdf
    } else if mhtml::looks_like(bytes) {
        Kind::Saved
    } else if html::looks_like(bytes) || matches!(extension, "html" | "htm" | "xhtml") {
        Kind::Page
    } else if extension == "pdf" {
        // Refused in the words that fit its name.
        Kind::Pdf
    } else if OTHER_FORMATS.contains(&extension) {
        Kind::Other
    } else if foreign::is_flat_odt(bytes) {
        Kind::FlatOdt
    } else if let Some(named) = foreign::named(bytes, extension) {
        Kind::Foreign(named)
    } else {
        Kind::Text
    }
}

fn read(extension: &str, bytes: &[u8], options: Options) -> Result<Imported, Refusal> {
    match kind(extension, bytes) {
        Kind::Container => container::read(bytes, extension),
        Kind::Rtf => rtf::read(bytes),
        Kind::Pdf => document(bytes),
        Kind::Saved => mhtml::read(bytes, options),
        Kind::Page => page(bytes, options),
        Kind::FlatOdt => odt::read_flat(bytes),
        Kind::Other => Err(Refusal::Format { extension: extension.to_owned() }),
        Kind::Foreign(named) => Err(Refusal::Format { extension: named.to_owned() }),
        Kind::Text => text(extension, bytes),
    }
}

/// Reads a PDF.
fn document(bytes: &[u8]) -> Result<Imported, Refusal> {
    let (text, structure, metadata) = pdf::read(bytes)?;
    if structure.blocks.is_empty() {
        return Err(Refusal::Scanned);
    }
    Ok(Imported { text, structure, metadata, format: "pdf", encoding: "UTF-8", undecoded: 0, kept: None })
}

/// Reads a page; what has no markup, whatever its name says, is plain text.
fn page(bytes: &[u8], options: Options) -> Result<Imported, Refusal> {
    let source = charset::decode_page(bytes, "")?;
    if !html::has_tags(&source.text) {
        return text("", bytes);
    }
    html::read(&source, "", options)
}

/// How many of a source's faults are left in the text that was made of it: others stood in markup or around the text.
fn seen(text: &str, faults: u32) -> u32 {
    if faults == 0 { 0 } else { faults.min(text.chars().filter(|&c| c == '\u{fffd}').count() as u32) }
}

/// Reads what is no document but plain text, or Markdown by its name.
fn text(extension: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    let markdown = extension == "md" || extension == "markdown";
    let charset::Decoded { text: source, encoding, faults } = charset::decode(bytes)?;
    Ok(if markdown {
        let (text, structure, metadata) = markdown::read(&source);
        let undecoded = seen(&text, faults);
        Imported { text, structure, metadata, format: "markdown", encoding, undecoded, kept: None }
    } else {
        let (structure, metadata) = plain::read(&source);
        Imported { text: source, structure, metadata, format: "text", encoding, undecoded: faults, kept: None }
    })
}

fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// Cuts every block that is longer than [`MAX_BLOCK`].
pub(crate) fn bound_blocks(text: &str, blocks: &mut Vec<Block>) {
    if blocks.iter().all(|block| block.end - block.start <= MAX_BLOCK) {
        return;
    }
    let mut bounded = Vec::with_capacity(blocks.len() + 1);
    let (mut byte, mut position) = (0, 0);
    for block in blocks.drain(..) {
        byte += byte_of(&text[byte..], block.start - position);
        position = block.start;
        let end = byte + byte_of(&text[byte..], block.end - block.start);
        while block.end - position > MAX_BLOCK {
            let window = &text[byte..byte + byte_of(&text[byte..end], MAX_BLOCK)];
            let cut = cut(text, byte, window);
            let piece = text[byte..cut].trim_end();
            bounded.push(Block { start: position, end: position + length(piece), ..block });
            let next = cut + (text[cut..end].len() - text[cut..end].trim_start().len());
            position += length(&text[byte..next]);
            byte = next;
        }
        if block.end > position {
            bounded.push(Block { start: position, ..block });
        }
        byte = end;
        position = block.end;
    }
    *blocks = bounded;
}

/// Byte in `text` where the piece that fills `window` (which starts at byte `from`) should end: after the last sentence
/// of its second half, else after the last word, else between two grapheme clusters.
fn cut(text: &str, from: usize, window: &str) -> usize {
    let half = window.len() / 2;
    let mut word = None;
    let mut after_space = false;
    for (at, character) in window.char_indices().rev() {
        if at < half {
            break;
        }
        let end = at + character.len_utf8();
        if is_wide_stop(character) || (after_space && ends_sentence(&window[..end])) {
            return from + end;
        }
        after_space = character.is_whitespace();
        if after_space && word.is_none() {
            word = Some(from + at);
        }
    }
    if let Some(word) = word {
        return word;
    }
    let limit = from + window.len();
    let mut cursor = GraphemeCursor::new(limit, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return limit;
    }
    cursor.prev_boundary(text, 0).ok().flatten().filter(|&cut| cut > from).unwrap_or(limit)
}

/// Whether a line ends where a sentence may end, closing quotes and brackets aside.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(CLOSING).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।'])
}

/// Full stops of scripts that put no space after a sentence.
fn is_wide_stop(character: char) -> bool {
    matches!(character, '。' | '！' | '？')
}

/// Length in code points.
fn length(text: &str) -> u32 {
    text.chars().count() as u32
}

/// Byte offset of a code point position inside `text`, at most its length.
fn byte_of(text: &str, position: u32) -> usize {
    if position == 0 {
        return 0;
    }
    text.char_indices().nth(position as usize).map_or(text.len(), |(byte, _)| byte)
}
