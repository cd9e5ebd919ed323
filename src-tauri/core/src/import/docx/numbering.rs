//! The numbers that Word puts before the paragraphs of lists and before headings, counted again.
//!
//! They stand nowhere in the file. Deliberately absent: pictures as bullets, and where a number is placed on the page.

use super::styles::{Styles, value};
use crate::import::numerals::Numerals;
use crate::import::xml::Element;
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    /// `None` for a bullet or nothing.
    numerals: Option<Numerals>,
    /// "%1.%2" with a number for every per cent sign.
    pattern: String,
    /// All levels are shown as 1, 2, 3.
    plain: bool,
    /// Begins again only after a paragraph of a level above this one; 0 for never.
    restart: Option<usize>,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
    apart: bool,
}

/// A list as paragraphs name it.
#[derive(Debug, Default)]
struct List {
    pattern: String,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of one document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    patterns: HashMap<String, HashMap<usize, Level>>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(root: &Element<'_>, styles: &Styles) -> Numbering {
        let mut numbering = Numbering::default();
        let mut links = HashMap::new();
        for element in root.elements() {
            match element.tag() {
                ("w", "abstractNum") => {
                    let Some(id) = element.attribute("w", "abstractNumId") else { continue };
                    if let Some(style) = value(element, "numStyleLink") {
                        links.insert(id.to_owned(), style);
                    }
                    numbering.patterns.insert(id.to_owned(), levels(element));
                }
                ("w", "num") => {
                    let Some(id) = element.attribute("w", "numId") else { continue };
                    let mut list =
                        List { pattern: value(element, "abstractNumId").unwrap_or_default().into(), ..List::default() };
                    for change in element.elements().filter(|element| element.is("w", "lvlOverride")) {
                        let Some(at) = index(change) else { continue };
                        if let Some(start) = value(change, "startOverride").and_then(|start| start.parse().ok()) {
                            list.starts.insert(at, start);
                        }
                        list.levels.extend(levels(change));
                    }
                    numbering.lists.insert(id.to_owned(), list);
                }
                _ => {}
            }
        }
        // A list that borrows its levels names a style, whose list has them.
        for (id, style) in links {
            let lender = styles.get(style).and_then(|style| style.list.as_ref());
            let lender = lender.and_then(|(list, _)| numbering.lists.get(list)).map(|list| list.pattern.clone());
            if let Some(levels) = lender.and_then(|pattern| numbering.patterns.get(&pattern)).cloned() {
                numbering.patterns.insert(id, levels);
            }
        }
        numbering
    }

    /// The level that paragraphs of a style have in a list, from 0.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<u8> {
        let levels = self.patterns.get(&self.lists.get(list)?.pattern)?;
        let found = levels.iter().find(|(_, level)| level.style.as_deref() == Some(style))?;
        u8::try_from(*found.0).ok()
    }

    /// Counts one paragraph of a list: what stands before it, with the blank that parts them. Empty for a bullet,
    /// `None` when there is no such list.
    pub(super) fn count(&mut self, id: &str, level: u8) -> Option<String> {
        let list = self.lists.get(id)?;
        let levels = self.patterns.get(&list.pattern)?;
        let at = (level as usize).min(LEVELS - 1);
        let find = |at: usize| list.levels.get(&at).or_else(|| levels.get(&at));
        let start =
            |at: usize| list.starts.get(&at).copied().or_else(|| find(at).map(|level| level.start)).unwrap_or(1);
        let counters = self.counters.entry(list.pattern.clone()).or_default();
        if list.starts.contains_key(&at) && self.begun.insert((id.to_owned(), at)) {
            counters[at] = None;
        }
        counters[at] = Some(counters[at].map_or_else(|| start(at), |count| count.saturating_add(1)));
        for (below, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            if find(below).is_none_or(|level| level.restart.is_none_or(|restart| restart > at)) {
                *counter = None;
            }
        }
        for (above, counter) in counters.iter_mut().enumerate().take(at) {
            counter.get_or_insert_with(|| start(above));
        }
        let Some(level) = find(at) else { return Some(String::new()) };
        if level.numerals.is_none() {
            return Some(String::new());
        }
        let mut text = String::new();
        let mut signs = level.pattern.chars().peekable();
        while let Some(sign) = signs.next() {
            let place = signs.peek().and_then(|digit| digit.to_digit(10)).map(|digit| digit as usize);
            match place {
                Some(place) if sign == '%' && (1..=LEVELS).contains(&place) => {
                    signs.next();
                    let own = find(place - 1).map_or(Some(Numerals::Decimal), |level| level.numerals);
                    let count = counters[place - 1].unwrap_or_else(|| start(place - 1));
                    if let Some(numerals) = own {
                        text.push_str(&if level.plain { Numerals::Decimal } else { numerals }.spell(count));
                    }
                }
                _ => text.push(sign),
            }
        }
        let text = text.trim();
        Some(if text.is_empty() || !level.apart { text.to_owned() } else { format!("{text} ") })
    }
}

fn index(element: &Element<'_>) -> Option<usize> {
    element.attribute("w", "ilvl")?.parse().ok().filter(|&level| level < LEVELS)
}

fn levels(element: &Element<'_>) -> HashMap<usize, Level> {
    let levels = element.elements().filter(|element| element.is("w", "lvl"));
    levels.filter_map(|level| Some((index(level)?, read_level(level)))).collect()
}

fn read_level(level: &Element<'_>) -> Level {
    let numerals = match value(level, "numFmt").unwrap_or("decimal") {
        "bullet" | "none" => None,
        "decimalZero" => Some(Numerals::Padded),
        "upperRoman" => Some(Numerals::UpperRoman),
        "lowerRoman" => Some(Numerals::LowerRoman),
        "upperLetter" => Some(Numerals::UpperLetter),
        "lowerLetter" => Some(Numerals::LowerLetter),
        "russianUpper" => Some(Numerals::UpperRussian),
        "russianLower" => Some(Numerals::LowerRussian),
        "ganada" => Some(Numerals::Ganada),
        _ => Some(Numerals::Decimal),
    };
    Level {
        start: value(level, "start").and_then(|start| start.parse().ok()).unwrap_or(0),
        numerals,
        pattern: value(level, "lvlText").unwrap_or_default().to_owned(),
        plain: super::toggle(level, "isLgl") == Some(true),
        restart: value(level, "lvlRestart").and_then(|restart| restart.parse().ok()),
        style: value(level, "pStyle").map(str::to_owned),
        apart: value(level, "suff") != Some("nothing"),
    }
}
