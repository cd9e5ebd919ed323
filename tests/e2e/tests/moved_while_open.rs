//! A project that another program moves away while its window is open: nothing is lost, and nothing is said to be saved.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Window, sought};
use std::path::Path;

const QUOTE: &str = "Insurers raised the premium";
const NOTE: &str = "Written while the project was gone; страховка, 보험, 🛟.";

/// A project with one highlight, and its window with the note of that highlight open.
async fn writing(seat: &Seat) -> Window {
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.mark(&document, QUOTE, &["economic"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.to_text().await;
    window.press("]").await;
    window.focused(&sought("mark").named("economic")).await;
    window
}

async fn type_note(window: &Window) {
    window.press("n").await;
    window.focused(&sought("textbox").starting(&format!("Note on “{QUOTE}”"))).await;
    window.type_text(NOTE).await;
}

/// The note of the only highlight in a project.
fn note_in(seat: &Seat, project: &Path) -> String {
    let project = project.to_string_lossy();
    let highlights = seat.gloss_list(&["--project", &project, "highlights"]);
    assert_eq!(seat.gloss_json(&["--project", &project, "check"])["ok"], true);
    highlights[0]["note"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_is_typed_into_a_project_that_was_replaced_goes_into_a_copy() {
    let seat = Seat::new();
    let window = writing(&seat).await;
    let (project, newer) = (seat.project(), seat.file("newer.gloss"));
    std::fs::copy(&project, &newer).and_then(|_| std::fs::rename(&newer, &project)).expect("replaced");
    window.hears("was moved, replaced or removed").await;
    window.says(&sought("banner"), "Not saved").await;
    let replaced = std::fs::read(&project).expect("the other project");
    type_note(&window).await;
    // The header says it before and after the attempt to save the note, and the message stands there once.
    window.says(&sought("banner"), "Not saved").await;
    let copying = sought("button").named("Save a copy…");
    window.count(&copying, 1).await;
    window.click(&copying).await;
    let copy = seat.file("copy.gloss");
    window.choose_file("Make a copy", &copy).await;
    window.hears("Copied to copy.gloss").await;
    window.saved().await;
    window.says(&sought("article").starting("economic: "), NOTE).await;
    window.close().await;
    assert_eq!(note_in(&seat, &copy), NOTE);
    assert_eq!(std::fs::read(&project).expect("the other project"), replaced, "it is as it was");
    assert_eq!(note_in(&seat, &project), "");
}

#[tokio::test]
async fn a_project_that_was_overwritten_is_opened_again_with_the_note_that_was_typed() {
    let seat = Seat::new();
    let window = writing(&seat).await;
    let (project, restored) = (seat.project(), seat.file("restored.gloss"));
    seat.gloss(&["copy", &restored.to_string_lossy()]);
    // Its bytes are put into the file that is there.
    std::fs::copy(&restored, &project).expect("overwritten");
    window.hears("was overwritten").await;
    type_note(&window).await;
    window.says(&sought("banner"), "Not saved").await;
    window.click(&sought("button").named("Open it again")).await;
    window.hears("Opened study").await;
    window.saved().await;
    window.close().await;
    assert_eq!(note_in(&seat, &project), NOTE);
}
