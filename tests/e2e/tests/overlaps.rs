//! Highlights that lie over each other: none is buried.

use gloss_e2e::sources::fixture;
use gloss_e2e::{Seat, Sought, Spot, sought};

const OUTER: &str = "Orrin kept four patrol boats in the northern channel throughout the closure.";
const MIDDLE: &str = "four patrol boats in the northern channel";
const INNER: &str = "patrol boats";

#[tokio::test]
async fn each_of_three_highlights_at_one_point_can_be_reached() {
    let seat = Seat::new();
    let document = seat.import("strait.txt", &fixture("strait.txt"));
    seat.mark(&document, OUTER, &["diplomatic"], "");
    seat.mark(&document, MIDDLE, &["economic"], "");
    seat.mark(&document, INNER, &["military"], "");
    let window = seat.open().await;
    window.open_document("The Strait Reopens").await;
    window.marked(INNER, "military").await;

    // A bracket each, side by side.
    for name in ["diplomatic", "economic", "military"] {
        window.count(&bracket(name), 1).await;
    }
    let mut lefts: Vec<i64> = Vec::new();
    for name in ["diplomatic", "economic", "military"] {
        lefts.extend(window.boxes_now(&bracket(name)).await.iter().map(|(_, [left, ..])| left.round() as i64));
    }
    lefts.sort_unstable();
    lefts.dedup();
    assert_eq!(lefts.len(), 3, "brackets lie on each other at {lefts:?}");

    // The little list at the crowded spot offers all three; the keyboard walks it, too.
    for (name, quote) in [("military", INNER), ("economic", MIDDLE), ("diplomatic", OUTER)] {
        let (from, to) = window.ends_of(INNER).await;
        window.click_at(Spot { x: (from.x + to.x) / 2.0, y: from.y }).await;
        let list = sought("menu").named("3 highlights here");
        window.count(&sought("menuitemradio").within(list.clone()), 3).await;
        window.click(&sought("menuitemradio").starting(&format!("{name} ")).within(list.clone())).await;
        window.gone(&list).await;
        window.focused(&sought("mark").named(name)).await;
        let card = sought("article").starting(&format!("{name}: "));
        window
            .until(&format!("the card of {quote} is the active one"), async || {
                match window.read(&card).await.attribute("aria-current") {
                    Some("true") => Ok(()),
                    other => Err(format!("it is {other:?}")),
                }
            })
            .await;
        // The whole span is outlined: its ends have the handles.
        let (start, _) = window.ends_of(quote).await;
        let (_, end) = window.ends_of(quote).await;
        near(&window.boxes_now(&handle("Drag the start")).await, start);
        near(&window.boxes_now(&handle("Drag the end")).await, end);
        window.press("Escape").await;
    }

    // Next and previous go through all of them as well.
    window.press("Home").await;
    let mut walked = Vec::new();
    for _ in 0..3 {
        window.press("]").await;
        window
            .until("a highlight has the focus", async || {
                let focus = window.focus_now().await;
                if focus.starts_with("mark") && walked.last() != Some(&focus) { Ok(()) } else { Err(focus) }
            })
            .await;
        walked.push(window.focus_now().await);
    }
    assert_eq!(walked, ["mark “diplomatic”", "mark “economic”", "mark “military”"]);
}

/// A bracket in the lanes: for the pointer alone, so a screen reader is not told.
fn bracket(name: &str) -> Sought {
    sought("button").named(name).unspoken().within(sought("tabpanel"))
}

fn handle(name: &str) -> Sought {
    sought("button").named(name)
}

fn near(boxes: &[(String, [f64; 4])], spot: Spot) {
    const AWAY: f64 = 12.0; // half of a handle and some of a letter
    let [(_, [left, top, right, bottom])] = boxes else { panic!("there are {} handles of a name", boxes.len()) };
    let there = (left - AWAY..=right + AWAY).contains(&spot.x) && (top - AWAY..=bottom + AWAY).contains(&spot.y);
    assert!(there, "the handle at {boxes:?} is not at {spot:?}");
}
