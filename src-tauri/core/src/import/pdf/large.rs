//! Type that is set much larger than the lines around it: initials, figures, quotation marks, numerals, words laid over
//! the page.
//!
//! - A letter or an opening quotation mark at the left of at least two lines, or of one on its own baseline, is the
//!   *initial* of the first of them.
//! - Anything else at the side of at least two lines is read before them when it stands at their left, after them when it
//!   stands at their right.
//! - What lies over at least two lines, as a watermark does, is read after everything else on its page.
//!
//! Where lines run from right to left, the sides change places. Deliberately absent: large type that has no lines beside
//! it; it is a line as any other.

use super::direction::{Direction, direction};
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

/// Most lines of one large block beside lines.
const BLOCK: usize = 6;

/// Lines of one large block are no further apart than this, in ems.
const STEP: f32 = 1.6;

/// Longest initial: a quotation mark and a letter or two.
const INITIAL: usize = 3;

/// Height of large type above its baseline, as a share of its size.
const ABOVE: f32 = 0.8;

/// What stands large on a page and was taken off its lines.
#[derive(Default)]
pub(super) struct Large {
    /// Figures beside lines: the glyphs of each, and the baseline at which it is read.
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
    rtl: bool,
}

impl Large {
    /// Lets the lines beside an initial begin where the initial does.
    pub(super) fn align(&self, pieces: &mut [Line]) {
        for hung in &self.hung {
            for piece in pieces.iter_mut().filter(|piece| piece.y > hung.top && piece.y < hung.bottom) {
                if hung.rtl && piece.right < hung.edge && piece.right > hung.reach {
                    piece.right = hung.edge;
                } else if !hung.rtl && piece.left > hung.edge && piece.left < hung.reach {
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
    rtl: bool,
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
    let body = size(rows.iter().flatten());
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut begun: Vec<(usize, Glyph)> = Vec::new();
    let mut done = vec![false; stretches.len()];
    for index in 0..stretches.len() {
        let stretch = &stretches[index];
        if done[index] || stretch.size < LARGE * least || stretch.size < 1.05 * body {
            continue;
        }
        let block = block(&stretches, index);
        block.iter().for_each(|&at| done[at] = true);
        let Some((standing, lines)) = standing(&stretches, &block, rows) else { continue };
        let (first, last) = (&stretches[lines[0]], &stretches[lines[lines.len() - 1]]);
        let places = || block.iter().flat_map(|&at| stretches[at].glyphs.iter().map(move |&glyph| (at, glyph)));
        taken.extend(places().map(|(at, glyph)| (stretches[at].row, glyph)));
        let glyphs: Vec<Glyph> = places().map(|(at, glyph)| rows[stretches[at].row][glyph].clone()).collect();
        match standing {
            Standing::Initial => {
                for (at, glyph) in glyphs.iter().enumerate() {
                    let (from, to) = if first.rtl {
                        (at.checked_sub(1).map_or(first.right, |_| glyph.x), glyph.right())
                    } else {
                        (glyph.x, glyphs.get(at + 1).map_or(first.left, |next| next.x))
                    };
                    let begins = Glyph {
                        x: from,
                        y: first.y,
                        size: first.size,
                        width: (to - from).max(0.0),
                        initial: true,
                        ..glyph.clone()
                    };
                    begun.push((first.row, begins));
                }
                let near = 0.1 * first.size;
                let begin = lines.iter().map(|&at| &stretches[at]);
                let (edge, reach) = if first.rtl {
                    (stretch.right, begin.map(|line| line.right).fold(stretch.left, f32::min) - near)
                } else {
                    (stretch.left, begin.map(|line| line.left).fold(stretch.right, f32::max) + near)
                };
                let (top, bottom) = (first.y - 0.3 * first.size, last.y + 0.3 * last.size);
                large.hung.push(Hung { edge, reach, top, bottom, rtl: first.rtl });
            }
            Standing::Before => {
                let edge = block.iter().map(|&at| stretches[at].left).fold(f32::INFINITY, f32::min);
                let flows = |line: &Stretch, next: &Stretch| {
                    !line.rtl && (next.left - edge).abs() < line.size && (next.y - line.y).abs() < STEP * line.size
                };
                let text = |next: &Stretch| (next.size - first.size).abs() < 0.06 * first.size;
                let below = stretches[lines[lines.len() - 1] + 1..].iter();
                let below = below.filter(|next| text(next)).find(|next| next.y - last.y > 0.5 * last.size);
                let above = (0..lines[0]).rev().filter(|&at| text(&stretches[at]));
                let above = above.into_iter().find(|&at| first.y - stretches[at].y > 0.5 * first.size);
                let above = above.filter(|&at| {
                    let far = lines.iter().map(|&at| stretches[at].right).fold(f32::NEG_INFINITY, f32::max);
                    flows(first, &stretches[at]) && far - stretches[at].right < 6.0 * first.size
                });
                // The lines of a paragraph run around it.
                if above.is_some() || below.is_some_and(|next| flows(last, next)) {
                    let reach = lines.iter().map(|&at| stretches[at].left).fold(edge, f32::max) + 0.1 * first.size;
                    let (top, bottom) = (first.y - 0.3 * first.size, last.y + 0.3 * last.size);
                    large.hung.push(Hung { edge, reach, top, bottom, rtl: false });
                }
                let first = &stretches[paragraph(&stretches, above.unwrap_or(lines[0]), false)];
                large.figures.push((glyphs, first.y - 0.45 * first.size));
            }
            Standing::After => {
                let last = &stretches[paragraph(&stretches, lines[lines.len() - 1], true)];
                large.figures.push((glyphs, last.y + 0.45 * last.size));
            }
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
            rtl: own.iter().filter(|glyph| direction(glyph.character) == Direction::Left).count() * 2 > own.len(),
        }
    };
    class.chunk_by(joins).map(stretch).collect()
}

/// The lines of one size that stand one below the other from here on.
fn block(stretches: &[Stretch], first: usize) -> Vec<usize> {
    let mut block = vec![first];
    let mut last = &stretches[first];
    for (at, next) in stretches.iter().enumerate().skip(first + 1) {
        let step = next.y - last.y;
        if step > STEP * last.size {
            break;
        }
        let below = step > 0.5 * last.size && next.left < last.right && next.right > last.left;
        if below && (next.size - last.size).abs() < 0.06 * last.size {
            block.push(at);
            last = next;
        }
    }
    block
}

/// The last line of the paragraph that a line is in, or its first one: what stands beside it does not part it.
fn paragraph(stretches: &[Stretch], line: usize, down: bool) -> usize {
    let mut found = line;
    let mut at = line;
    loop {
        let next = if down { Some(at + 1).filter(|&next| next < stretches.len()) } else { at.checked_sub(1) };
        let Some(next) = next else { break };
        at = next;
        let (own, other) = (&stretches[found], &stretches[at]);
        let step = (other.y - own.y).abs();
        if step > STEP * own.size {
            break;
        }
        let even = (other.left - own.left).abs() < own.size || (other.right - own.right).abs() < own.size;
        if step > 0.5 * own.size && even && (other.size - own.size).abs() < 0.06 * own.size {
            // A line that ends well before the one below it is the last of its paragraph.
            let (above, below) = if down { (own, other) } else { (other, own) };
            if (below.right - above.right > 6.0 * own.size) || (below.left - above.left > own.size) {
                break;
            }
            found = at;
        }
    }
    found
}

/// How a block of large type stands to smaller lines around it, and which those are, from top to bottom.
fn standing(stretches: &[Stretch], block: &[usize], rows: &[Vec<Glyph>]) -> Option<(Standing, Vec<usize>)> {
    let large = &stretches[block[0]];
    let bottom = stretches[block[block.len() - 1]].y;
    let top = large.y - ABOVE * large.size;
    let start = block.iter().map(|&at| stretches[at].left).fold(f32::INFINITY, f32::min);
    let stop = block.iter().map(|&at| stretches[at].right).fold(f32::NEG_INFINITY, f32::max);
    let before = (0..block[0]).rev().take_while(|&at| stretches[at].y > top);
    let after = (block[0] + 1..stretches.len()).take_while(|&at| stretches[at].middle() < bottom);
    let mut around: Vec<usize> = before
        .chain(after)
        .filter(|&at| {
            let line = &stretches[at];
            let level = line.y - 0.1 * line.size > top && line.middle() < bottom;
            line.is_line() && line.size * LARGE <= large.size && level
        })
        .collect();
    around.sort_unstable();
    let (mut left, mut right, mut over) = (Vec::new(), Vec::new(), Vec::new());
    for at in around {
        let line = &stretches[at];
        let lap = 0.6 * line.size;
        if line.left > stop - lap {
            if line.left - stop < BESIDE * large.size {
                right.push(at);
            }
        } else if line.right < start + lap {
            if start - line.right < BESIDE * large.size {
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
    if block.len() > BLOCK {
        return None;
    }
    let rtl = left.iter().chain(&right).filter(|&&at| stretches[at].rtl).count() * 2 > left.len() + right.len();
    let (mut next, mut last) = (right, left);
    if rtl {
        std::mem::swap(&mut next, &mut last);
    }
    if let Some(&first) = next.first()
        && block.len() == 1
        && begins(large, &stretches[first], rows)
        && (several(&next) || (stretches[first].y - large.y).abs() < 0.35 * stretches[first].size)
    {
        return Some((Standing::Initial, next));
    }
    if several(&next) {
        return Some((Standing::Before, next));
    }
    several(&last).then_some((Standing::After, last))
}

/// Whether a stretch is the initial of a line beside it.
fn begins(large: &Stretch, line: &Stretch, rows: &[Vec<Glyph>]) -> bool {
    let mark = |c: char| matches!(c, '“' | '„' | '«' | '‘' | '‚' | '"' | '‹' | '「' | '『' | '(' | '[');
    let mut characters = large.glyphs.iter().map(|&at| rows[large.row][at].character);
    let letters = characters.clone().filter(|c| !mark(*c)).count();
    let fits = large.count <= INITIAL && characters.all(|c| mark(c) || c.is_alphabetic());
    let gap = if line.rtl { large.left - line.right } else { line.left - large.right };
    fits && (letters == 0 || gap < NEAR * line.size)
}

/// Type that is smaller than the lines beside it is raised, not large.
const _: () = assert!(SMALL * LARGE > 1.0);
