//! What two texts have in common, in order: the stretches that stand in both. Pure, and never quadratic.
//!
//! Lines and sentences first, then pieces of a few words where those differ, then words; what differs in white space only
//! is one, so that a text that was spaced anew is seen for what it is. What occurs once on either side and in the same order ties the two
//! together (patience diff, Bram Cohen's idea); between two such ties the shortest edit script is sought (Myers, "An
//! O(ND) difference algorithm", 1986), up to a number of edits beyond which the texts have little in common there.
//! Deliberately absent: a clock, so that the same two texts always give the same answer; moved text, which is no part of
//! a difference in order; and letters: a stretch never ends inside a word.

use crate::text::{Text, is_unspaced};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Words that may be put in or taken out between two ties before the rest there counts as new.
const MOST_EDITS: usize = 400;
/// How often ties are sought between ties before the shortest edit script takes over.
const DEEPEST: u32 = 12;

/// A passage that stands in both texts, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it starts in the old text.
    pub old: u32,
    /// Where it starts in the new text.
    pub new: u32,
    /// How long it is.
    pub length: u32,
}

/// The stretches that stand in both texts: ascending in both, disjoint, never two that touch in both.
pub fn unchanged(old: &Text, new: &Text) -> Vec<Stretch> {
    let mut work = Work { old: old.as_str(), new: new.as_str(), found: Vec::new() };
    work.compare(0..old.as_str().len(), 0..new.as_str().len(), Grain::Sentences, 0);
    let mut stretches: Vec<Stretch> = Vec::with_capacity(work.found.len());
    for (at, to, length) in work.found {
        let (from, end) = (old.position(at), old.position(at + length));
        stretches.push(Stretch { old: from, new: new.position(to), length: end - from });
    }
    stretches
}

/// By what the texts are compared.
#[derive(Clone, Copy, PartialEq)]
enum Grain {
    Sentences,
    /// A few words each, cut where the words themselves say so: the same words are cut alike wherever they stand.
    Pieces,
    Words,
}

struct Work<'a> {
    old: &'a str,
    new: &'a str,
    /// Start in the old text, start in the new one, length, in bytes.
    found: Vec<(usize, usize, usize)>,
}

