//! The canonical text of a version, and the only place that converts positions.
//!
//! Three units meet here: code points (disk, command line, files), UTF-16 code units (the window) and UTF-8 bytes
//! (Rust's strings). Code points and UTF-16 differ only by the astral characters before a position, so their places
//! are kept; bytes are found from a checkpoint every `STRIDE` bytes. A conversion is O(log n).
//! Deliberately absent: normalisation, trimming, any change to the text.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Bytes between two checkpoints: a conversion looks at most at so many to find its edge.
const STRIDE: usize = 256;

/// In which unit the caller counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// Unicode code points: disk, command line, files.
    CodePoints,
    /// UTF-16 code units: the window, as the DOM counts.
    Utf16,
}

/// A position with what it takes to say it in any unit where the text itself is not at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// In code points.
    pub position: u32,
    /// Characters beyond U+FFFF before it.
    pub astral: u32,
}

impl Place {
    /// The place of something inside a piece of text that begins here.
    pub fn plus(self, inside: Place) -> Place {
        // The index of a damaged project may hold any number.
        Place {
            position: self.position.saturating_add(inside.position),
            astral: self.astral.saturating_add(inside.astral),
        }
    }

    /// In the caller's unit.
    pub fn outward(self, units: Units) -> u32 {
        match units {
            Units::CodePoints => self.position,
            Units::Utf16 => self.position.saturating_add(self.astral),
        }
    }
}

/// An immutable canonical text with its sparse index.
#[derive(Debug)]
pub struct Text {
    body: String,
    /// How many code points begin before every byte whose number is a multiple of [`STRIDE`].
    checkpoints: Vec<u32>,
    /// Code point positions of the characters beyond U+FFFF, ascending.
    astral: Vec<u32>,
    length: u32,
}

impl Text {
    /// Indexes a canonical text.
    pub fn new(body: String) -> Text {
        let mut checkpoints = Vec::with_capacity(body.len() / STRIDE + 1);
        let mut astral = Vec::new();
        let mut length = 0;
        for chunk in body.as_bytes().chunks(STRIDE) {
            checkpoints.push(length);
            if chunk.iter().fold(0, |high, &byte| byte.max(high)) >= FIRST_ASTRAL {
                let mut position = length;
                for &byte in chunk {
                    if byte >= FIRST_ASTRAL {
                        astral.push(position);
                    }
                    position += u32::from(begins(byte));
                }
            }
            length += beginnings(chunk);
        }
        if checkpoints.is_empty() {
            checkpoints.push(0);
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
        if position >= self.length {
            return self.body.len();
        }
        if self.body.len() == self.length as usize {
            return position as usize;
        }
        let checkpoint = self.checkpoints.partition_point(|&before| before <= position).saturating_sub(1);
        let bytes = self.body.as_bytes();
        let mut at = checkpoint * STRIDE;
        while at < bytes.len() && !begins(bytes[at]) {
            at += 1;
        }
        for _ in self.checkpoints[checkpoint]..position {
            at += bytes.get(at).map_or(1, |&lead| width(lead));
        }
        at
    }

    /// Code point position of a byte offset that lies on a character's edge.
    pub fn position(&self, byte: usize) -> u32 {
        if self.body.len() == self.length as usize {
            return byte as u32;
        }
        let checkpoint = (byte / STRIDE).min(self.checkpoints.len() - 1);
        self.checkpoints[checkpoint] + beginnings(&self.body.as_bytes()[checkpoint * STRIDE..byte])
    }

    /// The passage from `start` to `end`, in code points, half open; empty where the end comes first.
    pub fn slice(&self, start: u32, end: u32) -> &str {
        let (from, to) = (self.byte(start), self.byte(end));
        &self.body[from..to.max(from)]
    }

    /// A code point position in the caller's unit.
    pub fn outward(&self, position: u32, units: Units) -> u32 {
        match units {
            Units::CodePoints => position,
            Units::Utf16 => self.place(position).outward(units),
        }
    }

    /// A code point position, so that it can be said in any unit without the text.
    pub fn place(&self, position: u32) -> Place {
        Place { position, astral: self.astral.partition_point(|&at| at < position) as u32 }
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
        // A blank that carries a mark is no white space, but a character with its mark.
        let blank = |cluster: &&str| cluster.trim_start().is_empty();
        let inside = &self.body[from..to.max(from)];
        from += inside.graphemes(true).take_while(blank).map(str::len).sum::<usize>();
        let inside = &self.body[from..to.max(from)];
        to = from + inside.len() - inside.graphemes(true).rev().take_while(blank).map(str::len).sum::<usize>();
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
    let bytes = body.as_bytes();
    if body.is_ascii() {
        let mut words = 0;
        let mut inside = false;
        for &byte in bytes {
            let letter = byte.is_ascii_alphanumeric() || (inside && byte == b'\'');
            words += u32::from(letter && !inside);
            inside = letter;
        }
        return words;
    }
    let mut words = 0;
    let (mut start, mut at) = (0, 0);
    let (mut lettered, mut unspaced) = (false, false);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() && !unspaced {
            // Nearly all there is: without a branch for each.
            let letter = byte.is_ascii_alphanumeric();
            let blank = matches!(byte, b' ' | b'\t'..=b'\r');
            words += u32::from(letter && !lettered);
            lettered = (lettered || letter) && !blank;
            start = if blank { at + 1 } else { start };
            at += 1;
            continue;
        }
        let Some(character) = body[at..].chars().next() else { break };
        at += character.len_utf8();
        if character.is_whitespace() {
            if unspaced {
                words += body[start..at].unicode_words().count() as u32;
            }
            (lettered, unspaced, start) = (false, false, at);
        } else if is_unspaced(character) && !unspaced {
            // The whole run is counted at its end instead.
            words -= u32::from(lettered);
            (lettered, unspaced) = (true, true);
        } else if character.is_alphanumeric() && !lettered {
            words += 1;
            lettered = true;
        }
    }
    if unspaced { words + body[start..].unicode_words().count() as u32 } else { words }
}

/// Whether a character belongs to a script that is written without spaces between words.
pub(crate) fn is_unspaced(character: char) -> bool {
    matches!(character as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Whether two neighbours belong to one word of a script that parts its words.
pub(crate) fn is_within_word(before: char, after: char) -> bool {
    let joins = |character: char| character.is_alphanumeric() && !is_unspaced(character);
    joins(before) && joins(after)
}

/// The first byte of every character beyond U+FFFF is this or higher in UTF-8.
const FIRST_ASTRAL: u8 = 0xf0;

/// Whether a character begins with this byte.
fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Bytes of the character that begins with this one.
fn width(lead: u8) -> usize {
    match lead {
        0x00..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    }
}

/// How many characters begin in so many bytes, fewer than 2^32.
fn beginnings(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(begins(byte))).sum()
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
        check("a \u{301}b", 1, 4, " \u{301}b");
        check("a\u{600} b", 0, 3, "a\u{600} ");
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
        assert_eq!(count_words("Ünder — 20 % “of” it\u{2003}all\n"), 5);
        assert_eq!(count_words("é 俄罗斯2024年 and\tmore"), 8);
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
