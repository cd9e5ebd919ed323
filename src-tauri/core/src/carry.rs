//! From one version's text to the next: where each anchor goes. Pure; the whole decision stands here.
//!
//! 1. *diff*: the passage lies in a stretch that stands in both texts: it goes where the stretch went.
//! 2. *quote*: its exact words stand somewhere else that is new, or at its old place between two edits.
//! 3. *approximate*: words much like it stand there; marked until a person confirms.
//! 4. Else it is *lost*: no place, its old quote kept, for a person to decide.
//!
//! What stood in the old text already is never taken for a passage that is gone: only text that is new is looked at.
//! A place that was found by its words counts as confirmed only when it was confirmed before, the words are exactly the
//! same, and what stands around them speaks for it. Deliberately absent: guesses between two places that fit equally
//! well, and the end of any highlight.

use crate::anchor::{self, AnchorMethod, CONTEXT, Quote};
use crate::difference::{self, Stretch};
use crate::places::{Place, Places, Sought};
use crate::text::Text;
use std::ops::Range;

/// A stretch shorter than this, in code points, may be the same by chance in a passage that was written anew.
const LEAST_STRETCH: u32 = 24;
/// A score below this is no place.
const LEAST_SCORE: f64 = 0.62;
/// From this score on the surroundings speak for a place too: at least one side of it is as it was.
const SURE_SCORE: f64 = 0.78;
/// A quote shorter than this, in code points, is nowhere without its surroundings.
const DISTINCT: usize = 16;
/// Two places whose scores differ by less fit equally well.
const MARGIN: f64 = 0.03;
/// A candidate below this score helps nobody.
const LEAST_CANDIDATE: f64 = 0.5;
/// How far from its expected place a passage is looked for letter by letter, in code points either way.
const NEAR: usize = 4_096;
/// Old text that is taken into the index on both sides of new text, in code points: a moved passage may begin with
/// words that its new neighbour had there already.
const BORDER: u32 = 128;

/// An anchor in the old text.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Start and end in code points; `None` while it is lost.
    pub place: Option<(u32, u32)>,
    /// Its quote.
    pub quote: Quote,
    /// How it came to be there.
    pub method: AnchorMethod,
    /// 0 to 1.
    pub score: f64,
    /// Whether a person made or confirmed it.
    pub confirmed: bool,
}

/// Where each anchor goes, in the order given.
pub fn carry(old: &Text, new: &Text, anchors: &[Kept]) -> Vec<Kept> {
    let map = Map::new(old, new);
    let mut carried: Vec<Option<Kept>> = anchors.iter().map(|kept| untouched(&map, new, kept)).collect();
    if carried.iter().any(Option::is_none) {
        let places = Places::new(new, map.regions());
        for (kept, place) in anchors.iter().zip(&mut carried) {
            if place.is_none() {
                *place = Some(sought(&map, &places, new, kept));
            }
        }
    }
    carried.into_iter().flatten().collect()
}

/// The anchor where its stretch went; `None` when the passage or its edges changed.
fn untouched(map: &Map, new: &Text, kept: &Kept) -> Option<Kept> {
    let (start, end) = kept.place?;
    let stretch = map.holding(start, end)?;
    let to = stretch.new + (start - stretch.old);
    let place = (to, to + (end - start));
    if !new.is_boundary(place.0) || !new.is_boundary(place.1) {
        return None;
    }
    // A place that still awaits a person keeps the reason why.
    let (method, score) = if kept.confirmed { (AnchorMethod::Diff, 1.0) } else { (kept.method, kept.score) };
    Some(Kept {
        place: Some(place),
        quote: anchor::quote(new, place.0, place.1),
        method,
        score,
        confirmed: kept.confirmed,
    })
}

