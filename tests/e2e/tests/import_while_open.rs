//! What the command line does to a project shows in the window that is open on it.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, sought};
use std::time::Duration;

/// What the command line changed shows within this time.
const SOON: Duration = Duration::from_secs(2);

#[tokio::test]
async fn an_import_by_the_command_line_appears_within_two_seconds() {
    let seat = Seat::new();
    let window = seat.open().await;
    let list = sought("navigation").named("Documents");
    window.says(&list, "No documents yet").await;

    let document = seat.import("strait.txt", &fixture("strait.txt"));
    let row = sought("button").starting("The Strait Reopens").within(list);
    window.within(SOON, "the imported document is in the list", async || there(&window, &row).await).await;

    window.open_document("The Strait Reopens").await;
    let quote = "The statement has two pages";
    seat.mark(&document, quote, &["diplomatic"], "Short.");
    let card = sought("article").named(&format!("diplomatic: “{quote}”"));
    window.within(SOON, "the new highlight has its card", async || there(&window, &card).await).await;
    window.marked(quote, "diplomatic; has a note").await;
}

async fn there(window: &gloss_e2e::Window, what: &gloss_e2e::Sought) -> Result<(), String> {
    match window.count_now(what).await {
        1 => Ok(()),
        count => Err(format!("there are {count}")),
    }
}
