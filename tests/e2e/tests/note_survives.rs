//! A note is on the disk a second after it was typed, whatever happens to the program.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, sought};
use std::time::Duration;

#[tokio::test]
async fn a_note_survives_a_kill_one_second_after_typing() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    let quote = "Insurers raised the premium";
    seat.mark(&document, quote, &["economic"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.to_text().await;
    window.press("]").await;
    window.focused(&sought("mark").named("economic")).await;
    window.press("n").await;
    let field = sought("textbox").starting(&format!("Note on “{quote}”"));
    window.focused(&field).await;
    let note = "Seven times the old rate; страховка, 보험, 🛟.";
    window.type_text(note).await;
    // The promise is one second; the field keeps the focus, so nothing but time passes.
    tokio::time::sleep(Duration::from_secs(1)).await;
    window.kill().await;

    assert_eq!(seat.gloss_list(&["highlights"])[0]["note"], note);
    assert_eq!(seat.gloss_json(&["check"])["ok"], true);
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.says(&sought("article").starting("economic: "), note).await;
}