fn sought(map: &Map, places: &Places<'_>, new: &Text, kept: &Kept) -> Kept {
    let sought = Sought::new(&kept.quote, kept.place.map(|(start, _)| map.expected(start)));
    let length = sought.len();
    let least = if length < DISTINCT { SURE_SCORE } else { LEAST_SCORE };
    let exact = places.exact(&sought).into_iter().map(|start| (start, start + length));
    let mut found = map.free(places.ranked(&sought, exact), kept.place);
    if found.first().is_none_or(|best| best.score < SURE_SCORE) {
        let mut ranges: Vec<(usize, usize)> =
            found.iter().map(|place| (place.start as usize, place.end as usize)).collect();
        let clipped = |range: (usize, usize)| map.clipped(range, kept.place);
        if let Some((start, end)) = kept.place {
            ranges.extend(map.ends(start, end).into_iter().filter_map(clipped));
            found = map.free(places.ranked(&sought, ranges.iter().copied()), kept.place);
        }
        // Between its old neighbours and much like it: nothing elsewhere can speak against that.
        if found.first().is_none_or(|best| best.score < SURE_SCORE) {
            let around = kept.place.map_or(0..0, |(start, end)| map.around(start, end));
            let similar = places.similar(&sought);
            ranges.extend(places.near(&sought, around.clone()).into_iter().filter_map(clipped));
            ranges.extend(similar.iter().copied().filter_map(clipped));
            ranges.extend(similar.into_iter().filter(|range| range.1 <= around.start || around.end <= range.0));
            found = map.free(places.ranked(&sought, ranges), kept.place);
        }
    }
    let tied = matches!(found.as_slice(), [best, second, ..] if best.score - second.score < MARGIN);
    match found.first().filter(|best| best.score >= least && !tied) {
        Some(best) => Kept {
            place: Some((best.start, best.end)),
            quote: anchor::quote(new, best.start, best.end),
            method: if best.same { AnchorMethod::Quote } else { AnchorMethod::Approximate },
            score: best.score,
            confirmed: best.same && kept.confirmed && best.score >= SURE_SCORE,
        },
        None => Kept {
            place: None,
            quote: kept.quote.clone(),
            method: AnchorMethod::Lost,
            score: found.first().map_or(0.0, |best| best.score),
            confirmed: false,
        },
    }
}

/// The stretches that are trusted, and how long both texts are.
struct Map {
    stretches: Vec<Stretch>,
    /// All stretches, down to single words: good enough to say where to look.
    all: Vec<Stretch>,
    old: u32,
    new: u32,
}

/// What lies between two stretches.
struct Gap {
    old: Range<u32>,
    new: Range<u32>,
}

impl Map {
    fn new(old: &Text, new: &Text) -> Map {
        let (old_length, new_length) = (old.len(), new.len());
        let all = difference::unchanged(old, new);
        let mut stretches = all.clone();
        let first = |one: &Stretch| one.old == 0 && one.new == 0;
        let last = |one: &Stretch| one.old + one.length == old_length && one.new + one.length == new_length;
        stretches.retain(|one| one.length >= LEAST_STRETCH || first(one) || last(one));
        let mut map = Map { stretches, all, old: old_length, new: new_length };
        // The whole of a stretch once more beside it: which of the two it was, nobody can tell.
        let twice = |(index, one): (usize, &Stretch)| {
            let words = new.slice(one.new, one.new + one.length).trim_matches(|c: char| !c.is_alphanumeric());
            let beside = [map.gap(index).new, map.gap(index + 1).new];
            let again =
                |gap: Range<u32>| gap.end - gap.start >= LEAST_STRETCH && new.slice(gap.start, gap.end).contains(words);
            !words.is_empty() && !first(one) && !last(one) && beside.into_iter().any(again)
        };
        let twice: Vec<bool> = map.stretches.iter().enumerate().map(twice).collect();
        let mut twice = twice.into_iter();
        map.stretches.retain(|_| !twice.next().unwrap_or(false));
        map
    }

