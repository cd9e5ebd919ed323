//! Nothing that is imported can run, load or fetch anything. Files of every format do what they can to get out; they are
//! read in the window from end to end, with an address and a file set as a trap that they all point at. Neither is
//! touched, no script runs, the page has only what is its own, and the notes that are written out are words.
#![cfg(target_os = "linux")]

mod files;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use files::{Hostile, SHOWN, hostile, refused};
use gloss_e2e::{Seat, Sought, Trap, Window, sought};

/// Takes note of what the page's policy refuses from now on: it should have nothing to refuse.
const WATCH: &str = r"
window.before = { head: document.head.childElementCount, at: location.href };
window.refused = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  window.refused.push(`${violatedDirective} refused ${blockedURI}`));";

/// What is in the page that should not be there, and what happened in it.
const FOUND: &str = r"
const found = [...window.refused];
if (window.ran !== undefined) found.push('a script ran');
if (location.href !== window.before.at) found.push(`the window went to ${location.href}`);
if (window.length > 0) found.push('there are frames');
if (document.head.childElementCount !== window.before.head) found.push('something is new in the head');
const foreign = 'script, iframe, frame, object, embed, applet, link, style, base, meta, img, picture, video, audio, source, '
  + 'track, image, use, foreignObject, animate, set, template, noscript, math, a[href]';
