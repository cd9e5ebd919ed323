//! What stands around the text of a page, by its element, its role and the words in its class and id.
//!
//! A word that names nothing but what stands around a text, such as `cookie`, is taken at its word. One that is given to
//! parts of a text as well, such as `teaser`, `social` or `widget`, is not believed of a part that reads as prose; and no
//! word takes a quotation away. Deliberately absent: particular sites, and what a sentence says.

use super::measure::{Measure, is_heading};
use super::tree::Tree;

/// Most nodes of a section before its heading.
const MAX_BEFORE_HEADING: usize = 12;

/// Shortest prose in an article that no word takes away, in characters.
const MIN_LONG_PROSE: usize = 400;

/// Shortest section that is believed to be named after its heading, in characters.
const MIN_SECTION: usize = 200;

const TAGS: [&str; 6] = ["nav", "aside", "footer", "menu", "form", "search"];
const ROLES: [&str; 11] = [
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

/// Words that name what stands around a text, and nothing else.
const ALWAYS: [&str; 55] = [
    "ad",
    "ads",
    "adsense",
    "advert",
    "advertisement",
    "advertising",
    "adverts",
    "breadcrumb",
    "breadcrumbs",
    "catlinks",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "donate",
    "donation",
    "editsection",
    "footer",
    "gdpr",
    "hatnote",
    "login",
    "megamenu",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "popup",
    "recirc",
    "recommend",
    "recommendations",
    "recommended",
    "related",
    "relatedarticles",
    "relatedposts",
    "replies",
    "respond",
    "sharebar",
    "shareaholic",
    "sidebar",
    "signup",
    "skip",
    "sponsor",
    "subscribe",
    "subscription",
    "taboola",
    "toolbar",
    "trending",
];

/// Words that are given to what stands around a text, and to parts of texts; in order.
const OFTEN: [&str; 27] = [
    "banner",
    "buttons",
    "copyright",
    "dropdown",
    "flyout",
    "follow",
    "jump",
    "masthead",
    "metadata",
    "noprint",
    "overlay",
    "permalink",
    "playlist",
    "print",
    "promo",
    "promoted",
    "rating",
    "rss",
    "share",
    "sharing",
    "social",
    "sponsored",
    "teaser",
    "teasers",
    "tools",
    "tweet",
    "widget",
];

/// Words that after "author" name what is told about the author of a text.
const OF_AUTHOR: [&str; 8] = ["area", "bio", "biography", "box", "card", "description", "info", "profile"];

/// Words that name what readers said about a text.
const REMARKS: [&str; 5] = ["comment", "comments", "disqus", "replies", "respond"];

/// Words that name what asks for consent, at length.
const CONSENT: [&str; 4] = ["consent", "cookie", "cookies", "gdpr"];

/// Words of a class that say what its element goes without, or what the page has elsewhere.
const NEGATIONS: [&str; 8] = ["has", "have", "no", "non", "not", "with", "without", "hide"];

/// For each node whether it stands around the text. With `remarks`, those of readers are a part of it.
pub(super) fn find(tree: &Tree, measure: &Measure, shown: &[bool], remarks: bool) -> Vec<bool> {
    let titled = (1..shown.len()).any(|node| shown[node] && tree.name(node) == "h1");
    let common = common_words(tree, measure, shown);
    let mut around = vec![false; shown.len()];
    let mut node = 1;
    while node < around.len() {
        if shown[node] && stands_around(tree, measure, (titled, remarks), &common, node) {
            let end = tree.nodes[node].end;
            around[node..end].fill(true);
            node = end;
        } else {
            node += 1;
        }
    }
    around
}

/// The words of `OFTEN` that this page gives to a third of its prose and more: a builder of pages may call every part a widget.
fn common_words(tree: &Tree, measure: &Measure, shown: &[bool]) -> Vec<&'static str> {
    // For each word the prose in what is called so, and where the last of these parts ends.
    let mut called = [(0, 0); OFTEN.len()];
    for node in (1..shown.len()).filter(|&node| shown[node] && measure.prose[node] > 0) {
        let Some(class) = tree.attribute(node, "class") else { continue };
        for word in named(Some(class), None) {
            let Ok(at) = OFTEN.binary_search(&word.as_str()) else { continue };
            let (prose, end) = &mut called[at];
            if node >= *end {
                *prose += measure.prose[node];
                *end = tree.nodes[node].end;
            }
        }
    }
    let most = called.iter().zip(OFTEN).filter(|((prose, _), _)| prose * 3 > measure.prose[0]);
    most.map(|(_, word)| word).collect()
}

