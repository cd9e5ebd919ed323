//! No statement walks through a table that grows, unless it is meant to: every statement that SQLite is given while the
//! whole list of commands runs is asked for its plan. Nobody keeps a list of statements; what is meant to walk through
//! everything stands here with its reason.

mod desk;

use desk::Desk;
use gloss_core::api::COMMANDS;
use gloss_core::documents::{Overrides, import_file};
use gloss_core::exports::{ExportOptions, markdown};
use gloss_core::upkeep::upkeep;
use gloss_core::versions::import_version;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::ffi;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::sync::Mutex;

/// Tables that stay small: a codebook, the types of links, the files of a library, and what waits to be indexed.
const SMALL: [&str; 4] = ["tag", "relation", "document", "stale"];

/// What may walk through everything, by a part of its text, and why.
const MEANT: &[(&str, &str)] = &[
    ("FROM change ORDER BY seq DESC LIMIT", "stops after the rows that are asked for"),
    ("FROM change ORDER BY seq LIMIT 1", "stops at the first row"),
    ("SELECT count(*) FROM highlight", "how many there are; the smallest index is enough for it"),
    ("SELECT count(*) FROM link", "how many there are; the smallest index is enough for it"),
    ("SELECT id FROM highlight WHERE note <> ''", "the tally's first reading: every note, from an index of those only"),
    (
        "SELECT source FROM link UNION ALL SELECT target FROM link",
        "which passages are linked: links are few beside them",
    ),
    ("FROM link l JOIN relation r ON r.id = l.relation", "the list of all links"),
    ("ORDER BY d.created_at, d.id, a.start IS NULL", "the list of all highlights"),
    ("WHERE 1 ORDER BY h.id DESC LIMIT", "the newest highlights: stops after the rows that are asked for"),
    ("instr(changeset", "compact: what the journal still needs"),
    ("/* every row */", "check, and exports of a damaged project: each row as the program reads it"),
    ("SELECT hash, body FROM", "check: every text against its hash"),
    ("SELECT hash, bytes FROM", "check: every original against its hash"),
    ("SELECT highlight, tag FROM highlight_tag ORDER BY", "the tally's first reading: every tagging"),
    ("SELECT id FROM version ORDER BY id", "check: the anchors of every version"),
    ("FROM passage p WHERE p.kind =", "a search by filters alone lists what fits them"),
    ("SELECT rowid, rank FROM", "the index's own reading of the hits that it ranks"),
];

static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Notes the text of a statement that begins to run.
#[allow(unsafe_code, reason = "SQLite calls this with a statement and its text")]
unsafe extern "C" fn note(_: c_uint, _: *mut c_void, statement: *mut c_void, _: *mut c_void) -> c_int {
    // SAFETY: SQLite passes the running statement, whose text lives as long as it does.
    let sql = unsafe { ffi::sqlite3_sql(statement.cast()) };
    if !sql.is_null() {
        // SAFETY: a text that ends with a zero byte, as above.
        let sql = unsafe { CStr::from_ptr(sql) }.to_string_lossy().into_owned();
        SEEN.lock().expect("nobody panics in between").insert(sql);
    }
    0
}

/// Listens to every connection that is opened from now on.
#[allow(unsafe_code, reason = "SQLite calls this with a fresh connection")]
unsafe extern "C" fn listen(db: *mut ffi::sqlite3, _: *mut *mut c_char, _: *const ffi::sqlite3_api_routines) -> c_int {
    // SAFETY: the connection is open, and `note` needs no context.
    unsafe { ffi::sqlite3_trace_v2(db, ffi::SQLITE_TRACE_STMT as c_uint, Some(note), std::ptr::null_mut()) }
}

const TEXT: &str = "Freight trains crossed the river with sealed wagons. Officials denied every delivery.\n\n\
    Fuel moved the other way in volumes above the ceiling.\n\nNothing more is known.";

