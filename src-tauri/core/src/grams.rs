//! Where words stand in a text, looked up and not searched for: short runs of characters ("grams") are indexed once.
//! Pure. Deliberately absent: errors in the words; see `approximate.rs`.

use std::ops::Range;

/// Code points of a gram: seldom by chance, often still whole after a few edits.
const GRAM: usize = 6;
/// Grams of some words that are looked up, spread over them.
const MOST_GRAMS: usize = 64;
/// A gram that occurs more often than this says nothing about a place.
const COMMON: usize = 64;

/// The grams of some regions of a text.
pub(crate) struct Grams<'a> {
    chars: &'a [char],
    regions: Vec<Range<usize>>,
    /// Where the positions of each bucket of grams begin, and the positions, ascending in each bucket.
    buckets: Vec<u32>,
    positions: Vec<u32>,
    shift: u32,
}

impl<'a> Grams<'a> {
    /// Words shorter than this are looked for one position after the other.
    pub(crate) const LENGTH: usize = GRAM;

    /// Indexes the regions of a text, in code points, ascending and disjoint; the last may go beyond its end.
    pub(crate) fn new(chars: &'a [char], mut regions: Vec<Range<usize>>) -> Grams<'a> {
        if let Some(last) = regions.last_mut() {
            last.end = last.end.min(chars.len());
        }
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
        Grams { chars, regions, buckets, positions, shift }
    }

    /// The positions whose gram may be this one.
    fn with_gram(&self, gram: &[char]) -> &[u32] {
        let bucket = bucket(gram, self.shift);
        &self.positions[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize]
    }

    /// Every start of words that stand in the regions, or reach into one, ascending.
    pub(crate) fn all(&self, words: &[char]) -> Vec<usize> {
        let here = |at: &usize| self.chars[*at..].starts_with(words);
        if words.is_empty() {
            return Vec::new();
        }
        if words.len() < GRAM {
            return self.regions.iter().cloned().flatten().filter(here).collect();
        }
        let count = |at: &usize| self.with_gram(&words[*at..at + GRAM]).len();
        let rarest = offsets(words.len()).filter(|at| count(at) > 0).min_by_key(count);
        let Some(offset) = rarest else { return Vec::new() };
        let starts = self.with_gram(&words[offset..offset + GRAM]).iter();
        starts.filter_map(|&at| (at as usize).checked_sub(offset)).filter(here).collect()
    }

    /// Where the words would start if the grams that they share with the text were theirs, the same place together and
    /// the most shared first.
    pub(crate) fn shared(&self, words: &[char]) -> Vec<Vec<i64>> {
        if words.len() < GRAM {
            return Vec::new();
        }
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
        let mut groups: Vec<Vec<i64>> = starts.chunk_by(|a, b| b - a <= apart).map(<[i64]>::to_vec).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        groups
    }
}

/// Offsets of grams in words of at least one gram's length, spread over them, at most [`MOST_GRAMS`].
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
