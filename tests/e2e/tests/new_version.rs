//! A text that changes: a file brings a new version, what stood still goes along, what changed is marked or awaits a
//! person, and one undo brings back the text and every highlight. And a typo is corrected where it is read.

use gloss_e2e::{Seat, Sought, Window, sought};

const UNTOUCHED: &str = "Fuel moved the other way, in small lots, by barge along the coast";
const CHANGED: &str = "Two trains of sealed wagons crossed the river on Tuesday and came back empty";
const MOVED_ON: &str = "Two long trains of sealed wagons crossed the river on Monday and came back empty";
const TWICE: &str = "The ferry resumed its crossings to the eastern bank in 1911";
const GONE: &str = "Nobody in the customs house would say who had signed the papers";

fn before() -> String {
    format!(
        "The Harbour Report\n\n{UNTOUCHED}. The coal stayed where it was.\n\n{CHANGED}. Officials denied it.\n\n\
         {TWICE}. The fare was unchanged.\n\n{GONE}.\n\nThe ice came late 🚢 that year; лёд стоял недолго.\n"
    )
}

fn after() -> String {
    format!(
        "The Harbour Report\n\nThis text was revised.\n\n{UNTOUCHED}. The coal stayed where it was.\n\n{MOVED_ON}. Officials \
         denied it.\n\nThe ferry resumed its crossings to the eastern bank in 1912. The fare was unchanged. The ferry resumed its \
         crossings to the eastern bank in 1913. A second boat was hired.\n\nThe ice came late 🚢 that year; лёд стоял недолго.\n"
    )
}

#[tokio::test]
async fn a_new_version_keeps_every_highlight_and_one_undo_brings_everything_back() {
    let seat = Seat::new();
    let document = seat.import("report.txt", &before());
    seat.mark(&document, UNTOUCHED, &["economic"], "");
    seat.mark(&document, CHANGED, &["military"], "Seen by two people.");
    seat.mark(&document, TWICE, &["diplomatic"], "");
    seat.mark(&document, GONE, &["diplomatic"], "Ask again.");
    let was = placed(&seat);
    let revised = seat.write("revised.txt", after());
    let window = seat.open().await;
    window.open_document("The Harbour Report").await;
    window.marked(CHANGED, "military; has a note").await;

    window.click(&sought("button").named("More about “The Harbour Report”")).await;
    window.click(&sought("menuitem").named("New version from a file…")).await;
    window.choose_file("New version from a file", &revised).await;
    window.says(&text(), "This text was revised.").await;
    window.marked(UNTOUCHED, "economic").await;
    window.marked(MOVED_ON, "military; has a note; place to be checked").await;
    let line = sought("region").named("Review");
    window.says(&line, "3 highlights await review").await;
    window.screenshot("new-version").await;

    // The list: what was found again, what may stand in two places, what is gone.
    window.click(&sought("button").named("Review").within(line.clone())).await;
    let dialog = sought("dialog").named("Review");
    for quote in [CHANGED, TWICE, GONE] {
        window.says(&dialog, quote).await;
    }
    window.says(&dialog, "Nothing like it was found").await;
    window.screenshot("review").await;
    window.click(&sought("button").named(&format!("Confirm: {MOVED_ON}")).within(dialog.clone())).await;
    window.hears("Confirmed the place").await;
    let may = "The ferry resumed its crossings to the eastern bank in 1913";
    window.click(&sought("button").named(&format!("Take this place: {may}")).within(dialog.clone())).await;
    window.hears("The highlight has a place again").await;
    window.press("Escape").await;
    window.gone(&dialog).await;
    window.marked(MOVED_ON, "military; has a note").await;
    window.marked(may, "diplomatic").await;
    window.says(&line, "1 highlight awaits review").await;
    window.saved().await;
    let lost: Vec<_> = seat.gloss_list(&["highlights"]).into_iter().filter(|one| one["start"].is_null()).collect();
    assert_eq!(lost.len(), 1);
    assert_eq!((lost[0]["quote"].as_str(), lost[0]["note"].as_str()), (Some(GONE), Some("Ask again.")));
    assert_eq!(seat.gloss_json(&["check"])["ok"], true);

    // The version before is there to be read.
    window.click(&sought("button").named("More about “The Harbour Report”")).await;
    window.click(&sought("menuitem").starting("Details…")).await;
    window
        .click(&sought("button").starting("Read the version of").within(sought("dialog").named("Document details")))
        .await;
    let old = sought("region").named("Text of the version");
    window.says(&old, GONE).await;
    window.screenshot("version-before").await;
    window.press("Escape").await;
    window.gone(&old).await;
    window.press("Escape").await;
    window.gone(&sought("dialog").named("Document details")).await;

    // Back, decision by decision, then the version with all of it; and forth again.
    window.to_text().await;
    window.press("Ctrl+z Ctrl+z").await;
    window.says(&line, "3 highlights await review").await;
    window.press("Ctrl+z").await;
    window.gone(&line).await;
    for (quote, name) in [
        (UNTOUCHED, "economic"),
        (CHANGED, "military; has a note"),
        (TWICE, "diplomatic"),
        (GONE, "diplomatic; has a note"),
    ] {
        window.marked(quote, name).await;
    }
    window.saved().await;
    assert_eq!(placed(&seat), was);
    window.press("Ctrl+Shift+z Ctrl+Shift+z Ctrl+Shift+z").await;
    window.marked(may, "diplomatic").await;
    window.says(&line, "1 highlight awaits review").await;

    // What is nowhere to be found is placed by a person, here with the keyboard.
    window.click(&sought("button").named("Review").within(line.clone())).await;
    window.click(&sought("button").named(&format!("Mark its place: {GONE}")).within(dialog.clone())).await;
    let bar = sought("region").named("Mark a place");
    window.says(&bar, GONE).await;
    window.press("j j").await;
    window.screenshot("mark-its-place").await;
    window.press("Enter").await;
    window.hears("The highlight has a place again").await;
    window.says(&dialog, "Nothing awaits review").await;
    window.press("Escape").await;
    window.marked("This text was revised.", "diplomatic; has a note").await;
    window.gone(&bar).await;
    window.saved().await;
    assert!(seat.gloss_list(&["highlights"]).iter().all(|one| !one["start"].is_null()));
}

