//! Highlights: by quote and by offset, their tags and notes, and what is refused.

use crate::bench::{Bench, TEXT, stderr};
use serde_json::{Value, json};

const NOBODY: &str = "0190a000-0000-7000-8000-000000000000";

fn place(passage: &str) -> (String, String) {
    let byte = TEXT.find(passage).expect("it is there");
    let start = TEXT[..byte].chars().count();
    (start.to_string(), (start + passage.chars().count()).to_string())
}

#[test]
fn by_quote_with_tags_and_note() {
    let (bench, document) = Bench::with_text();
    let id = bench.ok(&[
        "highlight",
        "--document",
        &document,
        "--quote",
        "한국은 우려를",
        "--tag",
        "Military",
        "--tag",
        "economic",
        "--note",
        "- a *note*",
    ]);
    let list = bench.json(&["highlights"]);
    let highlight = &list[0];
    let (start, end) = place("한국은 우려를");
    assert_eq!(highlight["id"], id.trim());
    assert_eq!(highlight["document"], document);
    assert_eq!((highlight["start"].to_string(), highlight["end"].to_string()), (start, end));
    assert_eq!(highlight["quote"], "한국은 우려를");
    assert_eq!(highlight["tags"], json!(["military", "economic"]));
    assert_eq!(highlight["note"], "- a *note*");
    assert!(highlight["created"].is_i64() && highlight["updated"].is_i64());
    assert_eq!(highlight["anchor"], json!({"method": "made", "score": 1.0, "confirmed": true}));
    assert!(bench.ok(&["highlights"]).starts_with(id.trim()));
}

#[test]
fn by_offsets_in_code_points_beyond_an_emoji() {
    let (bench, document) = Bench::with_text();
    let (start, end) = place("treaties grew");
    let made = bench.json(&["highlight", "--document", &document, "--start", &start, "--end", &end]);
    assert_eq!(made["quote"], "treaties grew");
    assert_eq!(made["start"].to_string(), start);
    bench.ok(&["check"]);
}

