//! Where texts come from: what a file knows, what a person says, what another program reads, and projects that were
//! made before all of it was kept.

mod desk;

use desk::Desk;
use gloss_core::api::Units;
use gloss_core::documents::{Overrides, import_file};
use gloss_core::env::Env;
use gloss_core::error::ErrorCode;
use gloss_core::project::Project;
use gloss_core::provenance::read;
use gloss_core::versions::import_version;
use gloss_core::{details, originals};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::Digest;
use std::path::{Path, PathBuf};

const ICE: &str = "---\ntitle: Ice on the river\nauthors:\n  - Jane Q. Doe\n  - Reuters\ndate: 19 June 2024\nlang: en\n---\n\nThe ice broke.\n";

impl Desk {
    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    fn import(&self, path: &Path, overrides: &Overrides) -> String {
        import_file(&self.project, path, overrides).expect("imported").to_string()
    }

    fn document(&self, id: &str) -> Value {
        let list = self.run("document_list", json!({}));
        list.as_array().expect("a list").iter().find(|one| one["id"] == id).expect("listed").clone()
    }

    fn csl(&self, id: &str) -> Value {
        self.run("document_csl", json!({ "documents": [id] }))[0].clone()
    }
}

#[test]
fn what_a_file_knows_is_found_until_a_person_says_so() {
    let desk = Desk::new();
    let id = desk.import(&desk.file("ice.md", ICE), &Overrides::default());
    let found = desk.document(&id);
    assert_eq!(found["author"], "Jane Q. Doe; Reuters");
    assert_eq!(found["found"], json!(["title", "author", "published", "language"]));
    assert_eq!(found["kind"], "");
    assert_eq!(
        desk.csl(&id),
        json!({ "id": id, "type": "document", "title": "Ice on the river", "language": "en",
            "author": [{ "family": "Doe", "given": "Jane Q." }, { "literal": "Reuters" }],
            "issued": { "date-parts": [[2024, 6, 19]], "raw": "19 June 2024" } })
    );
    let changed = desk.run("document_update", json!({ "document": id, "title": "Ice", "kind": "cable" }));
    assert_eq!(changed["found"], json!(["author", "published", "language"]), "what is set is confirmed");
    assert_eq!((&changed["kind"], &changed["author"]), (&json!("cable"), &found["author"]), "the rest stays");
    assert_eq!((&desk.csl(&id)["type"], &desk.csl(&id)["genre"]), (&json!("document"), &json!("cable")));
    let same = desk.run("document_update", json!({ "document": id, "language": "en" }));
    assert_eq!(same["found"], json!(["author", "published"]), "the same again confirms");
    assert_eq!(desk.run("document_confirm", json!({ "document": id }))["found"], json!([]));
    assert_eq!(desk.csl(&id)["title"], "Ice");
    desk.run("undo", json!({}));
    assert_eq!(desk.document(&id)["found"], json!(["author", "published"]), "confirming is one step");
    let steps = desk.run("history_list", json!({})).as_array().map(Vec::len);
    desk.run(
        "document_update",
        json!({ "document": id, "title": "Ice", "author": "Jane Q. Doe; Reuters", "published": "19 June 2024" }),
    );
    desk.run("document_confirm", json!({ "document": id }));
    desk.run("document_update", json!({ "document": id, "title": " ", "url": "" }));
    assert_eq!(
        desk.run("history_list", json!({})).as_array().map(Vec::len),
        steps,
        "one step took the place of the undone one, and nothing else was one"
    );
}

#[test]
fn a_newer_file_tells_more_and_changes_nothing_that_a_person_confirmed() {
    let desk = Desk::new();
    let id = desk.import(&desk.file("ice.md", ICE), &Overrides::default());
    desk.run("document_update", json!({ "document": id, "author": "J. Doe" }));
    let before = desk.dump();
    let newer = ICE
        .replace("title: Ice on the river", "title: Ice on two rivers\npublisher: The Gazette")
        .replace("  - Reuters\n", "")
        .replace("date: 19 June 2024\n", "")
        .replace("The ice broke.", "The ice broke twice.");
    let path = desk.file("newer.md", &newer);
    import_version(&desk.project, id.parse().expect("an id"), &path).expect("a new version");
    let known = desk.document(&id);
    assert_eq!((&known["title"], &known["publisher"]), (&json!("Ice on two rivers"), &json!("The Gazette")));
    assert_eq!(known["author"], "J. Doe", "a person said so");
    assert_eq!(known["published"], "19 June 2024", "what the newer file does not say stays");
    let found = known["found"].as_array().expect("a list");
    let waits = |field: &str| found.iter().any(|one| one == field);
    assert!(["title", "publisher", "published", "language"].into_iter().all(waits) && !waits("author"), "{known}");
    desk.run("undo", json!({}));
    assert_eq!(desk.dump(), before, "one step");
    desk.run("document_confirm", json!({ "document": id }));
    import_version(&desk.project, id.parse().expect("an id"), &path).expect("a new version");
    let known = desk.document(&id);
    assert_eq!((&known["title"], &known["found"]), (&json!("Ice on the river"), &json!(["publisher"])));
}

