//! Importing: what is printed, what is kept, and what bad files get.

use crate::bench::{Bench, TEXT, bound, give, refusal, stderr};
use serde_json::json;

#[test]
fn prints_one_id_a_line_and_lists_the_documents() {
    let bench = Bench::new();
    let (one, two) = (bench.file("one.txt", b"First text."), bench.file("two.md", b"# Second\n\nText."));
    let ids = bench.ok(&["import", &one, &two]);
    let ids: Vec<&str> = ids.lines().collect();
    assert_eq!(ids.len(), 2);
    let documents = bench.json(&["documents"]);
    let documents = documents.as_array().expect("a list");
    assert_eq!(documents.iter().map(|d| d["id"].as_str().expect("an id")).collect::<Vec<_>>(), ids);
    for key in ["id", "title", "author", "publisher", "published", "url", "language", "version", "highlights"] {
        assert!(!documents[0][key].is_null(), "{key}");
    }
    assert_eq!(documents[0]["highlights"], 0);
    let lines = bench.ok(&["documents"]);
    assert!(lines.lines().all(|line| ids.iter().any(|id| line.starts_with(id))), "{lines}");
}

#[test]
fn takes_details_over_what_the_file_says() {
    let bench = Bench::new();
    let file = bench.file("note.txt", b"A text.");
    let made = bench.json(&[
        "import",
        &file,
        "--title",
        "Другое",
        "--author",
        "-Kim, J.",
        "--published",
        "2023-05",
        "--url",
        "https://example.org/a",
        "--language",
        "ko",
        "--publisher",
        "P",
        "--accessed",
        "2024-01-02",
    ]);
    assert_eq!(made[0]["id"].as_str().map(str::len), Some(36));
    let document = &bench.json(&["documents"])[0];
    let said = ["title", "author", "published", "url", "language", "publisher", "accessed"].map(|key| &document[key]);
    assert_eq!(json!(said), json!(["Другое", "-Kim, J.", "2023-05", "https://example.org/a", "ko", "P", "2024-01-02"]));
}

#[test]
fn text_is_printed_exactly() {
    let (bench, document) = Bench::with_text();
    assert_eq!(bench.ok(&["text", "--document", &document]), TEXT);
    assert_eq!(bench.json(&["text", "--document", &document])["text"], TEXT);
    let crlf = bench.import("crlf.txt", b"\xef\xbb\xbfone\r\ntwo\rthree");
    assert_eq!(bench.ok(&["text", "--document", &crlf]), "one\ntwo\nthree");
}

#[test]
fn a_new_version_carries_the_highlights_over() {
    let (bench, document) = Bench::with_text();
    let highlight =
        bench.ok(&["highlight", "--document", &document, "--quote", "oil was named twice", "--note", "kept"]);
    let edited = bench.file("edited.txt", TEXT.replace("Oil and gas exports", "Hydrocarbon exports").as_bytes());
    assert_eq!(bench.ok(&["import", "--version-of", &document, &edited]).trim(), document);
    assert!(bench.ok(&["text", "--document", &document]).starts_with("Hydrocarbon"));
    let carried = &bench.json(&["highlights"])[0];
    assert_eq!(carried["id"], highlight.trim());
    assert_eq!(carried["note"], "kept");
    let text: Vec<char> = bench.ok(&["text", "--document", &document]).chars().collect();
    let at = |key: &str| carried[key].as_u64().expect("a place") as usize;
    assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), "oil was named twice");
    bench.ok(&["check"]);
}

#[test]
fn a_document_is_edited_and_deleted() {
    let (bench, document) = Bench::with_text();
    bench.ok(&["document", "edit", &document, "--author", "Ким"]);
    let cited = bench.ok(&["document", "cite", &document]);
    assert!(cited.lines().last().is_some_and(|line| line.starts_with("(Ким ")), "{cited}");
    assert_eq!(bench.json(&["documents"])[0]["author"], "Ким");
    bench.ok(&["document", "delete", &document]);
    assert_eq!(bench.json(&["documents"]), json!([]));
    bench.ok(&["undo"]);
    assert_eq!(bench.json(&["documents"])[0]["author"], "Ким");
}

