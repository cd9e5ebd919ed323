//! Search through `dispatch`: what is seen is found and marked, tags are not mixed, and a query that can't mean what was
//! typed says so.

mod desk;

use desk::Desk;
use gloss_core::api::Units;
use gloss_core::error::ErrorCode;
use serde_json::{Value, json};

fn search(desk: &Desk, query: &str) -> Value {
    desk.run("search", json!({ "query": query }))
}

/// A part of a text by a range in the desk's units.
fn cut(desk: &Desk, text: &str, range: &Value) -> String {
    let at = |side: usize| range[side].as_u64().expect("a place") as usize;
    match desk.units {
        Units::CodePoints => text.chars().skip(at(0)).take(at(1) - at(0)).collect(),
        Units::Utf16 => {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16(&units[at(0)..at(1)]).expect("no half of a pair")
        }
    }
}

/// What a search marks in its excerpts, after proving that the first hit leads to the same words in the text.
fn marked(desk: &Desk, text: &str, query: &str) -> Vec<String> {
    let results = search(desk, query);
    let mut found = Vec::new();
    for hit in
        results["groups"].as_array().into_iter().flatten().flat_map(|group| group["hits"].as_array().expect("hits"))
    {
        let marks: Vec<String> = hit["marks"]
            .as_array()
            .expect("marks")
            .iter()
            .map(|mark| cut(desk, hit["excerpt"].as_str().expect("text"), mark))
            .collect();
        assert_eq!(cut(desk, text, &json!([hit["start"], hit["end"]])), marks[0], "{query}");
        found.extend(marks);
    }
    found
}

/// A text, and what each query marks in it: nothing when the list is empty.
fn check(text: &str, queries: &[(&str, &[&str])]) {
    for units in [Units::CodePoints, Units::Utf16] {
        let mut desk = Desk::new();
        desk.units = units;
        desk.paste(text);
        for (query, expected) in queries {
            assert_eq!(marked(&desk, text, query), *expected, "{query:?} in {text:?}");
        }
    }
}

#[test]
fn words_with_signs_that_nobody_sees_are_found_and_marked_whole() {
    check(
        "😀 Das Unter\u{ad}nehmen und das Amt\u{ad} dort.",
        &[("Unternehmen", &["Unter\u{ad}nehmen"]), ("Amt", &["Amt"]), ("nehmen", &[])],
    );
    check(
        "Шести\u{ad}десяти\u{ad}летие дого\u{200b}вора",
        &[
            ("шестидесятилетие", &["Шести\u{ad}десяти\u{ad}летие"]),
            ("\"шестидесятилетие договора\"", &["Шести\u{ad}десяти\u{ad}летие дого\u{200b}вора"]),
        ],
    );
    check(
        "او می\u{200c}خواهد \u{200f}برود",
        &[("میخواهد", &["می\u{200c}خواهد"]), ("می\u{200c}خواهد", &["می\u{200c}خواهد"]), ("برود", &["برود"])],
    );
    check(
        "The \u{2066}pipe\u{2060}line\u{2069} was\u{feff} shut",
        &[("pipeline was", &["pipe\u{2060}line", "was"]), ("pipe\u{ad}line", &["pipe\u{2060}line"])],
    );
}

#[test]
fn every_apostrophe_and_every_composition_is_the_same() {
    check(
        "Об'єкт, об’єкт, обʼєкт.",
        &[("обʼєкт", &["Об'єкт", "об’єкт", "обʼєкт"]), ("об`єкт", &["Об'єкт", "об’єкт", "обʼєкт"])],
    );
    check(
        "Russia’s oil, l’État",
        &[("Russia", &["Russia"]), ("\"russia's oil\"", &["Russia’s oil"]), ("etat", &["État"])],
    );
    let decomposed =
        "\u{1105}\u{1165}\u{1109}\u{1175}\u{110b}\u{1161}와 か\u{3099}っこう, И\u{306}орданія, Vie\u{323}\u{302}t";
    check(
        decomposed,
        &[
            ("러시아", &["\u{1105}\u{1165}\u{1109}\u{1175}\u{110b}\u{1161}"]),
            ("がっこう", &["か\u{3099}っこう"]),
            ("йорданія", &["И\u{306}орданія"]),
            ("viet", &["Vie\u{323}\u{302}t"]),
        ],
    );
}

