//! A text without how it was set: a run of white space is one blank, quotation marks and dashes of every kind are one,
//! letters are composed (Unicode's form NFC), and signs that nobody sees are left out. Two texts with the same words are
//! the same here, however they were spaced, wrapped, hyphenated, quoted or encoded.
//!
//! Pure. A bare position is a code point of the bare text; [`Bare::inward`] and [`Bare::outward`] go between it and the
//! text itself. Deliberately absent: any change to a word, to case or to accents.

use crate::difference::joins;
use crate::text::Text;
use std::ops::Range;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Characters of a sentence that are looked at on one side of a range.
const LONGEST_SENTENCE: usize = 400;
/// Words with a capital that a full stop shortens, and that a name or a number follows: a sentence does not end there. A
/// name of three letters (“Kim”, “May”, “IMF”) does end one.
const ABBREVIATIONS: [&str; 34] = [
    "Mr", "Ms", "Mrs", "Dr", "St", "Mt", "Ft", "Lt", "Sr", "Jr", "No", "Nr", "Nos", "Vol", "Fig", "Gen", "Col", "Maj",
    "Sgt", "Adm", "Cpt", "Sen", "Rep", "Gov", "Rev", "Hon", "Art", "Sec", "Ch", "Pt", "Abb", "Abs", "Рис", "Св",
];
/// The longest of them, in characters.
const LONGEST_ABBREVIATION: usize = 3;

/// A text, bare.
#[derive(Debug)]
pub(crate) struct Bare {
    /// The bare text.
    pub(crate) text: Text,
    /// The same, one by one.
    pub(crate) chars: Vec<char>,
    /// Where each bare character starts in the text itself, and the length of that.
    starts: Vec<u32>,
    /// Where each bare character ends in the text itself. What stands between two of them is not seen.
    ends: Vec<u32>,
    /// Bare positions that a line begins at, ascending.
    lines: Vec<u32>,
}

impl Bare {
    /// Lays a text bare.
    pub(crate) fn new(text: &Text) -> Bare {
        let length = text.len() as usize;
        let mut bare = Bare {
            text: Text::new(String::new()),
            chars: Vec::with_capacity(length),
            starts: Vec::with_capacity(length + 1),
            ends: Vec::with_capacity(length),
            lines: Vec::new(),
        };
        let mut body = String::with_capacity(text.as_str().len());
        let mut blank = false;
        level(text.as_str(), |one, original, range| {
            match bare.ends.last_mut() {
                Some(end) if blank && one == ' ' => *end = range.end,
                _ => {
                    body.push(one);
                    bare.chars.push(one);
                    bare.starts.push(range.start);
                    bare.ends.push(range.end);
                }
            }
            blank = one == ' ';
            let position = bare.chars.len() as u32;
            if original == '\n' && bare.lines.last() != Some(&position) {
                bare.lines.push(position);
            }
        });
        bare.starts.push(text.len());
        bare.text = Text::new(body);
        bare
    }

    /// Length in bare characters.
    pub(crate) fn len(&self) -> u32 {
        self.chars.len() as u32
    }

    /// The bare range that covers what is seen of a range of the text; empty when nothing is.
    pub(crate) fn inward(&self, (start, end): (u32, u32)) -> (u32, u32) {
        let from = self.ends.partition_point(|&at| at <= start) as u32;
        let to = self.starts[..self.chars.len()].partition_point(|&at| at < end) as u32;
        (from, to.max(from))
    }

    /// The range of the text that a bare range stands for, without what is not seen at its ends.
    pub(crate) fn outward(&self, (start, end): (u32, u32)) -> (u32, u32) {
        let from = self.starts[start as usize];
        let to = (end as usize).checked_sub(1).filter(|_| start < end).map_or(from, |last| self.ends[last]);
        (from, to)
    }

    /// How much further its bare range reaches than a range of the text, at its start and at its end. White space may be
    /// more there; what is not seen may be less, and is below zero.
    pub(crate) fn beyond(&self, range: (u32, u32)) -> (i32, i32) {
        let (start, end) = self.outward(self.inward(range));
        (range.0 as i32 - start as i32, end as i32 - range.1 as i32)
    }

    /// How much that is not seen stands right before a bare range, and right after it.
    pub(crate) fn unseen(&self, (start, end): (u32, u32)) -> (u32, u32) {
        let before = (start as usize).checked_sub(1).map_or(0, |last| self.ends[last]);
        (self.starts[start as usize] - before, self.starts[end as usize] - self.outward((start, end)).1)
    }

