//! What the styles of a DOCX mean for a reader: headings, quotations, code, lists, what is hidden.
//!
//! A built-in style keeps its English name in every language of Word; only its id is translated. Deliberately absent:
//! fonts, sizes, colours.

use super::toggle;
use crate::import::xml::Element;
use std::collections::HashMap;

/// Longest chain of styles that build on each other. Word stops at eleven.
const MAX_CHAIN: usize = 32;

/// Names of styles for quotations.
const QUOTES: [&str; 7] =
    ["quote", "intense quote", "block text", "blockquote", "block quote", "quotations", "block quotation"];

/// Names of styles for verbatim paragraphs and words.
const CODE: [&str; 12] = [
    "html preformatted",
    "preformatted text",
    "source code",
    "code",
    "macro",
    "html code",
    "html typewriter",
    "html keyboard",
    "html sample",
    "verbatim char",
    "source text",
    "code char",
];

/// What a style, with all that it builds on, says of its paragraphs or words.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// The name of the innermost style, in lower case.
    name: String,
    /// Level of a heading, from 1.
    pub(super) heading: Option<u8>,
    /// Whether an outline level below all headings was set.
    body: bool,
    pub(super) title: bool,
    pub(super) quote: bool,
    pub(super) code: bool,
    /// Number and level of the list.
    pub(super) list: Option<(String, Option<u8>)>,
    pub(super) strong: Option<bool>,
    pub(super) emphasis: Option<bool>,
    pub(super) hidden: Option<bool>,
}

/// The styles of one document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    resolved: HashMap<String, Style>,
    /// The style of a paragraph that names none.
    pub(super) standard: Style,
    /// Languages of Latin, East Asian and right-to-left text.
    pub(super) languages: [String; 3],
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(root: &Element<'_>) -> Styles {
        let all: HashMap<&str, &Element<'_>> = root
            .elements()
            .filter(|element| element.is("w", "style"))
            .filter_map(|style| Some((style.attribute("w", "styleId")?, style)))
            .collect();
        let resolved: HashMap<String, Style> = all.keys().map(|&id| (id.to_owned(), resolve(id, &all))).collect();
        let standard = all.iter().find(|(_, style)| {
            style.attribute("w", "type") == Some("paragraph")
                && style.attribute("w", "default").is_some_and(|value| value == "1" || value == "true")
        });
        let standard = standard.and_then(|(id, _)| resolved.get(*id)).cloned().unwrap_or_default();
        let language = root
            .first("w", "docDefaults")
            .and_then(|defaults| defaults.first("w", "rPrDefault"))
            .and_then(|defaults| defaults.first("w", "rPr"))
            .and_then(|properties| properties.first("w", "lang"));
        let languages = ["val", "eastAsia", "bidi"]
            .map(|kind| language.and_then(|l| l.attribute("w", kind)).unwrap_or_default().to_owned());
        Styles { resolved, standard, languages }
    }

    /// A style by its id; an unknown one says nothing.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.resolved.get(id)
    }
}

/// What a style says, and where it is silent what it builds on says.
fn resolve(id: &str, all: &HashMap<&str, &Element<'_>>) -> Style {
    let mut style = Style::default();
    let mut next = Some(id);
    for _ in 0..MAX_CHAIN {
        let Some(element) = next.and_then(|id| all.get(id)) else { break };
        let name = value(element, "name").unwrap_or_default().to_lowercase();
        let paragraph = element.first("w", "pPr");
        let run = element.first("w", "rPr");
        if style.heading.is_none() && !style.body {
            let outline = paragraph.and_then(|p| value(p, "outlineLvl")).and_then(|level| level.parse::<u8>().ok());
            match outline {
                Some(level) if level < 9 => style.heading = Some(level + 1),
                Some(_) => style.body = true,
                None => style.heading = named_heading(&name),
            }
        }
        style.title |= name == "title";
        style.quote |= QUOTES.contains(&name.as_str());
        style.code |= CODE.contains(&name.as_str());
        if style.list.is_none() {
            style.list = paragraph.and_then(|p| p.first("w", "numPr")).and_then(list);
        }
        style.strong = style.strong.or_else(|| run.and_then(|run| toggle(run, "b")));
        style.emphasis = style.emphasis.or_else(|| run.and_then(|run| toggle(run, "i")));
        style.hidden = style.hidden.or_else(|| run.and_then(|run| toggle(run, "vanish")));
        if style.name.is_empty() {
            style.name = name;
        }
        next = value(element, "basedOn");
    }
    // The words "Strong" and "Emphasis" stand for what they say, whatever they look like.
    match style.name.as_str() {
        "strong" => style.strong = Some(true),
        "emphasis" | "intense emphasis" => style.emphasis = Some(true),
        _ => {}
    }
    style
}

fn named_heading(name: &str) -> Option<u8> {
    name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=9).contains(level))
}

/// The number and level of a list that paragraph properties name.
pub(super) fn list(properties: &Element<'_>) -> Option<(String, Option<u8>)> {
    let level = value(properties, "ilvl").and_then(|level| level.parse().ok());
    Some((value(properties, "numId")?.to_owned(), level))
}

/// The `w:val` of a child.
pub(super) fn value<'e>(element: &'e Element<'_>, name: &str) -> Option<&'e str> {
    element.first("w", name)?.attribute("w", "val")
}
