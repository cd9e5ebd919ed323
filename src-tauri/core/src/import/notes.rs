//! Footnotes in pages: which link calls which note, where the note stands, and by what sign.
//!
//! A link says it outright (`doc-noteref`, `noteref`), or it is a short sign, raised or in brackets, that leads to a
//! paragraph further on. Every note is read by its label; when two notes have the same sign, as chapters that count
//! from 1 do, all are numbered through. Deliberately absent: notes that nothing calls; they stay where they are.

use super::address;
use super::flow::Leaf;
use std::collections::{HashMap, HashSet};

/// Longest sign in characters, brackets aside, of a link that is not said to call a note, and of one that is.
const MAX_SIGN: usize = 5;
const MAX_STATED_SIGN: usize = 12;

/// Most nodes of a note, and of what raises its sign: more is a part of the text.
const MAX_NOTE: usize = 2_000;
const MAX_CALL: usize = 24;

/// A place in a set of pages: which page, and which node of it.
pub(super) type Place = (usize, usize);

/// A note and how it is called.
pub(super) struct Note {
    /// The element that holds it.
    pub(super) body: Place,
    /// What leads from call to note and back.
    pub(super) label: String,
    /// How the source calls it.
    pub(super) sign: String,
}

/// The footnotes of a set of pages.
#[derive(Default)]
pub(super) struct Notes {
    /// In the order of their first calls.
    pub(super) notes: Vec<Note>,
    /// The elements that call a note, and its place in `notes`.
    pub(super) calls: HashMap<Place, usize>,
    /// The elements that hold the notes.
    pub(super) bodies: HashSet<Place>,
}

/// Finds the notes that the kept text calls.
pub(super) fn find(leaves: &[Leaf]) -> Notes {
    let targets = targets(leaves);
    let mut found: Vec<(Place, Place, String)> = Vec::new();
    for (page, leaf) in leaves.iter().enumerate() {
        let tree = &leaf.tree;
        for node in (0..tree.nodes.len()).filter(|&node| leaf.keep[node] && tree.name(node) == "a") {
            let Some(href) = tree.attribute(node, "href").filter(|href| href.contains('#')) else { continue };
            let Some((file, part)) = address::inner(&leaf.path, href) else { continue };
            let Some(&target) = targets.get(&(file.as_str(), part.as_str())) else { continue };
            let stated = is(leaf, node, &["doc-noteref", "noteref"]);
            let words = tree.words(node);
            let sign = sign(&words);
            if stated && sign.chars().count() > MAX_STATED_SIGN {
                continue;
            }
            if !stated && (target <= (page, node) || !is_sign(sign) || !is_raised(leaf, node, &words)) {
                continue;
            }
            let Some(body) = body(&leaves[target.0], target.1).map(|node| (target.0, node)) else { continue };
            let around = body.0 == page && body.1 <= node && node < tree.nodes[body.1].end;
            if !around {
                found.push(((page, whole_call(leaf, node, sign)), body, sign.to_owned()));
            }
        }
    }
    numbered(leaves, found)
}

fn numbered(leaves: &[Leaf], found: Vec<(Place, Place, String)>) -> Notes {
    let mut all: Vec<Place> = found.iter().map(|&(_, body, _)| body).collect();
    all.sort_unstable();
    all.dedup();
    // What holds another note is the list of notes, and what a note calls is read with the running text.
    let holds = |body: Place| {
        let next = all.partition_point(|&other| other <= body);
        all.get(next).is_some_and(|other| other.0 == body.0 && other.1 < leaves[body.0].tree.nodes[body.1].end)
    };
    let mut notes = Notes::default();
    let mut index: HashMap<Place, usize> = HashMap::new();
    for (call, body, sign) in found {
        if holds(body) {
            continue;
        }
        let number = *index.entry(body).or_insert_with(|| {
            notes.bodies.insert(body);
            notes.notes.push(Note { body, label: sign.clone(), sign });
            notes.notes.len() - 1
        });
        notes.calls.insert(call, number);
    }
    let mut labels = HashSet::new();
    if !notes.notes.iter().all(|note| !note.label.is_empty() && labels.insert(note.label.clone())) {
        for (number, note) in notes.notes.iter_mut().enumerate() {
            note.label = (number + 1).to_string();
        }
    }
    notes
}

/// Every named place, by file and name.
fn targets(leaves: &[Leaf]) -> HashMap<(&str, &str), Place> {
    let mut targets = HashMap::new();
    for (page, leaf) in leaves.iter().enumerate() {
        for node in 0..leaf.tree.nodes.len() {
            let named = (leaf.tree.name(node) == "a").then(|| leaf.tree.attribute(node, "name")).flatten();
            for id in leaf.tree.attribute(node, "id").into_iter().chain(named) {
                targets.entry((leaf.path.as_str(), id)).or_insert((page, node));
            }
        }
    }
    targets
}