for (const el of document.body.querySelectorAll(foreign)) found.push(el.outerHTML.slice(0, 160));
const loading = ['src', 'srcset', 'srcdoc', 'action', 'formaction', 'poster', 'background', 'ping', 'data', 'href', 'xlink:href'];
for (const el of document.querySelectorAll('*')) {
  for (const { name, value } of el.attributes) {
    const loads = loading.includes(name) && document.body.contains(el);
    if (loads || name.startsWith('on') || /url\(/i.test(value)) found.push(`${el.tagName} ${name}=${value}`);
  }
}
return found;";

#[tokio::test]
async fn nothing_imported_runs_loads_or_fetches() {
    let seat = Seat::new();
    let trap = Trap::set(&seat);
    let files = hostile(&trap);
    let folder = seat.file("hostile");
    std::fs::create_dir(&folder).unwrap();
    for Hostile { name, bytes, .. } in &files {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let refused = refused(&trap);
    for (name, bytes, _) in &refused {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let window = seat.open().await;
    window.execute(WATCH, Vec::new()).await;

    // All of them at once; what is not safe to read is named, and the others come in.
    command(&window, "Import folders").await;
    window.choose_file("Import folders", &folder).await;
    let dialog = sought("dialog").named(&format!("{} files were not imported", refused.len()));
    for (name, _, reason) in &refused {
        window.says(&dialog, name).await;
        window.says(&dialog, reason).await;
    }
    harmless(&window, &trap, "the refused files").await;
    window.press("Escape").await;
    window.gone(&dialog).await;
    let list = sought("navigation").named("Documents");
    window.count(&sought("button").holding("Hostile").within(sought("list").within(list)), 2 * files.len()).await;

    // A page with everything that is seen in it, too.
    command(&window, "Import web pages whole").await;
    window.choose_file("Import documents", &folder.join("page.html")).await;
    window.hears("Imported 1 document").await;
    harmless(&window, &trap, "the whole page").await;
    window.press("Ctrl+z").await;
    window.hears("Undid: ").await;

    // Each is read, marked, and said what is known about it.
    let shown = trap.baited(SHOWN);
    let mut passages = Vec::new();
    for document in seat.gloss_list(&["documents"]) {
        let id = document["id"].as_str().unwrap_or_default();
        passages.push(seat.mark(id, &shown, &["military"], ""));
    }
    assert_eq!(passages.len(), files.len());
    for pair in passages.windows(2) {
        seat.gloss(&["link", "--from", &pair[0], "--to", &pair[1], "--relation", "contradicts"]);
    }
    for Hostile { title, drawn, .. } in &files {
        window.open_document(title).await;
        window.marked(&shown, "military; has links").await;
        if *drawn {
            let outline = sought("region").named("Outline");
            window.click(&sought("button").named("Second part").within(outline.clone())).await;
            window.click(&sought("button").named("First part").within(outline)).await;
            window.see(&sought("heading").named("First part").within(text())).await;
        }
        if window.read(&text()).await.raw.contains("an address") && *drawn {
            // An address is shown, and going there is up to the reader of the notes.
            let (from, to) = window.ends_of("an address").await;
            window.click_at(gloss_e2e::Spot { x: (from.x + to.x) / 2.0, y: from.y }).await;
        }
        harmless(&window, &trap, title).await;
        window.click(&sought("button").starting(&format!("More about “{title}"))).await;
        window.click(&sought("menuitem").starting("Details…")).await;
        window.see(&sought("dialog").named("Document details")).await;
        harmless(&window, &trap, &format!("the details of {title}")).await;
        window.press("Escape").await;
        window.gone(&sought("dialog").named("Document details")).await;
    }

    // The whole of it.
    for view in ["Dashboard", "Links", "Search"] {
        window.show(view).await;
        if view == "Search" {
            window.press("Ctrl+a").await;
            window.type_text("script OR cmd").await;
            window.see(&sought("heading").starting("Hostile page").within(sought("main").named("Search"))).await;
        }
        window.settled().await;
        harmless(&window, &trap, view).await;
        window.screenshot(&format!("hostile-{}", view.to_lowercase())).await;
    }
    window.press("Ctrl+e").await;
    window.says(&sought("region").named("Preview"), "Hostile page").await;
    harmless(&window, &trap, "the export").await;
    let written = seat.gloss(&["export"]);
    assert_eq!(written.matches("tp.system").count(), files.len());
    words_alone(&written);
    window.press("Escape").await;

    // Nor does a note, whoever wrote it.
    window.show("Read").await;
    window.open_document("Hostile page").await;
    let note = "<img src=http://ADDRESS/note onerror=window.ran=1> ![n](http://ADDRESS/n.png) [a](http://ADDRESS/a) [b](javascript:window.ran=1)";
    let documents = seat.gloss_list(&["documents"]);
    let page =
        documents.iter().find(|one| one["title"].as_str().is_some_and(|title| title.starts_with("Hostile page")));
    let document = page.and_then(|page| page["id"].as_str()).unwrap_or_default();
    seat.mark(document, "Second part", &["economic"], &trap.baited(note));
    window.says(&sought("article").starting("economic"), "onerror").await;
    harmless(&window, &trap, "a note").await;
    window.screenshot("hostile-read").await;
    window.close().await;
    assert_eq!(trap.sprung(), Vec::<String>::new());
    trap.works();
}

/// Asserts that nothing came of what is shown now; `shown` is what the message calls it.
async fn harmless(window: &Window, trap: &Trap, shown: &str) {
    let found = window.execute(FOUND, Vec::new()).await;
    if found.as_array().is_none_or(|found| !found.is_empty()) {
        window.fail(&format!("{shown} does nothing"), &found.to_string()).await;
    }
    let sprung = trap.sprung();
    if !sprung.is_empty() {
        window.fail(&format!("{shown} leaves the trap alone"), &sprung.join(", ")).await;
    }
}

/// Asserts that whoever renders the notes finds words: no markup, no picture, no address that was hidden in a text, and
/// nothing that a note app would run.
fn words_alone(notes: &str) {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.front_matter_delimiter = Some("---".into());
    options.extension.table = true;
    for node in parse_document(&arena, notes, &options).descendants() {
        let value = &node.data.borrow().value;
        let runs = matches!(
            value,
            NodeValue::HtmlBlock(_)
                | NodeValue::HtmlInline(_)
                | NodeValue::Image(_)
                | NodeValue::Code(_)
                | NodeValue::CodeBlock(_)
        );
        assert!(!runs, "the notes have {value:?}");
        if let NodeValue::Link(link) = value {
            // To another passage, or to where the source says that it was found.
            let harmless = link.url.starts_with('#') || link.url.starts_with("http://");
            assert!(harmless, "the notes lead to {}", link.url);
        }
    }
    for run in ["<%", "![[", "{{ 7", "${x}", "[[x"] {
        assert!(!notes.contains(run), "the notes have {run} as it is");
    }
}

/// Runs a command by its name.
async fn command(window: &Window, name: &str) {
    window.press("Ctrl+k").await;
    let field = sought("combobox").named("Command, document or tag");
    window.focused(&field).await;
    window.type_text(name).await;
    window.see(&sought("option").starting(name)).await;
    window.press("Enter").await;
}

fn text() -> Sought {
    sought("main").named("Document text")
}
