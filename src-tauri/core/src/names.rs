//! Names that people give and type: which of them is meant, and which come near. Pure; the search, the command line and
//! the codebook compare names here only. No comparison takes two names for one that a person sees as two: what is left
//! out of a name is its case, its accents and signs that nobody sees, never a symbol.

use crate::folding::{JOINER, fold, is_diacritic, is_mark, is_sign, is_unseen};
use unicode_normalization::UnicodeNormalization;

/// Names that are offered for one that does not exist.
const NEAR: usize = 3;
/// Characters of a name that are compared for nearness.
const COMPARED: usize = 60;

/// Which names a typed one means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// One, by its index.
    One(usize),
    /// Several that differ in case or accents only, and none of them exactly.
    Several(Vec<usize>),
    /// None.
    Nothing,
}

/// Finds the name that is meant: the same one; else the only one in another case; else the only one with other accents.
pub fn meant<N: AsRef<str>>(names: &[N], typed: &str) -> Meant {
    let keys: [fn(&str) -> String; 3] = [composed, cased, unaccented];
    for key in keys {
        let sought = key(typed);
        let same: Vec<usize> = (0..names.len()).filter(|&at| key(names[at].as_ref()) == sought).collect();
        match same[..] {
            [] => {}
            [one] => return Meant::One(one),
            _ => return Meant::Several(same),
        }
    }
    Meant::Nothing
}

/// Whether two names may not stand in one list: they differ in nothing but case and how their letters are composed.
pub fn is_same(one: &str, other: &str) -> bool {
    cased(one) == cased(other)
}

/// The names that come near a typed one, nearest first: by their index, at most three.
pub fn near<N: AsRef<str>>(names: &[N], typed: &str) -> Vec<usize> {
    let short = |name: &str| unaccented(name).chars().take(COMPARED).collect::<Vec<char>>();
    let sought = short(typed);
    if sought.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, usize)> = names
        .iter()
        .enumerate()
        .filter_map(|(at, name)| {
            let name = short(name.as_ref());
            let holds =
                |whole: &[char], part: &[char]| part.len() > 1 && whole.windows(part.len()).any(|run| run == part);
            let distance = if name.starts_with(&sought) {
                0
            } else if holds(&name, &sought) || holds(&sought, &name) {
                1
            } else {
                distance(&name, &sought)
            };
            (distance * 3 <= sought.len().max(3)).then_some((distance, at))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().take(NEAR).map(|(_, at)| at).collect()
}

/// The name in composed letters, with single blanks and without signs that nobody sees. A joiner is seen between emoji.
fn composed(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut sign = false;
        for character in word.nfc() {
            if !is_unseen(character) || (sign && (character == JOINER || character as u32 >= 0xe0020)) {
                out.push(character);
            }
            sign = is_sign(character) || (sign && is_unseen(character));
        }
    }
    out
}

/// The composed name in lower case.
fn cased(name: &str) -> String {
    composed(name).to_lowercase()
}

/// The name without accents, in plain letters; its signs and punctuation stay.
fn unaccented(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for character in composed(name).chars() {
        fold(character, |part| {
            if !(is_mark(part) && is_diacritic(part)) {
                out.push(part);
            }
        });
    }
    out
}

/// How many letters must be added, left out or exchanged to make one name the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (place, wanted) in other.iter().enumerate() {
            let exchanged = before + usize::from(letter != wanted);
            before = row[place + 1];
            row[place + 1] = exchanged.min(before + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_meant_exactly_then_in_any_case_then_without_accents() {
        let names = ["Élan", "Elan", "oil", "Oil", "C", "C++", "🔴", "🔥", "Łódź", "партнёр", "👩\u{200d}👧", "👍🏽"];
        let one = |typed: &str, expected: &str| {
            assert_eq!(
                meant(&names, typed),
                Meant::One(names.iter().position(|name| *name == expected).expect("a name")),
                "{typed}"
            );
        };
        one("E\u{301}lan", "Élan");
        one("ÉLAN", "Élan");
        one("elan", "Elan");
        one("oil", "oil");
        one("c", "C");
        one("c++", "C++");
        one("🔥\u{fe0f}", "🔥");
        one("lodz", "Łódź");
        one("ПАРТНЕР", "партнёр");
        one(" C++\u{ad} ", "C++");
        assert_eq!(meant(&names, "OIL"), Meant::Several(vec![2, 3]));
        for nobody in ["C+", "C#", "🟠", "👩👧", "👍", "👍🏿", "oi", "", "партнеры"] {
            assert_eq!(meant(&names, nobody), Meant::Nothing, "{nobody}");
        }
        assert_eq!(meant(&["काल", "कल"], "कल"), Meant::One(1));
        assert_eq!(meant(&["मौसम"], "मसम"), Meant::Nothing);
        assert_eq!(meant(&["Čáp", "Cap"], "ČAP"), Meant::Several(vec![0, 1]));
    }

    #[test]
    fn names_that_look_the_same_are_the_same() {
        assert!(is_same("État", "E\u{301}TAT"));
        assert!(is_same("러시아", "\u{1105}\u{1165}시아"));
        assert!(is_same("Öl\u{ad}preis", "ölpreis"));
        assert!(!is_same("Elan", "Élan"));
        assert!(!is_same("C", "C++"));
    }

    #[test]
    fn names_come_near_by_their_beginning_a_part_or_a_few_letters() {
        let names = ["military", "economic", "diplomatic", "Экономика", "경제 제재", "C++"];
        let near = |typed: &str| near(&names, typed).into_iter().map(|at| names[at]).collect::<Vec<_>>();
        assert_eq!(near("mil"), ["military"]);
        assert_eq!(near("militray"), ["military"]);
        assert_eq!(near("экономка"), ["Экономика"]);
        assert_eq!(near("제재"), ["경제 제재"]);
        assert_eq!(near("nothing"), [""; 0]);
        assert_eq!(near("C"), ["C++"]);
        assert_eq!(near(""), [""; 0]);
    }
}
