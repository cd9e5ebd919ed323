//! From blocks to the canonical text: lines joined to paragraphs, words that were divided at a line's end made whole.
//!
//! A hyphen at a line's end goes when the document writes the word without it elsewhere, stays when the document writes
//! it with a hyphen elsewhere or when what follows is a capital or a number, and goes otherwise. Deliberately absent:
//! dictionaries.

use super::super::draft::Draft;
use super::lines::{Line, Run};
use super::paragraphs::{Block, Kind};
use crate::structure::{BlockKind, SpanKind};
use std::collections::HashSet;

/// Hyphens with which a line may end.
const HYPHENS: [char; 2] = ['-', '\u{2010}'];

/// The words of a document as they stand in the middle of lines, in lower case, with their hyphens.
#[derive(Default)]
pub(super) struct Words(HashSet<String>);

impl Words {
    pub(super) fn of(blocks: &[Block]) -> Words {
        let mut words = HashSet::new();
        for (_, line) in blocks.iter().flat_map(|block| &block.lines) {
            let text = line.text();
            let mut parts: Vec<&str> = text.split_whitespace().collect();
            // The last word may be half of one.
            if parts.last().is_some_and(|last| last.ends_with(HYPHENS)) {
                parts.pop();
            }
            for part in parts {
                let word = part.trim_matches(|c: char| !c.is_alphanumeric());
                if word.contains('-') || word.chars().count() > 5 {
                    words.insert(word.to_lowercase());
                }
            }
        }
        Words(words)
    }

    /// Whether the document writes these two parts as one word.
    fn knows(&self, before: &str, after: &str) -> bool {
        self.0.contains(&format!("{before}{after}").to_lowercase())
    }

    /// Whether the hyphen between these two parts of a word is part of it.
    fn keeps_hyphen(&self, before: &str, after: &str) -> bool {
        let compound = format!("{before}-{after}").to_lowercase();
        // A word with one hyphen in it already is a compound.
        !self.knows(before, after) && (self.0.contains(&compound) || before.contains('-'))
    }
}

/// Writes the blocks; `labels` are the names of the pages. Footnotes stand at the end.
pub(super) fn write(blocks: &[Block], labels: &[String]) -> Draft {
    let words = Words::of(blocks);
    let (mut main, mut notes) = (Draft::default(), Draft::default());
    let (mut page, mut note_page) = (None, None);
    let mut previous = &Kind::Paragraph;
    for block in blocks {
        if previous == &Kind::Item && block.kind != Kind::Item {
            main.leave();
        }
        if previous == &Kind::Row && block.kind != Kind::Row {
            main.leave_table();
        }
        match &block.kind {
            Kind::Note(label) => {
                turn(&mut notes, &mut note_page, block.lines[0].0, labels);
                notes.enter_note(label);
                lines(&mut notes, &mut note_page, block, &words, labels);
                notes.leave();
            }
            Kind::Row => {
                for (at, line) in &block.lines {
                    turn(&mut main, &mut page, *at, labels);
                    main.enter_row();
                    main.cell();
                    for run in &line.runs {
                        for (index, words) in run.text.split('\t').enumerate() {
                            if index > 0 {
                                main.cell();
                            }
                            main.push(words);
                        }
                    }
                    main.leave_row();
                }
            }
            kind => {
                if kind == &Kind::Item {
                    if previous != &Kind::Item {
                        main.enter_list();
                    }
                    turn(&mut main, &mut page, block.lines[0].0, labels);
                    main.enter_item();
                } else {
                    main.close();
                    turn(&mut main, &mut page, block.lines[0].0, labels);
                }
                if let Kind::Heading(level) = kind {
                    main.open(BlockKind::Heading, *level);
                } else {
                    main.ensure();
                }
                lines(&mut main, &mut page, block, &words, labels);
                if kind == &Kind::Item { main.leave() } else { main.close() }
            }
        }
        if !matches!(block.kind, Kind::Note(_)) {
            previous = &block.kind;
        }
    }
    main.close();
    main.append(notes);
    main
}