#[tokio::test]
async fn a_typo_is_corrected_where_it_is_read() {
    let seat = Seat::new();
    let document = seat.import("report.txt", &before().replace("stayed", "staied"));
    for quote in [UNTOUCHED, CHANGED, GONE] {
        seat.mark(&document, quote, &["economic"], "");
    }
    let window = seat.open().await;
    window.open_document("The Harbour Report").await;
    correct(&window, "The coal staied where it was", "The coal stayed where it was").await;
    window.hears("Corrected the text; 3 highlights carried along").await;
    window.says(&text(), "The coal stayed where it was").await;
    for quote in [UNTOUCHED, CHANGED, GONE] {
        window.marked(quote, "economic").await;
    }
    window.saved().await;
    let highlights = seat.gloss_list(&["highlights"]);
    assert!(highlights.iter().all(|one| one["anchor"]["confirmed"] == true && one["start"].is_u64()), "{highlights:?}");
    assert_eq!(seat.gloss(&["text", "--document", &document]), before().trim_end());

    // What was typed over a passage leaves it where it is, and says so.
    correct(&window, "Officials denied it", "Officials denied it twice").await;
    window.hears("Corrected the text").await;
    window.press("Ctrl+z").await;
    window
        .until("the correction is undone", async || {
            let shown = window.read(&text()).await.raw;
            if shown.contains("denied it twice") { Err("it is not".into()) } else { Ok(()) }
        })
        .await;
    window.press("Ctrl+z").await;
    window.says(&text(), "The coal staied where it was").await;
}

/// Corrects the paragraph in which some words stand: they are selected, F2, and the dialog has the paragraph.
async fn correct(window: &Window, wrong: &str, right: &str) {
    window.drag_over(wrong).await;
    window.press("F2").await;
    let field = sought("textbox").named("Paragraph").within(sought("dialog").named("Correct text"));
    window.focused(&field).await;
    let paragraph = window.read(&field).await.value.unwrap_or_default();
    assert!(paragraph.contains(wrong), "the paragraph is “{paragraph}”");
    window.press("Ctrl+a").await;
    window.type_text(&paragraph.replace(wrong, right)).await;
    window.screenshot("correct").await;
    window.click(&sought("button").named("Save").within(sought("dialog").named("Correct text"))).await;
    window.gone(&field).await;
}

/// Quote, place and state of every highlight.
fn placed(seat: &Seat) -> Vec<[String; 4]> {
    let highlights = seat.gloss_list(&["highlights"]);
    highlights.iter().map(|one| ["quote", "start", "end", "anchor"].map(|key| one[key].to_string())).collect()
}

fn text() -> Sought {
    sought("main").named("Document text")
}
