//! Type that is set much larger than the lines around it: initials, figures, quotation marks, numerals, words laid over
//! the page.
//!
//! - A letter or an opening quotation mark at the left of at least two lines, or of one on its own baseline, is the
//!   *initial* of the first of them.
//! - Anything else at the side of at least two lines is read before them when it stands at their left, after them when it
//!   stands at their right.
//! - What lies over at least two lines, as a watermark does, is read after everything else on its page.
//!
//! Deliberately absent: large type that has no lines beside it; it is a line as any other.

use super::glyphs::Glyph;
use super::lines::{Line, SMALL, is_wide, size};

/// Large type is larger than the lines beside it by at least this factor.
const LARGE: f32 = 1.6;

/// Stretches on one baseline that are closer than this, in ems, are one.
const CLOSE: f32 = 1.5;

/// Fewest characters of a line that makes type beside it large; two of Chinese or Japanese.
const LINE: usize = 4;

/// Lines further away than this, as a share of the large type's size, do not stand beside it.
const BESIDE: f32 = 1.2;

/// An initial letter is no further from its line than this, in ems of the line.
const NEAR: f32 = 1.1;

/// Longest initial: a quotation mark and a letter or two.
const INITIAL: usize = 3;

/// Height of large type above its baseline, as a share of its size.
const ABOVE: f32 = 0.8;

/// What stands large on a page and was taken off its lines.
#[derive(Default)]
pub(super) struct Large {
    /// Figures beside lines, each with the baseline at which it is read.
    pub(super) figures: Vec<(Vec<Glyph>, f32)>,
    /// Words laid over lines.
    pub(super) over: Vec<Glyph>,
    hung: Vec<Hung>,
}

/// The lines beside an initial: they belong to a paragraph that begins at the initial's left edge.
struct Hung {
    edge: f32,
    /// The lines begin between the edge and here.
    reach: f32,
    top: f32,
    bottom: f32,
}

impl Large {
    /// Lets the lines beside an initial begin where the initial does.
    pub(super) fn align(&self, pieces: &mut [Line]) {
        for hung in &self.hung {
            for piece in pieces.iter_mut().filter(|piece| piece.y > hung.top && piece.y < hung.bottom) {
                if piece.left > hung.edge && piece.left < hung.reach {
                    piece.left = hung.edge;
                }
            }
        }
    }
}

/// Glyphs of one size on one baseline.
struct Stretch {
    row: usize,
    /// Places in the row, from left to right.
    glyphs: Vec<usize>,
    left: f32,
    right: f32,
    y: f32,
    size: f32,
    /// Characters that are not blank.
    count: usize,
    wide: bool,
}

impl Stretch {
    fn is_line(&self) -> bool {
        self.count >= if self.wide { 2 } else { LINE }
    }

    /// Half the height of its small letters, from the top of the page.
    fn middle(&self) -> f32 {
        self.y - 0.3 * self.size
    }
}

/// How large type stands to the lines around it.
#[derive(PartialEq)]
enum Standing {
    Initial,
    Before,
    After,
    Over,
}

/// Takes what is set large beside or over lines off the rows of a page, which come from top to bottom; initials join the
/// row that they begin.
pub(super) fn take(rows: &mut Vec<Vec<Glyph>>) -> Large {
    let mut large = Large::default();
    let sizes = || rows.iter().flatten().filter(|glyph| !glyph.is_space()).map(|glyph| glyph.size);
    let (least, most) = (sizes().fold(f32::INFINITY, f32::min), sizes().fold(0.0, f32::max));
    if most < LARGE * least {
        return large;
    }
    let mut stretches: Vec<Stretch> = rows
        .iter()
        .enumerate()
        .flat_map(|(at, row)| classes(row).into_iter().flat_map(move |class| split(at, row, class)))
        .collect();
    stretches.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut begun: Vec<(usize, Glyph)> = Vec::new();
    for (index, stretch) in stretches.iter().enumerate() {
        if stretch.size < LARGE * least {
            continue;
        }
        let Some((standing, lines)) = standing(&stretches, index, rows) else { continue };
        let (first, last) = (&stretches[lines[0]], &stretches[lines[lines.len() - 1]]);
        let glyphs = stretch.glyphs.iter().map(|&at| rows[stretch.row][at].clone());
        taken.extend(stretch.glyphs.iter().map(|&at| (stretch.row, at)));
        match standing {
            Standing::Initial => {
                let letters: Vec<Glyph> = glyphs.collect();
                for (at, glyph) in letters.iter().enumerate() {
                    let end = letters.get(at + 1).map_or(first.left, |next| next.x);
                    let (y, size) = (first.y, first.size);
                    begun.push((first.row, Glyph { y, size, width: end - glyph.x, initial: true, ..glyph.clone() }));
                }
                let reach = lines.iter().map(|&at| stretches[at].left).fold(stretch.right, f32::max) + 0.1 * first.size;
                let (top, bottom) = (first.y - 0.3 * first.size, last.y + 0.3 * last.size);
                large.hung.push(Hung { edge: stretch.left, reach, top, bottom });
            }
            Standing::Before => large.figures.push((glyphs.collect(), first.y - 0.45 * first.size)),
            Standing::After => large.figures.push((glyphs.collect(), last.y + 0.45 * last.size)),
            Standing::Over => large.over.extend(glyphs),
        }
    }
    taken.sort_unstable();
    for (at, row) in rows.iter_mut().enumerate() {
        let mut place = 0;
        row.retain(|_| {
            place += 1;
            taken.binary_search(&(at, place - 1)).is_err()
        });
    }
    for (row, glyph) in begun {
        rows[row].push(glyph);
    }
    rows.retain(|row| !row.is_empty());
    large
}

