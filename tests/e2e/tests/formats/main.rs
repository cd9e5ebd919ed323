//! Every format that analysts get: read in the window with its structure, marked with the keyboard, exported with its
//! citation. The files are one report, and are written here.

mod files;

use files::{ARABIC, FIRST, NOTE, PASSAGE, ROWS, Report, SECOND, TITLE, reports};
use gloss_e2e::{Seat, Sought, Window, sought};

#[tokio::test]
async fn every_format_is_read_marked_and_cited() {
    for report in reports() {
        let seat = Seat::new();
        let file = seat.write(report.name, &report.bytes);
        let window = seat.open().await;
        window.press("Ctrl+o").await;
        window.choose_file("Import documents", &file).await;
        window.hears("Imported 1 document").await;
        let list = sought("navigation").named("Documents");
        window.see(&sought("button").starting(TITLE).within(list)).await;
        window.says(&text(), FIRST).await;
        window.says(&text(), SECOND).await;
        if report.structured {
            headings(&window).await;
            note(&window).await;
            table(&window).await;
        }
        // From right to left: the paragraph begins at its right.
        let (begins, ends) = window.ends_of(ARABIC).await;
        assert!(begins.x > ends.x + 50.0, "{}: the Arabic goes from {begins:?} to {ends:?}", report.name);
        mark(&window, &report).await;
        cited(&seat, &window, &report).await;
        window.screenshot(&format!("format-{}", report.name.replace("report.", ""))).await;
        assert_eq!(seat.gloss_json(&["check"])["ok"], true);
    }
}

/// The outline has the headings with their levels, says which one is read, and leads to them.
async fn headings(window: &Window) {
    let outline = sought("region").named("Outline");
    for part in ["First part", "Second part"] {
        window.see(&sought("heading").named(part).within(text())).await;
    }
    let second = sought("button").named("Second part").within(outline.clone());
    window.click(&second).await;
    window
        .until("the second part is the one that is read", async || {
            let current = window.read(&second).await.attribute("aria-current").map(str::to_owned);
            if current.as_deref() == Some("location") { Ok(()) } else { Err(format!("it is {current:?}")) }
        })
        .await;
    window.focused(&text()).await;
    window.press("Alt+ArrowLeft").await;
}

/// The sign of the note leads to it, and from there back.
async fn note(window: &Window) {
    let sign = sought("link").named("Footnote 1").within(text());
    let back = sought("link").named("Back to the text from footnote 1").within(text());
    window.says(&text(), NOTE).await;
    window.click(&sign).await;
    window.focused(&back).await;
    window.press("Enter").await;
    window.focused(&sign).await;
}

/// A table is read row by row, and its columns stand below each other.
async fn table(window: &Window) {
    let raw = window.read(&text()).await.raw;
    for cells in ROWS {
        assert!(raw.contains(&cells.join("\t")), "no row {cells:?} in {raw}");
    }
    for (title, below) in ROWS[0].iter().zip(ROWS[2]) {
        let (head, _) = window.ends_of(title).await;
        let (cell, _) = window.ends_of(below).await;
        assert!((head.x - cell.x).abs() < 2.0, "{title} is not above {below}");
        assert!(head.y + 10.0 < cell.y, "{title} is not above {below}");
    }
}

/// Sentence by sentence to the passage, and a key.
async fn mark(window: &Window, report: &Report) {
    window.to_text().await;
    window.press("Home").await;
    let selected = async || window.execute("return getSelection().toString()", Vec::new()).await;
    for _ in 0..12 {
        if selected().await == PASSAGE {
            break;
        }
        window.press("j").await;
    }
    assert_eq!(selected().await, PASSAGE, "{}", report.name);
    window.press("e").await;
    window.marked(PASSAGE, "economic").await;
    window.saved().await;
}

/// The notes have the quote, where it is, and the source.
async fn cited(seat: &Seat, window: &Window, report: &Report) {
    window.press("Ctrl+e").await;
    let preview = sought("region").named("Preview");
    window.says(&preview, &format!("> {PASSAGE}")).await;
    let notes = window.read(&sought("code").within(preview)).await.raw;
    for part in [report.cited, report.place] {
        assert!(notes.contains(part), "{}: “{part}” is not in\n{notes}", report.name);
    }
    assert_eq!(notes.trim_end(), seat.gloss(&["export"]));
    window.press("Escape").await;
    window.gone(&sought("dialog").named("Export notes")).await;
}

fn text() -> Sought {
    sought("main").named("Document text")
}
