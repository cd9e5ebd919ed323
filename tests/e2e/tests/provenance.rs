//! What a file says about itself is shown as found until a person confirms it, can be put right, and is what the notes
//! cite.

use gloss_e2e::{Seat, Sought, Window, sought};

const PAGE: &str = "<!doctype html><html lang=en-GB><head><title>Grain on the river</title>
    <meta name=author content='Eva Muster'><meta property=og:site_name content='The Daily Example'>
    <meta property=og:url content='https://example.org/grain'><meta property=article:published_time content=2024-03-05T10:00:00Z></head>
    <body><article><h1>Grain on the river</h1><p>The two ministers met in Vladivostok, spoke for an hour, and agreed on grain,
    coal and labour; neither side published the text. Officials said later that the talks would be followed by a visit.</p>
    <p>Nobody in the customs house would say who had signed the papers.</p></article></body></html>";

const QUOTE: &str = "neither side published the text";

#[tokio::test]
async fn what_a_file_says_is_found_confirmed_and_cited() {
    let seat = Seat::new();
    let document = seat.import("grain.html", PAGE);
    seat.mark(&document, QUOTE, &["diplomatic"], "");
    let window = seat.open().await;
    window.open_document("Grain on the river").await;

    // Found in the file, and said so at each field.
    details(&window).await;
    for (field, value) in [
        ("Title", "Grain on the river"),
        ("Author", "Eva Muster"),
        ("Publisher", "The Daily Example"),
        ("Published", "2024-03-05"),
        ("Address (URL)", "https://example.org/grain"),
        ("Language", "en-GB"),
    ] {
        shows(&window, field, value).await;
    }
    let found = sought("paragraph").named("Found in the file").within(dialog());
    assert!(window.count_now(&found).await >= 6);
    window.says(&dialog(), "Saving confirms it").await;
    window.screenshot("details-found").await;

    // Put right, and with that confirmed.
    set(&window, "Author", "Muster, Eva; Doe, Jane").await;
    set(&window, "Published", "2024-03").await;
    set(&window, "Accessed", "2026-11-23").await;
    window.click(&sought("button").named("Save").within(dialog())).await;
    window.gone(&dialog()).await;
    window.hears("Details saved").await;
    details(&window).await;
    shows(&window, "Author", "Muster, Eva; Doe, Jane").await;
    window.gone(&found).await;
    window.press("Escape").await;
    window.gone(&dialog()).await;

    // The notes cite it so, in full and beside the quote.
    window.press("Ctrl+e").await;
    let preview = sought("region").named("Preview");
    let full = "Eva Muster and Jane Doe, *Grain on the river*. The Daily Example, 2024-03. <https://example.org/grain>. Accessed 2026-11-23.";
    window.says(&preview, full).await;
    window.says(&preview, &format!("> {QUOTE}")).await;
    window.says(&preview, "(Muster and Doe 2024, ¶ 2)").await;
    window.screenshot("cited").await;
    window.press("Escape").await;

    // One step of the history: what was found is found again.
    window.to_text().await;
    window.press("Ctrl+z").await;
    window.hears("Undid: ").await;
    details(&window).await;
    shows(&window, "Author", "Eva Muster").await;
    assert!(window.count_now(&found).await >= 6);
}

async fn details(window: &Window) {
    window.click(&sought("button").named("More about “Grain on the river”")).await;
    window.click(&sought("menuitem").starting("Details…")).await;
    window.see(&dialog()).await;
}

async fn shows(window: &Window, field: &str, value: &str) {
    window.says(&sought("textbox").named(field).within(dialog()), value).await;
}

async fn set(window: &Window, field: &str, value: &str) {
    window.click(&sought("textbox").named(field).within(dialog())).await;
    window.press("Ctrl+a").await;
    window.type_text(value).await;
}

fn dialog() -> Sought {
    sought("dialog").named("Document details")
}
