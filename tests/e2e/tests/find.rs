//! The whole of a long text is found and printed, though only what is near the screen is in the page.

use gloss_e2e::{Seat, Window, sought};
use serde_json::json;

/// Paragraphs of the text; a screen shows some ten of them.
const PARAGRAPHS: usize = 1500;

/// A text in which one paragraph near the end says something that no other says.
fn long_text() -> String {
    let mut text = String::from("A long report\n");
    for number in 1..=PARAGRAPHS {
        let said = if number == PARAGRAPHS - 100 { "Here the Halmed pilots left." } else { "Ships passed." };
        text.push_str(&format!("\nParagraph {number} of the report. {said} The weather was calm.\n"));
    }
    text
}

async fn blocks(window: &Window) -> u64 {
    let count = "return document.querySelectorAll('main [data-block]').length";
    window.execute(count, Vec::new()).await.as_u64().unwrap_or_default()
}

#[tokio::test]
async fn what_is_far_away_is_found_shown_and_marked_by_keys() {
    let seat = Seat::new();
    seat.import("long.txt", &long_text());
    let window = seat.open().await;
    window.open_document("A long report").await;
    window.to_text().await;

    window.press("Ctrl+f").await;
    let bar = sought("search").named("Find in this text");
    window.see(&bar).await;
    window.type_text("halmed PILOTS").await;
    window.says(&bar, "1 of 1").await;
    window.until("the place is on the screen", async || on_screen(&window, "Halmed pilots").await).await;
    window.axe("find").await;
    window.screenshot("find").await;

    // What was found is selected when the bar closes: a tag key marks it.
    window.press("Escape").await;
    window.gone(&bar).await;
    window.press("m").await;
    window.marked("Halmed pilots", "military").await;
    window.saved().await;
    assert_eq!(seat.gloss_list(&["highlights"])[0]["quote"], "Halmed pilots");

    // From place to place, around the end, and what is nowhere.
    window.press("Ctrl+f Ctrl+a").await;
    window.type_text("weather was").await;
    window.says(&bar, &format!("of {}", thousands(PARAGRAPHS))).await;
    window.press("Ctrl+a").await;
    window.type_text("paragraph 2 of").await;
    window.says(&bar, "1 of 1").await;
    window.until("the start is on the screen", async || on_screen(&window, "Paragraph 2 of").await).await;
    window.press("Ctrl+a").await;
    window.type_text("zeppelin").await;
    window.says(&bar, "not found").await;
}

#[tokio::test]
async fn the_printer_gets_the_whole_text() {
    let seat = Seat::new();
    seat.import("long.txt", &long_text());
    let window = seat.open().await;
    window.open_document("A long report").await;
    let near = blocks(&window).await;
    assert!(near < 100, "{near} paragraphs are in the page");

    // The engine says so before it lays a page out for paper.
    window.execute("dispatchEvent(new Event('beforeprint'))", Vec::new()).await;
    let all = PARAGRAPHS as u64 + 1;
    window
        .until("the whole text is in the page", async || {
            let count = blocks(&window).await;
            if count == all { Ok(()) } else { Err(format!("{count} of {all}")) }
        })
        .await;
    // And on the screen only what is near it is kept, as soon as one reads on.
    window.to_text().await;
    window.press("End").await;
    window
        .until("only what is near is in the page", async || {
            let count = blocks(&window).await;
            if count < 100 { Ok(()) } else { Err(format!("{count} are there")) }
        })
        .await;
}

/// Whether a text stands within the height of the window.
async fn on_screen(window: &Window, words: &str) -> Result<(), String> {
    let script = "const block = [...document.querySelectorAll('main [data-block]')]
            .find((one) => one.textContent.includes(arguments[0]));
        const box = block?.getBoundingClientRect();
        return Boolean(box && box.top >= 0 && box.bottom <= innerHeight);";
    if window.execute(script, vec![json!(words)]).await == json!(true) { Ok(()) } else { Err("it is not".into()) }
}

/// "1,500"
fn thousands(number: usize) -> String {
    format!("{},{:03}", number / 1000, number % 1000)
}
