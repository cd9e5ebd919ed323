//! Pages for tests, and the ways in which a test looks at a text that was read.
#![allow(dead_code, reason = "each test file uses a part of it")]

use gloss_core::import::Imported;

/// Long enough to be believed as the main text of a page.
pub(crate) const PROSE: &str = "The two ministers met in Vladivostok, spoke for an hour, and agreed on grain, coal and labour; \
    neither side published the text. Officials said later that the talks, the third this year, would be followed by \
    a visit in spring, when a new bridge across the Tumen River opens to freight, and then to passengers.";

/// Fails when the structure of a text does not fit it, or when words stand outside its blocks.
pub(crate) fn checked(name: &str, imported: Imported) -> Imported {
    let length = imported.text.chars().count() as u32;
    imported.structure.check(length).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut end = 0;
    for (start, stop) in imported.structure.blocks.iter().map(|b| (b.start, b.end)).chain([(length, length)]) {
        let between = slice(&imported.text, end, start);
        assert!(between.trim().is_empty(), "{name}: {between:?} is in no block");
        end = stop;
    }
    imported
}

/// The part of a text between two positions in code points.
pub(crate) fn slice(text: &str, start: u32, end: u32) -> String {
    text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect()
}

/// Every block as one line: its kind, its level where it has one, and its words.
pub(crate) fn outline(imported: &Imported) -> Vec<String> {
    let line = |block: &gloss_core::structure::Block| {
        let words = slice(&imported.text, block.start, block.end).replace('\n', "⏎").replace('\t', "⇥");
        let level = if block.level == 0 { String::new() } else { block.level.to_string() };
        format!("{:?}{level} {words}", block.kind)
    };
    imported.structure.blocks.iter().map(line).collect()
}
