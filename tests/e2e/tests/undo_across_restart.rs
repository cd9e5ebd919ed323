//! Every change can be undone and redone, in order, also after the program was started again; the list says what was
//! done in plain words.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Window, sought};

const QUOTE: &str = "Diplomats in Senn speak of a success.";

#[tokio::test]
async fn undo_and_redo_go_on_after_a_restart() {
    let seat = Seat::new();
    seat.import("strait.txt", &fixture("strait.txt"));
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.drag_over(QUOTE).await;
    window.press("d").await;
    window.marked(QUOTE, "diplomatic").await;
    window.press("m").await;
    window.marked(QUOTE, "military, diplomatic").await;
    window.press("n").await;
    window.focused(&sought("textbox").starting("Note on “Diplomats")).await;
    window.type_text("Whose success?").await;
    window.press("Escape").await;
    window.marked(QUOTE, "military, diplomatic; has a note").await;
    window.saved().await;
    window.press("Ctrl+z").await;
    window.marked(QUOTE, "military, diplomatic").await;
    window.hears("Undid: ").await;
    window.saved().await;
    window.close().await;

    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.marked(QUOTE, "military, diplomatic").await;
    window.press("Ctrl+z").await;
    window.marked(QUOTE, "diplomatic").await;
    window.press("Ctrl+z").await;
    window.until("nothing is marked", async || none_marked(&window).await).await;
    window.press("Ctrl+Shift+z").await;
    window.marked(QUOTE, "diplomatic").await;
    window.press("Ctrl+Shift+z").await;
    window.press("Ctrl+Shift+z").await;
    window.marked(QUOTE, "military, diplomatic; has a note").await;
    window.says(&sought("article").starting("military, diplomatic: "), "Whose success?").await;
    window.saved().await;
    assert_eq!(seat.gloss_list(&["highlights"])[0]["note"], "Whose success?");

    // The list, newest first; its own button undoes the newest.
    window.press("g h").await;
    let dialog = sought("dialog").named("History");
    let list = sought("list").named("History").within(dialog.clone());
    let steps = window
        .until("the list has its steps", async || {
            let steps = window.names_now(&sought("listitem").within(list.clone())).await;
            if steps.len() == 4 { Ok(steps) } else { Err(format!("it has {steps:?}")) }
        })
        .await;
    for (step, words) in
        steps.iter().zip([&["Note"][..], &["military"], &["diplomatic"], &["Imported", "The Strait Reopens"]])
    {
        for word in words {
            assert!(step.to_lowercase().contains(&word.to_lowercase()), "“{step}” does not say “{word}”");
        }
        assert!(!step.contains("highlight_") && !step.contains('{'), "“{step}” is not plain words");
    }
    window.click(&sought("button").starting("Undo").within(dialog.clone())).await;
    window.says(&list, "undone").await;
    window.press("Escape").await;
    window.marked(QUOTE, "military, diplomatic").await;
    assert_eq!(seat.gloss_list(&["highlights"])[0]["note"], "");
}

async fn none_marked(window: &Window) -> Result<(), String> {
    let marks = window.marks_now().await;
    if marks.is_empty() { Ok(()) } else { Err(format!("the marks are {marks:?}")) }
}
