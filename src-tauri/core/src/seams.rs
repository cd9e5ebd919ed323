//! Where two pieces of a text meet, their words may not tell how they were parted: when “the oil and the gas” became “the
//! gas”, either “the” may be the one that stayed. This says how far such doubt reaches into what stands beside a seam.
//! Pure; all positions are those of bare texts.
//!
//! A seam is in doubt as far as another history of the text, no longer than this one, could have put it elsewhere: where
//! its neighbour stands or stood once more, or anywhere in what was put in or taken out there, with the same words before
//! or after it. If exactly one line begins in that range, in both texts at the same place, the seam is there: paragraphs
//! are moved and removed whole. Deliberately absent: any place for a passage; see `places.rs`.

use crate::bare::Bare;
use crate::difference::{Stretch, joins};
use crate::grams::Grams;
use crate::stretches::Stretches;
use crate::wording::is_cut;
use std::ops::Range;

/// Characters beyond a seam that make a neighbour: fewer may be there by chance.
const NEIGHBOUR: usize = 16;
/// Characters of a neighbour that are enough where the place of it is one that the seam may have.
const LEAST: usize = 2;
/// Words that are no chance where they stand once more in what was put in or taken out.
const WORDS: usize = 2;
/// How much of what was put in or taken out at a seam is looked at.
const LONGEST_GAP: usize = 256;
/// Doubt that reaches further than this is not measured.
const FURTHEST: usize = 4_096;
/// What is the same on one side of a passage for so many characters is no chance.
const SETTLED: usize = 64;
/// A passage is known by its words, and those around it that are the same, from so many characters on.
const KNOWN: usize = 48;

/// Which way doubt reaches from a seam.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    /// Into what follows it.
    On,
    /// Into what stands before it.
    Back,
}

/// One text at a seam.
#[derive(Clone, Copy)]
struct Side<'a> {
    chars: &'a [char],
    /// What of it is not in the other text.
    own: &'a Grams<'a>,
    /// Where the seam is.
    at: usize,
    /// Where the next piece that both texts share ends or begins, on the other side of the seam.
    beyond: usize,
}

/// The seams between two texts.
pub(crate) struct Seams<'a> {
    old: &'a Bare,
    new: &'a Bare,
    /// What is gone, and what is new, with a border.
    gone: Grams<'a>,
    fresh: &'a Grams<'a>,
    stretches: &'a Stretches,
    /// How far doubt reaches into each stretch, from its start and from its end.
    doubts: Vec<(u32, u32)>,
    /// How far words that stand once more beyond each end reach into it. A passage that begins among them and goes on
    /// may have lost its first words to another place; one that is wholly among them is for [`Rivals`] to judge.
    ///
    /// [`Rivals`]: crate::rivals::Rivals
    repeats: Vec<(u32, u32)>,
}

impl<'a> Seams<'a> {
    /// Measures the doubt at both ends of every stretch. `fresh` is an index of what is new.
    pub(crate) fn new(old: &'a Bare, new: &'a Bare, stretches: &'a Stretches, fresh: &'a Grams<'a>) -> Seams<'a> {
        let gone = Grams::new(&old.chars, stretches.regions(|gap| gap.old.clone()));
        let mut seams = Seams { old, new, gone, fresh, stretches, doubts: Vec::new(), repeats: Vec::new() };
        let doubts = stretches.trusted().iter().map(|one| {
            let (start, end) = ((one.old, one.new), (one.old + one.length, one.new + one.length));
            let most = (one.length as usize).min(FURTHEST);
            let first = seams.doubt(Way::On, start, most) as u32;
            let last = seams.doubt(Way::Back, end, most) as u32;
            (first.max(seams.rest(Way::On, start.0)), last.max(seams.rest(Way::Back, end.0)))
        });
        seams.doubts = doubts.collect();
        let repeats = stretches.trusted().iter().map(|one| {
            let most = (one.length as usize).min(FURTHEST);
            let end = (one.old + one.length, one.new + one.length);
            (seams.repeated(Way::On, (one.old, one.new), most), seams.repeated(Way::Back, end, most))
        });
        seams.repeats = repeats.collect();
        seams
    }

    /// What only the old text has.
    pub(crate) fn gone(&self) -> &Grams<'a> {
        &self.gone
    }

    /// Whether a range of the old text lies in the part of its stretch that is not in doubt.
    pub(crate) fn inside(&self, index: usize, stretch: &Stretch, start: u32, end: u32) -> bool {
        let (first, last) = self.repeats[index];
        let across = |at: u32| start < at && at < end;
        if across(stretch.old + first) || across(stretch.old + stretch.length - last) {
            return false;
        }
        let (first, last) = self.doubts[index];
        stretch.old + first <= start && end + last <= stretch.old + stretch.length
    }