#[test]
fn citation_tools_say_where_files_come_from_and_read_it_again() {
    let bench = Bench::new();
    let (one, two) = (bench.file("one.txt", b"First text."), bench.file("two.txt", b"Second text."));
    let bibtex = "@report{two, title = {Two}, author = {Roe, Bo}, date = {2024-06}}\n@book{one, title = {One}}";
    let metadata = bench.file("sources.bib", bibtex.as_bytes());
    bench.ok(&["import", &one, &two, "--metadata", &metadata, "--language", "en"]);
    let documents = bench.json(&["documents"]);
    let said = ["title", "author", "published", "kind", "language"].map(|key| documents[1][key].clone());
    assert_eq!(json!(said), json!(["Two", "Bo Roe", "2024-06", "report", "en"]));
    assert_eq!(documents[0]["title"], "One");
    let items = bench.json(&["documents", "--csl"]);
    assert_eq!(items[1]["author"], json!([{ "family": "Roe", "given": "Bo" }]));
    assert_eq!(items[1]["id"], documents[1]["id"]);
    let printed = bench.ok(&["documents", "--csl"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&printed).expect("JSON"), items);
    let again = bench.file("again.json", printed.as_bytes());
    let three = bench.file("three.txt", b"Third text.");
    assert_eq!(bench.refused(&["import", &three, "--metadata", &again]), "metadata_unmatched");
    let empty = bench.file("empty.ris", b"none");
    assert_eq!(bench.refused(&["import", &one, "--metadata", &empty]), "metadata_empty");
    let broken = bench.file("broken.bib", b"@report{one");
    assert_eq!(bench.refused(&["import", &one, "--metadata", &broken]), "metadata_unreadable");
    // Ten million braces and brackets, each in the last: their reader may fall, and nothing else with it.
    for (name, deep) in
        [("deep.bib", format!("@book{{x, title={}", "{".repeat(10 << 20))), ("deep.json", "[".repeat(10 << 20))]
    {
        let deep = bench.file(name, deep.as_bytes());
        assert_eq!(bench.refused(&["import", &one, "--metadata", &deep]), "metadata_unreadable", "{name}");
    }
    let id = documents[0]["id"].as_str().expect("an id").to_owned();
    bench.ok(&["document", "edit", &id, "--kind", "cable"]);
    assert_eq!(bench.json(&["documents"])[0]["kind"], "cable");
    assert_eq!(bench.refused(&["document", "edit", &id, "--kind", "poem"]), "kind_unknown");
}

#[test]
fn what_was_found_is_confirmed() {
    let bench = Bench::new();
    let id = bench.ok(&["import", &bench.file("a.md", b"---\nauthor: Bo Roe\ntitle: A\n---\n\nText.")]);
    assert_eq!(bench.json(&["documents"])[0]["found"], json!(["title", "author"]));
    bench.ok(&["document", "edit", id.trim(), "--title", "A"]);
    assert_eq!(bench.json(&["documents"])[0]["found"], json!(["author"]));
    bench.ok(&["document", "confirm", id.trim()]);
    assert_eq!(bench.json(&["documents"])[0]["found"], json!([]));
}

#[test]
fn bad_files_are_refused_by_name() {
    let (bench, _) = Bench::with_text();
    let missing = bench.path("missing.txt").to_str().expect("plain").to_owned();
    let folder = bench.path("folder.txt");
    std::fs::create_dir(&folder).expect("a folder");
    let large = bench.path("large.txt");
    std::fs::write(&large, vec![b'a'; 60 << 20]).expect("60 MB");
    let cases = [
        (bench.file("empty.txt", b""), "import_empty"),
        (bench.file("blank.txt", b" \n\t\n"), "import_empty"),
        (
            bench.file("binary.txt", &[0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 3, 0, 62, 0, 1, 0, 0]),
            "import_binary",
        ),
        (bench.file("cut.pdf", b"%PDF-1.7"), "import_damaged"),
        (bench.file("sheet.xlsx", b"Text after all."), "import_format"),
        (bench.file("cut.txt", b"\xff\xfeA\x00\x00\xd8B\x00"), "import_undecodable"),
        (large.to_str().expect("plain").to_owned(), "import_too_large"),
        (folder.to_str().expect("plain").to_owned(), "import_nothing"),
        (missing, "import_missing"),
    ];
    for (file, code) in &cases {
        assert_eq!(bench.refused(&["import", file]), *code, "{file}");
    }
}

