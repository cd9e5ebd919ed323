//! HTML: a page becomes its main text, or all of it, with its structure.
//!
//! html5ever reads the markup, `hidden.rs` says what nobody sees, `main_text.rs` what is around the text, `notes.rs`
//! which links call footnotes, and `flow.rs` writes what is left. Nothing is fetched and nothing runs; addresses are only
//! shown. Deliberately absent: pictures, and what a script would have built.

use super::charset::Decoded;
use super::draft::Draft;
use super::flow::{Flow, Leaf, Marks};
use super::measure::Measure;
use super::notes::Notes;
use super::tree::Tree;
use super::{Imported, Kept, Options, Refusal, address, hidden, main_text, notes, page_metadata, seen};
use crate::text::count_words;

/// Shortest text in `noscript` that may be the page's, in characters; less asks for scripts.
const MIN_NOSCRIPT: usize = 200;

/// Bytes in which the first tag of a page must stand.
const TOP_BYTES: usize = 2048;

/// First tags that only a page has; Markdown may well begin with another.
const FIRST_TAGS: [&str; 2] = ["!doctype html", "html"];

/// Whether the bytes begin like a page, whatever their encoding.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let top: Vec<u8> = bytes.iter().copied().take(TOP_BYTES).filter(|&byte| byte != 0 && byte < 0x80).collect();
    let top = String::from_utf8_lossy(&top).to_ascii_lowercase();
    let mut rest = top.trim_start();
    loop {
        let Some(tag) = rest.strip_prefix('<') else { return false };
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        if tag.starts_with("!--") || tag.starts_with('?') {
            let Some(at) = tag.find(end) else { return false };
            rest = tag[at + end.len()..].trim_start();
            continue;
        }
        return FIRST_TAGS.iter().any(|name| {
            tag.strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
        });
    }
}

/// Whether a text has any tag in it.
pub(super) fn has_tags(source: &str) -> bool {
    source
        .match_indices('<')
        .any(|(at, _)| source[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')))
}

/// Reads a page. `address` is where it came from, if the caller knows.
pub(super) fn read(source: &Decoded, address: &str, options: Options) -> Result<Imported, Refusal> {
    let Decoded { text: source, encoding, faults } = source;
    let xml = source.trim_start().starts_with("<?xml");
    let mut tree = Tree::parse(source, xml)?;
    let mut shown = hidden::shown(&tree);
    let mut metadata = page_metadata::read(&tree, &shown);
    if is_in_noscript(&tree, &shown) {
        tree = Tree::parse_without_scripts(source, xml)?;
        shown = hidden::shown(&tree);
    }
    if metadata.url.is_empty() && address::is_web(address) {
        address.clone_into(&mut metadata.url);
    }
    let path = if address.is_empty() { &metadata.url } else { address };
    let path = path.split('#').next().unwrap_or_default().to_owned();
    tree.shorten_own_links(&path);
    let main = if options.whole_page { None } else { main_text::find(&tree, &shown) };
    let cut = main.is_some();
    let keep = main.unwrap_or_else(|| shown.clone());
    let mut leaves = [Leaf { path, bound: false, tree, shown, keep }];
    let notes = notes::find(&leaves);
    let draft = written(&leaves, &notes);
    if metadata.title.is_empty() {
        metadata.title = draft.first_title();
    }
    let (text, structure) = draft.finish();
    let kept = if cut { kept(&text, &mut leaves, &notes) } else { None };
    let undecoded = seen(&text, *faults);
    Ok(Imported { text, structure, metadata, format: "html", encoding, undecoded, kept })
}

/// Whether a page holds its text in `noscript`, for whoever runs no scripts: more words than it has prose elsewhere.
fn is_in_noscript(tree: &Tree, shown: &[bool]) -> bool {
    let inner = (0..tree.nodes.len()).filter(|&node| tree.name(node) == "noscript").flat_map(|node| tree.inside(node));
    let spare: usize = inner.filter_map(|node| tree.text(node)).map(characters_outside_tags).sum();
    spare >= MIN_NOSCRIPT && spare > Measure::of(tree, shown).prose[0]
}

/// How many characters of markup stand outside its tags, white space aside.
fn characters_outside_tags(markup: &str) -> usize {
    let mut inside = false;
    let outside = markup.chars().filter(|&c| {
        inside = (inside || c == '<') && c != '>';
        !inside && c != '>' && !c.is_whitespace()
    });
    outside.count()
}

/// What is kept of a page, as a draft.
fn written(leaves: &[Leaf; 1], notes: &Notes) -> Draft {
    let marks = Marks::default();
    let mut flow = Flow::new(leaves, notes, &marks);
    flow.leaf(0);
    flow.finish()
}

/// How many words of the page the main text has; `None` when nothing else has any. What was left out is written as well
/// and counted, which costs as much time as there is of it.
fn kept(main: &str, leaves: &mut [Leaf; 1], notes: &Notes) -> Option<Kept> {
    let [leaf] = leaves;
    for (keep, &shown) in leaf.keep.iter_mut().zip(&leaf.shown) {
        *keep = shown && !*keep;
    }
    // The notes that the main text calls are in it, wherever they stand.
    for &(_, body) in &notes.bodies {
        leaf.keep[body..leaf.tree.nodes[body].end].fill(false);
    }
    let (rest, _) = written(leaves, &Notes::default()).finish();
    let (words, rest) = (count_words(main), count_words(&rest));
    (rest > 0).then_some(Kept { words, of: words + rest })
}
