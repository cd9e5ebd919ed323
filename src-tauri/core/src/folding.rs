//! Characters as a search compares them. Pure: tables and the folding of one character; `words.rs` cuts words with it.
//!
//! What differs only for the eye is one: case, accents, ligatures, full width, presentation forms, digits of every
//! script, signs that nobody sees. What is a letter of its own in a language that is written with it stays: the vowel
//! signs of Indic and Thai, й beside и, が beside か. Deliberately absent: transliteration, word stems, synonyms.

use unicode_normalization::char::{compose, decompose_compatible};

pub(crate) use unicode_normalization::char::is_combining_mark as is_mark;

/// The joiner that makes one emoji of several.
pub(crate) const JOINER: char = '\u{200d}';

/// Whether a character is never seen itself: a soft hyphen, a zero-width space or joiner, a mark of direction, a
/// selector of another form. It neither parts words nor belongs to them.
pub(crate) fn is_unseen(character: char) -> bool {
    matches!(character as u32,
        0xad | 0x34f | 0x61c | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f
        | 0xfe00..=0xfe0f | 0xfeff | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff)
}

/// Whether a combining mark only decorates its letter: accents of Latin, Greek and Cyrillic, vowel points of Hebrew and
/// Arabic, Vedic tones. Every other mark is a letter of its script.
pub(crate) fn is_diacritic(mark: char) -> bool {
    matches!(mark as u32,
        0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5c7 | 0x610..=0x61a | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6ed | 0x711
        | 0x730..=0x74a | 0x7eb..=0x7f3 | 0x816..=0x82d | 0x859..=0x85b | 0x897..=0x89f | 0x8ca..=0x8ff | 0x951..=0x954
        | 0x1ab0..=0x1aff | 0x1cd0..=0x1cf9 | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0x2cef..=0x2cf1 | 0x2de0..=0x2dff
        | 0x302a..=0x302f | 0x3099 | 0x309a | 0xa66f..=0xa67d | 0xa69e | 0xa69f | 0xa8e0..=0xa8f1 | 0xfb1e
        | 0xfe20..=0xfe2f)
}

/// The letter that a letter and the mark or jamo after it make, where that is a letter of its own and not an accented
/// one: a Hangul syllable, a voiced kana, й, ї, ў, ѓ, ќ.
pub(crate) fn whole(letter: char, mark: char) -> Option<char> {
    let own = match mark as u32 {
        0x1161..=0x1175 | 0x11a8..=0x11c2 | 0x3099 | 0x309a => true,
        _ => matches!((letter, mark), ('и' | 'у', '\u{306}') | ('і', '\u{308}') | ('г' | 'к', '\u{301}')),
    };
    if own { compose(letter, mark) } else { None }
}

