//! From glyphs to pieces of lines: words with their spaces, in logical order, with what is set bold, italic or raised.
//!
//! A piece ends where a gap is wide enough to be the space between two columns or two cells of a table; whether it is
//! one is decided later, from many pieces. Deliberately absent: which piece is read first.

use super::glyphs::{Frame, Glyph, join_accents};
use unicode_normalization::char::is_combining_mark;

/// Glyphs whose baselines differ by less than this, in ems, stand on one line.
const SAME_LINE: f32 = 0.16;

/// A gap wider than this, in ems, is a space.
const SPACE: f32 = 0.13;

/// A gap wider than this, in ems, ends a piece: the narrowest space between columns, a wide one between words.
const GAP: f32 = 0.8;

/// Type smaller than this, as a share of its line's, is raised or lowered.
const SMALL: f32 = 0.85;

/// Two glyphs of one character closer than this, in ems, are one that was drawn twice to look bold.
const TWICE: f32 = 0.12;

/// A stretch of one line that looks the same throughout.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Smaller and higher than its line, as the call of a footnote is.
    pub(super) raised: bool,
    /// The label of the footnote that it calls.
    pub(super) call: Option<String>,
}

/// A line, or a piece of one. All lengths are points, `y` grows downwards.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) left: f32,
    pub(super) right: f32,
    /// Baseline.
    pub(super) y: f32,
    /// Height of most of its type.
    pub(super) size: f32,
    /// In logical order.
    pub(super) runs: Vec<Run>,
    /// Most of its letters are written from right to left.
    pub(super) rtl: bool,
    /// Most of it is bold.
    pub(super) bold: bool,
    /// How many cells it has: pieces that were joined over a wide gap, parted by a tab.
    pub(super) cells: usize,
}

impl Line {
    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Characters that are not white space.
    pub(super) fn weight(&self) -> usize {
        self.runs.iter().map(|run| run.text.chars().filter(|c| !c.is_whitespace()).count()).sum()
    }

    /// Width of its first word in points, as if all characters were equally wide.
    pub(super) fn first_word(&self) -> f32 {
        let text = self.text();
        let all = text.chars().count().max(1) as f32;
        let first = text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f32;
        self.width() * first / all
    }

    /// Adds a piece of the same line; the caller knows that it belongs at the logical end.
    pub(super) fn join(&mut self, next: Line, gap: &str) {
        if let Some(last) = self.runs.last_mut() {
            last.text.push_str(gap);
        }
        if gap == "\t" {
            self.cells += next.cells;
        }
        let (mine, theirs) = (self.weight(), next.weight());
        if theirs > mine {
            self.size = next.size;
            self.bold = next.bold;
            self.y = next.y;
        }
        self.left = self.left.min(next.left);
        self.right = self.right.max(next.right);
        self.runs.extend(next.runs);
    }
}

/// The pieces of a frame, from top to bottom.
pub(super) fn pieces(frame: Frame) -> Vec<Line> {
    let mut glyphs = frame.glyphs;
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if glyph.y - row[0].y <= SAME_LINE * glyph.size.min(row[0].size) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    let mut stretches: Vec<Vec<Glyph>> = rows.into_iter().flat_map(split).collect();
    raise(&mut stretches);
    let mut pieces: Vec<Line> = stretches.into_iter().filter_map(line).collect();
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    pieces
}

/// Parts the glyphs on one baseline at wide gaps.
fn split(mut row: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut stretches: Vec<Vec<Glyph>> = Vec::new();
    let mut right = f32::NEG_INFINITY;
    for glyph in row {
        let blank = glyph.is_space();
        match stretches.last_mut() {
            Some(stretch) if blank || glyph.x - right <= GAP * glyph.size => stretch.push(glyph.clone()),
            _ if blank => continue,
            _ => stretches.push(vec![glyph.clone()]),
        }
        if !blank {
            right = right.max(glyph.right());
        }
    }
    stretches
}

/// The size of most of its type; of equals the larger.
fn size(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for glyph in glyphs.iter().filter(|glyph| !glyph.is_space()) {
        match sizes.iter_mut().find(|(size, _)| (size - glyph.size).abs() < 0.3) {
            Some((_, count)) => *count += 1,
            None => sizes.push((glyph.size, 1)),
        }
    }
    sizes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(a.0.total_cmp(&b.0))).map_or(0.0, |(size, _)| size)
}

