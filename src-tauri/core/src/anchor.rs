//! Where a highlight sits: a range of a version, the exact quote, and a little text on both sides. Pure: text in,
//! anchor out. The three selectors are those of the W3C Web Annotation model (TextPosition and TextQuote).

use crate::bare::{Bare, bare};
use crate::error::{Error, Result, shortened};
use crate::text::{Text, Units};
use serde::Serialize;
use ts_rs::TS;

/// Code points kept before and after a quote, enough to tell repeated phrases apart.
pub const CONTEXT: u32 = 32;

/// How an anchor came to be where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum AnchorMethod {
    /// A person marked it here.
    Made,
    /// Carried over to a new version by the difference between the two.
    Diff,
    /// Found again by its exact quote.
    Quote,
    /// Found again by a similar quote.
    Approximate,
    /// Not found: it awaits a person.
    Lost,
}

impl AnchorMethod {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            AnchorMethod::Made => "made",
            AnchorMethod::Diff => "diff",
            AnchorMethod::Quote => "quote",
            AnchorMethod::Approximate => "approximate",
            AnchorMethod::Lost => "lost",
        }
    }

    /// From what is stored; anything else counts as lost.
    pub fn from_stored(stored: &str) -> AnchorMethod {
        [AnchorMethod::Made, AnchorMethod::Diff, AnchorMethod::Quote, AnchorMethod::Approximate]
            .into_iter()
            .find(|method| method.as_str() == stored)
            .unwrap_or(AnchorMethod::Lost)
    }
}

/// A quote with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The passage.
    pub exact: String,
    /// At most [`CONTEXT`] code points before it.
    pub prefix: String,
    /// At most [`CONTEXT`] code points after it.
    pub suffix: String,
}

/// The quote of a range, in code points.
pub fn quote(text: &Text, start: u32, end: u32) -> Quote {
    Quote {
        exact: text.slice(start, end).to_owned(),
        prefix: text.slice(start.saturating_sub(CONTEXT), start).to_owned(),
        suffix: text.slice(end, end.saturating_add(CONTEXT).min(text.len())).to_owned(),
    }
}

/// A range as a caller gave it, as code points: inside the text, on the edges of characters, not empty. With `snap`
/// the ends move to whole grapheme clusters and off white space; without it such ends are refused.
pub fn range(text: &Text, start: u32, end: u32, units: Units, snap: bool) -> Result<(u32, u32)> {
    let outside = || Error::OffsetOutOfRange { start, end, length: text.len_in(units) };
    if start > end || end > text.len_in(units) {
        return Err(outside());
    }
    let inward = |at: u32, down: bool| match text.inward(at, units) {
        Some(position) => Ok(position),
        None if snap => text.inward(if down { at - 1 } else { at + 1 }, units).ok_or_else(outside),
        None => Err(Error::OffsetInsideGrapheme { offset: at }),
    };
    let (mut from, mut to) = (inward(start, true)?, inward(end, false)?);
    if snap {
        (from, to) = text.snap(from, to);
    } else {
        for (given, position) in [(start, from), (end, to)] {
            if !text.is_boundary(position) {
                return Err(Error::OffsetInsideGrapheme { offset: given });
            }
        }
    }
    if from >= to || text.slice(from, to).trim().is_empty() {
        return Err(Error::RangeEmpty);
    }
    Ok((from, to))
}

/// The range of a quote that occurs in the text, in code points. `occurrence` counts from 1 and may be left out when
/// there is only one. When the text does not have the quote to the letter, it is looked for as it reads: other programs
/// store white space, quotation marks, accents and soft hyphens in other ways. Occurrences are then counted so.
pub fn find(text: &Text, quote: &str, occurrence: Option<u32>) -> Result<(u32, u32)> {
    if quote.trim().is_empty() {
        return Err(Error::RangeEmpty);
    }
    let length = quote.chars().count() as u32;
    let exact = text.occurrences(quote).into_iter().map(|at| (at, at + length));
    // A hit that would cut a character in two is not the quote.
    let whole = |range: &(u32, u32)| text.is_boundary(range.0) && text.is_boundary(range.1);
    let mut found: Vec<(u32, u32)> = exact.filter(whole).collect();
    if found.is_empty() {
        found = as_it_reads(text, quote).into_iter().filter(whole).collect();
    }
    let occurrences = found.len() as u32;
    let chosen = match (occurrence, occurrences) {
        (_, 0) => return Err(Error::QuoteNotFound { quote: shortened(quote) }),
        (None, 1) => 0,
        (None, _) => return Err(Error::QuoteAmbiguous { quote: shortened(quote), occurrences }),
        (Some(n), _) if n >= 1 && n <= occurrences => n as usize - 1,
        (Some(occurrence), _) => {
            return Err(Error::QuoteOccurrence { quote: shortened(quote), occurrence, occurrences });
        }
    };
    Ok(found[chosen])
}