#[test]
fn a_folder_stands_for_its_files_and_one_that_is_refused_stops_none() {
    let bench = Bench::new();
    let folder = bench.path("folder");
    std::fs::create_dir_all(folder.join("b")).expect("a folder");
    for (name, bytes) in [
        ("a.txt", &b"First."[..]),
        ("b/c.html", b"<title>Second</title><p>Text."),
        ("b/d.txt", b""),
        ("b/e.docx", b"PK\x03\x04 cut short"),
        ("b/photo.png", b"\x89PNG\r\n\x1a\n"),
        ("b/program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\x03\0>\0\x01\0\0"),
        (".hidden.txt", b"Hidden."),
        ("z.md", b"# Last"),
    ] {
        std::fs::write(folder.join(name), bytes).expect("a file");
    }
    let path = folder.to_str().expect("plain");
    let output = bench.run(&["import", path, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = |key: &str| answer[key].as_array().expect("a list").clone();
    let titles: Vec<_> = list("documents").iter().map(|document| document["title"].clone()).collect();
    assert_eq!(json!(titles), json!(["a", "Second", "Last"]));
    let refused: Vec<_> = list("refused").iter().map(|one| json!([one["file"], one["error"]["code"]])).collect();
    let at = |name: &str| format!("{path}/{name}");
    assert_eq!(json!(refused), json!([[at("b/d.txt"), "import_empty"], [at("b/e.docx"), "import_damaged"]]));
    assert_eq!(json!(list("passed")), json!([at("b/photo.png"), at("b/program")]));
    for left in [2, 1, 0] {
        bench.ok(&["undo"]);
        assert_eq!(bench.json(&["documents"]).as_array().map(Vec::len), Some(left), "each is a step of its own");
    }

    let people = bench.run(&["import", path]);
    assert_eq!(people.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&people.stdout).lines().count(), 3);
    let said = stderr(&people);
    assert!(said.contains("d.txt") && said.contains("photo.png") && said.contains("program"), "{said}");
    assert!(said.ends_with("gloss: 2 files were not imported; 3 were.\n"), "{said}");

    for name in ["b/d.txt", "b/e.docx"] {
        std::fs::remove_file(folder.join(name)).expect("removed");
    }
    let output = bench.run(&["import", path]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).starts_with("gloss: passed over, of kinds that are not read: "), "{}", stderr(&output));
    let document = bench.import("text.txt", b"Text.");
    assert_eq!(bench.refused(&["import", path, "--version-of", &document]), "import_folder");
}

#[test]
fn a_whole_page_is_taken_when_it_is_asked_for() {
    let bench = Bench::new();
    let story = "<p>The ministers met on Monday and spoke of grain, oil and rail. They agreed on little.".repeat(12);
    let page = format!("<title>T</title><nav><a href=/>Front page</a></nav><article>{story}</article>");
    let file = bench.file("page.html", page.as_bytes());
    let text = |words: &[&str]| bench.ok(&["text", "--document", &imported(&bench, words)]);
    assert!(!text(&["import", &file]).contains("Front page"));
    assert!(text(&["import", &file, "--whole-page"]).contains("Front page"));
}

/// The id of the one document that a command line imports. As JSON, so that no remark is written beside it.
fn imported(bench: &Bench, words: &[&str]) -> String {
    bench.json(words)[0]["id"].as_str().expect("an id").to_owned()
}

