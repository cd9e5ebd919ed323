//! From the order in which the letters of a line are seen to the order in which they are read.
//!
//! Deliberately absent: the full algorithm of Unicode, which goes the other way and knows marks that no page shows.

use super::lines::Cell;
use unicode_normalization::char::is_combining_mark;

/// How a character sits in text of two directions.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Direction {
    /// Written from right to left.
    Left,
    /// Written from left to right.
    Right,
    /// A digit of any script: a number runs from left to right everywhere.
    Number,
    Neutral,
}

pub(super) fn direction(character: char) -> Direction {
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
pub(super) fn logical(cells: &mut [Cell], rtl: bool) {
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
