//! The stretches of a text that stand in its next version, and what lies between them: what is new there, what is gone, and
//! where something that was between them should be now. Pure; all positions are those of bare texts.

use crate::anchor::CONTEXT;
use crate::carry::NEAR;
use crate::difference::{self, Stretch};
use crate::places::Place;
use crate::text::Text;
use std::ops::Range;

/// A stretch shorter than this may be the same by chance in a passage that was written anew.
const LEAST_STRETCH: u32 = 24;
/// Old text that is taken along on both sides of what is new or gone: a passage that moved may begin with words that its
/// new neighbour had there already.
const BORDER: u32 = 128;

/// The stretches that are trusted, and how long both texts are.
pub(crate) struct Stretches {
    trusted: Vec<Stretch>,
    /// All stretches, down to single words: good enough to say where to look.
    all: Vec<Stretch>,
    old: u32,
    new: u32,
}

/// One of the two texts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Version {
    /// The old one.
    Old,
    /// The new one.
    New,
}

/// What lies between two stretches.
pub(crate) struct Gap {
    /// In the old text.
    pub(crate) old: Range<u32>,
    /// In the new text.
    pub(crate) new: Range<u32>,
}

impl Stretches {
    /// What two bare texts share.
    pub(crate) fn new(old: &Text, new: &Text) -> Stretches {
        let (old_length, new_length) = (old.len(), new.len());
        let all = difference::unchanged(old, new);
        let mut trusted = all.clone();
        let first = |one: &Stretch| one.old == 0 && one.new == 0;
        let last = |one: &Stretch| one.old + one.length == old_length && one.new + one.length == new_length;
        trusted.retain(|one| one.length >= LEAST_STRETCH || first(one) || last(one));
        let mut map = Stretches { trusted, all, old: old_length, new: new_length };
        // Amid much that is new and much that is gone a short one may still be there by chance.
        let known = |(index, one): (usize, &Stretch)| {
            let (before, after) = (map.gap(index), map.gap(index + 1));
            let gone = (before.old.end - before.old.start) + (after.old.end - after.old.start);
            let fresh = (before.new.end - before.new.start) + (after.new.end - after.new.start);
            one.length >= 2 * LEAST_STRETCH || gone.min(fresh) <= one.length || first(one) || last(one)
        };
        let mut known = map.trusted.iter().enumerate().map(known).collect::<Vec<bool>>().into_iter();
        map.trusted.retain(|_| known.next().unwrap_or(true));
        // The whole of a stretch once more beside it: which of the two it was, nobody can tell.
        let twice = |(index, one): (usize, &Stretch)| {
            let words = new.slice(one.new, one.new + one.length).trim_matches(|c: char| !c.is_alphanumeric());
            let beside = [map.gap(index).new, map.gap(index + 1).new];
            let again =
                |gap: Range<u32>| gap.end - gap.start >= LEAST_STRETCH && new.slice(gap.start, gap.end).contains(words);
            !words.is_empty() && !first(one) && !last(one) && beside.into_iter().any(again)
        };
        let twice: Vec<bool> = map.trusted.iter().enumerate().map(twice).collect();
        let mut twice = twice.into_iter();
        map.trusted.retain(|_| !twice.next().unwrap_or(false));
        map
    }

    /// Those that are trusted.
    pub(crate) fn trusted(&self) -> &[Stretch] {
        &self.trusted
    }

    /// Where in each text the last trusted stretch ends before a position, or the text begins. One position in the old
    /// text, one in the new.
    pub(crate) fn before(&self, old: u32, new: u32) -> (u32, u32) {
        let last = |end: &dyn Fn(&Stretch) -> u32, at: u32| {
            let after = self.trusted.partition_point(|one| end(one) <= at);
            after.checked_sub(1).map_or(0, |last| end(&self.trusted[last]))
        };
        (last(&|one| one.old + one.length, old), last(&|one| one.new + one.length, new))
    }

    /// Where in each text the first trusted stretch begins after a position, or the text ends.
    pub(crate) fn after(&self, old: u32, new: u32) -> (u32, u32) {
        let first = |start: &dyn Fn(&Stretch) -> u32, at: u32, end: u32| {
            let first = self.trusted.partition_point(|one| start(one) < at);
            self.trusted.get(first).map_or(end, start)
        };
        (first(&|one| one.old, old, self.old), first(&|one| one.new, new, self.new))
    }

    /// The stretch that holds a whole range of the old text, and its index.
    pub(crate) fn holding(&self, start: u32, end: u32) -> Option<(usize, &Stretch)> {
        let index = self.trusted.partition_point(|one| one.old <= start).checked_sub(1)?;
        Some((index, &self.trusted[index])).filter(|(_, one)| end <= one.old + one.length)
    }

    /// Whether a whole range of one of the texts lies in one stretch.
    pub(crate) fn holds(&self, version: Version, start: usize, end: usize) -> bool {
        let (start, end) = (start as u32, end as u32);
        let from = |one: &Stretch| if version == Version::Old { one.old } else { one.new };
        let after = self.trusted.partition_point(|one| from(one) <= start);
        self.trusted[..after].last().is_some_and(|one| end <= from(one) + one.length)
    }

    /// The start in the new text of a whole range of the old one, if the range lies in one stretch.
    pub(crate) fn mapped(&self, start: usize, end: usize) -> Option<usize> {
        let (_, stretch) = self.holding(start as u32, end as u32)?;
        Some(start + stretch.new as usize - stretch.old as usize)
    }