/// A page whose main text is one article between a menu and an imprint, with a word of it changed by the caller.
fn page_with_imprint(place: &str) -> String {
    let story = format!(
        "<p>The ministers met {place} and spoke of grain, oil and rail. They agreed on little, and said so on the \
         steps of the town hall, where the delegations had waited since the morning.</p>"
    );
    let menu = "<nav><a href=/>Front page</a> <a href=/a>Archive of letters</a></nav>";
    let foot = "<footer><p>Imprint: the paper is printed in the old harbour house.</p></footer>";
    format!("<title>Ministers</title>{menu}<article><h1>Ministers</h1>{}</article>{foot}", story.repeat(12))
}

#[test]
fn a_page_that_was_cut_says_how_many_words_were_kept() {
    let bench = Bench::new();
    let file = bench.file("page.html", page_with_imprint("in Oslo").as_bytes());
    let output = bench.run(&["import", &file]);
    let said = stderr(&output);
    let document = imported(&bench, &["import", &file]);
    let listed = bench.json(&["documents"]);
    let (words, of) = (listed[0]["words"].as_u64().expect("words"), listed[0]["page_words"].as_u64().expect("words"));
    assert!(words > 300 && of > words, "{words} of {of}");
    assert!(said.contains(&format!("{words} of {of} words kept")), "{said}");
    assert_eq!(listed[0]["whole_page"], false);
    let whole = imported(&bench, &["import", &file, "--whole-page"]);
    let listed = bench.json(&["documents"]);
    assert_eq!((listed[2]["whole_page"].clone(), listed[2]["page_words"].clone()), (true.into(), 0.into()));
    assert_ne!(document, whole);
}

#[test]
fn the_whole_page_becomes_a_new_version_and_no_highlight_is_lost() {
    let bench = Bench::new();
    let file = bench.file("page.html", page_with_imprint("in Oslo").as_bytes());
    let id = imported(&bench, &["import", &file]);
    let id = id.as_str();
    let occurrence = ["--quote", "They agreed on little", "--occurrence", "7"];
    bench.ok(&[&["highlight", "--document", id][..], &occurrence].concat());
    bench.ok(&["document", "whole-page", id]);
    let text = bench.ok(&["text", "--document", id]);
    assert!(text.contains("Archive of letters") && text.contains("old harbour house"), "{text}");
    let marked = bench.json(&["highlights"]);
    assert_eq!(marked[0]["quote"], "They agreed on little");
    assert_eq!(marked[0]["anchor"]["confirmed"], true, "{marked}");
    assert_eq!(bench.refused(&["document", "whole-page", id]), "nothing_left_out");
    assert_eq!(bench.json(&["history"])[0]["label"], "Took the whole page of “Ministers”");
    bench.ok(&["undo"]);
    assert!(!bench.ok(&["text", "--document", id]).contains("Archive of letters"));
    let plain = bench.import("plain.txt", "Кошка.".as_bytes());
    assert_eq!(bench.refused(&["document", "whole-page", &plain]), "nothing_left_out");
}

#[test]
fn a_page_is_read_as_its_version_before_was() {
    let bench = Bench::new();
    let (old, new) = (page_with_imprint("in Oslo"), page_with_imprint("in Bergen"));
    let (old, new) = (bench.file("old.html", old.as_bytes()), bench.file("new.html", new.as_bytes()));
    let whole = imported(&bench, &["import", &old, "--whole-page"]);
    let whole = whole.as_str();
    bench.ok(&["highlight", "--document", whole, "--quote", "printed in the old harbour house"]);
    imported(&bench, &["import", &old, "--version-of", whole]);
    assert_eq!(bench.json(&["versions", "--document", whole]).as_array().expect("a list").len(), 1);
    imported(&bench, &["import", &new, "--version-of", whole]);
    let text = bench.ok(&["text", "--document", whole]);
    assert!(text.contains("in Bergen") && text.contains("Archive of letters"), "{text}");
    assert_eq!(bench.json(&["highlights", "--document", whole])[0]["anchor"]["confirmed"], true);
    let cut = imported(&bench, &["import", &old]);
    let cut = cut.as_str();
    imported(&bench, &["import", &new, "--version-of", cut]);
    assert!(!bench.ok(&["text", "--document", cut]).contains("Archive of letters"));
    imported(&bench, &["import", &new, "--version-of", cut, "--whole-page"]);
    assert!(bench.ok(&["text", "--document", cut]).contains("Archive of letters"));
}

