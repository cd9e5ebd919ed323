//! Code pages and languages by the numbers that Windows and the Macintosh give them.
//!
//! Deliberately absent: the tables of code pages that browsers do not know (`tables.rs`).

use super::tables::TABLES;
use crate::import::charset;
use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, KOI8_R, KOI8_U, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
    X_MAC_CYRILLIC,
};

/// How the bytes of a text are decoded.
#[derive(Debug, Clone, Copy)]
pub(super) enum CodePage {
    /// As browsers do.
    Web(&'static Encoding),
    /// By a table of the upper half: its name and its characters.
    Table(&'static str, &'static str),
}

/// The names of the tables.
pub(in crate::import) const OTHER_NAMES: [&str; TABLES.len()] = {
    let mut names = [""; TABLES.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = TABLES[at].1;
        at += 1;
    }
    names
};

impl CodePage {
    /// What is stored as the encoding of a document.
    pub(super) fn name(self) -> &'static str {
        match self {
            CodePage::Web(encoding) => encoding.name(),
            CodePage::Table(name, _) => name,
        }
    }

    /// The text of some bytes, and how many characters of it could not be decoded.
    pub(super) fn decode(self, bytes: &[u8]) -> (String, u32) {
        match self {
            CodePage::Web(encoding) => charset::lossy(encoding, bytes),
            CodePage::Table(_, upper) => {
                let character = |byte: u8| match byte {
                    0..=0x7f => char::from(byte),
                    _ => upper.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}'),
                };
                let text: String = bytes.iter().copied().map(character).collect();
                let faults = text.chars().filter(|&c| c == '\u{fffd}').count() as u32;
                (text, faults)
            }
        }
    }
}

/// A code page by its number; the one of Western Windows for a number that is not known.
pub(super) fn code_page(number: i32) -> CodePage {
    if let Some((_, name, upper)) = TABLES.iter().find(|(table, ..)| *table == number) {
        return CodePage::Table(name, upper);
    }
    CodePage::Web(match number {
        866 => IBM866,
        874 | 10021 => WINDOWS_874,
        932 | 10001 => SHIFT_JIS,
        936 | 10008 | 54936 => GBK,
        949 | 1361 | 10003 => EUC_KR,
        950 | 10002 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 | 10005 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        10007 | 10017 => X_MAC_CYRILLIC,
        20866 => KOI8_R,
        21866 => KOI8_U,
        65001 => UTF_8,
        _ => WINDOWS_1252,
    })
}

/// The code page of a font's character set; `None` for the one of the document, and for symbols.
pub(super) fn character_set(number: i32) -> Option<CodePage> {
    let page = match number {
        77 => 10000,
        78 | 128 => 932,
        79 | 129 | 130 => 949,
        80 | 134 => 936,
        81 | 136 => 950,
        83 => 1255,
        84 => 10004,
        85 => 10006,
        86 => 10081,
        87 => 874,
        88 => 10029,
        89 => 10007,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 | 255 => 437,
        _ => return None,
    };
    Some(code_page(page))
}

/// The code page that the end of a font's name tells, as "Arial Cyr" and "Times New Roman (Hebrew)": fonts had one name
/// for each script before they had character sets.
pub(super) fn of_font_name(name: &str) -> Option<CodePage> {
    let last = name.trim().rsplit(' ').next().filter(|last| last.len() < name.trim().len())?;
    let page = match last.to_ascii_lowercase().trim_matches(['(', ')']) {
        "cyr" | "cyrillic" => 1251,
        "greek" => 1253,
        "tur" | "turkish" => 1254,
        "ce" => 1250,
        "baltic" => 1257,
        "hebrew" => 1255,
        "arabic" => 1256,
        "thai" => 874,
        "vietnamese" => 1258,
        _ => return None,
    };
    Some(code_page(page))
}

/// The tag of a language; empty for one that is not known.
pub(super) fn language(number: i32) -> &'static str {
    match number {
        1025 => "ar-SA",
        1026 => "bg-BG",
        1028 => "zh-TW",
        1029 => "cs-CZ",
        1030 => "da-DK",
        1031 => "de-DE",
        1032 => "el-GR",
        1033 => "en-US",
        1034 | 3082 => "es-ES",
        1035 => "fi-FI",
        1036 => "fr-FR",
        1037 => "he-IL",
        1038 => "hu-HU",
        1040 => "it-IT",
        1041 => "ja-JP",
        1042 => "ko-KR",
        1043 => "nl-NL",
        1044 => "nb-NO",
        1045 => "pl-PL",
        1046 => "pt-BR",
        1048 => "ro-RO",
        1049 => "ru-RU",
        1050 => "hr-HR",
        1051 => "sk-SK",
        1053 => "sv-SE",
        1054 => "th-TH",
        1055 => "tr-TR",
        1057 => "id-ID",
        1058 => "uk-UA",
        1060 => "sl-SI",
        1061 => "et-EE",
        1062 => "lv-LV",
        1063 => "lt-LT",
        1065 => "fa-IR",
        1066 => "vi-VN",
        1081 => "hi-IN",
        2052 => "zh-CN",
        2055 => "de-CH",
        2057 => "en-GB",
        2058 => "es-MX",
        2060 => "fr-BE",
        2070 => "pt-PT",
        3079 => "de-AT",
        3081 => "en-AU",
        3084 => "fr-CA",
        4105 => "en-CA",
        _ => "",
    }
}
