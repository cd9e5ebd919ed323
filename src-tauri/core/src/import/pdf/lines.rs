//! From glyphs to pieces of lines: words with their spaces, in logical order, with what is set bold, italic or raised.
//!
//! A piece ends where a gap is wide enough to be the space between two columns or two cells of a table; whether it is
//! one is decided later, from many pieces. Deliberately absent: which piece is read first.

use super::direction::{Direction, direction, logical};
use super::glyphs::{Frame, Glyph, join_accents};
use super::large;
use super::raised::raise;

/// Glyphs whose baselines differ by less than this, in ems, stand on one line.
const SAME_LINE: f32 = 0.16;

/// A gap wider than this, in ems, is a space.
const SPACE: f32 = 0.13;

/// A gap wider than this, in ems, ends a piece: the narrowest space between columns, a wide one between words.
const GAP: f32 = 0.8;

/// Type smaller than this, as a share of its line's, is raised or lowered.
pub(super) const SMALL: f32 = 0.85;

/// Two glyphs of one character closer than this, in ems, are one that was drawn twice to look bold.
const TWICE: f32 = 0.12;

/// Fewest letters that tell a word which is set wide from letters that stand apart.
const TRACKED: usize = 5;

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
    /// The large letter or quotation mark with which a paragraph begins.
    pub(super) initial: bool,
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
    /// The number of the block set large beside smaller lines that it is a part of; 0 for all other lines.
    pub(super) apart: usize,
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

/// The pieces of a frame, from top to bottom: those of the page itself, and those of what is laid over it.
pub(super) fn pieces(frame: Frame) -> [Vec<Line>; 2] {
    let mut rows = rows(frame.glyphs);
    let mut large = large::take(&mut rows);
    let body = size(rows.iter().flatten());
    let mut stretches: Vec<Vec<Glyph>> = rows.into_iter().flat_map(|row| join_wide(split(row))).collect();
    raise(&mut stretches, body);
    let mut pieces: Vec<Line> = stretches.into_iter().filter_map(line).collect();
    large.align(&mut pieces);
    for (at, (glyphs, y)) in std::mem::take(&mut large.figures).into_iter().enumerate() {
        let figure = rows_of_words(glyphs);
        let count = figure.len();
        // Its lines stay in their order, just above or below the line beside it.
        let lines = figure.into_iter().enumerate();
        pieces.extend(lines.map(|(line, piece)| Line {
            y: y + 0.01 * (line as f32 - count as f32),
            apart: at + 1,
            ..piece
        }));
    }
    let over = rows_of_words(large.over);
    [pieces, over].map(|mut pieces| {
        pieces.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
        pieces
    })
}

/// The pieces of glyphs among which nothing is raised.
fn rows_of_words(glyphs: Vec<Glyph>) -> Vec<Line> {
    rows(glyphs).into_iter().flat_map(split).filter_map(line).collect()
}

/// The glyphs of each baseline, from top to bottom.
fn rows(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if glyph.y - row[0].y <= SAME_LINE * glyph.size.min(row[0].size) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    rows
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

/// The size of most type; of equals the larger.
pub(super) fn size<'a>(glyphs: impl IntoIterator<Item = &'a Glyph>) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for glyph in glyphs.into_iter().filter(|glyph| !glyph.is_space()) {
        match sizes.iter_mut().find(|(size, _)| (size - glyph.size).abs() < 0.3) {
            Some((_, count)) => *count += 1,
            None => sizes.push((glyph.size, 1)),
        }
    }
    sizes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(a.0.total_cmp(&b.0))).map_or(0.0, |(size, _)| size)
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
    let wide = wide_gaps(&glyphs.iter().filter(|glyph| !glyph.is_space()).collect::<Vec<&Glyph>>());

    let mut cells: Vec<Cell> = Vec::with_capacity(glyphs.len() + glyphs.len() / 4);
    let (mut right, mut blank, mut letter) = (f32::NEG_INFINITY, false, 0_usize);
    for glyph in glyphs {
        if glyph.is_space() {
            blank = true;
            continue;
        }
        let inside = letter.checked_sub(1).is_some_and(|gap| wide[gap]);
        let spaced = !inside && (blank || glyph.x - right > SPACE * em.min(glyph.size.max(0.6 * em)));
        letter += 1;
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
    Some(Line { left, right, y, size: em, runs: runs(cells), rtl, bold: bold * 10 > count * 7, cells: 1, apart: 0 })
}