#[test]
fn a_source_is_cited_as_it_would_be_once_its_details_are_changed() {
    let desk = Desk::new();
    let id = desk.paste("Words.");
    assert_eq!(desk.run("document_cite", json!({ "document": id })), json!({ "full": "", "short": "(*A text* n.d.)" }));
    let before = desk.dump();
    let changed = json!({ "document": id, "title": "On *ice*", "author": "Jane Doe, Bo Roe", "published": "19 June 2024",
        "item": { "DOI": "10.1/x" } });
    assert_eq!(
        desk.run("document_cite", changed.clone()),
        json!({ "full": "Jane Doe and Bo Roe, *On \\*ice\\**. 19 June 2024. <https://doi.org/10.1/x>.",
            "short": "(Doe and Roe 2024)" })
    );
    assert_eq!(desk.dump(), before, "nothing was changed");
    let cited = desk.run("document_cite", changed.clone());
    desk.run("document_update", changed);
    assert_eq!(desk.run("document_cite", json!({ "document": id })), cited);
    assert_eq!(desk.refused("document_cite", json!({ "document": id, "kind": "poem" })), ErrorCode::KindUnknown);
}

#[test]
fn a_pasted_text_has_nothing_found_but_what_stands_in_it() {
    let desk = Desk::new();
    let id = desk.paste("Words.");
    assert_eq!(desk.document(&id)["found"], json!([]));
    assert_eq!(desk.csl(&id), json!({ "id": id, "type": "document", "title": "A text" }));
}

#[test]
fn what_cannot_be_is_refused() {
    let desk = Desk::new();
    let id = desk.paste("Words.");
    let nobody = "0190a000-0000-7000-8000-000000000000";
    assert_eq!(desk.refused("document_update", json!({ "document": id, "kind": "poem" })), ErrorCode::KindUnknown);
    assert_eq!(
        desk.refused("document_update", json!({ "document": id, "url": "x".repeat(2_001) })),
        ErrorCode::TextTooLong
    );
    for command in ["document_update", "document_cite", "document_confirm"] {
        assert_eq!(desk.refused(command, json!({ "document": nobody })), ErrorCode::DocumentUnknown);
    }
    assert_eq!(desk.refused("document_csl", json!({ "documents": [nobody] })), ErrorCode::DocumentUnknown);
    let kinds = desk.run("kind_list", json!({}));
    assert!(kinds.as_array().expect("a list").contains(&json!({ "kind": "report", "words": "Report" })));
    for kind in kinds.as_array().expect("a list") {
        let changed = desk.run("document_update", json!({ "document": id, "kind": kind["words"] }));
        assert_eq!(changed["kind"], kind["kind"]);
    }
}

#[test]
fn a_check_finds_an_item_that_says_something_else_than_its_columns() {
    let desk = Desk::new();
    desk.paste("Words.");
    let db = Connection::open(desk.path()).expect("opens");
    for odd in [r#"{"title":"Another"}"#, "{"] {
        db.execute("UPDATE document SET csl = ?1", [odd]).expect("changed");
        let report = desk.run("project_check", json!({}));
        assert_eq!(report["problems"][0]["code"], "details", "{report}");
    }
}

