//! Links: typed and directed, by the relation's label or its inverse.

use crate::bench::Bench;
use serde_json::json;

fn two() -> (Bench, String, String) {
    let (bench, document) = Bench::with_text();
    let mark = |quote| bench.ok(&["highlight", "--document", &document, "--quote", quote]).trim().to_owned();
    let (one, two) = (mark("exports rose"), mark("treaties grew"));
    (bench, one, two)
}

#[test]
fn made_and_listed() {
    let (bench, from, to) = two();
    let id = bench.ok(&["link", "--from", &from, "--to", &to, "--relation", "contradicts", "--note", "See table 2."]);
    let links = bench.json(&["links"]);
    let said = ["id", "from", "to", "relation", "note"].map(|key| links[0][key].as_str().expect("text").to_owned());
    assert_eq!(said, [id.trim(), &from, &to, "contradicts", "See table 2."]);
    let line = bench.ok(&["links"]);
    assert!(line.starts_with(id.trim()) && line.contains("contradicts"), "{line}");
}

#[test]
fn an_inverse_label_ties_the_other_way_round() {
    let (bench, from, to) = two();
    bench.ok(&["link", "--from", &from, "--to", &to, "--relation", "Supported by"]);
    let link = &bench.json(&["links"])[0];
    assert_eq!((&link["from"], &link["to"], &link["relation"]), (&json!(to), &json!(from), &json!("supports")));
}

#[test]
fn all_relations_of_the_product_are_there() {
    let bench = Bench::empty();
    let relations = bench.json(&["relations"]);
    let labels: Vec<&str> = relations.as_array().expect("a list").iter().filter_map(|r| r["label"].as_str()).collect();
    for label in [
        "supports",
        "contradicts",
        "elaborates",
        "qualifies",
        "causes",
        "precedes",
        "same event",
        "attributed to",
        "responds to",
        "related",
    ] {
        assert!(labels.contains(&label), "{label} is not in {labels:?}");
    }
}

#[test]
fn a_person_adds_relations() {
    let (bench, from, to) = two();
    let id = bench.ok(&["relation", "create", "cites", "--inverse", "cited by"]);
    bench.ok(&["link", "--from", &from, "--to", &to, "--relation", "cited by"]);
    let link = &bench.json(&["links"])[0];
    assert_eq!((&link["relation"], &link["from"]), (&json!("cites"), &json!(to)));
    assert!(bench.ok(&["relations"]).contains(id.trim()));
    bench.ok(&["relation", "create", "beside", "--symmetric"]);
    assert_eq!(bench.refused(&["relation", "create", "", "--inverse", "x"]), "relation_label_empty");
}

#[test]
fn what_cannot_be_tied_is_refused() {
    let (bench, from, to) = two();
    let nobody = "0190a000-0000-7000-8000-000000000000";
    let tied = |from: &str, to: &str, relation: &str| {
        bench.refused(&["link", "--from", from, "--to", to, "--relation", relation])
    };
    assert_eq!(tied(&from, &from, "supports"), "link_to_itself");
    assert_eq!(tied(&from, nobody, "supports"), "highlight_unknown");
    assert_eq!(tied("x", &to, "supports"), "highlight_unknown");
    assert_eq!(tied(&from, &to, "eats"), "relation_unknown");
    assert_eq!(bench.refused(&["link", "delete", nobody]), "link_unknown");
    assert_eq!(bench.refused(&["link", "edit", nobody, "--note", "x"]), "link_unknown");
}

#[test]
fn edited_and_deleted() {
    let (bench, from, to) = two();
    let id = bench.ok(&["link", "--from", &from, "--to", &to, "--relation", "causes"]);
    bench.ok(&["link", "edit", id.trim(), "--relation", "precedes"]);
    bench.ok(&["link", "edit", id.trim(), "--note", "Earlier."]);
    let link = &bench.json(&["links"])[0];
    assert_eq!((&link["relation"], &link["note"]), (&json!("precedes"), &json!("Earlier.")));
    bench.ok(&["link", "delete", id.trim()]);
    assert_eq!(bench.json(&["links"]), json!([]));
}
