//! Where the main text of a page is: the article without the menus, adverts, banners and comments around it.
//!
//! Paragraphs vote for what holds them by their length and their commas, words that are links count against, and so do
//! names that site builders give to everything else. Deliberately absent: knowledge of particular sites, and languages:
//! nothing is judged by what a sentence says.

use super::tree::Tree;

/// Shortest paragraph that has a vote, in characters.
const MIN_PARAGRAPH: usize = 25;

/// Shortest main text that is believed, in characters; less is a page that has none.
const MIN_TEXT: usize = 200;

/// The main text is believed when it is at least one in so many characters of all that is not around it.
const MIN_SHARE: usize = 4;

/// Most nodes of a section before its heading.
const MAX_BEFORE_HEADING: usize = 12;

/// How far up a paragraph's vote goes.
const VOTE_LEVELS: usize = 5;

/// A neighbour belongs to the main text when it has this share of its score.
const NEIGHBOUR_SHARE: f32 = 0.2;

/// Elements and roles that stand around a text.
const AROUND_TAGS: [&str; 6] = ["nav", "aside", "footer", "menu", "form", "search"];
const AROUND_ROLES: [&str; 11] = [
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "alert",
];

/// Words in a class or an id that name what stands around a text.
const AROUND_WORDS: [&str; 76] = [
    "ad",
    "ads",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "adsense",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "catlinks",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "disqus",
    "donate",
    "donation",
    "dropdown",
    "editsection",
    "flyout",
    "follow",
    "footer",
    "gdpr",
    "hatnote",
    "jump",
    "login",
    "masthead",
    "megamenu",
    "menu",
    "metadata",
    "modal",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "noprint",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "permalink",
    "popup",
    "promo",
    "promoted",
    "playlist",
    "rating",
    "teaser",
    "teasers",
    "recirc",
    "recommend",
    "recommendations",
    "recommended",
    "related",
    "replies",
    "respond",
    "rss",
    "share",
    "sharebar",
    "sharing",
    "shareaholic",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "toolbar",
    "trending",
    "widget",
];

/// Words in a class or an id that name the text itself.
const TEXT_WORDS: [&str; 12] =
    ["article", "articlebody", "body", "content", "entry", "hentry", "main", "page", "post", "story", "text", "blog"];

/// Elements that part words into paragraphs.
const BLOCKS: [&str; 29] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "tr",
    "ul",
];

/// What is known about each node.
struct Measure {
    /// Characters that are seen, without white space at the edges of text nodes; an ideograph counts for two.
    text: Vec<usize>,
    /// Those in links.
    linked: Vec<usize>,
    links: Vec<usize>,
    commas: Vec<usize>,
    /// Whether a paragraph ends somewhere inside.
    blocks: Vec<bool>,
}

impl Measure {
    fn of(tree: &Tree, shown: &[bool]) -> Measure {
        let count = tree.nodes.len();
        let mut measure = Measure {
            text: vec![0; count],
            linked: vec![0; count],
            links: vec![0; count],
            commas: vec![0; count],
            blocks: vec![false; count],
        };
        for node in (1..count).rev().filter(|&node| shown[node]) {
            if let Some(text) = tree.text(node) {
                let text = text.trim();
                measure.text[node] = text.chars().map(weight).sum();
                measure.commas[node] = text.matches([',', '،', '、', '，', ';', '؛', '。']).count();
            }
            let name = tree.name(node);
            if name == "a" && tree.attribute(node, "href").is_some_and(|href| !href.starts_with('#')) {
                measure.linked[node] = measure.text[node];
                measure.links[node] = 1;
            }
            let parent = tree.nodes[node].parent;
            measure.text[parent] += measure.text[node];
            measure.linked[parent] += measure.linked[node];
            measure.links[parent] += measure.links[node];
            measure.commas[parent] += measure.commas[node];
            measure.blocks[parent] |= measure.blocks[node] || BLOCKS.contains(&name);
        }
        measure
    }

