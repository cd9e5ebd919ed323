//! Words as the search index knows them: lower case, without diacritics; in scripts that are written without spaces
//! every character is a word, so that a part of a compound is found. Pure; one definition for the index, the query
//! and the marks in an excerpt.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A word and where it stands, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub folded: String,
    /// Where it starts.
    pub start: u32,
    /// Where it ends, half open.
    pub end: u32,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for character in text.chars() {
        let here = at;
        at += 1;
        if is_combining_mark(character) {
            // A mark belongs to the letter before it and leaves no trace in the folded word.
            if let Some(last) = found.last_mut().filter(|last| last.end == here) {
                last.end = at;
            }
            continue;
        }
        if !character.is_alphanumeric() {
            open = false;
            continue;
        }
        let alone = stands_alone(character);
        match found.last_mut() {
            Some(last) if open && !alone => {
                fold_into(character, &mut last.folded);
                last.end = at;
            }
            _ => {
                let mut folded = String::new();
                fold_into(character, &mut folded);
                found.push(Word { folded, start: here, end: at });
            }
        }
        open = !alone;
    }
    found
}

/// The words of a text, separated by single spaces: what the index is given.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = false;
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            if !open && !out.is_empty() {
                out.push(' ');
            }
            out.push(character.to_ascii_lowercase());
            open = true;
        } else if character.is_ascii() {
            open = false;
        } else if is_combining_mark(character) {
        } else if character.is_alphanumeric() {
            let alone = stands_alone(character);
            if (!open || alone) && !out.is_empty() {
                out.push(' ');
            }
            fold_into(character, &mut out);
            open = !alone;
        } else {
            open = false;
        }
    }
    out
}

fn fold_into(character: char, out: &mut String) {
    if character.is_ascii() {
        out.push(character.to_ascii_lowercase());
    } else if stands_alone(character) {
        out.push(character);
    } else {
        decompose_canonical(character, |part| {
            if !is_combining_mark(part) {
                out.extend(part.to_lowercase());
            }
        });
    }
}

/// Characters of Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese.
fn stands_alone(character: char) -> bool {
    matches!(character as u32,
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_diacritics_and_scripts_without_spaces() {
        let check = |text: &str, expected: &str| {
            assert_eq!(folded(text), expected);
            let words: Vec<String> = words(text).into_iter().map(|word| word.folded).collect();
            assert_eq!(words.join(" "), expected);
        };
        check("Kim Jong-un’s Café", "kim jong un s cafe");
        check("Ёлка и ПАРТНЁРСТВО", "елка и партнерство");
        check("러시아와 조선", "러 시 아 와 조 선");
        check("俄罗斯2024年", "俄 罗 斯 2024 年");
        check("مُعاهدة", "معاهدة");
        check("e\u{301}te\u{301}", "ete");
        check("😀 a😀b", "a b");
    }

    #[test]
    fn places_count_code_points() {
        let found = words("😀 né\u{301}e x");
        assert_eq!(found[0], Word { folded: "nee".into(), start: 2, end: 6 });
        assert_eq!(found[1].start, 7);
    }
}
