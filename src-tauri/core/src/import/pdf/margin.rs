//! Notes in the margin: pieces of lines that stand beside the text, outside the edges that it keeps to.
//!
//! Those at the left of a text that runs from left to right are read before it, those at its right after it. Numbers and
//! short marks at the left open paragraphs and stay with them, and so does type that is as large as the text and level
//! with it. Deliberately absent: columns, and notes inside the measure of the text.

use super::lines::Line;
use super::paragraphs::same_size;

/// Fewest lines that tell the edges of a text.
const LINES: usize = 5;

/// A line of the text is at least this wide, in ems.
const WIDE: f32 = 20.0;

/// Room between the text and its margin, in ems.
const APART: f32 = 0.8;

/// Lines of the text that begin or end within this, in ems, do so at its edge.
const SAME_EDGE: f32 = 0.4;

/// Pieces on one line differ in their baselines by no more than this, in ems.
const LEVEL: f32 = 0.3;

/// Parts the pieces of a page, which come from top to bottom, into notes at the left, the text, and notes at the right.
pub(super) fn part(pieces: Vec<Line>) -> [Vec<Line>; 3] {
    let Some((left, right, size)) = edges(&pieces) else { return [Vec::new(), pieces, Vec::new()] };
    let outside = |piece: &Line| {
        let (before, after) = (piece.right < left - APART * size, piece.left > right + APART * size);
        let smaller = piece.size < size && !same_size(piece.size, size);
        // A term, a speaker or a number that hangs at the left of its own line.
        let hangs = before && (!smaller || piece.text().chars().filter(|c| c.is_alphabetic()).count() < 3);
        ((before || after) && !hangs && piece.apart == 0).then_some(if before { 0 } else { 2 })
    };
    let mut places: Vec<usize> = pieces.iter().map(|piece| outside(piece).unwrap_or(1)).collect();
    for side in [0, 2] {
        let own = pieces.iter().zip(&places).filter(|(_, place)| **place == side);
        let beside: Vec<Beside> = own.map(|(piece, _)| beside(&pieces, piece, (left, right))).collect();
        let count = |what: Beside| beside.iter().filter(|beside| **beside == what).count();
        // Cells of a table that is wider than the text are beside other cells.
        if count(Beside::Text) == 0 || count(Beside::Text) < count(Beside::Other) {
            places.iter_mut().filter(|place| **place == side).for_each(|place| *place = 1);
        }
    }
    let mut parts = [Vec::new(), Vec::new(), Vec::new()];
    for (piece, place) in pieces.into_iter().zip(places) {
        parts[place].push(piece);
    }
    parts
}

/// The edges that the wide lines of a page keep to, and the size of their type.
fn edges(pieces: &[Line]) -> Option<(f32, f32, f32)> {
    let wide: Vec<&Line> =
        pieces.iter().filter(|piece| piece.width() > WIDE * piece.size && piece.apart == 0).collect();
    if wide.len() < LINES {
        return None;
    }
    let mut sizes: Vec<f32> = wide.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    let size = sizes[sizes.len() / 2];
    let left = wide.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let right = wide.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
    let mut at_edge = wide.iter().filter(|line| line.left - left < SAME_EDGE * size);
    (at_edge.nth(LINES.min(wide.len() / 2) - 1).is_some()).then_some((left, right, size))
}

/// What stands on one line with a piece.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    /// A line of the text that is at least half as wide as it.
    Text,
    /// Something narrower.
    Other,
    Nothing,
}

fn beside(pieces: &[Line], piece: &Line, (left, right): (f32, f32)) -> Beside {
    let level = LEVEL * piece.size;
    let first = pieces.partition_point(|other| other.y < piece.y - 2.0 * level);
    let row = pieces[first..].iter().take_while(|other| other.y <= piece.y + 2.0 * level);
    let mut found = Beside::Nothing;
    for other in row.filter(|other| other.right > left && other.left < right) {
        if other.width() * 2.0 >= right - left {
            return Beside::Text;
        }
        found = Beside::Other;
    }
    found
}
