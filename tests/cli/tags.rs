//! Tags: shipped, made, changed, merged and removed by name.

use crate::bench::Bench;
use serde_json::{Value, json};

fn named(bench: &Bench, name: &str) -> Value {
    let tags = bench.json(&["tags"]);
    tags.as_array().expect("a list").iter().find(|tag| tag["name"] == name).cloned().unwrap_or_default()
}

#[test]
fn the_shipped_ones_are_there_with_keys_and_colours() {
    let bench = Bench::empty();
    for (name, key, colour) in
        [("military", "m", "#D55E00"), ("economic", "e", "#00805D"), ("diplomatic", "d", "#0072B2")]
    {
        let tag = named(&bench, name);
        assert_eq!((&tag["key"], &tag["parent"], &tag["highlights"]), (&json!(key), &Value::Null, &json!(0)));
        assert!(tag["colour"].as_str().is_some_and(|given| given.eq_ignore_ascii_case(colour)), "{tag}");
        assert!(tag["definition"].is_string());
    }
    assert_eq!(bench.ok(&["tags"]).lines().count(), 3);
}

#[test]
fn made_with_all_their_details() {
    let bench = Bench::empty();
    let id = bench.ok(&[
        "tag",
        "create",
        "sanctions",
        "--colour",
        "#A3447F",
        "--key",
        "s",
        "--definition",
        "- Measures.",
        "--parent",
        "economic",
    ]);
    let tag = named(&bench, "sanctions");
    assert_eq!(tag["id"], id.trim());
    assert_eq!(tag["parent"], named(&bench, "economic")["id"]);
    assert_eq!((&tag["key"], &tag["definition"]), (&json!("s"), &json!("- Measures.")));
}

#[test]
fn edited_and_renamed() {
    let bench = Bench::empty();
    bench.ok(&["tag", "create", "oil", "--key", "o", "--parent", "economic"]);
    bench.ok(&["tag", "rename", "oil", "energy"]);
    bench.ok(&["tag", "edit", "energy", "--no-key", "--no-parent", "--definition", "Fuel."]);
    let tag = named(&bench, "energy");
    assert_eq!((&tag["key"], &tag["parent"], &tag["definition"]), (&Value::Null, &Value::Null, &json!("Fuel.")));
    bench.ok(&["undo"]);
    assert_eq!(named(&bench, "energy")["key"], "o");
}

#[test]
fn merged_and_deleted() {
    let (bench, document) = Bench::with_text();
    bench.ok(&["tag", "create", "trade"]);
    bench.ok(&["highlight", "--document", &document, "--quote", "rose", "--tag", "trade"]);
    assert_eq!(bench.ok(&["tag", "merge", "trade", "economic"]), "1\n");
    assert_eq!(bench.json(&["highlights"])[0]["tags"], json!(["economic"]));
    bench.ok(&["tag", "delete", "economic"]);
    assert_eq!(bench.json(&["highlights"])[0]["tags"], json!([]));
    bench.ok(&["undo"]);
    bench.ok(&["tag", "delete", "economic", "--with-highlights"]);
    assert_eq!(bench.json(&["highlights"]), json!([]));
}

#[test]
fn what_a_tag_cannot_be_is_refused() {
    let bench = Bench::empty();
    let cases: [(&[&str], &str); 10] = [
        (&["tag", "create", "Military"], "tag_name_taken"),
        (&["tag", "create", " "], "tag_name_empty"),
        (&["tag", "create", "x", "--key", "m"], "tag_key_taken"),
        (&["tag", "create", "x", "--key", "xy"], "tag_key_invalid"),
        (&["tag", "create", "x", "--colour", "red"], "tag_colour_invalid"),
        (&["tag", "create", "x", "--parent", "nowhere"], "tag_unknown"),
        (&["tag", "edit", "military", "--parent", "military"], "tag_cycle"),
        (&["tag", "rename", "nowhere", "x"], "tag_unknown"),
        (&["tag", "merge", "military", "nowhere"], "tag_unknown"),
        (&["tag", "delete", "nowhere"], "tag_unknown"),
    ];
    for (words, code) in cases {
        assert_eq!(bench.refused(words), code, "{words:?}");
    }
}
