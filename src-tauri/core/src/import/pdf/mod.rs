//! PDF: from glyphs at places on pages to a text that reads on.
//!
//! The file is opened and its glyphs are found by `pdf_oxide`; what is a line, a column, a paragraph is decided here.
//! A file that is cut short, or a page that can't be read, refuses the whole: half a report that looks like a whole one
//! is worse than none. A password that is not needed to read is not asked for. Deliberately absent: pictures and what is
//! written in them, forms, comments, attachments, scripts, and following any link.

mod about;
mod blanked;
mod characters;
mod columns;
mod direction;
mod furniture;
mod glyphs;
mod large;
mod lines;
mod margin;
mod measure;
mod notes;
mod paragraphs;
mod prose;
mod raised;
mod references;
mod tree;
mod whole;

use super::{Metadata, Refusal, one_line};
use crate::structure::Structure;
use lines::Line;
use pdf_oxide::PdfDocument;
use pdf_oxide::extractors::PageLabelExtractor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Begins every PDF.
const MARK: &[u8] = b"%PDF-";

/// Bytes in which the mark of a PDF may stand: some programs put a few lines before it.
const MARK_BYTES: usize = 1024;

/// Most pages; a file that claims more is a trap.
const MOST_PAGES: usize = 20_000;

/// Whether these bytes are a PDF: the mark stands first, or further up than a page, at the beginning of a line, with
/// objects after it. A text may quote the mark.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let top = &bytes[..bytes.len().min(MARK_BYTES)];
    match top.windows(MARK.len()).position(|window| window == MARK) {
        Some(0) => true,
        Some(at) => matches!(bytes[at - 1], b'\n' | b'\r') && bytes.windows(6).any(|window| window == b"endobj"),
        None => false,
    }
}

/// Reads a PDF: its text, its structure with pages, and what it says about itself.
pub(super) fn read(bytes: &[u8]) -> Result<(String, Structure, Metadata), Refusal> {
    whole::check(bytes)?;
    // The library is not ours: what trips it up is a damaged file, not the end of the program.
    catch_unwind(AssertUnwindSafe(|| open(bytes))).unwrap_or_else(|_| Err(damaged("its parts contradict each other")))
}

fn damaged(reason: &str) -> Refusal {
    Refusal::Damaged { reason: reason.to_owned() }
}

/// The file as the library opens it.
fn opened(bytes: &[u8]) -> Result<PdfDocument, Refusal> {
    let document = PdfDocument::from_bytes(bytes.to_vec()).map_err(|error| match error {
        pdf_oxide::Error::EncryptedPdf => Refusal::Encrypted,
        _ => damaged("its table of contents can't be read"),
    })?;
    let locked = || !document.is_authenticated() && !document.authenticate(b"").unwrap_or(false);
    if document.is_encrypted() && (is_draft(&document) || locked()) {
        return Err(Refusal::Encrypted);
    }
    Ok(document)
}

/// The pieces of lines on one page.
struct Page {
    /// Of the text that is upright.
    upright: Vec<Line>,
    height: f32,
    /// Of every other direction along the page's edges.
    turned: Vec<Vec<Line>>,
    /// Of what leans or is laid over the text, as watermarks are.
    laid: Vec<Vec<Line>>,
}

fn open(bytes: &[u8]) -> Result<(String, Structure, Metadata), Refusal> {
    let document = opened(&references::resolved(bytes)?)?;
    tree::check(&document)?;
    let count = document.page_count().map_err(|_| damaged("its list of pages can't be read"))?;
    if count == 0 {
        return Err(damaged("it has no pages"));
    }
    if count > MOST_PAGES {
        return Err(Refusal::Unsafe { reason: format!("it claims to have {count} pages") });
    }
    let labels = labels(&document, count);
    let mut pages = (0..count).map(|page| read_page(&document, page)).collect::<Result<Vec<Page>, Refusal>>()?;
    if pages.iter().all(|page| page.upright.is_empty() && page.turned.is_empty() && page.laid.is_empty()) {
        return Err(Refusal::Scanned);
    }
    furniture::clear(&mut pages, &labels);
    let gutters = columns::shared(pages.iter().flat_map(|page| columns::gutters(&page.upright)).collect());
    let regions = pages
        .into_iter()
        .map(|page| {
            let [before, main, after] = margin::part(page.upright);
            let mut regions = columns::order(before, &[]);
            regions.extend(columns::order(main, &gutters));
            regions.extend(columns::order(after, &[]));
            regions.extend(page.turned.into_iter().chain(page.laid).flat_map(|pieces| columns::order(pieces, &[])));
            regions
        })
        .collect();
    let blocks = paragraphs::blocks(regions);
    let draft = prose::write(&blocks, &labels);
    let mut metadata = about::read(&document);
    if metadata.title.is_empty() {
        metadata.title = draft.first_title();
    }
    let (text, structure) = draft.finish();
    Ok((text, structure, metadata))
}

