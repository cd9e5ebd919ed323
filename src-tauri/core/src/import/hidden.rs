//! What of a page nobody sees: scripts, styles, controls, and text that is hidden by markup or by a style.
//!
//! A hidden sentence that an analyst can't see in the browser must not become part of the text. Style sheets inside the
//! page are read as far as they say `display: none` of a class, an id or a tag; a rule that shows something wins over one
//! that hides it as its selector is the more particular. Deliberately absent: the rest of CSS, and sheets in other files.

use super::tree::Tree;
use std::collections::HashMap;

/// Elements whose content is never part of the text.
const UNSEEN: [&str; 46] = [
    "head",
    "title",
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "frameset",
    "noframes",
    "noembed",
    "object",
    "embed",
    "applet",
    "video",
    "audio",
    "canvas",
    "svg",
    "select",
    "datalist",
    "textarea",
    "button",
    "input",
    "meter",
    "progress",
    "map",
    "area",
    "link",
    "meta",
    "base",
    "param",
    "source",
    "track",
    "rt",
    "rp",
    "rtc",
    "annotation",
    "annotation-xml",
    "dialog",
    "basefont",
    "bgsound",
    "keygen",
    "portal",
    "fencedframe",
    "menuitem",
    "optgroup",
    "option",
];

/// Classes by which common frameworks keep words for screen readers only.
const SCREEN_READER: [&str; 9] = [
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screenreader",
    "u-hiddenvisually",
    "off-screen",
    "offscreen",
    "element-invisible",
];

/// Most rules that are kept for one class, id or tag.
const MAX_RULES: usize = 256;

/// A part that is hidden from screen readers only and holds more than one in so many characters of the page is the page,
/// behind a dialog that was open when it was saved.
const WHOLE_PAGE_SHARE: usize = 4;

/// Pixels beyond the edge from which on nothing is seen.
const OFF_SCREEN: f32 = -500.0;

/// For each node whether a reader sees it.
pub(super) fn shown(tree: &Tree) -> Vec<bool> {
    let sheet = Sheet::read(tree);
    let sizes = sizes(tree);
    let mut shown = vec![true; tree.nodes.len()];
    let mut node = 0;
    while node < shown.len() {
        let name = tree.name(node);
        if !name.is_empty() && is_hidden(tree, node, name, &sheet, &sizes) {
            let end = tree.nodes[node].end;
            shown[node..end].fill(false);
            node = end;
        } else {
            node += 1;
        }
    }
    shown
}

/// Characters in each node.
fn sizes(tree: &Tree) -> Vec<usize> {
    let mut sizes = vec![0; tree.nodes.len()];
    for node in (1..sizes.len()).rev() {
        sizes[node] += tree.text(node).map_or(0, |text| text.trim().len());
        sizes[tree.nodes[node].parent] += sizes[node];
    }
    sizes
}

fn is_hidden(tree: &Tree, node: usize, name: &str, sheet: &Sheet, sizes: &[usize]) -> bool {
    let attribute = |name| tree.attribute(node, name);
    if name == "dialog" && attribute("open").is_some() {
        return false;
    }
    if UNSEEN.contains(&name) {
        return true;
    }
    if name == "html" || name == "body" {
        return false;
    }
    if attribute("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found")) {
        return true;
    }
    if attribute("aria-hidden") == Some("true") && sizes[node] * WHOLE_PAGE_SHARE < sizes[0] {
        return true;
    }
    let classes = attribute("class").unwrap_or_default();
    if !classes.is_empty()
        && classes
            .split_ascii_whitespace()
            .any(|class| SCREEN_READER.iter().any(|known| class.eq_ignore_ascii_case(known)))
    {
        return true;
    }
    match attribute("style").and_then(inline) {
        Some(hidden) => hidden,
        None => sheet.hides(name, attribute("id").unwrap_or_default(), classes),
    }
}

/// Whether a style attribute hides or expressly shows; `None` when it says neither.
fn inline(style: &str) -> Option<bool> {
    let style = style.to_ascii_lowercase();
    let mut displayed = None;
    let (mut flat, mut clipped, mut placed, mut outside) = (false, false, false, false);
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().trim_end_matches("!important").trim();
        match property.trim() {
            "display" => displayed = Some(value == "none"),
            "visibility" if matches!(value, "hidden" | "collapse") => return Some(true),
            "opacity" | "font-size" if zero(value) => return Some(true),
            "color" if value == "transparent" => return Some(true),
            "mso-hide" if value == "all" => return Some(true),
            "text-indent" if pixels(value).is_some_and(|n| n <= OFF_SCREEN) => return Some(true),
            "clip" if value.replace(' ', "").starts_with("rect(0") => clipped = true,
            "clip-path" if matches!(value, "inset(50%)" | "inset(100%)" | "circle(0)") => return Some(true),
            "height" | "max-height" | "width" | "max-width" if zero(value) || value == "1px" => flat = true,
            "overflow" if matches!(value, "hidden" | "clip") => outside = true,
            "position" if matches!(value, "absolute" | "fixed") => placed = true,
            "left" | "top" | "right" | "margin-left" if pixels(value).is_some_and(|n| n <= OFF_SCREEN) => {
                return Some(true);
            }
            _ => {}
        }
    }
    if flat && outside || clipped && placed {
        return Some(true);
    }
    displayed
}

