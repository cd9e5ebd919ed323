//! The canonical text of a version, and the only place that converts positions.
//!
//! Three units meet here: code points (disk, command line, files), UTF-16 code units (the window) and UTF-8 bytes
//! (Rust's strings). Code points and UTF-16 differ only by the astral characters before a position, so their places
//! are kept; bytes are found from a checkpoint every `STRIDE` code points. A conversion is O(log n).
//! Deliberately absent: normalisation, trimming, any change to the text.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Code points between two byte checkpoints: a slice decodes at most this many to find its edge.
const STRIDE: u32 = 512;

/// In which unit the caller counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// Unicode code points: disk, command line, files.
    CodePoints,
    /// UTF-16 code units: the window, as the DOM counts.
    Utf16,
}

/// An immutable canonical text with its sparse index.
#[derive(Debug)]
pub struct Text {
    body: String,
    /// Byte offset of every code point whose number is a multiple of [`STRIDE`].
    checkpoints: Vec<u32>,
    /// Code point positions of the characters beyond U+FFFF, ascending.
    astral: Vec<u32>,
    length: u32,
}

impl Text {
    /// Indexes a canonical text.
    pub fn new(body: String) -> Text {
        let mut checkpoints = Vec::with_capacity(body.len() / STRIDE as usize + 1);
        let mut astral = Vec::new();
        let mut length = 0;
        if body.is_ascii() {
            length = body.len() as u32;
            checkpoints.extend((0..=length).step_by(STRIDE as usize));
        } else {
            for (byte, character) in body.char_indices() {
                if length % STRIDE == 0 {
                    checkpoints.push(byte as u32);
                }
                if character as u32 > 0xffff {
                    astral.push(length);
                }
                length += 1;
            }
            if checkpoints.is_empty() {
                checkpoints.push(0);
            }
        }
        Text { body, checkpoints, astral, length }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.body
    }