/// Runs every command at least once.
fn run_everything(desk: &Desk) {
    let file = desk.folder.path().join("source.txt");
    std::fs::write(&file, TEXT).expect("written");
    let imported = import_file(&desk.project, &file, &Overrides::default()).expect("imported");
    let page = desk.folder.path().join("page.html");
    let story = "<p>Two trains crossed the river with sealed wagons, and nobody in the town denied it.</p>".repeat(30);
    std::fs::write(&page, format!("<nav><a href=/>Front page</a></nav><article>{story}</article>")).expect("written");
    let page = import_file(&desk.project, &page, &Overrides::default()).expect("imported");
    let document = desk.paste(TEXT);
    let one = desk.mark(&document, "sealed wagons", &["military"]);
    let two = desk.mark(&document, "Fuel", &["economic"]);
    let three = desk.mark(&imported.to_string(), "river", &[]);
    let link =
        desk.run("link_create", json!({ "from": one, "to": two, "relation": desk.relation("causes") }))["id"].clone();
    desk.run("link_create", json!({ "from": one, "to": three, "relation": desk.relation("contradicts") }));
    let made = |name: &str| desk.run("tag_create", json!({ "name": name }))["id"].clone();
    let (first, second, third) = (made("first"), made("second"), made("third"));
    let (military, economic) = (desk.tag("military"), desk.tag("economic"));
    let mut spare = vec![desk.paste("A text to be removed."), desk.mark(&document, "delivery", &["military"])];
    let details = json!({ "document": document, "title": "A text", "author": "A. B.", "publisher": "", "published": "",
        "url": "", "accessed": "", "language": "en" });
    let revised = desk.paste(TEXT);
    let unsure = desk.mark(&revised, "crossed the river with sealed wagons", &[]);
    let version = desk.run("document_open", json!({ "document": revised }))["document"]["version"].clone();
    for name in COMMANDS {
        let all: Vec<Value> = match *name {
            "document_list" | "tag_list" | "tag_names" | "relation_list" | "dashboard" | "project_check" | "undo"
            | "redo" | "project_compact" => vec![json!({})],
            "document_open" => vec![
                json!({ "document": document }),
                json!({ "document": document, "near": [0, 20] }),
                json!({ "document": revised, "known": version }),
            ],
            "dashboard_strips" | "paragraphs_uncovered" => vec![json!({ "document": document })],
            "document_paste" => vec![json!({ "text": "Another text." })],
            "document_update" => vec![details.clone()],
            "document_delete" => vec![json!({ "document": spare.remove(0) })],
            "highlight_create" => {
                vec![json!({ "document": document, "start": 0, "end": 7, "tags": [military], "note": "n" })]
            }
            "highlight_quote" => vec![json!({ "document": document, "quote": "ceiling", "tags": [economic] })],
            "highlight_bounds" => vec![json!({ "highlight": two, "start": 0, "end": 14 })],
            "highlight_note" => {
                ["a", "ab"].map(|note| json!({ "highlight": one, "note": note, "typing": true })).into()
            }
            "highlight_tag" => [true, false].map(|on| json!({ "highlights": [one], "tag": economic, "on": on })).into(),
            "highlight_delete" => vec![json!({ "highlights": [spare.remove(0)] })],
            "highlight_list" => vec![
                json!({}),
                json!({ "document": document, "tag": military, "noted": true, "linked": true, "limit": 5 }),
                json!({ "tag": military, "and": economic }),
                json!({ "ids": [one], "unnoted": true, "untagged": true }),
                json!({ "newest": true, "limit": 3 }),
                json!({ "document": revised, "review": "lost" }),
            ],
            "document_confirm" => vec![json!({ "document": document })],
            "document_revise" => {
                vec![json!({ "document": revised, "text": TEXT.replace("sealed wagons", "sealed waggons") })]
            }
            "document_whole_page" => vec![json!({ "document": page })],
            "version_list" => vec![json!({ "document": revised })],
            "version_open" => vec![json!({ "version": version })],
            "review_list" => vec![json!({}), json!({ "document": revised, "limit": 5 })],
            "review_confirm" => vec![json!({ "highlights": [unsure] })],
            "document_cite" => vec![json!({ "document": document, "author": "Doe, Jane" })],
            "document_csl" => vec![json!({}), json!({ "documents": [document] })],
            "kind_list" => vec![json!({})],
            "highlight_rows" => vec![json!({ "document": document, "ids": [one] })],
            "highlight_cards" => vec![json!({ "ids": [one, two] })],
            "tag_create" => vec![json!({ "name": "fourth" })],
            "tag_update" => vec![json!({ "tag": first, "name": "first of all", "colour": "#112233", "key": null,
                "definition": "", "parent": second })],
            "tag_merge" => vec![json!({ "from": first, "into": second })],
            "tag_delete" => vec![json!({ "tag": third, "highlights": "delete" })],
            "relation_create" => vec![json!({ "label": "echoes", "inverse": "echoed by", "symmetric": false })],
            "link_create" => vec![json!({ "from": two, "to": three, "relation": desk.relation("supports") })],
            "link_update" => vec![json!({ "link": link, "relation": desk.relation("supports"), "note": "n" })],
            "link_delete" => vec![json!({ "link": link })],
            "link_list" => vec![json!({}), json!({ "relation": desk.relation("contradicts") })],
            "search" => {
                ["fuel", "tag:military", "\"sealed wagons\" tag:military has:link", "doc:text has:note", "author:b fu*"]
                    .map(|query| json!({ "query": query }))
                    .into()
            }
            "history_list" => vec![json!({ "limit": 5 }), json!({})],
            "export_preview" => vec![json!({ "documents": [], "tags": [military], "groupBy": "tag" })],
            other => panic!("say here what {other} is called with"),
        };
        for arguments in all {
            desk.run(name, arguments);
        }
    }
    std::fs::write(&file, format!("{TEXT} Now it is.")).expect("written");
    import_version(&desk.project, imported, &file).expect("a new version");
    desk.run("undo", json!({}));
    markdown(&desk.project, &ExportOptions::default()).expect("exported");
    desk.project.highlights_packed(desk.units, &document).expect("packed");
    upkeep(&desk.project).expect("kept up");
    desk.project.changes_outside().expect("looked");
}