#[test]
fn what_another_program_knows_comes_back_whole() {
    let desk = Desk::new();
    let item = json!({ "id": "doe2024", "type": "motion_picture", "title": "Ice", "custom": { "mine": [1, null] }, "odd-key": { "a": 1 },
        "author": [{ "family": "Humboldt", "given": "Alexander", "non-dropping-particle": "von", "static-ordering": false }, { "literal": "김정은" }],
        "issued": { "date-parts": [["2024", 6], [2025]], "circa": true }, "note": "Seen by me.", "volume": 3 });
    let metadata = desk.file("items.json", &json!([item]).to_string());
    let file = desk.file("ice.md", ICE);
    let items = details::described(&read, &metadata, &[&file], None).expect("described").0;
    let id = desk.import(&file, &Overrides { item: items.first().cloned(), ..Overrides::default() });
    let mut expected = item;
    expected["id"] = json!(id);
    expected["citation-key"] = json!("doe2024");
    expected["language"] = json!("en");
    assert_eq!(desk.csl(&id), expected, "with what only the file says");
    let document = desk.document(&id);
    assert_eq!(document["found"], json!(["language"]), "what a person gives is not found");
    assert_eq!(
        (&document["author"], &document["published"]),
        (&json!("Alexander von Humboldt; 김정은"), &json!("2024-06/2025"))
    );
    assert_eq!(document["kind"], "motion_picture");
    // A window that shows these fields sends them all back.
    let mut update = json!({ "document": id });
    for key in ["title", "author", "publisher", "published", "url", "accessed", "language", "kind"] {
        update[key] = document[key].clone();
    }
    desk.run("document_update", update);
    assert_eq!(desk.csl(&id), expected);
    let restarted = desk.restarted();
    assert_eq!(restarted.csl(&id), expected);
    restarted.run("document_delete", json!({ "document": id }));
    restarted.run("undo", json!({}));
    assert_eq!(restarted.csl(&id), expected);
}

#[test]
fn a_description_from_elsewhere_fills_in_and_leaves_the_rest() {
    let desk = Desk::new();
    let file = desk.file("ice.md", ICE);
    let id = desk.import(&file, &Overrides { url: Some("https://example.org/ice".into()), ..Overrides::default() });
    let before = desk.document(&id);
    let items = details::sources(&read, &desk.file(
        "refs.bib",
        "@report{one, title={One}}\n@report{лёд, title={Лёд и паромы 👩‍👩‍👧}, author={Doe, Jane}, doi={10.1/2}, year=2024}",
    ));
    let items = items.expect("read").items;
    assert_eq!(items.iter().map(|one| one.item.text("title")).collect::<Vec<_>>(), ["One", "Лёд и паромы 👩‍👩‍👧"]);
    let item: Value = serde_json::from_str(&items[1].item.to_json()).expect("JSON");
    let document = desk.run("document_update", json!({ "document": id, "item": item, "author": "Jane Doe; Bo Roe" }));
    let said = ["title", "author", "published", "kind", "url"].map(|key| document[key].clone());
    assert_eq!(
        json!(said),
        json!(["Лёд и паромы 👩‍👩‍👧", "Jane Doe; Bo Roe", "2024", "report", "https://example.org/ice"])
    );
    assert_eq!(document["language"], before["language"], "of which it says nothing");
    assert_eq!(document["found"], json!(["language"]), "and that is still only found");
    assert_eq!(desk.csl(&id)["DOI"], "10.1/2", "what no field shows comes along");
    assert_eq!(desk.csl(&id)["citation-key"], "лёд");
    desk.run("undo", json!({}));
    assert_eq!(desk.document(&id), before, "in one step");
    let long = json!({ "title": "x".repeat(300_000) });
    for item in [json!([]), json!("words"), long] {
        let refused = desk.refused("document_update", json!({ "document": id, "item": item }));
        assert_eq!(refused, ErrorCode::Arguments);
    }
    let code = |name: &str, text: &str| details::sources(&read, &desk.file(name, text)).expect_err("refused").code();
    assert_eq!(code("empty.json", ""), ErrorCode::MetadataEmpty);
    assert_eq!(code("letter.bib", "@misc{a"), ErrorCode::MetadataUnreadable);
    assert_eq!(code("letter.txt", "Dear Jane"), ErrorCode::MetadataUnreadable);
}

