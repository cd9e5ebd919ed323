//! Remarks on a query as sentences, each with its place in code points. The window has its own in
//! `ui/src/shared/words/remarks.ts`.

use super::columns::harmless;
use super::names::text;
use serde_json::Value;

/// A sentence for each remark in the answer of a search.
pub(crate) fn sentences(results: &Value) -> Vec<String> {
    let remarks = results["remarks"].as_array().map_or(&[][..], Vec::as_slice);
    remarks.iter().map(|remark| harmless(&sentence(remark))).collect()
}

fn sentence(remark: &Value) -> String {
    let part = text(remark, "argument");
    let said = match text(remark, "code").as_str() {
        "tag_unknown" => format!("no tag is named “{part}”, so no passage carries it"),
        "tag_ambiguous" => format!("several tags are named “{part}” but for case or accents, and none was taken"),
        "document_unknown" => format!("no document has “{part}” in its title"),
        "author_unknown" => format!("no document has an author “{part}”"),
        "field_unknown" => {
            format!(
                "there is no field “{part}:”; the fields are tag:, doc:, author: and has:. It was searched for as words"
            )
        }
        "operator_unknown" => format!("“{part}” is no operator here; it was searched for as a word"),
        "sign_unknown" => format!("“{part}” is no operator here; it was left out"),
        "operator_dangling" => format!("{part} has nothing to join; it was left out"),
        "operator_small" => format!("“{part}” was searched for as a word"),
        "filter_inside" => {
            format!("the filter “{part}” holds for the whole search, not for one side of OR or for NOT ( )")
        }
        "quote_open" => "the quotation mark is not closed; all that follows it is the phrase".into(),
        "parenthesis_open" => "the parenthesis is not closed; it ends with the search".into(),
        "parentheses_empty" => "there is nothing in the parentheses; they were left out".into(),
        "star_misplaced" => format!("a star stands only at the end of a word; the one in “{part}” was left out"),
        _ => format!("“{part}” holds no letter, digit or symbol to look for"),
    };
    let suggestions = remark["suggestions"].as_array().map_or(&[][..], Vec::as_slice);
    let offered: Vec<&str> = suggestions.iter().filter_map(Value::as_str).map(str::trim).collect();
    let offered = if offered.is_empty() { String::new() } else { format!(" Did you mean {}?", offered.join(" or ")) };
    format!("{said} (at {}–{}).{offered}", remark["start"], remark["end"])
}
