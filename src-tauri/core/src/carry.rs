//! From one version's text to the next: where each anchor goes. Pure; the whole decision stands here.
//!
//! Both texts are laid bare first (`bare.rs`): how words are spaced, wrapped and quoted is no part of them.
//! 1. *diff*: the passage lies in a stretch that stands in both texts: it goes where the stretch went.
//! 2. *quote*: its words stand somewhere else that is new, or at its old place between two edits.
//! 3. *approximate*: words much like it stand there; marked until a person confirms.
//! 4. Else it is *lost*: no place, its old quote kept, for a person to decide.
//!
//! What stood in the old text already is never taken for a passage that is gone: only text that is new is looked at.
//! A place counts as confirmed only when it was confirmed before, the words are the same, and no other history of the
//! text would put another passage there (`seams.rs`). Deliberately absent: guesses between two places that fit equally
//! well, and the end of any highlight.

use crate::anchor::{self, AnchorMethod, Quote};
use crate::bare::Bare;
use crate::places::{Place, Places, Sought};
use crate::rivals::Rivals;
use crate::seams::Seams;
use crate::stretches::Stretches;
use crate::text::Text;

/// A score below this is no place.
const LEAST_SCORE: f64 = 0.62;
/// From this score on the surroundings speak for a place too: at least one side of it is as it was.
const SURE_SCORE: f64 = 0.78;
/// A quote shorter than this, in bare characters, is nowhere without its surroundings.
const DISTINCT: usize = 16;
/// Two places whose scores differ by less fit equally well.
const MARGIN: f64 = 0.03;
/// A candidate below this score helps nobody.
const LEAST_CANDIDATE: f64 = 0.5;
/// How far from its expected place a passage is looked for letter by letter, in bare characters either way.
pub(crate) const NEAR: usize = 4_096;
/// The most that a score can be where the words are the same but set in another way.
const SET_ANEW: f64 = 0.99;

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
    let (before, after) = (Bare::new(old), Bare::new(new));
    let stretches = Stretches::new(&before.text, &after.text);
    let places = Places::new(&after, stretches.regions(|gap| gap.new.clone()));
    let seams = Seams::new(&before, &after, &stretches, places.grams());
    let rivals = Rivals::new(&before, &after, seams.gone(), places.grams(), &stretches);
    let work =
        Work { new, before: &before, after: &after, stretches: &stretches, places: &places, seams: &seams, rivals };
    anchors.iter().map(|kept| work.carried(kept)).collect()
}

struct Work<'a> {
    new: &'a Text,
    before: &'a Bare,
    after: &'a Bare,
    stretches: &'a Stretches,
    places: &'a Places<'a>,
    seams: &'a Seams<'a>,
    rivals: Rivals<'a>,
}

