//! Other places with the words of a passage: whether one of them may be where the passage went. Pure; all positions are
//! those of bare texts.
//!
//! A passage belongs to a statement: the words before and after it in its sentence are its context. Where the context
//! changed, the passage is in doubt
//! - when the same words stand once more in what is new, unless the whole context on one side is at its place, and not at
//!   the other one;
//! - when the other place has a word of the context that tells, and its own place has it no more.
//!
//! A word tells when it would hardly be there by chance: it is rare around the passage. The same is asked of the old text,
//! where another passage that is gone may be the one that stands here now. Deliberately absent: any place for a passage;
//! see `places.rs`.

use crate::bare::Bare;
use crate::carry::NEAR;
use crate::difference::joins;
use crate::displaced::Displaced;
use crate::grams::Grams;
use crate::stretches::{Stretches, Version};
use crate::wording::{BOTH, Local, Side, Word, is_cut, words};
use std::cell::LazyCell;
use std::ops::Range;

/// Words of a sentence that are compared on one side of a passage.
const MOST_WORDS: usize = 24;
/// Words that may have come between a passage and its context.
const BETWEEN: usize = 6;
/// What is the same for so many characters beyond a sentence tells that nothing changed there.
const BEYOND: usize = 16;
/// Something tells when chance would bring it about less often than in e^-1.5, two of nine cases.
const TELLING: f64 = 1.5;
/// A side of a passage with fewer words in its sentence does not tell where the passage is.
const ENOUGH: usize = 2;
/// Places with the same words that are compared, the nearest first.
const MOST_PLACES: usize = 64;

/// The words on both sides of a place, the nearest first.
#[derive(Clone)]
struct Context {
    before: Vec<Word>,
    after: Vec<Word>,
}

impl Context {
    fn side(&self, side: Side) -> &[Word] {
        if side == Side::Before { &self.before } else { &self.after }
    }

    /// Whether all the context on one side stands beside a place.
    fn is_whole(&self, side: Side, there: &Context) -> bool {
        self.side(side).len() >= ENOUGH && there.side(side).starts_with(self.side(side))
    }

    /// How many words of the context stand beside a place, one after the other from the nearest on.
    fn run(&self, side: Side, there: &Context) -> usize {
        self.side(side).iter().zip(there.side(side)).take_while(|(one, other)| one == other).count()
    }
}

/// A place in one of the two texts.
#[derive(Clone, Copy)]
struct Scene<'a> {
    text: &'a Bare,
    version: Version,
    /// What of the text is not in the other one, with a border.
    own: &'a Grams<'a>,
    start: usize,
    end: usize,
}

/// What speaks for a place of a passage, and against it.
struct Case<'a> {
    context: Context,
    /// Its place in the other text.
    to: Scene<'a>,
    /// The words beside the place, in its sentence.
    here: Context,
    local: LazyCell<Local, Box<dyn FnOnce() -> Local + 'a>>,
}

/// The passages of two texts and their rivals.
pub(crate) struct Rivals<'a> {
    old: &'a Bare,
    new: &'a Bare,
    gone: &'a Grams<'a>,
    fresh: &'a Grams<'a>,
    stretches: &'a Stretches,
    displaced: Displaced<'a>,
}

