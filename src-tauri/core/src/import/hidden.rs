//! What of a page nobody sees: scripts, styles, controls, and text that is hidden by markup or by a style.
//!
//! A hidden sentence that an analyst can't see in the browser must not become part of the text. Nor may a word get lost
//! that is seen: what is kept from screen readers only, what fades in, and what stands on a button that is a part of the
//! text. Deliberately absent: sheets in other files.

use super::around::named;
use super::measure::is_heading;
use super::sheet::Sheet;
use super::tree::Tree;

/// Parts of the names of classes by which frameworks keep words for screen readers only.
const SCREEN_READER: [&str; 9] = [
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "hiddenvisually",
    "screen-reader",
    "screenreader",
    "off-screen",
    "offscreen",
    "element-invisible",
];

/// Other such classes, as a whole.
const SCREEN_READER_NAMES: [&str; 6] =
    ["show-for-sr", "a11y-hidden", "a11y-text", "assistive-text", "hidden-visually", "only-sr"];

/// Words in a class or an id of what is closed until it is asked for, or stands there twice for a slide show. Together
/// with a note for screen readers that it isn't there, nobody sees it.
const CLOSED: [&str; 30] = [
    "backdrop",
    "clone",
    "cloned",
    "consent",
    "cookie",
    "cookies",
    "dialog",
    "drawer",
    "dropdown",
    "duplicate",
    "flyout",
    "glyph",
    "icon",
    "icons",
    "lightbox",
    "loader",
    "megamenu",
    "menu",
    "modal",
    "nav",
    "navigation",
    "offcanvas",
    "overlay",
    "placeholder",
    "popup",
    "search",
    "skeleton",
    "symbols",
    "toast",
    "tooltip",
];

/// Words in a class of what fades in when it comes into sight, and beginnings of attributes that say how.
const FADES: [&str; 9] = ["animate", "animated", "aos", "appear", "fade", "motion", "reveal", "scroll", "wow"];
const FADE_ATTRIBUTES: [&str; 9] = [
    "data-aos",
    "data-w-id",
    "data-animat",
    "data-framer-appear",
    "data-motion",
    "data-reveal",
    "data-sal",
    "data-scroll",
    "data-wow",
];

/// Parts that are hidden from screen readers, or by their opacity, and hold more than one in so many characters of the
/// page are the page: behind a dialog that was open when it was saved, or not yet faded in.
const WHOLE_PAGE_SHARE: usize = 4;

/// Most nodes of a formula that are looked at.
const MAX_FORMULA: usize = 64;

/// Shortest words on a button that opens what stands below, in bytes: shorter ones are controls.
const MIN_OPENER: usize = 12;

/// Pixels beyond the edge from which on nothing is seen.
const OFF_SCREEN: f32 = -500.0;

/// For each node whether a reader sees it.
pub(super) fn shown(tree: &Tree) -> Vec<bool> {
    let page = Page::read(tree);
    let mut shown = vec![true; tree.nodes.len()];
    let mut node = 0;
    while node < shown.len() {
        let name = tree.name(node);
        if !name.is_empty() && page.hides(node, name) {
            let end = tree.nodes[node].end;
            shown[node..end].fill(false);
            node = end;
        } else {
            node += 1;
        }
    }
    shown
}

/// What has to be known about a page before it can be said what of it is seen.
struct Page<'a> {
    tree: &'a Tree,
    sheet: Sheet,
    /// Bytes of text in each node.
    sizes: Vec<usize>,
    /// The node before each one under the same parent; 0 for the first.
    before: Vec<usize>,
    /// Whether most of the page is transparent in its markup, and so fades in.
    fades: bool,
}