    /// The lines that begin from one bare position up to another, that one included.
    pub(crate) fn lines(&self, from: u32, to: u32) -> &[u32] {
        let (first, last) = (self.lines.partition_point(|&at| at < from), self.lines.partition_point(|&at| at <= to));
        &self.lines[first..last.max(first)]
    }

    /// The sentences, or the lines, that a bare range is in.
    pub(crate) fn sentence(&self, start: usize, end: usize) -> Range<usize> {
        let from = start.saturating_sub(LONGEST_SENTENCE);
        let to = (end + LONGEST_SENTENCE).min(self.chars.len());
        let line = self.lines(from as u32, start as u32).last().map_or(from, |&line| line as usize);
        let first = (line..=start).rev().find(|&at| self.begins_sentence(at)).unwrap_or(line);
        let line = self.lines(end as u32, to as u32).first().map_or(to, |&line| line as usize);
        let last = (end..=line).find(|&at| self.begins_sentence(at)).unwrap_or(line);
        first..last
    }

    /// Whether a sentence begins at a bare position, or the text ends there.
    pub(crate) fn begins_sentence(&self, at: usize) -> bool {
        let Some((&last, before)) = self.chars[..at].split_last() else { return true };
        if at == self.chars.len() || matches!(last, '。' | '！' | '？') {
            return true;
        }
        if last != ' ' {
            return false;
        }
        let closing = |one: &char| matches!(one, '"' | '\'' | ')' | ']');
        let stop = before.iter().rposition(|one| !closing(one));
        match stop.map(|stop| (before[stop], &before[..stop])) {
            Some(('!' | '?' | '…' | '؟' | '۔', _)) => true,
            Some(('.', words)) => !is_abbreviation(words) && !self.chars[at].is_lowercase(),
            _ => false,
        }
    }
}

/// Whether the last word before a full stop is an initial (“U.S. Steel”) or a known abbreviation.
fn is_abbreviation(words: &[char]) -> bool {
    let length = words.iter().rev().take(LONGEST_ABBREVIATION + 1).take_while(|one| joins(**one)).count();
    let word = &words[words.len() - length..];
    match word {
        [one] => one.is_uppercase(),
        _ => ABBREVIATIONS.iter().any(|known| known.chars().eq(word.iter().copied())),
    }
}

/// A piece of text, bare.
pub(crate) fn bare(text: &str) -> Vec<char> {
    let mut chars = Vec::with_capacity(text.len());
    level(text, |one, _, _| {
        if one != ' ' || chars.last() != Some(&' ') {
            chars.push(one);
        }
    });
    chars
}

/// Gives every character of a text as it is compared, with the first one that it was made of, and where those stand.
fn level(text: &str, mut give: impl FnMut(char, char, Range<u32>)) {
    // What has to be composed: letters with the marks on them, or the parts of a Hangul syllable.
    let mut cluster: Vec<(char, u32)> = Vec::new();
    let mut before = ' ';
    let mut rest = text.chars().zip(0_u32..).peekable();
    while let Some((one, at)) = rest.next() {
        let unseen = is_unseen(one) && {
            let after = rest.peek().map_or(' ', |after| after.0);
            !is_joiner(one) || (is_letter(before) && is_letter(after))
        };
        before = one;
        if unseen {
            // It parts what stands before it from a mark that stands after it.
            compose(&mut cluster, &mut give);
            continue;
        }
        if composes(one) {
            cluster.push((one, at));
            continue;
        }
        compose(&mut cluster, &mut give);
        cluster.push((one, at));
    }
    compose(&mut cluster, &mut give);
}

/// Gives what a cluster is when it is composed, and empties it.
fn compose(cluster: &mut Vec<(char, u32)>, give: &mut impl FnMut(char, char, Range<u32>)) {
    match cluster.as_slice() {
        [] => return,
        &[(one, at)] if one < '\u{300}' || is_nfc_quick(std::iter::once(one)) == IsNormalized::Yes => {
            give(levelled(one), one, at..at + 1);
        }
        &[(first, start), .., (_, last)] | &[(first, start @ last)] => {
            let composed: Vec<char> = cluster.iter().map(|one| one.0).nfc().collect();
            if composed.iter().eq(cluster.iter().map(|one| &one.0)) {
                cluster.iter().for_each(|&(one, at)| give(levelled(one), one, at..at + 1));
            } else {
                // Nobody can say which mark went where: every character stands for the whole cluster.
                composed.into_iter().for_each(|one| give(levelled(one), first, start..last + 1));
            }
        }
    }
    cluster.clear();
}

