//! The measure of lines: the edges of their column, or those of a narrower block in it such as a quotation.
//!
//! A line has ended early when it leaves room for the next word in its measure. Deliberately absent: whether a paragraph
//! ends there.

use super::lines::{Line, is_wide};
use super::paragraphs::{APART, ROOM, ends_sentence, same_size};

/// Lines one after the other that end at one place make a measure of their own, narrower than the column, such as that of
/// an abstract; it is at least so wide, in ems: narrower ones are columns of figures.
const MEASURE_LINES: usize = 3;
const MEASURE: f32 = 20.0;

/// Lines that end at one place do so within this, in ems.
const SAME_EDGE: f32 = 0.3;

/// The left and the right edge that most lines of a region keep to.
pub(super) fn edges(lines: &[Line]) -> (f32, f32) {
    let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
    let needed = (lines.len() / 5).max(3);
    let keeps = |edge: &dyn Fn(&Line) -> f32, at: f32| {
        lines.iter().filter(|line| (edge(line) - at).abs() < 2.0).count() >= needed
    };
    let firm = |edge: &dyn Fn(&Line) -> f32, far: bool| {
        let places = lines.iter().map(edge).filter(|&at| keeps(edge, at));
        places.reduce(if far { f32::max } else { f32::min })
    };
    (firm(&|line: &Line| line.left, false).unwrap_or(left), firm(&|line: &Line| line.right, true).unwrap_or(right))
}

/// Where each line could have ended: at the edges of its region, or at those of the narrower measure that it is set in.
/// `step` is the usual distance of two lines, in ems.
pub(super) fn measures(lines: &[Line], (left, right): (f32, f32), step: f32) -> Vec<(f32, f32)> {
    let mut found = vec![(left, right); lines.len()];
    let beside = |a: &Line, b: &Line| {
        a.rtl == b.rtl && same_size(a.size, b.size) && (end(a) - end(b)).abs() < SAME_EDGE * a.size
    };
    let mut at = 0;
    for run in lines.chunk_by(beside) {
        let wide = run.iter().all(|line| line.width() > MEASURE * line.size);
        if run.len() >= MEASURE_LINES && wide {
            found[at..at + run.len()].fill(reach(run, (left, right)));
        }
        at += run.len();
    }
    let close = |a: &Line, b: &Line| {
        let distance = b.y - a.y;
        a.rtl == b.rtl
            && same_size(a.size, b.size)
            && distance > 0.0
            && distance <= APART * step.max(0.9) * a.size
            && a.apart == b.apart
    };
    let mut at = 0_usize;
    for part in lines.chunk_by(close) {
        let even = |a: &Line, b: &Line| (begin(a) - begin(b)).abs() < SAME_EDGE * a.size;
        let mut first = at;
        for run in part.chunk_by(even) {
            // The first line of a paragraph begins further in or further out.
            let opens = first.checked_sub(1).filter(|&before| before >= at && is_alone(lines, before, at, &even));
            let start = opens.filter(|&before| (begin(&lines[before]) - begin(&run[0])).abs() < 4.0 * run[0].size);
            let whole = &lines[start.unwrap_or(first)..first + run.len()];
            if is_prose(whole) {
                let edges = reach(whole, (left, right));
                found[start.unwrap_or(first)..first + run.len()].fill(edges);
            }
            first += run.len();
        }
        at += part.len();
    }
    found
}

/// Whether a line begins at a place of its own, after the line above it.
fn is_alone(lines: &[Line], line: usize, first: usize, even: &impl Fn(&Line, &Line) -> bool) -> bool {
    line == first || !even(&lines[line - 1], &lines[line])
}

/// Where the lines of one measure could have ended.
fn reach(run: &[Line], (left, right): (f32, f32)) -> (f32, f32) {
    let places = run.iter().map(end);
    if run[0].rtl {
        (places.fold(f32::INFINITY, f32::min).max(left), right)
    } else {
        (left, places.fold(f32::NEG_INFINITY, f32::max).min(right))
    }
}

/// Whether lines that begin at one place are lines of prose in a measure of their own: each goes on until the next word
/// has no room or a sentence ends, and sentences run over the ends of lines.
fn is_prose(run: &[Line]) -> bool {
    let Some(last) = run.last().filter(|_| run.len() > 1) else { return false };
    let far = run.iter().map(|line| end(line) * side(line)).fold(f32::NEG_INFINITY, f32::max);
    let (mut full, mut over) = (0, 0);
    for pair in run.windows(2) {
        let (line, next) = (&pair[0], &pair[1]);
        let text = line.text();
        let done = ends_sentence(text.trim_end());
        let filled = far - end(line) * side(line) <= next.first_word() + ROOM * line.size;
        if !filled && !done {
            return false;
        }
        full += usize::from(filled);
        let first = next.text().chars().find(|c| c.is_alphanumeric());
        over += usize::from(!done && first.is_some_and(|c| !c.is_uppercase() && !c.is_numeric()));
    }
    let pairs = run.len() - 1;
    let words: usize = run.iter().map(|line| line.text().split_whitespace().count()).sum();
    let wide = run.iter().all(|line| line.text().chars().any(is_wide));
    let long = wide && last.width() > 0.0 || words >= 3 * run.len();
    full * 2 > pairs && over * 3 >= pairs && long && (run.len() >= MEASURE_LINES || over == pairs)
}

/// Where a line ends.
fn end(line: &Line) -> f32 {
    if line.rtl { line.left } else { line.right }
}

/// Where a line begins.
fn begin(line: &Line) -> f32 {
    if line.rtl { line.right } else { line.left }
}

/// The direction in which a line runs.
fn side(line: &Line) -> f32 {
    if line.rtl { -1.0 } else { 1.0 }
}