/// The ranges that read like a quote, whatever its white space, quotation marks and unseen signs are.
fn as_it_reads(text: &Text, quote: &str) -> Vec<(u32, u32)> {
    let quote: String = bare(quote).into_iter().collect();
    let quote = quote.trim_matches(' ');
    if quote.is_empty() {
        return Vec::new();
    }
    let text = Bare::new(text);
    let length = quote.chars().count() as u32;
    text.text.occurrences(quote).into_iter().map(|at| text.outward((at, at + length))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_refused_or_snapped() {
        let text = Text::new("one e\u{301}😀 two".into());
        assert!(matches!(range(&text, 0, 99, Units::CodePoints, true), Err(Error::OffsetOutOfRange { .. })));
        assert!(matches!(range(&text, 3, 2, Units::CodePoints, true), Err(Error::OffsetOutOfRange { .. })));
        assert!(matches!(range(&text, 0, 5, Units::CodePoints, false), Err(Error::OffsetInsideGrapheme { offset: 5 })));
        assert!(matches!(range(&text, 3, 4, Units::CodePoints, true), Err(Error::RangeEmpty)));
        assert_eq!(range(&text, 4, 5, Units::CodePoints, true).ok(), Some((4, 6)));
        // The emoji is two UTF-16 units: a cut in its middle is refused, or widened to the whole.
        assert!(matches!(range(&text, 0, 7, Units::Utf16, false), Err(Error::OffsetInsideGrapheme { offset: 7 })));
        assert_eq!(range(&text, 7, 8, Units::Utf16, true).ok(), Some((6, 7)));
        assert_eq!(range(&text, 9, 12, Units::Utf16, false).ok(), Some((8, 11)));
    }

    #[test]
    fn finds_the_occurrence_that_was_meant() {
        let text = Text::new("oil, gas, oil".into());
        assert_eq!(find(&text, "gas", None).ok(), Some((5, 8)));
        assert_eq!(find(&text, "oil", Some(2)).ok(), Some((10, 13)));
        assert!(matches!(find(&text, "oil", None), Err(Error::QuoteAmbiguous { occurrences: 2, .. })));
        assert!(matches!(find(&text, "oil", Some(3)), Err(Error::QuoteOccurrence { .. })));
        assert!(matches!(find(&text, "coal", None), Err(Error::QuoteNotFound { .. })));
        assert!(matches!(find(&text, " ", None), Err(Error::RangeEmpty)));
    }

    #[test]
    fn finds_a_quote_as_it_reads() {
        let check = |body: &str, quote: &str, occurrence: Option<u32>, expected: &str| {
            let text = Text::new(body.into());
            let (start, end) = find(&text, quote, occurrence).expect("a place");
            assert_eq!(text.slice(start, end), expected, "{quote:?}");
        };
        // White space, at its ends too.
        check(
            "The fields began\nin the second week.",
            "fields began in the  second",
            None,
            "fields began\nin the second",
        );
        check("Lamp oil.\n\nThe ferry was late.\nNo.", "The ferry was late.\r\n", None, "The ferry was late.");
        check("석유는\t바다로\u{a0}갔다", "석유는 바다로 갔다", None, "석유는\t바다로\u{a0}갔다");
        // Signs that nobody sees, on either side.
        check("Das Unter\u{ad}nehmen wuchs", "Unternehmen", None, "Unter\u{ad}nehmen");
        check("Das Unternehmen wuchs", "Unter\u{ad}nehmen", None, "Unternehmen");
        check("على \u{200f}النفط\u{200e} وصل", "النفط وصل", None, "النفط\u{200e} وصل");
        check("Желез\u{ad}ная доро\u{200b}га", "дорога", None, "доро\u{200b}га");
        // Accents and syllables in parts, on either side.
        check("l’E\u{301}lan vital", "Élan", None, "E\u{301}lan");
        check("l’Élan vital", "E\u{301}lan vital", None, "Élan vital");
        check(
            "\u{1105}\u{1165}\u{1109}\u{1175}\u{110b}\u{1161}와",
            "러시아",
            None,
            "\u{1105}\u{1165}\u{1109}\u{1175}\u{110b}\u{1161}",
        );
        check("か\u{3099}く 学校", "がく", None, "か\u{3099}く");
        // Quotation marks.
        check("He said “no – never”.", "said \"no - never\"", None, "said “no – never”");
        // To the letter before all, and occurrences counted by the one rule that found them.
        check("oil  was, oil was", "oil was", None, "oil was");
        check("oil  was, oil\nwas", "oil was", Some(2), "oil\nwas");
        let text = Text::new("oil  was, oil\nwas".into());
        assert!(matches!(find(&text, "oil was", None), Err(Error::QuoteAmbiguous { occurrences: 2, .. })));
        assert!(matches!(find(&text, "oilwas", None), Err(Error::QuoteNotFound { .. })));
        assert!(matches!(find(&text, "\u{ad}", None), Err(Error::QuoteNotFound { .. })));
        // Half a character is not found.
        assert!(matches!(find(&Text::new("cafe\u{301}s".into()), "cafe", None), Err(Error::QuoteNotFound { .. })));
    }
}