#[test]
fn every_document_tells_which_bytes_its_text_came_from() {
    let desk = Desk::new();
    let hash = |bytes: &[u8]| sha2::Sha256::digest(bytes).to_vec();
    let file = desk.file("ice.txt", "Лёд.\r\n");
    let id = desk.import(&file, &Overrides { title: Some("Ice".into()), ..Overrides::default() });
    let origin = || {
        let mut origins = desk.project.read(Units::CodePoints, originals::origins).expect("read");
        let origin = origins.remove(0);
        assert_eq!((origin.document.to_string(), origin.title.as_str()), (id.clone(), "Ice"));
        origin.hash
    };
    assert_eq!(origin(), hash("Лёд.\r\n".as_bytes()));
    desk.run("document_revise", json!({ "document": id, "text": "Лёд!\n" }));
    assert_eq!(origin(), hash("Лёд.\r\n".as_bytes()), "a correction has no file of its own");
    let newer = desk.file("ice.txt", "Лёд тронулся.\n");
    import_version(&desk.project, id.parse().expect("an id"), &newer).expect("a new version");
    assert_eq!(origin(), hash("Лёд тронулся.\n".as_bytes()));
    desk.run("undo", json!({}));
    assert_eq!(origin(), hash("Лёд.\r\n".as_bytes()));
}

