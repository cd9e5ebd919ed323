//! Lines of prose in which words were blanked out, as in released files. The gap is no space between cells or columns.
//!
//! Such lines are the lines of a paragraph: they keep its edges, the distance of its lines, and one goes on with the
//! sentence of the one before. Deliberately absent: a sign for what was blanked out; the words stand side by side.

use super::columns::is_left;
use super::lines::Line;
use super::paragraphs::{ends_sentence, is_divided, same_size};
use std::ops::Range;

/// Lines of one paragraph are no further apart than this, as a share of the usual distance.
const CLOSE: f32 = 1.3;

/// Room that a line of prose leaves at its end, as a share of the width of its column.
const ROOM: f32 = 0.2;

/// More lines than this, side by side, are columns.
const MOST: usize = 14;

/// Whether lines with wide gaps, `start..end` of a region, are lines of prose. `step` is the usual distance of lines, in ems.
pub(super) fn is_prose(lines: &[Line], start: usize, end: usize, (left, right): (f32, f32), step: f32) -> bool {
    let gapped = &lines[start..end];
    let first = &gapped[0];
    let touches = |a: &Line, b: &Line| same_size(a.size, b.size) && b.y - a.y <= CLOSE * step.max(0.9) * a.size;
    let above = start.checked_sub(1).map(|at| &lines[at]).filter(|line| touches(line, first));
    let below = lines.get(end).filter(|line| touches(&gapped[gapped.len() - 1], line));
    if !gapped.windows(2).all(|pair| touches(&pair[0], &pair[1])) {
        return false;
    }
    let wide = |line: &&Line| line.width() > (1.0 - 2.0 * ROOM) * (right - left);
    let inside = above.is_some_and(|line| wide(&line)) || below.is_some();
    let (begins, stops) = if first.rtl {
        (
            count(gapped, |line| right - line.right < first.size),
            count(gapped, |line| line.left - left < ROOM * (right - left)),
        )
    } else {
        (
            count(gapped, |line| line.left - left < first.size),
            count(gapped, |line| right - line.right < ROOM * (right - left)),
        )
    };
    let few = count(gapped, |line| line.cells <= 3);
    let figures = count(gapped, |line| !line.text().rsplit('\t').next().unwrap_or("").contains(char::is_alphabetic));
    let all: Vec<&Line> = above.into_iter().chain(gapped).chain(below).collect();
    let pairs = all.len() - 1;
    let continued = all.windows(2).filter(|pair| goes_on(pair[0], pair[1])).count();
    most(begins, gapped.len())
        && most(stops, gapped.len())
        && most(few, gapped.len())
        && figures * 3 <= gapped.len()
        && if inside { continued * 2 >= pairs } else { most(continued, pairs) }
}

/// Whether the two sides of a gutter are lines of prose, each with words blanked out of its middle. The pieces come from
/// top to bottom; those of `band` stand on both sides of the gutter.
pub(super) fn are_lines(pieces: &[Line], band: Range<usize>, gutter: f32) -> bool {
    let mut rows: Vec<(&Line, usize, usize)> = Vec::new();
    for piece in &pieces[band.clone()] {
        let left = is_left(piece, gutter);
        match rows.last_mut() {
            Some((row, lefts, rights)) if (piece.y - row.y).abs() <= 0.3 * piece.size.min(row.size) => {
                *(if left { lefts } else { rights }) += 1;
            }
            _ => rows.push((piece, usize::from(left), usize::from(!left))),
        }
    }
    if rows.len() > MOST || rows.iter().any(|&(_, lefts, rights)| lefts == 0 || rights == 0) {
        return false;
    }
    let mut steps: Vec<f32> = rows.windows(2).map(|pair| pair[1].0.y - pair[0].0.y).collect();
    steps.sort_by(f32::total_cmp);
    let Some(&step) = steps.get(steps.len() / 2) else { return false };
    let size = rows[0].0.size;
    let inner = &pieces[band.clone()];
    let left = inner.iter().map(|piece| piece.left).fold(f32::INFINITY, f32::min);
    let ends: Vec<f32> = inner.iter().filter(|piece| is_left(piece, gutter)).map(|piece| piece.right).collect();
    let touches = |line: &Line, distance: f32| {
        let across = line.left < gutter && line.right > gutter;
        across && same_size(line.size, size) && distance <= CLOSE * step && (line.left - left).abs() < 3.0 * size
    };
    let above = band.start.checked_sub(1).is_some_and(|at| touches(&pieces[at], inner[0].y - pieces[at].y));
    let below = pieces.get(band.end).is_some_and(|line| touches(line, line.y - inner[inner.len() - 1].y));
    // Lines of a column that is set in full end at one place.
    let even = ends.iter().filter(|end| (*end - ends[0]).abs() < 0.3 * size).count();
    if even * 3 > ends.len() * 2 { above && below } else { above || below }
}

/// Whether a line goes on with the sentence of the one above. Where there are no small letters it does unless that one
/// ends with the end of a sentence.
fn goes_on(above: &Line, line: &Line) -> bool {
    let (above, line) = (above.text(), line.text());
    let first = line.chars().find(|c| c.is_alphanumeric());
    let opens = first.is_some_and(|c| c.is_uppercase() || c.is_numeric());
    is_divided(&above) || !ends_sentence(above.trim_end()) && !opens
}

fn count(lines: &[Line], is: impl Fn(&Line) -> bool) -> usize {
    lines.iter().filter(|line| is(line)).count()
}

fn most(part: usize, whole: usize) -> bool {
    part * 3 >= whole * 2
}
