//! Finds whether the words around a passage now stand in another sentence: then the passage may have gone with them,
//! although its own words are still here. Pure; all positions are those of bare texts.
//!
//! “The road was closed to all but 35 drivers” became “The market was closed to all but 35 drivers. The road remained
//! open”: the 35 are those of the market. Two things tell it: words of the old sentence that the new one has no more are
//! new in another sentence; and the first two words of the old sentence, its head, are in another one.

use crate::bare::Bare;
use crate::carry::NEAR;
use crate::stretches::Stretches;
use crate::wording::{Local, Side, number, word_at, words};
use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;

/// Words around a passage that are reckoned with at least: in a short text no word would be rare.
const LEAST_LOCAL: usize = 80;
/// The least that words must tell, in nats: chance would bring them to one place less often than in e^-1.2, three of ten cases.
const TELLING: f64 = 1.2;

/// The words that only the new text has: for each its places, and in which gap each is.
struct Own {
    places: HashMap<u64, Vec<(u32, u32)>>,
    /// The number of words in each gap.
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

    /// Whether what stood around a passage of the old text, in its sentence, seems to be somewhere else now. Both ranges
    /// are half open: the passage, and the place in the new text that it seems to have gone to.
    pub(crate) fn doubt(&self, was: (usize, usize), is: (usize, usize)) -> bool {
        let (sentence, there) = (self.old.sentence(was.0, was.1), self.new.sentence(is.0, is.1));
        self.left(&sentence, &there, was, is) || self.head_left(sentence.start..was.0, there.start..is.0)
    }

    /// Whether words of the sentence on one side of the passage, which are not there any more, are new somewhere else:
    /// in another sentence, or on the other side.
    fn left(&self, sentence: &Range<usize>, there: &Range<usize>, was: (usize, usize), is: (usize, usize)) -> bool {
        let local = LazyCell::new(|| Local::around(&self.old.chars, was.0, was.1));
        let near = is.0.saturating_sub(NEAR)..is.1 + NEAR;
        let sides = [(sentence.start..was.0, there.start..is.0), (was.1..sentence.end, is.1..there.end)];
        sides.into_iter().any(|(side, there)| {
            let here = words(&self.new.chars, there.clone(), Side::After, usize::MAX);
            let mut lost = words(&self.old.chars, side, Side::After, usize::MAX);
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

    /// Whether the head of the sentence is in another one now: its first two words, or the only one before the passage.
    /// Both ranges begin with their sentence and end with the passage.
    fn head_left(&self, before: Range<usize>, there: Range<usize>) -> bool {
        let chars = &self.old.chars;
        let Some(first) = word_at(chars, before.clone()) else { return false };
        let end = word_at(chars, first.end..before.end).map_or(first.end, |second| second.end);
        self.stretches.mapped(first.start, end).is_some_and(|at| !there.contains(&at))
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