impl Work<'_> {
    fn keep(&mut self, old: usize, new: usize, length: usize) {
        if length == 0 {
            return;
        }
        match self.found.last_mut() {
            Some((from, to, before)) if *from + *before == old && *to + *before == new => *before += length,
            _ => self.found.push((old, new, length)),
        }
    }

    /// Keeps all that two ranges have in common which differ in white space only.
    fn keep_words(&mut self, mut old: Range<usize>, mut new: Range<usize>) {
        while !old.is_empty() && !new.is_empty() {
            let (one, other) = (&self.old[old.clone()], &self.new[new.clone()]);
            let characters = one.chars().zip(other.chars());
            let same: usize = characters.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            let blank = |rest: &str| rest.len() - rest.trim_start().len();
            let (more, others) = (blank(&one[same..]), blank(&other[same..]));
            let ends = one[same..same + more].chars().rev().zip(other[same..same + others].chars().rev());
            let end: usize = ends.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
            self.keep(old.start, new.start, same);
            old.start += same + more;
            new.start += same + others;
            self.keep(old.start - end, new.start - end, end);
            if same + more + others == 0 {
                break;
            }
        }
    }

    fn compare(&mut self, mut old: Range<usize>, mut new: Range<usize>, grain: Grain, depth: u32) {
        let same = self.same_start(&old, &new, grain);
        self.keep(old.start, new.start, same);
        old.start += same;
        new.start += same;
        let same = self.same_end(&old, &new, grain);
        old.end -= same;
        new.end -= same;
        if !old.is_empty() && !new.is_empty() {
            self.between(old.clone(), new.clone(), grain, depth);
        }
        self.keep(old.end, new.end, same);
    }

    /// Compares two ranges that neither start nor end alike.
    fn between(&mut self, old: Range<usize>, new: Range<usize>, grain: Grain, depth: u32) {
        let mut numbers = HashMap::new();
        let before = tokens(self.old, &old, grain, &mut numbers);
        let after = tokens(self.new, &new, grain, &mut numbers);
        let ties = if depth < DEEPEST { ties(&before, &after, numbers.len()) } else { Vec::new() };
        if ties.is_empty() {
            match grain {
                Grain::Sentences => self.compare(old, new, Grain::Pieces, 0),
                Grain::Pieces => self.compare(old, new, Grain::Words, 0),
                Grain::Words => {
                    for (i, j, count) in shortest(&before, &after) {
                        let end = before[i + count - 1].end;
                        self.keep(before[i].start, after[j].start, end - before[i].start);
                    }
                }
            }
            return;
        }
        let (mut from, mut to) = (old.start, new.start);
        for (i, j) in ties {
            let (one, other) = (&before[i], &after[j]);
            self.compare(from..one.start, to..other.start, grain, depth + 1);
            self.keep_words(one.start..one.end, other.start..other.end);
            (from, to) = (one.end, other.end);
        }
        self.compare(from..old.end, to..new.end, grain, depth + 1);
    }

    /// Bytes that two ranges begin with alike, up to the end of a sentence or word.
    fn same_start(&self, old: &Range<usize>, new: &Range<usize>, grain: Grain) -> usize {
        let (one, other) = (&self.old.as_bytes()[old.clone()], &self.new.as_bytes()[new.clone()]);
        let mut same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
        if same == one.len() && same == other.len() {
            return same;
        }
        while same > 0 && self.cuts(old.start + same, new.start + same, grain) {
            same -= 1;
        }
        same
    }

    /// Bytes that two ranges end with alike, from the start of a sentence or word.
    fn same_end(&self, old: &Range<usize>, new: &Range<usize>, grain: Grain) -> usize {
        let (one, other) = (&self.old.as_bytes()[old.clone()], &self.new.as_bytes()[new.clone()]);
        let mut same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
        while same > 0 && self.cuts(old.end - same, new.end - same, grain) {
            same -= 1;
        }
        same
    }

    /// Whether a sentence or word is cut at these offsets on either side.
    fn cuts(&self, old: usize, new: usize, grain: Grain) -> bool {
        let inside = |text: &str, at: usize| match grain {
            Grain::Sentences => at > 0 && !ends_sentence(text, at),
            Grain::Pieces | Grain::Words => in_word(text, at),
        };
        inside(self.old, old) || inside(self.new, new)
    }
}

/// Whether a byte offset lies inside a character or inside a word.
fn in_word(text: &str, at: usize) -> bool {
    if !text.is_char_boundary(at) {
        return true;
    }
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    matches!((before, after), (Some(before), Some(after)) if joins(before) && joins(after))
}

/// Whether a character makes one word with its neighbours. Scripts without spaces are compared by characters.
pub(crate) fn joins(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    (character.is_alphanumeric() && !is_unspaced(character)) || is_combining_mark(character)
}

/// Whether a sentence or a line ends at a byte offset: after the blank that follows a stop, or after a stop that needs none.
fn ends_sentence(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    match at.checked_sub(1).map(|last| bytes[last]) {
        Some(b'\n') => true,
        Some(b' ') => at > 1 && matches!(bytes[at - 2], b'.' | b'!' | b'?' | b';' | b':' | b'"' | b')'),
        Some(0x82) => text.is_char_boundary(at) && text[..at].ends_with('。'),
        _ => false,
    }
}

/// Whether a piece ends at a byte offset: at the edge of one word in eight, whichever the letters before it choose.
fn ends_piece(text: &str, at: usize) -> bool {
    if in_word(text, at) {
        return false;
    }
    let last = &text.as_bytes()[at.saturating_sub(12)..at];
    let mixed = last.iter().fold(0_u32, |mixed, &byte| (mixed ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (mixed >> 16).is_multiple_of(16)
}

/// A sentence or a line with its end, a few words, a word, or a single character between words.
struct Token {
    start: usize,
    end: usize,
    /// The same for the same words; white space does not count in what is longer than a word.
    number: u32,
}

fn tokens<'a>(
    text: &'a str,
    range: &Range<usize>,
    grain: Grain,
    numbers: &mut HashMap<Cow<'a, str>, u32>,
) -> Vec<Token> {
    let mut found = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let rest = &text[start..range.end];
        let length = match grain {
            Grain::Sentences => (start + 1..range.end).find(|&at| ends_sentence(text, at)).unwrap_or(range.end) - start,
            Grain::Pieces => (start + 1..range.end).find(|&at| ends_piece(text, at)).unwrap_or(range.end) - start,
            Grain::Words => {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let word = rest.find(|c| !joins(c)).unwrap_or(rest.len());
                word.max(first)
            }
        };
        let next = numbers.len() as u32;
        let token = &rest[..length];
        let key = if grain == Grain::Words { Cow::Borrowed(token) } else { spaced(token) };
        let number = *numbers.entry(key).or_insert(next);
        found.push(Token { start, end: start + length, number });
        start += length;
    }
    found
}

