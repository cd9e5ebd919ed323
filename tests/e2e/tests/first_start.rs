//! A newcomer starts the program: there is a sample to look at, it says what it is, and it goes with one click.

use gloss_e2e::{Seat, Sought, Window, sought};

#[tokio::test]
async fn the_sample_is_there_says_so_fills_every_view_and_goes_with_one_click() {
    let seat = Seat::of_a_newcomer();
    let window = seat.open().await;
    let text = sought("main").named("Document text");
    let title = "Bound by the War: Russia and North Korea since 2022";

    window.says(&text, "This is a sample, written for Gloss.").await;
    window.says(&text, title).await;
    window.until("the first screens are marked", async || several_marked(&window).await).await;
    window.see(&sought("article").starting("diplomatic: “Russia voted").within(margin())).await;

    window.show("Dashboard").await;
    window.see(&sought("button").starting("military: ").within(sought("region").named("Highlights by tag"))).await;
    window.see(&sought("grid").named("Tag by document")).await;
    window.see(&sought("grid").named("Tags that occur together")).await;

    window.show("Links").await;
    let links = sought("grid").starting("All links");
    window.see(&links).await;
    let relations = window.names_now(&sought("gridcell").named("contradicts").within(links)).await;
    assert_eq!(relations.len(), 4, "links that contradict");

    window.show("Search").await;
    window.type_text("oil OR petroleum").await;
    window.see(&sought("heading").starting(title).within(sought("main").named("Search"))).await;

    window.show("Read").await;
    window.click(&sought("button").named("Remove sample")).await;
    window.hears(&format!("Deleted “{title}”")).await;
    window.says(&text, "Nothing to read yet").await;
    window.press("Ctrl+z").await;
    window.see(&sought("button").starting(title).within(sought("navigation").named("Documents"))).await;
    window.open_document(title).await;
    window.until("they are marked again", async || several_marked(&window).await).await;
    assert_eq!(seat.gloss_json(&["check"])["ok"], true);
}

/// The first screen is drawn first, what lies beyond it after the paint.
async fn several_marked(window: &Window) -> Result<(), String> {
    let marks = window.marks_now().await;
    if marks.len() >= 5 { Ok(()) } else { Err(format!("only {marks:?} are marked")) }
}

fn margin() -> Sought {
    sought("complementary").named("Margin notes")
}
