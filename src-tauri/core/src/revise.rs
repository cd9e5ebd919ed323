//! The structure of a text that a person corrected: blocks, spans and pages go where their text went. Pure.
//!
//! A line break that was put in parts a paragraph, one that was taken out joins two; what was written between blocks is
//! a paragraph of its own. Deliberately absent: reading the text anew, which would lose what only the source knew.

use crate::difference::{self, Stretch};
use crate::import;
use crate::structure::{Block, BlockKind, Page, Span, Structure};
use crate::text::Text;
use std::ops::Range;

/// The structure over `new` that the one over `old` became.
pub fn structure(old: &Text, new: &Text, before: &Structure) -> Structure {
    let map = Map { stretches: difference::unchanged(old, new), old, new };
    let mut revised = Structure {
        blocks: blocks(&map, &before.blocks),
        spans: before.spans.iter().filter_map(|span| moved(&map, span)).collect(),
        pages: before
            .pages
            .iter()
            .map(|page| Page { start: map.start(page.start), label: page.label.clone() })
            .collect(),
    };
    import::bound_blocks(new.as_str(), &mut revised.blocks);
    revised.spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    revised
}

fn moved(map: &Map<'_>, span: &Span) -> Option<Span> {
    let (start, end) = (map.start(span.start), map.end(span.end));
    (start < end).then(|| Span { start, end, ..span.clone() })
}

fn blocks(map: &Map<'_>, before: &[Block]) -> Vec<Block> {
    let (old, new) = (map.old, map.new);
    let mut found: Vec<Block> = Vec::with_capacity(before.len());
    let mut from = 0;
    for (index, block) in before.iter().enumerate() {
        let mut start = map.start(block.start).max(from);
        let mut end = map.end(block.end).max(start);
        if start == end {
            continue;
        }
        if block.kind != BlockKind::Break {
            // What was written at either end of its line is part of it.
            let opens = index.checked_sub(1).is_none_or(|one| old.slice(before[one].end, block.start).contains('\n'));
            let closes = before.get(index + 1).is_none_or(|next| old.slice(block.end, next.start).contains('\n'));
            if opens {
                start = after_break(new, from, start);
            }
            if closes {
                end = before_break(new, end);
            }
        }
        pieces(new, from..start, true, (BlockKind::Paragraph, 0), &mut found);
        match block.kind {
            BlockKind::Break => found.push(Block { start, end, ..*block }),
            kind => {
                let lines = kind != BlockKind::Code && !old.slice(block.start, block.end).contains('\n');
                pieces(new, start..end, lines, (kind, block.level), &mut found);
            }
        }
        from = end;
    }
    pieces(new, from..new.len(), true, (BlockKind::Paragraph, 0), &mut found);
    found
}

/// The text of a range as blocks: every line one, or else what blank lines part; code is one whatever is in it.
fn pieces(text: &Text, range: Range<u32>, lines: bool, (kind, level): (BlockKind, u8), found: &mut Vec<Block>) {
    let mut open: Option<Block> = None;
    let mut at = range.start;
    for line in text.slice(range.start, range.end).split_inclusive('\n') {
        let whole = line.trim_end();
        // A row may begin with empty cells.
        let lead = |c: char| c.is_whitespace() && (kind != BlockKind::Row || c != '\t');
        let words = whole.trim_start_matches(lead);
        if lines || (words.is_empty() && kind != BlockKind::Code) {
            found.extend(open.take());
        }
        if !words.is_empty() {
            let start = at + (whole.chars().count() - words.chars().count()) as u32;
            let end = start + words.chars().count() as u32;
            open = Some(open.map_or(Block { start, end, kind, level }, |before| Block { end, ..before }));
        }
        at += line.chars().count() as u32;
    }
    found.extend(open);
}

/// The start of the line that holds a position, but not before `from`.
fn after_break(text: &Text, from: u32, position: u32) -> u32 {
    let line = text.slice(from, position).rsplit('\n').next().unwrap_or_default();
    position - line.chars().count() as u32
}

/// The end of the line that holds a position.
fn before_break(text: &Text, position: u32) -> u32 {
    let rest = &text.as_str()[text.byte(position)..];
    position + rest.split('\n').next().unwrap_or_default().chars().count() as u32
}

struct Map<'a> {
    stretches: Vec<Stretch>,
    old: &'a Text,
    new: &'a Text,
}

