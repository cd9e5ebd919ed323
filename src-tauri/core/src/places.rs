//! Where a quote may stand in a text, exactly or with errors, and how well each place fits.
//!
//! A place is judged as Hypothesis judges it: by the words, by what stands before and after, and a little by how far it
//! is from where it is expected. All of it happens on bare texts (`bare.rs`), and quotes are looked up in an index
//! (`grams.rs`), however many there are. Pure. Deliberately absent: the choice; see `carry.rs`.

use crate::anchor::{CONTEXT, Quote};
use crate::approximate::Pattern;
use crate::bare::{Bare, bare};
use crate::grams::Grams;
use crate::text::is_within_word;
use std::ops::Range;

/// What the parts of a score weigh, after Hypothesis: the words themselves,
const WORDS: f64 = 50.0;
/// what stands before them,
const BEFORE: f64 = 20.0;
/// what stands after them,
const AFTER: f64 = 20.0;
/// and how near the place is to the expected one.
const POSITION: f64 = 2.0;

/// The most errors that a search allows, in code points; a short quote may have errors in half of it.
const MOST_ERRORS: usize = 256;
/// Words that are less like the quote than this, 0 to 1, are other words, whatever stands around them.
const LEAST_ALIKE: f64 = 0.4;
/// A quote longer than this, in code points, is compared by its two ends of half that length.
const LONGEST_COMPARED: usize = 4_096;
/// Places with the exact words that are looked at closely; beyond, those with the most of the old surroundings.
const MOST_EXACT: usize = 64;
/// A word longer than this, in code points, may be cut by a place.
const LONGEST_WORD: usize = 32;
/// Regions with similar words that are looked at closely.
const MOST_SIMILAR: usize = 4;

/// A quote that is looked for.
pub(crate) struct Sought {
    /// The quote, bare.
    exact: Vec<char>,
    pattern: Option<Pattern>,
    /// Backwards, so that it begins where the passage does.
    reversed: Option<Pattern>,
    before: Option<Pattern>,
    after: Option<Pattern>,
    lengths: (usize, usize),
    /// Whether it begins and ends where a word does.
    on_words: (bool, bool),
    expected: Option<u32>,
}

/// A place that a quote may stand at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    /// Where it starts, in bare characters.
    pub(crate) start: u32,
    /// Where it ends, half open.
    pub(crate) end: u32,
    /// How well it fits, 0 to 1.
    pub(crate) score: f64,
    /// Whether the words are those of the quote.
    pub(crate) same: bool,
}

impl Place {
    fn overlaps(&self, other: &Place) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Sought {
    /// Makes a quote ready; `expected` is where it should start, in bare characters.
    pub(crate) fn new(quote: &Quote, expected: Option<u32>) -> Sought {
        let exact = bare(&quote.exact);
        let before: Vec<char> = bare(&quote.prefix).into_iter().rev().collect();
        let after = bare(&quote.suffix);
        let whole = exact.len() <= LONGEST_COMPARED;
        let backwards: Vec<char> = exact.iter().rev().copied().collect();
        Sought {
            pattern: whole.then(|| Pattern::new(&exact)).flatten(),
            reversed: whole.then(|| Pattern::new(&backwards)).flatten(),
            lengths: (before.len(), after.len()),
            on_words: (
                !before.first().zip(exact.first()).is_some_and(|(before, first)| is_within_word(*before, *first)),
                !exact.last().zip(after.first()).is_some_and(|(last, after)| is_within_word(*last, *after)),
            ),
            before: Pattern::new(&before),
            after: Pattern::new(&after),
            exact,
            expected,
        }
    }

    /// Length of the quote in bare characters.
    pub(crate) fn len(&self) -> usize {
        self.exact.len()
    }

    fn most_errors(&self) -> usize {
        (self.exact.len() / 2).min(MOST_ERRORS)
    }
}

/// A text in which quotes are looked for, with an index of the regions that matter.
pub(crate) struct Places<'a> {
    text: &'a Bare,
    grams: Grams<'a>,
}

