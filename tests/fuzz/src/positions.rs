//! Positions in a text, judged by a walk over all of it.

use gloss_core::anchor;
use gloss_core::import;
use gloss_core::text::{Text, Units, count_words};

/// Most positions of one input that are tried; spread over the text.
const MOST: usize = 128;

/// Every conversion of every position that is tried.
pub(crate) fn agree(input: &[u8]) {
    let body = import::edited(String::from_utf8_lossy(input).into_owned()).unwrap_or_default();
    let text = Text::new(body.clone());
    let bytes: Vec<usize> = body.char_indices().map(|(at, _)| at).chain([body.len()]).collect();
    let units: Vec<u32> = [0]
        .into_iter()
        .chain(body.chars().scan(0, |sum, c| {
            *sum += c.len_utf16() as u32;
            Some(*sum)
        }))
        .collect();
    let length = text.len();
    assert_eq!(length as usize + 1, bytes.len());
    assert_eq!(text.len_in(Units::Utf16), units[length as usize]);
    let _ = count_words(&body);
    let step = bytes.len() / MOST + 1;
    for position in (0..bytes.len()).step_by(step) {
        let at = position as u32;
        assert_eq!(text.byte(at), bytes[position]);
        assert_eq!(text.position(bytes[position]), at);
        assert_eq!(text.outward(at, Units::Utf16), units[position]);
        assert_eq!(text.inward(units[position], Units::Utf16), Some(at));
        if position + 1 < units.len() && units[position + 1] - units[position] == 2 {
            assert_eq!(text.inward(units[position] + 1, Units::Utf16), None);
        }
        range(&text, at, (at + step as u32 * 3).min(length));
    }
    assert_eq!(text.inward(units[length as usize] + 1, Units::Utf16), None);
    assert_eq!(text.inward(u32::MAX, Units::Utf16), None);
    assert_eq!(text.byte(u32::MAX), body.len());
}

fn range(text: &Text, start: u32, end: u32) {
    let (from, to) = text.snap(start, end);
    assert!(from <= to && to <= text.len());
    if from < to {
        assert!(text.is_boundary(from) && text.is_boundary(to), "a character cut in two");
    }
    for units in [Units::CodePoints, Units::Utf16] {
        let (first, last) = (text.outward(start, units), text.outward(end, units));
        if let Ok((from, to)) = anchor::range(text, first, last, units, true) {
            assert!(from < to && to <= text.len());
            let words = text.slice(from, to).to_owned();
            let found = text.occurrences(&words);
            assert!(found.binary_search(&from).is_ok(), "a quote that is not where it was taken");
        }
        let _ = anchor::range(text, last, first, units, true);
        let _ = anchor::range(text, first, last.saturating_add(1), units, false);
    }
}
