//! The ends of a highlight can be moved, by a handle or by keys, and that can be undone.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Spot, sought};

const QUOTE: &str = "four patrol boats";

#[tokio::test]
async fn a_handle_moves_an_end_and_undo_takes_it_back() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.mark(&document, QUOTE, &["military"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    let (from, to) = window.ends_of(QUOTE).await;
    window.click_at(Spot { x: (from.x + to.x) / 2.0, y: from.y }).await;
    window.see(&sought("button").named("Drag the end")).await;

    let (_, goal) = window.ends_of("four patrol boats in the northern channel").await;
    window.drag(to, goal).await;
    let wider = "four patrol boats in the northern channel";
    window.marked(wider, "military").await;
    window.saved().await;
    assert_eq!(seat.gloss_list(&["highlights"])[0]["quote"], wider);

    let (start, _) = window.ends_of(wider).await;
    let (goal, _) = window.ends_of("Orrin kept four").await;
    window.drag(start, goal).await;
    let widest = "Orrin kept four patrol boats in the northern channel";
    window.marked(widest, "military").await;
    window.saved().await;

    window.press("Ctrl+z").await;
    window.marked(wider, "military").await;
    window.press("Ctrl+z").await;
    window.marked(QUOTE, "military").await;
    window.press("Ctrl+Shift+z").await;
    window.marked(wider, "military").await;
    window.saved().await;
    assert_eq!(seat.gloss_list(&["highlights"])[0]["quote"], wider);
}

#[tokio::test]
async fn keys_move_the_ends_of_the_highlight_that_has_the_focus() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.mark(&document, QUOTE, &["military"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.to_text().await;
    window.press("]").await;
    window.focused(&sought("mark").named("military")).await;

    window.press("Shift+ArrowRight").await;
    window.marked("four patrol boats in", "military").await;
    window.press("Shift+ArrowRight Shift+ArrowRight").await;
    window.marked("four patrol boats in the northern", "military").await;
    window.press("Alt+Shift+ArrowLeft").await;
    window.marked("kept four patrol boats in the northern", "military").await;
    window.press("Alt+Shift+ArrowRight Alt+Shift+ArrowRight").await;
    window.marked("patrol boats in the northern", "military").await;
    window.saved().await;
    assert_eq!(seat.gloss_list(&["highlights"])[0]["quote"], "patrol boats in the northern");

    window.press("Ctrl+z").await;
    window.marked(QUOTE, "military").await;
    window.saved().await;
    assert_eq!(seat.gloss_list(&["highlights"])[0]["quote"], QUOTE);
}