impl Page<'_> {
    fn read(tree: &Tree) -> Page<'_> {
        let count = tree.nodes.len();
        let mut sizes = vec![0; count];
        for node in (1..count).rev() {
            sizes[node] += tree.text(node).map_or(0, |text| text.trim().len());
            // What is never a part of the text has no share in the page.
            if !is_never_seen(tree.name(node)) && !matches!(tree.name(node), "noscript" | "template") {
                sizes[tree.nodes[node].parent] += sizes[node];
            }
        }
        let mut before = vec![0; count];
        let mut last = vec![0; count];
        let (mut transparent, mut end) = (0, 0);
        for node in 1..count {
            before[node] = std::mem::replace(&mut last[tree.nodes[node].parent], node);
            if node >= end
                && tree.attribute(node, "style").is_some_and(|style| inline(style) == Some(Seen::Transparent))
            {
                transparent += sizes[node];
                end = tree.nodes[node].end;
            }
        }
        let fades = transparent * WHOLE_PAGE_SHARE >= sizes[0];
        Page { tree, sheet: Sheet::read(tree), sizes, before, fades }
    }

    fn hides(&self, node: usize, name: &str) -> bool {
        let tree = self.tree;
        let attribute = |name| tree.attribute(node, name);
        if name == "dialog" && attribute("open").is_some() {
            return false;
        }
        if is_never_seen(name) {
            return true;
        }
        match name {
            "html" | "body" => return false,
            "template" if !tree.is_shadow_root(node) => return true,
            // With scripts it is not shown, and without markup in it, it asks for them.
            "noscript" if tree.inside(node).all(|inner| tree.name(inner).is_empty()) => return true,
            "button" if !self.is_worded(node) => return true,
            _ => {}
        }
        if attribute("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found")) {
            return true;
        }
        let classes = attribute("class").unwrap_or_default();
        if attribute("aria-hidden") == Some("true") && self.is_decoration(node, name, classes) {
            return true;
        }
        if classes.split_ascii_whitespace().any(is_for_screen_readers) {
            return true;
        }
        match attribute("style").and_then(inline) {
            Some(Seen::Transparent) => !self.fades && !self.is_moved(node) && !self.is_animated(node),
            Some(Seen::Invisible) => !self.is_animated(node),
            Some(seen) => seen == Seen::No,
            None => self.sheet.hides(name, attribute("id").unwrap_or_default(), classes),
        }
    }

    /// Whether what is kept from screen readers is kept from everybody: it has no words, or they are a sign's name, or it
    /// is closed, or formulas that stand there a second time.
    fn is_decoration(&self, node: usize, name: &str, classes: &str) -> bool {
        let tree = self.tree;
        if self.sizes[node] * WHOLE_PAGE_SHARE >= self.sizes[0] {
            return false;
        }
        let lettered = |inner| tree.text(inner).is_some_and(|text| text.contains(char::is_alphanumeric));
        if !tree.inside(node).any(lettered) {
            return true;
        }
        let id = tree.attribute(node, "id");
        let closed = named(Some(classes), id).iter().any(|word| CLOSED.contains(&word.as_str()))
            || matches!(name, "nav" | "aside" | "form" | "menu")
            || tree.attribute(node, "role").is_some_and(|role| CLOSED.contains(&role));
        let formula =
            |beside: usize| (beside..tree.nodes[beside].end).take(MAX_FORMULA).any(|inner| tree.name(inner) == "math");
        let before = self.before[node];
        let after = tree.nodes[node].end;
        let sibling = after < tree.nodes[tree.nodes[node].parent].end;
        closed || before != 0 && formula(before) || sibling && formula(after)
    }

    /// Whether the words on a button are a part of the text: it is a heading or stands in one, opens what stands below,
    /// or stands inside a sentence.
    fn is_worded(&self, node: usize) -> bool {
        let tree = self.tree;
        let titles = |inner: usize| {
            is_heading(tree.name(inner))
                || matches!(tree.name(inner), "summary" | "legend" | "dt" | "th" | "caption")
                || tree.attribute(inner, "role") == Some("heading")
        };
        if tree.ancestors(node).take(4).any(titles) || tree.inside(node).any(titles) {
            return true;
        }
        let opens = tree.attribute(node, "aria-expanded").is_some() && tree.attribute(node, "aria-haspopup").is_none();
        if opens && !tree.ancestors(node).any(|up| matches!(tree.name(up), "nav" | "header" | "footer" | "form")) {
            return self.sizes[node] >= MIN_OPENER;
        }
        // What follows in the same paragraph goes on with its sentence.
        let after = tree.nodes[node].end;
        let parent = tree.nodes[node].parent;
        let goes_on = after < tree.nodes[parent].end && tree.text(after).is_some_and(|text| !text.trim().is_empty());
        let begun = tree.text(self.before[node]).is_some_and(|text| !text.trim().is_empty());
        goes_on && (begun || tree.name(parent) == "p")
    }

    /// Whether the style of a transparent element says how it comes into sight.
    fn is_moved(&self, node: usize) -> bool {
        let style = self.tree.attribute(node, "style").unwrap_or_default().to_ascii_lowercase();
        ["transform", "transition", "will-change", "filter"].iter().any(|word| style.contains(word))
    }

    /// Whether an element says that it comes into sight when it is scrolled to.
    fn is_animated(&self, node: usize) -> bool {
        let tree = self.tree;
        tree.attribute(node, "style").is_some_and(|style| style.to_ascii_lowercase().contains("animation"))
            || tree.has_attribute_that_begins(node, &FADE_ATTRIBUTES)
            || named(tree.attribute(node, "class"), None).iter().any(|word| FADES.contains(&word.as_str()))
    }
}

