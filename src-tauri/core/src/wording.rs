//! Reads the words of a bare text as numbers, and tells how rare a word is around a passage. Pure.

use crate::difference::joins;
use std::ops::Range;

/// Characters on either side of a passage in which words are counted.
const LOCAL: usize = 250;

/// A side of a passage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Side {
    Before,
    After,
}

impl Side {
    pub(crate) fn other(self) -> Side {
        if self == Side::Before { Side::After } else { Side::Before }
    }
}

/// Both sides, in reading order.
pub(crate) const BOTH: [Side; 2] = [Side::Before, Side::After];

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// The same for the same letters, whatever their case.
    pub(crate) number: u64,
}

impl PartialEq for Word {
    fn eq(&self, other: &Word) -> bool {
        self.number == other.number
    }
}

/// The words around a passage: they tell how often each stands there.
pub(crate) struct Local(Vec<Word>);

impl Local {
    /// Reads the words around a passage, those of the passage too.
    pub(crate) fn around(chars: &[char], start: usize, end: usize) -> Local {
        Local(words(chars, start.saturating_sub(LOCAL)..(end + LOCAL).min(chars.len()), Side::After, usize::MAX))
    }

    /// How much it tells that a word stands in one of so many places, in nats.
    pub(crate) fn weight(&self, word: &Word, places: usize) -> f64 {
        self.weight_among(word, places, self.0.len())
    }

    /// The same, as if around the passage there were at least so many words: a short text would make none of them rare.
    pub(crate) fn weight_among(&self, word: &Word, places: usize, least: usize) -> f64 {
        // One more than there are: a word that stands around but once is not known to be rare.
        let count = self.0.iter().filter(|one| *one == word).count() + 1;
        -(count as f64 / (self.0.len().max(least) + 1) as f64 * places as f64).min(1.0).ln()
    }

    /// How much it tells that words stand together somewhere around.
    pub(crate) fn together<'a>(&self, words: impl Iterator<Item = &'a Word>) -> f64 {
        words.map(|word| self.weight(word, 1)).sum::<f64>() - ((self.0.len() + 1) as f64).ln()
    }
}

/// Whether a position cuts a word.
pub(crate) fn is_cut(chars: &[char], at: usize) -> bool {
    at > 0 && at < chars.len() && joins(chars[at - 1]) && joins(chars[at])
}

/// The words of a range, counted from the side of it that a passage is on: `After` from its start on, `Before` from its
/// end back.
pub(crate) fn words(chars: &[char], range: Range<usize>, side: Side, most: usize) -> Vec<Word> {
    let mut found = Vec::new();
    let (mut start, mut end) = (range.start, range.end);
    while start < end && found.len() < most {
        let rest = &chars[start..end];
        let (first, length) = match side {
            Side::After => (rest[0], rest.iter().take_while(|&&one| joins(one)).count().max(1)),
            Side::Before => (rest[rest.len() - 1], rest.iter().rev().take_while(|&&one| joins(one)).count().max(1)),
        };
        let at = if side == Side::After { start } else { end - length };
        if is_word(first, length) {
            found.push(Word { number: number(&chars[at..at + length]) });
        }
        match side {
            Side::After => start += length,
            Side::Before => end -= length,
        }
    }
    found
}

/// A number for a word, the same for the same letters (FNV-1a over code points).
pub(crate) fn number(word: &[char]) -> u64 {
    let mixed = |mixed: u64, one: char| (mixed ^ u64::from(one)).wrapping_mul(0x0100_0000_01b3);
    word.iter().fold(0xcbf2_9ce4_8422_2325, |all, &one| {
        if one.is_ascii() { mixed(all, one.to_ascii_lowercase()) } else { one.to_lowercase().fold(all, mixed) }
    })
}

/// Finds the first word that begins in a range; it may end beyond the range.
pub(crate) fn word_at(chars: &[char], range: Range<usize>) -> Option<Range<usize>> {
    let mut start = range.start;
    while start < range.end.min(chars.len()) {
        let length = chars[start..].iter().take_while(|&&one| joins(one)).count().max(1);
        if is_word(chars[start], length) {
            return Some(start..start + length);
        }
        start += length;
    }
    None
}

/// Whether characters that belong together are a word: a mark alone is none.
fn is_word(first: char, length: usize) -> bool {
    first.is_alphanumeric() || length > 1
}
