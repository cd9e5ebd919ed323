//! How much text each part of a page holds: how much of it is in links, and how much is prose.
//!
//! Prose is the text of a block, without the blocks in it, that is long or ends as a sentence does, and is hardly
//! linked. Headings are none. Deliberately absent: languages, and names of classes.

use super::ends_sentence;
use super::tree::Tree;

/// Shortest text that can be prose, in characters.
pub(super) const MIN_SENTENCE: usize = 25;

/// Shortest text that is prose without the end of a sentence.
const MIN_PARAGRAPH: usize = 80;

/// What is known about each node. An ideograph counts for two characters.
pub(super) struct Measure {
    /// Characters that are seen, without white space at the edges of text nodes.
    pub(super) text: Vec<usize>,
    /// Those in links to elsewhere.
    pub(super) linked: Vec<usize>,
    /// Those in prose.
    pub(super) prose: Vec<usize>,
    /// Those in quotations.
    pub(super) quoted: Vec<usize>,
    pub(super) links: Vec<usize>,
    pub(super) commas: Vec<usize>,
    /// Whether a paragraph ends somewhere inside.
    pub(super) blocks: Vec<bool>,
    /// The nearest block around each node, or itself.
    pub(super) block: Vec<usize>,
    /// For each block whether its own text is prose.
    pub(super) own: Vec<bool>,
}

/// What a block holds outside the blocks in it.
#[derive(Default, Clone, Copy)]
struct Own {
    text: usize,
    linked: usize,
    /// Whether its last words end a sentence.
    ends: bool,
}

impl Measure {
    /// Measures what is shown.
    pub(super) fn of(tree: &Tree, shown: &[bool]) -> Measure {
        let count = tree.nodes.len();
        let mut measure = Measure {
            text: vec![0; count],
            linked: vec![0; count],
            prose: vec![0; count],
            quoted: vec![0; count],
            links: vec![0; count],
            commas: vec![0; count],
            blocks: vec![false; count],
            block: vec![0; count],
            own: vec![false; count],
        };
        measure.find_prose(tree, shown);
        for node in (1..count).rev().filter(|&node| shown[node]) {
            if let Some(text) = tree.text(node) {
                let text = text.trim();
                measure.text[node] = text.chars().map(weight).sum();
                measure.commas[node] = text.matches([',', '،', '、', '，', ';', '؛', '。']).count();
                let block = measure.block[node];
                measure.prose[node] = if measure.own[block] { measure.text[node] } else { 0 };
            }
            let name = tree.name(node);
            if is_link(tree, node) {
                measure.linked[node] = measure.text[node];
                measure.links[node] = 1;
            }
            if name == "blockquote" {
                measure.quoted[node] = measure.text[node];
            }
            let parent = tree.nodes[node].parent;
            measure.text[parent] += measure.text[node];
            measure.linked[parent] += measure.linked[node];
            measure.prose[parent] += measure.prose[node];
            measure.quoted[parent] += measure.quoted[node];
            measure.links[parent] += measure.links[node];
            measure.commas[parent] += measure.commas[node];
            measure.blocks[parent] |= measure.blocks[node] || is_block(name);
        }
        measure
    }

    /// Fills `block` and `own`.
    fn find_prose(&mut self, tree: &Tree, shown: &[bool]) {
        let count = tree.nodes.len();
        let mut own = vec![Own::default(); count];
        let mut linked_until = 0;
        for node in 1..count {
            let parent = tree.nodes[node].parent;
            self.block[node] = if is_block(tree.name(node)) { node } else { self.block[parent] };
            if !shown[node] {
                continue;
            }
            if is_link(tree, node) {
                linked_until = linked_until.max(tree.nodes[node].end);
            }
            let Some(text) = tree.text(node).map(str::trim).filter(|text| !text.is_empty()) else { continue };
            let block = &mut own[self.block[node]];
            let length: usize = text.chars().map(weight).sum();
            block.text += length;
            block.linked += if node < linked_until { length } else { 0 };
            block.ends = ends_sentence(text);
        }
        for (node, own) in own.into_iter().enumerate() {
            let long = own.text >= MIN_PARAGRAPH || own.text >= MIN_SENTENCE && own.ends;
            self.own[node] = long && own.linked * 3 < own.text && !is_heading(tree.name(node));
        }
    }

    pub(super) fn link_density(&self, node: usize) -> f32 {
        if self.text[node] == 0 { 0.0 } else { self.linked[node] as f32 / self.text[node] as f32 }
    }

    /// Whether at least half of a part is prose.
    pub(super) fn reads_as_prose(&self, node: usize) -> bool {
        self.prose[node] >= MIN_SENTENCE && self.prose[node] * 2 >= self.text[node]
    }
}

/// How much a character says, measured in letters.
fn weight(character: char) -> usize {
    if matches!(character as u32, 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff) {
        2
    } else {
        1
    }
}

fn is_link(tree: &Tree, node: usize) -> bool {
    tree.name(node) == "a" && tree.attribute(node, "href").is_some_and(|href| !href.starts_with('#'))
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether an element parts words into paragraphs.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "ul"
    )
}
