//! Takes what is left of menus, boxes and controls out of the main text.
//!
//! Lists that only lead elsewhere, headings of which nothing else is left, links to the top, and the line that says who
//! owns the page. Whatever an author may have written stays: a list between paragraphs, and a
//! heading that is a sentence; the notes and sources that a text calls are kept by `notes.rs`. Deliberately absent:
//! languages, and names of classes.

use super::around::is_imprint;
use super::ends_sentence;
use super::measure::{Measure, is_heading};
use super::tree::Tree;

/// Most characters to a link in a list that leads elsewhere.
const MAX_TEXT_OF_LINK: usize = 100;

/// Paragraphs of prose beside a list that make it a part of what they say.
const MIN_PARAGRAPHS: usize = 2;

/// Shortest sentence that is no heading, in characters.
const MIN_STATEMENT: usize = 40;

/// Places that a link to the top of a page names.
const TOPS: [&str; 4] = ["#", "#top", "#page", "#header"];

/// Takes all of that out of what is kept.
pub(super) fn take_out(tree: &Tree, measure: &Measure, shown: &[bool], keep: &mut [bool]) {
    leave_out_lists_of_links(tree, measure, keep);
    leave_out_links_to_the_top(tree, measure, keep);
    leave_out_imprint(tree, measure, keep);
    leave_out_bare_headings(tree, shown, keep);
}

/// Takes out what is left of teasers: lists and boxes whose words are nearly all links, and below the last sentence
/// those of which most are.
fn leave_out_lists_of_links(tree: &Tree, measure: &Measure, keep: &mut [bool]) {
    let last = (1..keep.len()).rev().find(|&node| keep[node] && measure.own[node]).unwrap_or_default();
    let paragraphs = paragraphs(tree, measure, keep);
    let mut node = 1;
    while node < keep.len() {
        let list = matches!(tree.name(node), "ul" | "ol" | "div" | "section" | "table");
        let (links, density) = if node > last && tree.name(node) != "ol" { (1, 0.65) } else { (2, 0.8) };
        if keep[node]
            && list
            && measure.links[node] > links
            && measure.link_density(node) > density
            && measure.text[node] / measure.links[node] < MAX_TEXT_OF_LINK
        {
            let end = tree.nodes[node].end;
            let written = outer_list(tree, node).is_some_and(|outer| {
                outer < node && measure.reads_as_prose(outer) || paragraphs[tree.nodes[outer].parent] >= MIN_PARAGRAPHS
            });
            if !written {
                keep[node..end].fill(false);
            }
            node = end;
        } else {
            node += 1;
        }
    }
}

/// How many paragraphs of prose each node has for children.
fn paragraphs(tree: &Tree, measure: &Measure, keep: &[bool]) -> Vec<usize> {
    let mut count = vec![0; keep.len()];
    for node in (1..keep.len()).filter(|&node| keep[node] && tree.name(node) == "p" && measure.own[node]) {
        count[tree.nodes[node].parent] += 1;
    }
    count
}

/// The outermost of the lists that a list stands in, itself if it stands in none; none of them may have a name, as it is
/// written in an article.
fn outer_list(tree: &Tree, node: usize) -> Option<usize> {
    let lists = std::iter::once(node)
        .chain(tree.ancestors(node))
        .take_while(|&up| matches!(tree.name(up), "ul" | "ol" | "li"))
        .filter(|&up| tree.name(up) != "li");
    let mut outer = None;
    for list in lists {
        if tree.attribute(list, "class").or(tree.attribute(list, "id")).is_some() {
            return None;
        }
        outer = Some(list);
    }
    outer
}

/// Takes out blocks whose only words are a link to the top of the page.
fn leave_out_links_to_the_top(tree: &Tree, measure: &Measure, keep: &mut [bool]) {
    for node in 1..keep.len() {
        if keep[node]
            && tree.name(node) == "a"
            && tree.attribute(node, "href").is_some_and(|href| TOPS.contains(&href))
            && measure.text[node] == measure.text[measure.block[node]]
        {
            keep[node..tree.nodes[node].end].fill(false);
        }
    }
}

/// Takes out the last paragraph when it says who owns the page.
fn leave_out_imprint(tree: &Tree, measure: &Measure, keep: &mut [bool]) {
    let worded = |node: usize| tree.text(node).is_some_and(|text| !text.trim().is_empty());
    let Some(last) = (1..keep.len()).rev().find(|&node| keep[node] && worded(node)) else { return };
    let block = measure.block[last];
    if is_imprint(tree, block) && !measure.blocks[block] {
        keep[block..tree.nodes[block].end].fill(false);
    }
}

/// Takes out the headings of which nothing is left but themselves.
fn leave_out_bare_headings(tree: &Tree, shown: &[bool], keep: &mut [bool]) {
    let (mut kept, mut lost) = (false, usize::MAX);
    for node in (1..keep.len()).rev() {
        if is_heading(tree.name(node)) && keep[node] {
            let holder = tree.nodes[tree.nodes[node].parent].parent;
            if !kept && lost < tree.nodes[holder].end && tree.name(node) != "h1" && !is_statement(tree, node) {
                keep[node..tree.nodes[node].end].fill(false);
            }
            (kept, lost) = (false, usize::MAX);
        } else if shown[node] && tree.text(node).is_some_and(|text| !text.trim().is_empty()) {
            let in_heading = tree.ancestors(node).take(4).any(|up| is_heading(tree.name(up)));
            kept |= keep[node] && !in_heading;
            lost = if keep[node] { lost } else { node };
        }
    }
}

/// Whether a heading is a sentence: some set a quotation from the text so.
fn is_statement(tree: &Tree, node: usize) -> bool {
    let words = tree.words(node);
    ends_sentence(&words) && words.chars().count() >= MIN_STATEMENT
}