/// Characters of scripts that are written without spaces: Thai, Lao, Burmese, Khmer, Chinese, Japanese, and Korean,
/// whose particles follow a word without one.
pub(crate) fn stands_alone(character: char) -> bool {
    matches!(character as u32,
        0xe00..=0xeff | 0x1000..=0x109f | 0x1100..=0x11ff | 0x1780..=0x17ff | 0x2e80..=0x2fdf | 0x3005..=0x3007
        | 0x3021..=0x3029 | 0x3031..=0x3035 | 0x303b | 0x3040..=0x30ff | 0x3131..=0x318e | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xa960..=0xa97f | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Vowels and finals of Hangul that are written apart from the consonant before them.
pub(crate) fn is_jamo_tail(character: char) -> bool {
    matches!(character as u32, 0x1160..=0x11ff | 0xd7b0..=0xd7ff)
}

/// Whether a character that is no letter is a word of its own: currencies and other symbols, emoji, and the few signs of
/// ASCII that are read aloud. Lines, blocks, dashes and quotation marks part words, as all punctuation does.
pub(crate) fn is_sign(character: char) -> bool {
    match character as u32 {
        0x23..=0x26 | 0x2b | 0x40 => true,
        code if code < 0xa2 => false,
        code => matches!(code,
            0xa2..=0xa5 | 0xa7 | 0xa9 | 0xae | 0xb0 | 0xb1 | 0xb6 | 0xd7 | 0xf7 | 0x58f | 0x60b | 0x9f2 | 0x9f3 | 0xaf1
            | 0xbf9 | 0xe3f | 0x17db | 0x2020 | 0x2021 | 0x2030 | 0x2031 | 0x203b | 0x20a0..=0x20cf | 0x2100..=0x2101
            | 0x2103..=0x2106 | 0x2108 | 0x2109 | 0x2114 | 0x2116..=0x2118 | 0x211e..=0x2123 | 0x2125 | 0x2127 | 0x213a
            | 0x213b | 0x2140..=0x2144 | 0x214a..=0x214d | 0x214f | 0x2190..=0x2211 | 0x2213 | 0x2214 | 0x2216
            | 0x2218 | 0x221a..=0x2222 | 0x2224..=0x22ff | 0x2300..=0x2328 | 0x232b..=0x243f | 0x25a0..=0x2767
            | 0x2794..=0x27bf | 0x27f0..=0x27ff | 0x2900..=0x2982 | 0x2999..=0x29d7 | 0x29dc..=0x29fb
            | 0x29fe..=0x2bff | 0x3012 | 0x3013 | 0x3020 | 0x3036 | 0x4dc0..=0x4dff | 0x1d100..=0x1d164
            | 0x1d16a..=0x1d16c | 0x1d183..=0x1d184 | 0x1d18c..=0x1d1a9 | 0x1d1ae..=0x1d1ff | 0x1f000..=0x1f0ff
            | 0x1f10d..=0x1f10f | 0x1f1e6..=0x1f1ff | 0x1f300..=0x1faff),
    }
}

/// Half of a flag.
pub(crate) fn is_flag_half(character: char) -> bool {
    matches!(character as u32, 0x1f1e6..=0x1f1ff)
}

/// The colour of a skin. It is passed over behind an emoji, as an accent is on a letter.
pub(crate) fn is_skin_tone(character: char) -> bool {
    matches!(character as u32, 0x1f3fb..=0x1f3ff)
}

/// Letters behind a flag that say which region's it is; nobody sees them.
pub(crate) fn is_flag_tag(character: char) -> bool {
    matches!(character as u32, 0xe0020..=0xe007f)
}

/// Whether a character that stands for several or for a number ends the word before it and begins none: a raised number,
/// a number in a circle, a fraction, № and ㎞. So a word is found before the call of its footnote.
pub(crate) fn stands_apart(character: char) -> bool {
    matches!(character as u32,
        0xb2 | 0xb3 | 0xb9 | 0xbc..=0xbe | 0x2070 | 0x2074..=0x207e | 0x2100..=0x2101 | 0x2103..=0x2106 | 0x2109 | 0x2116
        | 0x2120..=0x2122 | 0x213b | 0x2150..=0x215f | 0x2189 | 0x2460..=0x24ff | 0x2776..=0x2793 | 0x3200..=0x33ff
        | 0xfdfc | 0x1f100..=0x1f10c | 0x1f110..=0x1f1e5 | 0x1f200..=0x1f2ff)
}

/// Characters that stand for an apostrophe inside a word although Unicode has them among the letters. Like every other
/// apostrophe they part: "Russia’s" is found as Russia, об'єкт in each of its spellings.
pub(crate) fn is_apostrophe(character: char) -> bool {
    matches!(character as u32, 0x2b9..=0x2bf | 0x2c8 | 0x2ca | 0x2cb | 0x2ee | 0x7f4 | 0x7f5 | 0xa78b | 0xa78c)
}

/// A character that folds to one letter without a look into any table: most of what is written.
pub(crate) fn plainly(character: char) -> Option<char> {
    let code = character as u32;
    match code {
        0x430..=0x44f | 0x453 | 0x457 | 0x45c | 0x45e => Some(character),
        0x627..=0x63a | 0x641 | 0x642 | 0x644..=0x648 => Some(character),
        0x410..=0x42f => char::from_u32(code + 0x20),
        0x403 | 0x407 | 0x40c | 0x40e => char::from_u32(code + 0x50),
        0xe0..=0xe5 | 0xc0..=0xc5 => Some('a'),
        0xe7 | 0xc7 => Some('c'),
        0xe8..=0xeb | 0xc8..=0xcb => Some('e'),
        0xec..=0xef | 0xcc..=0xcf => Some('i'),
        0xf1 | 0xd1 => Some('n'),
        0xf2..=0xf6 | 0xf8 | 0xd2..=0xd6 | 0xd8 => Some('o'),
        0xf9..=0xfc | 0xd9..=0xdc => Some('u'),
        0xfd | 0xff | 0xdd => Some('y'),
        _ => None,
    }
}

/// Blanks, quotation marks, dashes and stops beyond ASCII: they part words, without a look into any table.
pub(crate) fn is_plainly_gap(character: char) -> bool {
    matches!(character as u32,
        0xa0 | 0xab | 0xb7 | 0xbb | 0x2010..=0x201f | 0x2022..=0x2027 | 0x3001 | 0x3002 | 0xff08 | 0xff09 | 0xff0c)
}

/// Whether a character stands alone and is folded already.
pub(crate) fn plainly_alone(character: char) -> bool {
    matches!(character as u32,
        0x3041..=0x3096 | 0x30a1..=0x30fa | 0x30fc..=0x30fe | 0x3131..=0x318e | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xac00..=0xd7a3)
}

/// Calls `take` with everything that a character folds to: lower case, its marks after it.
pub(crate) fn fold(character: char, mut take: impl FnMut(char)) {
    if let Some(letter) = plainly(character) {
        take(letter);
    } else if plainly_alone(character) {
        take(character);
    } else {
        decompose_compatible(character, |part| {
            for lower in part.to_lowercase() {
                base(lower, &mut take);
            }
        });
    }
}

/// Letters that Unicode does not take apart, as people write them who have no key for them; and digits.
fn base(letter: char, take: &mut impl FnMut(char)) {
    let one = match letter {
        'ß' => return "ss".chars().for_each(take),
        'æ' => return "ae".chars().for_each(take),
        'œ' => return "oe".chars().for_each(take),
        'þ' => return "th".chars().for_each(take),
        'ƀ' | 'ɓ' => 'b',
        'ƈ' | 'ȼ' => 'c',
        'đ' | 'ð' | 'ɖ' | 'ɗ' => 'd',
        'ǥ' | 'ɠ' => 'g',
        'ħ' => 'h',
        'ı' | 'ɨ' => 'i',
        'ɉ' => 'j',
        'ƙ' => 'k',
        'ł' | 'ƚ' => 'l',
        'ŋ' => 'n',
        'ø' => 'o',
        'ƥ' => 'p',
        'ɍ' => 'r',
        'ŧ' | 'ƭ' | 'ⱦ' => 't',
        'ʉ' => 'u',
        'ɏ' | 'ƴ' => 'y',
        'ƶ' | 'ȥ' => 'z',
        'ς' => 'σ',
        // Yeh and kaf as Persian and Arabic keyboards have them, and the alef of the Quran.
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ٱ' => 'ا',
        // It only lengthens the line of a word.
        'ـ' => return,
        _ => digit(letter),
    };
    take(one);
}

/// The digit zero of each script that has digits of its own, below U+10000.
const ZEROS: [u32; 35] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
];

fn digit(character: char) -> char {
    let code = character as u32;
    if !(0x660..0xac00).contains(&code) || !character.is_numeric() {
        return character;
    }
    let zero = ZEROS[..ZEROS.partition_point(|&zero| zero <= code)].last().copied().unwrap_or(0);
    if code - zero < 10 { char::from(b'0' + (code - zero) as u8) } else { character }
}