#[test]
fn no_statement_scans_a_table_that_grows() {
    // SAFETY: `listen` opens and closes no connection.
    #[allow(unsafe_code, reason = "listens to the connections that the project opens")]
    unsafe {
        rusqlite::auto_extension::register_auto_extension(listen).expect("registered");
    }
    let desk = Desk::new();
    run_everything(&desk);
    rusqlite::auto_extension::reset_auto_extension();
    let seen = SEEN.lock().expect("nobody panicked").clone();
    let db = Connection::open(desk.path()).expect("opens");
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRIGGER_EQP, true).expect("plans of triggers too");
    let tables: BTreeSet<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .and_then(|mut names| names.query_map([], |row| row.get(0))?.collect())
        .expect("the tables");
    let mut asked = 0;
    let mut faults = Vec::new();
    let mut unused: BTreeSet<&str> = MEANT.iter().map(|(part, _)| *part).collect();
    for sql in &seen {
        let word = sql.split_whitespace().next().unwrap_or_default().to_uppercase();
        if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(&word.as_str()) || sql.contains("passage_words_")
        {
            continue;
        }
        let Ok(mut statement) = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")) else {
            panic!("has no plan: {sql}");
        };
        asked += 1;
        let details: Vec<Option<String>> =
            statement.raw_query().mapped(|row| row.get(3)).collect::<Result<_, _>>().expect("a plan");
        let names = names(sql);
        for detail in details.into_iter().flatten() {
            let Some(scanned) = detail.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()) else { continue };
            // A name that stands for no table is a query inside the query, whose own plan is looked at by itself.
            let table = names.get(scanned).map_or(scanned, String::as_str);
            let table = table.strip_prefix("main.").unwrap_or(table);
            // The index of words says which rows it is asked for: by a match or by number, or all when it says nothing.
            let sought = detail.contains("VIRTUAL TABLE INDEX") && !detail.ends_with(':');
            if !tables.contains(table) || SMALL.contains(&table) || sought {
                continue;
            }
            match MEANT.iter().find(|(part, _)| sql.contains(part)) {
                Some((part, _)) => _ = unused.remove(part),
                None => faults.push(format!("{detail}\n    in {sql}")),
            }
        }
    }
    assert!(asked > 80, "only {asked} statements were seen");
    assert!(faults.is_empty(), "{} scans that nobody meant:\n{}", faults.len(), faults.join("\n"));
    assert!(unused.is_empty(), "meant, but no statement scans so any more: {unused:?}");
}

/// The tables behind the short names of a statement.
fn names(sql: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let words: Vec<&str> = sql.split(|c: char| c.is_whitespace() || c == ',' || c == '(' || c == ')').collect();
    for at in 0..words.len().saturating_sub(2) {
        if ["FROM", "JOIN"].contains(&words[at]) {
            let alias = if words[at + 2] == "AS" { words.get(at + 3) } else { words.get(at + 2) };
            names.insert(alias.copied().unwrap_or_default().to_owned(), words[at + 1].to_owned());
        }
    }
    names
}
