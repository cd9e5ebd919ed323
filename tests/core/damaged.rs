//! Projects in which single values are damaged: everything else is listed, found, counted and exported, and a check names
//! each.

mod desk;

use desk::Desk;
use gloss_core::api::{Units, dispatch};
use gloss_core::env::Env;
use gloss_core::exports::{ExportOptions, markdown};
use gloss_core::project::Project;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use serde_json::{Value, json};

/// A project with two documents: the one that will be damaged, and another one.
struct Shelf {
    desk: Desk,
    /// The document that stays whole, and its highlight.
    good: String,
    good_highlight: String,
}

const GOOD: &str = "Prices rose by 12 %. Лёд тронулся, 얼었다.";
const BAD: &str = "The river ice broke on 4 March, two weeks early. 👩‍👩‍👧 watched: «рано».";

fn shelf() -> Shelf {
    let desk = Desk::new();
    let bad =
        desk.run("document_paste", json!({ "text": BAD, "title": "Ice" }))["id"].as_str().expect("an id").to_owned();
    let good =
        desk.run("document_paste", json!({ "text": GOOD, "title": "Bread" }))["id"].as_str().expect("an id").to_owned();
    let one = desk.mark(&bad, "two weeks early", &["military"]);
    desk.run("highlight_note", json!({ "highlight": one, "note": "Early." }));
    let two = desk.mark(&bad, "«рано»", &[]);
    let good_highlight = desk.mark(&good, "Prices rose", &["economic"]);
    desk.run("highlight_note", json!({ "highlight": good_highlight, "note": "Kept." }));
    let relation = desk.relation("supports");
    desk.run("link_create", json!({ "from": one, "to": two, "relation": relation, "note": "Both." }));
    desk.run("link_create", json!({ "from": good_highlight, "to": two, "relation": desk.relation("related") }));
    // Everything is indexed once, so that a damaged index shows too.
    desk.run("search", json!({ "query": "ice" }));
    Shelf { desk, good, good_highlight }
}

/// Changes a project by SQL in which every value is allowed, and opens it again.
fn damaged(shelf: Shelf, sql: &str) -> Shelf {
    let Shelf { desk, good, good_highlight } = shelf;
    let path = desk.path();
    let Desk { folder, project, units } = desk;
    drop(project);
    let db = Connection::open(&path).expect("opens");
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).expect("a setting");
    let loose = "PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON; \
         UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'STRICT, WITHOUT ROWID', 'WITHOUT ROWID'), \
         ') STRICT', ')'), ' NOT NULL', '') WHERE type = 'table' AND name NOT LIKE 'passage_words%'; \
         PRAGMA writable_schema = RESET;";
    let schema: Vec<(String, String)> = db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'")
        .and_then(|mut rows| rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .expect("a schema");
    db.execute_batch(loose).expect("loosened");
    db.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    db.execute_batch("PRAGMA writable_schema = ON").expect("a setting");
    for (name, sql) in schema {
        db.execute("UPDATE sqlite_schema SET sql = ?2 WHERE name = ?1", [name, sql]).expect("put back");
    }
    db.execute_batch(
        "PRAGMA writable_schema = RESET; INSERT OR IGNORE INTO stale SELECT * FROM (SELECT 'title', id FROM document \
         UNION ALL SELECT 'text', id FROM document UNION ALL SELECT 'highlight', id FROM highlight) WHERE typeof(id) = 'blob';",
    )
    .expect("put back");
    drop(db);
    let project = Project::open(&path, Env::system()).unwrap_or_else(|error| panic!("{sql}: {error}"));
    Shelf { desk: Desk { folder, project, units }, good, good_highlight }
}

