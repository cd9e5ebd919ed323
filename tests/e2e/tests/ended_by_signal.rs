//! The end of a session, or a terminal that goes away, ends the window as closing it does.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, sought};

#[tokio::test]
async fn a_note_that_is_being_typed_is_saved_when_a_signal_ends_the_window() {
    for signal in ["TERM", "HUP", "INT"] {
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
        window.focused(&sought("textbox").starting(&format!("Note on “{quote}”"))).await;
        let note = "Half a sentence, страховка, 보험, 🛟";
        window.type_text(note).await;
        window.end_by(signal).await;
        let log = seat.project().with_extension("gloss-wal");
        assert!(!log.exists(), "{signal}: the project is one file again");
        assert_eq!(seat.gloss_list(&["highlights"])[0]["note"], note, "{signal}");
        assert_eq!(seat.gloss_json(&["check"])["ok"], true, "{signal}");
    }
}
