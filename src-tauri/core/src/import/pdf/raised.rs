//! Small type above or below a line: superscripts, subscripts, marks of footnotes. It joins the line.
//!
//! Large type is no line with small type around it: lines of the text that stand beside a large figure or a heading stay
//! lines of their own. Deliberately absent: formulas in two dimensions.

use super::glyphs::Glyph;
use super::lines::{SMALL, size};

/// Most characters of raised type that is as large as the text, such as a mark beside a heading.
const MARK: usize = 3;

/// Type smaller than this, as a share of its line's, is a mark or nothing that belongs to the line.
const TINY: f32 = 0.45;

/// Type smaller than this, as a share of its line's, is no longer than the line or `LONGEST`, in ems of its own.
const FAR: f32 = 0.62;
const LONGEST: f32 = 3.0;

/// Stretches on one baseline that are closer than this, in ems, are parts of one line.
const CLOSE: f32 = 1.5;

/// A stretch of glyphs on one baseline.
struct Extent {
    left: f32,
    right: f32,
    y: f32,
    size: f32,
    /// Characters that are not blank.
    count: usize,
}

impl Extent {
    fn of(glyphs: &[Glyph]) -> Extent {
        Extent {
            left: glyphs.iter().map(|glyph| glyph.x).fold(f32::INFINITY, f32::min),
            right: glyphs.iter().map(Glyph::right).fold(f32::NEG_INFINITY, f32::max),
            y: glyphs[0].y,
            size: size(glyphs),
            count: glyphs.iter().filter(|glyph| !glyph.is_space()).count(),
        }
    }

    fn width(&self) -> f32 {
        self.right - self.left
    }
}

/// Puts small type that stands above or below a line into that line. The stretches come from top to bottom; `body` is the
/// size of most type of the page.
pub(super) fn raise(stretches: &mut Vec<Vec<Glyph>>, body: f32) {
    let extents: Vec<Extent> = stretches.iter().map(|glyphs| Extent::of(glyphs)).collect();
    let lines = lines(&extents);
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
            if !is_raised(small, &lines[index], line, body) {
                continue;
            }
            let distance = (line.y - small.y).abs();
            if best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, at));
            }
        }
        into[index] = best.map(|(_, at)| at);
    }
    part(&extents, &mut into, body);
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

/// Whether a stretch is raised or lowered type of a line. `own` is the line that the stretch itself is a part of.
fn is_raised(small: &Extent, own: &Extent, line: &Extent, body: f32) -> bool {
    let raised = line.y - small.y;
    let beside = small.left > line.left - 0.8 * line.size && small.left < line.right + 0.9 * line.size;
    if small.size > SMALL * line.size || !beside || raised > 0.75 * line.size || raised < -0.4 * line.size {
        return false;
    }
    let tiny = small.size < TINY * line.size;
    if (is_text(small, line, body) || tiny) && own.count > MARK {
        return false;
    }
    small.size > FAR * line.size || own.width() <= line.width().max(LONGEST * small.size)
}

/// Whether a stretch beside larger type is set as the text is.
fn is_text(small: &Extent, line: &Extent, body: f32) -> bool {
    small.size >= 0.95 * body && line.size > 1.05 * body
}

/// For every stretch the line that it is a part of: it and its neighbours of one size on one baseline.
fn lines(extents: &[Extent]) -> Vec<Extent> {
    let level = |a: &Extent, b: &Extent| (a.y - b.y).abs() <= 0.16 * a.size.min(b.size);
    let mut lines: Vec<Extent> = Vec::with_capacity(extents.len());
    let mut start = 0;
    while start < extents.len() {
        let end = start + extents[start..].iter().take_while(|extent| level(extent, &extents[start])).count();
        let mut order: Vec<usize> = (start..end).collect();
        order.sort_by(|&a, &b| extents[a].left.total_cmp(&extents[b].left));
        let mut found: Vec<(usize, Extent)> = Vec::with_capacity(order.len());
        let joins = |a: &usize, b: &usize| {
            let (a, b) = (&extents[*a], &extents[*b]);
            b.left - a.right < CLOSE * a.size && (a.size - b.size).abs() < 0.06 * a.size
        };
        for parts in order.chunk_by(joins) {
            let of = |value: fn(&Extent) -> f32| parts.iter().map(move |&at| value(&extents[at]));
            for &at in parts {
                let whole = Extent {
                    left: of(|extent| extent.left).fold(f32::INFINITY, f32::min),
                    right: of(|extent| extent.right).fold(f32::NEG_INFINITY, f32::max),
                    count: parts.iter().map(|&at| extents[at].count).sum(),
                    ..extents[at]
                };
                found.push((at, whole));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        lines.extend(found.into_iter().map(|(_, whole)| whole));
        start = end;
    }
    lines
}

/// Stretches of several lines that stand one above the other are no raised type of one line: they are lines beside it.
fn part(extents: &[Extent], into: &mut [Option<usize>], body: f32) {
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); extents.len()];
    for (index, line) in into.iter().enumerate() {
        if let Some(line) = line {
            held[*line].push(index);
        }
    }
    for (line, held) in held.into_iter().enumerate().filter(|(_, held)| held.len() > 1) {
        let line = &extents[line];
        let far = |small: &Extent| small.size < FAR * line.size || is_text(small, line, body);
        // They come from top to bottom. Short ones may be the two ends of a sum, or a number over another.
        let long = held.into_iter().filter(|&at| extents[at].count > MARK && far(&extents[at]));
        let long: Vec<usize> = long.collect();
        let reach = |at: usize| (extents[at].left, extents[at].right);
        let mut widest = (f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY);
        let mut overlap = false;
        for &at in &long {
            let ((left, right), y) = (reach(at), extents[at].y);
            overlap |= y - widest.2 > 0.3 * extents[at].size && left < widest.1 && right > widest.0;
            widest = (widest.0.min(left), widest.1.max(right), y);
        }
        if overlap {
            long.into_iter().for_each(|at| into[at] = None);
        }
    }
}
