//! How much two readings of one document have in common: bags of words, and pairs of words for their order.
//!
//! A word is a run of letters or a run of digits; an ideograph is one by itself. Hyphens inside words don't count, for
//! two readers may differ on whether one at a line's end belongs to the word.

use std::collections::HashMap;
use std::hash::Hash;

/// What two readings share, each between 0 and 1.
pub(crate) struct Shared {
    /// Of the judge's words, how many we have.
    pub(crate) found: f64,
    /// Of our words, how many the judge has.
    pub(crate) kept: f64,
    /// Of the judge's pairs of neighbours, how many we have.
    pub(crate) order: f64,
    /// How many words the judge has.
    pub(crate) words: usize,
}

pub(crate) fn compare(ours: &str, judge: &str) -> Shared {
    let (ours, judge) = (words(ours), words(judge));
    let common = common(&ours, &judge) as f64;
    let share = |of: usize| if of == 0 { 1.0 } else { common / of as f64 };
    let pairs = |words: &[String]| words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect::<Vec<_>>();
    let (mine, theirs) = (pairs(&ours), pairs(&judge));
    let order = if theirs.is_empty() { 1.0 } else { self::common(&mine, &theirs) as f64 / theirs.len() as f64 };
    Shared { found: share(judge.len()), kept: share(ours.len()), order, words: judge.len() }
}

fn common<T: Hash + Eq>(ours: &[T], judge: &[T]) -> usize {
    let mut left: HashMap<&T, usize> = HashMap::new();
    for word in judge {
        *left.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in ours {
        if let Some(count) = left.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    common
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut digits = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let hyphen = matches!(character, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}');
        if hyphen && !word.is_empty() {
            let mut rest = characters.clone();
            while rest.peek().is_some_and(|c| matches!(c, ' ' | '\n' | '\r')) {
                rest.next();
            }
            if rest.peek().is_some_and(|c| c.is_alphanumeric()) {
                characters = rest;
            }
            continue;
        }
        if is_mark(character) {
            continue;
        }
        if !character.is_alphanumeric() || is_ideograph(character) || character.is_numeric() != digits {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if is_ideograph(character) {
            words.push(character.to_string());
        } else if character.is_alphanumeric() {
            digits = character.is_numeric();
            spell(character, &mut word);
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Marks that one reader writes on a letter and the other beside it or not at all.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | 'ˆ' | '˜' | '¨' | '´' | '`' | '\u{fe0e}' | '\u{fe0f}' | '\u{200b}'..='\u{200f}')
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn spell(character: char, word: &mut String) {
    match character {
        'ﬀ' => word.push_str("ff"),
        'ﬁ' => word.push_str("fi"),
        'ﬂ' => word.push_str("fl"),
        'ﬃ' => word.push_str("ffi"),
        'ﬄ' => word.push_str("ffl"),
        c => word.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_hyphens_and_line_ends() {
        assert_eq!(words("Long-term co-\noperation, 2nd ﬁle!"), ["longterm", "cooperation", "2", "nd", "file"]);
        assert_eq!(words("北京 e\u{301}t\u{e9}"), ["北", "京", "et\u{e9}"]);
    }

    #[test]
    fn shares_are_counted_both_ways() {
        let shared = compare("a b c d", "a b c x y");
        assert_eq!((shared.found, shared.kept, shared.order, shared.words), (0.6, 0.75, 0.5, 5));
    }
}
