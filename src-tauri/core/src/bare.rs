//! A text without how it was set: what is left when a run of white space is one blank and quotation marks and dashes of
//! every kind are one. Two texts with the same words are the same here, however they were spaced, wrapped or quoted.
//!
//! Pure. A bare position is a code point of the bare text; [`Bare::inward`] and [`Bare::outward`] go between it and the
//! text itself. Deliberately absent: any change to a word, to case or to accents.

use crate::text::Text;

/// A text, bare.
#[derive(Debug)]
pub(crate) struct Bare {
    /// The bare text.
    pub(crate) text: Text,
    /// The same, one by one.
    pub(crate) chars: Vec<char>,
    /// Where each bare character starts in the text itself, and the length of that.
    starts: Vec<u32>,
    /// Bare positions that a line begins at, ascending.
    lines: Vec<u32>,
}

impl Bare {
    /// Lays a text bare.
    pub(crate) fn new(text: &Text) -> Bare {
        let length = text.len() as usize;
        let mut body = String::with_capacity(text.as_str().len());
        let (mut chars, mut starts) = (Vec::with_capacity(length), Vec::with_capacity(length + 1));
        let mut lines = Vec::new();
        let mut blank = false;
        for (at, character) in text.as_str().chars().enumerate() {
            let one = levelled(character);
            if !(blank && one == ' ') {
                body.push(one);
                chars.push(one);
                starts.push(at as u32);
            }
            blank = one == ' ';
            if character == '\n' && lines.last() != Some(&(chars.len() as u32)) {
                lines.push(chars.len() as u32);
            }
        }
        starts.push(text.len());
        Bare { text: Text::new(body), chars, starts, lines }
    }

    /// Length in bare characters.
    pub(crate) fn len(&self) -> u32 {
        self.chars.len() as u32
    }

    /// The bare range that covers a range of the text.
    pub(crate) fn inward(&self, (start, end): (u32, u32)) -> (u32, u32) {
        let from = self.starts.partition_point(|&at| at <= start).saturating_sub(1);
        let to = self.starts.partition_point(|&at| at < end);
        ((from as u32).min(self.len()), to as u32)
    }

    /// The range of the text that a bare range stands for.
    pub(crate) fn outward(&self, (start, end): (u32, u32)) -> (u32, u32) {
        (self.starts[start as usize], self.starts[end as usize])
    }

    /// How much of the white space at either end of a range of the text its bare range has beyond it.
    pub(crate) fn beyond(&self, range: (u32, u32)) -> (u32, u32) {
        let (start, end) = self.outward(self.inward(range));
        (range.0 - start, end - range.1)
    }

    /// The lines that begin from one bare position up to another, that one included.
    pub(crate) fn lines(&self, from: u32, to: u32) -> &[u32] {
        let (first, last) = (self.lines.partition_point(|&at| at < from), self.lines.partition_point(|&at| at <= to));
        &self.lines[first..last.max(first)]
    }
}

/// A piece of text, bare.
pub(crate) fn bare(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().map(levelled).collect();
    chars.dedup_by(|one, before| *one == ' ' && *before == ' ');
    chars
}

/// A character as it is compared: marks and blanks that typesetting exchanges are one.
fn levelled(character: char) -> char {
    match character {
        _ if character.is_ascii_alphanumeric() => character,
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2039}' | '\u{203a}' | '`' | '´' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ if character.is_whitespace() => ' ',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_words_are_the_same_however_they_are_set() {
        let one =
            Bare::new(&Text::new("He said: “it’s 5–6\tbarges”.\r\n\r\nНе «так» — 북한\u{2003}🚢 e\u{301}".into()));
        let other = Bare::new(&Text::new("He  said: \"it's 5-6 barges\".\nНе\u{a0}„так‟ - 북한 🚢\ne\u{301}".into()));
        assert_eq!(one.chars, other.chars);
        assert_eq!(one.text.as_str(), "He said: \"it's 5-6 barges\". Не \"так\" - 북한 🚢 e\u{301}");
        assert_eq!((one.lines(0, 99), other.lines(0, 99)), (&[28][..], &[28, 44][..]));
        assert_eq!((one.lines(28, 28), one.lines(29, 40)), (&[28][..], &[][..]));
        assert_ne!(bare("barges"), bare("Barges"));
        assert_ne!(bare("e\u{301}"), bare("\u{e9}"));
    }

    proptest! {
        #[test]
        fn positions_go_in_and_out(body in "([a“— \n]|[é한🙂\u{301}]){0,60}", from in 0_u32..60, length in 1_u32..60) {
            let text = Text::new(body);
            let bare = Bare::new(&text);
            prop_assert_eq!(&super::bare(text.as_str()), &bare.chars);
            let start = from.min(text.len());
            let range = (start, (start + length).min(text.len()));
            if range.0 < range.1 {
                let inside = bare.inward(range);
                prop_assert_eq!(&super::bare(text.slice(range.0, range.1))[..], &bare.chars[inside.0 as usize..inside.1 as usize]);
                let (before, after) = bare.beyond(range);
                let whole = bare.outward(inside);
                prop_assert_eq!((whole.0 + before, whole.1 - after), range);
            }
        }
    }
}
