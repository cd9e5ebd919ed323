//! What the styles of an ODT mean for a reader.
//!
//! Deliberately absent: fonts, sizes, colours, and where things stand on a page.

use crate::import::numerals::Numerals;
use crate::import::xml::Element;
use std::collections::HashMap;

/// Longest chain of styles that build on each other.
const MAX_CHAIN: usize = 32;

/// Levels of a list or of headings.
pub(super) const LEVELS: usize = 10;

/// What one style says itself.
#[derive(Debug, Clone, Default)]
struct Own {
    parent: Option<String>,
    list: Option<String>,
    strong: Option<bool>,
    emphasis: Option<bool>,
    hidden: Option<bool>,
    raised: Option<bool>,
    turns_page: Option<bool>,
    /// Made for one place of the text, not by a person.
    automatic: bool,
}

/// What a style means for a paragraph or for words, with all that it builds on.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub(super) title: bool,
    pub(super) quote: bool,
    pub(super) code: bool,
    pub(super) list: Option<String>,
    pub(super) strong: Option<bool>,
    pub(super) emphasis: Option<bool>,
    pub(super) hidden: bool,
    pub(super) raised: Option<bool>,
    pub(super) turns_page: bool,
}

/// One level of a list style.
#[derive(Debug, Clone)]
struct Level {
    /// `None` for a bullet or nothing.
    numerals: Option<Numerals>,
    prefix: String,
    suffix: String,
    start: u32,
    /// How many levels are shown, this one included.
    shown: usize,
}

/// The styles of one document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    own: HashMap<(String, String), Own>,
    lists: HashMap<String, HashMap<usize, Level>>,
    /// Languages of Latin, East Asian and right-to-left text.
    pub(super) languages: [String; 3],
}

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn read(&mut self, root: &Element<'_>) {
        for group in root.elements() {
            let automatic = group.is("office", "automatic-styles");
            if !automatic && !group.is("office", "styles") {
                continue;
            }
            for style in group.elements() {
                match style.tag() {
                    ("style", "style") => self.add(style, automatic),
                    ("style", "default-style") if style.attribute("style", "family") == Some("paragraph") => {
                        self.languages(style);
                    }
                    ("text", "list-style") => {
                        let name = style.attribute("style", "name").unwrap_or_default();
                        self.lists.insert(name.to_owned(), levels(style));
                    }
                    ("text", "outline-style") => {
                        self.lists.insert("Outline".into(), levels(style));
                    }
                    _ => {}
                }
            }
        }
    }

    fn add(&mut self, style: &Element<'_>, automatic: bool) {
        let (Some(family), Some(name)) = (style.attribute("style", "family"), style.attribute("style", "name")) else {
            return;
        };
        let text = style.first("style", "text-properties");
        let of_text = |key: &str| text.and_then(|text| text.attribute("fo", key));
        let before = style.first("style", "paragraph-properties").and_then(|p| p.attribute("fo", "break-before"));
        let master = style.attribute("style", "master-page-name").filter(|name| !name.is_empty());
        let own = Own {
            parent: style.attribute("style", "parent-style-name").map(str::to_owned),
            list: style.attribute("style", "list-style-name").map(str::to_owned),
            strong: of_text("font-weight")
                .map(|weight| weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)),
            emphasis: of_text("font-style").map(|slant| slant == "italic" || slant == "oblique"),
            hidden: text.and_then(|text| text.attribute("text", "display")).map(|display| display == "none"),
            raised: text.and_then(|text| text.attribute("style", "text-position")).and_then(position),
            turns_page: before.map(|kind| kind == "page").or(master.map(|_| true)),
            automatic,
        };
        self.own.insert((family.to_owned(), name.to_owned()), own);
    }

    fn languages(&mut self, style: &Element<'_>) {
        let Some(text) = style.first("style", "text-properties") else { return };
        let tag = |space: &str, suffix: &str| {
            let of = |key: &str| text.attribute(space, &format!("{key}{suffix}")).filter(|v| *v != "none");
            match (of("language"), of("country")) {
                (Some(language), Some(country)) => format!("{language}-{country}"),
                (Some(language), None) => language.to_owned(),
                _ => String::new(),
            }
        };
        self.languages = [tag("fo", ""), tag("style", "-asian"), tag("style", "-complex")];
    }

    /// What a style means. What a person's style says of the look of whole paragraphs is no stress on their words.
    pub(super) fn get(&self, family: &str, name: &str) -> Style {
        let mut style = Style::default();
        let mut turns = None;
        let mut next = Some(name.to_owned());
        let words = family == "text";
        for _ in 0..MAX_CHAIN {
            let Some(name) = next else { break };
            match name.as_str() {
                "Title" => style.title = true,
                "Quotations" | "Block_20_Quotation" | "Quote" | "Intense_20_Quote" | "Block_20_Text" => {
                    style.quote = true
                }
                "Preformatted_20_Text" | "Source_20_Text" | "Teletype" | "Source_20_Code" | "Verbatim_20_Char" => {
                    style.code = true;
                }
                "Strong_20_Emphasis" | "Strong" => style.strong = style.strong.or(Some(true)),
                "Emphasis" => style.emphasis = style.emphasis.or(Some(true)),
                _ => {}
            }
            let Some(own) = self.own.get(&(family.to_owned(), name)) else { break };
            if words || own.automatic {
                style.strong = style.strong.or(own.strong);
                style.emphasis = style.emphasis.or(own.emphasis);
                style.raised = style.raised.or(own.raised);
            }
            style.hidden |= own.hidden == Some(true);
            style.list = style.list.or_else(|| own.list.clone());
            turns = turns.or(own.turns_page);
            next = own.parent.clone();
        }
        style.turns_page = turns == Some(true);
        style
    }

    /// Where a level of a list begins to count.
    pub(super) fn start(&self, list: &str, level: usize) -> u32 {
        self.lists.get(list).and_then(|levels| levels.get(&level)).map_or(1, |level| level.start)
    }

    /// A number as a list writes it, with the blank that parts it from the words; empty for a bullet.
    pub(super) fn number(&self, list: &str, level: usize, counts: &[u32; LEVELS]) -> String {
        let Some(levels) = self.lists.get(list) else { return String::new() };
        let Some((here, numerals)) = levels.get(&level).and_then(|here| Some((here, here.numerals?))) else {
            return String::new();
        };
        let first = (level + 1).saturating_sub(here.shown.max(1));
        let above = (first..level).filter_map(|above| {
            levels.get(&above).and_then(|level| level.numerals).map(|numerals| numerals.spell(counts[above].max(1)))
        });
        let numbers: Vec<String> = above.chain([numerals.spell(counts[level])]).collect();
        format!("{}{}{} ", here.prefix, numbers.join("."), here.suffix).trim_start().to_owned()
    }
}