#[test]
fn an_original_comes_out_as_it_went_in() {
    let bench = Bench::new();
    for (name, bytes) in [
        ("a.html", &b"<p>A page.\r\n"[..]),
        ("b.txt", "Own text: 한국 👨‍👩‍👧\n".as_bytes()),
        ("c.txt", b"\xef\xbb\xbfline\r\nline"),
        ("d.rtf", b"{\\rtf1 Text.}"),
    ] {
        let document = bench.import(name, bytes);
        let out = bench.path("out");
        let path = out.to_str().expect("plain");
        bench.ok(&["original", "--document", &document, "--output", path]);
        assert_eq!(std::fs::read(&out).expect("written"), bytes, "{name}");
    }
    let (first, second) = (b"One text.".as_slice(), b"Another\r\ntext.".as_slice());
    let document = bench.import("one.txt", first);
    let version =
        bench.json(&["documents"]).as_array().and_then(|all| all.last().cloned()).expect("it")["version"].clone();
    let version = version.as_str().expect("an id");
    bench.ok(&["import", "--version-of", &document, &bench.file("two.txt", second)]);
    let out = bench.path("again");
    let path = out.to_str().expect("plain");
    bench.ok(&["original", "--document", &document, "--output", path]);
    assert_eq!(std::fs::read(&out).expect("written"), second);
    bench.ok(&["original", "--document", &document, "--version", version, "--output", path]);
    assert_eq!(std::fs::read(&out).expect("written"), first);
    let other = bench.import("three.txt", b"Three.");
    for (document, version, code) in [
        (other.as_str(), version, "version_unknown"),
        (&other, "nonsense", "version_unknown"),
        ("nonsense", version, "document_unknown"),
        ("0190a000-0000-7000-8000-000000000000", version, "document_unknown"),
    ] {
        let words = ["original", "--document", document, "--version", version, "--output", path];
        assert_eq!(bench.refused(&words), code);
    }
    let folder = bench.folder.path().to_str().expect("plain");
    assert_eq!(bench.refused(&["original", "--document", &other, "--output", folder]), "export_folder");
    assert_eq!(std::fs::read(&out).expect("kept"), first);
}

#[test]
fn several_files_are_imported_all_or_none() {
    let (bench, _) = Bench::with_text();
    let (good, bad) = (bench.file("good.txt", b"A good text."), bench.file("bad.txt", b""));
    assert_eq!(bench.refused(&["import", &good, &bad]), "import_empty");
    let other = bench.file("other.txt", b"Another text.");
    bench.ok(&["import", &good, &other]);
    assert_eq!(bench.json(&["documents"]).as_array().map(Vec::len), Some(3));
    bench.ok(&["undo"]);
    assert_eq!(bench.json(&["documents"]).as_array().map(Vec::len), Some(1), "one step");
}

#[test]
fn an_unknown_document_gets_no_new_version() {
    let (bench, _) = Bench::with_text();
    let file = bench.file("new.txt", b"New words.");
    for id in ["0190a000-0000-7000-8000-000000000000", "nonsense"] {
        assert_eq!(bench.refused(&["import", "--version-of", id, &file]), "document_unknown");
        assert_eq!(bench.refused(&["text", "--document", id]), "document_unknown");
        assert_eq!(bench.refused(&["document", "delete", id]), "document_unknown");
        assert_eq!(bench.refused(&["document", "edit", id, "--title", "T"]), "document_unknown");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused() {
    let bench = Bench::new();
    give(bench.folder.path(), 0o755);
    let file = bench.file("secret.txt", b"Not for everybody.");
    give(&bench.path("secret.txt"), 0o000);
    let words = ["import", &file, "--json"];
    assert_eq!(refusal(&bound(&bench, &words), &words).0, "import_unreadable");
}
