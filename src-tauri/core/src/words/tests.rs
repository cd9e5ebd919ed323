//! Words of every script, and proof that the index has the same ones.

use super::*;
use rusqlite::Connection;

fn folded(text: &str) -> String {
    words(text).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

/// Every text of a line folds to the same words.
fn alike(texts: &[&str]) {
    for text in texts {
        assert_eq!(folded(text), folded(texts[0]), "{text:?} beside {:?}", texts[0]);
        assert_eq!(indexed(text), indexed(texts[0]), "{text:?} beside {:?} in the index", texts[0]);
    }
}

/// No two texts of a line fold to the same words.
fn unlike(texts: &[&str]) {
    for (at, text) in texts.iter().enumerate() {
        for other in &texts[..at] {
            assert_ne!(folded(text), folded(other), "{text:?} beside {other:?}");
        }
    }
}

#[test]
fn folds_case_diacritics_and_scripts_without_spaces() {
    let check = |text: &str, expected: &str| assert_eq!(folded(text), expected);
    check("Kim Jong-un’s Café", "kim jong un s cafe");
    check("Ёлка и ПАРТНЁРСТВО", "елка и партнерство");
    check("러시아와 조선", "러 시 아 와 조 선");
    check("俄罗斯2024年", "俄 罗 斯 2024 年");
    check("مُعاهدة", "معاهدة");
    check("e\u{301}te\u{301}", "ete");
    check("人々 と カード", "人 々 と カ ー ド");
    check("…! — “ ” ` ´ ─│ • ▕", "");
    check("\u{301} a\u{301}", "a");
}

/// Find in text folds in the window; both read this file.
#[test]
fn folds_as_the_window_does() {
    let fixture: std::collections::HashMap<String, Vec<Vec<String>>> =
        serde_json::from_str(include_str!("../../../../tests/fixtures/folding.json")).expect("lists of texts");
    for line in &fixture["alike"] {
        alike(&line.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for line in &fixture["unlike"] {
        unlike(&line.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn signs_that_nobody_sees_do_not_part_words() {
    alike(&["Unternehmen", "Unter\u{ad}nehmen", "Unter\u{200b}neh\u{2060}men", "\u{feff}Unternehmen\u{200e}"]);
    alike(&["درخواست", "در\u{200c}خواست", "در\u{61c}خواست"]);
    alike(&["шести\u{ad}десяти\u{ad}летие", "шестидесятилетие", "\u{2067}шести\u{200d}десятилетие\u{2069}"]);
    alike(&["葛城", "葛\u{e0100}城", "葛\u{fe00}城"]);
    alike(&["❤", "❤\u{fe0f}", "❤\u{fe0e}"]);
    alike(&["ка\u{34f}фе", "кафе"]);
    unlike(&["one two", "one\u{200b}two", "one\u{a0}two three"]);
}

#[test]
fn every_apostrophe_is_the_same() {
    alike(&["об'єкт", "об’єкт", "обʼєкт", "об‘єкт", "об＇єкт", "об`єкт", "об′єкт"]);
    alike(&["Qur'an", "Qurʾan", "Qurʼan", "Qur‛an"]);
    alike(&["l'été", "l’ete", "Lʼété"]);
    alike(&["ŉ", "ʼn", "'n"]);
    alike(&["O'zbekiston", "Oʻzbekiston", "O‘zbekiston"]);
}

#[test]
fn decomposed_letters_are_the_composed_ones() {
    alike(&[
        "러시아와 조약",
        "\u{1105}\u{1165}\u{1109}\u{1175}\u{110b}\u{1161}\u{110b}\u{116a} \u{110c}\u{1169}\u{110b}\u{1163}\u{11a8}",
    ]);
    alike(&["がっこう プロ", "か\u{3099}っこう フ\u{309a}ロ"]);
    alike(&["Việt Nam", "Vie\u{323}\u{302}t Nam", "Viet Nam"]);
    alike(&["мой її ўсё Ќерка", "мои\u{306} і\u{308}і\u{308} у\u{306}се\u{308} К\u{301}ерка"]);
    alike(&["ড়", "ড\u{9bc}"]);
    alike(&["கொடு", "கெ\u{bbe}டு"]);
    alike(&["น้ำ", "น\u{e4d}\u{e49}\u{e32}", "น\u{e49}\u{e4d}\u{e32}"]);
    unlike(&["か", "が", "カ"]);
    unlike(&["мой", "мои"]);
    unlike(&["러", "런", "\u{1105}"]);
}

#[test]
fn compatibility_forms_are_their_letters() {
    alike(&["efficient finance", "eﬃcient ﬁnance"]);
    alike(&["ABC 2024", "ＡＢＣ　２０２４", "𝐀𝐁𝐂 𝟐𝟎𝟐𝟒"]);
    alike(&["محمد", "محمـــد", "ﻣﺤﻤﺪ", "مُحَمَّد"]);
    alike(&["カード プロ", "ｶｰﾄﾞ ﾌﾟﾛ"]);
    alike(&["H2O CO2", "H₂O CO₂"]);
    alike(&["金曜日", "⾦曜日", "\u{f90a}曜日"]);
    alike(&["5 km No 7", "5㎞ №7", "5 ㎞ № 7"]);
    alike(&["Ⅳ квартал", "IV квартал"]);
    alike(&["2024", "٢٠٢٤", "۲۰۲۴", "२०२४", "๒๐๒๔"]);
    assert_eq!(folded("wagons¹ at 20 m² ½"), "wagons 1 at 20 m 2 1 2");
}

#[test]
fn letters_that_are_no_accents_stay() {
    unlike(&["काल", "कल", "किल"]);
    unlike(&["রাজা", "রাজি", "রজ"]);
    unlike(&["பால்", "பல்", "பால"]);
    unlike(&["ปี", "ปู", "ปา", "ป"]);
    unlike(&["ក", "កា", "កី"]);
    assert_eq!(folded("काल का नियम"), "काल का नियम");
    assert_eq!(folded("ประชาชน"), "ป ร ะ ช า ช น");
}

#[test]
fn letters_are_found_as_those_type_them_who_have_no_key_for_them() {
    alike(&["Walesa", "Wałęsa", "WAŁĘSA"]);
    alike(&["dışişleri", "DIŞİŞLERİ", "disisleri"]);
    alike(&["strasse", "Straße", "STRAẞE"]);
    alike(&["Tromso", "Tromsø"]);
    alike(&["Duong", "Dương", "Đương"]);
    alike(&["aether oeuvre thorn", "æther œuvre þorn"]);
    alike(&["ΟΔΟΣ", "οδός", "οδοσ"]);
    alike(&["علی", "على", "علي"]);
    alike(&["کتاب", "كتاب"]);
    alike(&["الأمن إن آخر ٱلله", "الامن ان اخر الله"]);
}

#[test]
fn symbols_and_emoji_are_words() {
    assert_eq!(folded("Red alert 🔴now, 🔥🔥"), "red alert 🔴 now 🔥 🔥");
    assert_eq!(folded("€5 § 7 C++ 10% R&D #tag"), "€ 5 § 7 c + + 10 % r & d # tag");
    assert_eq!(folded("😀 a😀b"), "😀 a 😀 b");
    alike(&["👍", "👍🏽", "👍🏿\u{fe0f}"]);
    unlike(&["👩‍👩‍👧", "👩", "👧", "👩👩👧"]);
    unlike(&["🏳", "🏳\u{fe0f}‍🌈", "🌈"]);
    unlike(&[
        "🏴",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    ]);
    assert_eq!(folded("🇷🇺🇰🇵x"), "🇷🇺 🇰🇵 x");
    alike(&["1\u{fe0f}\u{20e3}", "1"]);
}

#[test]
fn places_count_code_points() {
    let found = words("😀 né\u{301}e x");
    assert_eq!(found[1], Word { folded: "nee".into(), start: 2, end: 6 });
    assert_eq!(found[2].start, 7);
    let found = words("\u{ad}Un\u{ad}ter\u{ad} ﬁn 👩🏽\u{200d}🚀");
    assert_eq!(found[0], Word { folded: "unter".into(), start: 1, end: 7 });
    assert_eq!(found[1], Word { folded: "fin".into(), start: 9, end: 11 });
    assert_eq!((found[2].start, found[2].end), (12, 16));
    let found = words("\u{1105}\u{1165}\u{1109}\u{1175}");
    assert_eq!(found[1], Word { folded: "시".into(), start: 2, end: 4 });
}

/// The index parts words where `words` does and nowhere else, whatever its tokenizer takes for a letter.
#[test]
fn the_index_has_the_same_words() {
    let db = Connection::open_in_memory().expect("memory");
    db.execute_batch(
        "CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = 'unicode61 remove_diacritics 0');
             CREATE VIRTUAL TABLE v USING fts5vocab (t, 'instance'); BEGIN",
    )
    .expect("tables");
    let mut expected = 0;
    for code in (1..0x3_2000).chain(0xe_0000..0xe_0200) {
        let Some(character) = char::from_u32(code) else { continue };
        let row = indexed(&format!("a{character}{character}"));
        let found = words(&format!("a{character}{character}"));
        let joined: Vec<String> = found.iter().map(|word| indexed_word(&word.folded)).collect();
        assert_eq!(row, joined.join(" "), "{character:?}");
        expected += found.len();
        db.prepare_cached("INSERT INTO t (rowid, body) VALUES (?1, ?2)")
            .expect("sql")
            .execute((code, row))
            .expect("row");
    }
    let rows: Vec<(u32, String)> = db
        .prepare("SELECT doc, group_concat(term, ' ') FROM (SELECT doc, term FROM v ORDER BY doc, offset) GROUP BY doc")
        .expect("sql")
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("rows");
    let mut parted = Vec::new();
    for (code, terms) in rows {
        let body: String = db.query_row("SELECT body FROM t WHERE rowid = ?1", [code], |row| row.get(0)).expect("row");
        if terms.split(' ').count() != body.split(' ').count() {
            parted.push(format!("{code:x}"));
        }
    }
    assert_eq!(parted, Vec::<String>::new(), "the tokenizer parts these otherwise");
    let count: u32 = db.query_row("SELECT count(*) FROM v", [], |row| row.get(0)).expect("count");
    assert_eq!(count as usize, expected);
}