/// Whether a position is above the line or below it: "super 58%", "-33% 58%".
fn position(position: &str) -> Option<bool> {
    let first = position.split_whitespace().next()?;
    match first {
        "super" => Some(true),
        "sub" => Some(false),
        _ => first.trim_end_matches('%').parse::<f32>().ok().filter(|&raise| raise != 0.0).map(|raise| raise > 0.0),
    }
}

fn levels(style: &Element<'_>) -> HashMap<usize, Level> {
    let levels = style.elements().filter_map(|level| {
        let number = level.attribute("text", "level")?.parse::<usize>().ok()?.checked_sub(1).filter(|&n| n < LEVELS)?;
        let numerals = match level.attribute("style", "num-format").unwrap_or_default() {
            "" => None,
            "i" => Some(Numerals::LowerRoman),
            "I" => Some(Numerals::UpperRoman),
            "a" => Some(Numerals::LowerLetter),
            "A" => Some(Numerals::UpperLetter),
            "01, 02, 03, ..." => Some(Numerals::Padded),
            format if format.starts_with('А') => Some(Numerals::UpperRussian),
            format if format.starts_with('а') => Some(Numerals::LowerRussian),
            format if format.starts_with('가') => Some(Numerals::Ganada),
            _ => Some(Numerals::Decimal),
        };
        let text = |key: &str| level.attribute("style", key).unwrap_or_default().to_owned();
        let of_number = |key: &str| level.attribute("text", key).and_then(|value| value.parse::<u32>().ok());
        let level = Level {
            numerals: numerals.filter(|_| !level.name.ends_with("bullet")),
            prefix: text("num-prefix"),
            suffix: text("num-suffix"),
            start: of_number("start-value").unwrap_or(1),
            shown: of_number("display-levels").unwrap_or(1) as usize,
        };
        Some((number, level))
    });
    levels.collect()
}