/// Says that what follows stands on this page.
fn turn(draft: &mut Draft, current: &mut Option<usize>, page: usize, labels: &[String]) {
    if *current != Some(page) {
        *current = Some(page);
        draft.page(labels.get(page).map_or("", String::as_str));
    }
}

fn lines(draft: &mut Draft, page: &mut Option<usize>, block: &Block, words: &Words, labels: &[String]) {
    let plain = matches!(block.kind, Kind::Heading(_));
    for (index, (at, line)) in block.lines.iter().enumerate() {
        let next = block.lines.get(index + 1).map(|(_, line)| line);
        let mut runs = line.runs.clone();
        if index == 0 && block.kind == Kind::Item {
            unbullet(&mut runs);
        }
        let end = next.map_or(Joint::Nothing, |next| joint(line, next, words));
        if end == Joint::Word
            && let Some(run) = runs.last_mut()
        {
            let cut = run.text.trim_end().trim_end_matches(HYPHENS).len();
            run.text.truncate(cut);
        }
        turn(draft, page, *at, labels);
        for run in &runs {
            style(draft, run, plain || block.lines.iter().all(|(_, line)| line.bold));
        }
        if end == Joint::Space {
            draft.push(" ");
        }
    }
}

/// Takes the sign of a list item off its first line.
fn unbullet(runs: &mut Vec<Run>) {
    if let Some(run) = runs.first_mut() {
        let rest: String = run.text.chars().skip(1).collect();
        run.text = rest.trim_start().to_owned();
    }
    runs.retain(|run| !run.text.is_empty());
}

fn style(draft: &mut Draft, run: &Run, bold: bool) {
    if let Some(label) = &run.call {
        draft.call(label);
        let blank = run.text.ends_with(' ');
        if blank {
            draft.push(" ");
        }
        return;
    }
    let text = run.text.replace('\t', " ");
    let kept = text.trim_end();
    if kept.is_empty() {
        draft.push(&text);
        return;
    }
    let strong = run.bold && !bold;
    if strong {
        draft.begin(SpanKind::Strong, None);
    }
    if run.italic {
        draft.begin(SpanKind::Emphasis, None);
    }
    draft.push(kept);
    for _ in 0..usize::from(strong) + usize::from(run.italic) {
        draft.end();
    }
    draft.push(&text[kept.len()..]);
}

/// What joins a line to the next one of its paragraph.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Joint {
    Space,
    /// The last word goes on without its hyphen.
    Word,
    Nothing,
}

fn joint(line: &Line, next: &Line, words: &Words) -> Joint {
    let (line, next) = (line.text(), next.text());
    let (line, next) = (line.trim_end(), next.trim_start());
    let (Some(last), Some(first)) = (line.chars().last(), next.chars().next()) else { return Joint::Nothing };
    if HYPHENS.contains(&last) {
        let stem = line.trim_end_matches(HYPHENS);
        let before = stem.split_whitespace().last().unwrap_or("").trim_start_matches(|c: char| !c.is_alphanumeric());
        let parted = line.len() - stem.len() > 1 || !before.ends_with(char::is_alphabetic);
        if parted {
            return if before.ends_with(char::is_numeric) { Joint::Nothing } else { Joint::Space };
        }
        let after: String = next.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        let after = after.trim_end_matches('-');
        let keeps = if first.is_lowercase() { words.keeps_hyphen(before, after) } else { !words.knows(before, after) };
        return if keeps { Joint::Nothing } else { Joint::Word };
    }
    // Dashes and slashes hold on to what follows; Chinese and Japanese have no spaces.
    if matches!(last, '—' | '/') || is_wide(last) && is_wide(first) { Joint::Nothing } else { Joint::Space }
}

/// Ideographs, kana and their punctuation. Korean has spaces.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}
