//! Every noun's commands, through the door that the window uses.

mod desk;

use desk::Desk;
use gloss_core::api::{COMMANDS, Units, dispatch};
use gloss_core::error::ErrorCode;
use serde_json::{Value, json};

const TEXT: &str = "Two capitals\n\nFreight trains crossed the river with sealed wagons. Officials denied every delivery.\n\n\
    Fuel moved the other way 😀 in volumes above the ceiling. Договор о партнёрстве. 러시아와 조선.\n\nNothing is marked here.";

fn desk() -> (Desk, String) {
    let desk = Desk::new();
    let document = desk.paste(TEXT);
    (desk, document)
}

#[test]
fn a_fresh_project_has_the_shipped_tags_and_relations() {
    let desk = Desk::new();
    let tags = desk.run("tag_list", json!({}));
    let shipped: Vec<_> =
        tags.as_array().expect("a list").iter().map(|tag| (&tag["name"], &tag["key"], &tag["colour"])).collect();
    assert_eq!(
        json!(shipped),
        json!([["military", "m", "#D55E00"], ["economic", "e", "#00805D"], ["diplomatic", "d", "#0072B2"]])
    );
    assert_eq!(desk.run("relation_list", json!({})).as_array().map(Vec::len), Some(10));
    assert_eq!(desk.run("document_list", json!({})), json!([]));
}

