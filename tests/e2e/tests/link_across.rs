//! A link between passages of two documents: made by picking in the text, shown at both ends, and a way there and back.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Sought, Spot, sought};

const HERE: &str = "In the week after the signing the boats withdrew to the harbour of Tarse";
const THERE: &str = "Not one patrol boat lay in the harbour of Tarse";

#[tokio::test]
async fn a_link_is_made_across_documents_and_followed_there_and_back() {
    let seat = Seat::new();
    let strait = seat.import("strait.txt", &fixture("strait.txt"));
    let harbour = seat.import("harbour.txt", &fixture("harbour.txt"));
    seat.mark(&strait, HERE, &["military"], "");
    seat.mark(&harbour, THERE, &["military"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    let text = sought("main").named("Document text");

    // From this passage, contradicting, to one that is clicked in the other document.
    window.to_text().await;
    window.press("]").await;
    window.focused(&sought("mark").named("military")).await;
    window.press("x").await;
    let dialog = sought("dialog").named("Link passage");
    window.click(&sought("button").starting("contradicts").within(dialog.clone())).await;
    window.click(&sought("button").named("Pick in a text").within(dialog.clone())).await;
    let bar = sought("region").named("Linking");
    window.says(&bar, "Click the other passage, in any document").await;
    window.open_document("Harbour Notes from Tarse").await;
    let (from, to) = window.ends_of(THERE).await;
    window.click_at(Spot { x: (from.x + to.x) / 2.0, y: from.y }).await;
    window.gone(&bar).await;
    window.hears("Linked: contradicts").await;

    // Both ends show it at once.
    window.marked(THERE, "military; has links").await;
    let back = link("← contradicts", HERE);
    window.see(&back).await;
    window.open_document("The Strait Reopens").await;
    window.marked(HERE, "military; has links").await;
    let forth = link("contradicts →", THERE);

    // There and back again.
    window.click(&forth).await;
    window.says(&text, "Harbour Notes from Tarse").await;
    window.focused(&sought("mark").named("military; has links")).await;
    window.marked(THERE, "military; has links").await;
    window.see(&sought("button").named("Back")).await;
    window.press("Alt+ArrowLeft").await;
    window.says(&text, "The Strait Reopens").await;
    window.marked(HERE, "military; has links").await;

    let links = seat.gloss_list(&["links"]);
    assert_eq!(links.len(), 1);
    assert_eq!(links[0]["relation"], "contradicts");

    // The table of links opens either end.
    window.show("Links").await;
    let table = sought("main").named("Links");
    window.click(&sought("button").starting("Open the passage it leads to").within(table)).await;
    window.says(&text, "Harbour Notes from Tarse").await;
    window.focused(&sought("mark").named("military; has links")).await;
}

fn link(relation: &str, quote: &str) -> Sought {
    sought("button").named(&format!("{relation} {quote}")).within(sought("complementary").named("Margin notes"))
}