/// Elements whose content is never part of the text.
fn is_never_seen(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "title"
            | "script"
            | "style"
            | "iframe"
            | "frameset"
            | "noframes"
            | "noembed"
            | "object"
            | "embed"
            | "applet"
            | "video"
            | "audio"
            | "canvas"
            | "svg"
            | "select"
            | "datalist"
            | "textarea"
            | "input"
            | "meter"
            | "progress"
            | "map"
            | "area"
            | "link"
            | "meta"
            | "base"
            | "param"
            | "source"
            | "track"
            | "rt"
            | "rp"
            | "rtc"
            | "annotation"
            | "annotation-xml"
            | "dialog"
            | "basefont"
            | "bgsound"
            | "keygen"
            | "portal"
            | "fencedframe"
            | "menuitem"
            | "optgroup"
            | "option"
    )
}

/// Whether a class keeps its words for screen readers.
fn is_for_screen_readers(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let undone = class.contains(':') || class.starts_with("not-");
    !undone && (SCREEN_READER.iter().any(|part| class.contains(part)) || SCREEN_READER_NAMES.contains(&class.as_str()))
}

/// How far a style attribute lets its element be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Yes,
    No,
    /// Not as long as it is transparent.
    Transparent,
    /// Not as long as its visibility is hidden.
    Invisible,
}

/// Whether a style attribute hides or expressly shows; `None` when it says neither.
fn inline(style: &str) -> Option<Seen> {
    let style = style.to_ascii_lowercase();
    let (mut displayed, mut clear, mut invisible, mut dead) = (None, false, false, false);
    let (mut flat, mut clipped, mut placed, mut outside) = (false, false, false, false);
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().trim_end_matches("!important").trim();
        match property.trim() {
            "display" => displayed = Some(if value == "none" { Seen::No } else { Seen::Yes }),
            "visibility" if value == "collapse" => return Some(Seen::No),
            "visibility" => invisible |= value == "hidden",
            "opacity" => clear |= zero(value),
            "pointer-events" => dead |= value == "none",
            "font-size" if zero(value) => return Some(Seen::No),
            "color" if value == "transparent" => return Some(Seen::No),
            "mso-hide" if value == "all" => return Some(Seen::No),
            "text-indent" if pixels(value).is_some_and(|n| n <= OFF_SCREEN) => return Some(Seen::No),
            "clip" if value.replace(' ', "").starts_with("rect(0") => clipped = true,
            "clip-path" if matches!(value, "inset(50%)" | "inset(100%)" | "circle(0)") => return Some(Seen::No),
            "height" | "max-height" | "width" | "max-width" if zero(value) || value == "1px" => flat = true,
            "overflow" if matches!(value, "hidden" | "clip") => outside = true,
            "position" if matches!(value, "absolute" | "fixed") => placed = true,
            "left" | "top" | "right" | "margin-left" if pixels(value).is_some_and(|n| n <= OFF_SCREEN) => {
                return Some(Seen::No);
            }
            _ => {}
        }
    }
    if flat && outside || clipped && placed || (clear || invisible) && dead || displayed == Some(Seen::No) {
        return Some(Seen::No);
    }
    match (invisible, clear) {
        (true, _) => Some(Seen::Invisible),
        (_, true) => Some(Seen::Transparent),
        _ => displayed,
    }
}

