//! Numbers as lists count: 1, iv, C, б.
//!
//! Deliberately absent: ways of counting that no list of the known formats uses often; they count 1, 2, 3.

/// A way of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numerals {
    /// 1, 2, 3.
    Decimal,
    /// 01, 02, 03.
    Padded,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B … Z, AA, BB.
    UpperLetter,
    /// a, b … z, aa, bb.
    LowerLetter,
    /// А, Б, В.
    UpperRussian,
    /// а, б, в.
    LowerRussian,
    /// 가, 나, 다.
    Ganada,
}

/// The Russian letters that count: without Ё, Й, Ъ, Ы, Ь.
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
const GANADA: &str = "가나다라마바사아자차카타파하";
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";

impl Numerals {
    /// A number in this way of counting.
    pub(super) fn spell(self, number: u32) -> String {
        match self {
            Numerals::Decimal => number.to_string(),
            Numerals::Padded => format!("{number:02}"),
            Numerals::UpperRoman => roman(number),
            Numerals::LowerRoman => roman(number).to_lowercase(),
            Numerals::UpperLetter => letter(LATIN, number).to_uppercase(),
            Numerals::LowerLetter => letter(LATIN, number),
            Numerals::UpperRussian => letter(RUSSIAN, number).to_uppercase(),
            Numerals::LowerRussian => letter(RUSSIAN, number),
            Numerals::Ganada => letter(GANADA, number),
        }
    }
}

/// The letters of an alphabet, doubled when they have run out, tripled when they have run out again.
fn letter(alphabet: &str, number: u32) -> String {
    let count = alphabet.chars().count() as u32;
    let Some(index) = number.checked_sub(1) else { return number.to_string() };
    let times = index / count + 1;
    if times > 9 {
        return number.to_string();
    }
    alphabet.chars().nth((index % count) as usize).map_or_else(String::new, |c| c.to_string().repeat(times as usize))
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 9_999 {
        return number.to_string();
    }
    let mut left = number;
    let mut spelt = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            spelt.push_str(sign);
            left -= value;
        }
    }
    spelt
}

#[cfg(test)]
mod tests {
    use super::Numerals::*;

    #[test]
    fn numbers_are_spelt_as_lists_count() {
        let spelt = [
            Decimal.spell(12),
            Padded.spell(7),
            UpperRoman.spell(1994),
            LowerRoman.spell(4),
            UpperLetter.spell(26),
            LowerLetter.spell(28),
            UpperRussian.spell(2),
            LowerRussian.spell(10),
            Ganada.spell(3),
            LowerRoman.spell(0),
            LowerLetter.spell(u32::MAX),
        ];
        assert_eq!(spelt, ["12", "07", "MCMXCIV", "iv", "Z", "bb", "Б", "к", "다", "0", "4294967295"]);
    }
}
