//! Style sheets inside a page, read as far as they say `display: none` of a class, an id or a tag.
//!
//! A rule that shows something wins over one that hides it as its selector is the more particular. Deliberately absent:
//! the rest of CSS, and sheets in other files.

use super::tree::Tree;
use std::collections::HashMap;

/// Most rules that are kept for one class, id or tag.
const MAX_RULES: usize = 256;

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
pub(super) struct Sheet {
    rules: HashMap<String, Vec<Rule>>,
}

impl Sheet {
    /// Reads the sheets of a page.
    pub(super) fn read(tree: &Tree) -> Sheet {
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

    /// Whether the rules hide an element.
    pub(super) fn hides(&self, tag: &str, id: &str, classes: &str) -> bool {
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