/// Whether a character may be composed with what stands before it.
fn composes(one: char) -> bool {
    match one {
        // Nothing before the first combining mark does; nor do letters of the scripts that most texts are in.
        ..'\u{300}' | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{620}'..='\u{64a}' => false,
        '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => false,
        _ => canonical_combining_class(one) != 0 || is_nfc_quick(std::iter::once(one)) == IsNormalized::Maybe,
    }
}

/// Whether a character is not seen: soft hyphens, what has no width, and what only tells the direction of writing.
fn is_unseen(one: char) -> bool {
    match one {
        ..'\u{ad}' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' => true,
        _ => false,
    }
}

/// Whether a character joins or parts two others: between letters nobody sees it, between emoji it makes one of two.
fn is_joiner(one: char) -> bool {
    matches!(one, '\u{200c}' | '\u{200d}')
}

fn is_letter(one: char) -> bool {
    one.is_alphanumeric() || canonical_combining_class(one) != 0
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
        let other = Bare::new(&Text::new("He  said: \"it's 5-6 barges\".\nНе\u{a0}„так‟ - 북한 🚢\n\u{e9}".into()));
        assert_eq!(one.chars, other.chars);
        assert_eq!(one.text.as_str(), "He said: \"it's 5-6 barges\". Не \"так\" - 북한 🚢 \u{e9}");
        assert_eq!((one.lines(0, 99), other.lines(0, 99)), (&[28][..], &[28, 44][..]));
        assert_eq!((one.lines(28, 28), one.lines(29, 40)), (&[28][..], &[][..]));
        assert_ne!(bare("barges"), bare("Barges"));
        assert_ne!(bare("e"), bare("\u{e9}"));
    }

    #[test]
    fn signs_that_nobody_sees_are_no_part_of_a_text() {
        let check = |seen: &str, set: &str| assert_eq!(bare(set), seen.chars().collect::<Vec<_>>(), "{set:?}");
        check("Unternehmen", "Unter\u{ad}neh\u{ad}men");
        check("железнодорожный", "железно\u{ad}дорожный\u{feff}");
        check("mitten drin", "\u{feff}mit\u{2060}ten \u{200b} drin");
        check("میخواهم", "می\u{200c}خواهم");
        check("وصل 12 إلى", "\u{200f}وصل \u{202a}12\u{202c} إلى");
        check("👩\u{200d}✈", "👩\u{200d}✈");
        check("a\u{200d}🚢", "a\u{200d}🚢");
    }

    #[test]
    fn letters_are_composed_in_any_script() {
        for composed in
            ["Élan vital était là", "러시아와 조선은 조약을", "ガソリンの値段", "Việt Nam", "ёлка й", "ক\u{9cb}", "ǖ"]
        {
            let parts: String = composed.nfd().collect();
            assert_ne!(parts, composed);
            assert_eq!(bare(&parts), bare(composed), "{composed}");
        }
        assert_eq!(bare("ᄒ\u{1161}\u{11ab}국"), bare("한국"));
        assert_eq!(bare("\u{212b}ngström"), bare("Ångström"));
        // A letter that is never composed is two characters for one.
        assert_eq!(bare("\u{958}").len(), 2);
        let text = Bare::new(&Text::new("a\u{958}b".into()));
        assert_eq!((text.inward((1, 2)), text.outward((1, 3)), text.inward((2, 3))), ((1, 3), (1, 2), (3, 4)));
    }

    #[test]
    fn a_range_is_the_same_after_it_went_in_and_out() {
        let text = Text::new("La E\u{301}lan\u{ad} vi\u{ad}tal, 한국\u{1112}\u{1161}\u{11ab}.".into());
        let bare = Bare::new(&text);
        assert_eq!(bare.text.as_str(), "La Élan vital, 한국한.");
        assert_eq!((bare.inward((3, 8)), bare.outward((3, 7))), ((3, 7), (3, 8)));
        assert_eq!((bare.inward((3, 9)), bare.beyond((3, 9))), ((3, 7), (0, -1)));
        assert_eq!((bare.inward((10, 16)), bare.outward((8, 13))), ((8, 13), (10, 16)));
        assert_eq!((bare.inward((20, 23)), bare.outward((17, 18))), ((17, 18), (20, 23)));
        assert_eq!(bare.inward((8, 9)), (7, 7), "nothing is seen of a soft hyphen");
    }

    #[test]
    fn sentences_end_where_a_reader_sees_their_end() {
        let check = |body: &str, expected: &[&str]| {
            let text = Bare::new(&Text::new(body.into()));
            let mut found = Vec::new();
            let mut from = 0;
            for at in 1..=text.chars.len() {
                if text.begins_sentence(at) || !text.lines(at as u32, at as u32).is_empty() {
                    found.push(text.chars[from..at].iter().collect::<String>().trim_end().to_owned());
                    from = at;
                }
            }
            assert_eq!(found, expected);
        };
        check("Once. Two? “Three!” Four", &["Once.", "Two?", "\"Three!\"", "Four"]);
        check(
            "Mr. Cole of U.S. Steel paid 1.5 million. Then he left.",
            &["Mr. Cole of U.S. Steel paid 1.5 million.", "Then he left."],
        );
        check("Output fell in May. Mr. Kim left.", &["Output fell in May.", "Mr. Kim left."]);
        check("Said by Kim. Nobody heard.", &["Said by Kim.", "Nobody heard."]);
        check("Экспорт вырос. Импорт упал.", &["Экспорт вырос.", "Импорт упал."]);
        check("수출은 늘었다. 수입은 줄었다.", &["수출은 늘었다.", "수입은 줄었다."]);
        check("هل وصل؟ وصل أمس. انتهى.", &["هل وصل؟", "وصل أمس.", "انتهى."]);
        check("石油来了。粮食没来。", &["石油来了。", "粮食没来。"]);
        check("A heading\n\nA line", &["A heading", "A line"]);
    }

    proptest! {
        #[test]
        fn positions_go_in_and_out(
            body in "([a“— \n]|[é한🙂\u{301}\u{ad}\u{200b}\u{200d}]|e\u{301}|ᄒ\u{1161}\u{11ab}|👩\u{200d}✈|か\u{3099}|\u{958}){0,60}",
            from in 0_u32..60, length in 1_u32..60,
        ) {
            let text = Text::new(body);
            let bare = Bare::new(&text);
            prop_assert_eq!(&super::bare(text.as_str()), &bare.chars);
            prop_assert_eq!(bare.starts.len(), bare.ends.len() + 1);
            prop_assert!(bare.ends.windows(2).all(|pair| pair[0] <= pair[1]) && bare.starts.is_sorted());
            let range = text.snap(from.min(text.len()), (from + length).min(text.len()));
            if range.0 < range.1 {
                let inside = bare.inward(range);
                let whole = bare.outward(inside);
                let (before, after) = bare.beyond(range);
                if inside.0 < inside.1 {
                    // Nothing that is seen is beyond the range, or missing in it.
                    prop_assert_eq!((whole.0 as i32 + before, whole.1 as i32 - after), (range.0 as i32, range.1 as i32));
                    let edges = [(whole.0.min(range.0), whole.0.max(range.0)), (whole.1.min(range.1), whole.1.max(range.1))];
                    for (start, end) in edges {
                        let seen = super::bare(text.slice(start, end));
                        prop_assert!(seen.iter().all(|one| *one == ' ' || is_joiner(*one)), "{:?}", seen);
                    }
                    prop_assert_eq!(bare.inward(whole), inside);
                }
            }
            // Every range of whole characters of the bare text is one of whole characters of the text.
            let inside = bare.text.snap(from.min(bare.len()), (from + length).min(bare.len()));
            if inside.0 < inside.1 {
                let whole = bare.outward(inside);
                let marks = text.as_str().chars().any(|one| one == '\u{200d}' || is_unseen(one));
                prop_assert!(marks || (text.is_boundary(whole.0) && text.is_boundary(whole.1)));
                prop_assert_eq!(bare.inward(whole), inside);
            }
        }

        #[test]
        fn a_text_in_parts_is_the_text(body in "([a é한\n]|[“\u{ad}]|か\u{3099}|ệ|ё|각){0,40}") {
            let parts: String = body.nfd().collect();
            let (one, other) = (Bare::new(&Text::new(body.clone())), Bare::new(&Text::new(parts)));
            prop_assert_eq!(&one.chars, &other.chars);
            prop_assert_eq!(one.lines(0, 99), other.lines(0, 99));
        }
    }
}