impl<'a> Rivals<'a> {
    /// `gone` and `fresh` are indexes of what only the old and only the new text has.
    pub(crate) fn new(
        old: &'a Bare,
        new: &'a Bare,
        gone: &'a Grams<'a>,
        fresh: &'a Grams<'a>,
        stretches: &'a Stretches,
    ) -> Rivals<'a> {
        Rivals { old, new, gone, fresh, stretches, displaced: Displaced::new(old, new, stretches) }
    }

    /// Whether a passage of the old text that seems to have gone to a place of the new one may be somewhere else.
    pub(crate) fn doubt(&self, old: (u32, u32), new: (u32, u32)) -> bool {
        let scene = |text: &'a Bare, version: Version, own: &'a Grams<'a>, range: (u32, u32)| Scene {
            text,
            version,
            own,
            start: range.0 as usize,
            end: range.1 as usize,
        };
        let was = scene(self.old, Version::Old, self.gone, old);
        let is = scene(self.new, Version::New, self.fresh, new);
        // What a passage of several sentences is known by are its first and its last one.
        was.ends_of_sentences().into_iter().any(|piece| {
            let (from, to) = (piece.start - was.start, piece.end - was.start);
            let was = Scene { start: was.start + from, end: was.start + to, ..was };
            let trimmed = was.trimmed();
            let (from, to) = (trimmed.start - was.start + from, trimmed.end - was.start + from);
            let was = trimmed;
            let is = Scene { start: is.start + from, end: is.start + to, ..is };
            !was.is_settled(&is)
                && (self.left_its_sentence(&was, &is)
                    || self.displaced.doubt((was.start, was.end), (is.start, is.end))
                    || self.rivalled(&Case::new(was, is))
                    || self.rivalled(&Case::new(is, was)))
        })
    }

    /// Whether the sentence of a passage still stands whole in the new text, but not around the place.
    fn left_its_sentence(&self, was: &Scene<'a>, is: &Scene<'a>) -> bool {
        let sentence = was.text.sentence(was.start, was.end);
        let now = self.stretches.mapped(sentence.start, sentence.end);
        now.is_some_and(|at| at + was.start - sentence.start != is.start)
    }

    /// Whether the context of a passage speaks for another place, or against this one.
    fn rivalled(&self, case: &Case<'a>) -> bool {
        let to = &case.to;
        let length = to.end - to.start;
        let places = self.places(to);
        let passage = LazyCell::new(|| to.words());
        let rivals = places.iter().filter(|&&at| !self.is_intact(to, at, at + length));
        rivals.into_iter().any(|&at| {
            let rival = Scene { start: at, end: at + length, ..*to };
            let (there, here) = case.beside(&rival);
            // Words that are new in a sentence that changed may be those of the passage, however common they are; so may
            // those that stand once more in its own sentence, whose parts may have changed places.
            ((self.is_new(&rival) || case.is_in_sentence(&rival)) && !case.is_known(&there, &here))
                || ((rival.is_sentence() || case.is_meant(&passage, &there))
                    && BOTH.into_iter().any(|side| case.speaks(side, &there, &here, places.len())))
        })
    }

    /// The places with the words of a passage, but for its own.
    fn places(&self, to: &Scene<'a>) -> Vec<usize> {
        let chars = &to.text.chars;
        let words = &chars[to.start..to.end];
        if words.is_empty() {
            return Vec::new();
        }
        let mut found = if words.len() < Grams::LENGTH {
            let near = to.near();
            let windows = chars[near.clone()].windows(words.len()).enumerate();
            windows.filter(|one| one.1 == words).map(|one| near.start + one.0).collect()
        } else {
            to.own.all(words)
        };
        // A sentence that begins with the words has a capital there, or no longer.
        let near = to.near();
        let windows = chars[near.clone()].windows(words.len()).enumerate();
        let set = |one: char| {
            (one.is_uppercase() && one.to_lowercase().eq(words[..1].iter().copied()))
                || (words[0].is_uppercase() && words[0].to_lowercase().eq([one]))
        };
        found.extend(windows.filter(|one| set(one.1[0]) && one.1[1..] == words[1..]).map(|one| near.start + one.0));
        // A piece of a longer word is another word.
        let (first, last) = (is_cut(chars, to.start), is_cut(chars, to.end));
        found.retain(|&at| {
            let apart = at >= to.end || at + words.len() <= to.start;
            apart && (first || !is_cut(chars, at)) && (last || !is_cut(chars, at + words.len()))
        });
        if found.len() > MOST_PLACES {
            found.sort_by_key(|at| at.abs_diff(to.start));
            found.truncate(MOST_PLACES);
        }
        found
    }

    /// Whether a rival stands in what only its text has.
    fn is_new(&self, rival: &Scene<'a>) -> bool {
        !self.stretches.holds(rival.version, rival.start, rival.end)
    }

    /// Whether the sentence around a place stands in both texts: what is there was there before.
    fn is_intact(&self, to: &Scene<'a>, start: usize, end: usize) -> bool {
        let sentence = to.text.sentence(start, end);
        self.stretches.holds(to.version, sentence.start, sentence.end)
    }
}

