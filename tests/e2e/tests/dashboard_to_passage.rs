//! From a number of the dashboard to the passages that it counts, and to their place in the text.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, sought};

#[tokio::test]
async fn a_cell_of_the_heat_map_lists_its_passages_and_opens_them_in_place() {
    let seat = Seat::new();
    let strait = seat.import("strait.txt", &fixture("strait.txt"));
    let harbour = seat.import("harbour.txt", &fixture("harbour.txt"));
    seat.mark(&strait, "four patrol boats", &["military"], "");
    seat.mark(&strait, "The closure was expensive for everybody.", &["economic"], "");
    seat.mark(&harbour, "Three bakeries have opened again", &["economic"], "");
    let last = "the cold store pays its workers in advance";
    seat.mark(&harbour, last, &["economic", "diplomatic"], "Check with the union.");
    let window = seat.open().await;
    window.show("Dashboard").await;

    let map = sought("grid").named("Tag by document");
    let cell = sought("button").named("economic in Harbour Notes from Tarse: 2 highlights").within(map);
    window.click(&cell).await;
    let sheet = sought("dialog").named("Passages");
    window.says(&sheet, "economic in Harbour Notes from Tarse").await;
    window.count(&sought("button").holding("Harbour Notes from Tarse ¶").within(sheet.clone()), 2).await;
    let passage = sought("button").starting(last).within(sheet.clone());
    window.says(&passage, "Check with the union.").await;
    window.click(&passage).await;
    window.gone(&sheet).await;
    window.says(&sought("main").named("Document text"), "Harbour Notes from Tarse").await;
    window.focused(&sought("mark").named("economic, diplomatic; has a note")).await;
    window.marked(last, "economic, diplomatic; has a note").await;

    // Every figure at the top is such a button, too; the keyboard opens what it lists.
    window.press("g d").await;
    window.click(&sought("button").named("4 highlights").within(sought("list").named("Figures"))).await;
    window.says(&sheet, "All highlights").await;
    window.click(&sought("button").starting("four patrol boats").within(sheet.clone())).await;
    window.focused(&sought("mark").named("military")).await;
    window.says(&sought("main").named("Document text"), "The Strait Reopens").await;

    // A paragraph that nobody has marked yet is listed as well.
    window.press("g d").await;
    let uncovered = sought("button").starting("Harbour Notes from Tarse: 6 paragraphs not yet covered");
    window.click(&uncovered).await;
    window.says(&sheet, "Not yet covered in Harbour Notes from Tarse").await;
    window.press("Escape").await;
    window.gone(&sheet).await;
}