impl Work<'_> {
    fn carried(&self, kept: &Kept) -> Kept {
        // Nothing is seen of a passage that is only a soft hyphen: it can be nowhere else.
        let passage = kept.place.map(|place| self.before.inward(place)).filter(|range| range.0 < range.1);
        let held = passage.and_then(|(start, end)| Some((start, end, self.stretches.holding(start, end)?)));
        let Some((start, end, (index, stretch))) = held else { return self.sought(kept, passage, kept.confirmed) };
        let to = stretch.new + (start - stretch.old);
        let doubt = || {
            !self.seams.inside(index, stretch, start, end) || self.rivals.doubt((start, end), (to, to + (end - start)))
        };
        if kept.confirmed && doubt() {
            let sought = self.sought(kept, passage, false);
            if sought.place.is_some() {
                return sought;
            }
            // Two places fit equally well: the difference proposes one.
            let place = self.outward(kept, (to, to + (end - start)));
            return place.map_or(sought, |place| self.placed(kept, place, AnchorMethod::Quote, SURE_SCORE, false));
        }
        let Some(place) = self.outward(kept, (to, to + (end - start))) else {
            return self.sought(kept, passage, kept.confirmed);
        };
        // A place that still awaits a person keeps the reason why.
        let (method, score) = if kept.confirmed { (AnchorMethod::Diff, 1.0) } else { (kept.method, kept.score) };
        self.placed(kept, place, method, score, kept.confirmed)
    }

    /// Looks for a passage that is not where it was, or that another one may have replaced there.
    fn sought(&self, kept: &Kept, passage: Option<(u32, u32)>, confirmed: bool) -> Kept {
        let found = self.found(kept, passage);
        let length = kept.quote.exact.chars().count();
        let least = if length < DISTINCT { SURE_SCORE } else { LEAST_SCORE };
        let tied = matches!(found.as_slice(), [best, second, ..] if best.score - second.score < MARGIN);
        let best = found.first().filter(|best| best.score >= least && !tied);
        let place = best.and_then(|best| Some((best, self.outward(kept, (best.start, best.end))?)));
        match place {
            Some((best, place)) => {
                let method = if best.same { AnchorMethod::Quote } else { AnchorMethod::Approximate };
                let known = |passage: (u32, u32)| {
                    self.seams.sure(passage, best.start) && !self.rivals.doubt(passage, (best.start, best.end))
                };
                let sure = confirmed && best.same && passage.is_some_and(known);
                self.placed(kept, place, method, best.score, sure)
            }
            None => Kept {
                place: None,
                quote: kept.quote.clone(),
                method: AnchorMethod::Lost,
                score: found.first().map_or(0.0, |best| best.score),
                confirmed: false,
            },
        }
    }

    /// Where the passage may be, in the bare text, the best first.
    fn found(&self, kept: &Kept, passage: Option<(u32, u32)>) -> Vec<Place> {
        let (stretches, places) = (self.stretches, self.places);
        let sought = Sought::new(&kept.quote, passage.map(|(start, _)| stretches.expected(start)));
        let length = sought.len();
        let exact = places.exact(&sought).into_iter().map(|start| (start, start + length));
        let mut found = stretches.free(places.ranked(&sought, exact), passage);
        if found.first().is_none_or(|best| best.score < SURE_SCORE) {
            let mut ranges: Vec<(usize, usize)> =
                found.iter().map(|place| (place.start as usize, place.end as usize)).collect();
            let clipped = |range: (usize, usize)| stretches.clipped(range, passage);
            if let Some((start, end)) = passage {
                ranges.extend(stretches.ends(start, end).into_iter().filter_map(clipped));
                found = stretches.free(places.ranked(&sought, ranges.iter().copied()), passage);
            }
            // Between its old neighbours and much like it: nothing elsewhere can speak against that.
            if found.first().is_none_or(|best| best.score < SURE_SCORE) {
                let around = passage.map_or(0..0, |(start, end)| stretches.around(start, end));
                let similar = places.similar(&sought);
                ranges.extend(places.near(&sought, around.clone()).into_iter().filter_map(clipped));
                ranges.extend(similar.iter().copied().filter_map(clipped));
                ranges.extend(similar.into_iter().filter(|range| range.1 <= around.start || around.end <= range.0));
                found = stretches.free(places.ranked(&sought, ranges), passage);
            }
        }
        found
    }

    /// A bare range as one of the new text: with as little of the white space at its ends as the anchor had, and as much
    /// of what is not seen there. `None` when it would cut a character.
    fn outward(&self, kept: &Kept, range: (u32, u32)) -> Option<(u32, u32)> {
        let (mut start, mut end) = self.after.outward(range);
        let (before, after) = kept.place.map_or((0, 0), |place| self.before.beyond(place));
        if before > 0 || after > 0 {
            let blanks = |text: &str| text.chars().take_while(|one| one.is_whitespace()).count() as u32;
            let passage = self.new.slice(start, end);
            let last: String = passage.chars().rev().collect();
            let (first, last) = (blanks(passage), blanks(&last));
            start += (before.max(0) as u32).min(first.saturating_sub(1));
            end -= (after.max(0) as u32).min(last.saturating_sub(1));
        }
        if before < 0 || after < 0 {
            let (first, last) = self.after.unseen(range);
            start -= (-before).max(0).unsigned_abs().min(first);
            end += (-after).max(0).unsigned_abs().min(last);
        }
        (start < end && self.new.is_boundary(start) && self.new.is_boundary(end)).then_some((start, end))
    }

    fn placed(&self, kept: &Kept, place: (u32, u32), method: AnchorMethod, score: f64, confirmed: bool) -> Kept {
        let quote = anchor::quote(self.new, place.0, place.1);
        let score = if quote.exact == kept.quote.exact { score } else { score.min(SET_ANEW) };
        Kept { place: Some(place), quote, method, score, confirmed }
    }
}

/// Finds where highlights that await a person may stand, in one text.
pub(crate) struct Candidates<'a> {
    text: &'a Bare,
    places: Places<'a>,
}

impl<'a> Candidates<'a> {
    /// Indexes the whole text.
    pub(crate) fn new(text: &'a Bare) -> Candidates<'a> {
        let whole = 0..text.chars.len();
        Candidates { text, places: Places::new(text, Vec::from([whole])) }
    }

    /// At most `most` places (start, end, score), the best first; `now`, where it stands, is always one of them.
    /// `expected` is where it should start. All in code points.
    pub(crate) fn of(
        &self,
        quote: &Quote,
        expected: Option<u32>,
        now: Option<(u32, u32)>,
        most: usize,
    ) -> Vec<(u32, u32, f64)> {
        let places = &self.places;
        let expected = expected.map(|at| self.text.inward((at, at)).0);
        let sought = Sought::new(quote, expected);
        let length = sought.len();
        let mut ranges: Vec<(usize, usize)> =
            places.exact(&sought).into_iter().map(|start| (start, start + length)).collect();
        let mut similar = places.similar(&sought);
        if let Some(at) = expected {
            similar.extend(places.near(&sought, (at as usize).saturating_sub(NEAR)..at as usize + length + NEAR));
        }
        ranges.extend(similar.into_iter().map(|range| places.on_words(&sought, range)));
        let bare = now.map(|now| self.text.inward(now));
        let bare = bare.and_then(|(start, end)| places.place(&sought, start as usize, end as usize));
        let mut found = places.ranked(&sought, ranges);
        found.retain(|place| place.score >= LEAST_CANDIDATE);
        if let Some(bare) = bare {
            found.retain(|place| place.end <= bare.start || bare.end <= place.start);
            let at = found.partition_point(|place| place.score >= bare.score).min(most.saturating_sub(1));
            found.insert(at, bare);
        }
        let outward = |place: &Place| match now {
            Some((start, end)) if Some(*place) == bare => (start, end, place.score),
            _ => {
                let (start, end) = self.text.outward((place.start, place.end));
                (start, end, place.score)
            }
        };
        found.iter().take(most).map(outward).collect()
    }
}