impl<'a> Case<'a> {
    fn new(from: Scene<'a>, to: Scene<'a>) -> Case<'a> {
        let context = from.context((MOST_WORDS, MOST_WORDS), from.text.sentence(from.start, from.end));
        let here = to.context(Case::wanted(&context), to.text.sentence(to.start, to.end));
        Case { context, to, here, local: LazyCell::new(Box::new(move || from.local())) }
    }

    /// How many words are looked at beside a place.
    fn wanted(context: &Context) -> (usize, usize) {
        (context.before.len() + BETWEEN, context.after.len() + BETWEEN)
    }

    /// The words beside a rival and beside the place, as far as they don't belong to the other one.
    fn beside(&self, rival: &Scene<'a>) -> (Context, Context) {
        let wanted = Case::wanted(&self.context);
        let there = rival.context(wanted, rival.bounds(0..rival.text.chars.len(), &self.to));
        let sentence = self.to.text.sentence(self.to.start, self.to.end);
        if rival.end <= sentence.start || sentence.end <= rival.start {
            return (there, self.here.clone());
        }
        (there, self.to.context(wanted, self.to.bounds(sentence, rival)))
    }

    /// Whether a rival stands in the sentence of the place.
    fn is_in_sentence(&self, rival: &Scene<'a>) -> bool {
        let sentence = self.to.text.sentence(self.to.start, self.to.end);
        sentence.start <= rival.start && rival.end <= sentence.end
    }

    /// Whether it is no coincidence that a place has the words of a passage, and so many of those beside it.
    fn is_meant(&self, passage: &[Word], there: &Context) -> bool {
        let beside = BOTH.into_iter().flat_map(|side| &self.context.side(side)[..self.context.run(side, there)]);
        let farther = BOTH.into_iter().map(|side| {
            let words = self.context.side(side)[self.context.run(side, there)..].iter();
            let found = words.filter(|word| there.side(side).contains(word));
            found.map(|word| self.local.weight(word, there.side(side).len())).filter(|&one| one >= TELLING).sum::<f64>()
        });
        self.local.together(passage.iter().chain(beside)) + farther.sum::<f64>() >= TELLING
    }

    /// Whether a word of the context that tells is beside a rival and not beside the place.
    fn speaks(&self, side: Side, there: &Context, here: &Context, rivals: usize) -> bool {
        let weight = |at: usize, word: &Word, beside: &Context, places: usize| {
            let nearest = at < self.context.run(side, beside);
            let chances = if nearest { 1 } else { beside.side(side).len() };
            let found = nearest || beside.side(side).contains(word);
            if found { self.local.weight(word, chances * places) } else { 0.0 }
        };
        let mut words = self.context.side(side).iter().enumerate().filter(|(_, word)| there.side(side).contains(word));
        words.any(|(at, word)| weight(at, word, there, rivals) - weight(at, word, here, 1) >= TELLING)
    }

    /// Whether all the context, or enough of it on one side, is beside the place, and not beside a rival.
    fn is_known(&self, there: &Context, here: &Context) -> bool {
        let whole = |side: Side, beside: &Context| self.context.run(side, beside) == self.context.side(side).len();
        let all = |beside: &Context| BOTH.into_iter().all(|side| whole(side, beside));
        // A word more at the start or end of the sentence makes another statement of it.
        let same = |side: Side| here.side(side).len() == self.context.side(side).len();
        (all(here) && BOTH.into_iter().all(same) && !all(there))
            || BOTH.into_iter().any(|side| {
                self.context.is_whole(side, here)
                    && !self.context.is_whole(side, there)
                    && !self.misses(side.other(), there, here)
            })
    }

    /// Whether a word of the context on a side is beside a rival and not beside the place.
    fn misses(&self, side: Side, there: &Context, here: &Context) -> bool {
        let words = self.context.side(side);
        words.iter().any(|word| there.side(side).contains(word) && !here.side(side).contains(word))
    }
}