    /// All that lies between the stretches, before the first and after the last.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = Gap> {
        (0..=self.trusted.len()).map(|index| self.gap(index))
    }

    /// The gap before the stretch of this index; after the last one for the number of stretches.
    fn gap(&self, index: usize) -> Gap {
        let before = index.checked_sub(1).map(|before| &self.trusted[before]);
        let (old, new) = before.map_or((0, 0), |one| (one.old + one.length, one.new + one.length));
        let next = self.trusted.get(index);
        let (old_end, new_end) = next.map_or((self.old, self.new), |one| (one.old, one.new));
        Gap { old: old..old_end, new: new..new_end }
    }

    /// Where what started at a position of the old text should start now.
    pub(crate) fn expected(&self, position: u32) -> u32 {
        let after = self.all.partition_point(|one| one.old <= position);
        let (old, new) = self.all[..after].last().map_or((0, 0), |one| {
            let into = (position - one.old).min(one.length);
            (one.old + into, one.new + into)
        });
        let next = self.all.get(after).map_or(self.new, |one| one.new);
        (new + (position - old)).min(next)
    }

    /// Where what ended at a position of the old text should end now.
    fn expected_end(&self, position: u32) -> u32 {
        let after = self.all.partition_point(|one| one.old < position);
        let before = self.all[..after].last();
        if let Some(one) = before.filter(|one| position <= one.old + one.length) {
            return one.new + (position - one.old);
        }
        let (old, new) = self.all.get(after).map_or((self.old, self.new), |one| (one.old, one.new));
        new.saturating_sub(old - position).max(before.map_or(0, |one| one.new + one.length))
    }

    /// What the passage became, if its two ends tell: both where they should be, or drawn in to the nearest stretch.
    pub(crate) fn ends(&self, start: u32, end: u32) -> Vec<(usize, usize)> {
        let mut starts = vec![self.expected(start)];
        let mut ends = vec![self.expected_end(end)];
        if self.holding(start, start + 1).is_none() {
            let gap = self.gap(self.trusted.partition_point(|one| one.old <= start));
            starts.extend((gap.old.end < end).then_some(gap.new.end));
        }
        if self.holding(end - 1, end).is_none() {
            let gap = self.gap(self.trusted.partition_point(|one| one.old < end));
            ends.extend((gap.old.start > start).then_some(gap.new.start));
        }
        // A passage that grew to many times its length is another one.
        let most = (end - start) * 3 + CONTEXT;
        let pairs = starts.iter().flat_map(|&from| ends.iter().map(move |&to| (from, to)));
        pairs
            .filter(|&(from, to)| from < to && to - from <= most)
            .map(|(from, to)| (from as usize, to as usize))
            .collect()
    }

    /// The new text from the last stretch before a passage to the first one after it, with a passage's length more on
    /// both sides, and never far from where the passage should be.
    pub(crate) fn around(&self, start: u32, end: u32) -> Range<usize> {
        let before = self.trusted.partition_point(|one| one.old + one.length <= start);
        let after = self.trusted.partition_point(|one| one.old < end);
        let more = (end - start + CONTEXT) as usize;
        let (from, to) = (self.gap(before).new.start as usize, self.gap(after).new.end as usize);
        let expected = (self.expected(start) as usize, self.expected_end(end) as usize);
        let from = from.saturating_sub(more).max(expected.0.saturating_sub(NEAR));
        from..(to + more).min(expected.1 + NEAR).max(from)
    }

    /// A range of the new text without what stood in the old text outside the passage; `None` when nothing is left.
    pub(crate) fn clipped(&self, (start, end): (usize, usize), passage: Option<(u32, u32)>) -> Option<(usize, usize)> {
        let (mut start, mut end) = (start as u32, end as u32);
        let (from, to) = passage.unwrap_or((u32::MAX, 0));
        let at = |position: u32| {
            let after = self.trusted.partition_point(|one| one.new <= position);
            self.trusted[..after].last().filter(|one| position < one.new + one.length)
        };
        while let Some(one) = at(start).filter(|_| start < end) {
            let old = start - one.new + one.old;
            if from <= old && old < to {
                break;
            }
            let inside = old < from && from < one.old + one.length;
            start = if inside { one.new + (from - one.old) } else { one.new + one.length };
        }
        while let Some(one) = at(end.saturating_sub(1)).filter(|_| start < end) {
            let old = end - one.new + one.old;
            if from < old && old <= to {
                break;
            }
            end = if to < old && to > one.old { one.new + (to - one.old) } else { one.new };
        }
        (start < end).then_some((start as usize, end as usize))
    }

    /// The places without those that are wholly text which stood in the old version outside the passage.
    pub(crate) fn free(&self, mut places: Vec<Place>, passage: Option<(u32, u32)>) -> Vec<Place> {
        places.retain(|place| {
            let after = self.trusted.partition_point(|one| one.new <= place.start);
            let Some(one) = self.trusted[..after].last().filter(|one| place.end <= one.new + one.length) else {
                return true;
            };
            let (start, end) = (place.start - one.new + one.old, place.end - one.new + one.old);
            passage.is_some_and(|(from, to)| start < to && from < end)
        });
        places
    }

    /// One side of all that is in no stretch, with a border.
    pub(crate) fn regions(&self, side: impl Fn(&Gap) -> Range<u32>) -> Vec<Range<usize>> {
        let mut regions: Vec<Range<usize>> = Vec::new();
        for gap in self.gaps() {
            if gap.old.is_empty() && gap.new.is_empty() {
                continue;
            }
            let here = side(&gap);
            let (start, end) = (here.start.saturating_sub(BORDER) as usize, (here.end + BORDER) as usize);
            match regions.last_mut() {
                Some(last) if last.end >= start => last.end = end,
                _ => regions.push(start..end),
            }
        }
        regions
    }
}