impl Map<'_> {
    /// Where something that started here starts now; in what was replaced as far from its start as before.
    fn start(&self, position: u32) -> u32 {
        let after = self.stretches.partition_point(|one| one.old <= position);
        let before = self.stretches[..after].last();
        if let Some(one) = before.filter(|one| position < one.old + one.length) {
            return one.new + (position - one.old);
        }
        let (old, from) = before.map_or((0, 0), |one| (one.old + one.length, one.new + one.length));
        let to = self.stretches.get(after).map_or(self.new.len(), |one| one.new);
        (from + (position - old)).min(to)
    }

    /// Where something that ended here ends now; in what was replaced as far from its end as before.
    fn end(&self, position: u32) -> u32 {
        let after = self.stretches.partition_point(|one| one.old < position);
        let before = self.stretches[..after].last();
        if let Some(one) = before.filter(|one| position <= one.old + one.length) {
            return one.new + (position - one.old);
        }
        let from = before.map_or(0, |one| one.new + one.length);
        let (old, to) = self.stretches.get(after).map_or((self.old.len(), self.new.len()), |one| (one.old, one.new));
        to.saturating_sub(old - position).max(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structure::SpanKind;
    use proptest::prelude::*;

    /// The blocks of a revised text as `kind level|text`, from Markdown.
    fn revised(markdown: &str, edit: impl Fn(&str) -> String) -> Vec<String> {
        let read = import::import("a.md", markdown.as_bytes()).expect("a text");
        let (old, new) = (Text::new(read.text.clone()), Text::new(edit(&read.text)));
        let structure = structure(&old, &new, &read.structure);
        assert_eq!(structure.check(new.len()), Ok(()));
        let shown = |block: &Block| format!("{:?} {}|{}", block.kind, block.level, new.slice(block.start, block.end));
        let mut shown: Vec<String> = structure.blocks.iter().map(shown).collect();
        shown.extend(structure.spans.iter().map(|span| format!("{:?}|{}", span.kind, new.slice(span.start, span.end))));
        shown
    }

    #[test]
    fn blocks_and_spans_go_where_their_text_went() {
        let text = "# Teh title\n\nOne *strong wrod* here.\n\n- first\n- second\n";
        assert_eq!(
            revised(text, |text| text.replace("Teh", "The").replace("wrod", "word").replace("first", "very first")),
            [
                "Heading 1|The title",
                "Paragraph 0|One strong word here.",
                "Item 1|very first",
                "Item 1|second",
                "Emphasis|strong word"
            ]
        );
    }

    #[test]
    fn breaks_part_and_join() {
        let text = "# Title\n\nOne. Two.\n\nThree.\n";
        assert_eq!(
            revised(text, |text| text.replace("One. ", "One.\n\n").replace("Three.", "Three. Four.\n\nFive.")),
            [
                "Heading 1|Title",
                "Paragraph 0|One.",
                "Paragraph 0|Two.",
                "Paragraph 0|Three. Four.",
                "Paragraph 0|Five."
            ]
        );
        let joined = revised(text, |text| {
            let (start, end) = (text.find("Two.").expect("two") + 4, text.find("Three").expect("three"));
            format!("{} {}", &text[..start], &text[end..])
        });
        assert_eq!(joined, ["Heading 1|Title", "Paragraph 0|One. Two. Three."]);
    }

    #[test]
    fn pages_stay_with_their_text() {
        let (old, new) = (Text::new("One two.\n\nThree.".into()), Text::new("Zero one two.\n\nThree.".into()));
        let page = |start, label: &str| Page { start, label: label.into() };
        let before = Structure {
            spans: vec![Span { start: 10, end: 15, kind: SpanKind::Strong, target: None }],
            pages: vec![page(0, "1"), page(10, "2")],
            ..Structure::default()
        };
        let after = structure(&old, &new, &before);
        assert_eq!((after.pages[1].start, after.spans[0].start), (15, 15));
    }

    proptest! {
        #[test]
        fn a_revised_structure_fits_its_text(
            lines in prop::collection::vec("(- |# |> )?[ab é한🙂]{0,12}", 1..8),
            start in 0_usize..60, length in 0_usize..20, put in "[ab\n é]{0,8}",
        ) {
            let source = lines.join("\n\n");
            let Ok(read) = import::import("a.md", source.as_bytes()) else { return Ok(()) };
            let chars: Vec<char> = read.text.chars().collect();
            let start = start.min(chars.len());
            let end = (start + length).min(chars.len());
            let edited: String = chars[..start].iter().copied().chain(put.chars()).chain(chars[end..].iter().copied()).collect();
            let (old, new) = (Text::new(read.text), Text::new(edited));
            let after = structure(&old, &new, &read.structure);
            prop_assert_eq!(after.check(new.len()), Ok(()));
            let mut from = 0;
            for block in &after.blocks {
                prop_assert!(new.slice(from, block.start).trim().is_empty(), "text between blocks");
                from = block.end;
            }
            prop_assert!(new.slice(from, new.len()).trim().is_empty());
        }
    }
}