/// The words of a line with one blank between them.
fn spaced(line: &str) -> Cow<'_, str> {
    let line = line.trim();
    let mut blank = false;
    let odd = |c: char| {
        let again = blank;
        blank = c.is_whitespace();
        blank && (again || c != ' ')
    };
    if line.contains(odd) { Cow::Owned(line.split_whitespace().collect::<Vec<_>>().join(" ")) } else { line.into() }
}

/// Pairs of tokens that occur once on either side, as many as stand in the same order on both.
fn ties(old: &[Token], new: &[Token], numbers: usize) -> Vec<(usize, usize)> {
    // For each number: how often it occurs on either side, and where in the new text.
    let mut seen = vec![(0_u32, 0_u32, 0_usize); numbers];
    for token in old {
        seen[token.number as usize].0 += 1;
    }
    for (at, token) in new.iter().enumerate() {
        let seen = &mut seen[token.number as usize];
        seen.1 += 1;
        seen.2 = at;
    }
    let once = old.iter().enumerate().filter_map(|(at, token)| match seen[token.number as usize] {
        (1, 1, there) => Some((at, there)),
        _ => None,
    });
    longest_ascending(&once.collect::<Vec<_>>())
}

/// The longest part of the pairs whose second numbers ascend; the first ones do already.
fn longest_ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // Index of the pair that ends the best row of each length, and the pair before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        row.push(pairs[at]);
        next = before[at];
    }
    row.reverse();
    row
}

/// Runs of equal tokens (start, start, count) on the shortest way from one side to the other; nothing when that takes
/// more than [`MOST_EDITS`].
fn shortest(old: &[Token], new: &[Token]) -> Vec<(usize, usize, usize)> {
    let (n, m) = (old.len() as isize, new.len() as isize);
    let most = MOST_EDITS.min(old.len() + new.len()) as isize;
    let at = |diagonal: isize| (diagonal + most + 1) as usize;
    // The furthest old position on each diagonal (old minus new), and what it was before each further edit.
    let mut furthest = vec![0_isize; 2 * most as usize + 3];
    let mut history: Vec<Vec<isize>> = Vec::new();
    for edits in 0..=most {
        history.push(furthest[at(-edits - 1)..=at(edits + 1)].to_vec());
        for diagonal in (-edits..=edits).step_by(2) {
            let down =
                diagonal == -edits || (diagonal != edits && furthest[at(diagonal - 1)] < furthest[at(diagonal + 1)]);
            let mut x = if down { furthest[at(diagonal + 1)] } else { furthest[at(diagonal - 1)] + 1 };
            while x < n && x - diagonal < m && old[x as usize].number == new[(x - diagonal) as usize].number {
                x += 1;
            }
            furthest[at(diagonal)] = x;
            if x >= n && x - diagonal >= m {
                return way_back(&history, n, m);
            }
        }
    }
    Vec::new()
}

