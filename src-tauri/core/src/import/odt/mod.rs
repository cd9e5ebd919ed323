//! ODT: what LibreOffice and its relatives write.
//!
//! Text, styles and what the document says of itself are parts of an archive, or stand one after the other in a flat file.
//! Deliberately absent: macros, comments, headers and footers, pictures, and documents embedded in the document, but for
//! formulas.

mod body;
mod styles;

use super::archive::Archive;
use super::xml::{self, Element, Space};
use super::{Imported, Metadata, Refusal, docx, formula};
use crate::structure::Structure;
use body::Body;
use std::collections::HashMap;
use styles::Styles;

/// What such archives say that they are.
pub(super) const KINDS: [&str; 4] = [
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.text-master",
    "application/vnd.oasis.opendocument.text-web",
];

const SPACES: [Space; 12] = [
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg"),
    ("urn:oasis:names:tc:opendocument:xmlns:form:1.0", "form"),
    ("urn:oasis:names:tc:opendocument:xmlns:script:1.0", "script"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
];

/// Most formulas and other objects that are looked at.
const MAX_OBJECTS: usize = 5_000;

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
    let text = text_of(&content)?;
    let metadata = match source(archive, "meta.xml")? {
        Some(source) => metadata(&xml::parse(&source, &SPACES)?),
        None => Metadata::default(),
    };
    let mut formulas = HashMap::new();
    find_formulas(archive, text, &mut formulas)?;
    written(text, &styles, &formulas, metadata)
}

/// Reads a flat file, in which all parts stand in one.
pub(super) fn read_flat(bytes: &[u8]) -> Result<Imported, Refusal> {
    let source = xml::plain(bytes)?;
    let document = xml::parse(&source, &SPACES)?;
    let mut styles = Styles::default();
    styles.read(&document);
    let (text, structure, metadata) = written(text_of(&document)?, &styles, &HashMap::new(), metadata(&document))?;
    Ok(Imported { text, structure, metadata, format: "odt", encoding: "UTF-8", undecoded: 0, kept: None })
}

fn text_of<'e>(content: &'e Element<'e>) -> Result<&'e Element<'e>, Refusal> {
    let text = content.first("office", "body").and_then(|body| body.first("office", "text"));
    text.ok_or_else(|| Refusal::Damaged { reason: "the part with its text has none".into() })
}

fn written(
    text: &Element<'_>,
    styles: &Styles,
    formulas: &HashMap<String, String>,
    mut metadata: Metadata,
) -> Result<(String, Structure, Metadata), Refusal> {
    let draft = Body::new(styles, formulas).walk(text)?;
    if metadata.title.is_empty() {
        metadata.title = draft.first_title();
    }
    let (text, structure) = draft.finish();
    if metadata.language.is_empty() {
        metadata.language = super::language::of_script(&text, &styles.languages);
    }
    Ok((text, structure, metadata))
}

/// The formulas of a text, which are documents of their own inside the archive, by their addresses.
fn find_formulas(
    archive: &mut Archive<'_>,
    element: &Element<'_>,
    formulas: &mut HashMap<String, String>,
) -> Result<(), Refusal> {
    for inner in element.elements() {
        let address = inner.attribute("xlink", "href").filter(|_| inner.is("draw", "object"));
        if let Some(address) = address.filter(|&address| !formulas.contains_key(address)) {
            if formulas.len() >= MAX_OBJECTS {
                return Ok(());
            }
            let folder = address.trim_start_matches("./").trim_end_matches('/');
            let content = archive.read(&format!("{folder}/content.xml"))?.unwrap_or_default();
            // What is no formula, but a chart or a broken part, is passed over.
            let spell = |source: String| {
                let root = xml::parse(&source, &[]).ok().filter(|root| root.name == "math")?;
                Some(formula::of_element(&root))
            };
            formulas.insert(address.to_owned(), xml::plain(&content).ok().and_then(spell).unwrap_or_default());
        }
        find_formulas(archive, inner, formulas)?;
    }
    Ok(())
}

fn source(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refusal> {
    archive.read(name)?.map(|bytes| Ok(xml::decode(&bytes)?.into_owned())).transpose()
}

/// What a document says of itself. Who made it is its author, not who saved it last.
fn metadata(root: &Element<'_>) -> Metadata {
    let mut metadata = Metadata::default();
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
    metadata
}