#[test]
fn compatibility_forms_are_found_by_their_letters() {
    check(
        "An eﬃcient oﬀice; ＡＢＣ社は２０２４年。",
        &[("efficient", &["eﬃcient"]), ("offi*", &["oﬀice"]), ("abc 2024", &["ＡＢＣ", "２０２４"])],
    );
    check("قال محمـــد وﻣﺤﻤﺪ في ٢٠٢٤", &[("محمد", &["محمـــد"]), ("ومحمد", &["وﻣﺤﻤﺪ"]), ("2024", &["٢٠٢٤"])]);
    check("ｶﾞｽ と CO₂ in ㎞³", &[("ガス", &["ｶﾞｽ"]), ("co2", &["CO₂"]), ("km", &["㎞"])]);
}

#[test]
fn vowel_signs_are_letters_and_marks_end_at_whole_characters() {
    check("कल बैठक, काल का नियम", &[("काल", &["काल"]), ("कल", &["कल"])]);
    check("রাজা ও রাজি", &[("রাজি", &["রাজি"])]);
    check("ปีนี้ ปูนา", &[("ปี", &["ปี"]), ("ปู", &["ปู"])]);
    check("தமிழ் தமிழ", &[("தமிழ்", &["தமிழ்"])]);
    check("น้ำมัน", &[("น้ำมัน", &["น้ำมัน"]), ("น\u{e4d}\u{e49}\u{e32}", &["น้ำ"])]);
}

#[test]
fn emoji_and_symbols_are_found_as_they_are_seen() {
    check("Red 🔴, fire 🔥 👍🏽!", &[("🔴", &["🔴"]), ("👍", &["👍🏽"]), ("👍🏿", &["👍🏽"]), ("fire 🔥", &["fire", "🔥"])]);
    check("Family 👩‍👩‍👧 of 🇺🇦🇰🇵", &[("👩‍👩‍👧", &["👩‍👩‍👧"]), ("👩", &[]), ("🇺🇦", &["🇺🇦"]), ("🇦🇰", &[])]);
    check(
        "C++ cost €5, §7 and №9, 10%",
        &[
            ("C++", &["C++"]),
            ("€5", &["€5"]),
            ("§", &["§"]),
            ("№9", &["№9"]),
            ("10%", &["10%"]),
            ("11%", &[]),
            ("C", &["C"]),
        ],
    );
    check("❤\u{fe0f} beside ❤", &[("❤", &["❤\u{fe0f}", "❤"])]);
}

#[test]
fn letters_without_a_key_are_found() {
    check(
        "Wałęsa, DIŞİŞLERİ, Straße, Tromsø, Đà Nẵng",
        &[
            ("walesa", &["Wałęsa"]),
            ("dışişleri", &["DIŞİŞLERİ"]),
            ("STRASSE", &["Straße"]),
            ("tromso", &["Tromsø"]),
            ("da nang", &["Đà", "Nẵng"]),
        ],
    );
    check("мой край и мои края", &[("мой", &["мой"]), ("мои", &["мои"])]);
}

#[test]
fn a_long_excerpt_cuts_no_character() {
    let text = format!("{}🔴 {}", "👩‍👩‍👧".repeat(40), "e\u{301}".repeat(300));
    let desk = Desk::new();
    desk.paste(&text);
    let results = search(&desk, "🔴");
    let excerpt = results["groups"][0]["hits"][0]["excerpt"].as_str().expect("text").trim_matches('…').to_owned();
    assert!(text.contains(&excerpt) && excerpt.starts_with('👩') && excerpt.ends_with('\u{301}'), "{excerpt}");
    assert_eq!(marked(&desk, &text, "🔴"), ["🔴"]);
}

