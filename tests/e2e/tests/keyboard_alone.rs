//! The whole job without the mouse: read, mark, tag, note, link, look at the whole, export.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, sought};
use serde_json::json;

#[tokio::test]
async fn the_whole_job_without_the_mouse() {
    let seat = Seat::new();
    let window = seat.open().await;
    let strait = seat.import("strait.txt", &fixture("strait.txt"));
    let harbour = seat.import("harbour.txt", &fixture("harbour.txt"));
    let text = sought("main").named("Document text");
    let list = sought("navigation").named("Documents");
    window.see(&sought("button").starting("Harbour Notes from Tarse").within(list)).await;

    // To the document: its list is reached with Tab, its rows with the arrows.
    let filter = sought("searchbox").named("Filter documents");
    window.see(&filter).await;
    for _ in 0..20 {
        if window.read(&filter).await.focused {
            break;
        }
        window.press("Tab").await;
    }
    window.focused(&filter).await;
    window.type_text("harbour").await;
    window.press("Enter").await;
    window.says(&text, "Harbour Notes from Tarse").await;
    while !window.focus_now().await.starts_with("main") {
        window.press("Tab").await;
    }

    // Sentence by sentence to the passage; a word of it less, and marked.
    let passage = "Not one patrol boat lay in the harbour of Tarse between 8 and 15 May.";
    window.press("Home").await;
    for _ in 0..12 {
        window.press("j").await;
        let selected = window.execute("return getSelection().toString()", Vec::new()).await;
        if selected == passage {
            break;
        }
    }
    let selected = window.execute("return getSelection().toString()", Vec::new()).await;
    assert_eq!(selected, passage);
    window.press("Shift+j").await;
    window.press("Shift+k").await;
    window.press("m").await;
    window.marked(passage, "military").await;
    window.press("e").await;
    window.marked(passage, "military, economic").await;
    window.press("e").await;
    window.marked(passage, "military").await;
    window.press("d").await;
    window.marked(passage, "military, diplomatic").await;

    // The note.
    window.press("n").await;
    let field = sought("textbox").starting("Note on “Not one patrol boat");
    window.focused(&field).await;
    window.type_text("My own eyes. The other report puts the boats **here**, in the same week.").await;
    window.press("Escape").await;
    window.gone(&field).await;
    window.marked(passage, "military, diplomatic; has a note").await;
    window.saved().await;
    window.see(&sought("article").starting("military, diplomatic: “Not one patrol boat")).await;

    // A passage of the other document, and the link to it through the dialog.
    let other = "In the week after the signing the boats withdrew to the harbour of Tarse";
    seat.mark(&strait, other, &["military"], "");
    window.press("x").await;
    let dialog = sought("dialog").named("Link passage");
    window.see(&dialog).await;
    window.focused(&sought("button").starting("supports").within(dialog.clone())).await;
    window.press("ArrowRight").await;
    window.focused(&sought("button").starting("contradicts").within(dialog.clone())).await;
    window.press("Enter").await;
    let search = sought("combobox").named("Search quotes and notes").within(dialog.clone());
    window.focused(&search).await;
    window.type_text("withdrew").await;
    window.see(&sought("option").starting(other).within(dialog.clone())).await;
    window.press("Enter").await;
    window.gone(&dialog).await;
    window.hears("Linked: contradicts").await;
    window.marked(passage, "military, diplomatic; has a note; has links").await;

    // The dashboard.
    window.focused(&sought("mark").starting("military, diplomatic")).await;
    window.press("g d").await;
    window.see(&sought("button").named("1 contradiction").within(sought("main").named("Dashboard"))).await;
    window.see(&sought("button").named("2 highlights").within(sought("list").named("Figures"))).await;

    // The export: what the dialog shows is there to be read, and Escape leads back.
    window.press("Ctrl+e").await;
    let dialog = sought("dialog").named("Export notes");
    let preview = sought("region").named("Preview").within(dialog.clone());
    window.says(&preview, "> Not one patrol boat lay in the harbour of Tarse between 8 and 15 May.").await;
    window.says(&preview, "My own eyes. The other report puts the boats **here**, in the same week.").await;
    window.says(&preview, "contradicts").await;
    window.press("Escape").await;
    window.gone(&dialog).await;

    let highlights = seat.gloss_list(&["highlights", "--document", &harbour]);
    assert_eq!(highlights.len(), 1);
    assert_eq!(highlights[0]["quote"], passage);
    assert_eq!(highlights[0]["tags"], json!(["military", "diplomatic"]));
    let links = seat.gloss_list(&["links"]);
    assert_eq!(links.len(), 1);
    assert_eq!(links[0]["relation"], "contradicts");
    assert_eq!(links[0]["from"], highlights[0]["id"]);
}

#[tokio::test]
async fn letters_typed_in_a_field_are_letters() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.mark(&document, "four patrol boats", &[], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.to_text().await;
    window.press("]").await;
    window.focused(&sought("mark").named("no tag")).await;
    window.press("n").await;
    let field = sought("textbox").starting("Note on “four patrol boats”");
    window.focused(&field).await;
    window.type_text("med x / ? gd [j]").await;
    assert_eq!(window.read(&field).await.value.as_deref(), Some("med x / ? gd [j]"));
    window.press("Escape").await;
    window.saved().await;
    let highlights = seat.gloss_list(&["highlights"]);
    assert_eq!(highlights[0]["note"], "med x / ? gd [j]");
    assert_eq!(highlights[0]["tags"], json!([]));
}
