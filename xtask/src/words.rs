//! How much two readings of one document have in common: bags of words, and pairs of words for their order.
//!
//! A word is a run of letters or a run of digits; an ideograph is one by itself. Hyphens inside words don't count, for
//! two readers may differ on whether one at a line's end belongs to the word.

use std::collections::HashMap;
use std::hash::Hash;

/// Most different words that are named.
const NAMED: usize = 16;

/// What two readings share.
pub(crate) struct Shared {
    /// How many words the judge has, how many we have, and how many of them are the same.
    pub(crate) words: usize,
    pub(crate) ours: usize,
    pub(crate) common: usize,
    /// How many of ours the judge or the second reader has.
    pub(crate) backed: usize,
    /// Of the judge's pairs of neighbours how many we have, and how many there are.
    pub(crate) pairs: (usize, usize),
    /// The judge's words that we lack, and ours that the judge lacks: the most frequent ones.
    pub(crate) lacks: String,
    pub(crate) adds: String,
}

impl Shared {
    /// Of the judge's words, how many we have, between 0 and 1.
    pub(crate) fn recall(&self) -> f64 {
        share(self.common, self.words)
    }

    /// Of our words, how many the judge or the second reader has.
    pub(crate) fn precision(&self) -> f64 {
        share(self.backed, self.ours)
    }

    /// Of the judge's pairs of neighbours, how many we have.
    pub(crate) fn order(&self) -> f64 {
        share(self.pairs.0, self.pairs.1)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Compares our reading with the judge's. A word of ours that the judge lacks is no word too many when `second` has it.
pub(crate) fn compare(ours: &str, judge: &str, second: &str) -> Shared {
    let (ours, judge, second) = (words(ours), words(judge), words(second));
    let either = either(&judge, &second);
    let pairs = |words: &[String]| words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect::<Vec<_>>();
    let (mine, theirs) = (pairs(&ours), pairs(&judge));
    Shared {
        words: judge.len(),
        ours: ours.len(),
        common: common(&ours, &judge),
        backed: common(&ours, &either),
        pairs: (common(&mine, &theirs), theirs.len()),
        lacks: without(&judge, &ours),
        adds: without(&ours, &either),
    }
}

/// The words of a text between single blanks, to look for a sentence in it.
pub(crate) fn line(text: &str) -> String {
    format!(" {} ", words(text).join(" "))
}

/// The words that one reading or the other has, each as often as in the one that has it more often.
fn either(judge: &[String], second: &[String]) -> Vec<String> {
    let mut left: HashMap<&String, usize> = HashMap::new();
    for word in judge {
        *left.entry(word).or_default() += 1;
    }
    let more = second.iter().filter(|word| match left.get_mut(word).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    });
    let more: Vec<String> = more.cloned().collect();
    judge.iter().cloned().chain(more).collect()
}

/// The words of one reading that the other lacks, the most frequent first.
fn without(these: &[String], others: &[String]) -> String {
    let mut counts: HashMap<&str, isize> = HashMap::new();
    for word in these {
        *counts.entry(word).or_default() += 1;
    }
    for word in others {
        *counts.entry(word).or_default() -= 1;
    }
    let mut left: Vec<(&str, isize)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    left.sort_by_key(|&(word, count)| (-count, word));
    let named = left.iter().take(NAMED).map(|(word, count)| match count {
        1 => (*word).to_owned(),
        count => format!("{word} ×{count}"),
    });
    let more = if left.len() > NAMED { vec![format!("and {} more", left.len() - NAMED)] } else { Vec::new() };
    named.chain(more).collect::<Vec<_>>().join(", ")
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
        // Raised and lowered figures: one reader writes them so, the other as they are.
        '⁰'..='⁹' | '₀'..='₉' | '¹' | '²' | '³' => word.extend(figure(character)),
        c => word.extend(c.to_lowercase()),
    }
}

/// The figure that a raised or lowered one stands for.
fn figure(character: char) -> Option<char> {
    let value = match character {
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '₀'..='₉' => character as u32 - '₀' as u32,
        _ => character as u32 - '⁰' as u32,
    };
    char::from_digit(value, 10)
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
        let shared = compare("a b c d", "a b c x y", "");
        assert_eq!((shared.recall(), shared.precision(), shared.order(), shared.words), (0.6, 0.75, 0.5, 5));
        assert_eq!((shared.lacks.as_str(), shared.adds.as_str()), ("x, y", "d"));
        let backed = compare("a b c d d", "a b c x y", "d b b");
        assert_eq!((backed.recall(), backed.precision(), backed.adds.as_str()), (0.6, 0.8, "d"));
    }
}