    /// Whether a passage whose words stand at a place of the new text is known to have gone there.
    pub(crate) fn sure(&self, (start, end): (u32, u32), to: u32) -> bool {
        let to_end = to + (end - start);
        let before = self.same(Way::Back, start, to);
        let after = self.same(Way::On, end, to_end);
        if before + (end - start) + after < KNOWN as u32 {
            return false;
        }
        let settled = |way: Way, same: u32, old: u32, new: u32| {
            let seam = if way == Way::On { (old - same, new - same) } else { (old + same, new + same) };
            let doubt = || self.doubt(way, seam, SETTLED) as u32;
            same as usize == SETTLED || doubt().max(self.rest(way, seam.0)) <= same
        };
        settled(Way::On, before, start, to) && settled(Way::Back, after, end, to_end)
    }

    /// How many characters both texts have the same from two positions on or back, at most [`SETTLED`].
    fn same(&self, way: Way, old: u32, new: u32) -> u32 {
        same(way, (&self.old.chars, old as usize), (&self.new.chars, new as usize), SETTLED) as u32
    }

    /// How far doubt reaches from a seam, in the old and in the new text, into what both share there, at most `most`
    /// characters.
    fn doubt(&self, way: Way, seam: (u32, u32), most: usize) -> usize {
        let Some((old, new)) = self.sides(way, seam) else { return 0 };
        let reach = old.doubt(&new, way, most).max(new.doubt(&old, way, most));
        self.bounded(way, seam, (&old, &new), reach)
    }

    /// A reach, unless the seam is where a line begins, or where sentences were put in whole.
    fn bounded(&self, way: Way, seam: (u32, u32), (old, new): (&Side<'_>, &Side<'_>), reach: usize) -> usize {
        let added = new.at.min(new.beyond)..new.at.max(new.beyond);
        if reach > 0 && old.at == old.beyond && self.sentences(added) && self.within(way, new.at, reach) {
            return 0;
        }
        self.line(way, seam, reach as u32).map_or(reach, |line| line as usize)
    }

    /// Both texts at a seam; none where both begin or end there.
    fn sides(&self, way: Way, seam: (u32, u32)) -> Option<(Side<'_>, Side<'_>)> {
        let beyond = match way {
            Way::On => self.stretches.before(seam.0, seam.1),
            Way::Back => self.stretches.after(seam.0, seam.1),
        };
        let (at, to) = ((seam.0 as usize, seam.1 as usize), (beyond.0 as usize, beyond.1 as usize));
        let edge = if way == Way::On { (0, 0) } else { (self.old.chars.len(), self.new.chars.len()) };
        let old = Side { chars: &self.old.chars, own: &self.gone, at: at.0, beyond: to.0 };
        let new = Side { chars: &self.new.chars, own: self.fresh, at: at.1, beyond: to.1 };
        (at != edge).then_some((old, new))
    }

    /// How many words beside a seam stand once more on its other side, in characters.
    fn repeated(&self, way: Way, seam: (u32, u32), most: usize) -> u32 {
        let Some((old, new)) = self.sides(way, seam) else { return 0 };
        self.bounded(way, seam, (&old, &new), old.repeated(&new, way, most).max(new.repeated(&old, way, most))) as u32
    }

    /// The length of the rest of a line beside a seam of the old text when it is too short to be known by itself.
    fn rest(&self, way: Way, at: u32) -> u32 {
        let short = NEIGHBOUR as u32;
        let line = match way {
            Way::On => self.old.lines(at + 1, at + short).first(),
            Way::Back => self.old.lines(at.saturating_sub(short), at.saturating_sub(1)).last(),
        };
        let edge = if way == Way::On { 0 } else { self.old.len() };
        line.filter(|_| at != edge).map_or(0, |line| line.abs_diff(at))
    }

    /// Whether a range of the new text is whole sentences.
    fn sentences(&self, range: Range<usize>) -> bool {
        !range.is_empty() && self.new.begins_sentence(range.start) && self.new.begins_sentence(range.end)
    }

    /// Whether what is within reach of a place of the new text is part of one sentence.
    fn within(&self, way: Way, at: usize, reach: usize) -> bool {
        let range = if way == Way::On { at + 1..at + reach + 1 } else { at - reach..at };
        !range.into_iter().any(|at| self.new.begins_sentence(at))
    }

    /// How far from a seam the only line begins that begins within its reach, when it is the same in both texts.
    fn line(&self, way: Way, (old, new): (u32, u32), reach: u32) -> Option<u32> {
        let lines = |text: &'a Bare, at: u32| match way {
            Way::On => text.lines(at, at + reach),
            Way::Back => text.lines(at.saturating_sub(reach), at),
        };
        match (lines(self.old, old), lines(self.new, new)) {
            (&[one], &[other]) if one.abs_diff(old) == other.abs_diff(new) => Some(one.abs_diff(old)),
            _ => None,
        }
    }
}

