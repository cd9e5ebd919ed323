//! Where a quote may stand in a text, exactly or with errors, and how well each place fits.
//!
//! A place is judged as Hypothesis judges it: by the words, by what stands before and after, and a little by how far it
//! is from where it is expected. Quotation marks, dashes and white space of one kind count as each other, so that a text
//! that was only set anew fits almost wholly; whether the words are exactly the same is told apart. Short runs of characters ("grams") of the text are indexed once, so that a quote is
//! looked up and not searched for, however many quotes there are. Pure. Deliberately absent: the choice; see `carry.rs`.

use crate::anchor::{CONTEXT, Quote};
use crate::approximate::Pattern;
use crate::text::Text;
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
/// Words that differ only in how they are set are this much like the quote, 0 to 1: never as much as the same words.
const NOT_THE_SAME: f64 = 0.99;
/// Words that are less like the quote than this, 0 to 1, are other words, whatever stands around them.
const LEAST_ALIKE: f64 = 0.4;
/// A quote longer than this, in code points, is compared by its two ends of half that length.
const LONGEST_COMPARED: usize = 4_096;
/// Code points of a gram: seldom by chance, often still whole after a few edits.
const GRAM: usize = 6;
/// Grams of a quote that are looked up, spread over it.
const MOST_GRAMS: usize = 64;
/// A gram that occurs more often than this says nothing about a place.
const COMMON: usize = 64;
/// Places with the exact words that are looked at closely; beyond, those with the most of the old surroundings.
const MOST_EXACT: usize = 64;
/// Regions with similar words that are looked at closely.
const MOST_SIMILAR: usize = 4;

/// A quote that is looked for.
pub(crate) struct Sought {
    quote: String,
    /// The quote, levelled.
    exact: Vec<char>,
    pattern: Option<Pattern>,
    /// Backwards, so that it begins where the passage does.
    reversed: Option<Pattern>,
    before: Option<Pattern>,
    after: Option<Pattern>,
    lengths: (usize, usize),
    expected: Option<u32>,
}

/// A place that a quote may stand at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    /// Where it starts, in code points.
    pub(crate) start: u32,
    /// Where it ends, half open.
    pub(crate) end: u32,
    /// How well it fits, 0 to 1.
    pub(crate) score: f64,
    /// Whether the words are exactly those of the quote.
    pub(crate) same: bool,
}

impl Place {
    fn overlaps(&self, other: &Place) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Sought {
    /// Makes a quote ready; `expected` is where it should start, in code points.
    pub(crate) fn new(quote: &Quote, expected: Option<u32>) -> Sought {
        let exact: Vec<char> = quote.exact.chars().map(levelled).collect();
        let before: Vec<char> = quote.prefix.chars().rev().map(levelled).collect();
        let after: Vec<char> = quote.suffix.chars().map(levelled).collect();
        let whole = exact.len() <= LONGEST_COMPARED;
        let backwards: Vec<char> = exact.iter().rev().copied().collect();
        Sought {
            quote: quote.exact.clone(),
            pattern: whole.then(|| Pattern::new(&exact)).flatten(),
            reversed: whole.then(|| Pattern::new(&backwards)).flatten(),
            lengths: (before.len(), after.len()),
            before: Pattern::new(&before),
            after: Pattern::new(&after),
            exact,
            expected,
        }
    }

    /// Length of the quote in code points.
    pub(crate) fn len(&self) -> usize {
        self.exact.len()
    }

    fn most_errors(&self) -> usize {
        (self.exact.len() / 2).min(MOST_ERRORS)
    }
}

/// A text in which quotes are looked for, with an index of the regions that matter.
pub(crate) struct Places<'a> {
    text: &'a Text,
    /// The whole text, levelled.
    chars: Vec<char>,
    regions: Vec<Range<usize>>,
    /// Where the positions of each bucket of grams begin, and the positions, ascending in each bucket.
    buckets: Vec<u32>,
    positions: Vec<u32>,
    shift: u32,
}