#[test]
fn every_command_of_the_list_refuses_arguments_that_it_does_not_know() {
    let desk = Desk::new();
    for name in COMMANDS {
        let error = dispatch(&desk.project, Units::Utf16, name, r#"{"no such thing":1}"#).expect_err(name);
        assert_eq!(error.code(), ErrorCode::Arguments, "{name}");
    }
    assert_eq!(desk.refused("tag_paint", json!({})), ErrorCode::UnknownCommand);
}

#[test]
fn a_highlight_keeps_quote_and_context_and_counts_in_the_callers_unit() {
    let (mut desk, document) = desk();
    let id = desk.mark(&document, "in volumes above the ceiling", &["economic"]);
    let found = desk.highlight(&id);
    let text: Vec<char> = TEXT.chars().collect();
    let (start, end) =
        (found["start"].as_u64().expect("a start") as usize, found["end"].as_u64().expect("an end") as usize);
    assert_eq!(text[start..end].iter().collect::<String>(), "in volumes above the ceiling");
    assert_eq!((&found["tags"], &found["paragraph"]), (&json!(["economic"]), &json!(3)));
    assert_eq!(found["anchor"], json!({ "method": "made", "score": 1.0, "confirmed": true }));
    desk.units = Units::Utf16;
    let found = desk.highlight(&id);
    let text: Vec<u16> = TEXT.encode_utf16().collect();
    let (start, end) =
        (found["start"].as_u64().expect("a start") as usize, found["end"].as_u64().expect("an end") as usize);
    assert_eq!(String::from_utf16_lossy(&text[start..end]), "in volumes above the ceiling");
    // The same range, given back as the window counts, is the same passage.
    let again = desk
        .run("highlight_create", json!({ "document": document, "start": start, "end": end, "tags": [], "snap": true }));
    assert_eq!(again["quote"], found["quote"]);
    let open = desk.run("document_open", json!({ "document": document }));
    assert_eq!(open["length"], json!(TEXT.encode_utf16().count()));
    assert_eq!(open["highlights"]["rows"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_caller_may_name_the_highlight_that_it_makes() {
    let (desk, document) = desk();
    let named = |id: &str| json!({ "document": document, "start": 14, "end": 21, "tags": [], "id": id });
    let id = "0193a1b2-7c00-7000-8000-00000000002a";
    assert_eq!(desk.run("highlight_create", named(id))["id"], id);
    assert_eq!(desk.refused("highlight_create", named(id)), ErrorCode::Arguments, "it is taken");
    let other_version = "3d6f4c1e-5b7a-4c8d-9e0f-1a2b3c4d5e6f";
    assert_eq!(desk.refused("highlight_create", named(other_version)), ErrorCode::Arguments);
}

#[test]
fn overlapping_and_identical_spans_are_separate_highlights() {
    let (desk, document) = desk();
    let one = desk.mark(&document, "sealed wagons", &["military"]);
    let two = desk.mark(&document, "sealed wagons", &["economic"]);
    let three = desk.mark(&document, "trains crossed the river with sealed", &[]);
    let table = desk.run("highlight_rows", json!({ "document": document, "ids": [one, two, three] }));
    let order: Vec<_> = table["rows"].as_array().expect("rows").iter().map(|row| row[0].clone()).collect();
    assert_eq!(json!(order), json!([three, one, two]), "by start, then longest first, then id");
    desk.run("highlight_delete", json!({ "highlights": [two] }));
    assert_eq!(desk.highlight(&one)["quote"], json!("sealed wagons"));
}

#[test]
fn bounds_move_and_bad_bounds_are_refused() {
    let (desk, document) = desk();
    let id = desk.mark(&document, "sealed wagons", &["military"]);
    let start = desk.highlight(&id)["start"].as_u64().expect("a start");
    let moved =
        desk.run("highlight_bounds", json!({ "highlight": id, "start": start - 5, "end": start + 6, "snap": true }));
    assert_eq!(moved["quote"], json!("with sealed"));
    let create = |start: u64, end: u64| json!({ "document": document, "start": start, "end": end, "tags": [] });
    assert_eq!(desk.refused("highlight_create", create(0, 9_999)), ErrorCode::OffsetOutOfRange);
    assert_eq!(desk.refused("highlight_create", create(5, 4)), ErrorCode::OffsetOutOfRange);
    assert_eq!(desk.refused("highlight_create", create(12, 14)), ErrorCode::RangeEmpty);
    let combined = desk.paste("ne\u{301}e a family 👩‍👩‍👧 here");
    let inside = json!({ "document": combined, "start": 0, "end": 2, "tags": [] });
    assert_eq!(desk.refused("highlight_create", inside), ErrorCode::OffsetInsideGrapheme);
    assert_eq!(
        desk.refused("highlight_bounds", json!({ "highlight": id, "start": 0, "end": 9_999 })),
        ErrorCode::OffsetOutOfRange
    );
}

#[test]
fn quotes_that_do_not_occur_or_occur_often_are_refused() {
    let desk = Desk::new();
    let document = desk.paste("oil for shells, shells for oil");
    let quote = |quote: &str, occurrence: Option<u32>| json!({ "document": document, "quote": quote, "occurrence": occurrence, "tags": [] });
    assert_eq!(desk.refused("highlight_quote", quote("coal", None)), ErrorCode::QuoteNotFound);
    assert_eq!(desk.refused("highlight_quote", quote("oil", None)), ErrorCode::QuoteAmbiguous);
    assert_eq!(desk.refused("highlight_quote", quote("oil", Some(3))), ErrorCode::QuoteOccurrence);
    assert_eq!(desk.run("highlight_quote", quote("oil", Some(2)))["start"], json!(27));
}

#[test]
fn unknown_ids_are_refused_each_with_its_code() {
    let (desk, document) = desk();
    let nobody = "01890000-0000-7000-8000-000000000000";
    let id = desk.mark(&document, "sealed wagons", &[]);
    let relation = desk.relation("supports");
    assert_eq!(desk.refused("document_open", json!({ "document": nobody })), ErrorCode::DocumentUnknown);
    assert_eq!(desk.refused("document_delete", json!({ "document": nobody })), ErrorCode::DocumentUnknown);
    assert_eq!(
        desk.refused("highlight_note", json!({ "highlight": nobody, "note": "x" })),
        ErrorCode::HighlightUnknown
    );
    assert_eq!(desk.refused("highlight_delete", json!({ "highlights": [id, nobody] })), ErrorCode::HighlightUnknown);
    assert_eq!(
        desk.refused("highlight_tag", json!({ "highlights": [id], "tag": nobody, "on": true })),
        ErrorCode::TagUnknown
    );
    let link = |from: &str, to: &str, relation: &str| json!({ "from": from, "to": to, "relation": relation });
    assert_eq!(desk.refused("link_create", link(&id, nobody, &relation)), ErrorCode::HighlightUnknown);
    assert_eq!(desk.refused("link_create", link(&id, &id, nobody)), ErrorCode::RelationUnknown);
    assert_eq!(desk.refused("link_create", link(&id, &id, &relation)), ErrorCode::LinkToItself);
    assert_eq!(desk.refused("link_delete", json!({ "link": nobody })), ErrorCode::LinkUnknown);
    assert_eq!(desk.refused("highlight_note", json!({ "highlight": "no id", "note": "x" })), ErrorCode::Arguments);
}

#[test]
fn tags_are_made_renamed_nested_merged_and_deleted() {
    let (desk, document) = desk();
    let energy = desk.run("tag_create", json!({ "name": " oil  and gas ", "key": "O", "definition": "Fuels." }));
    assert_eq!(
        (&energy["name"], &energy["key"], &energy["colour"]),
        (&json!("oil and gas"), &json!("o"), &json!("#A3447F"))
    );
    let (energy, economic) = (energy["id"].as_str().expect("an id").to_owned(), desk.tag("economic"));
    let id = desk.mark(&document, "sealed wagons", &["economic", "oil and gas"]);
    let only = desk.mark(&document, "Officials denied every delivery", &["oil and gas"]);
    let update = |tag: &str, name: &str, key: Option<&str>, parent: Option<&str>, colour: &str| json!({ "tag": tag, "name": name, "colour": colour, "key": key, "definition": "", "parent": parent });
    let nested = desk.run("tag_update", update(&energy, "energy", Some("o"), Some(&economic), "#123abc"));
    assert_eq!((&nested["parent"], &nested["colour"]), (&json!(economic), &json!("#123ABC")));
    assert_eq!(
        desk.refused("tag_update", update(&economic, "economic", None, Some(&energy), "#123456")),
        ErrorCode::TagCycle
    );
    assert_eq!(desk.refused("tag_update", update(&energy, "Military", None, None, "#123456")), ErrorCode::TagNameTaken);
    assert_eq!(desk.refused("tag_update", update(&energy, " ", None, None, "#123456")), ErrorCode::TagNameEmpty);
    assert_eq!(desk.refused("tag_update", update(&energy, "e", Some("m"), None, "#123456")), ErrorCode::TagKeyTaken);
    assert_eq!(desk.refused("tag_update", update(&energy, "e", Some("n"), None, "#123456")), ErrorCode::TagKeyTaken);
    assert_eq!(desk.refused("tag_update", update(&energy, "e", Some("xy"), None, "#123456")), ErrorCode::TagKeyInvalid);
    assert_eq!(desk.refused("tag_update", update(&energy, "e", None, None, "red")), ErrorCode::TagColourInvalid);
    assert_eq!(desk.refused("tag_merge", json!({ "from": energy, "into": energy })), ErrorCode::TagMergeSelf);
    assert_eq!(desk.run("tag_merge", json!({ "from": energy, "into": economic })), json!({ "moved": 2 }));
    assert_eq!(desk.highlight(&id)["tags"], json!(["economic"]));
    assert_eq!(desk.highlight(&only)["tags"], json!(["economic"]));
    desk.run("undo", json!({}));
    assert_eq!(desk.highlight(&id)["tags"], json!(["economic", "energy"]));
    let gone = desk.run("tag_delete", json!({ "tag": energy, "highlights": "delete" }));
    assert_eq!(gone, json!({ "untagged": 1, "deleted": 1 }));
    assert_eq!(desk.run("highlight_list", json!({})).as_array().map(Vec::len), Some(1));
    desk.run("undo", json!({}));
    assert_eq!(
        desk.run("tag_delete", json!({ "tag": energy, "highlights": "keep" })),
        json!({ "untagged": 2, "deleted": 0 })
    );
    assert_eq!(desk.highlight(&only)["tags"], json!([]));
}

#[test]
fn deleting_a_tag_above_others_moves_them_up_and_redo_does_it_again() {
    let desk = Desk::new();
    let make = |name: &str, parent: Option<&str>| {
        let made = desk.run("tag_create", json!({ "name": name, "parent": parent }));
        made["id"].as_str().expect("an id").to_owned()
    };
    let top = make("energy", None);
    let middle = make("oil", Some(&top));
    let low = make("crude", Some(&middle));
    let parent_of_low = || {
        let tags = desk.run("tag_list", json!({}));
        tags.as_array().expect("tags").iter().find(|tag| tag["id"] == low.as_str()).expect("crude")["parent"].clone()
    };
    desk.run("tag_delete", json!({ "tag": middle, "highlights": "keep" }));
    assert_eq!(parent_of_low(), json!(top));
    desk.run("undo", json!({}));
    assert_eq!(parent_of_low(), json!(middle));
    desk.run("redo", json!({}));
    assert_eq!(parent_of_low(), json!(top));
}

#[test]
fn links_read_from_both_ends_and_go_with_their_highlights() {
    let (desk, document) = desk();
    let other = desk.paste("A second text with its own claim.");
    let (from, to) = (desk.mark(&document, "sealed wagons", &[]), desk.mark(&other, "its own claim", &[]));
    let relation = desk.relation("supports");
    let link = desk.run("link_create", json!({ "from": from, "to": to, "relation": relation, "note": "same source" }));
    assert_eq!(
        (&link["relation"], &link["inverse"], &link["toQuote"]),
        (&json!("supports"), &json!("supported by"), &json!("its own claim"))
    );
    let cards = desk.run("highlight_cards", json!({ "ids": [to, from] }));
    let seen = |card: usize, key: &str| cards[card]["links"][0][key].clone();
    assert_eq!(
        (seen(0, "label"), seen(0, "outgoing"), seen(0, "other")),
        (json!("supported by"), json!(false), json!(from))
    );
    assert_eq!(
        (seen(1, "label"), seen(1, "outgoing"), seen(1, "quote")),
        (json!("supports"), json!(true), json!("its own claim"))
    );
    let own = desk.run("relation_create", json!({ "label": "refutes", "inverse": "refuted by", "symmetric": false }));
    desk.run("link_update", json!({ "link": link["id"], "relation": own["id"], "note": "" }));
    assert_eq!(desk.run("link_list", json!({ "relation": own["id"] })).as_array().map(Vec::len), Some(1));
    desk.run("document_delete", json!({ "document": other }));
    assert_eq!(desk.run("link_list", json!({})), json!([]));
    desk.run("undo", json!({}));
    assert_eq!(desk.run("link_list", json!({}))[0]["relation"], json!("refutes"));
    assert_eq!(
        desk.refused("relation_create", json!({ "label": " ", "inverse": "", "symmetric": true })),
        ErrorCode::RelationLabelEmpty
    );
}

#[test]
fn notes_are_kept_and_typing_is_one_step() {
    let (desk, document) = desk();
    let id = desk.mark(&document, "sealed wagons", &[]);
    for note in ["*O", "*Obs", "*Observers*: who?"] {
        desk.run("highlight_note", json!({ "highlight": id, "note": note, "typing": true }));
    }
    assert_eq!(desk.highlight(&id)["note"], json!("*Observers*: who?"));
    let history = desk.run("history_list", json!({}));
    assert_eq!(history[0]["label"], json!("Wrote a note on “sealed wagons”"));
    assert_eq!(history.as_array().map(Vec::len), Some(3));
    desk.run("undo", json!({}));
    assert_eq!(desk.highlight(&id)["note"], json!(""));
    desk.run("redo", json!({}));
    assert_eq!(desk.highlight(&id)["note"], json!("*Observers*: who?"));
    desk.run("highlight_note", json!({ "highlight": id, "note": "Another." }));
    desk.run("undo", json!({}));
    assert_eq!(desk.highlight(&id)["note"], json!("*Observers*: who?"));
    let long = "x".repeat(200_001);
    assert_eq!(desk.refused("highlight_note", json!({ "highlight": id, "note": long })), ErrorCode::TextTooLong);
}

#[test]
fn the_dashboard_counts_what_is_there() {
    let (desk, document) = desk();
    let one = desk.mark(&document, "sealed wagons", &["military", "economic"]);
    let two = desk.mark(&document, "denied every delivery", &["military"]);
    desk.mark(&document, "Fuel moved", &[]);
    desk.run("highlight_note", json!({ "highlight": one, "note": "who?" }));
    desk.run("link_create", json!({ "from": one, "to": two, "relation": desk.relation("contradicts") }));
    let figures = desk.run("dashboard", json!({}));
    let counts = |keys: &[&str]| keys.iter().map(|key| figures[*key].clone()).collect::<Vec<Value>>();
    let keys =
        ["documents", "highlights", "noted", "unnoted", "untagged", "links", "contradictions", "paragraphs", "covered"];
    assert_eq!(counts(&keys), [1, 3, 1, 2, 1, 1, 1, 4, 2].map(|n| json!(n)));
    assert_eq!(figures["tags"][0]["count"], json!(2));
    assert_eq!(figures["pairs"][0]["count"], json!(1));
    assert!((figures["pairs"][0]["expected"].as_f64().expect("a number") - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(figures["contradictory"][0]["toQuote"], json!("denied every delivery"));
    let strips = desk.run("dashboard_strips", json!({ "document": document }));
    assert_eq!(strips[0]["marks"].as_array().map(Vec::len), Some(2));
    let open = desk.run("paragraphs_uncovered", json!({ "document": document }));
    assert_eq!(
        open.as_array().expect("a list").iter().map(|one| one["number"].clone()).collect::<Vec<_>>(),
        [json!(1), json!(4)]
    );
    let listed =
        desk.run("highlight_list", json!({ "tag": desk.tag("military"), "and": desk.tag("economic"), "noted": true }));
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
}

#[test]
fn search_finds_texts_quotes_notes_and_titles_in_any_script() {
    let (desk, document) = desk();
    let id = desk.mark(&document, "sealed wagons", &["military"]);
    desk.run("highlight_note", json!({ "highlight": id, "note": "Two firms, same *satellite* pass." }));
    let found = |query: &str| -> Vec<(String, String)> {
        let results = desk.run("search", json!({ "query": query }));
        let groups = results["groups"].as_array().expect("groups");
        let hits = groups.iter().flat_map(|group| group["hits"].as_array().expect("hits"));
        hits.map(|hit| {
            let excerpt: Vec<char> = hit["excerpt"].as_str().expect("text").chars().collect();
            let marked = hit["marks"].as_array().expect("marks").iter().map(|mark| {
                let at = |side: usize| mark[side].as_u64().expect("a place") as usize;
                excerpt[at(0)..at(1)].iter().collect::<String>()
            });
            (hit["kind"].as_str().expect("kind").to_owned(), marked.collect::<Vec<_>>().join("|"))
        })
        .collect()
    };
    let hit = |kind: &str, marked: &str| (kind.to_owned(), marked.to_owned());
    assert_eq!(found("sealed"), [hit("text", "sealed"), hit("quote", "sealed")]);
    assert_eq!(found("\"sealed wagons\" river"), [hit("text", "river|sealed wagons")]);
    assert_eq!(found("партнерстве"), [hit("text", "партнёрстве")]);
    assert_eq!(found("러시아"), [hit("text", "러시아")]);
    assert_eq!(found("satell*"), [hit("note", "satellite")]);
    assert_eq!(found("\"A text\""), [hit("title", "A text")]);
    assert_eq!(found("tag:military"), [hit("quote", "")]);
    assert_eq!(found("tag:economic"), []);
    assert_eq!(found("tag:military satellite has:note"), [hit("note", "satellite")]);
    assert_eq!(found("ceiling NOT fuel"), []);
    assert_eq!(found("ceiling OR sealed").len(), 3);
    desk.run("highlight_delete", json!({ "highlights": [id] }));
    assert_eq!(found("satellite"), []);
    desk.run("undo", json!({}));
    assert_eq!(found("satellite"), [hit("note", "satellite")]);
    desk.run("document_delete", json!({ "document": document }));
    assert_eq!(found("sealed"), []);
    assert_eq!(desk.refused("search", json!({ "query": "has:teeth" })), ErrorCode::QueryInvalid);
}

#[test]
fn an_export_is_the_same_every_time_and_narrows_by_tag() {
    let (desk, document) = desk();
    desk.mark(&document, "sealed wagons", &["military"]);
    desk.mark(&document, "Fuel moved", &["economic"]);
    let preview = |tags: Value| {
        desk.run("export_preview", json!({ "documents": [], "tags": tags, "groupBy": "document", "limit": 100_000 }))
    };
    let all = preview(json!([]));
    assert_eq!((&all["highlights"], &all["whole"]), (&json!(2), &json!(true)));
    assert_eq!(preview(json!([])), all);
    let military = preview(json!([desk.tag("military")]));
    assert_eq!(military["highlights"], json!(1));
    assert!(!military["markdown"].as_str().expect("text").contains("Fuel moved"));
}

#[test]
fn check_and_compact_keep_what_undo_needs() {
    let (desk, document) = desk();
    desk.mark(&document, "sealed wagons", &["military"]);
    desk.run("document_delete", json!({ "document": document }));
    assert_eq!(desk.run("project_compact", json!({}))["texts"], json!(0), "undo still needs the text");
    desk.run("undo", json!({}));
    let report = desk.run("project_check", json!({}));
    assert_eq!((&report["ok"], &report["highlights"]), (&json!(true), &json!(1)));
    assert_eq!(desk.project.document_text(&document).expect("the text").text.as_str(), TEXT);
}

#[test]
fn packed_highlights_say_the_same_as_the_table_and_as_those_near_the_screen() {
    let mut desk = Desk::new();
    desk.units = gloss_core::api::Units::Utf16;
    let document = desk.paste("😀 One passage stands here.\n\nAnother 😀 passage, and a third one.");
    let one = desk.mark(&document, "One passage", &["economic", "military"]);
    let two = desk.mark(&document, "Another 😀 passage", &[]);
    desk.mark(&document, "passage, and a", &["military"]);
    desk.run("highlight_note", json!({ "highlight": two, "note": "n" }));
    desk.run("link_create", json!({ "from": one, "to": two, "relation": desk.relation("causes") }));
    let table = desk.run("document_open", json!({ "document": document }))["highlights"].clone();
    let rows = table["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 3);

    let near = |from: u32, to: u32| {
        let open = desk.run("document_open", json!({ "document": document, "near": [from, to] }));
        open["highlights"]["rows"].as_array().expect("rows").clone()
    };
    assert_eq!(&near(0, 9_999), rows);
    let opened = desk.run("document_open", json!({ "document": document }));
    let version = opened["document"]["version"].clone();
    let known = desk.run("document_open", json!({ "document": document, "known": version }));
    assert_eq!(known["blocks"], json!([]), "what the caller has is left out");
    assert_eq!((&known["highlights"], &known["length"]), (&opened["highlights"], &opened["length"]));
    let other = json!({ "document": document, "known": "0190a000-0000-7000-8000-000000000000" });
    assert_eq!(desk.run("document_open", other), opened);
    assert_eq!(near(0, 5), rows[..1]);
    let start = rows[1][1].as_u64().expect("a start") as u32;
    assert_eq!(near(start + 2, start + 3), rows[1..2], "one that begins before the stretch is there");
    let named = desk.run("highlight_rows", json!({ "document": document, "ids": [two, one] }));
    assert_eq!(named["rows"].as_array().expect("rows")[..], rows[..2]);

    let bytes = desk.project.highlights_packed(desk.units, &document).expect("packed");
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    let [count, tags, sets, members, _] = [0, 1, 2, 3, 4].map(|at| number(at * 4) as usize);
    assert_eq!((count, tags), (3, table["tags"].as_array().expect("tags").len()));
    let begins = 20 + tags * 16;
    let inside = begins + (sets + 1) * 4;
    let starts = inside + members * 4;
    let ids = starts + count * 12;
    assert_eq!(bytes.len(), ids + count * 17);
    for (at, row) in rows.iter().enumerate() {
        let set = number(starts + (2 * count + at) * 4) as usize;
        let (from, to) = (number(begins + set * 4) as usize, number(begins + set * 4 + 4) as usize);
        let carried: Vec<u32> = (from..to).map(|at| number(inside + at * 4)).collect();
        let id = uuid::Uuid::from_slice(&bytes[ids + at * 16..ids + at * 16 + 16]).expect("an id");
        let (start, end) = (number(starts + at * 4), number(starts + (count + at) * 4));
        assert_eq!(&json!([id, start, end, carried, bytes[ids + count * 16 + at]]), row);
    }
}

#[test]
fn the_newest_highlights_come_first_whatever_the_order_of_their_texts() {
    let desk = Desk::new();
    let first = desk.paste("Поезда пересекли реку. Officials denied it. 열차가 건넜다.");
    let second = desk.paste("Freight trains crossed the river.");
    let made = [
        desk.mark(&second, "the river", &[]),
        desk.mark(&first, "열차가", &["military"]),
        desk.mark(&second, "Freight", &[]),
        desk.mark(&first, "Поезда", &[]),
    ];
    let ids = |filter: Value| -> Vec<Value> {
        let listed = desk.run("highlight_list", filter);
        listed.as_array().expect("a list").iter().map(|one| one["id"].clone()).collect()
    };
    let newest: Vec<Value> = made.iter().rev().map(|id| json!(id)).collect();
    assert_eq!(ids(json!({ "newest": true })), newest);
    assert_eq!(ids(json!({ "newest": true, "limit": 2 })), newest[..2]);
    assert_eq!(ids(json!({ "newest": true, "document": first })), [newest[0].clone(), newest[2].clone()]);
    // A note that is written later makes a highlight no newer; texts are listed in their own order otherwise.
    desk.run("highlight_note", json!({ "highlight": made[0], "note": "later" }));
    assert_eq!(ids(json!({ "newest": true })), newest);
    assert_eq!(ids(json!({})), [&made[3], &made[1], &made[2], &made[0]].map(|id| json!(id)));
}