#[test]
fn several_sources_go_to_their_files_or_nothing_is_imported() {
    let desk = Desk::new();
    let files = [desk.file("a.txt", "First."), desk.file("b.txt", "Second.")];
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let titles = |name: &str, text: &str, files: &[&Path]| {
        let items = details::described(&read, &desk.file(name, text), files, None)?.0;
        Ok::<_, gloss_core::error::Error>(items.iter().map(|item| item.text("title").to_owned()).collect::<Vec<_>>())
    };
    let bibtex = "@misc{b, title={Two}}\n@misc{a, title={One}}\n@misc{c, title={Three}}";
    let ris = "TY  - RPRT\nTI  - One\nER  - \nTY  - RPRT\nTI  - Two\nER  - \n";
    assert_eq!(titles("x.bib", bibtex, &files).expect("by key"), ["One", "Two"]);
    assert_eq!(titles("x.ris", ris, &files).expect("by position"), ["One", "Two"]);
    assert_eq!(titles("x.json", r#"{"title":"One","note":"file: a.txt"}"#, &files[..1]).expect("alone"), ["One"]);
    let code = |name: &str, text: &str| titles(name, text, &files[..1]).expect_err("refused").code();
    assert_eq!(code("x.ris", ris), ErrorCode::MetadataUnmatched);
    assert_eq!(code("x.json", "[]"), ErrorCode::MetadataEmpty);
    assert_eq!(code("x.json", "[{]"), ErrorCode::MetadataUnreadable);
    assert_eq!(code("x.doc", "words"), ErrorCode::MetadataUnreadable);
    let missing = details::described(&read, &desk.folder.path().join("none.bib"), &files, None).expect_err("refused");
    assert_eq!(missing.code(), ErrorCode::ImportMissing);
}

#[test]
fn what_is_said_with_the_import_wins_over_both() {
    let desk = Desk::new();
    let file = desk.file("ice.md", ICE);
    let items = details::described(
        &read,
        &desk.file("x.bib", "@online{x, title={From the list}, organization={Example}}"),
        &[&file],
        None,
    );
    let overrides = Overrides {
        title: Some("Said".into()),
        author: Some("-Kim, J.".into()),
        kind: Some("Newspaper article".into()),
        item: items.expect("described").0.pop(),
        ..Overrides::default()
    };
    let id = desk.import(&file, &overrides);
    let document = desk.document(&id);
    let said = ["title", "author", "kind", "publisher", "published"].map(|key| document[key].clone());
    assert_eq!(json!(said), json!(["Said", "-Kim, J.", "article-newspaper", "Example", "19 June 2024"]));
    assert_eq!(document["found"], json!(["published", "language"]));
    let before = desk.dump();
    let poem = Overrides { kind: Some("poem".into()), ..Overrides::default() };
    assert_eq!(import_file(&desk.project, &file, &poem).expect_err("refused").code(), ErrorCode::KindUnknown);
    assert_eq!(desk.dump(), before);
}

#[test]
fn an_author_and_a_publisher_are_found_by_search() {
    let desk = Desk::new();
    let file = desk.file("ice.txt", "The ice broke.");
    let metadata = desk.file("x.ris", "TY  - NEWS\nAU  - Doe, Jane\nT2  - The Daily Example\nTI  - Ice\nER  - ");
    let item = details::described(&read, &metadata, &[&file], None).expect("described").0.pop();
    let id = desk.import(&file, &Overrides { item, ..Overrides::default() });
    let hits =
        |query: &str| desk.run("search", json!({ "query": query }))["groups"].as_array().expect("groups").clone();
    for query in ["author:doe ice", "author:\"Jane Doe\" broke", "daily", "jane"] {
        assert_eq!(hits(query).first().map(|group| group["document"].clone()), Some(json!(id)), "{query}");
    }
    desk.run("document_update", json!({ "document": id, "author": "Roe", "publisher": "Harbour Office" }));
    assert_eq!(hits("author:doe ice"), Vec::<Value>::new());
    assert_eq!(hits("harbour").len(), 1);
    assert_eq!(hits("daily").len(), 0);
}

#[test]
fn every_quote_is_exported_with_its_citation() {
    let desk = Desk::new();
    let file =
        desk.file("ice.txt", "Page one.\n\u{c}\nThe ice broke 👩‍👩‍👧 early, and the ferries did not sail that day.\n");
    let id = desk.import(
        &file,
        &Overrides {
            author: Some("Jane Doe; Bo Roe".into()),
            published: Some("2024-06".into()),
            ..Overrides::default()
        },
    );
    desk.mark(&id, "early", &["military"]);
    let export =
        desk.run("export_preview", json!({ "documents": [], "tags": [], "groupBy": "document" }))["markdown"].clone();
    let export = export.as_str().expect("Markdown");
    let place = export.lines().find(|line| line.starts_with("— ")).expect("a citation");
    assert_eq!(place, "— (Doe and Roe 2024, ¶ 2) · #military", "{export}");
    assert!(export.contains("\nJane Doe and Bo Roe, *"), "{export}");
}

#[test]
fn a_page_is_named_with_every_quote_where_the_source_has_pages() {
    let desk = Desk::new();
    let id = desk.paste("Ice 👩‍👩‍👧 broke early. The ferries waited.\n\nBread was dear.");
    let text = desk.project.document_text(&id).expect("text").text.as_str().to_owned();
    let page = |words: &str| text[..text.find(words).expect(words)].chars().count();
    let pages = json!([[0, "xiv"], [page("The ferries"), "1"], [page("Bread"), "2*"]]);
    let db = Connection::open(desk.path()).expect("opens");
    db.execute("UPDATE structure SET body = json_set(body, '$.pages', json(?1))", [pages.to_string()])
        .expect("changed");
    let mut desk = desk.restarted();
    desk.units = gloss_core::api::Units::Utf16;
    for quote in ["early", "waited", "early. The ferries", "Bread"] {
        desk.mark(&id, quote, &[]);
    }
    let list = desk.run("highlight_list", json!({}));
    let pages: Vec<_> = list.as_array().expect("a list").iter().map(|one| one["page"].clone()).collect();
    assert_eq!(json!(pages), json!(["xiv–1", "xiv", "1", "2*"]), "{list}");
    let units = |words: &str| text[..text.find(words).expect(words)].encode_utf16().count();
    let open = desk.run("document_open", json!({ "document": id }));
    assert_eq!(open["pages"], json!([[0, "xiv"], [units("The ferries"), "1"], [units("Bread"), "2*"]]));
    let export = desk.run("export_preview", json!({ "documents": [], "tags": [], "groupBy": "document" }));
    let export = export["markdown"].as_str().expect("Markdown");
    let places: Vec<&str> = export.lines().filter(|line| line.starts_with("— ")).collect();
    assert_eq!(
        places,
        [
            "— (*A text* n.d., pp. xiv–1) · ¶ 1",
            "— (*A text* n.d., p. xiv) · ¶ 1",
            "— (*A text* n.d., p. 1) · ¶ 1",
            "— (*A text* n.d., p. 2\\*) · ¶ 2"
        ]
    );
}

/// A project as the first version wrote it: three documents, one of which was removed, and a change taken back.
fn old() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.gloss");
    std::fs::write(&path, include_bytes!("../fixtures/projects/version-1.gloss")).expect("written");
    (folder, path)
}

#[test]
fn an_old_project_shows_what_it_showed_and_has_it_as_csl() {
    let (folder, path) = old();
    let project = Project::open(&path, Env::system()).expect("migrated");
    let desk = Desk { folder, project, units: gloss_core::api::Units::CodePoints };
    let documents = desk.run("document_list", json!({}));
    let said = |at: usize| {
        ["title", "author", "publisher", "published", "url", "accessed", "language", "kind"]
            .map(|key| documents[at][key].clone())
    };
    assert_eq!(
        json!(said(0)),
        json!([
            "Ice and bread",
            "Anna Example; Bo Roe",
            "Example Press",
            "19 June 2024",
            "https://example.org/ice",
            "",
            "en",
            ""
        ])
    );
    assert_eq!(
        json!(said(1)),
        json!([
            "겨울 보고",
            "Doe, Jane; Ministry of Trade, Industry and Energy",
            "Harbour Office",
            "2024년 6월",
            "",
            "2026-11-23",
            "ko",
            ""
        ])
    );
    assert_eq!(documents[0]["found"], json!([]), "a person has seen it");
    let id = documents[1]["id"].as_str().expect("an id");
    assert_eq!(
        desk.csl(id),
        json!({ "id": id, "type": "document", "title": "겨울 보고", "publisher": "Harbour Office", "language": "ko",
            "author": [{ "family": "Doe", "given": "Jane" }, { "literal": "Ministry of Trade, Industry and Energy" }],
            "issued": { "date-parts": [[2024, 6]], "raw": "2024년 6월" }, "accessed": { "date-parts": [[2026, 11, 23]] } })
    );
    assert_eq!(desk.run("project_check", json!({}))["ok"], json!(true));
    assert_eq!(desk.run("search", json!({ "query": "author:roe ice" }))["groups"].as_array().map(Vec::len), Some(1));
}

/// Whether every item says what the columns beside it say.
fn agrees(desk: &Desk) {
    let documents = desk.run("document_list", json!({}));
    let items = desk.run("document_csl", json!({}));
    for (document, item) in documents.as_array().expect("a list").iter().zip(items.as_array().expect("a list")) {
        let mut again = gloss_core::provenance::Item::given(item.clone()).expect("an item");
        use gloss_core::provenance::Field;
        assert_eq!(document["title"], json!(again.get(Field::Title)));
        assert_eq!(document["published"], json!(again.get(Field::Published)));
        again.set(Field::Author, document["author"].as_str().expect("text"));
        assert_eq!(json!(again.names("author")), item.get("author").cloned().unwrap_or(json!([])));
    }
}

#[test]
fn the_history_of_an_old_project_can_be_taken_back_and_made_again() {
    let (folder, path) = old();
    let project = Project::open(&path, Env::system()).expect("migrated");
    let desk = Desk { folder, project, units: gloss_core::api::Units::CodePoints };
    let start = desk.dump();
    // The change that had been taken back is made again, a document with a text of its own comes back, and goes.
    desk.run("redo", json!({}));
    assert_eq!(desk.run("document_list", json!({}))[2]["title"], "Taken back");
    agrees(&desk);
    desk.run("undo", json!({}));
    assert_eq!(desk.dump(), start);
    // A new change on top of the old ones.
    let ice = desk.run("document_list", json!({}))[0]["id"].clone();
    desk.run("document_update", json!({ "document": ice, "kind": "report", "title": "Ice, bread" }));
    let changed = desk.dump();
    let steps = desk.run("history_list", json!({})).as_array().map_or(0, Vec::len);
    assert_eq!(steps, 12);
    let mut seen = vec![changed.clone()];
    for _ in 0..steps {
        desk.run("undo", json!({}));
        agrees(&desk);
        seen.push(desk.dump());
    }
    assert_eq!(seen[1], start);
    assert_eq!(desk.run("document_list", json!({})), json!([]));
    assert_eq!(desk.refused("undo", json!({})), ErrorCode::NothingToUndo);
    for before in seen.iter().rev().skip(1) {
        desk.run("redo", json!({}));
        agrees(&desk);
        assert_eq!(desk.dump(), *before);
    }
    assert_eq!(desk.dump(), changed);
    assert_eq!(desk.run("project_check", json!({}))["ok"], json!(true));
}

#[test]
fn a_number_of_any_size_is_stored_as_it_is() {
    let json = r#"{"type":"book","issued":{"date-parts":[[266666666666666666666666666666666666666026,3,10]]}}"#;
    let item = gloss_core::provenance::Item::from_json(json).expect("an item");
    let again = gloss_core::provenance::Item::from_json(&item.to_json()).expect("an item");
    assert!(item == again, "{} became {}", item.to_json(), again.to_json());
}