#[test]
fn an_ambiguous_quote_needs_an_occurrence() {
    let (bench, document) = Bench::with_text();
    let quote = ["highlight", "--document", &document, "--quote"];
    let marked = |rest: &[&'static str]| [&quote, rest].concat();
    assert_eq!(bench.refused(&marked(&["a"])), "quote_ambiguous");
    assert_eq!(bench.refused(&marked(&["coal"])), "quote_not_found");
    assert_eq!(bench.refused(&marked(&["a", "--occurrence", "99"])), "quote_occurrence");
    assert_eq!(bench.refused(&marked(&["a", "--occurrence", "0"])), "quote_occurrence");
    let second = bench.json(&marked(&["a", "--occurrence", "2"]));
    let at = TEXT.match_indices('a').nth(1).expect("a second one").0;
    assert_eq!(second["start"], json!(at), "the text is ASCII up to there");
}

#[test]
fn places_that_are_no_passage_are_refused() {
    let (bench, document) = Bench::with_text();
    let inside = TEXT[..TEXT.find('👨').expect("a family")].chars().count();
    let length = TEXT.chars().count();
    let code = |start: usize, end: usize| {
        bench.refused(&["highlight", "--document", &document, "--start", &start.to_string(), "--end", &end.to_string()])
    };
    assert_eq!(code(0, length + 1), "offset_out_of_range");
    assert_eq!(code(inside, inside + 1), "offset_inside_grapheme");
    assert_eq!(code(3, 3), "range_empty");
    assert_eq!(bench.refused(&["highlight", "--document", NOBODY, "--quote", "oil"]), "document_unknown");
    assert_eq!(
        bench.refused(&["highlight", "--document", &document, "--quote", "rose", "--tag", "nowhere"]),
        "tag_unknown"
    );
}

#[test]
fn filters_by_document_and_tag() {
    let (bench, document) = Bench::with_text();
    let other = bench.import("other.txt", b"Another text about oil.");
    let one = bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--tag", "economic"]);
    let two = bench.ok(&["highlight", "--document", &other, "--quote", "oil", "--tag", "military"]);
    let ids = |words: &[&str]| {
        let list = bench.json(words);
        let ids: Vec<String> =
            list.as_array().expect("a list").iter().map(|h| h["id"].as_str().expect("id").into()).collect();
        ids
    };
    assert_eq!(ids(&["highlights"]), [one.trim(), two.trim()]);
    assert_eq!(ids(&["highlights", "--document", &other]), [two.trim()]);
    assert_eq!(ids(&["highlights", "--tag", "ECONOMIC"]), [one.trim()]);
    assert_eq!(ids(&["highlights", "--document", &other, "--tag", "economic"]), [""; 0]);
    assert_eq!(bench.refused(&["highlights", "--tag", "nowhere"]), "tag_unknown");
    assert_eq!(bench.refused(&["highlights", "--document", NOBODY]), "document_unknown");
}

#[test]
fn edited_in_one_step_and_deleted() {
    let (bench, document) = Bench::with_text();
    let id = bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--tag", "economic"]);
    let id = id.trim();
    let (start, end) = place("exports rose");
    let edited = bench.json(&[
        "highlight",
        "edit",
        id,
        "--note",
        "New.",
        "--start",
        &start,
        "--end",
        &end,
        "--tag",
        "military",
        "--untag",
        "economic",
    ]);
    assert_eq!(
        (&edited["quote"], &edited["note"], &edited["tags"]),
        (&json!("exports rose"), &json!("New."), &json!(["military"]))
    );
    bench.ok(&["undo"]);
    let before = &bench.json(&["highlights"])[0];
    assert_eq!(
        (&before["quote"], &before["note"], &before["tags"]),
        (&json!("rose"), &json!(""), &json!(["economic"]))
    );
    assert_eq!(
        bench.refused(&["highlight", "edit", id, "--note", "Lost.", "--start", "0", "--end", "9999"]),
        "offset_out_of_range"
    );
    assert_eq!(bench.refused(&["highlight", "edit", NOBODY, "--note", "x"]), "highlight_unknown");
    assert_eq!(bench.refused(&["highlight", "delete", id, NOBODY]), "highlight_unknown");
    bench.ok(&["highlight", "delete", id]);
    assert_eq!(bench.json(&["highlights"]), json!([]));
}

#[test]
fn overlapping_and_equal_spans_live_side_by_side() {
    let (bench, document) = Bench::with_text();
    for quote in ["Oil and gas", "gas exports", "Oil and gas"] {
        bench.ok(&["highlight", "--document", &document, "--quote", quote]);
    }
    assert_eq!(bench.json(&["highlights"]).as_array().map(Vec::len), Some(3));
}

#[test]
fn search_finds_every_script_by_word_and_by_tag() {
    let (bench, document) = Bench::with_text();
    let id =
        bench.ok(&["highlight", "--document", &document, "--quote", "Отношения улучшились", "--tag", "diplomatic"]);
    for query in ["отношения", "улучшились", "한국은", "treaties", "tag:diplomatic", "\"gas exports\""]
    {
        let found = bench.json(&["search", query]);
        assert_eq!(found["groups"][0]["document"], document, "{query}: {found}");
    }
    assert!(bench.ok(&["search", "tag:diplomatic"]).contains(id.trim()));
    assert_eq!(bench.json(&["search", "nowhere"])["total"], 0);
    for query in ["NOT oil", "has:nothing", "oil)"] {
        assert_eq!(bench.refused(&["search", query]), "query_invalid", "{query}");
    }
}

#[test]
fn a_search_says_on_standard_error_what_cannot_mean_what_was_typed() {
    let (bench, document) = Bench::with_text();
    bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--tag", "economic"]);
    let check = |query: &str, sentence: &str, found: bool| {
        let output = bench.run(&["search", query]);
        assert_eq!(output.status.code(), Some(0), "{query}");
        assert_eq!(stderr(&output), format!("gloss: {sentence}\n"), "{query}");
        assert_eq!(!output.stdout.is_empty(), found, "{query}");
        let json = bench.run(&["--json", "search", query]);
        assert_eq!(stderr(&json), "", "{query}: the answer itself says it");
        let results: Value = serde_json::from_slice(&json.stdout).expect("JSON");
        assert_eq!(results["remarks"].as_array().map(Vec::len), Some(1), "{query}");
    };
    check("tag:econ", "no tag is named “econ”, so no passage carries it (at 0–8). Did you mean tag:economic?", false);
    check("한국은 or 북한", "“or” was searched for as a word (at 4–6). Did you mean OR?", false);
    check("oil AND", "AND has nothing to join; it was left out (at 4–7).", true);
    check("\"gas exports", "the quotation mark is not closed; all that follows it is the phrase (at 0–12).", true);
    check(
        "год:2023",
        "there is no field “год:”; the fields are tag:, doc:, author: and has:. It was searched for as words (at 0–4).",
        false,
    );
}

#[test]
fn tags_whose_names_are_signs_are_told_apart_everywhere() {
    let (bench, document) = Bench::with_text();
    for (tag, quote) in [("🔴", "Oil"), ("🔥", "rose"), ("C", "treaties"), ("C++", "twice")] {
        bench.ok(&["tag", "create", tag]);
        bench.ok(&["highlight", "--document", &document, "--quote", quote, "--tag", tag]);
    }
    for (tag, quote) in [("🔴", "Oil"), ("🔥\u{fe0f}", "rose"), ("c", "treaties"), ("C++", "twice")] {
        let listed = bench.json(&["highlights", "--tag", tag]);
        assert_eq!((listed[0]["quote"].as_str(), listed.as_array().map(Vec::len)), (Some(quote), Some(1)), "{tag}");
        let found = bench.json(&["search", &format!("tag:{tag}")]);
        assert_eq!((&found["groups"][0]["hits"][0]["excerpt"], &found["total"]), (&json!(quote), &json!(1)), "{tag}");
        let export = bench.ok(&["export", "--tag", tag]);
        let quotes: Vec<&str> = export.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        assert_eq!(quotes, [quote], "{tag}");
    }
    for words in [["highlights", "--tag", "C+"], ["export", "--tag", "🟠"]] {
        assert_eq!(bench.refused(&words), "tag_unknown");
    }
}

#[test]
fn stats_count_and_name() {
    let (bench, document) = Bench::with_text();
    bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--tag", "economic", "--tag", "military"]);
    let stats = bench.json(&["stats"]);
    assert_eq!((&stats["documents"], &stats["highlights"], &stats["unnoted"]), (&json!(1), &json!(1), &json!(1)));
    let economic = stats["tags"].as_array().expect("tags").iter().find(|tag| tag["name"] == "economic").expect("named");
    assert_eq!((&economic["count"], &economic["share"]), (&json!(1), &json!(1.0)));
    assert_eq!(stats["pairs"][0]["count"], 1);
    let lines = bench.ok(&["stats"]);
    assert!(lines.contains("economic") && lines.contains("100 %"), "{lines}");
}
