//! DOCX: what Word and its relatives write.
//!
//! The text is a part of an archive; styles, lists, notes and links are others. Deliberately absent: macros, comments,
//! headers and footers, pictures, charts, and documents that lie behind an icon.

mod body;
mod fields;
mod numbering;
mod styles;

pub(super) use fields::link;

use super::archive::Archive;
use super::xml::{self, Element, Space};
use super::{Metadata, Refusal};
use crate::structure::Structure;
use body::{Beside, Body};
use numbering::Numbering;
use std::collections::HashMap;
use styles::Styles;

/// The namespaces of a document, in the two editions of the standard.
const SPACES: [Space; 26] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "core"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://schemas.microsoft.com/office/2006/coverPageProps", "cover"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", "wpg"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas", "wpc"),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing", "wp14"),
    ("http://schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("http://schemas.microsoft.com/office/word/2012/wordml", "w15"),
    ("http://schemas.microsoft.com/office/word/2015/wordml/symex", "w16se"),
    ("http://schemas.microsoft.com/office/word/2016/wordml/cid", "w16cid"),
    ("http://schemas.microsoft.com/office/word/2018/wordml", "w16"),
    ("http://schemas.microsoft.com/office/word/2018/wordml/cex", "w16cex"),
    ("http://schemas.microsoft.com/office/word/2023/wordml/word16du", "w16du"),
    ("http://schemas.microsoft.com/office/drawing/2010/main", "a14"),
];

/// Most documents that are read inside another one.
const MAX_CHUNKS: usize = 100;

/// Where the text is when nothing says so.
const MAIN: &str = "word/document.xml";

/// Titles that programs make up.
const NO_TITLES: [&str; 5] = ["untitled", "word document", "document", "document1", "microsoft word document"];

/// Whether an archive is a document of this kind.
pub(super) fn is_one(archive: &mut Archive<'_>) -> bool {
    if archive.has(MAIN) {
        return true;
    }
    let types = archive.read("[Content_Types].xml").ok().flatten().unwrap_or_default();
    String::from_utf8_lossy(&types).contains("wordprocessingml.document.main+xml")
        || String::from_utf8_lossy(&types).contains("wordprocessingml.template.main+xml")
}

/// Reads a document, and the documents that stand in it.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<(String, Structure, Metadata), Refusal> {
    read_with(archive, true)
}

/// Reads a document. With `outer`, those that stand in it are read too; what stands in them is not.
fn read_with(archive: &mut Archive<'_>, outer: bool) -> Result<(String, Structure, Metadata), Refusal> {
    let package = relations(archive, "")?;
    let main = package.by_kind("/officeDocument").unwrap_or(MAIN).to_owned();
    let Some(main_source) = source(archive, &main)? else {
        return Err(Refusal::Damaged { reason: "the part with its text is missing".into() });
    };
    let relations = relations(archive, &main)?;
    let mut chunks = HashMap::new();
    for (id, name) in relations.chunks.iter().take(if outer { MAX_CHUNKS } else { 0 }) {
        if let Some(chunk) = chunk(archive, name)? {
            chunks.insert(id.clone(), chunk);
        }
    }
    let mut part = |kind: &str| match relations.by_kind(kind) {
        Some(name) => source(archive, name),
        None => Ok(None),
    };
    let sources = [part("/styles")?, part("/numbering")?, part("/footnotes")?, part("/endnotes")?];
    let mut note_links = HashMap::new();
    for kind in ["/footnotes", "/endnotes"] {
        if let Some(name) = relations.by_kind(kind) {
            note_links.extend(self::relations(archive, name)?.links);
        }
    }
    let mut roots = Vec::with_capacity(sources.len());
    for source in &sources {
        roots.push(source.as_deref().map(|source| xml::parse(source, &SPACES)).transpose()?);
    }
    let [styles, numbering, footnotes, endnotes] = [0, 1, 2, 3].map(|at| roots[at].as_ref());
    let main = xml::parse(&main_source, &SPACES)?;
    let Some(text) = main.first("w", "body") else {
        return Err(Refusal::Damaged { reason: "the part with its text has none".into() });
    };
    let beside = |plain_fields: bool| {
        let styles = styles.map(Styles::read).unwrap_or_default();
        Beside {
            numbering: numbering.map(|root| Numbering::read(root, &styles)).unwrap_or_default(),
            styles,
            links: relations.links.clone(),
            footnotes: footnotes.map(|root| notes(root, "footnote")).unwrap_or_default(),
            endnotes: endnotes.map(|root| notes(root, "endnote")).unwrap_or_default(),
            note_links: note_links.clone(),
            chunks: &chunks,
            plain_fields,
        }
    };
    let mut body = Body::new(beside(false));
    if !body.walk(text) {
        // A field that never ends would swallow the rest of the text.
        body = Body::new(beside(true));
        body.walk(text);
    }
    let mut metadata = core_properties(archive, package.by_kind("/core-properties"))?;
    let draft = body.finish();
    if metadata.title.is_empty() {
        metadata.title = draft.first_title();
    }
    metadata.published = published(archive)?;
    let languages = styles.map(Styles::read).unwrap_or_default().languages;
    let (text, structure) = draft.finish();
    if metadata.language.is_empty() {
        metadata.language = super::language::of_script(&text, &languages);
    }
    Ok((text, structure, metadata))
}