fn stands_around(
    tree: &Tree,
    measure: &Measure,
    (titled, discussed): (bool, bool),
    common: &[&str],
    node: usize,
) -> bool {
    let name = tree.name(node);
    if name.is_empty() || matches!(name, "html" | "body" | "main" | "h1" | "blockquote") {
        return false;
    }
    // No word takes words out of a sentence.
    let block = measure.block[node];
    if block != node && !measure.blocks[node] && measure.own[block] {
        return false;
    }
    let class = tree.attribute(node, "class");
    // The id of a heading is there for links to it.
    let id = tree.attribute(node, "id");
    let id = id.filter(|id| !is_heading(name) && !is_called_after_heading(tree, measure, node, id));
    let mut words = named(class, id);
    if discussed {
        words.retain(|word| !REMARKS.contains(&word.as_str()));
    }
    words.retain(|word| !common.contains(&word.as_str()));
    let role = tree.attribute(node, "role").unwrap_or_default();
    if is_about_author(tree, measure, node, &words) {
        return true;
    }
    let by_word = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let by_kind = TAGS.contains(&name) || ROLES.contains(&role) || is_page_header(tree, measure, titled, node);
    let surely =
        by_kind || by_word(&ALWAYS) && !is_long_prose(tree, measure, node, by_word(&REMARKS) || by_word(&CONSENT));
    if !surely && !by_word(&OFTEN) && !by_word(&ALWAYS) {
        return false;
    }
    let remarks = by_word(&REMARKS);
    if !remarks && measure.quoted[node] * 2 > measure.text[node] {
        return false;
    }
    let caption =
        name == "figcaption" || tree.ancestors(node).any(|up| matches!(tree.name(up), "figcaption" | "figure"));
    if !surely && (caption && measure.links[node] == 0 || measure.reads_as_prose(node)) && !is_imprint(tree, node) {
        return false;
    }
    // The word says nothing when the whole page, or most of it, is called so, unless the part is a long list of links.
    let unlinked = |node: usize| measure.text[node] - measure.linked[node];
    let share = if remarks { 0.9 } else { 0.5 };
    let long_list = surely
        && measure.link_density(node) >= 0.3
        && measure.prose[0] >= MIN_LONG_PROSE
        && measure.prose[node] * 5 <= measure.prose[0];
    long_list || unlinked(node) as f32 <= share * unlinked(0) as f32
}

/// Whether a part says who wrote the text, in sentences and below others. A name alone is no such part.
fn is_about_author(tree: &Tree, measure: &Measure, node: usize, words: &[String]) -> bool {
    let pair = |pair: &[String]| match pair {
        [first, second] => {
            first == "author" && OF_AUTHOR.contains(&second.as_str()) || first == "about" && second == "author"
        }
        _ => false,
    };
    words.windows(2).any(pair)
        && measure.prose[node] > 0
        && measure.prose[node] * 4 <= measure.prose[0]
        && tree.inside(node).all(|inner| tree.name(inner) != "h1")
}

/// Whether a part of an article is long and nothing but prose: a section that has an advert in it, or stands beside a
/// side bar, is called after them too. Never so what is `surely` something else.
fn is_long_prose(tree: &Tree, measure: &Measure, node: usize, surely: bool) -> bool {
    !surely
        && measure.prose[node] >= MIN_LONG_PROSE
        && measure.prose[node] * 5 >= measure.text[node] * 4
        && measure.link_density(node) < 0.1
        && tree.ancestors(node).any(|up| matches!(tree.name(up), "article" | "main"))
}

/// Whether a `header` is the page's and not the text's, which has a title: `h1`, or another heading with a lead below it,
/// or on a page that is not `titled` by any `h1`.
fn is_page_header(tree: &Tree, measure: &Measure, titled: bool, node: usize) -> bool {
    if tree.name(node) != "header" || tree.ancestors(node).any(|up| matches!(tree.name(up), "article" | "main")) {
        return false;
    }
    let names = named(tree.attribute(node, "class"), tree.attribute(node, "id"));
    let mut heading = names.iter().any(|word| matches!(word.as_str(), "article" | "entry" | "post" | "story" | "text"));
    let (mut lead, mut controls) = (false, false);
    for inner in tree.inside(node) {
        match tree.name(inner) {
            "h1" => return false,
            "nav" | "form" | "menu" => controls = true,
            name => heading |= is_heading(name) && measure.text[inner] > 0 && measure.links[inner] == 0,
        }
        lead |= measure.own[inner];
    }
    controls || !heading || titled && !lead || measure.link_density(node) > 0.25
}

/// Whether a part begins like the line that says who owns a page.
pub(super) fn is_imprint(tree: &Tree, node: usize) -> bool {
    let first = tree.inside(node).filter_map(|inner| tree.text(inner)).map(str::trim).find(|text| !text.is_empty());
    first.is_some_and(|text| text.starts_with('©') || text.starts_with("(c)") || text.starts_with("Copyright"))
}

/// Whether an element of prose has its id from its own heading, as site builders make them: the section on
/// "Handling security-related bugs" is no list of related articles.
fn is_called_after_heading(tree: &Tree, measure: &Measure, node: usize, id: &str) -> bool {
    let letters = |words: &str| words.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let own = letters(id);
    own.len() < id.len()
        && measure.text[node] >= MIN_SECTION
        && measure.link_density(node) < 0.5
        && heading(tree, node).is_some_and(|heading| letters(&tree.words(heading)).contains(&own))
}

/// The heading that a section begins with, or is.
pub(super) fn heading(tree: &Tree, node: usize) -> Option<usize> {
    std::iter::once(node).chain(tree.inside(node).take(MAX_BEFORE_HEADING)).find(|&inner| is_heading(tree.name(inner)))
}

/// The words of an element's class and id, lower case, without those after a negation.
pub(super) fn named(class: Option<&str>, id: Option<&str>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for name in class.into_iter().chain(id).flat_map(str::split_ascii_whitespace) {
        let from = words.len();
        let mut word = String::new();
        let mut lower = false;
        for character in name.chars() {
            if !character.is_ascii_alphanumeric() || character.is_ascii_uppercase() && lower {
                words.push(std::mem::take(&mut word));
            }
            if character.is_ascii_alphanumeric() {
                word.push(character.to_ascii_lowercase());
            }
            lower = character.is_ascii_lowercase();
        }
        words.push(word);
        if NEGATIONS.contains(&words[from].as_str()) {
            words.truncate(from);
        }
    }
    words.retain(|word| word.len() > 1);
    words
}