/// Puts small type that stands above or below a line into that line.
fn raise(stretches: &mut Vec<Vec<Glyph>>) {
    struct Extent {
        left: f32,
        right: f32,
        y: f32,
        size: f32,
    }
    let extents: Vec<Extent> = stretches
        .iter()
        .map(|glyphs| Extent {
            left: glyphs.iter().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min),
            right: glyphs.iter().map(Glyph::right).fold(f32::NEG_INFINITY, f32::max),
            y: glyphs[0].y,
            size: size(glyphs),
        })
        .collect();
    let tallest = extents.iter().map(|extent| extent.size).fold(0.0, f32::max);
    let mut into: Vec<Option<usize>> = vec![None; stretches.len()];
    for (index, small) in extents.iter().enumerate() {
        let mut best: Option<(f32, usize)> = None;
        // Stretches come from top to bottom: nothing beyond the tallest line's reach can hold this one.
        let near = |other: &Extent| (other.y - small.y).abs() <= tallest;
        let before = (0..index).rev().take_while(|&at| near(&extents[at]));
        let after = (index + 1..extents.len()).take_while(|&at| near(&extents[at]));
        for at in before.chain(after) {
            let line = &extents[at];
            let raised = line.y - small.y;
            let beside = small.left > line.left - 0.8 * line.size && small.left < line.right + 0.9 * line.size;
            if small.size > SMALL * line.size || !beside || raised > 0.75 * line.size || raised < -0.4 * line.size {
                continue;
            }
            let distance = raised.abs();
            if best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, at));
            }
        }
        into[index] = best.map(|(_, at)| at);
    }
    for index in 0..stretches.len() {
        let Some(mut target) = into[index] else { continue };
        // A stretch may itself have moved; sizes grow along the way, so the way ends.
        while let Some(next) = into[target] {
            target = next;
        }
        let small = std::mem::take(&mut stretches[index]);
        stretches[target].extend(small);
    }
    stretches.retain(|glyphs| !glyphs.is_empty());
}

/// One piece from its glyphs; nothing when it is blank.
fn line(mut glyphs: Vec<Glyph>) -> Option<Line> {
    let em = size(&glyphs);
    if em <= 0.0 {
        return None;
    }
    let y = glyphs.iter().filter(|glyph| (glyph.size - em).abs() < 0.3).map(|glyph| glyph.y).next()?;
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    drop_doubles(&mut glyphs);
    join_accents(&mut glyphs);

    let mut cells: Vec<Cell> = Vec::with_capacity(glyphs.len() + glyphs.len() / 4);
    let (mut right, mut blank) = (f32::NEG_INFINITY, false);
    for glyph in glyphs {
        if glyph.is_space() {
            blank = true;
            continue;
        }
        let spaced = blank || glyph.x - right > SPACE * em.min(glyph.size.max(0.6 * em));
        if spaced && !cells.is_empty() {
            cells.push(Cell::space());
        }
        blank = false;
        right = right.max(glyph.right());
        let raised = glyph.size <= SMALL * em && glyph.y < y + 0.08 * em;
        cells.push(Cell { glyph: Some(glyph), raised });
    }
    let left = cells.iter().find_map(|cell| cell.glyph.as_ref()).map(|glyph| glyph.x)?;
    let (mut bold, mut ahead, mut behind) = (0_usize, 0_usize, 0_usize);
    for glyph in cells.iter().filter_map(|cell| cell.glyph.as_ref()) {
        bold += usize::from(glyph.bold);
        match direction(glyph.character) {
            Direction::Left => behind += 1,
            Direction::Right => ahead += 1,
            _ => {}
        }
    }
    let count = cells.iter().filter(|cell| cell.glyph.is_some()).count();
    let rtl = behind > ahead;
    if behind > 0 {
        logical(&mut cells, rtl);
    }
    Some(Line { left, right, y, size: em, runs: runs(cells), rtl, bold: bold * 10 > count * 7, cells: 1 })
}