/// Whether each gap between two letters of a line lies inside a word that is set wide: several gaps one after the other
/// are wider than a space and all alike. The glyphs are those of a line from left to right, without blanks.
fn wide_gaps(letters: &[&Glyph]) -> Vec<bool> {
    let gap = |at: usize| letters[at + 1].x - letters[at].right();
    let count = letters.len().saturating_sub(1);
    let alike = |at: usize, other: f32| (gap(at) - other).abs() <= 0.25 * other;
    let spaced = |at: usize| {
        let (left, right) = (letters[at], letters[at + 1]);
        gap(at) > SPACE * left.size && left.character.is_alphabetic() && right.character.is_alphabetic()
    };
    // Whether a word that is set close ends where these gaps begin, or begins where they end.
    let close = |at: usize| gap(at) <= SPACE * letters[at].size && letters[at].character.is_alphabetic();
    let tight = |at: usize, end: usize| {
        at.checked_sub(1).is_some_and(close) || end < count && letters[end + 1].character.is_alphabetic() && close(end)
    };
    let mut wide = vec![false; count];
    let mut usual: Option<f32> = None;
    let mut short: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at < count {
        if !spaced(at) {
            at += 1;
            continue;
        }
        let end = at + (at..count).take_while(|&next| spaced(next) && alike(next, gap(at))).count();
        // Letters of the alphabet one after the other are a list of them.
        let list = letters[at..=end].windows(2).all(|pair| pair[1].character as u32 == pair[0].character as u32 + 1);
        // The room of a typed space tells less.
        let fewest = if gap(at) < 0.45 * letters[at].size { TRACKED } else { TRACKED + 2 };
        // Single letters between words that are set close have spaces between them.
        let own = !tight(at, end);
        if own && end - at + 1 >= fewest && !list {
            wide[at..end].fill(true);
            usual = Some(gap(at));
        } else if own {
            short.push(at..end);
        }
        at = end;
    }
    if let Some(usual) = usual {
        for gaps in short.into_iter().filter(|gaps| gaps.clone().all(|at| alike(at, usual))) {
            wide[gaps].fill(true);
        }
    }
    wide
}

/// The room between letters that are all set wide, in points.
fn tracking(glyphs: &[Glyph]) -> Option<f32> {
    let letters: Vec<&Glyph> = glyphs.iter().filter(|glyph| !glyph.is_space()).collect();
    let usual = letters.get(1)?.x - letters[0].right();
    let alike = |pair: &[&Glyph]| (pair[1].x - pair[0].right() - usual).abs() <= 0.25 * usual;
    let words = letters.windows(2).filter(|pair| !alike(pair)).count();
    (usual > SPACE * letters[0].size && words * 3 <= letters.len()).then_some(usual)
}

/// Joins the words of a line that is set wide: the gaps between them are wide as well.
fn join_wide(stretches: Vec<Vec<Glyph>>) -> Vec<Vec<Glyph>> {
    let mut joined: Vec<Vec<Glyph>> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let fits = joined.last().is_some_and(|last| {
            let (Some(own), Some(next)) = (tracking(last), tracking(&stretch)) else { return false };
            let right = last.iter().filter(|glyph| !glyph.is_space()).map(Glyph::right).fold(f32::MIN, f32::max);
            let size = stretch[0].size;
            let alike = (own - next).abs() <= 0.25 * own && (size - last[0].size).abs() < 0.3;
            alike && stretch[0].x - right <= GAP * size + 2.0 * own && last.len() + stretch.len() >= TRACKED
        });
        match joined.last_mut().filter(|_| fits) {
            Some(last) => last.extend(stretch),
            None => joined.push(stretch),
        }
    }
    joined
}

/// Drops glyphs that were drawn twice.
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
pub(super) struct Cell {
    pub(super) glyph: Option<Glyph>,
    raised: bool,
}

impl Cell {
    fn space() -> Cell {
        Cell { glyph: None, raised: false }
    }

    pub(super) fn character(&self) -> char {
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
        let (bold, italic, raised, initial) = (glyph.bold, glyph.italic, cell.raised, glyph.initial);
        let fits = runs.last().is_some_and(|run| {
            run.bold == bold && run.italic == italic && run.raised == raised && run.initial == initial
        });
        if !fits {
            runs.push(Run { text: String::new(), bold, italic, raised, call: None, initial });
        }
        if let Some(run) = runs.last_mut() {
            run.text.push(glyph.character);
            run.text.extend(glyph.marks);
        }
    }
    runs
}

/// Ideographs, kana and their punctuation. Korean has spaces.
pub(super) fn is_wide(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}