impl Side<'_> {
    /// How far doubt reaches, as far as this text tells: what stands at the seam of the other one may be what stands
    /// elsewhere in this one.
    fn doubt(&self, other: &Side<'_>, way: Way, most: usize) -> usize {
        let reach = |at: usize| same(way, (self.chars, at), (other.chars, other.at), most);
        let elsewhere = self.with_neighbour(other, way).into_iter().filter(|&at| at != self.at);
        let between = self.between(way).filter(|&at| self.touches(other, way, at));
        let edges = self.edges(way).map(|at| {
            let far = |at: usize, reach: usize| if way == Way::On { at + reach } else { at - reach };
            let whole =
                |reach: &usize| !is_cut(self.chars, far(at, *reach)) && !is_cut(other.chars, far(other.at, *reach));
            (0..=reach(at)).rev().find(whole).unwrap_or(0)
        });
        elsewhere.chain(between).map(reach).chain(edges).max().unwrap_or(0)
    }

    /// How many words beside the seam of the other text stand once more in what this text alone has there, in characters.
    fn repeated(&self, other: &Side<'_>, way: Way, most: usize) -> usize {
        let reach = |at: usize| same(way, (self.chars, at), (other.chars, other.at), most);
        self.between(way).map(|at| self.words(other, way, at, reach(at))).max().unwrap_or(0)
    }

    /// How much of a reach is whole words, if they are [`WORDS`] or more, or a figure: nobody writes fewer twice but by
    /// chance.
    fn words(&self, other: &Side<'_>, way: Way, at: usize, reach: usize) -> usize {
        if reach == 0 || is_cut(self.chars, at) {
            return 0;
        }
        let far = |at: usize, reach: usize| if way == Way::On { at + reach } else { at - reach };
        let whole = |reach: &usize| !is_cut(self.chars, far(at, *reach)) && !is_cut(other.chars, far(other.at, *reach));
        let reach = (0..=reach).rev().find(whole).unwrap_or(0);
        let chars = &self.chars[at.min(far(at, reach))..at.max(far(at, reach))];
        let count = chars
            .iter()
            .enumerate()
            .filter(|(at, one)| joins(**one) && !chars[..*at].last().is_some_and(|&one| joins(one)));
        if count.count() >= WORDS || chars.iter().any(char::is_ascii_digit) { reach } else { 0 }
    }

    /// Whether what is beyond a place is, for a character or two, what is beyond the other text's seam.
    fn touches(&self, other: &Side<'_>, way: Way, at: usize) -> bool {
        let (opposite, first) = match way {
            Way::On => (Way::Back, at.checked_sub(1)),
            Way::Back => (Way::On, Some(at)),
        };
        let mark = first.and_then(|first| self.chars.get(first)).is_some_and(|&one| one != ' ' && !joins(one));
        same(opposite, (self.chars, at), (other.chars, other.at), LEAST) >= if mark { 1 } else { LEAST }
    }

    /// Where what is beyond the other text's seam stands in this one.
    fn with_neighbour(&self, other: &Side<'_>, way: Way) -> Vec<usize> {
        let (chars, at) = (other.chars, other.at);
        let neighbour = match way {
            Way::On => &chars[at.saturating_sub(NEIGHBOUR)..at],
            Way::Back => &chars[at..(at + NEIGHBOUR).min(chars.len())],
        };
        // One that is short is all there is: so it must be here.
        let short = neighbour.len() < NEIGHBOUR;
        match way {
            Way::On if short => self.chars.starts_with(neighbour).then_some(at).into_iter().collect(),
            Way::Back if short => {
                let start = self.chars.len().saturating_sub(neighbour.len());
                self.chars.ends_with(neighbour).then_some(start).into_iter().collect()
            }
            Way::On => self.own.all(neighbour).into_iter().map(|start| start + NEIGHBOUR).collect(),
            Way::Back => self.own.all(neighbour),
        }
    }

    /// The places in what this text alone has at the seam, as far as that is looked at.
    fn between(&self, way: Way) -> impl Iterator<Item = usize> {
        match way {
            Way::On => self.beyond.max(self.at.saturating_sub(LONGEST_GAP))..self.at,
            Way::Back => self.at + 1..self.beyond.min(self.at + LONGEST_GAP),
        }
    }

    /// The places about its other end: a mark or a blank may belong to either side of it.
    fn edges(&self, way: Way) -> impl Iterator<Item = usize> {
        let (at, beyond) = (self.at, self.beyond);
        let about = match way {
            Way::On => beyond.saturating_sub(LEAST)..(beyond + 1).min(at),
            Way::Back => beyond.max(at + 1)..(beyond + LEAST).min(self.chars.len()) + 1,
        };
        about.filter(move |_| beyond != at)
    }
}

/// How many characters two texts have the same from two positions on or back, at most `most`.
fn same(way: Way, (one, at): (&[char], usize), (other, to): (&[char], usize), most: usize) -> usize {
    match way {
        Way::On => one[at..].iter().zip(&other[to..]).take(most).take_while(|(a, b)| a == b).count(),
        Way::Back => {
            one[..at].iter().rev().zip(other[..to].iter().rev()).take(most).take_while(|(a, b)| a == b).count()
        }
    }
}