    /// Length in code points.
    pub fn len(&self) -> u32 {
        self.length
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Length in the caller's unit.
    pub fn len_in(&self, units: Units) -> u32 {
        self.outward(self.length, units)
    }

    /// Byte offset of a code point position, at most the length.
    pub fn byte(&self, position: u32) -> usize {
        let position = position.min(self.length);
        if self.body.len() == self.length as usize {
            return position as usize;
        }
        let checkpoint = ((position / STRIDE) as usize).min(self.checkpoints.len() - 1);
        let start = self.checkpoints[checkpoint] as usize;
        let mut left = position as usize - checkpoint * STRIDE as usize;
        let bytes = self.body.as_bytes();
        let mut at = start;
        while left > 0 && at < bytes.len() {
            at += utf8_width(bytes[at]);
            left -= 1;
        }
        at
    }

    /// Code point position of a byte offset that lies on a character's edge.
    pub fn position(&self, byte: usize) -> u32 {
        if self.body.len() == self.length as usize {
            return byte as u32;
        }
        let checkpoint = self.checkpoints.partition_point(|&at| at as usize <= byte).saturating_sub(1);
        let from = self.checkpoints[checkpoint] as usize;
        let between = self.body.as_bytes()[from..byte].iter().filter(|&&b| b & 0xc0 != 0x80).count();
        checkpoint as u32 * STRIDE + between as u32
    }

    /// The passage from `start` to `end`, in code points, half open.
    pub fn slice(&self, start: u32, end: u32) -> &str {
        &self.body[self.byte(start)..self.byte(end)]
    }

    /// A code point position in the caller's unit.
    pub fn outward(&self, position: u32, units: Units) -> u32 {
        match units {
            Units::CodePoints => position,
            Units::Utf16 => position + self.astral.partition_point(|&at| at < position) as u32,
        }
    }

    /// A position in the caller's unit as code points; `None` inside a surrogate pair or beyond the end.
    pub fn inward(&self, position: u32, units: Units) -> Option<u32> {
        match units {
            Units::CodePoints => (position <= self.length).then_some(position),
            Units::Utf16 => {
                // The k-th astral character starts at astral[k] + k units: search the answer among code points.
                let (mut low, mut high) = (0, self.astral.len());
                while low < high {
                    let middle = (low + high) / 2;
                    if self.astral[middle] + (middle as u32) < position { low = middle + 1 } else { high = middle }
                }
                let before = low as u32;
                // When the last astral character before it starts one unit earlier, the position is inside its pair.
                if before > 0 && self.astral[low - 1] + before == position {
                    return None;
                }
                let found = position.checked_sub(before)?;
                (found <= self.length).then_some(found)
            }
        }
    }

    /// Whether a position lies between two grapheme clusters (or at either end).
    pub fn is_boundary(&self, position: u32) -> bool {
        let byte = self.byte(position);
        let mut cursor = GraphemeCursor::new(byte, self.body.len(), true);
        cursor.is_boundary(&self.body, 0).unwrap_or(true)
    }

    /// Widens a range to whole grapheme clusters, then sheds white space at both ends. Empty when nothing is left.
    pub fn snap(&self, start: u32, end: u32) -> (u32, u32) {
        let mut from = self.byte(start.min(self.length));
        let mut to = self.byte(end.min(self.length));
        let whole = self.body.len();
        let mut cursor = GraphemeCursor::new(from, whole, true);
        if !cursor.is_boundary(&self.body, 0).unwrap_or(true) {
            from = cursor.prev_boundary(&self.body, 0).ok().flatten().unwrap_or(0);
        }
        let mut cursor = GraphemeCursor::new(to, whole, true);
        if !cursor.is_boundary(&self.body, 0).unwrap_or(true) {
            to = cursor.next_boundary(&self.body, 0).ok().flatten().unwrap_or(whole);
        }
        let inside = &self.body[from..to.max(from)];
        let trimmed = inside.trim_start();
        from += inside.len() - trimmed.len();
        to = from + trimmed.trim_end().len();
        (self.position(from), self.position(to))
    }

    /// Start positions of every occurrence of `quote`, in code points, ascending; occurrences may overlap.
    pub fn occurrences(&self, quote: &str) -> Vec<u32> {
        let mut found = Vec::new();
        let Some(first) = quote.chars().next() else { return found };
        let mut from = 0;
        while let Some(at) = self.body[from..].find(quote) {
            found.push(self.position(from + at));
            from += at + first.len_utf8();
        }
        found
    }
}

/// Words of a text: runs of letters and digits, as Unicode's word boundaries give them.
pub fn count_words(body: &str) -> u32 {
    if body.is_ascii() {
        let mut words = 0;
        let mut inside = false;
        for &byte in body.as_bytes() {
            let letter = byte.is_ascii_alphanumeric() || (inside && byte == b'\'');
            words += u32::from(letter && !inside);
            inside = letter;
        }
        return words;
    }
    body.split_whitespace()
        .map(|run| {
            if run.chars().any(is_unspaced) {
                run.unicode_words().count() as u32
            } else {
                u32::from(run.chars().any(char::is_alphanumeric))
            }
        })
        .sum()
}

/// Whether a character belongs to a script that is written without spaces between words.
pub(crate) fn is_unspaced(character: char) -> bool {
    matches!(character as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

fn utf8_width(lead: u8) -> usize {
    match lead {
        0x00..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn snaps_to_graphemes_and_off_white_space() {
        let check = |body: &str, start, end, expected: &str| {
            let text = Text::new(body.into());
            let (from, to) = text.snap(start, end);
            assert_eq!(text.slice(from, to), expected, "{body:?} {start}..{end}");
        };
        check("a cat sat", 1, 6, "cat");
        check("né\u{301}e", 1, 2, "é\u{301}");
        check("x👩‍👩‍👧y", 2, 3, "👩‍👩‍👧");
        check("   ", 0, 3, "");
        check("한국", 0, 1, "한");
    }

    #[test]
    fn inside_a_surrogate_pair_is_nowhere() {
        let text = Text::new("a😀b".into());
        assert_eq!(text.inward(1, Units::Utf16), Some(1));
        assert_eq!(text.inward(2, Units::Utf16), None);
        assert_eq!(text.inward(3, Units::Utf16), Some(2));
        assert_eq!(text.inward(4, Units::Utf16), Some(3));
        assert_eq!(text.inward(5, Units::Utf16), None);
        assert_eq!(text.len_in(Units::Utf16), 4);
    }

    #[test]
    fn counts_words() {
        assert_eq!(count_words("It's 2,000 words — or two."), 5);
        assert_eq!(count_words("Россия и КНДР"), 3);
        assert_eq!(count_words(""), 0);
    }

    proptest! {
        #[test]
        fn conversions_agree_with_a_walk(body in "(\\PC|[😀-😎]|\n){0,1200}") {
            let text = Text::new(body.clone());
            prop_assert_eq!(text.len() as usize, body.chars().count());
            let mut utf16 = 0;
            for (position, (byte, character)) in body.char_indices().enumerate() {
                let position = position as u32;
                prop_assert_eq!(text.byte(position), byte);
                prop_assert_eq!(text.position(byte), position);
                prop_assert_eq!(text.outward(position, Units::Utf16), utf16);
                prop_assert_eq!(text.inward(utf16, Units::Utf16), Some(position));
                utf16 += character.len_utf16() as u32;
            }
            prop_assert_eq!(text.byte(text.len()), body.len());
            prop_assert_eq!(text.len_in(Units::Utf16), utf16);
        }
    }
}