    fn link_density(&self, node: usize) -> f32 {
        if self.text[node] == 0 { 0.0 } else { self.linked[node] as f32 / self.text[node] as f32 }
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

/// For each node whether it belongs to the main text; `None` when the page has none that stands out.
pub(super) fn find(tree: &Tree, shown: &[bool]) -> Option<Vec<bool>> {
    let measure = Measure::of(tree, shown);
    let mut around = vec![false; shown.len()];
    let mut node = 1;
    while node < around.len() {
        if shown[node] && stands_around(tree, &measure, node) {
            let end = tree.nodes[node].end;
            around[node..end].fill(true);
            node = end;
        } else {
            node += 1;
        }
    }
    let inside: Vec<bool> = shown.iter().zip(&around).map(|(&shown, &around)| shown && !around).collect();
    let measure = Measure::of(tree, &inside);
    let scores = scores(tree, &measure, &inside);
    let top = (1..scores.len())
        .filter(|&node| scores[node] > 0.0)
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))?;
    let roots = roots(tree, &measure, &scores, &inside, top);

    let mut keep = vec![false; shown.len()];
    for &root in &roots {
        let whole = root..tree.nodes[root].end;
        keep[whole.clone()].copy_from_slice(&inside[whole]);
    }
    let first = roots.iter().copied().min().unwrap_or(top);
    let titled = (0..keep.len()).any(|node| keep[node] && tree.name(node) == "h1");
    if !titled
        && let Some(title) =
            (1..first).rev().find(|&node| shown[node] && tree.name(node) == "h1" && measure_title(tree, node))
    {
        let whole = title..tree.nodes[title].end;
        keep[whole.clone()].copy_from_slice(&shown[whole]);
    }
    leave_out_lists_of_links(tree, &measure, &mut keep);
    let kept: usize =
        (0..keep.len()).filter(|&node| keep[node] && tree.text(node).is_some()).map(|node| measure.text[node]).sum();
    // Lists of links say nothing about what is missing.
    let all = measure.text[0] - measure.linked[0];
    if kept < MIN_TEXT || kept * MIN_SHARE < all {
        // No part stands out: everything but what stands around it, if that is a text.
        return (all >= MIN_TEXT).then_some(inside);
    }
    Some(keep)
}

fn measure_title(tree: &Tree, node: usize) -> bool {
    (1..=300).contains(&tree.words(node).chars().count())
}

fn stands_around(tree: &Tree, measure: &Measure, node: usize) -> bool {
    let name = tree.name(node);
    if name.is_empty() || matches!(name, "html" | "body" | "main" | "h1") {
        return false;
    }
    let class = tree.attribute(node, "class");
    let id = tree.attribute(node, "id").filter(|id| !is_called_after_heading(tree, measure, node, id));
    let words = named(class, id);
    let role = tree.attribute(node, "role").unwrap_or_default();
    let by_word = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let by_name = by_word(&AROUND_WORDS);
    let by_tag = AROUND_TAGS.contains(&name) || AROUND_ROLES.contains(&role);
    let page_header = name == "header"
        && !tree.ancestors(node).any(|up| matches!(tree.name(up), "article" | "main"))
        && !tree.inside(node).any(|inner| tree.name(inner) == "h1");
    if !by_name && !by_tag && !page_header {
        return false;
    }
    // Whoever names the whole page, or most of it, by such a word does not mean it.
    let prose = |node: usize| measure.text[node] - measure.linked[node];
    let share = if by_word(&["comment", "comments", "disqus", "replies", "respond"]) { 0.9 } else { 0.5 };
    prose(node) as f32 <= share * prose(0) as f32
}

/// Whether an element of prose has its id from its own heading, as site builders make them: the section on
/// "Handling security-related bugs" is no list of related articles.
fn is_called_after_heading(tree: &Tree, measure: &Measure, node: usize, id: &str) -> bool {
    let letters = |words: &str| words.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let own = letters(id);
    own.len() < id.len()
        && measure.text[node] >= MIN_TEXT
        && measure.link_density(node) < 0.5
        && heading(tree, node).is_some_and(|heading| letters(&tree.words(heading)).contains(&own))
}