impl<'a> Places<'a> {
    /// Indexes the regions, in bare characters, ascending and disjoint.
    pub(crate) fn new(text: &'a Bare, regions: Vec<Range<usize>>) -> Places<'a> {
        Places { text, grams: Grams::new(&text.chars, regions) }
    }

    /// The index.
    pub(crate) fn grams(&self) -> &Grams<'a> {
        &self.grams
    }

    /// Every start of the words in the regions, without an error; of very many those with the most of the old surroundings.
    pub(crate) fn exact(&self, sought: &Sought) -> Vec<usize> {
        let mut found = self.grams.all(&sought.exact);
        if found.len() > MOST_EXACT {
            found.sort_by_cached_key(|&at| std::cmp::Reverse(self.surroundings(sought, at)));
            found.truncate(MOST_EXACT);
        }
        found
    }

    /// How much of the old surroundings is there, to within a few errors: a quick judgement for very common words.
    fn surroundings(&self, sought: &Sought, start: usize) -> usize {
        let (before, after) = self.around(sought, start, start + sought.len());
        ((before + after) * f64::from(CONTEXT)) as usize
    }

    /// The best place with at most half of the words wrong inside a range, and the best to the left and right of it.
    pub(crate) fn near(&self, sought: &Sought, range: Range<usize>) -> Vec<(usize, usize)> {
        let range = range.start..range.end.min(self.text.chars.len());
        let mut found = Vec::new();
        if let Some((start, end)) = self.best(sought, range.clone()) {
            found.push((start, end));
            found.extend(self.best(sought, range.start..start));
            found.extend(self.best(sought, end..range.end));
        }
        found
    }

    fn best(&self, sought: &Sought, range: Range<usize>) -> Option<(usize, usize)> {
        let (pattern, reversed) = (sought.pattern.as_ref()?, sought.reversed.as_ref()?);
        let text = self.text.chars.get(range.clone())?;
        let found = pattern.search(text, sought.most_errors())?;
        let reach = (sought.len() + found.errors).min(found.end);
        let backwards: Vec<char> = text[found.end - reach..found.end].iter().rev().copied().collect();
        let length = reversed.start(&backwards, found.errors)?.end;
        let end = range.start + found.end;
        Some((end - length, end))
    }

    /// The regions that share the most grams with the quote, and the best place in each.
    pub(crate) fn similar(&self, sought: &Sought) -> Vec<(usize, usize)> {
        if sought.pattern.is_none() {
            return Vec::new();
        }
        let length = sought.len() as i64;
        let slack = length / 2 + 16;
        let inside = |at: i64| at.clamp(0, self.text.chars.len() as i64) as usize;
        let groups = self.grams.shared(&sought.exact);
        let windows = groups.iter().take(MOST_SIMILAR).map(|group| {
            let (first, last) = (group[0], group[group.len() - 1]);
            inside(first - slack)..inside(last + length + slack)
        });
        windows.filter_map(|window| self.best(sought, window)).collect()
    }

    /// A range of similar words with its ends moved to the nearest end of a word, where the quote's ends are such.
    pub(crate) fn on_words(&self, sought: &Sought, (start, end): (usize, usize)) -> (usize, usize) {
        let chars = &self.text.chars;
        let inside = |at: usize| at > 0 && at < chars.len() && is_within_word(chars[at - 1], chars[at]);
        let nearest = |at: usize| {
            let steps = (0..=LONGEST_WORD).flat_map(|far| [at.checked_sub(far), Some(at + far)]).flatten();
            steps.into_iter().find(|&at| !inside(at)).unwrap_or(at)
        };
        let (from, to) = sought.on_words;
        let moved = (if from { nearest(start) } else { start }, if to { nearest(end) } else { end });
        if moved.0 < moved.1 { moved } else { (start, end) }
    }