fn way_back(history: &[Vec<isize>], n: isize, m: isize) -> Vec<(usize, usize, usize)> {
    let mut runs = Vec::new();
    let (mut x, mut y) = (n, m);
    for (edits, furthest) in history.iter().enumerate().rev() {
        let edits = edits as isize;
        let at = |diagonal: isize| furthest[(diagonal + edits + 1) as usize];
        let diagonal = x - y;
        let down = diagonal == -edits || (diagonal != edits && at(diagonal - 1) < at(diagonal + 1));
        let before = if down { diagonal + 1 } else { diagonal - 1 };
        // Where the run of equal tokens that ends here began; without an edit it began at the very start.
        let (from_x, from_y) = if edits == 0 { (0, 0) } else { (at(before), at(before) - before) };
        let begin = if edits == 0 {
            0
        } else if down {
            from_x
        } else {
            from_x + 1
        };
        if x > begin {
            runs.push((begin as usize, (begin - diagonal) as usize, (x - begin) as usize));
        }
        (x, y) = (from_x, from_y);
    }
    runs.reverse();
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The new text with what is in neither stretch in brackets.
    fn marked(old: &str, new: &str) -> String {
        let (old, new) = (Text::new(old.into()), Text::new(new.into()));
        let mut out = String::new();
        let mut from = 0;
        for stretch in unchanged(&old, &new) {
            if stretch.new > from {
                out.push_str(&format!("[{}]", new.slice(from, stretch.new)));
            }
            out.push_str(old.slice(stretch.old, stretch.old + stretch.length));
            from = stretch.new + stretch.length;
        }
        if from < new.len() {
            out.push_str(&format!("[{}]", new.slice(from, new.len())));
        }
        out
    }

    #[test]
    fn whole_words_that_are_new_stand_out() {
        let check = |old: &str, new: &str, expected: &str| assert_eq!(marked(old, new), expected);
        check("The oil came by rail.", "The gas came by rail.", "The [gas] came by rail.");
        check("the cat sat", "the catalogue sat", "the [catalogue] sat");
        check("one\ntwo\nthree\n", "one\n2\nthree\nfour\n", "one\n[2]\nthree\n[four\n]");
        check("Нефть шла по морю", "Нефть быстро шла по морю", "Нефть [быстро ]шла по морю");
        check("石油由铁路运来", "石油由公路运来", "石油由[公]路运来");
        check("“Yes”, he said", "\"Yes\", he said", "[\"]Yes[\"], he said");
        check("", "new", "[new]");
        check("gone", "", "");
        check("same", "same", "same");
    }

    #[test]
    fn texts_without_anything_in_common_end_soon() {
        let old: String = (0..200_000).map(|n| format!("a{} ", n % 7)).collect();
        let new: String = (0..200_000).map(|n| format!("b{} ", n % 5)).collect();
        assert!(unchanged(&Text::new(old), &Text::new(new)).len() < 1000);
    }

    #[test]
    fn a_text_that_was_spaced_anew_keeps_every_word() {
        let check = |old: &str, new: &str, expected: &str| assert_eq!(marked(old, new), expected);
        check("one two\nthree\n", " one  two\nthree \n", "[ ]one [ ]two\nthree[ ]\n");
        check("석유 🚢\u{2003}море\r\n", "석유\t🚢\u{2002}море\n", "석유[\t]🚢[\u{2002}]море\n");
        let line = |n: usize| format!("{}{n}\n", "the same words again ".repeat(200));
        let old: String = (0..20).map(line).collect();
        let (one, other) = (Text::new(old.clone()), Text::new(old.replace(' ', "  ")));
        assert_eq!(unchanged(&one, &other).iter().map(|one| one.length).sum::<u32>(), one.len());
    }

    proptest! {
        #[test]
        fn stretches_stand_in_both_and_in_order(
            old in "([ab \n]|[cé한🙂\u{301}]){0,80}",
            new in "([ab \n]|[cé한🙂\u{301}]){0,80}",
        ) {
            let (old, new) = (Text::new(old), Text::new(new));
            let mut ends = (0, 0);
            for one in unchanged(&old, &new) {
                prop_assert!(one.length > 0 && one.old >= ends.0 && one.new >= ends.1);
                prop_assert_eq!(old.slice(one.old, one.old + one.length), new.slice(one.new, one.new + one.length));
                ends = (one.old + one.length, one.new + one.length);
            }
            prop_assert!(ends.0 <= old.len() && ends.1 <= new.len());
        }

        #[test]
        fn a_text_is_itself(text in "\\PC{0,60}") {
            let text = Text::new(text);
            let found = unchanged(&text, &text);
            prop_assert_eq!(found.iter().map(|one| one.length).sum::<u32>(), text.len());
        }
    }
}