fn length(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

/// Everything that does not concern the damaged value is there.
#[track_caller]
fn goes_on(shelf: &Shelf, what: &str) {
    let desk = &shelf.desk;
    let ok = |name: &str, arguments: Value| -> Value {
        let reply = desk.reply(name, arguments).unwrap_or_else(|error| panic!("{what}: {name}: {error}"));
        serde_json::from_str(&reply.json).expect("JSON")
    };
    let documents = ok("document_list", json!({}));
    let good = documents.as_array().expect("a list").iter().find(|one| one["id"] == json!(shelf.good)).expect(what);
    assert_eq!((&good["title"], &good["words"]), (&json!("Bread"), &json!(7)), "{what}");
    let highlights = ok("highlight_list", json!({}));
    let kept = highlights.as_array().expect("a list").iter().find(|one| one["id"] == json!(shelf.good_highlight));
    let kept = kept.unwrap_or_else(|| panic!("{what}: {highlights}"));
    assert_eq!((&kept["quote"], &kept["note"]), (&json!("Prices rose"), &json!("Kept.")), "{what}");
    assert_eq!(length(&ok("highlight_list", json!({ "document": shelf.good }))), 1, "{what}");
    for query in ["Prices", "Kept", "тронулся", "Bread", "tag:economic prices", "author:nobody", "doc:bread"] {
        let found = ok("search", json!({ "query": query }));
        assert_eq!(found["total"].as_u64() > Some(0), query != "author:nobody", "{what}: {query}");
    }
    let figures = ok("dashboard", json!({}));
    let coverage = figures["coverage"].as_array().expect("a list").iter().find(|one| one["title"] == "Bread");
    assert_eq!(coverage.expect(what)["highlights"], json!(1), "{what}");
    ok("tag_list", json!({}));
    ok("tag_names", json!({}));
    ok("relation_list", json!({}));
    ok("link_list", json!({}));
    ok("history_list", json!({}));
    ok("review_list", json!({}));
    ok("document_csl", json!({}));
    ok("highlight_cards", json!({ "ids": [shelf.good_highlight] }));
    ok("dashboard_strips", json!({ "document": shelf.good }));
    ok("document_open", json!({ "document": shelf.good }));
    assert!(desk.project.highlights_packed(Units::Utf16, &shelf.good).is_ok(), "{what}");
    // The whole document can be worked with, and the work taken back.
    let made = ok("highlight_quote", json!({ "document": shelf.good, "quote": "12 %", "tags": [] }));
    ok("highlight_note", json!({ "highlight": made["id"], "note": "New.", "typing": true }));
    ok("dashboard", json!({}));
    ok("undo", json!({}));
    ok("undo", json!({}));
    // Other documents may stay closed, but nothing comes to grief.
    for document in documents.as_array().expect("a list") {
        let _ = desk.reply("document_open", json!({ "document": document["id"] }));
        let _ = desk.reply("paragraphs_uncovered", json!({ "document": document["id"] }));
        let _ = desk.project.highlights_packed(Units::Utf16, document["id"].as_str().expect("an id"));
    }
    let exported = markdown(&desk.project, &ExportOptions::default()).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(exported.markdown.contains("Prices rose") && exported.markdown.contains("Kept."), "{what}");
}

/// The sentences of a check.
fn problems(desk: &Desk) -> String {
    let report = desk.run("project_check", json!({}));
    let problems = report["problems"].as_array().expect("a list").iter();
    let lines: Vec<&str> = problems.map(|problem| problem["message"].as_str().expect("a sentence")).collect();
    assert_eq!(report["ok"], json!(lines.is_empty()));
    lines.join("\n")
}

fn exported(desk: &Desk) -> (String, String) {
    let exported = markdown(&desk.project, &ExportOptions::default()).expect("exported");
    let preview = desk.run("export_preview", json!({ "documents": [], "tags": [], "groupBy": "document" }));
    assert_eq!(preview["damaged"], json!(exported.damaged));
    (exported.markdown, exported.damaged.join("\n"))
}

/// Damages a project, and checks that all else goes on and that a check says `named`.
#[track_caller]
fn check(what: &str, sql: &str, named: &str) -> Shelf {
    let shelf = damaged(shelf(), sql);
    goes_on(&shelf, what);
    let problems = problems(&shelf.desk);
    assert!(problems.contains(named), "{what}: {problems}");
    shelf
}

#[test]
fn a_whole_project_has_no_problem_and_an_export_warns_of_nothing() {
    let shelf = shelf();
    goes_on(&shelf, "whole");
    assert_eq!(problems(&shelf.desk), "");
    assert_eq!(exported(&shelf.desk).1, "");
}

#[test]
fn a_text_that_is_no_text_is_shown_with_a_mark_and_named() {
    let bad = "CAST(x'4561ff6c' AS TEXT)";
    let of = |table: &str, column: &str, rest: &str| format!("UPDATE {table} SET {column} = {bad} {rest}");
    let ice = "WHERE title = 'Ice'";
    let check = |what: &str, sql: &str, named: &str| {
        let shelf = check(what, sql, named);
        let (_, damaged) = exported(&shelf.desk);
        (shelf, damaged)
    };
    let (shelf, damaged) =
        check("a note", &of("highlight", "note", "WHERE note = 'Early.'"), "The note of the highlight ");
    assert!(damaged.contains("The note of the highlight "), "{damaged}");
    let (text, _) = exported(&shelf.desk);
    assert!(text.contains("Ea\u{fffd}l") && text.contains("two weeks early"), "{text}");
    let (_, damaged) = check("a quote", &of("anchor", "exact", "WHERE exact LIKE 'two%'"), "The quote of the place");
    assert!(damaged.contains("The quote of the place of the highlight "), "{damaged}");
    let (shelf, _) = check("a title", &of("document", "title", ice), "The title of the document ");
    assert!(shelf.desk.run("document_list", json!({})).to_string().contains("Ea\u{fffd}l"));
    check("an author", &of("document", "author", ice), "The author of the document ");
    check("a description", &of("document", "csl", ice), "The description of the document ");
    check(
        "a description that is no JSON",
        &format!("UPDATE document SET csl = '{{\"title\"' {ice}"),
        "stored in two ways",
    );
    check("found fields", &of("document", "found", ice), "The found of the document ");
    check("a tag's name", &of("tag", "name", "WHERE name = 'military'"), "The name of the tag ");
    check("a definition", &of("tag", "definition", "WHERE name = 'military'"), "The definition of the tag ");
    check("a label", &of("relation", "label", "WHERE label = 'supports'"), "The label of the relation ");
    check("a link's note", &of("link", "note", "WHERE note = 'Both.'"), "The note of the link ");
    check(
        "a format",
        &of("version", "format", "WHERE document IN (SELECT id FROM document WHERE title = 'Ice')"),
        "The format",
    );
    check("a label of the history", &of("change", "label", "WHERE seq = 3"), "in the history is damaged");
}

#[test]
fn an_id_of_the_wrong_length_leaves_its_row_out_and_is_named() {
    let ice = "(SELECT id FROM document WHERE title = 'Ice')";
    check(
        "a highlight",
        &format!("INSERT INTO highlight VALUES (x'0102030405', {ice}, 'Stray.', 1, 1)"),
        "The highlight “0102030405” is no id: it has 5 bytes",
    );
    let shelf = check(
        "a highlight with a place",
        &format!(
            "INSERT INTO highlight VALUES (x'01', {ice}, 'Stray.', 1, 1); INSERT INTO anchor SELECT x'01', version, start, \
             \"end\", exact, prefix, suffix, method, score, confirmed FROM anchor WHERE exact LIKE 'two%'"
        ),
        "The place of the highlight “01” is no id",
    );
    let (text, damaged) = exported(&shelf.desk);
    assert!(!text.contains("Stray.") && damaged.contains("The highlight “01” is no id"), "{damaged}");
    let shelf = check(
        "a document of a highlight",
        "UPDATE highlight SET document = x'0203' WHERE note = 'Early.'",
        "The document of the highlight ",
    );
    assert!(exported(&shelf.desk).1.contains("The document of the highlight "));
    check(
        "a document",
        "INSERT INTO document (id, title, author, publisher, published, url, accessed, language, version, created_at) \
         SELECT x'09', 'Stray', '', '', '', '', '', '', version, 5 FROM document WHERE title = 'Ice'",
        "The document “09” is no id",
    );
    check("a version", "UPDATE document SET version = x'0a' WHERE title = 'Ice'", "The version of the document ");
    check("a tag", "INSERT INTO tag VALUES (zeroblob(17), NULL, 'Stray', '#000000', '', NULL, 9)", "it has 17 bytes");
    check("a parent", "UPDATE tag SET parent = x'' WHERE name = 'military'", "The parent of the tag ");
    check(
        "a tagging",
        "INSERT INTO highlight_tag SELECT id, x'0b' FROM highlight WHERE note = 'Early.'",
        "The tag of the tagging of the highlight ",
    );
    check("a relation", "INSERT INTO relation VALUES (x'0c', 'stray', 'stray', 1, 99)", "The relation “0c” is no id");
    check("a link", "UPDATE link SET id = x'0d' WHERE note = 'Both.'", "The link “0d” is no id");
    let shelf =
        check("an end of a link", "UPDATE link SET target = x'0e' WHERE note = 'Both.'", "The target of the link ");
    assert!(exported(&shelf.desk).1.contains("The target of the link "), "what no list has is missed all the same");
    check("a change", "UPDATE change SET id = x'0f' WHERE seq = 3", "in the history is damaged");
    check("the newest change", "UPDATE change SET id = x'' WHERE seq = (SELECT max(seq) FROM change)", "is damaged");
}

#[test]
fn a_value_of_another_kind_leaves_its_row_out_and_is_named() {
    let early = "WHERE note = 'Early.'";
    check("a time", &format!("UPDATE highlight SET created_at = 'soon' {early}"), "The time of the highlight ");
    check("a note", &format!("UPDATE highlight SET note = x'00ff' {early}"), "is bytes, not a text");
    check("no note", &format!("UPDATE highlight SET note = NULL {early}"), "is nothing, not a text");
    check("an id", &format!("UPDATE highlight SET id = 'text' {early}"), "is a text, not an id");
    check("a score", "UPDATE anchor SET score = 'much' WHERE exact LIKE 'two%'", "The score of the place");
    check("a title", "UPDATE document SET title = x'00ff' WHERE title = 'Ice'", "The title of the document ");
    check("a position", "UPDATE tag SET position = 'first' WHERE name = 'military'", "The position of the tag ");
    check("words", "UPDATE text SET words = -1 WHERE body LIKE 'The river%'", "is -1, which no position or count is");
    check("the time of a change", "UPDATE change SET at = 'late'", "in the history is damaged");
    check("a body", "UPDATE text SET body = x'0500' WHERE body LIKE 'The river%'", "A stored text is not what it was");
    check("a hash", "UPDATE text SET hash = x'00' WHERE body LIKE 'The river%'", "is no address of a stored text");
}

#[test]
fn a_place_outside_the_text_harms_nothing_and_is_named() {
    let at =
        |start: &str, end: &str| format!("UPDATE anchor SET start = {start}, \"end\" = {end} WHERE exact LIKE 'two%'");
    for (start, end) in [("9", "3"), ("5", "5"), ("70", "4000000000"), ("4294967295", "4294967295"), ("0", "0")] {
        check(&format!("{start}..{end}"), &at(start, end), "does not stand where its quote is");
    }
    for (start, end) in [("-1", "5"), ("3", "5000000000"), ("9223372036854775807", "1"), ("'a'", "'b'")] {
        check(&format!("{start}..{end}"), &at(start, end), "of the place of the highlight ");
    }
}

#[test]
fn a_tag_below_itself_is_named() {
    check("itself", "UPDATE tag SET parent = id WHERE name = 'military'", "The tag “military” stands below itself");
    let circle = "UPDATE tag SET parent = (SELECT id FROM tag WHERE name = 'economic') WHERE name = 'military'; \
         UPDATE tag SET parent = (SELECT id FROM tag WHERE name = 'military') WHERE name = 'economic'; \
         UPDATE tag SET parent = (SELECT id FROM tag WHERE name = 'economic') WHERE name = 'diplomatic'";
    let shelf = check("a circle", circle, "The tag “economic” stands below itself");
    let problems = problems(&shelf.desk);
    assert!(problems.contains("The tag “military”") && !problems.contains("The tag “diplomatic”"), "{problems}");
    let desk = &shelf.desk;
    let tag = desk.tag("military");
    let update =
        json!({ "tag": tag, "name": "military", "colour": "#D55E00", "key": "m", "definition": "", "parent": null });
    desk.run("tag_update", update);
    assert!(!self::problems(desk).contains("stands below itself"), "it can be mended by hand");
}

#[test]
fn a_change_that_cannot_be_read_is_named_and_not_taken_back() {
    for rubbish in [
        "x'54'",
        "x'5408010000'",
        "randomblob(400)",
        "zeroblob(64)",
        "x'500a00'",
        "x'5401016869ff0012000401617f'",
        "x'5401016c696eff0012000401617f'",
        "'text'",
    ] {
        let shelf =
            check(rubbish, &format!("UPDATE change SET changeset = {rubbish} WHERE seq < 4"), "cannot be taken back");
        let desk = &shelf.desk;
        while desk.reply("redo", json!({})).is_ok() {}
        let before = desk.dump();
        let mut steps = 0;
        while desk.reply("undo", json!({})).is_ok() {
            steps += 1;
            assert!(steps < 20, "{rubbish}: there is an end");
        }
        while desk.reply("redo", json!({})).is_ok() {}
        assert_eq!(desk.dump(), before, "{rubbish}");
    }
}

#[test]
fn a_damaged_text_closes_its_document_only() {
    let river = "WHERE body LIKE 'The river%'";
    // One byte of a letter of one byte: all other characters stay where they are, so it is shown with a mark.
    let shelf = check(
        "a letter",
        &format!(
            "UPDATE text SET body = CAST(replace(CAST(body AS BLOB), x'4d61726368', x'4d61ff6368') AS TEXT) {river}"
        ),
        "A stored text is not what it was",
    );
    let open = |shelf: &Shelf| {
        let list = shelf.desk.run("document_list", json!({}));
        let ice = list.as_array().expect("a list").iter().find(|one| one["title"] == "Ice").expect("listed").clone();
        shelf.desk.reply("document_open", json!({ "document": ice["id"] }))
    };
    assert!(open(&shelf).is_ok());
    // A letter of two bytes loses one and becomes two characters: highlights behind it would stand at other words.
    let shelf = check(
        "half a letter",
        &format!("UPDATE text SET body = CAST(replace(CAST(body AS BLOB), x'd180', x'd1c3') AS TEXT) {river}"),
        "The text of this document is damaged",
    );
    let error = open(&shelf).expect_err("closed");
    assert_eq!(error.code(), gloss_core::error::ErrorCode::TextDamaged);
    let (text, damaged) = exported(&shelf.desk);
    assert!(text.contains("two weeks early"), "the quotes are exported all the same: {text}");
    assert!(!damaged.is_empty());
    let structure =
        "WHERE hash = (SELECT structure_hash FROM version v JOIN document d ON d.version = v.id WHERE title = 'Ice')";
    for body in [
        "'{'",
        "'{\"blocks\":[[0,900,\"paragraph\",0]],\"spans\":[]}'",
        "'{\"blocks\":[[5,2,\"row\",0]],\"spans\":[]}'",
        "'[]'",
    ] {
        let shelf = check(body, &format!("UPDATE structure SET body = {body} {structure}"), "is damaged");
        assert!(open(&shelf).is_err(), "{body}");
    }
    for (what, sql) in [
        ("no text", format!("DELETE FROM text {river}")),
        ("no structure", format!("DELETE FROM structure {structure}")),
    ] {
        let shelf = check(what, &sql, "has lost its text");
        assert!(!exported(&shelf.desk).1.is_empty(), "{what}: an export says that something is missing");
    }
}

/// The index is made anew from the rest, whatever stands in it.
#[test]
fn a_damaged_index_stands_in_the_way_of_nothing() {
    for sql in [
        "UPDATE passage SET document = x'01', highlight = x'02', start = -5, \"end\" = 'x', body = CAST(x'ff' AS TEXT)",
        "INSERT INTO stale VALUES ('title', x'01'), ('text', x'02'), ('highlight', x'03'), ('', x''), (CAST(x'ff' AS TEXT), x'')",
        "DELETE FROM passage",
        "UPDATE passage_words_data SET block = randomblob(length(block))",
        "UPDATE passage_words_data SET block = x''",
        "DELETE FROM passage_words_data",
        "DELETE FROM passage_words_idx",
        "DELETE FROM passage_words_docsize",
        "UPDATE passage SET start = 4294967295, start_astral = 4294967295, \"end\" = 4294967295, end_astral = 4294967295",
    ] {
        let shelf = damaged(shelf(), sql);
        goes_on(&shelf, sql);
    }
}

#[test]
fn readers_do_not_wait_where_the_log_cannot_be_turned_on() {
    // The header says that there is no write-ahead log, and the list of free pages is damaged: found by fuzzing.
    let bytes = include_bytes!("../fuzz/seeds/project/free-pages.gloss");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gloss");
    std::fs::write(&path, bytes).expect("written");
    let project = Project::open(&path, Env::system()).expect("opens");
    for command in ["document_list", "highlight_list", "project_check"] {
        let answer = dispatch(&project, Units::CodePoints, command, "{}").map(|reply| reply.json);
        assert!(answer.is_ok(), "{command}: {answer:?}");
    }
}