/// Refuses a page whose content stands in several streams of which one can't be read: the library passes over it.
fn whole_content(document: &PdfDocument, page: usize) -> pdf_oxide::Result<()> {
    if document.is_encrypted() {
        return Ok(());
    }
    let entries = document.get_page_for_debug(page)?;
    let Some(content) = entries.as_dict().and_then(|entries| entries.get("Contents")) else { return Ok(()) };
    let content = document.resolve_object(content)?;
    for part in content.as_array().into_iter().flatten() {
        let part = document.resolve_object(part)?;
        if !part.is_null() {
            part.decode_stream_data()?;
        }
    }
    Ok(())
}

fn read_page(document: &PdfDocument, page: usize) -> Result<Page, Refusal> {
    let unreadable = |_| damaged(&format!("page {} can't be read", page + 1));
    let bounds = document.get_page_visible_box(page).map_err(unreadable)?;
    let sized = |corner: f32| corner.is_finite() && corner.abs() < characters::FARTHEST;
    if ![bounds.0, bounds.1, bounds.2, bounds.3].into_iter().all(sized) {
        return Err(damaged(&format!("page {} has no size", page + 1)));
    }
    let rotation = document.get_page_rotation(page).map_err(unreadable)?;
    whole_content(document, page).map_err(unreadable)?;
    let content = document.get_page_content_data(page).map_err(unreadable)?;
    let characters = characters::read(document, page, &content).map_err(unreadable)?;
    let mut frames = glyphs::frames(&characters, bounds, rotation).into_iter().peekable();
    let mut read = Page { upright: Vec::new(), height: 0.0, turned: Vec::new(), laid: Vec::new() };
    if let Some(frame) = frames.next_if(|frame| !frame.leaning) {
        read.height = frame.height;
        let [pieces, over] = lines::pieces(frame);
        read.upright = pieces;
        read.laid.push(over);
    }
    for frame in frames {
        let leaning = frame.leaning;
        let [pieces, over] = lines::pieces(frame);
        let pieces = pieces.into_iter().chain(over).collect();
        if leaning { read.laid.push(pieces) } else { read.turned.push(pieces) }
    }
    read.turned.retain(|pieces| !pieces.is_empty());
    read.laid.retain(|pieces| !pieces.is_empty());
    Ok(read)
}

/// Whether a file is locked by the draft of a way that was published in another form (revision 5 of the standard one):
/// the library takes the key to its key for the key.
fn is_draft(document: &PdfDocument) -> bool {
    let lock = document.trailer().as_dict().and_then(|trailer| trailer.get("Encrypt"));
    let lock = lock.and_then(|lock| document.resolve_object(lock).ok());
    let revision = lock.as_ref().and_then(|lock| lock.as_dict()).and_then(|lock| lock.get("R"));
    revision.and_then(|revision| revision.as_integer()) == Some(5)
}

/// What the file calls its pages; counted from 1 where it does not say.
fn labels(document: &PdfDocument, count: usize) -> Vec<String> {
    let ranges = PageLabelExtractor::extract(document).unwrap_or_default();
    let told = if ranges.is_empty() { Vec::new() } else { PageLabelExtractor::get_all_labels(&ranges, count) };
    (0..count)
        .map(|page| {
            let label = told.get(page).map(|label| one_line(label)).filter(|label| !label.is_empty());
            label.unwrap_or_else(|| (page + 1).to_string())
        })
        .collect()
}
