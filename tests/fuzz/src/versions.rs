//! From one version to the next: anchors and structure, over any two texts.

use crate::{packed, sound};
use gloss_core::anchor::{self, AnchorMethod};
use gloss_core::carry::{self, Kept};
use gloss_core::text::Text;
use gloss_core::{difference, import, revise};

/// Most anchors of one input.
const MOST: usize = 24;

/// The old text, the new one, and the anchors as pairs of bytes: where one starts in 255ths of the text, and how long it
/// is.
pub(crate) fn carried(input: &[u8]) {
    let parts = packed::parts(input);
    let canonical = |index: usize| {
        let part = parts.get(index).copied().unwrap_or_default();
        import::edited(String::from_utf8_lossy(part).into_owned()).unwrap_or_default()
    };
    let (old, new) = (Text::new(canonical(0)), Text::new(canonical(1)));
    stretches(&old, &new);
    revised(&old, &new);
    let anchors = anchors(&old, parts.get(2).copied().unwrap_or_default());
    let carried = carry::carry(&old, &new, &anchors);
    assert_eq!(carried.len(), anchors.len(), "an anchor is gone");
    for (before, after) in anchors.iter().zip(&carried) {
        fits(before, after, &new);
    }
    assert!(carry::carry(&old, &new, &anchors) == carried, "the same texts gave another answer");
    let same = carry::carry(&old, &old, &anchors);
    assert!(same.iter().zip(&anchors).all(|(after, before)| after.place == before.place), "moved without an edit");
    // What was lost or moved can be carried on from there.
    let again = carry::carry(&new, &old, &carried);
    again.iter().zip(&carried).for_each(|(after, before)| fits(before, after, &old));
}

fn anchors(old: &Text, pairs: &[u8]) -> Vec<Kept> {
    let length = u64::from(old.len());
    pairs
        .chunks_exact(2)
        .take(MOST)
        .filter_map(|pair| {
            let start = (u64::from(pair[0]) * length / 255) as u32;
            let (start, end) = old.snap(start, start.saturating_add(u32::from(pair[1]) + 1).min(old.len()));
            (start < end).then(|| Kept {
                place: Some((start, end)),
                quote: anchor::quote(old, start, end),
                method: AnchorMethod::Made,
                score: 1.0,
                confirmed: true,
            })
        })
        .collect()
}

fn within(text: &Text, start: u32, end: u32) -> bool {
    start < end && end <= text.len()
}

fn fits(before: &Kept, after: &Kept, new: &Text) {
    assert!((0.0..=1.0).contains(&after.score), "a score of {}", after.score);
    let Some((start, end)) = after.place else {
        assert!(after.method == AnchorMethod::Lost && !after.confirmed, "lost, and not said so");
        assert!(after.quote == before.quote, "lost with another quote");
        return;
    };
    assert!(after.method != AnchorMethod::Lost, "found, and said to be lost");
    assert!(within(new, start, end), "{start}..{end} of {}", new.len());
    assert!(after.quote == anchor::quote(new, start, end), "another quote than its place has");
    assert!(!after.confirmed || before.confirmed, "confirmed by nobody");
    // How words are spaced and quoted is no part of them.
    let letters = |quote: &str| quote.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let same = letters(&after.quote.exact) == letters(&before.quote.exact);
    assert!(!after.confirmed || same, "other words without a mark");
}

fn stretches(old: &Text, new: &Text) {
    let mut ends = (0, 0);
    for one in difference::unchanged(old, new) {
        assert!(one.length > 0 && one.old >= ends.0 && one.new >= ends.1, "out of order");
        ends = (one.old + one.length, one.new + one.length);
        assert!(ends.0 <= old.len() && ends.1 <= new.len(), "beyond the end");
        assert_eq!(old.slice(one.old, ends.0), new.slice(one.new, ends.1));
    }
}

fn revised(old: &Text, new: &Text) {
    if let Ok(read) = import::import_pasted(old.as_str())
        && read.text == old.as_str()
    {
        sound::structure(new.as_str(), &revise::structure(old, new, &read.structure));
    }
}
