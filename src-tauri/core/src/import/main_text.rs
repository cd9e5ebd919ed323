//! Where the main text of a page is: the article without the menus, adverts, banners and comments around it.
//!
//! Paragraphs vote for what holds them by their length and their commas, and words that are links count against.
//! `around.rs` says what stands around; from the winner the text grows to the parts beside it that read like it, and up
//! to its title. Deliberately absent: knowledge of particular sites, and languages: nothing is judged by what a
//! sentence says.

use super::around::{self, heading, named};
use super::leftovers;
use super::measure::{MIN_SENTENCE, Measure, is_heading};
use super::tree::Tree;

/// Shortest main text that is believed, in characters; less is a page that has none.
const MIN_TEXT: usize = 200;

/// A short main text is believed when it is at least one in so many characters of all that is not around it, a long one
/// when it is one in many more.
const MIN_SHARE: usize = 4;
const LONG_TEXT: usize = 1_500;
const MIN_LONG_SHARE: usize = 12;

/// A page with less prose outside of remarks is a page of remarks, in characters.
const MIN_PROSE: usize = 400;

/// How far up a paragraph's vote goes.
const VOTE_LEVELS: usize = 5;

/// How far up from the winner parts of the text are looked for.
const PART_LEVELS: usize = 5;

/// A neighbour belongs to the main text when it has this share of its score.
const NEIGHBOUR_SHARE: f32 = 0.2;

/// Longest card that leads to another article, in characters.
const MAX_CARD: usize = 700;

/// Most characters between a title and its text.
const MAX_LEAD: usize = 3_000;

/// Most names of a class that are compared.
const MAX_NAMES: usize = 32;

/// A class with so many names says of what kind its element is.
const MIN_KIND: usize = 4;

/// Most of a headed part that may be links.
const MAX_LINKED: f32 = 0.1;

/// Longest title in characters.
const MAX_TITLE: usize = 300;

/// Words in a class or an id that name the text itself.
const TEXT_WORDS: [&str; 12] =
    ["article", "articlebody", "body", "content", "entry", "hentry", "main", "page", "post", "story", "text", "blog"];

/// A page while its main text is looked for.
struct Search<'a> {
    tree: &'a Tree,
    /// What a reader sees, and what of it does not stand around the text.
    shown: &'a [bool],
    inside: Vec<bool>,
    /// Of what does not stand around.
    measure: Measure,
    scores: Vec<f32>,
}

/// For each node whether it belongs to the main text; `None` when the page has none that stands out.
pub(super) fn find(tree: &Tree, shown: &[bool]) -> Option<Vec<bool>> {
    let all = Measure::of(tree, shown);
    let outside = |around: Vec<bool>| -> Vec<bool> {
        shown.iter().zip(around).map(|(&shown, around)| shown && !around).collect()
    };
    let mut inside = outside(around::find(tree, &all, shown, false));
    let mut measure = Measure::of(tree, &inside);
    if measure.prose[0] < MIN_PROSE && all.prose[0] > MIN_PROSE {
        // Where people discuss, their remarks are the text.
        inside = outside(around::find(tree, &all, shown, true));
        measure = Measure::of(tree, &inside);
    }
    let scores = scores(tree, &measure, &inside);
    Search { tree, shown, inside, measure, scores }.run()
}