/// The heading that a section begins with, or is.
fn heading(tree: &Tree, node: usize) -> Option<usize> {
    let is_heading = |&inner: &usize| matches!(tree.name(inner), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    std::iter::once(node).chain(tree.inside(node).take(MAX_BEFORE_HEADING)).find(is_heading)
}

/// The words of an element's class and id, lower case.
fn named(class: Option<&str>, id: Option<&str>) -> Vec<String> {
    let mut words = Vec::new();
    for text in class.into_iter().chain(id) {
        let mut word = String::new();
        let mut lower = false;
        for character in text.chars() {
            if !character.is_ascii_alphanumeric() || character.is_ascii_uppercase() && lower {
                words.push(std::mem::take(&mut word));
            }
            if character.is_ascii_alphanumeric() {
                word.push(character.to_ascii_lowercase());
            }
            lower = character.is_ascii_lowercase();
        }
        words.push(word);
    }
    words.retain(|word| word.len() > 1);
    words
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
        if !paragraph || measure.text[node] < MIN_PARAGRAPH {
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

/// The parts that make up the main text: the winner, or the article around it, and its neighbours that read like it.
fn roots(tree: &Tree, measure: &Measure, scores: &[f32], inside: &[bool], top: usize) -> Vec<usize> {
    let articles: Vec<usize> = std::iter::once(top)
        .chain(tree.ancestors(top))
        .filter(|&node| tree.name(node) == "article" || tree.attribute(node, "role") == Some("article"))
        .collect();
    if let Some(&article) = articles.last() {
        return vec![article];
    }
    let mut top = top;
    // A holder of several parts that score alike is the text, not its best part.
    for holder in tree.ancestors(top).take(VOTE_LEVELS) {
        if tree.name(holder) == "body" || tree.name(holder) == "html" {
            break;
        }
        let alike = tree.inside(holder).filter(|&node| inside[node] && scores[node] >= scores[top] * 0.75).count();
        if alike >= 3 && measure.link_density(holder) < 0.3 {
            top = holder;
            break;
        }
    }
    // What holds nothing else is the text too, and may have neighbours.
    while tree.nodes[top].parent != 0
        && tree.name(tree.nodes[top].parent) != "body"
        && tree.children(tree.nodes[top].parent).filter(|&child| measure.text[child] > 0).count() == 1
    {
        top = tree.nodes[top].parent;
    }
    let parent = tree.nodes[top].parent;
    let limit = (scores[top] * NEIGHBOUR_SHARE).max(10.0);
    // Beside a long section of a report stand short ones, which have a heading and are called alike.
    let section = |node: usize| {
        let named = matches!(tree.name(node), "section" | "div") && heading(tree, node).is_some();
        named.then(|| (tree.name(node), tree.attribute(node, "class")))
    };
    tree.children(parent)
        .filter(|&child| {
            let long = measure.text[child] >= 80 && measure.link_density(child) < 0.25;
            let prose = matches!(tree.name(child), "p" | "pre" | "blockquote" | "ul" | "ol" | "table") && long;
            let heading = matches!(tree.name(child), "h1" | "h2" | "h3" | "h4") && measure.link_density(child) < 0.5;
            let alike = section(child).is_some_and(|kind| section(top) == Some(kind))
                && measure.text[child] >= MIN_PARAGRAPH
                && measure.link_density(child) < 0.6;
            child == top || inside[child] && (scores[child] >= limit || prose || heading || alike)
        })
        .collect()
}

/// Takes out what is left of teasers: lists and boxes whose words are nearly all links.
fn leave_out_lists_of_links(tree: &Tree, measure: &Measure, keep: &mut [bool]) {
    let mut node = 1;
    while node < keep.len() {
        let list = matches!(tree.name(node), "ul" | "ol" | "div" | "section" | "table");
        if keep[node]
            && list
            && measure.links[node] > 2
            && measure.link_density(node) > 0.8
            && measure.text[node] / measure.links[node] < 100
        {
            let end = tree.nodes[node].end;
            keep[node..end].fill(false);
            node = end;
        } else {
            node += 1;
        }
    }
}