    /// A range as a place: its ends on whole graphemes and off white space, unless the words are exactly there.
    /// `None` when nothing is left of it, or its words are others.
    pub(crate) fn place(&self, sought: &Sought, start: usize, end: usize) -> Option<Place> {
        let text = &self.text.text;
        let (mut start, mut end) = (start as u32, end as u32);
        let whole = text.is_boundary(start) && text.is_boundary(end);
        let there = |start: u32, end: u32| self.text.chars[start as usize..end as usize] == sought.exact;
        if !whole || !there(start, end) {
            (start, end) = text.snap(start, end);
        }
        let same = there(start, end);
        let score = self.score(sought, start as usize, end as usize).filter(|_| start < end)?;
        Some(Place { start, end, score, same })
    }

    /// The places among the ranges, the best first, none that overlaps a better one.
    pub(crate) fn ranked(&self, sought: &Sought, ranges: impl IntoIterator<Item = (usize, usize)>) -> Vec<Place> {
        let mut ranges: Vec<(usize, usize)> = ranges.into_iter().collect();
        ranges.sort_unstable();
        ranges.dedup();
        let mut places: Vec<Place> =
            ranges.into_iter().filter_map(|(start, end)| self.place(sought, start, end)).collect();
        let off = |place: &Place| ((place.end - place.start) as usize).abs_diff(sought.len());
        places.sort_by(|a, b| b.score.total_cmp(&a.score).then(off(a).cmp(&off(b))).then(a.start.cmp(&b.start)));
        let mut kept: Vec<Place> = Vec::new();
        for place in places {
            if !kept.iter().any(|better| better.overlaps(&place)) {
                kept.push(place);
            }
        }
        kept
    }

    /// How well a range fits, 0 to 1; `None` when its words are others.
    fn score(&self, sought: &Sought, start: usize, end: usize) -> Option<f64> {
        let words = self.words(sought, start, end);
        if words < LEAST_ALIKE {
            return None;
        }
        let (before, after) = self.around(sought, start, end);
        let position = sought.expected.map_or(1.0, |expected| {
            1.0 - (start as f64 - f64::from(expected)).abs() / self.text.chars.len().max(1) as f64
        });
        let sum = WORDS * words + BEFORE * before + AFTER * after + POSITION * position;
        Some(sum / (WORDS + BEFORE + AFTER + POSITION))
    }

    /// How alike the words of a range and of the quote are, 0 to 1.
    fn words(&self, sought: &Sought, start: usize, end: usize) -> f64 {
        let here = &self.text.chars[start..end];
        if here == sought.exact {
            return 1.0;
        }
        if let Some(pattern) = &sought.pattern {
            let longest = sought.len().max(here.len());
            return alike(pattern.distance(here, longest), longest);
        }
        let half = LONGEST_COMPARED / 2;
        let part = |quote: &[char], text: &[char]| {
            let longest = quote.len().max(text.len()).max(1);
            alike(Pattern::new(quote).and_then(|pattern| pattern.distance(text, longest)), longest)
        };
        let head = part(&sought.exact[..half], &here[..half.min(here.len())]);
        let tail = part(&sought.exact[sought.len() - half..], &here[here.len().saturating_sub(half)..]);
        (head + tail) / 2.0
    }

    /// How much of what stood before and after the quote is there, 0 to 1 each; 1 where nothing stood.
    fn around(&self, sought: &Sought, start: usize, end: usize) -> (f64, f64) {
        let side = |pattern: &Option<Pattern>, length: usize, text: &[char]| match pattern {
            None => 1.0,
            Some(pattern) => alike(pattern.start(text, length).map(|found| found.errors), length),
        };
        let (before, after) = sought.lengths;
        let left: Vec<char> = self.text.chars[start.saturating_sub(before)..start].iter().rev().copied().collect();
        let right = &self.text.chars[end..(end + after).min(self.text.chars.len())];
        (side(&sought.before, before, &left), side(&sought.after, after, right))
    }
}

fn alike(errors: Option<usize>, length: usize) -> f64 {
    errors.map_or(0.0, |errors| 1.0 - errors as f64 / length as f64).max(0.0)
}