fn tagged() -> Desk {
    let desk = Desk::new();
    let document = desk.paste("One two three four five six seven eight nine ten.");
    let words = ["One", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    for (word, name) in words.iter().zip(["🔴", "🔥", "C", "C++", "Élan", "Elan", "Łódź", "काल", "कल"])
    {
        desk.run("tag_create", json!({ "name": name }));
        desk.mark(&document, word, &[name]);
    }
    desk
}

#[test]
fn a_tag_filter_takes_one_tag_and_never_another() {
    let desk = tagged();
    let quotes = |query: &str| -> Vec<String> {
        let results = search(&desk, query);
        let hits = results["groups"]
            .as_array()
            .expect("groups")
            .iter()
            .flat_map(|group| group["hits"].as_array().expect("hits"));
        hits.map(|hit| hit["excerpt"].as_str().expect("text").to_owned()).collect()
    };
    for (query, expected) in [
        ("tag:🔴", "One"),
        ("tag:🔥\u{fe0f}", "two"),
        ("tag:c", "three"),
        ("tag:C++", "four"),
        ("tag:élan", "five"),
        ("tag:elan", "six"),
        ("tag:lodz", "seven"),
        ("tag:काल", "eight"),
        ("tag:\"कल\"", "nine"),
    ] {
        assert_eq!(quotes(query), [expected], "{query}");
        assert_eq!(search(&desk, query)["remarks"], json!([]), "{query}");
    }
    assert_eq!(quotes("-tag:🔴").len(), 8);
    assert_eq!(desk.refused("tag_create", json!({ "name": "E\u{301}LAN" })), ErrorCode::TagNameTaken);
    desk.run("tag_create", json!({ "name": "Lódz" }));
    let remark = search(&desk, "tag:LODZ")["remarks"][0].clone();
    assert_eq!((&remark["code"], &remark["suggestions"]), (&json!("tag_ambiguous"), &json!(["tag:Łódź", "tag:Lódz"])));
}

#[test]
fn a_filter_on_titles_and_authors_begins_at_a_word() {
    let desk = Desk::new();
    for (title, author) in
        [("Oil 🔴 report", "Li, Wei"), ("Soil and water", "Oliver, Ann"), ("러시아와 조선", "Дёмин, О.")]
    {
        let document = desk.paste(&format!("fuel for {title}"));
        let details = json!({ "document": document, "title": title, "author": author, "publisher": "", "published": "",
            "url": "", "accessed": "", "language": "" });
        desk.run("document_update", details);
    }
    let titles = |query: &str| -> Vec<String> {
        let results = search(&desk, query);
        results["groups"]
            .as_array()
            .expect("groups")
            .iter()
            .map(|group| group["title"].as_str().expect("t").to_owned())
            .collect()
    };
    assert_eq!(titles("doc:oil fuel"), ["Oil 🔴 report"]);
    assert_eq!(titles("doc:🔴 fuel"), ["Oil 🔴 report"]);
    assert_eq!(titles("author:li fuel"), ["Oil 🔴 report"]);
    assert_eq!(titles("author:oliv fuel"), ["Soil and water"]);
    assert_eq!(titles("author:\"oliv\" fuel"), [""; 0]);
    assert_eq!(titles("doc:조선 fuel"), ["러시아와 조선"]);
    assert_eq!(titles("author:демин fuel"), ["러시아와 조선"]);
    assert_eq!(titles("doc:??? fuel"), [""; 0]);
}

#[test]
fn a_query_that_cannot_mean_what_was_typed_says_so_and_where() {
    for units in [Units::CodePoints, Units::Utf16] {
        let mut desk = tagged();
        desk.units = units;
        let check = |query: &str, code: &str, part: &str, suggestions: Value, hits: u32| {
            let results = search(&desk, query);
            let remarks = results["remarks"].as_array().expect("remarks");
            assert_eq!(remarks.len(), 1, "{query}: {remarks:?}");
            assert_eq!(remarks[0]["code"], code, "{query}");
            assert_eq!(cut(&desk, query, &json!([remarks[0]["start"], remarks[0]["end"]])), part, "{query}");
            assert_eq!(remarks[0]["suggestions"], suggestions, "{query}");
            assert_eq!(results["total"], hits, "{query}");
        };
        check("😀 tag:milit", "tag_unknown", "tag:milit", json!(["tag:military"]), 0);
        check("🚢 tag:nothing", "tag_unknown", "tag:nothing", json!([]), 0);
        check("🔥 published:2024", "field_unknown", "published:", json!([]), 0);
        check("one NEAR two", "operator_unknown", "NEAR", json!([]), 0);
        check("one || two", "sign_unknown", "||", json!(["OR"]), 1);
        check("doc:nowhere", "document_unknown", "doc:nowhere", json!([]), 0);
        check("author:nobody", "author_unknown", "author:nobody", json!([]), 0);
        check("\"two three", "quote_open", "\"two three", json!([]), 1);
        check("three OR", "operator_dangling", "OR", json!([]), 2);
        check("(three", "parenthesis_open", "(", json!([]), 2);
        check("three ()", "parentheses_empty", "()", json!([]), 2);
        check("th*ee three", "star_misplaced", "th*ee", json!([]), 0);
        check("one OR tag:C", "filter_inside", "tag:C", json!([]), 0);
        check("война or мир", "operator_small", "or", json!(["OR"]), 0);
        check(" …! ", "nothing_to_find", " …! ", json!([]), 0);
        assert_eq!(search(&desk, "two four")["remarks"], json!([]));
        assert_eq!(search(&desk, "-tag:nobody one")["total"], 1, "nothing carries it, so nothing is left out");

        let refused = desk.reply("search", json!({ "query": "🔴 has:teeth" })).expect_err("refused").api();
        let detail = &refused.detail;
        assert_eq!(cut(&desk, "🔴 has:teeth", &json!([detail["start"], detail["end"]])), "has:teeth");
        assert!(refused.message.contains("“has:teeth”"), "{}", refused.message);
    }
}