fn pixels(value: &str) -> Option<f32> {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let scale = if value.ends_with("em") { 16.0 } else { 1.0 };
    number.parse::<f32>().ok().map(|n| n * scale)
}

fn zero(value: &str) -> bool {
    pixels(value) == Some(0.0)
}

/// A link that a heading or a legend of a table has to itself: a sign, for whoever wants its address.
pub(super) fn is_own_link(tree: &Tree, node: usize) -> bool {
    let words = tree.words(node);
    tree.attribute(node, "href").is_some_and(|href| href.starts_with('#'))
        && (1..=2).contains(&words.chars().count())
        && words.chars().all(|c| matches!(c, '#' | '¶' | '§' | '🔗' | '\u{fe0f}' | '\u{f0c1}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(source: &str) -> String {
        let tree = Tree::parse(source, false).expect("a page");
        let shown = shown(&tree);
        (0..shown.len())
            .filter(|&node| shown[node])
            .filter_map(|node| tree.text(node))
            .collect::<String>()
            .trim()
            .to_owned()
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        for hidden in [
            "<script>x</script>",
            "<style>x</style>",
            "<p hidden>x",
            "<p aria-hidden=true class=modal>x",
            "<p aria-hidden=true>›",
            "<p style='DISPLAY : none'>x",
            "<p style='visibility:hidden'>x",
            "<p style='font-size:0px'>x",
            "<p style='position:absolute;left:-9999px'>x",
            "<p style='height:0;overflow:hidden'>x",
            "<p class='sr-only'>x",
            "<template>x</template>",
            "<iframe>x</iframe>",
            "<noscript>x</noscript>",
            "<dialog>x</dialog>",
            "<button>x</button>",
            "<p style='opacity:0'>x",
            "<div style='opacity:0;transform:none;pointer-events:none'>x</div>",
            "<svg><text>x</text></svg>",
            "<object>x</object>",
            "<style>.h { color: red; display:none !important }</style><p class='a h'>x",
            "<style>p#i{display:none}</style><p id=i>x",
            "<ruby><rt>x</rt></ruby>",
        ] {
            assert_eq!(
                seen(&format!("<body><div>Seen and long enough.</div>{hidden}")),
                "Seen and long enough.",
                "{hidden}"
            );
        }
    }

    #[test]
    fn what_is_shown_stays() {
        for shown in [
            "<p hidden=until-found>x",
            "<p style='display:block'>x",
            "<p aria-hidden=false>x",
            "<p aria-hidden=true>x",
            "<h2><button>x</button></h2>",
            "<p data-aos=up style='opacity:0'>x",
            "<dialog open>x</dialog>",
            "<style>.h{display:none} .h.on{display:block}</style><p class='h on'>x",
            "<style>@media print{.h{display:none}}</style><p class=h>x",
            "<style>.closed .h{display:none}</style><p class=h>x",
            "<style>body{display:none}</style><p>x",
            "<style>.h{display:none}</style><p class=h style='display:block'>x",
        ] {
            assert_eq!(seen(&format!("<body>Seen. {shown}")), "Seen. x", "{shown}");
        }
    }
}