impl Search<'_> {
    fn run(self) -> Option<Vec<bool>> {
        let Search { tree, measure, scores, .. } = &self;
        let top = (1..scores.len())
            .filter(|&node| scores[node] > 0.0)
            .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))?;
        let roots = self.roots(top);
        let mut keep = vec![false; self.shown.len()];
        for &root in &roots {
            let whole = root..tree.nodes[root].end;
            keep[whole.clone()].copy_from_slice(&self.inside[whole]);
        }
        self.keep_title_and_lead(roots.iter().copied().min().unwrap_or(top), &mut keep);
        self.leave_out_cards(&roots, &mut keep);
        leftovers::take_out(tree, measure, self.shown, &mut keep);
        let kept: usize = (0..keep.len())
            .filter(|&node| keep[node] && tree.text(node).is_some())
            .map(|node| measure.text[node])
            .sum();
        // Lists of links say nothing about what is missing.
        let all = measure.text[0] - measure.linked[0];
        let share = if kept < LONG_TEXT { MIN_SHARE } else { MIN_LONG_SHARE };
        if kept < MIN_TEXT || kept * share < all {
            // No part stands out: everything but what stands around it, if that is a text.
            return (all >= MIN_TEXT).then_some(self.inside);
        }
        Some(keep)
    }

    /// The parts that make up the main text: the winner, or the article around it, and what beside it reads like it.
    fn roots(&self, top: usize) -> Vec<usize> {
        let tree = self.tree;
        let is_article =
            |node: &usize| tree.name(*node) == "article" || tree.attribute(*node, "role") == Some("article");
        let mut top = match std::iter::once(top).chain(tree.ancestors(top)).filter(is_article).last() {
            Some(article) => article,
            None => self.holder(top),
        };
        let mut roots = vec![top];
        for level in 0..PART_LEVELS {
            // What holds nothing else is the text too, and may have neighbours.
            while tree.nodes[top].parent != 0
                && tree.name(tree.nodes[top].parent) != "body"
                && self.worded_children(tree.nodes[top].parent).take(2).count() == 1
            {
                top = tree.nodes[top].parent;
            }
            let parent = tree.nodes[top].parent;
            let article = is_article(&top);
            let parts: Vec<usize> = self
                .worded_children(parent)
                .filter(|&child| {
                    child == top
                        || !self.is_card(child)
                            && (self.is_alike(child, top, level > 0)
                                || child > top && !article && self.leads_nowhere(child)
                                || level == 0 && !article && self.is_neighbour(child, top))
                })
                .collect();
            let bound = parent == 0 || matches!(tree.name(parent), "body" | "html");
            // Below the last part its like may hold no sentence: a table, or a list of figures.
            let after = parts.last().copied().unwrap_or(top);
            let more = self.worded_children(parent).filter(|&child| child > after).take_while(|&child| {
                self.is_named_like(child, after, level == 0 && !bound)
                    && !self.is_card(child)
                    && self.measure.link_density(child) < 0.3
            });
            let mut more: Vec<usize> = more.collect();
            // A heading may have a part for itself above the first one.
            let before = parts.first().copied().unwrap_or(top);
            let above = self.worded_children(parent).take_while(|&child| child < before).last();
            more.extend(above.filter(|&child| {
                self.is_named_like(child, before, false) && self.is_headed(child) && !self.is_card(child)
            }));
            let (first, last) = (parts.iter().min().copied(), parts.iter().max().copied());
            // Above the winner, what leads up to it is no part: only what stands beside it.
            roots.extend(parts.into_iter().filter(|&part| level == 0 || part != top));
            roots.extend(more);
            // What stands between two parts of the text is a part of it: a picture with its caption, a short remark.
            let between = |child: &usize| Some(*child) > first && Some(*child) < last;
            let kept = |child: &usize| !self.is_card(*child) && self.measure.link_density(*child) < 0.5;
            roots.extend(self.worded_children(parent).filter(between).filter(kept).filter(|&child| child != top));
            if bound {
                break;
            }
            top = parent;
        }
        roots
    }

    /// The children of a node that have words which do not stand around.
    fn worded_children(&self, node: usize) -> impl Iterator<Item = usize> {
        self.tree.children(node).filter(|&child| self.inside[child] && self.measure.text[child] > 0)
    }

    /// A holder of several parts that score alike is the text, not its best part.
    fn holder(&self, top: usize) -> usize {
        let Search { tree, measure, scores, inside, .. } = self;
        for holder in tree.ancestors(top).take(VOTE_LEVELS) {
            if matches!(tree.name(holder), "body" | "html") {
                break;
            }
            let alike = tree.inside(holder).filter(|&node| inside[node] && scores[node] >= scores[top] * 0.75).count();
            if alike >= 3 && measure.link_density(holder) < 0.3 {
                return holder;
            }
        }
        top
    }

    /// Whether a part is of the same kind as another: the same element, called alike, and with sentences in it. Above
    /// the holder of the text only what has a name of its own is compared.
    fn is_alike(&self, part: usize, other: usize, above: bool) -> bool {
        let Search { tree, measure, .. } = self;
        if tree.name(part) != tree.name(other) || measure.text[part] < MIN_SENTENCE || measure.link_density(part) > 0.4
        {
            return false;
        }
        let holder = tree.nodes[part].parent;
        let in_main = tree.name(part) == "section"
            && (tree.name(holder) == "main" || tree.attribute(holder, "role") == Some("main"));
        // Articles are called by what they are about.
        let same = in_main || tree.name(part) == "article" || self.shares_names(part, other);
        let nameless = tree.attribute(part, "class").is_none_or(|class| class.trim().is_empty());
        let section = matches!(tree.name(part), "section" | "article");
        let headed = section && heading(tree, part).is_some() || tree.name(part) == "div" && self.is_headed(part);
        same && (!nameless || section || !above) && (measure.reads_as_prose(part) || !above && headed)
    }

    /// Whether a part is the same element as another, with the same names; with none only when that is enough.
    fn is_named_like(&self, part: usize, other: usize, nameless: bool) -> bool {
        let names = |node| self.tree.attribute(node, "class").unwrap_or_default().trim();
        let same = names(part) == names(other) && (nameless || !names(part).is_empty());
        // Builders of pages give each part a name of its own beside those of its kind.
        let kind =
            || names(part).split_ascii_whitespace().nth(MIN_KIND - 1).is_some() && self.shares_names(part, other);
        self.tree.name(part) == self.tree.name(other) && (same || kind())
    }

    /// Whether two parts have two of three names in common.
    fn shares_names(&self, part: usize, other: usize) -> bool {
        let names =
            |node| self.tree.attribute(node, "class").unwrap_or_default().split_ascii_whitespace().take(MAX_NAMES);
        let shared = names(part).filter(|name| names(other).any(|there| there == *name)).count();
        shared * 3 >= 2 * names(part).count().max(names(other).count())
    }

    fn is_headed(&self, part: usize) -> bool {
        heading(self.tree, part).is_some_and(|heading| self.measure.links[heading] == 0)
    }

    /// Whether a part of what the page calls its main text has headings, none of them a link, and hardly a link elsewhere.
    fn leads_nowhere(&self, part: usize) -> bool {
        let Search { tree, measure, .. } = self;
        let headings = || tree.inside(part).filter(|&inner| is_heading(tree.name(inner)) && self.inside[inner]);
        measure.link_density(part) < MAX_LINKED
            && measure.text[part] >= MIN_TEXT
            && tree.ancestors(part).any(|up| tree.name(up) == "main" || tree.attribute(up, "role") == Some("main"))
            && headings().next().is_some()
            && headings().all(|heading| measure.links[heading] == 0)
    }

    /// Whether a part beside the winner belongs to it.
    fn is_neighbour(&self, part: usize, top: usize) -> bool {
        let Search { tree, measure, scores, .. } = self;
        let limit = (scores[top] * NEIGHBOUR_SHARE).max(10.0);
        let density = measure.link_density(part);
        let prose = match tree.name(part) {
            "p" | "pre" | "blockquote" => measure.own[part] || measure.text[part] >= 80 && density < 0.25,
            "ul" | "ol" | "table" => measure.text[part] >= 80 && density < 0.25,
            // A lead that stands before the text.
            "div" | "section" | "header" => part < top && measure.reads_as_prose(part) && density < 0.25,
            name => is_heading(name) && density < 0.5,
        };
        scores[part] >= limit || prose
    }

    /// Whether a part is a card that leads to another article: short, and its heading is a link.
    fn is_card(&self, part: usize) -> bool {
        let Search { tree, measure, .. } = self;
        measure.text[part] <= MAX_CARD
            && !matches!(tree.name(part), "p" | "ul" | "ol" | "table")
            && (measure.link_density(part) >= 0.5
                || !is_heading(tree.name(part))
                    && heading(tree, part).is_some_and(|heading| {
                        let above = tree
                            .ancestors(heading)
                            .take_while(|&up| up >= part)
                            .any(|up| measure.links[up] == 1 && tree.name(up) == "a");
                        above || measure.link_density(heading) > 0.5
                    }))
    }

    /// Keeps the title above the text, and the prose between the two.
    fn keep_title_and_lead(&self, first: usize, keep: &mut [bool]) {
        let Search { tree, measure, shown, .. } = self;
        let is_title = |node: usize| (1..=MAX_TITLE).contains(&tree.words(node).chars().count());
        let titled = (0..keep.len()).any(|node| keep[node] && tree.name(node) == "h1");
        let mut title = None;
        if !titled {
            title = (1..first).rev().find(|&node| shown[node] && tree.name(node) == "h1" && is_title(node));
            title = title.or_else(|| {
                let headings =
                    (1..first).rev().filter(|&node| self.inside[node] && matches!(tree.name(node), "h2" | "h3"));
                headings.take(4).find(|&node| {
                    measure.links[node] == 0
                        && is_title(node)
                        && tree.ancestors(node).any(|up| tree.name(up) == "header" && tree.nodes[up].end <= first)
                })
            });
        }
        let Some(title) = title else { return };
        let end = tree.nodes[title].end;
        keep[title..end].copy_from_slice(&shown[title..end]);
        let between = (end..first).filter(|&node| tree.text(node).is_some()).map(|node| measure.text[node]);
        if measure.link_density(title) > 0.5 || between.sum::<usize>() > MAX_LEAD {
            return;
        }
        let mut node = end;
        while node < first {
            if self.inside[node] && tree.nodes[node].end <= first && !tree.name(node).is_empty() && self.is_card(node) {
                node = tree.nodes[node].end;
                continue;
            }
            keep[node] |= self.inside[node] && measure.own[measure.block[node]];
            node += 1;
        }
    }

    /// Takes out the cards inside the text.
    fn leave_out_cards(&self, roots: &[usize], keep: &mut [bool]) {
        let mut node = 1;
        while node < keep.len() {
            let end = self.tree.nodes[node].end;
            if keep[node] && self.tree.name(node) == "article" && !roots.contains(&node) && self.is_card(node) {
                keep[node..end].fill(false);
                node = end;
            } else {
                node += 1;
            }
        }
    }
}

