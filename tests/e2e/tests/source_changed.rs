//! A file that changed on the disk after it was imported is offered as a new version, never taken by itself.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Window, sought};
use std::time::Duration;

/// Time in which the window would have asked, were there anything to ask: more than two looks at the disk.
const LONG_ENOUGH: Duration = Duration::from_secs(5);

const QUOTE: &str = "four patrol boats";

/// A seat with a document that was imported in the window, and a passage of it that is marked.
async fn with_source() -> (Seat, Window, String) {
    let seat = Seat::new();
    let window = seat.open().await;
    let file = seat.write("strait.txt", fixture("strait.txt"));
    window.press("Ctrl+o").await;
    window.choose_file("Import documents", &file).await;
    window.hears("Imported 1 document").await;
    let document = seat.gloss_list(&["documents"])[0]["id"].as_str().unwrap_or_default().to_owned();
    seat.mark(&document, QUOTE, &["military"], "");
    window.marked(QUOTE, "military").await;
    (seat, window, document)
}

fn changed(text: &str) -> String {
    let before = fixture("strait.txt");
    let after = before.replacen("The strait between", &format!("{text} The strait between"), 1);
    assert_ne!(before, after);
    after
}

#[tokio::test]
async fn a_changed_file_is_offered_taken_by_keyboard_and_undone() {
    let (seat, window, document) = with_source().await;
    let news = "Corrected on 9 May: 해협 🚢.";
    seat.write("strait.txt", changed(news));
    window.hears("“The Strait Reopens” changed on disk since it was imported.").await;
    let text = sought("main").named("Document text");
    assert!(!window.read(&text).await.raw.contains(news), "nothing is taken by itself");

    window.press("F6").await;
    window.focused(&sought("button").named("New version")).await;
    window.press("Enter").await;
    window.hears("The text is now that of “strait.txt”").await;
    window.says(&text, news).await;
    window.marked(QUOTE, "military").await;
    assert_eq!(seat.gloss_list(&["versions", "--document", &document]).len(), 2);

    window.press("Ctrl+z").await;
    window
        .until("the former text is back", async || {
            let now = window.read(&text).await;
            if now.raw.contains(news) { Err("the new one is there".into()) } else { Ok(()) }
        })
        .await;
    window.marked(QUOTE, "military").await;
    // The person has decided about this change; it is only told where they look for it.
    tokio::time::sleep(LONG_ENOUGH).await;
    window.gone(&sought("button").named("New version")).await;
    let details = details(&window).await;
    window.says(&sought("region").named("File").within(details.clone()), "changed on disk").await;
    window.click(&sought("button").named("New version from the file").within(details.clone())).await;
    window.says(&sought("region").named("File").within(details.clone()), "as it was imported").await;
    window.press("Escape").await;
    window.gone(&details).await;
    window.says(&text, news).await;
    assert_eq!(seat.gloss_json(&["check"])["ok"], true);
}

#[tokio::test]
async fn a_change_that_is_declined_is_not_offered_again() {
    let (seat, window, _) = with_source().await;
    seat.write("strait.txt", changed("Once."));
    window.click(&sought("button").named("Not now")).await;
    window.gone(&sought("button").named("New version")).await;
    window.close().await;

    // Also not by a window that opens later; but the next change is.
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    tokio::time::sleep(LONG_ENOUGH).await;
    window.gone(&sought("button").named("New version")).await;
    std::fs::remove_file(seat.file("strait.txt")).expect("the file is there");
    seat.write("strait.txt", changed("Twice."));
    window.see(&sought("button").named("New version")).await;

    let details = details(&window).await;
    window.click(&sought("button").named("Stop watching").within(details.clone())).await;
    window.hears("“strait.txt” is not watched any more").await;
    window.gone(&sought("button").named("New version")).await;
    window.gone(&sought("region").named("File").within(details)).await;
}

#[tokio::test]
async fn a_file_that_the_command_line_imported_is_watched_too() {
    let seat = Seat::new();
    seat.import("strait.txt", &fixture("strait.txt"));
    seat.write("strait.txt", changed("While nobody looked."));
    let window = seat.open().await;
    window.hears("“The Strait Reopens” changed on disk since it was imported.").await;
    let kept = std::fs::read(seat.project()).expect("the project");
    let folder = seat.folder().to_string_lossy().into_owned();
    assert!(!kept.windows(folder.len()).any(|part| part == folder.as_bytes()), "no path is in the project");
}

/// Opens the details of the document in the list.
async fn details(window: &Window) -> gloss_e2e::Sought {
    window.click(&sought("button").named("More about “The Strait Reopens”")).await;
    window.click(&sought("menuitem").starting("Details…")).await;
    let details = sought("dialog").named("Document details");
    window.see(&details).await;
    details
}