impl Scene<'_> {
    /// Whether the sentence of a passage, and what stands beyond it on both sides, is the same in the other text.
    fn is_settled(&self, other: &Scene<'_>) -> bool {
        let sentence = self.text.sentence(self.start, self.end);
        let (one, two) = (&self.text.chars, &other.text.chars);
        let before = self.start - sentence.start + BEYOND;
        let back = one[..self.start].iter().rev().zip(two[..other.start].iter().rev());
        let same = back.take(before).take_while(|(a, b)| a == b).count();
        if same < before && (same < self.start || same < other.start) {
            return false;
        }
        let after = sentence.end - self.end + BEYOND;
        let same = one[self.end..].iter().zip(&two[other.end..]).take(after).take_while(|(a, b)| a == b).count();
        same >= after || (same == one.len() - self.end && same == two.len() - other.end)
    }

    /// The part of the passage in its first sentence, and that in its last one; the passage itself when it has but one.
    fn ends_of_sentences(&self) -> Vec<Range<usize>> {
        let begins = |at: &usize| self.text.begins_sentence(*at) || !self.text.lines(*at as u32, *at as u32).is_empty();
        let first = (self.start + 1..self.end).find(begins);
        let last = (self.start + 1..self.end).rev().find(begins);
        first.zip(last).map_or_else(
            || std::iter::once(self.start..self.end).collect(),
            |(first, last)| Vec::from([self.start..first, last..self.end]),
        )
    }

    /// The place without what is no part of a word at its ends, unless that is all.
    fn trimmed(self) -> Self {
        let letter = |one: &char| one.is_alphanumeric() || joins(*one);
        let chars = &self.text.chars[self.start..self.end];
        match (chars.iter().position(letter), chars.iter().rposition(letter)) {
            (Some(first), Some(last)) => Scene { start: self.start + first, end: self.start + last + 1, ..self },
            _ => self,
        }
    }

    /// Whether there are no other words in its sentence.
    fn is_sentence(&self) -> bool {
        let context = self.context((1, 1), self.text.sentence(self.start, self.end));
        context.before.is_empty() && context.after.is_empty()
    }

    fn near(&self) -> Range<usize> {
        self.start.saturating_sub(NEAR)..(self.end + NEAR).min(self.text.chars.len())
    }

    /// The range with the words whole that it cuts at its ends.
    fn whole_words(&self) -> Range<usize> {
        let chars = &self.text.chars;
        let start = (0..=self.start).rev().find(|&at| !is_cut(chars, at)).unwrap_or(self.start);
        let end = (self.end..chars.len()).find(|&at| !is_cut(chars, at)).unwrap_or(chars.len());
        start..end
    }

    fn words(&self) -> Vec<Word> {
        words(&self.text.chars, self.whole_words(), Side::After, MOST_WORDS)
    }

    fn local(&self) -> Local {
        Local::around(&self.text.chars, self.start, self.end)
    }

    /// The words on both sides, at most as many as given, inside a range.
    fn context(&self, (before, after): (usize, usize), bounds: Range<usize>) -> Context {
        let (chars, own) = (&self.text.chars, self.whole_words());
        Context {
            before: words(chars, bounds.start.min(own.start)..own.start, Side::Before, before),
            after: words(chars, own.end..bounds.end.max(own.end), Side::After, after),
        }
    }

    /// A range around the place up to another place.
    fn bounds(&self, range: Range<usize>, other: &Scene<'_>) -> Range<usize> {
        if other.end <= self.start {
            range.start.max(other.end)..range.end
        } else if self.end <= other.start {
            range.start..range.end.min(other.start)
        } else {
            range
        }
    }
}
