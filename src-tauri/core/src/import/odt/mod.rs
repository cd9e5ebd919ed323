//! ODT: what LibreOffice and its relatives write.
//!
//! Text, styles and what the document says of itself are parts of an archive. Deliberately absent: macros, comments,
//! headers and footers, pictures, and documents embedded in the document.

mod body;
mod styles;

use super::archive::Archive;
use super::xml::{self, Space};
use super::{Metadata, Refusal, docx};
use crate::structure::Structure;
use body::Body;
use styles::Styles;

/// What such archives say that they are.
pub(super) const KINDS: [&str; 4] = [
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.text-master",
    "application/vnd.oasis.opendocument.text-web",
];

const SPACES: [Space; 9] = [
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
];

/// Reads a document.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<(String, Structure, Metadata), Refusal> {
    let manifest = archive.read("META-INF/manifest.xml")?.unwrap_or_default();
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Err(Refusal::Encrypted);
    }
    let Some(content) = source(archive, "content.xml")? else {
        return Err(Refusal::Damaged { reason: "the part with its text is missing".into() });
    };
    let content = xml::parse(&content, &SPACES)?;
    let mut styles = Styles::default();
    if let Some(source) = source(archive, "styles.xml")? {
        styles.read(&xml::parse(&source, &SPACES)?);
    }
    styles.read(&content);
    let Some(text) = content.first("office", "body").and_then(|body| body.first("office", "text")) else {
        return Err(Refusal::Damaged { reason: "the part with its text has none".into() });
    };
    let mut metadata = metadata(archive)?;
    let draft = Body::new(&styles).walk(text);
    if metadata.title.is_empty() {
        metadata.title = draft.first_title();
    }
    let (text, structure) = draft.finish();
    if metadata.language.is_empty() {
        metadata.language = super::language::of_script(&text, &styles.languages);
    }
    Ok((text, structure, metadata))
}

fn source(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refusal> {
    archive.read(name)?.map(|bytes| Ok(xml::decode(&bytes)?.into_owned())).transpose()
}

/// What `meta.xml` says. Who made the document is its author, not who saved it last.
fn metadata(archive: &mut Archive<'_>) -> Result<Metadata, Refusal> {
    let mut metadata = Metadata::default();
    let Some(source) = source(archive, "meta.xml")? else { return Ok(metadata) };
    let root = xml::parse(&source, &SPACES)?;
    let mut saved_by = String::new();
    for property in root.first("office", "meta").into_iter().flat_map(|meta| meta.elements()) {
        let value = property.text().split_whitespace().collect::<Vec<_>>().join(" ");
        match property.tag() {
            ("dc", "title") if !docx::made_up(&value) => metadata.title = value,
            ("meta", "initial-creator") => metadata.author = value,
            ("dc", "creator") => saved_by = value,
            ("dc", "language") => metadata.language = value,
            _ => {}
        }
    }
    if metadata.author.is_empty() {
        metadata.author = saved_by;
    }
    Ok(metadata)
}