    /// The stretch that holds a whole range of the old text.
    fn holding(&self, start: u32, end: u32) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|one| one.old <= start);
        self.stretches[..after].last().filter(|one| end <= one.old + one.length)
    }

    /// The gap before the stretch of this index; after the last one for the number of stretches.
    fn gap(&self, index: usize) -> Gap {
        let before = index.checked_sub(1).map(|before| &self.stretches[before]);
        let (old, new) = before.map_or((0, 0), |one| (one.old + one.length, one.new + one.length));
        let next = self.stretches.get(index);
        let (old_end, new_end) = next.map_or((self.old, self.new), |one| (one.old, one.new));
        Gap { old: old..old_end, new: new..new_end }
    }

    /// Where what started at a position of the old text should start now.
    fn expected(&self, position: u32) -> u32 {
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
    fn ends(&self, start: u32, end: u32) -> Vec<(usize, usize)> {
        let mut starts = vec![self.expected(start)];
        let mut ends = vec![self.expected_end(end)];
        if self.holding(start, start + 1).is_none() {
            let gap = self.gap(self.stretches.partition_point(|one| one.old <= start));
            starts.extend((gap.old.end < end).then_some(gap.new.end));
        }
        if self.holding(end - 1, end).is_none() {
            let gap = self.gap(self.stretches.partition_point(|one| one.old < end));
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
    fn around(&self, start: u32, end: u32) -> Range<usize> {
        let before = self.stretches.partition_point(|one| one.old + one.length <= start);
        let after = self.stretches.partition_point(|one| one.old < end);
        let more = (end - start + CONTEXT) as usize;
        let (from, to) = (self.gap(before).new.start as usize, self.gap(after).new.end as usize);
        let expected = (self.expected(start) as usize, self.expected_end(end) as usize);
        let from = from.saturating_sub(more).max(expected.0.saturating_sub(NEAR));
        from..(to + more).min(expected.1 + NEAR).max(from)
    }

    /// A range of the new text without what stood in the old text outside the passage; `None` when nothing is left.
    fn clipped(&self, (start, end): (usize, usize), passage: Option<(u32, u32)>) -> Option<(usize, usize)> {
        let (mut start, mut end) = (start as u32, end as u32);
        let (from, to) = passage.unwrap_or((u32::MAX, 0));
        let at = |position: u32| {
            let after = self.stretches.partition_point(|one| one.new <= position);
            self.stretches[..after].last().filter(|one| position < one.new + one.length)
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
    fn free(&self, mut places: Vec<Place>, passage: Option<(u32, u32)>) -> Vec<Place> {
        places.retain(|place| {
            let after = self.stretches.partition_point(|one| one.new <= place.start);
            let Some(one) = self.stretches[..after].last().filter(|one| place.end <= one.new + one.length) else {
                return true;
            };
            let (start, end) = (place.start - one.new + one.old, place.end - one.new + one.old);
            passage.is_some_and(|(from, to)| start < to && from < end)
        });
        places
    }

    /// The new text that is in no stretch, with a border.
    fn regions(&self) -> Vec<Range<usize>> {
        let mut regions: Vec<Range<usize>> = Vec::new();
        for gap in (0..=self.stretches.len()).map(|index| self.gap(index)) {
            if gap.old.is_empty() && gap.new.is_empty() {
                continue;
            }
            let start = gap.new.start.saturating_sub(BORDER) as usize;
            let end = (gap.new.end + BORDER).min(self.new) as usize;
            match regions.last_mut() {
                Some(last) if last.end >= start => last.end = end,
                _ => regions.push(start..end),
            }
        }
        regions
    }
}

/// Finds where highlights that await a person may stand, in one text.
pub struct Candidates<'a>(Places<'a>);

impl<'a> Candidates<'a> {
    /// Indexes the whole text.
    pub fn new(text: &'a Text) -> Candidates<'a> {
        let whole = 0..text.len() as usize;
        Candidates(Places::new(text, Vec::from([whole])))
    }

    /// At most `most` places (start, end, score), the best first; `now`, where it stands, is always one of them.
    pub fn of(
        &self,
        quote: &Quote,
        expected: Option<u32>,
        now: Option<(u32, u32)>,
        most: usize,
    ) -> Vec<(u32, u32, f64)> {
        let places = &self.0;
        let sought = Sought::new(quote, expected);
        let length = sought.len();
        let mut ranges: Vec<(usize, usize)> =
            places.exact(&sought).into_iter().map(|start| (start, start + length)).collect();
        ranges.extend(places.similar(&sought));
        if let Some(at) = expected {
            ranges.extend(places.near(&sought, (at as usize).saturating_sub(NEAR)..at as usize + length + NEAR));
        }
        let now = now.and_then(|(start, end)| places.place(&sought, start as usize, end as usize));
        let mut found = places.ranked(&sought, ranges);
        found.retain(|place| place.score >= LEAST_CANDIDATE);
        if let Some(now) = now {
            found.retain(|place| place.end <= now.start || now.end <= place.start);
            let at = found.partition_point(|place| place.score >= now.score).min(most.saturating_sub(1));
            found.insert(at, now);
        }
        found.into_iter().take(most).map(|place| (place.start, place.end, place.score)).collect()
    }
}
