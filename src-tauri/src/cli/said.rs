//! What a person reads: each answer of the core in plain lines. Deliberately absent: anything that is not in the
//! answer.

use super::columns::{aligned, harmless, moment, shortened};
use super::names::text;
use super::terminal;
use serde_json::Value;

/// The widest a passage may be at the end of a line, in terminal cells.
const PASSAGE: usize = 72;

/// Nothing: the exit status says it.
pub(crate) fn nothing(_: &Value) -> String {
    String::new()
}

/// The id of what was made.
pub(crate) fn id(made: &Value) -> String {
    format!("{}\n", text(made, "id"))
}

/// The ids of what was made, one a line.
pub(crate) fn ids(made: &Value) -> String {
    rows(made).iter().map(id).collect()
}

/// The ids of what was made of folders, one a line.
pub(crate) fn imported(answer: &Value) -> String {
    ids(&answer["documents"])
}

/// What a change was.
pub(crate) fn label(change: &Value) -> String {
    format!("{}\n", harmless(&text(change, "label")))
}

/// The text itself, exactly.
pub(crate) fn text_of(answer: &Value) -> String {
    text(answer, "text")
}

/// The Markdown itself, exactly.
pub(crate) fn markdown(answer: &Value) -> String {
    text(answer, "markdown")
}

/// The answer itself, for another program to read.
pub(crate) fn indented(answer: &Value) -> String {
    format!("{}\n", terminal::json(&format!("{answer:#}")))
}

pub(crate) fn documents(documents: &Value) -> String {
    listed(documents, |d| [text(d, "id"), text(d, "title"), text(d, "author"), number(d, "highlights")])
}

/// A source as it is cited, in full and in short, one a line; in full only where more than its title is known.
pub(crate) fn citation(citation: &Value) -> String {
    let lines = [text(citation, "full"), text(citation, "short")];
    lines.iter().filter(|line| !line.is_empty()).map(|line| format!("{}\n", harmless(line))).collect()
}

pub(crate) fn versions(versions: &Value) -> String {
    listed(versions, |v| {
        let current = if v["current"] == Value::Bool(true) { "current" } else { "" };
        [
            text(v, "id"),
            moment(v["imported"].as_i64().unwrap_or(0)),
            text(v, "format"),
            format!("{} words", number(v, "words")),
            format!("{} placed", number(v, "placed")),
            format!("{} in review", number(v, "awaiting")),
            current.into(),
        ]
    })
}

/// One line a highlight, and below it one line for each place where it may stand.
pub(crate) fn review(review: &Value) -> String {
    let mut lines = String::new();
    for one in rows(review) {
        let reason = text(one, "reason");
        lines.push_str(&format!("{}  {reason}  {}\n", text(one, "highlight"), passage(&text(one, "quote"))));
        let candidates = listed(&one["candidates"], |c| {
            let range = format!("{}-{}", number(c, "start"), number(c, "end"));
            let score = c["score"].as_f64().unwrap_or(0.0);
            let here = if c["start"] == one["place"]["start"] { "here now" } else { "" };
            [range, format!("{score:.2}"), here.into(), passage(&text(c, "quote"))]
        });
        for candidate in candidates.lines() {
            lines.push_str(&format!("  {candidate}\n"));
        }
    }
    lines
}

pub(crate) fn highlights(highlights: &Value) -> String {
    listed(highlights, |h| {
        let range = match (h["start"].as_u64(), h["end"].as_u64()) {
            (Some(start), Some(end)) => format!("{start}-{end}"),
            _ => "in review".into(),
        };
        let tags: Vec<&str> = rows(&h["tags"]).iter().filter_map(Value::as_str).collect();
        let noted = if text(h, "note").is_empty() { "" } else { "note" };
        [text(h, "id"), range, tags.join(", "), noted.into(), passage(&text(h, "quote"))]
    })
}

pub(crate) fn links(links: &Value) -> String {
    listed(links, |l| [text(l, "id"), text(l, "from"), text(l, "relation"), text(l, "to"), passage(&text(l, "note"))])
}

pub(crate) fn tags(tags: &Value) -> String {
    let parent = |tag: &Value| {
        let above = rows(tags).iter().find(|other| other["id"] == tag["parent"]);
        above.map(|above| format!("under {}", text(above, "name"))).unwrap_or_default()
    };
    listed(tags, |t| {
        let key = t["key"].as_str().unwrap_or("-").to_owned();
        [
            text(t, "id"),
            text(t, "name"),
            key,
            text(t, "colour"),
            number(t, "highlights"),
            parent(t),
            passage(&text(t, "definition")),
        ]
    })
}

