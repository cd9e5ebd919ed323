//! Which of the languages that a document names its text is in.
//!
//! Programs write the language of their own installation into every file. Deliberately absent: guessing a language from
//! its words.

/// Most characters that are looked at.
const SAMPLE: usize = 20_000;

/// The language for the script of most letters, of `[Latin and the like, East Asian, right to left]`; empty when the one
/// for its script is English and most letters are not Latin.
pub(super) fn of_script(text: &str, languages: &[String; 3]) -> String {
    let mut counts = [0_u32; 4];
    for letter in text.chars().take(SAMPLE).filter(|c| c.is_alphabetic()) {
        let script = match letter as u32 {
            0..=0x24f | 0x1e00..=0x1eff => 0,
            0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff => 2,
            0x1100..=0x11ff | 0x2e80..=0xa4cf | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x20000..=0x3ffff => 1,
            _ => 3,
        };
        counts[script] += 1;
    }
    let most = (0..4).rev().max_by_key(|&script| counts[script]).unwrap_or(0);
    let language = languages[if most == 3 { 0 } else { most }].trim();
    let foreign = most != 0 && language.to_ascii_lowercase().starts_with("en");
    if foreign || language.starts_with("x-") || language == "none" { String::new() } else { language.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::of_script;

    #[test]
    fn the_script_decides() {
        let languages = ["en-US", "ko-KR", "ar-SA"].map(str::to_owned);
        let found =
            ["Peace in Paris", "한국어로 쓴 text", "السلام عليكم", "Мир и война"].map(|t| of_script(t, &languages));
        assert_eq!(found, ["en-US", "ko-KR", "ar-SA", ""]);
        assert_eq!(of_script("Мир", &["ru-RU".into(), "ko-KR".into(), "ar-SA".into()]), "ru-RU");
        assert_eq!(of_script("", &languages), "en-US", "an empty text says nothing against it");
    }
}