/// What each node gets from the paragraphs in it.
fn scores(tree: &Tree, measure: &Measure, inside: &[bool]) -> Vec<f32> {
    let mut scores = vec![0.0_f32; inside.len()];
    for node in (1..inside.len()).filter(|&node| inside[node]) {
        let paragraph = match tree.name(node) {
            "p" | "pre" | "td" | "blockquote" => !measure.blocks[node] || tree.name(node) == "pre",
            "div" | "section" | "article" | "dd" | "center" | "body" | "font" => {
                !measure.blocks[node] || loose(tree, measure, node)
            }
            _ => false,
        };
        if !paragraph || measure.text[node] < MIN_SENTENCE {
            continue;
        }
        let vote = 1.0 + measure.commas[node] as f32 + (measure.text[node] as f32 / 100.0).min(3.0);
        // Words that stand in a container of their own vote for it as well.
        let own = if matches!(tree.name(node), "p" | "pre" | "blockquote") { None } else { Some(node) };
        for (level, holder) in own.into_iter().chain(tree.ancestors(node)).take(VOTE_LEVELS).enumerate() {
            let share = match level {
                0 => 1.0,
                1 => 0.5,
                _ => 1.0 / (3.0 * level as f32),
            };
            scores[holder] += vote * share;
        }
    }
    for node in (1..scores.len()).filter(|&node| inside[node]) {
        if scores[node] > 0.0 {
            scores[node] = (scores[node] + bonus(tree, node)) * (1.0 - measure.link_density(node));
        }
    }
    scores
}

/// Whether a container has words of its own between its blocks: old pages part paragraphs by line breaks.
fn loose(tree: &Tree, measure: &Measure, node: usize) -> bool {
    tree.children(node).filter(|&child| tree.text(child).is_some()).map(|child| measure.text[child]).sum::<usize>() * 2
        > measure.text[node]
}

fn bonus(tree: &Tree, node: usize) -> f32 {
    let tag: f32 = match tree.name(node) {
        "article" => 10.0,
        "div" | "section" | "main" => 5.0,
        "pre" | "td" | "blockquote" => 3.0,
        "address" | "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form" => -3.0,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => -5.0,
        _ => 0.0,
    };
    let named = named(tree.attribute(node, "class"), tree.attribute(node, "id"))
        .iter()
        .any(|word| TEXT_WORDS.contains(&word.as_str()));
    let body = tree.attribute(node, "itemprop").is_some_and(|value| value.split(' ').any(|item| item == "articleBody"));
    tag + if named { 15.0 } else { 0.0 } + if body { 50.0 } else { 0.0 }
}
