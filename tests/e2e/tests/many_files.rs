//! Many files at once: a folder comes in with a count and can be stopped, what is already in stays; and a text that has
//! no file is pasted.

use gloss_e2e::{Seat, Sought, Window, sought};

/// So many that nobody is through with them before the button is pressed.
const MANY: usize = 400;

#[tokio::test]
async fn a_folder_comes_in_with_a_count_and_can_be_stopped() {
    let seat = Seat::new();
    let folder = seat.file("reports");
    // Two, for a dialog goes on into the only one by itself.
    for part in ["early", "late"] {
        std::fs::create_dir_all(folder.join(part)).unwrap();
    }
    for number in 0..MANY {
        let page = format!(
            "<title>Report {number:03}</title><h1>Report {number:03}</h1><p>The boats of report {number} lay in the harbour.</p>"
        );
        let place = folder.join(["", "early", "late"][number % 3]);
        std::fs::write(place.join(format!("report{number:03}.html")), page).unwrap();
    }
    std::fs::write(folder.join("picture.png"), [0x89, b'P', b'N', b'G']).unwrap();
    let window = seat.open().await;

    folders(&window).await;
    window.choose_file("Import folders", &folder).await;
    window.see(&sought("progressbar").holding(&format!("of {MANY}"))).await;
    window.screenshot("import-progress").await;
    // The window is there meanwhile.
    window.show("Dashboard").await;
    window.click(&sought("button").named("Cancel")).await;
    window.gone(&sought("progressbar")).await;
    window.hears("Imported ").await;
    let some = seat.gloss_list(&["documents"]).len();
    assert!(some > 0 && some < MANY, "{some} came in before it was stopped");
    window.hears("1 file of another kind was left out").await;
    window.says(&sought("navigation").named("Documents"), &some.to_string()).await;

    // Each is a step of its own.
    window.press("Ctrl+z").await;
    window.hears("Undid: Imported").await;
    assert_eq!(seat.gloss_list(&["documents"]).len(), some - 1);
}

#[tokio::test]
async fn a_text_without_a_file_is_pasted() {
    let seat = Seat::new();
    let window = seat.open().await;
    window.click(&sought("button").named("Paste text…")).await;
    let dialog = sought("dialog").named("New document from pasted text");
    window.focused(&sought("textbox").named("Text").within(dialog.clone())).await;
    window.type_text("A message\n\nThe convoy left at dawn; 호위대가 떠났다.\n").await;
    window.click(&sought("textbox").named("Title").within(dialog.clone())).await;
    window.type_text("Message of 3 May").await;
    window.click(&sought("button").named("Make document").within(dialog.clone())).await;
    window.gone(&dialog).await;
    window.hears("Imported 1 document").await;
    let text = sought("main").named("Document text");
    window.says(&text, "Message of 3 May").await;
    window.drag_over("호위대가 떠났다").await;
    window.press("m").await;
    window.marked("호위대가 떠났다", "military").await;
    window.saved().await;
    let documents = seat.gloss_list(&["documents"]);
    assert_eq!((documents.len(), documents[0]["title"].as_str()), (1, Some("Message of 3 May")));
}

async fn folders(window: &Window) {
    window.press("Ctrl+k").await;
    let field: Sought = sought("combobox").named("Command, document or tag");
    window.focused(&field).await;
    window.type_text("Import folders").await;
    window.see(&sought("option").starting("Import folders")).await;
    window.press("Enter").await;
}
