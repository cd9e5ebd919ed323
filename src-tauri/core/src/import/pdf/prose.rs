//! From blocks to the canonical text: lines joined to paragraphs, words that were divided at a line's end made whole.
//!
//! A hyphen at a line's end is judged by the document itself, by the first of these that holds:
//! 1. The document writes the word without a hyphen elsewhere: the hyphen goes.
//! 2. It writes the word with the hyphen elsewhere, or the word has another hyphen already: the hyphen stays.
//! 3. Both parts are words of at least four letters that it writes elsewhere: the hyphen stays.
//! 4. It is long, its lines hardly ever end with a hyphen, and none of the words at such ends is known to be divided: the
//!    hyphen stays.
//! 5. Otherwise the word was divided: the hyphen goes. Before a capital or a number it stays.
//!
//! Deliberately absent: dictionaries.

use super::super::draft::Draft;
use super::lines::{Line, Run, is_wide};
use super::paragraphs::{Block, Kind};
use crate::structure::{BlockKind, SpanKind};
use std::collections::HashSet;

/// Hyphens with which a line may end.
const HYPHENS: [char; 2] = ['-', '\u{2010}'];

/// Shortest part of a compound that tells a compound from a divided word.
const PART: usize = 4;

/// A document of at least so many lines shows whether its words are divided.
const LINES: usize = 60;

/// Words are divided where more than one line in so many ends with a hyphen.
const DIVIDED: usize = 50;

/// Letters that are words in some language.
const LETTERS: &str = "aioyeuwzkvsàéèóúавиікосуяйєѣὁἡ";

/// The words of a document as they stand in the middle of lines, with their hyphens.
#[derive(Default)]
pub(super) struct Words {
    /// As they are written.
    written: HashSet<String>,
    /// In lower case.
    folded: HashSet<String>,
    /// Whether words are divided at the ends of lines.
    divided: bool,
}

impl Words {
    pub(super) fn of(blocks: &[Block]) -> Words {
        let mut words = Words::default();
        let mut ends: Vec<(String, String)> = Vec::new();
        let mut lines = 0;
        for block in blocks {
            let mut half: Option<String> = None;
            for (_, line) in &block.lines {
                let text = line.text();
                let mut parts: Vec<&str> = text.split_whitespace().collect();
                // The first word and the last may be halves, and an initial is no word.
                let initial = line.runs.first().is_some_and(|run| run.initial);
                let first = parts.first().filter(|_| half.is_some() || initial).map(|first| bare(first).to_owned());
                if let Some(first) = first {
                    parts.remove(0);
                    ends.extend(half.take().map(|half| (half, first)));
                }
                if parts.last().is_some_and(|last| last.ends_with(HYPHENS)) {
                    half = parts.pop().map(|last| bare(last).to_owned());
                }
                // Chinese and Japanese have no words to divide.
                lines += usize::from(!text.trim_end().ends_with(is_wide));
                for word in parts.into_iter().map(bare).filter(|word| !word.is_empty()) {
                    words.folded.insert(word.to_lowercase());
                    words.written.insert(word.to_owned());
                }
            }
        }
        let known = ends.iter().any(|(before, after)| words.knows(before, after));
        words.divided = lines < LINES || ends.len() * DIVIDED > lines || known;
        words
    }

    /// Whether the document writes these two parts as one word.
    fn knows(&self, before: &str, after: &str) -> bool {
        self.folded.contains(&format!("{before}{after}").to_lowercase())
    }

    /// Whether the hyphen between these two parts of a word is part of it.
    fn keeps_hyphen(&self, before: &str, after: &str) -> bool {
        if self.knows(before, after) {
            return false;
        }
        let compound = format!("{before}-{after}").to_lowercase();
        let stands = |part: &str| part.chars().count() >= PART && self.written.contains(part);
        self.folded.contains(&compound) || before.contains('-') || stands(before) && stands(after) || !self.divided
    }

    /// Whether an initial is a word of its own before the word that follows it.
    fn is_word(&self, initial: &str, after: &str) -> bool {
        let letter = initial.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        let after = after.trim_matches(|c: char| !c.is_alphanumeric());
        LETTERS.contains(letter.as_str())
            && letter.chars().count() == 1
            && !self.knows(&letter, after)
            && self.folded.contains(&after.to_lowercase())
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
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
        space_initial(&mut runs, words);
        for run in &runs {
            style(draft, run, plain || block.lines.iter().all(|(_, line)| line.bold));
        }
        if end == Joint::Space {
            draft.push(" ");
        }
    }
}

/// Parts an initial that is a word from the next one.
fn space_initial(runs: &mut [Run], words: &Words) {
    let [first, rest @ ..] = runs else { return };
    if first.initial && !first.text.ends_with(' ') {
        let after: String = rest.iter().flat_map(|run| run.text.chars()).take_while(|c| !c.is_whitespace()).collect();
        if words.is_word(&first.text, &after) {
            first.text.push(' ');
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