/// Whether the markup says that an element is one of these.
pub(super) fn is(leaf: &Leaf, node: usize, kinds: &[&str]) -> bool {
    ["role", "epub:type", "type"]
        .iter()
        .filter_map(|name| leaf.tree.attribute(node, name))
        .any(|value| value.split_ascii_whitespace().any(|word| kinds.contains(&word)))
}

/// The sign of a call without its brackets.
fn sign(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '.'))
}

fn is_sign(sign: &str) -> bool {
    let count = sign.chars().count();
    let marks = sign.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#' | '※' | '‖'));
    (1..=MAX_SIGN).contains(&count)
        && (marks || sign.chars().all(char::is_numeric) || count <= 3 && sign.chars().all(char::is_alphanumeric))
}

fn is_raised(leaf: &Leaf, node: usize, words: &str) -> bool {
    let tree = &leaf.tree;
    let bracketed = words.starts_with('[') && words.ends_with(']');
    let symbol = words.starts_with(['*', '†', '‡', '§', '※']);
    let near = tree.ancestors(node).take(2).chain(tree.inside(node)).any(|node| tree.name(node) == "sup");
    let named =
        std::iter::once(node).chain(tree.inside(node)).filter_map(|node| tree.attribute(node, "class")).any(|class| {
            let class = class.to_ascii_lowercase();
            ["footnote", "noteref", "fnref", "endnote"].iter().any(|name| class.contains(name))
        });
    bracketed || symbol || near || named
}

/// The element whose words are nothing but the call: the link, or what raises it and puts it in brackets.
fn whole_call(leaf: &Leaf, node: usize, own: &str) -> usize {
    let inline = ["sup", "span", "b", "small", "strong", "em", "i", "font"];
    let mut call = node;
    for up in leaf.tree.ancestors(node).take(3) {
        let small = leaf.tree.nodes[up].end - up < MAX_CALL;
        if !small || !inline.contains(&leaf.tree.name(up)) || sign(&leaf.tree.words(up)) != own {
            break;
        }
        call = up;
    }
    call
}

/// The paragraph, list item or box that a target stands in, if it can be a note.
fn body(leaf: &Leaf, target: usize) -> Option<usize> {
    let tree = &leaf.tree;
    let block =
        |node: &usize| matches!(tree.name(*node), "p" | "li" | "div" | "aside" | "dd" | "td" | "section" | "tr");
    let mut body = std::iter::once(target).chain(tree.ancestors(target)).find(block)?;
    let parent = tree.nodes[body].parent;
    let stated = |node| is(leaf, node, &["footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"]);
    let named = |node| {
        let id = tree.attribute(node, "id").unwrap_or_default().to_ascii_lowercase();
        ["ftn", "edn", "fn", "note", "footnote"].iter().any(|start| id.starts_with(start))
    };
    if matches!(tree.name(parent), "li" | "aside")
        || tree.name(body) == "td"
        || tree.name(parent) == "div" && (stated(parent) || named(parent))
    {
        body = parent;
    }
    if tree.nodes[body].end - body > MAX_NOTE {
        return None;
    }
    let heading = tree.inside(body).any(|node| matches!(tree.name(node), "h1" | "h2" | "h3" | "h4"));
    let seen = leaf.shown[body] || stated(body);
    (seen && (stated(body) || !heading)).then_some(body)
}

/// A note's first words without the sign that it is called by.
pub(super) fn without_sign<'t>(text: &'t str, sign: &str) -> &'t str {
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '('));
    let rest = if sign.is_empty() { None } else { bare.strip_prefix(sign) };
    match rest {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => {
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '.' | ':'))
        }
        _ if bare.is_empty() || text.chars().all(|c| matches!(c, '^' | '↑' | ']' | '.' | ' ')) => "",
        _ => text,
    }
}

/// A link in a note that leads back to its call.
pub(super) fn is_way_back(leaf: &Leaf, node: usize) -> bool {
    let Some(href) = leaf.tree.attribute(node, "href") else { return false };
    let inside = href.contains('#') && address::inner(&leaf.path, href).is_some();
    let words = leaf.tree.words(node);
    inside
        && (is(leaf, node, &["doc-backlink", "backlink", "referrer"])
            || words.chars().count() <= 5
            || !words.contains(char::is_alphanumeric))
}