fn pixels(value: &str) -> Option<f32> {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let scale = if value.ends_with("em") { 16.0 } else { 1.0 };
    number.parse::<f32>().ok().map(|n| n * scale)
}

fn zero(value: &str) -> bool {
    pixels(value) == Some(0.0)
}

/// One compound selector and whether it hides.
struct Rule {
    tag: String,
    id: String,
    classes: Vec<String>,
    hides: bool,
    weight: usize,
}

/// What the style sheets inside a page say about display, by the class, id or tag that a rule asks for.
#[derive(Default)]
struct Sheet {
    rules: HashMap<String, Vec<Rule>>,
}

impl Sheet {
    fn read(tree: &Tree) -> Sheet {
        let mut sheet = Sheet::default();
        for node in 0..tree.nodes.len() {
            if tree.name(node) == "style"
                && tree.attribute(node, "media").is_none_or(|media| media.contains("screen") || media == "all")
            {
                for text in tree.inside(node).filter_map(|inner| tree.text(inner)) {
                    sheet.take(text);
                }
            }
        }
        sheet
    }

    /// Takes the rules outside of at-rules.
    fn take(&mut self, css: &str) {
        let css = without_comments(css);
        let (mut depth, mut from, mut selector) = (0_u32, 0, "");
        for (at, character) in css.char_indices() {
            match character {
                '{' => {
                    if depth == 0 {
                        selector = css[from..at].trim();
                        from = at + 1;
                    }
                    depth += 1;
                }
                '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        if !selector.starts_with('@') {
                            self.rule(selector, &css[from..at]);
                        }
                        from = at + 1;
                    }
                }
                ';' if depth == 0 => from = at + 1,
                _ => {}
            }
        }
    }

    fn rule(&mut self, selectors: &str, body: &str) {
        let mut hides = None;
        for declaration in body.split(';') {
            if let Some((property, value)) = declaration.split_once(':')
                && property.trim().eq_ignore_ascii_case("display")
            {
                hides = Some(value.trim().to_ascii_lowercase().starts_with("none"));
            }
        }
        let Some(hides) = hides else { return };
        for selector in selectors.split(',').map(str::trim) {
            let last = selector.rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
            // A part that is hidden only inside another is left to be seen.
            if last.is_empty() || last.contains([':', '[', '*', '\\']) || hides && last != selector {
                continue;
            }
            let mut rule = Rule { tag: String::new(), id: String::new(), classes: Vec::new(), hides, weight: 0 };
            let mut rest = last;
            while let Some(mark) = rest.chars().next() {
                let first = mark.len_utf8();
                let end = rest[first..].find(['.', '#']).map_or(rest.len(), |at| first + at);
                match mark {
                    '.' => rule.classes.push(rest[first..end].to_owned()),
                    '#' => rule.id = rest[first..end].to_owned(),
                    _ => rule.tag = rest[..end].to_ascii_lowercase(),
                }
                rest = &rest[end..];
            }
            let combined = usize::from(last != selector);
            rule.weight = usize::from(!rule.id.is_empty()) * 100
                + (rule.classes.len() + combined) * 10
                + usize::from(!rule.tag.is_empty());
            let key = match (rule.classes.first(), rule.id.as_str()) {
                (Some(class), _) => format!(".{class}"),
                (None, "") => rule.tag.clone(),
                (None, id) => format!("#{id}"),
            };
            let rules = self.rules.entry(key).or_default();
            if rules.len() < MAX_RULES {
                rules.push(rule);
            }
        }
    }

    fn hides(&self, tag: &str, id: &str, classes: &str) -> bool {
        if self.rules.is_empty() {
            return false;
        }
        let all: Vec<&str> = classes.split_ascii_whitespace().collect();
        let keys = all.iter().map(|class| format!(".{class}")).chain([tag.to_owned(), format!("#{id}")]);
        keys.filter_map(|key| self.rules.get(&key))
            .flatten()
            .filter(|rule| {
                (rule.tag.is_empty() || rule.tag == tag)
                    && (rule.id.is_empty() || rule.id == id)
                    && rule.classes.iter().all(|class| all.contains(&class.as_str()))
            })
            .max_by_key(|rule| (rule.weight, !rule.hides))
            .is_some_and(|rule| rule.hides)
    }
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start + 2..].find("*/").map_or("", |end| &rest[start + 2 + end + 2..]);
    }
    out.push_str(rest);
    out
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
            "<p aria-hidden=true>x",
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
