//! Finds whether the words around a passage now stand in another sentence: then the passage may have gone with them,
//! although its own words are still here. Pure; all positions are those of bare texts.
//!
//! “The road was closed to all but 35 drivers” became “The market was closed to all but 35 drivers. The road remained
//! open”: the 35 are those of the market. Two things tell it: words of the old sentence that the new one has no more are
//! new in another sentence; and the first word of the old sentence, its head, begins another one or is much farther away.

use crate::bare::Bare;
use crate::stretches::{Stretches, Version};
use crate::wording::{Local, Side, number, word_at, words};
use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;

/// How far from a passage its words are looked for, in characters either way.
const NEAR: usize = 4_096;
/// How far around a passage words are counted, in characters either way.
const LOCAL: usize = 250;
/// As many words are counted at least; a short text has no more.
const LEAST_LOCAL: usize = 80;
/// Words tell when chance would bring them to one place less often than in e^-1.2, three of ten cases.
const TELLING: f64 = 1.2;
/// So many words more between the head of a sentence and a passage may be another statement.
const GROWN: usize = 3;

/// A range in both texts: in the one that it comes from, and in the other.
#[derive(Clone, Copy)]
struct Pair<'a> {
    from: &'a Bare,
    to: &'a Bare,
    version: Version,
    was: (usize, usize),
    is: (usize, usize),
}

/// The words that only the new text has: for each its places, and in which gap each is.
struct Own {
    places: HashMap<u64, Vec<(u32, u32)>>,
    /// How many words each gap has.
    counts: Vec<usize>,
}

/// Two texts, and the words that are new in the second one.
pub(crate) struct Displaced<'a> {
    old: &'a Bare,
    new: &'a Bare,
    stretches: &'a Stretches,
    fresh: Own,
}

impl<'a> Displaced<'a> {
    pub(crate) fn new(old: &'a Bare, new: &'a Bare, stretches: &'a Stretches) -> Displaced<'a> {
        Displaced { old, new, stretches, fresh: Own::new(new, stretches.gaps().map(|gap| gap.new)) }
    }

    /// Whether what stood around a passage, in its sentence, seems to be somewhere else; or the head of the sentence
    /// around it now to have come from another one.
    pub(crate) fn doubt(&self, was: (usize, usize), is: (usize, usize)) -> bool {
        let on = Pair { from: self.old, to: self.new, version: Version::Old, was, is };
        let back = Pair { from: self.new, to: self.old, version: Version::New, was: is, is: was };
        self.left(&on) || self.head_left(&on) || self.head_left(&back)
    }

    /// Whether words of the sentence on one side of the passage, which are not there any more, are new somewhere else:
    /// in another sentence, or on the other side.
    fn left(&self, pair: &Pair<'a>) -> bool {
        let (sentence, there) = (pair.from.sentence(pair.was.0, pair.was.1), pair.to.sentence(pair.is.0, pair.is.1));
        let local = LazyCell::new(|| {
            let around = pair.was.0.saturating_sub(LOCAL)..(pair.was.1 + LOCAL).min(pair.from.chars.len());
            Local(words(&pair.from.chars, around, Side::After, usize::MAX))
        });
        let near = pair.is.0.saturating_sub(NEAR)..pair.is.1 + NEAR;
        let sides =
            [(sentence.start..pair.was.0, there.start..pair.is.0), (pair.was.1..sentence.end, pair.is.1..there.end)];
        sides.into_iter().any(|(side, there)| {
            let here = words(&pair.to.chars, there.clone(), Side::After, usize::MAX);
            let mut lost = words(&pair.from.chars, side, Side::After, usize::MAX);
            lost.retain(|word| !here.contains(word));
            lost.sort_unstable_by_key(|word| word.number);
            lost.dedup();
            let mut sums: HashMap<u32, f64> = HashMap::new();
            for word in &lost {
                let mut last = None;
                for &(at, gap) in self.fresh.places.get(&word.number).map_or(&[][..], Vec::as_slice) {
                    let apart = !there.contains(&(at as usize)) && near.contains(&(at as usize));
                    if apart && last != Some(gap) {
                        last = Some(gap);
                        *sums.entry(gap).or_default() +=
                            local.weight_among(word, self.fresh.counts[gap as usize], LEAST_LOCAL);
                    }
                }
            }
            sums.values().any(|&sum| sum >= TELLING)
        })
    }

    /// Whether the first word of the sentence is in another one now, or much farther before the passage.
    fn head_left(&self, pair: &Pair<'a>) -> bool {
        let sentence = pair.from.sentence(pair.was.0, pair.was.1);
        let Some(head) = word_at(&pair.from.chars, sentence.start..pair.was.0) else { return false };
        let Some(at) = self.stretches.mapped(pair.version, head.start, head.end) else { return false };
        let there = pair.to.sentence(pair.is.0, pair.is.1);
        if at < there.start || pair.is.0 <= at {
            return true;
        }
        // A sentence that became shorter has no room for another statement.
        if pair.version == Version::New {
            return false;
        }
        let count = |text: &Bare, range: Range<usize>| words(&text.chars, range, Side::After, usize::MAX).len();
        count(pair.to, at..pair.is.0) >= count(pair.from, head.start..pair.was.0) + GROWN
    }
}

impl Own {
    fn new(text: &Bare, gaps: impl Iterator<Item = Range<u32>>) -> Own {
        let mut own = Own { places: HashMap::new(), counts: Vec::new() };
        for (gap, range) in gaps.enumerate() {
            let mut rest = range.start as usize..range.end as usize;
            let mut count = 0;
            while let Some(word) = word_at(&text.chars, rest.clone()) {
                let key = number(&text.chars[word.clone()]);
                own.places.entry(key).or_default().push((word.start as u32, gap as u32));
                count += 1;
                rest.start = word.end;
            }
            own.counts.push(count);
        }
        own
    }
}
