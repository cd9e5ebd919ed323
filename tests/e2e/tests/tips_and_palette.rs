//! Tooltips, the command palette and the dialog "Link passage", by the keyboard alone; and a selection by the mouse, which
//! shows what will be marked.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Window, sought};
use serde_json::json;

/// Whether the tooltip lies above everything else at its middle.
const ON_TOP: &str = "const tip = document.querySelector('[role=tooltip]');
    if (!tip) return false;
    const { left, right, top, bottom } = tip.getBoundingClientRect();
    return tip.matches(':popover-open') && tip.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));";

#[tokio::test]
async fn a_tooltip_comes_with_the_focus_and_goes_with_escape() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.mark(&document, "four patrol boats", &["military"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    let tooltip = sought("tooltip");

    // The engine's own tooltips are nowhere.
    for view in ["Read", "Dashboard", "Links", "Search"] {
        window.show(view).await;
        window.settled().await;
        let titled = "return [...document.querySelectorAll('[title]')].map((one) => one.outerHTML)";
        assert_eq!(window.execute(titled, Vec::new()).await, json!([]), "{view}");
    }
    window.show("Read").await;

    let theme = sought("button").named("Theme and reading");
    to(&window, "Theme and reading").await;
    window.focused(&theme).await;
    window.says(&tooltip, "Theme and reading").await;
    window.press("Escape").await;
    window.gone(&tooltip).await;
    window.focused(&theme).await;
    window.press("Tab").await;
    window.says(&tooltip, "Command palette").await;
    // A menu or a dialog that opens is not covered by it.
    window.press("Enter").await;
    let palette = sought("dialog").named("Command palette");
    window.see(&palette).await;
    window.gone(&tooltip).await;
    window.press("Escape").await;
    window.gone(&palette).await;

    // Inside a dialog it lies above the dialog; the first Escape puts it away, the second closes the dialog.
    window.to_text().await;
    window.press("g h").await;
    let dialog = sought("dialog").named("History");
    window.see(&dialog).await;
    to(&window, "Close").await;
    window.says(&tooltip, "Close").await;
    assert_eq!(window.execute(ON_TOP, Vec::new()).await, true, "the tooltip is covered");
    window.axe("a dialog with a tooltip").await;
    window.press("Escape").await;
    window.gone(&tooltip).await;
    window.see(&dialog).await;
    window.press("Escape").await;
    window.gone(&dialog).await;
}

#[tokio::test]
async fn the_palette_finds_words_in_any_order_and_by_other_names() {
    let seat = Seat::new();
    seat.import("strait.txt", &fixture("strait.txt"));
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.to_text().await;
    let field = sought("combobox").named("Command, document or tag");

    window.press("Ctrl+k").await;
    window.focused(&field).await;
    window.type_text("night theme").await;
    window.press("Enter").await;
    window.gone(&field).await;
    window
        .until("the theme is dark", async || {
            let theme = window.execute("return document.documentElement.dataset.theme", Vec::new()).await;
            if theme == "dark" { Ok(()) } else { Err(format!("it is {theme}")) }
        })
        .await;

    window.press("Ctrl+k").await;
    window.focused(&field).await;
    window.type_text("merge").await;
    window.press("Enter").await;
    window.focused(&sought("combobox").named("Which tag?")).await;
    window.type_text("econ").await;
    window.press("Enter").await;
    let dialog = sought("dialog").named("Merge tags");
    window.says(&dialog, "economic").await;
    window.press("Escape").await;
    window.gone(&dialog).await;
}

#[tokio::test]
async fn a_link_is_made_by_two_keys_and_a_word() {
    let seat = Seat::new();
    let strait = seat.import("strait.txt", &fixture("strait.txt"));
    let harbour = seat.import("harbour.txt", &fixture("harbour.txt"));
    let here = "In the week after the signing the boats withdrew to the harbour of Tarse";
    let there = "Not one patrol boat lay in the harbour of Tarse";
    seat.mark(&harbour, "Tarse between 8 and 15 May", &[], "");
    let target = seat.mark(&harbour, there, &["military"], "Seen with my *own* eyes");
    let from = seat.mark(&strait, here, &["military"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    let dialog = sought("dialog").named("Link passage");

    for relation in ["c", "Enter"] {
        window.to_text().await;
        window.press("Home ]").await;
        window.focused(&sought("mark").starting("military")).await;
        window.press("x").await;
        window.see(&dialog).await;
        // The second time the relation of the first stands first, with the focus.
        if relation == "Enter" {
            window.focused(&sought("button").starting("contradicts").within(dialog.clone())).await;
        }
        window.press(relation).await;
        window.focused(&sought("combobox").named("Search quotes and notes")).await;
        window.axe("the dialog Link passage").await;
        window.type_text("own eyes").await;
        window.says(&dialog, "Seen with my own eyes").await;
        window.press("Enter").await;
        window.gone(&dialog).await;
        window.hears("Linked: contradicts").await;
    }
    let links = seat.gloss_list(&["links"]);
    assert_eq!(links.len(), 2);
    for link in links {
        assert_eq!(
            (&link["from"], &link["to"], &link["relation"]),
            (&json!(from), &json!(target), &json!("contradicts"))
        );
    }
}

#[tokio::test]
async fn a_selection_shows_the_words_that_will_be_marked() {
    let seat = Seat::new();
    seat.import("strait.txt", &fixture("strait.txt"));
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    // From before the first word to the middle of the second.
    window.drag_over("four pat").await;
    window.see(&sought("toolbar").named("Highlight")).await;
    assert_eq!(selected(&window).await, "four patrol");
    window.press("m").await;
    window.marked("four patrol", "military").await;
    window.press("Escape").await;

    // Without the setting, the letters.
    window.press("Ctrl+k").await;
    window.focused(&sought("combobox").named("Command, document or tag")).await;
    window.type_text("whole word").await;
    window.press("Enter").await;
    window.hears("Whole-word selection is off").await;
    window.drag_over("the northern chan").await;
    window.see(&sought("toolbar").named("Highlight")).await;
    assert_eq!(selected(&window).await, "the northern chan");
}

async fn selected(window: &Window) -> String {
    window.execute("return getSelection().toString()", Vec::new()).await.as_str().unwrap_or_default().to_owned()
}

/// Presses Tab until a button of this name has the focus.
async fn to(window: &Window, name: &str) {
    let wanted = format!("button “{name}”");
    for _ in 0..60 {
        window.press("Tab").await;
        if window.focus_now().await == wanted {
            return;
        }
    }
    window.fail(&format!("Tab reaches {wanted}"), "it does not").await;
}