impl<'a> Places<'a> {
    /// Indexes the regions, in code points, ascending and disjoint.
    pub(crate) fn new(text: &'a Text, regions: Vec<Range<usize>>) -> Places<'a> {
        let chars: Vec<char> = text.as_str().chars().map(levelled).collect();
        let count: usize = regions.iter().map(|region| region.len()).sum();
        let bits = count.max(256).next_power_of_two().ilog2();
        let shift = u64::BITS - bits;
        let starts = |region: &Range<usize>| region.start..region.end.min((chars.len() + 1).saturating_sub(GRAM));
        let mut buckets = vec![0_u32; (1 << bits) + 1];
        for at in regions.iter().flat_map(starts) {
            buckets[bucket(&chars[at..at + GRAM], shift) + 1] += 1;
        }
        for at in 1..buckets.len() {
            buckets[at] += buckets[at - 1];
        }
        let mut positions = vec![0; buckets.last().map_or(0, |&count| count as usize)];
        let mut next = buckets.clone();
        for at in regions.iter().flat_map(starts) {
            let slot = &mut next[bucket(&chars[at..at + GRAM], shift)];
            positions[*slot as usize] = at as u32;
            *slot += 1;
        }
        Places { text, chars, regions, buckets, positions, shift }
    }

    /// The positions whose gram may be this one.
    fn with_gram(&self, gram: &[char]) -> &[u32] {
        let bucket = bucket(gram, self.shift);
        &self.positions[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize]
    }

    /// Every start of the words in the regions, without an error; of very many those with the most of the old surroundings.
    pub(crate) fn exact(&self, sought: &Sought) -> Vec<usize> {
        let words = &sought.exact;
        let here = |at: &usize| self.chars[*at..].starts_with(words);
        let mut found: Vec<usize> = if words.is_empty() {
            Vec::new()
        } else if words.len() < GRAM {
            self.regions.iter().cloned().flatten().filter(here).collect()
        } else {
            let rarest = offsets(words.len()).min_by_key(|&at| self.with_gram(&words[at..at + GRAM]).len());
            let offset = rarest.unwrap_or(0);
            let starts = self.with_gram(&words[offset..offset + GRAM]).iter();
            starts.filter_map(|&at| (at as usize).checked_sub(offset)).filter(here).collect()
        };
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
        let range = range.start..range.end.min(self.chars.len());
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
        let text = self.chars.get(range.clone())?;
        let found = pattern.search(text, sought.most_errors())?;
        let reach = (sought.len() + found.errors).min(found.end);
        let backwards: Vec<char> = text[found.end - reach..found.end].iter().rev().copied().collect();
        let length = reversed.start(&backwards, found.errors)?.end;
        let end = range.start + found.end;
        Some((end - length, end))
    }

    /// The regions that share the most grams with the quote, and the best place in each.
    pub(crate) fn similar(&self, sought: &Sought) -> Vec<(usize, usize)> {
        let words = &sought.exact;
        if words.len() < GRAM || sought.pattern.is_none() {
            return Vec::new();
        }
        // Where the quote would start if this gram of it stood at that place.
        let mut starts: Vec<i64> = Vec::new();
        for offset in offsets(words.len()) {
            let gram = &words[offset..offset + GRAM];
            let places = self.with_gram(gram);
            if places.len() <= COMMON {
                let same = places.iter().filter(|&&at| self.chars[at as usize..].starts_with(gram));
                starts.extend(same.map(|&at| i64::from(at) - offset as i64));
            }
        }
        starts.sort_unstable();
        let apart = (words.len() / 4 + 16) as i64;
        let mut groups: Vec<&[i64]> = starts.chunk_by(|a, b| b - a <= apart).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        let slack = (words.len() / 2 + 16) as i64;
        let inside = |at: i64| at.clamp(0, self.chars.len() as i64) as usize;
        let windows = groups.into_iter().take(MOST_SIMILAR).map(|group| {
            let (first, last) = (group[0], group[group.len() - 1]);
            inside(first - slack)..inside(last + words.len() as i64 + slack)
        });
        windows.filter_map(|window| self.best(sought, window)).collect()
    }

    /// A range as a place: its ends on whole graphemes and off white space, unless the words are exactly there.
    /// `None` when nothing is left of it, or its words are others.
    pub(crate) fn place(&self, sought: &Sought, start: usize, end: usize) -> Option<Place> {
        let (mut start, mut end) = (start as u32, end as u32);
        let whole = self.text.is_boundary(start) && self.text.is_boundary(end);
        if !whole || self.text.slice(start, end) != sought.quote {
            (start, end) = self.text.snap(start, end);
        }
        let same = self.text.slice(start, end) == sought.quote;
        let score = self.score(sought, start as usize, end as usize, same).filter(|_| start < end)?;
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
    fn score(&self, sought: &Sought, start: usize, end: usize, same: bool) -> Option<f64> {
        let words = if same { 1.0 } else { self.words(sought, start, end).min(NOT_THE_SAME) };
        if words < LEAST_ALIKE {
            return None;
        }
        let (before, after) = self.around(sought, start, end);
        let position = sought
            .expected
            .map_or(1.0, |expected| 1.0 - (start as f64 - f64::from(expected)).abs() / self.chars.len().max(1) as f64);
        let sum = WORDS * words + BEFORE * before + AFTER * after + POSITION * position;
        Some(sum / (WORDS + BEFORE + AFTER + POSITION))
    }

    /// How alike the words of a range and of the quote are, 0 to 1.
    fn words(&self, sought: &Sought, start: usize, end: usize) -> f64 {
        let here = &self.chars[start..end];
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
        let left: Vec<char> = self.chars[start.saturating_sub(before)..start].iter().rev().copied().collect();
        let right = &self.chars[end..(end + after).min(self.chars.len())];
        (side(&sought.before, before, &left), side(&sought.after, after, right))
    }
}

/// A character as it is compared: marks and blanks that typesetting exchanges are one.
fn levelled(character: char) -> char {
    match character {
        _ if character.is_ascii_alphanumeric() => character,
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '`' | '´' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ if character.is_whitespace() => ' ',
        _ => character,
    }
}

fn alike(errors: Option<usize>, length: usize) -> f64 {
    errors.map_or(0.0, |errors| 1.0 - errors as f64 / length as f64).max(0.0)
}

/// Offsets of grams in a quote of at least one gram's length, spread over it, at most [`MOST_GRAMS`].
fn offsets(length: usize) -> impl Iterator<Item = usize> {
    let grams = length + 1 - GRAM;
    (0..grams).step_by(grams.div_ceil(MOST_GRAMS))
}

fn bucket(gram: &[char], shift: u32) -> usize {
    // An odd number near 2^64 divided by the golden ratio spreads what is multiplied by it over the high bits.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed =
        gram.iter().fold(0_u64, |mixed, &character| (mixed.rotate_left(5) ^ u64::from(character)).wrapping_mul(SPREAD));
    (mixed >> shift) as usize
}