pub(crate) fn relations(relations: &Value) -> String {
    listed(relations, |r| [text(r, "id"), text(r, "label"), text(r, "inverse"), number(r, "links")])
}

pub(crate) fn history(changes: &Value) -> String {
    listed(changes, |c| {
        let undone = if c["undone"] == Value::Bool(true) { "undone" } else { "" };
        [text(c, "id"), moment(c["at"].as_i64().unwrap_or(0)), undone.into(), text(c, "label")]
    })
}

pub(crate) fn search(results: &Value) -> String {
    let mut lines = String::new();
    for group in rows(&results["groups"]) {
        let total = number(group, "total");
        lines.push_str(&format!("{}  {}  ({total})\n", text(group, "document"), harmless(&text(group, "title"))));
        let hits = listed(&group["hits"], |hit| {
            let place = hit["start"].as_u64().map_or("-".into(), |start| start.to_string());
            let highlight = hit["highlight"].as_str().unwrap_or("-").to_owned();
            [text(hit, "kind"), place, highlight, passage(&text(hit, "excerpt"))]
        });
        for hit in hits.lines() {
            lines.push_str(&format!("  {hit}\n"));
        }
    }
    lines
}

pub(crate) fn stats(stats: &Value) -> String {
    let counts = [
        "documents",
        "highlights",
        "noted",
        "unnoted",
        "untagged",
        "lost",
        "unconfirmed",
        "links",
        "contradictions",
        "paragraphs",
        "covered",
    ];
    let mut lines = aligned(&counts.map(|name| [name.to_owned(), number(stats, name)]));
    let mut section = |title: &str, table: String| {
        if !table.is_empty() {
            lines.push_str(&format!("\n{title}\n{table}"));
        }
    };
    section(
        "Tags",
        listed(&stats["tags"], |t| {
            let share = t["share"].as_f64().unwrap_or(0.0) * 100.0;
            [text(t, "name"), number(t, "count"), format!("{share:.0} %")]
        }),
    );
    section("Tags by document", listed(&stats["cells"], |c| [text(c, "title"), text(c, "name"), number(c, "count")]));
    section(
        "Tags that occur together",
        listed(&stats["pairs"], |p| {
            let expected = p["expected"].as_f64().unwrap_or(0.0);
            [text(p, "aName"), text(p, "bName"), number(p, "count"), format!("{expected:.1} by chance")]
        }),
    );
    section("Links by relation", listed(&stats["relations"], |r| [text(r, "label"), number(r, "count")]));
    section(
        "Paragraphs covered",
        listed(&stats["coverage"], |c| {
            [text(c, "title"), format!("{} of {}", number(c, "covered"), number(c, "paragraphs"))]
        }),
    );
    lines
}

pub(crate) fn check(report: &Value) -> String {
    let mut lines: String = rows(&report["problems"])
        .iter()
        .map(|problem| format!("{}: {}\n", text(problem, "code"), harmless(&text(problem, "message"))))
        .collect();
    let counts = ["documents", "highlights", "links"].map(|name| format!("{} {name}", number(report, name)));
    let verdict = if report["ok"] == Value::Bool(true) { "ok" } else { "not ok" };
    lines.push_str(&format!("{verdict}: {}\n", counts.join(", ")));
    lines
}

pub(crate) fn compact(report: &Value) -> String {
    let (before, after) = (number(report, "before"), number(report, "after"));
    format!("{before} bytes before, {after} bytes now, {} texts dropped\n", number(report, "texts"))
}

pub(crate) fn moved(merged: &Value) -> String {
    format!("{}\n", number(merged, "moved"))
}

fn listed<const N: usize>(records: &Value, row: impl Fn(&Value) -> [String; N]) -> String {
    let rows: Vec<[String; N]> = rows(records).iter().map(row).collect();
    aligned(&rows)
}

fn rows(list: &Value) -> &[Value] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn number(record: &Value, key: &str) -> String {
    record[key].to_string()
}

/// A passage on one line, white space folded.
fn passage(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    shortened(&harmless(&words.join(" ")), PASSAGE)
}
