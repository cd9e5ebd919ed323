//! What the command line does to a project shows in the window that is open on it.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, sought};
use std::time::Duration;

/// What the command line changed shows within this time.
const SOON: Duration = Duration::from_secs(2);

#[tokio::test]
async fn an_import_by_the_command_line_appears_within_two_seconds() {
    let seat = Seat::new();
    let window = seat.open().await;
    let list = sought("navigation").named("Documents");
    window.says(&list, "No documents yet").await;

    let document = seat.import("strait.txt", &fixture("strait.txt"));
    let row = sought("button").starting("The Strait Reopens").within(list);
    window.within(SOON, "the imported document is in the list", async || there(&window, &row).await).await;

    window.open_document("The Strait Reopens").await;
    let quote = "The statement has two pages";
    seat.mark(&document, quote, &["diplomatic"], "Short.");
    let card = sought("article").named(&format!("diplomatic: “{quote}”"));
    window.within(SOON, "the new highlight has its card", async || there(&window, &card).await).await;
    window.marked(quote, "diplomatic; has a note").await;
}

#[tokio::test]
async fn the_command_line_and_the_window_agree_after_a_file_dialog_has_looked_at_the_project() {
    let seat = Seat::new();
    let window = seat.open().await;
    // The project lies in a folder that the dialog lists.
    let beside = seat.folder().join("beside.txt");
    std::fs::write(&beside, "Beside the project\n\nThe boats lay in the harbour. The ice had gone.\n").unwrap();
    window.press("Ctrl+o").await;
    window.choose_file("Import documents", &beside).await;
    window.hears("Imported 1 document").await;
    let documents = seat.gloss_list(&["documents"]);
    let document = documents[0]["id"].as_str().unwrap_or_default();
    for quote in ["The boats lay in the harbour", "The ice had gone"] {
        seat.mark(document, quote, &["military"], "");
        let card = sought("article").named(&format!("military: “{quote}”"));
        window.within(SOON, "the new highlight has its card", async || there(&window, &card).await).await;
    }
    window.drag_over("in the harbour").await;
    window.press("e").await;
    window.marked("in the harbour", "economic").await;
    window.saved().await;
    assert_eq!(seat.gloss_list(&["highlights"]).len(), 3);
    window.close().await;
    assert_eq!(seat.gloss_list(&["highlights"]).len(), 3);
    assert_eq!(seat.gloss_json(&["check"])["ok"], true);
    let left = std::fs::read_dir(seat.folder()).unwrap().flatten().map(|entry| entry.file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with("study.gloss")).collect();
    assert_eq!(left, ["study.gloss"]);
}

async fn there(window: &gloss_e2e::Window, what: &gloss_e2e::Sought) -> Result<(), String> {
    match window.count_now(what).await {
        1 => Ok(()),
        count => Err(format!("there are {count}")),
    }
}