fn drop_doubles(glyphs: &mut Vec<Glyph>) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        let near = TWICE * glyph.size;
        let double = kept.iter().rev().take(3).any(|other| {
            !glyph.is_space()
                && other.character == glyph.character
                && (other.x - glyph.x).abs() < near.min(0.5 * glyph.width.max(0.01))
                && (other.y - glyph.y).abs() < near
        });
        if !double {
            kept.push(glyph);
        }
    }
    *glyphs = kept;
}

/// A glyph of the line, or the space between two words.
struct Cell {
    glyph: Option<Glyph>,
    raised: bool,
}

impl Cell {
    fn space() -> Cell {
        Cell { glyph: None, raised: false }
    }

    fn character(&self) -> char {
        self.glyph.as_ref().map_or(' ', |glyph| glyph.character)
    }
}

fn runs(cells: Vec<Cell>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for cell in cells {
        let Some(glyph) = cell.glyph else {
            if let Some(run) = runs.last_mut() {
                run.text.push(' ');
            }
            continue;
        };
        let (bold, italic, raised) = (glyph.bold, glyph.italic, cell.raised);
        let fits = runs.last().is_some_and(|run| run.bold == bold && run.italic == italic && run.raised == raised);
        if !fits {
            runs.push(Run { text: String::new(), bold, italic, raised, call: None });
        }
        if let Some(run) = runs.last_mut() {
            run.text.push(glyph.character);
            run.text.extend(glyph.marks);
        }
    }
    runs
}

/// How a character sits in text of two directions.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    /// Written from right to left.
    Left,
    /// Written from left to right.
    Right,
    /// A digit of any script: a number runs from left to right everywhere.
    Number,
    Neutral,
}

fn direction(character: char) -> Direction {
    match character {
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Direction::Number,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' => {
            if is_combining_mark(character) || character.is_alphabetic() {
                Direction::Left
            } else {
                Direction::Neutral
            }
        }
        c if c.is_numeric() => Direction::Number,
        c if c.is_alphabetic() => Direction::Right,
        _ => Direction::Neutral,
    }
}

/// From the order in which a line is seen to the order in which it is read.
fn logical(cells: &mut [Cell], rtl: bool) {
    let kinds: Vec<Direction> = cells.iter().map(|cell| direction(cell.character())).collect();
    let mut at = 0;
    if !rtl {
        // Words of the other direction inside a line that runs from left to right.
        while at < cells.len() {
            if kinds[at] != Direction::Left {
                at += 1;
                continue;
            }
            let stop = (at..cells.len())
                .take_while(|&i| kinds[i] != Direction::Right)
                .filter(|&i| kinds[i] == Direction::Left)
                .last();
            let end = stop.unwrap_or(at) + 1;
            turn(&mut cells[at..end]);
            at = end;
        }
        return;
    }
    turn(cells);
}

/// Turns a stretch of right-to-left text round; words and numbers that run from left to right inside it keep their order.
fn turn(cells: &mut [Cell]) {
    cells.reverse();
    let kinds: Vec<Direction> = cells.iter().map(|cell| direction(cell.character())).collect();
    let forward = |at: usize| matches!(kinds[at], Direction::Right | Direction::Number);
    let mut at = 0;
    while at < cells.len() {
        if !forward(at) {
            at += 1;
            continue;
        }
        let word = (at..cells.len()).take_while(|&i| kinds[i] != Direction::Left);
        let letters = word.clone().any(|i| kinds[i] == Direction::Right);
        let end = if letters {
            word.filter(|&i| forward(i)).last().unwrap_or(at) + 1
        } else {
            // A number with its separators, but not the number after the next space.
            let joined = |i: &usize| {
                kinds[*i] == Direction::Number
                    || matches!(cells[*i].character(), '.' | ',' | ':' | '/' | '٫' | '٬' | '%')
            };
            word.take_while(joined).filter(|&i| forward(i)).last().unwrap_or(at) + 1
        };
        cells[at..end].reverse();
        at = end;
    }
    let first = cells.iter().map(Cell::character).find(|c| matches!(c, '(' | ')'));
    if first == Some(')') {
        for glyph in cells.iter_mut().filter_map(|cell| cell.glyph.as_mut()) {
            glyph.character = match glyph.character {
                '(' => ')',
                ')' => '(',
                '[' => ']',
                ']' => '[',
                '«' => '»',
                '»' => '«',
                c => c,
            };
        }
    }
}
