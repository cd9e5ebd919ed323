//! What the symbol fonts of office programs mean by their numbers.
//!
//! Such fonts put pictures on the places of ordinary characters, with or without an offset of U+F000. Deliberately
//! absent: the hundreds of ornaments that no sentence needs.

/// The font "Symbol" from 0x20 to 0x7E and from 0xA0 to 0xFE; a blank stands for what has no character of its own.
const SYMBOL_LOW: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const SYMBOL_HIGH: &str = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑           〉∫⌠ ⌡";

/// The character that a number means in a font; `None` when it is an ordinary font, or the sign is not known.
pub(super) fn meaning(font: &str, number: u32) -> Option<char> {
    let font = font.to_ascii_lowercase();
    let place = if (0xf000..=0xf0ff).contains(&number) { number - 0xf000 } else { number };
    if font.starts_with("symbol") {
        let found = match place {
            0x20..=0x7e => SYMBOL_LOW.chars().nth((place - 0x20) as usize),
            0xa0..=0xfe => SYMBOL_HIGH.chars().nth((place - 0xa0) as usize),
            _ => None,
        };
        return found.filter(|&sign| sign != ' ' || place == 0x20);
    }
    match font.as_str() {
        "wingdings" => wingdings(place),
        "wingdings 2" => match place {
            0x4f | 0x52 | 0x53 => Some('☑'),
            0x50 => Some('✓'),
            0x51 | 0x54 => Some('☒'),
            0xa3 => Some('☐'),
            _ => None,
        },
        "wingdings 3" => match place {
            0x67 | 0x7d => Some('►'),
            0x66 | 0x7c => Some('◄'),
            0x70 | 0x71 => Some(if place == 0x70 { '▲' } else { '▼' }),
            _ => None,
        },
        _ => None,
    }
}

fn wingdings(place: u32) -> Option<char> {
    Some(match place {
        0x20 => ' ',
        0x22 => '✂',
        0x28 => '☎',
        0x2a => '✉',
        0x46 => '☞',
        0x4a => '☺',
        0x4c => '☹',
        0x6c => '●',
        0x6e => '■',
        0x6f | 0x71 | 0x72 => '□',
        0x75 => '◆',
        0x76 => '❖',
        0x77 => '⬥',
        0x80 => '⓪',
        0x81..=0x8a => char::from_u32('①' as u32 + (place - 0x81))?,
        0x8b => '⓿',
        0x8c..=0x95 => char::from_u32('❶' as u32 + (place - 0x8c))?,
        0x9e..=0xa0 => '•',
        0xa7 => '▪',
        0xa8 => '◻',
        0xab => '★',
        0xd8 => '➢',
        0xdf | 0xe7 => '←',
        0xe0 | 0xe8 => '→',
        0xe1 | 0xe9 => '↑',
        0xe2 | 0xea => '↓',
        0xf0 => '⇨',
        0xfb => '✗',
        0xfc => '✓',
        0xfd => '☒',
        0xfe => '☑',
        _ => return None,
    })
}

/// Digits that stand above or below the line as characters of their own; `None` when other words are among them.
pub(super) fn raised(words: &str, above: bool) -> Option<String> {
    let (digits, signs) = if above {
        ("⁰¹²³⁴⁵⁶⁷⁸⁹", "⁺⁻⁼⁽⁾")
    } else {
        ("₀₁₂₃₄₅₆₇₈₉", "₊₋₌₍₎")
    };
    if !words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    words
        .chars()
        .map(|c| match c {
            '0'..='9' => digits.chars().nth(c as usize - '0' as usize),
            '+' => signs.chars().next(),
            '-' | '\u{2212}' => signs.chars().nth(1),
            '=' => signs.chars().nth(2),
            '(' => signs.chars().nth(3),
            ')' => signs.chars().nth(4),
            _ if c.is_whitespace() => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{meaning, raised};

    #[test]
    fn digits_above_and_below_the_line_are_kept_apart() {
        assert_eq!(raised("-6", true).as_deref(), Some("⁻⁶"));
        assert_eq!(raised("2", false).as_deref(), Some("₂"));
        assert_eq!([raised("th", true), raised("2nd", true), raised("(", true)], [None, None, None]);
    }

    #[test]
    fn signs_are_found_with_and_without_their_offset() {
        let symbol =
            [0x61, 0xf061, 0x44, 0xa3, 0xb3, 0xb7, 0xae, 0xde, 0xf0e5, 0xf2, 0x7e, 0xbc].map(|n| meaning("Symbol", n));
        assert_eq!(symbol, ['α', 'α', 'Δ', '≤', '≥', '•', '→', '⇒', '∑', '∫', '∼', '…'].map(Some));
        assert_eq!([0xfc, 0xf0e0, 0x8c].map(|n| meaning("Wingdings", n)), ['✓', '→', '❶'].map(Some));
        assert_eq!([meaning("Arial", 0x61), meaning("Symbol", 0xf8), meaning("Wingdings", 0x01)], [None; 3]);
    }
}
