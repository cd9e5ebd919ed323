//! Marking with the mouse: drag over words, or press twice on one, and choose a tag in the toolbar.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Sought, Spot, Window, sought};

#[tokio::test]
async fn a_drag_over_words_and_a_click_in_the_toolbar_make_a_highlight() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;

    let quote = "Orrin kept four patrol boats in the northern channel";
    window.drag_over(quote).await;
    let toolbar = sought("toolbar").named("Highlight");
    window.click(&sought("button").starting("military").within(toolbar.clone())).await;

    let mark = window.marked(quote, "military").await;
    assert!(!mark.colour.ends_with(", 0)") && mark.colour != "transparent", "the mark has no tint: {}", mark.colour);
    window.see(&card("military", quote)).await;
    window.saved().await;
    window.see(&tag("military 1 highlight")).await;
    let row = sought("button").starting("The Strait Reopens").within(sought("navigation").named("Documents"));
    window
        .until("the document's bar counts it", async || {
            let name = window.names_now(&row).await.concat();
            if name.contains("military 1") { Ok(()) } else { Err(name) }
        })
        .await;

    // A second tag on the same highlight, and the first taken off again.
    window.click(&sought("button").starting("economic").within(toolbar.clone())).await;
    window.marked(quote, "military, economic").await;
    window.click(&sought("button").starting("military").within(toolbar)).await;
    window.marked(quote, "economic").await;
    window.saved().await;

    let highlights = seat.gloss_list(&["highlights", "--document", &document]);
    assert_eq!(highlights.len(), 1);
    assert_eq!(highlights[0]["quote"], quote);
    assert_eq!(highlights[0]["tags"], serde_json::json!(["economic"]));
}

#[tokio::test]
async fn a_double_click_marks_a_word_and_a_drag_takes_whole_words() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;

    let (from, to) = window.ends_of("Insurers").await;
    window.double_click_at(between(from, to)).await;
    let toolbar = sought("toolbar").named("Highlight");
    window.see(&toolbar).await;
    window.press("e").await;
    window.marked("Insurers", "economic").await;

    // From inside "precaution" to inside "Fishermen": the rest of both words comes along.
    let (from, _) = window.ends_of("ecaution. Fish").await;
    let (_, to) = window.ends_of("ecaution. Fish").await;
    window.drag(from, to).await;
    window.click(&sought("button").starting("military").within(toolbar)).await;
    window.marked("precaution. Fishermen", "military").await;
    window.saved().await;
    let highlights = seat.gloss_list(&["highlights", "--document", &document]);
    assert_eq!(quotes(&highlights), ["precaution. Fishermen", "Insurers"]);
}

#[tokio::test]
async fn a_tag_in_the_list_shows_only_its_highlights() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.mark(&document, "four patrol boats", &["military"], "");
    seat.mark(&document, "the price of flour", &["economic"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.marked("four patrol boats", "military").await;
    window.marked("the price of flour", "economic").await;
    window.click(&tag("economic 1 highlight")).await;
    window.gone(&card("military", "four patrol boats")).await;
    window.see(&card("economic", "the price of flour")).await;
    let marks = window.marks_now().await;
    assert_eq!(marks.len(), 1, "only the chosen tag is marked: {marks:?}");
    window.click(&sought("button").named("Show all")).await;
    window.see(&card("military", "four patrol boats")).await;
    rests(&window).await;
}

/// Nothing was written by looking.
async fn rests(window: &Window) {
    window.saved().await;
}

fn card(tags: &str, quote: &str) -> Sought {
    sought("article").named(&format!("{tags}: “{quote}”")).within(sought("complementary").named("Margin notes"))
}

fn tag(name: &str) -> Sought {
    sought("button").named(name).within(sought("region").named("Tags"))
}

fn between(from: Spot, to: Spot) -> Spot {
    Spot { x: (from.x + to.x) / 2.0, y: (from.y + to.y) / 2.0 }
}

fn quotes(highlights: &[serde_json::Value]) -> Vec<&str> {
    highlights.iter().filter_map(|one| one["quote"].as_str()).collect()
}