/// A document that stands in another one, in any format.
fn chunk(archive: &mut Archive<'_>, name: &str) -> Result<Option<(String, Structure)>, Refusal> {
    let Some(bytes) = archive.read(name)? else { return Ok(None) };
    let read = if Archive::is_one(&bytes) {
        let mut inner = Archive::open(&bytes)?;
        if !is_one(&mut inner) {
            return Ok(None);
        }
        read_with(&mut inner, false).map(|(text, structure, _)| (text, structure))
    } else {
        super::import(name, &bytes).map(|imported| (imported.text, imported.structure))
    };
    match read {
        Err(Refusal::Empty) => Ok(None),
        read => read.map(Some),
    }
}

/// The notes of a part by their ids; the lines that part notes from the text are none.
fn notes<'p>(root: &'p Element<'p>, name: &str) -> HashMap<String, &'p Element<'p>> {
    let notes = root.elements().filter(|element| element.is("w", name));
    let notes = notes.filter(|note| matches!(note.attribute("w", "type"), None | Some("normal")));
    notes.filter_map(|note| Some((note.attribute("w", "id")?.to_owned(), note))).collect()
}

/// Whether a switch is set, unset, or not there.
fn toggle(properties: &Element<'_>, name: &str) -> Option<bool> {
    let value = properties.first("w", name)?.attribute("w", "val");
    Some(!matches!(value, Some("0" | "false" | "off" | "none")))
}

/// What a part refers to.
#[derive(Default)]
struct Relations {
    /// Kind and name of other parts.
    parts: Vec<(String, String)>,
    /// Id and name of other documents that stand in this one.
    chunks: Vec<(String, String)>,
    /// Addresses outside, by id.
    links: HashMap<String, String>,
}

impl Relations {
    fn by_kind(&self, kind: &str) -> Option<&str> {
        self.parts.iter().find(|(known, _)| known.ends_with(kind)).map(|(_, name)| name.as_str())
    }
}

/// The relations of a part; of the whole package when the name is empty.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Relations, Refusal> {
    let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut relations = Relations::default();
    let Some(source) = source(archive, &name)? else { return Ok(relations) };
    for relation in xml::parse(&source, &SPACES)?.elements() {
        let Some(target) = relation.attribute("", "Target") else { continue };
        if relation.attribute("", "TargetMode") == Some("External") {
            let id = relation.attribute("", "Id").unwrap_or_default();
            relations.links.insert(id.to_owned(), target.to_owned());
        } else {
            let kind = relation.attribute("", "Type").unwrap_or_default();
            if kind.ends_with("/aFChunk") {
                let id = relation.attribute("", "Id").unwrap_or_default();
                relations.chunks.push((id.to_owned(), inside(folder, target)));
            }
            relations.parts.push((kind.to_owned(), inside(folder, target)));
        }
    }
    Ok(relations)
}

/// The name of a part that another one in `folder` calls `target`.
fn inside(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

fn source(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refusal> {
    archive.read(name)?.map(|bytes| Ok(xml::decode(&bytes)?.into_owned())).transpose()
}

fn core_properties(archive: &mut Archive<'_>, name: Option<&str>) -> Result<Metadata, Refusal> {
    let mut metadata = Metadata::default();
    let Some(source) = source(archive, name.unwrap_or("docProps/core.xml"))? else { return Ok(metadata) };
    for property in xml::parse(&source, &SPACES)?.elements() {
        let value = property.text().split_whitespace().collect::<Vec<_>>().join(" ");
        match property.tag() {
            ("dc", "title") if !made_up(&value) => metadata.title = value,
            ("dc", "creator") => {
                let names = value.split(';').map(str::trim).filter(|name| !name.is_empty());
                metadata.author = names.collect::<Vec<_>>().join("; ");
            }
            ("dc", "language") => metadata.language = value,
            _ => {}
        }
    }
    Ok(metadata)
}

/// Whether a program and no person gave this title.
pub(super) fn made_up(title: &str) -> bool {
    let title = title.to_lowercase();
    NO_TITLES.contains(&title.as_str()) || title.starts_with("microsoft word - ")
}

/// The publish date that a cover page carries.
fn published(archive: &mut Archive<'_>) -> Result<String, Refusal> {
    for number in 1..=9 {
        let Some(source) = source(archive, &format!("customXml/item{number}.xml"))? else { break };
        // Other programs keep what they like in these parts; one that is no XML is theirs.
        let Ok(root) = xml::parse(&source, &SPACES) else { continue };
        if let Some(date) = root.first("cover", "PublishDate").map(Element::text).filter(|date| !date.trim().is_empty())
        {
            let date = date.trim();
            return Ok(date.split('T').next().unwrap_or(date).to_owned());
        }
    }
    Ok(String::new())
}

#[cfg(test)]
mod tests {
    use super::{inside, made_up};

    #[test]
    fn names_of_parts_are_found_from_where_they_are_named() {
        assert_eq!(inside("word", "styles.xml"), "word/styles.xml");
        assert_eq!(inside("word", "/word/./styles.xml"), "word/styles.xml");
        assert_eq!(inside("word/sub", "../styles.xml"), "word/styles.xml");
        assert_eq!(inside("", "word/document.xml"), "word/document.xml");
        assert_eq!(inside("word", "../../../x"), "x");
    }

    #[test]
    fn titles_that_programs_make_up_are_none() {
        assert!(made_up("Microsoft Word - a.doc") && made_up("Untitled") && !made_up("Untitled letters"));
    }
}