/// The glyphs of a row, parted where their sizes are far apart.
fn classes(row: &[Glyph]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..row.len()).filter(|&at| !row[at].is_space()).collect();
    order.sort_by(|&a, &b| row[a].size.total_cmp(&row[b].size));
    let (Some(&least), Some(&most)) = (order.first(), order.last()) else { return Vec::new() };
    if row[most].size < LARGE * row[least].size {
        return vec![order];
    }
    let step = |at: usize| row[order[at]].size / row[order[at - 1]].size;
    let cut = (1..order.len()).max_by(|&a, &b| step(a).total_cmp(&step(b))).unwrap_or(0);
    let large = order.split_off(cut);
    vec![order, large]
}

fn split(row: usize, glyphs: &[Glyph], mut class: Vec<usize>) -> Vec<Stretch> {
    class.sort_by(|&a, &b| glyphs[a].x.total_cmp(&glyphs[b].x));
    let joins = |a: &usize, b: &usize| glyphs[*b].x - glyphs[*a].right() < CLOSE * glyphs[*a].size;
    let stretch = |part: &[usize]| {
        let own: Vec<Glyph> = part.iter().map(|&at| glyphs[at].clone()).collect();
        Stretch {
            row,
            glyphs: part.to_vec(),
            left: own[0].x,
            right: own.iter().map(Glyph::right).fold(f32::NEG_INFINITY, f32::max),
            y: own[0].y,
            size: size(&own),
            count: own.len(),
            wide: own.iter().any(|glyph| is_wide(glyph.character)),
        }
    };
    class.chunk_by(joins).map(stretch).collect()
}

/// How a stretch stands to smaller lines around it, and which those are, from top to bottom.
fn standing(stretches: &[Stretch], index: usize, rows: &[Vec<Glyph>]) -> Option<(Standing, Vec<usize>)> {
    let large = &stretches[index];
    let top = large.y - ABOVE * large.size;
    let before = (0..index).rev().take_while(|&at| stretches[at].y > top);
    let after = (index + 1..stretches.len()).take_while(|&at| stretches[at].middle() < large.y);
    let mut around: Vec<usize> = before
        .chain(after)
        .filter(|&at| {
            let line = &stretches[at];
            let level = line.y - 0.1 * line.size > top && line.middle() < large.y;
            line.is_line() && line.size * LARGE <= large.size && level
        })
        .collect();
    around.sort_unstable();
    let (mut left, mut right, mut over) = (Vec::new(), Vec::new(), Vec::new());
    for at in around {
        let line = &stretches[at];
        let lap = 0.6 * line.size;
        if line.left > large.right - lap {
            if line.left - large.right < BESIDE * large.size {
                right.push(at);
            }
        } else if line.right < large.left + lap {
            if large.left - line.right < BESIDE * large.size {
                left.push(at);
            }
        } else {
            over.push(at);
        }
    }
    let several = |lines: &[usize]| lines.iter().any(|&at| stretches[at].row != stretches[lines[0]].row);
    if several(&over) {
        return Some((Standing::Over, over));
    }
    if let Some(&first) = right.first()
        && begins(large, &stretches[first], rows)
        && (several(&right) || (stretches[first].y - large.y).abs() < 0.35 * stretches[first].size)
    {
        return Some((Standing::Initial, right));
    }
    if several(&right) {
        return Some((Standing::Before, right));
    }
    several(&left).then_some((Standing::After, left))
}

/// Whether a stretch is the initial of a line at its right.
fn begins(large: &Stretch, line: &Stretch, rows: &[Vec<Glyph>]) -> bool {
    let mark = |c: char| matches!(c, '“' | '„' | '«' | '‘' | '‚' | '"' | '‹' | '「' | '『' | '(' | '[');
    let mut characters = large.glyphs.iter().map(|&at| rows[large.row][at].character);
    let letters = characters.clone().filter(|c| !mark(*c)).count();
    let fits = large.count <= INITIAL && characters.all(|c| mark(c) || c.is_alphabetic());
    let gap = line.left - large.right;
    fits && (letters == 0 || gap < NEAR * line.size)
}

/// Type that is smaller than the lines beside it is raised, not large.
const _: () = assert!(SMALL * LARGE > 1.0);
