//! EPUB: a book is its chapters in reading order, each read as a page.
//!
//! The package says what the chapters are, the table of contents names one that has no heading, footnotes are followed
//! from file to file, and the pages of the printed book become the pages of the text. Deliberately absent: pictures,
//! fonts, scripts, and everything that lies outside of the archive.

use super::archive::Archive;
use super::flow::{Flow, Leaf, Marks};
use super::package::{Entry, Package};
use super::tree::Tree;
use super::{MAX_BYTES, Metadata, Refusal, charset, hidden, notes};
use crate::structure::Structure;
use std::collections::{HashMap, HashSet};

/// Bytes at the top of a chapter in which its document type stands.
const TOP_BYTES: usize = 4096;

/// Reads the book in an archive.
pub(super) fn read(archive: &mut Archive<'_>, undecoded: &mut u32) -> Result<(String, Structure, Metadata), Refusal> {
    let package = Package::read(archive)?;
    let mut leaves = Vec::new();
    let mut size = 0;
    for path in &package.spine {
        let Some(bytes) = archive.read(path)? else { continue };
        size += bytes.len();
        if size > MAX_BYTES {
            return Err(Refusal::TooLarge { bytes: size, limit: MAX_BYTES });
        }
        let source = match charset::decode_page(&bytes, "") {
            Ok(decoded) => {
                *undecoded = undecoded.saturating_add(decoded.faults);
                decoded.text
            }
            Err(Refusal::Empty) => continue,
            Err(Refusal::Binary) => return Err(Refusal::Damaged { reason: "one of its chapters is no text".into() }),
            Err(refusal) => return Err(refusal),
        };
        if brings_entities(&source) {
            return Err(Refusal::Unsafe { reason: "its markup brings a document type of its own".into() });
        }
        let tree = Tree::parse(&source, true)?;
        let shown = hidden::shown(&tree);
        leaves.push(Leaf { path: path.clone(), bound: true, tree, keep: shown.clone(), shown });
    }
    if leaves.is_empty() {
        return Err(Refusal::Damaged { reason: "none of its chapters can be found".into() });
    }
    let notes = notes::find(&leaves);
    let (marks, titles) = marks(&leaves, &package);
    let mut flow = Flow::new(&leaves, &notes, &marks);
    for page in 0..leaves.len() {
        if let Some(entry) = titles.get(&page) {
            flow.heading(entry.level, &entry.title);
        }
        flow.leaf(page);
    }
    let draft = flow.finish();
    let mut metadata = package.metadata;
    if metadata.title.is_empty() {
        metadata.title = draft.first_title();
    }
    let (text, structure) = draft.finish();
    Ok((text, structure, metadata))
}

/// Whether a chapter's document type defines anything.
fn brings_entities(source: &str) -> bool {
    let top: String = source.chars().take(TOP_BYTES).collect::<String>().to_ascii_lowercase();
    let Some(start) = top.find("<!doctype") else { return false };
    top[start..].find(['[', '>']).is_some_and(|at| top[start + at..].starts_with('['))
}

/// Where pages begin and which paragraphs are titles, and the titles of chapters that have none.
fn marks<'a>(leaves: &[Leaf], package: &'a Package) -> (Marks, HashMap<usize, &'a Entry>) {
    let mut marks = Marks::default();
    let mut titles = HashMap::new();
    let files: HashMap<&str, usize> =
        leaves.iter().enumerate().map(|(page, leaf)| (leaf.path.as_str(), page)).collect();
    let mut parts: HashMap<(usize, &str), usize> = HashMap::new();
    for (page, leaf) in leaves.iter().enumerate() {
        for node in 0..leaf.tree.nodes.len() {
            if let Some(id) = leaf.tree.attribute(node, "id") {
                parts.entry((page, id)).or_insert(node);
            }
        }
    }
    for entry in &package.pages {
        let Some(&page) = files.get(entry.file.as_str()) else { continue };
        // The first node of a file that is no document is its root.
        let node = if entry.part.is_empty() { Some(1) } else { parts.get(&(page, entry.part.as_str())).copied() };
        if let Some(node) = node {
            marks.pages.entry((page, node)).or_insert_with(|| entry.title.clone());
        }
    }
    let mut seen = HashSet::new();
    for entry in &package.contents {
        let Some(&page) = files.get(entry.file.as_str()) else { continue };
        let title = entry.title.to_lowercase();
        if title.is_empty() || !seen.insert(page) {
            continue;
        }
        match title_in(&leaves[page], &title) {
            Title::Heading => {}
            Title::Paragraph(node) => {
                marks.headings.insert((page, node), entry.level);
            }
            Title::Missing => {
                titles.insert(page, entry);
            }
        }
    }
    (marks, titles)
}

/// How a chapter shows its title.
enum Title {
    /// By a heading of its own, or it shows nothing at all.
    Heading,
    /// By a paragraph that says the same as the table of contents.
    Paragraph(usize),
    Missing,
}

fn title_in(leaf: &Leaf, title: &str) -> Title {
    let tree = &leaf.tree;
    let kept = || (0..tree.nodes.len()).filter(|&node| leaf.keep[node]);
    let heading = |node: usize| {
        matches!(tree.name(node), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") && !tree.words(node).is_empty()
    };
    let worded = kept().any(|node| tree.text(node).is_some_and(|text| !text.trim().is_empty()));
    if !worded || kept().any(heading) {
        return Title::Heading;
    }
    let same = |node: &usize| matches!(tree.name(*node), "p" | "div") && tree.words(*node).to_lowercase() == title;
    kept().find(same).map_or(Title::Missing, Title::Paragraph)
}
